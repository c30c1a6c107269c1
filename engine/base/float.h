/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether this thread reckons as programs begin: to the nearest, nothing flushed to zero, no traps. */
#ifndef ZP_BASE_FLOAT_H
#define ZP_BASE_FLOAT_H

#include <fenv.h>
#include <stdbool.h>
#if defined __x86_64__
#include <xmmintrin.h>
#endif

static inline bool zp_float_is_plain(void)
{
#if defined __x86_64__
	const bool plain = (_mm_getcsr() & 0xFFC0u) == 0x1F80u; /* all but the flags of what has happened */
#else
	const bool plain = true;
#endif
	return plain && fegetround() == FE_TONEAREST;
}

#endif
