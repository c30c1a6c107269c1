/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers of titles: one for everybody whom the committee has awarded one, whatever was proposed. */
#include <string.h>
#include "year/year_titles.h"

#define CODES_MOST 20 /* that one laboratory had one after the other */

/* Whose paper it is where the award does not say: the organiser of the round that closed last. */
static const char *organiser_of(const zp_year *y, const zp_award *a, const char **en)
{
	const zp_annal_round *last = y->wish->annals->rounds; /* there is one of the year, or there would be no titles */
	*en = a->organiser_en;
	if (*a->organiser)
		return a->organiser;
	for (size_t i = 0; i < y->wish->annals->n; i++)
		if (y->wish->annals->rounds[i].year == y->wish->year)
			last = &y->wish->annals->rounds[i];
	*en = last->organiser_en;
	return last->organiser;
}

/* Years that were awarded one after the other, this one the last of them. */
static unsigned in_a_row(const zp_year *y, const zp_award *a, const char *code)
{
	const char *codes[CODES_MOST] = { code };
	const size_t n = a->unit == ZP_UNIT_REGION ? 1 : zp_identity_names(y->wish->identity, code, codes, CODES_MOST);
	return 1 + (unsigned)zp_titles_in_row(y->wish->decided, y->wish->n_decided, a->id, codes, n, y->wish->year - 1,
					      y->wish->rules->title_not_offered_breaks);
}

static zp_title_paper paper_of(zp_arena *arena, const zp_year *y, const zp_award *a, const zp_numbers *given, const char *code, const char *name)
{
	zp_title_paper p = { .award = a, .code = code, .name = name, .in_a_row = in_a_row(y, a, code) };
	p.organiser = organiser_of(y, a, &p.organiser_en);
	const char *list = zp_arena_print(arena, "%s %u", a->id, p.in_a_row), *const words[] = { a->name, a->name_en, p.organiser, p.organiser_en };
	const char *key = zp_arena_print(arena, "%d/T/%s/%s", y->wish->year, a->id, zp_number_piece(arena, code));
	p.says = zp_paper_says(arena, list, words, sizeof words / sizeof *words);
	const zp_issued *was = zp_numbers_latest(given, key, &p.issue);
	const bool same = was && zp_issued_is(was, code, name, p.says);
	p.issue += !same;
	p.issued = same ? was->issued : y->wish->issued;
	p.number = zp_arena_print(arena, "%s/%u", key, p.issue);
	return p;
}

static bool is_awarded(const char *decision) { return decision && strcmp(decision, "awarded") == 0; }

void zp_title_papers_take(zp_arena *arena, const zp_year *y, zp_year_titles *t)
{
	const zp_numbers *given = zp_numbers_take(arena, y->wish->issued_before, y->wish->n_issued_before);
	size_t room = t->n_outside + 1;
	for (size_t i = 0; i < t->n; i++)
		room += t->at[i].n;
	zp_title_paper *papers = zp_take(arena, zp_title_paper, room);
	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < t->at[i].n; k++)
			if (is_awarded(t->at[i].at[k].decision))
				papers[t->n_papers++] = paper_of(arena, y, t->at[i].award, given, t->at[i].at[k].code, t->at[i].at[k].name);
	for (size_t i = 0; i < t->n_outside; i++)
		if (is_awarded(t->outside[i].decision->decision))
			papers[t->n_papers++] = paper_of(arena, y, t->outside[i].award, given, t->outside[i].code, t->outside[i].name);
	t->papers = papers;
}
