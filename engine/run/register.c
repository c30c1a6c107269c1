/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The register: who is there (roster.csv) and who takes part in what (enrolments.csv). */
#include <stdlib.h>
#include "run/small_table.h"

/* [A-Z0-9][A-Z0-9_-]{0,31}: a code can become a folder, so nothing else is let through. */
static bool is_lab_code(zp_text code)
{
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && (i == 0 || (c != '_' && c != '-')))
			return false;
	}
	return code.n >= 1 && code.n <= 32;
}

typedef struct roster_row { zp_lab lab; long line; } roster_row;

static int by_code(const void *a, const void *b)
{
	const roster_row *x = a, *y = b;
	int order = strcmp(x->lab.code, y->lab.code);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void read_roster_row(zp_run *run, const zp_small_table *t, size_t i, roster_row *rows, size_t *n)
{
	char shown[128];
	zp_text code = t->rows[i][0], name = t->rows[i][1], region = t->rows[i][2], lab_class = t->rows[i][3];
	size_t before = zp_problems_count(run->input_problems);
	if (!is_lab_code(code))
		zp_problem_add(run->input_problems, t->file, t->lines[i], 1,
			       "laboratory code \"%s\" is not allowed; expected 1 to 32 of A-Z 0-9 _ -, beginning with a letter or digit",
			       zp_text_show_code_in(shown, sizeof shown, code));
	if (name.n == 0 || name.n > 300 || !zp_text_is_plain(name))
		zp_problem_add(run->input_problems, t->file, t->lines[i], 2,
			       "laboratory name \"%s\" is not usable; expected 1 to 300 bytes in which every character can be seen",
			       zp_text_show_in(shown, sizeof shown, name));
	uint16_t r = zp_region_find(run->book->regions, region);
	if (r == ZP_NO_REGION) {
		const char *said = zp_text_show_in(shown, sizeof shown, region);
		zp_problem_add(run->input_problems, t->file, t->lines[i], 3, "region \"%s\" is not in the region tree%s", said, zp_region_why_not(said));
	}
	uint32_t c = zp_names_find(run->book->classes, lab_class);
	if (c == ZP_NO_NAME)
		zp_problem_add(run->input_problems, t->file, t->lines[i], 4, "class \"%s\" is not one of those in round.xml",
			       zp_text_show_in(shown, sizeof shown, lab_class));
	const zp_text institution = t->rows[i][4], department = t->rows[i][5];
	if (institution.n > 300 || department.n > 300 || !zp_text_is_plain(institution) || !zp_text_is_plain(department))
		zp_problem_add(run->input_problems, t->file, t->lines[i], 0,
			       "the institution or department is not usable; expected at most 300 bytes in which every character can be seen");
	if (department.n && !institution.n)
		zp_problem_add(run->input_problems, t->file, t->lines[i], 0, "the department \"%s\" has no institution; expected the code of the one that it belongs to",
			       zp_text_show_in(shown, sizeof shown, department));
	if (zp_problems_count(run->input_problems) != before)
		return;
	rows[(*n)++] = (roster_row){ { .code = zp_arena_text(run->arena, code.p, code.n), .name = zp_arena_text(run->arena, name.p, name.n),
				       .institution = zp_arena_text(run->arena, institution.p, institution.n),
				       .department = zp_arena_text(run->arena, department.p, department.n), .region = r, .lab_class = (uint16_t)c }, t->lines[i] };
}

/* Codes of rows that were refused go into `refused`, so that nothing else complains of them. */
static void read_roster(zp_run *run, zp_roster *roster, zp_small_table *t, zp_names *refused)
{
	if (!zp_small_table_read(run, t))
		return;
	roster_row *rows = zp_take(run->arena, roster_row, t->n);
	size_t n = 0;
	for (size_t i = 0, before = 0; i < t->n; i++, before = n) {
		read_roster_row(run, t, i, rows, &n);
		if (n == before)
			zp_names_add(refused, t->rows[i][0]);
	}
	qsort(rows, n, sizeof *rows, by_code);
	zp_lab *labs = zp_take(run->arena, zp_lab, n);
	zp_names *names = zp_names_take(run->arena);
	for (size_t i = 0; i < n; i++) {
		if (i && strcmp(rows[i].lab.code, rows[i - 1].lab.code) == 0) {
			zp_problem_add(run->input_problems, t->file, rows[i].line, 1, "laboratory %s is already on line %ld",
				       rows[i].lab.code, rows[i - 1].line);
			continue;
		}
		labs[roster->n_labs++] = rows[i].lab;
		zp_names_add(names, zp_text_of(rows[i].lab.code));
	}
	if (!roster->n_labs && !zp_problems_count(run->input_problems))
		zp_problem_add(run->input_problems, t->file, 0, 0, "the register names no laboratory");
	roster->labs = labs;
	roster->lab_names = names;
}

typedef struct enrolment_row { zp_enrolment e; long line; } enrolment_row;

static int by_lab(const void *a, const void *b)
{
	const enrolment_row *x = a, *y = b;
	if (x->e.lab != y->e.lab)
		return x->e.lab < y->e.lab ? -1 : 1;
	if (x->e.programme != y->e.programme)
		return x->e.programme < y->e.programme ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* The measurands named in a cell, ascending; "*" is all of the scheme. */
static bool read_declared(zp_run *run, const zp_small_table *t, size_t row, const zp_programme *p, zp_text cell, zp_enrolment *e)
{
	size_t all = p->scheme->n_measurands;
	bool *performs = zp_take(run->arena, bool, all);
	bool good = true;
	if (zp_text_is(cell, "*"))
		memset(performs, true, all);
	else {
		for (const char *q = cell.p, *end = cell.p + cell.n; q < end;) {
			const char *from = q;
			while (q < end && *q != ' ')
				q++;
			zp_text code = { from, (size_t)(q - from) };
			if (code.n) {
				uint32_t m = zp_names_find(p->scheme->measurand_names, code);
				char shown[128];
				if (m == ZP_NO_NAME)
					zp_problem_add(run->input_problems, t->file, t->lines[row], 3,
						       "measurand \"%s\" is not in programme %s",
						       zp_text_show_code_in(shown, sizeof shown, code), p->code),
						zp_problem_ask(run->input_problems, p->scheme->measurand_names, code, ZP_NEAREST_APART), good = false;
				else
					performs[m] = true;
			}
			q++;
		}
	}
	uint16_t *declared = zp_take(run->arena, uint16_t, all);
	for (size_t m = 0; m < all; m++)
		if (performs[m])
			declared[e->n_declared++] = (uint16_t)m;
	e->declared = declared;
	if (good && !e->n_declared) {
		zp_problem_add(run->input_problems, t->file, t->lines[row], 3, "no measurand is named; expected their codes, or * for all");
		good = false;
	}
	return good;
}

/* Whether the laboratory is one of those whose agreement makes a target. */
static bool read_referee(zp_run *run, const zp_small_table *t, size_t row, zp_text cell, bool *referee)
{
	static const char *const yes[] = { "yes", "1", "是" }, *const no[] = { "", "no", "0", "否" };
	char shown[128];
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if ((*referee = zp_text_is(cell, yes[i])))
			return true;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (zp_text_is(cell, no[i]))
			return true;
	zp_problem_add(run->input_problems, t->file, t->lines[row], 0, "referee is \"%s\"; expected yes or no, or nothing", zp_text_show_in(shown, sizeof shown, cell));
	return false;
}

static void read_enrolments(zp_run *run, zp_roster *roster, zp_small_table *t, const zp_names *refused)
{
	const zp_plan *plan = run->book->plan;
	if (!zp_small_table_read(run, t) || !roster->lab_names)
		return;
	enrolment_row *rows = zp_take(run->arena, enrolment_row, t->n);
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++) {
		char shown[128];
		uint32_t lab = zp_names_find(roster->lab_names, t->rows[i][0]);
		uint32_t p = zp_names_find(plan->programme_names, t->rows[i][1]);
		if (lab == ZP_NO_NAME && zp_names_find(refused, t->rows[i][0]) == ZP_NO_NAME)
			zp_problem_add(run->input_problems, t->file, t->lines[i], 1, "laboratory \"%s\" is not in roster.csv",
				       zp_text_show_code_in(shown, sizeof shown, t->rows[i][0])),
				zp_problem_ask(run->input_problems, roster->lab_names, t->rows[i][0], ZP_NEAREST_ANY);
		if (p == ZP_NO_NAME)
			zp_problem_add(run->input_problems, t->file, t->lines[i], 2, "programme \"%s\" is not in round.xml",
				       zp_text_show_code_in(shown, sizeof shown, t->rows[i][1])),
				zp_problem_ask(run->input_problems, plan->programme_names, t->rows[i][1], ZP_NEAREST_ANY);
		if (lab == ZP_NO_NAME || p == ZP_NO_NAME)
			continue;
		rows[n] = (enrolment_row){ { .lab = lab, .programme = (uint16_t)p }, t->lines[i] };
		const bool good = read_referee(run, t, i, t->rows[i][3], &rows[n].e.referee);
		n += read_declared(run, t, i, &plan->programmes[p], t->rows[i][2], &rows[n].e) && good;
	}
	qsort(rows, n, sizeof *rows, by_lab);
	zp_enrolment *list = zp_take(run->arena, zp_enrolment, n);
	uint32_t *first = zp_take(run->arena, uint32_t, roster->n_labs + 1);
	uint64_t cells = 0;
	for (size_t i = 0; i < n; i++) {
		zp_enrolment e = rows[i].e;
		if (i && e.lab == rows[i - 1].e.lab && e.programme == rows[i - 1].e.programme) {
			zp_problem_add(run->input_problems, t->file, rows[i].line, 1,
				       "laboratory %s is already enrolled in %s on line %ld", roster->labs[e.lab].code,
				       plan->programmes[e.programme].code, rows[i - 1].line);
			continue;
		}
		e.first_cell = (uint32_t)cells;
		cells += (uint64_t)e.n_declared * plan->programmes[e.programme].n_samples;
		if (cells > UINT32_MAX - 1) {
			zp_problem_add(run->input_problems, t->file, 0, 0, "the round expects more than 4,294,967,294 results");
			return;
		}
		list[roster->n_enrolments++] = e;
		first[e.lab + 1]++;
	}
	for (size_t i = 0; i < roster->n_labs; i++)
		first[i + 1] += first[i];
	if (!roster->n_enrolments && !zp_problems_count(run->input_problems))
		zp_problem_add(run->input_problems, t->file, 0, 0, "no laboratory is enrolled");
	roster->enrolments = list;
	roster->first_enrolment = first;
}

bool zp_run_register(zp_run *run, zp_error *err)
{
	static const char *const roster_columns[] = { "code", "name", "region", "class", "?institution", "?department", NULL };
	static const char *const enrolment_columns[] = { "lab", "programme", "measurands", "?referee", NULL };
	zp_roster *roster = zp_take(run->arena, zp_roster, 1);
	zp_small_table labs = { .file = "roster.csv", .columns = roster_columns };
	zp_small_table enrolled = { .file = "enrolments.csv", .columns = enrolment_columns };
	size_t before = zp_problems_count(run->input_problems);
	roster->classes = run->book->classes;
	roster->regions = run->book->regions;
	zp_names *refused = zp_names_take(run->arena);
	read_roster(run, roster, &labs, refused);
	read_enrolments(run, roster, &enrolled, refused);
	zp_problems_answer(run->input_problems);
	if (zp_problems_count(run->input_problems) != before)
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the register cannot be used");
	run->roster = roster;
	zp_input *inputs = zp_take(run->arena, zp_input, 2);
	inputs[0] = labs.input;
	inputs[1] = enrolled.input;
	run->register_files = inputs;
	return true;
}
