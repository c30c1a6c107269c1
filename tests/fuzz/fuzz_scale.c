/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of scales. First byte even: it picks a shipped scale and one of its strips, and whatever the text, what it stands for is an
 * answer that the scale has, and is written so that it reads back. First byte odd: a scale as XML, NUL, a text: the scale is taken or
 * refused with what was expected, and the text is looked up in one that was taken. */
#include "fuzz.h"
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "book/scale.h"

static const char *const shipped[] = { "reaction", "blood-group", "antibodies", "titre", "urine-protein", "urine-ph", "organisms", "susceptibility" };
#define SHIPPED (sizeof shipped / sizeof *shipped)

static const zp_scale *read_shipped(zp_arena *arena, const char *name)
{
	const char *src = getenv("SRC") ? getenv("SRC") : getenv("top_srcdir"), *file; /* of `make fuzz`, of `make check` */
	zp_problems *problems = zp_problems_take(arena);
	zp_shelf shelf = { .arena = arena, .rules_dir = zp_arena_print(arena, "%s/rules", src ? src : "."), .rules = problems };
	zp_volume *v = zp_shelf_named(&shelf, "vocabulary/scales", name, &file);
	const zp_scale *s = v ? zp_scale_read(&shelf, v) : NULL;
	zp_problems_print(problems, stderr);
	FUZZ_PROMISE(s, "a shipped scale cannot be read; expected the source folder in SRC");
	return s;
}

/* ---- a text ---- */

static bool is_on(const zp_scale *s, int64_t reply)
{
	return zp_scale_is_set(s) ? reply >= 0 && (uint64_t)reply >> s->n == 0 : reply >= 0 && reply < (int64_t)s->n;
}

static void check_key(const zp_scale *s, zp_text text)
{
	char room[ZP_SCALE_KEY_BYTES];
	const zp_text key = zp_scale_key(text, s->case_matters, room);
	FUZZ_PROMISE(!key.p || key.n <= sizeof room, "a key is longer than it may be");
	FUZZ_PROMISE(!key.p || (!memchr(key.p, ' ', key.n) && !memchr(key.p, '\t', key.n)), "a key holds a blank");
}

/* What a reply is written as, in codes and in names. */
static void check_written(const zp_scale *s, const zp_strip *strip, int64_t reply, bool reads_back)
{
	char out[ZP_ANSWERS_MOST];
	zp_text unknown;
	for (int chinese = -1; chinese <= 1; chinese++) {
		int64_t again = -1;
		const size_t n = zp_scale_write(s, reply, chinese, out, sizeof out);
		FUZZ_PROMISE(n >= sizeof out || strlen(out) == n, "the length is not that of the text");
		if (reads_back)
			FUZZ_PROMISE(zp_scale_reply(s, chinese < 0 ? NULL : strip, zp_text_of(out), &again, &unknown) && again == reply, "what is written does not read back");
	}
}

static void look_up(const zp_scale *s, const zp_strip *strip, zp_text text, bool reads_back)
{
	char known[600];
	int64_t reply = -1;
	zp_text unknown = { NULL, 0 };
	check_key(s, text);
	const bool is = zp_scale_reply(s, strip, text, &reply, &unknown);
	FUZZ_PROMISE(!is || is_on(s, reply), "a text stands for an answer that the scale has not");
	FUZZ_PROMISE(is || unknown.n == 0 || (unknown.p >= text.p && unknown.p + unknown.n <= text.p + text.n), "what is unknown lies outside the text");
	FUZZ_PROMISE(strlen(zp_scale_known(s, strip, known, sizeof known)) < sizeof known, "what is known has no end");
	if (is) {
		FUZZ_PROMISE(zp_scale_side(s, reply) <= ZP_SIDE_POSITIVE, "a reply is on no side");
		check_written(s, strip, reply, reads_back);
	}
}

/* ---- a file ---- */

/* The bytes as a file of its own; -1 when the system has no room. */
static int as_file(const uint8_t *data, size_t size)
{
	const int fd = memfd_create("scale", 0);
	if (fd >= 0 && write(fd, data, size) != (ssize_t)size) {
		close(fd);
		return -1;
	}
	return fd;
}

static void read_scale(const uint8_t *data, size_t size)
{
	const uint8_t *nul = memchr(data, '\0', size);
	const size_t n = nul ? (size_t)(nul - data) : size;
	const int fd = as_file(data, n);
	if (fd < 0)
		return;
	zp_arena *arena = zp_arena_open();
	zp_shelf shelf = { .arena = arena, .rules = zp_problems_take(arena) };
	zp_volume v = { .file = "scale.xml", .path = zp_arena_print(arena, "/proc/self/fd/%d", fd), .valid = true };
	const zp_scale *s = zp_scale_read(&shelf, &v);
	FUZZ_PROMISE(!s == (zp_problems_count(shelf.rules) > 0), "a scale is refused without a reason, or taken in spite of one");
	if (s) {
		const zp_text text = nul ? (zp_text){ (const char *)nul + 1, size - n - 1 } : (zp_text){ "", 0 };
		FUZZ_PROMISE(s->n >= 1 && s->n <= (s->kind == ZP_SCALE_NOMINAL ? ZP_ANSWERS_MOST : ZP_GRADES_MOST), "a scale has no answer, or too many");
		for (uint32_t i = 0; i < s->n; i++)
			FUZZ_PROMISE(zp_scale_find(s, NULL, zp_text_of(s->answers[i].code)) == i, "a code is not the answer that it names");
		look_up(s, NULL, text, false);
		for (uint32_t i = 0; i < s->n_strips; i++) {
			FUZZ_PROMISE(s->n == 64 || s->strips[i].answers >> s->n == 0, "a strip has an answer that the scale has not");
			look_up(s, &s->strips[i], text, false);
		}
	}
	zp_arena_close(arena);
	close(fd);
}

FUZZ_TARGET(scale)
{
	static zp_arena *arena;
	static const zp_scale *scales[SHIPPED];
	if (!arena) {
		arena = zp_arena_open();
		for (size_t i = 0; i < SHIPPED; i++)
			scales[i] = read_shipped(arena, shipped[i]);
	}
	if (!size)
		return 0;
	if (data[0] % 2) {
		read_scale(data + 1, size - 1);
		return 0;
	}
	const zp_scale *s = scales[data[0] / 2 % SHIPPED];
	const uint32_t which = data[0] / 2 / SHIPPED % (s->n_strips + 1);
	look_up(s, which ? &s->strips[which - 1] : NULL, (zp_text){ (const char *)data + 1, size - 1 }, true);
	return 0;
}
