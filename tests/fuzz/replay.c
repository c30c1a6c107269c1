/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay TARGET FILE...: run a fuzz target on files, one TAP line each. A promise that is not kept ends it. */
#include "fuzz.h"
#include <string.h>

#define ZP_FUZZ(name) int fuzz_##name(const uint8_t *data, size_t size);
#include "targets.h"
#undef ZP_FUZZ

static const struct { const char *name; int (*run)(const uint8_t *, size_t); } targets[] = {
#define ZP_FUZZ(name) { #name, fuzz_##name },
#include "targets.h"
#undef ZP_FUZZ
};

/* Gives: the bytes, the caller's to free; NULL when the file cannot be read. */
static uint8_t *read_file(const char *path, size_t *n)
{
	FILE *in = fopen(path, "rb");
	if (!in)
		return NULL;
	size_t room = 1 << 16, got;
	uint8_t *bytes = malloc(room);
	*n = 0;
	while (bytes && (got = fread(bytes + *n, 1, room - *n, in)) > 0)
		if ((*n += got) == room)
			bytes = realloc(bytes, room *= 2);
	fclose(in);
	return bytes;
}

int main(int argc, char **argv)
{
	for (size_t t = 0; argc > 1 && t < sizeof targets / sizeof *targets; t++) {
		if (strcmp(targets[t].name, argv[1]) != 0)
			continue;
		for (int i = 2; i < argc; i++) {
			size_t n;
			uint8_t *bytes = read_file(argv[i], &n);
			if (!bytes)
				return fprintf(stderr, "%s: cannot be read\n", argv[i]), 1;
			uint8_t *exact = malloc(n ? n : 1); /* so that a step beyond the end is seen */
			if (!exact)
				abort();
			memcpy(exact, bytes, n);
			targets[t].run(exact, n);
			free(exact);
			free(bytes);
			const char *name = strrchr(argv[i], '/');
			printf("ok - %s %s keeps what it promises\n", argv[1], name ? name + 1 : argv[i]);
			fflush(stdout);
		}
		return 0;
	}
	fprintf(stderr, "usage: replay TARGET FILE...\n");
	return 2;
}
