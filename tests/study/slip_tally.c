/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "slip_tally.h"
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "run/run.h"

#define WORDS_MOST 8

const char *const fault_words[FAULTS] = { "", "unit_slip", "thousand_slip", "decimal_slip", "hundred_slip", "false_sign", "swapped_samples",
					  "swapped_measurands", "repeated_results", "copied_results", "scaled_copies" };

static const zp_slip kind_of[FAULTS] = { [UNIT_SLIP] = ZP_SLIP_UNIT, [THOUSAND_SLIP] = ZP_SLIP_UNIT, [DECIMAL_SLIP] = ZP_SLIP_DECIMAL,
	[HUNDRED_SLIP] = ZP_SLIP_DECIMAL, [FALSE_SIGN] = ZP_SLIP_SIGN, [SWAPPED_SAMPLES] = ZP_SLIP_SAMPLES,
	[SWAPPED_MEASURANDS] = ZP_SLIP_MEASURANDS, [REPEATED_RESULTS] = ZP_SLIP_REPEATED, [COPIED_RESULTS] = ZP_SLIP_COPIED,
	[SCALED_COPIES] = ZP_SLIP_COPIED };

zp_simulation_wish slip_wish_clean(const char *into, size_t labs, const char *const *programmes, size_t n_programmes, uint64_t seed)
{
	zp_simulation_wish w = zp_simulation_preset();
	w.into = into;
	w.labs = labs;
	w.programmes = programmes;
	w.n_programmes = n_programmes;
	w.seed = seed;
	w.unit_slip = w.thousand_slip = w.decimal_slip = w.hundred_slip = w.false_sign = w.swapped_samples = w.swapped_measurands = 0;
	w.repeated_results = w.copied_results = w.scaled_copies = 0;
	return w;
}

/* ---- the truth ---- */

/* The enrolment of a laboratory in a programme, and the place of a result in it. */
static uint32_t cell_of(const zp_run *run, char *const word[])
{
	const zp_roster *roster = run->roster;
	const uint32_t lab = zp_names_find(roster->lab_names, zp_text_of(word[0]));
	const uint32_t p = zp_names_find(run->book->plan->programme_names, zp_text_of(word[1]));
	const zp_programme *programme = &run->book->plan->programmes[p];
	const uint32_t m = zp_names_find(programme->scheme->measurand_names, zp_text_of(word[2]));
	const uint32_t s = zp_names_find(programme->sample_names, zp_text_of(word[3]));
	for (uint32_t e = roster->first_enrolment[lab]; e < roster->first_enrolment[lab + 1]; e++)
		for (uint32_t k = 0; roster->enrolments[e].programme == p && k < roster->enrolments[e].n_declared; k++)
			if (roster->enrolments[e].declared[k] == m)
				return roster->enrolments[e].first_cell + k * (uint32_t)programme->n_samples + s;
	return UINT32_MAX;
}

static bool read_truth(const zp_run *run, const char *folder, unsigned char *fault)
{
	char path[4096], line[512];
	snprintf(path, sizeof path, "%s/truth.csv", folder);
	FILE *f = fopen(path, "r");
	if (!f || !fgets(line, sizeof line, f)) {
		fprintf(stderr, "%s cannot be read\n", path);
		if (f)
			fclose(f);
		return false;
	}
	while (fgets(line, sizeof line, f)) {
		char *word[WORDS_MOST] = { NULL }, *rest = line;
		for (int i = 0; i < WORDS_MOST; i++)
			word[i] = strsep(&rest, ",\n");
		for (int k = 1; k < FAULTS; k++) {
			const uint32_t cell = word[5] && strcmp(word[5], fault_words[k]) == 0 ? cell_of(run, word) : UINT32_MAX;
			if (cell != UINT32_MAX)
				fault[cell] = (unsigned char)k;
		}
	}
	fclose(f);
	return true;
}

/* ---- the tally ---- */

typedef struct seen { bool planted[FAULTS], found[FAULTS], other[FAULTS]; size_t n[FAULTS]; } seen;

static void add_seen(slip_tally *t, const seen *s, int k)
{
	t->planted[k] += s->planted[k];
	t->found[k] += s->planted[k] && s->found[k];
	t->other[k] += k < REPEATED_RESULTS && s->planted[k] && !s->found[k] && s->other[k];
}

static void see(seen *s, int k, unsigned hints)
{
	s->n[k]++;
	s->planted[k] = true;
	s->found[k] |= hints >> kind_of[k] & 1;
	s->other[k] |= hints != 0;
}

/* fault and hints: per cell; pair: per enrolment, the bits of hints on the whole of it. */
static void add_enrolment(slip_tally *t, const zp_run *run, size_t e, const unsigned char *fault, const unsigned char *hints, unsigned pair)
{
	const zp_enrolment *enrolment = &run->roster->enrolments[e];
	const size_t n_samples = zp_run_programme(run, enrolment)->n_samples;
	seen whole = { 0 };
	for (size_t k = 0; k < enrolment->n_declared; k++) {
		seen line = { 0 };
		for (size_t s = 0; s < n_samples; s++) {
			const size_t i = enrolment->first_cell + k * n_samples + s;
			const int f = fault[i];
			t->results += run->round->kind[i] == ZP_NUMBER;
			t->honest += f == FINE && run->round->kind[i] == ZP_NUMBER;
			for (unsigned kind = 0; kind < ZP_SLIPS && f == FINE; kind++)
				t->false_alarms[kind] += hints[i] >> kind & 1;
			seen one = { 0 };
			if (f == UNIT_SLIP || f == THOUSAND_SLIP)
				see(&line, f, hints[i]);
			else if (f >= SWAPPED_SAMPLES)
				see(&whole, f, f >= REPEATED_RESULTS ? pair : hints[i]);
			else if (f != FINE)
				see(&one, f, hints[i]), add_seen(t, &one, f);
		}
		add_seen(t, &line, UNIT_SLIP);
		add_seen(t, &line, THOUSAND_SLIP);
	}
	for (int k = SWAPPED_SAMPLES; k < FAULTS; k++) {
		add_seen(t, &whole, k);
		t->few[k] += k >= REPEATED_RESULTS && whole.planted[k] && !whole.found[k] &&
			     whole.n[k] < zp_run_programme(run, enrolment)->scheme->choices.copied_least;
	}
}

/* Whether a laboratory has other people's results in a programme. */
static bool *find_copiers(const zp_run *run, const unsigned char *fault)
{
	const zp_roster *roster = run->roster;
	const size_t n = run->book->plan->n_programmes;
	bool *copies = calloc(roster->n_labs * n + 1, sizeof *copies);
	for (size_t e = 0; e < roster->n_enrolments; e++) {
		const zp_enrolment *x = &roster->enrolments[e];
		const size_t cells = x->n_declared * zp_run_programme(run, x)->n_samples;
		for (size_t i = 0; i < cells; i++)
			copies[x->lab * n + x->programme] |= fault[x->first_cell + i] >= REPEATED_RESULTS;
	}
	return copies;
}

static void add_run(slip_tally *t, const zp_run *run, const unsigned char *fault)
{
	const zp_roster *roster = run->roster;
	unsigned char *hints = calloc(run->round->n + 1, 1), *pair = calloc(roster->n_enrolments + 1, 1);
	const size_t n = run->book->plan->n_programmes;
	bool *copies = find_copiers(run, fault);
	for (size_t i = 0; i < run->hints.n; i++) {
		const zp_hint *h = &run->hints.at[i];
		if (h->cell != ZP_NO_HINT_CELL) {
			hints[h->cell] |= (unsigned char)(1u << h->kind);
			continue;
		}
		const zp_enrolment *e = &roster->enrolments[h->enrolment];
		pair[h->enrolment] |= (unsigned char)(1u << h->kind);
		t->false_alarms[h->kind] += !copies[e->lab * n + e->programme] && !copies[h->other * n + e->programme];
	}
	for (size_t e = 0; e < roster->n_enrolments; e++)
		add_enrolment(t, run, e, fault, hints, pair[e]);
	free(hints);
	free(pair);
	free(copies);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(path);
}

bool slip_tally_add(slip_tally *t, const zp_simulation_wish *wish, const zp_registry *registry, const char *rules_dir)
{
	zp_error err = { 0 };
	if (!zp_simulate(wish, registry, rules_dir, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return false;
	}
	zp_run_wish run_wish = { wish->into, rules_dir, wish->threads, .go_on = false };
	zp_run *run = zp_run_open(registry, &run_wish, ZP_UNTIL_HINTS, &err);
	bool good = err.code == ZP_OK;
	if (good) {
		unsigned char *fault = calloc(run->round->n + 1, 1);
		good = read_truth(run, wish->into, fault);
		if (good)
			add_run(t, run, fault);
		free(fault);
	} else {
		fprintf(stderr, "%s\n", err.text);
	}
	zp_run_close(run);
	nftw(wish->into, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return good;
}
