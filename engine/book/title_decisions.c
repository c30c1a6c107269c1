/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/title_decisions.h"
#include <stdio.h>
#include <string.h>
#include "base/names.h"
#include "book/element.h"

#define DECISIONS_MOST 20000

static const char *const words[] = { "awarded", "refused", "withdrawn" };

typedef struct reading {
	zp_reader r;
	const char *issued;
	zp_names *seen;
	uint32_t *lines;
} reading;

static void check_once(const reading *w, const zp_element *e, const zp_title_decision *d)
{
	const char *key = zp_arena_print(w->r.arena, "%s %s %s", d->award, d->lab, d->on);
	const uint32_t first = zp_names_find(w->seen, zp_text_of(key));
	if (first != ZP_NO_NAME)
		zp_refuse(&w->r, e, "a second <title> of award \"%s\", \"%s\" and that day; the first is in line %u, expected one", zp_text_show(w->r.arena, zp_text_of(d->award)),
			  zp_text_show(w->r.arena, zp_text_of(d->lab)), w->lines[first]);
	else
		w->lines[zp_names_add(w->seen, zp_text_of(key))] = e->line;
}

static zp_title_decision read_one(const reading *w, const zp_element *e)
{
	zp_title_decision d = { .award = "", .lab = "", .line = (long)e->line };
	int word = 0;
	zp_element_check(&w->r, e, "award lab decision by on", "because", "");
	zp_element_code(&w->r, e, "award", &d.award);
	zp_element_code(&w->r, e, "lab", &d.lab);
	const bool known = zp_element_word(&w->r, e, "decision", "awarded refused withdrawn", &word);
	zp_element_date(&w->r, e, "on");
	d.decision = words[word];
	d.by = zp_element_text(&w->r, e, "by");
	d.on = zp_element_text(&w->r, e, "on");
	d.because = zp_element_text(&w->r, e, "because");
	if (known && word > 0 && !*d.because)
		zp_refuse(&w->r, e, "decision=\"%s\" has no because; expected the reason", d.decision);
	if (strcmp(d.on, w->issued) > 0)
		zp_refuse(&w->r, e, "on=\"%s\" is after the date of issue %s", zp_text_show(w->r.arena, zp_text_of(d.on)), w->issued);
	check_once(w, e, &d);
	return d;
}

static void check_year(const zp_reader *r, const zp_element *root, int year)
{
	const char *value = zp_attribute_of(root, "year");
	char wanted[16];
	snprintf(wanted, sizeof wanted, "%d", year);
	if (value && strcmp(value, wanted) != 0)
		zp_refuse(r, root, "year=\"%s\" is not the year %s that is worked out", zp_text_show(r->arena, zp_text_of(value)), wanted);
}

const zp_title_decisions *zp_title_decisions_read(zp_arena *arena, const char *rules_dir, const char *path, int year, const char *issued, zp_problems *problems)
{
	const size_t before = zp_problems_count(problems);
	const zp_xml *xml = zp_xml_read(arena, path, path, problems);
	if (!xml)
		return NULL;
	zp_title_decisions *out = zp_take(arena, zp_title_decisions, 1);
	const size_t n = zp_element_count(xml->root, "title");
	reading w = { { arena, xml->file, problems }, issued, zp_names_take(arena), zp_take(arena, uint32_t, n + 1) };
	if (!zp_element_is(xml->root, "decisions")) {
		zp_refuse(&w.r, xml->root, "the file holds <%s>; expected <decisions>", xml->root->name);
		return NULL;
	}
	zp_element_check(&w.r, xml->root, "year", "", "title");
	check_year(&w.r, xml->root, year);
	if (!zp_element_at_most(&w.r, xml->root, "title", DECISIONS_MOST))
		return NULL;
	zp_title_decision *at = zp_take(arena, zp_title_decision, n + 1);
	*out = (zp_title_decisions){ .file = xml->file, .at = at, .input = xml->input };
	for (const zp_element *e = xml->root->first; e; e = e->next)
		if (zp_element_is(e, "title"))
			at[out->n++] = read_one(&w, e);
	if (zp_problems_count(problems) == before)
		zp_xml_validate(arena, xml, zp_arena_print(arena, "%s/schemas/title-decisions.rng", rules_dir), "schemas/title-decisions.rng", NULL, problems);
	return zp_problems_count(problems) == before ? out : NULL;
}
