/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of the test's own to publish into, what lies in it, and a child that goes wild in the stage. */
#ifndef ZP_TESTS_STAGE_H
#define ZP_TESTS_STAGE_H

#include <criterion/criterion.h>
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "press/outbox.h"

static char place[64];

static inline void make_place(void)
{
	strcpy(place, "/tmp/zhiping-press-XXXXXX");
	cr_assert_not_null(mkdtemp(place));
}

static inline int remove_one(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	(void)about, (void)type, (void)walk;
	return remove(path);
}

static inline int open_up(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	(void)about, (void)walk;
	return type == FTW_D ? chmod(path, 0700) : 0;
}

static inline void remove_place(void)
{
	nftw(place, open_up, 8, FTW_PHYS); /* what was published is read-only */
	nftw(place, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static inline const char *inside(const char *name)
{
	static char path[4][400];
	static int next;
	next = (next + 1) % 4;
	snprintf(path[next], sizeof path[next], "%s/%s", place, name);
	return path[next];
}

static inline bool is_there(const char *name)
{
	struct stat about;
	return lstat(inside(name), &about) == 0;
}

static inline size_t entries(const char *name)
{
	size_t n = 0;
	DIR *dir = opendir(inside(name));
	for (struct dirent *e; dir && (e = readdir(dir));)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	if (dir)
		closedir(dir);
	return n;
}

static inline void put_file(const char *name, const char *text)
{
	FILE *f = fopen(inside(name), "w");
	cr_assert(f && fputs(text, f) >= 0 && fclose(f) == 0, "%s", name);
}

static inline unsigned mode_of(const char *name)
{
	struct stat about;
	return stat(inside(name), &about) == 0 ? about.st_mode & 07777 : 0;
}

/* A child that goes wild puts other bytes, of the same size, in the place of a file of the stage. */
typedef struct wild { const char *name; const char *bytes; size_t n; bool replaces; } wild;

static inline bool go_wild(void *context, size_t i, zp_press *press, zp_error *err)
{
	const wild *w = context;
	char path[300];
	(void)i, (void)err;
	snprintf(path, sizeof path, "%s/%s", zp_press_stage(press), w->name);
	if (w->replaces)
		unlink(path);
	else
		chmod(path, 0600);
	FILE *f = fopen(path, w->replaces ? "wbx" : "r+b");
	return f && fwrite(w->bytes, 1, w->n, f) == w->n && fclose(f) == 0;
}

#endif
