/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that lives until its arena is closed: the run owns one, everything else is lent. */
#ifndef ZP_BASE_ARENA_H
#define ZP_BASE_ARENA_H

#include <stddef.h>

typedef struct zp_arena zp_arena;

/* Fails: never; a process without memory says so and ends (memory.h). */
zp_arena *zp_arena_open(void);
void zp_arena_close(zp_arena *);

/* A zeroed piece, aligned for any type. One thread at a time per arena. */
void *zp_arena_take(zp_arena *, size_t bytes);
#define zp_take(arena, type, n) ((type *)zp_arena_take((arena), (size_t)(n) * sizeof(type)))

/* For a list that grows: room for one more behind its n entries. It begins as NULL with *room 0.
 * Gives: the list, which may have moved; zeroed behind n. */
void *zp_arena_more(zp_arena *, void *list, size_t n, size_t *room, size_t each);

/* A NUL-terminated copy of n bytes. */
char *zp_arena_text(zp_arena *, const char *bytes, size_t n);
char *zp_arena_print(zp_arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Have end(thing) called when the arena closes, last registered first. */
void zp_arena_at_end(zp_arena *, void (*end)(void *), void *thing);

/* An arena of its own, for a thread say, that closes with this one. One thread at a time. */
zp_arena *zp_arena_within(zp_arena *);

/* Everything this arena holds, in bytes. */
size_t zp_arena_size(const zp_arena *);

#endif
