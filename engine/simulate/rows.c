/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/rows.h"
#include <stdio.h>
#include "base/random.h"
#include "simulate/answers.h"

static const char *const fault_words[ZP_SIM_FAULTS] = {
	"", "unit_slip", "decimal_slip", "swapped_samples", "copied_results", "missing", "thousand_slip", "hundred_slip", "false_sign",
	"swapped_measurands", "scaled_copies", "repeated_results",
	"false_negative", "false_positive", "grey", "one_off", "two_off", "other_answer", "same_family", "missed", "extra", "minor_error",
	"major_error", "very_major_error", "discrepancy", "index", "transcribed"
};

/* What was gathered, kept for good. */
static zp_text keep(zp_arena *arena, zp_buffer *b)
{
	zp_text t = { zp_arena_text(arena, b->p ? b->p : "", b->n), b->n };
	b->n = 0;
	return t;
}

static void add_cells(zp_buffer *b, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		zp_buffer_add_text(b, ",");
		zp_buffer_add_cell(b, cells[i]);
	}
}

static void take_heads(zp_arena *arena, const zp_sim_programme *p, zp_buffer *b, zp_sim_texts *out)
{
	zp_text *heads = zp_take(arena, zp_text, p->n * p->n_samples);
	zp_text *truths = zp_take(arena, zp_text, p->n * p->n_samples);
	for (size_t i = 0; i < p->n * p->n_samples; i++) {
		const zp_measurand *m = p->measurands[i / p->n_samples];
		add_cells(b, (const char *[]){ p->rules->programme, m->code, p->samples[i % p->n_samples] }, 3);
		zp_buffer_add_text(b, ",");
		heads[i] = keep(arena, b);
		zp_buffer_add(b, heads[i]);
		zp_sim_answers_code(p, i / p->n_samples, (zp_decimal){ p->levels[i], (int8_t)(p->answers[i / p->n_samples].kind == ZP_SIM_PLAIN ? -m->places : 0) }, b);
		zp_buffer_add_text(b, ",");
		truths[i] = keep(arena, b);
	}
	out->heads = heads;
	out->truths = truths;
}

/* The ends of rows whose values have the measurand's unit, or (logs) its logarithm. */
static void take_tails_of(zp_arena *arena, const zp_sim_programme *p, bool logs, zp_buffer *b, zp_text *tails, zp_text *grid_heads, zp_text *grid_tails)
{
	size_t n = p->rules->n_instruments;
	for (size_t m = 0; m < p->n; m++) {
		const zp_measurand *measurand = p->measurands[m];
		const char *unit = logs && measurand->log10 ? measurand->log_unit : measurand->unit;
		add_cells(b, (const char *[]){ measurand->name, unit }, 2);
		grid_heads[m] = keep(arena, b);
		for (size_t i = 0; i < n; i++) {
			const zp_sim_instrument *x = &p->ways[m]->instruments[i];
			const char *cells[] = { unit, x->system, x->name, x->method, x->reagent, x->calibrator };
			add_cells(b, cells, 6);
			tails[m * n + i] = keep(arena, b);
			add_cells(b, cells + 2, 4);
			zp_buffer_add_text(b, "\n");
			grid_tails[m * n + i] = keep(arena, b);
		}
	}
}

static void take_tails(zp_arena *arena, const zp_sim_programme *p, zp_buffer *b, zp_sim_texts *out)
{
	size_t n = p->n * p->rules->n_instruments;
	zp_text *tails = zp_take(arena, zp_text, n), *log_tails = zp_take(arena, zp_text, n), *grid_tails = zp_take(arena, zp_text, n);
	zp_text *grid_heads = zp_take(arena, zp_text, p->n), *log_grid_heads = zp_take(arena, zp_text, p->n);
	take_tails_of(arena, p, true, b, log_tails, log_grid_heads, grid_tails);
	take_tails_of(arena, p, false, b, tails, grid_heads, grid_tails);
	out->tails = tails;
	out->log_tails = log_tails;
	out->grid_heads = grid_heads;
	out->log_grid_heads = log_grid_heads;
	out->grid_tails = grid_tails;
}

const zp_sim_texts *zp_sim_texts_take(zp_arena *arena, const zp_sim_world *w)
{
	zp_sim_texts *texts = zp_take(arena, zp_sim_texts, w->n_programmes);
	zp_buffer b = { .arena = arena };
	for (size_t i = 0; i < w->n_programmes; i++) {
		const zp_sim_programme *p = &w->programmes[i];
		take_heads(arena, p, &b, &texts[i]);
		take_tails(arena, p, &b, &texts[i]);
		zp_buffer_add_text(&b, "序号,项目,单位");
		add_cells(&b, p->samples, p->n_samples);
		zp_buffer_add_text(&b, ",仪器,方法,试剂,校准品\n");
		texts[i].grid_header = keep(arena, &b);
	}
	return texts;
}

size_t zp_sim_code(const zp_sim_world *w, size_t lab, char out[static ZP_SIM_CODE])
{
	size_t number = lab + 1;
	out[0] = 'L';
	for (int i = w->code_digits; i >= 1; i--, number /= 10)
		out[i] = (char)('0' + number % 10);
	out[w->code_digits + 1] = '\0';
	return (size_t)w->code_digits + 1;
}

bool zp_sim_has_department(const zp_sim_world *w, size_t lab, size_t p)
{
	return w->when.season && w->labs[lab].seated && *w->programmes[p].rules->department;
}

size_t zp_sim_code_in(const zp_sim_world *w, size_t lab, size_t p, char out[static ZP_SIM_CODE])
{
	const size_t n = zp_sim_code(w, lab, out);
	return zp_sim_has_department(w, lab, p) ? n + (size_t)snprintf(out + n, ZP_SIM_CODE - n, "-%zu", p + 1) : n;
}

void zp_sim_received(const zp_sim_world *w, size_t lab, char out[static 32])
{
	zp_random r = zp_random_stream(w->when.seed, lab, 0);
	unsigned day = 16 + (unsigned)zp_random_below(&r, 7), hour = 8 + (unsigned)zp_random_below(&r, 10);
	snprintf(out, 32, "%d-%02u-%02uT%02u:%02u:00+08:00", w->when.year, w->when.month, day, hour, (unsigned)zp_random_below(&r, 60));
}

/* What every row of a laboratory ends with. */
static zp_text row_end(const zp_sim_world *w, size_t lab, char out[static 48])
{
	char received[32];
	if (!w->labs[lab].late)
		return ZP_TEXT("\n");
	zp_sim_received(w, lab, received);
	return (zp_text){ out, (size_t)snprintf(out, 48, ",%s\n", received) };
}

/* The rows of one measurand where there is more to write than a number. */
static void rows_of_answers(const zp_sim_world *w, const zp_sim_texts *t, const zp_sim_programme *p, zp_text code, zp_text end, size_t m,
			    const zp_sim_return *r, zp_buffer *b)
{
	const bool plain = p->answers[m].kind == ZP_SIM_PLAIN;
	for (size_t s = 0; s < p->n_samples; s++) {
		const size_t i = m * p->n_samples + s;
		zp_buffer_add(b, code);
		zp_buffer_add(b, t->heads[i]);
		if (r->cells[i].fault != ZP_SIM_MISSING && plain)
			zp_buffer_add_number(b, r->cells[i].reported);
		else if (r->cells[i].fault != ZP_SIM_MISSING)
			zp_sim_answers_write(p, r, i, false, b);
		zp_buffer_add(b, (r->logged[m] ? t->log_tails : t->tails)[m * p->rules->n_instruments + r->instrument]);
		zp_sim_answers_beside(w, p, r, i, b);
		zp_buffer_add(b, end);
	}
}

void zp_sim_rows_long(const zp_sim_world *w, const zp_sim_texts *texts, size_t lab, size_t index, const zp_sim_return *r,
		      zp_buffer *b)
{
	const zp_sim_programme *p = &w->programmes[index];
	const zp_sim_texts *t = &texts[index];
	char code[ZP_SIM_CODE], received[48];
	size_t n_code = zp_sim_code_in(w, lab, index, code);
	zp_text end = row_end(w, lab, received);
	for (size_t m = 0; m < p->n; m++) {
		if (!r->declared[m])
			continue;
		if (p->answers[m].kind != ZP_SIM_PLAIN || w->has_index || w->has_lod) {
			rows_of_answers(w, t, p, (zp_text){ code, n_code }, end, m, r, b);
			continue;
		}
		zp_text tail = t->tails[m * p->rules->n_instruments + r->instrument];
		for (size_t s = 0; s < p->n_samples; s++) {
			const zp_sim_cell *cell = &r->cells[m * p->n_samples + s];
			zp_text head = t->heads[m * p->n_samples + s];
			char *from = zp_buffer_room(b, n_code + head.n + ZP_DECIMAL_TEXT + tail.n + end.n), *to = from;
			memcpy(to, code, n_code);
			memcpy(to += n_code, head.p, head.n);
			to += head.n;
			if (cell->fault != ZP_SIM_MISSING)
				to += zp_decimal_write(cell->reported, to);
			memcpy(to, tail.p, tail.n);
			memcpy(to += tail.n, end.p, end.n);
			b->n += (size_t)(to - from) + end.n;
		}
	}
}

void zp_sim_rows_grid(const zp_sim_world *w, const zp_sim_texts *texts, size_t lab, size_t index, const zp_sim_return *r,
		      zp_buffer *b)
{
	const zp_sim_programme *p = &w->programmes[index];
	const zp_sim_texts *t = &texts[index];
	char code[ZP_SIM_CODE], received[32];
	size_t row = 0;
	zp_sim_code_in(w, lab, index, code);
	zp_buffer_add_text(b, "实验室编码,");
	zp_buffer_add_text(b, code);
	zp_buffer_add_text(b, "\n专业,");
	zp_buffer_add_cell(b, p->rules->programme);
	if (w->labs[lab].late) {
		zp_sim_received(w, lab, received);
		zp_buffer_add_text(b, "\n接收时间,");
		zp_buffer_add_text(b, received);
	}
	zp_buffer_add_text(b, "\n");
	zp_buffer_add(b, t->grid_header);
	for (size_t m = 0; m < p->n; m++) {
		if (!r->declared[m])
			continue;
		zp_buffer_add_number(b, (zp_decimal){ (int64_t)++row, 0 });
		zp_buffer_add(b, (r->logged[m] ? t->log_grid_heads : t->grid_heads)[m]);
		for (size_t s = 0; s < p->n_samples; s++) {
			const zp_sim_cell *cell = &r->cells[m * p->n_samples + s];
			zp_buffer_add_text(b, ",");
			if (cell->fault != ZP_SIM_MISSING && p->answers[m].kind != ZP_SIM_PLAIN)
				zp_sim_answers_write(p, r, m * p->n_samples + s, true, b);
			else if (cell->fault != ZP_SIM_MISSING)
				zp_buffer_add_number(b, cell->reported);
		}
		zp_buffer_add(b, t->grid_tails[m * p->rules->n_instruments + r->instrument]);
	}
}

static void add_truth(zp_buffer *b, const char *code, zp_text truth, const char *fault, const zp_sim_programme *p, size_t m, const zp_sim_cell *cell)
{
	zp_buffer_add_text(b, code);
	zp_buffer_add(b, truth);
	zp_buffer_add_text(b, fault);
	zp_buffer_add_text(b, ",");
	zp_sim_answers_code(p, m, cell->original, b);
	zp_buffer_add_text(b, ",");
	if (cell->fault != ZP_SIM_MISSING)
		zp_sim_answers_code(p, m, cell->reported, b);
	zp_buffer_add_text(b, "\n");
}

void zp_sim_rows_truth(const zp_sim_world *w, const zp_sim_texts *texts, size_t lab, size_t index, const zp_sim_return *r,
		       zp_buffer *b)
{
	const zp_sim_programme *p = &w->programmes[index];
	char code[ZP_SIM_CODE];
	zp_sim_code_in(w, lab, index, code);
	for (size_t i = 0; i < p->n * p->n_samples; i++) {
		const zp_sim_cell *cell = &r->cells[i];
		zp_text truth = texts[index].truths[i];
		if (!r->declared[i / p->n_samples])
			continue;
		if (cell->fault != ZP_SIM_FINE)
			add_truth(b, code, truth, fault_words[cell->fault], p, i / p->n_samples, cell);
		if (cell->fault != ZP_SIM_MISSING && w->labs[lab].late)
			add_truth(b, code, truth, "late", p, i / p->n_samples, cell);
	}
}

void zp_sim_row_enrolment(const zp_sim_world *w, size_t lab, size_t index, const zp_sim_return *r, zp_buffer *b)
{
	const zp_sim_programme *p = &w->programmes[index];
	char code[ZP_SIM_CODE];
	zp_sim_code_in(w, lab, index, code);
	zp_buffer_add_text(b, code);
	zp_buffer_add_text(b, ",");
	zp_buffer_add_cell(b, p->rules->programme);
	zp_buffer_add_text(b, r->n_declared == p->n ? ",*" : ",");
	for (size_t m = 0, said = 0; m < p->n && r->n_declared < p->n; m++) {
		if (!r->declared[m])
			continue;
		zp_buffer_add_text(b, said++ ? " " : "");
		zp_buffer_add_text(b, p->measurands[m]->code);
	}
	zp_buffer_add_text(b, "\n");
}

/* One line of the register; department NULL: the laboratory itself. */
static void add_roster(const zp_sim_world *w, size_t lab, const char *code, const char *department, zp_buffer *b)
{
	char own[ZP_SIM_CODE];
	zp_sim_code(w, lab, own);
	zp_buffer_add_text(b, code);
	zp_buffer_add_text(b, ",模拟实验室");
	zp_buffer_add_text(b, own + 1);
	zp_buffer_add_text(b, department ? department : "");
	zp_buffer_add_text(b, ",");
	zp_buffer_add_text(b, w->regions->at[w->labs[lab].region].code);
	zp_buffer_add_text(b, ",");
	zp_buffer_add_text(b, zp_sim_classes[w->labs[lab].lab_class]);
	if (w->departments && w->labs[lab].seated)
		zp_buffer_add_text(b, zp_arena_print(b->arena, ",%s,%s", own, department ? department : "检验科"));
	else if (w->departments)
		zp_buffer_add_text(b, ",,");
	zp_buffer_add_text(b, "\n");
}

void zp_sim_row_roster(const zp_sim_world *w, size_t lab, zp_buffer *b)
{
	char code[ZP_SIM_CODE];
	if (w->labs[lab].gone)
		return;
	zp_sim_code(w, lab, code);
	add_roster(w, lab, code, NULL, b);
	for (size_t p = 0; p < w->n_programmes; p++) {
		if (!zp_sim_has_department(w, lab, p))
			continue;
		zp_sim_code_in(w, lab, p, code);
		add_roster(w, lab, code, w->programmes[p].rules->department, b);
	}
}

bool zp_sim_decisions(const zp_sim_world *w, zp_buffer *b)
{
	const size_t before = b->n;
	char code[ZP_SIM_CODE];
	zp_buffer_add_text(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<decisions>\n");
	const size_t nothing = b->n;
	for (size_t lab = 0; lab < w->n_labs; lab++)
		for (size_t p = 0; p < w->n_programmes && w->labs[lab].excused; p++) {
			zp_sim_code_in(w, lab, p, code);
			zp_buffer_add_text(b, zp_arena_print(b->arena, "  <excuse lab=\"%s\" programme=\"%s\" suspended=\"yes\" notified=\"yes\" took-part=\"yes\" "
							     "who=\"质评办公室\" when=\"%d-%02u-20\" why=\"实验室搬迁，停止检测（模拟）\"/>\n",
							     code, w->programmes[p].rules->programme, w->when.year, w->when.month));
		}
	zp_buffer_add_text(b, "</decisions>\n");
	if (b->n > nothing + strlen("</decisions>\n"))
		return true;
	b->n = before;
	return false;
}
