/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An object of JSON in the making, member by member, and its one canonical form (RFC 8785): members in the order of their names, no
 * blanks, one way to write each character. So two programs that say the same give the same bytes, which can be signed. */
#ifndef ZP_BASE_MEMBERS_H
#define ZP_BASE_MEMBERS_H

#include <stdint.h>
#include "base/arena.h"
#include "base/text.h"

typedef struct zp_members zp_members; /* an object, or a list: in a list nothing has a name, and the order is that of coming */

zp_members *zp_members_take(zp_arena *);      /* an object */
zp_members *zp_members_take_list(zp_arena *); /* a list by itself */

/* Needs: in an object a name of ASCII that no other member has, in a list NULL. Names are lent, texts are copied; texts are UTF-8. */
void zp_members_text(zp_members *, const char *name, const char *value);
void zp_members_print(zp_members *, const char *name, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void zp_members_count(zp_members *, const char *name, uint64_t value); /* at most 2^53, which every reader of JSON can hold */
void zp_members_true(zp_members *, const char *name);
zp_members *zp_members_object(zp_members *, const char *name);
zp_members *zp_members_list(zp_members *, const char *name);

bool zp_members_has(const zp_members *, const char *name);
size_t zp_members_n(const zp_members *);

/* Canonical, without a line feed at its end. Carved from the arena. */
zp_text zp_members_write(zp_members *);

#endif
