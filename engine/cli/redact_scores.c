/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results by pseudonym. A pseudonym is of a laboratory and one measurand: which measurands a laboratory performs would tell who it is. What tells
 * laboratories of a measurand apart beside their results is the groups that they are judged in, so that those who are few in that are put
 * together; values are told as whole percent of the limit, not in the digits of the laboratory. */
#include <stdlib.h>
#include <string.h>
#include "cli/redact.h"

#define PSEUDONYM 16 /* hexadecimal digits */

typedef struct zp_line { const char *sample, *share, *verdict; uint32_t group; } zp_line; /* group from 1 in the redacted targets; 0: none */

/* One laboratory's results of one measurand. */
typedef struct zp_sheaf {
	char name[PSEUDONYM + 1];
	const char *of;              /* the measurand's name in the order of which they stand: not that of the register */
	uint32_t measurand, pattern; /* of groups over the samples, numbered within all; 0: put together */
	size_t first, n;
} zp_sheaf;

typedef struct zp_sheaves {
	zp_line *lines;
	zp_sheaf *at;
	size_t n_lines, n, n_patterns;
	zp_names *patterns;
} zp_sheaves;

static void pseudonym(const zp_redaction *r, const char *lab, const char *measurand, char out[static PSEUDONYM + 1])
{
	char text[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, r->key, strlen(r->key));
	zp_digest_add(d, lab, strlen(lab) + 1);
	zp_digest_add(d, measurand, strlen(measurand) + 1);
	zp_digest_close(d, text);
	memcpy(out, text, PSEUDONYM);
	out[PSEUDONYM] = '\0';
}

/* The share of the limit in whole percent, half away from zero. */
static const char *share_of(const zp_redaction *r, const zp_row *row)
{
	const char *text = zp_redact_cell(r, row, "share_pct");
	zp_decimal d;
	char out[ZP_DECIMAL_TEXT];
	if (!*text || zp_decimal_read_printed(text, strlen(text), &d) != ZP_NUMBER_OK)
		return "";
	return zp_arena_text(r->arena, out, zp_decimal_write(d.e < 0 ? zp_decimal_round(d, 0) : d, out));
}

static size_t count_lines(const zp_folder_table *table)
{
	size_t n = 1;
	for (size_t i = 0; i < table->text.n; i++)
		n += table->text.p[i] == '\n';
	return n;
}

static void end_sheaf(zp_sheaves *s, zp_arena *arena)
{
	if (!s->n)
		return;
	zp_sheaf *last = &s->at[s->n - 1];
	const char *pattern = zp_arena_print(arena, "%u", last->measurand);
	last->n = s->n_lines - last->first;
	for (size_t i = last->first; i < s->n_lines; i++)
		pattern = zp_arena_print(arena, "%s %u", pattern, s->lines[i].group);
	last->pattern = zp_names_add(s->patterns, zp_text_of(pattern)) + 1;
}

static void read_scores(const zp_redaction *r, zp_sheaves *s)
{
	const char *lab = "";
	uint32_t before = UINT32_MAX;
	zp_row row;
	for (const char *at = r->scores.text.p; zp_folder_table_next(r->arena, &r->scores, &at, &row);) {
		const uint32_t measurand = zp_redact_measurand(r, &row);
		if (!zp_redact_told(r, measurand))
			continue;
		if (measurand != before || !zp_row_is(&row, "lab", lab)) {
			end_sheaf(s, r->arena);
			lab = zp_redact_cell(r, &row, "lab");
			before = measurand;
			s->at[s->n] = (zp_sheaf){ .of = zp_names_at(r->measurands, measurand).p, .measurand = measurand, .first = s->n_lines };
			pseudonym(r, lab, zp_names_at(r->measurands, measurand).p, s->at[s->n++].name);
		}
		const uint32_t group = zp_names_find(r->shown, zp_text_of(zp_redact_cell(r, &row, "group")));
		s->lines[s->n_lines++] = (zp_line){ zp_redact_cell(r, &row, "sample"), share_of(r, &row), zp_redact_cell(r, &row, "verdict"), group == ZP_NO_NAME ? 0 : group + 1 };
	}
	end_sheaf(s, r->arena);
}

/* Those whose groups over the samples few others have are put together; where they are few even so, the smallest of the others joins them. */
static void put_together(const zp_redaction *r, zp_sheaves *s)
{
	size_t *of = zp_take(r->arena, size_t, s->n_patterns + 1), *apart = zp_take(r->arena, size_t, zp_names_count(r->measurands) + 1);
	uint32_t *measurand = zp_take(r->arena, uint32_t, s->n_patterns + 1);
	for (size_t i = 0; i < s->n; i++) {
		of[s->at[i].pattern]++;
		measurand[s->at[i].pattern] = s->at[i].measurand;
	}
	for (size_t p = 1; p <= s->n_patterns; p++)
		if (of[p] < r->least)
			apart[measurand[p]] += of[p], of[p] = 0;
	for (size_t m = 0; m < zp_names_count(r->measurands); m++) {
		size_t smallest = 0;
		for (size_t p = 1; p <= s->n_patterns && zp_redact_few(apart[m], r->least); p++)
			if (measurand[p] == m && of[p] && (!smallest || of[p] < of[smallest]))
				smallest = p;
		of[smallest] = 0;
	}
	for (size_t i = 0; i < s->n; i++)
		if (!of[s->at[i].pattern])
			s->at[i].pattern = 0;
}

static int by_name(const void *pa, const void *pb)
{
	const zp_sheaf *a = pa, *b = pb;
	const int order = strcmp(a->of, b->of);
	return order ? order : strcmp(a->name, b->name);
}

static const zp_column columns[] = {
	{ "programme", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL }, { "pseudonym", ZP_CELLS_WORD, NULL, NULL },
	{ "sample", ZP_CELLS_TEXT, NULL, NULL }, { "group", ZP_CELLS_WHOLE, NULL, NULL }, { "share_pct", ZP_CELLS_NUMBER, NULL, NULL }, { "verdict", ZP_CELLS_WORD, NULL, NULL }
};

static void put_sheaf(const zp_redaction *r, zp_table *t, const zp_sheaves *s, const zp_sheaf *of)
{
	const char *name = zp_names_at(r->measurands, of->measurand).p, *stop = strchr(name, '\t');
	for (size_t i = of->first; i < of->first + of->n; i++) {
		zp_table_text(t, zp_arena_text(r->arena, name, (size_t)(stop - name)));
		zp_table_text(t, stop + 1);
		zp_table_word(t, of->name);
		zp_table_text(t, s->lines[i].sample);
		if (of->pattern && s->lines[i].group)
			zp_table_whole(t, s->lines[i].group);
		else
			zp_table_none(t, 1);
		zp_table_word(t, s->lines[i].share);
		zp_table_word(t, s->lines[i].verdict);
	}
}

bool zp_redact_scores(zp_redaction *r, zp_error *err)
{
	const size_t most = count_lines(&r->scores);
	zp_sheaves s = { .lines = zp_take(r->arena, zp_line, most), .at = zp_take(r->arena, zp_sheaf, most), .patterns = zp_names_take(r->arena) };
	read_scores(r, &s);
	s.n_patterns = zp_names_count(s.patterns);
	put_together(r, &s);
	qsort(s.at, s.n, sizeof *s.at, by_name);
	zp_table *t = ZP_TABLE_OPEN(r->press, "scores.csv", columns, NULL, err);
	for (size_t i = 0; t && i < s.n; i++)
		put_sheaf(r, t, &s, &s.at[i]);
	return t && zp_table_close(t, err);
}
