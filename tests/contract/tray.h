/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An outbox that keeps what an emitter writes, and what other programs make of it. */
#ifndef ZP_TEST_TRAY_H
#define ZP_TEST_TRAY_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "host/plugin.h"

#define TRAY_FILES 16

typedef struct tray_file { char name[64]; char *bytes; size_t n; } tray_file;
typedef struct tray { zp_arena *arena; tray_file files[TRAY_FILES]; size_t n, most; } tray; /* most: files that go in */

/* Arenas of a test, closed behind it by TestSuite(..., .fini = tray_end). */
#define TRAY_ARENAS 256
static zp_arena *tray_arenas[TRAY_ARENAS];
static size_t tray_arenas_n;

static inline zp_arena *tray_arena(void)
{
	cr_assert_lt(tray_arenas_n, TRAY_ARENAS);
	return tray_arenas[tray_arenas_n++] = zp_arena_open();
}

static inline void tray_end(void)
{
	while (tray_arenas_n)
		zp_arena_close(tray_arenas[--tray_arenas_n]);
}

static inline tray tray_open(size_t most) { return (tray){ .arena = tray_arena(), .most = most }; }

static inline bool tray_keep(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	tray *t = self;
	if (t->n == t->most)
		return zp_fail(err, ZP_IO, name, 0, "the disk is full");
	tray_file *f = &t->files[t->n++];
	snprintf(f->name, sizeof f->name, "%s", name);
	f->bytes = zp_arena_text(t->arena, bytes, n);
	f->n = n;
	return true;
}

/* NULL: it was not written. */
static inline tray_file *tray_find(tray *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->files[i].name, name) == 0)
			return &t->files[i];
	return NULL;
}

static inline tray_file *tray_file_of(tray *t, const char *name)
{
	tray_file *f = tray_find(t, name);
	cr_assert(f, "%s was not written", name);
	return f;
}

/* What a program prints of bytes that it is given as a file; NULL when it is not installed, or fails. */
static inline char *printed_by(zp_arena *a, const char *before, const void *bytes, size_t size, const char *after)
{
	const int fd = memfd_create("file", 0);
	cr_assert(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
	FILE *p = popen(zp_arena_print(a, "%s /proc/self/fd/%d %s 2>&1", before, fd, after), "r");
	size_t room = 8 << 20, n = 0, got;
	char *out = zp_arena_take(a, room);
	while ((got = fread(out + n, 1, room - n - 1, p)) > 0)
		n += got;
	close(fd);
	return pclose(p) == 0 ? out : NULL;
}

/* Without blanks: where lines break is the layout's business. */
static inline char *squeezed(zp_arena *a, const char *text)
{
	char *out = zp_arena_take(a, strlen(text) + 1), *p = out;
	for (; *text; text++)
		if (!strchr(" \t\r\n\f", *text))
			*p++ = *text;
	return out;
}

#endif
