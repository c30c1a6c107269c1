/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of results/, handed out in blocks of whole lines to several threads.
 *
 * Bytes are digested in the order of the file as they are read, under a lock; what is digested is
 * exactly what is parsed. Decoding and parsing go on outside the lock.
 */
#ifndef ZP_RUN_BLOCKS_H
#define ZP_RUN_BLOCKS_H

#include "base/input.h"
#include "base/text.h"
#include "host/plugin.h"

/* Of a text file as a whole. MOSTLY: it is plain which of the two it is, but for some lines, which are lost. BROKEN: neither, so
 * that only lines of plain ASCII can be understood. */
typedef enum zp_encoding { ZP_UTF8, ZP_GB18030, ZP_UTF8_MOSTLY, ZP_GB18030_MOSTLY, ZP_BROKEN } zp_encoding;

/* One file; the list is sorted by name, bytewise. */
typedef struct zp_results_file {
	const char *name; /* "results/lab-01.csv" */
	const char *stem; /* "lab-01" */
	const zp_plugin *importer;
	zp_input input;   /* filled when the file was read to its end */
	zp_encoding encoding; /* what is tried, or known */
	char *head;       /* the file's first lines, as they are */
	size_t n_head;
} zp_results_file;

typedef struct zp_block {
	uint32_t file;
	size_t number;   /* of all blocks, in the order of files and lines */
	long first_line;
	bool whole;      /* the block is the whole file */
	zp_text bytes;   /* lent until the same worker asks again */
	const char *bad; /* why these lines, or the rest of the file, cannot be read, a clause; NULL when they can */
} zp_block;

typedef struct zp_blocks zp_blocks;

/* Needs: `files` stays where it is until the blocks are closed. */
zp_blocks *zp_blocks_open(zp_arena *, const char *round_dir, zp_results_file *files, size_t n, unsigned workers);
void zp_blocks_close(zp_blocks *);

/* The next block for this worker; any thread. Gives: false when there is none left. */
bool zp_blocks_next(zp_blocks *, unsigned worker, zp_block *out);

#endif
