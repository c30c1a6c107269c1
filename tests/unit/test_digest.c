/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "abc" and the million of a: examples of FIPS 180-4; the others by coreutils' sha256sum. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include "base/digest.h"

static void assert_digest(size_t n, size_t step, const char *wanted)
{
	char *bytes = malloc(n + 1), text[ZP_DIGEST_TEXT];
	memset(bytes, 'a', n);
	zp_digest *d = zp_digest_open();
	for (size_t i = 0; i < n; i += step)
		zp_digest_add(d, bytes + i, n - i < step ? n - i : step);
	zp_digest_close(d, text);
	cr_assert_str_eq(text, wanted, "%zu bytes, %zu at a time", n, step);
	free(bytes);
}

Test(digest, published_examples_come_out)
{
	char text[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, "abc", 3);
	zp_digest_close(d, text);
	cr_assert_str_eq(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_digest(0, 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_digest(1000000, 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

Test(digest, pieces_do_not_matter)
{
	static const size_t steps[] = { 1, 7, 63, 64, 65, 100000 };
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		assert_digest(55, steps[i], "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
		assert_digest(64, steps[i], "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
	}
}
