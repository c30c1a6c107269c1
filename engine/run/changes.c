/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/changes.h"
#include <stdlib.h>
#include <string.h>
#include "run/lines.h"

#define KEYS_MOST 5
#define WHATS_MOST 12
#define NOTHING ((zp_text){ "", 0 })

static const char *const words[ZP_CHANGE_KINDS] = { "target", "result", "score", "rank" };
const char *zp_change_word(zp_change_kind kind) { return words[kind]; }

/* ---- the tables that are compared ---- */

/* A result's group is a number in the table: what is compared is its key, and its target. */
enum { GROUP_AT = 2, TARGET_AT = 3 }; /* among its columns below */

typedef struct compared {
	zp_change_kind kind;
	const char *file;
	const char *keys[KEYS_MOST];   /* columns that tell rows apart */
	const char *whats[WHATS_MOST]; /* columns that are compared */
} compared;

static const compared tables[] = {
	{ ZP_CHANGE_TARGET, "targets.csv", { "programme", "measurand", "sample", "rung", "key" },
	  { "origin", "method", "x_pt", "u_x_pt", "s", "kept", "used", "status", "limit", "low", "high", "doubts" } },
	{ ZP_CHANGE_RESULT, "scores.csv", { "lab", "programme", "measurand", "sample" },
	  { "state", "value", "group", "x_pt", "verdict", "reason", "credit", "flags" } },
	{ ZP_CHANGE_SCORE, "verdicts.csv", { "lab", "programme", "measurand" },
	  { "standing", "accepted", "total", "not_evaluated", "score", "satisfaction" } },
	{ ZP_CHANGE_RANK, "ranking.csv", { "programme", "region", "class", "lab" }, { "rank" } },
};

/* ---- one of the two sides ---- */

/* What a result needs of its group. */
typedef struct peers { zp_text key, x_pt; } peers;

typedef struct side {
	zp_arena *arena;
	const compared *c;
	zp_folder_table table;
	int keys[KEYS_MOST], whats[WHATS_MOST], group; /* places of the columns; -1: there is none */
	const peers *groups; /* by number */
	size_t n_groups;
} side;

typedef struct row { zp_text keys[KEYS_MOST], whats[WHATS_MOST]; } row;

static int place_of(const zp_folder_table *table, const char *column)
{
	for (size_t i = 0; column && i < table->header.n; i++)
		if (zp_text_is(table->header.at[i], column))
			return (int)i;
	return -1;
}

static void find_columns(side *s)
{
	for (size_t i = 0; i < KEYS_MOST; i++)
		s->keys[i] = place_of(&s->table, s->c->keys[i]);
	for (size_t i = 0; i < WHATS_MOST; i++)
		s->whats[i] = place_of(&s->table, s->c->whats[i]);
	s->group = s->c->kind == ZP_CHANGE_RESULT ? place_of(&s->table, "group") : -1;
}

static zp_text cell_at(const zp_row *r, int place)
{
	return place >= 0 && (size_t)place < r->cells.n ? zp_csv_unguarded(r->cells.at[place]) : NOTHING;
}

static size_t number_of(zp_text t)
{
	size_t n = 0;
	for (size_t i = 0; i < t.n && t.p[i] >= '0' && t.p[i] <= '9'; i++)
		n = 10 * n + (size_t)(t.p[i] - '0');
	return n;
}

/* The next row from *at on. */
static bool read_row(const side *s, const char **at, row *out)
{
	zp_row r;
	if (!zp_folder_table_next(s->arena, &s->table, at, &r))
		return false;
	for (size_t i = 0; i < KEYS_MOST; i++)
		out->keys[i] = cell_at(&r, s->keys[i]);
	for (size_t i = 0; i < WHATS_MOST; i++)
		out->whats[i] = cell_at(&r, s->whats[i]);
	if (s->group < 0)
		return true;
	const size_t number = number_of(cell_at(&r, s->group));
	const peers of = number && number < s->n_groups ? s->groups[number] : (peers){ NOTHING, NOTHING };
	out->whats[GROUP_AT] = of.key;
	out->whats[TARGET_AT] = of.x_pt;
	return true;
}

static size_t count_rows(const zp_folder_table *t)
{
	size_t n = 0;
	for (const char *p = t->text.p, *end = p + t->text.n; p < end; n++) {
		const char *stop = zp_csv_line_end(p, end);
		p = stop < end ? stop + 1 : end;
	}
	return n;
}

/* Keys and targets of the groups, by their numbers. */
static void take_groups(side *s)
{
	const int number = place_of(&s->table, "group"), key = place_of(&s->table, "key"), x_pt = place_of(&s->table, "x_pt");
	s->n_groups = count_rows(&s->table) + 1;
	peers *out = zp_take(s->arena, peers, s->n_groups);
	zp_row r;
	for (const char *at = s->table.text.p; zp_folder_table_next(s->arena, &s->table, &at, &r);) {
		const size_t i = number_of(cell_at(&r, number));
		if (i < s->n_groups)
			out[i] = (peers){ cell_at(&r, key), cell_at(&r, x_pt) };
	}
	s->groups = out;
}

/* ---- rows by their keys ---- */

typedef struct entry { uint64_t hash; const char *at; bool met; } entry;
typedef struct lookup { entry *at; size_t room; } lookup; /* room: a power of two */

static uint64_t hash_of(const row *r)
{
	uint64_t h = 1469598103934665603u;
	for (size_t i = 0; i < KEYS_MOST; i++)
		h = (h ^ zp_text_hash(r->keys[i])) * 1099511628211u;
	return h | 1; /* 0: an empty place */
}

static bool same_keys(const row *a, const row *b)
{
	for (size_t i = 0; i < KEYS_MOST; i++)
		if (!zp_text_same(a->keys[i], b->keys[i]))
			return false;
	return true;
}

static void take_lookup(const side *s, lookup *out)
{
	size_t n = count_rows(&s->table);
	for (out->room = 16; out->room < 2 * n; out->room *= 2)
		;
	out->at = zp_take(s->arena, entry, out->room);
	row r;
	for (const char *at = s->table.text.p, *from = at; read_row(s, &at, &r); from = at) {
		const uint64_t hash = hash_of(&r);
		size_t i = hash & (out->room - 1);
		while (out->at[i].hash)
			i = (i + 1) & (out->room - 1);
		out->at[i] = (entry){ hash, from, false };
	}
}

/* The row with the same keys. Gives: false when there is none. */
static bool find_row(const side *s, lookup *in, const row *like, row *out)
{
	const uint64_t hash = hash_of(like);
	for (size_t i = hash & (in->room - 1); in->at[i].hash; i = (i + 1) & (in->room - 1)) {
		const char *at = in->at[i].at;
		if (in->at[i].hash == hash && !in->at[i].met && read_row(s, &at, out) && same_keys(out, like))
			return in->at[i].met = true;
	}
	return false;
}

/* ---- what differs ---- */

typedef struct gathering { zp_arena *arena; zp_change *at; size_t n, room; zp_changes *out; } gathering;

static zp_change *add(gathering *g)
{
	g->at = zp_arena_more(g->arena, g->at, g->n, &g->room, sizeof *g->at);
	return &g->at[g->n++];
}

static zp_text key_of(const compared *c, const row *r, const char *column)
{
	for (size_t i = 0; i < KEYS_MOST && c->keys[i]; i++)
		if (strcmp(c->keys[i], column) == 0)
			return r->keys[i];
	return NOTHING;
}

/* Whose group: the key of a target or of a result's peers; the list that a rank is in. */
static zp_text group_of(gathering *g, const compared *c, const row *before, const row *after)
{
	const row *r = after ? after : before;
	if (c->kind == ZP_CHANGE_TARGET)
		return key_of(c, r, "key");
	if (c->kind == ZP_CHANGE_RESULT)
		return r->whats[GROUP_AT];
	if (c->kind != ZP_CHANGE_RANK)
		return NOTHING;
	const zp_text region = key_of(c, r, "region"), lab_class = key_of(c, r, "class");
	return zp_text_of(zp_arena_print(g->arena, "region=%.*s; class=%.*s", (int)region.n, region.p, (int)lab_class.n, lab_class.p));
}

/* Before or after NULL: there is no such row there. */
static void compare_rows(gathering *g, const compared *c, const row *before, const row *after)
{
	const row *r = after ? after : before;
	zp_text group = NOTHING;
	bool any = false;
	for (size_t i = 0; i < WHATS_MOST && c->whats[i]; i++) {
		const zp_text was = before ? before->whats[i] : NOTHING, is = after ? after->whats[i] : NOTHING;
		if (zp_text_same(was, is))
			continue;
		group = any ? group : group_of(g, c, before, after);
		any = true;
		*add(g) = (zp_change){ .kind = c->kind, .programme = key_of(c, r, "programme"), .lab = key_of(c, r, "lab"),
				       .measurand = key_of(c, r, "measurand"), .sample = key_of(c, r, "sample"), .group = group, .what = c->whats[i],
				       .before = was, .after = is };
	}
	if (any)
		*(c->kind == ZP_CHANGE_TARGET ? &g->out->groups : c->kind == ZP_CHANGE_RESULT ? &g->out->results : &g->out->places) += c->kind != ZP_CHANGE_SCORE;
}

static void compare_sides(gathering *g, const compared *c, const side *before, const side *after)
{
	lookup known;
	take_lookup(before, &known);
	row is, was;
	for (const char *at = after->table.text.p; read_row(after, &at, &is);)
		compare_rows(g, c, find_row(before, &known, &is, &was) ? &was : NULL, &is);
	for (const char *at = before->table.text.p, *from = at; read_row(before, &at, &was); from = at) { /* those that nobody met */
		const uint64_t hash = hash_of(&was);
		for (size_t i = hash & (known.room - 1); known.at[i].hash; i = (i + 1) & (known.room - 1))
			if (known.at[i].at == from && !known.at[i].met)
				compare_rows(g, c, &was, NULL);
	}
}

/* ---- for whom ---- */

static int by_code(const void *a, const void *b)
{
	return zp_text_compare(((const zp_changed_lab *)a)->code, ((const zp_changed_lab *)b)->code);
}

static bool is_new_result(const zp_change *c, const zp_change *last)
{
	return !last || c->kind != last->kind || !zp_text_same(c->lab, last->lab) || !zp_text_same(c->programme, last->programme) ||
	       !zp_text_same(c->measurand, last->measurand) || !zp_text_same(c->sample, last->sample);
}

/* A line for each change, then those of a laboratory put together. */
static void sum_labs(zp_arena *arena, zp_changes *out)
{
	zp_changed_lab *labs = zp_take(arena, zp_changed_lab, out->n + 1);
	size_t n = 0, k = 0;
	for (size_t i = 0; i < out->n; i++) {
		const zp_change *c = &out->at[i];
		if (!c->lab.n)
			continue;
		const bool verdict = c->kind == ZP_CHANGE_RESULT && strcmp(c->what, "verdict") == 0;
		const bool satisfaction = c->kind == ZP_CHANGE_SCORE && strcmp(c->what, "satisfaction") == 0;
		out->verdicts += verdict, out->satisfactions += satisfaction;
		labs[n++] = (zp_changed_lab){ c->lab, c->kind == ZP_CHANGE_RESULT && is_new_result(c, i ? c - 1 : NULL), verdict, c->kind == ZP_CHANGE_SCORE,
					      satisfaction, c->kind == ZP_CHANGE_RANK };
	}
	if (n)
		qsort(labs, n, sizeof *labs, by_code);
	for (size_t i = 0; i < n; i++) {
		if (!k || !zp_text_same(labs[k - 1].code, labs[i].code)) {
			labs[k++] = labs[i];
			continue;
		}
		zp_changed_lab *l = &labs[k - 1];
		l->results += labs[i].results, l->verdicts += labs[i].verdicts, l->scores += labs[i].scores;
		l->satisfactions += labs[i].satisfactions, l->places += labs[i].places;
	}
	out->labs = labs, out->n_labs = k;
}

static int by_turn(const void *a, const void *b)
{
	const zp_turned *x = a, *y = b;
	const int order = zp_text_compare(x->before, y->before);
	return order ? order : zp_text_compare(x->after, y->after);
}

static void sum_turns(zp_arena *arena, zp_changes *out)
{
	zp_turned *turned = zp_take(arena, zp_turned, out->n + 1);
	size_t n = 0, k = 0;
	for (size_t i = 0; i < out->n; i++)
		if (out->at[i].kind == ZP_CHANGE_RESULT && strcmp(out->at[i].what, "verdict") == 0)
			turned[n++] = (zp_turned){ out->at[i].before, out->at[i].after, 1 };
	if (n)
		qsort(turned, n, sizeof *turned, by_turn);
	for (size_t i = 0; i < n; i++)
		if (k && by_turn(&turned[k - 1], &turned[i]) == 0)
			turned[k - 1].n++;
		else
			turned[k++] = turned[i];
	out->turned = turned, out->n_turned = k;
}

/* ---- all of it ---- */

static bool open_sides(zp_arena *arena, const compared *c, const zp_published *published, zp_press *press, side *before, side *after, zp_error *err)
{
	const zp_text text = zp_press_text(press, arena, c->file, err);
	before->arena = after->arena = arena;
	before->c = after->c = c;
	if (!text.p || !zp_published_table(arena, published, c->file, &before->table, err) ||
	    !zp_folder_table_of(arena, c->file, text, &after->table, err))
		return false;
	find_columns(before), find_columns(after);
	return true;
}

const zp_changes *zp_changes_take(zp_arena *arena, const zp_published *published, zp_press *press, zp_error *err)
{
	zp_changes *out = zp_take(arena, zp_changes, 1);
	gathering g = { .arena = arena, .out = out };
	side before = { 0 }, after = { 0 };
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		if (!open_sides(arena, &tables[i], published, press, &before, &after, err))
			return NULL;
		if (tables[i].kind == ZP_CHANGE_TARGET)
			take_groups(&before), take_groups(&after);
		compare_sides(&g, &tables[i], &before, &after);
	}
	out->at = g.at, out->n = g.n;
	sum_labs(arena, out);
	sum_turns(arena, out);
	return out;
}

static void put_cell(zp_piece *piece, zp_text text, char end)
{
	char *p = zp_piece_room(piece, 2 * text.n + 8), *from = p;
	p = zp_put_text(p, text);
	*p++ = end;
	piece->n += (size_t)(p - from);
}

/* A number is written as it is, whatever it begins with; what is none is guarded as in every table. */
static void put_value(zp_piece *piece, zp_text text, char end)
{
	bool number = text.n > 0;
	for (size_t i = 0; i < text.n && number; i++)
		number = (text.p[i] >= '0' && text.p[i] <= '9') || memchr("+-.e", text.p[i], 4);
	if (!number) {
		put_cell(piece, text, end);
		return;
	}
	char *p = zp_piece_room(piece, text.n + 1);
	memcpy(p, text.p, text.n);
	p[text.n] = end;
	piece->n += text.n + 1;
}

void zp_changes_put(const zp_changes *all, size_t i, zp_piece *piece)
{
	if (i == 0) {
		zp_piece_print(piece, "kind,programme,lab,measurand,sample,group,what,before,after\n");
		return;
	}
	const zp_change *c = &all->at[i - 1];
	put_cell(piece, zp_text_of(words[c->kind]), ',');
	put_cell(piece, c->programme, ','), put_cell(piece, c->lab, ','), put_cell(piece, c->measurand, ','), put_cell(piece, c->sample, ',');
	put_cell(piece, c->group, ','), put_cell(piece, zp_text_of(c->what), ',');
	put_value(piece, c->before, ','), put_value(piece, c->after, '\n');
}

bool zp_changes_write(zp_press *press, const zp_changes *all, zp_error *err)
{
	zp_piece piece = { 0 };
	for (size_t i = 0; i <= all->n; i++)
		zp_changes_put(all, i, &piece);
	const bool good = zp_press_write(press, "changes.csv", piece.bytes, piece.n, err);
	free(piece.bytes);
	return good;
}
