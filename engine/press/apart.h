/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One drawing in a child process that can reach nothing but fonts; what it writes is handed over and written by the parent. */
#ifndef ZP_PRESS_APART_H
#define ZP_PRESS_APART_H

#include "host/plugin.h"

/* Call task(context, its outbox) in a child. Each file it writes goes to `out` here.
 * Fails: as the task or `out` does, or with how the child ended. */
bool zp_apart(bool (*task)(void *context, const zp_outbox *, zp_error *), void *context, const zp_outbox *out, zp_error *);

#endif
