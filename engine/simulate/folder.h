/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that is filled out of sight and appears whole. */
#ifndef ZP_SIMULATE_FOLDER_H
#define ZP_SIMULATE_FOLDER_H

#include <stdbool.h>
#include "base/error.h"
#include "base/text.h"

typedef struct zp_folder {
	const char *into; /* where it will appear */
	const char *path; /* where it is filled, beside it */
} zp_folder;

/* Begin a folder. Fails: ZP_BAD_USE when `into` exists and is not an empty folder, ZP_IO. */
bool zp_folder_begin(zp_arena *, const char *into, zp_folder *out, zp_error *);
bool zp_folder_make(const zp_folder *, const char *name, zp_error *);
/* One whole file; name is relative. */
bool zp_folder_write(const zp_folder *, const char *name, zp_text bytes, zp_error *);
/* Let it appear. */
bool zp_folder_end(const zp_folder *, zp_error *);
/* Remove what was written so far. */
void zp_folder_drop(const zp_folder *);

/* A file of it that is written in pieces. Gives: a descriptor for zp_folder_put and zp_folder_close; -1. */
int zp_folder_open(const zp_folder *, const char *name, zp_error *);
bool zp_folder_put(int fd, const char *name, zp_text bytes, zp_error *);
bool zp_folder_close(int fd, const char *name, zp_error *);

#endif
