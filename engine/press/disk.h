/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps on the disk. A signal that comes in between is no failure; a failure is one for good, and nothing is tried twice. */
#ifndef ZP_PRESS_DISK_H
#define ZP_PRESS_DISK_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>
#include "base/error.h"
#include "base/memory.h"

char *zp_joined(const char *a, const char *b); /* "a/b", malloc'd */

/* "path: what: reason", by errno, which stays; what is a ZP_MESSAGE. Gives: false. */
bool zp_disk_failed(zp_error *, const char *what, const char *path);

/* Whether both are of one file, of the same bytes as far as the system tells; its mode may be another. */
bool zp_disk_is_same(const struct stat *, const struct stat *);
/* Whether a file of that path is the one that `was` tells of, and nobody has written into it since or replaced it. */
bool zp_disk_is_untouched(const char *path, const struct stat *was);

/* mkdir -p; existing folders are fine. last: the mode of the last one, if it is made here, whatever the umask; 0: as the others.
 * In a place that a group shares it is that of zp_mkdir. */
bool zp_disk_folders(const char *path, mode_t last, zp_error *);
/* fsync of a folder, which gets the mode first unless that is 0. */
bool zp_disk_sync_folder(const char *path, mode_t, zp_error *);

#endif
