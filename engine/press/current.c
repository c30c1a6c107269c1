/* SPDX-License-Identifier: GPL-3.0-or-later */
/* INTO/ROUND/current: which version counts. A link is made beside it and takes its name in one step, so that whoever looks finds the
 * old version or the new one. It goes forward only. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/words.h"
#include "press/disk.h"
#include "press/record.h"
#include "press/version.h"

/* Gives: the number it points at, 0 when it is not there, -1 when it is something else. */
static long where_to(const char *current)
{
	char version[ZP_VERSION_DIGITS + 2];
	const ssize_t n = readlink(current, version, sizeof version);
	if (n < 0)
		return errno == ENOENT ? 0 : -1;
	if ((size_t)n == sizeof version)
		return -1;
	version[n] = '\0';
	const long number = zp_version_number(version);
	return number ? number : -1;
}

/* Needs: the folder is held, so that a link of the other name is left over. */
static bool swap(const char *folder, const char *current, const char *version, zp_error *err)
{
	char *fresh = zp_joined(folder, ".current");
	bool good = (TEMP_FAILURE_RETRY(unlink(fresh)) == 0 || errno == ENOENT) && TEMP_FAILURE_RETRY(symlink(version, fresh)) == 0 &&
		    TEMP_FAILURE_RETRY(rename(fresh, current)) == 0;
	if (!good) {
		zp_fail(err, ZP_IO, current, 0,
			"cannot be made to point at %s: %s; %s is published and stays. Once the disk takes it again, the same command points it there, or with a ledger zhiping ledger add %s/%s",
			version, zp_say_errno(errno), version, folder, version);
		unlink(fresh);
	}
	free(fresh);
	return good;
}

static bool sync_link(const char *folder, const char *current, bool switched, zp_error *err)
{
	const int fd = (int)TEMP_FAILURE_RETRY(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	bool good = fd >= 0 && TEMP_FAILURE_RETRY(fsync(fd)) == 0;
	const bool read_only = !switched && (errno == EROFS || errno == EINVAL); /* a copy on a disk that nobody writes to */
	if (fd >= 0)
		good = zp_fd_close(fd) && good;
	return good || read_only || zp_fail(err, ZP_IO, current, 0, "is switched, but its folder cannot be synced: a power failure now could take that back");
}

static bool point(const char *folder, const char *version, zp_error *err)
{
	const int held = zp_folder_hold(folder);
	char *current = zp_joined(folder, "current");
	const long is = where_to(current);
	bool good = is >= 0 || zp_fail(err, ZP_BAD_INPUT, current, 0, "is no link to a version, and stays; expected none, or the one that was made here");
	const bool switched = good && is < zp_version_number(version);
	good = good && (!switched || swap(folder, current, version, err)) && sync_link(folder, current, switched, err);
	free(current);
	zp_folder_let_go(held);
	return good;
}

bool zp_press_current(const char *into, const char *round, const char *version, zp_error *err)
{
	char *folder = zp_joined(into, round);
	const bool good = zp_version_number(version) ? point(folder, version, err) : zp_fail(err, ZP_BUG, version, 0, "is no name of a version");
	free(folder);
	return good;
}

static bool is_in(const char *folder, const char *name)
{
	char *path = zp_joined(folder, name);
	struct stat about;
	const bool there = lstat(path, &about) == 0;
	free(path);
	return there;
}

bool zp_press_current_of(const char *published, zp_error *err)
{
	char *path = realpath(published, NULL), *slash = path ? strrchr(path, '/') : NULL;
	bool good = true;
	if (slash && slash != path && zp_version_number(slash + 1)) {
		*slash = '\0';
		if (is_in(path, "inputs") || is_in(path, "current"))
			good = point(path, slash + 1, err);
	}
	free(path);
	return good;
}
