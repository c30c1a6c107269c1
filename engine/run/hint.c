/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/hint.h"
#include <math.h>
#include <stdarg.h>

zp_hint_at zp_hint_place(const zp_run *run, const zp_hint *h)
{
	const zp_enrolment *e = &run->roster->enrolments[h->enrolment];
	zp_hint_at at = { .enrolment = e, .programme = zp_run_programme(run, e), .lab = run->roster->labs[e->lab].code };
	if (h->cell == ZP_NO_HINT_CELL)
		return at;
	const size_t i = h->cell - e->first_cell, n = at.programme->n_samples;
	at.m = e->declared[i / n];
	at.s = i % n;
	at.measurand = &at.programme->scheme->measurands[at.m];
	at.sample = at.programme->samples[at.s];
	return at;
}

const char *zp_hint_unit(const zp_measurand *m, double factor)
{
	for (size_t i = 0; i < m->n_mistaken; i++) {
		const double known = m->mistaken[i].factor;
		if (fabs(factor - known) <= 1e-9 * known) /* the other way round it is another unit still */
			return m->mistaken[i].unit;
	}
	return NULL;
}

static const char *number(double x, zp_arena *arena)
{
	return zp_arena_print(arena, "%.6g", x);
}

/* "looks like ..." */
static const char *likeness(const zp_hint_at *at, const zp_hint *h, bool chinese, zp_arena *arena)
{
	const char *unit = at->measurand ? zp_hint_unit(at->measurand, h->factor) : NULL;
	switch ((zp_slip)h->kind) {
	case ZP_SLIP_UNIT:
		return zp_arena_print(arena, chinese ? "疑为单位错误（%s%s倍数 %s）" : "looks like another unit (%s%sfactor %s)", unit ? unit : "",
				      unit ? chinese ? "，" : ", " : "", number(h->factor, arena));
	case ZP_SLIP_DECIMAL:
		return zp_arena_print(arena, chinese ? "疑为小数点错位（倍数 %s）" : "looks like a slip of the decimal point (factor %s)", number(h->factor, arena));
	case ZP_SLIP_SIGN: return chinese ? "疑为正负号错误" : "looks like the wrong sign";
	case ZP_SLIP_SAMPLES:
		return zp_arena_print(arena, chinese ? "疑为样本 %s 的结果" : "looks like the result of sample %s", at->programme->samples[h->other]);
	case ZP_SLIP_MEASURANDS:
		return zp_arena_print(arena, chinese ? "疑为项目 %s 的结果" : "looks like the result of %s", at->programme->scheme->measurands[h->other].code);
	default: return "";
	}
}

const char *zp_hint_like(const zp_run *run, const zp_hint *h, bool chinese, zp_arena *arena)
{
	const zp_hint_at at = zp_hint_place(run, h);
	return likeness(&at, h, chinese, arena);
}

static const char *pair_says(const zp_run *run, const zp_hint_at *at, const zp_hint *h, bool chinese, zp_arena *arena)
{
	const char *other = run->roster->labs[h->other].code;
	const bool scaled = h->factor > 0;
	const char *by = scaled ? zp_arena_print(arena, chinese ? "（乘以 %s）" : " times %s", number(h->factor, arena)) : "";
	const char *before = h->kind == ZP_SLIP_REPEATED ? (chinese ? "前一家实验室" : ", which comes before it") : "";
	if (chinese)
		return zp_arena_print(arena, "实验室 %s，%s：%u 个共有结果中 %u 个与%s %s 的结果%s一致；其中 %u 个有鉴别力，偶然一致的概率低于 10^%.0f", at->lab,
				      at->programme->code, h->common, h->equal, before, other, by, h->informative, ceil(h->chance));
	return zp_arena_print(arena, "laboratory %s, %s: %u of %u common results are those of %s%s%s; %u of them could tell, and chance makes so much "
			      "agreement with a probability below 10^%.0f", at->lab, at->programme->code, h->equal, h->common, other, by, before,
			      h->informative, ceil(h->chance));
}

const char *zp_hint_says(const zp_run *run, const zp_hint *h, bool chinese, zp_arena *arena)
{
	const zp_hint_at at = zp_hint_place(run, h);
	if (h->cell == ZP_NO_HINT_CELL)
		return pair_says(run, &at, h, chinese, arena);
	char value[ZP_DECIMAL_TEXT], corrected[ZP_DECIMAL_TEXT];
	zp_decimal_write(zp_round_value(run->round, h->cell), value);
	const char *like = likeness(&at, h, chinese, arena);
	const char *head = zp_arena_print(arena, chinese ? "实验室 %s，%s，样本 %s：%s %s" : "laboratory %s, %s, sample %s: %s %s", at.lab, at.measurand->code,
					  at.sample, value, like);
	if (h->kind == ZP_SLIP_SAMPLES || h->kind == ZP_SLIP_MEASURANDS)
		return zp_arena_print(arena, chinese ? "%s：在那里距同组中位数 %.1f 个稳健标准差，在此处 %.1f 个"
				      : "%s: there it lies %.1f robust SD from the median, here it lies %.1f", head, h->after, h->before);
	zp_decimal_write(h->corrected, corrected);
	return zp_arena_print(arena, chinese ? "%s：若为 %s，距同组中位数 %.1f 个稳健标准差，按所报值则为 %.1f 个"
			      : "%s: %s would lie %.1f robust SD from the median, as sent it lies %.1f", head, corrected, h->after, h->before);
}

static void remark(zp_problems *out, const zp_spot *spot, const char *fmt, ...)
{
	va_list values;
	va_start(values, fmt);
	zp_problem_tell(out, spot, NULL, fmt, values);
	va_end(values);
}

void zp_hints_remark(const zp_run *run, zp_problems *out)
{
	zp_arena *arena = zp_arena_open();
	for (size_t i = 0; i < run->hints.n; i++) {
		const zp_hint *h = &run->hints.at[i];
		zp_spot spot = { .file = "results" };
		if (h->cell != ZP_NO_HINT_CELL)
			spot = (zp_spot){ .file = run->results[run->round->file[h->cell]].name, .line = run->round->line[h->cell] };
		remark(out, &spot, zp_problem_in_both, zp_hint_says(run, h, false, arena), zp_hint_says(run, h, true, arena));
	}
	zp_arena_close(arena);
}

/* Words that are the same say nothing of a copy: most laboratories are right. */
static bool has_quantities(const zp_scheme *s)
{
	size_t m = 0;
	while (m < s->n_measurands && s->measurands[m].scale)
		m++;
	return m < s->n_measurands;
}

const char *zp_hints_withheld(const zp_run *run, bool chinese, zp_arena *arena)
{
	const zp_plan *plan = run->book->plan;
	const char *list = NULL;
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_choices *c = &plan->programmes[p].scheme->choices;
		if ((c->slip[ZP_SLIP_COPIED] == ZP_SLIP_IGNORE && c->slip[ZP_SLIP_REPEATED] == ZP_SLIP_IGNORE) || run->hints.informative[p] >= c->copied_least ||
		    !has_quantities(plan->programmes[p].scheme))
			continue;
		if (chinese)
			list = zp_arena_print(arena, "%s%s%s：一家实验室可供判断的结果 %u 个，需要 %u 个", list ? list : "", list ? "；" : "", plan->programmes[p].code,
					      run->hints.informative[p], c->copied_least);
		else
			list = zp_arena_print(arena, "%s%s%s has %u result%s of a laboratory that could tell one, and %u are needed", list ? list : "", list ? "; " : "",
				      plan->programmes[p].code, run->hints.informative[p], run->hints.informative[p] == 1 ? "" : "s", c->copied_least);
	}
	return list;
}
