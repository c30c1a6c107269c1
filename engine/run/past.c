/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/past.h"

#define YEARS_MOST 40

typedef struct reading {
	zp_run *run;
	const zp_annal_round *round;
	uint32_t *lab;            /* of the round, to one of this one; ZP_NO_NAME */
	uint32_t *programme;      /* the same */
	uint32_t *at;             /* per programme of the plan: which of its rounds this is */
	uint32_t **measurand;     /* per programme of the round */
	zp_past_programme *programmes;
	size_t *row, *score_row;
	int16_t *shares, *scores;
} reading;

/* ---- which rounds ---- */

static bool is_before(const zp_run *run, const zp_annal_round *r, const char *issued)
{
	const zp_plan *plan = run->book->plan;
	return strcmp(r->id, plan->id) != 0 && strcmp(r->organiser, plan->organiser) == 0 && strncmp(r->closes, plan->closes_text, 10) < 0 &&
	       zp_annal_future(r, issued) == ZP_FUTURE_NOT;
}

/* Which of the round's programmes is this one; SIZE_MAX: none, or it did not take place. */
static size_t held(const zp_annal_round *r, const zp_programme *p)
{
	for (size_t i = 0; i < r->n_programmes; i++)
		if (strcmp(r->programmes[i].code, p->code) == 0 && r->programmes[i].level == p->level)
			return r->programmes[i].cancelled ? SIZE_MAX : i;
	return SIZE_MAX;
}

/* Its last rounds while they are found, the latest first. */
static bool choose(zp_run *run, const zp_annal_round *r, zp_past_programme *programmes, uint32_t number)
{
	const zp_plan *plan = run->book->plan;
	bool any = false;
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const size_t is = held(r, &plan->programmes[p]);
		zp_past_programme *past = &programmes[p];
		if (is == SIZE_MAX || past->n == plan->programmes[p].scheme->choices.history_rounds)
			continue;
		past->rounds[past->n] = number;
		past->first[past->n++] = r->programmes[is].n_samples;
		any = true;
	}
	return any;
}

static bool are_full(const zp_run *run, const zp_past_programme *programmes)
{
	bool full = true;
	for (size_t p = 0; p < run->book->plan->n_programmes; p++)
		full &= programmes[p].n == run->book->plan->programmes[p].scheme->choices.history_rounds;
	return full;
}

/* The oldest first, and samples counted up. */
static void put_in_order(zp_past_programme *p, size_t n_rounds)
{
	uint32_t *rounds = p->rounds, *first = p->first, sum = 0;
	for (size_t i = 0; i < p->n / 2; i++) {
		const uint32_t round = rounds[i], samples = first[i];
		rounds[i] = rounds[p->n - 1 - i], rounds[p->n - 1 - i] = round;
		first[i] = first[p->n - 1 - i], first[p->n - 1 - i] = samples;
	}
	for (size_t i = 0; i <= p->n; i++) {
		const uint32_t samples = i < p->n ? first[i] : 0;
		if (i < p->n)
			rounds[i] = (uint32_t)n_rounds - 1 - rounds[i];
		first[i] = sum;
		sum += samples;
	}
}

/* Which rounds are looked at: a year at a time, so that no more than a year is held. */
static bool choose_rounds(zp_run *run, zp_ledger *ledger, const char *issued, zp_past_programme *programmes, zp_past *past, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	zp_past_round *latest_first = zp_take(run->arena, zp_past_round, plan->n_programmes * ZP_PAST_ROUNDS_MOST + 1);
	for (size_t p = 0; p < plan->n_programmes; p++) {
		programmes[p].rounds = zp_take(run->arena, uint32_t, ZP_PAST_ROUNDS_MOST);
		programmes[p].first = zp_take(run->arena, uint32_t, ZP_PAST_ROUNDS_MOST + 1);
	}
	for (int year = plan->year; year > plan->year - YEARS_MOST && !are_full(run, programmes); year--) {
		zp_arena *scratch = zp_arena_open();
		const zp_annals *annals = zp_annals_take(ledger, scratch, year, year, err);
		for (size_t i = annals ? annals->n : 0; i-- > 0;) {
			const zp_annal_round *r = &annals->rounds[i];
			if (is_before(run, r, issued) && choose(run, r, programmes, (uint32_t)past->n))
				latest_first[past->n++] = (zp_past_round){ zp_arena_print(run->arena, "%s", r->id), zp_arena_print(run->arena, "%s", r->version),
									   zp_arena_print(run->arena, "%s", r->digest),
									   zp_arena_print(run->arena, "%d-%d", r->year, r->number), r->year };
		}
		zp_arena_close(scratch);
		if (!annals)
			return false;
	}
	zp_past_round *rounds = zp_take(run->arena, zp_past_round, past->n + 1);
	for (size_t i = 0; i < past->n; i++)
		rounds[i] = latest_first[past->n - 1 - i];
	past->rounds = rounds;
	for (size_t p = 0; p < plan->n_programmes; p++)
		put_in_order(&programmes[p], past->n);
	return true;
}

/* ---- their results ---- */

static void map_round(reading *w, zp_arena *scratch)
{
	const zp_plan *plan = w->run->book->plan;
	const zp_annal_round *r = w->round;
	w->lab = zp_take(scratch, uint32_t, r->n_labs + 1);
	w->programme = zp_take(scratch, uint32_t, r->n_programmes + 1);
	w->measurand = zp_take(scratch, uint32_t *, r->n_programmes + 1);
	for (size_t i = 0; i < r->n_labs; i++)
		w->lab[i] = zp_names_find(w->run->roster->lab_names, zp_text_of(r->labs[i].code));
	memset(w->programme, 0xff, r->n_programmes * sizeof *w->programme);
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const size_t is = held(r, &plan->programmes[p]);
		if (is == SIZE_MAX || w->at[p] == ZP_NO_NAME)
			continue;
		const zp_scheme *scheme = plan->programmes[p].scheme;
		w->programme[is] = (uint32_t)p;
		w->measurand[is] = zp_take(scratch, uint32_t, r->programmes[is].n_measurands + 1);
		for (size_t k = 0; k < r->programmes[is].n_measurands; k++) {
			size_t m = 0;
			while (m < scheme->n_measurands && strcmp(scheme->measurands[m].code, r->programmes[is].measurands[k].code) != 0)
				m++;
			w->measurand[is][k] = m < scheme->n_measurands ? (uint32_t)m : ZP_NO_NAME;
			if (m < scheme->n_measurands)
				w->programmes[p].pass[m * w->programmes[p].n + w->at[p]] = r->programmes[is].measurands[k].pass;
		}
	}
}

/* The enrolment and the declared measurand that a row of the round is of. */
static bool find_row(const reading *w, uint32_t lab, uint32_t programme, uint32_t measurand, size_t *enrolment, size_t *k)
{
	const zp_roster *roster = w->run->roster;
	if (lab >= w->round->n_labs || programme >= w->round->n_programmes || measurand >= w->round->programmes[programme].n_measurands)
		return false;
	const uint32_t l = w->lab[lab], p = w->programme[programme], m = p == ZP_NO_NAME ? ZP_NO_NAME : w->measurand[programme][measurand];
	if (l == ZP_NO_NAME || m == ZP_NO_NAME)
		return false;
	for (*enrolment = roster->first_enrolment[l]; *enrolment < roster->first_enrolment[l + 1]; ++*enrolment)
		if (roster->enrolments[*enrolment].programme == p) {
			*k = zp_declared_at(&roster->enrolments[*enrolment], m);
			return *k != SIZE_MAX;
		}
	return false;
}

/* A share with the result and the limit tells the target, and a limit by the spread tells that: neither is told of a small group, then or now. */
static bool may_tell(const zp_annal_figure *s, const zp_measurand *m, const zp_choices *choices)
{
	const bool by_spread = m->limit.kind == ZP_LIMIT_SD || m->limit.kind == ZP_LIMIT_ABS_OR_SD;
	return s->kept >= choices->show_least || !(s->consensus || by_spread);
}

static int16_t kept(const zp_annal_figure *s, const zp_measurand *m, const zp_choices *choices)
{
	if (s->state != ZP_RETURNED || !s->has_share || !may_tell(s, m, choices))
		return ZP_PAST_NOTHING;
	const int64_t most = ZP_PAST_SHARE_MOST, share = s->share > most ? most : s->share < -most ? -most : s->share;
	return (int16_t)(2 * share + (s->verdict == ZP_UNACCEPTABLE));
}

static bool take_row(void *self, const zp_annal_row *row)
{
	reading *w = self;
	size_t e, k;
	if (!find_row(w, row->lab, row->programme, row->measurand, &e, &k))
		return true;
	const size_t p = w->programme[row->programme], at = w->at[p];
	const zp_past_programme *past = &w->programmes[p];
	const zp_scheme *scheme = w->run->book->plan->programmes[p].scheme;
	const zp_measurand *m = &scheme->measurands[w->measurand[row->programme][row->measurand]];
	int16_t *out = w->shares + w->row[e] + k * past->first[past->n] + past->first[at];
	for (size_t s = 0; s < row->n && s < past->first[at + 1] - past->first[at]; s++)
		out[s] = kept(&row->samples[s], m, &scheme->choices);
	return true;
}

static void take_scores(reading *w)
{
	for (size_t i = 0; i < w->round->n_tallies; i++) {
		const zp_annal_tally *t = &w->round->tallies[i];
		size_t e, k;
		if (t->measurand == ZP_ANNAL_WHOLE || t->standing != ZP_STANDS_RETURNED || !t->total || !find_row(w, t->lab, t->programme, t->measurand, &e, &k))
			continue;
		const size_t p = w->programme[t->programme];
		w->scores[w->score_row[e] + k * w->programmes[p].n + w->at[p]] = (int16_t)((20 * (uint64_t)t->credit + t->total) / (2 * (uint64_t)t->total));
	}
}

static bool read_round(reading *w, zp_ledger *ledger, size_t which, zp_error *err)
{
	zp_arena *scratch = zp_arena_open();
	const size_t n = w->run->book->plan->n_programmes;
	w->at = zp_take(scratch, uint32_t, n + 1);
	for (size_t p = 0; p < n; p++) {
		w->at[p] = ZP_NO_NAME;
		for (size_t i = 0; i < w->programmes[p].n; i++)
			if (w->programmes[p].rounds[i] == which)
				w->at[p] = (uint32_t)i;
	}
	map_round(w, scratch);
	take_scores(w);
	const bool good = zp_ledger_walk(ledger, w->round->id, take_row, w, err);
	zp_arena_close(scratch);
	return good;
}

static int16_t *nothing(zp_arena *arena, size_t n)
{
	int16_t *out = zp_take(arena, int16_t, n + 1);
	for (size_t i = 0; i < n; i++)
		out[i] = ZP_PAST_NOTHING;
	return out;
}

static void take_columns(reading *w)
{
	const zp_roster *roster = w->run->roster;
	size_t n = 0, n_scores = 0;
	w->row = zp_take(w->run->arena, size_t, roster->n_enrolments + 1);
	w->score_row = zp_take(w->run->arena, size_t, roster->n_enrolments + 1);
	for (size_t e = 0; e < roster->n_enrolments; e++) {
		const zp_past_programme *p = &w->programmes[roster->enrolments[e].programme];
		w->row[e] = n, w->score_row[e] = n_scores;
		n += roster->enrolments[e].n_declared * (size_t)p->first[p->n];
		n_scores += roster->enrolments[e].n_declared * p->n;
	}
	for (size_t p = 0; p < w->run->book->plan->n_programmes; p++)
		w->programmes[p].pass = zp_take(w->run->arena, uint32_t, w->run->book->plan->programmes[p].scheme->n_measurands * w->programmes[p].n + 1);
	w->shares = nothing(w->run->arena, n);
	w->scores = nothing(w->run->arena, n_scores);
}

static bool read_year(reading *w, zp_ledger *ledger, const zp_past *past, int year, zp_error *err)
{
	zp_arena *scratch = zp_arena_open();
	const zp_annals *annals = zp_annals_take(ledger, scratch, year, year, err);
	bool good = annals != NULL;
	for (size_t i = 0; good && i < annals->n; i++)
		for (size_t k = 0; k < past->n && good; k++)
			if (strcmp(annals->rounds[i].id, past->rounds[k].id) == 0) {
				w->round = &annals->rounds[i];
				good = read_round(w, ledger, k, err);
			}
	zp_arena_close(scratch);
	return good;
}

const zp_past *zp_past_take(zp_run *run, zp_ledger *ledger, const char *issued, zp_error *err)
{
	zp_past *past = zp_take(run->arena, zp_past, 1);
	reading w = { .run = run, .programmes = zp_take(run->arena, zp_past_programme, run->book->plan->n_programmes + 1) };
	if (!choose_rounds(run, ledger, issued, w.programmes, past, err))
		return NULL;
	take_columns(&w);
	for (size_t i = 0; i < past->n; i++)
		if ((i == 0 || past->rounds[i].year != past->rounds[i - 1].year) && !read_year(&w, ledger, past, past->rounds[i].year, err))
			return NULL;
	past->programmes = w.programmes;
	past->row = w.row, past->score_row = w.score_row, past->shares = w.shares, past->scores = w.scores;
	return past;
}

/* ---- of one laboratory ---- */

static const zp_past_programme *programme_of(const zp_past *past, const zp_run *run, size_t e)
{
	return &past->programmes[run->roster->enrolments[e].programme];
}

size_t zp_past_shares(const zp_past *past, const zp_run *run, size_t e, size_t k, size_t round, double *shares, bool *alert)
{
	const zp_past_programme *p = programme_of(past, run, e);
	const int16_t *row = past->shares + past->row[e] + k * p->first[p->n];
	size_t n = 0;
	for (size_t i = p->first[round]; i < p->first[round + 1]; i++) {
		alert[n] = row[i] & 1;
		shares[n++] = row[i] == ZP_PAST_NOTHING ? ZP_NONE : (row[i] - (row[i] & 1)) / 20.0;
	}
	return n;
}

double zp_past_score(const zp_past *past, const zp_run *run, size_t e, size_t k, size_t round)
{
	const zp_past_programme *p = programme_of(past, run, e);
	const int16_t score = past->scores[past->score_row[e] + k * p->n + round];
	return score == ZP_PAST_NOTHING ? ZP_NONE : score / 10.0;
}

uint32_t zp_past_pass(const zp_past *past, const zp_run *run, size_t e, size_t m, size_t round)
{
	const zp_past_programme *p = programme_of(past, run, e);
	return p->pass[m * p->n + round];
}

size_t zp_past_samples_most(const zp_past *past, size_t programme)
{
	const zp_past_programme *p = &past->programmes[programme];
	size_t most = 0;
	for (size_t i = 0; i < p->n; i++)
		most = p->first[i + 1] - p->first[i] > most ? p->first[i + 1] - p->first[i] : most;
	return most;
}
