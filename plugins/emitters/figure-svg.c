/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure-svg: a figure as an SVG file of its own. */
#include "svg.h"

typedef struct zp_sheet_of_bytes { char *bytes; size_t n; } zp_sheet_of_bytes; /* bytes NULL: only counted */

static void add(void *self, const char *bytes, size_t n)
{
	zp_sheet_of_bytes *s = self;
	if (s->bytes)
		memcpy(s->bytes + s->n, bytes, n);
	s->n += n;
}

static bool figure(const zp_host *host, void *state, const zp_figure *f, const char *name, const zp_outbox *out, zp_error *err)
{
	(void)state;
	zp_sheet_of_bytes s = { 0 };
	zp_svg_file(&(zp_svg_sink){ &s, add }, f);
	s = (zp_sheet_of_bytes){ .bytes = host->take(host, s.n) };
	zp_svg_file(&(zp_svg_sink){ &s, add }, f);
	return out->write(out->self, name, s.bytes, s.n, err);
}

static const zp_emitter emitter = { .figure = figure };

ZP_PLUGIN(figure_svg) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "figure-svg",
	.version = "1",
	.cites = "Scalable Vector Graphics (SVG) 2",
	.says = "Writes a figure as an SVG file: text stays text, light or dark as the reader's machine has it.",
	.does.emitter = &emitter,
};
