/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The programmes of a laboratory's record: rounds, measurands, what is certified, papers. */
#include <string.h>
#include "year/record_parts.h"
#include "year/trends.h"

bool zp_record_took_part(const zp_year_programme *p, size_t lab, size_t *row)
{
	size_t low = 0, high = p->n_labs;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (p->labs[middle] < lab)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == p->n_labs || p->labs[low] != lab)
		return false;
	*row = low;
	const zp_year_cell *cells = zp_year_cells(p, low, p->n_measurands);
	for (size_t i = 0; i < p->n_held; i++)
		if (p->held[i].in_year && cells[i].outcome > ZP_OUT_ABSENT)
			return true;
	return false;
}

static const char *level_word(zp_level level)
{
	static const char *const words[] = { "national", "provincial", "city", "county" };
	return words[level];
}

static const char *result_word(const zp_year_cell *cell)
{
	if (cell->outcome == ZP_OUT_UNSATISFACTORY && cell->standing == ZP_STANDS_LATE)
		return "late";
	if (cell->outcome == ZP_OUT_UNSATISFACTORY && cell->standing == ZP_STANDS_NOT_RETURNED)
		return "not-returned";
	static const char *const words[] = { "", "absent", "excused", "not-evaluated", "satisfactory", "unsatisfactory" };
	return words[cell->outcome];
}

static bool is_evaluated(const zp_year_cell *cell) { return cell->outcome >= ZP_OUT_SATISFACTORY && cell->total; }

/* Zeros of late and unreturned rounds are in it. */
static zp_fraction mean_score(const zp_year_cell *cells, const zp_year_held *held, size_t n)
{
	zp_fraction sum = { 0, 1 };
	int64_t credit = 0, total = 0, rounds = 0;
	bool same = true;
	for (size_t i = 0; i < n; i++) {
		if (!held[i].in_year || !is_evaluated(&cells[i]))
			continue;
		same = same && (!rounds || total == cells[i].total);
		total = cells[i].total;
		credit += cells[i].credit;
		rounds++;
	}
	if (!rounds || same)
		return zp_fraction_of(credit, 100 * total * rounds);
	for (size_t i = 0; i < n; i++)
		if (held[i].in_year && is_evaluated(&cells[i]))
			sum = zp_fraction_plus(sum, zp_fraction_of(cells[i].credit, (int64_t)cells[i].total * 100 * rounds));
	return sum;
}

/* Status, counts of rounds and mean: of a measurand, or of the programme as a whole. */
static void put_standing(zp_tags *w, const zp_year_programme *p, const zp_year_cell *cells, const zp_status *s, bool has_status)
{
	char letters[300];
	if (has_status)
		zp_tag_text(w, "status", zp_status_word((zp_state_of_year)s->year));
	zp_tag_text(w, "sequence", zp_status_letters(cells, p->held, p->n_held, letters, sizeof letters));
	if (has_status && s->first != UINT8_MAX)
		zp_tag_text(w, "unsuccessful-from", p->held[s->first].round->id);
	zp_tag_whole(w, "rounds", s->satisfactory + s->unsatisfactory + s->excused + s->not_evaluated + s->absent);
	zp_tag_whole(w, "satisfactory", s->satisfactory);
	zp_tag_whole(w, "unsatisfactory", s->unsatisfactory);
	zp_tag_whole(w, "late", s->late);
	zp_tag_whole(w, "not-returned", s->not_returned);
	zp_tag_whole(w, "excused", s->excused);
	zp_tag_whole(w, "not-evaluated", s->not_evaluated);
	zp_tag_whole(w, "absent", s->absent);
	zp_tag_percent(w, "mean", mean_score(cells, p->held, p->n_held));
}

static void put_rounds(zp_tags *w, const zp_year_programme *p, const zp_year_cell *cells)
{
	for (size_t i = 0; i < p->n_held; i++) {
		if (!p->held[i].in_year || cells[i].outcome == ZP_OUT_NOT_HELD)
			continue;
		zp_tag_open(w, "round");
		zp_tag_text(w, "id", p->held[i].round->id);
		zp_tag_whole(w, "number", p->held[i].round->number);
		zp_tag_text(w, "date", p->held[i].round->closes);
		zp_tag_text(w, "result", result_word(&cells[i]));
		if (is_evaluated(&cells[i]))
			zp_tag_percent(w, "score", zp_fraction_of(cells[i].credit, (int64_t)cells[i].total * 100));
		zp_tag_end(w);
	}
}

static void put_certified(zp_tags *w, const zp_year *year, size_t programme, size_t row, size_t measurand)
{
	const zp_year_programme *p = &year->chronicle->programmes[programme];
	for (size_t i = 0; i < year->wish->rules->n_certificates; i++) {
		const zp_cert_line *lines = year->lines[i].of[programme];
		const zp_cert_line *line = lines ? &lines[row * p->n_measurands + measurand] : NULL;
		if (!line || !p->measurands[measurand].held || (line->certified == ZP_CERT_NOTHING_EVALUATED && !line->participated))
			continue;
		zp_tag_open(w, "certified");
		zp_tag_text(w, "by", year->lines[i].rule->id);
		zp_tag_text(w, "result", zp_certified_word((zp_certified)line->certified));
		zp_tag_percent(w, "mean", line->mean);
		zp_tag_end(w);
	}
}

static void put_measurand(zp_tags *w, const zp_year *year, size_t programme, size_t row, size_t k)
{
	const zp_year_programme *p = &year->chronicle->programmes[programme];
	const zp_annal_measurand *says = p->measurands[k].says;
	const zp_status *s = zp_status_at(&year->statuses, year->chronicle, programme, row, k);
	const zp_year_cell *cells = zp_year_cells(p, row, k);
	bool has_status = false;
	if (!(s->satisfactory + s->unsatisfactory + s->excused + s->not_evaluated))
		return;
	for (size_t i = 0; i < p->n_held; i++)
		has_status |= p->held[i].in_year && p->held[i].by_measurand;
	zp_tag_open(w, "measurand");
	zp_tag_text(w, "code", says->code);
	zp_tag_text(w, "name", says->name);
	zp_tag_text(w, "name-en", says->name_en);
	zp_tag_text(w, "specimen", says->specimen);
	zp_tag_text(w, "item", year->chronicle->items[p->measurands[k].item].item);
	zp_tag_text(w, "unit", says->unit);
	put_standing(w, p, cells, s, has_status);
	zp_tag_enter(w);
	put_rounds(w, p, cells);
	put_certified(w, year, programme, row, k);
	if (year->trends)
		zp_trend_record(year->trends, programme, row, k, w);
	zp_tag_leave(w, "measurand");
}

/* Papers are ordered by programme and laboratory. */
static const zp_certificate *find_paper(const zp_certificates *papers, size_t programme, size_t lab)
{
	size_t low = 0, high = papers->n;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		const zp_certificate *c = &papers->at[middle];
		if (c->programme < programme || (c->programme == programme && c->lab < lab))
			low = middle + 1;
		else
			high = middle;
	}
	return low < papers->n && papers->at[low].programme == programme && papers->at[low].lab == lab ? &papers->at[low] : NULL;
}

static void put_papers(zp_tags *w, const zp_year *year, size_t programme, size_t lab)
{
	for (size_t i = 0; i < year->wish->rules->n_certificates; i++) {
		const zp_certificate *paper = find_paper(&year->papers[i], programme, lab);
		if (!paper)
			continue;
		zp_tag_open(w, "paper");
		zp_tag_text(w, "certificate", paper->rule->id);
		zp_tag_text(w, "number", paper->number);
		zp_tag_whole(w, "items", (int64_t)paper->n_measurands);
		zp_tag_whole(w, "issue", paper->issue);
		zp_tag_text(w, "issued", paper->issued ? paper->issued : year->wish->issued);
		zp_tag_end(w);
	}
}

static void put_programme(zp_tags *w, const zp_year *year, size_t programme, size_t lab, size_t row)
{
	const zp_year_programme *p = &year->chronicle->programmes[programme];
	const zp_year_cell *cells = zp_year_cells(p, row, p->n_measurands);
	const char *element = p->says->trueness ? "trueness-programme" : "programme";
	zp_tag_open(w, element);
	zp_tag_text(w, "code", p->says->code);
	zp_tag_text(w, "name", p->says->name);
	zp_tag_text(w, "name-en", p->says->name_en);
	zp_tag_text(w, "level", level_word(p->says->level));
	zp_tag_text(w, "organiser", p->organiser);
	zp_tag_text(w, "trueness", p->says->trueness ? "yes" : "no");
	put_standing(w, p, cells, zp_status_at(&year->statuses, year->chronicle, programme, row, p->n_measurands), true);
	zp_tag_enter(w);
	put_rounds(w, p, cells);
	for (size_t k = 0; k < p->n_measurands; k++)
		put_measurand(w, year, programme, row, k);
	put_papers(w, year, programme, lab);
	zp_tag_leave(w, element);
}

/* Trueness programmes last, under another name: they count in no title, and a condition on `programme` cannot meet them by mistake. */
void zp_record_programmes(zp_tags *w, const zp_year *year, size_t lab)
{
	for (int trueness = 0; trueness <= 1; trueness++)
		for (size_t i = 0; i < year->chronicle->n_programmes; i++) {
			const zp_year_programme *p = &year->chronicle->programmes[i];
			size_t row;
			if (p->says->trueness == (bool)trueness && zp_record_took_part(p, lab, &row))
				put_programme(w, year, i, lab, row);
		}
}
