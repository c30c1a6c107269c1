/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/pool.h"
#include "base/spill.h"

#define BYTES (96u << 20)
#define PARTS 8

/* /tmp may be in memory; where tests are built is hardly. */
static void begin(void)
{
	char here[4096];
	struct statfs about;
	cr_assert(getcwd(here, sizeof here) && statfs(here, &about) == 0);
	if (about.f_type == TMPFS_MAGIC || about.f_type == RAMFS_MAGIC)
		cr_skip_test("there is no disk here");
	setenv("TMPDIR", here, 1);
}

TestSuite(spill, .init = begin, .timeout = 60);

static void fill(void *bytes, size_t part, unsigned worker)
{
	(void)worker;
	uint8_t *at = bytes;
	for (size_t i = part * (BYTES / PARTS); i < (part + 1) * (BYTES / PARTS); i++)
		at[i] = (uint8_t)(i * 31 >> 3);
}

Test(spill, what_goes_out_of_memory_comes_back_as_it_was)
{
	zp_error err = { 0 };
	zp_spill *spill = zp_spill_open(ZP_SPILL_LEAST);
	uint8_t *large = zp_spill_take(spill, BYTES, &err), *small = zp_spill_take(spill, 1, &err);
	cr_assert(large && small && !err.code, "%s", err.text);
	cr_expect(large[0] == 0 && large[BYTES - 1] == 0 && *small == 0);
	zp_pool_run(2, PARTS, fill, large);
	*small = 7;
	zp_spill_ease(spill);
	size_t wrong = 0;
	for (size_t i = 0; i < BYTES; i++)
		wrong += large[i] != (uint8_t)(i * 31 >> 3);
	cr_expect_eq(wrong, 0);
	cr_expect_eq(*small, 7);
	zp_spill_close(spill);
}

Test(spill, what_is_eased_is_not_resident)
{
	zp_error err = { 0 };
	zp_spill *spill = zp_spill_open(ZP_SPILL_LEAST);
	uint8_t *at = zp_spill_take(spill, 4 * BYTES, &err);
	cr_assert(at, "%s", err.text);
	for (size_t i = 0; i < 4 * BYTES; i++) {
		at[i] = 1;
		if (i % (1u << 20) == 0)
			zp_spill_ease(spill);
	}
	cr_expect_leq(zp_spill_peak(), ZP_SPILL_LEAST, "%llu", (unsigned long long)zp_spill_peak());
	zp_spill_close(spill);
}

Test(spill, a_folder_in_memory_is_told)
{
	zp_error err = { 0 };
	struct statfs about;
	if (statfs("/dev/shm", &about) != 0 || about.f_type != TMPFS_MAGIC || access("/dev/shm", W_OK) != 0)
		cr_skip_test("there is no folder in memory");
	zp_spill *spill = zp_spill_open(ZP_SPILL_LEAST);
	setenv("TMPDIR", "/dev/shm", 1);
	cr_expect_null(zp_spill_take(spill, 1, &err));
	cr_expect(err.code == ZP_IO && strstr(err.text, "/dev/shm: lies in memory"), "%s", err.text);
	zp_spill_close(spill);
}

Test(spill, a_folder_that_is_not_there_is_told)
{
	zp_error err = { 0 };
	zp_spill *spill = zp_spill_open(ZP_SPILL_LEAST);
	setenv("TMPDIR", "/nowhere/at/all", 1);
	cr_expect_null(zp_spill_take(spill, 1, &err));
	cr_expect(err.code == ZP_IO && strstr(err.text, "have no room here"), "%s", err.text);
	zp_spill_close(spill);
}

/* What a child can do at worst: it takes the right to write, and writes. Gives: whether it saw what its parent had written. */
static bool writes_in_child(zp_spill *spill, uint8_t *at)
{
	int status = 0;
	const pid_t child = fork();
	if (child == 0) {
		const bool good = zp_spill_read_only(spill) && at[0] == 7 && at[BYTES - 1] == 8;
		mprotect(at, BYTES, PROT_READ | PROT_WRITE);
		at[0] = at[BYTES - 1] = 9;
		_exit(good && at[0] == 9 ? 0 : 1);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

Test(spill, a_child_reads_and_alters_nothing_of_its_parent)
{
	zp_error err = { 0 };
	zp_spill *spill = zp_spill_open(ZP_SPILL_LEAST);
	uint8_t *first = zp_spill_take(spill, 1, &err), *at = zp_spill_take(spill, BYTES, &err);
	cr_assert(first && at, "%s", err.text);
	*first = 1, at[0] = 7, at[BYTES - 1] = 8;
	cr_expect(writes_in_child(spill, at));
	cr_expect(*first == 1 && at[0] == 7 && at[BYTES - 1] == 8);
	zp_spill_close(spill);
}

Test(spill, a_child_that_leaves_has_nothing_of_it)
{
	zp_error err = { 0 };
	zp_spill *spill = zp_spill_open(ZP_SPILL_LEAST);
	uint8_t *at = zp_spill_take(spill, BYTES, &err);
	unsigned char there;
	int status = 0;
	cr_assert(at, "%s", err.text);
	const pid_t child = fork();
	if (child == 0) {
		zp_spill_leave(spill);
		_exit(mincore(at, 1, &there) == 0 ? 1 : 0);
	}
	cr_expect(child > 0 && waitpid(child, &status, 0) == child && status == 0);
	cr_expect(mincore(at, 1, &there) == 0 && at[0] == 0);
	zp_spill_close(spill);
}

Test(spill, no_spill_is_never_full)
{
	zp_spill_ease(NULL);
	zp_spill_leave(NULL);
	cr_expect(zp_spill_read_only(NULL));
}
