/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of ledgers: whatever a store gives, row by row, is read or refused with a reason, twice the same. What a ledger of ours gives is kept once,
 * statement by statement; an input is a list of changes to it, each of four bytes, for the statement, the row, the column and what is done there, and of
 * what that needs. No store is asked, which makes this a thousand times as fast as whole files (fuzz_ledger.c). */
#include "fuzz.h"
#include <string.h>
#include "base/memory.h"
#include "fuzz/sample_entry.h"
#include "ledger/acts.h"
#include "ledger/store.h"
#include "ledger/trail.h"

#define COLUMNS 24
#define ANSWERS 120
#define ROWS_MOST 400 /* of one answer */
#define PARAMETERS 4
#define REPEATS_MOST 8 /* of rows of one answer */
#define COUNT_MOST 255 /* no store counts rows that are not there by the million, or fewer than none */

typedef struct cell { int64_t whole; const char *text; size_t n; } cell;
typedef struct row { cell at[COLUMNS]; } row;
typedef struct answer { /* to a statement with its parameters */
	uint64_t sql, asked[PARAMETERS]; /* marks */
	row *rows;
	size_t n, room, fails_at;
	bool counts; /* it gives how many rows there are */
} answer;
typedef struct tape { answer at[ANSWERS]; size_t n; } tape;

static tape kept;           /* what a ledger of ours gives */
static zp_arena *for_good;  /* of what is kept */
static tape given;          /* the same with the changes of an input */
static zp_arena *for_input; /* of the changes */

/* ---- statements ---- */

typedef struct statement {
	zp_statement is;
	zp_statement *under; /* of the ledger of ours; NULL: the tape answers */
	const char *text;
	uint64_t sql, asked[PARAMETERS];
	answer *from;
	size_t next, at;
} statement;

static statement *of(zp_statement *s) { return (statement *)s; }

static uint64_t mark_of(const void *bytes, size_t n)
{
	uint64_t h = 1469598103934665603u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
	return h;
}

static void ask(zp_statement *s, int at, const void *bytes, size_t n) { of(s)->asked[(at - 1) % PARAMETERS] = mark_of(bytes, n); }

/* The answer to the same question; else to the same statement, as a store that mixes things up would give it; else NULL. */
static answer *answer_to(tape *t, uint64_t sql, const uint64_t *asked)
{
	answer *near = NULL;
	for (size_t i = 0; i < t->n; i++) {
		answer *a = &t->at[i];
		if (a->sql != sql)
			continue;
		near = near ? near : a;
		if (memcmp(a->asked, asked, sizeof a->asked) == 0)
			return a;
	}
	return near;
}

static statement *open_statement(zp_ledger *ledger, const char *sql)
{
	statement *s = zp_must(calloc(1, sizeof *s));
	s->is.store = ledger->store, s->text = sql, s->sql = mark_of(sql, strlen(sql));
	return s;
}

/* ---- a ledger of ours, whose answers are kept ---- */

static zp_statement *keep_prepare(zp_ledger *ledger, const char *sql, zp_error *err)
{
	zp_statement *under = zp_store_sqlite.prepare(ledger, sql, err);
	if (!under)
		return NULL;
	statement *s = open_statement(ledger, sql);
	s->under = under;
	return &s->is;
}

static void keep_finish(zp_statement *s)
{
	zp_store_sqlite.finish(of(s)->under);
	free(s);
}

static void keep_again(zp_statement *s)
{
	zp_store_sqlite.again(of(s)->under);
	of(s)->from = NULL;
}

static void keep_whole(zp_statement *s, int at, int64_t v) { zp_store_sqlite.put_whole(of(s)->under, at, v), ask(s, at, &v, sizeof v); }
static void keep_text_of(zp_statement *s, int at, const char *text, size_t n) { zp_store_sqlite.put_text_of(of(s)->under, at, text, n), ask(s, at, text, n); }
static void keep_text(zp_statement *s, int at, const char *text) { keep_text_of(s, at, text, strlen(text)); }
static void keep_bytes(zp_statement *s, int at, const void *bytes, size_t n) { zp_store_sqlite.put_bytes(of(s)->under, at, bytes, n), ask(s, at, bytes, n); }

/* Gives: NULL when the answer is kept already. */
static answer *begin_answer(statement *s)
{
	const answer *there = answer_to(&kept, s->sql, s->asked);
	if (there && memcmp(there->asked, s->asked, sizeof s->asked) == 0)
		return NULL;
	FUZZ_PROMISE(kept.n < ANSWERS, "there is more to keep than there is room for");
	answer *a = &kept.at[kept.n++];
	*a = (answer){ .sql = s->sql, .rows = zp_take(for_good, row, ROWS_MOST), .fails_at = SIZE_MAX };
	a->counts = strncmp(s->text, "SELECT count(", 13) == 0 || strncmp(s->text, "SELECT max(", 11) == 0;
	memcpy(a->asked, s->asked, sizeof a->asked);
	return a;
}

static int keep_step(zp_ledger *ledger, zp_statement *st, zp_error *err)
{
	statement *s = of(st);
	const int more = zp_store_sqlite.step(ledger, s->under, err);
	if (!s->from && !s->next++)
		s->from = begin_answer(s);
	if (!s->from || more != 1)
		return more;
	FUZZ_PROMISE(s->from->n < ROWS_MOST, "an answer has more rows than there is room for");
	row *r = &s->from->rows[s->from->n++];
	for (int c = 0; c < COLUMNS; c++) {
		size_t n;
		const int64_t whole = zp_store_sqlite.whole(s->under, c);
		const char *text = zp_store_sqlite.text(s->under, c, &n);
		r->at[c] = (cell){ whole, zp_arena_text(for_good, text, n), n };
	}
	return more;
}

static int64_t keep_get_whole(zp_statement *s, int column) { return zp_store_sqlite.whole(of(s)->under, column); }
static const char *keep_get_text(zp_statement *s, int column, size_t *n) { return zp_store_sqlite.text(of(s)->under, column, n); }
static const void *keep_get_bytes(zp_statement *s, int column, size_t *n) { return zp_store_sqlite.bytes(of(s)->under, column, n); }

/* ---- a store that says what the tape says ---- */

static zp_statement *prepare(zp_ledger *ledger, const char *sql, zp_error *err)
{
	(void)err;
	return &open_statement(ledger, sql)->is;
}

static void finish(zp_statement *s) { free(s); }
static void again(zp_statement *s) { of(s)->from = NULL; }
static void put_whole(zp_statement *s, int at, int64_t v) { ask(s, at, &v, sizeof v); }
static void put_text_of(zp_statement *s, int at, const char *text, size_t n) { ask(s, at, text, n); }
static void put_text(zp_statement *s, int at, const char *text) { ask(s, at, text, strlen(text)); }

static int step(zp_ledger *ledger, zp_statement *st, zp_error *err)
{
	statement *s = of(st);
	if (!s->from) {
		s->from = answer_to(&given, s->sql, s->asked);
		s->next = 0;
	}
	if (s->from && s->next == s->from->fails_at) {
		zp_fail(err, ZP_IO, ledger->path, 0, "the ledger cannot be read or written: %s", "as an input says");
		return -1;
	}
	if (!s->from || s->next >= s->from->n)
		return 0;
	s->at = s->next++;
	return 1;
}

static const cell *cell_of(zp_statement *s, int column) { return &of(s)->from->rows[of(s)->at].at[column]; }
static int64_t get_whole(zp_statement *s, int column) { return cell_of(s, column)->whole; }

static const char *get_text(zp_statement *s, int column, size_t *n)
{
	*n = cell_of(s, column)->n;
	return cell_of(s, column)->text;
}

static const void *get_bytes(zp_statement *s, int column, size_t *n)
{
	const char *text = get_text(s, column, n);
	return *n ? text : NULL;
}

static bool run(zp_ledger *ledger, const char *sql, zp_error *err) { return (void)ledger, (void)sql, (void)err, true; }
static bool begin(zp_ledger *ledger, bool writes, zp_error *err) { return (void)ledger, (void)writes, (void)err, true; }
static bool faults(zp_ledger *ledger, void (*tell)(void *, const char *), void *self, zp_error *err) { return (void)ledger, (void)tell, (void)self, (void)err, true; }

static bool shape(zp_ledger *ledger, bool fresh, char digest[static ZP_DIGEST_TEXT], zp_error *err)
{
	(void)ledger, (void)fresh, (void)err;
	strcpy(digest, "as it should be");
	return true;
}

/* ---- reading ---- */

typedef struct outcome { uint64_t told; size_t sentences; } outcome;

static void note(outcome *o, const char *text) { o->told = (o->told ^ mark_of(text, strlen(text))) * 1099511628211u; }

static void be_told(void *self, const char *sentence)
{
	FUZZ_PROMISE(*sentence, "something is wrong, and not said what");
	((outcome *)self)->sentences++;
	note(self, sentence);
}

static bool walk(void *self, const zp_annal_row *r)
{
	outcome *o = self;
	o->told += r->n + r->lab;
	return true;
}

/* What was read is told by its first text, what was refused by its reason. */
static void expect(outcome *o, bool good, const zp_error *err, const char *text)
{
	FUZZ_PROMISE(good || *err->text, "refused without a reason");
	note(o, good ? text : err->text);
}

static outcome read_all(zp_ledger *ledger)
{
	outcome o = { 0 };
	zp_arena *arena = zp_arena_open();
	zp_error err[9] = { 0 };
	size_t n = 0;
	bool sound = false;
	char digest[ZP_DIGEST_TEXT] = "";
	const long found = zp_ledger_check(ledger, be_told, &o, &sound, &err[0]);
	FUZZ_PROMISE(found >= 0 ? (size_t)found == o.sentences : *err[0].text != '\0', "what is wrong is not told");
	const zp_ledger_row *rows = zp_ledger_rows(ledger, arena, &n, &err[1]);
	expect(&o, rows, &err[1], rows && n ? rows[0].id : "");
	const zp_entry *e = zp_ledger_take(ledger, arena, "A", ZP_VERSION_CURRENT, &err[2]);
	if (e)
		zp_entry_digest(e, digest);
	expect(&o, e, &err[2], digest);
	const zp_annals *annals = zp_annals_take(ledger, arena, 2026, 2026, &err[3]);
	expect(&o, annals, &err[3], annals && annals->n ? annals->rounds[0].id : "");
	expect(&o, zp_ledger_walk(ledger, "A", walk, &o, &err[4]), &err[4], "");
	const zp_ledger_paper *papers = zp_ledger_papers(ledger, arena, &n, &err[5]);
	expect(&o, papers, &err[5], papers && n ? papers[0].number : "");
	const zp_ledger_decision *decisions = zp_ledger_decisions(ledger, arena, &n, &err[6]);
	expect(&o, decisions, &err[6], decisions && n ? decisions[0].award : "");
	const zp_paper_origin *origins = zp_trail_papers(ledger, arena, &n, &err[7]);
	expect(&o, origins, &err[7], origins && n ? origins[0].head : "");
	static const zp_witness seen = { "a paper", "0123456789ab", "A/v1", "d" };
	const long against = zp_trail_against(ledger, &seen, 1, be_told, &o, &err[8]);
	expect(&o, against >= 0, &err[8], "");
	zp_arena_close(arena);
	return o;
}

/* ---- what is kept, once ---- */

static void keep_all(void)
{
	static zp_store keeping;
	zp_error err = { 0 };
	for_good = zp_arena_open();
	zp_ledger *ledger = zp_ledger_in_memory("ledger", &err);
	FUZZ_PROMISE(ledger && zp_schema_raise(ledger, 0, &err), err.text);
	zp_trail_for(ledger, "close", "A/v1", "");
	static const zp_ledger_paper papers[] = {
		{ "2026/P/all-rounds/P/L0001/1", 2026, "all-rounds", "L0001", "示例医院一", "K", "2026-12-31", 1 },
		{ "2026/P/all-rounds/P/L0001/2", 2026, "all-rounds", "L0001", "示例医院一", "K", "2027-01-31", 2 },
	};
	static const zp_ledger_decision decisions[] = { { 2026, "excellent", "L0001", "awarded", "委员会", "2026-12-20", "", true },
							 { 2026, "excellent", "L0001", "withdrawn", "委员会", "2026-12-28", "重复", true } };
	const zp_entry *entry = sample_entry(for_good);
	zp_entry other = *entry;
	other.organiser_en = "Another";
	other.round.organiser_en = "Another";
	FUZZ_PROMISE(zp_ledger_put(ledger, entry, &err) == ZP_ADDED && zp_ledger_put(ledger, &other, &err) == ZP_ADDED_CONFLICT &&
		     zp_ledger_put_papers(ledger, papers, 2, &err) && zp_ledger_put_decisions(ledger, decisions, 2, &err), err.text);
	keeping = zp_store_sqlite;
	keeping.prepare = keep_prepare, keeping.finish = keep_finish, keeping.again = keep_again, keeping.step = keep_step;
	keeping.put_whole = keep_whole, keeping.put_text = keep_text, keeping.put_text_of = keep_text_of, keeping.put_bytes = keep_bytes;
	keeping.whole = keep_get_whole, keeping.text = keep_get_text, keeping.bytes = keep_get_bytes;
	keeping.faults = faults, keeping.shape = shape;
	ledger->store = &keeping;
	FUZZ_PROMISE(read_all(ledger).sentences == 1, "a ledger of ours is not what was put into it"); /* the head of the paper is not its own */
	ledger->store = &zp_store_sqlite;
	zp_ledger_close(ledger);
}

/* ---- changes ---- */

typedef struct reading { const uint8_t *p, *end; } reading;

static uint8_t byte(reading *r) { return r->p < r->end ? *r->p++ : 0; }

static void set_whole(const answer *a, cell *c, int64_t whole)
{
	if (a->counts)
		whole &= COUNT_MOST;
	c->whole = whole;
	c->text = zp_arena_print(for_input, "%lld", (long long)whole);
	c->n = strlen(c->text);
}

static void set_text(cell *c, const char *text, size_t n) { *c = (cell){ c->whole, zp_arena_text(for_input, text, n), n }; }

static void own_rows(answer *a)
{
	if (a->room)
		return;
	a->room = a->n + REPEATS_MOST;
	row *copy = zp_take(for_input, row, a->room);
	if (a->n)
		memcpy(copy, a->rows, a->n * sizeof *copy);
	a->rows = copy;
}

static void change(reading *in)
{
	answer *a = &given.at[byte(in) % given.n];
	const size_t row_byte = byte(in), at = a->n ? row_byte % a->n : 0;
	const int column = byte(in) % COLUMNS;
	const uint8_t how = byte(in) % 8;
	own_rows(a);
	row *r = &a->rows[at];
	cell *c = &r->at[column];
	if (how == 0)
		set_whole(a, c, (int8_t)byte(in));
	else if (how == 1) {
		uint64_t whole = 0;
		for (int i = 0; i < 8; i++)
			whole = whole << 8 | byte(in);
		set_whole(a, c, (int64_t)whole);
	} else if (how == 2) {
		const size_t n = byte(in), left = (size_t)(in->end - in->p), m = n < left ? n : left;
		set_text(c, (const char *)in->p, m);
		in->p += m;
	} else if (how == 3) {
		const answer *b = &given.at[byte(in) % given.n];
		const size_t from = byte(in);
		const int there = byte(in) % COLUMNS;
		if (b->n && !a->counts)
			*c = b->rows[from % b->n].at[there];
	} else if (how == 4 && a->n) {
		memmove(r, r + 1, (a->n - at - 1) * sizeof *r);
		a->n--;
	} else if (how == 5 && a->n && a->n < a->room) {
		memmove(r + 1, r, (a->n - at) * sizeof *r);
		a->n++;
	} else if (how == 6 && at + 1 < a->n) {
		const row swap = r[0];
		r[0] = r[1], r[1] = swap;
	} else if (how == 7) {
		a->fails_at = at;
	}
}

FUZZ_TARGET(rows)
{
	static zp_store telling;
	if (!kept.n) {
		keep_all();
		telling = zp_store_sqlite;
		telling.prepare = prepare, telling.finish = finish, telling.again = again, telling.step = step, telling.run = run, telling.begin = begin, telling.end = begin;
		telling.put_whole = put_whole, telling.put_text = put_text, telling.put_text_of = put_text_of, telling.put_bytes = NULL;
		telling.whole = get_whole, telling.text = get_text, telling.bytes = get_bytes, telling.faults = faults, telling.shape = shape;
	}
	given = kept;
	for_input = zp_arena_open();
	for (reading in = { data, data + size }; in.p < in.end;)
		change(&in);
	char path[] = "ledger";
	zp_ledger ledger = { .store = &telling, .path = path, .by = "", .what = "", .subject = "", .why = "" };
	const outcome first = read_all(&ledger);
	if (fuzz_again(data, size)) {
		const outcome second = read_all(&ledger);
		FUZZ_PROMISE(first.told == second.told && first.sentences == second.sentences, "read twice, it is another");
	}
	zp_arena_close(for_input);
	return 0;
}
