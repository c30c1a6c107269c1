/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/problems.h"
#include <string.h>
#include "base/chinese.h"
#include "base/text.h"

#define SENTENCE 1200
#define SHEET_SHOWN 200 /* bytes */

/* By owner: all there were, and those of them that were not kept. */
typedef struct owned { size_t all, dropped; } owned;

struct zp_tally {
	zp_arena *arena;
	bool each;
	size_t kept;
	owned *of;
	size_t n_of;
};

struct zp_problems {
	zp_arena *arena;
	zp_tally *tally;
	bool own_tally;
	zp_problem *list;
	size_t kept, room, count;
	bool kept_last; /* the problem added last */
};

const char zp_problem_in_both[] = "%s";

zp_tally *zp_tally_take(zp_arena *arena, bool each)
{
	zp_tally *t = zp_take(arena, zp_tally, 1);
	t->arena = arena;
	t->each = each;
	return t;
}

zp_problems *zp_problems_take_for(zp_arena *arena, zp_tally *tally)
{
	zp_problems *p = zp_take(arena, zp_problems, 1);
	p->arena = arena;
	p->tally = tally;
	return p;
}

zp_problems *zp_problems_take(zp_arena *arena)
{
	zp_problems *p = zp_problems_take_for(arena, zp_tally_take(arena, false));
	p->own_tally = true;
	return p;
}

static owned *owned_by(zp_tally *t, uint32_t owner)
{
	if (owner >= t->n_of) {
		owned *before = t->of;
		size_t n_before = t->n_of;
		t->n_of = 2 * (size_t)owner + 16;
		t->of = zp_take(t->arena, owned, t->n_of);
		if (n_before)
			memcpy(t->of, before, n_before * sizeof *before);
	}
	return &t->of[owner];
}

/* Counts one more problem of this owner. Gives: whether it is kept. */
static bool is_kept(zp_tally *t, uint32_t owner)
{
	owned *o = owner == ZP_NO_ONE ? NULL : owned_by(t, owner);
	if (o)
		o->all++;
	const bool keep = t->kept < ZP_PROBLEMS_TOLD || (t->each && o && o->all <= ZP_PROBLEMS_EACH);
	t->kept += keep;
	if (!keep && o)
		o->dropped++;
	return keep;
}

/* Room for one more problem of this owner, with its own copy of the file's name; NULL when enough are kept. */
static zp_problem *next_place(zp_problems *p, const char *file, uint32_t owner)
{
	p->count++;
	p->kept_last = is_kept(p->tally, owner);
	if (!p->kept_last)
		return NULL;
	if (p->kept == p->room) {
		p->room = p->room ? p->room * 2 : 16;
		zp_problem *more = zp_take(p->arena, zp_problem, p->room);
		if (p->kept)
			memcpy(more, p->list, p->kept * sizeof *more);
		p->list = more;
	}
	zp_problem *here = &p->list[p->kept++];
	if (p->kept > 1 && strcmp(here[-1].file, file) == 0)
		here->file = here[-1].file;
	else
		here->file = zp_arena_text(p->arena, file, strlen(file));
	here->owner = owner;
	return here;
}

static const char *copy(zp_arena *arena, const char *text)
{
	return text ? zp_arena_text(arena, text, strlen(text)) : NULL;
}

/* The sentence in both languages. */
static void put_into_words(zp_problems *p, zp_problem *here, const char *fmt, va_list values)
{
	char text[SENTENCE];
	if (fmt == zp_problem_in_both) {
		here->text = copy(p->arena, va_arg(values, const char *));
		here->chinese = copy(p->arena, va_arg(values, const char *));
		return;
	}
	va_list again;
	va_copy(again, values);
	if (zp_chinese_print(text, sizeof text, fmt, again))
		here->chinese = copy(p->arena, text);
	va_end(again);
	int n = vsnprintf(text, sizeof text, fmt, values);
	here->text = zp_arena_text(p->arena, text, n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

void zp_problem_tell(zp_problems *p, const zp_spot *place, const zp_concern *concern, const char *fmt, va_list values)
{
	const zp_concern none = ZP_CONCERNS_NO_ONE;
	if (!concern)
		concern = &none;
	zp_problem *here = next_place(p, place->file, concern->owner);
	if (!here)
		return;
	here->line = place->line;
	here->column = place->column;
	here->sheet = place->sheet.p ? zp_arena_text(p->arena, place->sheet.p, place->sheet.n < SHEET_SHOWN ? place->sheet.n : SHEET_SHOWN) : NULL;
	memcpy(here->about, concern->about, sizeof here->about);
	here->sent = concern->sent.p ? zp_text_show(p->arena, concern->sent) : NULL;
	put_into_words(p, here, fmt, values);
}

void zp_problem_add(zp_problems *p, const char *file, long line, long column, const char *fmt, ...)
{
	const zp_spot place = { file, { NULL, 0 }, line, column };
	va_list values;
	va_start(values, fmt);
	zp_problem_tell(p, &place, NULL, fmt, values);
	va_end(values);
}

void zp_problem_ask(zp_problems *p, const zp_names *names, zp_text asked, zp_nearest_use use)
{
	if (!p->kept_last)
		return;
	zp_problem *here = &p->list[p->kept - 1];
	here->names = names;
	here->asked = (zp_text){ zp_arena_text(p->arena, asked.p, asked.n), asked.n };
	here->apart = use == ZP_NEAREST_APART;
}

static void ask_for(zp_problems *p, zp_problem *here, const char *name)
{
	here->text = zp_arena_print(p->arena, "%s; did you mean \"%s\"?", here->text, name);
	if (here->chinese)
		here->chinese = zp_arena_print(p->arena, "%s；是否指“%s”？", here->chinese, name);
}

void zp_problems_answer(zp_problems *p)
{
	zp_names *seen = NULL;
	zp_text *found = NULL;
	size_t work = 0;
	for (size_t i = 0; i < p->kept; i++) {
		zp_problem *here = &p->list[i];
		if (!here->names)
			continue;
		if (!seen) {
			seen = zp_names_take(p->arena);
			found = zp_take(p->arena, zp_text, p->kept);
		}
		const char *key = zp_arena_print(p->arena, "%p%d %s", (const void *)here->names, here->apart, here->asked.p);
		const uint32_t before = zp_names_count(seen), k = zp_names_add(seen, zp_text_of(key));
		if (k == before) {
			work += zp_names_count(here->names);
			if (work <= ZP_NEAREST_WORK)
				found[k] = zp_nearest(here->names, here->asked, here->apart ? ZP_NEAREST_APART : ZP_NEAREST_ANY);
		}
		if (found[k].p)
			ask_for(p, here, zp_text_show(p->arena, found[k]));
		here->names = NULL;
	}
}

size_t zp_problems_count(const zp_problems *p) { return p->count; }
size_t zp_problems_kept(const zp_problems *p) { return p->kept; }
const zp_problem *zp_problem_at(const zp_problems *p, size_t i) { return &p->list[i]; }

const size_t *zp_problems_by_owner(const zp_problems *p, zp_arena *arena, size_t owners)
{
	size_t *of = zp_take(arena, size_t, owners + 1);
	for (size_t i = 0; i < owners && i < p->tally->n_of; i++)
		of[i] = p->tally->of[i].all;
	return of;
}

void zp_problems_join(zp_problems *to, const zp_problems *from, long lines)
{
	const size_t kept = from->kept, dropped = from->count - kept;
	for (size_t i = 0; i < kept; i++) {
		zp_problem problem = from->list[i];
		zp_problem *here = next_place(to, problem.file, problem.owner);
		if (!here)
			continue;
		const char *file = here->file;
		*here = problem;
		here->file = file;
		here->line = problem.line ? problem.line + lines : 0;
		here->text = copy(to->arena, problem.text);
		here->chinese = copy(to->arena, problem.chinese);
		here->sheet = copy(to->arena, problem.sheet);
		here->sent = copy(to->arena, problem.sent);
		if (problem.names)
			here->asked = (zp_text){ zp_arena_text(to->arena, problem.asked.p, problem.asked.n), problem.asked.n };
	}
	to->count += dropped;
	if (from->own_tally)
		zp_problems_join_dropped(to, from->tally);
}

void zp_problems_join_dropped(zp_problems *to, const zp_tally *from)
{
	for (size_t i = 0; i < from->n_of; i++)
		if (from->of[i].dropped) {
			owned *o = owned_by(to->tally, (uint32_t)i);
			o->all += from->of[i].dropped;
			o->dropped += from->of[i].dropped;
		}
}

const char *zp_problem_place(const zp_problem *here, char *out, size_t size)
{
	char cell[32] = "";
	if (here->sheet && here->line)
		zp_cell_name(here->line, here->column, cell);
	if (here->sheet)
		snprintf(out, size, "%s:%s%s%s", here->file, here->sheet, *cell ? "!" : "", cell);
	else if (here->line && here->column)
		snprintf(out, size, "%s:%ld:%ld", here->file, here->line, here->column);
	else if (here->line)
		snprintf(out, size, "%s:%ld", here->file, here->line);
	else
		snprintf(out, size, "%s", here->file);
	return out;
}

void zp_problems_print_in(const zp_problems *p, bool chinese, FILE *out)
{
	size_t told = p->kept < ZP_PROBLEMS_TOLD ? p->kept : ZP_PROBLEMS_TOLD;
	for (size_t i = 0; i < told; i++) {
		const zp_problem *here = &p->list[i];
		char place[1000];
		/* One line whatever its parts held: control characters are shown, not obeyed. */
		zp_text_print(zp_text_of(zp_problem_place(here, place, sizeof place)), out);
		fputs(": ", out);
		zp_text_print(zp_text_of(chinese && here->chinese ? here->chinese : here->text), out);
		putc('\n', out);
	}
	size_t rest = p->count - told;
	if (rest && chinese)
		fprintf(out, "另有 %zu 个问题\n", rest);
	else if (rest)
		fprintf(out, "and %zu more problem%s\n", rest, rest == 1 ? "" : "s");
}

void zp_problems_print(const zp_problems *p, FILE *out)
{
	zp_problems_print_in(p, false, out);
}
