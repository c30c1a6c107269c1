/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How laboratories and regions stand: ranking.csv regions.csv. */
#include "run/lines.h"
#include "run/tables.h"

#define ROWS_AT_ONCE 8192

static void write_ranking(void *context, size_t piece_number, zp_piece *piece)
{
	const zp_summary *summary = &((const zp_run *)context)->summary;
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"programme,region,region_name,class,rank,tied,lab,name,accepted,total,share,measurands,standing,rank_low,rank_high\n") - piece->bytes);
	size_t end = (piece_number + 1) * ROWS_AT_ONCE;
	for (size_t i = piece_number * ROWS_AT_ONCE; i < end && i < summary->n_ranks; i++) {
		const zp_rank_row *row = &summary->ranks[i];
		zp_text name = zp_text_of(row->lab_name), region = zp_text_of(row->region_name), of_class = zp_text_of(row->lab_class);
		zp_text programme = zp_text_of(row->programme);
		char *p = zp_piece_room(piece, 512 + 2 * (name.n + region.n + of_class.n + programme.n)), *from = p;
		p = zp_put_text(p, programme), *p++ = ',';
		p = zp_put_word(p, row->region), *p++ = ',';
		p = zp_put_text(p, region), *p++ = ',';
		p = zp_put_text(p, of_class), *p++ = ',';
		p = row->rank ? zp_put_count(p, row->rank) : p, *p++ = ',';
		p = row->rank ? zp_put_count(p, row->tied) : p, *p++ = ',';
		p = zp_put_word(p, row->lab), *p++ = ',';
		p = zp_put_text(p, name), *p++ = ',';
		p = zp_put_credit(p, row->credit), *p++ = ',';
		p = zp_put_count(p, row->total), *p++ = ',';
		p = zp_put_share(p, row->credit, UINT64_C(100) * row->total, 2), *p++ = ',';
		p = zp_put_count(p, row->measurands), *p++ = ',';
		p = zp_put_word(p, row->standing), *p++ = ',';
		p = row->rank_low ? zp_put_count(p, row->rank_low) : p, *p++ = ',';
		p = row->rank_high ? zp_put_count(p, row->rank_high) : p, *p++ = '\n';
		piece->n += (size_t)(p - from);
	}
}

static void write_regions(void *context, size_t piece_number, zp_piece *piece)
{
	const zp_summary *summary = &((const zp_run *)context)->summary;
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"programme,region,region_name,level,parent,class,expected,returned,late,excused,judged,satisfactory,accepted,total,share,"
			"rank,tied\n") - piece->bytes);
	size_t end = (piece_number + 1) * ROWS_AT_ONCE;
	for (size_t i = piece_number * ROWS_AT_ONCE; i < end && i < summary->n_regions; i++) {
		const zp_region_row *row = &summary->regions[i];
		zp_text region = zp_text_of(row->region_name), of_class = zp_text_of(row->lab_class), programme = zp_text_of(row->programme);
		const unsigned counts[] = { row->expected, row->returned, row->late, row->excused, row->judged, row->satisfactory };
		char *p = zp_piece_room(piece, 512 + 2 * (region.n + of_class.n + programme.n)), *from = p;
		p = zp_put_text(p, programme), *p++ = ',';
		p = zp_put_word(p, row->region), *p++ = ',';
		p = zp_put_text(p, region), *p++ = ',';
		p = zp_put_count(p, row->level), *p++ = ',';
		p = zp_put_word(p, row->parent), *p++ = ',';
		p = zp_put_text(p, of_class), *p++ = ',';
		for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
			p = zp_put_count(p, counts[k]), *p++ = ',';
		p = zp_put_credit(p, row->credit), *p++ = ',';
		p = zp_put_count(p, row->total), *p++ = ',';
		p = zp_put_share(p, row->credit, UINT64_C(100) * row->total, 2), *p++ = ',';
		p = row->rank ? zp_put_count(p, row->rank) : p, *p++ = ',';
		p = row->rank ? zp_put_count(p, row->tied) : p, *p++ = '\n';
		piece->n += (size_t)(p - from);
	}
}

static size_t pieces(size_t rows) { return rows ? (rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE : 1; }

bool zp_ranks_write(zp_run *run, zp_press *press, zp_error *err)
{
	return zp_press_pieces(press, "ranking.csv", run->threads, pieces(run->summary.n_ranks), write_ranking, run, err) &&
	       zp_press_pieces(press, "regions.csv", run->threads, pieces(run->summary.n_regions), write_regions, run, err);
}
