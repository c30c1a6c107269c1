/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an amendment has to do with papers and titles of its year: what was given already, and who would gain or lose a title. */
#include <stdlib.h>
#include <string.h>
#include "cli/amend.h"
#include "cli/year.h"
#include "ledger/acts.h"
#include "year/append.h"
#include "year/papers.h"

/* ---- what was given ---- */

static int by_code(const void *code, const void *lab)
{
	return zp_text_compare(zp_text_of(code), ((const zp_changed_lab *)lab)->code);
}

static bool is_judged_anew(const zp_changes *all, const char *code)
{
	const zp_changed_lab *l = all->n_labs ? bsearch(code, all->labs, all->n_labs, sizeof *all->labs, by_code) : NULL;
	return l && (l->verdicts || l->satisfactions);
}

/* Papers and titles of the round's year, given to laboratories whose verdicts changed. */
bool zp_amend_tell_given(zp_closing *c, const zp_changes *all)
{
	size_t n_papers, n_decisions, n = 0;
	const int year = c->run->book->plan->year;
	const zp_ledger_paper *papers = zp_ledger_papers(c->ledger, c->run->arena, &n_papers, &c->err);
	const zp_ledger_decision *decisions = papers ? zp_ledger_decisions(c->ledger, c->run->arena, &n_decisions, &c->err) : NULL;
	if (!decisions)
		return false;
	for (size_t i = 0; i < n_papers; i++) {
		if (papers[i].year != year || !is_judged_anew(all, papers[i].lab))
			continue;
		n++;
		printf(zp_say("look again at paper %s (%s), given to %s on %s\n"), papers[i].number, papers[i].certificate, papers[i].lab, papers[i].issued);
	}
	for (size_t i = 0; i < n_decisions; i++) {
		if (decisions[i].year != year || !decisions[i].counts || !is_judged_anew(all, decisions[i].lab))
			continue;
		n++;
		printf(zp_say("look again at title %s of %d: %s for %s on %s\n"), decisions[i].award, year, decisions[i].decision, decisions[i].lab,
		       decisions[i].date);
	}
	printf(zp_say("papers and titles of %d that may be affected: %zu\n"), year, n);
	return true;
}

/* ---- what would be proposed ---- */

/* The options of the year among those of the amendment. */
static zp_given_options options_of_year(const zp_given_options *given)
{
	static const char *const own[] = { "emit", "into", "issued", "reason", "by", "what-if", "threads", "timings" };
	zp_given_options out = { .rest = given->rest, .n_rest = 0 };
	for (size_t i = 0; i < given->n; i++) {
		bool of_amend = false;
		for (size_t k = 0; k < sizeof own / sizeof *own; k++)
			of_amend |= strcmp(given->at[i].name, own[k]) == 0;
		if (!of_amend)
			out.at[out.n++] = given->at[i];
	}
	out.at[out.n].name = "emit", out.at[out.n++].value = "tables";
	return out;
}

/* The year by what a ledger has. Fails: NULL with w->err, or after problems. */
static const zp_year *year_by(zp_closing *c, zp_year_work *w, const zp_given_options *given, zp_ledger *ledger)
{
	zp_arena *arena = c->run->arena;
	*w = (zp_year_work){ .given = given, .arena = arena, .input = zp_problems_take(arena), .rules = zp_problems_take(arena),
			     .doubts = zp_problems_take(arena), .registry = c->registry, .chinese = zp_words_chinese(), .watch = c->watch };
	w->wish.issued = c->publish.issue.date, w->wish.year = c->run->book->plan->year, w->wish.threads = (unsigned)c->threads;
	w->wish.draft = true, w->wish.ledger = ledger;
	if (!zp_year_read_options(w))
		return NULL;
	w->wish.annals = zp_annals_take(ledger, arena, 0, w->wish.year, &w->err);
	w->wish.issued_before = w->wish.annals ? zp_issued_take(ledger, arena, &w->wish.n_issued_before, &w->err) : NULL;
	w->wish.decided = w->wish.issued_before ? zp_ledger_decisions(ledger, arena, &w->wish.n_decided, &w->err) : NULL;
	return w->wish.decided ? zp_year_take(arena, &w->wish, w->input, &w->err) : NULL;
}

static bool tell_problems(zp_closing *c, const zp_year_work *w)
{
	zp_watch_hush(c->watch);
	zp_problems_print_in(w->rules, w->chinese, stderr);
	zp_problems_print_in(w->input, w->chinese, stderr);
	if (w->err.code)
		zp_fail_as(&c->err, &w->err);
	return false;
}

static void tell_award(zp_arena *arena, const zp_titles *before, const zp_titles *after)
{
	const bool chinese = zp_words_chinese();
	size_t n, gain = 0;
	const zp_title_change *all = zp_titles_compare(arena, before, after, &n);
	for (size_t i = 0; i < n; i++)
		gain += all[i].gains;
	printf(zp_say("title %s: %zu would gain, %zu would lose\n"), after->award->id, gain, n - gain);
	for (size_t i = 0; i < n; i++) {
		const zp_title *one = all[i].after ? all[i].after : all[i].before, *failing = all[i].gains ? all[i].before : all[i].after;
		const char *why = failing ? zp_title_obstacles(arena, after->award, failing, chinese) : "";
		const char *sentence = zp_arena_print(arena, "  %s %s %s: %s → %s%s%s", all[i].gains ? "+" : "-", one->code, one->name,
			zp_title_stands(all[i].before, chinese), zp_title_stands(all[i].after, chinese), *why ? ": " : "", why);
		zp_text_print(zp_text_of(sentence), stdout);
		putchar('\n');
	}
}

bool zp_amend_tell_awards(zp_closing *c, const zp_published *published)
{
	const zp_given_options given = options_of_year(&c->given);
	zp_year_work was, is = { .input = NULL }; /* NULL: there was no second year */
	const zp_year *before = year_by(c, &was, &given, c->ledger);
	if (!before)
		return tell_problems(c, &was);
	const zp_entry *entry = zp_entry_of(c->run->arena, published, &c->err);
	zp_ledger *copy = entry ? zp_ledger_copy(c->ledger, &c->err) : NULL;
	if (!copy)
		return false;
	const zp_year *after = zp_ledger_put(copy, entry, &c->err) != ZP_ADDED_NOT ? year_by(c, &is, &given, copy) : NULL;
	if (after)
		zp_watch_hush(c->watch);
	for (size_t i = 0; after && i < after->titles->n; i++)
		tell_award(c->run->arena, &before->titles->at[i], &after->titles->at[i]);
	zp_ledger_close(copy);
	return after || (!c->err.code && is.input && tell_problems(c, &is));
}
