/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Put before every source that has faults planted in it, for `make mutation`. Which fault is at work is said by the environment, so that
 * one build has all of them. It declares little, so as not to meet names of the source. */
#ifndef ZP_MUTANT_H
#define ZP_MUTANT_H

#include <sys/syscall.h>

extern char *getenv(const char *);
extern long syscall(long, ...);

#define ZP_MUTANTS 65536
/* One copy for the program and for each module that is loaded. */
__attribute__((weak)) int zp_mutant_here = -1;
__attribute__((weak)) unsigned char zp_mutants_unwatched[ZP_MUTANTS];
__attribute__((weak)) unsigned char *zp_mutants_reached = zp_mutants_unwatched;

__attribute__((weak, constructor)) void zp_mutant_begin(void)
{
	const char *which = getenv("ZP_MUTANT"), *file = getenv("ZP_MUTANTS_REACHED");
	if (which)
		for (zp_mutant_here = 0; *which >= '0' && *which <= '9'; which++)
			zp_mutant_here = 10 * zp_mutant_here + *which - '0';
	const long fd = file ? syscall(SYS_openat, -100, file, 02 | 0100, 0600) : -1; /* AT_FDCWD, O_RDWR | O_CREAT */
	if (fd < 0 || syscall(SYS_ftruncate, fd, (long)ZP_MUTANTS) != 0)
		return;
	const long map = syscall(SYS_mmap, 0L, (long)ZP_MUTANTS, 3L, 1L, fd, 0L); /* PROT_READ | PROT_WRITE, MAP_SHARED */
	if (map > 0)
		zp_mutants_reached = (unsigned char *)map;
	syscall(SYS_close, fd);
}

#define zp_mutant(n) (zp_mutants_reached[n] = 1, zp_mutant_here == (n))

#endif
