/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry out of the tables. Nothing is believed: a number that points nowhere is a ledger that is not intact. */
#include <string.h>
#include "base/words.h"
#include "ledger/store.h"
#include "ledger/words.h"

#define TEXTS_MOST 100000000

static bool broken(zp_ledger *ledger, zp_error *err, const char *table, int64_t row)
{
	return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0,
		       "the ledger is not intact: the table %s holds what cannot be in it, for round %lld", table,
		       (long long)row);
}

bool zp_take_texts(zp_ledger *ledger, zp_arena *arena, zp_ledger_texts *texts, zp_error *err)
{
	int64_t most = 0, count = 0;
	if (!zp_sql_number(ledger, "SELECT max(id) FROM text", 0, &most, err) ||
	    !zp_sql_number(ledger, "SELECT count(*) FROM text", 0, &count, err))
		return false;
	bool all = true; /* who sees some rounds only sees some texts */
	if (ledger->store->sees_all && !ledger->store->sees_all(ledger, &all, err))
		return false;
	if (most < 0 || most > (all ? 2 * count + 1000 : TEXTS_MOST))
		return broken(ledger, err, "text", 0);
	texts->n = (size_t)most + 1;
	texts->at = zp_take(arena, const char *, texts->n);
	for (size_t i = 0; i < texts->n; i++)
		texts->at[i] = "";
	zp_statement *s = zp_sql_prepare(ledger, "SELECT id, text FROM text", err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		const int64_t id = zp_sql_whole(s, 0);
		if (id >= 0 && id <= most)
			texts->at[id] = zp_sql_text(s, 1, arena);
	}
	zp_sql_close(s);
	return more == 0;
}

/* How many rows a table has for the round: room is taken before they are read. Only names of our own tables come here. */
static bool count_of(zp_ledger *ledger, const char *sql, int64_t row, size_t *n, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, sql, err);
	if (!s)
		return false;
	zp_sql_put_whole(s, 1, row);
	const int more = zp_sql_step(ledger, s, err);
	*n = more == 1 ? (size_t)zp_sql_whole(s, 0) : 0;
	zp_sql_close(s);
	return more >= 0;
}

static zp_statement *begin(zp_ledger *ledger, const char *sql, int64_t row, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, sql, err);
	if (s)
		zp_sql_put_whole(s, 1, row);
	return s;
}

static const char *text_at(const zp_ledger_texts *texts, zp_statement *s, int column)
{
	const int64_t id = zp_sql_whole(s, column);
	return id >= 0 && (uint64_t)id < texts->n ? texts->at[id] : "";
}

static bool take_round(zp_ledger *ledger, zp_arena *arena, int64_t row, zp_entry *e, zp_error *err)
{
	zp_statement *s = begin(
		ledger,
		"SELECT id, version, name, name_en, organiser, organiser_en, year, number, opens, closes, issued, engine, digest, results"
		" FROM round WHERE round = ?1",
		row, err);
	int more = s ? zp_sql_step(ledger, s, err) : -1;
	if (more == 1) {
		zp_annal_round *r = &e->round;
		r->id = zp_sql_text(s, 0, arena);
		e->version = (int)zp_sql_whole(s, 1);
		r->version = zp_arena_print(arena, "v%d", e->version);
		r->name = zp_sql_text(s, 2, arena), r->name_en = zp_sql_text(s, 3, arena), r->organiser = zp_sql_text(s, 4, arena);
		r->organiser_en = e->organiser_en = zp_sql_text(s, 5, arena);
		r->year = (int)zp_sql_whole(s, 6), r->number = (int)zp_sql_whole(s, 7);
		e->opens_at = zp_sql_text(s, 8, arena), e->closes_at = zp_sql_text(s, 9, arena);
		r->opens = zp_arena_text(arena, e->opens_at, strnlen(e->opens_at, 10)),
		r->closes = zp_arena_text(arena, e->closes_at, strnlen(e->closes_at, 10));
		r->issued = zp_sql_text(s, 10, arena), e->engine = zp_sql_text(s, 11, arena), r->digest = zp_sql_text(s, 12, arena);
		e->n_samples = (size_t)zp_sql_whole(s, 13);
	}
	zp_sql_close(s);
	return more == 1 || (more == 0 && broken(ledger, err, "round", row));
}

static bool take_labs(zp_ledger *ledger, zp_arena *arena, const zp_ledger_texts *texts, int64_t row, zp_entry *e, zp_error *err)
{
	size_t n = 0, i = 0;
	if (!count_of(ledger, "SELECT count(*) FROM lab WHERE round = ?1", row, &n, err))
		return false;
	zp_annal_lab *labs = zp_take(arena, zp_annal_lab, n + 1);
	zp_statement *s = begin(
		ledger,
		"SELECT lab, code, name, region, region_name, class, institution, department FROM lab WHERE round = ?1 ORDER BY lab",
		row, err);
	int more = s ? 1 : -1;
	bool good = true;
	while (good && more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		good = i < n && zp_sql_whole(s, 0) == (int64_t)i;
		if (good)
			labs[i++] = (zp_annal_lab){ zp_sql_text(s, 1, arena), text_at(texts, s, 2), text_at(texts, s, 3),
						    text_at(texts, s, 4),     text_at(texts, s, 5), text_at(texts, s, 6),
						    text_at(texts, s, 7) };
	}
	zp_sql_close(s);
	e->round.labs = labs;
	e->round.n_labs = n;
	return more >= 0 && ((good && i == n) || broken(ledger, err, "lab", row));
}

static bool take_programme_rows(zp_ledger *ledger, zp_arena *arena, const zp_ledger_texts *texts, int64_t row,
				zp_annal_programme *programmes, const char **cancelled, size_t n, zp_error *err)
{
	zp_statement *s = begin(
		ledger,
		"SELECT programme, code, name, name_en, scheme, scheme_version, pass, level, trueness, measurand_status, samples,"
		" is_cancelled, cancelled FROM programme WHERE round = ?1 ORDER BY programme",
		row, err);
	int more = s ? 1 : -1;
	size_t i = 0;
	bool good = true;
	while (good && more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		const int level = zp_words_enum(ZP_WORDS_LEVEL, (unsigned)zp_sql_whole(s, 7));
		good = i < n && zp_sql_whole(s, 0) == (int64_t)i && level >= 0 && zp_sql_whole(s, 10) >= 0 &&
		       zp_sql_whole(s, 10) <= UINT16_MAX;
		if (!good)
			break;
		cancelled[i] = zp_sql_text(s, 12, arena);
		programmes[i++] = (zp_annal_programme){ .code = zp_sql_text(s, 1, arena),
							.name = text_at(texts, s, 2),
							.name_en = text_at(texts, s, 3),
							.scheme = text_at(texts, s, 4),
							.scheme_version = text_at(texts, s, 5),
							.pass = (uint32_t)zp_sql_whole(s, 6),
							.level = (zp_level)level,
							.trueness = zp_sql_whole(s, 8) != 0,
							.measurand_status = zp_sql_whole(s, 9) != 0,
							.n_samples = (uint32_t)zp_sql_whole(s, 10),
							.cancelled = zp_sql_whole(s, 11) != 0 };
	}
	zp_sql_close(s);
	return more >= 0 && ((good && i == n) || broken(ledger, err, "programme", row));
}

/* Rows of `measurand` by programme; what each programme has lies together. */
static bool take_measurands(zp_ledger *ledger, zp_arena *arena, const zp_ledger_texts *texts, int64_t row, zp_annal_programme *programmes,
			    const zp_entry_rule **rules, size_t n_programmes, zp_error *err)
{
	size_t n = 0, i = 0;
	if (!count_of(ledger, "SELECT count(*) FROM measurand WHERE round = ?1", row, &n, err))
		return false;
	zp_annal_measurand *all = zp_take(arena, zp_annal_measurand, n + 1);
	zp_entry_rule *all_rules = zp_take(arena, zp_entry_rule, n + 1);
	zp_statement *s = begin(
		ledger,
		"SELECT programme, measurand, code, name, name_en, unit, specimen, item, pass, weight, \"limit\", limit_set FROM measurand"
		" WHERE round = ?1 ORDER BY programme, measurand",
		row, err);
	int more = s ? 1 : -1;
	bool good = true;
	while (good && more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		const int64_t p = zp_sql_whole(s, 0);
		good = i < n && p >= 0 && (uint64_t)p < n_programmes && zp_sql_whole(s, 1) == (int64_t)programmes[p].n_measurands;
		if (!good)
			break;
		if (!programmes[p].n_measurands)
			programmes[p].measurands = all + i, rules[p] = all_rules + i;
		programmes[p].n_measurands++;
		all_rules[i] = (zp_entry_rule){ (uint32_t)zp_sql_whole(s, 9), text_at(texts, s, 10), text_at(texts, s, 11) };
		all[i++] = (zp_annal_measurand){ zp_sql_text(s, 2, arena),
						 text_at(texts, s, 3),
						 text_at(texts, s, 4),
						 text_at(texts, s, 5),
						 text_at(texts, s, 6),
						 text_at(texts, s, 7),
						 (uint32_t)zp_sql_whole(s, 8) };
	}
	zp_sql_close(s);
	return more >= 0 && ((good && i == n) || broken(ledger, err, "measurand", row));
}

static bool take_samples(zp_ledger *ledger, zp_arena *arena, int64_t row, const zp_annal_programme *programmes,
			 const char *const **samples, size_t n, zp_error *err)
{
	const char ***codes = zp_take(arena, const char **, n + 1);
	for (size_t p = 0; p < n; p++) {
		codes[p] = zp_take(arena, const char *, programmes[p].n_samples + 1);
		for (size_t k = 0; k < programmes[p].n_samples; k++)
			codes[p][k] = "";
		samples[p] = codes[p];
	}
	zp_statement *s = begin(ledger, "SELECT programme, sample, code FROM sample WHERE round = ?1", row, err);
	int more = s ? 1 : -1;
	bool good = true;
	while (good && more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		const int64_t p = zp_sql_whole(s, 0), k = zp_sql_whole(s, 1);
		good = p >= 0 && (uint64_t)p < n && k >= 0 && k < programmes[p].n_samples;
		if (good)
			codes[p][k] = zp_sql_text(s, 2, arena);
	}
	zp_sql_close(s);
	return more == 0 || (!good && broken(ledger, err, "sample", row));
}

zp_entry *zp_take_head(zp_ledger *ledger, zp_arena *arena, const zp_ledger_texts *texts, int64_t row, zp_error *err)
{
	zp_entry *e = zp_take(arena, zp_entry, 1);
	size_t n = 0;
	if (!take_round(ledger, arena, row, e, err) || !take_labs(ledger, arena, texts, row, e, err) ||
	    !count_of(ledger, "SELECT count(*) FROM programme WHERE round = ?1", row, &n, err))
		return NULL;
	zp_annal_programme *programmes = zp_take(arena, zp_annal_programme, n + 1);
	const char **cancelled = zp_take(arena, const char *, n + 1);
	const char *const **samples = zp_take(arena, const char *const *, n + 1);
	const zp_entry_rule **rules = zp_take(arena, const zp_entry_rule *, n + 1);
	if (!take_programme_rows(ledger, arena, texts, row, programmes, cancelled, n, err) ||
	    !take_measurands(ledger, arena, texts, row, programmes, rules, n, err) ||
	    !take_samples(ledger, arena, row, programmes, samples, n, err))
		return NULL;
	e->round.programmes = programmes;
	e->round.n_programmes = n;
	e->cancelled = cancelled, e->samples = samples, e->rules = rules;
	return e;
}

/* Whether laboratory, programme and measurand are of the round. */
static bool is_there(const zp_entry *e, int64_t lab, int64_t programme, int64_t measurand)
{
	return lab >= 0 && (uint64_t)lab < e->round.n_labs && programme >= 0 && (uint64_t)programme < e->round.n_programmes &&
	       ((measurand >= 0 && (uint64_t)measurand < e->round.programmes[programme].n_measurands) || measurand == ZP_ANNAL_WHOLE);
}

bool zp_take_tallies(zp_ledger *ledger, zp_arena *arena, int64_t row, zp_entry *e, zp_error *err)
{
	int standing[256], satisfaction[256];
	for (unsigned i = 0; i < 256; i++)
		standing[i] = zp_words_enum(ZP_WORDS_STANDING, i), satisfaction[i] = zp_words_enum(ZP_WORDS_SATISFACTION, i);
	size_t n = 0, i = 0;
	if (!count_of(ledger, "SELECT count(*) FROM tally WHERE round = ?1", row, &n, err))
		return false;
	zp_annal_tally *tallies = zp_take(arena, zp_annal_tally, n + 1);
	zp_statement *s = begin(
		ledger,
		"SELECT lab, programme, measurand, standing, satisfaction, credit, total, not_evaluated FROM tally WHERE round = ?1"
		" ORDER BY lab, programme, measurand",
		row, err);
	int more = s ? 1 : -1;
	bool good = true;
	while (good && more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		const int64_t lab = zp_sql_whole(s, 0), p = zp_sql_whole(s, 1), m = zp_sql_whole(s, 2);
		const int64_t st = zp_sql_whole(s, 3), sa = zp_sql_whole(s, 4);
		good = i < n && is_there(e, lab, p, m) && st >= 0 && st < 256 && sa >= 0 && sa < 256 && standing[st] >= 0 &&
		       satisfaction[sa] >= 0;
		if (good)
			tallies[i++] = (zp_annal_tally){ (uint32_t)lab,
							 (uint16_t)p,
							 (uint16_t)m,
							 (uint8_t)standing[st],
							 (uint8_t)satisfaction[sa],
							 (uint32_t)zp_sql_whole(s, 5),
							 (uint32_t)zp_sql_whole(s, 6),
							 (uint32_t)zp_sql_whole(s, 7) };
	}
	zp_sql_close(s);
	e->round.tallies = tallies;
	e->round.n_tallies = n;
	return more >= 0 && ((good && i == n) || broken(ledger, err, "tally", row));
}

static bool take_answers(zp_ledger *ledger, zp_arena *arena, const zp_ledger_texts *texts, int64_t row, zp_entry *e, zp_error *err)
{
	size_t n = 0, i = 0;
	if (!count_of(ledger, "SELECT count(*) FROM answer WHERE round = ?1", row, &n, err))
		return false;
	const char **answers = zp_take(arena, const char *, n + 1);
	zp_statement *s = begin(ledger, "SELECT answer, text FROM answer WHERE round = ?1 ORDER BY answer", row, err);
	int more = s ? 1 : -1;
	bool good = true;
	while (good && more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		good = i < n && zp_sql_whole(s, 0) == (int64_t)i;
		if (good)
			answers[i++] = text_at(texts, s, 1);
	}
	zp_sql_close(s);
	e->answers = answers;
	e->n_answers = n;
	return more >= 0 && ((good && i == n) || broken(ledger, err, "answer", row));
}

static bool take_targets(zp_ledger *ledger, zp_arena *arena, int64_t row, zp_entry *e, zp_error *err)
{
	size_t n = 0, i = 0;
	if (!count_of(ledger, "SELECT count(*) FROM target WHERE round = ?1", row, &n, err))
		return false;
	zp_entry_target *targets = zp_take(arena, zp_entry_target, n + 1);
	zp_statement *s = begin(
		ledger,
		"SELECT \"group\", programme, measurand, sample, rung, key, members, kept, used, origin, method, method_version, x_pt, u_used, s,"
		" sigma_pt, status, delta_e, low, high, sdi_centre, sdi_sd, doubts FROM target WHERE round = ?1 ORDER BY \"group\"",
		row, err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0 && i < n) {
		targets[i].group = (uint32_t)zp_sql_whole(s, 0);
		for (int k = 0; k < ZP_TARGET_CELLS; k++)
			targets[i].cells[k] = zp_sql_text(s, 1 + k, arena);
		i++;
	}
	zp_sql_close(s);
	e->targets = targets;
	e->n_targets = n;
	return more >= 0 && ((more == 0 && i == n) || broken(ledger, err, "target", row));
}

static bool take_results(zp_ledger *ledger, zp_arena *arena, int64_t row, zp_entry *e, zp_error *err)
{
	size_t n = 0, i = 0;
	if (!count_of(ledger, "SELECT count(*) FROM result WHERE round = ?1", row, &n, err))
		return false;
	zp_entry_result *results = zp_take(arena, zp_entry_result, n + 1);
	zp_statement *s =
		begin(ledger,
		      "SELECT lab, programme, measurand, samples FROM result WHERE round = ?1 ORDER BY lab, programme, measurand",
		      row, err);
	int more = s ? 1 : -1;
	bool good = true;
	while (good && more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		const int64_t lab = zp_sql_whole(s, 0), p = zp_sql_whole(s, 1), m = zp_sql_whole(s, 2);
		good = i < n && is_there(e, lab, p, m) && m != ZP_ANNAL_WHOLE;
		if (!good)
			break;
		size_t bytes;
		const void *blob = zp_sql_bytes(s, 3, &bytes);
		uint8_t *copy = zp_arena_take(arena, bytes + 1);
		if (blob)
			memcpy(copy, blob, bytes);
		results[i++] = (zp_entry_result){ (uint32_t)lab, (uint16_t)p, (uint16_t)m, (uint32_t)bytes, copy };
	}
	zp_sql_close(s);
	e->results = results;
	e->n_results = n;
	return more >= 0 && ((good && i == n) || broken(ledger, err, "result", row));
}

static bool take_manifest(zp_ledger *ledger, zp_arena *arena, int64_t row, zp_entry *e, zp_error *err)
{
	zp_statement *s = begin(ledger, "SELECT manifest FROM manifest WHERE round = ?1", row, err);
	int more = s ? zp_sql_step(ledger, s, err) : -1;
	e->manifest = more == 1 ? zp_sql_text(s, 0, arena) : "";
	e->n_manifest = 0;
	if (more == 1)
		zp_sql_lent(s, 0, &e->n_manifest);
	zp_sql_close(s);
	return more == 1 || (more == 0 && broken(ledger, err, "manifest", row));
}

zp_entry *zp_take_entry(zp_ledger *ledger, zp_arena *arena, const zp_ledger_texts *texts, int64_t row, zp_error *err)
{
	zp_entry *e = zp_take_head(ledger, arena, texts, row, err);
	return e && zp_take_tallies(ledger, arena, row, e, err) && take_answers(ledger, arena, texts, row, e, err) &&
			       take_targets(ledger, arena, row, e, err) && take_results(ledger, arena, row, e, err) &&
			       take_manifest(ledger, arena, row, e, err)
		       ? e
		       : NULL;
}

int64_t zp_take_row(zp_ledger *ledger, const char *id, int version, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(
		ledger, "SELECT round FROM round WHERE id = ?1 AND (version = ?2 OR (?2 = 0 AND NOT " ZP_DISOWNED ")) ORDER BY version DESC LIMIT 1", err);
	if (!s)
		return -1;
	zp_sql_put_text(s, 1, id);
	zp_sql_put_whole(s, 2, version);
	const int more = zp_sql_step(ledger, s, err);
	const int64_t row = more == 1 ? zp_sql_whole(s, 0) : more;
	zp_sql_close(s);
	if (more == 1 && row <= 0) /* somebody gave it such a place */
		broken(ledger, err, "round", row);
	return more == 1 && row <= 0 ? -1 : row;
}

const char *zp_ledger_manifest(zp_ledger *ledger, zp_arena *arena, const char *id, int version, size_t *n, zp_error *err)
{
	zp_entry e = { .manifest = "" };
	const int64_t row = zp_take_row(ledger, id, version, err);
	const bool good = row == 0 || (row > 0 && take_manifest(ledger, arena, row, &e, err));
	*n = e.n_manifest;
	return good ? e.manifest : NULL;
}

zp_entry *zp_ledger_take(zp_ledger *ledger, zp_arena *arena, const char *id, int version, zp_error *err)
{
	zp_ledger_texts texts;
	int64_t row = zp_take_row(ledger, id, version, err);
	if (row == 0)
		zp_fail(err, ZP_BAD_USE, ledger->path, 0,
			version ? ZP_MESSAGE("there is no round %s in version v%d; zhiping ledger list tells what there is")
				: ZP_MESSAGE("there is no round %s; zhiping ledger list tells what there is"),
			id, version);
	return row > 0 && zp_take_texts(ledger, arena, &texts, err) ? zp_take_entry(ledger, arena, &texts, row, err) : NULL;
}
