/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results-csv: what a laboratory is told, as a table that programs read (docs/formats/lab-results.md). */
#include "separated.h"

typedef enum zp_cell { ZP_CELL_TEXT, ZP_CELL_NUMBER } zp_cell;

static const char header[] =
	"programme,measurand,name,unit,sample,value,x_pt,low,high,bias,bias_pct,sdi,sdi_informative,verdict,says,reason,"
	"group,group_n,method,limit,S1,S1_satisfaction,S,accepted,total,S_satisfaction,certificate,doubts,"
	"value_en,x_pt_en,sent,index,allowed,also,credit,flags,answers,answers_n,weight,sample_right\n";

static size_t digits(const char *s)
{
	return strspn(s, "0123456789");
}

/* Sign, digits, point, digits, exponent: what a spreadsheet takes as a number and nothing else. */
static bool is_number(const char *s)
{
	s += *s == '+' || *s == '-';
	size_t n = digits(s);
	s += n;
	if (*s == '.') {
		size_t more = digits(++s);
		s += more;
		n += more;
	}
	if (!n)
		return false;
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '+' || *s == '-';
		if (!digits(s))
			return false;
		s += digits(s);
	}
	return *s == '\0';
}

/* One cell, with the separator after it. A text that a spreadsheet would take for a formula gets a ' before it;
 * a number stays a number. */
static void cell(zp_table *t, zp_cell kind, const char *text, char after)
{
	zp_table_cell(t, text, zp_is_formula(text) && !(kind == ZP_CELL_NUMBER && is_number(text)), ",\"\r\n", after);
}

/* The words of the round's own tables. */
static const char *verdict(zp_verdict v)
{
	return v == ZP_ACCEPTABLE ? "acceptable" : v == ZP_UNACCEPTABLE ? "unacceptable" : "not_evaluated";
}

static const char *satisfaction(zp_satisfaction s)
{
	return s == ZP_SATISFACTORY ? "satisfactory" : s == ZP_UNSATISFACTORY ? "unsatisfactory" : "neither";
}

/* The words of a measurand that has no samples to list. */
static const char *standing(zp_standing s)
{
	static const char *const words[ZP_STANDINGS] = { [ZP_STANDS_RETURNED] = "", [ZP_STANDS_LATE] = "迟报", [ZP_STANDS_BLANK] = "漏报",
		                                         [ZP_STANDS_NOT_RETURNED] = "未回报", [ZP_STANDS_EXCUSED] = "免评",
		                                         [ZP_STANDS_NOT_PERFORMED] = "未开展", [ZP_STANDS_NOT_ENROLLED] = "未参加",
		                                         [ZP_STANDS_CANCELLED] = "计划取消" };
	return words[s];
}

/* "阳性 38 84.4 %; 阴性 7 15.6 %" */
static const char *answers(const zp_host *host, const zp_report_row *r)
{
	size_t bytes = 1;
	for (size_t i = 0; i < r->n_answers; i++)
		bytes += strlen(r->answers[i].name) + strlen(r->answers[i].n) + strlen(r->answers[i].share_pct) + 8;
	char *text = host->take(host, bytes), *p = text;
	for (size_t i = 0; i < r->n_answers; i++)
		p += snprintf(p, bytes - (size_t)(p - text), "%s%s %s %s %%", i ? "; " : "", r->answers[i].name, r->answers[i].n, r->answers[i].share_pct);
	return text;
}

/* Whether the sample is right as a whole, where that is told. */
static const char *sample_right(const zp_report_programme *g, const zp_report_row *r)
{
	for (size_t s = 0; g->wholes && s < g->n_samples; s++)
		if (strcmp(g->samples[s], r->sample) == 0)
			return !g->wholes[s].judged ? "" : g->wholes[s].right == g->wholes[s].judged ? "yes" : "no";
	return "";
}

static void answer_cells(zp_table *t, const zp_host *host, const zp_report_programme *g, const zp_report_measurand *m, const zp_report_row *r)
{
	cell(t, ZP_CELL_TEXT, r->value_en, ',');
	cell(t, ZP_CELL_TEXT, r->x_pt_en, ',');
	cell(t, ZP_CELL_TEXT, r->sent, ',');
	cell(t, ZP_CELL_NUMBER, r->index, ',');
	cell(t, ZP_CELL_TEXT, r->allowed, ',');
	cell(t, ZP_CELL_TEXT, r->also, ',');
	cell(t, ZP_CELL_NUMBER, r->credit, ',');
	cell(t, ZP_CELL_TEXT, r->flags, ',');
	cell(t, ZP_CELL_TEXT, answers(host, r), ',');
	cell(t, ZP_CELL_NUMBER, r->answers_n, ',');
	cell(t, ZP_CELL_NUMBER, m->weight, ',');
	cell(t, ZP_CELL_TEXT, sample_right(g, r), '\n');
}

static void row(zp_table *t, const zp_host *host, const zp_report_programme *g, const zp_report_measurand *m, const zp_report_row *r)
{
	cell(t, ZP_CELL_TEXT, g->code, ',');
	cell(t, ZP_CELL_TEXT, m->code, ',');
	cell(t, ZP_CELL_TEXT, m->name, ',');
	cell(t, ZP_CELL_TEXT, m->unit, ',');
	cell(t, ZP_CELL_TEXT, r->sample, ',');
	cell(t, ZP_CELL_NUMBER, r->value, ',');
	cell(t, ZP_CELL_NUMBER, r->x_pt, ',');
	cell(t, ZP_CELL_NUMBER, r->low, ',');
	cell(t, ZP_CELL_NUMBER, r->high, ',');
	cell(t, ZP_CELL_NUMBER, r->bias, ',');
	cell(t, ZP_CELL_NUMBER, r->bias_pct, ',');
	cell(t, ZP_CELL_NUMBER, r->sdi, ',');
	cell(t, ZP_CELL_TEXT, !*r->sdi ? "" : r->sdi_informative ? "yes" : "no", ',');
	cell(t, ZP_CELL_TEXT, *r->sample ? verdict(r->verdict) : "", ',');
	cell(t, ZP_CELL_TEXT, r->says, ',');
	cell(t, ZP_CELL_TEXT, r->why, ',');
	cell(t, ZP_CELL_TEXT, m->group, ',');
	cell(t, ZP_CELL_NUMBER, m->group_n, ',');
	cell(t, ZP_CELL_TEXT, m->method, ',');
	cell(t, ZP_CELL_TEXT, m->limit, ',');
	cell(t, ZP_CELL_NUMBER, m->score, ',');
	cell(t, ZP_CELL_TEXT, satisfaction(m->satisfaction), ',');
	cell(t, ZP_CELL_NUMBER, g->score, ',');
	cell(t, ZP_CELL_NUMBER, g->accepted, ',');
	cell(t, ZP_CELL_NUMBER, g->total, ',');
	cell(t, ZP_CELL_TEXT, satisfaction(g->satisfaction), ',');
	cell(t, ZP_CELL_TEXT, g->certificate, ',');
	cell(t, ZP_CELL_TEXT, m->doubts, ',');
	answer_cells(t, host, g, m, r);
}

static void measurand(zp_table *t, const zp_host *host, const zp_report_programme *g, const zp_report_measurand *m)
{
	for (size_t i = 0; i < m->n_rows; i++)
		row(t, host, g, m, &m->rows[i]);
	if (!m->n_rows)
		row(t, host, g, m, &(zp_report_row){ .sample = "", .value = "", .value_en = "", .sent = "", .index = "", .x_pt = "", .x_pt_en = "",
		                                     .also = "", .allowed = "", .flags = "", .credit = "", .answers_n = "", .low = "", .high = "",
		                                     .bias = "", .bias_pct = "", .sdi = "", .says = standing(m->standing), .why = "" });
}

static void fill(zp_table *t, const zp_host *host, const zp_report *r)
{
	zp_table_add(t, header, sizeof(header) - 1);
	for (size_t p = 0; p < r->n_programmes; p++)
		for (size_t m = 0; m < r->programmes[p].n_measurands; m++)
			measurand(t, host, &r->programmes[p], &r->programmes[p].measurands[m]);
}

/* ---- what is told beside the results ---- */

static const char told_header[] = "programme,measurand,sample,what,says,says_en,n,x_pt,s,cv,own\n";

typedef struct zp_whose { const char *programme, *measurand; } zp_whose;

static void told(zp_table *t, zp_whose of, const char *sample, const char *what, const zp_finding *says, const zp_report_peers *peers)
{
	cell(t, ZP_CELL_TEXT, of.programme, ',');
	cell(t, ZP_CELL_TEXT, of.measurand, ',');
	cell(t, ZP_CELL_TEXT, sample, ',');
	cell(t, ZP_CELL_TEXT, what, ',');
	cell(t, ZP_CELL_TEXT, says->says, ',');
	cell(t, ZP_CELL_TEXT, says->says_en, ',');
	cell(t, ZP_CELL_NUMBER, peers ? peers->n : "", ',');
	cell(t, ZP_CELL_NUMBER, peers ? peers->x_pt : "", ',');
	cell(t, ZP_CELL_NUMBER, peers ? peers->s : "", ',');
	cell(t, ZP_CELL_NUMBER, peers ? peers->cv : "", ',');
	cell(t, ZP_CELL_TEXT, peers && peers->own ? "yes" : "", '\n');
}

static bool is_scale(const zp_drawn *d)
{
	return d->kind == ZP_MARK_TEXT && d->text && d->text[strspn(d->text, "0123456789.+-−% ")] == '\0' && strpbrk(d->text, "0123456789");
}

/* The numbers of a figure's scales, in one line. */
static void scales(zp_table *t, const zp_host *host, zp_whose of, const char *kind, const zp_figure *f)
{
	size_t bytes = 16;
	for (size_t i = 0; i < f->n; i++)
		bytes += f->marks[i].text ? strlen(f->marks[i].text) + 1 : 0;
	char *text = host->take(host, bytes), *p = text;
	for (size_t i = 0; i < f->n; i++)
		if (is_scale(&f->marks[i]))
			p += snprintf(p, bytes - (size_t)(p - text), " %s", f->marks[i].text);
	if (p > text)
		told(t, of, "", kind, &(zp_finding){ "", text + 1 }, NULL);
}

/* Words in a figure that hold a number, what it says to who points at it, and its scales. */
static void figure(zp_table *t, const zp_host *host, zp_whose of, const zp_report_figure *f)
{
	static const char *const kinds[ZP_FIGURE_KINDS] = { "histogram", "bias", "history", "youden", "methods", "answers", "dots", "ranks", "strip" };
	told(t, of, "", kinds[f->kind], &(zp_finding){ f->caption, f->caption_en }, NULL);
	for (size_t i = 0; i < f->figure->n; i++) {
		const zp_drawn *d = &f->figure->marks[i];
		const char *text = d->kind == ZP_MARK_TEXT && !is_scale(d) && d->text && strpbrk(d->text, "0123456789") ? d->text : "";
		const char *says = d->says && strcmp(d->says, text) != 0 ? d->says : "";
		if (*text || *says)
			told(t, of, "", kinds[f->kind], &(zp_finding){ text, says }, NULL);
	}
	scales(t, host, of, "scale", f->figure);
}

static void beside(zp_table *t, const zp_host *host, zp_whose of, const zp_report_measurand *m)
{
	if (*m->heed_says)
		told(t, of, "", "heed", &(zp_finding){ m->heed_says, m->heed_says_en }, NULL);
	if (*m->course_says)
		told(t, of, "", "course", &(zp_finding){ m->course_says, m->course_says_en }, NULL);
	for (size_t i = 0; i < m->n_findings; i++)
		told(t, of, "", "finding", &m->findings[i], NULL);
	for (size_t i = 0; i < m->n_peers; i++)
		told(t, of, m->peers[i].sample, "peers", &(zp_finding){ m->peers[i].name, m->peers[i].name }, &m->peers[i]);
	for (size_t i = 0; i < m->n_figures; i++)
		figure(t, host, of, &m->figures[i]);
}

static void fill_told(zp_table *t, const zp_host *host, const zp_report *r)
{
	zp_table_add(t, told_header, sizeof(told_header) - 1);
	if (*r->appeal)
		told(t, (zp_whose){ "*", "*" }, "", "appeal", &(zp_finding){ r->appeal, r->appeal_en }, NULL);
	for (size_t p = 0; p < r->n_programmes; p++)
		for (size_t m = 0; m < r->programmes[p].n_measurands; m++)
			beside(t, host, (zp_whose){ r->programmes[p].code, r->programmes[p].measurands[m].code }, &r->programmes[p].measurands[m]);
}

/* Whether anything is told beside results: with reports, and not with certificates alone. */
static bool is_told(const zp_report *r)
{
	for (size_t p = 0; p < r->n_programmes; p++)
		for (size_t m = 0; m < r->programmes[p].n_measurands; m++)
			if (*r->programmes[p].measurands[m].heed_says || r->programmes[p].measurands[m].n_figures || r->programmes[p].measurands[m].n_findings)
				return true;
	return false;
}

static bool write_told(const zp_host *host, const zp_report *report, const zp_outbox *out, zp_error *err)
{
	zp_table t = { 0 };
	if (!is_told(report))
		return true;
	fill_told(&t, host, report);
	t = (zp_table){ .bytes = host->take(host, t.n) };
	fill_told(&t, host, report);
	return out->write(out->self, "told.csv", t.bytes, t.n, err);
}

static bool lab(const zp_host *host, void *state, const zp_report *report, const zp_outbox *out, zp_error *err)
{
	(void)state;
	zp_table t = { 0 };
	fill(&t, host, report);
	t = (zp_table){ .bytes = host->take(host, t.n) };
	fill(&t, host, report);
	return out->write(out->self, "results.csv", t.bytes, t.n, err) && write_told(host, report, out, err);
}

static const zp_emitter emitter = { .lab = lab };

ZP_PLUGIN(results_csv) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "results-csv",
	.version = "1",
	.cites = "RFC 4180",
	.says = "Writes results.csv for each laboratory: one line for each measurand and sample; and told.csv, what is told beside them.",
	.does.emitter = &emitter,
};
