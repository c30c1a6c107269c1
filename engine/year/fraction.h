/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fractions are used below this floor as well. */
#ifndef ZP_YEAR_FRACTION_H
#define ZP_YEAR_FRACTION_H

#include "base/fraction.h"

#endif
