/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a child process may still do: as little as its work needs, whatever the code that runs in it would like to.
 *
 * Two kinds of children: those that parse files of laboratories, which have their bytes already and need nothing; and those that write
 * papers and pages, which read fonts and write inside the stage. Both get no new rights from programs, leave no core files, and end with
 * the run. What the kernel cannot do is done without (zp_confine_says tells); the other limits hold all the same. Under sanitizers, and where
 * lines are counted, files and memory are needed for that, and only the latter holds. There is no way back.
 */
#ifndef ZP_BASE_CONFINE_H
#define ZP_BASE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#if defined __SANITIZE_ADDRESS__ || defined ZP_COUNTED || defined ZP_MEMCHECK
#define ZP_WATCHED 1
#else
#define ZP_WATCHED 0
#endif

/* For a process that is about to hold a secret: no core file has its memory, and nobody of the same account can look into it, nor into that of
 * its children. */
void zp_confine_hide(void);

/* First thing in a child: it ends with its parent, dies of the signals that a run passes over, and leaves no core file.
 * Needs: the parent's process id, asked before the fork. */
void zp_confine_begin(pid_t parent);

/* Close every file from `first` on, but for those in keep[]. */
void zp_confine_keep(int first, const int *keep, size_t n);

/* For the rest of its life no file, no socket, no process, and so many bytes of memory beyond what is in use.
 * Needs: one thread; files 0 to 4 are open and no others. */
void zp_confine_parser(uint64_t memory);

/* Files are made and read below `stage`, fonts are read; nothing else is opened, no socket, no program, no further process, no signal to
 * others. Temporary files of libraries go into the stage. NULL: nothing is made. Needs: one thread. */
void zp_confine_writer(const char *stage);

/* The end of a child; what its parent has still to print is not printed by it. */
_Noreturn void zp_confine_end(int status);

/* What this kernel offers, such as "Landlock 7, seccomp". Gives: out. */
const char *zp_confine_says(char *out, size_t size);

#endif
