/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/trends.h"
#include "year/record.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define RUNNING_ROUNDS_LEAST 2
#define RUN_ROUNDS_LEAST 2 /* one calibration can put all of a round on one side */
#define WAY_ROUNDS_LEAST 3
#define SAMPLES_MOST 30000
#define FIGURE_MOST INT64_C(10000000000000) /* that sums of so many fit */

const char *zp_trend_way_word(zp_trend_way way)
{
	static const char *const words[] = { "", "up", "down" };
	return words[way];
}

const char *zp_trend_why_words(unsigned why)
{
	static const char *const words[] = { "", "latest", "running", "latest running", "run", "latest run", "running run", "latest running run" };
	return words[why & 7];
}

/* ---- reading ---- */

/* A programme of the round that is read. */
typedef struct target {
	bool wanted;
	size_t programme, slot;  /* of the chronicle; place in its window */
	uint32_t *measurands;    /* the round's to the programme's */
} target;

typedef struct taking {
	zp_arena *arena, *scratch;
	const zp_chronicle *chronicle;
	zp_trend_round **of;
	size_t *first, *n;
	uint32_t *rows;          /* programme x laboratory: its row; UINT32_MAX: none */
	const zp_annal_round *round; /* the one that is read */
	const uint32_t *place;
	target *targets;
	int slip;                /* percent of the limit */
	size_t tally;            /* the first that is not before the row in hand */
} taking;

static void open_windows(taking *t, unsigned rounds)
{
	const zp_chronicle *c = t->chronicle;
	t->of = zp_take(t->arena, zp_trend_round *, c->n_programmes + 1);
	t->first = zp_take(t->arena, size_t, c->n_programmes + 1);
	t->n = zp_take(t->arena, size_t, c->n_programmes + 1);
	t->rows = zp_take(t->scratch, uint32_t, c->n_programmes * c->n_labs + 1);
	memset(t->rows, 0xff, c->n_programmes * c->n_labs * sizeof *t->rows);
	for (size_t i = 0; i < c->n_programmes; i++) {
		const zp_year_programme *p = &c->programmes[i];
		for (size_t row = 0; row < p->n_labs; row++)
			t->rows[i * c->n_labs + p->labs[row]] = (uint32_t)row;
		if (!p->n_year)
			continue;
		t->n[i] = p->n_held < rounds ? p->n_held : rounds;
		t->first[i] = p->n_held - t->n[i];
		t->of[i] = zp_take(t->arena, zp_trend_round, p->n_labs * p->n_measurands * t->n[i] + 1);
	}
}

static uint32_t find_measurand(const zp_year_programme *p, const char *code)
{
	uint32_t k = 0;
	while (k < p->n_measurands && strcmp(p->measurands[k].says->code, code) != 0)
		k++;
	return k;
}

static bool goes_on(const zp_year_programme *p, const zp_annal_programme *says)
{
	return says->level == p->says->level && strcmp(says->code, p->says->code) == 0;
}

/* Where the results of the round belong. Gives: whether anybody wants them. */
static bool aim(taking *t, const zp_annal_round *round)
{
	const zp_chronicle *c = t->chronicle;
	bool any = false;
	t->targets = zp_take(t->scratch, target, round->n_programmes + 1);
	for (size_t i = 0; i < c->n_programmes; i++)
		for (size_t slot = 0; slot < t->n[i]; slot++) {
			const zp_year_programme *p = &c->programmes[i];
			if (p->held[t->first[i] + slot].round != round)
				continue;
			for (size_t k = 0; k < round->n_programmes; k++) {
				const zp_annal_programme *says = &round->programmes[k];
				if (!goes_on(p, says))
					continue;
				target *to = &t->targets[k];
				*to = (target){ true, i, slot, zp_take(t->scratch, uint32_t, says->n_measurands + 1) };
				for (size_t m = 0; m < says->n_measurands; m++)
					to->measurands[m] = find_measurand(p, says->measurands[m].code);
				any = true;
			}
		}
	return any;
}

static int order_of(const zp_annal_tally *a, const zp_annal_row *b)
{
	if (a->lab != b->lab)
		return (a->lab > b->lab) - (a->lab < b->lab);
	if (a->programme != b->programme)
		return (a->programme > b->programme) - (a->programme < b->programme);
	return (a->measurand > b->measurand) - (a->measurand < b->measurand);
}

/* Rows come in the order of the tallies. */
static bool came_in_time(taking *t, const zp_annal_row *row)
{
	while (t->tally < t->round->n_tallies && order_of(&t->round->tallies[t->tally], row) < 0)
		t->tally++;
	const zp_annal_tally *at = &t->round->tallies[t->tally];
	return t->tally < t->round->n_tallies && order_of(at, row) == 0 && at->standing == ZP_STANDS_RETURNED;
}

static int side_of(int64_t v) { return (v > 0) - (v < 0); }

static int64_t within(int64_t v)
{
	if (v > FIGURE_MOST)
		return FIGURE_MOST;
	return v < -FIGURE_MOST ? -FIGURE_MOST : v;
}

/* slip: from so many tenths of a percent on a result is none of the method. */
static zp_trend_round sum_up(const zp_annal_figure *s, size_t n, int64_t slip)
{
	zp_trend_round r = { 0 };
	for (size_t i = 0; i < n && i < SAMPLES_MOST; i++) {
		if (s[i].has_share && (s[i].share > slip || s[i].share < -slip))
			continue;
		if (s[i].has_sdi)
			r.sdi += within(s[i].sdi), r.n_sdi++;
		if (!s[i].has_share)
			continue;
		const int side = side_of(s[i].share);
		r.trailing = (int16_t)(side && side_of(r.trailing) == side ? r.trailing + side : side);
		r.share += within(s[i].share), r.n_share++;
	}
	return r;
}

static bool has_results(const zp_trend_round *r) { return r->n_share || r->n_sdi; }

/* Of several predecessors in one round the one that has the code today comes first, then the first by code. */
static bool take_row(void *self, const zp_annal_row *row)
{
	taking *t = self;
	const zp_chronicle *c = t->chronicle;
	if (row->lab >= t->round->n_labs || row->programme >= t->round->n_programmes || row->measurand >= t->round->programmes[row->programme].n_measurands)
		return true;
	const target *to = &t->targets[row->programme];
	const uint32_t lab = t->place[row->lab];
	if (!to->wanted || lab == UINT32_MAX || !came_in_time(t, row))
		return true;
	const zp_year_programme *p = &c->programmes[to->programme];
	const uint32_t at = t->rows[to->programme * c->n_labs + lab], measurand = to->measurands[row->measurand];
	if (at == UINT32_MAX || measurand >= p->n_measurands)
		return true;
	zp_trend_round *r = &t->of[to->programme][(at * p->n_measurands + measurand) * t->n[to->programme] + to->slot];
	if (!has_results(r) || strcmp(t->round->labs[row->lab].code, c->labs[lab].code) == 0)
		*r = sum_up(row->samples, row->n, 10 * (int64_t)t->slip);
	return true;
}

const zp_trends *zp_trends_take(zp_arena *arena, zp_ledger *ledger, const zp_chronicle *c, const zp_year_rules *rules, zp_error *err)
{
	taking t = { .arena = arena, .scratch = zp_arena_open(), .chronicle = c, .slip = rules->trend_slip };
	bool good = true;
	open_windows(&t, (unsigned)rules->trend_rounds);
	for (size_t r = 0; r < c->annals->n && good; r++) {
		t.round = &c->annals->rounds[r];
		t.place = c->place[r];
		t.tally = 0;
		if (t.place && aim(&t, t.round))
			good = zp_ledger_walk(ledger, t.round->id, take_row, &t, err);
	}
	zp_arena_close(t.scratch);
	zp_trends *out = zp_take(arena, zp_trends, 1);
	*out = (zp_trends){ c, rules, t.of, t.first, t.n };
	return good ? out : NULL;
}

/* ---- one of them ---- */

static int64_t common(int64_t a, int64_t b)
{
	while (b) {
		const int64_t rest = a % b;
		a = b, b = rest;
	}
	return a;
}

/* One more addend over n. Gives: false where it needs more than 63 bits. */
static bool add(int64_t *num, int64_t *den, int64_t sum, int64_t n)
{
	const int64_t up = n / common(*den, n);
	int64_t with;
	return !__builtin_mul_overflow(*num, up, num) && !__builtin_mul_overflow(*den, up, den) && !__builtin_mul_overflow(sum, *den / n, &with) &&
	       !__builtin_add_overflow(*num, with, num);
}

/* The mean of the rounds' means, in units of which `unit` make one. */
static zp_fraction mean_of(const zp_trend *t, bool sdi, int64_t unit)
{
	int64_t num = 0, den = 1, rounds = 0;
	for (size_t i = 0; i < t->n; i++) {
		const zp_trend_round *r = &t->rounds[i];
		const int64_t n = sdi ? r->n_sdi : r->n_share;
		if (n && !add(&num, &den, sdi ? r->sdi : r->share, n))
			return ZP_NO_FRACTION;
		rounds += n > 0;
	}
	return rounds ? (zp_fraction){ num, (zp_wide)den * rounds * unit } : ZP_NO_FRACTION;
}

/* Backwards from the latest, as long as they lie on its side; what lies on the target ends it. */
static void count_run(zp_trend *t)
{
	for (size_t i = t->latest + 1; i-- > 0;) {
		const zp_trend_round *r = &t->rounds[i];
		if (!r->n_share)
			continue;
		if (!r->trailing || (t->run && side_of(t->run) != side_of(r->trailing)))
			return;
		t->run += r->trailing;
		t->run_rounds++;
		if (abs(r->trailing) < r->n_share)
			return;
	}
}

/* From round to round in one direction, and all in all by half of the share that warns. */
static zp_trend_way way_of(const zp_trend *t, int limit_share)
{
	const zp_trend_round *before = NULL, *first = NULL;
	int up = 0, down = 0;
	for (size_t i = 0; i < t->n; i++) {
		const zp_trend_round *r = &t->rounds[i];
		if (!r->n_share)
			continue;
		const zp_wide step = before ? (zp_wide)r->share * before->n_share - (zp_wide)before->share * r->n_share : 0;
		up += step > 0, down += step < 0;
		first = first ? first : r;
		before = r;
	}
	const int steps = (int)t->n_rounds - 1;
	if (t->n_rounds < WAY_ROUNDS_LEAST || (up != steps && down != steps))
		return ZP_TREND_NONE;
	zp_wide moved = (zp_wide)before->share * first->n_share - (zp_wide)first->share * before->n_share;
	moved = moved < 0 ? -moved : moved;
	if (2 * moved < (zp_wide)10 * limit_share * before->n_share * first->n_share)
		return ZP_TREND_NONE;
	return up == steps ? ZP_TREND_UP : ZP_TREND_DOWN;
}

static bool is_over(zp_fraction share, int percent)
{
	const zp_wide size = share.num < 0 ? -share.num : share.num;
	return share.den && size * 100 > percent * share.den;
}

bool zp_trend_of(const zp_trends *all, size_t programme, size_t row, size_t measurand, zp_trend *out)
{
	const zp_year_programme *p = &all->chronicle->programmes[programme];
	const size_t n = all->n[programme];
	zp_trend t = { .held = p->held + all->first[programme], .n = n, .latest = n };
	if (!n)
		return false;
	t.rounds = all->of[programme] + (row * p->n_measurands + measurand) * n;
	for (size_t i = 0; i < n; i++) {
		t.n_rounds += t.rounds[i].n_share > 0;
		if (has_results(&t.rounds[i]))
			t.latest = i;
	}
	if (t.latest == n || !t.held[t.latest].in_year)
		return false;
	const zp_trend_round *r = &t.rounds[t.latest];
	t.share = (zp_fraction){ r->share, (zp_wide)1000 * r->n_share };
	t.sdi = (zp_fraction){ r->sdi, (zp_wide)100 * r->n_sdi };
	t.running_share = mean_of(&t, false, 1000);
	t.running_sdi = mean_of(&t, true, 100);
	count_run(&t);
	t.way = way_of(&t, all->rules->trend_limit_share);
	t.why |= is_over(t.share, all->rules->trend_limit_share) ? ZP_TREND_LATEST : 0;
	t.why |= t.n_rounds >= RUNNING_ROUNDS_LEAST && is_over(t.running_share, all->rules->trend_limit_share) ? ZP_TREND_RUNNING : 0;
	t.why |= abs(t.run) >= all->rules->trend_run && t.run_rounds >= RUN_ROUNDS_LEAST ? ZP_TREND_RUN : 0;
	*out = t;
	return true;
}

/* ---- for the record ---- */

static double double_of(zp_fraction f) { return f.den ? (double)f.num / (double)f.den : NAN; }

void zp_trend_record(const zp_trends *all, size_t programme, size_t row, size_t measurand, zp_tags *w)
{
	zp_trend t;
	if (!zp_trend_of(all, programme, row, measurand, &t))
		return;
	zp_tag_open(w, "trend");
	zp_tag_whole(w, "rounds", t.n_rounds);
	zp_tag_percent(w, "share", t.share);
	zp_tag_number(w, "sdi", double_of(t.sdi));
	zp_tag_percent(w, "running-share", t.running_share);
	zp_tag_number(w, "running-sdi", double_of(t.running_sdi));
	zp_tag_whole(w, "run", t.run);
	zp_tag_whole(w, "run-rounds", t.run_rounds);
	zp_tag_text(w, "way", t.way ? zp_trend_way_word(t.way) : "");
	zp_tag_text(w, "warning", t.why ? "yes" : "no");
	zp_tag_text(w, "why", t.why ? zp_trend_why_words(t.why) : "");
	zp_tag_end(w);
}
