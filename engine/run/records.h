/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an importer found in a file, as one run of bytes: it crosses from the child that parsed the file to
 * the run, and may be kept for a second run. The reader trusts nothing of it. */
#ifndef ZP_RUN_RECORDS_H
#define ZP_RUN_RECORDS_H

#include "host/plugin.h"

/* The writing end: a sink whose findings become bytes. */
typedef struct zp_record_writer {
	bool (*write)(void *where, const void *bytes, size_t n);
	void *where;
	bool failed; /* a write did */
	zp_text before[ZP_FIELDS + 1]; /* of the value before: what is the same is not repeated */
	char *held;  /* room for those texts, ZP_RECORD_HELD bytes */
	size_t n_held;
} zp_record_writer;
#define ZP_RECORD_HELD (128u << 10)

zp_sink zp_record_sink(zp_record_writer *);
/* After the last value: without it the records count as cut off. */
void zp_record_end(zp_record_writer *);

/* Whether the last record is there. *at: where the first record begins that is not known to be whole; moved on. */
bool zp_records_whole(zp_text records, size_t *at);

/* Hand records to a sink, in their order. Needs: records as they were written, or anything else.
 * Gives: NULL when all were handed over; else why none may be used, a clause: "…the importer did not …".
 *        *refused is set when that is the importer's own word, told to sink->refuse already. */
const char *zp_records_read(zp_text records, const zp_sink *, bool *refused);

#endif
