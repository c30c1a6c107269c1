/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run inherits: the only place that looks at the environment, but for the language of messages (words.h).
 *
 * Libraries listen to dozens of variables: where fonts and modules lie, how to round, whether to check. Results depend on none of them,
 * because they are gone before anything begins.
 */
#ifndef ZP_BASE_ENVIRONMENT_H
#define ZP_BASE_ENVIRONMENT_H

#include <stdbool.h>

/* Let go of every variable but those that this program listens to. Where one was set that acts before a program begins, as
 * LD_LIBRARY_PATH does, the program begins again without it; LD_PRELOAD stays, for tools. Files 0 to 2 are open afterwards, and what is
 * made is for its owner and group alone.
 * Needs: first thing in main. Fails: ends the process with a sentence when it cannot begin again. */
void zp_environment_begin(char **argv);

/* Where temporary files belong: TMPDIR, else /tmp. Lent. */
const char *zp_environment_temporary(void);

/* Passwords in addresses of PostgreSQL among the arguments go into the environment, for libpq, and out of the arguments, so that no message, file
 * or list of processes shows them; all the same or none. Needs: one thread. Fails: false, with a sentence that does not show them. */
bool zp_environment_password(int argc, char **argv);

/* Where libraries put temporary files from here on. Needs: one thread. */
void zp_environment_scratch(const char *folder);

#endif
