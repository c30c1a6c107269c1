/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One large file from pieces that several threads make; they are put into the file in their order. */
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "base/pool.h"
#include "press/record.h"
#include "press/stream.h"

typedef struct making {
	pthread_mutex_t lock;
	pthread_cond_t turn;
	size_t next; /* the piece that may be put now */
	zp_stream *stream;
	zp_progress *progress;
	zp_piece *pieces; /* one buffer per worker, used again and again */
	void (*make)(void *, size_t, zp_piece *);
	void *context;
} making;

char *zp_piece_room(zp_piece *piece, size_t more)
{
	if (piece->room - piece->n < more) {
		piece->room = 2 * piece->room + more + 4096;
		piece->bytes = zp_must(realloc(piece->bytes, piece->room));
	}
	return piece->bytes + piece->n;
}

void zp_piece_print(zp_piece *piece, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	const int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	char *p = zp_piece_room(piece, (size_t)n + 1);
	va_start(args, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, args);
	va_end(args);
	piece->n += (size_t)n;
}

/* Tasks are handed out in order, so whoever has the next piece is at work and nobody waits for ever. */
static void make_piece(void *context, size_t i, unsigned worker)
{
	making *m = context;
	zp_piece *piece = &m->pieces[worker];
	piece->n = 0;
	m->make(m->context, i, piece);
	pthread_mutex_lock(&m->lock);
	while (m->next != i)
		pthread_cond_wait(&m->turn, &m->lock);
	pthread_mutex_unlock(&m->lock);
	zp_stream_put(m->stream, piece->bytes, piece->n); /* only the one whose turn it is gets here */
	pthread_mutex_lock(&m->lock);
	m->next++;
	zp_progress_step(m->progress, 1);
	pthread_cond_broadcast(&m->turn);
	pthread_mutex_unlock(&m->lock);
}

bool zp_press_pieces(zp_press *press, const char *name, unsigned threads, size_t n,
		     void (*make)(void *context, size_t i, zp_piece *), void *context, zp_error *err)
{
	making m = { .stream = zp_stream_open(press, name, err), .progress = press->progress, .make = make, .context = context };
	if (!m.stream)
		return false;
	press->workers = threads > press->workers ? threads : press->workers;
	m.pieces = zp_must(calloc(threads, sizeof *m.pieces));
	pthread_mutex_init(&m.lock, NULL);
	pthread_cond_init(&m.turn, NULL);
	zp_pool_run(threads, n, make_piece, &m);
	pthread_cond_destroy(&m.turn);
	pthread_mutex_destroy(&m.lock);
	for (unsigned i = 0; i < threads; i++)
		free(m.pieces[i].bytes);
	free(m.pieces);
	return zp_stream_close(m.stream, err);
}
