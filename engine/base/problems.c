/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/problems.h"
#include <stdarg.h>
#include <string.h>
#include "base/text.h"

struct zp_problems {
	zp_arena *arena;
	zp_problem *list;
	size_t told, room, count;
};

zp_problems *zp_problems_take(zp_arena *arena)
{
	zp_problems *p = zp_take(arena, zp_problems, 1);
	p->arena = arena;
	return p;
}

/* Room for one more problem, with its own copy of the file's name; NULL when enough are told. */
static zp_problem *next_place(zp_problems *p, const char *file)
{
	p->count++;
	if (p->told == ZP_PROBLEMS_TOLD)
		return NULL;
	if (p->told == p->room) {
		p->room = p->room ? p->room * 2 : 16;
		zp_problem *more = zp_take(p->arena, zp_problem, p->room);
		if (p->told)
			memcpy(more, p->list, p->told * sizeof *more);
		p->list = more;
	}
	zp_problem *here = &p->list[p->told++];
	if (p->told > 1 && strcmp(here[-1].file, file) == 0)
		here->file = here[-1].file;
	else
		here->file = zp_arena_text(p->arena, file, strlen(file));
	return here;
}

void zp_problem_add(zp_problems *p, const char *file, long line, long column, const char *fmt, ...)
{
	zp_problem *here = next_place(p, file);
	if (!here)
		return;
	char text[1200];
	va_list values;
	va_start(values, fmt);
	int n = vsnprintf(text, sizeof text, fmt, values);
	va_end(values);
	size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	here->line = line;
	here->column = column;
	here->text = zp_arena_text(p->arena, text, length);
}

void zp_problem_ask(zp_problems *p, const zp_names *names, zp_text asked, zp_nearest_use use)
{
	if (p->told < p->count) /* the last one was not kept */
		return;
	zp_problem *here = &p->list[p->told - 1];
	here->names = names;
	here->asked = (zp_text){ zp_arena_text(p->arena, asked.p, asked.n), asked.n };
	here->apart = use == ZP_NEAREST_APART;
}

void zp_problems_answer(zp_problems *p)
{
	zp_names *seen = NULL;
	zp_text *found = NULL;
	size_t work = 0;
	for (size_t i = 0; i < p->told; i++) {
		zp_problem *here = &p->list[i];
		if (!here->names)
			continue;
		if (!seen) {
			seen = zp_names_take(p->arena);
			found = zp_take(p->arena, zp_text, p->told);
		}
		const char *key = zp_arena_print(p->arena, "%p%d %s", (const void *)here->names, here->apart, here->asked.p);
		const uint32_t before = zp_names_count(seen), k = zp_names_add(seen, zp_text_of(key));
		if (k == before) {
			work += zp_names_count(here->names);
			if (work <= ZP_NEAREST_WORK)
				found[k] = zp_nearest(here->names, here->asked, here->apart ? ZP_NEAREST_APART : ZP_NEAREST_ANY);
		}
		if (found[k].p)
			here->text = zp_arena_print(p->arena, "%s; did you mean \"%s\"?", here->text, zp_text_show(p->arena, found[k]));
		here->names = NULL;
	}
}

size_t zp_problems_count(const zp_problems *p)
{
	return p->count;
}

const zp_problem *zp_problem_at(const zp_problems *p, size_t i)
{
	return &p->list[i];
}

void zp_problems_join(zp_problems *to, const zp_problems *from, long lines)
{
	size_t told = from->told, count = from->count;
	for (size_t i = 0; i < told; i++) {
		zp_problem problem = from->list[i];
		zp_problem *here = next_place(to, problem.file);
		if (!here)
			continue;
		here->line = problem.line ? problem.line + lines : 0;
		here->column = problem.column;
		here->text = zp_arena_text(to->arena, problem.text, strlen(problem.text));
		if (problem.names) {
			here->names = problem.names;
			here->asked = (zp_text){ zp_arena_text(to->arena, problem.asked.p, problem.asked.n), problem.asked.n };
			here->apart = problem.apart;
		}
	}
	to->count += count - told;
}

void zp_problems_print(const zp_problems *p, FILE *out)
{
	for (size_t i = 0; i < p->told; i++) {
		const zp_problem *here = &p->list[i];
		/* One line whatever its parts held: control characters are shown, not obeyed. */
		zp_text_print(zp_text_of(here->file), out);
		if (here->line)
			fprintf(out, ":%ld", here->line);
		if (here->line && here->column)
			fprintf(out, ":%ld", here->column);
		fputs(": ", out);
		zp_text_print(zp_text_of(here->text), out);
		putc('\n', out);
	}
	size_t rest = p->count - p->told;
	if (rest)
		fprintf(out, "and %zu more problem%s\n", rest, rest == 1 ? "" : "s");
}
