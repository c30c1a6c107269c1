/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/entry.h"
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "ledger/words.h"

const char *const zp_target_columns[ZP_TARGET_CELLS] = {
	"programme", "measurand", "sample",         "rung",       "key",    "members", "kept",     "used",
	"origin",    "method",    "method_version", "x_pt",       "u_used", "s",       "sigma_pt", "status",
	"delta_e",   "low",       "high",           "sdi_centre", "sdi_sd", "doubts",
};

/* ---- order ---- */

typedef struct place { const zp_annal_lab *lab; uint32_t was; } place;

static int by_code(const void *a, const void *b)
{
	const place *x = a, *y = b;
	return strcmp(x->lab->code, y->lab->code);
}

static int by_tally(const void *a, const void *b)
{
	const zp_annal_tally *x = a, *y = b;
	if (x->lab != y->lab)
		return x->lab < y->lab ? -1 : 1;
	if (x->programme != y->programme)
		return x->programme < y->programme ? -1 : 1;
	return (x->measurand > y->measurand) - (x->measurand < y->measurand);
}

static int by_result(const void *a, const void *b)
{
	const zp_entry_result *x = a, *y = b;
	if (x->lab != y->lab)
		return x->lab < y->lab ? -1 : 1;
	if (x->programme != y->programme)
		return x->programme < y->programme ? -1 : 1;
	return (x->measurand > y->measurand) - (x->measurand < y->measurand);
}

bool zp_entry_sort(zp_entry *entry, zp_arena *arena, zp_error *err)
{
	const size_t n = entry->round.n_labs;
	place *places = zp_take(arena, place, n + 1);
	uint32_t *now = zp_take(arena, uint32_t, n + 1);
	zp_annal_lab *labs = zp_take(arena, zp_annal_lab, n + 1);
	for (size_t i = 0; i < n; i++)
		places[i] = (place){ &entry->round.labs[i], (uint32_t)i };
	qsort(places, n, sizeof *places, by_code);
	for (size_t i = 0; i < n; i++) {
		if (i && strcmp(places[i].lab->code, places[i - 1].lab->code) == 0)
			return zp_fail(err, ZP_BAD_INPUT, entry->round.id, 0,
				       "two laboratories of the register have the code %s (%s, %s); expected one for each code",
				       places[i].lab->code, places[i - 1].lab->name, places[i].lab->name);
		labs[i] = *places[i].lab;
		now[places[i].was] = (uint32_t)i;
	}
	zp_annal_tally *tallies = zp_take(arena, zp_annal_tally, entry->round.n_tallies + 1);
	zp_entry_result *results = zp_take(arena, zp_entry_result, entry->n_results + 1);
	for (size_t i = 0; i < entry->round.n_tallies; i++)
		tallies[i] = entry->round.tallies[i], tallies[i].lab = now[tallies[i].lab];
	for (size_t i = 0; i < entry->n_results; i++)
		results[i] = entry->results[i], results[i].lab = now[results[i].lab];
	qsort(tallies, entry->round.n_tallies, sizeof *tallies, by_tally);
	qsort(results, entry->n_results, sizeof *results, by_result);
	entry->round.labs = labs;
	entry->round.tallies = tallies;
	entry->results = results;
	return true;
}

/* ---- digest ---- */

#define GATHERED 65536

/* Small pieces are gathered: a digest is quick only over many bytes at a time. */
typedef struct feed { zp_digest *digest; size_t n; unsigned char bytes[GATHERED]; } feed;

static void put_bytes(feed *f, const void *bytes, size_t n)
{
	if (f->n + n > GATHERED) {
		zp_digest_add(f->digest, f->bytes, f->n);
		f->n = 0;
	}
	if (n > GATHERED) {
		zp_digest_add(f->digest, bytes, n);
		return;
	}
	memcpy(f->bytes + f->n, bytes, n);
	f->n += n;
}

/* Eight bytes, the low one first, on any machine. */
static void put_number(feed *f, uint64_t v)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(v >> 8 * i);
	put_bytes(f, bytes, sizeof bytes);
}

static void put_block(feed *f, const void *bytes, size_t n)
{
	put_number(f, n);
	put_bytes(f, bytes, n);
}

static void put_text(feed *f, const char *text)
{
	put_block(f, text, strlen(text));
}
#define PUT_TEXTS(f, ...)                                                                                                        \
	put_texts((f), (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static void put_texts(feed *f, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_text(f, texts[i]);
}

static void put_programme(feed *f, const zp_entry *entry, size_t i)
{
	const zp_annal_programme *p = &entry->round.programmes[i];
	PUT_TEXTS(f, p->code, p->name, p->name_en, p->scheme, p->scheme_version, entry->cancelled[i]);
	const uint64_t numbers[] = { p->pass,        (uint64_t)zp_words_number(ZP_WORDS_LEVEL, p->level),
				     p->trueness,    p->measurand_status,
				     p->cancelled,   p->n_samples,
				     p->n_measurands };
	for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
		put_number(f, numbers[k]);
	put_texts(f, entry->samples[i], p->n_samples);
	for (size_t m = 0; m < p->n_measurands; m++) {
		const zp_annal_measurand *me = &p->measurands[m];
		const zp_entry_rule *rule = &entry->rules[i][m];
		PUT_TEXTS(f, me->code, me->name, me->name_en, me->unit, me->specimen, me->item, rule->limit, rule->limit_set);
		put_number(f, me->pass);
		put_number(f, rule->weight);
	}
}

static void put_tally(feed *f, const zp_annal_tally *t)
{
	put_number(f, (uint64_t)t->lab << 32 | (uint64_t)t->programme << 16 | t->measurand);
	put_number(f, (uint64_t)zp_words_number(ZP_WORDS_STANDING, t->standing) << 8 |
			      (uint64_t)zp_words_number(ZP_WORDS_SATISFACTION, t->satisfaction));
	put_number(f, t->credit);
	put_number(f, (uint64_t)t->total << 32 | t->not_evaluated);
}

void zp_entry_digest(const zp_entry *entry, char out[static ZP_DIGEST_TEXT])
{
	const zp_annal_round *r = &entry->round;
	feed *f = zp_must(calloc(1, sizeof *f));
	f->digest = zp_digest_open();
	PUT_TEXTS(f, "zhiping ledger 1", r->id, r->name, r->name_en, r->organiser, entry->organiser_en, r->issued, r->digest,
		  entry->opens_at, entry->closes_at, entry->engine);
	const uint64_t numbers[] = { (uint64_t)entry->version, (uint64_t)r->year, (uint64_t)r->number, r->n_labs,
				     r->n_programmes,          entry->n_answers,  entry->n_targets,    r->n_tallies,
				     entry->n_results,         entry->n_samples };
	for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
		put_number(f, numbers[k]);
	for (size_t i = 0; i < r->n_labs; i++) {
		const zp_annal_lab *l = &r->labs[i];
		PUT_TEXTS(f, l->code, l->name, l->region, l->region_name, l->lab_class, l->institution, l->department);
	}
	for (size_t i = 0; i < r->n_programmes; i++)
		put_programme(f, entry, i);
	put_texts(f, entry->answers, entry->n_answers);
	for (size_t i = 0; i < entry->n_targets; i++) {
		put_number(f, entry->targets[i].group);
		put_texts(f, entry->targets[i].cells, ZP_TARGET_CELLS);
	}
	for (size_t i = 0; i < r->n_tallies; i++)
		put_tally(f, &r->tallies[i]);
	for (size_t i = 0; i < entry->n_results; i++) {
		put_number(f, (uint64_t)entry->results[i].lab << 32 | (uint64_t)entry->results[i].programme << 16 |
				      entry->results[i].measurand);
		put_block(f, entry->results[i].bytes, entry->results[i].n);
	}
	put_block(f, entry->manifest, entry->n_manifest);
	zp_digest_add(f->digest, f->bytes, f->n);
	zp_digest_close(f->digest, out);
	free(f);
}
