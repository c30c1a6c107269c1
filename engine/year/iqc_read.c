/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of internal quality control, row by row: what can be said of a line without knowing the year. */
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "base/csv.h"
#include "base/file.h"
#include "run/records.h"
#include "run/sandbox.h"
#include "year/iqc_parts.h"

#define FILE_MOST (512u << 20)
#define TEXT_MOST 200   /* bytes of a text */
#define VALUES_MOST 10000000
#define FILES_MOST 10000

typedef enum column {
	LAB, MONTH, SPECIMEN, ITEM, LEVEL, LOT, COUNT, MEAN, SD, CV, UNIT, METHOD, INSTRUMENT, IN_USE, IN_CONTROL, SINCE, COLUMNS,
	NOTE = COLUMNS, UNKNOWN
} column;

/* The first two are what messages call it. */
static const struct { column of; const char *name; } headers[] = {
	{ LAB, "lab" }, { LAB, "实验室编码" }, { LAB, "实验室代码" }, { LAB, "实验室" },
	{ MONTH, "month" }, { MONTH, "月份" }, { MONTH, "年月" },
	{ SPECIMEN, "specimen" }, { SPECIMEN, "标本" }, { SPECIMEN, "标本类型" }, { SPECIMEN, "样本类型" },
	{ ITEM, "item" }, { ITEM, "项目" }, { ITEM, "检验项目" }, { ITEM, "项目代码" }, { ITEM, "项目名称" },
	{ LEVEL, "level" }, { LEVEL, "水平" }, { LEVEL, "质控水平" }, { LEVEL, "浓度水平" },
	{ LOT, "lot" }, { LOT, "批号" }, { LOT, "质控品批号" },
	{ COUNT, "n" }, { COUNT, "测定数" }, { COUNT, "测定次数" }, { COUNT, "在控数据个数" },
	{ MEAN, "mean" }, { MEAN, "均值" }, { MEAN, "平均值" }, { MEAN, "当月均值" },
	{ SD, "sd" }, { SD, "标准差" }, { SD, "当月标准差" },
	{ CV, "cv" }, { CV, "变异系数" }, { CV, "cv%" }, { CV, "cv(%)" }, { CV, "变异系数(%)" }, { CV, "当月变异系数" },
	{ UNIT, "unit" }, { UNIT, "单位" },
	{ METHOD, "method" }, { METHOD, "方法" },
	{ INSTRUMENT, "instrument" }, { INSTRUMENT, "仪器" },
	{ IN_USE, "mean_in_use" }, { IN_USE, "使用中均值" }, { IN_USE, "在用均值" },
	{ IN_CONTROL, "in_control" }, { IN_CONTROL, "在控" }, { IN_CONTROL, "是否在控" },
	{ SINCE, "lot_since" }, { SINCE, "批号启用月份" }, { SINCE, "启用月份" },
	{ NOTE, "note" }, { NOTE, "备注" }, { NOTE, "name" }, { NOTE, "实验室名称" }, { NOTE, "序号" },
};
#define HEADERS (sizeof headers / sizeof *headers)

static const column needed[] = { LAB, MONTH, ITEM, LEVEL, LOT, COUNT, MEAN };

/* One table: a file, or a sheet of a workbook. */
typedef struct reading {
	zp_iqc_lines *lines;
	zp_problems *problems;
	const char *file, *sheet; /* sheet NULL: none */
	bool headed, lost;        /* lost: its header cannot be used */
	column of[ZP_CSV_COLUMNS];
	zp_text named[ZP_CSV_COLUMNS]; /* as the file writes them */
	size_t n;
	long line;
	size_t at;                /* the cell that is read */
} reading;

static void tell(reading *, size_t cell, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void tell(reading *r, size_t cell, const char *fmt, ...)
{
	const zp_spot spot = { r->file, zp_text_of(r->sheet), r->line, cell == SIZE_MAX ? 0 : (long)cell + 1 };
	va_list args;
	va_start(args, fmt);
	zp_problem_tell(r->problems, &spot, NULL, fmt, args);
	va_end(args);
}

static const char *show(const reading *r, zp_text t) { return zp_text_show(r->lines->arena, t); }
static const char *header_of(const reading *r) { return show(r, r->named[r->at]); }

/* ---- the header ---- */

static column column_named(zp_text name)
{
	char folded[200];
	if (name.n > sizeof folded)
		return UNKNOWN;
	zp_text plain = { folded, zp_text_fold(name, folded) };
	for (size_t i = 0; i < plain.n; i++)
		if (folded[i] >= 'A' && folded[i] <= 'Z')
			folded[i] = (char)(folded[i] + 32);
	plain = zp_text_trim(plain);
	for (size_t i = 0; i < HEADERS; i++)
		if (zp_text_is(plain, headers[i].name))
			return headers[i].of;
	return UNKNOWN;
}

static void tell_missing(reading *r, column c)
{
	for (size_t i = 0; i < HEADERS; i++)
		if (headers[i].of == c) {
			tell(r, SIZE_MAX, "there is no column \"%s\" (or \"%s\")", headers[i].name, headers[i + 1].name);
			return;
		}
}

static void take_header(reading *r, const zp_text *cells, size_t n)
{
	bool seen[COLUMNS + 1] = { false };
	r->headed = true;
	r->n = n;
	for (size_t i = 0; i < n; i++) {
		const zp_text name = zp_text_trim(cells[i]);
		r->named[i] = zp_names_at(r->lines->texts, zp_names_add(r->lines->texts, name));
		r->of[i] = name.n ? column_named(name) : NOTE;
		if (r->of[i] == UNKNOWN)
			tell(r, i, "the column \"%s\" is not known; expected lab, month, specimen, item, level, lot, n, mean, sd, cv, unit, method, instrument, "
			     "mean_in_use, in_control or lot_since, or the Chinese for one of them", show(r, name));
		else if (r->of[i] != NOTE && seen[r->of[i]])
			tell(r, i, "the column \"%s\" is there twice, perhaps by another name; expected it once", show(r, name));
		r->lost |= r->of[i] == UNKNOWN || (r->of[i] != NOTE && seen[r->of[i]]);
		if (r->of[i] < COLUMNS)
			seen[r->of[i]] = true;
	}
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!seen[needed[i]]) {
			tell_missing(r, needed[i]);
			r->lost = true;
		}
}

/* ---- cells ---- */

/* What a cell holds, without blanks and full-width forms. Gives: "" for an empty one; NULL after a problem. */
static const char *take_text(reading *r, zp_text cell)
{
	char folded[4 * TEXT_MOST];
	cell = zp_text_trim(cell);
	if (cell.n > TEXT_MOST || !zp_text_is_plain(cell)) {
		tell(r, r->at, "\"%s\" is longer than %d bytes, or has characters that cannot be seen; expected a short text", header_of(r), TEXT_MOST);
		return NULL;
	}
	const zp_text plain = zp_text_trim((zp_text){ folded, zp_text_fold(cell, folded) });
	return zp_names_at(r->lines->texts, zp_names_add(r->lines->texts, plain)).p;
}

static bool take_number(reading *r, const char *text, zp_decimal *out)
{
	size_t n = strlen(text);
	if (r->of[r->at] == CV && n && text[n - 1] == '%')
		n--;
	if (zp_decimal_read(text, n, out) == ZP_NUMBER_OK)
		return true;
	tell(r, r->at, "\"%s\" is \"%s\"; expected a number such as 5.20", header_of(r), show(r, zp_text_of(text)));
	return false;
}

static bool take_spread(reading *r, const char *text, zp_decimal *out)
{
	if (!take_number(r, text, out))
		return false;
	if (out->m >= 0)
		return true;
	tell(r, r->at, "\"%s\" is \"%s\"; expected 0 or more", header_of(r), show(r, zp_text_of(text)));
	return false;
}

/* "31", or "31.0" as some programs write it. */
static bool take_count(reading *r, const char *text, uint32_t *out)
{
	zp_decimal d;
	const zp_decimal least = { 1, 0 }, most = { VALUES_MOST, 0 };
	if (zp_decimal_read(text, strlen(text), &d) == ZP_NUMBER_OK && zp_decimal_compare(d, least) >= 0 && zp_decimal_compare(d, most) <= 0) {
		const zp_decimal whole = zp_decimal_round(d, 0);
		*out = (uint32_t)zp_decimal_double(whole);
		if (zp_decimal_compare(d, whole) == 0)
			return true;
	}
	tell(r, r->at, "\"%s\" is \"%s\"; expected a whole number from 1 to %d", header_of(r), show(r, zp_text_of(text)), VALUES_MOST);
	return false;
}

/* Up to `most` digits. Gives: how many bytes; 0: none. */
static size_t digits(const char *p, size_t most, int *out)
{
	size_t n = 0;
	for (*out = 0; n < most && p[n] >= '0' && p[n] <= '9'; n++)
		*out = 10 * *out + p[n] - '0';
	return n;
}

/* "2026-03", "2026/3", "2026.03", "202603", "2026年3月": each names the year, for a month alone could be of any. Gives: 0 for none. */
static int month_of(const char *text)
{
	int year, month;
	const char *p = text;
	if (digits(p, 4, &year) != 4)
		return 0;
	p += 4;
	const bool chinese = strncmp(p, "年", strlen("年")) == 0, joined = *p >= '0' && *p <= '9';
	p += chinese ? strlen("年") : *p == '-' || *p == '/' || *p == '.';
	if (!chinese && !joined && p == text + 4)
		return 0;
	const size_t n = digits(p, 2, &month);
	p += n;
	if (chinese && strncmp(p, "月", strlen("月")) == 0)
		p += strlen("月");
	return n && !*p && !(joined && n != 2) && month >= 1 && month <= 12 && year >= 1900 ? 12 * year + month - 1 : 0;
}

static bool take_month(reading *r, const char *text, int *out)
{
	*out = month_of(text);
	if (!*out)
		tell(r, r->at, "\"%s\" is \"%s\"; expected a month with its year, such as 2026-03", header_of(r), show(r, zp_text_of(text)));
	return *out != 0;
}

static bool take_answer(reading *r, const char *text, bool *out)
{
	static const char *const yes[] = { "yes", "是", "在控" }, *const no[] = { "no", "否", "失控" };
	for (size_t i = 0; i < 3; i++)
		if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0)
			return *out = strcmp(text, yes[i]) == 0, true;
	tell(r, r->at, "\"%s\" is \"%s\"; expected yes or no (是 or 否, 在控 or 失控)", header_of(r), show(r, zp_text_of(text)));
	return false;
}

/* "1" of "水平1", "level 1", "L1" and "1.0"; anything else as it is. */
static const char *level_of(reading *r, const char *text)
{
	static const char *const before[] = { "水平", "level", "Level", "LEVEL", "L", "l" };
	const char *p = text;
	for (size_t i = 0; i < sizeof before / sizeof *before && p == text; i++)
		if (strncmp(text, before[i], strlen(before[i])) == 0)
			p += strlen(before[i]);
	p += strspn(p, " ");
	const size_t n = strspn(p, "0123456789");
	if (!n || (p[n] && strcmp(p + n, ".0") != 0))
		return text;
	return zp_names_at(r->lines->texts, zp_names_add(r->lines->texts, (zp_text){ p, n })).p;
}

static bool is_needed(column c)
{
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (needed[i] == c)
			return c != LEVEL && c != LOT; /* a row without them has no peers, and counts all the same */
	return false;
}

/* One cell into the row. Gives: false after a problem. */
static bool take_cell(reading *r, zp_text cell, zp_iqc_row *row)
{
	const column c = r->of[r->at];
	const char *text = c < COLUMNS ? take_text(r, cell) : "";
	if (!text)
		return false;
	if (!*text && is_needed(c))
		tell(r, r->at, "\"%s\" is empty; expected what belongs there", header_of(r));
	if (!*text)
		return !is_needed(c);
	switch (c) {
	case LAB: row->sent_as = text; return true;
	case MONTH: return take_month(r, text, &row->month);
	case SPECIMEN: row->specimen = text; return true;
	case ITEM: row->item_code = text; return true;
	case LEVEL: row->level = level_of(r, text); return true;
	case LOT: row->lot = text; return true;
	case COUNT: return take_count(r, text, &row->n);
	case MEAN: return take_number(r, text, &row->mean);
	case SD: return row->has_sd = true, take_spread(r, text, &row->sd);
	case CV: return row->has_cv = true, take_spread(r, text, &row->cv);
	case UNIT: row->unit = text; return true;
	case METHOD: row->method = text; return true;
	case INSTRUMENT: row->instrument = text; return true;
	case IN_USE: return row->has_mean_in_use = true, take_number(r, text, &row->mean_in_use);
	case IN_CONTROL: return row->has_in_control = true, take_answer(r, text, &row->in_control);
	case SINCE: return take_month(r, text, &row->since);
	case COLUMNS:
	case UNKNOWN: break;
	}
	return true;
}

/* ---- what the figures say of each other ---- */

/* The ends of what was rounded to d: half a unit of its last place below and above. */
static zp_decimal end_of(zp_decimal d, int side) { return (zp_decimal){ 10 * d.m + 5 * side, (int8_t)(d.e - 1) }; }

#define LONG_MANTISSA 10000000000000000 /* beyond it the ends have no room; nobody prints so many digits */
#define LONG_POWER 60

static bool is_short(zp_decimal d) { return d.m < LONG_MANTISSA && d.m > -LONG_MANTISSA && d.e > -LONG_POWER && d.e < LONG_POWER; }

/* Whether some SD, mean and CV that print as these can belong together: 100 SD = CV |mean|. */
static bool agree(const zp_iqc_row *row)
{
	const zp_decimal hundred = { 100, 0 }, mean = { row->mean.m < 0 ? -row->mean.m : row->mean.m, row->mean.e };
	if (!is_short(row->sd) || !is_short(mean) || !is_short(row->cv))
		return true;
	const zp_width sd_low = { end_of(row->sd, -1), hundred }, sd_high = { end_of(row->sd, 1), hundred };
	const zp_width high = { end_of(row->cv, 1), end_of(mean, 1) };
	zp_decimal cv_low = end_of(row->cv, -1), mean_low = end_of(mean, -1);
	if (row->sd.m > 0 && zp_width_compare(sd_low, high) > 0)
		return false;
	return cv_low.m <= 0 || mean_low.m <= 0 || zp_width_compare(sd_high, (zp_width){ cv_low, mean_low }) >= 0;
}

static bool check_figures(reading *r, const zp_iqc_row *row)
{
	if (row->n < 2 && (row->has_sd || row->has_cv)) {
		tell(r, SIZE_MAX, "there is one value, and an SD or CV; expected at least 2 values for one");
		return false;
	}
	if (row->mean.m == 0 && row->has_cv) {
		tell(r, SIZE_MAX, "the mean is 0, and there is a CV; expected none, for it means nothing there");
		return false;
	}
	if (row->has_sd && row->has_cv && !agree(row)) {
		char sd[ZP_DECIMAL_TEXT], mean[ZP_DECIMAL_TEXT], cv[ZP_DECIMAL_TEXT], should[ZP_DECIMAL_TEXT];
		const int places = row->cv.e < 0 ? -row->cv.e : 0;
		const double d = zp_decimal_double(row->mean);
		zp_decimal_write(row->sd, sd);
		zp_decimal_write(row->mean, mean);
		zp_decimal_write(row->cv, cv);
		zp_decimal_write(zp_decimal_round_binary(100 * zp_decimal_double(row->sd) / (d < 0 ? -d : d), places), should);
		tell(r, SIZE_MAX, "the CV is %s, and the SD %s of the mean %s makes %s, whatever was rounded; expected figures that agree", cv, sd, mean, should);
		return false;
	}
	return true;
}

/* ---- rows ---- */

static void keep(zp_iqc_lines *l, const zp_iqc_row *row)
{
	if (l->n == l->room) {
		const size_t room = l->room ? 2 * l->room : 1024;
		zp_iqc_row *rows = realloc(l->rows, room * sizeof *rows);
		if (!rows)
			abort();
		l->rows = rows;
		l->room = room;
	}
	l->rows[l->n++] = *row;
}

/* unfit: of each cell, why it may not be used; NULL: all may. */
static void take_row(reading *r, long line, const zp_text *cells, const zp_text *unfit, size_t n)
{
	zp_iqc_row row = { .specimen = "", .item_code = "", .name = "", .level = "", .lot = "", .unit = "", .method = "", .instrument = "", .sent_as = "",
		.item = ZP_NO_ITEM, .file = r->file, .sheet = r->sheet, .line = line };
	bool good = true;
	r->line = line;
	if (!r->headed) {
		take_header(r, cells, n);
		return;
	}
	for (size_t i = r->n; i < n; i++)
		if (zp_text_trim(cells[i]).n) {
			tell(r, i, "the line has more cells than the header; expected as many");
			return;
		}
	for (r->at = 0; !r->lost && r->at < r->n; r->at++) {
		const bool is_unfit = unfit && r->at < n && unfit[r->at].n && r->of[r->at] < COLUMNS;
		if (is_unfit)
			tell(r, r->at, "%.*s", (int)unfit[r->at].n, unfit[r->at].p);
		good &= !is_unfit && take_cell(r, r->at < n ? cells[r->at] : ZP_TEXT(""), &row);
	}
	if (!r->lost && good && check_figures(r, &row))
		keep(r->lines, &row);
}

static void end_table(reading *r)
{
	if (!r->headed) {
		r->line = 0;
		tell(r, SIZE_MAX, "the file is empty; expected a header");
	}
}

/* ---- files of text ---- */

static zp_input *next_input(zp_iqc_lines *l)
{
	if (l->n_inputs == l->room_inputs) {
		const size_t room = l->room_inputs ? 2 * l->room_inputs : 16;
		zp_input *more = zp_take(l->arena, zp_input, room);
		if (l->n_inputs)
			memcpy(more, l->inputs, l->n_inputs * sizeof *more);
		l->inputs = more;
		l->room_inputs = room;
	}
	return &l->inputs[l->n_inputs];
}

static void read_csv(zp_iqc_lines *l, const char *file, zp_problems *problems)
{
	reading r = { .lines = l, .problems = problems, .file = file };
	const char *why = NULL;
	size_t at;
	zp_arena *own = zp_arena_open(); /* what rows hold is in l->texts */
	const zp_text bytes = zp_file_read(own, file, FILE_MOST, file, next_input(l), &why);
	const zp_text text = bytes.p ? zp_text_decode(own, bytes, &why, &at) : bytes;
	l->n_inputs += bytes.p != NULL;
	if (!text.p)
		tell(&r, SIZE_MAX, "the file %s", why);
	char *scratch = zp_arena_take(own, text.n + 1);
	for (const char *p = text.p, *end = text.p + text.n, *stop; p && p < end; p = stop < end ? stop + 1 : end) {
		zp_csv_cells cells;
		stop = zp_csv_line_end(p, end);
		const char *last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		r.line++;
		if (zp_csv_blank(p, last))
			continue;
		const zp_csv_fault fault = zp_csv_split(p, last, ',', &scratch, &cells);
		if (fault)
			tell(&r, cells.n - 1, "%s", zp_csv_says(fault));
		else
			take_row(&r, r.line, cells.at, NULL, cells.n);
	}
	if (text.p)
		end_table(&r);
	zp_arena_close(own);
}

/* ---- workbooks ---- */

/* Cells come one by one, in their order; a row is whole when the next begins. */
typedef struct book_reading {
	reading r;
	bool any;
	zp_text cells[ZP_CSV_COLUMNS], unfit[ZP_CSV_COLUMNS];
	size_t n;
	long line;
} book_reading;

static void end_row(book_reading *b)
{
	if (b->n)
		take_row(&b->r, b->line, b->cells, b->unfit, b->n);
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
		b->r = (reading){ .lines = b->r.lines, .problems = b->r.problems, .file = b->r.file,
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

static const char *stem_of(zp_arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file, *dot = strrchr(name, '.');
	return zp_arena_text(arena, name, dot ? (size_t)(dot - name) : strlen(name));
}

static void read_workbook(zp_iqc_lines *l, const char *file, zp_problems *problems)
{
	book_reading *b = zp_take(l->arena, book_reading, 1);
	b->r = (reading){ .lines = l, .problems = problems, .file = file };
	if (!l->workbook || !l->workbook->cells) {
		tell(&b->r, SIZE_MAX, "no reader of workbooks is at hand; expected a table as CSV");
		return;
	}
	const zp_importer plain = { .ending = l->workbook->ending, .read = l->workbook->cells, .whole_most = l->workbook->whole_most };
	const char *why = NULL;
	bool refused = false;
	zp_sandbox *box = zp_sandbox_open();
	const zp_text bytes = zp_sandbox_load(box, file, l->workbook->whole_most, next_input(l), &why);
	l->n_inputs += bytes.p != NULL;
	const zp_text records = bytes.p ? zp_sandbox_parse(box, &plain, file, stem_of(l->arena, file), &why) : bytes;
	const zp_sink sink = { b, take_raw, take_problem, take_problem };
	if (records.p)
		why = zp_records_read(records, &sink, &refused);
	end_row(b);
	if (why && !refused)
		tell(&(reading){ .problems = problems, .file = file }, SIZE_MAX, "the file %s", why);
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
	return zp_problems_count(problems) == before;
}
