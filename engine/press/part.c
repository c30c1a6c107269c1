/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/part.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/words.h"
#include "press/disk.h"

#define FORM "zhiping part "
#define FIRST_LINE FORM "1\n"
#define TRAILER ZP_DIGEST_TEXT /* 64 digits and a line feed */
#define PART_MODE 0640         /* to be read by its owner and the group */
#define BUFFER (256u << 10)

static const char *const kinds[ZP_PART_KINDS] = { [ZP_PART_SCORES] = "scores", [ZP_PART_PAPERS] = "papers", [ZP_PART_SEALS] = "seals" };

const char *zp_part_name(zp_part_kind kind, zp_division of, char out[static ZP_PART_NAME])
{
	snprintf(out, ZP_PART_NAME, "%s-%u-of-%u" ZP_PART_ENDS, kinds[kind], of.i, of.n);
	return out;
}

bool zp_part_is_of(const char *name, zp_part_kind kind)
{
	for (int k = 0; k < ZP_PART_KINDS; k++) {
		const size_t n = strlen(kinds[k]);
		if (strncmp(name, kinds[k], n) == 0 && name[n] == '-')
			return k == (int)kind;
	}
	return true;
}

/* ---- writing ---- */

struct zp_part_writer {
	char *folder, *fresh, *path; /* under which name it is written, and which it will have */
	int fd;
	zp_digest *digest;
	zp_error err; /* the first failure */
	size_t n;
	char buffer[BUFFER];
};

static void flush(zp_part_writer *w)
{
	zp_digest_add(w->digest, w->buffer, w->n);
	if (!w->err.code && !zp_fd_write(w->fd, w->buffer, w->n))
		zp_disk_failed(&w->err, ZP_MESSAGE("the file cannot be written"), w->fresh);
	w->n = 0;
}

void zp_part_bytes(zp_part_writer *w, const void *bytes, size_t n)
{
	for (const char *p = bytes; n;) {
		if (w->n == BUFFER)
			flush(w);
		const size_t some = n < BUFFER - w->n ? n : BUFFER - w->n;
		memcpy(w->buffer + w->n, p, some);
		w->n += some, p += some, n -= some;
	}
}

void zp_part_put(zp_part_writer *w, uint64_t v, size_t bytes)
{
	unsigned char out[8];
	for (size_t k = 0; k < bytes; k++, v >>= 8)
		out[k] = (unsigned char)v;
	zp_part_bytes(w, out, bytes);
}

void zp_part_text(zp_part_writer *w, zp_text text)
{
	zp_part_u32(w, (uint32_t)text.n);
	zp_part_bytes(w, text.p, text.n);
}

/* What machines left that were ended while they wrote this part: files whose lock can be taken. */
static void remove_dead(const char *folder, const char *name)
{
	DIR *dir = opendir(folder);
	for (const struct dirent *entry; dir && (entry = readdir(dir));) {
		if (entry->d_name[0] != '.' || strncmp(entry->d_name + 1, name, strlen(name)) != 0 || strlen(entry->d_name) != strlen(".-XXXXXX") + strlen(name))
			continue;
		const int fd = openat(dirfd(dir), entry->d_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
		if (fd >= 0 && TEMP_FAILURE_RETRY(flock(fd, LOCK_EX | LOCK_NB)) == 0)
			unlinkat(dirfd(dir), entry->d_name, 0);
		if (fd >= 0)
			close(fd);
	}
	if (dir)
		closedir(dir);
}

zp_part_writer *zp_part_begin(const char *folder, const zp_part_head *head, zp_error *err)
{
	char name[ZP_PART_NAME];
	if (!zp_disk_folders(folder, 0, err))
		return NULL;
	zp_part_writer *w = zp_must(calloc(1, sizeof *w));
	w->folder = zp_must(strdup(folder));
	w->path = zp_joined(folder, zp_part_name(head->kind, head->of, name));
	remove_dead(folder, name);
	char fresh[ZP_PART_NAME + 16];
	snprintf(fresh, sizeof fresh, ".%s-XXXXXX", name); /* two machines may be at the same part */
	w->fresh = zp_joined(folder, fresh);
	w->fd = (int)TEMP_FAILURE_RETRY(mkostemp(w->fresh, O_CLOEXEC));
	if (w->fd >= 0)
		flock(w->fd, LOCK_EX | LOCK_NB); /* as long as it lives; where there are no locks, nothing is removed */
	w->digest = zp_digest_open();
	if (w->fd < 0 || fchmod(w->fd, PART_MODE) != 0) { /* now, so that others of the group can tell whether it lives */
		zp_disk_failed(err, ZP_MESSAGE("the file cannot be made"), w->fresh);
		zp_part_drop(w);
		return NULL;
	}
	const zp_basis *b = &head->basis;
	zp_part_bytes(w, FIRST_LINE, strlen(FIRST_LINE));
	zp_part_u8(w, (uint8_t)head->kind);
	zp_part_u32(w, head->of.i);
	zp_part_u32(w, head->of.n);
	const char *const texts[] = { b->engine, b->machine, b->rounding, b->rules, b->inputs, b->stand, b->wish };
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		zp_part_text(w, zp_text_of(texts[k]));
	return w;
}

static void let_go(zp_part_writer *w)
{
	free(w->folder);
	free(w->fresh);
	free(w->path);
	free(w);
}

void zp_part_drop(zp_part_writer *w)
{
	char digest[ZP_DIGEST_TEXT];
	if (w->digest)
		zp_digest_close(w->digest, digest);
	if (w->fd >= 0) {
		close(w->fd);
		unlink(w->fresh);
	}
	let_go(w);
}

bool zp_part_finish(zp_part_writer *w, zp_error *err)
{
	char digest[ZP_DIGEST_TEXT];
	flush(w);
	zp_digest_close(w->digest, digest);
	w->digest = NULL;
	digest[TRAILER - 1] = '\n';
	bool good = !w->err.code || zp_fail_as(err, &w->err);
	good = good && ((zp_fd_write(w->fd, digest, TRAILER) && TEMP_FAILURE_RETRY(fsync(w->fd)) == 0) ||
			zp_disk_failed(err, ZP_MESSAGE("the file cannot be written"), w->fresh));
	good = good && ((zp_fd_close(w->fd) && TEMP_FAILURE_RETRY(rename(w->fresh, w->path)) == 0) || zp_disk_failed(err, ZP_MESSAGE("the file cannot be written"), w->path));
	if (!good) {
		zp_part_drop(w);
		return false;
	}
	good = zp_disk_sync_folder(w->folder, 0, err);
	let_go(w);
	return good;
}

/* ---- reading ---- */

typedef struct mapping { void *at; size_t n; } mapping;

static void unmap(void *thing)
{
	const mapping *m = thing;
	munmap(m->at, m->n);
}

/* Gives: .p NULL and *why. */
static zp_text map(zp_arena *arena, const char *path, const char **why)
{
	uint64_t size;
	const int fd = zp_file_open(path, &size, why);
	if (fd < 0)
		return (zp_text){ NULL, 0 };
	if (size == 0 || size > SIZE_MAX / 2) {
		close(fd);
		*why = size ? "is larger than this machine can hold" : "is empty";
		return (zp_text){ NULL, 0 };
	}
	void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (at == MAP_FAILED) {
		*why = "cannot be read";
		return (zp_text){ NULL, 0 };
	}
	mapping *m = zp_take(arena, mapping, 1);
	*m = (mapping){ at, size };
	zp_arena_at_end(arena, unmap, m);
	return (zp_text){ at, size };
}

static bool is_whole(zp_text bytes)
{
	char digest[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, bytes.p, bytes.n - TRAILER);
	zp_digest_close(d, digest);
	return memcmp(digest, bytes.p + bytes.n - TRAILER, TRAILER - 1) == 0 && bytes.p[bytes.n - 1] == '\n';
}

static bool take_digest(zp_part_cursor *c, char out[static ZP_DIGEST_TEXT])
{
	const zp_text text = zp_part_take_text(c);
	if (text.n != ZP_DIGEST_TEXT - 1)
		return false;
	memcpy(out, text.p, text.n);
	out[text.n] = '\0';
	return true;
}

static const char *take_line(zp_part_cursor *c, zp_arena *arena)
{
	const zp_text text = zp_part_take_text(c);
	return memchr(text.p, '\0', text.n) ? "" : zp_arena_text(arena, text.p, text.n);
}

static bool read_head(zp_arena *arena, zp_part_cursor *c, zp_part_head *head)
{
	zp_basis *b = &head->basis;
	const uint64_t kind = zp_part_number(c, 1);
	head->kind = (zp_part_kind)kind;
	head->of.i = (uint32_t)zp_part_number(c, 4);
	head->of.n = (uint32_t)zp_part_number(c, 4);
	b->engine = take_line(c, arena);
	const bool digests = take_digest(c, b->machine) && take_digest(c, b->rounding) && take_digest(c, b->rules) && take_digest(c, b->inputs) && take_digest(c, b->stand);
	b->wish = take_line(c, arena);
	return digests && !c->bad && kind < ZP_PART_KINDS && head->of.i >= 1 && head->of.i <= head->of.n && head->of.n <= ZP_PARTS_MOST;
}

bool zp_part_read(zp_arena *arena, const char *folder, const char *name, zp_part *part, const char **why)
{
	*part = (zp_part){ .name = name };
	const zp_text bytes = map(arena, zp_arena_print(arena, "%s/%s", folder, name), why);
	if (!bytes.p)
		return false;
	const size_t first = strlen(FIRST_LINE), form = strlen(FORM);
	*why = "is none; expected a file that zhiping shard wrote";
	if (bytes.n < form || memcmp(bytes.p, FORM, form) != 0)
		return false;
	*why = "is damaged or cut off; expected it as zhiping shard wrote it";
	if (bytes.n < first + TRAILER || !is_whole(bytes))
		return false;
	*why = "has another form than this version writes; expected \"zhiping part 1\" in its first line";
	if (memcmp(bytes.p, FIRST_LINE, first) != 0)
		return false;
	*why = "has a head that no zhiping shard writes; expected a part as it was written";
	part->body = (zp_part_cursor){ (const unsigned char *)bytes.p + first, bytes.n - first - TRAILER, false };
	return read_head(arena, &part->body, &part->head);
}

bool zp_part_look(zp_arena *arena, const char *folder, const char *name, zp_part_head *head)
{
	const char *why;
	const zp_text bytes = map(arena, zp_arena_print(arena, "%s/%s", folder, name), &why);
	const size_t first = strlen(FIRST_LINE);
	if (!bytes.p || bytes.n < first || memcmp(bytes.p, FIRST_LINE, first) != 0)
		return false;
	zp_part_cursor c = { (const unsigned char *)bytes.p + first, bytes.n - first, false };
	return read_head(arena, &c, head);
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

const char **zp_part_list(zp_arena *arena, const char *folder, size_t *n, zp_error *err)
{
	size_t room = 0;
	const char **names = zp_arena_more(arena, NULL, 0, &room, sizeof *names);
	*n = 0;
	DIR *dir = opendir(folder);
	if (!dir && errno != ENOENT) {
		zp_disk_failed(err, ZP_MESSAGE("cannot be looked into"), folder);
		return NULL;
	}
	for (const struct dirent *entry; dir && (entry = readdir(dir));) {
		const size_t length = strlen(entry->d_name), end = strlen(ZP_PART_ENDS);
		if (length <= end || entry->d_name[0] == '.' || strcmp(entry->d_name + length - end, ZP_PART_ENDS) != 0)
			continue;
		names = zp_arena_more(arena, names, *n, &room, sizeof *names);
		names[(*n)++] = zp_arena_text(arena, entry->d_name, length);
	}
	if (dir)
		closedir(dir);
	qsort(names, *n, sizeof *names, by_bytes);
	return names;
}
