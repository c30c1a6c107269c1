/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include "base/json.h"
#include "cli/picture.h"
#include "base/memory.h"
#include "stats/lattice.h"
#include "stats/order.h"

#define NAMES_WIDEST 40
#define CLASSES 15
#define WIDEST 50  /* signs of the longest bar */
#define FAR 3      /* interquartile ranges beyond the quartiles that are still drawn */

const char *zp_print_short(double x, int digits, char out[static 40])
{
	if (isfinite(x))
		snprintf(out, 40, "%.*g", digits, x);
	else
		snprintf(out, 40, "-");
	return out;
}

const char *zp_print_value(double x, double step, char out[static 40])
{
	int places, digits = 12;
	if (step > 0 && x != 0 && isfinite(x) && zp_lattice_places(&step, 1, &places))
		digits = (int)floor(log10(fabs(x))) + 1 + places + 2;
	return zp_print_short(x, digits < 8 ? 8 : digits > 15 ? 15 : digits, out);
}

double zp_print_step(const double *x, size_t n)
{
	int places;
	return n && zp_lattice_places(x, n, &places) ? zp_lattice_value(1, places) : 0;
}

static int columns_of(const char *text)
{
	int n = 0;
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		if ((*p & 0xC0) != 0x80) /* the first byte of a character; from U+2E80 on they are wide */
			n += *p > 0xE2 || (*p == 0xE2 && p[1] >= 0xBA) ? 2 : 1;
	return n;
}

void zp_print_cell(const char *text, int columns)
{
	const int blanks = abs(columns) - columns_of(text);
	if (columns < 0)
		printf("%*s", blanks > 0 ? blanks : 0, "");
	fputs(text, stdout);
	if (columns > 0)
		printf("%*s", blanks > 0 ? blanks : 0, "");
}

int zp_print_room(int columns, const char *text)
{
	const int needed = columns_of(text) < NAMES_WIDEST ? columns_of(text) : NAMES_WIDEST;
	return needed > columns ? needed : columns;
}

/* 1, 2 or 5 times a power of ten, or a multiple of the step: at least so wide. */
static double round_width(double least, double step)
{
	static const double nice[] = { 1, 2, 5, 10 };
	if (step > 0 && least <= step)
		return step;
	const double ten = pow(10, floor(log10(least)));
	for (size_t i = 0; i < 4; i++)
		if (nice[i] * ten >= least * (1 - 1e-9))
			return step > 0 ? step * rint(nice[i] * ten / step) : nice[i] * ten;
	return 10 * ten;
}

static void bar(const char *label, size_t count, size_t most)
{
	const size_t signs = most ? (count * WIDEST + most - 1) / most : 0;
	zp_print_cell("", 2);
	zp_print_cell(label, -26);
	printf(" %6zu%s", count, signs ? " " : "");
	for (size_t i = 0; i < signs; i++)
		fputs("█", stdout);
	putchar('\n');
}

void zp_print_histogram(const double *x, size_t n, double step, bool chinese)
{
	const double q1 = zp_quantile(x, n, 0.25), q3 = zp_quantile(x, n, 0.75), reach = q3 > q1 ? FAR * (q3 - q1) : FAR * (step > 0 ? step : 0);
	const double low = fmax(x[0], q1 - reach), high = fmin(x[n - 1], q3 + reach);
	char label[100], text[2][40];
	size_t counts[4 * CLASSES] = { 0 }, below = 0, above = 0, most = 0;
	if (!(high > low)) {
		snprintf(label, sizeof label, "%s", zp_print_value(x[n / 2], step, text[0]));
		size_t same = 0;
		for (size_t i = 0; i < n; i++)
			same += x[i] == x[n / 2];
		bar(label, same, n);
		if (same < n)
			bar(chinese ? "其他" : "other", n - same, n);
		return;
	}
	const double width = round_width((high - low) / CLASSES, step), from = width * floor(low / width + 1e-9) - (step > 0 && width <= step ? step / 2 : 0);
	size_t classes = (size_t)floor((high - from) / width) + 1;
	classes = classes > 4 * CLASSES ? 4 * CLASSES : classes;
	for (size_t i = 0; i < n; i++) {
		const double place = floor((x[i] - from) / width + 1e-9);
		if (place < 0)
			below++;
		else if (place >= (double)classes)
			above++;
		else
			counts[(size_t)place]++;
	}
	for (size_t c = 0; c < classes; c++)
		most = counts[c] > most ? counts[c] : most;
	while (classes > 1 && counts[classes - 1] == 0)
		classes--;
	if (below)
		bar(chinese ? "更低" : "lower", below, most > below ? most : below);
	for (size_t c = 0; c < classes; c++) {
		const double start = from + (double)c * width;
		if (step > 0 && width <= step)
			snprintf(label, sizeof label, "%s", zp_print_value(start + step / 2, step, text[0]));
		else
			snprintf(label, sizeof label, "%s … %s", zp_print_value(start, step, text[0]), zp_print_value(start + width, step, text[1]));
		bar(label, counts[c], most);
	}
	if (above)
		bar(chinese ? "更高" : "higher", above, most > above ? most : above);
}

void zp_print_json_text(const char *text)
{
	char *room = zp_must(malloc(6 * strlen(text) + 3));
	fwrite(room, 1, (size_t)(zp_json_put_text(room, text) - room), stdout);
	free(room);
}

void zp_print_json_number(double x)
{
	char text[ZP_DECIMAL_TEXT];
	zp_json_put_number(text, x);
	fputs(text, stdout);
}

void zp_print_json_member(const char *name, double x, bool first)
{
	printf("%s\"%s\": ", first ? "" : ", ", name);
	zp_print_json_number(x);
}
