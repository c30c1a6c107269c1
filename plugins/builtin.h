/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plugins that are part of the program. */
#ifndef ZP_BUILTIN_H
#define ZP_BUILTIN_H

#include "host/plugin.h"

extern const zp_plugin *const zp_builtin[]; /* ends with NULL */

#endif
