/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/world.h"
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "base/words.h"
#include "simulate/answers.h"

#define PLACES_MOST 6 /* levels up to 10^6 then keep within 18 digits, unit slip included */

static bool told(zp_error *err, const zp_problems *problems)
{
	size_t n = zp_problems_count(problems);
	if (!n)
		return false;
	const zp_problem *first = zp_problem_at(problems, 0);
	const char *says = zp_words_chinese() && first->chinese ? first->chinese : first->text;
	if (n == 1)
		zp_fail(err, ZP_BAD_RULES, first->file, first->line, "%s", says);
	else
		zp_fail(err, ZP_BAD_RULES, first->file, first->line, "%s (and %zu more)", says, n - 1);
	return true;
}

/* Whether a measurand of the scheme is what the rules take it for. */
static void check_kind(const zp_sim_programme *p, const zp_sim_measurand *way, const zp_measurand *m, zp_problems *problems)
{
	if (way->quantity == !m->scale) {
		if (isfinite(way->lod) && !m->log10)
			zp_problem_add(problems, p->rules->file, way->line, 0, "measurand \"%s\" has \"lod\", which is for those that are judged by their logarithm", way->code);
		else if (way->negative > 0 && !m->scale && !m->undetected)
			zp_problem_add(problems, p->rules->file, way->line, 0, "measurand \"%s\" has negative samples, and the scheme does not say that it may be undetected", way->code);
		return;
	}
	if (m->scale)
		zp_problem_add(problems, p->rules->file, way->line, 0, "measurand \"%s\" has the scale %s; expected \"negative\", the share of negative samples, and no levels",
			       way->code, m->scale->name);
	else
		zp_problem_add(problems, p->rules->file, way->line, 0, "measurand \"%s\" has no scale of answers; expected \"low\", \"high\", \"cv\" and \"between\"", way->code);
}

/* Whether the scheme and the simulation of it fit together. */
static bool check_ways(const zp_sim_programme *p, zp_problems *problems)
{
	for (size_t i = 0; i < p->rules->n_measurands; i++) {
		const zp_sim_measurand *way = &p->rules->measurands[i];
		uint32_t m = zp_names_find(p->scheme->measurand_names, zp_text_of(way->code));
		if (m == ZP_NO_NAME) {
			zp_problem_add(problems, p->rules->file, way->line, 0, "measurand \"%s\" is not in scheme %s", way->code,
				       p->scheme->name);
			continue;
		}
		const zp_measurand *measurand = &p->scheme->measurands[m];
		check_kind(p, way, measurand, problems);
		if (measurand->places < 0 || measurand->places > PLACES_MOST)
			zp_problem_add(problems, p->rules->file, way->line, 0,
				       "measurand \"%s\" has %d places; expected 0 to %d for a simulation", way->code,
				       measurand->places, PLACES_MOST);
		if (strpbrk(measurand->code, ",;\" \t"))
			zp_problem_add(problems, p->rules->file, way->line, 0,
				       "measurand \"%s\" cannot be simulated: its code has a comma, quote or blank", measurand->code);
		for (size_t k = 0; k < i; k++)
			if (zp_names_find(p->scheme->measurand_names, zp_text_of(p->rules->measurands[k].code)) == m)
				zp_problem_add(problems, p->rules->file, way->line, 0, "measurand \"%s\" is already on line %ld",
					       way->code, p->rules->measurands[k].line);
	}
	return !zp_problems_count(problems);
}

/* The measurands to simulate, in the order of the scheme. */
static bool choose_measurands(zp_arena *arena, const zp_simulation_wish *wish, zp_sim_programme *p, zp_error *err)
{
	size_t have = p->rules->n_measurands, want = wish->measurands ? wish->measurands : have;
	if (want > have)
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "programme %s has %zu measurands to simulate; %zu were asked for",
			       p->rules->programme, have, want);
	const zp_measurand **measurands = zp_take(arena, const zp_measurand *, want);
	const zp_sim_measurand **ways = zp_take(arena, const zp_sim_measurand *, want);
	double *per_unit = zp_take(arena, double, want);
	for (size_t m = 0; m < p->scheme->n_measurands && p->n < want; m++)
		for (size_t i = 0; i < have; i++) {
			const zp_sim_measurand *way = &p->rules->measurands[i];
			if (zp_names_find(p->scheme->measurand_names, zp_text_of(way->code)) != m)
				continue;
			measurands[p->n] = &p->scheme->measurands[m];
			ways[p->n] = way;
			per_unit[p->n] = 1;
			for (int k = 0; k < p->scheme->measurands[m].places && !p->scheme->measurands[m].log10; k++)
				per_unit[p->n] *= 10;
			p->n++;
			break;
		}
	p->measurands = measurands;
	p->ways = ways;
	p->per_unit = per_unit;
	return true;
}

/* Samples spread over the range of each measurand, one in each part of it, in random order. */
static void choose_levels(zp_arena *arena, const zp_sim_when *when, size_t index, zp_sim_programme *p)
{
	zp_random r = zp_random_stream(when->seed, ZP_SIM_STREAM_LEVELS, index + 1);
	int64_t *levels = zp_take(arena, int64_t, p->n * p->n_samples);
	uint32_t *part = zp_take(arena, uint32_t, p->n_samples);
	for (size_t m = 0; m < p->n; m++) {
		const zp_sim_measurand *way = p->ways[m];
		for (size_t s = 0; s < p->n_samples; s++)
			part[s] = (uint32_t)s;
		zp_random_shuffle(&r, part, p->n_samples);
		for (size_t s = 0; s < p->n_samples; s++) {
			double share = (part[s] + zp_random_uniform(&r)) / (double)p->n_samples;
			double level = nearbyint((way->low + (way->high - way->low) * share) * p->per_unit[m]);
			levels[m * p->n_samples + s] = !way->quantity ? 0 : p->measurands[m]->log10 ? zp_sim_level_of(way, share) : level < 1 ? 1 : (int64_t)level;
		}
		if (p->answers[m].kind != ZP_SIM_PLAIN)
			zp_sim_answers_choose(p, m, &r, part, levels + m * p->n_samples);
	}
	p->levels = levels;
}

static void name_samples(zp_arena *arena, const zp_sim_when *when, zp_sim_programme *p)
{
	const char **samples = zp_take(arena, const char *, p->n_samples);
	int digits = p->n_samples < 10 ? 1 : 2;
	for (size_t s = 0; s < p->n_samples; s++)
		samples[s] = zp_arena_print(arena, "%d%u%0*zu", when->year, when->number, digits, s + 1);
	p->samples = samples;
}

static void share_instruments(zp_arena *arena, zp_sim_programme *p)
{
	double *shares = zp_take(arena, double, p->rules->n_instruments), sum = 0, all = 0;
	for (size_t i = 0; i < p->rules->n_instruments; i++)
		all += p->rules->instruments[i].share;
	for (size_t i = 0; i < p->rules->n_instruments; i++) {
		sum += p->rules->instruments[i].share;
		shares[i] = i + 1 < p->rules->n_instruments ? sum / all : 1;
	}
	p->shares = shares;
}

static int is_rules_file(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);
	return n > 4 && strcmp(entry->d_name + n - 4, ".xml") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Whether there are rules to simulate this programme. Fails: naming those that there are. */
static bool check_name(zp_arena *arena, const char *rules_dir, const char *name, zp_error *err)
{
	const char *known = "", *folder = zp_arena_print(arena, "%s/simulation", rules_dir);
	struct dirent **found = NULL;
	bool there = false;
	int n = scandir(folder, &found, is_rules_file, by_name);
	for (int i = 0; i < n; i++) {
		zp_text file = { found[i]->d_name, strlen(found[i]->d_name) - 4 };
		there |= zp_text_is(file, name);
		known = zp_arena_print(arena, "%s%s%.*s", known, i ? ", " : "", (int)file.n, file.p);
		free(found[i]);
	}
	free(found);
	if (n <= 0)
		return zp_fail(err, ZP_BAD_RULES, folder, 0, "holds no rules for simulations");
	return there || zp_fail(err, ZP_BAD_USE, NULL, 0, "programme \"%s\" cannot be simulated; expected one of %s",
				zp_text_show(arena, zp_text_of(name)), known);
}

static bool take_programme(zp_arena *arena, const zp_simulation_wish *wish, const zp_sim_when *when, const zp_registry *registry,
			   const char *rules_dir, size_t index, zp_sim_programme *p, zp_error *err)
{
	zp_problems *problems = zp_problems_take(arena);
	if (!check_name(arena, rules_dir, wish->programmes[index], err))
		return false;
	p->rules = zp_simulation_read(arena, rules_dir, wish->programmes[index], problems);
	if (p->rules)
		p->scheme = zp_scheme_read(arena, registry, rules_dir, p->rules->scheme, problems);
	if (told(err, problems) || !p->scheme)
		return false;
	check_ways(p, problems);
	if (told(err, problems) || !choose_measurands(arena, wish, p, err))
		return false;
	p->n_samples = wish->samples;
	p->answers = zp_sim_answers_take(arena, p, problems);
	if (told(err, problems) || !p->answers)
		return false;
	for (size_t m = 0; m < p->n; m++)
		p->has_answers |= p->answers[m].kind != ZP_SIM_PLAIN;
	p->weak = p->has_answers && p->n_samples >= 3 ? p->n_samples - 1 : SIZE_MAX;
	choose_levels(arena, when, index, p);
	name_samples(arena, when, p);
	share_instruments(arena, p);
	return true;
}

static bool check_codes(const zp_sim_programme *p, size_t n, zp_error *err)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (zp_text_is(zp_text_of(p[i].rules->programme), p[k].rules->programme))
				return zp_fail(err, ZP_BAD_USE, NULL, 0, "programme %s was asked for twice", p[i].rules->programme);
	return true;
}

zp_sim_when zp_sim_when_of(const zp_simulation_wish *wish, unsigned number)
{
	if (!number)
		return (zp_sim_when){ 2026, 1, 2, 3, false, wish->seed };
	const unsigned all = (unsigned)wish->rounds;
	zp_random r = zp_random_stream(wish->seed, (uint64_t)wish->year, ZP_SIM_STREAM_SEASON + number);
	return (zp_sim_when){ wish->year, number, all, (12 * number + (all + 1) / 2) / (all + 1), true, zp_random_next(&r) };
}

const zp_sim_world *zp_sim_world_take(zp_arena *arena, const zp_simulation_wish *wish, const zp_sim_when *when,
				      const zp_registry *registry, const char *rules_dir, zp_error *err)
{
	zp_sim_world *w = zp_take(arena, zp_sim_world, 1);
	zp_sim_programme *programmes = zp_take(arena, zp_sim_programme, wish->n_programmes);
	zp_problems *problems = zp_problems_take(arena);
	double cells = 0;
	for (size_t i = 0; i < wish->n_programmes; i++) {
		if (!take_programme(arena, wish, when, registry, rules_dir, i, &programmes[i], err))
			return NULL;
		size_t own = programmes[i].n * wish->samples;
		cells += (double)own * (double)wish->labs;
		if (own > w->most_cells)
			w->most_cells = own;
	}
	if (!check_codes(programmes, wish->n_programmes, err))
		return NULL;
	if (cells >= (double)UINT32_MAX) {
		zp_fail(err, ZP_BAD_USE, NULL, 0, "the round would have %.0f results; a round has fewer than %lu", cells,
			(unsigned long)UINT32_MAX);
		return NULL;
	}
	w->regions = zp_regions_read(arena, rules_dir, ".", "hubei", problems);
	if (told(err, problems) || !w->regions)
		return NULL;
	w->labs = zp_sim_people_take(arena, wish, when, w->regions, err);
	if (!w->labs)
		return NULL;
	for (size_t i = 0; i < wish->n_programmes; i++)
		zp_sim_blunders_plan(arena, wish, when, w->labs, i, &programmes[i]);
	for (size_t i = 0; i < wish->n_programmes; i++)
		for (size_t m = 0; m < programmes[i].n; m++) {
			w->has_index |= programmes[i].answers[m].indexed;
			w->has_lod |= isfinite(programmes[i].ways[m]->lod);
		}
	w->long_header = zp_arena_print(arena, "lab,programme,measurand,sample,value,unit,system,instrument,method,reagent,calibrator%s%s",
					w->has_index ? ",index" : "", w->has_lod ? ",lod" : "");
	for (size_t i = 0; i < wish->n_programmes && when->season; i++)
		w->departments |= *programmes[i].rules->department != '\0';
	w->wish = wish;
	w->when = *when;
	w->programmes = programmes;
	w->n_programmes = wish->n_programmes;
	w->n_labs = wish->labs;
	w->code_digits = wish->labs > 99999 ? 6 : wish->labs > 9999 ? 5 : 4;
	w->one_file = wish->files == ZP_SIM_FILES_ONE || (wish->files == ZP_SIM_FILES_FIT && wish->labs > 3000);
	return w;
}
