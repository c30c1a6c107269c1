/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and pictures of them on a terminal, and their JSON; all on stdout. */
#ifndef ZP_CLI_PICTURE_H
#define ZP_CLI_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

/* x with so many significant digits, "-" where there is none. Gives: out. */
const char *zp_print_short(double x, int digits, char out[static 40]);

/* The text in so many columns of the terminal, of which a Chinese character takes two: at the left, or at the right when
 * columns is negative. Longer text is printed whole. */
void zp_print_cell(const char *text, int columns);

/* How the values lie, one line for each class; far ones at the ends are counted together.
 * Needs: x ascending, n >= 1; step: what they are reported to, 0 when not known. */
void zp_print_histogram(const double *x, size_t n, double step, bool chinese);

void zp_print_json_text(const char *);
void zp_print_json_number(double); /* null where there is none */
/* ", \"name\": number" or without the comma when it is the first. */
void zp_print_json_member(const char *name, double, bool first);

#endif
