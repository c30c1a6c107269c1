/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the press: what its files share. */
#ifndef ZP_PRESS_RECORD_H
#define ZP_PRESS_RECORD_H

#include <pthread.h>
#include "press/outbox.h"

struct zp_press {
	char *folder, *stage, *target; /* stage NULL: nothing to remove */
	bool over_empty; /* an empty folder of the final name may give way */
	pthread_mutex_t lock;          /* for the list of files */
	zp_input *files;
	size_t n, room;
	char **folders;
	size_t n_folders;
	zp_progress *progress;
	struct zp_aside *aside; /* where files are kept in memory; NULL: they are written into the stage */
};

/* aside.c: a file in memory, and the end of all of them. */
int zp_aside_create(zp_press *, const char *name, zp_error *);
void zp_aside_close(struct zp_aside *);

void zp_press_record(zp_press *, const zp_input *); /* the name is copied */
int zp_press_create(zp_press *, const char *name, zp_error *);
bool zp_press_put(int fd, const char *name, const char *bytes, size_t n, zp_error *);
bool zp_press_finish(int fd, const char *name, zp_error *);

#endif
