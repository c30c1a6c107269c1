/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A large file, written behind the backs of those who make it: what is put is gathered in large buffers,
 * and a thread of its own digests and writes them, past the page cache (press/direct.h). */
#ifndef ZP_PRESS_STREAM_H
#define ZP_PRESS_STREAM_H

#include "press/outbox.h"

typedef struct zp_stream zp_stream;

/* Fails: NULL, ZP_IO. */
zp_stream *zp_stream_open(zp_press *, const char *name, zp_error *);
/* One thread at a time. A failure is told when the stream is closed. */
void zp_stream_put(zp_stream *, const char *bytes, size_t n);
/* Everything to the file, and the file to the press's list. Frees the stream in any case. */
bool zp_stream_close(zp_stream *, zp_error *);

#endif
