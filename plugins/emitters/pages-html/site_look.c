/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The style sheet and the script of a site: the files beside this one, line by line, and what depends on tables of the program. */
#include "site_look.h"
#include <stdio.h>
#include "site.h"
#include "svg.h"

static const char *const style[] = {
#include "site.css.inc"
	NULL,
};

static const char *const script[] = {
#include "site.js.inc"
	NULL,
};

static void put_bytes(void *self, const char *bytes, size_t n) { zp_markup_bytes(self, bytes, n); }

/* Where tiles lie, unless the screen is too narrow for a map. */
static void put_places(zp_markup *m)
{
	char line[64];
	zp_markup_put(m, "@media (min-width: 641px), print {\n");
	for (unsigned i = 1; i <= ZP_TILES_MOST; i++) {
		snprintf(line, sizeof line, "\t.c%u { grid-column: %u; } .l%u { grid-row: %u; }\n", i, i, i, i);
		zp_markup_put(m, line);
	}
	zp_markup_put(m, "}\n");
}

/* Tones of figures: dark where the rest of the page is, and never on paper. */
static void put_tones(zp_markup *m)
{
	const zp_svg_sink sink = { m, put_bytes };
	zp_svg_style(&sink, "", false);
	zp_markup_put(m, "@media screen and (prefers-color-scheme: dark) {\n");
	zp_svg_style(&sink, ":root:not([data-theme=light]) ", true);
	zp_markup_put(m, "}\n@media screen {\n");
	zp_svg_style(&sink, ":root[data-theme=dark] ", true);
	zp_markup_put(m, "}\n");
}

void zp_site_style(zp_markup *m)
{
	for (size_t i = 0; style[i]; i++)
		zp_markup_put(m, style[i]);
	put_places(m);
	put_tones(m);
}

void zp_site_script(zp_markup *m)
{
	for (size_t i = 0; script[i]; i++)
		zp_markup_put(m, script[i]);
}
