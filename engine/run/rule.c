/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/rule.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/csv.h"
#include "base/memory.h"
#include "model/written.h"

/* "name=number", with a blank before it unless it is the first. */
static void put_setting(FILE *out, bool *first, const char *name, zp_decimal value)
{
	char text[ZP_DECIMAL_TEXT];
	zp_decimal_write(value, text);
	fprintf(out, "%s%s=%s", *first ? "" : " ", name, text);
	*first = false;
}

static void put_settings(FILE *out, const zp_plugin *p, const double *settings)
{
	bool first = true;
	for (size_t i = 0; p && settings && p->params && p->params[i].name; i++)
		put_setting(out, &first, p->params[i].name, zp_decimal_shortest(settings[i]));
}

/* The numbers that the kind of limit uses; of answers, the settings of the judge. */
static void put_limit(FILE *out, const zp_limit *l, const zp_choices *c)
{
	static const char *const rules[] = { [ZP_LOG_EITHER] = "either", [ZP_LOG_ABS] = "abs", [ZP_LOG_SD] = "sd" };
	const bool cut = l->kind == ZP_LIMIT_ABS_LE_CUT_ELSE_PCT || l->kind == ZP_LIMIT_ABS_LT_CUT_ELSE_PCT;
	const bool sd = l->kind == ZP_LIMIT_SD || l->kind == ZP_LIMIT_ABS_OR_SD;
	const bool pct = l->kind == ZP_LIMIT_PCT || l->kind == ZP_LIMIT_PCT_OR_ABS_GREATER || cut;
	const bool abs = l->kind == ZP_LIMIT_ABS || l->kind == ZP_LIMIT_PCT_OR_ABS_GREATER || l->kind == ZP_LIMIT_ABS_OR_SD || cut;
	bool first = true;
	if (l->kind == ZP_LIMIT_ANSWER)
		put_settings(out, l->judge, l->judge_settings);
	if (pct)
		put_setting(out, &first, "pct", l->pct);
	if (abs)
		put_setting(out, &first, "abs", l->abs);
	if (cut)
		put_setting(out, &first, "cut", l->cut);
	if (sd)
		put_setting(out, &first, "sd", l->sd_mult);
	if (l->kind == ZP_LIMIT_ABS_OR_SD)
		fprintf(out, " rule=%s", rules[c->log_rule]);
}

/* What an answer between negative and positive counts as; nothing where the scale has none. */
static const char *grey_word(const zp_scale *s, const zp_choices *c)
{
	static const char *const ordered[] = { [ZP_GREY_POSITIVE] = "positive", [ZP_GREY_NEGATIVE] = "negative", [ZP_GREY_NEUTRAL] = "neutral" };
	static const char *const other[] = { [ZP_GREY_REPLY_ANSWER] = "answer", [ZP_GREY_REPLY_POSITIVE] = "positive", [ZP_GREY_REPLY_NEGATIVE] = "negative",
					     [ZP_GREY_REPLY_NOT_EVALUATED] = "not_evaluated" };
	for (uint32_t i = 0; s && !zp_scale_is_set(s) && i < s->n; i++)
		if (s->answers[i].side == ZP_SIDE_GREY)
			return zp_scale_is_ordered(s) ? ordered[c->grey] : other[c->grey_reply];
	return "";
}

/* "1+=50 2+=100"; codes of answers have no blanks, but may have what a cell must quote. */
static void put_accepted(FILE *out, const zp_measurand *m, const zp_given *given, zp_arena *arena)
{
	char text[ZP_WRITTEN_BYTES];
	const char *all = "";
	for (size_t i = 0; m->scale && i < given->n_accepted; i++) {
		zp_written(m, zp_scale_value_kind(m->scale), (zp_decimal){ given->accepted[i].answer, 0 }, -1, text);
		all = zp_arena_print(arena, "%s%s%s=%u", all, i ? " " : "", text, given->accepted[i].credit);
	}
	char *cell = zp_arena_take(arena, 2 * strlen(all) + 4);
	fwrite(cell, 1, zp_csv_put(cell, zp_text_of(all)), out);
}

/* "above 1", with the grey zone where there is one. */
static void put_cutoff(FILE *out, const zp_cutoff *c)
{
	char at[ZP_DECIMAL_TEXT], from[ZP_DECIMAL_TEXT], to[ZP_DECIMAL_TEXT];
	if (!c->is)
		return;
	zp_decimal_write(c->at, at);
	fprintf(out, "%s %s", c->positive_below ? "below" : "above", at);
	if (!c->has_grey)
		return;
	zp_decimal_write(c->grey_from, from);
	zp_decimal_write(c->grey_to, to);
	fprintf(out, " grey %s %s", from, to);
}

zp_text zp_rule_cells(const zp_run *run, const zp_group *g, const zp_plugin *by, zp_arena *arena)
{
	const zp_item item = zp_run_item_at(run, g->item);
	const zp_measurand *m = item.measurand;
	const zp_choices *c = &item.programme->scheme->choices;
	char *bytes = NULL;
	size_t n = 0;
	FILE *out = zp_must(open_memstream(&bytes, &n));
	put_limit(out, &m->limit, c);
	fputc(',', out);
	if (g->origin == ZP_CONSENSUS && m->undetected && g->negative)
		fprintf(out, "undetected=%u", m->undetected);
	else if (g->origin == ZP_CONSENSUS)
		put_settings(out, by, m->assign_settings);
	fprintf(out, ",%s,", grey_word(m->scale, c));
	put_accepted(out, m, &item.programme->given[g->item - item.programme->first_item], arena);
	fputc(',', out);
	put_cutoff(out, &m->cutoff);
	if (m->n_kit_cutoffs)
		fputs(" or as the kit", out);
	fprintf(out, ",%u", m->weight);
	fclose(out);
	const zp_text cells = { zp_arena_text(arena, bytes, n), n };
	free(bytes);
	return cells;
}
