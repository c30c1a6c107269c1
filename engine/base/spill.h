/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of which only some is resident: what does not fit lies in a file without a name, and comes back by itself when it is touched.
 * Who works through much of it says now and then that what was touched may go. */
#ifndef ZP_BASE_SPILL_H
#define ZP_BASE_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/error.h"

#define ZP_SPILL_LEAST (64u << 20)

typedef struct zp_spill zp_spill;

/* most: bytes that this process may have resident, at least ZP_SPILL_LEAST. Owns: the caller closes it, and with it all that was taken. */
zp_spill *zp_spill_open(uint64_t most);
void zp_spill_close(zp_spill *);

/* A zeroed piece, aligned for any type, with room for all of it on the disk, in the folder that TMPDIR names, else /tmp. Any thread.
 * Fails: NULL, ZP_IO: what is asked for has no room there, or that folder is no disk. */
void *zp_spill_take(zp_spill *, size_t bytes, zp_error *);

/* When three quarters of `most` are resident, all pieces go out of memory; nothing happens otherwise, or where the spill is NULL. Any thread,
 * also while others read and write them. It takes some microseconds: to be called after a few MB. */
void zp_spill_ease(zp_spill *);

/* First thing in a child process, which has the pieces of its parent: all of them can be read still, and nothing that is done to them reaches
 * the parent. Needs: its parent took no piece meanwhile. Gives: false when that cannot be; then the child has to end. */
bool zp_spill_read_only(zp_spill *);
/* The same for a child that needs none of them: they are gone. */
void zp_spill_leave(zp_spill *);

/* The most that was resident at any time so far. */
uint64_t zp_spill_peak(void);

#endif
