/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and folders of internal quality control: separated text, and workbooks, which are parsed in a child process. */
#include <dirent.h>
#include <stdarg.h>
#include <stdlib.h>
#include "base/file.h"
#include "run/records.h"
#include "run/sandbox.h"
#include "year/iqc_read.h"

#define FILE_MOST (512u << 20)
#define FILES_MOST 10000

/* ---- files of text ---- */

static zp_input *next_input(zp_iqc_lines *l)
{
	l->inputs = zp_arena_more(l->arena, l->inputs, l->n_inputs, &l->room_inputs, sizeof *l->inputs);
	return &l->inputs[l->n_inputs];
}

static void read_csv(zp_iqc_lines *l, const char *file, zp_problems *problems)
{
	zp_iqc_table r = { .lines = l, .problems = problems, .file = file };
	const char *why = NULL;
	size_t at;
	zp_arena *own = zp_arena_open(); /* what rows hold is in l->texts */
	const zp_text bytes = zp_file_read(own, file, FILE_MOST, file, next_input(l), &why);
	const zp_text text = bytes.p ? zp_text_decode(own, bytes, &why, &at) : bytes;
	l->n_inputs += bytes.p != NULL;
	if (!text.p)
		zp_iqc_table_tell(&r, SIZE_MAX, "the file %s", why);
	char *scratch = zp_arena_take(own, text.n + 1);
	for (const char *p = text.p, *end = p ? p + text.n : p, *stop; p && p < end; p = stop < end ? stop + 1 : end) {
		zp_csv_cells cells;
		stop = zp_csv_line_end(p, end);
		const char *last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		r.line++;
		if (zp_csv_blank(p, last))
			continue;
		const zp_csv_fault fault = zp_csv_split(p, last, ',', &scratch, &cells);
		if (fault)
			zp_iqc_table_tell(&r, cells.n - 1, "%s", zp_csv_says(fault));
		else
			zp_iqc_table_row(&r, r.line, cells.at, NULL, cells.n);
	}
	if (text.p)
		zp_iqc_table_end(&r);
	zp_arena_close(own);
}

/* ---- workbooks ---- */

/* Cells come one by one, in their order; a row is whole when the next begins. */
typedef struct book_reading {
	zp_iqc_table r;
	bool any;
	zp_text cells[ZP_CSV_COLUMNS], unfit[ZP_CSV_COLUMNS];
	size_t n;
	long line;
} book_reading;

static void end_row(book_reading *b)
{
	if (b->n)
		zp_iqc_table_row(&b->r, b->line, b->cells, b->unfit, b->n);
	memset(b->cells, 0, b->n * sizeof *b->cells);
	memset(b->unfit, 0, b->n * sizeof *b->unfit);
	b->n = 0;
}

static void take_raw(void *self, const zp_raw *raw)
{
	book_reading *b = self;
	const size_t at = raw->column[ZP_FIELD_VALUE];
	if (!b->r.sheet || !zp_text_is(raw->sheet, b->r.sheet)) {
		end_row(b);
		b->r = (zp_iqc_table){ .lines = b->r.lines, .problems = b->r.problems, .file = b->r.file,
			.sheet = zp_names_at(b->r.lines->texts, zp_names_add(b->r.lines->texts, raw->sheet)).p };
	} else if (raw->line != b->line)
		end_row(b);
	b->any = true;
	b->line = raw->line;
	if (at < 1 || at > ZP_CSV_COLUMNS)
		return;
	b->cells[at - 1] = raw->field[ZP_FIELD_VALUE];
	b->unfit[at - 1] = raw->field[ZP_FIELD_UNIT]; /* why not, where it may not be used */
	if (b->n < at)
		b->n = at;
}

static void take_problem(void *self, zp_text sheet, long line, long cell, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
static void take_problem(void *self, zp_text sheet, long line, long cell, const char *fmt, ...)
{
	book_reading *b = self;
	const zp_spot spot = { b->r.file, sheet, line, cell };
	va_list args;
	va_start(args, fmt);
	zp_problem_tell(b->r.problems, &spot, NULL, fmt, args);
	va_end(args);
}

/* Needs: a name with an ending. */
static const char *stem_of(zp_arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	return zp_arena_text(arena, name, (size_t)(strrchr(name, '.') - name));
}

static void read_workbook(zp_iqc_lines *l, const char *file, zp_problems *problems)
{
	book_reading *b = zp_take(l->arena, book_reading, 1);
	b->r = (zp_iqc_table){ .lines = l, .problems = problems, .file = file };
	if (!l->workbook || !l->workbook->cells) {
		zp_iqc_table_tell(&b->r, SIZE_MAX, "no reader of workbooks is at hand; expected a table as CSV");
		return;
	}
	const zp_importer plain = { .ending = l->workbook->ending, .read = l->workbook->cells, .whole_most = l->workbook->whole_most };
	const char *why = NULL;
	bool refused = false;
	zp_sandbox *box = zp_sandbox_open(NULL);
	zp_input *record = next_input(l);
	const zp_text bytes = zp_sandbox_load(box, file, l->workbook->whole_most, record, &why);
	record->name = record->path = file;
	l->n_inputs += bytes.p != NULL;
	const zp_text records = bytes.p ? zp_sandbox_parse(box, &plain, file, stem_of(l->arena, file), &why) : bytes;
	const zp_sink sink = { b, take_raw, take_problem, take_problem };
	if (records.p)
		why = zp_records_read(records, &sink, &refused);
	end_row(b);
	if (why && !refused)
		zp_iqc_table_tell(&(zp_iqc_table){ .problems = problems, .file = file }, SIZE_MAX, "the file %s", why);
	zp_sandbox_close(box);
}

/* ---- files and folders ---- */

static void let_go(void *lines) { free(((zp_iqc_lines *)lines)->rows); }

zp_iqc_lines *zp_iqc_lines_take(zp_arena *arena, const zp_importer *workbook)
{
	zp_iqc_lines *l = zp_take(arena, zp_iqc_lines, 1);
	l->arena = arena;
	l->workbook = workbook;
	l->texts = zp_names_take(arena);
	zp_arena_at_end(arena, let_go, l);
	return l;
}

const zp_input *zp_iqc_inputs(const zp_iqc_lines *l, size_t *n)
{
	*n = l ? l->n_inputs : 0;
	return l ? l->inputs : NULL;
}

static bool ends_in(const char *name, const char *ending)
{
	const size_t n = strlen(name), m = strlen(ending);
	return n > m && strcmp(name + n - m, ending) == 0;
}

static void read_file(zp_iqc_lines *l, const char *file, zp_problems *problems)
{
	if (ends_in(file, ".xlsx"))
		read_workbook(l, file, problems);
	else
		read_csv(l, file, problems);
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void read_folder(zp_iqc_lines *l, const char *path, DIR *folder, zp_problems *problems)
{
	const char **names = zp_take(l->arena, const char *, FILES_MOST);
	size_t n = 0;
	for (const struct dirent *e; n < FILES_MOST && (e = readdir(folder));)
		if (e->d_name[0] != '.' && (ends_in(e->d_name, ".csv") || ends_in(e->d_name, ".xlsx")))
			names[n++] = zp_arena_print(l->arena, "%s/%s", path, e->d_name);
	qsort(names, n, sizeof *names, by_name);
	if (!n || n == FILES_MOST)
		zp_problem_add(problems, path, 0, 0, "the folder has %zu files that end in .csv or .xlsx; expected 1 to %d", n, FILES_MOST - 1);
	for (size_t i = 0; i < n && n < FILES_MOST; i++)
		read_file(l, names[i], problems);
}

bool zp_iqc_read(zp_iqc_lines *l, const char *path, zp_problems *problems)
{
	const size_t before = zp_problems_count(problems);
	DIR *folder = opendir(path);
	if (folder)
		read_folder(l, path, folder, problems);
	else
		read_file(l, zp_arena_text(l->arena, path, strlen(path)), problems);
	if (folder)
		closedir(folder);
	l->bad |= zp_problems_count(problems) > before;
	return zp_problems_count(problems) == before;
}
