/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read, as a round folder. */
#include <stdlib.h>
#include "base/csv.h"
#include "base/file.h"
#include "convert/work.h"
#include "press/outbox.h"
#include "run/run.h"

#define REGISTER_MOST (256ull << 20)

/* ---- round.xml ---- */

static void add_escaped(zp_buffer *b, const char *text)
{
	for (const char *p = text; *p; p++) {
		switch (*p) {
		case '&': zp_buffer_add_text(b, "&amp;"); break;
		case '<': zp_buffer_add_text(b, "&lt;"); break;
		case '>': zp_buffer_add_text(b, "&gt;"); break;
		case '"': zp_buffer_add_text(b, "&quot;"); break;
		default: zp_buffer_add(b, (zp_text){ p, 1 });
		}
	}
}

/* name="value" with a blank before it; nothing for an empty value. */
static void add_attribute(zp_buffer *b, const char *name, const char *value)
{
	if (!*value)
		return;
	zp_buffer_add_text(b, " ");
	zp_buffer_add_text(b, name);
	zp_buffer_add_text(b, "=\"");
	add_escaped(b, value);
	zp_buffer_add_text(b, "\"");
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* As the mapping lists them; else those that rows have, in the order of their bytes, which no order of rows can change. */
static void announce_samples(const zp_converting *c, const zp_convert_programme *p, zp_buffer *b)
{
	size_t n = zp_names_count(p->samples);
	const char **samples = zp_take(c->arena, const char *, n);
	for (uint32_t i = 0; i < n; i++)
		samples[i] = zp_names_at(p->samples, i).p;
	if (!p->map->n_samples)
		qsort(samples, n, sizeof *samples, by_bytes);
	for (size_t i = 0; i < n; i++) {
		zp_buffer_add_text(b, "    <sample");
		add_attribute(b, "code", samples[i]);
		zp_buffer_add_text(b, "/>\n");
	}
}

static void announce_programme(const zp_converting *c, const zp_convert_programme *p, zp_buffer *b)
{
	zp_buffer_add_text(b, "  <programme");
	add_attribute(b, "code", p->map->code);
	add_attribute(b, "name", p->map->name);
	add_attribute(b, "name-en", p->map->name_en);
	add_attribute(b, "scheme", p->map->scheme);
	zp_buffer_add_text(b, ">\n");
	if (*p->map->measurands) {
		zp_buffer_add_text(b, "    <measurands");
		add_attribute(b, "codes", p->map->measurands);
		zp_buffer_add_text(b, "/>\n");
	}
	announce_samples(c, p, b);
	zp_buffer_add_text(b, "  </programme>\n");
}

static void announce(const zp_converting *c, zp_buffer *b)
{
	const zp_map_identity *r = &c->round;
	zp_buffer_add_text(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<round");
	add_attribute(b, "id", r->id);
	add_attribute(b, "name", r->name);
	add_attribute(b, "name-en", r->name_en);
	add_attribute(b, "year", r->year);
	add_attribute(b, "number", r->number);
	add_attribute(b, "rounds-a-year", r->rounds_a_year);
	add_attribute(b, "opens", r->opens);
	add_attribute(b, "closes", r->closes);
	zp_buffer_add_text(b, ">\n  <organiser");
	add_attribute(b, "name", r->organiser);
	add_attribute(b, "name-en", r->organiser_en);
	zp_buffer_add_text(b, "/>\n  <regions");
	add_attribute(b, "from", c->map->regions);
	zp_buffer_add_text(b, "/>\n");
	for (uint32_t i = 0; i < zp_names_count(c->map->classes); i++) {
		zp_buffer_add_text(b, "  <class");
		add_attribute(b, "name", zp_names_at(c->map->classes, i).p);
		zp_buffer_add_text(b, "/>\n");
	}
	for (size_t p = 0; p < c->map->n_programmes; p++)
		if (c->programmes[p].seen || c->map->programmes[p].n_samples)
			announce_programme(c, &c->programmes[p], b);
	zp_buffer_add_text(b, "</round>\n");
}

/* ---- the register ---- */

static int by_code(const void *a, const void *b)
{
	return strcmp(((const zp_convert_lab *)a)->code, ((const zp_convert_lab *)b)->code);
}

static void list_labs(const zp_convert_lab *labs, size_t n, zp_buffer *b)
{
	zp_buffer_add_text(b, "code,name,region,class\n");
	for (size_t i = 0; i < n; i++) {
		const char *cells[] = { labs[i].code, labs[i].name, labs[i].region, labs[i].lab_class };
		for (int k = 0; k < 4; k++) {
			zp_buffer_add_cell(b, cells[k]);
			zp_buffer_add_text(b, k < 3 ? "," : "\n");
		}
	}
}

static void list_enrolments(const zp_converting *c, const zp_convert_lab *labs, size_t n, zp_buffer *b)
{
	zp_buffer_add_text(b, "lab,programme,measurands\n");
	for (size_t i = 0; i < n; i++)
		for (size_t p = 0; p < c->map->n_programmes; p++) {
			const bool *performs = labs[i].performs[p];
			if (!performs)
				continue;
			zp_buffer_add_text(b, labs[i].code);
			zp_buffer_add_text(b, ",");
			zp_buffer_add_cell(b, c->map->programmes[p].code);
			const char *before = ",";
			for (size_t m = 0; m < c->programmes[p].scheme->n_measurands; m++) {
				if (!performs[m])
					continue;
				zp_buffer_add_text(b, before);
				zp_buffer_add_text(b, c->programmes[p].scheme->measurands[m].code);
				before = " ";
			}
			zp_buffer_add_text(b, "\n");
		}
}

/* ---- the folder ---- */

static bool write_buffer(zp_press *press, const char *name, zp_buffer *b, zp_error *err)
{
	bool good = zp_press_write(press, name, b->p, b->n, err);
	b->n = 0;
	return good;
}

/* A file in our own form, byte for byte. */
static bool carry_over(const zp_converting *c, zp_press *press, const char *path, const char *name, zp_error *err)
{
	const char *why = NULL;
	zp_text bytes = zp_file_read(c->arena, path, REGISTER_MOST, path, NULL, &why);
	if (bytes.p)
		return zp_press_write(press, name, bytes.p, bytes.n, err);
	zp_problem_add(c->input, path, 0, 0, "the file %s", why);
	return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "nothing was written");
}

static bool write_register(const zp_converting *c, zp_press *press, zp_error *err)
{
	size_t n = zp_names_count(c->lab_codes);
	zp_convert_lab *labs = zp_take(c->arena, zp_convert_lab, n + 1);
	zp_buffer b = { .arena = c->arena };
	if (n)
		memcpy(labs, c->labs, n * sizeof *labs);
	qsort(labs, n, sizeof *labs, by_code);
	announce(c, &b);
	if (!write_buffer(press, "round.xml", &b, err))
		return false;
	list_labs(labs, c->wish->roster ? 0 : n, &b);
	if (c->wish->roster ? !carry_over(c, press, c->wish->roster, "roster.csv", err) : !write_buffer(press, "roster.csv", &b, err))
		return false;
	b.n = 0;
	list_enrolments(c, labs, n, &b);
	return c->wish->enrolments ? carry_over(c, press, c->wish->enrolments, "enrolments.csv", err)
			: write_buffer(press, "enrolments.csv", &b, err);
}

/* The codes of a roster that was given; NULL when it cannot be read that far, which the readers of `close` will tell. */
static const zp_names *codes_of(const zp_converting *c)
{
	const char *why = NULL;
	size_t at = 0, code = ZP_CSV_COLUMNS;
	zp_text bytes = zp_file_read(c->arena, c->wish->roster, REGISTER_MOST, c->wish->roster, NULL, &why);
	zp_text all = bytes.p ? zp_text_decode(c->arena, bytes, &why, &at) : bytes;
	if (!all.p)
		return NULL;
	zp_names *codes = zp_names_take(c->arena);
	char *scratch = zp_arena_take(c->arena, all.n + 1);
	for (const char *p = all.p, *end = all.p + all.n, *stop; p < end; p = stop < end ? stop + 1 : end) {
		zp_csv_cells cells;
		stop = zp_csv_line_end(p, end);
		const char *last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		if (zp_csv_blank(p, last) || zp_csv_split(p, last, ',', &scratch, &cells) != ZP_CSV_FINE)
			continue;
		if (code < cells.n)
			zp_names_add(codes, zp_csv_trim(cells.at[code]));
		for (size_t i = 0; i < cells.n && code == ZP_CSV_COLUMNS; i++)
			if (zp_text_is(zp_csv_trim(cells.at[i]), "code"))
				code = i;
		if (code == ZP_CSV_COLUMNS)
			return NULL;
	}
	return codes;
}

/* A roster that was given must have every laboratory of the rows. */
static bool check_labs(const zp_converting *c, zp_error *err)
{
	const zp_names *codes = c->wish->roster ? codes_of(c) : NULL;
	size_t before = zp_problems_count(c->input);
	for (uint32_t i = 0; codes && i < zp_names_count(c->lab_codes); i++)
		if (zp_names_find(codes, zp_names_at(c->lab_codes, i)) == ZP_NO_NAME)
			zp_problem_add(c->input, c->labs[i].file, c->labs[i].line, 0, "laboratory %s is not in %s", c->labs[i].code, c->wish->roster);
	return zp_problems_count(c->input) == before || zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the table cannot be used as it is; nothing was written");
}

/* The readers of `close` have the last word on what is about to appear. */
static bool read_back(const zp_converting *c, const zp_registry *registry, zp_press *press, zp_error *err)
{
	zp_run_wish wish = { .round_dir = zp_press_stage(press), .rules_dir = c->wish->rules_dir, .threads = 1 };
	zp_error found = { 0 };
	size_t before = zp_problems_count(c->input);
	zp_run *run = zp_run_open(registry, &wish, ZP_UNTIL_REGISTER, &found);
	zp_problems_join(c->input, run->input_problems, 0);
	zp_problems_join(c->rules, run->rule_problems, 0);
	zp_run_close(run);
	if (found.code || zp_problems_count(c->input) != before)
		return zp_fail(err, found.code ? found.code : ZP_BAD_INPUT, NULL, 0, "what would be written is no round; nothing was written");
	return true;
}

bool zp_convert_write(zp_converting *c, zp_buffer *results, const zp_registry *registry, zp_error *err)
{
	zp_press *press = check_labs(c, err) ? zp_press_open_folder(c->wish->into, err) : NULL;
	if (!press)
		return false;
	bool good = write_register(c, press, err) && read_back(c, registry, press, err);
	for (size_t i = 0; i < c->wish->n_files && good; i++) {
		char name[64]; /* a small letter is in no laboratory's code, so the file is named for none */
		snprintf(name, sizeof name, "results/import-%zu.csv", i + 1);
		good = zp_press_write(press, name, results[i].p, results[i].n, err);
	}
	good = good && zp_press_publish(press, err);
	zp_press_close(press);
	return good;
}
