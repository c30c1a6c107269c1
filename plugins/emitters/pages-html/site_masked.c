/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a site may show where laboratories are masked: regions and groups of few laboratories are left out, and the smallest others with them
 * until what is left out cannot be worked out from the rest. Whether one group lies in another is not known here: any that could is taken for
 * one that does. */
#include <string.h>
#include "site.h"

static bool same(const char *a, const char *b) { return a == b || strcmp(a, b) == 0; }

static bool is_few(size_t n, size_t least) { return n > 0 && n < least; }

/* ---- regions ---- */

typedef struct masking { const zp_region_row *rows; bool *hidden; size_t n; unsigned least; } masking;

typedef bool zp_belongs(const zp_region_row *part, const zp_region_row *whole);

static bool is_child(const zp_region_row *part, const zp_region_row *whole)
{
	return same(part->parent, whole->region) && same(part->lab_class, whole->lab_class) && same(part->programme, whole->programme);
}

static bool is_class(const zp_region_row *part, const zp_region_row *whole)
{
	return same(whole->lab_class, "*") && !same(part->lab_class, "*") && same(part->region, whole->region) && same(part->programme, whole->programme);
}

/* What is left of the whole when its shown parts are subtracted is not few: else the smallest part goes too. Gives: whether one went. */
static bool mask_parts(masking *m, size_t whole, zp_belongs *belongs)
{
	size_t left = m->rows[whole].expected, smallest = m->n, parts = 0;
	for (size_t i = 0; i < m->n; i++) {
		if (!belongs(&m->rows[i], &m->rows[whole]) || m->hidden[i])
			continue;
		left -= m->rows[i].expected < left ? m->rows[i].expected : left;
		parts += m->rows[i].expected > 0;
		if (m->rows[i].expected && (smallest == m->n || m->rows[i].expected < m->rows[smallest].expected))
			smallest = i;
	}
	if (!parts || !is_few(left, m->least))
		return false;
	m->hidden[smallest] = true;
	return true;
}

/* Nothing below a region that is left out is told. */
static bool mask_below(masking *m, size_t i)
{
	bool more = false;
	for (size_t k = 0; k < m->n; k++)
		if (!m->hidden[k] && is_child(&m->rows[k], &m->rows[i]))
			m->hidden[k] = more = true;
	return more;
}

static void mask_regions(const zp_host *host, const zp_summary *of, zp_summary *out)
{
	masking m = { of->regions, host->take(host, of->n_regions + 1), of->n_regions, of->show_least };
	zp_region_row *rows = host->take(host, (of->n_regions + 1) * sizeof *rows);
	for (size_t i = 0; i < m.n; i++)
		m.hidden[i] = is_few(m.rows[i].expected, m.least);
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < m.n; i++) {
			if (m.hidden[i])
				more |= mask_below(&m, i);
			else
				more |= mask_parts(&m, i, is_child), more |= mask_parts(&m, i, is_class);
		}
	}
	out->regions = rows, out->n_regions = 0;
	for (size_t i = 0; i < m.n; i++)
		if (!m.hidden[i])
			rows[out->n_regions++] = m.rows[i];
}

/* ---- groups ---- */

/* Statistics of so many and of a few fewer tell of the few. Gives: the group to leave out; n for none. */
static size_t telling(const zp_told_group *g, const bool *hidden, size_t n, size_t all, unsigned least)
{
	size_t left = all, smallest = n;
	for (size_t i = 0; i < n; i++) {
		if (hidden[i])
			continue;
		left -= g[i].members < left ? g[i].members : left;
		smallest = smallest == n || g[i].kept < g[smallest].kept ? i : smallest;
		for (size_t k = 0; k < n; k++)
			if (!hidden[k] && g[k].kept > g[i].kept && g[k].kept - g[i].kept < least)
				return i;
	}
	return is_few(left, least) ? smallest : n;
}

static void mask_groups(const zp_host *host, zp_told_sample *sample, unsigned least)
{
	bool *hidden = host->take(host, sample->n_groups + 1);
	zp_told_group *groups = host->take(host, (sample->n_groups + 1) * sizeof *groups);
	size_t n = 0, all = 0;
	for (size_t i = 0; i < sample->n_groups; i++) {
		hidden[i] = sample->groups[i].members < least || (strcmp(sample->groups[i].origin, "consensus") == 0 && sample->groups[i].kept < least);
		all += sample->groups[i].members;
	}
	for (size_t i; (i = telling(sample->groups, hidden, sample->n_groups, all, least)) < sample->n_groups;)
		hidden[i] = true;
	for (size_t i = 0; i < sample->n_groups; i++)
		if (!hidden[i])
			groups[n++] = sample->groups[i];
	sample->groups = groups, sample->n_groups = n;
}

static const zp_told_measurand *mask_measurands(const zp_host *host, const zp_told_programme *p, unsigned least)
{
	zp_told_measurand *out = host->take(host, (p->n_measurands + 1) * sizeof *out);
	for (size_t m = 0; m < p->n_measurands; m++) {
		zp_told_sample *samples = host->take(host, (p->n_samples + 1) * sizeof *samples);
		out[m] = p->measurands[m];
		for (size_t s = 0; s < p->n_samples; s++) {
			samples[s] = p->measurands[m].samples[s];
			mask_groups(host, &samples[s], least);
		}
		out[m].samples = samples;
	}
	return out;
}

const zp_summary *zp_site_masked(const zp_host *host, const zp_summary *of)
{
	zp_summary *out = host->take(host, sizeof *out);
	zp_told_programme *programmes = host->take(host, (of->n_programmes + 1) * sizeof *programmes);
	*out = *of;
	mask_regions(host, of, out);
	for (size_t p = 0; p < of->n_programmes; p++) {
		programmes[p] = of->programmes[p];
		programmes[p].measurands = mask_measurands(host, &of->programmes[p], of->show_least);
	}
	out->programmes = programmes;
	return out;
}
