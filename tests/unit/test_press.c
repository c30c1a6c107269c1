/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is published is whole, or is not there. Real files in a folder of the test's own. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "press/outbox.h"
#include "press/published.h"

static char place[64];

static void make_place(void)
{
	strcpy(place, "/tmp/zhiping-press-XXXXXX");
	cr_assert_not_null(mkdtemp(place));
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	(void)about, (void)type, (void)walk;
	return remove(path);
}

static void remove_place(void) { nftw(place, remove_one, 8, FTW_DEPTH | FTW_PHYS); }

TestSuite(press, .init = make_place, .fini = remove_place);

static bool is_there(const char *name)
{
	char path[300];
	struct stat about;
	snprintf(path, sizeof path, "%s/%s", place, name);
	return lstat(path, &about) == 0;
}

static size_t entries(const char *name)
{
	char path[300];
	size_t n = 0;
	snprintf(path, sizeof path, "%s/%s", place, name);
	DIR *dir = opendir(path);
	for (struct dirent *e; dir && (e = readdir(dir));)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	if (dir)
		closedir(dir);
	return n;
}

Test(press, nothing_is_visible_before_publishing_and_all_of_it_after)
{
	zp_error err = { 0 };
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert(press, "%s", err.text);
	cr_assert(zp_press_write(press, "labs/L1/a.csv", "x\n", 2, &err), "%s", err.text);
	cr_assert(zp_press_write(press, "b.csv", "", 0, &err), "%s", err.text);
	cr_assert_not(is_there("r/v1"));
	cr_assert(zp_press_publish(press, &err), "%s", err.text);
	cr_assert(is_there("r/v1/labs/L1/a.csv") && is_there("r/v1/b.csv"));
	zp_press_close(press);
	cr_assert(is_there("r/v1/b.csv"));
	cr_assert_eq(entries("r"), 1, "the stage is gone");
}

Test(press, what_is_not_published_leaves_nothing_behind)
{
	zp_error err = { 0 };
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert(zp_press_write(press, "a", "x", 1, &err));
	zp_press_close(press);
	cr_assert_eq(entries("r"), 0);
}

Test(press, a_published_version_is_never_written_again)
{
	zp_error err = { 0 }, again = { 0 };
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert(zp_press_write(press, "a", "x", 1, &err) && zp_press_publish(press, &err));
	zp_press_close(press);
	cr_assert_null(zp_press_open(place, "r", "v1", &again));
	cr_assert_eq(again.code, ZP_BAD_INPUT);
	cr_assert_not_null(strstr(again.text, "published already"));
}

Test(press, no_name_leads_out_of_the_folder)
{
	static const char *const bad[] = { "../a", "/a", "a/../b", ".hidden", "a//b", "", "a\nb", "a\\b", "\x1b[2J", "labs/A\x7f/x" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		zp_error err = { 0 };
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		cr_assert_not(zp_press_write(press, bad[i], "x", 1, &err), "%s", bad[i]);
		zp_press_close(press);
	}
}

static void make_numbers(void *context, size_t i, zp_piece *piece)
{
	(void)context;
	for (size_t k = 0; k < 1000 + i; k++)
		piece->n += (size_t)sprintf(zp_piece_room(piece, 32), "%zu,%zu\n", i, k);
}

Test(press, pieces_stand_in_their_order_whoever_made_them)
{
	char first[65] = "";
	for (unsigned threads = 1; threads <= 4; threads++) {
		zp_error err = { 0 };
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		cr_assert(zp_press_pieces(press, "t.csv", threads, 1500, make_numbers, NULL, &err), "%s", err.text);
		const zp_input *file = zp_press_files(press);
		if (threads == 1)
			strcpy(first, file->sha256);
		cr_assert_str_eq(file->sha256, first);
		if (threads == 4) { /* the digest is that of the bytes on disk */
			char command[200], line[100] = "";
			cr_assert(zp_press_publish(press, &err), "%s", err.text);
			snprintf(command, sizeof command, "sha256sum %s/r/v1/t.csv", place);
			FILE *sum = popen(command, "r");
			cr_assert(fgets(line, sizeof line, sum) && pclose(sum) == 0);
			cr_assert_eq(strncmp(line, first, 64), 0);
		}
		zp_press_close(press);
	}
}

static bool write_own(void *context, size_t i, zp_press *press, zp_error *err)
{
	char name[32];
	if (i == *(size_t *)context)
		raise(SIGKILL);
	snprintf(name, sizeof name, "labs/%zu/x", i);
	return zp_press_write(press, name, name, strlen(name), err);
}

Test(press, work_of_child_processes_is_all_recorded)
{
	zp_error err = { 0 };
	size_t nobody = 1000000;
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert(zp_press_fork(press, 3, 500, write_own, &nobody, &err), "%s", err.text);
	cr_assert_eq(zp_press_count(press), 500);
	cr_assert(zp_press_publish(press, &err), "%s", err.text);
	cr_assert_eq(entries("r/v1/labs"), 500);
	zp_press_close(press);
}

Test(press, a_child_that_is_killed_fails_the_whole)
{
	zp_error err = { 0 };
	size_t victim = 77;
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert_not(zp_press_fork(press, 2, 200, write_own, &victim, &err));
	cr_assert_eq(err.code, ZP_IO, "a machine without memory kills as well");
	cr_assert_not_null(strstr(err.text, "was ended (signal 9)"), "%s", err.text);
	zp_press_close(press);
	cr_assert_eq(entries("r"), 0);
}

Test(press, an_altered_table_is_not_believed)
{
	zp_error err = { 0 };
	static const char manifest[] = "{\"round\":\"r\",\"outputs\":[{\"name\":\"t.csv\",\"sha256\":\"00\"}]}";
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert(zp_press_write(press, "t.csv", "a,b\n1,2\n", 8, &err) &&
		  zp_press_write(press, "manifest.json", manifest, sizeof manifest - 1, &err) && zp_press_publish(press, &err));
	zp_press_close(press);
	char folder[100];
	snprintf(folder, sizeof folder, "%s/r/v1", place);
	zp_arena *arena = zp_arena_open();
	zp_published *published = zp_published_open(arena, folder, &err);
	zp_folder_table table;
	cr_assert(published, "%s", err.text);
	cr_assert_not(zp_published_table(arena, published, "t.csv", &table, &err));
	cr_assert_not_null(strstr(err.text, "not what was published"));
	zp_arena_close(arena);
}
