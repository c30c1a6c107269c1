/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/numbers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/digest.h"
#include "base/names.h"

#define FINGERPRINT 12 /* hexadecimal digits */

struct zp_numbers {
	zp_names *keys;
	const zp_issued **latest; /* of each key */
	unsigned *issue;
};

const zp_numbers *zp_numbers_take(zp_arena *arena, const zp_issued *issued, size_t n)
{
	zp_numbers *all = zp_take(arena, zp_numbers, 1);
	*all = (zp_numbers){ zp_names_take(arena), zp_take(arena, const zp_issued *, n + 1), zp_take(arena, unsigned, n + 1) };
	for (size_t i = 0; i < n; i++) {
		const char *cut = strrchr(issued[i].number, '/');
		if (!cut)
			continue;
		const uint32_t key = zp_names_add(all->keys, (zp_text){ issued[i].number, (size_t)(cut - issued[i].number) });
		const unsigned issue = (unsigned)strtoul(cut + 1, NULL, 10);
		if (issue >= all->issue[key]) {
			all->issue[key] = issue;
			all->latest[key] = &issued[i];
		}
	}
	return all;
}

const zp_issued *zp_numbers_latest(const zp_numbers *all, const char *key, unsigned *issue)
{
	const uint32_t at = zp_names_find(all->keys, zp_text_of(key));
	*issue = at == ZP_NO_NAME ? 0 : all->issue[at];
	return at == ZP_NO_NAME ? NULL : all->latest[at];
}

bool zp_issued_is(const zp_issued *i, const char *lab, const char *name, const char *says)
{
	return strcmp(i->lab, lab) == 0 && strcmp(i->name, name) == 0 && strcmp(i->says, says) == 0;
}

const char *zp_number_piece(zp_arena *arena, const char *code)
{
	char *out = zp_arena_take(arena, strlen(code) * 3 + 1), *to = out;
	for (const char *p = code; *p; p++)
		if (*p == '/' || *p == '%')
			to += sprintf(to, "%%%02X", *p);
		else
			*to++ = *p;
	return out;
}

const char *zp_paper_says(zp_arena *arena, const char *list, const char *const *words, size_t n)
{
	char digest[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	for (size_t i = 0; i < n; i++) {
		const char *word = words[i] ? words[i] : "";
		zp_digest_add(d, word, strlen(word) + 1);
	}
	zp_digest_close(d, digest);
	return zp_arena_print(arena, "%s #%.*s", list, FINGERPRINT, digest);
}
