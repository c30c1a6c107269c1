/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large files past the page cache, where the file system allows it: a gigabyte that is written or read once costs more to copy there
 * than to make, and what is read again to be sure of it should come from the disk. */
#ifndef ZP_PRESS_DIRECT_H
#define ZP_PRESS_DIRECT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "base/error.h"

#ifndef ZP_DIRECT_LEAST /* CPPFLAGS=-DZP_DIRECT_LEAST=1u: all of them, for make torture, whose files are small */
#define ZP_DIRECT_LEAST (4u << 20) /* bytes of a file that are worth it */
#endif

/* Room for n bytes, as direct work asks for; it is freed with free(). */
char *zp_direct_room(size_t n);
/* From now on past the page cache, or not any more. Nothing happens where that is not known. */
void zp_direct(int fd, bool direct);
/* As zp_press_put. Whole blocks go directly, what is over the usual way. Needs: bytes from zp_direct_room; nothing was over before. */
bool zp_direct_put(int fd, const char *name, const char *bytes, size_t n, zp_error *);
/* As read(2), whatever signals come. Needs: room from zp_direct_room, n a multiple of 4096; what was read before came to the end or was whole blocks. */
ssize_t zp_direct_read(int fd, char *room, size_t n);

#endif
