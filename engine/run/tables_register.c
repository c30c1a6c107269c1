/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who and what there was on the day, for those who have the published folder only, above all the ledger:
 * register.csv, measurands.csv, programmes.csv. */
#include "run/lines.h"
#include "run/tables.h"

static const char *const levels[ZP_LEVELS] = { [ZP_LEVEL_NATIONAL] = "national", [ZP_LEVEL_PROVINCIAL] = "provincial",
					       [ZP_LEVEL_CITY] = "city", [ZP_LEVEL_COUNTY] = "county" };

static void put_cells(zp_piece *piece, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const zp_text text = zp_text_of(cells[i]);
		char *p = zp_piece_room(piece, 2 * text.n + 4), *from = p;
		p = zp_put_text(p, text);
		*p++ = i + 1 < n ? ',' : '\n';
		piece->n += (size_t)(p - from);
	}
}
#define PUT_CELLS(piece, ...)                                                                                                    \
	put_cells((piece), (const char *const[]){ __VA_ARGS__ },                                                                 \
		  sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static void write_register(void *context, size_t piece_number, zp_piece *piece)
{
	const zp_run *run = context;
	const zp_roster *roster = run->roster;
	(void)piece_number;
	PUT_CELLS(piece, "lab", "name", "region", "region_name", "class", "institution", "department");
	for (size_t i = 0; i < roster->n_labs; i++) {
		const zp_lab *lab = &roster->labs[i];
		const zp_region *region = &roster->regions->at[lab->region];
		PUT_CELLS(piece, lab->code, lab->name, region->code, region->name, zp_names_at(roster->classes, lab->lab_class).p,
			  lab->institution, lab->department);
	}
}

static void write_measurands(void *context, size_t piece_number, zp_piece *piece)
{
	const zp_plan *plan = ((const zp_run *)context)->book->plan;
	(void)piece_number;
	PUT_CELLS(piece, "programme", "measurand", "name", "name_en", "unit", "specimen", "item", "pass", "weight", "limit", "limit_set");
	for (size_t p = 0; p < plan->n_programmes; p++)
		for (size_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++) {
			const zp_measurand *me = &plan->programmes[p].scheme->measurands[m];
			char pass[16], weight[16];
			snprintf(pass, sizeof pass, "%u", me->pass);
			snprintf(weight, sizeof weight, "%u", me->weight);
			PUT_CELLS(piece, plan->programmes[p].code, me->code, me->name, me->name_en, zp_measurand_unit(me),
				  me->specimen, me->item, pass, weight, me->limit.text, me->limit.set);
		}
}

static void write_programmes(void *context, size_t piece_number, zp_piece *piece)
{
	const zp_plan *plan = ((const zp_run *)context)->book->plan;
	(void)piece_number;
	PUT_CELLS(piece, "programme", "name", "name_en", "scheme", "scheme_version", "pass", "level", "trueness",
		  "measurand_status", "samples", "opens", "closes", "cancelled");
	for (size_t i = 0; i < plan->n_programmes; i++) {
		const zp_programme *p = &plan->programmes[i];
		char pass[16], samples[16];
		snprintf(pass, sizeof pass, "%u", p->scheme->pass);
		snprintf(samples, sizeof samples, "%zu", p->n_samples);
		PUT_CELLS(piece, p->code, p->name, p->name_en, p->scheme->name, p->scheme->version, pass, levels[p->level],
			  p->trueness ? "yes" : "no", p->no_measurand_status ? "no" : "yes", samples, plan->opens_text, plan->closes_text,
			  p->cancelled);
	}
}

bool zp_register_write(zp_run *run, zp_press *press, zp_error *err)
{
	return zp_press_pieces(press, "register.csv", run->threads, 1, write_register, run, err) &&
	       zp_press_pieces(press, "measurands.csv", run->threads, 1, write_measurands, run, err) &&
	       zp_press_pieces(press, "programmes.csv", run->threads, 1, write_programmes, run, err);
}
