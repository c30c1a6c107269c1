/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "booklet.h"
#include <stdlib.h>
#include <string.h>

#define LIST_ROW 16.5
#define LIST_ROW_LEAST 15.2
#define LIST_FEW 140.0   /* on a last page there is less than so much of the list: closer lines may spare it */
#define GAP 15.0         /* below a measurand */
#define LEAST_SCALE 0.78 /* to which figures may shrink so that a measurand has room on one page */
#define FIGURE_BELOW 24.0 /* a figure's title, and room around */

/* Where the next part goes. */
typedef struct zp_flow {
	size_t page;
	double y;
	bool fresh; /* nothing but headings stands on this page */
} zp_flow;

/* ---- what there is ---- */

static int more_pressing(const void *a, const void *b)
{
	const zp_entry *x = *(const zp_entry *const *)a, *y = *(const zp_entry *const *)b;
	if (x->measurand->heed != y->measurand->heed)
		return x->measurand->heed > y->measurand->heed ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void count_rows(zp_sums *s, const zp_report_measurand *m)
{
	for (size_t i = 0; i < m->n_rows; i++) {
		s->judged += m->rows[i].verdict != ZP_NOT_EVALUATED;
		s->acceptable += m->rows[i].verdict == ZP_ACCEPTABLE;
	}
}

static void gather(zp_booklet *b)
{
	const zp_report *r = b->report;
	size_t n = 0;
	for (size_t p = 0; p < r->n_programmes; p++)
		n += r->programmes[p].n_measurands;
	b->entries = b->host->take(b->host, (n + 1) * sizeof(*b->entries));
	b->heeded = b->host->take(b->host, (n + 1) * sizeof(*b->heeded));
	b->programme_page = b->host->take(b->host, (r->n_programmes + 1) * sizeof(*b->programme_page));
	b->absent = b->host->take(b->host, (r->n_programmes + 1) * sizeof(*b->absent));
	for (size_t p = 0; p < r->n_programmes; p++) {
		const zp_report_programme *g = &r->programmes[p];
		b->absent[p] = 0;
		b->sums.programmes += g->satisfaction != ZP_NEITHER;
		b->sums.satisfactory += g->satisfaction == ZP_SATISFACTORY;
		for (size_t m = 0; m < g->n_measurands; m++) {
			if (zp_measurand_absent(&g->measurands[m])) {
				b->absent[p]++;
				continue;
			}
			b->entries[b->n_entries++] = (zp_entry){ g, &g->measurands[m], p, 0, 0 };
			count_rows(&b->sums, &g->measurands[m]);
		}
	}
	b->sums.measurands = b->n_entries;
	for (size_t i = 0; i < b->n_entries; i++)
		if (b->entries[i].measurand->heed)
			b->heeded[b->sums.heeded++] = &b->entries[i];
	qsort(b->heeded, b->sums.heeded, sizeof(*b->heeded), more_pressing);
}

/* ---- parts one below the other ---- */

static void put(zp_booklet *b, zp_flow *f, zp_part part)
{
	if (b->n_parts == b->room) {
		size_t room = b->room ? b->room * 2 : 256;
		zp_part *at = b->host->take(b->host, room * sizeof(*at));
		if (b->n_parts)
			memcpy(at, b->parts, b->n_parts * sizeof(*at));
		b->parts = at;
		b->room = room;
	}
	part.page = f->page;
	part.y = f->y;
	b->parts[b->n_parts++] = part;
	f->y += part.height;
}

static void turn(zp_flow *f)
{
	*f = (zp_flow){ f->page + 1, ZP_TOP, true };
}

static bool fits(const zp_flow *f, double height)
{
	return f->y + height <= ZP_BOTTOM;
}

/* ---- the list ---- */

static zp_part list_part(const zp_booklet *b, zp_part part)
{
	part.height = zp_list_height(b, &part);
	return part;
}

static void put_listed(zp_booklet *b, zp_flow *f, zp_part part, double with)
{
	part = list_part(b, part);
	if (!fits(f, part.height + with)) {
		turn(f);
		put(b, f, list_part(b, (zp_part){ .kind = ZP_PART_LIST_HEAD, .continued = true }));
	}
	put(b, f, part);
}

static size_t place_of(const zp_booklet *b, const zp_entry *e)
{
	return (size_t)(e - b->entries);
}

static void plan_list(zp_booklet *b, zp_flow *f)
{
	const zp_sums *s = &b->sums;
	put(b, f, list_part(b, (zp_part){ .kind = ZP_PART_LIST_HEAD }));
	if (s->heeded)
		put_listed(b, f, (zp_part){ .kind = ZP_PART_LIST_TITLE, .first = 0 }, 30);
	for (size_t i = 0; i < s->heeded; i++)
		put_listed(b, f, (zp_part){ .kind = ZP_PART_LIST_ROW, .entry = place_of(b, b->heeded[i]) }, 0);
	if (s->heeded && s->heeded < s->measurands)
		put_listed(b, f, (zp_part){ .kind = ZP_PART_LIST_TITLE, .first = 1 }, 60);
	for (size_t p = 0, i = 0; p < b->report->n_programmes; p++) {
		put_listed(b, f, (zp_part){ .kind = ZP_PART_LIST_GROUP, .programme = p }, 24);
		for (; i < b->n_entries && b->entries[i].p == p; i++)
			if (!b->entries[i].measurand->heed)
				put_listed(b, f, (zp_part){ .kind = ZP_PART_LIST_ROW, .entry = i }, 0);
	}
}

/* ---- a measurand ---- */

typedef struct zp_block {
	size_t entry;
	const zp_report_measurand *measurand;
	double scale;   /* of figures */
	bool filled;    /* peers stand beside the last figure */
} zp_block;

static zp_part block_part(const zp_booklet *b, zp_part part)
{
	part.height = zp_block_height(b, &part);
	return part;
}

/* A figure may leave the lower part of its sheet empty. */
static double used(const zp_figure *f)
{
	float low = 0;
	for (size_t i = 0; i < f->n; i++) {
		const zp_drawn *m = &f->marks[i];
		const float at = m->kind == ZP_MARK_BOX ? m->y + m->h : m->kind == ZP_MARK_TEXT ? m->y + m->h * 0.3f : m->kind == ZP_MARK_ELLIPSE ? m->y + m->h : m->y + m->w / 2;
		low = m->kind != ZP_MARK_PATH && at > low ? at : low;
		for (size_t k = 0; m->kind == ZP_MARK_PATH && k < m->n; k++)
			low = m->points[k].y > low ? m->points[k].y : low;
	}
	return (double)(low < f->height ? low : f->height);
}

static double figures_high(const zp_report_measurand *m, size_t first, double scale)
{
	double high = 0;
	for (size_t i = first; i < m->n_figures && i < first + 2; i++) {
		const double h = used(m->figures[i].figure) * ZP_HALF / (double)m->figures[i].figure->width;
		high = h > high ? h : high;
	}
	return high * scale + FIGURE_BELOW;
}

/* Its parts in their order, as long as there are any. */
static bool next_part(const zp_booklet *b, const zp_block *k, size_t *at, zp_part *out)
{
	const zp_report_measurand *m = k->measurand;
	const size_t rows = m->n_figures / 2 + m->n_figures % 2, bands = m->n_peers && !k->filled ? (zp_peers_samples(m) + ZP_PEERS_BESIDE - 1) / ZP_PEERS_BESIDE : 0;
	for (;; ++*at) {
		zp_part p = { .entry = k->entry, .scale = k->scale };
		size_t i = *at;
		if (i == 0) {
			p.kind = ZP_PART_BAR;
		} else if (i == 1) {
			if (!m->n_findings)
				continue;
			p.kind = ZP_PART_FINDINGS;
		} else if (i == 2) {
			if (!m->n_rows)
				continue;
			p.kind = ZP_PART_HEADS;
		} else if (i < 3 + m->n_rows) {
			p.kind = ZP_PART_ROWS;
			p.first = i - 3;
			p.n = 1;
		} else if (i == 3 + m->n_rows) {
			if (!zp_has_remarks(m))
				continue;
			p.kind = ZP_PART_REMARKS;
		} else if (i < 4 + m->n_rows + rows) {
			p.kind = ZP_PART_FIGURES;
			p.first = 2 * (i - 4 - m->n_rows);
			p.n = m->n_figures - p.first < 2 ? m->n_figures - p.first : 2;
			p.last = k->filled && p.n == 1;
			p.height = figures_high(m, p.first, k->scale);
		} else if (i < 4 + m->n_rows + rows + bands) {
			const size_t all = zp_peers_samples(m);
			p.kind = ZP_PART_PEERS;
			p.first = (i - 4 - m->n_rows - rows) * ZP_PEERS_BESIDE;
			p.n = all - p.first < ZP_PEERS_BESIDE ? all - p.first : ZP_PEERS_BESIDE;
		} else {
			return false;
		}
		*out = p.kind == ZP_PART_FIGURES ? p : block_part(b, p);
		++*at;
		return true;
	}
}

static double block_high(const zp_booklet *b, const zp_block *k)
{
	double high = 0;
	zp_part part;
	for (size_t at = 0; next_part(b, k, &at, &part);)
		high += part.height;
	return high;
}

/* How large its figures are, so that it has room on a page. */
static double fit_block(const zp_booklet *b, zp_block *k, double room)
{
	const zp_report_measurand *m = k->measurand;
	k->scale = 1;
	k->filled = m->n_figures % 2 && m->n_peers && zp_peers_fill(b, m, figures_high(m, m->n_figures - 1, 1) - FIGURE_BELOW);
	const double high = block_high(b, k);
	if (high <= room || !m->n_figures)
		return high;
	double drawn = 0;
	for (size_t i = 0; i < m->n_figures; i += 2)
		drawn += figures_high(m, i, 1) - FIGURE_BELOW;
	const double scale = (drawn - (high - room)) / drawn;
	if (scale < LEAST_SCALE)
		return high;
	k->scale = scale;
	if (k->filled && !zp_peers_fill(b, m, (figures_high(m, m->n_figures - 1, 1) - FIGURE_BELOW) * scale)) {
		k->filled = false;
		k->scale = 1;
	}
	return block_high(b, k);
}

static void plan_block(zp_booklet *b, zp_flow *f, size_t entry)
{
	zp_block k = { .entry = entry, .measurand = b->entries[entry].measurand };
	const double page = f->fresh ? ZP_BOTTOM - f->y : ZP_BOTTOM - ZP_TOP;
	const double high = fit_block(b, &k, page);
	if (!f->fresh && !fits(f, high <= page ? high : page / 2))
		turn(f);
	b->entries[entry].page = f->page;
	b->entries[entry].y = f->y;
	zp_part part;
	for (size_t at = 0; next_part(b, &k, &at, &part);) {
		if (!fits(f, part.height + (part.kind == ZP_PART_HEADS ? 30 : 0))) {
			turn(f);
			put(b, f, block_part(b, (zp_part){ .kind = ZP_PART_BAR, .entry = entry, .continued = true }));
			if (part.kind == ZP_PART_ROWS)
				put(b, f, block_part(b, (zp_part){ .kind = ZP_PART_HEADS, .entry = entry }));
		}
		zp_part *before = b->n_parts ? &b->parts[b->n_parts - 1] : NULL;
		if (part.kind == ZP_PART_ROWS && before && before->kind == ZP_PART_ROWS && before->entry == entry && before->page == f->page) {
			before->n++;
			before->height += part.height;
			f->y += part.height;
		} else {
			put(b, f, part);
		}
	}
	f->y += GAP;
	f->fresh = false;
}

/* ---- a programme ---- */

static zp_part text_part(const zp_booklet *b, zp_part part)
{
	part.height = zp_text_height(b, &part);
	return part;
}

static void put_text(zp_booklet *b, zp_flow *f, zp_part part, double with)
{
	part = text_part(b, part);
	if (!fits(f, part.height + with))
		turn(f);
	put(b, f, part);
	f->fresh = false;
}

/* The programme at a glance: some samples beside each other, and as many measurands as a page has room for. */
static void plan_panel(zp_booklet *b, zp_flow *f, size_t p)
{
	const zp_report_programme *g = &b->report->programmes[p];
	for (size_t s = 0; s < g->n_samples; s += ZP_PANEL_SAMPLES) {
		const size_t n_samples = g->n_samples - s < ZP_PANEL_SAMPLES ? g->n_samples - s : ZP_PANEL_SAMPLES;
		for (size_t first = 0; zp_panel_measurand(g, first);) {
			double height = zp_panel_head_height(), more;
			size_t n = 0;
			const zp_report_measurand *m;
			for (; (m = zp_panel_measurand(g, first + n)); n++, height += more) {
				more = zp_panel_row_height(b->paper, m);
				const double sums = zp_panel_measurand(g, first + n + 1) ? 0 : zp_panel_sum_height(g, s);
				if (!fits(f, height + more + sums) && (n || !f->fresh))
					break;
			}
			if (!n || (n < 3 && m && !f->fresh)) {
				turn(f);
				continue;
			}
			put(b, f, (zp_part){ .kind = ZP_PART_PANEL, .programme = p, .first = first, .n = n, .first_sample = s, .n_samples = n_samples,
			                     .last = !m, .continued = first > 0, .height = height + (m ? 0 : zp_panel_sum_height(g, s)) });
			f->fresh = false;
			first += n;
		}
	}
	f->y += 8;
}

#define ABSENT_BYTES 2000 /* after so many a new paragraph begins: a page, and a text that can be set, has an end */

/* "未开展 Not performed: 葡萄糖 Glucose (GLU)、…" from measurand *m on, which is moved behind the last that is named;
 * NULL when all others are performed. */
static const char *absent_text(const zp_booklet *b, const zp_report_programme *g, size_t *m)
{
	const char *text = NULL;
	for (; *m < g->n_measurands && (!text || strlen(text) < ABSENT_BYTES); ++*m) {
		const zp_report_measurand *x = &g->measurands[*m];
		if (!zp_measurand_absent(x))
			continue;
		const char *before = text ? zp_join(b->host, text, zp_say_cn(ZP_SAY_LIST), NULL)
					  : zp_join(b->host, zp_standing_cn(x->standing), " ", zp_standing_en(x->standing), ":  ", NULL);
		text = zp_join(b->host, before, x->name, *x->name_en ? " " : "", x->name_en, " (", x->code, ")", NULL);
	}
	return text;
}

/* A heading does not stand alone at the foot of a page. */
static double first_high(const zp_booklet *b, size_t p, size_t entry)
{
	if (b->report->programmes[p].panel)
		return 120;
	if (entry >= b->n_entries || b->entries[entry].p != p)
		return 30;
	zp_block k = { .entry = entry, .measurand = b->entries[entry].measurand };
	return fit_block(b, &k, ZP_BOTTOM - ZP_TOP);
}

static void plan_programme(zp_booklet *b, zp_flow *f, size_t p, size_t *entry)
{
	const zp_report_programme *g = &b->report->programmes[p];
	const double heading = text_part(b, (zp_part){ .kind = ZP_PART_HEADING, .programme = p }).height;
	if (!f->fresh && !fits(f, heading + first_high(b, p, *entry)))
		turn(f);
	b->programme_page[p] = f->page;
	put(b, f, text_part(b, (zp_part){ .kind = ZP_PART_HEADING, .programme = p }));
	if (!g->n_measurands)
		put_text(b, f, (zp_part){ .kind = ZP_PART_TEXT, .programme = p, .text = zp_say_cn(ZP_SAY_NOTHING), .text_en = zp_say_en(ZP_SAY_NOTHING) }, 0);
	if (g->panel)
		plan_panel(b, f, p);
	for (; *entry < b->n_entries && b->entries[*entry].p == p; ++*entry)
		plan_block(b, f, *entry);
	const char *absent;
	for (size_t m = 0; (absent = absent_text(b, g, &m));)
		put_text(b, f, (zp_part){ .kind = ZP_PART_ABSENT, .programme = p, .text = absent, .text_en = "" }, 0);
	f->y += 6;
}

/* ---- the end ---- */

static zp_kinds kinds_of(const zp_booklet *b)
{
	zp_kinds has = zp_kinds_of(b->report);
	for (size_t i = 0; i < b->n_entries; i++)
		zp_kinds_add(&has, b->entries[i].measurand);
	return has;
}

static zp_part appeal_part(const zp_booklet *b)
{
	const bool told = *b->report->appeal != '\0';
	return (zp_part){ .kind = ZP_PART_TEXT, .last = told, .text = told ? b->report->appeal : zp_say_cn(ZP_SAY_NO_APPEAL),
		          .text_en = told ? b->report->appeal_en : zp_say_en(ZP_SAY_NO_APPEAL) };
}

static zp_part note_part(zp_say w)
{
	return (zp_part){ .kind = ZP_PART_TEXT, .text = zp_say_cn(w), .text_en = zp_say_en(w) };
}

#define END_GAP 8.0
static double end_high(const zp_booklet *b, const zp_kinds *has)
{
	double high = 2 * text_part(b, (zp_part){ .kind = ZP_PART_TITLE }).height + text_part(b, appeal_part(b)).height + END_GAP;
	for (int w = ZP_SAY_NOTE_FIRST; w <= ZP_SAY_NOTE_EMPTY; w++)
		if (zp_note_is_wanted(has, (zp_say)w))
			high += text_part(b, note_part((zp_say)w)).height;
	return high;
}

static void plan_end(zp_booklet *b, zp_flow *f)
{
	const zp_kinds has = kinds_of(b);
	if (!f->fresh && !fits(f, end_high(b, &has)))
		turn(f);
	b->notes_page = f->page;
	put_text(b, f, (zp_part){ .kind = ZP_PART_TITLE, .first = ZP_SAY_APPEAL }, 40);
	put_text(b, f, appeal_part(b), 0);
	f->y += END_GAP;
	put_text(b, f, (zp_part){ .kind = ZP_PART_TITLE, .first = ZP_SAY_READ }, 40);
	for (int w = ZP_SAY_NOTE_FIRST; w <= ZP_SAY_NOTE_EMPTY; w++)
		if (zp_note_is_wanted(&has, (zp_say)w))
			put_text(b, f, note_part((zp_say)w), 0);
}

void zp_booklet_plan(zp_booklet *b)
{
	gather(b);
	b->courses = kinds_of(b).courses;
	zp_flow f = { 1, zp_front_height(b), false };
	b->list_row = LIST_ROW;
	plan_list(b, &f);
	if (f.page > 1 && f.y < ZP_TOP + LIST_FEW) { /* a few lines more than whole pages */
		b->list_row = LIST_ROW_LEAST;
		b->n_parts = 0;
		f = (zp_flow){ 1, zp_front_height(b), false };
		plan_list(b, &f);
	}
	turn(&f);
	size_t entry = 0;
	for (size_t p = 0; p < b->report->n_programmes; p++)
		plan_programme(b, &f, p, &entry);
	plan_end(b, &f);
	b->pages = f.page;
}
