/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the codes of answers mean: scales.csv. */
#include "run/lines.h"
#include "run/rule.h"

static char *put_cell(char *p, const char *text)
{
	p = zp_put_text(p, zp_text_of(text));
	*p++ = ',';
	return p;
}

static void put_scale(zp_piece *piece, const char *programme, const zp_measurand *m)
{
	static const char *const sides[] = { [ZP_SIDE_NONE] = "", [ZP_SIDE_NEGATIVE] = "negative", [ZP_SIDE_GREY] = "grey", [ZP_SIDE_POSITIVE] = "positive" };
	for (uint32_t i = 0; i < m->scale->n; i++) {
		const zp_answer *a = &m->scale->answers[i];
		char *p = zp_piece_room(piece, 512 + 2 * (strlen(programme) + strlen(m->code) + strlen(a->code) + strlen(a->name) + strlen(a->name_en) + strlen(a->family)));
		char *from = p;
		p = put_cell(p, programme);
		p = put_cell(p, m->code);
		p = put_cell(p, a->code);
		p = put_cell(p, a->name);
		p = put_cell(p, a->name_en);
		p = put_cell(p, sides[a->side]);
		*p++ = a->significant ? '1' : '0', *p++ = ',';
		p = put_cell(p, a->family);
		p[-1] = '\n';
		piece->n += (size_t)(p - from);
	}
}

/* The programmes are few and written in one piece. */
static void write_scales(void *context, size_t piece_number, zp_piece *piece)
{
	const zp_plan *plan = ((const zp_run *)context)->book->plan;
	(void)piece_number;
	piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512), "programme,measurand,answer,name,name_en,side,significant,family\n") - piece->bytes);
	for (size_t p = 0; p < plan->n_programmes; p++)
		for (size_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++)
			if (plan->programmes[p].scheme->measurands[m].scale)
				put_scale(piece, plan->programmes[p].code, &plan->programmes[p].scheme->measurands[m]);
}

bool zp_scales_write(zp_run *run, zp_press *press, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	bool any = false;
	for (size_t p = 0; p < plan->n_programmes; p++)
		for (size_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++)
			any |= plan->programmes[p].scheme->measurands[m].scale != NULL;
	return !any || zp_press_pieces(press, "scales.csv", run->threads, 1, write_scales, run, err);
}
