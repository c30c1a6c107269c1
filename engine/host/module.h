/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A shared object, loaded as the very bytes that were looked at. */
#ifndef ZP_HOST_MODULE_H
#define ZP_HOST_MODULE_H

#include "base/digest.h"
#include "base/error.h"

/* Who could write the file could be anybody in the process, so it must be a regular file of root or of the user that nobody else may
 * write. It is opened once, its bytes are taken into memory that cannot change any more, hashed there, and loaded from there: nothing
 * that becomes of the file meanwhile matters. It is never unloaded.
 * Gives: what dlopen gives. Fails: NULL, ZP_BAD_PLUGIN with a sentence. */
void *zp_module_load(const char *path, char sha256[static ZP_DIGEST_TEXT], zp_error *);

#endif
