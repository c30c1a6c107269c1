/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Included before each file by tests/lint.sh: C makes NAN and INFINITY floats, so that every use beside a double is a promotion. With doubles in
 * their place -Wdouble-promotion tells of the floats that we made. */
#include <math.h>
#undef NAN
#undef INFINITY
#define NAN __builtin_nan("")
#define INFINITY __builtin_inf()
