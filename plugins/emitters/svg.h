/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure as SVG, written by hand: text stays text, tones stay classes, so that a page dresses it for light and dark.
 *
 * Each group of marks has class="t-WORD" (palette.h) and is painted in currentColor; a page gives `.t-peers { color: … }`, as
 * zp_svg_style writes it. No style attributes, so that a strict policy for contents does not strip them. */
#ifndef ZP_EMITTERS_SVG_H
#define ZP_EMITTERS_SVG_H

#include "host/plugin.h"

/* Where the bytes go. */
typedef struct zp_svg_sink {
	void *self;
	void (*put)(void *self, const char *bytes, size_t n);
} zp_svg_sink;

/* <svg> to stand in a page: class "figure", a title and a description; marks that say something can be tabbed to and tell it; `of` is
 * data-of. Its size is its own in points, in pixels of a page: a style sheet may give it a width, and the height follows. */
void zp_svg_put(const zp_svg_sink *, const zp_figure *);

/* The same in less than half the bytes, for a page with a hundred of them and no script (svg_lean.c): one image, called `name` for who cannot
 * see it ("": passed over), whose marks say nothing. The page gives it a width and its letters, and paints `.figure .l` as a line, `.figure .d` as a dashed one. */
void zp_svg_put_lean(const zp_svg_sink *, const zp_figure *, const char *name);

/* Lists with few rows end before the sheet that they were given does: where the sheet may end too. */
float zp_svg_foot(const zp_figure *);

/* Text that somebody told, escaped. */
void zp_svg_tell(const zp_svg_sink *, const char *text);

/* A file of its own: with the rules for its tones inside, light or dark as the reader's machine has it, and its title above it. */
void zp_svg_file(const zp_svg_sink *, const zp_figure *);

/* The rules for tones: "SCOPE .t-ink{color:#1C2126}" and so on, one for each. scope: "" or a selector with a blank after it. */
void zp_svg_style(const zp_svg_sink *, const char *scope, bool dark);

/* A figure that stands alone has air around it, and above it the height of its title, if it has one. */
#define ZP_FIGURE_AIR 8.0f
#define ZP_FIGURE_HEAD 19.0f
#define ZP_FIGURE_TITLE_SIZE 10.0f

#endif
