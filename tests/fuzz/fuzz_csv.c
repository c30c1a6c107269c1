/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Separated text: no line is lost, texts lie in the file, and blocks give what the whole file gives. */
#include "contract/collect.h"
#include "fuzz.h"

extern const zp_plugin zp_plugin_csv;

/* What the engine hands to importers: UTF-8 without NUL. */
static char *as_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	if (!text)
		abort();
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	for (size_t i = 0; i < size; i++)
		if (!text[i])
			text[i] = ' ';
	for (size_t at = 0; (at += zp_utf8_valid(text + at, size - at)) < size; at++)
		text[at] = '?';
	return text;
}

static void compare(const collected *a, const collected *b)
{
	FUZZ_PROMISE(a->n_rows == b->n_rows, "blocks give other rows than the whole file");
	for (size_t i = 0; i < a->n_rows; i++)
		FUZZ_PROMISE(strcmp(a->rows[i], b->rows[i]) == 0, "blocks give another row than the whole file");
}

/* Where the second block may begin so that the first holds all that rows depend on: behind the first line that was put. */
static size_t after_first_row(const collected *c, const char *text, size_t size)
{
	size_t line = 1, at = 0;
	while (line <= c->n_lines && !(c->seen[line] & 1))
		line++;
	for (; line && at < size; at++)
		line -= text[at] == '\n';
	return at;
}

FUZZ_TARGET(csv)
{
	static const char delimiters[] = { 0, 0, 0, ',', ';', '\t' };
	if (!size)
		return 0;
	char delimiter = delimiters[data[0] % sizeof delimiters];
	char *text = as_text(++data, --size);
	collected *whole = collect(&zp_plugin_csv, text, size, delimiter);
	FUZZ_PROMISE(!whole->broken, whole->broken);
	FUZZ_PROMISE(!whole->refused, "an importer of lines refuses no file");
	FUZZ_PROMISE(collected_lost(whole, text, size) == 0, "a line was lost");
	if (whole->n_rows && !memchr(text, '"', size)) { /* an open quote is followed no further than its block */
		/* in two: a third would not know that the second gave a table up */
		size_t first = after_first_row(whole, text, size), half = size / 2 + 1;
		collected *parts = collect_in_blocks(&zp_plugin_csv, text, size, delimiter, first > half ? first : half);
		FUZZ_PROMISE(!parts->broken, parts->broken);
		compare(whole, parts);
		collected_free(parts);
	}
	collected_free(whole);
	free(text);
	return 0;
}
