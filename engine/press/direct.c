/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/direct.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/memory.h"
#include "press/record.h"

#define ALIGNMENT 4096u /* what direct work asks for, at most, on the disks and file systems in use */

char *zp_direct_room(size_t n) { return zp_must(aligned_alloc(ALIGNMENT, (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)); }

void zp_direct(int fd, bool direct)
{
	const int flags = fcntl(fd, F_GETFL);
	if (flags >= 0)
		fcntl(fd, F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT); /* refused where it is not known: then without */
}

/* Direct work holds for whole blocks only; the end of the file goes the usual way. */
bool zp_direct_put(int fd, const char *name, const char *bytes, size_t n, zp_error *err)
{
	const size_t whole = n / ALIGNMENT * ALIGNMENT;
	const off_t before = lseek(fd, 0, SEEK_CUR);
	zp_error direct = { 0 };
	bool good = zp_press_put(fd, name, bytes, whole, &direct);
	if (!good && errno == EINVAL && before >= 0 && lseek(fd, before, SEEK_SET) == before) { /* only the direct way is refused */
		zp_direct(fd, false);
		good = zp_press_put(fd, name, bytes, whole, err);
	} else if (!good) {
		zp_fail_as(err, &direct);
	}
	if (!good || whole == n)
		return good;
	zp_direct(fd, false);
	return zp_press_put(fd, name, bytes + whole, n - whole, err);
}

ssize_t zp_direct_read(int fd, char *room, size_t n)
{
	ssize_t got = TEMP_FAILURE_RETRY(read(fd, room, n));
	if (got < 0 && errno == EINVAL) { /* the same, or it stands behind an end that was no whole block */
		zp_direct(fd, false);
		got = TEMP_FAILURE_RETRY(read(fd, room, n));
	}
	return got;
}
