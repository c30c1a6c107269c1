/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published tables to an entry of the ledger. Columns are found by their names, so that older and newer folders can be read as
 * long as they have what is needed. */
#include "year/append.h"
#include <stdlib.h>
#include "base/instant.h"
#include "base/names.h"
#include "base/words.h"
#include "ledger/pack.h"
#include "ledger/words.h"
#include "model/round.h"
#include "press/published.h"
#include "press/version.h"

#define COLUMNS_MOST 24

typedef struct appending {
	zp_arena *arena;   /* of the entry */
	zp_arena *tables;  /* of what is read, table by table */
	const zp_published *folder;
	zp_error *err;
	zp_entry *entry;
	zp_annal_programme *rows;   /* of the entry's programmes */
	const char *const **codes;  /* of its samples, by programme */
	zp_names *labs, *programmes, *answers;
	zp_names **measurands, **samples; /* by programme */
} appending;

/* One table while it is read: the cells of the columns asked for. */
typedef struct reading {
	appending *a;
	zp_folder_table table;
	const char *at;
	size_t column[COLUMNS_MOST], n;
	zp_text cell[COLUMNS_MOST];
	long line;
	zp_csv_cells cells;
} reading;

static const char *place_of(const reading *r) { return zp_arena_print(r->a->tables, "%s/%s", r->a->folder->folder, r->table.name); }

/* what: a message of the catalogue, as ZP_MESSAGE marks them. */
static bool wrong(const reading *r, const char *what, zp_text found)
{
	char shown[128];
	return zp_fail(r->a->err, ZP_BAD_INPUT, place_of(r), r->line, "%s \"%s\" is not known", zp_say(what), zp_text_show_in(shown, sizeof shown, found));
}

/* Twice, apart from those that it belongs to, or the last of a list that is not whole. */
static bool misplaced(const reading *r, const char *what, zp_text found)
{
	char shown[128];
	return zp_fail(r->a->err, ZP_BAD_INPUT, place_of(r), r->line, "%s \"%s\" cannot stand in this place; expected the rows as zhiping close writes them",
		       zp_say(what), zp_text_show_in(shown, sizeof shown, found));
}

static bool open_table(appending *a, reading *r, const char *name, const char *const *columns, size_t n)
{
	*r = (reading){ .a = a, .n = n, .line = 1 };
	zp_arena_close(a->tables);
	a->tables = zp_arena_open();
	if (!zp_published_table(a->tables, a->folder, name, &r->table, a->err))
		return false;
	for (size_t k = 0; k < n; k++) {
		size_t i = 0;
		while (i < r->table.header.n && !zp_text_is(r->table.header.at[i], columns[k]))
			i++;
		if (i == r->table.header.n)
			return zp_fail(a->err, ZP_BAD_INPUT, zp_arena_print(a->tables, "%s/%s", a->folder->folder, name), 1,
				       "the table has no column \"%s\"; expected one published by this program", columns[k]);
		r->column[k] = i;
	}
	r->at = r->table.text.p;
	return true;
}
#define OPEN_TABLE(a, r, name, columns) open_table((a), (r), (name), (columns), sizeof(columns) / sizeof *(columns))

/* Gives: false at the end, and with a failure. */
static bool next_row(reading *r)
{
	const char *end = r->table.text.p + r->table.text.n;
	if (r->at >= end)
		return false;
	const char *stop = zp_csv_line_end(r->at, end);
	char *scratch = memchr(r->at, '"', (size_t)(stop - r->at)) ? zp_arena_take(r->a->tables, (size_t)(stop - r->at) + 1) : NULL;
	r->line++;
	if (zp_csv_split(r->at, stop, ',', &scratch, &r->cells) != ZP_CSV_FINE || r->cells.n != r->table.header.n)
		return zp_fail(r->a->err, ZP_BAD_INPUT,
			       zp_arena_print(r->a->tables, "%s/%s", r->a->folder->folder, r->table.name), r->line,
			       "the line is not whole");
	for (size_t k = 0; k < r->n; k++)
		r->cell[k] = zp_csv_unguarded(r->cells.at[r->column[k]]);
	r->at = stop < end ? stop + 1 : end;
	return true;
}

static const char *keep(appending *a, zp_text t) { return zp_arena_text(a->arena, t.p, t.n); }

static bool take_count(reading *r, size_t k, uint64_t most, uint64_t *out)
{
	zp_decimal d;
	if (zp_decimal_read(r->cell[k].p, r->cell[k].n, &d) != ZP_NUMBER_OK || d.e != 0 || d.m < 0 || (uint64_t)d.m > most)
		return wrong(r, ZP_MESSAGE("the number"), r->cell[k]);
	*out = (uint64_t)d.m;
	return true;
}

static bool take_name(reading *r, const zp_names *names, zp_text text, const char *what, uint32_t *out)
{
	*out = zp_names_find(names, text);
	return *out != ZP_NO_NAME || wrong(r, what, text);
}

static bool take_word(reading *r, zp_words list, size_t k, const char *what, int *out)
{
	*out = zp_words_find(list, r->cell[k]);
	return *out >= 0 || wrong(r, what, r->cell[k]);
}

/* Rows of a table: its lines. */
static size_t rows_of(const reading *r)
{
	size_t n = 0;
	for (const char *p = r->table.text.p, *end = p + r->table.text.n; p < end; n++) {
		const char *stop = zp_csv_line_end(p, end);
		p = stop < end ? stop + 1 : end;
	}
	return n;
}

/* ---- the manifest ---- */

static bool take_identity(appending *a)
{
	const zp_published *p = a->folder;
	zp_annal_round *r = &a->entry->round;
	const long version = zp_version_number(a->folder->version);
	int64_t instant;
	int year, month, day;
	const char *path = zp_arena_print(a->arena, "%s/manifest.json", p->folder);
	if (!p->year || !*p->closes)
		return zp_fail(a->err, ZP_BAD_INPUT, path, 0,
			"the round was published by an older program, which did not say its year and dates; expected it closed again by this one");
	if (!version)
		return zp_fail(a->err, ZP_BAD_INPUT, path, 0, "the version is \"%.40s\"; expected one such as v1", p->version);
	if (!*p->round || !zp_instant_read(zp_text_of(p->opens), &instant) || !zp_instant_read(zp_text_of(p->closes), &instant) ||
	    !zp_date_read(zp_text_of(p->issued), &year, &month, &day))
		return zp_fail(a->err, ZP_BAD_INPUT, path, 0,
			       "the round has no id, or its dates are none; expected what zhiping close writes");
	*r = (zp_annal_round){ .id = p->round,
			       .version = p->version,
			       .name = p->name,
			       .name_en = p->name_en,
			       .organiser = p->organiser,
			       .issued = p->issued,
			       .digest = p->digest,
			       .year = p->year,
			       .number = p->number,
			       .opens = zp_arena_text(a->arena, p->opens, 10),
			       .closes = zp_arena_text(a->arena, p->closes, 10) };
	a->entry->version = (int)version;
	a->entry->organiser_en = p->organiser_en, a->entry->opens_at = p->opens, a->entry->closes_at = p->closes,
	a->entry->engine = p->engine;
	a->entry->manifest = p->manifest.p, a->entry->n_manifest = p->manifest.n;
	return true;
}

/* ---- register, programmes, measurands ---- */

static bool take_register(appending *a)
{
	static const char *const columns[] = { "lab", "name", "region", "region_name", "class", "institution", "department" };
	reading r;
	if (!OPEN_TABLE(a, &r, "register.csv", columns))
		return false;
	zp_annal_lab *labs = zp_take(a->arena, zp_annal_lab, rows_of(&r) + 1);
	size_t n = 0;
	while (next_row(&r)) {
		labs[n] = (zp_annal_lab){ keep(a, r.cell[0]), keep(a, r.cell[1]), keep(a, r.cell[2]), keep(a, r.cell[3]),
					  keep(a, r.cell[4]), keep(a, r.cell[5]), keep(a, r.cell[6]) };
		if (zp_names_find(a->labs, r.cell[0]) != ZP_NO_NAME)
			return zp_fail(a->err, ZP_BAD_INPUT, zp_arena_print(a->tables, "%s/register.csv", a->folder->folder), r.line,
				       "a second laboratory has the code %s; expected each once", labs[n].code);
		zp_names_add(a->labs, r.cell[0]);
		n++;
	}
	a->entry->round.labs = labs;
	a->entry->round.n_labs = n;
	return !a->err->code;
}

static bool take_programmes(appending *a)
{
	static const char *const columns[] = { "programme", "name",     "name_en",          "scheme",  "scheme_version", "pass",
					       "level",     "trueness", "measurand_status", "samples", "cancelled" };
	reading r;
	if (!OPEN_TABLE(a, &r, "programmes.csv", columns))
		return false;
	const size_t most = rows_of(&r);
	zp_annal_programme *programmes = zp_take(a->arena, zp_annal_programme, most + 1);
	const char **cancelled = zp_take(a->arena, const char *, most + 1);
	size_t n = 0;
	while (next_row(&r)) {
		uint64_t pass, samples;
		int level;
		if (!take_count(&r, 5, 100, &pass) || !take_word(&r, ZP_WORDS_LEVEL, 6, ZP_MESSAGE("the level"), &level) ||
		    !take_count(&r, 9, UINT16_MAX, &samples))
			return false;
		cancelled[n] = keep(a, r.cell[10]);
		programmes[n++] = (zp_annal_programme){
			.code = keep(a, r.cell[0]), .name = keep(a, r.cell[1]), .name_en = keep(a, r.cell[2]), .scheme = keep(a, r.cell[3]),
			.scheme_version = keep(a, r.cell[4]), .pass = (uint32_t)pass, .n_samples = (uint32_t)samples,
			.level = (zp_level)zp_words_enum(ZP_WORDS_LEVEL, (unsigned)level), .trueness = zp_text_is(r.cell[7], "yes"),
			.measurand_status = !zp_text_is(r.cell[8], "no"), .cancelled = r.cell[10].n > 0 };
		if (n > UINT16_MAX || zp_names_add(a->programmes, r.cell[0]) != n - 1)
			return misplaced(&r, ZP_MESSAGE("the programme"), r.cell[0]);
	}
	a->entry->round.programmes = a->rows = programmes;
	a->entry->round.n_programmes = n;
	a->entry->cancelled = cancelled;
	return !a->err->code;
}

static bool take_measurands(appending *a)
{
	static const char *const columns[] = { "programme", "measurand", "name",   "name_en", "unit",     "specimen",
					       "item",      "pass",      "weight", "limit",   "limit_set" };
	reading r;
	if (!OPEN_TABLE(a, &r, "measurands.csv", columns))
		return false;
	const size_t n = a->entry->round.n_programmes, most = rows_of(&r);
	zp_annal_programme *programmes = a->rows;
	zp_annal_measurand *all = zp_take(a->arena, zp_annal_measurand, most + 1);
	zp_entry_rule *rules = zp_take(a->arena, zp_entry_rule, most + 1);
	const zp_entry_rule **first = zp_take(a->arena, const zp_entry_rule *, n + 1);
	const char *const **samples = zp_take(a->arena, const char *const *, n + 1);
	a->measurands = zp_take(a->arena, zp_names *, n + 1);
	a->samples = zp_take(a->arena, zp_names *, n + 1);
	for (size_t p = 0; p < n; p++)
		a->measurands[p] = zp_names_take(a->arena), a->samples[p] = zp_names_take(a->arena);
	for (size_t i = 0; next_row(&r); i++) {
		uint32_t p;
		uint64_t pass, weight;
		if (!take_name(&r, a->programmes, r.cell[0], ZP_MESSAGE("the programme"), &p) || !take_count(&r, 7, 100, &pass) ||
		    !take_count(&r, 8, UINT32_MAX, &weight))
			return false;
		const size_t k = programmes[p].n_measurands;
		if (k == 0)
			programmes[p].measurands = all + i, first[p] = rules + i;
		if (k == ZP_ANNAL_WHOLE || zp_names_add(a->measurands[p], r.cell[1]) != k || programmes[p].measurands + k != all + i)
			return misplaced(&r, ZP_MESSAGE("the measurand"), r.cell[1]);
		programmes[p].n_measurands++;
		rules[i] = (zp_entry_rule){ (uint32_t)weight, keep(a, r.cell[9]), keep(a, r.cell[10]) };
		all[i] = (zp_annal_measurand){ keep(a, r.cell[1]), keep(a, r.cell[2]), keep(a, r.cell[3]), keep(a, r.cell[4]),
					       keep(a, r.cell[5]), keep(a, r.cell[6]), (uint32_t)pass };
	}
	a->entry->rules = first;
	a->entry->samples = a->codes = samples;
	return !a->err->code;
}

/* ---- targets and verdicts ---- */

static bool take_targets(appending *a)
{
	const char *columns[ZP_TARGET_CELLS + 1] = { "group" };
	reading r;
	for (size_t k = 0; k < ZP_TARGET_CELLS; k++)
		columns[k + 1] = zp_target_columns[k];
	if (!OPEN_TABLE(a, &r, "targets.csv", columns))
		return false;
	zp_entry_target *targets = zp_take(a->arena, zp_entry_target, rows_of(&r) + 1);
	size_t n = 0;
	for (; next_row(&r); n++) {
		uint64_t group;
		if (!take_count(&r, 0, UINT32_MAX - 1, &group))
			return false;
		targets[n].group = (uint32_t)group;
		for (size_t k = 0; k < ZP_TARGET_CELLS; k++)
			targets[n].cells[k] = keep(a, r.cell[k + 1]);
	}
	a->entry->targets = targets;
	a->entry->n_targets = n;
	return !a->err->code;
}

/* Results that count, which may be parts of one, in hundredths. */
static bool take_credit(reading *r, size_t k, uint32_t *out)
{
	zp_decimal d;
	bool good = zp_decimal_read(r->cell[k].p, r->cell[k].n, &d) == ZP_NUMBER_OK && d.e <= 0 && d.e >= -2 && d.m >= 0 && d.m <= UINT32_MAX;
	for (; good && d.e > -2; d.e--)
		d.m *= 10;
	if (!good || d.m > UINT32_MAX)
		return wrong(r, ZP_MESSAGE("the number"), r->cell[k]);
	*out = (uint32_t)d.m;
	return true;
}

static bool take_verdicts(appending *a)
{
	static const char *const columns[] = { "lab", "programme", "measurand", "standing", "accepted", "total", "not_evaluated", "satisfaction" };
	const int not_performed = zp_words_number(ZP_WORDS_STANDING, ZP_STANDS_NOT_PERFORMED),
		  not_enrolled = zp_words_number(ZP_WORDS_STANDING, ZP_STANDS_NOT_ENROLLED);
	reading r;
	if (!OPEN_TABLE(a, &r, "verdicts.csv", columns))
		return false;
	zp_annal_tally *tallies = zp_take(a->arena, zp_annal_tally, rows_of(&r) + 1);
	size_t n = 0;
	while (next_row(&r)) {
		uint32_t lab, p, m = ZP_ANNAL_WHOLE;
		uint64_t total, apart;
		int standing, satisfaction;
		if (!take_word(&r, ZP_WORDS_STANDING, 3, ZP_MESSAGE("the standing"), &standing))
			return false;
		if (standing == not_performed || standing == not_enrolled)
			continue;
		if (!take_name(&r, a->labs, r.cell[0], ZP_MESSAGE("the laboratory"), &lab) ||
		    !take_name(&r, a->programmes, r.cell[1], ZP_MESSAGE("the programme"), &p) ||
		    (!zp_text_is(r.cell[2], "*") && !take_name(&r, a->measurands[p], r.cell[2], ZP_MESSAGE("the measurand"), &m)) ||
		    !take_credit(&r, 4, &tallies[n].credit) || !take_count(&r, 5, UINT32_MAX, &total) ||
		    !take_count(&r, 6, UINT32_MAX, &apart) ||
		    !take_word(&r, ZP_WORDS_SATISFACTION, 7, ZP_MESSAGE("the satisfaction"), &satisfaction))
			return false;
		tallies[n].lab = lab, tallies[n].programme = (uint16_t)p, tallies[n].measurand = (uint16_t)m;
		tallies[n].standing = (uint8_t)zp_words_enum(ZP_WORDS_STANDING, (unsigned)standing);
		tallies[n].satisfaction = (uint8_t)zp_words_enum(ZP_WORDS_SATISFACTION, (unsigned)satisfaction);
		tallies[n].total = (uint32_t)total, tallies[n++].not_evaluated = (uint32_t)apart;
	}
	a->entry->round.tallies = tallies;
	a->entry->round.n_tallies = n;
	return !a->err->code;
}

/* ---- results ---- */

enum { LAB, PROGRAMME, MEASURAND, SAMPLE, STATE, VALUE, GROUP, SHARE, SDI, VERDICT, REASON, CREDIT };

/* A number with six places as a whole number of 10^-places. */
static bool take_scaled(reading *r, size_t k, int places, bool *has, int64_t *out)
{
	zp_decimal d;
	*has = r->cell[k].n > 0;
	if (!*has)
		return true;
	if (zp_decimal_read_printed(r->cell[k].p, r->cell[k].n, &d) != ZP_NUMBER_OK)
		return wrong(r, ZP_MESSAGE("the number"), r->cell[k]);
	d = zp_decimal_round(d, places);
	for (; d.e > -places && d.m < INT64_MAX / 10 && d.m > INT64_MIN / 10; d.e--)
		d.m *= 10;
	*has = d.e == -places; /* one so large says nothing that the verdict does not */
	*out = d.m;
	return true;
}

static void take_value(reading *r, zp_packed *s)
{
	zp_text t = r->cell[VALUE];
	const bool bound = t.n > 1 && (t.p[0] == '<' || t.p[0] == '>');
	if (!t.n)
		return;
	if (zp_decimal_read(t.p + bound, t.n - bound, &s->value) == ZP_NUMBER_OK) {
		s->kind = bound ? ZP_PACKED_BOUND : ZP_PACKED_NUMBER;
		s->bound = bound ? t.p[0] : '\0';
	} else {
		s->kind = ZP_PACKED_ANSWER;
		s->answer = zp_names_add(r->a->answers, t);
	}
}

static bool take_sample(reading *r, zp_packed *s)
{
	int state, verdict, reason;
	uint64_t group = 0, credit = 0;
	*s = (zp_packed){ 0 };
	if (!take_word(r, ZP_WORDS_STATE, STATE, ZP_MESSAGE("the state"), &state) ||
	    !take_word(r, ZP_WORDS_VERDICT, VERDICT, ZP_MESSAGE("the verdict"), &verdict) ||
	    !take_word(r, ZP_WORDS_REASON, REASON, ZP_MESSAGE("the reason"), &reason) ||
	    (r->cell[GROUP].n && !take_count(r, GROUP, UINT32_MAX - 1, &group)) ||
	    (r->cell[CREDIT].n && !take_count(r, CREDIT, 100, &credit)) || !take_scaled(r, SHARE, 1, &s->has_share, &s->share) ||
	    !take_scaled(r, SDI, 2, &s->has_sdi, &s->sdi))
		return false;
	s->state = (uint8_t)state, s->verdict = (uint8_t)verdict, s->reason = (uint8_t)reason, s->group = (uint32_t)group,
	s->credit = (uint8_t)credit;
	take_value(r, s);
	return true;
}

/* Packed bytes, carved in large pieces. */
typedef struct packing { uint8_t *p, *end; } packing;
#define PACKING_BYTES (1u << 20)

/* A new row of `result` when laboratory, programme or measurand changes. The text before is looked at first: names are long to find. */
typedef struct keys { zp_text lab, programme, measurand; uint32_t l, p, m; } keys;

static bool take_keys(reading *r, keys *k, bool *fresh)
{
	*fresh = false;
	if (!zp_text_same(k->lab, r->cell[LAB])) {
		if (!take_name(r, r->a->labs, r->cell[LAB], ZP_MESSAGE("the laboratory"), &k->l))
			return false;
		k->lab = r->cell[LAB], *fresh = true;
	}
	if (*fresh || !zp_text_same(k->programme, r->cell[PROGRAMME])) {
		if (!take_name(r, r->a->programmes, r->cell[PROGRAMME], ZP_MESSAGE("the programme"), &k->p))
			return false;
		k->programme = r->cell[PROGRAMME], *fresh = true;
	}
	if (*fresh || !zp_text_same(k->measurand, r->cell[MEASURAND])) {
		if (!take_name(r, r->a->measurands[k->p], r->cell[MEASURAND], ZP_MESSAGE("the measurand"), &k->m))
			return false;
		k->measurand = r->cell[MEASURAND], *fresh = true;
	}
	return true;
}

static bool take_rows(reading *r, zp_entry_result *results, size_t most, size_t *n)
{
	keys k = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0, 0 };
	packing room = { NULL, NULL };
	uint32_t sample = 0, left = 0; /* of the samples of a measurand */
	while (next_row(r)) {
		zp_packed s;
		bool fresh;
		if (!take_keys(r, &k, &fresh) || !take_sample(r, &s))
			return false;
		const uint32_t n_samples = r->a->entry->round.programmes[k.p].n_samples;
		sample = fresh ? 0 : sample + 1;
		if ((fresh && left) || sample >= n_samples || zp_names_add(r->a->samples[k.p], r->cell[SAMPLE]) != sample || (fresh && *n == most))
			return misplaced(r, ZP_MESSAGE("the sample"), r->cell[SAMPLE]);
		if (fresh && (size_t)(room.end - room.p) < (size_t)n_samples * ZP_PACKED_MOST) {
			const size_t bytes = PACKING_BYTES + (size_t)n_samples * ZP_PACKED_MOST;
			room.p = zp_arena_take(r->a->arena, bytes);
			room.end = room.p + bytes;
		}
		if (fresh)
			results[(*n)++] = (zp_entry_result){ k.l, (uint16_t)k.p, (uint16_t)k.m, 0, room.p };
		left = n_samples - sample - 1;
		room.p = zp_pack(room.p, &s);
		results[*n - 1].n = (uint32_t)(room.p - results[*n - 1].bytes);
		r->a->entry->n_samples++;
	}
	return !r->a->err->code && (!left || misplaced(r, ZP_MESSAGE("the sample"), r->cell[SAMPLE]));
}

static bool take_results(appending *a)
{
	static const char *const columns[] = { "lab",   "programme", "measurand", "sample",  "state",  "value",
					       "group", "share_pct", "sdi",       "verdict", "reason", "credit" };
	reading r;
	if (!OPEN_TABLE(a, &r, "scores.csv", columns))
		return false;
	size_t most = 0; /* every row of results has a tally of a measurand */
	for (size_t i = 0; i < a->entry->round.n_tallies; i++)
		most += a->entry->round.tallies[i].measurand != ZP_ANNAL_WHOLE;
	zp_entry_result *results = zp_take(a->arena, zp_entry_result, most + 1);
	a->entry->results = results;
	return take_rows(&r, results, most, &a->entry->n_results);
}

/* The names that were met on the way, in the order of their numbers. */
static void take_lists(appending *a)
{
	const uint32_t n = zp_names_count(a->answers);
	const char **answers = zp_take(a->arena, const char *, n + 1);
	for (uint32_t i = 0; i < n; i++)
		answers[i] = zp_names_at(a->answers, i).p;
	a->entry->answers = answers;
	a->entry->n_answers = n;
	for (size_t p = 0; p < a->entry->round.n_programmes; p++) {
		const uint32_t all = a->entry->round.programmes[p].n_samples;
		const char **codes = zp_take(a->arena, const char *, all + 1);
		for (uint32_t s = 0; s < all; s++)
			codes[s] = s < zp_names_count(a->samples[p]) ? zp_names_at(a->samples[p], s).p : "";
		a->codes[p] = codes;
	}
}

zp_entry *zp_entry_of(zp_arena *arena, const zp_published *folder, zp_error *err)
{
	appending a = { .arena = arena,
			.tables = zp_arena_open(),
			.folder = folder,
			.err = err,
			.entry = zp_take(arena, zp_entry, 1),
			.labs = zp_names_take(arena),
			.programmes = zp_names_take(arena),
			.answers = zp_names_take(arena) };
	bool good = take_identity(&a) && take_register(&a) && take_programmes(&a) && take_measurands(&a) && take_targets(&a) &&
		    take_verdicts(&a) && take_results(&a);
	if (good) {
		take_lists(&a);
		good = zp_entry_sort(a.entry, arena, err) && zp_entry_is_sound(a.entry, folder->folder, err);
	}
	zp_arena_close(a.tables);
	return good ? a.entry : NULL;
}

zp_entry *zp_entry_read(zp_arena *arena, const char *folder, zp_error *err)
{
	const zp_published *published = zp_published_open(arena, folder, err);
	return published ? zp_entry_of(arena, published, err) : NULL;
}

zp_added zp_append(zp_ledger *ledger, zp_arena *arena, const zp_published *folder, zp_entry **out, zp_error *err)
{
	zp_entry *entry = zp_entry_of(arena, folder, err);
	if (out)
		*out = entry;
	return entry ? zp_ledger_put(ledger, entry, err) : ZP_ADDED_NOT;
}
