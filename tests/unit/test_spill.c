/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include "base/pool.h"
#include "base/spill.h"

#define BYTES (96u << 20)
#define PARTS 8

TestSuite(spill, .timeout = 60);

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

Test(spill, a_folder_that_is_not_there_is_told)
{
	zp_error err = { 0 };
	zp_spill *spill = zp_spill_open(ZP_SPILL_LEAST);
	setenv("TMPDIR", "/nowhere/at/all", 1);
	cr_expect_null(zp_spill_take(spill, 1, &err));
	cr_expect(err.code == ZP_IO && strstr(err.text, "have no room here"), "%s", err.text);
	zp_spill_close(spill);
}

Test(spill, no_spill_is_never_full) { zp_spill_ease(NULL); }
