/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is published is whole, or is not there. Real files in a folder of the test's own. */
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include "press/published.h"
#include "press/version.h"
#include "stage.h"

TestSuite(press, .init = make_place, .fini = remove_place);

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

/* ---- stages ---- */

/* A stage of a run that died: locked by nobody, and closed as just before it would have had its name. */
static void leave_stage(const char *name)
{
	cr_assert_eq(mkdir(inside(name), 0700), 0);
	char folder[300];
	snprintf(folder, sizeof folder, "%s/labs", name);
	cr_assert_eq(mkdir(inside(folder), 0700), 0);
	snprintf(folder, sizeof folder, "%s/labs/a", name);
	put_file(folder, "x");
	snprintf(folder, sizeof folder, "%s/labs", name);
	cr_assert(chmod(inside(folder), 0550) == 0 && chmod(inside(name), 0550) == 0);
}

Test(press, stages_of_the_dead_are_removed_and_those_of_the_living_are_not)
{
	zp_error err = { 0 };
	cr_assert_eq(mkdir(inside("r"), 0700), 0);
	leave_stage("r/.stage-dead01");
	leave_stage("r/.stage-alive1");
	leave_stage("r/.stage-longer-name");
	const int living = open(inside("r/.stage-alive1"), O_RDONLY | O_DIRECTORY);
	cr_assert(living >= 0 && flock(living, LOCK_EX) == 0);
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert(press, "%s", err.text);
	cr_expect_not(is_there("r/.stage-dead01"));
	cr_expect(is_there("r/.stage-alive1/labs/a"));
	cr_expect(is_there("r/.stage-longer-name/labs/a"), "no name that a run makes");
	zp_error other = { 0 };
	zp_press *second = zp_press_open(place, "r", "v1", &other); /* a run of its own: the first lives */
	cr_assert(second, "%s", other.text);
	cr_assert(zp_press_write(press, "a", "x", 1, &err) && zp_press_publish(press, &err), "%s", err.text);
	cr_assert(zp_press_write(second, "a", "y", 1, &other));
	cr_assert_not(zp_press_publish(second, &other));
	cr_expect_not_null(strstr(other.text, "by another run in the meantime"), "%s", other.text);
	zp_press_close(second);
	zp_press_close(press);
	close(living);
}

Test(press, beside_a_folder_of_the_callers_choice_nothing_is_removed)
{
	zp_error err = { 0 };
	leave_stage(".stage-dead01");
	zp_press *press = zp_press_open_folder(inside("letters"), &err);
	cr_assert(press, "%s", err.text);
	zp_press_close(press);
	cr_expect(is_there(".stage-dead01/labs/a"));
}

Test(press, what_is_published_can_only_be_read_whatever_the_umask)
{
	static const mode_t masks[] = { 0, 022, 077 };
	for (size_t i = 0; i < 3; i++) {
		zp_error err = { 0 };
		char version[3] = { 'v', (char)('1' + i), '\0' }, name[40];
		const mode_t before = umask(masks[i]);
		zp_press *press = zp_press_open(place, i ? "r" : "first", version, &err);
		cr_assert(zp_press_write(press, "labs/L1/a", "x", 1, &err) && zp_press_folder(press, "centre/deep", &err) && zp_press_publish(press, &err), "%s", err.text);
		zp_press_close(press);
		umask(before);
		static const char *const folders[] = { "", "/labs", "/labs/L1", "/centre", "/centre/deep" };
		for (size_t k = 0; k < 5; k++) {
			snprintf(name, sizeof name, "%s/%s%s", i ? "r" : "first", version, folders[k]);
			cr_expect_eq(mode_of(name), 0550, "%s: %o", name, mode_of(name));
		}
		snprintf(name, sizeof name, "%s/%s/labs/L1/a", i ? "r" : "first", version);
		cr_expect_eq(mode_of(name), 0440, "%o", mode_of(name));
		cr_expect_eq(mode_of(i ? "r" : "first"), 0750);
	}
}

Test(press, a_disk_that_does_not_hold_what_was_written_is_found)
{
	static const char *const instead[] = { "12345678", "1234567", "123456789", "" };
	for (size_t i = 0; i < 4; i++) {
		zp_error err = { 0 };
		char name[300];
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		cr_assert(zp_press_write(press, "a", "12345679", 8, &err));
		snprintf(name, sizeof name, "%s/a", zp_press_stage(press));
		FILE *f = fopen(name, "w");
		cr_assert(f && fputs(instead[i], f) >= 0 && fclose(f) == 0);
		cr_assert_not(zp_press_publish(press, &err), "%s", instead[i]);
		cr_expect(err.code == ZP_IO && strstr(err.text, "does not hold what was written"), "%s", err.text);
		zp_press_close(press);
		cr_expect_eq(entries("r"), 0);
	}
}

Test(press, what_goes_on_into_other_files_has_to_be_what_was_written)
{
	static const char *const instead[] = { "12345678", "1234567", "" };
	for (size_t i = 0; i < 3; i++) {
		zp_error err = { 0 };
		zp_arena *arena = zp_arena_open();
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		cr_assert(zp_press_write(press, "a", "12345679", 8, &err));
		cr_expect_str_eq(zp_press_text(press, arena, "a", &err).p, "12345679");
		char name[300];
		snprintf(name, sizeof name, "%s/a", zp_press_stage(press));
		FILE *f = fopen(name, "w");
		cr_assert(f && fputs(instead[i], f) >= 0 && fclose(f) == 0);
		cr_expect_null(zp_press_text(press, arena, "a", &err).p);
		cr_expect(err.code == ZP_IO && strstr(err.text, "does not hold what was written"), "%s", err.text);
		zp_press_close(press);
		zp_arena_close(arena);
	}
}

/* ---- what came in ---- */

/* SHA-256 of "abc", FIPS 180-4's own example. */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static zp_input abc(const char *path)
{
	return (zp_input){ .name = "results/a.csv", .path = path, .size = 3, .sha256 = ABC };
}

Test(press, what_came_in_is_kept_once_by_its_digest)
{
	for (int version = 1; version <= 2; version++) {
		zp_error err = { 0 };
		put_file("a", "abc"), put_file("b", "abc");
		const zp_input both[] = { abc(inside("a")), abc(inside("b")) };
		zp_press *press = zp_press_open(place, "r", version == 1 ? "v1" : "v2", &err);
		cr_assert(zp_press_write(press, "x", "x", 1, &err) && zp_press_keep(press, both, 2, &err) && zp_press_publish(press, &err), "%s", err.text);
		zp_press_close(press);
		cr_expect_eq(entries("r/inputs"), 1);
		cr_expect_eq(entries("r/inputs/ba"), 1);
		cr_expect_eq(mode_of("r/inputs/ba/" ABC), 0440);
		cr_expect_eq(entries(version == 1 ? "r/v1" : "r/v2"), 1, "nothing of it is in the version");
	}
}

Test(press, a_copy_that_a_child_altered_is_not_kept)
{
	for (int replaces = 0; replaces <= 1; replaces++) {
		zp_error err = { 0 };
		put_file("a", "abc");
		const zp_input one = abc(inside("a"));
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		zp_press_keep_begin(press, &one, 1);
		wild w = { ".kept/0", "abd", 3, replaces };
		cr_assert(zp_press_fork(press, 1, 1, go_wild, &w, &err), "%s", err.text);
		cr_assert_not(zp_press_keep_end(press, &err));
		cr_expect(err.code == ZP_IO && strstr(err.text, "does not hold what was written"), "%s", err.text);
		zp_press_close(press);
		cr_expect_eq(entries("r/inputs/ba"), 0);
	}
}

Test(press, a_file_that_changed_since_it_was_read_stops_the_run)
{
	static const char *const now[] = { "abd", "abcd", "ab", "" };
	for (size_t i = 0; i < 4; i++) {
		zp_error err = { 0 };
		put_file("a", now[i]);
		const zp_input one = abc(inside("a"));
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		cr_assert_not(zp_press_keep(press, &one, 1, &err), "%s", now[i]);
		cr_expect(err.code == ZP_BAD_INPUT && strstr(err.text, "is not any more what was read"), "%s", err.text);
		zp_press_close(press);
		cr_expect_eq(entries("r/inputs/ba"), 0);
	}
	zp_error err = { 0 };
	const zp_input gone = abc(inside("nothing"));
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert_not(zp_press_keep(press, &gone, 1, &err));
	cr_expect(err.code == ZP_BAD_INPUT && strstr(err.text, "cannot be kept now: it does not exist"), "%s", err.text);
	zp_press_close(press);
}

Test(press, what_is_damaged_where_it_was_kept_is_told)
{
	zp_error err = { 0 };
	put_file("a", "abc");
	cr_assert(mkdir(inside("r"), 0700) == 0 && mkdir(inside("r/inputs"), 0700) == 0 && mkdir(inside("r/inputs/ba"), 0700) == 0);
	put_file("r/inputs/ba/" ABC, "ab");
	const zp_input one = abc(inside("a"));
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert_not(zp_press_keep(press, &one, 1, &err));
	cr_expect(err.code == ZP_IO && strstr(err.text, "is damaged: it has 2 bytes; expected the 3 of results/a.csv"), "%s", err.text);
	zp_press_close(press);
	err = (zp_error){ 0 };
	put_file("r/inputs/ba/" ABC, "abd"); /* of the same size */
	press = zp_press_open(place, "r", "v1", &err);
	cr_assert_not(zp_press_keep(press, &one, 1, &err));
	cr_expect(err.code == ZP_IO && strstr(err.text, "is damaged: its digest is not the one that it is named by, which is that of results/a.csv"), "%s", err.text);
	zp_press_close(press);
}

/* ---- which version counts ---- */

static const char *current(void)
{
	static char to[100];
	const ssize_t n = readlink(inside("r/current"), to, sizeof to - 1);
	to[n < 0 ? 0 : n] = '\0';
	return to;
}

Test(press, current_goes_forward_only)
{
	static const struct { const char *to, *then; } steps[] = { { "v1", "v1" }, { "v2", "v2" }, { "v1", "v2" }, { "v10", "v10" }, { "v9", "v10" } };
	cr_assert_eq(mkdir(inside("r"), 0700), 0);
	cr_assert_eq(symlink("nowhere", inside("r/.current")), 0, "left over by a run that was killed");
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		zp_error err = { 0 };
		cr_assert(zp_press_current(place, "r", steps[i].to, &err), "%s", err.text);
		cr_expect_str_eq(current(), steps[i].then);
		cr_expect_eq(entries("r"), 1, "nothing is left beside it");
	}
}

Test(press, what_is_no_link_to_a_version_is_left_alone)
{
	static const char *const others[] = { "elsewhere", "v0", "v01", "v1/x", "v1234567890", "../r/v1", "v" };
	cr_assert_eq(mkdir(inside("r"), 0700), 0);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		zp_error err = { 0 };
		cr_assert_eq(symlink(others[i], inside("r/current")), 0);
		cr_expect_not(zp_press_current(place, "r", "v1", &err), "%s", others[i]);
		cr_expect_eq(err.code, ZP_BAD_INPUT);
		cr_expect_str_eq(current(), others[i]);
		cr_assert_eq(unlink(inside("r/current")), 0);
	}
	zp_error err = { 0 };
	put_file("r/current", "a file");
	cr_expect_not(zp_press_current(place, "r", "v1", &err));
}

Test(press, the_folder_of_a_version_moves_current_only_among_versions_of_its_round)
{
	zp_error err = { 0 };
	cr_assert(mkdir(inside("r"), 0700) == 0 && mkdir(inside("r/v1"), 0700) == 0 && mkdir(inside("r/copy"), 0700) == 0);
	cr_expect(zp_press_current_of(inside("r/v1"), &err) && !is_there("r/current"), "a copy that somebody put there");
	cr_assert_eq(mkdir(inside("r/inputs"), 0700), 0);
	cr_expect(zp_press_current_of(inside("r/copy"), &err) && !is_there("r/current"), "no version");
	cr_expect(zp_press_current_of(inside("r/v1/"), &err), "%s", err.text);
	cr_expect_str_eq(current(), "v1");
	cr_expect(zp_press_current_of(inside("r/current"), &err) && zp_press_current_of(inside("nothing"), &err), "%s", err.text);
}

Test(press, a_version_is_a_v_and_a_number_without_leading_zeros)
{
	static const struct { const char *name; long number; } names[] = { { "v1", 1 }, { "v12", 12 }, { "v999999", 999999 }, { "v1000000", 0 }, { "v01", 0 }, { "v0", 0 }, { "v", 0 }, { "", 0 },
		{ "1", 0 }, { "v1x", 0 }, { "v 1", 0 }, { "v+1", 0 }, { "V1", 0 }, { "v1.0", 0 } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		cr_expect_eq(zp_version_number(names[i].name), names[i].number, "%s", names[i].name);
	cr_expect_eq(zp_version_newest(inside("r")), 0);
	cr_assert(mkdir(inside("r"), 0700) == 0 && mkdir(inside("r/v9"), 0700) == 0 && mkdir(inside("r/v10"), 0700) == 0 && mkdir(inside("r/v011"), 0700) == 0);
	cr_expect_eq(zp_version_newest(inside("r")), 10);
}
