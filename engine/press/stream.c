/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/stream.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/memory.h"
#include "base/words.h"
#include "press/direct.h"
#include "press/disk.h"
#include "press/record.h"

#define BUFFERS 6 /* two for each who works on them */
#define BUFFERS_SPILLED 3 /* where memory is counted */
#define BUFFER_BYTES (4u << 20)

/* A buffer goes from hand to hand: who makes the file fills it, the writer writes it, and where the file is large the reader syncs it and
 * looks whether the disk gives it back, while what was written is still here to compare with. */
typedef enum hand { FILLER, WRITER, READER } hand;

typedef struct buffer { char *bytes; size_t n; hand whose; } buffer;

struct zp_stream {
	zp_press *press;
	char *name;
	int fd;
	zp_digest *digest;
	uint64_t size;
	pthread_t writer, reader;
	pthread_mutex_t lock; /* for whose hand each is in, ended, failed */
	pthread_cond_t changed;
	buffer buffers[BUFFERS]; /* each hand takes them in turn */
	unsigned n;              /* of them */
	unsigned filling;
	bool begun; /* a buffer was given to the writer */
	bool reads; /* there is a reader */
	bool ended; /* nothing more is filled */
	bool failed; /* of the disk nothing more is asked; buffers go round all the same */
	zp_error err; /* of the first that failed */
};

/* ---- from hand to hand ---- */

/* Wait until buffer i is in that hand. Gives: false when it never will be. */
static bool wait_for(zp_stream *s, unsigned i, hand own, bool *failed)
{
	pthread_mutex_lock(&s->lock);
	const buffer *b = &s->buffers[i];
	while (b->whose != own && !(s->ended && b->whose == FILLER))
		pthread_cond_wait(&s->changed, &s->lock);
	const bool mine = b->whose == own;
	*failed = s->failed;
	pthread_mutex_unlock(&s->lock);
	return mine;
}

static void give(zp_stream *s, unsigned i, hand to, const zp_error *err)
{
	pthread_mutex_lock(&s->lock);
	if (to == FILLER)
		s->buffers[i].n = 0;
	s->buffers[i].whose = to;
	s->failed = s->failed || (err->code && !zp_fail_as(&s->err, err));
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

/* ---- the writer ---- */

static void *write_behind(void *stream)
{
	zp_stream *s = stream;
	bool failed;
	for (unsigned i = 0; wait_for(s, i, WRITER, &failed); i = (i + 1) % s->n) {
		const buffer *b = &s->buffers[i];
		zp_error err = { 0 };
		if (!failed)
			zp_direct_put(s->fd, s->name, b->bytes, b->n, &err);
		give(s, i, s->reads ? READER : FILLER, &err);
	}
	return NULL;
}

/* ---- the reader ---- */

static ssize_t read_fully(int fd, char *room, size_t n)
{
	size_t have = 0;
	ssize_t got = 1;
	while (have < n && got > 0) {
		got = zp_direct_read(fd, room + have, BUFFER_BYTES - have);
		have += got > 0 ? (size_t)got : 0;
	}
	return got < 0 ? got : (ssize_t)have;
}

static bool is_on_disk(int fd, char *room, const buffer *b, const char *path, zp_error *err)
{
	const ssize_t got = read_fully(fd, room, b->n);
	if (got < 0)
		return zp_disk_failed(err, ZP_MESSAGE("cannot be read again; nothing is published"), path);
	return ((size_t)got == b->n && memcmp(room, b->bytes, b->n) == 0) || zp_fail(err, ZP_IO, path, 0, "the disk does not hold what was written to it; nothing is published");
}

/* How many are here from buffer i on. */
static unsigned count_written(zp_stream *s, unsigned i)
{
	unsigned n = 0;
	pthread_mutex_lock(&s->lock);
	while (n < s->n && s->buffers[(i + n) % s->n].whose == READER)
		n++;
	pthread_mutex_unlock(&s->lock);
	return n;
}

/* One sync is for all that was written meanwhile. */
static void *read_behind(void *stream)
{
	zp_stream *s = stream;
	char *path = zp_joined(s->press->stage, s->name), *room = zp_direct_room(BUFFER_BYTES);
	zp_error err = { 0 };
	const int fd = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
	if (fd < 0)
		zp_disk_failed(&err, ZP_MESSAGE("cannot be read again; nothing is published"), path);
	else
		zp_direct(fd, true);
	bool failed;
	for (unsigned i = 0, synced = 0; wait_for(s, i, READER, &failed); i = (i + 1) % s->n, synced--) {
		const bool more = !failed && !err.code;
		if (!synced && (synced = count_written(s, i)) && more && TEMP_FAILURE_RETRY(fdatasync(s->fd)) != 0)
			zp_disk_failed(&err, ZP_MESSAGE("cannot be synced; nothing is published"), path);
		else if (more)
			is_on_disk(fd, room, &s->buffers[i], path, &err);
		give(s, i, FILLER, &err);
	}
	if (fd >= 0)
		close(fd);
	free(room);
	free(path);
	return NULL;
}

/* ---- who fills them ---- */

static void hand_over(zp_stream *s)
{
	static const zp_error none = { 0 };
	bool failed;
	if (!s->begun) /* a small file is read with the others, at the end */
		s->reads = !s->press->aside && s->buffers[s->filling].n >= ZP_DIRECT_LEAST && pthread_create(&s->reader, NULL, read_behind, s) == 0;
	s->begun = true;
	give(s, s->filling, WRITER, &none);
	s->filling = (s->filling + 1) % s->n;
	wait_for(s, s->filling, FILLER, &failed);
}

zp_stream *zp_stream_open(zp_press *press, const char *name, zp_error *err)
{
	int fd = zp_press_create(press, name, err);
	if (fd < 0)
		return NULL;
	zp_direct(fd, true);
	zp_stream *s = zp_must(calloc(1, sizeof *s));
	*s = (zp_stream){ .press = press, .name = strdup(name), .fd = fd, .digest = zp_digest_open(), .n = press->spill ? BUFFERS_SPILLED : BUFFERS };
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	for (unsigned i = 0; i < s->n; i++)
		s->buffers[i].bytes = zp_direct_room(BUFFER_BYTES);
	if (!s->name || pthread_create(&s->writer, NULL, write_behind, s) != 0)
		zp_no_memory();
	return s;
}

void zp_stream_put(zp_stream *s, const char *bytes, size_t n)
{
	s->size += n;
	while (n) {
		buffer *b = &s->buffers[s->filling];
		size_t room = BUFFER_BYTES - b->n, some = n < room ? n : room;
		memcpy(b->bytes + b->n, bytes, some);
		zp_digest_add(s->digest, b->bytes + b->n, some); /* of what the disk is compared with; here, where it is warm: the writer has enough to wait for */
		b->n += some;
		bytes += some;
		n -= some;
		if (b->n == BUFFER_BYTES)
			hand_over(s);
	}
}

bool zp_stream_close(zp_stream *s, zp_error *err)
{
	if (s->buffers[s->filling].n)
		hand_over(s);
	pthread_mutex_lock(&s->lock);
	s->ended = true;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->writer, NULL);
	if (s->reads)
		pthread_join(s->reader, NULL);
	struct stat about;
	const bool known = s->reads && fstat(s->fd, &about) == 0;
	zp_input file = { .name = s->name, .size = s->size };
	zp_digest_close(s->digest, file.sha256);
	bool good = !s->failed || zp_fail_as(err, &s->err);
	good = zp_press_finish(s->fd, s->name, err) && good;
	if (good) {
		zp_press_record(s->press, &file);
		zp_proof_begin(s->press, &file, known ? &about : NULL);
	}
	for (unsigned i = 0; i < s->n; i++)
		free(s->buffers[i].bytes);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	free(s->name);
	free(s);
	return good;
}
