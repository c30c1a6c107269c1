/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One measurand: what it is, its groups in every sample, and what its results look like. */
#include <string.h>
#include "book.h"
#include "paper/figure.h"

/* What a figure must say to be worth its place. Each measurand has a row of histograms, FIGURES beside each other and at most FIGURES_MOST
 * of them; methods are drawn where targets of a sample lie apart by METHODS_APART percent of what is allowed, in that sample alone. */
#define FIGURES 5
#define ANSWERS_LEAST 4 /* a figure of answers says more than the table where there are so many; three beside each other */
#define ANSWERS_BESIDE 3
#define FIGURES_MOST 10
#define FIGURE_HIGH 78.0
#define FIGURE_WIDE_MOST 150.0
#define FIGURE_GAP 8.0
#define METHODS_APART 50.0
#define METHODS_HIGH 112.0
#define HEADING 34.0
#define NAME_MOST 250.0
#define TABLE_HEAD 23.0
#define STEP 12.0

/* ---- notes under the table ---- */

#define NOTES 20 /* as many as there are circled numbers */

typedef struct zp_notes { zp_both at[NOTES]; size_t n; } zp_notes;

static const char *note_mark(zp_book *b, size_t i) { return zp_book_say(b, "\xE2\x91%c", (char)(0xA0 + i)); } /* U+2460 and on: ① */

static const char *note(zp_book *b, zp_notes *l, const char *cn, const char *en)
{
	size_t i = 0;
	while (i < l->n && strcmp(l->at[i].cn, cn) != 0)
		i++;
	if (i == NOTES)
		return "＊";
	if (i == l->n)
		l->at[l->n++] = (zp_both){ cn, en };
	return note_mark(b, i);
}

static const char *group_note(zp_book *b, zp_notes *l, const zp_told_group *g)
{
	const char *why = !g->gradable && *g->status ? note(b, l, g->status, g->status_en) : "";
	return *g->doubts ? zp_book_say(b, "%s%s", why, note(b, l, g->doubts, g->doubts_en)) : why;
}

static void put_notes(zp_book *b, const zp_notes *l)
{
	const zp_ink cn = { ZP_REGULAR, 7, ZP_BLACK, 0 }, en = { ZP_REGULAR, 6.2, ZP_GREY, 0 };
	for (size_t i = 0; i < l->n; i++) {
		zp_room(b, 10.5);
		const char *text = zp_book_say(b, "%s %s", note_mark(b, i), l->at[i].cn);
		const double wide = zp_wide(b, cn, text), most = ZP_COLUMN * 0.55;
		zp_put(b, cn, ZP_LEFT_EDGE + 3, b->y + 6, most, ZP_LEFT, text);
		const double at = (wide < most ? wide : most) + 10;
		zp_put(b, en, ZP_LEFT_EDGE + at, b->y + 6, ZP_COLUMN - at, ZP_LEFT, l->at[i].en);
		b->y += 10.5;
	}
	if (l->n)
		b->y += 3;
}

/* ---- heading ---- */

static void put_heading(zp_book *b, size_t p, size_t i)
{
	const zp_told_measurand *m = &b->s->programmes[p].measurands[i];
	b->measurand_at[b->first_of[p] + i] = zp_enter(b, 3, "", (zp_both){ m->name, m->name_en });
	const zp_ink name = { ZP_BOLD, 11.5, ZP_BLACK, 0 }, en = { ZP_REGULAR, 7.8, ZP_GREY, 0 };
	const double wide = zp_wide(b, name, m->name);
	const zp_canvas_column lines = { .x = ZP_LEFT_EDGE + 10, .y = b->y + 11.5, .width = NAME_MOST, .most = 3, .leading = 1.2 };
	const double high = zp_set(b, name, lines, m->name), below = wide > NAME_MOST ? high - 13.8 : 0, at = 17 + (wide < NAME_MOST ? wide : NAME_MOST);
	zp_box(b, ZP_LEFT_EDGE, b->y, 3, 14 + below, ZP_ACCENT);
	zp_put(b, en, ZP_LEFT_EDGE + at, b->y + 11.5, 335 - at > 60 ? 335 - at : 60, ZP_LEFT, zp_book_say(b, "%s  %s", m->name_en, m->code));
	zp_put(b, zp_small, ZP_RIGHT_EDGE, b->y + 11, 155, ZP_RIGHT, *m->unit ? zp_book_say(b, "%s  %s", m->unit, m->limit) : m->limit);
	b->y += below;
	const char *share = zp_percent(b, m->acceptable, m->judged);
	const char *all = zp_book_say(b, "家数 labs %u · 结果 results %u · 评价 judged %u · 可接受 acceptable %u（%s %%）· 满意 satisfactory %u · 不满意 unsatisfactory %u", m->labs, m->results,
	                         m->judged, m->acceptable, share, m->satisfactory, m->unsatisfactory);
	zp_put(b, (zp_ink){ ZP_REGULAR, 7, ZP_GREY, 0 }, ZP_LEFT_EDGE + 10, b->y + 25, ZP_COLUMN - 10, ZP_LEFT, all);
	b->y += HEADING;
}

/* ---- quantities ---- */

static unsigned places(const char *text)
{
	const char *point = strchr(text, '.');
	return point ? (unsigned)strlen(point + 1) : 0;
}

static void widen(unsigned *most, const char *text)
{
	const unsigned n = places(text);
	*most = n > *most ? n : *most;
}

static void put_group(zp_book *b, zp_table_form *form, zp_notes *notes, const char *sample, const zp_told_group *g)
{
	const char *range = *g->low && *g->high ? zp_book_say(b, "%s–%s", g->low, g->high) : "";
	const zp_cell_text cells[ZP_CELLS] = {
		{ .text = sample, .bold = true }, { .text = g->name }, { .text = zp_book_say(b, "%u", g->kept) }, { .text = zp_or_dash(g->x_pt), .bold = true }, { .text = g->u }, { .text = g->s }, { .text = g->cv },
		{ .text = g->gradable ? range : "不评价" }, { .text = zp_percent(b, g->acceptable, g->judged) }, { .text = zp_book_say(b, "%u", g->outliers) }, { .text = group_note(b, notes, g) },
	};
	zp_table_row(b, form, cells);
}

static size_t rows_of(const zp_told_programme *p, const zp_told_measurand *m)
{
	size_t n = 0;
	for (size_t s = 0; s < p->n_samples; s++)
		n += m->samples[s].n_groups ? m->samples[s].n_groups : 1;
	return n;
}

static void put_quantities(zp_book *b, const zp_told_programme *p, const zp_told_measurand *m)
{
	zp_column_form columns[] = {
		{ { "样本", "Sample" }, 46, ZP_COLUMN_LEFT, 0 },     { { "组", "Group" }, 118, ZP_COLUMN_WRAPPED, 0 },     { { "n", "kept" }, 26, ZP_COLUMN_RIGHT, 0 },
		{ { "靶值", "Target" }, 50, ZP_COLUMN_POINT, 0 },    { { "u", "" }, 43, ZP_COLUMN_POINT, 0 },              { { "s", "" }, 43, ZP_COLUMN_POINT, 0 },
		{ { "CV %", "" }, 33, ZP_COLUMN_POINT, 0 },          { { "允许范围", "Allowed" }, 64, ZP_COLUMN_MIDDLE, 0 }, { { "可接受 %", "Accept." }, 33, ZP_COLUMN_POINT, 1 },
		{ { "离群", "Outl." }, 22, ZP_COLUMN_RIGHT, 0 },     { { "注", "" }, 17, ZP_COLUMN_MIDDLE, 0 },
	};
	for (size_t s = 0; s < p->n_samples; s++)
		for (size_t i = 0; i < m->samples[s].n_groups; i++) {
			const zp_told_group *g = &m->samples[s].groups[i];
			widen(&columns[3].digits, g->x_pt), widen(&columns[4].digits, g->u), widen(&columns[5].digits, g->s), widen(&columns[6].digits, g->cv);
		}
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { m->name, *m->name_en ? m->name_en : m->code }, .size = 7.2, .step = STEP };
	zp_notes notes = { .n = 0 };
	zp_table_begin(b, &form);
	for (size_t s = 0; s < p->n_samples; s++) {
		const zp_told_sample *x = &m->samples[s];
		for (size_t i = 0; i < x->n_groups; i++) {
			put_group(b, &form, &notes, i && !zp_table_turns(b, &form) ? "" : x->sample, &x->groups[i]);
			form.ruled = i + 1 == x->n_groups;
		}
		if (!x->n_groups)
			zp_table_row(b, &form, (const zp_cell_text[ZP_CELLS]){ { .text = x->sample, .bold = true }, { .text = x->asked ? "没有可用的结果" : "不要求此项目" } });
	}
	zp_table_end(b, &form);
	b->y -= 4;
	put_notes(b, &notes);
}

/* ---- answers ---- */

/* They are told in the order in which they are asked for, as a rule: the search goes on from the last one. */
static const zp_answers_row *answers_of(zp_book *b, const zp_told_programme *p, const zp_told_measurand *m, const char *sample)
{
	const size_t n = b->s->n_answers;
	for (size_t i = 0; i < n; i++) {
		const size_t at = (b->answers_at + i) % n;
		const zp_answers_row *a = &b->s->answers[at];
		if (strcmp(a->sample, sample) == 0 && strcmp(a->measurand, m->code) == 0 && strcmp(a->programme, p->code) == 0) {
			b->answers_at = at + 1;
			return a;
		}
	}
	return NULL;
}

#define ANSWERS_WIDE 180.0

/* All of them with their numbers; lines end between answers only. */
static const char *answers_say(zp_book *b, const zp_answers_row *a, zp_ink ink)
{
	const char *all = "";
	double at = 0;
	for (size_t i = 0; a && i < a->n_answers; i++) {
		const zp_told_answer *x = &a->answers[i];
		const char *one = zp_book_say(b, "%s%s %u 家 (%s %%)", x->target ? "✓" : "", x->name, x->n, zp_percent(b, x->n, a->n));
		const double wide = zp_wide(b, ink, one) + 8;
		const bool turn = i && at + wide > ANSWERS_WIDE;
		all = zp_book_say(b, "%s%s%s", all, !i ? "" : turn ? "\n" : "　", one);
		at = turn ? wide : at + wide;
	}
	return *all ? all : "–";
}

static const char *strength_says(const char *word)
{
	static const zp_both words[] = { { "阴性", "negative" }, { "弱", "weak" }, { "中等", "medium" }, { "强", "strong" }, { "阳性", "positive" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i].en) == 0)
			return words[i].cn;
	return word;
}

static void put_answers(zp_book *b, const zp_told_programme *p, const zp_told_measurand *m)
{
	static const zp_column_form columns[] = {
		{ { "样本", "Sample" }, 66, ZP_COLUMN_LEFT, 0 },     { { "组", "Group" }, 72, ZP_COLUMN_WRAPPED, 0 },      { { "n", "kept" }, 28, ZP_COLUMN_RIGHT, 0 },
		{ { "靶值", "Expected" }, 60, ZP_COLUMN_WRAPPED, 0 }, { { "可接受率 %", "Acceptable" }, 66, ZP_COLUMN_SHARE, 0 },
		{ { "各答复的家数（✓ 为靶值）", "Answers, n and %" }, ANSWERS_WIDE + 6, ZP_COLUMN_WRAPPED, 0 }, { { "注", "" }, 17, ZP_COLUMN_MIDDLE, 0 },
	};
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { m->name, *m->name_en ? m->name_en : m->code }, .size = 7.2, .step = STEP };
	zp_notes notes = { .n = 0 };
	zp_table_begin(b, &form);
	for (size_t s = 0; s < p->n_samples; s++) {
		const zp_told_sample *x = &m->samples[s];
		const zp_answers_row *a = answers_of(b, p, m, x->sample);
		const char *name = a && *a->strength ? zp_book_say(b, "%s  %s", x->sample, strength_says(a->strength)) : x->sample;
		for (size_t i = 0; i < x->n_groups; i++) {
			const zp_told_group *g = &x->groups[i];
			const zp_cell_text cells[ZP_CELLS] = {
				{ .text = i ? "" : name, .bold = true }, { .text = g->name }, { .text = zp_book_say(b, "%u", g->kept) }, { .text = g->gradable ? zp_or_dash(g->x_pt) : "不评价", .bold = true },
				{ .text = zp_percent(b, g->acceptable, g->judged), .share = zp_share_of(g->acceptable, g->judged) }, { .text = i ? "" : answers_say(b, a, (zp_ink){ ZP_REGULAR, 7.2, ZP_BLACK, 0 }) }, { .text = group_note(b, &notes, g) },
			};
			zp_table_row(b, &form, cells);
			form.ruled = i + 1 == x->n_groups;
		}
		if (!x->n_groups)
			zp_table_row(b, &form, (const zp_cell_text[ZP_CELLS]){ { .text = x->sample, .bold = true }, { .text = x->asked ? "没有可用的结果" : "不要求此项目" } });
	}
	zp_table_end(b, &form);
	b->y -= 4;
	put_notes(b, &notes);
}

/* ---- figures ---- */

static void put_figure(zp_book *b, size_t p, size_t m, size_t s, zp_figure_kind kind, double x, double w, double h)
{
	const char *none = "无图 no figure";
	if (b->pass == ZP_GATHER)
		zp_put(b, zp_quiet, x, b->y, w, ZP_LEFT, none);
	if (b->pass != ZP_PRINT || b->sans->failed)
		return;
	const zp_figure *f = b->s->draw(b->s, p, m, s, kind, ZP_BOTH_TONGUES, (float)w, (float)h);
	if (f)
		zp_canvas_figure(b->sans, f, x, b->y, 1);
	else
		zp_put(b, zp_quiet, x + w / 2, b->y + h / 2, w, ZP_CENTRE, none);
}

/* Whose figures they are, where they stand at the head of a page. */
static void put_name_again(zp_book *b, const zp_told_measurand *m)
{
	zp_put(b, (zp_ink){ ZP_BOLD, 8.4, ZP_BLACK, 0 }, ZP_LEFT_EDGE, b->y + 8, ZP_COLUMN, ZP_LEFT, zp_book_say(b, "%s（续）  %s", m->name, m->name_en));
	b->y += 15;
}

/* A quantity that is not in the sample: what is expected there is a word. */
static bool undetected(const zp_told_sample *x)
{
	for (size_t i = 0; i < x->n_groups; i++)
		if (*x->groups[i].x_pt)
			return !strchr("-0123456789", *x->groups[i].x_pt);
	return false;
}

/* Whether a figure of this sample says something. */
static bool worth(zp_book *b, const zp_told_programme *g, const zp_told_measurand *m, size_t s)
{
	if (!m->samples[s].asked || !m->samples[s].results)
		return false;
	if (!m->answered)
		return !undetected(&m->samples[s]);
	const zp_answers_row *a = answers_of(b, g, m, m->samples[s].sample);
	return a && a->n_answers >= ANSWERS_LEAST;
}

static size_t figures_of(zp_book *b, const zp_told_programme *g, const zp_told_measurand *m)
{
	size_t n = 0;
	for (size_t s = 0; b->s->draw && s < g->n_samples && n < FIGURES_MOST; s++)
		n += worth(b, g, m, s);
	return n;
}

static void put_row(zp_book *b, size_t p, size_t i, size_t n)
{
	const zp_told_programme *g = &b->s->programmes[p];
	const zp_told_measurand *m = &g->measurands[i];
	const size_t most = m->answered ? ANSWERS_BESIDE : FIGURES, beside = n < most ? n : most;
	const double fair = (ZP_COLUMN - (double)(beside - 1) * FIGURE_GAP) / (double)beside, w = fair < FIGURE_WIDE_MOST ? fair : FIGURE_WIDE_MOST;
	for (size_t s = 0, at = 0; s < g->n_samples && at < n; s++) {
		if (!worth(b, g, m, s))
			continue;
		const size_t column = at++ % beside;
		if (!column && zp_room(b, FIGURE_HIGH + 14))
			put_name_again(b, m);
		const double x = ZP_LEFT_EDGE + (double)column * (w + FIGURE_GAP);
		zp_put(b, (zp_ink){ ZP_BOLD, 6.8, ZP_BLACK, 0 }, x, b->y + 7, w, ZP_LEFT, zp_book_say(b, "样本 %s", m->samples[s].sample));
		if (!m->answered)
			zp_put(b, zp_quiet, x + w, b->y + 7, w * 0.4, ZP_RIGHT, zp_book_say(b, "家数 n %u", m->samples[s].results));
		b->y += 10;
		put_figure(b, p, i, s, m->answered ? ZP_FIGURE_ANSWERS : ZP_FIGURE_HISTOGRAM, x, w, FIGURE_HIGH);
		b->y -= 10;
		if (column + 1 == beside || at == n)
			b->y += FIGURE_HIGH + 16;
	}
}

/* The sample whose targets lie farthest apart; SIZE_MAX: in none far enough. */
static size_t apart_in(const zp_told_programme *g, const zp_told_measurand *m)
{
	double most = METHODS_APART;
	size_t in = SIZE_MAX;
	for (size_t s = 0; s < g->n_samples; s++) {
		const double apart = zp_apart(&m->samples[s], NULL, NULL);
		if (apart >= most && (in == SIZE_MAX || apart > most))
			most = apart, in = s;
	}
	return in;
}

static void put_methods(zp_book *b, size_t p, size_t i, size_t s)
{
	const zp_told_sample *x = &b->s->programmes[p].measurands[i].samples[s];
	const double high = METHODS_HIGH + (x->n_groups > 4 ? 12.0 * (double)(x->n_groups - 4) : 0);
	if (zp_room(b, high + 14))
		put_name_again(b, &b->s->programmes[p].measurands[i]);
	zp_put(b, (zp_ink){ ZP_BOLD, 6.8, ZP_BLACK, 0 }, ZP_LEFT_EDGE, b->y + 7, ZP_COLUMN, ZP_LEFT, zp_book_say(b, "各组比较 Groups compared · 样本 %s", x->sample));
	b->y += 10;
	put_figure(b, p, i, s, ZP_FIGURE_METHODS, ZP_LEFT_EDGE, ZP_COLUMN, high);
	b->y += high + 6;
}

void zp_block(zp_book *b, size_t p, size_t i)
{
	const zp_told_programme *g = &b->s->programmes[p];
	const zp_told_measurand *m = &g->measurands[i];
	const size_t drawn = figures_of(b, g, m);
	const double rows = (double)rows_of(g, m) * STEP, figures = drawn ? FIGURE_HIGH + 16 : 0;
	const double all = HEADING + TABLE_HEAD + rows + figures + 20, least = HEADING + TABLE_HEAD + 5 * STEP;
	zp_skip(b, 10);
	zp_room(b, all < 330 ? all : least); /* what is no longer than that stays together */
	put_heading(b, p, i);
	if (m->answered)
		put_answers(b, g, m);
	else
		put_quantities(b, g, m);
	if (!drawn)
		return;
	put_row(b, p, i, drawn);
	const size_t apart = m->answered ? SIZE_MAX : apart_in(g, m);
	if (apart != SIZE_MAX)
		put_methods(b, p, i, apart);
}
