/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/nearest.h"
#include <string.h>

#define MOST 3

/* Room for a row of the table of distances, with its margins. */
typedef unsigned row[ZP_NEAREST_CHARACTERS + 2];

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Rows of the usual table, of which only the band of width 2 most + 1 about its diagonal is worked out: what lies
 * outside needs more slips than that. */
unsigned zp_slips(const uint32_t *a, size_t n, const uint32_t *b, size_t m, unsigned most)
{
	const unsigned far = most + 1;
	row rows[3];
	unsigned *before = rows[0], *last = rows[1], *now = rows[2];
	if ((n > m ? n - m : m - n) > most)
		return far;
	for (size_t j = 0; j <= m; j++)
		last[j] = before[j] = least((unsigned)j, far);
	for (size_t i = 1; i <= n; i++) {
		const size_t from = i > most ? i - most : 1, to = i + most < m ? i + most : m;
		unsigned best = now[from - 1] = from == 1 ? least((unsigned)i, far) : far;
		for (size_t j = from; j <= to; j++) {
			unsigned here = last[j - 1] + (a[i - 1] != b[j - 1]);
			here = least(here, now[j - 1] + 1);
			here = least(here, last[j] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				here = least(here, before[j - 2] + 1);
			now[j] = least(here, far);
			best = least(best, now[j]);
		}
		if (to < m)
			now[to + 1] = far;
		if (best == far)
			return far;
		unsigned *spare = before;
		before = last;
		last = now;
		now = spare;
	}
	return last[m];
}

/* The characters of a name without what typing alone makes. Gives: SIZE_MAX when it is too long or no UTF-8. */
static size_t characters_of(zp_text text, uint32_t out[static ZP_NEAREST_CHARACTERS])
{
	char folded[4 * ZP_NEAREST_CHARACTERS];
	size_t k = 0;
	text = zp_text_trim(text);
	if (text.n > sizeof folded)
		return SIZE_MAX;
	const size_t n = zp_text_fold(text, folded);
	for (size_t i = 0, step; i < n; i += step) {
		uint32_t c;
		step = zp_utf8_at(folded + i, n - i, &c);
		if (!step || k == ZP_NEAREST_CHARACTERS)
			return SIZE_MAX;
		out[k++] = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
	}
	return k;
}

static unsigned slips_for(size_t n)
{
	return n < 3 ? 0 : n <= 5 ? 1 : n <= 12 ? 2 : MOST;
}

static bool holds(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	for (size_t i = 0; m < n && i + m <= n; i++)
		if (memcmp(a + i, b, m * sizeof *b) == 0)
			return true;
	return false;
}

zp_text zp_nearest(const zp_names *names, zp_text text, zp_nearest_use use)
{
	uint32_t wanted[ZP_NEAREST_CHARACTERS], known[ZP_NEAREST_CHARACTERS], number, found = ZP_NO_NAME;
	const size_t n = characters_of(text, wanted);
	zp_text best = { NULL, 0 }, name;
	unsigned within = MOST;
	bool several = false;
	if (n == SIZE_MAX || n == 0)
		return best;
	for (size_t at = 0; zp_names_next(names, &at, &name, &number);) {
		if ((unsigned char)*name.p < ' ') /* keeps a number; nobody's name */
			continue;
		const size_t m = characters_of(name, known);
		const unsigned most = m == SIZE_MAX ? 0 : least(within, slips_for(n > m ? n : m));
		if (m == SIZE_MAX || m == 0 || (n > m ? n - m : m - n) > most)
			continue;
		const unsigned slips = zp_slips(wanted, n, known, m, most);
		if (slips > most || (use == ZP_NEAREST_APART && slips && (holds(wanted, n, known, m) || holds(known, m, wanted, n))))
			continue;
		if (slips < within || !best.p) {
			several = false;
		} else if (number != found) {
			several = true;
			continue;
		} else if (zp_text_compare(name, best) >= 0) {
			continue;
		}
		within = slips;
		best = name;
		found = number;
	}
	return several ? (zp_text){ NULL, 0 } : best;
}
