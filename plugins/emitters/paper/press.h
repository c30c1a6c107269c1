/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The press: type prepared once per run, and whole files of pages. What papers have in common whoever lays them out. */
#ifndef ZP_PAPER_PRESS_H
#define ZP_PAPER_PRESS_H

#include "paper/canvas.h"

typedef struct zp_types {
	zp_cut *cuts[ZP_WEIGHTS];
	zp_desk *desk;
} zp_types;

/* Both weights of a family, with room to work in. `own`: what the paper says by itself.
 * Owns: the caller closes them, also after a failure. */
bool zp_types_open(zp_types *, const zp_host *, zp_family, const char *characters, const char *own, zp_error *);
void zp_types_close(zp_types *);
zp_canvas zp_types_canvas(const zp_types *, const zp_host *, const char *who, zp_error *);

/* What a reader shows of the file beside its pages. Neither clock nor machine: the dates are the date of issue. */
typedef struct zp_imprint { const char *title, *subject, *author, *issued; } zp_imprint;

/* What cairo writes, as it grows; freed by who declared it. */
typedef struct zp_file { unsigned char *bytes; size_t n, room; } zp_file;
cairo_status_t zp_file_append(void *file, const unsigned char *bytes, unsigned n);

/* Draw a whole file by a call that draws its pages, and write it. */
bool zp_print(zp_canvas *, const zp_imprint *, void (*pages)(void *self), void *self, const zp_outbox *, const char *name);

/* Whether that is a date as 2026-03-31; fails with a sentence when it is not. */
bool zp_has_date(const zp_host *, const char *who, const char *issued, zp_error *);

/* For the descriptor of who draws on paper. */
void zp_paper_libraries(void (*tell)(void *self, const char *library, const char *version), void *self);

#endif
