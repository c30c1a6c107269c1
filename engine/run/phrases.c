/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/phrases.h"
#include "model/written.h"
#include "run/lines.h"

/* ---- figures ---- */

const char *zp_phrase_decimal(zp_arena *arena, zp_decimal d)
{
	char text[ZP_DECIMAL_TEXT];
	return zp_arena_text(arena, text, zp_decimal_write(d, text));
}

const char *zp_phrase_fixed(zp_arena *arena, double v, int places)
{
	char text[400];
	size_t n = (size_t)(zp_put_fixed(text, v, places < 0 ? 0 : places > 15 ? 15 : places) - text);
	return zp_arena_text(arena, text, n);
}

const char *zp_phrase_credit(zp_arena *arena, uint64_t credit)
{
	char text[64];
	return zp_arena_text(arena, text, (size_t)(zp_put_credit(text, credit) - text));
}

const char *zp_phrase_share(zp_arena *arena, const zp_tally *t, int places)
{
	char text[64];
	size_t n = (size_t)(zp_put_share(text, t->credit, UINT64_C(100) * t->total, places) - text);
	return zp_arena_text(arena, text, n);
}

/* ---- targets ---- */

const char *zp_phrase_x_pt(zp_arena *arena, const zp_measurand *m, const zp_group *g)
{
	return zp_phrase_decimal(arena, g->x_pt.e < -(m->places + 1) ? zp_decimal_round(g->x_pt, m->places + 1) : g->x_pt);
}

static const char *answer_text(zp_arena *arena, const zp_measurand *m, int64_t answer, bool chinese)
{
	char text[ZP_WRITTEN_BYTES];
	return zp_arena_text(arena, text, zp_written(m, zp_scale_value_kind(m->scale), (zp_decimal){ answer, 0 }, chinese, text));
}

const char *zp_phrase_target(zp_arena *arena, const zp_measurand *m, const zp_group *g, bool chinese)
{
	if (g->negative)
		return chinese ? "阴性" : "negative";
	if (!m->scale)
		return g->has_x_pt ? zp_phrase_x_pt(arena, m, g) : "";
	if (!g->has_answer)
		return "";
	const char *low = answer_text(arena, m, g->elected.low, chinese);
	if (g->elected.low == g->elected.high)
		return low;
	return zp_arena_print(arena, chinese ? "%s 或 %s" : "%s or %s", low, answer_text(arena, m, g->elected.high, chinese));
}

/* ---- groups ---- */

const char *zp_phrase_group(const zp_run *run, const zp_group *g, zp_arena *arena, bool chinese)
{
	const char *text = "";
	if (!g->keys)
		return chinese ? "全部实验室" : "all laboratories";
	for (int k = 0; k < ZP_PEER_KEYS; k++) {
		if (!(g->keys & 1u << k))
			continue;
		const char *name = zp_names_at(run->peers->names[k], run->peers->tuples[g->key][k]).p;
		text = zp_arena_print(arena, "%s%s%s%s%s", text, *text ? chinese ? ";" : "; " : "", chinese ? zp_peer_key_says(k) : zp_peer_key_word(k),
				      chinese ? ":" : ": ", *name ? name : chinese ? "未填写" : "not named");
	}
	return text;
}

const char *zp_phrase_method(const zp_run *run, const zp_group *g, zp_arena *arena)
{
	const zp_item item = zp_run_item_at(run, g->item);
	const bool consensus = g->origin == ZP_CONSENSUS;
	const zp_plugin *by = consensus ? item.measurand->assign : item.programme->given[g->item - item.programme->first_item].by;
	if (!by)
		return zp_origin_word(g->origin);
	return zp_arena_print(arena, "%s%s%s %s", consensus ? "" : zp_origin_word(g->origin), consensus ? "" : ": ", by->name, by->version);
}
