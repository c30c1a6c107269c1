/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages.h"
#include <stdio.h>
#include <string.h>

/* Where the next piece goes. */
typedef struct zp_flow { size_t page; double y; } zp_flow;

size_t zp_said_find(const zp_saids *s, const char *cn)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].cn == cn || strcmp(s->at[i].cn, cn) == 0)
			return i + 1;
	return 0;
}

static void say(const zp_host *host, zp_saids *s, const char *cn, const char *en)
{
	if (!*cn || zp_said_find(s, cn))
		return;
	if (s->n == s->room) {
		size_t room = s->room ? s->room * 2 : 16;
		zp_said *at = host->take(host, room * sizeof(*at));
		if (s->n)
			memcpy(at, s->at, s->n * sizeof(*at));
		s->at = at;
		s->room = room;
	}
	s->at[s->n++] = (zp_said){ cn, en };
}

static void gather_saids(zp_job *j)
{
	for (size_t p = 0; p < j->report->n_programmes; p++)
		for (size_t m = 0; m < j->report->programmes[p].n_measurands; m++) {
			const zp_report_measurand *x = &j->report->programmes[p].measurands[m];
			for (size_t r = 0; r < x->n_rows; r++) {
				say(j->host, &j->reasons, x->rows[r].why, x->rows[r].why_en);
				say(j->host, &j->verdicts, x->rows[r].says, x->rows[r].says_en);
			}
		}
}

static void put(zp_job *j, zp_flow *f, zp_piece piece)
{
	if (j->n_pieces == j->room) {
		size_t room = j->room ? j->room * 2 : 64;
		zp_piece *at = j->host->take(j->host, room * sizeof(*at));
		if (j->n_pieces)
			memcpy(at, j->pieces, j->n_pieces * sizeof(*at));
		j->pieces = at;
		j->room = room;
	}
	piece.page = f->page;
	piece.y = f->y;
	j->pieces[j->n_pieces++] = piece;
	f->y += piece.height;
}

static void turn(zp_flow *f)
{
	f->page++;
	f->y = ZP_TOP;
}

static bool fits(const zp_flow *f, double height)
{
	return f->y + height <= ZP_BOTTOM;
}

static void plan_summary(zp_job *j, zp_flow *f)
{
	size_t first = zp_front_rows(j->report->n_programmes), most = (size_t)((ZP_BOTTOM - ZP_TOP - ZP_SUMMARY_HEAD) / ZP_SUMMARY_ROW);
	while (first < j->report->n_programmes) {
		size_t n = j->report->n_programmes - first < most ? j->report->n_programmes - first : most;
		put(j, f, (zp_piece){ .kind = ZP_PIECE_SUMMARY, .first = first, .n = n,
		                      .height = ZP_SUMMARY_HEAD + (double)n * ZP_SUMMARY_ROW + 12 });
		first += n;
		if (first < j->report->n_programmes)
			turn(f);
	}
}

static void head(zp_job *j, zp_flow *f, size_t programme, bool continued)
{
	put(j, f, (zp_piece){ .kind = ZP_PIECE_HEADING, .continued = continued, .programme = programme,
	                      .height = zp_heading_height(continued) });
}

#define LEAST_ROWS 6 /* of a measurand that is cut, on one page */
#define PAGE (ZP_BOTTOM - ZP_TOP - zp_heading_height(false)) /* what a measurand that is not cut may take */

/* Part of a measurand that no page can hold, as much as there is room for. Gives: its rows. */
static size_t plan_part(zp_job *j, zp_flow *f, size_t p, size_t m, size_t first)
{
	const zp_report_measurand *x = &j->report->programmes[p].measurands[m];
	if (!fits(f, zp_measurand_height(j, x, first, LEAST_ROWS))) {
		turn(f);
		head(j, f, p, true);
	}
	size_t n = (size_t)((ZP_BOTTOM - f->y) / ZP_ROW) - 1;
	n = n < x->n_rows - first ? n : x->n_rows - first;
	put(j, f, (zp_piece){ .kind = ZP_PIECE_MEASURAND, .continued = first > 0, .programme = p, .measurand = m,
	                      .first = first, .n = n, .height = zp_measurand_height(j, x, first, n) });
	return n;
}

/* A measurand stays together when a page can hold it; a longer one is cut between samples. */
static void plan_measurand(zp_job *j, zp_flow *f, size_t p, size_t m)
{
	const zp_report_measurand *x = &j->report->programmes[p].measurands[m];
	double height = zp_measurand_height(j, x, 0, x->n_rows);
	if (height > PAGE) {
		for (size_t first = 0; first < x->n_rows;)
			first += plan_part(j, f, p, m, first);
		return;
	}
	if (!fits(f, height)) {
		turn(f);
		head(j, f, p, true);
	}
	put(j, f, (zp_piece){ .kind = ZP_PIECE_MEASURAND, .programme = p, .measurand = m, .n = x->n_rows, .height = height });
}

#define ABSENT_BYTES 2000 /* after so many a new paragraph begins: a page, and a text that can be set, has an end */

/* "未开展 Not performed: 葡萄糖 Glucose (GLU)、…" from measurand *m on, which is moved behind the last that is named;
 * NULL when all others are performed. */
static const char *absent_text(const zp_job *j, const zp_report_programme *g, size_t *m)
{
	const char *text = NULL;
	for (; *m < g->n_measurands && (!text || strlen(text) < ABSENT_BYTES); ++*m) {
		const zp_report_measurand *x = &g->measurands[*m];
		if (!zp_measurand_absent(x))
			continue;
		const char *before = text ? zp_join(j->host, text, zp_word_cn(ZP_WORD_LIST), NULL)
					  : zp_join(j->host, zp_standing_cn(x->standing), " ", zp_standing_en(x->standing), ":  ", NULL);
		text = zp_join(j->host, before, x->name, *x->name_en ? " " : "", x->name_en, " (", x->code, ")", NULL);
	}
	return text;
}

/* Room that is wanted below a heading, so that it does not stand alone at the foot of a page. */
static double first_height(const zp_job *j, const zp_report_programme *g)
{
	for (size_t m = 0; m < g->n_measurands; m++)
		if (!zp_measurand_absent(&g->measurands[m])) {
			const zp_report_measurand *x = &g->measurands[m];
			double whole = zp_measurand_height(j, x, 0, x->n_rows);
			return whole <= PAGE ? whole : zp_measurand_height(j, x, 0, LEAST_ROWS);
		}
	return 3 * ZP_ROW;
}

static void plan_programme(zp_job *j, zp_flow *f, size_t p)
{
	const zp_report_programme *g = &j->report->programmes[p];
	if (f->y > ZP_TOP && !fits(f, zp_heading_height(false) + first_height(j, g)))
		turn(f);
	head(j, f, p, false);
	if (!g->n_measurands)
		put(j, f, (zp_piece){ .kind = ZP_PIECE_NOTHING, .programme = p, .height = ZP_ROW * 2 });
	for (size_t m = 0; m < g->n_measurands; m++)
		if (!zp_measurand_absent(&g->measurands[m]))
			plan_measurand(j, f, p, m);
	const char *absent;
	for (size_t m = 0; (absent = absent_text(j, g, &m));) {
		double height = zp_note_height(j, absent) + 6;
		if (!fits(f, height)) {
			turn(f);
			head(j, f, p, true);
		}
		put(j, f, (zp_piece){ .kind = ZP_PIECE_ABSENT, .programme = p, .text = absent, .height = height });
	}
	f->y += 12;
}

static void plan_note(zp_job *j, zp_flow *f, const char *text)
{
	double height = zp_note_height(j, text);
	if (!fits(f, height))
		turn(f);
	put(j, f, (zp_piece){ .kind = ZP_PIECE_NOTE, .text = text, .height = height });
}

static void plan_notes(zp_job *j, zp_flow *f)
{
	if (!fits(f, 90))
		turn(f);
	put(j, f, (zp_piece){ .kind = ZP_PIECE_NOTES, .height = 20 });
	for (size_t i = 0; i < j->reasons.n; i++) {
		char number[32];
		snprintf(number, sizeof(number), "[%zu] ", i + 1);
		plan_note(j, f, zp_join(j->host, number, j->reasons.at[i].cn, "  ", j->reasons.at[i].en, NULL));
	}
	const char *legend = zp_join(j->host, zp_word_cn(ZP_WORD_VERDICT), " ", zp_word_en(ZP_WORD_VERDICT), ":", NULL);
	for (size_t i = 0; i < j->verdicts.n; i++)
		legend = zp_join(j->host, legend, i ? " · " : "  ", j->verdicts.at[i].cn, " ", j->verdicts.at[i].en, NULL);
	if (j->verdicts.n)
		plan_note(j, f, legend);
	for (int w = ZP_WORD_NOTE_SCORE; w <= ZP_WORD_NOTE_EMPTY; w++)
		plan_note(j, f, zp_join(j->host, zp_word_cn((zp_word)w), "  ", zp_word_en((zp_word)w), NULL));
}

void zp_job_plan(zp_job *j)
{
	gather_saids(j);
	zp_flow f = { 2, ZP_TOP };
	plan_summary(j, &f);
	for (size_t p = 0; p < j->report->n_programmes; p++)
		plan_programme(j, &f, p);
	plan_notes(j, &f);
	j->pages = f.page;
}
