/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stages: where a version is written before it has its name. The run that writes holds a lock on its stage, and the system lets go of
 * it when the run dies, however it dies: so whoever comes next can tell what is left over from what is being written. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/words.h"
#include "press/disk.h"
#include "press/record.h"

#define STAGE ".stage-XXXXXX"

static int open_folder(const char *path)
{
	return (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
}

int zp_folder_hold(const char *folder)
{
	const int fd = open_folder(folder);
	if (fd < 0 || TEMP_FAILURE_RETRY(flock(fd, LOCK_EX)) == 0)
		return fd;
	close(fd);
	return -1;
}

void zp_folder_let_go(int held)
{
	if (held < 0)
		return;
	flock(held, LOCK_UN); /* whatever becomes of the descriptor */
	close(held);
}

/* ---- removing ---- */

/* Nothing can be taken out of a folder that may not be written. */
static int open_up(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	(void)about, (void)walk;
	if (type == FTW_D || type == FTW_DNR)
		chmod(path, 0700);
	return 0;
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	(void)about, (void)type, (void)walk;
	remove(path); /* what stays, the next run meets again */
	return 0;
}

static void remove_all(const char *folder)
{
	nftw(folder, open_up, 16, FTW_PHYS);
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static bool is_stage(const char *name)
{
	return strlen(name) == strlen(STAGE) && strncmp(name, STAGE, strlen(".stage-")) == 0;
}

/* Those whose lock can be taken: their runs are dead. Needs: the folder is held, so that none is just being made. */
static void remove_dead(const char *folder)
{
	DIR *dir = opendir(folder);
	for (const struct dirent *entry; dir && (entry = readdir(dir));) {
		if (!is_stage(entry->d_name))
			continue;
		char *path = zp_joined(folder, entry->d_name);
		const int fd = open_folder(path);
		if (fd >= 0 && TEMP_FAILURE_RETRY(flock(fd, LOCK_EX | LOCK_NB)) == 0)
			remove_all(path);
		if (fd >= 0)
			close(fd);
		free(path);
	}
	if (dir)
		closedir(dir);
}

void zp_stage_drop(zp_press *press)
{
	if (press->stage)
		remove_all(press->stage);
	if (press->guard >= 0)
		close(press->guard);
	press->guard = -1;
}

/* ---- making ---- */

static bool make(zp_press *press, zp_error *err)
{
	char *stage = zp_joined(press->folder, STAGE);
	while (!mkdtemp(stage)) {
		if (errno == EINTR) {
			memcpy(stage + strlen(stage) - 6, "XXXXXX", 6);
			continue;
		}
		zp_disk_failed(err, ZP_MESSAGE("the folder cannot be made"), stage);
		free(stage);
		return false;
	}
	press->stage = stage;
	press->guard = open_folder(stage);
	if (press->guard < 0)
		return zp_disk_failed(err, ZP_MESSAGE("the folder cannot be opened"), stage);
	flock(press->guard, LOCK_EX | LOCK_NB); /* where there are no locks, no run removes what another left */
	return !press->over_empty || TEMP_FAILURE_RETRY(fchmod(press->guard, 0755)) == 0 ||
	       zp_disk_failed(err, ZP_MESSAGE("the folder cannot be made"), stage);
}

/* Beside a folder of the caller's choice others may have folders of such names: there nothing is removed. */
bool zp_stage_make(zp_press *press, zp_error *err)
{
	if (!zp_disk_folders(press->folder, press->over_empty ? 0 : ZP_ROUND_FOLDER_MODE, err))
		return false;
	const int held = press->over_empty ? -1 : zp_folder_hold(press->folder);
	if (held >= 0)
		remove_dead(press->folder);
	const bool good = make(press, err);
	zp_folder_let_go(held);
	return good;
}
