/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a round: targets.csv scores.csv points.csv hints.csv verdicts.csv.
 * run/tables.h has the others. Their columns are frozen; docs/formats/tables.md explains each. */
#include <stdlib.h>
#include "model/written.h"
#include "run/hint.h"
#include "run/limit.h"
#include "run/lines.h"
#include "run/publish.h"
#include "run/rule.h"
#include "run/tables.h"
#include "stats/scores.h"

#define ENROLMENTS_AT_ONCE 64
#define ROWS_AT_ONCE 8192
#define RATIO_PLACES 6 /* decimals of percentages and SDI */

/* The words of a row, which are few and short. */
typedef struct row_words {
	zp_short state[ZP_STATES], verdict[ZP_VERDICTS], reason[ZP_REASONS], mark[ZP_MARKS];
} row_words;

/* Codes as they stand in a table, quoted once. */
typedef struct writing {
	const zp_run *run;
	row_words words;
	const char **programme;        /* by programme */
	const char ***measurand, ***sample; /* by programme, then index */
} writing;

static const char *cell_text(zp_arena *arena, const char *text)
{
	zp_text t = zp_text_of(text);
	char *out = zp_arena_take(arena, 2 * t.n + 4);
	out[zp_csv_put(out, t)] = '\0';
	return out;
}

static writing prepare(zp_run *run)
{
	const zp_plan *plan = run->book->plan;
	writing w = { .run = run, .programme = zp_take(run->arena, const char *, plan->n_programmes),
		      .measurand = zp_take(run->arena, const char **, plan->n_programmes),
		      .sample = zp_take(run->arena, const char **, plan->n_programmes) };
	for (unsigned i = 0; i < ZP_STATES; i++)
		w.words.state[i] = zp_short_of(zp_state_word(i));
	for (unsigned i = 0; i < ZP_VERDICTS; i++)
		w.words.verdict[i] = zp_short_of(zp_verdict_word((zp_verdict)i));
	for (unsigned i = 0; i < ZP_REASONS; i++)
		w.words.reason[i] = zp_short_of(zp_reason_word((zp_reason)i));
	for (unsigned i = 0; i < ZP_MARKS; i++)
		w.words.mark[i] = zp_short_of(zp_mark_word(i));
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_programme *programme = &plan->programmes[p];
		w.programme[p] = cell_text(run->arena, programme->code);
		w.measurand[p] = zp_take(run->arena, const char *, programme->scheme->n_measurands);
		w.sample[p] = zp_take(run->arena, const char *, programme->n_samples);
		for (size_t m = 0; m < programme->scheme->n_measurands; m++)
			w.measurand[p][m] = cell_text(run->arena, programme->scheme->measurands[m].code);
		for (size_t s = 0; s < programme->n_samples; s++)
			w.sample[p][s] = cell_text(run->arena, programme->samples[s]);
	}
	return w;
}

/* ---- targets ---- */

/* How sure the target is, from sigma_pt on. */
static char *put_doubts(char *p, const zp_group *g, const zp_reference *reference, zp_text apart)
{
	bool first = true;
	p = zp_put_double(p, g->sigma_pt), *p++ = ',';
	p = zp_put_double(p, g->u_x_pt), *p++ = ',';
	if (g->u_negligible >= 0)
		*p++ = g->u_negligible ? '1' : '0';
	*p++ = ',';
	*p++ = g->widened ? '1' : '0', *p++ = ',';
	p = zp_put_double(p, g->delta_e_before), *p++ = ',';
	p = g->humps ? zp_put_count(p, g->humps) : p, *p++ = ',';
	p = zp_put_fixed(p, g->dip_p, 3), *p++ = ',';
	p = zp_put_double(p, g->s_s), *p++ = ',';
	p = zp_put_double(p, g->drift), *p++ = ',';
	p = zp_put_double(p, g->added), *p++ = ',';
	p = reference->is ? zp_put_double(p, reference->x) : p, *p++ = ',';
	p = reference->is ? zp_put_double(p, reference->u) : p, *p++ = ',';
	p = zp_put_fixed(p, g->reference_ratio, RATIO_PLACES), *p++ = ',';
	p = zp_put_text(p, apart), *p++ = ',';
	p = zp_put_double(p, g->apart_by), *p++ = ',';
	for (unsigned bit = 0; bit < ZP_DOUBTS; bit++) {
		if (!(g->doubts & 1u << bit))
			continue;
		if (!first)
			*p++ = ' ';
		first = false;
		p = zp_put_word(p, zp_doubt_word(bit));
	}
	return p;
}

/* The target: a number, an answer or two ("1+|2+"), or that nothing is there. */
static char *put_x_pt(char *p, const zp_measurand *m, const zp_group *g)
{
	char text[2 * ZP_WRITTEN_BYTES + 1];
	if (g->has_x_pt)
		return zp_put_decimal(p, g->x_pt);
	if (g->negative)
		return zp_put_word(p, "negative");
	if (!g->has_answer)
		return p;
	size_t n = zp_written(m, zp_scale_value_kind(m->scale), (zp_decimal){ g->elected.low, 0 }, -1, text);
	if (g->elected.high != g->elected.low) {
		text[n++] = '|';
		n += zp_written(m, zp_scale_value_kind(m->scale), (zp_decimal){ g->elected.high, 0 }, -1, text + n);
	}
	return zp_put_text(p, (zp_text){ text, n });
}

/* Who agreed on an answer, or that nothing is there, how many of how many, and how answers are judged. */
static char *put_consensus(char *p, const zp_measurand *m, const zp_group *g)
{
	if (!m->scale && !g->negative)
		return zp_put_word(p, ",,,");
	p = zp_put_word(p, g->origin == ZP_CONSENSUS && (g->has_answer || g->negative) ? zp_by_word(g->elected.by) : ""), *p++ = ',';
	p = zp_put_count(p, g->elected.votes), *p++ = ',';
	p = zp_put_count(p, g->elected.of), *p++ = ',';
	return zp_put_word(p, m->scale ? m->limit.judge->name : "");
}

static void write_targets(void *context, size_t piece_number, zp_piece *piece)
{
	static const char *const branches[] = { [ZP_BRANCH_PCT] = "pct", [ZP_BRANCH_ABS] = "abs", [ZP_BRANCH_SD] = "sd" };
	const writing *w = context;
	const zp_run *run = w->run;
	zp_arena *arena = zp_arena_open();
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"group,programme,measurand,sample,unit,rung,key,members,kept,absurd,used,origin,method,method_version,x_pt,x_exact,u_x_pt,s,"
			"iterations,converged,collapsed,status,limit,limit_branch,limit_set,limit_source,delta_e,low,high,sdi_centre,sdi_sd,sdi_n,"
			"sigma_pt,u_used,u_negligible,widened,delta_e_before,humps,dip_p,s_s,drift,added,reference,u_reference,reference_ratio,apart,apart_by,doubts,target_source,agreed_by,agreed,asked,judge,"
			ZP_RULE_COLUMNS "\n") - piece->bytes);
	size_t end = (piece_number + 1) * ROWS_AT_ONCE;
	for (size_t i = piece_number * ROWS_AT_ONCE; i < end && i < run->n_groups; i++) {
		const zp_group *g = &run->groups[i];
		zp_item item = zp_run_item_at(run, g->item);
		const zp_measurand *m = item.measurand;
		const char *key = zp_run_group_key(run, g, arena);
		const zp_given *given = &item.programme->given[g->item - item.programme->first_item];
		const zp_plugin *by = g->origin == ZP_CONSENSUS ? m->assign : given->by;
		zp_text texts[] = { zp_text_of(zp_measurand_unit(m)), zp_text_of(key), zp_text_of(m->limit.text), zp_text_of(m->limit.source),
				    zp_text_of(zp_run_apart(run, g, arena)), zp_text_of(g->origin == ZP_CONSENSUS ? NULL : given->source) };
		const zp_text rule = zp_rule_cells(run, g, by, arena);
		char *p = zp_piece_room(piece, 4096 + rule.n + 4 * ZP_WRITTEN_BYTES + 2 * (texts[0].n + texts[1].n + texts[2].n + texts[3].n + texts[4].n + texts[5].n));
		p = zp_put_count(p, i + 1), *p++ = ',';
		p = zp_put_word(p, w->programme[item.p]), *p++ = ',';
		p = zp_put_word(p, w->measurand[item.p][item.m]), *p++ = ',';
		p = zp_put_word(p, w->sample[item.p][item.s]), *p++ = ',';
		p = zp_put_text(p, texts[0]), *p++ = ',';
		p = zp_put_word(p, zp_run_rung_name(run, g)), *p++ = ',';
		p = zp_put_text(p, texts[1]), *p++ = ',';
		p = zp_put_count(p, g->n_members), *p++ = ',';
		p = zp_put_count(p, g->n_kept), *p++ = ',';
		p = zp_put_count(p, g->n_absurd), *p++ = ',';
		p = zp_put_count(p, by ? g->target.n : 0), *p++ = ',';
		p = zp_put_word(p, zp_origin_word(g->origin)), *p++ = ',';
		p = zp_put_word(p, by ? by->name : zp_origin_word(g->origin)), *p++ = ',';
		p = zp_put_word(p, by ? by->version : ""), *p++ = ',';
		p = put_x_pt(p, m, g), *p++ = ',';
		p = zp_put_double(p, g->target.x), *p++ = ',';
		p = zp_put_double(p, g->target.u), *p++ = ',';
		p = zp_put_double(p, g->target.s), *p++ = ',';
		p = zp_put_count(p, g->target.iterations), *p++ = ',';
		*p++ = g->target.converged ? '1' : '0', *p++ = ',';
		*p++ = g->target.collapsed ? '1' : '0', *p++ = ',';
		p = zp_put_word(p, g->ungradable == ZP_REASON_NONE ? "gradable" : zp_reason_word(g->ungradable)), *p++ = ',';
		p = zp_put_text(p, texts[2]), *p++ = ',';
		p = isfinite(g->delta_e) ? zp_put_word(p, branches[g->limit_branch]) : p, *p++ = ',';
		p = zp_put_text(p, zp_text_of(m->limit.set)), *p++ = ',';
		p = zp_put_text(p, texts[3]), *p++ = ',';
		p = zp_put_double(p, g->delta_e), *p++ = ',';
		p = g->has_bounds ? zp_put_decimal(p, g->low) : p, *p++ = ',';
		p = g->has_bounds ? zp_put_decimal(p, g->high) : p, *p++ = ',';
		p = zp_put_double(p, g->peers.x), *p++ = ',';
		p = zp_put_double(p, g->peers.s), *p++ = ',';
		p = zp_put_count(p, isfinite(g->peers.x) ? g->peers.n : 0), *p++ = ',';
		p = put_doubts(p, g, &item.programme->reference[g->item - item.programme->first_item], texts[4]), *p++ = ',';
		p = zp_put_text(p, texts[5]), *p++ = ',';
		p = put_consensus(p, m, g), *p++ = ',';
		p = zp_put_bytes(p, rule.p, rule.n), *p++ = '\n';
		piece->n = (size_t)(p - piece->bytes);
	}
	zp_arena_close(arena);
}

/* ---- scores ---- */

static char *put_written(char *p, const zp_measurand *m, zp_kind kind, zp_decimal value)
{
	char text[ZP_WRITTEN_BYTES];
	return zp_put_text(p, (zp_text){ text, zp_written(m, kind, value, -1, text) });
}

/* What part of a result counts, what is told beside the verdict, and the index that was sent beside a word. */
static char *put_credit(char *p, const zp_run *run, size_t i, const zp_note *note)
{
	const zp_judgement *j = &run->judgement;
	bool first = true;
	if (j->verdict[i] != ZP_NOT_EVALUATED)
		p = zp_put_count(p, j->credit[i]);
	*p++ = ',';
	for (unsigned bit = 0; bit < ZP_FLAGS; bit++) {
		if (!(j->flags[i] & 1u << bit))
			continue;
		if (!first)
			*p++ = ' ';
		first = false;
		p = zp_put_word(p, zp_flag_word(bit));
	}
	*p++ = ',';
	p = note && note->has_index ? zp_put_decimal(p, note->index) : p, *p++ = ',';
	return note && note->has_lod ? zp_put_decimal(p, note->lod) : p;
}

static char *put_score(const writing *w, const zp_choices *c, const zp_measurand *m, size_t i, char *p)
{
	const zp_run *run = w->run;
	const zp_round *r = run->round;
	const zp_judgement *j = &run->judgement;
	bool has_value = r->kind[i] != ZP_NOTHING;
	const bool plain = r->kind[i] == ZP_NUMBER || r->kind[i] == ZP_BELOW || r->kind[i] == ZP_ABOVE;
	zp_score score = zp_run_score_of(run, c, i);
	int places = m->places + 4 > 15 ? 15 : m->places + 4 < 0 ? 0 : m->places + 4;
	p = zp_put_short(p, &w->words.state[r->state[i]]), *p++ = ',';
	if ((r->kind[i] == ZP_BELOW || r->kind[i] == ZP_ABOVE) && r->state[i] != ZP_CONFLICT)
		*p++ = r->kind[i] == ZP_BELOW ? '<' : '>';
	if (has_value && r->state[i] != ZP_CONFLICT)
		p = plain ? zp_put_decimal(p, zp_round_value(r, i)) : put_written(p, m, (zp_kind)r->kind[i], zp_round_value(r, i));
	*p++ = ',';
	p = j->group[i] == ZP_NO_GROUP ? p : zp_put_count(p, j->group[i] + 1), *p++ = ',';
	p = zp_put_fixed(p, score.bias, places), *p++ = ',';
	p = zp_put_fixed(p, score.bias_pct, RATIO_PLACES), *p++ = ',';
	p = zp_put_fixed(p, score.share_pct, RATIO_PLACES), *p++ = ',';
	p = zp_put_fixed(p, score.sdi, RATIO_PLACES), *p++ = ',';
	p = zp_put_short(p, &w->words.verdict[j->verdict[i]]), *p++ = ',';
	p = zp_put_short(p, &w->words.reason[j->reason[i]]), *p++ = ',';
	p = r->state[i] == ZP_LATE && j->reason[i] != ZP_REASON_LAB_SAMPLE_OUT ? zp_put_short(p, &w->words.verdict[j->would_be[i]]) : p, *p++ = ',';
	p = zp_put_short(p, &w->words.mark[j->mark[i]]), *p++ = ',';
	if (has_value || r->state[i] == ZP_UNREADABLE || r->state[i] == ZP_CONFLICT || r->state[i] == ZP_LATE) {
		p = zp_put_count(p, r->file[i] + 1), *p++ = ',';
		p = zp_put_count(p, r->line[i]), *p++ = ',';
	} else {
		*p++ = ',', *p++ = ',';
	}
	return p;
}

static void write_scores(void *context, size_t piece_number, zp_piece *piece)
{
	const writing *w = context;
	const zp_run *run = w->run;
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"lab,programme,measurand,sample,state,value,group,bias,bias_pct,share_pct,sdi,verdict,reason,would_be,mark,file,line,sent,"
			"remark,credit,flags,index,lod\n") - piece->bytes);
	zp_piece lead = { 0 }; /* what the rows of a measurand begin with; n stays 0 */
	size_t end = (piece_number + 1) * ENROLMENTS_AT_ONCE;
	for (size_t e = piece_number * ENROLMENTS_AT_ONCE; e < end && e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		const zp_programme *programme = zp_run_programme(run, enrolment);
		const char *lab = run->roster->labs[enrolment->lab].code, *code = w->programme[enrolment->programme];
		size_t i = enrolment->first_cell;
		for (size_t k = 0; k < enrolment->n_declared; k++) {
			const zp_measurand *m = &programme->scheme->measurands[enrolment->declared[k]];
			const char *measurand = w->measurand[enrolment->programme][enrolment->declared[k]];
			char *q = zp_piece_room(&lead, strlen(lab) + strlen(code) + strlen(measurand) + 3);
			q = zp_put_word(q, lab), *q++ = ',';
			q = zp_put_word(q, code), *q++ = ',';
			q = zp_put_word(q, measurand), *q++ = ',';
			size_t n_lead = (size_t)(q - lead.bytes);
			for (size_t s = 0; s < programme->n_samples; s++, i++) {
				const zp_note *note = run->round->note[i] ? &run->round->notes[run->round->note[i]] : NULL;
				zp_text sent = zp_text_of(note ? note->sent : NULL);
				const char *remark = note ? note->decision && !note->conflict ? note->decision : note->refused : NULL;
				zp_text said = zp_text_of(remark ? remark : note ? note->converted : NULL);
				char joined[2000];
				if (remark && note->converted && !note->conflict)
					said = (zp_text){ joined, (size_t)snprintf(joined, sizeof joined, "%s; %s", note->converted, remark) };
				if (said.p == joined && said.n >= sizeof joined)
					said = zp_text_of(remark);
				char *p = zp_piece_room(piece, n_lead + 2048 + 2 * (ZP_WRITTEN_BYTES + sent.n + said.n)), *from = p;
				p = zp_put_bytes(p, lead.bytes, n_lead);
				p = zp_put_word(p, w->sample[enrolment->programme][s]), *p++ = ',';
				p = put_score(w, &programme->scheme->choices, m, i, p);
				p = zp_put_text(p, sent), *p++ = ',';
				p = zp_put_text(p, said), *p++ = ',';
				p = put_credit(p, run, i, note), *p++ = '\n';
				piece->n += (size_t)(p - from);
			}
		}
	}
	free(lead.bytes);
	zp_run_ease(run);
}

/* ---- the scores that a scheme asks for beside the verdict ---- */

static const char *signal_word(const zp_wanted_score *wanted, double score)
{
	static const char *const words[] = { "", "acceptable", "warning", "action" };
	return wanted->act > 0 ? words[zp_signal_of(score, wanted->warn, wanted->act)] : "";
}

static void write_points(void *context, size_t piece_number, zp_piece *piece)
{
	const writing *w = context;
	const zp_run *run = w->run;
	zp_arena *arena = zp_arena_open();
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512), "lab,programme,measurand,sample,score,value,signal\n") - piece->bytes);
	size_t end = (piece_number + 1) * ENROLMENTS_AT_ONCE;
	for (size_t e = piece_number * ENROLMENTS_AT_ONCE; e < end && e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		const zp_programme *programme = zp_run_programme(run, enrolment);
		const char *lab = run->roster->labs[enrolment->lab].code, *code = w->programme[enrolment->programme];
		size_t i = enrolment->first_cell;
		for (size_t k = 0; k < enrolment->n_declared; k++) {
			const zp_measurand *m = &programme->scheme->measurands[enrolment->declared[k]];
			const char *measurand = w->measurand[enrolment->programme][enrolment->declared[k]];
			for (size_t s = 0; s < programme->n_samples; s++, i++)
				for (size_t j = 0; j < m->n_scores; j++) {
					const double score = zp_run_points_of(run, &m->scores[j], i, arena);
					char *p = zp_piece_room(piece, 1024 + strlen(lab) + strlen(code) + strlen(measurand)), *from = p;
					p = zp_put_word(p, lab), *p++ = ',';
					p = zp_put_word(p, code), *p++ = ',';
					p = zp_put_word(p, measurand), *p++ = ',';
					p = zp_put_word(p, w->sample[enrolment->programme][s]), *p++ = ',';
					p = zp_put_word(p, m->scores[j].scorer->name), *p++ = ',';
					p = zp_put_fixed(p, score, RATIO_PLACES), *p++ = ',';
					p = zp_put_word(p, signal_word(&m->scores[j], score)), *p++ = '\n';
					piece->n += (size_t)(p - from);
				}
		}
	}
	zp_arena_close(arena);
}

static bool points_are_wanted(const zp_run *run)
{
	const zp_plan *plan = run->book->plan;
	for (size_t p = 0; p < plan->n_programmes; p++)
		for (size_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++)
			if (plan->programmes[p].scheme->measurands[m].n_scores)
				return true;
	return false;
}

/* ---- hints ---- */

/* The other sample, measurand or laboratory. */
static const char *other_of(const writing *w, const zp_hint *h, const zp_hint_at *at)
{
	const uint16_t p = at->enrolment->programme;
	switch ((zp_slip)h->kind) {
	case ZP_SLIP_SAMPLES: return w->sample[p][h->other];
	case ZP_SLIP_MEASURANDS: return w->measurand[p][h->other];
	case ZP_SLIP_REPEATED: case ZP_SLIP_COPIED: return w->run->roster->labs[h->other].code;
	default: return "";
	}
}

static char *put_agreement(char *p, const zp_hint *h)
{
	p = zp_put_count(p, h->common), *p++ = ',';
	p = zp_put_count(p, h->equal), *p++ = ',';
	p = zp_put_count(p, h->informative), *p++ = ',';
	p = zp_put_fixed(p, h->chance, 2), *p++ = ',';
	return p + snprintf(p, 32, "%.2e,", h->expected);
}

static void write_hints(void *context, size_t piece_number, zp_piece *piece)
{
	const writing *w = context;
	const zp_run *run = w->run;
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"lab,programme,measurand,sample,hint,value,corrected,before,after,factor,unit,other,common,equal,informative,chance,expected,mark\n") -
				     piece->bytes);
	size_t end = (piece_number + 1) * ROWS_AT_ONCE;
	for (size_t i = piece_number * ROWS_AT_ONCE; i < end && i < run->hints.n; i++) {
		const zp_hint *h = &run->hints.at[i];
		const zp_hint_at at = zp_hint_place(run, h);
		const bool pair = h->cell == ZP_NO_HINT_CELL;
		const char *unit = h->kind == ZP_SLIP_UNIT ? zp_hint_unit(at.measurand, h->factor) : NULL, *other = other_of(w, h, &at);
		const zp_text unit_text = zp_text_of(unit);
		char *p = zp_piece_room(piece, 2048 + strlen(other) + 2 * unit_text.n), *from = p;
		p = zp_put_word(p, at.lab), *p++ = ',';
		p = zp_put_word(p, w->programme[at.enrolment->programme]), *p++ = ',';
		p = zp_put_word(p, pair ? "*" : w->measurand[at.enrolment->programme][at.m]), *p++ = ',';
		p = zp_put_word(p, pair ? "*" : w->sample[at.enrolment->programme][at.s]), *p++ = ',';
		p = zp_put_word(p, zp_slip_word(h->kind)), *p++ = ',';
		p = pair ? p : zp_put_decimal(p, zp_round_value(run->round, h->cell)), *p++ = ',';
		p = h->has_corrected ? zp_put_decimal(p, h->corrected) : p, *p++ = ',';
		p = zp_put_fixed(p, h->before, 2), *p++ = ',';
		p = zp_put_fixed(p, h->after, 2), *p++ = ',';
		p = h->factor > 0 || h->factor < 0 ? zp_put_double(p, zp_decimal_double(zp_decimal_round(zp_decimal_shortest(h->factor), 9))) : p, *p++ = ',';
		p = zp_put_text(p, unit_text), *p++ = ',';
		p = zp_put_word(p, other), *p++ = ',';
		if (pair)
			p = put_agreement(p, h);
		else
			p = zp_put_word(p, ",,,,,");
		p = zp_put_word(p, h->aside ? zp_mark_word(ZP_ASIDE_SLIP) : ""), *p++ = '\n';
		piece->n += (size_t)(p - from);
	}
}

/* ---- verdicts ---- */

static void put_tally(zp_piece *piece, const char *lab, const char *programme, const char *measurand, const zp_tally *t,
		      uint32_t pass, int places, const char *counts)
{
	char *p = zp_piece_room(piece, 512 + strlen(programme) + strlen(measurand)), *from = p;
	p = zp_put_word(p, lab), *p++ = ',';
	p = zp_put_word(p, programme), *p++ = ',';
	p = zp_put_word(p, measurand), *p++ = ',';
	p = zp_put_word(p, zp_standing_word((zp_standing)t->standing)), *p++ = ',';
	p = zp_put_credit(p, t->credit), *p++ = ',';
	p = zp_put_count(p, t->total), *p++ = ',';
	p = zp_put_count(p, t->not_evaluated), *p++ = ',';
	p = zp_put_share(p, t->credit, UINT64_C(100) * t->total, places), *p++ = ',';
	p = zp_put_count(p, pass), *p++ = ',';
	p = zp_put_word(p, zp_satisfaction_word((zp_satisfaction)t->satisfaction)), *p++ = ',';
	p = zp_put_word(p, counts), *p++ = '\n';
	piece->n += (size_t)(p - from);
}

static void write_verdicts(void *context, size_t piece_number, zp_piece *piece)
{
	const writing *w = context;
	const zp_run *run = w->run;
	const zp_plan *plan = run->book->plan;
	static const zp_tally not_enrolled = { .standing = ZP_STANDS_NOT_ENROLLED }, not_performed = { .standing = ZP_STANDS_NOT_PERFORMED };
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"lab,programme,measurand,standing,accepted,total,not_evaluated,score,pass,satisfaction,counts\n") - piece->bytes);
	size_t end = (piece_number + 1) * ENROLMENTS_AT_ONCE;
	for (size_t lab = piece_number * ENROLMENTS_AT_ONCE; lab < end && lab < run->roster->n_labs; lab++) {
		const char *code = run->roster->labs[lab].code;
		uint32_t e = run->roster->first_enrolment[lab], last = run->roster->first_enrolment[lab + 1];
		for (size_t p = 0; p < plan->n_programmes; p++) {
			const zp_scheme *scheme = plan->programmes[p].scheme;
			const char *counts = scheme->choices.programme_score == ZP_SCORE_SAMPLES ? "samples" : "results";
			if (e == last || run->roster->enrolments[e].programme != p) {
				put_tally(piece, code, w->programme[p], "*", &not_enrolled, scheme->pass, 0, counts);
				continue;
			}
			const zp_enrolment *enrolment = &run->roster->enrolments[e];
			const zp_tally *s1 = run->s1 + run->first_tally[e];
			put_tally(piece, code, w->programme[p], "*", &run->s[e], scheme->pass, scheme->choices.s_places, counts);
			for (size_t m = 0, k = 0; m < scheme->n_measurands; m++) {
				bool declared = k < enrolment->n_declared && enrolment->declared[k] == m;
				put_tally(piece, code, w->programme[p], w->measurand[p][m], declared ? &s1[k] : &not_performed,
					  scheme->measurands[m].pass, scheme->choices.s1_places, "results");
				k += declared;
			}
			e++;
		}
	}
}

static size_t pieces(size_t rows, size_t at_once) { return rows ? (rows + at_once - 1) / at_once : 1; }

void zp_tables_begin(zp_run *run, zp_press *press)
{
	if (run->spill) /* what is in memory at once is counted */
		return;
	writing *w = zp_take(run->arena, writing, 1);
	*w = prepare(run);
	zp_press_pieces_begin(press, "scores.csv", run->threads, pieces(run->roster->n_enrolments, ENROLMENTS_AT_ONCE), write_scores, w);
}

bool zp_tables_write(zp_run *run, zp_press *press, zp_error *err)
{
	writing w = prepare(run);
	const struct { const char *name; size_t n; void (*make)(void *, size_t, zp_piece *); } tables[] = {
		{ "targets.csv", pieces(run->n_groups, ROWS_AT_ONCE), write_targets },
		{ "scores.csv", zp_press_pieces_begun(press, "scores.csv") ? 0 : pieces(run->roster->n_enrolments, ENROLMENTS_AT_ONCE), write_scores },
		{ "points.csv", points_are_wanted(run) ? pieces(run->roster->n_enrolments, ENROLMENTS_AT_ONCE) : 0, write_points },
		{ "verdicts.csv", pieces(run->roster->n_labs, ENROLMENTS_AT_ONCE), write_verdicts },
		{ "hints.csv", pieces(run->hints.n, ROWS_AT_ONCE), write_hints },
	};
	size_t n = 0;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		n += tables[i].n;
	zp_progress_stage(run->progress, "writing tables, pieces", n);
	if (!zp_scales_write(run, press, err))
		return false;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (tables[i].n && !zp_press_pieces(press, tables[i].name, run->threads, tables[i].n, tables[i].make, &w, err))
			return false;
	const bool good = zp_register_write(run, press, err) && zp_ranks_write(run, press, err) && zp_answers_write(run, press, err) && zp_agreement_write(run, press, err) &&
			  zp_items_write(run, press, err);
	if (good && zp_press_pieces_begun(press, "scores.csv"))
		zp_progress_stage(run->progress, "writing scores", 0);
	return good && zp_press_pieces_end(press, err);
}
