/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of versions: "v1", "v2". */
#ifndef ZP_PRESS_VERSION_H
#define ZP_PRESS_VERSION_H

#define ZP_VERSION_DIGITS 6

/* 12 of "v12"; 0 of anything else, "v0", "v012" and numbers of more digits among it. */
long zp_version_number(const char *name);
/* That of the newest version in a folder; 0: there is none. */
long zp_version_newest(const char *folder);

#endif
