/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file: its header by the mapping, then row by row. */
#include "base/csv.h"
#include "base/file.h"
#include "convert/work.h"

#define FILE_MOST (1ull << 30)
#define CELLS_MOST 16384 /* of a line: as many as a spreadsheet has */
#define UNKNOWN (-2)

/* What a column of this file holds. */
typedef struct column {
	int field;         /* zp_map_field; ZP_MAP_IGNORED; ZP_MAP_VALUE in a wide sheet: of what follows */
	zp_text measurand, sample;
} column;

#define ROWS_A_STEP 256

typedef struct reading {
	zp_converting *c;
	const char *file;
	zp_text *cells, *above; /* of a line; of the upper of two headers */
	size_t n_cells, n_above;
	column *columns;
	size_t n_columns, n_values; /* values of a line */
	size_t n_written;           /* cells of the header's line: columns and empty ones at its end */
	zp_names *headed;           /* measurand and sample of those columns */
	char *scratch;
	zp_buffer *results;
	const char *p, *end;
	long line;
	size_t rows; /* for who looks on */
} reading;

/* Split a line by the rules of base/csv.h, into more cells than those. Gives: false after a problem. */
static bool split(reading *r, const char *p, const char *end)
{
	const char delimiter = r->c->map->delimiter, *why = NULL;
	r->n_cells = 0;
	for (bool more = true; more && !why;) {
		if (r->n_cells == CELLS_MOST) {
			zp_problem_add(r->c->input, r->file, r->line, 0, "the line has more than %d cells", CELLS_MOST);
			return false;
		}
		zp_text *cell = &r->cells[r->n_cells++];
		if (p < end && *p == '"') {
			char *from = r->scratch;
			bool open = true;
			for (p++; p < end && open; p++) {
				if (*p == '"' && (p + 1 == end || p[1] != '"'))
					open = false;
				else
					*r->scratch++ = *(p += *p == '"');
			}
			*cell = (zp_text){ from, (size_t)(r->scratch - from) };
			why = open ? zp_csv_says(ZP_CSV_OPEN_QUOTE) : p < end && *p != delimiter ? zp_csv_says(ZP_CSV_AFTER_QUOTE) : NULL;
		} else {
			const char *stop = memchr(p, delimiter, (size_t)(end - p));
			*cell = (zp_text){ p, (size_t)((stop ? stop : end) - p) };
			p = stop ? stop : end;
		}
		more = p < end;
		p += more;
		if (more && p == end && !why && r->n_cells < CELLS_MOST) /* a separator at the end: one more cell, empty */
			r->cells[r->n_cells++] = (zp_text){ p, 0 }, more = false;
	}
	if (why)
		zp_problem_add(r->c->input, r->file, r->line, (long)r->n_cells, "%s", why);
	return !why;
}

/* The next line that holds anything, split. Gives: 1; 0 after a problem; -1 at the end. */
static int next_line(reading *r)
{
	while (r->p < r->end) {
		const char *p = r->p, *stop = zp_csv_line_end(p, r->end), *last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		r->p = stop < r->end ? stop + 1 : r->end;
		r->line++;
		if (memchr(p, '\r', (size_t)(last - p))) {
			zp_problem_add(r->c->input, r->file, r->line, 0,
				       "a carriage return stands inside the line; expected lines that end with a line feed");
			return 0;
		}
		if (!split(r, p, last))
			return 0;
		for (size_t i = 0; i < r->n_cells; i++)
			if (zp_text_trim(r->cells[i]).n)
				return 1;
	}
	return -1;
}

/* ---- the header ---- */

static const zp_map_column *column_named(const zp_mapping *m, zp_text name)
{
	for (size_t i = 0; i < m->n_columns; i++)
		if (zp_text_is(name, m->columns[i].name))
			return &m->columns[i];
	return NULL;
}

/* Of one header "GLU-202611", cut where the mapping says, at the last place. */
static bool cut_header(const zp_mapping *m, zp_text name, column *out)
{
	size_t n = strlen(m->between);
	for (size_t at = name.n; at-- > 0;) {
		if (at + n > name.n || memcmp(name.p + at, m->between, n) != 0)
			continue;
		out->measurand = zp_text_trim((zp_text){ name.p, at });
		out->sample = zp_text_trim((zp_text){ name.p + at + n, name.n - at - n });
		return out->measurand.n && out->sample.n;
	}
	return false;
}

/* A column of values. Gives: false when it is none, which is told. */
static bool value_column(reading *r, size_t i, zp_text name, column *out)
{
	const zp_convert_programme *p = &r->c->programmes[0];
	const char *constant = r->c->map->constant[ZP_MAP_PROGRAMME];
	char shown[128], sample[128];
	if (constant)
		p = &r->c->programmes[zp_names_find(r->c->map->programme_names, zp_text_of(constant))];
	out->field = ZP_MAP_VALUE;
	if (!r->c->map->two_headers && !cut_header(r->c->map, name, out)) {
		zp_problem_add(r->c->input, r->file, r->line, (long)i + 1, "the mapping does not name the column \"%s\"; expected a <column> or "
			       "<ignore> for it, or a header MEASURAND%sSAMPLE", zp_text_show_in(shown, sizeof shown, name), r->c->map->between);
		return false;
	}
	bool good = true;
	if (zp_convert_measurand(p, out->measurand) == ZP_NO_NAME)
		zp_problem_add(r->c->input, r->file, r->line, (long)i + 1, "measurand \"%s\" is not in programme %s; if this is no value, expected "
			       "a <column> or <ignore> for it", zp_text_show_code_in(shown, sizeof shown, out->measurand), p->map->code),
					good = false;
	if (p->map->n_samples && zp_names_find(p->samples, out->sample) == ZP_NO_NAME)
		zp_problem_add(r->c->input, r->file, r->line, (long)i + 1, "sample \"%s\" is not in programme %s",
			       zp_text_show_code_in(sample, sizeof sample, out->sample), p->map->code), good = false;
	char key[200];
	uint32_t m = zp_convert_measurand(p, out->measurand);
	int n = snprintf(key, sizeof key, "%u %.*s", m, (int)(out->sample.n < 160 ? out->sample.n : 160), out->sample.p);
	if (good && zp_names_find(r->headed, (zp_text){ key, (size_t)n }) != ZP_NO_NAME)
		zp_problem_add(r->c->input, r->file, r->line, (long)i + 1, "the header has two columns for %s in %s",
			       zp_text_show_in(shown, sizeof shown, out->measurand), zp_text_show_in(sample, sizeof sample, out->sample)),
					good = false;
	else if (good)
		zp_names_add(r->headed, (zp_text){ key, (size_t)n });
	r->n_values++;
	return good;
}

/* What column i is, with `name` its header (in two headers, the one that is not blank) and perhaps what both say. */
static bool read_column(reading *r, size_t i, zp_text name, bool is_value, long seen[ZP_MAP_FIELDS])
{
	const zp_mapping *m = r->c->map;
	column *out = &r->columns[i];
	const zp_map_column *known = is_value ? NULL : column_named(m, name);
	char shown[128];
	if (known) {
		out->field = known->field;
		if (known->field < 0)
			return true;
		if (seen[known->field]) {
			zp_problem_add(r->c->input, r->file, r->line, (long)i + 1,
					"the header has two columns for the field %s, the other is column %ld",
				       zp_map_field_name((zp_map_field)known->field), seen[known->field]);
			return false;
		}
		seen[known->field] = (long)i + 1;
		return true;
	}
	if (m->wide && (is_value || !m->two_headers))
		return value_column(r, i, name, out);
	zp_problem_add(r->c->input, r->file, r->line, (long)i + 1, "the mapping does not name the column \"%s\"; expected a <column> or <ignore> for it",
		       zp_text_show_in(shown, sizeof shown, name));
	return false;
}

/* Fields that must be there: those of which no column is optional. */
static bool has_fields(reading *r, const long seen[ZP_MAP_FIELDS])
{
	const zp_mapping *m = r->c->map;
	bool good = true, optional[ZP_MAP_FIELDS] = { false };
	const char *named[ZP_MAP_FIELDS] = { NULL };
	for (size_t i = 0; i < m->n_columns; i++)
		if (m->columns[i].field >= 0) {
			optional[m->columns[i].field] |= m->columns[i].optional;
			if (!named[m->columns[i].field])
				named[m->columns[i].field] = m->columns[i].name;
		}
	for (int f = 0; f < ZP_MAP_FIELDS; f++)
		if (named[f] && !seen[f] && !optional[f]) {
			zp_problem_add(r->c->input, r->file, r->line, 0, "the header has no column \"%s\"; it gives the field %s", named[f],
				       zp_map_field_name((zp_map_field)f));
			good = false;
		}
	if (good && m->wide && !r->n_values)
		zp_problem_add(r->c->input, r->file, r->line, 0, "the header has no column with values"), good = false;
	return good;
}

static bool read_header(reading *r)
{
	const zp_mapping *m = r->c->map;
	long seen[ZP_MAP_FIELDS] = { 0 };
	bool good = true;
	int got = next_line(r);
	if (got == 1 && m->two_headers) {
		memcpy(r->above, r->cells, r->n_cells * sizeof *r->above);
		r->n_above = r->n_cells;
		got = next_line(r);
	}
	if (got != 1) {
		if (got < 0)
			zp_problem_add(r->c->input, r->file, 0, 0, "the file has no header");
		return false;
	}
	r->n_columns = r->n_written = m->two_headers && r->n_above > r->n_cells ? r->n_above : r->n_cells;
	while (r->n_columns > 1 && (r->n_columns > r->n_cells || !zp_text_trim(r->cells[r->n_columns - 1]).n) &&
	       (!m->two_headers || r->n_columns > r->n_above || !zp_text_trim(r->above[r->n_columns - 1]).n))
		r->n_columns--;
	zp_text carried = { NULL, 0 }; /* a merged cell is written in its first column only */
	for (size_t i = 0; i < r->n_columns; i++) {
		zp_text top = { NULL, 0 }, name = i < r->n_cells ? zp_text_trim(r->cells[i]) : top;
		if (m->two_headers)
			top = i < r->n_above ? zp_text_trim(r->above[i]) : top;
		if (top.n)
			carried = name.n ? top : (zp_text){ NULL, 0 };
		const bool is_value = m->two_headers && name.n && carried.n && !(column_named(m, name) && !top.n);
		r->columns[i] = (column){ .field = UNKNOWN, .measurand = carried, .sample = name };
		good = read_column(r, i, name.n ? name : top, is_value, seen) && good;
	}
	return has_fields(r, seen) && good;
}

/* ---- rows ---- */

static void read_row(reading *r)
{
	zp_converting *c = r->c;
	zp_convert_row row = { .file = r->file, .line = r->line };
	const size_t values = c->map->wide ? r->n_values : 1;
	while (r->n_cells > r->n_columns && r->n_cells <= r->n_written && !zp_text_trim(r->cells[r->n_cells - 1]).n)
		r->n_cells--; /* spreadsheets add as many empty cells to each line; more are decimal commas that pushed empty columns out */
	c->count->rows++;
	c->count->read += values;
	if (r->n_cells != r->n_columns) {
		zp_problem_add(c->input, r->file, r->line, 0, "the line has %zu cell%s; the header has %zu", r->n_cells, r->n_cells == 1
				? "" : "s", r->n_columns);
		c->count->refused += values;
		return;
	}
	for (size_t i = 0; i < r->n_columns; i++)
		if (r->columns[i].field >= 0 && (!c->map->wide || r->columns[i].field != ZP_MAP_VALUE)) {
			row.field[r->columns[i].field] = r->cells[i];
			row.column[r->columns[i].field] = (long)i + 1;
		}
	if (!zp_convert_row_begin(c, &row)) {
		c->count->refused += values;
		return;
	}
	for (size_t i = 0; c->map->wide && i < r->n_columns; i++) {
		if (r->columns[i].field != ZP_MAP_VALUE)
			continue;
		row.field[ZP_MAP_MEASURAND] = r->columns[i].measurand;
		row.field[ZP_MAP_SAMPLE] = r->columns[i].sample;
		row.field[ZP_MAP_VALUE] = r->cells[i];
		row.column[ZP_MAP_MEASURAND] = row.column[ZP_MAP_SAMPLE] = row.column[ZP_MAP_VALUE] = (long)i + 1;
		zp_convert_value(c, &row, r->results);
	}
	if (!c->map->wide)
		zp_convert_value(c, &row, r->results);
}

static long line_at(zp_text bytes, size_t at)
{
	long line = 1;
	for (size_t i = 0; i < at && i < bytes.n; i++)
		line += bytes.p[i] == '\n';
	return line;
}

void zp_convert_file(zp_converting *c, const char *path, zp_buffer *results)
{
	const char *why = NULL;
	size_t at = 0;
	zp_text bytes = zp_file_read(c->arena, path, FILE_MOST, path, NULL, &why);
	const bool workbook = bytes.n >= 4 && (memcmp(bytes.p, "PK\3\4", 4) == 0 || memcmp(bytes.p, "\xD0\xCF\x11\xE0", 4) == 0);
	zp_text text = bytes.p && !workbook ? zp_text_decode(c->arena, bytes, &why, &at) : (zp_text){ NULL, 0 };
	if (workbook)
		why = "is a workbook; expected its sheet saved as CSV";
	if (!text.p) {
		zp_problem_add(c->input, path, bytes.p ? line_at(bytes, at) : 0, 0, "the file %s", why);
		return;
	}
	reading r = { .c = c, .file = path, .results = results, .p = text.p, .end = text.p + text.n };
	r.cells = zp_take(c->arena, zp_text, CELLS_MOST);
	r.above = zp_take(c->arena, zp_text, CELLS_MOST);
	r.columns = zp_take(c->arena, column, CELLS_MOST);
	r.headed = zp_names_take(c->arena);
	r.scratch = zp_arena_take(c->arena, text.n + 1);
	for (int i = 0; i < c->map->skip && r.p < r.end; i++, r.line++) {
		const char *stop = zp_csv_line_end(r.p, r.end);
		r.p = stop < r.end ? stop + 1 : r.end;
	}
	if (!read_header(&r))
		return;
	zp_convert_results_header(c, results);
	zp_progress_stage(c->wish->progress, "reading the table, rows", 0);
	for (int got; (got = next_line(&r)) >= 0;) {
		if (++r.rows % ROWS_A_STEP == 0)
			zp_progress_step(c->wish->progress, ROWS_A_STEP);
		if (got) {
			read_row(&r);
			continue;
		}
		c->count->rows++;
		c->count->read += c->map->wide ? r.n_values : 1;
		c->count->refused += c->map->wide ? r.n_values : 1;
	}
}
