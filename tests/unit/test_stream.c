/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large files: written past the page cache by a thread of their own, read again while they are written, and made in pieces. */
#include <fcntl.h>
#include <pthread.h>
#include "press/stream.h"
#include "stage.h"

TestSuite(stream, .init = make_place, .fini = remove_place);

/* ---- pieces ---- */

static void make_numbers(void *context, size_t i, zp_piece *piece)
{
	(void)context;
	for (size_t k = 0; k < 1000 + i; k++)
		piece->n += (size_t)sprintf(zp_piece_room(piece, 32), "%zu,%zu\n", i, k);
}

Test(stream, pieces_stand_in_their_order_whoever_made_them)
{
	char first[65] = "";
	for (unsigned threads = 1; threads <= 4; threads++) {
		zp_error err = { 0 };
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		cr_assert(zp_press_pieces(press, "t.csv", threads, 1500, make_numbers, NULL, &err), "%s", err.text);
		const zp_input *file = zp_press_files(press);
		if (threads == 1)
			strcpy(first, file->sha256);
		cr_assert_str_eq(file->sha256, first);
		if (threads == 4) { /* the digest is that of the bytes on disk */
			char command[200], line[100] = "";
			cr_assert(zp_press_publish(press, &err), "%s", err.text);
			snprintf(command, sizeof command, "sha256sum %s/r/v1/t.csv", place);
			FILE *sum = popen(command, "r");
			cr_assert(fgets(line, sizeof line, sum) && pclose(sum) == 0);
			cr_assert_eq(strncmp(line, first, 64), 0);
		}
		zp_press_close(press);
	}
}

/* The second half of the pieces waits until somebody has seen that the first is being made: nobody waits for all of it. */
typedef struct gate { pthread_mutex_t lock; pthread_cond_t changed; bool seen, open; } gate;

static void make_behind(void *context, size_t i, zp_piece *piece)
{
	gate *g = context;
	pthread_mutex_lock(&g->lock);
	g->seen = true;
	pthread_cond_broadcast(&g->changed);
	while (i >= 750 && !g->open)
		pthread_cond_wait(&g->changed, &g->lock);
	pthread_mutex_unlock(&g->lock);
	make_numbers(NULL, i, piece);
}

Test(stream, pieces_made_behind_the_callers_back_are_the_same)
{
	char first[65] = "";
	for (int behind = 0; behind <= 1; behind++) {
		zp_error err = { 0 };
		gate g = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false };
		zp_press *press = zp_press_open(place, behind ? "b" : "a", "v1", &err);
		cr_expect(zp_press_pieces_end(press, &err), "nothing was begun");
		if (behind) {
			zp_press_pieces_begin(press, "t.csv", 2, 1500, make_behind, &g);
			cr_expect(zp_press_pieces_begun(press, "t.csv") && !zp_press_pieces_begun(press, "other.csv"));
			pthread_mutex_lock(&g.lock);
			while (!g.seen)
				pthread_cond_wait(&g.changed, &g.lock);
			g.open = true;
			pthread_cond_broadcast(&g.changed);
			pthread_mutex_unlock(&g.lock);
			cr_assert(zp_press_pieces(press, "other.csv", 2, 10, make_numbers, NULL, &err), "others are written meanwhile: %s", err.text);
		} else {
			cr_assert(zp_press_pieces(press, "t.csv", 2, 1500, make_numbers, NULL, &err));
		}
		cr_assert(zp_press_pieces_end(press, &err) && !zp_press_pieces_begun(press, "t.csv"), "%s", err.text);
		cr_assert_eq(zp_press_count(press), behind ? 2 : 1);
		const zp_input *file = zp_press_files(press) + behind; /* "other.csv" comes first */
		cr_assert_str_eq(file->name, "t.csv");
		if (behind)
			cr_expect_str_eq(file->sha256, first);
		strcpy(first, file->sha256);
		cr_assert(zp_press_publish(press, &err), "%s", err.text);
		zp_press_close(press);
	}
}

Test(stream, pieces_that_were_begun_fail_at_their_end_or_go_with_the_press)
{
	zp_error err = { 0 };
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	zp_press_pieces_begin(press, "../t.csv", 2, 1500, make_numbers, NULL);
	cr_expect_not(zp_press_pieces_end(press, &err));
	cr_expect(err.code == ZP_BUG && strstr(err.text, "../t.csv"), "%s", err.text);
	zp_press_pieces_begin(press, "t.csv", 2, 1500, make_numbers, NULL);
	zp_press_close(press); /* with nobody asking what became of it */
	cr_expect_eq(entries("r"), 0);
}

/* ---- past the page cache ---- */

/* Large files go past the page cache, in blocks, and are read again while others are written. */
#define LARGE ((9u << 20) + 1234)

static char *large_text(size_t n)
{
	char *text = malloc(n + 1);
	cr_assert(text);
	for (size_t i = 0; i < n; i++)
		text[i] = (char)('a' + i * i % 23);
	return text;
}

/* No byte, less than a buffer, one, all of them, one more; ends that are whole blocks, and others. */
Test(stream, a_file_is_what_was_put_whatever_its_end)
{
	const size_t sizes[] = { 0, 1, 4u << 20, (4u << 20) + 1, LARGE - 1234, LARGE - 617, LARGE, 24u << 20, (28u << 20) + 4095, (28u << 20) + 4096 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		const size_t n = sizes[i];
		char *text = large_text(n), *now = malloc(n + 1), name[40], path[60];
		zp_error err = { 0 };
		snprintf(name, sizeof name, "r%zu", i);
		zp_press *press = zp_press_open(place, name, "v1", &err);
		zp_stream *stream = zp_stream_open(press, "a", &err);
		for (size_t at = 0; at < n; at += 100000)
			zp_stream_put(stream, text + at, n - at < 100000 ? n - at : 100000);
		cr_assert(zp_stream_close(stream, &err) && zp_press_publish(press, &err), "%zu: %s", n, err.text);
		zp_press_close(press);
		snprintf(path, sizeof path, "%s/v1/a", name);
		FILE *f = fopen(inside(path), "r");
		cr_assert(f && now);
		cr_expect_eq(fread(now, 1, n + 1, f), n);
		cr_expect(memcmp(now, text, n) == 0, "%zu", n);
		fclose(f);
		free(now);
		free(text);
	}
}

Test(stream, a_large_file_that_is_longer_than_what_was_put_is_found)
{
	for (int blocks = 0; blocks <= 1; blocks++) {
		const size_t n = blocks ? 8u << 20 : LARGE; /* its end is one of a block; or not */
		char *text = large_text(LARGE), name[300];
		zp_error err = { 0 };
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		zp_stream *stream = zp_stream_open(press, "a", &err);
		zp_stream_put(stream, text, n);
		snprintf(name, sizeof name, "%s/a", zp_press_stage(press));
		cr_assert_eq(truncate(name, 2 * LARGE), 0); /* whoever writes first */
		cr_assert_not(zp_stream_close(stream, &err) && zp_press_publish(press, &err));
		cr_expect(err.code == ZP_IO && strstr(err.text, "does not hold what was written"), "%s", err.text);
		zp_press_close(press);
		cr_expect_eq(entries("r"), 0);
		free(text);
	}
}

/* It is compared with what was put while it is written: what stands under its name, read again, differs in one byte or is short. */
Test(stream, a_large_file_that_reads_differently_while_it_is_written_is_found)
{
	const size_t altered[] = { 0, (4u << 20) + 4097, LARGE - 1 }, n[] = { LARGE, LARGE, LARGE, LARGE - 1, 5u << 20 };
	for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
		char *text = large_text(LARGE), name[300];
		zp_error err = { 0 };
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		zp_stream *stream = zp_stream_open(press, "a", &err);
		snprintf(name, sizeof name, "%s/a", zp_press_stage(press));
		cr_assert_eq(unlink(name), 0);
		FILE *f = fopen(name, "w");
		if (i < sizeof altered / sizeof *altered)
			text[altered[i]] ^= 1;
		cr_assert(f && fwrite(text, 1, n[i], f) == n[i] && fclose(f) == 0);
		if (i < sizeof altered / sizeof *altered)
			text[altered[i]] ^= 1;
		for (size_t at = 0; at < LARGE; at += 1 << 20)
			zp_stream_put(stream, text + at, LARGE - at < 1 << 20 ? LARGE - at : 1 << 20);
		cr_expect_not(zp_stream_close(stream, &err), "%zu", i);
		cr_expect(err.code == ZP_IO && strstr(err.text, "/a: the disk does not hold what was written"), "%s", err.text);
		zp_press_close(press);
		cr_expect_eq(entries("r"), 0);
		free(text);
	}
}

/* A disk whose flush leaves something else than what it gave back before: in its place the n-th one, by the name of the C library's own. */
static char flushed[300];
static size_t flushes, altering, altered_at;

int fdatasync(int fd)
{
	const int synced = fsync(fd);
	if (++flushes == altering) {
		const int other = open(flushed, O_WRONLY);
		if (other < 0 || pwrite(other, "!", 1, (off_t)altered_at) != 1 || close(other) != 0)
			abort();
	}
	return synced;
}

Test(stream, what_a_flush_leaves_of_a_large_file_is_what_is_compared)
{
	for (altering = 1; altering <= 2; altering++) {
		char *text = large_text(LARGE);
		zp_error err = { 0 };
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		zp_stream *stream = zp_stream_open(press, "a", &err);
		snprintf(flushed, sizeof flushed, "%s/a", zp_press_stage(press));
		flushes = 0;
		altered_at = altering == 1 ? 77 : (8u << 20) - 5; /* of the first buffer, of the second */
		zp_stream_put(stream, text, altering == 1 ? LARGE : 4u << 20);
		while (altering == 2 && !__atomic_load_n(&flushes, __ATOMIC_RELAXED))
			usleep(1000);
		if (altering == 2)
			zp_stream_put(stream, text + (4u << 20), LARGE - (4u << 20));
		cr_expect_not(zp_stream_close(stream, &err) && zp_press_publish(press, &err), "%zu", altering);
		cr_expect(err.code == ZP_IO && strstr(err.text, "/a: the disk does not hold what was written"), "%s", err.text);
		cr_expect_geq(flushes, altering);
		zp_press_close(press);
		cr_expect_eq(entries("r"), 0);
		free(text);
	}
	altering = 0;
}

/* The same bytes, another file; the same file, touched. */
Test(stream, a_large_file_that_is_another_after_it_was_compared_is_found)
{
	for (int replaced = 0; replaced <= 1; replaced++) {
		char *text = large_text(LARGE), name[300], other[300];
		zp_error err = { 0 };
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		zp_stream *stream = zp_stream_open(press, "a", &err);
		snprintf(name, sizeof name, "%s/a", zp_press_stage(press));
		snprintf(other, sizeof other, "%s/b", zp_press_stage(press));
		FILE *f = fopen(other, "w");
		cr_assert(f && fwrite(text, 1, LARGE, f) == LARGE && fclose(f) == 0);
		flushes = 0;
		zp_stream_put(stream, text, LARGE);
		while (!__atomic_load_n(&flushes, __ATOMIC_RELAXED)) /* the reader has its file */
			usleep(1000);
		cr_assert_eq(replaced ? rename(other, name) : unlink(other), 0);
		const bool closed = zp_stream_close(stream, &err);
		cr_assert(closed, "%s", err.text);
		if (!replaced)
			cr_assert_eq(truncate(name, LARGE + 1), 0);
		cr_expect_not(zp_press_publish(press, &err), "%d", replaced);
		cr_expect(err.code == ZP_IO && strstr(err.text, "/a: the disk does not hold what was written"), "%s", err.text);
		zp_press_close(press);
		cr_expect_eq(entries("r"), 0);
		free(text);
	}
}

Test(stream, a_large_file_that_a_child_altered_after_it_was_proved_is_found)
{
	for (int replaces = 0; replaces <= 1; replaces++) {
		char *text = large_text(LARGE);
		zp_error err = { 0 };
		zp_press *press = zp_press_open(place, "r", "v1", &err);
		zp_stream *stream = zp_stream_open(press, "a", &err);
		zp_stream_put(stream, text, LARGE);
		cr_assert(zp_stream_close(stream, &err), "%s", err.text);
		text[LARGE / 2] ^= 1;
		wild w = { "a", text, LARGE, replaces };
		cr_assert(zp_press_fork(press, 1, 1, go_wild, &w, &err), "%s", err.text);
		cr_assert_not(zp_press_publish(press, &err));
		cr_expect(err.code == ZP_IO && strstr(err.text, "does not hold what was written"), "%s", err.text);
		zp_press_close(press);
		cr_expect_eq(entries("r"), 0);
		free(text);
	}
}

Test(stream, a_large_file_that_came_in_is_kept_and_one_that_changed_is_told)
{
	zp_error err = { 0 };
	char *text = large_text(LARGE);
	text[LARGE - 1] = '\0';
	put_file("a", text);
	zp_input one = { .name = "results/a.csv", .path = inside("a"), .size = LARGE - 1 };
	zp_digest *digest = zp_digest_open();
	zp_digest_add(digest, text, LARGE - 1);
	zp_digest_close(digest, one.sha256);
	zp_press *press = zp_press_open(place, "r", "v1", &err);
	cr_assert(zp_press_write(press, "x", "x", 1, &err) && zp_press_keep(press, &one, 1, &err) && zp_press_publish(press, &err), "%s", err.text);
	zp_press_close(press);
	cr_expect_eq(entries("r/inputs"), 1);
	text[8u << 20] = '!';
	put_file("a", text);
	press = zp_press_open(place, "other", "v1", &err);
	cr_assert_not(zp_press_keep(press, &one, 1, &err));
	cr_expect(err.code == ZP_BAD_INPUT && strstr(err.text, "is not any more what was read"), "%s", err.text);
	zp_press_close(press);
	free(text);
}
