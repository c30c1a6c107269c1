/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Systems, instruments, methods, reagents and calibrators that are not on the lists of their programmes: they stay as they
 * are written, and each is told once, where it stands first. */
#include <stdlib.h>
#include "book/dictionary.h"
#include "run/intake.h"

static const char *const kinds[ZP_PEER_KEYS] = { "system", "instrument", "method", "reagent", "calibrator" };

/* One name in one programme: how often, and where first. */
typedef struct found { uint32_t n, file, line; } found;

static bool before(uint32_t file, uint32_t line, const found *f)
{
	return file < f->file || (file == f->file && line < f->line);
}

/* Which names of the round a list has, one flag each. */
static bool *listed(zp_arena *arena, const zp_names *names, const zp_names *known)
{
	const uint32_t n = zp_names_count(names);
	bool *is = zp_take(arena, bool, n);
	for (uint32_t i = 0; i < n; i++)
		is[i] = zp_names_at(names, i).n == 0 || zp_dictionary_find(known, zp_names_at(names, i)) != ZP_NO_NAME;
	return is;
}

static void count_cells(const zp_run *run, size_t p, int k, const bool *is_listed, found *list)
{
	const zp_round *r = run->round;
	for (size_t e = 0; e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		const size_t first = enrolment->first_cell, n = (size_t)enrolment->n_declared * run->book->plan->programmes[enrolment->programme].n_samples;
		for (size_t i = first; enrolment->programme == p && i < first + n; i++) {
			const uint32_t name = run->peers->tuples[r->peers[i]][k];
			if (is_listed[name])
				continue;
			if (!list[name].n++ || before(r->file[i], r->line[i], &list[name]))
				list[name].file = r->file[i], list[name].line = r->line[i];
		}
	}
}

/* In the order of the table of names, which is that of their bytes. */
static void tell(const zp_intake *in, const zp_programme *p, int k, const found *list)
{
	zp_run *run = in->run;
	const zp_names *names = run->peers->names[k];
	for (uint32_t i = 1; i < zp_names_count(names); i++) {
		const zp_text name = zp_names_at(names, i);
		char shown[300];
		if (!list[i].n)
			continue;
		zp_problem_add(run->remarks, in->files[list[i].file].name, list[i].line, 0,
			       "the %s \"%s\" is not in the list of programme %s; it stays as it is written (%u result%s)", kinds[k],
			       zp_text_show_code_in(shown, sizeof shown, name), p->code, list[i].n, list[i].n == 1 ? "" : "s");
		zp_problem_ask(run->remarks, p->scheme->known_names[k], name, ZP_NEAREST_ANY);
	}
}

void zp_intake_tell_unknown(const zp_intake *in)
{
	const zp_run *run = in->run;
	for (size_t p = 0; p < run->book->plan->n_programmes; p++)
		for (int k = 0; k < ZP_PEER_KEYS; k++) {
			const zp_programme *programme = &run->book->plan->programmes[p];
			const zp_names *known = programme->scheme->known_names[k], *names = run->peers->names[k];
			if (!known)
				continue;
			found *list = zp_take(in->arena, found, zp_names_count(names));
			count_cells(run, p, k, listed(in->arena, names, known), list);
			tell(in, programme, k, list);
		}
}
