/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about one laboratory's measurand, each only where its results support it. docs/methods/findings.md has the tests, and how
 * often they deceive. */
#include <stdarg.h>
#include "run/hint.h"
#include "run/told.h"
#include "stats/findings.h"
#include "stats/order.h"

#define FINDINGS_MOST 12
#define FAR_PCT 1000     /* percent of the limit from which on a result is a slip, and none of the method */
#define PEERS_ENOUGH 1000 /* where the spread is no estimate */
#define STANDARD_ERRORS 3
#define SMALL_SHARE 0.0195 /* a proportional bias below is told with a decimal */

typedef struct finding { zp_finding says; int press; } finding;
typedef struct telling { const zp_teller *w; finding at[FINDINGS_MOST]; size_t n; } telling;

static void tell(telling *t, int press, const char *says, const char *says_en)
{
	size_t i = t->n;
	if (i == FINDINGS_MOST)
		return;
	for (t->n++; i > 0 && t->at[i - 1].press < press; i--)
		t->at[i] = t->at[i - 1];
	t->at[i] = (finding){ { says, says_en }, press };
}
/* The more, the sooner it is told. */
enum { PRESS_PEERS = 10, PRESS_RUN = 20, PRESS_SCATTER = 30, PRESS_BIAS = 40, PRESS_BLANK = 45, PRESS_ODD = 50, PRESS_SLIP = 60, PRESS_STANDING = 70 };

#define PRINT(...) zp_arena_print(t->w->t->arena, __VA_ARGS__)

/* ---- what is known already: standing and slips ---- */

static void tell_standing(telling *t)
{
	switch (t->w->out->standing) {
	case ZP_STANDS_LATE:
		tell(t, PRESS_STANDING, "结果在截止时间之后收到，未按时回报。", "The results came after the closing time.");
		break;
	case ZP_STANDS_NOT_RETURNED:
		tell(t, PRESS_STANDING, "未收到该项目的结果；如已不再开展，请更改报名项目。",
		     "No results were received; if the test is no longer performed, the enrolment should be changed.");
		break;
	default:
		break;
	}
}

static const char *add_sample(const telling *t, const char *list, size_t s, bool chinese)
{
	return PRINT("%s%s%s", list, *list ? chinese ? "、" : ", " : "", t->w->programme->samples[s]);
}

static void tell_blanks(telling *t)
{
	const char *list = "", *list_en = "";
	for (size_t s = 0; s < t->w->programme->n_samples; s++)
		if (t->w->told->run->round->state[t->w->first + s] == ZP_BLANK) {
			list = add_sample(t, list, s, true);
			list_en = add_sample(t, list_en, s, false);
		}
	if (*list && t->w->out->standing == ZP_STANDS_RETURNED)
		tell(t, PRESS_BLANK, PRINT("样本 %s 未填写结果。", list), PRINT("No result was sent for %s.", list_en));
}

/* The first hint of the laboratory in the programme. */
static size_t first_hint(const zp_hints *hints, uint32_t enrolment)
{
	size_t low = 0, high = hints->n;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (hints->at[middle].enrolment < enrolment)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool same_slip(const zp_hint *a, const zp_hint *b) { return a->kind == b->kind && a->factor == b->factor && a->other == b->other; }

/* Hints about its own results, those alike in one sentence. Gives in slips: which samples they are about. */
static void tell_slips(telling *t, bool *slips)
{
	const zp_run *run = t->w->told->run;
	const uint32_t enrolment = (uint32_t)(t->w->enrolment - run->roster->enrolments);
	const size_t n = t->w->programme->n_samples, from = first_hint(&run->hints, enrolment);
	for (size_t i = from; i < run->hints.n && run->hints.at[i].enrolment == enrolment; i++) {
		const zp_hint *h = &run->hints.at[i];
		bool told = false;
		if (zp_slip_is_private(h->kind) || h->cell == ZP_NO_HINT_CELL || h->cell < t->w->first || h->cell >= t->w->first + n)
			continue;
		slips[h->cell - t->w->first] = true;
		for (size_t k = from; k < i && !told; k++)
			told = run->hints.at[k].cell >= t->w->first && run->hints.at[k].cell < t->w->first + n && same_slip(&run->hints.at[k], h);
		const char *list = "", *list_en = "";
		for (size_t k = i; k < run->hints.n && run->hints.at[k].enrolment == enrolment && !told; k++) {
			const uint32_t cell = run->hints.at[k].cell;
			if (cell < t->w->first || cell >= t->w->first + n || !same_slip(&run->hints.at[k], h))
				continue;
			list = add_sample(t, list, cell - t->w->first, true);
			list_en = add_sample(t, list_en, cell - t->w->first, false);
		}
		if (!told)
			tell(t, PRESS_SLIP, PRINT("样本 %s：%s，请核对。", list, zp_hint_like(run, h, true, t->w->t->arena)),
			     PRINT("%s: %s; please check.", list_en, zp_hint_like(run, h, false, t->w->t->arena)));
	}
}

/* ---- what deviations have in common ---- */

/* What a deviation is weighed by. Where the peers are too few, or all alike, a third of the limit stands for their spread, which then is
 * not known. */
static double spread_of(const zp_teller *w, const zp_group *g, uint32_t *n_peers, bool *all_known)
{
	const double step = zp_decimal_double((zp_decimal){ 1, (int8_t)-w->t->measurand->places });
	const bool known = g->peers.n >= w->t->choices->sdi_least && isfinite(g->peers.s) && g->peers.s > 0 && !g->peers.collapsed;
	const double s = known ? fmax(g->peers.s, step / 2) : g->delta_e / 3, u = isfinite(g->u_x_pt) ? g->u_x_pt : 0;
	*all_known &= known;
	if (known && g->peers.n < *n_peers)
		*n_peers = (uint32_t)g->peers.n;
	return sqrt(s * s + u * u);
}

/* known: the spread of the peers is, in all samples. */
static size_t collect(const zp_teller *w, const bool *slips, zp_deviation *out, size_t *sample, zp_findings_how *how, bool *known)
{
	const zp_run *run = w->told->run;
	uint32_t n_peers = PEERS_ENOUGH;
	size_t n = 0;
	*known = true;
	for (size_t s = 0; s < w->programme->n_samples; s++) {
		const size_t cell = w->first + s;
		const zp_group *g = zp_teller_group(w, s);
		if (!g || slips[s] || run->round->state[cell] != ZP_RETURNED || run->round->kind[cell] != ZP_NUMBER || g->ungradable != ZP_REASON_NONE ||
		    !g->has_x_pt || !(g->delta_e > 0) || !zp_report_may_bound(w->t, g) || fabs(zp_teller_share(w, s)) > FAR_PCT)
			continue;
		const double x_pt = w->t->measurand->log10 ? 1 : zp_decimal_double(g->x_pt); /* a share of a logarithm means nothing */
		sample[n] = s;
		out[n++] = (zp_deviation){ x_pt, zp_run_score_of(run, w->t->choices, cell).bias, spread_of(w, g, &n_peers, known), g->delta_e,
					  run->judgement.verdict[cell] == ZP_UNACCEPTABLE };
	}
	how->n_peers = n_peers;
	return n;
}

static const char *interval(const telling *t, double low, double high, int places, const char *unit, bool chinese)
{
	return PRINT(chinese ? "（95 %% 区间 %s 至 %s%s%s）" : " (95 %% interval %s to %s%s%s)", zp_teller_signed(t->w, low, places), zp_teller_signed(t->w, high, places),
		     *unit ? " " : "", unit);
}

static void tell_proportional(telling *t, const zp_deviations *d)
{
	const int places = fabs(d->fit.b) < SMALL_SHARE;
	const char *about = zp_teller_signed(t->w, 100 * d->fit.b, places);
	tell(t, PRESS_BIAS, PRINT("比例偏倚约 %s %%%s，请检查校准。", about, interval(t, 100 * d->b_low, 100 * d->b_high, places, "%", true)),
	     PRINT("Proportional bias of about %s %%%s: calibration?", about, interval(t, 100 * d->b_low, 100 * d->b_high, places, "%", false)));
}

static void tell_constant(telling *t, const zp_deviations *d)
{
	const int places = t->w->t->measurand->places + 1;
	const char *unit = zp_measurand_unit(t->w->t->measurand), *about = zp_teller_signed(t->w, d->fit.a, places);
	tell(t, PRESS_BIAS, PRINT("固定偏倚约 %s %s%s，各浓度相近，请检查空白、零点和干扰。", about, unit, interval(t, d->a_low, d->a_high, places, unit, true)),
	     PRINT("Constant bias of about %s %s%s at all concentrations: blank, zero, interference?", about, unit,
		   interval(t, d->a_low, d->a_high, places, unit, false)));
}

static void tell_bias(telling *t, const zp_deviations *d)
{
	const bool high = d->share > 0;
	const char *share = zp_teller_number(t->w, fabs(d->share), 0);
	switch (d->form) {
	case ZP_FORM_PROPORTIONAL:
		tell_proportional(t, d);
		break;
	case ZP_FORM_CONSTANT:
		tell_constant(t, d);
		break;
	case ZP_FORM_EITHER:
		tell(t, PRESS_BIAS, PRINT("各样本普遍偏%s，平均为允许误差的 %s %%，请检查校准。", high ? "高" : "低", share),
		     PRINT("Results are %s throughout, on average by %s %% of the limit: calibration?", high ? "high" : "low", share));
		break;
	case ZP_FORM_MIXED:
		tell(t, PRESS_BIAS, PRINT("偏倚随浓度变化：约 %s %s 加靶值的 %s %%，请检查校准曲线。", zp_teller_signed(t->w, d->fit.a, t->w->t->measurand->places + 1),
					  zp_measurand_unit(t->w->t->measurand), zp_teller_signed(t->w, 100 * d->fit.b, 1)),
		     PRINT("The bias changes with the concentration, about %s %s and %s %% of the target: calibration curve?",
			   zp_teller_signed(t->w, d->fit.a, t->w->t->measurand->places + 1), zp_measurand_unit(t->w->t->measurand),
			   zp_teller_signed(t->w, 100 * d->fit.b, 1)));
		break;
	default:
		break;
	}
}

static zp_deviations tell_deviations(telling *t, const bool *slips)
{
	const zp_choices *c = t->w->t->choices;
	zp_deviation *p = zp_take(t->w->t->arena, zp_deviation, t->w->programme->n_samples + 1);
	size_t *sample = zp_take(t->w->t->arena, size_t, t->w->programme->n_samples + 1);
	zp_findings_how how = { .least = c->finding_least, .chance = c->finding_chance, .bias = c->finding_bias, .scatter = c->finding_scatter,
				.step = zp_decimal_double((zp_decimal){ 1, (int8_t)-t->w->t->measurand->places }) };
	bool known;
	const size_t n = collect(t->w, slips, p, sample, &how, &known);
	const zp_deviations d = zp_deviations_of(p, n, &how);
	if (d.odd != ZP_NO_SAMPLE)
		tell(t, PRESS_ODD, PRINT("样本 %s 与其余样本不一致，其余样本均通过：是否抄录错误、样本混淆或偶然误差？", t->w->programme->samples[sample[d.odd]]),
		     PRINT("Sample %s stands apart from the others, which are acceptable: transcription, mix-up or a chance error?",
			   t->w->programme->samples[sample[d.odd]]));
	tell_bias(t, &d);
	if (d.scattered && !known)
		tell(t, PRESS_SCATTER, PRINT("各样本偏差分散，约为允许误差的 %s %%，请检查精密度。", zp_teller_number(t->w, d.scatter_pct, 0)),
		     PRINT("Deviations scatter by about %s %% of the limit: precision?", zp_teller_number(t->w, d.scatter_pct, 0)));
	else if (d.scattered)
		tell(t, PRESS_SCATTER, PRINT("各样本偏差分散，为同组的 %s 倍，请检查精密度。", zp_teller_number(t->w, d.ratio, 1)),
		     PRINT("Deviations scatter %s times as much as those of the peers: precision?", zp_teller_number(t->w, d.ratio, 1)));
	return d;
}

/* ---- over the rounds ---- */

static void tell_run(telling *t)
{
	const zp_past *past = t->w->told->past;
	if (!past || t->w->t->measurand->scale)
		return;
	const zp_past_programme *p = &past->programmes[t->w->enrolment->programme];
	const size_t room = p->first[p->n] + t->w->programme->n_samples + 1;
	double *shares = zp_take(t->w->t->arena, double, room);
	bool *alert = zp_take(t->w->t->arena, bool, room);
	size_t *begins = zp_take(t->w->t->arena, size_t, p->n + 2), n = 0;
	for (size_t i = 0; i < p->n; i++) {
		begins[i] = n;
		const size_t to = n + zp_past_shares(past, t->w->told->run, (size_t)(t->w->enrolment - t->w->told->run->roster->enrolments), t->w->k, i, shares + n, alert);
		for (size_t k = n; k < to; k++)
			if (!isnan(shares[k]))
				shares[n++] = shares[k];
	}
	begins[p->n] = n;
	for (size_t s = 0; s < t->w->programme->n_samples; s++) {
		const double share = zp_teller_share(t->w, s);
		if (!isnan(share) && t->w->told->run->round->state[t->w->first + s] == ZP_RETURNED)
			shares[n++] = share;
	}
	const long run = begins[p->n] < n ? zp_run_of(shares, n) : 0;
	const size_t length = (size_t)(run < 0 ? -run : run);
	size_t rounds = begins[p->n] < n;
	for (size_t i = p->n; i-- > 0;)
		rounds += begins[i + 1] > begins[i] && begins[i + 1] > n - length;
	double sum = 0;
	for (size_t i = n - length; i < n; i++)
		sum += shares[i];
	if (length < t->w->t->choices->finding_run || rounds < 2 || fabs(sum) < t->w->t->choices->finding_bias * (double)length)
		return;
	const char *share = zp_teller_number(t->w, fabs(sum) / (double)length, 0);
	tell(t, PRESS_RUN, PRINT("最近 %zu 轮的 %zu 个结果连续%s靶值，平均为允许误差的 %s %%。", rounds, length, run > 0 ? "高于" : "低于", share),
	     PRINT("The last %zu results, over %zu rounds, are all %s the target, on average by %s %% of the limit.", length, rounds, run > 0 ? "above" : "below", share));
}

/* ---- the peers ---- */

/* How far its group's target lies from the median of those who are not in it, in percent of the limit; NAN when that cannot be told, or
 * is not more than so many standard errors. */
static double group_apart(const zp_teller *w, size_t s)
{
	const uint32_t group = w->told->run->judgement.group[w->first + s];
	const zp_group *g = zp_teller_group(w, s);
	if (!g || !g->keys || g->origin != ZP_CONSENSUS || g->ungradable != ZP_REASON_NONE || !(g->target.u >= 0))
		return ZP_NONE;
	const zp_told_others others = zp_told_others_of(w->told, group);
	if (others.n < w->t->choices->sdi_least)
		return ZP_NONE;
	const double apart = g->target.x - others.median, u = sqrt(g->target.u * g->target.u + others.u * others.u);
	return fabs(apart) > STANDARD_ERRORS * u ? 100 * apart / g->delta_e : ZP_NONE;
}

/* In at least half of the samples, on one side. */
static void tell_group(telling *t)
{
	const double least = t->w->t->choices->methods_apart;
	size_t up = 0, down = 0, judged = 0;
	double sum = 0;
	if (t->w->t->measurand->scale || !(least > 0))
		return;
	for (size_t s = 0; s < t->w->programme->n_samples; s++) {
		const double apart = group_apart(t->w, s);
		judged += zp_teller_group(t->w, s) != NULL;
		if (!(fabs(apart) >= least))
			continue;
		up += apart > 0, down += apart < 0;
		sum += apart;
	}
	if (2 * (up + down) < judged || up + down < 2 || (up && down))
		return;
	const char *share = zp_teller_signed(t->w, sum / (double)(up + down), 0);
	tell(t, PRESS_PEERS, PRINT("本室所在的组（%s）与其他组系统不同，平均为允许误差的 %s %%；不同方法的结果不宜直接比较。", t->w->out->group, share),
	     PRINT("The group of this laboratory lies apart from the others, on average by %s %% of the limit; results of different methods should not be compared directly.",
		   share));
}

/* A method, instrument or system within the group lies apart, always the same one and on one side, and the laboratory uses it. */
static void tell_apart(telling *t)
{
	const zp_run *run = t->w->told->run;
	const zp_group *g = NULL; /* the first in which it does */
	size_t up = 0, down = 0, judged = 0;
	for (size_t s = 0; s < t->w->programme->n_samples; s++) {
		const zp_group *at = zp_teller_group(t->w, s);
		judged += at != NULL;
		if (!at || at->apart == ZP_NO_NAME || run->peers->tuples[run->round->peers[t->w->first + s]][at->apart_key] != at->apart)
			continue;
		g = g ? g : at;
		if (at->apart_key != g->apart_key || at->apart != g->apart)
			continue;
		up += at->apart_by > 0, down += at->apart_by < 0;
	}
	if (!g || 2 * (up + down) < judged || (up && down))
		return;
	const char *name = zp_names_at(run->peers->names[g->apart_key], g->apart).p;
	tell(t, PRESS_PEERS, PRINT("本室所用%s“%s”在组内系统偏%s，偏倚可能来自方法本身。", zp_peer_key_says(g->apart_key), name, g->apart_by > 0 ? "高" : "低"),
	     PRINT("Within the group, all users of \"%s\" are %s: the bias may be that of the method.", name, g->apart_by > 0 ? "high" : "low"));
}

/* What the first of them is about, in a few words. */
static zp_finding brief_of(const telling *t)
{
	static const struct { int press; zp_finding says; } briefs[] = {
		{ PRESS_PEERS, { "组间差异", "group apart" } },       { PRESS_RUN, { "连续偏于一侧", "one side for long" } },
		{ PRESS_SCATTER, { "精密度", "precision" } },         { PRESS_BIAS, { "系统偏倚", "bias" } },
		{ PRESS_BLANK, { "有样本未填写", "result missing" } }, { PRESS_ODD, { "个别样本异常", "one sample apart" } },
		{ PRESS_SLIP, { "疑似差错", "perhaps a slip" } },     { PRESS_STANDING, { "回报情况", "return" } },
	};
	for (size_t i = 0; t->n && i < sizeof briefs / sizeof *briefs; i++)
		if (briefs[i].press == t->at[0].press)
			return briefs[i].says;
	return (zp_finding){ "", "" };
}

zp_finding zp_tell_findings(const zp_teller *w, double *fit_a, double *fit_b)
{
	telling t = { .w = w };
	bool *slips = zp_take(w->t->arena, bool, w->programme->n_samples + 1);
	tell_standing(&t);
	tell_slips(&t, slips);
	tell_blanks(&t);
	if (!w->t->measurand->scale) {
		const zp_deviations d = tell_deviations(&t, slips);
		if (d.form != ZP_FORM_NONE && !w->t->measurand->log10)
			*fit_a = d.fit.a, *fit_b = d.fit.b;
	}
	tell_run(&t);
	tell_apart(&t);
	tell_group(&t);
	zp_finding *findings = zp_take(w->t->arena, zp_finding, t.n + 1);
	for (size_t i = 0; i < t.n; i++)
		findings[i] = t.at[i].says;
	w->out->findings = findings;
	w->out->n_findings = t.n;
	return brief_of(&t);
}
