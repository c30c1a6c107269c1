/* SPDX-License-Identifier: GPL-3.0-or-later */
/* items.csv, items-labs.csv: what a laboratory or institution can do, each item once, whatever the number of programmes it is in.
 * An item is a specimen and what is measured in it. */
#include <stdlib.h>
#include "run/lines.h"
#include "run/tables.h"

#define UNITS_AT_ONCE 64
#define SHARE_PLACES 2

/* In the order of votes: the first that anybody gives is that of the item. */
typedef enum vote { VOTE_FAIL, VOTE_PASS, VOTE_UNRETURNED, VOTE_NEITHER, VOTES } vote;

static const char *const vote_words[VOTES] = { "unsatisfactory", "satisfactory", "unreturned", "neither" };

/* Whose items are counted: a laboratory, or those of an institution. */
typedef struct unit { const char *lab, *institution, *department; const uint32_t *labs; size_t n; } unit;

typedef struct item { const char *specimen, *name; const uint32_t *measurands; size_t n; } item; /* measurands as in all of the plan */

typedef struct writing {
	const zp_run *run;
	const uint32_t *first_measurand; /* of each programme, n_programmes + 1 */
	const uint32_t *item_of;         /* of each measurand of the plan */
	const uint32_t *programme_of;    /* the same */
	const item *items;
	size_t n_items, n_measurands;
	const unit *units;
	size_t n_units;
} writing;

/* What is known of a unit while it is written. */
typedef struct votes {
	uint8_t *of;        /* each item's; VOTES: it does not have it */
	uint32_t *performs; /* of each measurand of the plan: the unit that was last seen to perform it, from 1 */
} votes;

static vote vote_of(const zp_tally *t)
{
	const zp_standing standing = (zp_standing)t->standing;
	if (standing == ZP_STANDS_NOT_RETURNED || standing == ZP_STANDS_BLANK)
		return VOTE_UNRETURNED;
	if (t->satisfaction == ZP_NEITHER) /* also when excused */
		return VOTE_NEITHER;
	return t->satisfaction == ZP_SATISFACTORY ? VOTE_PASS : VOTE_FAIL;
}

static void collect(const writing *w, const unit *u, uint32_t mark, votes *v)
{
	const zp_run *run = w->run;
	memset(v->of, VOTES, w->n_items);
	for (size_t i = 0; i < u->n; i++)
		for (uint32_t e = run->roster->first_enrolment[u->labs[i]]; e < run->roster->first_enrolment[u->labs[i] + 1]; e++) {
			const zp_enrolment *enrolment = &run->roster->enrolments[e];
			for (size_t k = 0; k < enrolment->n_declared; k++) {
				const uint32_t m = w->first_measurand[enrolment->programme] + enrolment->declared[k];
				const uint8_t is = (uint8_t)vote_of(&run->s1[run->first_tally[e] + k]);
				uint8_t *of = &v->of[w->item_of[m]];
				v->performs[m] = mark;
				*of = is < *of ? is : *of;
			}
		}
}

static size_t room_of(const unit *u) { return 512 + 2 * (strlen(u->lab) + strlen(u->institution) + strlen(u->department)); }

static char *put_unit(char *p, const unit *u)
{
	const char *const texts[] = { u->lab, u->institution, u->department };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		p = zp_put_text(p, zp_text_of(texts[i])), *p++ = ',';
	return p;
}

/* The codes of the programmes that the unit has the item in, in the order of the plan. */
static void put_programmes(const writing *w, const item *is, uint32_t mark, const votes *v, zp_piece *piece)
{
	uint32_t last = UINT32_MAX;
	for (size_t i = 0; i < is->n; i++) {
		const uint32_t m = is->measurands[i], p = w->programme_of[m];
		if (v->performs[m] != mark || p == last)
			continue;
		const char *code = w->run->book->plan->programmes[p].code;
		char *at = zp_piece_room(piece, strlen(code) + 1), *from = at;
		if (last != UINT32_MAX)
			*at++ = ' ';
		at = zp_put_word(at, code);
		piece->n += (size_t)(at - from);
		last = p;
	}
}

static void put_item(const writing *w, const unit *u, size_t i, uint32_t mark, const votes *v, zp_piece *programmes, zp_piece *piece)
{
	const item *is = &w->items[i];
	programmes->n = 0;
	put_programmes(w, is, mark, v, programmes);
	const zp_text codes = { programmes->bytes, programmes->n };
	char *p = zp_piece_room(piece, room_of(u) + 2 * (strlen(is->specimen) + strlen(is->name) + codes.n)), *from = p;
	p = put_unit(p, u);
	p = zp_put_text(p, zp_text_of(is->specimen)), *p++ = ',';
	p = zp_put_text(p, zp_text_of(is->name)), *p++ = ',';
	p = zp_put_text(p, codes), *p++ = ',';
	p = zp_put_word(p, vote_words[v->of[i]]), *p++ = '\n';
	piece->n += (size_t)(p - from);
}

static void put_sum(const writing *w, const unit *u, const votes *v, zp_piece *piece)
{
	static const vote order[] = { VOTE_PASS, VOTE_FAIL, VOTE_UNRETURNED, VOTE_NEITHER };
	size_t n[VOTES + 1] = { 0 };
	for (size_t i = 0; i < w->n_items; i++)
		n[v->of[i]]++;
	if (n[VOTES] == w->n_items)
		return;
	char *p = zp_piece_room(piece, room_of(u)), *from = p;
	p = put_unit(p, u);
	p = zp_put_count(p, w->n_items - n[VOTES]), *p++ = ',';
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		p = zp_put_count(p, n[order[i]]), *p++ = ',';
	p = zp_put_share(p, n[VOTE_PASS], n[VOTE_PASS] + n[VOTE_FAIL], SHARE_PLACES), *p++ = '\n';
	piece->n += (size_t)(p - from);
}

static void write_units(const writing *w, size_t piece_number, zp_piece *piece, bool sums)
{
	zp_arena *arena = zp_arena_open();
	votes v = { zp_take(arena, uint8_t, w->n_items + 1), zp_take(arena, uint32_t, w->n_measurands + 1) };
	zp_piece programmes = { 0 };
	const size_t end = (piece_number + 1) * UNITS_AT_ONCE;
	zp_piece_room(&programmes, 1);
	for (size_t i = piece_number * UNITS_AT_ONCE; i < end && i < w->n_units; i++) {
		const uint32_t mark = (uint32_t)i + 1;
		collect(w, &w->units[i], mark, &v);
		if (sums)
			put_sum(w, &w->units[i], &v, piece);
		for (size_t k = 0; k < w->n_items && !sums; k++)
			if (v.of[k] != VOTES)
				put_item(w, &w->units[i], k, mark, &v, &programmes, piece);
	}
	free(programmes.bytes);
	zp_arena_close(arena);
}

static void write_items(void *context, size_t piece_number, zp_piece *piece)
{
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512), "lab,institution,department,specimen,item,programmes,verdict\n") - piece->bytes);
	write_units(context, piece_number, piece, false);
}

static void write_sums(void *context, size_t piece_number, zp_piece *piece)
{
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"lab,institution,department,items,satisfactory,unsatisfactory,unreturned,neither,rate\n") - piece->bytes);
	write_units(context, piece_number, piece, true);
}

/* ---- items ---- */

/* Number the items in the order in which the plan names them, and the measurands of each. */
static void number_items(zp_run *run, writing *w)
{
	const zp_plan *plan = run->book->plan;
	zp_names *names = zp_names_take(run->arena);
	uint32_t *first = zp_take(run->arena, uint32_t, plan->n_programmes + 1);
	for (size_t p = 0; p < plan->n_programmes; p++)
		first[p + 1] = first[p] + (uint32_t)plan->programmes[p].scheme->n_measurands;
	const size_t n = w->n_measurands = first[plan->n_programmes];
	uint32_t *item_of = zp_take(run->arena, uint32_t, n + 1), *programme_of = zp_take(run->arena, uint32_t, n + 1);
	uint32_t *of = zp_take(run->arena, uint32_t, n + 1), *at = of;
	item *items = zp_take(run->arena, item, n + 1);
	for (size_t p = 0; p < plan->n_programmes; p++)
		for (size_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++) {
			const zp_measurand *is = &plan->programmes[p].scheme->measurands[m];
			const uint32_t number = zp_names_add(names, zp_text_of(zp_arena_print(run->arena, "%s\x1f%s", is->specimen, is->item)));
			items[number].specimen = is->specimen, items[number].name = is->item, items[number].n++;
			item_of[first[p] + m] = number;
			programme_of[first[p] + m] = (uint32_t)p;
		}
	w->n_items = zp_names_count(names);
	for (size_t i = 0; i < w->n_items; at += items[i++].n)
		items[i].measurands = at;
	uint32_t *filled = zp_take(run->arena, uint32_t, w->n_items + 1);
	for (uint32_t m = 0; m < n; m++)
		of[(size_t)(items[item_of[m]].measurands - of) + filled[item_of[m]]++] = m;
	w->first_measurand = first, w->item_of = item_of, w->programme_of = programme_of, w->items = items;
}

/* ---- units ---- */

typedef struct belonging { const char *institution; uint32_t lab; } belonging;

static int by_institution(const void *pa, const void *pb)
{
	const belonging *a = pa, *b = pb;
	const int order = strcmp(a->institution, b->institution);
	return order ? order : (a->lab > b->lab) - (a->lab < b->lab);
}

/* Every laboratory, and after them every institution, in the order of their bytes. */
static void list_units(zp_run *run, writing *w)
{
	const zp_roster *roster = run->roster;
	const size_t n = roster->n_labs;
	unit *units = zp_take(run->arena, unit, 2 * n + 1);
	uint32_t *labs = zp_take(run->arena, uint32_t, 2 * n + 1);
	belonging *sorted = zp_take(run->arena, belonging, n + 1);
	size_t belong = 0;
	for (uint32_t i = 0; i < n; i++) {
		const zp_lab *lab = &roster->labs[i];
		labs[i] = i;
		units[w->n_units++] = (unit){ lab->code, lab->institution, lab->department, labs + i, 1 };
		if (*lab->institution)
			sorted[belong++] = (belonging){ lab->institution, i };
	}
	qsort(sorted, belong, sizeof *sorted, by_institution);
	for (size_t i = 0; i < belong; i++) {
		labs[n + i] = sorted[i].lab;
		if (i == 0 || strcmp(sorted[i].institution, sorted[i - 1].institution) != 0)
			units[w->n_units++] = (unit){ "*", sorted[i].institution, "*", labs + n + i, 0 };
		units[w->n_units - 1].n++;
	}
	w->units = units;
}

/* Whether anything may be the same twice. */
static bool are_wanted(const zp_plan *plan)
{
	bool wanted = plan->n_programmes > 1;
	for (size_t p = 0; p < plan->n_programmes; p++)
		for (size_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++) {
			const zp_measurand *is = &plan->programmes[p].scheme->measurands[m];
			wanted |= *is->specimen || strcmp(is->item, is->code) != 0;
		}
	return wanted;
}

bool zp_items_write(zp_run *run, zp_press *press, zp_error *err)
{
	writing w = { .run = run };
	if (!are_wanted(run->book->plan))
		return true;
	number_items(run, &w);
	list_units(run, &w);
	const size_t pieces = w.n_units ? (w.n_units + UNITS_AT_ONCE - 1) / UNITS_AT_ONCE : 1;
	return zp_press_pieces(press, "items.csv", run->threads, pieces, write_items, &w, err) &&
	       zp_press_pieces(press, "items-labs.csv", run->threads, pieces, write_sums, &w, err);
}
