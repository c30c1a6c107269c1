/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/spill.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <unistd.h>
#include "base/environment.h"
#include "base/memory.h"
#include "base/words.h"

typedef struct piece { void *at; size_t bytes; } piece;

struct zp_spill {
	uint64_t most;
	size_t page;
	int statm;
	pthread_mutex_t lock; /* for what follows */
	int fd; /* -1: not yet */
	off_t size;
	piece *pieces;
	size_t n;
};

zp_spill *zp_spill_open(uint64_t most)
{
	zp_spill *s = zp_must(calloc(1, sizeof *s));
	*s = (zp_spill){ .most = most, .page = (size_t)sysconf(_SC_PAGESIZE), .statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC), .fd = -1 };
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

void zp_spill_close(zp_spill *s)
{
	for (size_t i = 0; i < s->n; i++)
		munmap(s->pieces[i].at, s->pieces[i].bytes);
	if (s->fd >= 0)
		close(s->fd);
	if (s->statm >= 0)
		close(s->statm);
	pthread_mutex_destroy(&s->lock);
	free(s->pieces);
	free(s);
}

static bool no_room(int why, zp_error *err)
{
	return zp_fail(err, ZP_IO, zp_environment_temporary(), 0, "the results that --memory keeps out of memory have no room here: %s", zp_say_errno(why));
}

/* A file that nobody else can open, and that goes away with the process. Gives: -1 with errno. */
static int make_file(const char *folder)
{
	char *path = zp_must(malloc(strlen(folder) + sizeof "/zhiping-XXXXXX"));
	stpcpy(stpcpy(path, folder), "/zhiping-XXXXXX");
	const int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	free(path);
	return fd;
}

/* What lies there would be in memory all the same. */
static bool lies_in_memory(int fd)
{
	struct statfs about;
	return fstatfs(fd, &about) == 0 && (about.f_type == TMPFS_MAGIC || about.f_type == RAMFS_MAGIC);
}

static bool open_file(zp_spill *s, zp_error *err)
{
	const char *folder = zp_environment_temporary();
	if (s->fd < 0 && (s->fd = make_file(folder)) < 0)
		return no_room(errno, err);
	return !lies_in_memory(s->fd) || zp_fail(err, ZP_IO, folder, 0, "lies in memory, where --memory can bound nothing; expected a folder on a disk, named by TMPDIR");
}

static void *take(zp_spill *s, size_t bytes, zp_error *err)
{
	if (!open_file(s, err))
		return NULL;
	errno = posix_fallocate(s->fd, s->size, (off_t)bytes); /* all of it now: a disk that is full later would end the process by a signal */
	void *at = errno ? MAP_FAILED : mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, s->fd, s->size);
	if (at == MAP_FAILED) {
		no_room(errno, err);
		return NULL;
	}
	s->size += (off_t)bytes;
	s->pieces = zp_must(realloc(s->pieces, (s->n + 1) * sizeof *s->pieces));
	s->pieces[s->n++] = (piece){ at, bytes };
	return at;
}

void *zp_spill_take(zp_spill *s, size_t bytes, zp_error *err)
{
	pthread_mutex_lock(&s->lock);
	void *at = take(s, (bytes + s->page) / s->page * s->page, err);
	pthread_mutex_unlock(&s->lock);
	return at;
}

/* The second number of statm, in pages. Gives: all there is when it cannot be read. */
static uint64_t resident(const zp_spill *s)
{
	char text[128];
	const ssize_t n = s->statm < 0 ? -1 : pread(s->statm, text, sizeof text - 1, 0);
	uint64_t pages = 0;
	if (n <= 0)
		return UINT64_MAX;
	text[n] = '\0';
	for (const char *p = text + strcspn(text, " "); *p && *++p >= '0' && *p <= '9';)
		pages = 10 * pages + (uint64_t)(*p - '0');
	return pages * s->page;
}

void zp_spill_ease(zp_spill *s)
{
	if (!s || resident(s) <= s->most / 4 * 3)
		return;
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->n; i++)
		madvise(s->pieces[i].at, s->pieces[i].bytes, MADV_DONTNEED); /* of a shared file: the file keeps it */
	pthread_mutex_unlock(&s->lock);
}

/* Without the right to write, a private mapping takes nothing from what the machine can promise. */
bool zp_spill_read_only(zp_spill *s)
{
	bool good = true;
	off_t from = 0; /* pieces lie one behind the other */
	for (size_t i = 0; s && i < s->n && good; i++) {
		const piece *p = &s->pieces[i];
		good = mmap(p->at, p->bytes, PROT_READ, MAP_PRIVATE | MAP_FIXED, s->fd, from) != MAP_FAILED;
		from += (off_t)p->bytes;
	}
	return good;
}

void zp_spill_leave(zp_spill *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		munmap(s->pieces[i].at, s->pieces[i].bytes);
	s->n = 0;
}

uint64_t zp_spill_peak(void)
{
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	return (uint64_t)used.ru_maxrss * 1024;
}
