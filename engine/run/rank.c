/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laboratories within their regions and classes, and regions against each other, by acceptable share.
 * Shares are compared as exact fractions; who ties shares the rank, and is told so. */
#include <stdlib.h>
#include "base/memory.h"
#include "run/rank_ranges.h"

/* What is ranked: one programme, or all of them pooled. */
typedef struct scope {
	size_t programme; /* n_programmes: all of them */
	const char *code, *name;
	const zp_choices *choices;
} scope;

typedef struct entry {
	uint64_t credit; /* hundredths of a result */
	uint32_t lab, total, measurands;
	uint8_t standing, satisfaction;
	bool tie_by_n;
	bool ranked; /* has a share, and the scheme gives it a place */
} entry;

/* A table of ranks: a region and a class in it; class 0 is all of them. */
typedef struct place { uint32_t slot; const entry *entry; } place;

static int by_share(const void *pa, const void *pb)
{
	const entry *a = pa, *b = pb;
	if (a->ranked != b->ranked)
		return a->ranked ? -1 : 1;
	uint64_t x = (uint64_t)a->credit * b->total, y = (uint64_t)b->credit * a->total;
	if (x != y)
		return x > y ? -1 : 1;
	if (a->tie_by_n && a->measurands != b->measurands)
		return a->measurands > b->measurands ? -1 : 1;
	return a->lab < b->lab ? -1 : a->lab > b->lab; /* codes ascend with the index */
}

static bool tie(const entry *a, const entry *b)
{
	return (uint64_t)a->credit * b->total == (uint64_t)b->credit * a->total &&
	       (!a->tie_by_n || a->measurands == b->measurands);
}

static entry settled(entry e, const zp_choices *c)
{
	e.tie_by_n = c->rank_tiebreak == ZP_TIEBREAK_N;
	e.ranked = e.total && !(c->rank_noshow == ZP_NOSHOW_UNRANKED && e.standing == ZP_STANDS_NOT_RETURNED);
	return e;
}

static uint32_t judged_measurands(const zp_run *run, size_t enrolment)
{
	uint32_t n = 0;
	for (uint32_t i = run->first_tally[enrolment]; i < run->first_tally[enrolment + 1]; i++)
		n += run->s1[i].total > 0;
	return n;
}

static entry entry_of(const zp_run *run, size_t enrolment)
{
	const zp_tally *s = &run->s[enrolment];
	return (entry){ .lab = run->roster->enrolments[enrolment].lab, .credit = s->credit, .total = s->total,
			.measurands = judged_measurands(run, enrolment), .standing = s->standing,
			.satisfaction = s->satisfaction };
}

/* All programmes of a laboratory: satisfactory when it is in every one that was judged. */
static entry pooled(const zp_run *run, uint32_t lab)
{
	static const uint8_t order[ZP_STANDINGS] = { [ZP_STANDS_RETURNED] = 5, [ZP_STANDS_LATE] = 4,
						     [ZP_STANDS_NOT_RETURNED] = 3, [ZP_STANDS_BLANK] = 3,
						     [ZP_STANDS_EXCUSED] = 2, [ZP_STANDS_CANCELLED] = 1 };
	entry all = { .lab = lab, .standing = ZP_STANDS_NOT_ENROLLED };
	for (uint32_t e = run->roster->first_enrolment[lab]; e < run->roster->first_enrolment[lab + 1]; e++) {
		entry one = entry_of(run, e);
		all.credit += one.credit;
		all.total += one.total;
		all.measurands += one.measurands;
		if (order[one.standing] > order[all.standing])
			all.standing = one.standing;
		if (one.satisfaction == ZP_UNSATISFACTORY || (one.satisfaction == ZP_SATISFACTORY && all.satisfaction == ZP_NEITHER))
			all.satisfaction = one.satisfaction;
	}
	return all;
}

static size_t entries_of(const zp_run *run, size_t programme, const zp_choices *c, entry *out)
{
	size_t n = 0;
	if (programme == run->book->plan->n_programmes) {
		for (uint32_t lab = 0; lab < run->roster->n_labs; lab++)
			if (run->roster->first_enrolment[lab] < run->roster->first_enrolment[lab + 1])
				out[n++] = settled(pooled(run, lab), c);
		return n;
	}
	for (size_t e = 0; e < run->roster->n_enrolments; e++)
		if (run->roster->enrolments[e].programme == programme)
			out[n++] = settled(entry_of(run, e), c);
	return n;
}

/* The regions a laboratory belongs to: its own and, rolled up, those above. */
static size_t regions_of(const zp_run *run, uint32_t lab, bool rollup, uint16_t out[8])
{
	size_t n = 0;
	uint16_t r = run->roster->labs[lab].region;
	do {
		out[n++] = r;
		r = run->roster->regions->at[r].parent;
	} while (rollup && r != ZP_NO_REGION && n < 8);
	return n;
}

static const char *class_name(const zp_run *run, uint32_t slot_class)
{
	return slot_class ? zp_names_at(run->roster->classes, slot_class - 1).p : "*";
}

/* ---- laboratories ---- */

static void number_ranks(zp_rank_row *rows, const place *places, size_t n, const zp_choices *c)
{
	unsigned dense = 0;
	for (size_t i = 0, next; i < n; i = next) {
		next = i + 1;
		if (!places[i].entry->ranked)
			continue;
		while (next < n && places[next].entry->ranked && tie(places[i].entry, places[next].entry))
			next++;
		dense++;
		unsigned before = 0;
		if (c->rank_ties == ZP_TIES_COMPETITION)
			before = i ? rows[i - 1].rank + rows[i - 1].tied : 1;
		for (size_t k = i; k < next; k++) {
			rows[k].rank = c->rank_ties == ZP_TIES_COMPETITION ? before : dense;
			rows[k].tied = (unsigned)(next - i);
		}
	}
}

/* Whether rows are those before them over again: of the only programme, after those of all programmes. */
static bool is_repeated(const zp_rank_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const zp_rank_row *a = &rows[i], *b = rows - n + i;
		if (a->lab != b->lab || a->region != b->region || a->lab_class != b->lab_class || !a->rank != !b->rank)
			return false;
	}
	return true;
}

/* The ranks that the results of each row support. */
static zp_rank_basis range_rows(const zp_run *run, size_t programme, const place *places, zp_rank_row *rows, size_t n)
{
	const uint32_t classes = zp_names_count(run->roster->classes) + 1;
	if (programme == 0 && run->book->plan->n_programmes == 1 && is_repeated(rows, n)) {
		const zp_rank_row *same = rows - n;
		for (size_t i = 0; i < n; i++) {
			rows[i].rank_low = same[i].rank_low;
			rows[i].rank_high = same[i].rank_high;
		}
		return run->rank_basis[1];
	}
	zp_rank_seat *seats = zp_must(calloc(n + 1, sizeof *seats));
	for (size_t i = 0; i < n; i++)
		seats[i] = (zp_rank_seat){ places[i].entry->lab, places[i].slot / classes, places[i].slot % classes };
	const zp_rank_basis basis = zp_rank_ranges(run, programme, seats, rows, n);
	free(seats);
	return basis;
}

static zp_rank_basis rank_labs(const zp_run *run, const scope *s, const entry *entries, size_t n, zp_rank_row *rows, size_t *n_rows)
{
	const zp_roster *roster = run->roster;
	uint32_t classes = zp_names_count(roster->classes) + 1;
	size_t n_slots = roster->regions->n * classes, total = 0;
	uint32_t *offset = zp_must(calloc(n_slots + 1, sizeof *offset));
	place *places = zp_must(calloc(n * 16 + 1, sizeof *places));
	for (int pass = 0; pass < 2; pass++) { /* count, then put each table's laboratories together, best first */
		for (size_t i = 0; i < n; i++) {
			uint16_t regions[8];
			size_t levels = regions_of(run, entries[i].lab, true, regions);
			for (size_t l = 0; l < levels * 2; l++) {
				uint32_t of_class = l % 2 ? roster->labs[entries[i].lab].lab_class + 1u : 0;
				uint32_t slot = regions[l / 2] * classes + of_class;
				if (pass)
					places[offset[slot]++] = (place){ slot, &entries[i] };
				else
					offset[slot + 1]++, total++;
			}
		}
		for (size_t k = 0; !pass && k < n_slots; k++)
			offset[k + 1] += offset[k];
	}
	zp_rank_row *out = rows + *n_rows;
	for (size_t i = 0; i < total; i++) {
		const entry *e = places[i].entry;
		const zp_region *region = &roster->regions->at[places[i].slot / classes];
		out[i] = (zp_rank_row){ .region = region->code, .region_name = region->name,
					.lab_class = class_name(run, places[i].slot % classes), .programme = s->code,
					.programme_name = s->name, .lab = roster->labs[e->lab].code,
					.lab_name = roster->labs[e->lab].name, .credit = e->credit, .total = e->total,
					.measurands = e->measurands, .standing = zp_standing_word((zp_standing)e->standing) };
	}
	for (size_t i = 0, next; i < total; i = next) {
		for (next = i; next < total && places[next].slot == places[i].slot; next++)
			;
		number_ranks(out + i, places + i, next - i, s->choices);
	}
	const zp_rank_basis basis = range_rows(run, s->programme, places, out, total);
	*n_rows += total;
	free(offset);
	free(places);
	return basis;
}

/* ---- regions ---- */

bool zp_is_due(unsigned standing, const zp_choices *c)
{
	return standing != ZP_STANDS_CANCELLED && !(standing == ZP_STANDS_EXCUSED && c->expected_excludes_excused);
}

bool zp_has_answered(unsigned standing, const zp_choices *c)
{
	return standing == ZP_STANDS_RETURNED || (c->returned_includes_late && standing == ZP_STANDS_LATE);
}

static void count_entry(zp_region_row *row, const entry *e, const zp_choices *c)
{
	row->expected += zp_is_due(e->standing, c);
	row->excused += e->standing == ZP_STANDS_EXCUSED;
	row->late += e->standing == ZP_STANDS_LATE;
	row->returned += zp_has_answered(e->standing, c);
	row->judged += e->satisfaction != ZP_NEITHER;
	row->satisfactory += e->satisfaction == ZP_SATISFACTORY;
	row->credit += e->credit;
	row->total += e->total;
}

typedef struct ranked_region { zp_region_row *row; entry share; uint32_t of_class; uint16_t parent; } ranked_region;

static int by_siblings(const void *pa, const void *pb)
{
	const ranked_region *a = pa, *b = pb;
	if (a->of_class != b->of_class)
		return a->of_class < b->of_class ? -1 : 1;
	if (a->parent != b->parent)
		return a->parent < b->parent ? -1 : 1;
	return by_share(&a->share, &b->share);
}

static void rank_siblings(ranked_region *all, size_t n, const zp_choices *c)
{
	qsort(all, n, sizeof *all, by_siblings);
	for (size_t i = 0, next; i < n; i = next) {
		unsigned rank = 0, dense = 0, place_in = 0;
		for (next = i; next < n && all[next].of_class == all[i].of_class && all[next].parent == all[i].parent; next++)
			;
		for (size_t k = i, end; k < next && all[k].share.total; k = end) {
			for (end = k; end < next && all[end].share.total && tie(&all[k].share, &all[end].share); end++)
				;
			dense++;
			rank = c->rank_ties == ZP_TIES_DENSE ? dense : place_in + 1;
			place_in += (unsigned)(end - k);
			for (size_t t = k; t < end; t++) {
				all[t].row->rank = rank;
				all[t].row->tied = (unsigned)(end - k);
			}
		}
	}
}

static void rank_regions(const zp_run *run, const scope *s, const entry *entries, size_t n, zp_region_row *rows, size_t *n_rows)
{
	const zp_regions *regions = run->roster->regions;
	uint32_t classes = zp_names_count(run->roster->classes) + 1;
	size_t n_slots = regions->n * classes, ranked = 0;
	zp_region_row *slots = zp_must(calloc(n_slots, sizeof *slots));
	ranked_region *all = zp_must(calloc(n_slots, sizeof *all));
	bool *used = zp_must(calloc(n_slots, sizeof *used));
	for (size_t i = 0; i < n; i++) {
		uint16_t of[8];
		size_t levels = regions_of(run, entries[i].lab, s->choices->region_rollup, of);
		for (size_t l = 0; l < levels * 2; l++) {
			size_t slot = of[l / 2] * classes + (l % 2 ? run->roster->labs[entries[i].lab].lab_class + 1u : 0);
			count_entry(&slots[slot], &entries[i], s->choices);
			used[slot] = true;
		}
	}
	for (size_t slot = 0; slot < n_slots; slot++) {
		const zp_region *region = &regions->at[slot / classes];
		if (!used[slot])
			continue;
		zp_region_row *row = &rows[(*n_rows)++];
		*row = slots[slot];
		row->region = region->code;
		row->region_name = region->name;
		row->region_name_en = region->name_en ? region->name_en : "";
		row->column = region->column;
		row->line = region->line;
		row->parent = region->parent == ZP_NO_REGION ? "" : regions->at[region->parent].code;
		row->level = region->level;
		row->lab_class = class_name(run, (uint32_t)(slot % classes));
		row->programme = s->code;
		row->programme_name = s->name;
		all[ranked] = (ranked_region){ row, { .lab = (uint32_t)ranked, .credit = row->credit, .total = row->total, .ranked = row->total > 0 },
					       (uint32_t)(slot % classes), region->parent };
		ranked++;
	}
	rank_siblings(all, ranked, s->choices);
	free(slots);
	free(all);
	free(used);
}

/* Ranges are drawn from what came in time, ranks count what did not come as well: no rank may lie outside its own range. */
static void widen_ranges(zp_rank_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		zp_rank_row *r = &rows[i];
		if (!r->rank || !r->rank_low)
			continue;
		const unsigned last = r->rank + r->tied - 1;
		r->rank_low = r->rank < r->rank_low ? r->rank : r->rank_low;
		r->rank_high = last > r->rank_high ? last : r->rank_high;
	}
}

bool zp_run_rank(zp_run *run, zp_error *err)
{
	(void)err;
	const zp_plan *plan = run->book->plan;
	size_t scopes = plan->n_programmes + 1, labs = run->roster->n_labs, most_rows = 0;
	uint32_t classes = zp_names_count(run->roster->classes) + 1;
	uint16_t levels[8];
	for (size_t e = 0; e < run->roster->n_enrolments; e++)
		most_rows += 2 * regions_of(run, run->roster->enrolments[e].lab, true, levels);
	zp_rank_row *ranks = zp_take(run->arena, zp_rank_row, 2 * most_rows);
	zp_region_row *regions = zp_take(run->arena, zp_region_row, scopes * run->roster->regions->n * classes);
	entry *entries = zp_take(run->arena, entry, labs);
	zp_rank_basis *basis = zp_take(run->arena, zp_rank_basis, scopes);
	run->rank_basis = basis;
	for (size_t i = 0; i < scopes; i++) { /* all programmes first */
		size_t p = i ? i - 1 : plan->n_programmes;
		scope s = { p, "*", "*", &plan->choices };
		if (i)
			s = (scope){ p, plan->programmes[p].code, plan->programmes[p].name, &plan->programmes[p].scheme->choices };
		size_t n = entries_of(run, p, s.choices, entries);
		qsort(entries, n, sizeof *entries, by_share);
		basis[p] = rank_labs(run, &s, entries, n, ranks, &run->summary.n_ranks);
		rank_regions(run, &s, entries, n, regions, &run->summary.n_regions);
	}
	widen_ranges(ranks, run->summary.n_ranks);
	run->summary.ranks = ranks;
	run->summary.regions = regions;
	return true;
}
