/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only place that writes results. Everything goes into a fresh folder beside the final one, is
 * synced, gets its manifest, and is renamed; a failed or killed run publishes nothing and can be run again.
 *
 *	INTO/ROUND/.stage-XXXXXX/   while it is written; locked while the run lives, and removed by the next run when it died
 *	INTO/ROUND/v1/              once it is published; it never changes again
 *	INTO/ROUND/inputs/ab/ab…    what it was made of, named by its digest
 *	INTO/ROUND/current          a link to the version that counts
 *
 * docs/formats/published.md explains them. */
#ifndef ZP_PRESS_OUTBOX_H
#define ZP_PRESS_OUTBOX_H

#include <stdio.h>
#include "base/arena.h"
#include "base/error.h"
#include "base/input.h"
#include "base/progress.h"
#include "base/spill.h"
#include "base/text.h"

typedef struct zp_press zp_press;

/* Make the stage folder.
 * Fails: ZP_BAD_INPUT when the version is published already; ZP_IO. */
zp_press *zp_press_open(const char *into, const char *round, const char *version, zp_error *);
/* The same for a folder of the caller's choice, which is no version of a round: it must not exist, or be empty.
 * Fails: ZP_BAD_USE when it is anything else; ZP_IO. */
zp_press *zp_press_open_folder(const char *path, zp_error *);
/* A press that publishes nothing and touches no folder: what is written is kept in memory, to be looked at. Never fails. */
zp_press *zp_press_open_aside(void);
/* What was written under that name, to the byte. Fails: .p NULL, ZP_IO. */
zp_text zp_press_text(zp_press *, zp_arena *, const char *name, zp_error *);
/* Remove what was staged, if it was not published, and let go of everything. */
void zp_press_close(zp_press *);

/* Who looks on: zp_press_fork and zp_press_pieces step it once for each task or piece. Who calls them tells the stage. */
void zp_press_watch(zp_press *, zp_progress *);

/* What children of zp_press_fork may read and never alter; lent. */
void zp_press_spill(zp_press *, zp_spill *);

/* The folder that will hold the results: INTO/ROUND/VERSION. */
const char *zp_press_target(const zp_press *);
/* Where it is as long as it is not published. */
const char *zp_press_stage(const zp_press *);

/* Whether a file or folder of that name can be written: relative, of the form "a/b.pdf", and it does not leave the folder. */
bool zp_press_may_write(const char *name);

/* Make a folder of that name, whether or not a file will lie in it. */
bool zp_press_folder(zp_press *, const char *name, zp_error *);

/* Write one whole file. Any thread. Fails: ZP_IO with the name, a file is written once; ZP_BUG when the name may not be written. */
bool zp_press_write(zp_press *, const char *name, const void *bytes, size_t n, zp_error *);

/* ---- a large file, made piece by piece by several threads ---- */

/* Make piece i of the file: fill *bytes (malloc'd, grown with zp_piece_room) and *n. */
typedef struct zp_piece { char *bytes; size_t n, room; } zp_piece;
char *zp_piece_room(zp_piece *, size_t more); /* room for `more` bytes at the end; returns where they go */
void zp_piece_print(zp_piece *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Pieces are made in parallel and written in order. */
bool zp_press_pieces(zp_press *, const char *name, unsigned threads, size_t n,
		     void (*make)(void *context, size_t i, zp_piece *), void *context, zp_error *);
/* Begin with the pieces of one file, and go on with something else meanwhile; other files may be written. No progress is told.
 * Needs: context stays until the end, which comes before zp_press_fork, zp_press_publish and the next beginning. A failure is told then. */
void zp_press_pieces_begin(zp_press *, const char *name, unsigned threads, size_t n, void (*make)(void *context, size_t i, zp_piece *), void *context);
bool zp_press_pieces_begun(const zp_press *, const char *name); /* and not ended */
/* Wait for it, if one was begun; zp_press_close does so as well. Fails: ZP_IO. */
bool zp_press_pieces_end(zp_press *, zp_error *);

/* ---- work shared among processes ---- */

/* Call task(context, i, outbox press) for i = 0, workers, 2 * workers … in each of `workers` child
 * processes. A child that dies or fails makes the whole call fail; what it wrote is never published. */
bool zp_press_fork(zp_press *, unsigned workers, size_t n,
		   bool (*task)(void *context, size_t i, zp_press *, zp_error *), void *context, zp_error *);

/* Zeroed memory that the children write into and their parent reads; it goes with the arena. */
void *zp_press_share(zp_arena *, size_t bytes);

/* ---- the end ---- */

size_t zp_press_count(const zp_press *);
/* Files written so far, sorted by name. */
const zp_input *zp_press_files(zp_press *);

/* Keep a copy of each of these files beside the versions, named by its digest, once however many versions it was read for. They are
 * safe on the disk when this returns. Fails: ZP_BAD_INPUT when a file is not any more what was read; ZP_IO. */
bool zp_press_keep(zp_press *, const zp_input *files, size_t n, zp_error *);
/* The same in two steps: copies are made behind the back of those who write the version, and get their names at the end. Lends the files
 * until then. Needs: each _begin has its _end, unless the press is closed. */
void zp_press_keep_begin(zp_press *, const zp_input *files, size_t n);
bool zp_press_keep_end(zp_press *, zp_error *);

/* Sync files and folders, read again what was not compared while it was written, and rename the stage to its final name.
 * Fails: ZP_IO; then nothing is published, or it says so. */
bool zp_press_publish(zp_press *, zp_error *);

/* Make INTO/ROUND/current the link to a version that is published, unless it is one to a later version already.
 * Fails: ZP_IO, ZP_BAD_INPUT; then it is what it was. */
bool zp_press_current(const char *into, const char *round, const char *version, zp_error *);
/* The same by the folder of the version; nothing is done when it lies anywhere else than among versions of its round. */
bool zp_press_current_of(const char *folder, zp_error *);

#endif
