/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of files for one test: rules with the shipped schemas and regions, and a round. */
#ifndef ZP_TESTS_SCRATCH_H
#define ZP_TESTS_SCRATCH_H

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/problems.h"

#ifndef RULES
#define RULES "rules"
#endif

static char scratch_folder[4096]; /* absolute */
static zp_arena *arena;
static zp_problems *input, *rules;

static inline const char *scratch_path(const char *name)
{
	return zp_arena_print(arena, "%s/%s", scratch_folder, name);
}

static inline void scratch_write_bytes(const char *name, const void *bytes, size_t n)
{
	FILE *f = fopen(scratch_path(name), "wb");
	cr_assert_not_null(f, "%s", name);
	cr_assert_eq(fwrite(bytes, 1, n, f), n);
	cr_assert_eq(fclose(f), 0);
}

static inline void scratch_write(const char *name, const char *text)
{
	scratch_write_bytes(name, text, strlen(text));
}

static inline void scratch_link(const char *name)
{
	char from[4096];
	const char *shipped = zp_arena_print(arena, "%s/%s", RULES, name);
	cr_assert_not_null(realpath(shipped, from), "%s is not there", shipped);
	cr_assert_eq(symlink(from, scratch_path(zp_arena_print(arena, "rules/%s", name))), 0);
}

static inline void scratch_enter(void)
{
	static const char *const folders[] = { "rules", "rules/limits", "rules/schemes", "rules/units", "rules/names", "round" };
	char made[] = "scratch-XXXXXX";
	arena = zp_arena_open();
	input = zp_problems_take(arena);
	rules = zp_problems_take(arena);
	cr_assert_not_null(mkdtemp(made));
	cr_assert_not_null(realpath(made, scratch_folder));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		cr_assert_eq(mkdir(scratch_path(folders[i]), 0700), 0);
	scratch_link("schemas");
	scratch_link("regions");
	scratch_link("vocabulary");
}

static inline int scratch_remove(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(path);
}

static inline void scratch_leave(void)
{
	cr_expect_eq(nftw(scratch_folder, scratch_remove, 16, FTW_DEPTH | FTW_PHYS), 0);
	zp_arena_close(arena);
}

/* Fail unless there is a problem of this file and line (0: any line) whose sentence has all of it. */
static inline void scratch_says(const zp_problems *problems, const char *file, long line, const char *words)
{
	for (size_t i = 0; i < zp_problems_kept(problems); i++) {
		const zp_problem *p = zp_problem_at(problems, i);
		char place[1000];
		const bool there = p->sheet ? strcmp(zp_problem_place(p, place, sizeof place), file) == 0 : strcmp(p->file, file) == 0 && (!line || p->line == line);
		if (there && strstr(p->text, words))
			return;
	}
	zp_problems_print(problems, stderr);
	cr_assert_fail("no problem %s:%ld has the words: %s", file, line, words);
}

/* Fail when there is a problem. */
static inline void scratch_quiet(const zp_problems *problems)
{
	zp_problems_print(problems, stderr);
	cr_assert_eq(zp_problems_count(problems), 0);
}

#endif
