/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An importer of whole files for tests: one value per line, "LAB MEASURAND SAMPLE VALUE", all of them on the sheet 结果. A line of
 * another form is a problem, one that begins with "refuse" refuses the file, and "burn" takes more time than there is. */
#include <string.h>
#include "host/plugin.h"

#define WORDS 4

static size_t split(zp_text line, zp_text words[WORDS])
{
	size_t n = 0;
	for (const char *p = line.p, *end = line.p + line.n; p < end;) {
		const char *from = p;
		while (p < end && *p != ' ')
			p++;
		if (p > from && n < WORDS)
			words[n] = (zp_text){ from, (size_t)(p - from) };
		n += p > from;
		p += p < end;
	}
	return n;
}

static void lines(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	static const zp_field fields[WORDS] = { ZP_FIELD_LAB, ZP_FIELD_MEASURAND, ZP_FIELD_SAMPLE, ZP_FIELD_VALUE };
	const zp_text sheet = ZP_TEXT("结果");
	const char *p = source->block.p, *end = p + source->block.n;
	(void)host;
	for (long line = 1; p < end; line++) {
		const char *stop = zp_csv_line_end(p, end);
		zp_text words[WORDS];
		const size_t n = split((zp_text){ p, (size_t)(stop - p) }, words);
		if (n && zp_text_is(words[0], "refuse")) {
			sink->refuse(sink->self, sheet, line, 0, "%s stands inside the line; expected lines that end with a line feed",
				     "a carriage return");
			return;
		}
		for (volatile unsigned long i = 0; n && zp_text_is(words[0], "burn"); i++)
			continue;
		if (n == WORDS) {
			zp_raw raw = { .line = line, .sheet = sheet };
			for (uint16_t k = 0; k < WORDS; k++) {
				raw.field[fields[k]] = words[k];
				raw.column[fields[k]] = (uint16_t)(k + 1);
			}
			sink->put(sink->self, &raw);
		} else if (n) {
			sink->problem(sink->self, sheet, line, 2, "the line has %zu cell%s; the header has %zu", n, n == 1 ? "" : "s", (size_t)WORDS);
		}
		p = stop < end ? stop + 1 : end;
	}
}

static const zp_importer does = { .ending = "lines", .read = lines, .whole_most = 1 << 20 };

ZP_PLUGIN(lines) = {
	ZP_PLUGIN_HEAD, .kind = ZP_IMPORTER, .name = "lines", .version = "1", .cites = "nothing", .says = "one value per line", .does.importer = &does,
};
