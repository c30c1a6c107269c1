/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value of a measurand as it stands in tables and on reports. */
#ifndef ZP_MODEL_WRITTEN_H
#define ZP_MODEL_WRITTEN_H

#include "model/scheme.h"

#define ZP_WRITTEN_BYTES 1024 /* room for any */

/* "5.20", "<0.5", "2+", "anti-D+anti-K", "undetected": for tables (chinese < 0), or for people in English (0) or Chinese (1).
 * Gives: the length; writes a NUL. */
size_t zp_written(const zp_measurand *, zp_kind, zp_decimal, int chinese, char out[static ZP_WRITTEN_BYTES]);

#endif
