/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/recognition_months.h"
#include <stdlib.h>
#include <string.h>

#define LEVELS_KEPT 16 /* of control material, in one month */

int zp_month_of(const char *day)
{
	return (int)strtol(day, NULL, 10) * 12 + (int)strtol(day + 5, NULL, 10) - 1;
}

unsigned zp_run_of_months(const uint8_t *says, int n, zp_recog_run which)
{
	unsigned run = 0, longest = 0;
	for (int i = 0; i < n; i++) {
		if (says[i] == ZP_MONTH_GOOD)
			run++;
		else if (says[i] == ZP_MONTH_BREAKS)
			run = 0;
		longest = run > longest ? run : longest;
	}
	return which == ZP_RECOG_RUN_ENDING ? run : longest;
}

/* ---- internal quality control ---- */

/* A month while its lots are looked at. */
typedef struct month {
	const char *level[LEVELS_KEPT];
	bool good[LEVELS_KEPT], bad[LEVELS_KEPT]; /* some lot of the level is; both can be */
	int n;
} month;

/* The limit of a row's CV; NULL: none is asked for. *missing: one is, and the table has none. */
static const zp_iqc_limit *limit_of(const zp_iqc_row *row, const zp_recognition_rule *rule, const zp_recog_measurand *asks, zp_iqc_limit *given, bool *missing)
{
	*missing = false;
	if (asks->cv == ZP_RECOG_CV_NONE)
		return NULL;
	if (asks->cv == ZP_RECOG_CV_GIVEN) {
		*given = (zp_iqc_limit){ .specimen = "", .item = "", .level = "", .unit = "", .most = asks->cv_limit };
		return given;
	}
	const zp_iqc_limit *found = zp_iqc_limit_find(rule->cv_limits, row->specimen, row->item_code, row->level);
	*missing = !found;
	return found;
}

static bool is_good(const zp_iqc_row *row, const zp_recognition_rule *rule, const zp_recog_measurand *asks, zp_recog_iqc *out)
{
	zp_iqc_limit given;
	bool missing;
	const zp_iqc_limit *limit = limit_of(row, rule, asks, &given, &missing);
	out->no_limit |= missing;
	out->nothing_told |= asks->cv == ZP_RECOG_CV_NONE && !row->has_in_control;
	if (missing || (row->has_in_control && !row->in_control))
		return false;
	return limit ? zp_iqc_can_judge(row, limit) && zp_iqc_against(row, limit) <= 0 : row->has_in_control;
}

static void add(month *m, const zp_iqc_row *row, bool good)
{
	int i = 0;
	while (i < m->n && strcmp(m->level[i], row->level) != 0)
		i++;
	if (i == LEVELS_KEPT) /* nobody has so many: what is beyond them counts with the last */
		i--;
	else if (i == m->n)
		m->level[m->n++] = row->level;
	m->good[i] |= good;
	m->bad[i] |= !good;
}

static bool any(const bool *of, int n)
{
	for (int i = 0; i < n; i++)
		if (of[i])
			return true;
	return false;
}

static bool all(const bool *of, int n)
{
	for (int i = 0; i < n; i++)
		if (!of[i])
			return false;
	return true;
}

static bool is_in_control(const month *m, const zp_recognition_rule *rule, const zp_recog_measurand *asks)
{
	if (!m->n || m->n < asks->levels)
		return false;
	if (asks->lots == ZP_RECOG_LOTS_ALL)
		return !any(m->bad, m->n);
	return rule->any_lot == ZP_RECOG_LOT_LEVEL ? all(m->good, m->n) : any(m->good, m->n);
}

zp_recog_iqc zp_recog_iqc_of(const zp_iqc_row *rows, size_t n, const zp_recognition_rule *rule, const zp_recog_measurand *asks, int first_month, int n_months)
{
	month months[ZP_MONTHS_MOST];
	uint8_t says[ZP_MONTHS_MOST] = { 0 };
	zp_recog_iqc out = { .state = ZP_RECOG_NOT_ASKED };
	if (!asks->months)
		return out;
	memset(months, 0, (size_t)n_months * sizeof *months);
	for (size_t i = 0; i < n; i++) {
		const int at = rows[i].month - first_month;
		if (at >= 0 && at < n_months && rows[i].n >= (uint32_t)asks->min_n)
			add(&months[at], &rows[i], is_good(&rows[i], rule, asks, &out));
	}
	for (int i = 0; i < n_months; i++) {
		if (months[i].n > 0)
			out.with_data++;
		says[i] = is_in_control(&months[i], rule, asks) ? ZP_MONTH_GOOD : ZP_MONTH_BREAKS;
	}
	out.run = (uint8_t)zp_run_of_months(says, n_months, (zp_recog_run)rule->run);
	if (out.run >= asks->months)
		out.state = ZP_RECOG_MET;
	else
		out.state = !out.with_data || out.no_limit || out.nothing_told ? ZP_RECOG_UNKNOWN : ZP_RECOG_UNMET;
	return out;
}

/* ---- reporting ---- */

static zp_month_says nothing_says(zp_recog_vacuous vacuous)
{
	static const zp_month_says says[] = { ZP_MONTH_GOOD, ZP_MONTH_BREAKS, ZP_MONTH_PASSED_OVER };
	return says[vacuous];
}

zp_recog_state zp_recog_reporting_of(const zp_recog_share *shares, size_t n, const zp_recognition_rule *rule, const zp_recog_reporting *asks, int first_month,
				     int n_months, uint8_t *run)
{
	uint8_t says[ZP_MONTHS_MOST] = { ZP_MONTH_BREAKS };
	bool known = false;
	for (size_t i = 0; i < n; i++) {
		const int at = shares[i].month - first_month;
		if (at < 0 || at >= n_months || strcmp(shares[i].key, asks->key) != 0)
			continue;
		says[at] = (uint8_t)(shares[i].nothing ? nothing_says((zp_recog_vacuous)rule->vacuous) :
				     zp_decimal_compare(shares[i].percent, asks->least) >= 0 ? ZP_MONTH_GOOD : ZP_MONTH_BREAKS);
		known |= says[at] != ZP_MONTH_PASSED_OVER;
	}
	*run = (uint8_t)zp_run_of_months(says, n_months, (zp_recog_run)rule->run);
	return *run >= asks->months ? ZP_RECOG_MET : known ? ZP_RECOG_UNMET : ZP_RECOG_UNKNOWN;
}
