/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One large file from pieces that several threads make; they are put into the file in their order. */
#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "base/pool.h"
#include "press/record.h"
#include "press/stream.h"

struct zp_making {
	pthread_mutex_t lock;
	pthread_cond_t turn;
	size_t next; /* the piece that may be put now */
	bool given_up; /* nobody wants the rest */
	const char *name; /* lent */
	zp_stream *stream;
	zp_progress *progress;
	zp_piece *pieces; /* one buffer per worker, used again and again */
	unsigned threads;
	size_t n;
	void (*make)(void *, size_t, zp_piece *);
	void *context;
	pthread_t thread;
	bool threaded;
	zp_error err;
};

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
	zp_making *m = context;
	zp_piece *piece = &m->pieces[worker];
	piece->n = 0;
	if (!__atomic_load_n(&m->given_up, __ATOMIC_RELAXED))
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

static void *make_all(void *self)
{
	zp_making *m = self;
	m->pieces = zp_must(calloc(m->threads, sizeof *m->pieces));
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->turn, NULL);
	zp_pool_run(m->threads, m->n, make_piece, m);
	pthread_cond_destroy(&m->turn);
	pthread_mutex_destroy(&m->lock);
	for (unsigned i = 0; i < m->threads; i++)
		free(m->pieces[i].bytes);
	free(m->pieces);
	return NULL;
}

static zp_making begin(zp_press *press, const char *name, unsigned threads, size_t n, void (*make)(void *, size_t, zp_piece *), void *context)
{
	zp_making m = { .name = name, .threads = threads, .n = n, .make = make, .context = context };
	m.stream = zp_stream_open(press, name, &m.err);
	press->workers = threads > press->workers ? threads : press->workers;
	return m;
}

bool zp_press_pieces(zp_press *press, const char *name, unsigned threads, size_t n,
		     void (*make)(void *context, size_t i, zp_piece *), void *context, zp_error *err)
{
	zp_making m = begin(press, name, threads, n, make, context);
	if (!m.stream)
		return zp_fail_as(err, &m.err);
	m.progress = press->progress;
	make_all(&m);
	return zp_stream_close(m.stream, err);
}

/* ---- the same, behind the back of who goes on with something else ---- */

void zp_press_pieces_begin(zp_press *press, const char *name, unsigned threads, size_t n, void (*make)(void *context, size_t i, zp_piece *), void *context)
{
	assert(!press->making);
	zp_making *m = press->making = zp_must(malloc(sizeof *m));
	*m = begin(press, name, threads, n, make, context);
	m->threaded = m->stream && pthread_create(&m->thread, NULL, make_all, m) == 0;
	if (m->stream && !m->threaded)
		make_all(m);
}

bool zp_press_pieces_begun(const zp_press *press, const char *name) { return press->making && strcmp(press->making->name, name) == 0; }

void zp_making_give_up(zp_press *press)
{
	zp_error after = { 0 }; /* nobody asks what became of it */
	if (press->making)
		__atomic_store_n(&press->making->given_up, true, __ATOMIC_RELAXED);
	zp_press_pieces_end(press, &after);
}

bool zp_press_pieces_end(zp_press *press, zp_error *err)
{
	zp_making *m = press->making;
	if (!m)
		return true;
	if (m->threaded)
		pthread_join(m->thread, NULL);
	const bool good = m->stream ? zp_stream_close(m->stream, err) : zp_fail_as(err, &m->err);
	free(m);
	press->making = NULL;
	return good;
}
