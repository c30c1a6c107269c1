/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/blocks.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "base/memory.h"

#define BLOCK_BYTES (1u << 20)

struct zp_blocks {
	pthread_mutex_t lock;
	zp_arena *arena;
	const char *round_dir;
	zp_results_file *files;
	size_t n_files, next_file, number;
	char **buffer; /* one per worker */
	/* the file being read */
	int fd; /* -1: none */
	uint32_t file;
	uint64_t offset;
	long line;
	zp_digest *digest;
};

zp_blocks *zp_blocks_open(zp_arena *arena, const char *round_dir, zp_results_file *files, size_t n, unsigned workers)
{
	zp_blocks *b = zp_take(arena, zp_blocks, 1);
	pthread_mutex_init(&b->lock, NULL);
	b->arena = arena;
	b->round_dir = round_dir;
	b->files = files;
	b->n_files = n;
	b->fd = -1;
	b->buffer = zp_take(arena, char *, workers);
	for (unsigned w = 0; w < workers; w++)
		b->buffer[w] = zp_arena_take(arena, BLOCK_BYTES + 1);
	return b;
}

void zp_blocks_close(zp_blocks *b)
{
	pthread_mutex_destroy(&b->lock);
}

static ssize_t read_fully(int fd, char *to, size_t n, uint64_t offset)
{
	size_t have = 0;
	while (have < n) {
		ssize_t got = pread(fd, to + have, n - have, (off_t)(offset + have));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

static void finish_file(zp_blocks *b)
{
	zp_input *input = &b->files[b->file].input;
	zp_digest_close(b->digest, input->sha256);
	input->size = b->offset;
	close(b->fd);
	b->fd = -1;
}

static void refuse(zp_blocks *b, zp_block *out, const char *why)
{
	out->bad = why;
	out->bytes = (zp_text){ "", 0 };
	if (b->fd >= 0)
		finish_file(b);
}

static long newlines(const char *p, size_t n)
{
	long count = 0;
	for (const char *end = p + n; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		count++;
	return count;
}

/* A line that is longer than a block costs itself. */
static void skip_line(zp_blocks *b, char *buffer, zp_block *out)
{
	*out = (zp_block){ .file = b->file, .number = out->number, .first_line = b->line, .bytes = { "", 0 },
			   .bad = "has a line of more than 1 MiB here" };
	for (;;) {
		ssize_t got = read_fully(b->fd, buffer, BLOCK_BYTES, b->offset);
		if (got < 0) {
			refuse(b, out, "cannot be read to its end");
			return;
		}
		const char *newline = got ? memchr(buffer, '\n', (size_t)got) : NULL;
		size_t n = newline ? (size_t)(newline - buffer) + 1 : (size_t)got;
		if (!b->files[b->file].head) /* the header, if that was it, is lost: later blocks find none */
			b->files[b->file].head = zp_arena_text(b->arena, "", 0);
		zp_digest_add(b->digest, buffer, n);
		b->offset += n;
		if (newline) {
			b->line++;
			return;
		}
		if (n < BLOCK_BYTES) {
			finish_file(b);
			return;
		}
	}
}

/* Whole lines from the current offset. */
static void read_block(zp_blocks *b, char *buffer, zp_block *out)
{
	zp_results_file *file = &b->files[b->file];
	ssize_t got = read_fully(b->fd, buffer, BLOCK_BYTES, b->offset);
	if (got < 0) {
		refuse(b, out, "cannot be read to its end");
		return;
	}
	size_t n = (size_t)got;
	bool last = n < BLOCK_BYTES;
	if (!last) {
		const char *newline = memrchr(buffer, '\n', n);
		if (!newline) {
			skip_line(b, buffer, out);
			return;
		}
		n = (size_t)(newline - buffer) + 1;
	}
	if (b->offset == 0 && !last) { /* later blocks look up the header here */
		file->n_head = n;
		file->head = zp_arena_text(b->arena, buffer, n);
	}
	buffer[n] = '\0';
	zp_digest_add(b->digest, buffer, n);
	out->bytes = (zp_text){ buffer, n };
	out->whole = last && b->offset == 0;
	b->offset += n;
	if (last)
		finish_file(b);
	else
		b->line += newlines(buffer, n);
}

bool zp_blocks_next(zp_blocks *b, unsigned worker, zp_block *out)
{
	pthread_mutex_lock(&b->lock);
	while (b->next_file < b->n_files && b->files[b->next_file].importer->does.importer->whole_most)
		b->next_file++; /* those are read elsewhere */
	bool any = b->fd >= 0 || b->next_file < b->n_files;
	if (any) {
		*out = (zp_block){ .number = b->number++ };
		if (b->fd < 0) {
			uint64_t size;
			const char *why = NULL;
			b->file = (uint32_t)b->next_file++;
			b->offset = 0;
			b->line = 1;
			zp_results_file *file = &b->files[b->file];
			size_t room = strlen(b->round_dir) + strlen(file->name) + 2;
			char *path = zp_must(malloc(room));
			stpcpy(stpcpy(stpcpy(path, b->round_dir), "/"), file->name);
			b->fd = zp_file_open(path, &size, &why);
			free(path);
			out->bad = why;
			if (b->fd >= 0)
				b->digest = zp_digest_open();
		}
		out->file = b->file;
		out->first_line = b->line;
		if (!out->bad)
			read_block(b, b->buffer[worker], out);
	}
	pthread_mutex_unlock(&b->lock);
	return any;
}
