/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping shard --papers: the papers of a share of the laboratories, drawn from the scores that all parts have. */
#include <config.h>
#include "cli/closing.h"
#include "cli/parts.h"
#include "ledger/trail.h"
#include "run/drawn.h"

/* Earlier rounds, and the head that is printed; nothing is written into the ledger. */
static bool open_ledger(const zp_given_options *given, const zp_run *run, zp_publish_wish *wish, zp_error *err)
{
	const char *path = zp_option_given(given, "ledger");
	if (!path)
		return true;
	if (zp_ledger_is_new(path)) {
		wish->issue.bond.head = ZP_TRAIL_BEGINNING;
		return true;
	}
	wish->ledger = zp_ledger_open(path, ZP_LEDGER_READ, err);
	const char *head = wish->ledger ? zp_cli_head(wish->ledger, run->arena, run->book->plan->id, wish->issue.version, run->parts, err) : NULL;
	wish->issue.bond.head = head ? head : "";
	return head != NULL;
}

/* Who signs them has sealed them before. */
static bool take_seals(const zp_given_options *given, zp_run *run, zp_publish_wish *wish, zp_error *err)
{
	zp_problems *problems = zp_problems_take(run->arena);
	if (!zp_option_given(given, "sealed"))
		return true;
	wish->seals = zp_seals_find(run, wish, problems, err);
	zp_problems_print_in(problems, zp_words_chinese(), stderr);
	if (!wish->seals)
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the papers cannot be drawn without their seals");
	wish->issue.bond.key = wish->seals->key;
	return true;
}

bool zp_cli_draw_papers(const zp_command *self, const zp_given_options *given, zp_run *run, zp_division share, zp_error *err)
{
	zp_publish_wish wish = { .engine = PACKAGE_STRING, .issue = ZP_PLAIN_ISSUE(zp_option_given(given, "issued")), .parts = run->parts, .share = share,
				 .emit_named = zp_option_given(given, "emit") != NULL };
	char name[ZP_PART_NAME];
	size_t own = 0;
	if (!zp_closing_date(self, wish.issue.date) || !zp_closing_emit(zp_option_given(given, "emit"), &wish.emit))
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "no papers are drawn");
	wish.emit &= ZP_EMIT_LABS;
	if (!wish.emit)
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "--emit has nothing for laboratories; expected certificates, reports, or both");
	const bool good = open_ledger(given, run, &wish, err) && take_seals(given, run, &wish, err) && zp_drawn_draw(run, &wish, err);
	if (wish.ledger)
		zp_ledger_close(wish.ledger);
	const uint32_t *owners = zp_shards_of_labs(run, share.n);
	for (uint32_t lab = 0; lab < run->roster->n_labs; lab++)
		own += owners[lab] == share.i && run->roster->first_enrolment[lab] < run->roster->first_enrolment[lab + 1];
	if (good)
		printf(zp_say("part %u of %u: papers of %zu of %zu laboratories, in %s/%s\n"), share.i, share.n, own, run->roster->n_labs, run->parts,
		       zp_part_name(ZP_PART_PAPERS, share, name));
	return good;
}
