/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of the elements of a file that a parser may see (base/xml_scan.h). */
#include "book/xml.h"

const zp_place *zp_xml_scan(zp_arena *arena, zp_text bytes, const char *file, size_t *n, zp_problems *problems)
{
	zp_xml_scanner s = zp_xml_scanner_of(bytes, ZP_XML_ATTRIBUTES, ZP_XML_ELEMENTS);
	zp_place *places = NULL;
	size_t room = 0;
	zp_xml_step step;
	while ((step = zp_xml_next(&s)) == ZP_XML_START) {
		places = zp_arena_more(arena, places, s.n - 1, &room, sizeof *places);
		places[s.n - 1] = s.at;
	}
	if (step == ZP_XML_FAULT) {
		zp_problem_add(problems, file, s.at.line, s.at.column, "%s", s.fault);
		return NULL;
	}
	*n = s.n;
	return places;
}
