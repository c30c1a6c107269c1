/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A press that publishes nothing: for who asks what would come of it. Its files have no name in any folder. And memory that is shared
 * with children. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/words.h"
#include "press/record.h"

#define FILE_MOST (16ull << 30)

typedef struct kept_file { char *name; int fd; struct kept_file *next; } kept_file;
struct zp_aside { kept_file *files; };

static void *must(void *p)
{
	if (!p)
		abort();
	return p;
}

zp_press *zp_press_open_aside(void)
{
	zp_press *press = must(calloc(1, sizeof *press));
	pthread_mutex_init(&press->lock, NULL);
	press->guard = -1;
	press->aside = must(calloc(1, sizeof *press->aside));
	press->folder = must(strdup(""));
	press->target = must(strdup(""));
	return press;
}

/* Whoever writes closes the descriptor that is given; another one keeps the file. */
int zp_aside_create(zp_press *press, const char *name, zp_error *err)
{
	int fd = memfd_create("zhiping", MFD_CLOEXEC), kept = fd < 0 ? -1 : dup(fd);
	if (kept < 0) {
		zp_fail(err, ZP_IO, name, 0, "no memory for the file: %s", zp_say_errno(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	kept_file *file = must(malloc(sizeof *file));
	*file = (kept_file){ must(strdup(name)), kept, NULL };
	pthread_mutex_lock(&press->lock);
	file->next = press->aside->files;
	press->aside->files = file;
	pthread_mutex_unlock(&press->lock);
	return fd;
}

void zp_aside_close(struct zp_aside *aside)
{
	for (kept_file *file = aside->files, *next; file; file = next) {
		next = file->next;
		close(file->fd);
		free(file->name);
		free(file);
	}
	free(aside);
}

static zp_text read_kept(zp_arena *arena, int fd, const char *name, zp_error *err)
{
	struct stat about;
	if (fstat(fd, &about) != 0) {
		zp_fail(err, ZP_IO, name, 0, "cannot be read again: %s", zp_say_errno(errno));
		return (zp_text){ NULL, 0 };
	}
	char *bytes = zp_arena_take(arena, (size_t)about.st_size + 1);
	for (size_t n = 0; n < (size_t)about.st_size;) {
		ssize_t got = pread(fd, bytes + n, (size_t)about.st_size - n, (off_t)n);
		if (got == 0 || (got < 0 && errno != EINTR)) {
			zp_fail(err, ZP_IO, name, 0, "cannot be read again: %s", zp_say_errno(errno));
			return (zp_text){ NULL, 0 };
		}
		n += got > 0 ? (size_t)got : 0;
	}
	return (zp_text){ bytes, (size_t)about.st_size };
}

/* What is read again goes on into other files: it has to be what was written. */
static bool is_as_written(zp_press *press, const zp_input *read)
{
	bool same = false;
	pthread_mutex_lock(&press->lock);
	for (size_t i = 0; i < press->n && !same; i++)
		same = strcmp(press->files[i].name, read->name) == 0 && press->files[i].size == read->size && strcmp(press->files[i].sha256, read->sha256) == 0;
	pthread_mutex_unlock(&press->lock);
	return same;
}

zp_text zp_press_text(zp_press *press, zp_arena *arena, const char *name, zp_error *err)
{
	for (const kept_file *file = press->aside ? press->aside->files : NULL; file; file = file->next)
		if (strcmp(file->name, name) == 0)
			return read_kept(arena, file->fd, name, err);
	const char *why = NULL, *path = zp_arena_print(arena, "%s/%s", press->stage ? press->stage : "", name);
	zp_input input;
	zp_text bytes = zp_file_read(arena, path, FILE_MOST, name, &input, &why);
	if (!bytes.p)
		zp_fail(err, ZP_IO, name, 0, "cannot be read again: %s", why);
	else if (!is_as_written(press, &input) && !zp_fail(err, ZP_IO, name, 0, "the disk does not hold what was written to it; nothing is published"))
		bytes.p = NULL;
	return bytes;
}

/* ---- memory that is shared ---- */

typedef struct shared { void *p; size_t n; } shared;

static void let_go(void *memory)
{
	const shared *s = memory;
	munmap(s->p, s->n);
}

void *zp_press_share(zp_arena *arena, size_t bytes)
{
	shared *s = zp_take(arena, shared, 1);
	s->n = bytes ? bytes : 1;
	s->p = mmap(NULL, s->n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s->p == MAP_FAILED)
		abort();
	zp_arena_at_end(arena, let_go, s);
	return s->p;
}
