/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/record.h"
#include <stdlib.h>
#include <string.h>
#include "base/pool.h"
#include "year/ranking.h"
#include "year/recognition.h"
#include "year/record_parts.h"
#include "year/year_titles.h"

/* ---- who it is ---- */

bool zp_record_is_of_lab(const zp_year *year, size_t lab)
{
	size_t row;
	if (year->standings->register_of[lab])
		return true;
	for (size_t i = 0; i < year->chronicle->n_programmes; i++)
		if (zp_record_took_part(&year->chronicle->programmes[i], lab, &row))
			return true;
	return false;
}

static void put_region(zp_tags *w, const zp_year *year, const zp_annal_lab *says)
{
	const zp_regions *tree = year->wish->regions;
	const uint16_t region = zp_region_find(tree, zp_text_of(says->region)), city = zp_record_city_of(tree, region);
	zp_tag_text(w, "region", says->region);
	zp_tag_text(w, "region-name", region != ZP_NO_REGION ? tree->at[region].name : says->region_name);
	if (city == ZP_NO_REGION)
		return;
	zp_tag_text(w, "city", tree->at[city].code);
	zp_tag_text(w, "city-name", tree->at[city].name);
}

static void put_laboratory(zp_tags *w, const zp_year *year, size_t lab)
{
	const zp_annal_lab *on_register = year->standings->register_of[lab];
	const zp_annal_lab *says = on_register ? on_register : year->chronicle->labs[lab].says;
	zp_tag_open(w, "laboratory");
	zp_tag_text(w, "code", year->chronicle->labs[lab].code);
	zp_tag_text(w, "name", says->name);
	put_region(w, year, says);
	zp_tag_text(w, "class", says->lab_class);
	zp_tag_text(w, "institution", says->institution);
	zp_tag_text(w, "department", says->department);
	zp_tag_text(w, "registered", on_register ? "yes" : "no");
	zp_tag_end(w);
}

/* ---- programmes and rounds ---- */

typedef struct counts { int64_t programmes, rounds, returned, late, not_returned, excused, absent; } counts;

static void count_cell(counts *n, const zp_year_cell *cell)
{
	if (cell->outcome == ZP_OUT_ABSENT)
		n->absent++;
	if (cell->outcome <= ZP_OUT_ABSENT)
		return;
	n->rounds++;
	if (cell->outcome == ZP_OUT_EXCUSED)
		n->excused++;
	else if (cell->standing == ZP_STANDS_LATE)
		n->late++;
	else if (cell->standing == ZP_STANDS_NOT_RETURNED)
		n->not_returned++;
	else
		n->returned++;
}

static void put_participation(zp_tags *w, const zp_year *year, size_t lab)
{
	const zp_chronicle *c = year->chronicle;
	counts n = { 0 };
	for (size_t i = 0; i < c->n_programmes; i++) {
		const zp_year_programme *p = &c->programmes[i];
		size_t row;
		if (p->says->trueness || !zp_record_took_part(p, lab, &row))
			continue;
		n.programmes++;
		for (size_t r = 0; r < p->n_held; r++)
			if (p->held[r].in_year)
				count_cell(&n, &zp_year_cells(p, row, p->n_measurands)[r]);
	}
	zp_tag_open(w, "participation");
	zp_tag_whole(w, "programmes", n.programmes);
	zp_tag_whole(w, "rounds", n.rounds);
	zp_tag_whole(w, "returned", n.returned);
	zp_tag_whole(w, "late", n.late);
	zp_tag_whole(w, "not-returned", n.not_returned);
	zp_tag_whole(w, "excused", n.excused);
	zp_tag_whole(w, "absent", n.absent);
	zp_tag_end(w);
}

/* ---- items ---- */

static const char *vote_word(zp_vote vote) { return vote == ZP_VOTE_NOT_EVALUATED ? "not-evaluated" : zp_vote_word(vote); }

static void put_items(zp_tags *w, const zp_year *year, size_t lab)
{
	const zp_item_count *n = &year->items.counts[lab];
	zp_tag_open(w, "items");
	zp_tag_whole(w, "total", n->total);
	zp_tag_whole(w, "pass", n->pass);
	zp_tag_whole(w, "fail", n->fail);
	zp_tag_whole(w, "unreturned", n->unreturned);
	zp_tag_whole(w, "not-evaluated", n->not_evaluated);
	zp_tag_percent(w, "pass-rate", zp_fraction_of(n->pass, (int64_t)n->pass + n->fail));
	if (!n->total) {
		zp_tag_end(w);
		return;
	}
	zp_tag_enter(w);
	for (size_t i = 0; i < year->chronicle->n_items; i++) {
		const zp_year_item *item = &year->chronicle->items[i];
		const zp_vote vote = zp_item_vote(&year->items, lab, i);
		if (vote == ZP_VOTE_NONE)
			continue;
		zp_tag_open(w, "item");
		zp_tag_text(w, "specimen", item->specimen);
		zp_tag_text(w, "item", item->item);
		zp_tag_text(w, "name", item->name);
		zp_tag_text(w, "name-en", item->name_en);
		zp_tag_text(w, "result", vote_word(vote));
		zp_tag_end(w);
	}
	zp_tag_leave(w, "items");
}

/* ---- indicators and ranking ---- */

static void put_indicators(zp_tags *w, const zp_year *year, size_t lab)
{
	for (int k = 0; k < ZP_INDICATORS; k++) {
		const zp_indicator_value *v = &year->indicators.of_lab[lab * ZP_INDICATORS + (size_t)k];
		if (!v->known)
			continue;
		zp_tag_open(w, "indicator");
		zp_tag_text(w, "name", zp_indicator_word((zp_indicator)k));
		zp_tag_whole(w, "numerator", v->num);
		if (k != ZP_NATIONAL_ITEMS_PASSED) {
			zp_tag_whole(w, "denominator", v->den);
			zp_tag_percent(w, "percent", zp_fraction_of(v->num, v->den));
		}
		zp_tag_end(w);
	}
}

static const zp_ranked *find_ranked(const zp_year_ranking *r, size_t lab)
{
	size_t low = 0, high = r->n;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (r->at[middle].lab < lab)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->n && r->at[low].lab == lab ? &r->at[low] : NULL;
}

/* Among few laboratories a common mean or a rank tells one what the others have: it is left out. */
static void put_shrunken(zp_tags *w, const zp_ranked *r, unsigned least)
{
	if (r->range[ZP_RANK_ALL].of < least)
		return;
	zp_tag_number(w, "shrunken", 100 * r->shrunken.share);
	zp_tag_number(w, "low", 100 * r->shrunken.low);
	zp_tag_number(w, "high", 100 * r->shrunken.high);
}

static void put_rank(zp_tags *w, const zp_ranked *r, int scope, unsigned least)
{
	static const char *const halves[] = { "better", "unclear", "worse" };
	const zp_rank_range *range = &r->range[scope];
	if (range->of < least)
		return;
	zp_tag_whole(w, "rank", r->rank[scope]);
	zp_tag_whole(w, "rank-low", range->low);
	zp_tag_whole(w, "rank-high", range->high);
	zp_tag_whole(w, "of", range->of);
	zp_tag_text(w, "half", halves[range->half]);
}

static void put_ranking(zp_tags *w, const zp_year *year, size_t lab)
{
	const zp_ranked *r = find_ranked(year->ranking, lab);
	const unsigned least = (unsigned)year->wish->rules->publish_least;
	for (int scope = 0; r && scope < ZP_RANK_SCOPES; scope++) {
		zp_tag_open(w, "ranking");
		zp_tag_text(w, "scope", zp_rank_scope_word((zp_rank_scope)scope));
		zp_tag_number(w, "k", (double)r->credit / 100);
		zp_tag_whole(w, "n", r->total);
		zp_tag_whole(w, "late", r->late);
		zp_tag_whole(w, "not-returned", r->not_returned);
		if (r->total) {
			zp_tag_percent(w, "share", zp_fraction_of(r->credit, 100 * r->total));
			put_shrunken(w, r, least);
			put_rank(w, r, scope, least);
		}
		zp_tag_end(w);
	}
}

/* ---- the document ---- */

const char *zp_record_of_lab(const zp_year *year, size_t lab, zp_piece *out)
{
	struct zp_record_memory memory;
	zp_tags w;
	memset(&memory, 0, sizeof memory);
	zp_record_begin_document(&w, &memory, out, year);
	put_laboratory(&w, year, lab);
	put_participation(&w, year, lab);
	put_items(&w, year, lab);
	put_indicators(&w, year, lab);
	put_ranking(&w, year, lab);
	zp_record_programmes(&w, year, lab);
	zp_iqc_record(year, lab, &w);
	zp_recognition_record(year, lab, &w);
	zp_record_evidence(&w, zp_evidence_of_lab(year->evidence, lab));
	zp_record_titles_of_lab(&w, year, lab);
	return zp_record_finish_document(&w);
}

/* ---- all of them ---- */

/* A code as the name of a folder: letters, digits, _, - and . as they are, others as %2F; so is a point at the beginning. */
static void put_folder(zp_piece *out, const char *code)
{
	for (const char *p = code; *p; p++) {
		const bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_' || *p == '-' ||
			(*p == '.' && p > code);
		zp_piece_print(out, plain ? "%c" : "%%%02X", (unsigned char)*p);
	}
}

typedef struct publishing {
	const zp_year *year;
	zp_press *press;
	const uint32_t *which; /* laboratories, then regions from n_labs on */
	size_t n_labs;
	zp_piece *pieces, *names; /* of each worker */
	zp_error *errors;
} publishing;

static void publish_one(void *self, size_t i, unsigned worker)
{
	const publishing *p = self;
	zp_piece *out = &p->pieces[worker], *name = &p->names[worker];
	const bool is_lab = i < p->n_labs;
	if (p->errors[worker].code)
		return;
	if (is_lab)
		zp_record_of_lab(p->year, p->which[i], out);
	else
		zp_record_of_region(p->year, (uint16_t)p->which[i], out);
	name->n = 0;
	zp_piece_print(name, is_lab ? "labs/" : "regions/");
	put_folder(name, is_lab ? p->year->chronicle->labs[p->which[i]].code : p->year->wish->regions->at[p->which[i]].code);
	zp_piece_print(name, "/record.xml");
	*zp_piece_room(name, 1) = '\0';
	zp_press_write(p->press, name->bytes, out->bytes, out->n, &p->errors[worker]);
	zp_progress_step(p->year->wish->progress, 1);
}

static size_t choose(const zp_year *year, uint32_t *which, size_t *n_labs)
{
	size_t n = 0;
	for (uint32_t lab = 0; lab < year->chronicle->n_labs; lab++)
		if (zp_record_is_of_lab(year, lab))
			which[n++] = lab;
	*n_labs = n;
	for (uint16_t i = 0; year->wish->regions && i < year->wish->regions->n; i++)
		if (zp_record_is_of_region(year, i))
			which[n++] = i;
	return n;
}

bool zp_year_records(const zp_year *year, zp_press *press, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const unsigned threads = year->wish->threads ? year->wish->threads : zp_pool_processors();
	uint32_t *which = zp_take(arena, uint32_t, year->chronicle->n_labs + (year->wish->regions ? year->wish->regions->n : 0) + 1);
	publishing p = { .year = year, .press = press, .which = which, .pieces = zp_take(arena, zp_piece, threads),
		.names = zp_take(arena, zp_piece, threads), .errors = zp_take(arena, zp_error, threads) };
	const size_t n = choose(year, which, &p.n_labs);
	zp_progress_stage(year->wish->progress, "writing records", n);
	zp_pool_run(threads, n, publish_one, &p);
	bool good = true;
	for (unsigned i = 0; i < threads; i++) {
		if (p.errors[i].code && good)
			good = zp_fail_as(err, &p.errors[i]);
		free(p.pieces[i].bytes);
		free(p.names[i].bytes);
	}
	zp_arena_close(arena);
	return good;
}
