/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages.h"
#include <stdio.h>
#include <string.h>

/* Where the next piece goes. */
typedef struct zp_flow {
	size_t page;
	double y;
	enum { HEADS_NONE, HEADS_NUMBERS, HEADS_ANSWERS } heads; /* of the columns above */
} zp_flow;

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
				say(j->host, &j->reasons, x->rows[r].flags, x->rows[r].flags_en);
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
	f->heads = HEADS_NONE;
}

static bool fits(const zp_flow *f, double height)
{
	return f->y + height <= ZP_BOTTOM;
}

static void plan_summary(zp_job *j, zp_flow *f)
{
	size_t first = j->front_rows, most = (size_t)((ZP_BOTTOM - ZP_TOP - ZP_SUMMARY_HEAD) / ZP_SUMMARY_ROW);
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
	f->heads = HEADS_NONE;
}

static bool headed(const zp_flow *f, bool answered)
{
	return f->heads == (answered ? HEADS_ANSWERS : HEADS_NUMBERS);
}

/* Column heads of the kind that a measurand needs. */
static void put_heads(zp_job *j, zp_flow *f, size_t programme, bool answered)
{
	if (headed(f, answered))
		return;
	put(j, f, (zp_piece){ .kind = ZP_PIECE_HEADS, .programme = programme, .answered = answered, .height = ZP_HEADS });
	f->heads = answered ? HEADS_ANSWERS : HEADS_NUMBERS;
}

/* Go to where so much of a measurand has room below its column heads. */
static void make_room(zp_job *j, zp_flow *f, size_t programme, bool answered, double height)
{
	if (!fits(f, height + (headed(f, answered) ? 0 : ZP_HEADS))) {
		turn(f);
		head(j, f, programme, true);
	}
	put_heads(j, f, programme, answered);
}

#define LEAST_ROWS 6 /* of a measurand that is cut, on one page */
#define PAGE (ZP_BOTTOM - ZP_TOP - zp_heading_height(false) - ZP_HEADS) /* what a measurand that is not cut may take */

/* Part of a measurand that no page can hold, as much as there is room for. Gives: its rows. */
static size_t plan_part(zp_job *j, zp_flow *f, size_t p, size_t m, size_t first)
{
	const zp_report_measurand *x = &j->report->programmes[p].measurands[m];
	const size_t left = x->n_rows - first;
	make_room(j, f, p, x->answered, zp_measurand_height(j, x, first, left < LEAST_ROWS ? left : LEAST_ROWS));
	size_t n = 1;
	while (n < left && fits(f, zp_measurand_height(j, x, first, n + 1)))
		n++;
	put(j, f, (zp_piece){ .kind = ZP_PIECE_MEASURAND, .continued = first > 0, .programme = p, .measurand = m,
	                      .first = first, .n = n, .height = zp_measurand_height(j, x, first, n) });
	return n;
}

/* A measurand stays together when less than half a page can hold it, or there is room; a longer one is cut between samples. */
static void plan_measurand(zp_job *j, zp_flow *f, size_t p, size_t m)
{
	const zp_report_measurand *x = &j->report->programmes[p].measurands[m];
	double height = zp_measurand_height(j, x, 0, x->n_rows);
	if (height > (fits(f, height + ZP_HEADS) ? PAGE : PAGE / 2)) {
		for (size_t first = 0; first < x->n_rows;)
			first += plan_part(j, f, p, m, first);
		return;
	}
	make_room(j, f, p, x->answered, height);
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
			return ZP_HEADS + (whole <= PAGE / 2 ? whole : zp_measurand_height(j, x, 0, x->n_rows < LEAST_ROWS ? x->n_rows : LEAST_ROWS));
		}
	return 3 * ZP_ROW;
}

/* The programme at a glance: some samples beside each other, and as many measurands as a page has room for. */
static void plan_panel(zp_job *j, zp_flow *f, size_t p)
{
	const zp_report_programme *g = &j->report->programmes[p];
	for (size_t s = 0; s < g->n_samples; s += ZP_PANEL_SAMPLES) {
		const size_t n_samples = g->n_samples - s < ZP_PANEL_SAMPLES ? g->n_samples - s : ZP_PANEL_SAMPLES;
		for (size_t first = 0; zp_panel_measurand(g, first);) {
			double height = zp_panel_head_height(), more;
			size_t n = 0;
			const zp_report_measurand *m;
			for (; (m = zp_panel_measurand(g, first + n)); n++, height += more) {
				more = zp_panel_row_height(j->paper, m);
				const double sums = zp_panel_measurand(g, first + n + 1) ? 0 : zp_panel_sum_height(g, s);
				if (!fits(f, height + more + sums) && (n || f->y > ZP_TOP + zp_heading_height(false) + 1))
					break;
			}
			if (!n || (n < 3 && m && f->y > ZP_TOP + zp_heading_height(false) + 1)) {
				turn(f);
				head(j, f, p, true);
				continue;
			}
			put(j, f, (zp_piece){ .kind = ZP_PIECE_PANEL, .programme = p, .first = first, .n = n, .first_sample = s, .n_samples = n_samples,
			                      .last = !m, .continued = first > 0, .height = height + (m ? 0 : zp_panel_sum_height(g, s)) });
			first += n;
		}
	}
}

static void plan_programme(zp_job *j, zp_flow *f, size_t p)
{
	const zp_report_programme *g = &j->report->programmes[p];
	if (f->y > ZP_TOP && !fits(f, zp_heading_height(false) + first_height(j, g)))
		turn(f);
	head(j, f, p, false);
	if (!g->n_measurands)
		put(j, f, (zp_piece){ .kind = ZP_PIECE_NOTHING, .programme = p, .height = ZP_ROW * 2 });
	if (g->panel)
		plan_panel(j, f, p);
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

/* What there is in a report that a note explains. */
typedef struct kinds { bool quantities, answers, grades, sent, points, by_samples, panel; } kinds;

static kinds kinds_of(const zp_report *r)
{
	kinds has = { 0 };
	for (size_t p = 0; p < r->n_programmes; p++) {
		const zp_report_programme *g = &r->programmes[p];
		has.points |= g->points;
		has.by_samples |= g->by_samples;
		has.panel |= g->panel;
		for (size_t m = 0; m < g->n_measurands; m++) {
			const zp_report_measurand *x = &g->measurands[m];
			has.answers |= x->answered;
			has.quantities |= !x->answered;
			has.grades |= x->n_grades > 0 && x->n_rows > 0;
			for (size_t i = 0; i < x->n_rows; i++)
				has.sent |= *x->rows[i].sent != '\0';
		}
	}
	has.quantities |= !has.answers;
	return has;
}

static bool is_wanted(const kinds *has, zp_word note)
{
	switch (note) {
	case ZP_WORD_NOTE_POINTS: return has->points;
	case ZP_WORD_NOTE_SAMPLES: return has->by_samples;
	case ZP_WORD_NOTE_RANGE: case ZP_WORD_NOTE_SDI: return has->quantities;
	case ZP_WORD_NOTE_PANEL: return has->panel;
	case ZP_WORD_NOTE_GRADES: return has->grades;
	case ZP_WORD_NOTE_ANSWERS: return has->answers;
	case ZP_WORD_NOTE_SENT: return has->sent;
	default: return true;
	}
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
	const kinds has = kinds_of(j->report);
	for (int w = ZP_WORD_NOTE_SCORE; w <= ZP_WORD_NOTE_EMPTY; w++)
		if (is_wanted(&has, (zp_word)w))
			plan_note(j, f, zp_join(j->host, zp_word_cn((zp_word)w), "  ", zp_word_en((zp_word)w), NULL));
}

void zp_job_plan(zp_job *j, bool results)
{
	gather_saids(j);
	zp_flow f = { 2, ZP_TOP, HEADS_NONE };
	plan_summary(j, &f);
	j->pages = f.page;
	if (!results)
		return;
	for (size_t p = 0; p < j->report->n_programmes; p++)
		plan_programme(j, &f, p);
	plan_notes(j, &f);
	j->pages = f.page;
}
