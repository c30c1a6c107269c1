/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All results of a round, one row of the table after the other: a year has millions of them. */
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "ledger/pack.h"
#include "ledger/sql.h"
#include "ledger/words.h"

#define NUMBERS 16 /* of states and verdicts in a packed sample */

typedef struct resting { uint32_t group, kept; bool consensus; } resting;

typedef struct walking {
	zp_ledger *ledger;
	zp_error *err;
	int state[NUMBERS], verdict[NUMBERS]; /* what the program calls them */
	zp_annal_figure *samples;
	size_t room;
	resting *groups; /* of the round, ascending */
	size_t n_groups;
} walking;

/* ---- what targets rest on ---- */

static bool take_groups(walking *w, int64_t round)
{
	zp_statement *s = zp_sql_prepare(w->ledger, "SELECT \"group\", kept, origin FROM target WHERE round = ?1 ORDER BY \"group\"", w->err);
	const char *consensus = zp_origin_word(ZP_CONSENSUS);
	size_t room = 0;
	int more = -1;
	if (s)
		zp_sql_put_whole(s, 1, round);
	while (s && (more = zp_sql_step(w->ledger, s, w->err)) > 0) {
		if (w->n_groups == room) {
			room = room ? 2 * room : 256;
			w->groups = zp_must(realloc(w->groups, room * sizeof *w->groups));
		}
		const int64_t kept = zp_sql_whole(s, 1);
		w->groups[w->n_groups++] = (resting){ (uint32_t)zp_sql_whole(s, 0), kept < 0 || kept > UINT32_MAX ? 0 : (uint32_t)kept, strcmp(zp_sql_lent(s, 2, NULL), consensus) == 0 };
	}
	zp_sql_close(s);
	return more == 0;
}

static int by_group(const void *pa, const void *pb)
{
	const resting *a = pa, *b = pb;
	return (a->group > b->group) - (a->group < b->group);
}

/* A group that the ledger does not have rests on nobody that is known of. */
static resting resting_of(const walking *w, uint32_t group)
{
	const resting wanted = { group, 0, true };
	if (!group || !w->n_groups)
		return wanted;
	const size_t near = group - w->groups[0].group; /* numbers mostly follow each other */
	const resting *found = near < w->n_groups && w->groups[near].group == group ? &w->groups[near]
										     : bsearch(&wanted, w->groups, w->n_groups, sizeof wanted, by_group);
	return found ? *found : wanted;
}

/* ---- rows ---- */

static void *room_for_one(walking *w, size_t n)
{
	if (n < w->room)
		return w->samples;
	w->room = w->room ? 2 * w->room : 16;
	zp_annal_figure *more = zp_must(realloc(w->samples, w->room * sizeof *more));
	return w->samples = more;
}

/* Gives: how many samples; SIZE_MAX when the bytes are no samples. */
static size_t unpack_row(walking *w, const uint8_t *p, size_t bytes)
{
	const uint8_t *end = p ? p + bytes : NULL;
	size_t n = 0;
	while (p && p < end) {
		zp_packed s;
		p = zp_unpack(p, end, &s);
		if (!p)
			return SIZE_MAX;
		room_for_one(w, n);
		const resting on = resting_of(w, s.group);
		w->samples[n++] = (zp_annal_figure){ (uint8_t)w->state[s.state], (uint8_t)w->verdict[s.verdict], s.has_sdi, s.has_share, s.sdi, s.share,
						     on.consensus, on.kept };
	}
	return n;
}

/* Gives: 1 to go on, 0 when told enough, -1 failed. */
static int walk_row(walking *w, zp_statement *s, bool (*tell)(void *, const zp_annal_row *), void *self)
{
	size_t bytes;
	const void *blob = zp_sql_bytes(s, 3, &bytes);
	const size_t n = unpack_row(w, blob, bytes);
	if (n == SIZE_MAX) {
		zp_fail(w->err, ZP_BAD_INPUT, w->ledger->path, 0, "the ledger is not intact: results cannot be read; zhiping ledger check tells more");
		return -1;
	}
	const zp_annal_row row = { (uint32_t)zp_sql_whole(s, 0), (uint16_t)zp_sql_whole(s, 1), (uint16_t)zp_sql_whole(s, 2),
		w->samples, n };
	return tell(self, &row);
}

bool zp_ledger_walk(zp_ledger *ledger, const char *round, bool (*tell)(void *self, const zp_annal_row *), void *self, zp_error *err)
{
	const int64_t row = zp_take_row(ledger, round, ZP_VERSION_CURRENT, err);
	if (row <= 0)
		return row == 0;
	walking w = { .ledger = ledger, .err = err };
	for (unsigned i = 0; i < NUMBERS; i++)
		w.state[i] = zp_words_enum(ZP_WORDS_STATE, i), w.verdict[i] = zp_words_enum(ZP_WORDS_VERDICT, i);
	zp_statement *s = !take_groups(&w, row) ? NULL : zp_sql_prepare(ledger, "SELECT lab, programme, measurand, samples FROM result WHERE round = ?1 ORDER BY lab, programme, measurand", err);
	int go = s ? 1 : -1, more = 0;
	if (s)
		zp_sql_put_whole(s, 1, row);
	while (go > 0 && (more = zp_sql_step(ledger, s, err)) > 0)
		go = walk_row(&w, s, tell, self);
	zp_sql_close(s);
	free(w.samples);
	free(w.groups);
	zp_progress_step(ledger->progress, 1);
	return go >= 0 && more >= 0;
}
