/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/plan.h"

static void take_round(zp_plan_work *w, zp_volume *v, zp_problems *input)
{
	const zp_xml *xml = zp_shelf_read(w->shelf, v, "round", input);
	if (!xml)
		return;
	size_t before = zp_problems_count(input);
	zp_plan_take(w, xml->root);
	zp_programmes_take(w, xml->root);
	if (zp_problems_count(input) == before)
		zp_shelf_validate(w->shelf, v, "round", input);
}

zp_book *zp_book_read(zp_arena *arena, const zp_registry *registry, const char *rules_dir, const char *round_dir, zp_problems *input,
		      zp_problems *rules)
{
	size_t before = zp_problems_count(input) + zp_problems_count(rules);
	zp_shelf shelf = { .arena = arena, .registry = registry, .rules_dir = rules_dir, .round_dir = round_dir, .rules = rules };
	zp_book *book = zp_take(arena, zp_book, 1);
	book->plan = zp_take(arena, zp_plan, 1);
	zp_volume *v = zp_shelf_find(&shelf, "round.xml", ZP_IN_ROUND);
	if (!v) {
		zp_problem_add(input, "round.xml", 0, 0, "does not exist; expected the plan of the round in its folder");
		return NULL;
	}
	zp_plan_work work = { .r = { arena, v->file, input }, .shelf = &shelf, .plan = book->plan, .book = book };
	take_round(&work, v, input);
	if (zp_problems_count(input) + zp_problems_count(rules) != before)
		return NULL;
	book->round_files = shelf.round_files.at;
	book->n_round_files = shelf.round_files.n;
	book->rule_files = shelf.rule_files.at;
	book->n_rule_files = shelf.rule_files.n;
	book->rules_dir = zp_arena_text(arena, rules_dir, strlen(rules_dir));
	return book;
}
