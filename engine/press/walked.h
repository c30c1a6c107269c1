/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that lie in a folder, whatever they are, by name; and their digests. */
#ifndef ZP_PRESS_WALKED_H
#define ZP_PRESS_WALKED_H

#include "base/arena.h"
#include "base/error.h"
#include "base/input.h"

typedef struct zp_walked_file {
	const char *name;  /* within the folder: "labs/L0001/certificate.pdf" */
	bool ordinary;     /* neither link nor pipe nor device */
} zp_walked_file;

typedef struct zp_walked { zp_walked_file *at; size_t n, room; } zp_walked;

/* Folders are gone into, links are not. Fails: false, ZP_IO. */
bool zp_walk(zp_arena *, const char *folder, zp_walked *, zp_error *);
/* Size and digest, without keeping the bytes. Fails: false, with a clause. */
bool zp_walked_digest(const char *path, zp_input *, const char **why);

#endif
