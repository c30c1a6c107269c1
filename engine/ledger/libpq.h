/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libpq, loaded when a ledger in PostgreSQL is opened: with what it brings along (TLS, GSSAPI, LDAP) it would be half of the time of every start,
 * and nobody who keeps a ledger in a file has to install it. Functions are those of libpq-fe.h, without PQ. */
#ifndef ZP_LEDGER_LIBPQ_H
#define ZP_LEDGER_LIBPQ_H

#include <libpq-fe.h>
#include "base/error.h"

#define ZP_LIBPQ(X) \
	X(clear) X(cmdStatus) X(cmdTuples) X(connectdbParams) X(db) X(enterPipelineMode) X(errorMessage) X(exec) X(execPrepared) X(exitPipelineMode) \
	X(finish) X(ftype) X(getResult) X(getisnull) X(getlength) X(getvalue) X(libVersion) X(ntuples) X(parameterStatus) X(pipelineSync) X(prepare) \
	X(resultErrorField) X(resultStatus) X(sendQueryPrepared) X(serverVersion) X(setNoticeProcessor) X(status) X(user)

typedef struct zp_libpq {
#define X(name) __typeof__(PQ##name) *name;
	ZP_LIBPQ(X)
#undef X
} zp_libpq;

/* Of no use before zp_libpq_load. */
extern zp_libpq zp_pq;

/* Once in a process; afterwards it is there. place: of whom a sentence speaks. Fails: ZP_IO, when it is not on this machine. */
bool zp_libpq_load(const char *place, zp_error *);

#endif
