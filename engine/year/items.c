/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/items.h"

const char *zp_vote_word(zp_vote vote)
{
	static const char *const words[] = { "none", "not_evaluated", "unreturned", "pass", "fail" };
	return words[vote];
}

zp_vote zp_vote_of(const zp_year_cell *cell, const zp_year_rules *rules)
{
	const zp_vote silence = rules->item_unreturned_fails ? ZP_VOTE_FAIL : ZP_VOTE_UNRETURNED;
	switch ((zp_outcome)cell->outcome) {
	case ZP_OUT_SATISFACTORY: return ZP_VOTE_PASS;
	case ZP_OUT_UNSATISFACTORY:
		if (cell->standing == ZP_STANDS_NOT_RETURNED)
			return silence;
		return cell->standing == ZP_STANDS_LATE && rules->item_late_unreturned ? silence : ZP_VOTE_FAIL;
	case ZP_OUT_EXCUSED:
	case ZP_OUT_NOT_EVALUATED: return ZP_VOTE_NOT_EVALUATED;
	default: return ZP_VOTE_NONE;
	}
}

static bool came_in_time(const zp_year_cell *cell)
{
	return cell->outcome >= ZP_OUT_NOT_EVALUATED && (cell->standing == ZP_STANDS_RETURNED || cell->standing == ZP_STANDS_BLANK);
}

/* What a year says of a measurand. */
static zp_vote vote_of_rounds(const zp_year_programme *p, const zp_year_cell *cells, const zp_year_rules *rules, bool *returned)
{
	zp_vote vote = ZP_VOTE_NONE;
	for (size_t i = 0; i < p->n_held; i++) {
		if (!p->held[i].in_year)
			continue;
		const zp_vote one = zp_vote_of(&cells[i], rules);
		vote = one > vote ? one : vote;
		*returned |= came_in_time(&cells[i]);
	}
	return vote;
}

/* The same where a certificate decides; what it does not evaluate stands as the rounds have it. */
static zp_vote vote_of_line(const zp_cert_line *line, zp_vote rounds)
{
	if (line->certified == ZP_CERTIFIED)
		return ZP_VOTE_PASS;
	if (line->certified == ZP_CERT_NOTHING_EVALUATED || rounds <= ZP_VOTE_UNRETURNED)
		return rounds;
	return ZP_VOTE_FAIL;
}

static void count(zp_item_count *c, zp_vote vote)
{
	c->total += vote != ZP_VOTE_NONE;
	c->pass += vote == ZP_VOTE_PASS;
	c->fail += vote == ZP_VOTE_FAIL;
	c->unreturned += vote == ZP_VOTE_UNRETURNED;
	c->not_evaluated += vote == ZP_VOTE_NOT_EVALUATED;
}

zp_year_items zp_year_items_take(zp_arena *arena, const zp_chronicle *c, const zp_year_rules *rules, unsigned levels, const zp_cert_lines *lines)
{
	uint8_t *votes = zp_take(arena, uint8_t, c->n_labs * c->n_items + 1), *returned = zp_take(arena, uint8_t, c->n_labs * c->n_items + 1);
	bool *held = zp_take(arena, bool, c->n_items + 1), *planned = zp_take(arena, bool, c->n_items + 1);
	zp_item_count *counts = zp_take(arena, zp_item_count, c->n_labs + 1);
	for (size_t i = 0; i < c->n_programmes; i++) {
		const zp_year_programme *p = &c->programmes[i];
		if (p->says->trueness || !(levels & 1u << p->says->level))
			continue;
		for (size_t k = 0; k < p->n_measurands; k++) {
			held[p->measurands[k].item] |= p->measurands[k].held;
			planned[p->measurands[k].item] |= p->measurands[k].planned;
		}
		for (size_t row = 0; row < p->n_labs; row++)
			for (size_t k = 0; k < p->n_measurands; k++) {
				const size_t at = p->labs[row] * c->n_items + p->measurands[k].item;
				bool came = false;
				zp_vote vote = vote_of_rounds(p, zp_year_cells(p, row, k), rules, &came);
				if (rules->item_by_certificate && lines && lines->of[i])
					vote = vote_of_line(&lines->of[i][row * p->n_measurands + k], vote);
				counts[p->labs[row]].naive += vote != ZP_VOTE_NONE;
				if (vote > votes[at])
					votes[at] = (uint8_t)vote;
				returned[at] |= came;
			}
	}
	for (size_t lab = 0; lab < c->n_labs; lab++)
		for (size_t k = 0; k < c->n_items; k++)
			count(&counts[lab], (zp_vote)votes[lab * c->n_items + k]);
	return (zp_year_items){ c, levels, votes, returned, held, planned, counts };
}
