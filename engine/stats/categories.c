/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums over a table are kept as counts times whole credits, which are exact in doubles; only the last steps divide. */
#include <math.h>
#include "stats/categories.h"

static size_t answers_in(const size_t *counts, size_t n)
{
	size_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += counts[i];
	return sum;
}

/* ---- kappa ---- */

typedef struct square {
	const size_t *table;
	size_t n;
	double full;                        /* the credit for the same category */
	bool linear;
	double *row, *column;               /* how many were expected, and replied, of each category */
	double *row_credit, *column_credit; /* what a row and a column earn by chance, times the answers */
} square;

static double credit(const square *s, size_t i, size_t j)
{
	const double apart = i > j ? (double)(i - j) : (double)(j - i);
	return s->linear ? s->full - apart : i == j;
}

static void count_margins(square *s)
{
	for (size_t i = 0; i < s->n; i++) {
		s->row[i] = s->column[i] = 0;
		for (size_t j = 0; j < s->n; j++) {
			s->row[i] += (double)s->table[i * s->n + j];
			s->column[i] += (double)s->table[j * s->n + i];
		}
	}
	for (size_t i = 0; i < s->n; i++) {
		s->row_credit[i] = s->column_credit[i] = 0;
		for (size_t j = 0; j < s->n; j++) {
			s->row_credit[i] += credit(s, i, j) * s->column[j];
			s->column_credit[i] += credit(s, j, i) * s->row[j];
		}
	}
}

/* Fleiss, Cohen and Everitt's variance. Their two terms are the mean square and the squared mean of one thing, so that it is
 * the variance of that thing over the answers; taken as such, nothing cancels. */
static double standard_error(const square *s, double all, double kappa, double chance)
{
	const double part = (1 - kappa) / all, mean = kappa - chance * (1 - kappa);
	double sum = 0;
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = 0; j < s->n; j++) {
			const double x = (credit(s, i, j) - (s->row_credit[i] + s->column_credit[j]) * part) / s->full - mean;
			sum += (double)s->table[i * s->n + j] * x * x;
		}
	return sqrt(sum / all) / ((1 - chance) * sqrt(all));
}

/* Then chance agreement is 1, and nothing is left to agree beyond it. */
static bool in_one_cell(const size_t *table, size_t n, size_t answers)
{
	for (size_t i = 0; i < n; i++)
		if (table[i * n + i] == answers)
			return true;
	return false;
}

zp_kappa zp_kappa_of(const size_t *table, size_t n, zp_credit by, double *work)
{
	const bool linear = by == ZP_CREDIT_LINEAR && n > 1;
	square s = { .table = table, .n = n, .full = linear ? (double)(n - 1) : 1, .linear = linear,
		     .row = work, .column = work + n, .row_credit = work + 2 * n, .column_credit = work + 3 * n };
	zp_kappa k = { .answers = answers_in(table, n * n), .kappa = NAN, .se = NAN, .agreement = NAN, .chance_agreement = NAN };
	if (k.answers == 0)
		return k;
	count_margins(&s);
	const double all = (double)k.answers;
	double earned = 0, by_chance = 0;
	for (size_t i = 0; i < n; i++) {
		by_chance += s.row[i] * s.row_credit[i];
		for (size_t j = 0; j < n; j++)
			earned += credit(&s, i, j) * (double)table[i * n + j];
	}
	k.agreement = earned / (all * s.full);
	k.chance_agreement = by_chance / (all * all * s.full);
	if (in_one_cell(table, n, k.answers))
		return k;
	k.kappa = (all * earned - by_chance) / (all * all * s.full - by_chance);
	k.se = standard_error(&s, all, k.kappa, k.chance_agreement);
	return k;
}
