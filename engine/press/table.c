/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/table.h"
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/csv.h"
#include "base/memory.h"
#include "press/stream.h"

#define GATHERED (1u << 16)

struct zp_table {
	const zp_column *columns;
	size_t n, at;
	zp_stream *stream;
	zp_piece piece;
	zp_kept *kept;
	zp_sheet *sheet; /* of kept; its rows grow in `cells` */
	zp_sheet_cell *cells;
	size_t n_cells, room;
};

/* ---- what is kept ---- */

static zp_sheet *begin_sheet(zp_kept *kept, const char *name, const zp_column *columns, size_t n)
{
	kept->sheets = zp_arena_more(kept->arena, kept->sheets, kept->n, &kept->room, sizeof *kept->sheets);
	const size_t length = strlen(name), ending = length > 4 && strcmp(name + length - 4, ".csv") == 0 ? 4 : 0;
	zp_sheet *sheet = &kept->sheets[kept->n++];
	*sheet = (zp_sheet){ .name = zp_arena_text(kept->arena, name, length - ending), .columns = columns, .n_columns = n };
	return sheet;
}

static double number_of(const zp_column *column, const char *text, size_t n)
{
	zp_decimal d;
	const bool is = column->kind == ZP_CELLS_WHOLE || column->kind == ZP_CELLS_NUMBER || column->kind == ZP_CELLS_PERCENT;
	return is && n && zp_decimal_read(text, n, &d) == ZP_NUMBER_OK ? zp_decimal_double(d) : NAN;
}

static void keep(zp_table *t, const char *text, size_t n)
{
	if (t->n_cells == t->room) {
		t->cells = zp_must(realloc(t->cells, (t->room = 2 * t->room + 1024) * sizeof *t->cells));
	}
	t->cells[t->n_cells++] = (zp_sheet_cell){ n ? zp_arena_text(t->kept->arena, text, n) : "", number_of(&t->columns[t->at], text, n) };
}

static void end_sheet(zp_table *t)
{
	zp_sheet_cell *cells = zp_take(t->kept->arena, zp_sheet_cell, t->n_cells + 1);
	if (t->n_cells)
		memcpy(cells, t->cells, t->n_cells * sizeof *cells);
	t->sheet->cells = cells;
	t->sheet->n_rows = t->n_cells / t->n;
	free(t->cells);
}

/* ---- cells ---- */

/* What stands before and after a cell. */
static void end_cell(zp_table *t, size_t n)
{
	t->piece.n += n;
	t->at++;
	char *p = zp_piece_room(&t->piece, 1);
	*p = t->at < t->n ? ',' : '\n';
	t->piece.n++;
	if (t->at < t->n)
		return;
	t->at = 0;
	if (t->piece.n > GATHERED) {
		zp_stream_put(t->stream, t->piece.bytes, t->piece.n);
		t->piece.n = 0;
	}
}

static void put(zp_table *t, const char *bytes, size_t n)
{
	if (t->kept)
		keep(t, bytes, n);
	memcpy(zp_piece_room(&t->piece, n + 1), bytes, n);
	end_cell(t, n);
}

void zp_table_text(zp_table *t, const char *text)
{
	const zp_text cell = zp_text_of(text ? text : "");
	if (t->kept)
		keep(t, cell.p, cell.n);
	end_cell(t, zp_csv_put(zp_piece_room(&t->piece, 2 * cell.n + 4), cell));
}

void zp_table_word(zp_table *t, const char *word) { put(t, word, strlen(word)); }

void zp_table_whole(zp_table *t, int64_t v)
{
	char text[24];
	put(t, text, (size_t)snprintf(text, sizeof text, "%" PRId64, v));
}

void zp_table_number(zp_table *t, double v, int places)
{
	if (isfinite(v))
		zp_table_decimal(t, zp_decimal_round_binary(v, places));
	else
		zp_table_none(t, 1);
}

void zp_table_decimal(zp_table *t, zp_decimal d)
{
	char text[ZP_DECIMAL_TEXT];
	put(t, text, zp_decimal_write(d, text));
}

void zp_table_hundredths(zp_table *t, int64_t v)
{
	if (v % 100)
		zp_table_decimal(t, (zp_decimal){ v, -2 });
	else
		zp_table_whole(t, v / 100);
}

void zp_table_none(zp_table *t, size_t cells)
{
	while (cells--)
		put(t, "", 0);
}

/* ---- whole tables ---- */

zp_table *zp_table_open(zp_press *press, const char *name, const zp_column *columns, size_t n, zp_kept *kept, zp_error *err)
{
	zp_stream *stream = zp_stream_open(press, name, err);
	if (!stream)
		return NULL;
	zp_table *t = zp_must(calloc(1, sizeof *t));
	*t = (zp_table){ .columns = columns, .n = n, .stream = stream };
	for (size_t i = 0; i < n; i++)
		zp_table_word(t, columns[i].name);
	t->kept = kept;
	if (kept)
		t->sheet = begin_sheet(kept, name, columns, n);
	return t;
}

bool zp_table_close(zp_table *t, zp_error *err)
{
	assert(t->at == 0);
	zp_stream_put(t->stream, t->piece.bytes, t->piece.n);
	const bool good = zp_stream_close(t->stream, err);
	if (t->kept)
		end_sheet(t);
	free(t->piece.bytes);
	free(t);
	return good;
}
