/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/papers.h"
#include "year/recognition.h"
#include "year/year_titles.h"

const zp_issued *zp_issued_take(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	const zp_ledger_paper *papers = zp_ledger_papers(ledger, arena, n, err);
	if (!papers)
		return NULL;
	zp_issued *issued = zp_take(arena, zp_issued, *n + 1);
	for (size_t i = 0; i < *n; i++)
		issued[i] = (zp_issued){ papers[i].number, papers[i].name, papers[i].list, papers[i].issued, papers[i].lab };
	return issued;
}

static zp_ledger_paper paper_of(const zp_year *y, const zp_certificate *c)
{
	const zp_year_lab *lab = &y->chronicle->labs[c->lab];
	return (zp_ledger_paper){ .number = c->number, .year = y->wish->year, .certificate = c->rule->id, .lab = lab->code,
				  .name = lab->says->name, .list = c->says, .issued = c->issued ? c->issued : y->wish->issued,
				  .issue = (int)c->issue };
}

static zp_ledger_paper paper_of_recognition(const zp_year *y, const zp_recog_paper *p)
{
	const zp_year_lab *lab = &y->chronicle->labs[p->lab];
	return (zp_ledger_paper){ .number = p->number, .year = y->wish->year, .certificate = y->recognition->rule->id, .lab = lab->code,
				  .name = lab->says->name, .list = p->says, .issued = p->issued, .issue = (int)p->issue };
}

static zp_ledger_paper paper_of_title(const zp_year *y, const zp_title_paper *p)
{
	return (zp_ledger_paper){ .number = p->number, .year = y->wish->year, .certificate = p->award->id, .lab = p->code, .name = p->name,
				  .list = p->says, .issued = p->issued, .issue = (int)p->issue };
}

bool zp_papers_put(const zp_year *y, zp_ledger *ledger, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const size_t n_rules = y->wish->rules->n_certificates;
	size_t room = 1, n = 0;
	for (size_t i = 0; i < n_rules; i++)
		room += y->papers[i].n;
	room += y->recognition ? y->recognition->n_papers : 0;
	room += y->titles->n_papers;
	zp_ledger_paper *papers = zp_take(arena, zp_ledger_paper, room);
	for (size_t i = 0; i < n_rules; i++)
		for (size_t k = 0; k < y->papers[i].n; k++)
			papers[n++] = paper_of(y, &y->papers[i].at[k]);
	for (size_t i = 0; y->recognition && i < y->recognition->n_papers; i++)
		papers[n++] = paper_of_recognition(y, &y->recognition->papers[i]);
	for (size_t i = 0; i < y->titles->n_papers; i++)
		papers[n++] = paper_of_title(y, &y->titles->papers[i]);
	const bool good = zp_ledger_put_papers(ledger, papers, n, err);
	zp_arena_close(arena);
	return good;
}
