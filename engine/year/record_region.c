/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record of a region just below the root, for titles of centres: its shares and indicators by class. Nothing is hidden in it: it is
 * for the committee and that centre, and not for publication. */
#include <string.h>
#include "year/record_parts.h"
#include "year/year_titles.h"

static size_t place_of(const zp_standings *s, const char *code) { return zp_standing_find(s, code, false, "*"); }

bool zp_record_is_of_region(const zp_year *year, uint16_t region)
{
	const zp_regions *tree = year->wish->regions;
	return zp_record_city_of(tree, region) == region &&
		(place_of(year->standings, tree->at[region].code) != SIZE_MAX || zp_evidence_of_region(year->evidence, region).n);
}

static const char *class_of(const zp_standings *s, size_t cell)
{
	const size_t k = cell % (s->n_classes + 1);
	return k < s->n_classes ? s->classes[k] : "*";
}

/* Results are counted in hundredths. */
static void put_count(zp_tags *w, const char *attribute, int64_t v, bool hundredths)
{
	if (hundredths)
		zp_tag_number(w, attribute, (double)v / 100);
	else
		zp_tag_whole(w, attribute, v);
}

/* Percentage points since the year before. */
static void put_change(zp_tags *w, const zp_year *year, const char *code, size_t cell, int kind)
{
	const zp_share_count *now = &year->standings->cells[cell].of[kind];
	const size_t at = year->before ? zp_standing_find(year->before, code, false, class_of(year->standings, cell)) : SIZE_MAX;
	const zp_share_count *then = at == SIZE_MAX ? NULL : &year->before->cells[at].of[kind];
	int64_t tenths;
	if (!then || !zp_share_change(now, then, year->wish->rules->share_yoy_printed, &tenths))
		return;
	if (year->wish->rules->share_yoy_printed)
		zp_tag_percent(w, "change", zp_fraction_of(tenths, 1000));
	else
		zp_tag_percent(w, "change", zp_fraction_minus(zp_share_fraction(now), zp_share_fraction(then)));
}

static void put_shares(zp_tags *w, const zp_year *year, const char *code, size_t from)
{
	const zp_standings *s = year->standings;
	for (int kind = 0; kind < ZP_SHARE_KINDS; kind++)
		for (size_t cell = from; cell <= from + s->n_classes; cell++) {
			const zp_share_count *n = &s->cells[cell].of[kind];
			const bool hundredths = kind == ZP_SHARE_ACCEPTABLE || kind == ZP_SHARE_ACCEPTABLE_RETURNED;
			if (!s->cells[cell].labs)
				continue;
			zp_tag_open(w, "share");
			zp_tag_text(w, "name", zp_share_word((zp_share_kind)kind));
			zp_tag_text(w, "class", class_of(s, cell));
			put_count(w, "numerator", n->num, hundredths);
			put_count(w, "denominator", n->den, hundredths);
			zp_tag_percent(w, "percent", zp_share_fraction(n));
			put_change(w, year, code, cell, kind);
			zp_tag_end(w);
		}
}

static void put_indicators(zp_tags *w, const zp_year *year, size_t from)
{
	const zp_standings *s = year->standings;
	for (int k = 0; k < ZP_INDICATORS; k++)
		for (size_t cell = from; cell <= from + s->n_classes; cell++) {
			const size_t at = cell * ZP_INDICATORS + (size_t)k;
			const zp_indicator_value *v = &year->indicators.of_place[at];
			if (!v->known)
				continue;
			zp_tag_open(w, "indicator");
			zp_tag_text(w, "name", zp_indicator_word((zp_indicator)k));
			zp_tag_text(w, "class", class_of(s, cell));
			zp_tag_whole(w, "laboratories", year->indicators.n[at]);
			zp_tag_whole(w, "numerator", v->num);
			if (k != ZP_NATIONAL_ITEMS_PASSED) {
				zp_tag_whole(w, "denominator", v->den);
				zp_tag_percent(w, "percent", zp_fraction_of(v->num, v->den));
				zp_tag_percent(w, "median", year->indicators.median[at]);
			}
			zp_tag_end(w);
		}
}

const char *zp_record_of_region(const zp_year *year, uint16_t region, zp_piece *out)
{
	const zp_region *says = &year->wish->regions->at[region];
	const zp_standings *s = year->standings;
	struct zp_record_memory memory;
	zp_tags w;
	memset(&memory, 0, sizeof memory);
	zp_record_begin_document(&w, &memory, out, year);
	const size_t all = place_of(s, says->code);
	zp_tag_open(&w, "region");
	zp_tag_text(&w, "code", says->code);
	zp_tag_text(&w, "name", says->name);
	zp_tag_text(&w, "name-en", says->name_en);
	zp_tag_text(&w, "level", "city");
	if (all != SIZE_MAX) {
		zp_tag_whole(&w, "laboratories", s->cells[all].labs);
		zp_tag_whole(&w, "institutions", s->cells[all].institutions);
	}
	zp_tag_end(&w);
	if (all != SIZE_MAX) {
		put_shares(&w, year, says->code, all - s->n_classes);
		put_indicators(&w, year, all - s->n_classes);
	}
	zp_record_evidence(&w, zp_evidence_of_region(year->evidence, region));
	zp_record_titles_of_region(&w, year, region);
	return zp_record_finish_document(&w);
}
