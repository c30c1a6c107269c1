/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every manifest says in the same way: files with their digests, who served, and by which machine. */
#ifndef ZP_PRESS_MACHINE_H
#define ZP_PRESS_MACHINE_H

#include "base/input.h"
#include "base/members.h"
#include "host/registry.h"

/* name, size, sha256 and, where it is known, encoding, of each. */
void zp_machine_file(zp_members *one, const zp_input *);
void zp_machine_files(zp_members *list, const zp_input *files, size_t n);

/* The member `plugins`: kind, name and version of each that is there; registry may be NULL: none. */
void zp_machine_plugins(zp_members *manifest, const zp_registry *);

/* The member `machine`: everything that depends on the machine and on how the program was built, and nothing else does. So two
 * manifests of the same round differ in this member alone, wherever they were made. */
void zp_machine(zp_members *manifest, zp_arena *, const zp_registry *);

/* How this machine rounds: the digest of many results of exp, log, pow and sin. The C library has several versions of them and takes the one
 * that suits the processor, so that the last digit may be another. */
void zp_machine_rounding(char out[static ZP_DIGEST_TEXT]);

#endif
