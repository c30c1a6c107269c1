/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/told.h"
#include "base/pool.h"
#include "run/lines.h"
#include "stats/order.h"

/* The values that the statistics of a sample began with: those that were kept, and those that were set aside by them. */
bool zp_told_takes_part(const zp_run *run, size_t cell)
{
	const uint8_t mark = run->judgement.mark[cell];
	return run->round->kind[cell] == ZP_NUMBER && (mark == ZP_KEPT || mark == ZP_ASIDE_ABSURD || mark == ZP_ASIDE_OUTLIER) &&
	       (run->round->state[cell] == ZP_RETURNED || run->round->state[cell] == ZP_LATE);
}

/* One measurand of one programme: the unit of work. */
typedef struct sorting {
	const zp_run *run;
	const uint32_t *programme, *measurand; /* per task */
	zp_arena **keep;                       /* the same */
	zp_told_item *items;
} sorting;

static void sort_measurand(void *context, size_t task, unsigned worker)
{
	const sorting *all = context;
	const zp_run *run = all->run;
	const zp_programme *p = &run->book->plan->programmes[all->programme[task]];
	const zp_roster *roster = run->roster;
	const uint32_t m = all->measurand[task];
	(void)worker;
	if (p->scheme->measurands[m].scale)
		return;
	zp_arena *scratch = zp_arena_open();
	uint32_t *first = zp_take(scratch, uint32_t, roster->n_enrolments + 1);
	size_t n = 0;
	for (size_t e = 0; e < roster->n_enrolments; e++) {
		const size_t k = roster->enrolments[e].programme == all->programme[task] ? zp_declared_at(&roster->enrolments[e], m) : SIZE_MAX;
		if (k != SIZE_MAX)
			first[n++] = roster->enrolments[e].first_cell + (uint32_t)(k * p->n_samples);
	}
	all->keep[task] = zp_arena_open();
	zp_sort_pair *pairs = zp_take(scratch, zp_sort_pair, 2 * n + 1);
	for (size_t s = 0; s < p->n_samples; s++) {
		double *x = zp_take(all->keep[task], double, n + 1);
		uint32_t *cell = zp_take(all->keep[task], uint32_t, n + 1), kept = 0;
		for (size_t i = 0; i < n; i++)
			if (zp_told_takes_part(run, first[i] + s)) {
				x[kept] = zp_decimal_double(zp_round_value(run->round, first[i] + s));
				cell[kept++] = first[i] + (uint32_t)s;
			}
		zp_sort_with(x, cell, kept, pairs);
		all->items[p->first_item + m * p->n_samples + s] = (zp_told_item){ x, cell, kept };
	}
	zp_arena_close(scratch);
}

static void close_arena(void *arena) { zp_arena_close(arena); }

static const zp_told_item *sort_items(zp_run *run)
{
	const zp_plan *plan = run->book->plan;
	size_t n = 0;
	for (size_t p = 0; p < plan->n_programmes; p++)
		n += plan->programmes[p].scheme->n_measurands;
	uint32_t *programme = zp_take(run->arena, uint32_t, n + 1), *measurand = zp_take(run->arena, uint32_t, n + 1);
	sorting all = { run, programme, measurand, zp_take(run->arena, zp_arena *, n + 1), zp_take(run->arena, zp_told_item, plan->n_items + 1) };
	n = 0;
	for (uint32_t p = 0; p < plan->n_programmes; p++)
		for (uint32_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++)
			programme[n] = p, measurand[n++] = m;
	zp_pool_run(run->threads, n, sort_measurand, &all);
	for (size_t i = 0; i < n; i++)
		if (all.keep[i])
			zp_arena_at_end(run->arena, close_arena, all.keep[i]);
	return all.items;
}

zp_told *zp_told_take(zp_run *run, const zp_publish_wish *wish, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	zp_told *told = zp_take(run->arena, zp_told, 1);
	size_t rungs = 0;
	for (size_t p = 0; p < plan->n_programmes; p++)
		rungs += plan->programmes[p].scheme->n_measurands * ZP_RUNGS_MOST;
	*told = (zp_told){ .run = run, .items = sort_items(run), .rungs = zp_rungs_take(run->arena, run->peers, rungs + 1),
			   .keep = zp_arena_within(run->arena), .crowds = zp_take(run->arena, zp_crowd *, run->n_groups + 1),
			   .others = zp_take(run->arena, zp_told_others *, run->n_groups + 1),
			   .pairs = zp_take(run->arena, zp_pair_crowd *, run->n_groups + 1),
			   .methods = zp_take(run->arena, zp_told_methods *, plan->n_items + 1),
			   .shown = zp_take(run->arena, const bool *, run->n_groups + 1) };
	if (!wish->ledger)
		return told;
	told->past = zp_past_take(run, wish->ledger, wish->issue.date, err);
	return told->past ? told : NULL;
}

/* ---- characters ---- */

/* Every one beyond ASCII of what the files told*.c and hint.c say; tests/told.sh holds it against them. */
static const char said[] = "·–“”→−、。一不与个中为之乘于他以似位低余例供侧倍倚值偏健偶允共其内再写况准几"
					  "分则判别到前力加化区单占历变另可号各同名后否和回固在均填增处大如定宜实室家密对小"
					  "展差已常干平度开异录情或截所扰抄报按接收改散数断方时是普曲更最有未本来果查标校样"
					  "核检概次止正此比法浓淆混点然率用疑白的目直相确离稳空精系约线组结统续能自至致若要"
					  "许该误请负距身轮较达过近连通遍那里鉴错间随零需靶项验高（），：；？";

const char *zp_told_characters(void) { return said; }

/* ---- one measurand of one laboratory ---- */

const zp_group *zp_teller_group(const zp_teller *w, size_t s)
{
	const uint32_t group = w->told->run->judgement.group[w->first + s];
	if (group == ZP_NO_GROUP)
		return NULL;
	const zp_group *g = &w->told->run->groups[group];
	return zp_report_may_show(w->t, g) ? g : NULL;
}

double zp_teller_share(const zp_teller *w, size_t s)
{
	const zp_group *g = zp_teller_group(w, s);
	return g && zp_report_may_bound(w->t, g) ? zp_run_score_of(w->told->run, w->t->choices, w->first + s).share_pct : ZP_NONE;
}

const char *zp_teller_number(const zp_teller *w, double v, int places)
{
	char text[400];
	return zp_arena_text(w->t->arena, text, (size_t)(zp_put_fixed(text, v, places < 0 ? 0 : places > 15 ? 15 : places) - text));
}

/* With a sign that can be told from a dash: "+8", "−3". */
const char *zp_teller_signed(const zp_teller *w, double v, int places)
{
	const char *text = zp_teller_number(w, v, places);
	return *text == '-' ? zp_arena_print(w->t->arena, "−%s", text + 1) : zp_arena_print(w->t->arena, "+%s", text);
}

void zp_tell_measurand(const zp_telling *t, const zp_enrolment *e, size_t m, size_t k, zp_report_measurand *out)
{
	const zp_run *run = t->run;
	const size_t enrolment = (size_t)(e - run->roster->enrolments);
	const zp_teller w = { .t = t, .told = t->told, .programme = zp_run_programme(run, e), .enrolment = e, .m = m, .k = k,
			      .first = e->first_cell + k * zp_run_programme(run, e)->n_samples, .tally = run->first_tally[enrolment] + (uint32_t)k,
			      .out = out };
	double fit_a = ZP_NONE, fit_b = ZP_NONE;
	zp_tell_course(&w);
	const zp_finding brief = zp_tell_findings(&w, &fit_a, &fit_b);
	zp_tell_figures(&w, fit_a, fit_b);
	zp_tell_heed(&w, brief);
}
