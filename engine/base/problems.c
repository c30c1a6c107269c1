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
