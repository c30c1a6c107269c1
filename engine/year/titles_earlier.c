/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles of earlier years, by the committee's decisions alone. */
#include <stdio.h>
#include <string.h>
#include "year/year_titles.h"

#define CODES_MOST 20 /* that one laboratory had one after the other */

static bool is_one_of(const char *code, const char *const *codes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(code, codes[i]) == 0)
			return true;
	return false;
}

/* Whether the award was decided on in the year, and awarded to one of the codes. */
static void of_year(const zp_ledger_decision *d, size_t n, const char *award, const char *const *codes, size_t n_codes, int year, bool *offered, bool *awarded)
{
	*offered = *awarded = false;
	for (size_t i = 0; i < n; i++)
		if (d[i].year == year && strcmp(d[i].award, award) == 0) {
			*offered = true;
			*awarded |= d[i].counts && strcmp(d[i].decision, "awarded") == 0 && is_one_of(d[i].lab, codes, n_codes);
		}
}

int zp_titles_in_row(const zp_ledger_decision *d, size_t n, const char *award, const char *const *codes, size_t n_codes, int year, bool not_offered_breaks)
{
	int earliest = year, run = 0;
	for (size_t i = 0; i < n; i++)
		earliest = d[i].year < earliest ? d[i].year : earliest;
	for (; year >= earliest; year--) {
		bool offered, awarded;
		of_year(d, n, award, codes, n_codes, year, &offered, &awarded);
		if (offered ? !awarded : not_offered_breaks)
			break;
		run += awarded;
	}
	return run;
}

/* ---- in the record ---- */

/* Awards with decisions of earlier years are written once each, those that were ever decided on for a unit of this kind. Decisions of one
 * year and award lie together, so that only the first of them is looked at. */
static bool is_first(const zp_ledger_decision *d, size_t i, int year)
{
	if (i && d[i].year == d[i - 1].year && strcmp(d[i].award, d[i - 1].award) == 0)
		return false;
	for (size_t k = 0; k < i; k++)
		if (d[k].year < year && strcmp(d[k].award, d[i].award) == 0)
			return false;
	return true;
}

static bool is_region(const zp_year *y, const char *code)
{
	const zp_regions *tree = y->wish->regions;
	for (size_t i = 0; tree && i < tree->n; i++)
		if (strcmp(tree->at[i].code, code) == 0)
			return true;
	return false;
}

/* By its rule, where it is worked out; else by whom it was decided on: a laboratory may well have a code that a region has too. */
static bool is_for_regions(const zp_year *y, const char *award)
{
	const zp_year_wish *wish = y->wish;
	for (size_t i = 0; i < wish->n_awards; i++)
		if (strcmp(wish->awards[i]->id, award) == 0)
			return wish->awards[i]->unit == ZP_UNIT_REGION;
	for (size_t i = 0; i < wish->n_decided; i++)
		if (strcmp(wish->decided[i].award, award) == 0 && !is_region(y, wish->decided[i].lab))
			return false;
	return true;
}

static void put_titles(zp_tags *w, const zp_year *y, const char *const *codes, size_t n_codes, bool region)
{
	const zp_year_wish *wish = y->wish;
	const zp_ledger_decision *d = wish->decided;
	for (size_t i = 0; i < wish->n_decided; i++) {
		if (d[i].year >= wish->year || !is_first(d, i, wish->year) || is_for_regions(y, d[i].award) != region)
			continue;
		zp_tag_open(w, "titles");
		zp_tag_text(w, "award", d[i].award);
		zp_tag_whole(w, "consecutive", zp_titles_in_row(d, wish->n_decided, d[i].award, codes, n_codes, wish->year - 1, wish->rules->title_not_offered_breaks));
		zp_tag_end(w);
	}
	for (size_t i = 0; i < wish->n_decided; i++) {
		if (d[i].year >= wish->year || !d[i].counts || !is_one_of(d[i].lab, codes, n_codes) || is_for_regions(y, d[i].award) != region)
			continue;
		char year[16];
		snprintf(year, sizeof year, "%d", d[i].year);
		zp_tag_open(w, "title");
		zp_tag_text(w, "award", d[i].award);
		zp_tag_text(w, "year", year);
		zp_tag_text(w, "decision", d[i].decision);
		zp_tag_end(w);
	}
}

void zp_record_titles_of_lab(zp_tags *w, const zp_year *y, size_t lab)
{
	const char *codes[CODES_MOST];
	if (y->wish->n_decided)
		put_titles(w, y, codes, zp_identity_names(y->wish->identity, y->chronicle->labs[lab].code, codes, CODES_MOST), false);
}

void zp_record_titles_of_region(zp_tags *w, const zp_year *y, uint16_t region)
{
	if (y->wish->n_decided)
		put_titles(w, y, (const char *const[]){ y->wish->regions->at[region].code }, 1, true);
}
