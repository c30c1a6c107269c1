/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are read: regular ones only, so that nothing can make a run wait or surprise it. */
#ifndef ZP_BASE_FILE_H
#define ZP_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "base/arena.h"
#include "base/text.h"
#include "base/input.h"

/* Open for reading. Gives: a descriptor and the size; -1 with *why a clause such as "is a folder". */
int zp_file_open(const char *path, uint64_t *size, const char **why);

/* The whole file, NUL-terminated beyond its end, and its digest under the given name; the record lends path and name.
 * Fails: .p NULL, and *why says what is wrong ("does not exist", "is larger than 16 MiB" ...). */
zp_text zp_file_read(zp_arena *, const char *path, uint64_t most, const char *name, zp_input *record, const char **why);

/* All of so many bytes, whatever signals come. Fails: false at an error, or at an end before them. */
bool zp_fd_read(int fd, void *to, size_t n);
bool zp_fd_write(int fd, const void *from, size_t n);
/* close(2): on Linux a descriptor is gone after EINTR as well, and what was synced before is safe. */
bool zp_fd_close(int fd);

/* Whether a file of that name lies in a place that a group shares: a folder that is setgid, and in which the group may write. */
bool zp_is_shared(int folder, const char *name);
/* mkdirat. mode: exactly, whatever the umask; 0: as the umask says. In a place that a group shares the group may write in it as well, for another
 * of its people goes on there. Fails: errno. */
bool zp_mkdir(int folder, const char *name, mode_t mode);

/* What bytes mean: UTF-8 (with or without mark), else GB18030, else nothing (DOMAIN 9).
 * Gives: UTF-8 without mark; .p NULL with *why. A NUL byte is refused as well; *at is its offset or that
 * of the first ill-formed byte. */
zp_text zp_text_decode(zp_arena *, zp_text bytes, const char **why, size_t *at);

#endif
