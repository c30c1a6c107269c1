/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One letter. Everything in it comes from the laboratory's own row of the register, its own cells and its own problems. */
#include "book/scale.h"
#include "run/letter.h"
#include "base/chinese.h"
#include "base/csv.h"
#include "base/instant.h"

#define ANSWERS_BYTES 600

typedef enum point_kind { TO_CORRECT, UNREADABLE, MISSING, LATE } point_kind;

/* One thing to be told. Texts are "" when there is nothing to say. */
typedef struct point {
	point_kind kind;
	const zp_programme *programme; /* NULL: not known; so below */
	const zp_measurand *measurand;
	const char *sample;
	const char *place, *sent, *found, *expected;
	const char *file; /* as the laboratory knows it, "" when it is not its own */
	long line, column;
} point;

typedef struct points { point *at; size_t n; } points;

static const char *say(const zp_letter *l, const char *english, const char *chinese) __attribute__((format_arg(2), format_arg(3)));
static const char *say(const zp_letter *l, const char *english, const char *chinese) { return l->chinese ? chinese : english; }
static const char *in_language(const zp_letter *l, const char *name, const char *name_en) { return l->chinese || !*name_en ? name : name_en; }
static const zp_lab *lab_of(const zp_letter *l) { return &l->run->roster->labs[l->lab]; }

/* ---- where ---- */

/* Whether "2", "1_2" is a number, and no part of it the code of a laboratory. */
static bool is_number(const zp_letter *l, zp_text rest)
{
	for (size_t from = 0; from < rest.n; from++)
		for (size_t n = 1; (!from || rest.p[from - 1] == '_') && from + n <= rest.n; n++)
			if ((from + n == rest.n || rest.p[from + n] == '_') && zp_names_find(l->run->roster->lab_names, (zp_text){ rest.p + from, n }) != ZP_NO_NAME)
				return false;
	return strspn(rest.p, "_0123456789") == rest.n;
}

/* Whether a file is named for this laboratory, alone or with a programme or a number: "LAB01.csv", "LAB01.chem.xlsx". Any other
 * file may be of several, and its name may say whose. */
static bool is_own(const zp_letter *l, const char *file)
{
	const char *code = lab_of(l)->code, *stem = strncmp(file, "results/", 8) == 0 ? file + 8 : file, *dot = strrchr(stem, '.');
	const size_t n = strlen(code), length = dot ? (size_t)(dot - stem) : strlen(stem);
	if (length < n || memcmp(stem, code, n) != 0)
		return false;
	if (length == n)
		return true;
	const zp_text rest = { stem + n + 1, length - n - 1 };
	if (!memchr("._-", stem[n], 3))
		return false;
	if (zp_names_find(l->run->roster->lab_names, (zp_text){ stem, length }) != ZP_NO_NAME)
		return false;
	return zp_names_find(l->run->book->plan->programme_names, rest) != ZP_NO_NAME || is_number(l, rest);
}

static const char *place_in(const zp_letter *l, const char *file, const char *sheet, long line, long column)
{
	const bool own = is_own(l, file);
	const char *name = own ? (strncmp(file, "results/", 8) == 0 ? file + 8 : file) : say(l, "a file of the centre", "中心汇总的文件");
	char cell[32] = "";
	if (sheet && own && line) {
		zp_cell_name(line, column, cell);
		return zp_arena_print(l->arena, column ? say(l, "%s, sheet %s, cell %s", "%s，工作表“%s”，单元格 %s") : say(l, "%s, sheet %s, row %s", "%s，工作表“%s”，第 %s 行"),
				      name, sheet, cell);
	}
	if (line && column)
		return zp_arena_print(l->arena, say(l, "%s, line %ld, cell %ld", "%s，第 %ld 行第 %ld 格"), name, line, column);
	if (sheet && own)
		return zp_arena_print(l->arena, say(l, "%s, sheet %s", "%s，工作表“%s”"), name, sheet);
	return line ? zp_arena_print(l->arena, say(l, "%s, line %ld", "%s，第 %ld 行"), name, line) : name;
}

/* ---- what ---- */

/* "what was found; expected what" as its two halves. */
static void split_sentence(const zp_letter *l, const char *sentence, point *p)
{
	const char *mark = NULL, *words = say(l, "; expected ", "；应");
	for (const char *at = sentence; (at = strstr(at, words)); at++)
		mark = at;
	p->found = mark ? zp_arena_text(l->arena, sentence, (size_t)(mark - sentence)) : sentence;
	p->expected = mark ? mark + strlen(words) : "";
	if (mark && l->chinese) /* "；应为 mmol/L", "；应以 .csv 结尾" */
		p->expected = strncmp(p->expected, "为", strlen("为")) == 0 ? p->expected + strlen("为") + (p->expected[strlen("为")] == ' ') : zp_arena_print(l->arena, "应%s", p->expected);
}

/* A code that is not this laboratory's, in its own file: whose it is, or is like, is nobody's business here. */
static void wrong_code(const zp_letter *l, const zp_problem *problem, point *p)
{
	const bool others = !problem->sent || zp_names_find(l->run->roster->lab_names, zp_csv_trim(zp_text_of(problem->sent))) != ZP_NO_NAME;
	p->sent = others ? "" : problem->sent;
	p->found = say(l, "the laboratory code of this line is not yours", "本行的实验室编码不是贵室的编码");
	p->expected = lab_of(l)->code;
}

/* The cell of a problem; SIZE_MAX when it is not known. */
static size_t cell_of(const zp_letter *l, const zp_problem *problem)
{
	const zp_roster *roster = l->run->roster;
	const uint32_t *about = problem->about;
	for (uint32_t i = roster->first_enrolment[l->lab]; i < roster->first_enrolment[l->lab + 1]; i++) {
		const zp_enrolment *e = &roster->enrolments[i];
		for (size_t k = 0; e->programme == about[ZP_ABOUT_PROGRAMME] && k < e->n_declared && about[ZP_ABOUT_SAMPLE] != ZP_NO_ONE; k++)
			if (e->declared[k] == about[ZP_ABOUT_MEASURAND])
				return e->first_cell + k * zp_run_programme(l->run, e)->n_samples + about[ZP_ABOUT_SAMPLE];
	}
	return SIZE_MAX;
}

/* Told of a result that may stand, and not of what was refused. */
static bool is_remark(const zp_letter *l, const zp_problem *problem)
{
	const size_t n = zp_problems_kept(l->run->remarks);
	const zp_problem *first = n ? zp_problem_at(l->run->remarks, 0) : NULL;
	return n && problem >= first && problem < first + n;
}

static point point_of(const zp_letter *l, const zp_problem *problem)
{
	const zp_plan *plan = l->run->book->plan;
	const uint32_t *about = problem->about;
	point p = { .kind = TO_CORRECT, .sample = "", .sent = zp_or_empty(problem->sent), .line = problem->line, .column = problem->column };
	p.file = is_own(l, problem->file) ? problem->file : "";
	p.place = place_in(l, problem->file, problem->sheet, problem->line, problem->column);
	if (about[ZP_ABOUT_PROGRAMME] < plan->n_programmes)
		p.programme = &plan->programmes[about[ZP_ABOUT_PROGRAMME]];
	if (p.programme && about[ZP_ABOUT_MEASURAND] < p.programme->scheme->n_measurands)
		p.measurand = &p.programme->scheme->measurands[about[ZP_ABOUT_MEASURAND]];
	if (p.programme && about[ZP_ABOUT_SAMPLE] < p.programme->n_samples)
		p.sample = p.programme->samples[about[ZP_ABOUT_SAMPLE]];
	const size_t cell = cell_of(l, problem);
	if (about[ZP_ABOUT_FIELD] == ZP_FIELD_LAB) {
		wrong_code(l, problem, &p);
	} else if (cell != SIZE_MAX && l->run->round->state[cell] == ZP_CONFLICT && is_remark(l, problem)) {
		p.found = say(l, "different values came for this result, so that none counts", "同一结果收到了不同的值，均不采用");
		p.expected = say(l, "a single value", "一个值");
	} else {
		split_sentence(l, l->chinese && problem->chinese ? problem->chinese : problem->text, &p);
	}
	return p;
}

/* What is to be said of a cell by itself. Gives: false when there is nothing. */
static bool point_of_cell(const zp_letter *l, const zp_programme *programme, const zp_measurand *m, size_t sample, size_t cell, point *p)
{
	const zp_round *r = l->run->round;
	*p = (point){ .programme = programme, .measurand = m, .sample = programme->samples[sample], .place = "", .sent = "", .file = "", .expected = "" };
	switch ((zp_state)r->state[cell]) {
	case ZP_NOT_RETURNED:
	case ZP_BLANK:
		p->kind = MISSING;
		p->found = say(l, "no result has come", "未收到结果");
		p->expected = m->scale ? zp_scale_known(m->scale, NULL, zp_arena_take(l->arena, ANSWERS_BYTES), ANSWERS_BYTES)
				       : zp_arena_print(l->arena, say(l, "a result in %s", "以 %s 为单位的结果"), m->unit);
		return true;
	case ZP_LATE:
		p->kind = LATE;
		p->found = say(l, "the result came after the closing instant", "结果在截止时间之后收到");
		return true;
	case ZP_UNREADABLE: {
		const zp_note *note = &r->notes[r->note[cell]];
		char out[1200];
		const char *chinese = l->chinese && note->refused ? zp_chinese_of(out, sizeof out, note->refused) : NULL;
		p->kind = UNREADABLE;
		p->sent = zp_or_empty(note->sent);
		p->file = is_own(l, l->run->results[r->file[cell]].name) ? l->run->results[r->file[cell]].name : "";
		p->line = r->line[cell];
		p->place = place_in(l, l->run->results[r->file[cell]].name, NULL, p->line, 0);
		split_sentence(l, zp_arena_print(l->arena, "%s%s", say(l, "what was sent ", "所报结果"), chinese ? chinese : zp_or_empty(note->refused)), p);
		return true;
	}
	default: return false;
	}
}

static size_t count_cells(const zp_letter *l, size_t *first)
{
	const zp_roster *roster = l->run->roster;
	const uint32_t from = roster->first_enrolment[l->lab], to = roster->first_enrolment[l->lab + 1];
	*first = from < to ? roster->enrolments[from].first_cell : 0;
	return l->receipt->expected;
}

/* Everything there is to tell: first what to correct, then cell by cell. */
static points collect(const zp_letter *l)
{
	const zp_roster *roster = l->run->roster;
	size_t first, n_cells = count_cells(l, &first);
	points all = { zp_take(l->arena, point, l->n_problems + n_cells + 1), 0 };
	bool *told = zp_take(l->arena, bool, n_cells + 1);
	for (size_t i = 0; i < l->n_problems; i++) {
		const size_t cell = cell_of(l, l->problems[i]);
		all.at[all.n++] = point_of(l, l->problems[i]);
		if (cell != SIZE_MAX)
			told[cell - first] = true;
	}
	/* Hints about slips would come here, as points of their own. They are left out while a round is open: to be told that a result
	   lies apart is to be told where the others lie. */
	for (uint32_t i = roster->first_enrolment[l->lab]; i < roster->first_enrolment[l->lab + 1]; i++) {
		const zp_enrolment *e = &roster->enrolments[i];
		const zp_programme *p = zp_run_programme(l->run, e);
		size_t cell = e->first_cell;
		for (size_t k = 0; k < e->n_declared; k++)
			for (size_t s = 0; s < p->n_samples; s++, cell++)
				if (!told[cell - first] && point_of_cell(l, p, &p->scheme->measurands[e->declared[k]], s, cell, &all.at[all.n]))
					all.n++;
	}
	return all;
}

/* ---- the text ---- */

static void print(const zp_letter *l, FILE *out, const char *english, const char *chinese) { fputs(say(l, english, chinese), out); }

static void print_plain(const char *text, FILE *out) { zp_text_print(zp_text_of(text), out); }

static size_t count_kind(const points *all, point_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += all->at[i].kind == kind;
	return n;
}

static void print_item(const zp_letter *l, const point *p, FILE *out)
{
	if (p->programme)
		fprintf(out, "%s", in_language(l, p->programme->name, p->programme->name_en));
	if (p->measurand)
		fprintf(out, "%s%s (%s)", say(l, ", ", "，"), in_language(l, p->measurand->name, p->measurand->name_en), p->measurand->code);
	if (*p->sample)
		fprintf(out, "%s%s", say(l, ", sample ", "，样本 "), p->sample);
	if (p->programme)
		fputs(say(l, ": ", "："), out);
}

static bool ends_with_question(const char *text)
{
	const size_t n = strlen(text), wide = strlen("？");
	return (n && text[n - 1] == '?') || (n >= wide && strcmp(text + n - wide, "？") == 0);
}

static void print_corrections(const zp_letter *l, const points *all, FILE *out)
{
	size_t number = 0, rest = l->receipt->refused + l->receipt->remarks;
	if (!count_kind(all, TO_CORRECT) && !count_kind(all, UNREADABLE))
		return;
	print(l, out, "\nTo be corrected:\n", "\n需要更正：\n");
	for (size_t i = 0; i < all->n; i++) {
		const point *p = &all->at[i];
		if (p->kind != TO_CORRECT && p->kind != UNREADABLE)
			continue;
		fprintf(out, "%3zu. ", ++number);
		print_item(l, p, out);
		print_plain(p->place, out);
		fputs(say(l, ": ", "："), out);
		print_plain(p->found, out);
		if (*p->sent && !strstr(p->found, p->sent)) {
			print(l, out, "; sent was \"", "；所报为“");
			print_plain(p->sent, out);
			print(l, out, "\"", "”");
		}
		if (*p->expected) {
			fputs(!l->chinese ? "; expected " : strncmp(p->expected, "应", strlen("应")) == 0 ? "；" : (unsigned char)*p->expected < 0x80 ? "；应为 " : "；应为", out);
			print_plain(p->expected, out);
		}
		fputs(ends_with_question(*p->expected ? p->expected : *p->sent && !strstr(p->found, p->sent) ? "" : p->found) ? "\n" : say(l, ".\n", "。\n"), out);
	}
	if (rest > l->n_problems)
		fprintf(out, say(l, "     And %zu more.\n", "     另有 %zu 处。\n"), rest - l->n_problems);
}

/* One line for each measurand, with its samples. */
static void print_cells(const zp_letter *l, const points *all, point_kind kind, const char *title, FILE *out)
{
	const zp_programme *programme = NULL;
	const zp_measurand *measurand = NULL;
	if (!count_kind(all, kind))
		return;
	fputs(title, out);
	for (size_t i = 0; i < all->n; i++) {
		const point *p = &all->at[i];
		if (p->kind != kind)
			continue;
		if (p->programme != programme)
			fprintf(out, "%s  %s (%s)", measurand ? "\n" : "", in_language(l, p->programme->name, p->programme->name_en), p->programme->code);
		if (p->programme != programme || p->measurand != measurand)
			fprintf(out, say(l, "\n    %s (%s)%s%s: sample %s", "\n    %s（%s）%s%s：样本 %s"), in_language(l, p->measurand->name, p->measurand->name_en),
				p->measurand->code, *p->measurand->unit ? say(l, ", ", "，") : "", p->measurand->unit, p->sample); /* an answer has no unit */
		else
			fprintf(out, say(l, ", %s", "、%s"), p->sample);
		programme = p->programme;
		measurand = p->measurand;
	}
	fputc('\n', out);
}

static void print_received(const zp_letter *l, const points *all, FILE *out)
{
	const zp_receipt *r = l->receipt;
	const size_t missing = count_kind(all, MISSING), excused = r->of[ZP_EXCUSED];
	fprintf(out, say(l, "Results expected of you: %zu; received: %zu", "应报结果 %zu 个，已收到 %zu 个"), r->expected,
		r->expected - r->of[ZP_NOT_RETURNED] - r->of[ZP_BLANK] - excused);
	if (r->of[ZP_LATE])
		fprintf(out, say(l, " (%zu of them late)", "（其中迟报 %zu 个）"), r->of[ZP_LATE]);
	if (r->of[ZP_CONFLICT])
		fprintf(out, say(l, "; of them contradictory: %zu", "；其中前后矛盾 %zu 个"), r->of[ZP_CONFLICT]);
	if (missing)
		fprintf(out, say(l, "; missing: %zu", "；缺 %zu 个"), missing);
	if (excused)
		fprintf(out, say(l, "; excused: %zu", "；免评 %zu 个"), excused);
	if (r->refused)
		fprintf(out, say(l, "; could not be used: %zu", "；不能采用 %zu 处"), r->refused);
	fputs(say(l, ".\n", "。\n"), out);
}

/* What to do now. */
static void print_request(const zp_letter *l, const points *all, FILE *out)
{
	const size_t late = count_kind(all, LATE);
	if (all->n > late)
		print(l, out,
		      "\nPlease correct and add what is missing, and send the whole file again under the same name; it takes the place of the one "
		      "before.\nIf the centre entered your results, tell the centre. What comes after the closing instant is late.\n"
		      "The same as a table is in the CSV file that comes with this text.\n",
		      "\n请更正并补齐所缺结果，以原文件名重新报送整个文件，新文件将取代旧文件；结果由中心代为录入的，请与中心联系。\n"
		      "截止时间之后送达的按迟报处理。以上内容另见随附的 CSV 表格。\n");
	if (late)
		print(l, out, "\nHow late results count is laid down in the scheme; tell the organiser of any reason it should know of.\n",
		      "\n迟报的结果按评价方案处理；如有特殊原因，请告知组织者。\n");
	if (!all->n)
		print(l, out, "\nThere is nothing to correct.\n", "\n无需更正。\n");
}

void zp_letter_text(const zp_letter *l, FILE *out)
{
	const zp_plan *plan = l->run->book->plan;
	const points all = collect(l);
	fprintf(out, say(l, "To %s (laboratory %s)\n\n", "%s（实验室编码 %s）：\n\n"), lab_of(l)->name, lab_of(l)->code);
	fprintf(out, say(l, "%s (%s). It closes at %s.\n", "%s（%s），截止时间 %s。\n"), in_language(l, plan->name, plan->name_en), plan->id,
		zp_instant_show(l->arena, plan->closes_text));
	print_received(l, &all, out);
	print_corrections(l, &all, out);
	print_cells(l, &all, MISSING,
		    !l->receipt->refused ? say(l, "\nMissing:\n", "\n尚缺结果：\n") : /* a row or file that was refused may hold them */
		    say(l, "\nMissing (some may be there once the above is corrected):\n", "\n尚缺结果（更正上述问题后，其中一些可能即已齐全）：\n"), out);
	print_cells(l, &all, LATE, say(l, "\nReceived after the closing instant:\n", "\n截止时间之后收到：\n"), out);
	print_request(l, &all, out);
	fprintf(out, "\n%s\n", in_language(l, plan->organiser, plan->organiser_en));
}

/* ---- the table ---- */

static void put_cell(const zp_letter *l, const char *text, const char *end, FILE *out)
{
	const zp_text shown = zp_text_of(text);
	char *cell = zp_arena_take(l->arena, 2 * shown.n + 3);
	fwrite(cell, 1, zp_csv_put(cell, shown), out);
	fputs(end, out);
}

static void put_count(long n, const char *end, FILE *out)
{
	if (n)
		fprintf(out, "%ld", n);
	fputs(end, out);
}

void zp_letter_table(const zp_letter *l, FILE *out)
{
	const points all = collect(l);
	fputs("\xef\xbb\xbf", out);
	print(l, out, "programme,measurand,name,sample,sent,problem,expected,file,line,cell\r\n", "专业,项目代码,项目,样本,所报,问题,应为,文件,行,格\r\n");
	for (size_t i = 0; i < all.n; i++) {
		const point *p = &all.at[i];
		put_cell(l, p->programme ? p->programme->code : "", ",", out);
		put_cell(l, p->measurand ? p->measurand->code : "", ",", out);
		put_cell(l, p->measurand ? in_language(l, p->measurand->name, p->measurand->name_en) : "", ",", out);
		put_cell(l, p->sample, ",", out);
		put_cell(l, p->sent, ",", out);
		put_cell(l, p->found, ",", out);
		put_cell(l, p->expected, ",", out);
		put_cell(l, strncmp(p->file, "results/", 8) == 0 ? p->file + 8 : p->file, ",", out);
		put_count(p->line, ",", out);
		put_count(p->column, "\r\n", out);
	}
}
