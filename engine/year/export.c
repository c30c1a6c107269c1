/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/export.h"
#include <stdio.h>
#include "ledger/pack.h"
#include "ledger/words.h"
#include "press/table.h"

#define EXPORTED_VALUE 1 /* of the cells of a result: the only one with a text of anybody's */

typedef struct exporting {
	zp_press *press;
	const zp_entry *entry;
	zp_error *err;
	zp_table *table; /* that is open */
} exporting;

/* Columns of texts; numbers among them are printed as they are. */
static bool begin(exporting *x, const char *name, const zp_column *columns, size_t n)
{
	char path[300];
	snprintf(path, sizeof path, "%s/%s/%s", x->entry->round.id, x->entry->round.version, name);
	x->table = zp_table_open(x->press, path, columns, n, NULL, x->err);
	return x->table != NULL;
}
#define BEGIN(x, name, columns) begin((x), (name), (columns), sizeof(columns) / sizeof *(columns))

static bool end(exporting *x) { return zp_table_close(x->table, x->err); }

static void put_row(exporting *x, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		zp_table_text(x->table, cells[i]);
}
#define PUT_ROW(x, ...)                                                                                                          \
	put_row((x), (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

/* Numbers as cells of a row. */
#define NUMBER_TEXT 24
static const char *number(char text[static NUMBER_TEXT], uint64_t v)
{
	snprintf(text, NUMBER_TEXT, "%llu", (unsigned long long)v);
	return text;
}
#define N(v) number((char[NUMBER_TEXT]){ 0 }, (uint64_t)(v))

static const char *yes(bool is) { return is ? "yes" : "no"; }

static const zp_column entry_columns[] = {
	{ "round", ZP_CELLS_TEXT, NULL, NULL }, { "version", ZP_CELLS_TEXT, NULL, NULL }, { "year", ZP_CELLS_TEXT, NULL, NULL },
	{ "number", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "name_en", ZP_CELLS_TEXT, NULL, NULL },
	{ "organiser", ZP_CELLS_TEXT, NULL, NULL }, { "organiser_en", ZP_CELLS_TEXT, NULL, NULL },
	{ "opens", ZP_CELLS_TEXT, NULL, NULL }, { "closes", ZP_CELLS_TEXT, NULL, NULL }, { "issued", ZP_CELLS_TEXT, NULL, NULL },
	{ "engine", ZP_CELLS_TEXT, NULL, NULL }, { "laboratories", ZP_CELLS_TEXT, NULL, NULL },
	{ "results", ZP_CELLS_TEXT, NULL, NULL }, { "digest", ZP_CELLS_TEXT, NULL, NULL }, { "content", ZP_CELLS_TEXT, NULL, NULL }
};

static bool write_entry(exporting *x)
{
	const zp_entry *e = x->entry;
	const zp_annal_round *r = &e->round;
	char content[ZP_DIGEST_TEXT];
	zp_entry_digest(e, content);
	if (!BEGIN(x, "entry.csv", entry_columns))
		return false;
	PUT_ROW(x, r->id, r->version, N(r->year), N(r->number), r->name, r->name_en, r->organiser, e->organiser_en, e->opens_at,
		e->closes_at, r->issued, e->engine, N(r->n_labs), N(e->n_samples), r->digest, content);
	return end(x);
}

static const zp_column register_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "region", ZP_CELLS_TEXT, NULL, NULL },
	{ "region_name", ZP_CELLS_TEXT, NULL, NULL }, { "class", ZP_CELLS_TEXT, NULL, NULL },
	{ "institution", ZP_CELLS_TEXT, NULL, NULL }, { "department", ZP_CELLS_TEXT, NULL, NULL }
};

static bool write_register(exporting *x)
{
	if (!BEGIN(x, "register.csv", register_columns))
		return false;
	for (size_t i = 0; i < x->entry->round.n_labs; i++) {
		const zp_annal_lab *l = &x->entry->round.labs[i];
		PUT_ROW(x, l->code, l->name, l->region, l->region_name, l->lab_class, l->institution, l->department);
	}
	return end(x);
}

static const zp_column programme_columns[] = {
	{ "programme", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "name_en", ZP_CELLS_TEXT, NULL, NULL },
	{ "scheme", ZP_CELLS_TEXT, NULL, NULL }, { "scheme_version", ZP_CELLS_TEXT, NULL, NULL }, { "pass", ZP_CELLS_TEXT, NULL, NULL },
	{ "level", ZP_CELLS_TEXT, NULL, NULL }, { "trueness", ZP_CELLS_TEXT, NULL, NULL },
	{ "measurand_status", ZP_CELLS_TEXT, NULL, NULL }, { "samples", ZP_CELLS_TEXT, NULL, NULL },
	{ "cancelled", ZP_CELLS_TEXT, NULL, NULL }
};

static bool write_programmes(exporting *x)
{
	if (!BEGIN(x, "programmes.csv", programme_columns))
		return false;
	for (size_t i = 0; i < x->entry->round.n_programmes; i++) {
		const zp_annal_programme *p = &x->entry->round.programmes[i];
		PUT_ROW(x, p->code, p->name, p->name_en, p->scheme, p->scheme_version, N(p->pass),
			zp_words_at(ZP_WORDS_LEVEL, (unsigned)zp_words_number(ZP_WORDS_LEVEL, p->level)), yes(p->trueness),
			yes(p->measurand_status), N(p->n_samples), x->entry->cancelled[i]);
	}
	return end(x);
}

static const zp_column measurand_columns[] = {
	{ "programme", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL },
	{ "name_en", ZP_CELLS_TEXT, NULL, NULL }, { "unit", ZP_CELLS_TEXT, NULL, NULL }, { "specimen", ZP_CELLS_TEXT, NULL, NULL },
	{ "item", ZP_CELLS_TEXT, NULL, NULL }, { "pass", ZP_CELLS_TEXT, NULL, NULL }, { "weight", ZP_CELLS_TEXT, NULL, NULL },
	{ "limit", ZP_CELLS_TEXT, NULL, NULL }, { "limit_set", ZP_CELLS_TEXT, NULL, NULL }
};

static bool write_measurands(exporting *x)
{
	if (!BEGIN(x, "measurands.csv", measurand_columns))
		return false;
	for (size_t i = 0; i < x->entry->round.n_programmes; i++)
		for (size_t k = 0; k < x->entry->round.programmes[i].n_measurands; k++) {
			const zp_annal_measurand *m = &x->entry->round.programmes[i].measurands[k];
			const zp_entry_rule *rule = &x->entry->rules[i][k];
			PUT_ROW(x, x->entry->round.programmes[i].code, m->code, m->name, m->name_en, m->unit, m->specimen,
				m->item, N(m->pass), N(rule->weight), rule->limit, rule->limit_set);
		}
	return end(x);
}

static bool write_targets(exporting *x)
{
	zp_column columns[ZP_TARGET_CELLS + 1] = { { "group", ZP_CELLS_WHOLE, NULL, NULL } };
	for (size_t k = 0; k < ZP_TARGET_CELLS; k++)
		columns[k + 1] = (zp_column){ zp_target_columns[k], ZP_CELLS_TEXT, NULL, NULL };
	if (!BEGIN(x, "targets.csv", columns))
		return false;
	for (size_t i = 0; i < x->entry->n_targets; i++) {
		zp_table_whole(x->table, x->entry->targets[i].group);
		put_row(x, x->entry->targets[i].cells, ZP_TARGET_CELLS);
	}
	return end(x);
}

static const zp_column verdict_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "programme", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL },
	{ "standing", ZP_CELLS_TEXT, NULL, NULL }, { "accepted", ZP_CELLS_TEXT, NULL, NULL }, { "total", ZP_CELLS_TEXT, NULL, NULL },
	{ "not_evaluated", ZP_CELLS_TEXT, NULL, NULL }, { "satisfaction", ZP_CELLS_TEXT, NULL, NULL }
};

static bool write_verdicts(exporting *x)
{
	if (!BEGIN(x, "verdicts.csv", verdict_columns))
		return false;
	for (size_t i = 0; i < x->entry->round.n_tallies; i++) {
		const zp_annal_tally *t = &x->entry->round.tallies[i];
		const zp_annal_programme *p = &x->entry->round.programmes[t->programme];
		char credit[ZP_DECIMAL_TEXT];
		zp_decimal d = { t->credit, -2 };
		for (; d.e < 0 && d.m % 10 == 0; d.e++)
			d.m /= 10;
		zp_decimal_write(d, credit);
		PUT_ROW(x, x->entry->round.labs[t->lab].code, p->code,
			t->measurand == ZP_ANNAL_WHOLE ? "*" : p->measurands[t->measurand].code,
			zp_standing_word((zp_standing)t->standing), credit, N(t->total), N(t->not_evaluated),
			zp_satisfaction_word((zp_satisfaction)t->satisfaction));
	}
	return end(x);
}

void zp_export_sample(zp_exported *out, const zp_entry *e, const struct zp_packed *s)
{
	const char *value = "";
	*out->group = *out->share = *out->sdi = *out->credit = '\0';
	if (s->kind == ZP_PACKED_ANSWER) {
		value = s->answer < e->n_answers ? e->answers[s->answer] : "";
	} else if (s->kind == ZP_PACKED_BOUND || s->kind == ZP_PACKED_NUMBER) {
		*out->value = s->bound;
		zp_decimal_write(s->value, out->value + (s->kind == ZP_PACKED_BOUND));
		value = out->value;
	}
	if (s->group)
		snprintf(out->group, sizeof out->group, "%u", s->group);
	if (s->has_share)
		zp_decimal_write((zp_decimal){ s->share, -1 }, out->share);
	if (s->has_sdi)
		zp_decimal_write((zp_decimal){ s->sdi, -2 }, out->sdi);
	if (s->verdict)
		snprintf(out->credit, sizeof out->credit, "%u", s->credit);
	const char *const cells[ZP_EXPORTED_CELLS] = { zp_words_at(ZP_WORDS_STATE, s->state), value, out->group, out->share, out->sdi,
		zp_words_at(ZP_WORDS_VERDICT, s->verdict), zp_words_at(ZP_WORDS_REASON, s->reason), out->credit };
	memcpy(out->cells, cells, sizeof cells);
}

static const zp_column score_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "programme", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL },
	{ "sample", ZP_CELLS_TEXT, NULL, NULL }, { "state", ZP_CELLS_TEXT, NULL, NULL }, { "value", ZP_CELLS_TEXT, NULL, NULL },
	{ "group", ZP_CELLS_TEXT, NULL, NULL }, { "share_pct", ZP_CELLS_TEXT, NULL, NULL }, { "sdi", ZP_CELLS_TEXT, NULL, NULL },
	{ "verdict", ZP_CELLS_TEXT, NULL, NULL }, { "reason", ZP_CELLS_TEXT, NULL, NULL }, { "credit", ZP_CELLS_TEXT, NULL, NULL }
};

static bool write_scores(exporting *x)
{
	const zp_entry *e = x->entry;
	if (!BEGIN(x, "scores.csv", score_columns))
		return false;
	for (size_t i = 0; i < e->n_results; i++) {
		const zp_entry_result *r = &e->results[i];
		const zp_annal_programme *p = &e->round.programmes[r->programme];
		const uint8_t *at = r->bytes, *stop = at + r->n;
		for (uint32_t k = 0; at < stop && k < p->n_samples; k++) {
			zp_packed s;
			zp_exported words;
			at = zp_unpack(at, stop, &s);
			if (!at)
				return end(x) && zp_fail(x->err, ZP_BAD_INPUT, e->round.id, 0,
							 "some results cannot be read; zhiping ledger check tells more");
			PUT_ROW(x, e->round.labs[r->lab].code, p->code, p->measurands[r->measurand].code, e->samples[r->programme][k]);
			zp_export_sample(&words, e, &s);
			for (size_t c = 0; c < ZP_EXPORTED_CELLS; c++) {
				if (c == EXPORTED_VALUE && s.kind == ZP_PACKED_ANSWER)
					zp_table_text(x->table, words.cells[c]);
				else
					zp_table_word(x->table, words.cells[c]);
			}
		}
	}
	return end(x);
}

bool zp_export(zp_press *press, const zp_entry *entry, zp_error *err)
{
	exporting x = { .press = press, .entry = entry, .err = err };
	const bool good = write_entry(&x) && write_register(&x) && write_programmes(&x) && write_measurands(&x) && write_targets(&x) &&
		    write_verdicts(&x) && write_scores(&x);
	char path[300];
	snprintf(path, sizeof path, "%s/%s/manifest.json", entry->round.id, entry->round.version);
	return good && !err->code && zp_press_write(press, path, entry->manifest, entry->n_manifest, err);
}
