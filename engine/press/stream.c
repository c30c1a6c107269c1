/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/stream.h"
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "press/direct.h"
#include "press/record.h"

#define BUFFERS 3
#define BUFFER_BYTES (4u << 20)

typedef struct buffer { char *bytes; size_t n; bool full; } buffer;

struct zp_stream {
	zp_press *press;
	char *name;
	int fd;
	zp_digest *digest;
	uint64_t size;
	pthread_t writer;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	buffer buffers[BUFFERS]; /* filled and written in turn */
	unsigned filling;
	bool ended;
	bool good; /* the writer's, read after it ended */
	zp_error err;
};

static void write_buffer(zp_stream *s, const buffer *b)
{
	zp_digest_add(s->digest, b->bytes, b->n);
	s->size += b->n;
	s->good = s->good && zp_direct_put(s->fd, s->name, b->bytes, b->n, &s->err);
}

static void *write_behind(void *stream)
{
	zp_stream *s = stream;
	for (unsigned i = 0;; i = (i + 1) % BUFFERS) {
		pthread_mutex_lock(&s->lock);
		while (!s->buffers[i].full && !s->ended)
			pthread_cond_wait(&s->changed, &s->lock);
		bool full = s->buffers[i].full;
		pthread_mutex_unlock(&s->lock);
		if (!full)
			return NULL;
		write_buffer(s, &s->buffers[i]);
		pthread_mutex_lock(&s->lock);
		s->buffers[i].full = false;
		s->buffers[i].n = 0;
		pthread_cond_broadcast(&s->changed);
		pthread_mutex_unlock(&s->lock);
	}
}

static void hand_over(zp_stream *s)
{
	pthread_mutex_lock(&s->lock);
	s->buffers[s->filling].full = true;
	pthread_cond_broadcast(&s->changed);
	s->filling = (s->filling + 1) % BUFFERS;
	while (s->buffers[s->filling].full)
		pthread_cond_wait(&s->changed, &s->lock);
	pthread_mutex_unlock(&s->lock);
}

zp_stream *zp_stream_open(zp_press *press, const char *name, zp_error *err)
{
	int fd = zp_press_create(press, name, err);
	if (fd < 0)
		return NULL;
	zp_direct(fd, true);
	zp_stream *s = zp_must(calloc(1, sizeof *s));
	*s = (zp_stream){ .press = press, .name = strdup(name), .fd = fd, .digest = zp_digest_open(), .good = true };
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	for (unsigned i = 0; i < BUFFERS; i++)
		s->buffers[i].bytes = zp_direct_room(BUFFER_BYTES);
	if (!s->name || pthread_create(&s->writer, NULL, write_behind, s) != 0)
		zp_no_memory();
	return s;
}

void zp_stream_put(zp_stream *s, const char *bytes, size_t n)
{
	while (n) {
		buffer *b = &s->buffers[s->filling];
		size_t room = BUFFER_BYTES - b->n, some = n < room ? n : room;
		memcpy(b->bytes + b->n, bytes, some);
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
	zp_input file = { .name = s->name, .size = s->size };
	zp_digest_close(s->digest, file.sha256);
	bool good = s->good || zp_fail_as(err, &s->err);
	good = zp_press_finish(s->fd, s->name, err) && good;
	if (good) {
		zp_press_record(s->press, &file);
		zp_proof_begin(s->press, &file);
	}
	for (unsigned i = 0; i < BUFFERS; i++)
		free(s->buffers[i].bytes);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	free(s->name);
	free(s);
	return good;
}
