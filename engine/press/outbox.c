/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/outbox.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/memory.h"
#include "base/words.h"
#include "press/disk.h"
#include "press/record.h"

/* The stage beside the final folder. Gives: the press; NULL after it was let go. */
static zp_press *begin(zp_press *press, bool good, zp_error *err)
{
	if (good && zp_stage_make(press, err))
		return press;
	zp_press_close(press);
	return NULL;
}

static zp_press *press_take(void)
{
	zp_press *press = zp_must(calloc(1, sizeof *press));
	pthread_mutex_init(&press->lock, NULL);
	press->guard = -1;
	press->workers = 1;
	return press;
}

zp_press *zp_press_open(const char *into, const char *round, const char *version, zp_error *err)
{
	zp_press *press = press_take();
	press->folder = zp_joined(into, round);
	press->target = zp_joined(press->folder, version);
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
					: zp_disk_failed(err, ZP_MESSAGE("cannot be looked into"), path);
	bool empty = true;
	for (const struct dirent *entry; (entry = readdir(dir));)
		empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	closedir(dir);
	return empty || zp_fail(err, ZP_BAD_USE, path, 0, "is not empty; expected a folder that is empty or does not exist");
}

zp_press *zp_press_open_folder(const char *path, zp_error *err)
{
	zp_press *press = press_take();
	press->over_empty = true;
	press->target = zp_must(strdup(path));
	for (size_t n = strlen(path); n > 1 && press->target[n - 1] == '/'; n--)
		press->target[n - 1] = '\0';
	const char *slash = strrchr(press->target, '/'), *last = slash ? slash + 1 : press->target;
	press->folder = !slash ? zp_must(strdup(".")) : zp_must(strndup(press->target, slash == press->target ? 1 : (size_t)(slash - press->target)));
	bool named = *last && strcmp(last, ".") != 0 && strcmp(last, "..") != 0;
	if (!named)
		zp_fail(err, ZP_BAD_USE, path, 0, "is not a name for a new folder");
	return begin(press, named && is_free(press->target, err), err);
}

void zp_press_close(zp_press *press)
{
	zp_making_give_up(press);
	zp_proofs_drop(press);
	zp_keeping_drop(press);
	zp_stage_drop(press);
	for (size_t i = 0; i < press->n; i++)
		free(press->names[i]);
	for (size_t i = 0; i < press->n_folders; i++)
		free(press->folders[i]);
	if (press->aside)
		zp_aside_close(press->aside);
	pthread_mutex_destroy(&press->lock);
	free(press->files);
	free(press->names);
	free(press->folders);
	free(press->stage);
	free(press->folder);
	free(press->target);
	free(press);
}

void zp_press_watch(zp_press *press, zp_progress *progress) { press->progress = progress; }
void zp_press_spill(zp_press *press, zp_spill *spill) { press->spill = spill; }

const char *zp_press_target(const zp_press *press) { return press->target; }
const char *zp_press_stage(const zp_press *press) { return press->stage; }
size_t zp_press_count(const zp_press *press) { return press->n; }

void zp_press_record(zp_press *press, const zp_input *file)
{
	pthread_mutex_lock(&press->lock);
	if (press->n == press->room) {
		press->room = press->room ? 2 * press->room : 64;
		press->files = zp_must(realloc(press->files, press->room * sizeof *press->files));
		press->names = zp_must(realloc(press->names, press->room * sizeof *press->names));
	}
	press->files[press->n] = *file;
	press->files[press->n].path = NULL;
	press->files[press->n].name = press->names[press->n] = zp_must(strdup(file->name));
	press->n++;
	pthread_mutex_unlock(&press->lock);
}

bool zp_press_may_write(const char *name)
{
	for (const char *p = name; *p; p++)
		if ((unsigned char)*p < ' ' || *p == '\x7f' || *p == '\\')
			return false;
	return name[0] && name[0] != '/' && name[0] != '.' && !strstr(name, "/.") && !strstr(name, "//") && name[strlen(name) - 1] != '/';
}

/* Make the folders that the name needs. Nobody but the run sees them until they are published. */
static bool prepare_folders(zp_press *press, const char *name, zp_error *err)
{
	bool good = true;
	for (const char *slash = strchr(name, '/'); slash && good; slash = strchr(slash + 1, '/')) {
		char *folder = zp_must(strndup(name, (size_t)(slash - name)));
		char *path = zp_joined(press->stage, folder);
		if (TEMP_FAILURE_RETRY(mkdir(path, press->over_empty ? 0755 : 0700)) != 0 && errno != EEXIST)
			good = zp_disk_failed(err, ZP_MESSAGE("the folder cannot be made"), path);
		free(path);
		free(folder);
	}
	return good;
}

/* Remember every folder of the name, for the end. */
static void add_folders(zp_press *press, const char *name)
{
	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
		if (press->n_folders == press->room_folders) {
			press->room_folders = press->room_folders ? 2 * press->room_folders : 64;
			press->folders = zp_must(realloc(press->folders, press->room_folders * sizeof *press->folders));
		}
		press->folders[press->n_folders++] = zp_must(strndup(name, (size_t)(slash - name)));
	}
}

bool zp_press_folder(zp_press *press, const char *name, zp_error *err)
{
	if (!zp_press_may_write(name))
		return zp_fail(err, ZP_BUG, name, 0, "this name may not be written");
	char *inner = zp_joined(name, "");
	bool good = prepare_folders(press, inner, err);
	if (good)
		add_folders(press, inner);
	free(inner);
	return good;
}

int zp_press_create(zp_press *press, const char *name, zp_error *err)
{
	if (!zp_press_may_write(name)) {
		zp_fail(err, ZP_BUG, name, 0, "this name may not be written");
		return -1;
	}
	if (press->aside)
		return zp_aside_create(press, name, err);
	if (!prepare_folders(press, name, err))
		return -1;
	char *path = zp_joined(press->stage, name);
	int fd = (int)TEMP_FAILURE_RETRY(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, press->over_empty ? 0644 : 0600));
	if (fd < 0)
		zp_disk_failed(err, ZP_MESSAGE("the file cannot be made"), path);
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
			return zp_disk_failed(err, ZP_MESSAGE("the file cannot be written"), name);
		bytes += wrote;
		n -= (size_t)wrote;
	}
	return true;
}

bool zp_press_finish(int fd, const char *name, zp_error *err)
{
	sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE); /* a hint to begin; fsync before publishing is what counts */
	return zp_fd_close(fd) || zp_disk_failed(err, ZP_MESSAGE("the file cannot be closed"), name);
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

/* ---- the end ---- */

static int by_folder_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Every folder that some file lies in, once. */
static void collect_folders(zp_press *press)
{
	const zp_input *files = zp_press_files(press);
	for (size_t i = 0; i < press->n; i++)
		add_folders(press, files[i].name);
	if (!press->n_folders)
		return;
	qsort(press->folders, press->n_folders, sizeof *press->folders, by_folder_name);
	size_t kept = 1;
	for (size_t i = 1; i < press->n_folders; i++) {
		if (strcmp(press->folders[i], press->folders[kept - 1]) == 0)
			free(press->folders[i]);
		else
			press->folders[kept++] = press->folders[i];
	}
	press->n_folders = kept;
}

/* The folder of a version can be read and entered, and nothing more, from the moment that it has its name. */
static bool close_folders(const zp_press *press, zp_error *err)
{
	const mode_t mode = press->over_empty ? 0 : ZP_VERSION_FOLDER_MODE;
	bool good = true;
	for (size_t i = 0; i < press->n_folders && good; i++) {
		char *path = zp_joined(press->stage, press->folders[i]);
		good = zp_disk_sync_folder(path, mode, err);
		free(path);
	}
	return good && zp_disk_sync_folder(press->stage, mode, err) && zp_disk_sync_folder(press->folder, 0, err);
}

static int give_name(const zp_press *press)
{
	return (int)TEMP_FAILURE_RETRY(press->over_empty ? rename(press->stage, press->target)
						    : renameat2(AT_FDCWD, press->stage, AT_FDCWD, press->target, RENAME_NOREPLACE));
}

bool zp_press_publish(zp_press *press, zp_error *err)
{
	collect_folders(press);
	if (!zp_store_end(press, err) || !zp_proof_read(press, err) || !close_folders(press, err))
		return false;
	if (give_name(press) != 0)
		return errno == EEXIST || errno == ENOTEMPTY
			       ? zp_fail(err, ZP_BAD_INPUT, press->target, 0, "was published by another run in the meantime, and stays; this run has published nothing")
			       : zp_disk_failed(err, ZP_MESSAGE("the results cannot be given their final name"), press->target);
	free(press->stage);
	press->stage = NULL;
	zp_error after = { 0 }; /* what the sync says is not true any more */
	return zp_disk_sync_folder(press->folder, 0, &after) ||
	       zp_fail(err, ZP_IO, press->target, 0,
		       "the results are published, but their folder cannot be synced: a power failure now could take them away");
}
