/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as a ledger keeps them, packed: whatever the bytes are, a sample is read within them or is none, and what was read is packed again
 * to the same bytes, or to bytes that are read as the same. */
#include "fuzz.h"
#include <string.h>
#include "ledger/pack.h"

static bool same(const zp_packed *a, const zp_packed *b)
{
	return a->state == b->state && a->verdict == b->verdict && a->reason == b->reason && a->kind == b->kind && a->credit == b->credit && a->group == b->group &&
	       a->bound == b->bound && a->value.m == b->value.m && a->value.e == b->value.e && a->answer == b->answer && a->has_share == b->has_share && a->has_sdi == b->has_sdi &&
	       a->share == b->share && a->sdi == b->sdi;
}

FUZZ_TARGET(packed)
{
	/* a copy of its own, so that a byte read beyond the end is seen */
	uint8_t *copy = malloc(size ? size : 1), again[ZP_PACKED_MOST];
	if (!copy)
		abort();
	if (size)
		memcpy(copy, data, size);
	const uint8_t *p = copy, *end = copy + size;
	while (p < end) {
		zp_packed one, two;
		const uint8_t *next = zp_unpack(p, end, &one);
		if (!next)
			break;
		FUZZ_PROMISE(next > p && next <= end, "a sample ends outside of its bytes");
		const uint8_t *packed = zp_pack(again, &one);
		FUZZ_PROMISE(packed > again && packed <= again + sizeof again, "a sample takes more than it may");
		FUZZ_PROMISE(zp_unpack(again, packed, &two) == packed && same(&one, &two), "packed again, it is another sample");
		p = next;
	}
	free(copy);
	return 0;
}
