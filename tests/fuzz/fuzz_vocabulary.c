/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as people write them. First byte even: whatever the text, the shipped vocabulary never reaches a limit, and what it
 * hears is a value in full, the same when it is heard again. First byte odd: a pattern, NUL, a text: any pattern is taken or
 * refused, and any match ends. */
#include "fuzz.h"
#include <string.h>
#include "book/units.h"
#include "book/vocabulary.h"

static const zp_vocabulary *shipped(zp_arena *arena)
{
	const char *src = getenv("SRC") ? getenv("SRC") : getenv("top_srcdir"), *file; /* of `make fuzz`, of `make check` */
	zp_problems *problems = zp_problems_take(arena);
	zp_shelf shelf = { .arena = arena, .rules_dir = zp_arena_print(arena, "%s/rules", src ? src : "."), .rules = problems };
	zp_volume *v = zp_shelf_named(&shelf, "vocabulary", ZP_VOCABULARY_PRESET, &file);
	const zp_vocabulary *vocabulary = v ? zp_vocabulary_read(&shelf, v) : NULL;
	zp_problems_print(problems, stderr);
	FUZZ_PROMISE(vocabulary, "the shipped vocabulary cannot be read; expected the source folder in SRC");
	return vocabulary;
}

static void hear(const zp_vocabulary *v, zp_listener *l, zp_text text)
{
	zp_value value, again;
	const char *says = NULL;
	char first[1000], second[1000], key[2 * ZP_UNIT_BYTES];
	const zp_heard heard = zp_hear(v, l, text, &value, &says);
	FUZZ_PROMISE(heard != ZP_HEARD_FAULT, says);
	FUZZ_PROMISE(heard == ZP_HEARD || (says && strstr(says, "expected")), "a refusal does not say what was expected");
	if (heard != ZP_HEARD)
		return;
	FUZZ_PROMISE(value.kind < ZP_KINDS && (value.kind == ZP_CATEGORY) == (value.word.n > 0), "a value is not whole");
	FUZZ_PROMISE(zp_unit_key(value.unit, key) <= sizeof key, "the key of a unit is too long");
	zp_value_write(&value, first, sizeof first);
	FUZZ_PROMISE(zp_hear(v, l, text, &again, &says) == ZP_HEARD && zp_value_write(&again, second, sizeof second) && strcmp(first, second) == 0,
		     "heard again it is another value");
}

static void match(const uint8_t *data, size_t size)
{
	const uint8_t *nul = memchr(data, '\0', size);
	const char *why = NULL;
	if (!nul)
		return;
	zp_arena *arena = zp_arena_open();
	const zp_text text = { (const char *)nul + 1, size - (size_t)(nul + 1 - data) };
	zp_pattern *pattern = zp_utf8_valid((const char *)data, (size_t)(nul - data)) == (size_t)(nul - data) ? zp_pattern_take(arena, "", (const char *)data, &why) : NULL;
	FUZZ_PROMISE(pattern || zp_utf8_valid((const char *)data, (size_t)(nul - data)) != (size_t)(nul - data) || why, "a pattern is refused without a reason");
	if (pattern && text.n <= ZP_SUBJECT_BYTES && zp_utf8_valid(text.p, text.n) == text.n) {
		zp_matcher *m = zp_matcher_take(arena);
		const zp_match is = zp_pattern_match(pattern, m, text, &why);
		FUZZ_PROMISE(is != ZP_MATCH_FAULT || why, "a fault without a reason");
		for (unsigned g = 0; g <= ZP_PATTERN_GROUPS; g++) {
			const zp_text group = zp_matcher_group(m, g);
			FUZZ_PROMISE(group.n == 0 || (is == ZP_MATCH_YES && group.p >= text.p && group.p + group.n <= text.p + text.n), "a group lies outside the text");
		}
	}
	zp_arena_close(arena);
}

FUZZ_TARGET(vocabulary)
{
	static zp_arena *arena;
	static const zp_vocabulary *vocabulary;
	static zp_listener *listener;
	if (!arena) {
		arena = zp_arena_open();
		vocabulary = shipped(arena);
		listener = zp_listener_take(arena);
	}
	if (!size)
		return 0;
	if (data[0] % 2 == 0)
		hear(vocabulary, listener, (zp_text){ (const char *)data + 1, size - 1 });
	else
		match(data + 1, size - 1);
	return 0;
}
