/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/identity.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/csv.h"
#include "base/file.h"
#include "base/instant.h"

#define FILE_MOST (16u << 20)
#define CHAIN_MOST 16 /* codes one after the other */
#define HEIRS_MOST 1000000
#define NO_LINE UINT32_MAX

typedef enum kind { RENAME, MERGE, SPLIT } kind;

typedef struct line {
	uint32_t from, to;
	const char *since;
	kind kind;
	bool inherits;
	long at;
	uint32_t next_to, next_from; /* the next line with the same code */
} line;

typedef struct reading {
	zp_arena *arena;
	const char *file;
	zp_problems *problems;
	zp_names *codes;
	line *lines;
	size_t n;
	uint32_t *first_to, *first_from; /* of each code: its lines, in their order */
	zp_heir *heirs; /* of all codes, in no order; from[i] is whose results they are */
	uint32_t *from;
	size_t n_heirs, room;
} reading;

const zp_identity *zp_identity_none(zp_arena *arena)
{
	zp_identity *none = zp_take(arena, zp_identity, 1);
	none->codes = zp_names_take(arena);
	none->input.name = "";
	return none;
}

static void tell(const reading *, long at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void tell(const reading *r, long at, const char *fmt, ...)
{
	const zp_spot spot = { r->file, { NULL, 0 }, at, 0 };
	va_list args;
	va_start(args, fmt);
	zp_problem_tell(r->problems, &spot, NULL, fmt, args);
	va_end(args);
}

static bool take_kind(reading *r, long at, zp_text text, kind *out)
{
	static const char *const words[] = { "rename", "merge", "split" };
	for (int i = 0; i < 3; i++)
		if (zp_text_is(text, words[i]))
			return *out = (kind)i, true;
	tell(r, at, "the kind is \"%s\"; expected rename, merge or split", zp_text_show(r->arena, text));
	return false;
}

static void take_line(reading *r, long at, const zp_csv_cells *cells, const char *end_of_year)
{
	line l = { .at = at };
	zp_text cell[4];
	int year, month, day;
	if (cells->n != 4) {
		tell(r, at, "the line has %zu cells; expected 4: from,to,since,kind", cells->n);
		return;
	}
	for (int i = 0; i < 4; i++)
		cell[i] = zp_text_trim(cells->at[i]);
	if (!cell[0].n || !cell[1].n) {
		tell(r, at, "a code is empty; expected the codes before and after");
		return;
	}
	if (!zp_date_read(cell[2], &year, &month, &day)) {
		tell(r, at, "\"%s\" is no day; expected YYYY-MM-DD", zp_text_show(r->arena, cell[2]));
		return;
	}
	if (!take_kind(r, at, cell[3], &l.kind))
		return;
	if (l.kind == RENAME && zp_text_same(cell[0], cell[1])) {
		tell(r, at, "\"%s\" is renamed to itself; expected another code", zp_text_show(r->arena, cell[0]));
		return;
	}
	l.since = zp_arena_text(r->arena, cell[2].p, cell[2].n);
	if (strcmp(l.since, end_of_year) > 0)
		return;
	l.from = zp_names_add(r->codes, cell[0]);
	l.to = zp_names_add(r->codes, cell[1]);
	r->lines[r->n++] = l;
}

static void read_lines(reading *r, zp_text text, const char *end_of_year)
{
	const char *end = text.p + text.n;
	char *scratch = zp_arena_take(r->arena, text.n + 1);
	size_t lines = 1;
	for (const char *p = text.p; p < end; p++)
		lines += *p == '\n';
	r->lines = zp_take(r->arena, line, lines);
	long at = 0;
	for (const char *p = text.p, *stop; p < end; p = stop + 1) {
		zp_csv_cells cells;
		stop = zp_csv_line_end(p, end);
		const char *last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		at++;
		if (zp_csv_blank(p, last))
			continue;
		zp_csv_fault fault = zp_csv_split(p, last, ',', &scratch, &cells);
		if (fault)
			tell(r, at, "%s", zp_csv_says(fault));
		else if (at == 1) {
			if (last - p != 18 || memcmp(p, "from,to,since,kind", 18) != 0)
				tell(r, at, "the first line is not the header; expected from,to,since,kind");
		} else
			take_line(r, at, &cells, end_of_year);
	}
}

/* One code has one fate: it is renamed once, merged into one, or split on one day. */
static void check_fates(reading *r)
{
	line **last = zp_take(r->arena, line *, zp_names_count(r->codes) + 1);
	for (size_t i = 0; i < r->n; i++) {
		line *l = &r->lines[i], *before = last[l->from];
		if (before && (before->kind != l->kind || l->kind != SPLIT || strcmp(before->since, l->since) != 0))
			tell(r, l->at, "\"%s\" has a line already; expected one fate for each code", zp_text_show(r->arena, zp_names_at(r->codes, l->from)));
		last[l->from] = l;
	}
}

static void index_lines(reading *r)
{
	const size_t codes = zp_names_count(r->codes);
	r->first_to = zp_take(r->arena, uint32_t, codes + 1);
	r->first_from = zp_take(r->arena, uint32_t, codes + 1);
	memset(r->first_to, 0xff, (codes + 1) * sizeof *r->first_to);
	memset(r->first_from, 0xff, (codes + 1) * sizeof *r->first_from);
	for (size_t i = r->n; i-- > 0;) {
		line *l = &r->lines[i];
		l->next_to = r->first_to[l->to];
		r->first_to[l->to] = (uint32_t)i;
		l->next_from = r->first_from[l->from];
		r->first_from[l->from] = (uint32_t)i;
	}
}

/* Who inherits by rule. */
static void settle(reading *r, const zp_year_rules *rules)
{
	bool *divided = zp_take(r->arena, bool, zp_names_count(r->codes) + 1);
	for (size_t i = 0; i < r->n; i++) {
		line *l = &r->lines[i];
		l->inherits = l->kind == RENAME || (l->kind == MERGE && rules->identity_merged != ZP_MERGED_NONE) ||
			(l->kind == SPLIT && (rules->identity_split == ZP_SPLIT_INHERIT ||
			 (rules->identity_split == ZP_SPLIT_FIRST && !divided[l->from])));
		divided[l->from] = true;
	}
}

static void inherit(reading *r, uint32_t from, zp_heir heir)
{
	if (r->n_heirs == r->room) {
		size_t room = r->room ? r->room * 2 : 64;
		zp_heir *heirs = zp_take(r->arena, zp_heir, room);
		uint32_t *whose = zp_take(r->arena, uint32_t, room);
		if (r->n_heirs) {
			memcpy(heirs, r->heirs, r->n_heirs * sizeof *heirs);
			memcpy(whose, r->from, r->n_heirs * sizeof *whose);
		}
		r->heirs = heirs, r->from = whose, r->room = room;
	}
	r->from[r->n_heirs] = from;
	r->heirs[r->n_heirs++] = heir;
}

/* All whose history goes to `lab` by way of `at`. */
static bool ancestors(reading *r, uint32_t lab, uint32_t at, const char *until, int depth, unsigned *rank)
{
	for (uint32_t i = r->first_to[at]; i != NO_LINE; i = r->lines[i].next_to) {
		const line *l = &r->lines[i];
		if (l->from == at || !l->inherits)
			continue;
		if (r->n_heirs == HEIRS_MOST) {
			tell(r, l->at, "more than %d lines of descent come about; expected fewer", HEIRS_MOST);
			return false;
		}
		if (depth == CHAIN_MOST) {
			tell(r, l->at, "\"%s\" becomes itself again by way of other codes, or by more than %d of them; expected a line of descent",
			     zp_text_show(r->arena, zp_names_at(r->codes, lab)), CHAIN_MOST);
			return false;
		}
		const char *before = strcmp(l->since, until) < 0 ? l->since : until;
		inherit(r, l->from, (zp_heir){ lab, "", before, (uint8_t)(*rank < 255 ? (*rank)++ : 255) });
		if (!ancestors(r, lab, l->from, before, depth + 1, rank))
			return false;
	}
	return true;
}

/* A code keeps its own results, unless it was split and another part took them over. */
static void keep_own(reading *r, uint32_t i)
{
	const char *since = "";
	for (uint32_t k = r->first_from[i]; k != NO_LINE; k = r->lines[k].next_from)
		if (r->lines[k].to == i && !r->lines[k].inherits)
			since = r->lines[k].since;
	inherit(r, i, (zp_heir){ i, since, "9999", 0 });
}

/* Since when nobody has the code: renamed or merged away, or split into others only. */
static const char *gone_since(const reading *r, uint32_t i)
{
	const char *gone = NULL;
	for (uint32_t k = r->first_from[i]; k != NO_LINE; k = r->lines[k].next_from) {
		if (r->lines[k].to == i)
			return NULL;
		gone = r->lines[k].since;
	}
	return gone;
}

static const uint32_t *earlier_names(const reading *r)
{
	const size_t n = zp_names_count(r->codes);
	uint32_t *named = zp_take(r->arena, uint32_t, n + 1);
	memset(named, 0xff, (n + 1) * sizeof *named);
	for (size_t i = 0; i < r->n; i++)
		if (r->lines[i].kind == RENAME)
			named[r->lines[i].to] = r->lines[i].from;
	return named;
}

static const zp_identity *arrange(reading *r, zp_identity *out)
{
	const size_t n = zp_names_count(r->codes);
	zp_heirs *heirs = zp_take(r->arena, zp_heirs, n + 1);
	zp_heir **lists = zp_take(r->arena, zp_heir *, n + 1);
	const char **gone = zp_take(r->arena, const char *, n + 1);
	for (uint32_t i = 0; i < n; i++) {
		unsigned rank = 1;
		keep_own(r, i);
		if (!ancestors(r, i, i, "9999", 0, &rank))
			return NULL;
		gone[i] = gone_since(r, i);
	}
	for (size_t k = 0; k < r->n_heirs; k++)
		heirs[r->from[k]].n++;
	for (size_t i = 0; i < n; i++) {
		heirs[i].at = lists[i] = zp_take(r->arena, zp_heir, heirs[i].n + 1);
		heirs[i].n = 0;
	}
	for (size_t k = 0; k < r->n_heirs; k++) {
		const uint32_t from = r->from[k];
		lists[from][heirs[from].n++] = r->heirs[k];
	}
	out->codes = r->codes;
	out->heirs = heirs;
	out->gone = gone;
	out->named = earlier_names(r);
	out->n = n;
	return out;
}

const zp_identity *zp_identity_read(zp_arena *arena, const char *path, const char *file, const zp_year_rules *rules, int year, zp_problems *problems)
{
	const size_t before = zp_problems_count(problems);
	reading r = { .arena = arena, .file = file, .problems = problems, .codes = zp_names_take(arena) };
	zp_identity *out = zp_take(arena, zp_identity, 1);
	const char *why = NULL;
	size_t at;
	zp_text bytes = zp_file_read(arena, path, FILE_MOST, file, &out->input, &why);
	zp_text text = bytes.p ? zp_text_decode(arena, bytes, &why, &at) : bytes;
	if (!text.p) {
		zp_problem_add(problems, file, 0, 0, "the file %s", why);
		return NULL;
	}
	read_lines(&r, text, zp_arena_print(arena, "%04d-12-31", year));
	check_fates(&r);
	if (zp_problems_count(problems) > before)
		return NULL;
	index_lines(&r);
	settle(&r, rules);
	const zp_identity *done = arrange(&r, out);
	return zp_problems_count(problems) > before ? NULL : done;
}

size_t zp_identity_names(const zp_identity *identity, const char *code, const char **codes, size_t most)
{
	size_t n = 0;
	uint32_t at = zp_names_find(identity->codes, zp_text_of(code));
	codes[n++] = code;
	for (at = at < identity->n ? identity->named[at] : UINT32_MAX; at != UINT32_MAX && n < most; at = identity->named[at])
		codes[n++] = zp_names_at(identity->codes, at).p;
	return n;
}
