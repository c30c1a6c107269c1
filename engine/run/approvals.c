/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/approvals.h"
#include <stdlib.h>
#include "base/digest.h"
#include "base/utf8.h"
#include "base/words.h"
#include "book/approvals.h"
#include "run/publish.h"

/* ---- what approvals are bound to ---- */

static int by_file(const void *a, const void *b)
{
	return strcmp(((const zp_input *)a)->name, ((const zp_input *)b)->name);
}

/* Of the lines that sha256sum prints for the files, in the order of their names: anybody can work it out again. */
static void digest_files(zp_arena *arena, const zp_input *files, size_t n, char out[static ZP_DIGEST_TEXT])
{
	zp_digest *d = zp_digest_open();
	for (size_t i = 0; i < n; i++) {
		const char *line = zp_arena_print(arena, "%s  %s\n", files[i].sha256, files[i].name);
		zp_digest_add(d, line, strlen(line));
	}
	zp_digest_close(d, out);
}

void zp_approvals_bind_rules(zp_run *run)
{
	const zp_book *book = run->book;
	const size_t n = book->n_rule_files + book->n_round_files;
	zp_input *files = zp_take(run->arena, zp_input, n + 1);
	for (size_t i = 0; i < n; i++) {
		const bool rule = i < book->n_rule_files;
		files[i] = rule ? book->rule_files[i] : book->round_files[i - book->n_rule_files];
		files[i].name = zp_arena_print(run->arena, "%s/%s", rule ? "rules" : "round", files[i].name);
	}
	qsort(files, n, sizeof *files, by_file);
	digest_files(run->arena, files, n, run->approvable[ZP_APPROVED_RULES]);
}

void zp_approvals_bind_decisions(zp_run *run)
{
	zp_members *list = zp_members_take_list(run->arena);
	zp_manifest_decisions(list, run);
	const zp_text text = zp_members_write(list);
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, text.p, text.n);
	zp_digest_close(d, run->approvable[ZP_APPROVED_DECISIONS]);
}

void zp_approvals_bind_tables(zp_run *run, zp_press *press)
{
	digest_files(run->arena, zp_press_files(press), zp_press_count(press), run->approvable[ZP_APPROVED_PUBLISHING]);
}

/* ---- whether they hold ---- */

/* The next of a name's characters that counts: letters of full width and capitals are the same as others. Gives: 0 at the end. */
static uint32_t next_of(zp_text *name)
{
	uint32_t c = 0;
	for (size_t n; name->n;) {
		n = zp_utf8_at(name->p, name->n, &c);
		if (!n)
			n = 1, c = (unsigned char)*name->p;
		name->p += n, name->n -= n;
		if (c >= 0xFF01 && c <= 0xFF5E)
			c -= 0xFF01 - '!';
		if (!zp_character_shows_nothing(c))
			return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
	}
	return 0;
}

/* The same name, however it is spaced and whatever is in it that nobody sees. */
static bool is_same_person(const char *a, const char *b)
{
	zp_text x = zp_text_of(a), y = zp_text_of(b);
	for (;;) {
		const uint32_t c = next_of(&x);
		if (c != next_of(&y))
			return false;
		if (!c)
			return true;
	}
}

static long line_of_decider(const zp_run *run, const char *who)
{
	for (size_t i = 0; i < run->decisions->n; i++)
		if (is_same_person(run->decisions->at[i].who, who))
			return run->decisions->at[i].line;
	return 0;
}

static long line_of_same(const zp_run *run, const zp_approval *a)
{
	for (const zp_approval *b = run->decisions->approvals; b < a; b++)
		if (b->what == a->what && is_same_person(a->who, b->who))
			return b->line;
	return 0;
}

/* Gives: true when it holds; else one sentence, where somebody hears it. */
static bool holds(const zp_run *run, const zp_approval *a, zp_problems *problems)
{
	const char *digest = run->approvable[a->what], *who = zp_text_show(run->arena, zp_text_of(a->who));
	const bool stale = *digest && strcmp(digest, a->digest) != 0;
	const long same = line_of_same(run, a), decider = a->what == ZP_APPROVED_DECISIONS ? line_of_decider(run, a->who) : 0;
	if (problems && stale)
		zp_problem_add(problems, "decisions.xml", a->line, 0, "\"%s\" approved %s as they were then, digest %.12s...; expected an approval of what they are now, digest %s, or no <approve>",
			       who, zp_approved_says(a->what), a->digest, digest);
	if (problems && same)
		zp_problem_add(problems, "decisions.xml", a->line, 0, "\"%s\" approves %s a second time (the first is in line %ld); expected another person", who,
			       zp_approved_says(a->what), same);
	if (problems && decider)
		zp_problem_add(problems, "decisions.xml", a->line, 0, "\"%s\" approves the decisions and took part in them (line %ld); expected another person", who, decider);
	return !stale && !same && !decider;
}

unsigned zp_approvals_wanted(const zp_run *run, zp_approved what)
{
	return what == ZP_APPROVED_DECISIONS && !run->decisions->n ? 0 : run->book->plan->approvals[what];
}

unsigned zp_approvals_held(const zp_run *run, zp_approved what)
{
	unsigned n = 0;
	for (size_t i = 0; i < run->decisions->n_approvals; i++)
		n += run->decisions->approvals[i].what == what && holds(run, &run->decisions->approvals[i], NULL);
	return n;
}

void zp_approvals_judge(const zp_run *run, zp_approved what, zp_problems *problems)
{
	const unsigned wanted = zp_approvals_wanted(run, what), held = zp_approvals_held(run, what);
	for (size_t i = 0; i < run->decisions->n_approvals; i++)
		if (run->decisions->approvals[i].what == what)
			holds(run, &run->decisions->approvals[i], problems);
	if (held < wanted && *run->approvable[what])
		zp_problem_add(problems, "decisions.xml", 0, 0, "approvals of %s: %u of %u; expected <approve what=\"%s\" digest=\"%s\" ...> by %u more",
			       zp_approved_says(what), held, wanted, zp_approved_word(what), run->approvable[what], wanted - held);
	else if (held < wanted)
		zp_problem_add(problems, "decisions.xml", 0, 0, "approvals of %s: %u of %u; expected <approve what=\"%s\" ...> by %u more, with the digest that zhiping close --draft tells",
			       zp_approved_says(what), held, wanted, zp_approved_word(what), wanted - held);
}

bool zp_approvals_to_publish(zp_run *run, bool with_tables, zp_error *err)
{
	zp_problems *problems = zp_problems_take(run->arena);
	if (!with_tables && zp_approvals_wanted(run, ZP_APPROVED_PUBLISHING))
		return zp_fail(err, ZP_BAD_INPUT, "round.xml", 0, "publishing is to be approved, and that rests on the tables; expected tables among what --emit names");
	if (with_tables)
		zp_approvals_judge(run, ZP_APPROVED_PUBLISHING, problems);
	if (!zp_problems_count(problems))
		return true;
	const zp_problem *p = zp_problem_at(problems, 0);
	zp_fail(err, ZP_BAD_INPUT, p->file, p->line, "%s", p->text);
	if (zp_words_chinese() && p->chinese) {
		zp_error chinese = { 0 };
		zp_fail(&chinese, ZP_BAD_INPUT, p->file, p->line, "%s", p->chinese);
		memcpy(err->told, chinese.text, sizeof err->told);
	}
	return false;
}

/* ---- the draft ---- */

bool zp_approvals_draft(zp_run *run, const char *into, zp_error *err)
{
	zp_press *press = into ? zp_press_open_folder(into, err) : zp_press_open_aside();
	bool good = press && zp_tables_write(run, press, err);
	if (good)
		zp_approvals_bind_tables(run, press);
	good = good && (!into || zp_press_publish(press, err));
	if (press)
		zp_press_close(press);
	return good;
}

void zp_approvals_tell(zp_members *manifest, const zp_run *run)
{
	zp_members *list = zp_members_list(manifest, "approvals");
	for (size_t i = 0; i < run->decisions->n_approvals; i++) {
		const zp_approval *a = &run->decisions->approvals[i];
		zp_members *one = zp_members_object(list, NULL);
		zp_members_text(one, "what", zp_approved_word(a->what));
		zp_members_text(one, "digest", a->digest);
		zp_members_text(one, "who", a->who);
		zp_members_text(one, "at", a->at);
		zp_members_text(one, "meaning", a->meaning);
	}
}
