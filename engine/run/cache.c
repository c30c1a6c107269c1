/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/cache.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/memory.h"

#define FIRST_LINE "zhiping records 1\n"
#define ENTRY_MOST (64u << 20) /* a larger one is not kept: it would fill disks */
#define UNFINISHED ".new-"     /* begins the name of an entry that is being written */

/* Before the records: the line above, their digest, their length. */
typedef struct entry_head {
	char line[sizeof FIRST_LINE - 1];
	char sha256[ZP_DIGEST_TEXT];
	uint64_t n;
} entry_head;

struct zp_cache {
	int folder;
	const zp_run *run;
	char program[ZP_DIGEST_TEXT];
	char (*plugins)[ZP_DIGEST_TEXT]; /* of the files they were loaded from, as they stand in the registry; "" when built in */
	pthread_mutex_t lock; /* for what follows */
	zp_arena *arena;
	zp_names *asked; /* entries of this run */
	unsigned n_unfinished;
	zp_recalled recalled;
};

static void digest_of(const void *bytes, size_t n, char out[static ZP_DIGEST_TEXT])
{
	zp_digest *digest = zp_digest_open();
	zp_digest_add(digest, bytes, n);
	zp_digest_close(digest, out);
}

static bool digest_file(zp_arena *arena, const char *path, char out[static ZP_DIGEST_TEXT])
{
	const char *why;
	zp_input record = { 0 };
	if (!zp_file_read(arena, path, 1u << 30, path, &record, &why).p)
		return false;
	memcpy(out, record.sha256, ZP_DIGEST_TEXT);
	return true;
}

/* This program and the loaded importers by their bytes: a version alone would not tell a build from the next. */
static bool digest_programs(zp_cache *c)
{
	const zp_registry *registry = c->run->registry;
	zp_arena *arena = zp_arena_open();
	bool good = digest_file(arena, "/proc/self/exe", c->program);
	c->plugins = zp_arena_take(c->arena, (zp_registry_count(registry) + 1) * sizeof *c->plugins);
	for (size_t i = 0; i < zp_registry_count(registry) && good; i++)
		if (zp_registry_at(registry, i)->kind == ZP_IMPORTER && zp_registry_path(registry, i))
			good = digest_file(arena, zp_registry_path(registry, i), c->plugins[i]);
	zp_arena_close(arena);
	return good;
}

/* A folder within a folder; no link is followed. */
static int folder_in(int parent, const char *name, bool make)
{
	if (make && !zp_mkdir(parent, name, 0) && errno != EEXIST)
		return -1;
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int open_folder(const char *round_dir, bool make)
{
	int round = open(round_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), own = round < 0 ? -1 : folder_in(round, ".zhiping", make);
	int records = own < 0 ? -1 : folder_in(own, "records", make);
	if (round >= 0)
		close(round);
	if (own >= 0)
		close(own);
	return records;
}

static void let_go(zp_cache *c)
{
	if (c->folder >= 0)
		close(c->folder);
	pthread_mutex_destroy(&c->lock);
	zp_arena_close(c->arena);
	free(c);
}

zp_cache *zp_cache_open(const zp_run *run, bool needed)
{
	zp_cache *c = zp_must(calloc(1, sizeof *c));
	pthread_mutex_init(&c->lock, NULL);
	c->run = run;
	c->arena = zp_arena_open();
	c->asked = zp_names_take(c->arena);
	c->folder = open_folder(run->round_dir, needed);
	if (c->folder >= 0 && (!needed || digest_programs(c)))
		return c;
	let_go(c);
	return NULL;
}

static bool is_key(const char *name)
{
	return strspn(name, "0123456789abcdef") == ZP_DIGEST_TEXT - 1 && !name[ZP_DIGEST_TEXT - 1];
}

void zp_cache_close(zp_cache *c, zp_recalled *recalled)
{
	int again = dup(c->folder);
	DIR *dir = again < 0 ? NULL : fdopendir(again);
	if (!dir && again >= 0)
		close(again);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		bool unfinished = strncmp(entry->d_name, UNFINISHED, strlen(UNFINISHED)) == 0;
		if (unfinished || (is_key(entry->d_name) && zp_names_find(c->asked, zp_text_of(entry->d_name)) == ZP_NO_NAME))
			unlinkat(c->folder, entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
	*recalled = c->recalled;
	let_go(c);
}

static void add_text(zp_digest *digest, const char *text)
{
	zp_digest_add(digest, text, strlen(text) + 1);
}

void zp_cache_key_of(zp_cache *c, const zp_results_file *file, zp_cache_key *key)
{
	const zp_registry *registry = c->run->registry;
	zp_digest *digest = zp_digest_open();
	add_text(digest, c->program);
	for (size_t i = 0; i < zp_registry_count(registry); i++)
		if (zp_registry_at(registry, i) == file->importer)
			add_text(digest, c->plugins[i]);
	add_text(digest, file->importer->name);
	add_text(digest, file->importer->version);
	add_text(digest, file->name);
	add_text(digest, file->input.sha256);
	zp_digest_close(digest, key->name);
	pthread_mutex_lock(&c->lock);
	zp_names_add(c->asked, zp_text_of(key->name));
	pthread_mutex_unlock(&c->lock);
}

static zp_text read_entry(int fd, zp_arena *arena)
{
	const zp_text none = { NULL, 0 };
	struct stat about;
	entry_head head;
	char sha256[ZP_DIGEST_TEXT];
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || !zp_fd_read(fd, &head, sizeof head) ||
	    memcmp(head.line, FIRST_LINE, sizeof head.line) != 0 || head.n > ENTRY_MOST || (uint64_t)about.st_size != sizeof head + head.n)
		return none;
	char *records = zp_arena_take(arena, head.n + 1);
	if (!zp_fd_read(fd, records, head.n))
		return none;
	digest_of(records, head.n, sha256);
	return memcmp(sha256, head.sha256, sizeof sha256) == 0 ? (zp_text){ records, head.n } : none;
}

zp_text zp_cache_find(zp_cache *c, const zp_cache_key *key, zp_arena *arena)
{
	zp_text records = { NULL, 0 };
	int fd = openat(c->folder, key->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0) {
		records = read_entry(fd, arena);
		close(fd);
	}
	pthread_mutex_lock(&c->lock);
	c->recalled.known += records.p != NULL;
	c->recalled.parsed += records.p == NULL;
	pthread_mutex_unlock(&c->lock);
	return records;
}

/* Under a name of its own first, so that nobody ever sees half of it. It need not be synced: half of it is as good as none. */
void zp_cache_keep(zp_cache *c, const zp_cache_key *key, zp_text records)
{
	entry_head head = { .n = records.n };
	char name[64];
	if (records.n > ENTRY_MOST)
		return;
	memcpy(head.line, FIRST_LINE, sizeof head.line);
	digest_of(records.p, records.n, head.sha256);
	pthread_mutex_lock(&c->lock);
	snprintf(name, sizeof name, UNFINISHED "%ld-%u", (long)getpid(), c->n_unfinished++);
	pthread_mutex_unlock(&c->lock);
	int fd = openat(c->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return;
	bool good = zp_fd_write(fd, &head, sizeof head) && zp_fd_write(fd, records.p, records.n);
	good = close(fd) == 0 && good;
	if (!good || renameat(c->folder, name, c->folder, key->name) != 0)
		unlinkat(c->folder, name, 0);
}
