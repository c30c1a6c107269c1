/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "collect.h"
#include "base/words.h"
#include <stdarg.h>
#include <stdlib.h>

typedef struct piece { const char *p; size_t n; } piece;

/* What the importer may point into. */
struct watched {
	zp_arena *arena;
	piece pieces[4096];
	size_t n;
	bool whole; /* an importer of whole files may point where it likes */
	collected *out;
};

static void *more(void *array, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return array;
	*room = *room ? 2 * *room : 64;
	if (!(array = realloc(array, *room * size)))
		abort();
	return array;
}

static void *take(const zp_host *host, size_t n)
{
	struct watched *w = host->self;
	char *p = zp_arena_take(w->arena, n);
	if (w->n < sizeof w->pieces / sizeof *w->pieces)
		w->pieces[w->n++] = (piece){ p, n };
	else
		w->whole = true; /* too many to watch */
	return p;
}

static bool inside(const struct watched *w, zp_text t)
{
	if (!t.p || w->whole)
		return true;
	for (size_t i = w->n; i-- > 0;)
		if (t.p >= w->pieces[i].p && t.n <= w->pieces[i].n && t.p + t.n <= w->pieces[i].p + w->pieces[i].n)
			return true;
	return false;
}

static void see(collected *c, long line, unsigned char how)
{
	if (line >= 1 && (size_t)line <= c->n_lines)
		c->seen[line] |= how;
	else if (line != 0 && !c->broken)
		c->broken = "a place outside the file";
}

static void put(void *self, const zp_raw *raw)
{
	struct watched *w = self;
	collected *c = w->out;
	char *row = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&row, &n);
	for (int f = 0; f < ZP_FIELDS; f++) {
		if (!inside(w, raw->field[f]) && !c->broken)
			c->broken = "a text that lies nowhere";
		fprintf(out, "%s%.*s", f ? "|" : "", (int)raw->field[f].n, raw->field[f].n ? raw->field[f].p : "");
	}
	fclose(out);
	see(c, raw->line, 1);
	if (raw->line < 1 && !c->broken)
		c->broken = "a value without a line";
	c->rows = more(c->rows, c->n_rows, &c->room_rows, sizeof *c->rows);
	c->rows[c->n_rows++] = row;
}

static void hear(struct watched *w, long line, long column, const char *fmt, va_list args)
{
	collected *c = w->out;
	char sentence[1200];
	int n = snprintf(sentence, 64, "%ld:%ld: ", line, column);
	vsnprintf(sentence + n, sizeof sentence - (size_t)n, fmt, args);
	if ((column < 0 || strlen(sentence) > 900) && !c->broken)
		c->broken = "a sentence that nobody can read";
	see(c, line, 2);
	c->told = more(c->told, c->n_told, &c->room_told, sizeof *c->told);
	c->told[c->n_told++] = strdup(sentence);
}

static void problem(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	(void)sheet;
	va_start(args, fmt);
	hear(self, line, column, fmt, args);
	va_end(args);
}

static void refuse(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	(void)sheet;
	va_start(args, fmt);
	hear(self, line, column, fmt, args);
	va_end(args);
	((struct watched *)self)->out->refused = true;
}

static long lines_in(const char *p, size_t n)
{
	long lines = 0;
	for (size_t i = 0; i < n; i++)
		lines += p[i] == '\n';
	return lines;
}

collected *collect_in_blocks(const zp_plugin *importer, const char *bytes, size_t n, char delimiter, size_t block)
{
	collected *c = calloc(1, sizeof *c);
	struct watched *w = calloc(1, sizeof *w);
	if (!c || !w)
		abort();
	c->watched = w;
	c->n_lines = (size_t)lines_in(bytes, n) + 1;
	c->seen = calloc(c->n_lines + 2, 1);
	*w = (struct watched){ .arena = zp_arena_open(), .out = c, .whole = importer->does.importer->whole_most > 0 };
	zp_host host = { .size = sizeof host, .self = w, .take = take, .fail = zp_fail, .show = zp_text_show_code_in, .say = zp_say };
	zp_sink sink = { w, put, problem, refuse };
	zp_source source = { .name = "results/x", .stem = "x", .first_line = 1, .delimiter = delimiter };
	w->pieces[w->n++] = (piece){ bytes, n };
	for (size_t at = 0; at < n || at == 0; at += source.block.n) {
		size_t end = n - at < block ? n : at + block;
		while (end < n && bytes[end - 1] != '\n')
			end++;
		source.block = (zp_text){ bytes + at, end - at };
		if (at == 0)
			source.head = source.block;
		importer->does.importer->read(&host, &source, &sink);
		source.first_line += lines_in(source.block.p, source.block.n);
		if (!source.block.n)
			break;
	}
	return c;
}

collected *collect(const zp_plugin *importer, const char *bytes, size_t n, char delimiter)
{
	return collect_in_blocks(importer, bytes, n, delimiter, n + 1);
}

void collected_free(collected *c)
{
	for (size_t i = 0; i < c->n_rows; i++)
		free(c->rows[i]);
	for (size_t i = 0; i < c->n_told; i++)
		free(c->told[i]);
	zp_arena_close(c->watched->arena);
	free(c->watched);
	free(c->rows);
	free(c->told);
	free(c->seen);
	free(c);
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

void collected_sort(collected *c)
{
	if (c->n_rows)
		qsort(c->rows, c->n_rows, sizeof *c->rows, by_bytes);
}

/* Lines that say something and are neither put nor told: notes, which have a colon, and rows about the columns of a transpose. */
static bool may_pass(const char *p, size_t n)
{
	static const char *const words[] = { ":", "：", "unit", "单位", "system", "系统", "instrument", "仪器", "method", "方法", "reagent",
					     "试剂", "calibrator", "校准" };
	bool blank = true;
	for (size_t i = 0; i < n; i++)
		blank &= memchr(" \t\r,;\"", p[i], 6) != NULL;
	if (blank)
		return true;
	char *lower = strndup(p, n), *to = lower; /* words are looked up without blanks */
	for (const char *q = lower; *q;) {
		size_t step = strchr(" \t\r", *q) ? 1 : strncmp(q, "\xC2\xA0", 2) == 0 ? 2 : strncmp(q, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
		if (!step)
			*to++ = (char)(*q >= 'A' && *q <= 'Z' ? *q + 32 : *q);
		q += step ? step : 1;
	}
	*to = '\0';
	bool pass = false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		pass |= strstr(lower, words[i]) != NULL;
	free(lower);
	return pass;
}

long collected_lost(const collected *c, const char *bytes, size_t n)
{
	size_t first = 1, last = c->n_lines;
	while (first <= c->n_lines && !c->seen[first])
		first++;
	while (last > first && !c->seen[last])
		last--;
	bool given_up = last <= c->n_lines && c->seen[last] == 2; /* a table that cannot be read on is told with its last line */
	size_t line = 1;
	for (const char *p = bytes, *end = bytes + n, *stop; p < end; p = stop + 1, line++) {
		stop = zp_csv_line_end(p, end);
		if (line > first && !c->seen[line] && !(given_up && line > last) && !may_pass(p, (size_t)(stop - p)))
			return (long)line;
	}
	return 0;
}
