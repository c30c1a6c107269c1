/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/export.h"
#include <stdlib.h>
#include "base/csv.h"
#include "ledger/pack.h"
#include "ledger/words.h"
#include "press/stream.h"

#define GATHERED (1u << 16)

typedef struct exporting {
	zp_press *press;
	const zp_entry *entry;
	zp_error *err;
	zp_stream *stream;
	zp_piece piece;
} exporting;

static bool begin(exporting *x, const char *name)
{
	char path[300];
	snprintf(path, sizeof path, "%s/%s/%s", x->entry->round.id, x->entry->round.version, name);
	x->stream = zp_stream_open(x->press, path, x->err);
	return x->stream != NULL;
}

static void flush(exporting *x, size_t most)
{
	if (x->piece.n <= most)
		return;
	zp_stream_put(x->stream, x->piece.bytes, x->piece.n);
	x->piece.n = 0;
}

static bool end(exporting *x)
{
	flush(x, 0);
	return zp_stream_close(x->stream, x->err);
}

static void put_row(exporting *x, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const zp_text text = zp_text_of(cells[i]);
		char *p = zp_piece_room(&x->piece, 2 * text.n + 4), *from = p;
		p += zp_csv_put(p, text);
		*p++ = i + 1 < n ? ',' : '\n';
		x->piece.n += (size_t)(p - from);
	}
	flush(x, GATHERED);
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

static bool write_entry(exporting *x)
{
	const zp_entry *e = x->entry;
	const zp_annal_round *r = &e->round;
	char content[ZP_DIGEST_TEXT];
	zp_entry_digest(e, content);
	if (!begin(x, "entry.csv"))
		return false;
	PUT_ROW(x, "round", "version", "year", "number", "name", "name_en", "organiser", "organiser_en", "opens", "closes",
		"issued", "engine", "laboratories", "results", "digest", "content");
	PUT_ROW(x, r->id, r->version, N(r->year), N(r->number), r->name, r->name_en, r->organiser, e->organiser_en, e->opens_at,
		e->closes_at, r->issued, e->engine, N(r->n_labs), N(e->n_samples), r->digest, content);
	return end(x);
}

static bool write_register(exporting *x)
{
	if (!begin(x, "register.csv"))
		return false;
	PUT_ROW(x, "lab", "name", "region", "region_name", "class", "institution", "department");
	for (size_t i = 0; i < x->entry->round.n_labs; i++) {
		const zp_annal_lab *l = &x->entry->round.labs[i];
		PUT_ROW(x, l->code, l->name, l->region, l->region_name, l->lab_class, l->institution, l->department);
	}
	return end(x);
}

static bool write_programmes(exporting *x)
{
	if (!begin(x, "programmes.csv"))
		return false;
	PUT_ROW(x, "programme", "name", "name_en", "scheme", "scheme_version", "pass", "level", "trueness", "measurand_status",
		"samples", "cancelled");
	for (size_t i = 0; i < x->entry->round.n_programmes; i++) {
		const zp_annal_programme *p = &x->entry->round.programmes[i];
		PUT_ROW(x, p->code, p->name, p->name_en, p->scheme, p->scheme_version, N(p->pass),
			zp_words_at(ZP_WORDS_LEVEL, (unsigned)zp_words_number(ZP_WORDS_LEVEL, p->level)), yes(p->trueness),
			yes(p->measurand_status), N(p->n_samples), x->entry->cancelled[i]);
	}
	return end(x);
}

static bool write_measurands(exporting *x)
{
	if (!begin(x, "measurands.csv"))
		return false;
	PUT_ROW(x, "programme", "measurand", "name", "name_en", "unit", "specimen", "item", "pass", "weight", "limit", "limit_set");
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
	const char *cells[ZP_TARGET_CELLS + 1] = { "group" };
	if (!begin(x, "targets.csv"))
		return false;
	for (size_t k = 0; k < ZP_TARGET_CELLS; k++)
		cells[k + 1] = zp_target_columns[k];
	put_row(x, cells, ZP_TARGET_CELLS + 1);
	for (size_t i = 0; i < x->entry->n_targets; i++) {
		char group[NUMBER_TEXT];
		cells[0] = number(group, x->entry->targets[i].group);
		for (size_t k = 0; k < ZP_TARGET_CELLS; k++)
			cells[k + 1] = x->entry->targets[i].cells[k];
		put_row(x, cells, ZP_TARGET_CELLS + 1);
	}
	return end(x);
}

static bool write_verdicts(exporting *x)
{
	if (!begin(x, "verdicts.csv"))
		return false;
	PUT_ROW(x, "lab", "programme", "measurand", "standing", "accepted", "total", "not_evaluated", "satisfaction");
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

static char *put_word(char *p, const char *word) { return stpcpy(p, word); }

char *zp_export_sample(char *p, const zp_entry *e, const struct zp_packed *s)
{
	p = put_word(p, zp_words_at(ZP_WORDS_STATE, s->state));
	*p++ = ',';
	if (s->kind == ZP_PACKED_BOUND)
		*p++ = s->bound;
	if (s->kind == ZP_PACKED_BOUND || s->kind == ZP_PACKED_NUMBER)
		p += zp_decimal_write(s->value, p);
	else if (s->kind == ZP_PACKED_ANSWER)
		p += zp_csv_put(p, zp_text_of(s->answer < e->n_answers ? e->answers[s->answer] : ""));
	*p++ = ',';
	p = s->group ? p + sprintf(p, "%u", s->group) : p;
	*p++ = ',';
	p = s->has_share ? p + zp_decimal_write((zp_decimal){ s->share, -1 }, p) : p;
	*p++ = ',';
	p = s->has_sdi ? p + zp_decimal_write((zp_decimal){ s->sdi, -2 }, p) : p;
	*p++ = ',';
	p = put_word(p, zp_words_at(ZP_WORDS_VERDICT, s->verdict)), *p++ = ',';
	p = put_word(p, zp_words_at(ZP_WORDS_REASON, s->reason)), *p++ = ',';
	return s->verdict ? p + sprintf(p, "%u", s->credit) : p;
}

static size_t longest_answer(const zp_entry *e)
{
	size_t most = 0;
	for (size_t i = 0; i < e->n_answers; i++)
		most = strlen(e->answers[i]) > most ? strlen(e->answers[i]) : most;
	return most;
}

static bool write_scores(exporting *x)
{
	const zp_entry *e = x->entry;
	const size_t answer = longest_answer(e);
	if (!begin(x, "scores.csv"))
		return false;
	PUT_ROW(x, "lab", "programme", "measurand", "sample", "state", "value", "group", "share_pct", "sdi", "verdict", "reason", "credit");
	for (size_t i = 0; i < e->n_results; i++) {
		const zp_entry_result *r = &e->results[i];
		const zp_annal_programme *p = &e->round.programmes[r->programme];
		const uint8_t *at = r->bytes, *stop = at + r->n;
		zp_packed s;
		for (uint32_t k = 0; at < stop && k < p->n_samples; k++) {
			const char *const cells[] = { e->round.labs[r->lab].code, p->code, p->measurands[r->measurand].code,
						      e->samples[r->programme][k] };
			at = zp_unpack(at, stop, &s);
			if (!at)
				return end(x) && zp_fail(x->err, ZP_BAD_INPUT, e->round.id, 0,
							 "some results cannot be read; zhiping ledger check tells more");
			for (int c = 0; c < 4; c++) {
				const zp_text text = zp_text_of(cells[c]);
				char *q = zp_piece_room(&x->piece, 2 * text.n + 4), *from = q;
				q += zp_csv_put(q, text);
				*q++ = ',';
				x->piece.n += (size_t)(q - from);
			}
			char *q = zp_piece_room(&x->piece, 600 + 2 * answer), *from = q;
			q = zp_export_sample(q, e, &s);
			*q++ = '\n';
			x->piece.n += (size_t)(q - from);
		}
		flush(x, GATHERED);
	}
	return end(x);
}

bool zp_export(zp_press *press, const zp_entry *entry, zp_error *err)
{
	exporting x = { .press = press, .entry = entry, .err = err };
	bool good = write_entry(&x) && write_register(&x) && write_programmes(&x) && write_measurands(&x) && write_targets(&x) &&
		    write_verdicts(&x) && write_scores(&x);
	if (good && begin(&x, "manifest.json")) {
		zp_stream_put(x.stream, entry->manifest, entry->n_manifest);
		good = zp_stream_close(x.stream, err);
	}
	free(x.piece.bytes);
	return good && !err->code;
}
