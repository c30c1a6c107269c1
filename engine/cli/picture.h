/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and pictures of them on a terminal, and their JSON; all on stdout. */
#ifndef ZP_CLI_PICTURE_H
#define ZP_CLI_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

/* x with so many significant digits, "-" where there is none. Gives: out. */
const char *zp_print_short(double x, int digits, char out[static 40]);

/* A value with all digits that it was reported with and two more, at least 8 and at most 15; 12 when step, what values are
 * reported to, is not known (0). Gives: out. */
const char *zp_print_value(double x, double step, char out[static 40]);
/* What the values are reported to: the unit of the last decimal that one of them needs; 0 when they are no such decimals. */
double zp_print_step(const double *x, size_t n);

/* The text in so many columns of the terminal, of which a Chinese character takes two: at the left, or at the right when
 * columns is negative. Longer text is printed whole. */
void zp_print_cell(const char *text, int columns);
/* The width of a column so far, and then of one that has room for this text too; 40 is wide enough for any. */
int zp_print_room(int columns, const char *text);

/* How the values lie, one line for each class; far ones at the ends are counted together.
 * Needs: x ascending, n >= 1; step: what they are reported to, 0 when not known. */
void zp_print_histogram(const double *x, size_t n, double step, bool chinese);

void zp_print_json_text(const char *);
void zp_print_json_number(double); /* null where there is none */
/* ", \"name\": number" or without the comma when it is the first. */
void zp_print_json_member(const char *name, double, bool first);

#endif
