/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz targets are written in libFuzzer's form: FUZZ_TARGET(csv) { … data, size … return 0; }. Alone with libFuzzer (`make fuzz`) each is
 * the one entry; in `make check` replay.c has them all and runs the corpus that is kept in fixtures/fuzz. */
#ifndef ZP_FUZZ_H
#define ZP_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Whether an input is to be read a second time, to see that the same comes of it. Kept inputs always are; of the millions that libFuzzer
 * makes one in eight is, since reading twice takes twice the time. */
static inline bool fuzz_again(const uint8_t *data, size_t size)
{
#ifdef ZP_FUZZ_ALONE
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < size; i++)
		h = (h ^ data[i]) * 16777619u;
	return (h >> 16) % 8 == 0;
#else
	(void)data;
	(void)size;
	return true;
#endif
}

#ifdef ZP_FUZZ_ALONE
#define FUZZ_TARGET(name) \
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size); \
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
#else
#define FUZZ_TARGET(name) \
	int fuzz_##name(const uint8_t *data, size_t size); \
	int fuzz_##name(const uint8_t *data, size_t size)
#endif

/* A promise that was not kept ends the process, which is what a fuzzer looks for. */
#define FUZZ_PROMISE(kept, what) \
	do { \
		if (!(kept)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, (what)); \
			abort(); \
		} \
	} while (0)

#endif
