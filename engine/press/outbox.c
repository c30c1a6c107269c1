/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/outbox.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/words.h"
#include "press/record.h"

static void *must(void *p)
{
	if (!p)
		abort();
	return p;
}

static char *joined(const char *a, const char *b)
{
	char *path = must(malloc(strlen(a) + strlen(b) + 2));
	stpcpy(stpcpy(stpcpy(path, a), "/"), b);
	return path;
}

static bool failed(zp_error *err, const char *what, const char *path)
{
	return zp_fail(err, ZP_IO, path, 0, "%s: %s", zp_say(what), zp_say_errno(errno));
}

static bool sync_path(const char *path, int flags, zp_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	if (fd < 0)
		return failed(err, ZP_MESSAGE("cannot be opened to be synced"), path);
	bool good = fsync(fd) == 0 || failed(err, ZP_MESSAGE("cannot be synced; nothing is published"), path);
	close(fd);
	return good;
}

/* A folder that was just made is safe when the one it lies in knows of it. */
static bool sync_parent(const char *path, zp_error *err)
{
	char *parent = must(strdup(path)), *slash = strrchr(parent, '/');
	if (slash)
		slash[slash == parent] = '\0';
	bool good = sync_path(slash ? parent : ".", O_DIRECTORY, err);
	free(parent);
	return good;
}

/* mkdir -p; existing folders are fine. */
static bool make_folders(char *path, zp_error *err)
{
	for (char *p = path + 1;; p++) {
		if (*p && *p != '/')
			continue;
		char was = *p;
		*p = '\0';
		bool made = mkdir(path, 0777) == 0;
		bool good = made ? sync_parent(path, err) : errno == EEXIST || failed(err, ZP_MESSAGE("the folder cannot be made"), path);
		*p = was;
		if (!good || !was)
			return good;
	}
}

static int by_folder_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The stage beside the final folder. Gives: the press; NULL after it was let go. */
static zp_press *begin(zp_press *press, bool good, zp_error *err)
{
	if (good && make_folders(press->folder, err)) {
		press->stage = joined(press->folder, ".stage-XXXXXX");
		if (!mkdtemp(press->stage) || chmod(press->stage, 0755) != 0) {
			failed(err, ZP_MESSAGE("the folder cannot be made"), press->stage);
			free(press->stage);
			press->stage = NULL;
		}
	}
	if (press->stage)
		return press;
	zp_press_close(press);
	return NULL;
}

zp_press *zp_press_open(const char *into, const char *round, const char *version, zp_error *err)
{
	zp_press *press = must(calloc(1, sizeof *press));
	pthread_mutex_init(&press->lock, NULL);
	press->folder = joined(into, round);
	press->target = joined(press->folder, version);
	struct stat about;
	bool good = lstat(press->target, &about) != 0 ||
		    zp_fail(err, ZP_BAD_INPUT, press->target, 0,
			    "this round is published already, and what is published never changes; expected another folder");
	return begin(press, good, err);
}

/* Whether a folder of the caller's choice may be taken: absent, or without content. */
static bool is_free(const char *path, zp_error *err)
{
	struct stat about;
	if (lstat(path, &about) != 0 && errno == ENOENT)
		return true;
	DIR *dir = opendir(path);
	if (!dir)
		return errno == ENOTDIR ? zp_fail(err, ZP_BAD_USE, path, 0, "is not a folder; expected a folder that is empty or does not exist")
					: failed(err, ZP_MESSAGE("cannot be looked into"), path);
	bool empty = true;
	for (const struct dirent *entry; (entry = readdir(dir));)
		empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	closedir(dir);
	return empty || zp_fail(err, ZP_BAD_USE, path, 0, "is not empty; expected a folder that is empty or does not exist");
}

zp_press *zp_press_open_folder(const char *path, zp_error *err)
{
	zp_press *press = must(calloc(1, sizeof *press));
	pthread_mutex_init(&press->lock, NULL);
	press->over_empty = true;
	press->target = must(strdup(path));
	for (size_t n = strlen(path); n > 1 && press->target[n - 1] == '/'; n--)
		press->target[n - 1] = '\0';
	const char *slash = strrchr(press->target, '/'), *last = slash ? slash + 1 : press->target;
	press->folder = !slash ? must(strdup(".")) : must(strndup(press->target, slash == press->target ? 1 : (size_t)(slash - press->target)));
	bool named = *last && strcmp(last, ".") != 0 && strcmp(last, "..") != 0;
	if (!named)
		zp_fail(err, ZP_BAD_USE, path, 0, "is not a name for a new folder");
	return begin(press, named && is_free(press->target, err), err);
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	(void)about, (void)type, (void)walk;
	return remove(path);
}

void zp_press_close(zp_press *press)
{
	if (press->stage)
		nftw(press->stage, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	for (size_t i = 0; i < press->n; i++)
		free((char *)press->files[i].name);
	for (size_t i = 0; i < press->n_folders; i++)
		free(press->folders[i]);
	if (press->aside)
		zp_aside_close(press->aside);
	pthread_mutex_destroy(&press->lock);
	free(press->files);
	free(press->folders);
	free(press->stage);
	free(press->folder);
	free(press->target);
	free(press);
}

void zp_press_watch(zp_press *press, zp_progress *progress) { press->progress = progress; }

const char *zp_press_target(const zp_press *press) { return press->target; }
const char *zp_press_stage(const zp_press *press) { return press->stage; }
size_t zp_press_count(const zp_press *press) { return press->n; }

void zp_press_record(zp_press *press, const zp_input *file)
{
	pthread_mutex_lock(&press->lock);
	if (press->n == press->room) {
		press->room = press->room ? 2 * press->room : 64;
		press->files = must(realloc(press->files, press->room * sizeof *press->files));
	}
	press->files[press->n] = *file;
	press->files[press->n++].name = must(strdup(file->name));
	pthread_mutex_unlock(&press->lock);
}

static bool is_inside(const char *name)
{
	return name[0] != '/' && name[0] != '.' && !strstr(name, "/.") && !strstr(name, "//") && name[0];
}

/* Make the folders that the name needs, and remember them for the sync. */
static bool prepare_folders(zp_press *press, const char *name, zp_error *err)
{
	bool good = true;
	for (const char *slash = strchr(name, '/'); slash && good; slash = strchr(slash + 1, '/')) {
		char *folder = must(strndup(name, (size_t)(slash - name)));
		char *path = joined(press->stage, folder);
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			good = failed(err, ZP_MESSAGE("the folder cannot be made"), path);
		free(path);
		free(folder);
	}
	return good;
}

bool zp_press_folder(zp_press *press, const char *name, zp_error *err)
{
	if (!is_inside(name))
		return zp_fail(err, ZP_BUG, name, 0, "this name may not be written");
	char *inner = joined(name, "");
	bool good = prepare_folders(press, inner, err);
	free(inner);
	return good;
}

int zp_press_create(zp_press *press, const char *name, zp_error *err)
{
	if (!is_inside(name)) {
		zp_fail(err, ZP_BUG, name, 0, "this name may not be written");
		return -1;
	}
	if (press->aside)
		return zp_aside_create(press, name, err);
	if (!prepare_folders(press, name, err))
		return -1;
	char *path = joined(press->stage, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		failed(err, ZP_MESSAGE("the file cannot be made"), path);
	free(path);
	return fd;
}

bool zp_press_put(int fd, const char *name, const char *bytes, size_t n, zp_error *err)
{
	while (n) {
		ssize_t wrote = write(fd, bytes, n);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return failed(err, ZP_MESSAGE("the file cannot be written"), name);
		bytes += wrote;
		n -= (size_t)wrote;
	}
	return true;
}

bool zp_press_finish(int fd, const char *name, zp_error *err)
{
	sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE); /* a hint to begin; fsync before publishing is what counts */
	return close(fd) == 0 || failed(err, ZP_MESSAGE("the file cannot be closed"), name);
}

bool zp_press_write(zp_press *press, const char *name, const void *bytes, size_t n, zp_error *err)
{
	int fd = zp_press_create(press, name, err);
	if (fd < 0)
		return false;
	bool good = zp_press_put(fd, name, bytes, n, err);
	good = zp_press_finish(fd, name, err) && good;
	if (!good)
		return false;
	zp_input file = { .name = name, .size = n };
	zp_digest *digest = zp_digest_open();
	zp_digest_add(digest, bytes, n);
	zp_digest_close(digest, file.sha256);
	zp_press_record(press, &file);
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const zp_input *)a)->name, ((const zp_input *)b)->name);
}

const zp_input *zp_press_files(zp_press *press)
{
	qsort(press->files, press->n, sizeof *press->files, by_name);
	return press->files;
}

static bool sync_file(const zp_press *press, const char *name, zp_error *err)
{
	char *path = joined(press->stage, name);
	bool good = sync_path(path, 0, err);
	free(path);
	return good;
}

/* Every folder that some file lies in, once. */
static void collect_folders(zp_press *press)
{
	const zp_input *files = zp_press_files(press);
	size_t room = 0;
	for (size_t i = 0; i < press->n; i++) {
		for (const char *slash = strchr(files[i].name, '/'); slash; slash = strchr(slash + 1, '/')) {
			if (press->n_folders == room) {
				room = room ? 2 * room : 64;
				press->folders = must(realloc(press->folders, room * sizeof *press->folders));
			}
			press->folders[press->n_folders++] = must(strndup(files[i].name, (size_t)(slash - files[i].name)));
		}
	}
	if (press->n_folders)
		qsort(press->folders, press->n_folders, sizeof *press->folders, by_folder_name);
}

bool zp_press_publish(zp_press *press, zp_error *err)
{
	collect_folders(press);
	for (size_t i = 0; i < press->n; i++)
		if (!sync_file(press, press->files[i].name, err))
			return false;
	for (size_t i = 0; i < press->n_folders; i++)
		if ((!i || strcmp(press->folders[i], press->folders[i - 1]) != 0) && !sync_file(press, press->folders[i], err))
			return false;
	if (!sync_path(press->stage, O_DIRECTORY, err) || !sync_path(press->folder, O_DIRECTORY, err))
		return false;
	if ((press->over_empty ? rename(press->stage, press->target)
			       : renameat2(AT_FDCWD, press->stage, AT_FDCWD, press->target, RENAME_NOREPLACE)) != 0)
		return errno == EEXIST || errno == ENOTEMPTY
			       ? zp_fail(err, ZP_BAD_INPUT, press->target, 0, "was published by another run in the meantime, and stays; this run has published nothing")
			       : failed(err, ZP_MESSAGE("the results cannot be given their final name"), press->target);
	free(press->stage);
	press->stage = NULL;
	zp_error after = { 0 }; /* what sync_path says is not true any more */
	return sync_path(press->folder, O_DIRECTORY, &after) ||
	       zp_fail(err, ZP_IO, press->target, 0,
		       "the results are published, but their folder cannot be synced: a power failure now could take them away");
}
