/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/evidence.h"
#include <stdlib.h>
#include <string.h>
#include "base/instant.h"
#include "base/names.h"
#include "year/lists.h"

#define TEXT_MOST 300 /* bytes of a cell */

enum { LAB, KEY, VALUE, UNIT, SOURCE, DATE, COLUMNS };
static const char *const columns[COLUMNS] = { "lab", "key", "value", "unit", "source", "date" };

/* ---- reading ---- */

typedef struct reading {
	zp_arena *arena;
	const char *file;
	zp_problems *problems;
	const char *issued;
} reading;

static const char *show(const reading *r, const char *text) { return zp_text_show(r->arena, zp_text_of(text)); }

static void check_texts(const reading *r, const zp_list_row *row)
{
	for (int i = 0; i < COLUMNS; i++) {
		const zp_text t = zp_text_of(row->cells[i]);
		if (t.n > TEXT_MOST || (t.n && !zp_text_is_plain(t)))
			zp_problem_add(r->problems, r->file, row->line, 0, "%s is \"%s\"; expected at most %d bytes of characters that can be seen", columns[i],
				       zp_text_show(r->arena, t), TEXT_MOST);
		else if (!t.n && i != UNIT && i != SOURCE)
			zp_problem_add(r->problems, r->file, row->line, 0, "%s is empty; expected something there", columns[i]);
	}
}

static bool is_date(const char *text)
{
	int year, month, day;
	return zp_date_read(zp_text_of(text), &year, &month, &day);
}

/* A number in plain notation, as conditions read it ("1e3" and "+5" are no numbers to them), or else a word. What begins like a number
 * and is none, such as "92 %" or "92 points", would be a word that no condition can compare. */
static void take_value(const reading *r, const zp_list_row *row, zp_evidence_row *out)
{
	const zp_text given = zp_text_of(row->cells[VALUE]);
	char *folded = zp_arena_take(r->arena, given.n + 1);
	const size_t n = zp_text_fold(given, folded);
	const zp_number kind = zp_decimal_read(folded, n, &out->number);
	out->value = row->cells[VALUE];
	out->is_number = kind == ZP_NUMBER_OK;
	if (out->is_number) {
		char *text = zp_arena_take(r->arena, ZP_DECIMAL_TEXT);
		zp_decimal_write(out->number, text);
		out->value = text;
	}
	const bool exponent = out->is_number && strchr(out->value, 'e');
	const bool like_number = n && !out->is_number && memchr("+-.0123456789", *folded, 13) && !is_date(out->value);
	if (kind == ZP_NUMBER_TOO_LONG || exponent || like_number)
		zp_problem_add(r->problems, r->file, row->line, 0, "value is \"%s\"; expected a number with its unit in the column unit, a day YYYY-MM-DD, "
			       "or a word", show(r, row->cells[VALUE]));
}

static zp_evidence_row take_row(const reading *r, const zp_list_row *row)
{
	zp_evidence_row out = { .code = row->cells[LAB], .key = row->cells[KEY], .unit = row->cells[UNIT], .source = row->cells[SOURCE],
		.date = row->cells[DATE], .line = row->line };
	check_texts(r, row);
	take_value(r, row, &out);
	if (*out.key && !zp_evidence_key(zp_text_of(out.key)))
		zp_problem_add(r->problems, r->file, row->line, 0, "\"%s\" is no key; expected a small letter, then small letters, digits or -", show(r, out.key));
	if (*out.date && !is_date(out.date))
		zp_problem_add(r->problems, r->file, row->line, 0, "\"%s\" is no day; expected YYYY-MM-DD", show(r, out.date));
	else if (strcmp(out.date, r->issued) > 0)
		zp_problem_add(r->problems, r->file, row->line, 0, "the day %s lies after the date of issue %s; expected what is known by then", out.date, r->issued);
	return out;
}

const zp_evidence_file *zp_evidence_read(zp_arena *arena, const char *path, const char *file, int year, const char *issued, zp_problems *problems)
{
	const reading r = { arena, file, problems, issued };
	const size_t before = zp_problems_count(problems);
	zp_evidence_file *out = zp_take(arena, zp_evidence_file, 1);
	size_t n;
	const zp_list_row *all = zp_list_read(arena, path, file, columns, COLUMNS, &n, &out->input, problems);
	if (!all)
		return NULL;
	zp_evidence_row *rows = zp_take(arena, zp_evidence_row, n + 1);
	long *outside = zp_take(arena, long, n + 1);
	for (size_t i = 0; i < n; i++) {
		const size_t told = zp_problems_count(problems);
		const zp_evidence_row one = take_row(&r, &all[i]);
		if (zp_problems_count(problems) > told)
			continue;
		if (strncmp(one.date, zp_arena_print(arena, "%04d-", year), 5) == 0)
			rows[out->n++] = one;
		else
			outside[out->n_outside++] = one.line;
	}
	out->file = file;
	out->rows = rows;
	out->outside = outside;
	out->faulty = zp_problems_count(problems) > before;
	return out;
}

/* ---- whose it is ---- */

typedef struct taking {
	zp_arena *arena;
	const zp_chronicle *chronicle;
	const zp_regions *regions;
	const zp_year_rules *rules;
	const zp_evidence_file *file;
	zp_problems *problems;
} taking;

/* Without the prefix; NULL when it has another. */
static const char *behind(const char *code, const char *prefix)
{
	const size_t n = strlen(prefix);
	return strncmp(code, prefix, n) == 0 ? code + n : NULL;
}

/* Centres are those of the regions just below the root. */
static bool is_city(const zp_regions *regions, uint16_t i)
{
	const uint16_t above = regions->at[i].parent;
	return above != ZP_NO_REGION && regions->at[above].parent == ZP_NO_REGION;
}

static bool find_owner(const taking *t, const zp_evidence_row *row, zp_evidence_line *out)
{
	const char *as_lab = behind(row->code, "laboratory:"), *as_region = behind(row->code, "region:");
	const char *code = as_lab ? as_lab : as_region ? as_region : row->code;
	const char *shown = zp_text_show(t->arena, zp_text_of(code));
	const size_t lab = as_region ? SIZE_MAX : zp_year_lab_find(t->chronicle, code);
	const uint16_t region = as_lab ? ZP_NO_REGION : zp_region_find(t->regions, zp_text_of(code));
	*out = (zp_evidence_line){ row, lab == SIZE_MAX ? UINT32_MAX : (uint32_t)lab, region, false };
	if (lab != SIZE_MAX && region != ZP_NO_REGION)
		zp_problem_add(t->problems, t->file->file, row->line, 0, "\"%s\" is the code of a laboratory and of a region; expected laboratory: or region: before it",
			       shown);
	else if (lab == SIZE_MAX && region == ZP_NO_REGION && t->regions)
		zp_problem_add(t->problems, t->file->file, row->line, 0, "\"%s\" is on no register up to the end of the year, and is no region; expected the code "
			       "that the laboratory has then, or that of a region", shown);
	else if (lab == SIZE_MAX && region == ZP_NO_REGION)
		zp_problem_add(t->problems, t->file->file, row->line, 0, "\"%s\" is on no register up to the end of the year; expected the code that the laboratory has "
			       "then, or that of a region of --regions", shown);
	else if (region != ZP_NO_REGION && !is_city(t->regions, region))
		zp_problem_add(t->problems, t->file->file, row->line, 0, "region \"%s\" does not lie just below the root of the tree; expected one that does, whose centre it "
			       "is about", shown);
	else
		return true;
	return false;
}

static int by_owner(const void *a, const void *b)
{
	const zp_evidence_line *x = a, *y = b;
	if (x->lab != y->lab)
		return x->lab < y->lab ? -1 : 1;
	if (x->region != y->region)
		return x->region < y->region ? -1 : 1;
	int order = strcmp(x->row->key, y->row->key);
	order = order ? order : strcmp(x->row->date, y->row->date);
	return order ? order : (x->row->line > y->row->line) - (x->row->line < y->row->line);
}

/* ---- what counts ---- */

static bool same_value(const zp_evidence_row *a, const zp_evidence_row *b)
{
	return a->is_number && b->is_number ? zp_decimal_compare(a->number, b->number) == 0 : strcmp(a->value, b->value) == 0;
}

static bool is_larger_worse(const zp_year_rules *rules, const char *key)
{
	const char *rest = rules->title_larger_worse;
	const size_t n = strlen(key);
	for (const char *p = rest; (p = strstr(p, key)); p += n)
		if ((p == rest || p[-1] == ' ') && (!p[n] || p[n] == ' '))
			return true;
	return false;
}

/* Lines of one owner and key, by day: the latest, or the worst; of equal ones the latest day and there the first line. */
static void choose(const taking *t, zp_evidence_line *lines, size_t n)
{
	const bool worst = t->rules->title_evidence_worst, larger = worst && is_larger_worse(t->rules, lines->row->key);
	size_t best = 0;
	for (size_t i = 1; i < n; i++) {
		const zp_evidence_row *one = lines[i].row, *now = lines[best].row;
		if (strcmp(one->date, lines[i - 1].row->date) == 0 && !same_value(one, lines[i - 1].row))
			zp_problem_add(t->problems, t->file->file, one->line, 0, "%s of \"%s\" on %s is \"%s\" here and \"%s\" on line %ld; expected one value of a day",
				       one->key, one->code, one->date, one->value, lines[i - 1].row->value, lines[i - 1].row->line);
		else if (worst && !(one->is_number && now->is_number) && !same_value(one, now))
			zp_problem_add(t->problems, t->file->file, one->line, 0, "%s of \"%s\" is \"%s\" here and \"%s\" on line %ld, of which none is the worse; expected "
				       "numbers where the worst counts", one->key, one->code, one->value, now->value, now->line);
		const int order = worst && one->is_number && now->is_number ? zp_decimal_compare(one->number, now->number) : 0;
		const bool later = strcmp(one->date, now->date) > 0;
		if (order ? (order > 0) == larger : later)
			best = i;
	}
	lines[best].counts = true;
}

/* Values of a key in two units cannot be held against one number. */
static void check_units(const taking *t)
{
	zp_names *keys = zp_names_take(t->arena);
	const zp_evidence_row **first = zp_take(t->arena, const zp_evidence_row *, t->file->n + 1);
	for (size_t i = 0; i < t->file->n; i++) {
		const zp_evidence_row *row = &t->file->rows[i];
		const uint32_t before = zp_names_count(keys), k = zp_names_add(keys, zp_text_of(row->key));
		if (k == before)
			first[k] = row;
		else if (strcmp(first[k]->unit, row->unit) != 0)
			zp_problem_add(t->problems, t->file->file, row->line, 0, "the unit of %s is \"%s\" here and \"%s\" on line %ld; expected one unit of a key",
				       row->key, row->unit, first[k]->unit, first[k]->line);
	}
}

const zp_evidence *zp_evidence_take(zp_arena *arena, const zp_chronicle *c, const zp_regions *regions, const zp_year_rules *rules,
				    const zp_evidence_file *file, zp_problems *problems)
{
	const taking t = { arena, c, regions, rules, file, problems };
	const size_t before = zp_problems_count(problems);
	zp_evidence *out = zp_take(arena, zp_evidence, 1);
	if (!file)
		return out;
	zp_evidence_line *lines = zp_take(arena, zp_evidence_line, file->n + 1);
	for (size_t i = 0; i < file->n; i++)
		out->n += find_owner(&t, &file->rows[i], &lines[out->n]);
	if (out->n)
		qsort(lines, out->n, sizeof *lines, by_owner);
	for (size_t i = 0, end; i < out->n; i = end) {
		for (end = i + 1; end < out->n && lines[end].lab == lines[i].lab && lines[end].region == lines[i].region &&
		     strcmp(lines[end].row->key, lines[i].row->key) == 0;)
			end++;
		choose(&t, &lines[i], end - i);
	}
	check_units(&t);
	out->lines = lines;
	return zp_problems_count(problems) > before ? NULL : out;
}

/* ---- asking ---- */

static zp_evidence_span span_of(const zp_evidence *e, uint32_t lab, uint16_t region)
{
	size_t low = 0, high = e ? e->n : 0;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		const zp_evidence_line *l = &e->lines[middle];
		if (l->lab < lab || (l->lab == lab && l->region < region))
			low = middle + 1;
		else
			high = middle;
	}
	size_t end = low;
	while (e && end < e->n && e->lines[end].lab == lab && e->lines[end].region == region)
		end++;
	return (zp_evidence_span){ end > low ? &e->lines[low] : NULL, end - low };
}

zp_evidence_span zp_evidence_of_lab(const zp_evidence *e, size_t lab) { return span_of(e, (uint32_t)lab, ZP_NO_REGION); }
zp_evidence_span zp_evidence_of_region(const zp_evidence *e, uint16_t region) { return span_of(e, UINT32_MAX, region); }

const zp_evidence_row *zp_evidence_find(zp_evidence_span span, const char *key)
{
	for (size_t i = 0; i < span.n; i++)
		if (span.at[i].counts && strcmp(span.at[i].row->key, key) == 0)
			return span.at[i].row;
	return NULL;
}
