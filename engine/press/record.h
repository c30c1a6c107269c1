/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the press: what its files share. */
#ifndef ZP_PRESS_RECORD_H
#define ZP_PRESS_RECORD_H

#include <pthread.h>
#include <sys/stat.h>
#include "press/outbox.h"
#include "trust/signer.h"

typedef struct zp_proof zp_proof; /* one file being read again (proof.c) */
typedef struct zp_keeping zp_keeping; /* what came in, being copied (store.c) */
typedef struct zp_making zp_making; /* a file being made behind the caller's back (pieces.c) */

struct zp_press {
	char *folder, *stage, *target; /* stage NULL: nothing to remove */
	int guard;       /* the stage, open and locked for as long as this run lives; -1: not yet */
	bool over_empty; /* an empty folder of the final name may give way; no version of a round */
	bool has_store;  /* a folder for copies on their way lies in the stage */
	unsigned workers; /* as many as have worked on it */
	pthread_mutex_t lock; /* for the list of files */
	zp_input *files;
	char **names; /* theirs, in the order in which they came */
	size_t n, room;
	char **folders; /* by name and each once, from the end on */
	size_t n_folders, room_folders;
	zp_proof *proofs; /* begun already */
	zp_keeping *keeping; /* the same; NULL */
	zp_making *making; /* the same; NULL */
	zp_progress *progress;
	zp_spill *spill; /* NULL: nothing lies there */
	const zp_signer *signer; /* NULL: nothing is signed */
	struct zp_aside *aside; /* where files are kept in memory; NULL: they are written into the stage */
};

/* Modes of what is published: to be read, by its owner and the group. Folders of a round in a place that a group shares: see zp_mkdir. */
#define ZP_VERSION_FILE_MODE 0440
#define ZP_VERSION_FOLDER_MODE 0550
#define ZP_ROUND_FOLDER_MODE 0750

/* The stage of this press, and none of runs that have died. Fails: ZP_IO. */
bool zp_stage_make(zp_press *, zp_error *);
/* Remove it, if it is there still. */
void zp_stage_drop(zp_press *);
/* Hold others off a folder of a round until it is let go. Gives: -1 where that cannot be. */
int zp_folder_hold(const char *folder);
void zp_folder_let_go(int held);

/* Every file is synced, gets its mode, and is read again from where it was written, but those that were compared already. Fails: ZP_IO. */
bool zp_proof_read(zp_press *, zp_error *);
/* Begin with a file that is complete, behind the back of those who write others; a small one waits for zp_proof_read, which tells of
 * all of them. compared: as it was when the last of it was read behind the writer, so that it only has to be synced and given its mode; NULL:
 * it is still to be read. */
void zp_proof_begin(zp_press *, const zp_input *, const struct stat *compared);
/* Wait for those that were begun. */
void zp_proofs_wait(zp_press *);
/* The same, and forget them. */
void zp_proofs_drop(zp_press *);
/* So many at least are worth a second thread: syncing waits for the disk. */
#define ZP_PROOF_ALONE 32

/* Read a file to its end from where it is. Gives: whether it could be read; *same: it is what the record says. */
bool zp_proof_again(int fd, const zp_input *record, bool *same);

/* Sync a file of that path, give it its mode, and read it again. about: as it was then, for zp_disk_is_untouched. Fails: ZP_IO. */
bool zp_proof_at(const zp_press *, const zp_input *, const char *path, struct stat *about, zp_error *);

/* End what is being made behind the caller's back, without what is not made yet. */
void zp_making_give_up(zp_press *);
/* Wait for what is being copied, and the same and forget it. */
void zp_keeping_wait(zp_press *);
void zp_keeping_drop(zp_press *);
/* Remove the folder for copies on their way to the store. Fails: ZP_IO. */
bool zp_store_end(zp_press *, zp_error *);
/* aside.c: a file in memory, and the end of all of them. */
int zp_aside_create(zp_press *, const char *name, zp_error *);
void zp_aside_close(struct zp_aside *);

void zp_press_record(zp_press *, const zp_input *); /* the name is copied */
int zp_press_create(zp_press *, const char *name, zp_error *);
bool zp_press_put(int fd, const char *name, const char *bytes, size_t n, zp_error *);
/* How a child ended that has not said what went wrong; where it has, its sentence stands. Gives: false. */
bool zp_press_tell_end(int status, zp_error *);
bool zp_press_finish(int fd, const char *name, zp_error *);

#endif
