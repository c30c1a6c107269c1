/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping amend: a new version of a round that was published, and what changed for whom. */
#include <stdlib.h>
#include "cli/amend.h"
#include "ledger/trail.h"
#include "press/verified.h"

#define LABS_TOLD 20
#define REASON_MOST 120 /* characters, so that it has room on a paper */
#define CODE_LEAST 3    /* bytes; a shorter one is a word or a number like others */
#define NAME_LEAST 6

/* ---- what changed ---- */

static const char *or_nothing(zp_text t) { return t.n ? t.p : "-"; }
static int length_of(zp_text t) { return t.n ? (int)t.n : 1; }

/* A word of the tables, for people. */
static const char *in_words(zp_text word)
{
	for (int i = 0; zp_words_chinese() && i < ZP_VERDICTS; i++)
		if (zp_text_is(word, zp_verdict_word((zp_verdict)i)))
			return zp_verdict_says((zp_verdict)i, true);
	for (int i = 0; zp_words_chinese() && i <= ZP_UNSATISFACTORY; i++)
		if (zp_text_is(word, zp_satisfaction_word((zp_satisfaction)i)))
			return zp_satisfaction_says((zp_satisfaction)i, true);
	return NULL;
}

static void tell_turn(zp_text before, zp_text after)
{
	const char *was = in_words(before), *is = in_words(after);
	printf("%.*s → %.*s", was ? (int)strlen(was) : length_of(before), was ? was : or_nothing(before), is ? (int)strlen(is) : length_of(after),
	       is ? is : or_nothing(after));
}

/* The score of one programme of a laboratory, before and after, where its satisfaction changed. */
static void tell_scores(const zp_changes *all, zp_text lab)
{
	for (size_t i = 0; i < all->n; i++) {
		const zp_change *c = &all->at[i];
		if (c->kind != ZP_CHANGE_SCORE || strcmp(c->what, "satisfaction") != 0 || !zp_text_same(c->lab, lab))
			continue;
		printf("; %.*s %.*s: ", (int)c->programme.n, c->programme.p, (int)c->measurand.n, c->measurand.p);
		tell_turn(c->before, c->after);
	}
}

/* Those whose verdicts changed one by one, the others by number. */
static void tell_labs(const zp_changes *all, bool every)
{
	size_t told = 0, touched = 0, placed = 0;
	for (size_t i = 0; i < all->n_labs; i++) {
		const zp_changed_lab *l = &all->labs[i];
		const bool judged = l->verdicts || l->satisfactions;
		told += judged;
		touched += !judged && (l->results || l->scores);
		placed += !judged && !l->results && !l->scores;
	}
	printf(zp_say("laboratories: %zu with other verdicts, %zu with other results or targets only, %zu with another place only\n"), told, touched, placed);
	size_t n = 0;
	for (size_t i = 0; i < all->n_labs; i++) {
		const zp_changed_lab *l = &all->labs[i];
		if (!l->verdicts && !l->satisfactions)
			continue;
		if (n++ == LABS_TOLD && !every) {
			printf(zp_say("  and %zu more (see changes.csv)\n"), told - LABS_TOLD);
			break;
		}
		printf("  ");
		printf(zp_say("%.*s: verdicts %zu"), (int)l->code.n, l->code.p, l->verdicts);
		tell_scores(all, l->code);
		putchar('\n');
	}
}

static void tell_turned(const zp_changes *all)
{
	printf(zp_say("verdicts: %zu"), all->verdicts);
	for (size_t i = 0; i < all->n_turned; i++) {
		printf("%s", i ? ", " : " (");
		tell_turn(all->turned[i].before, all->turned[i].after);
		printf(" %zu", all->turned[i].n);
	}
	printf("%s\n", all->n_turned ? ")" : "");
}

/* The same for a look and for what was published. */
static void tell_changes(const zp_amendment *a, bool every)
{
	const zp_changes *all = a->changes;
	printf(zp_say("%s follows %s, issued on %s: %s\n"), a->version, a->before->version, a->before->issued, a->reason);
	printf(zp_say("changed: targets of groups %zu, results %zu, places in rankings %zu\n"), all->groups, all->results, all->places);
	tell_turned(all);
	tell_labs(all, every);
	if (a->carried || a->beside || a->reissued || a->first || a->withdrawn)
		printf(zp_say("laboratories by their papers: all kept %zu, certificate kept and report new %zu, all new %zu, the first %zu, none any more %zu\n"),
		       a->carried, a->beside, a->reissued, a->first, a->withdrawn);
}

/* The rows of changes.csv, behind an empty line. */
static void print_changes(const zp_changes *all)
{
	zp_piece piece = { 0 };
	for (size_t i = 0; i <= all->n; i++)
		zp_changes_put(all, i, &piece);
	putchar('\n');
	fwrite(piece.bytes, 1, piece.n, stdout);
	free(piece.bytes);
}

/* ---- the command ---- */

/* What it follows is what the ledger knows of it, where there is one. */
static bool is_known(zp_closing *c, const zp_amendment *a, bool *known)
{
	size_t n;
	const zp_ledger_row *rows = zp_ledger_rows(c->ledger, c->run->arena, &n, &c->err);
	for (size_t i = 0; rows && i < n; i++) {
		if (strcmp(rows[i].id, a->before->round) != 0 || rows[i].version != atoi(a->before->version + 1))
			continue;
		*known = strcmp(rows[i].digest, a->before->digest) == 0;
		if (!*known)
			return zp_fail(&c->err, ZP_BAD_INPUT, a->before->folder, 0, "is not the %s that the ledger %s has of this round: the digests of their manifests differ",
				       a->before->version, zp_ledger_path(c->ledger));
	}
	return rows != NULL;
}

/* Files that laboratories keep are signed with the new version: so they must be the centre's, by its signature or by its ledger. */
static bool is_ours(zp_closing *c, const zp_amendment *a)
{
	bool known = false;
	zp_signature_found by;
	if (c->ledger && !is_known(c, a, &known))
		return false;
	if (!c->signer || known)
		return true;
	const zp_keyring *ring = zp_keyring_read(c->arena, zp_arena_print(c->arena, "%s/public", zp_option_given(&c->given, "key")), &c->err);
	if (!ring)
		return false;
	zp_published_signature(c->arena, a->before, ring, &by);
	return by.state == ZP_SIGNED ||
	       zp_fail(&c->err, ZP_BAD_INPUT, a->before->folder, 0,
		       "is not signed by a key that is believed, and what laboratories keep of it would be signed now; expected --ledger FILE, with a ledger that has this version");
}

/* It may be meant, where a key was lost; nobody should find out later that it was forgotten. */
static void warn_unsigned(const zp_closing *c, const zp_amendment *a)
{
	const char *key = zp_published_says(c->arena, a->before, NULL, "key");
	if (!c->signer && *key && strcmp(key, ZP_NO_KEY) != 0)
		fprintf(stderr, zp_say("zhiping amend: %s is signed, and %s is not, nor its list of papers that are superseded; expected --key KEYS\n"), a->before->version, a->version);
}

/* Laboratories can keep their files when they are of the same kinds. */
static bool choose_emit(zp_closing *c, const zp_amendment *a)
{
	zp_publish_wish *p = &c->publish;
	const unsigned had = a->emit & ZP_EMIT_LABS;
	if (!p->emit_named)
		p->emit = a->emit;
	p->emit_named = true; /* what the version before has must not be missing */
	return !had || had == (p->emit & ZP_EMIT_LABS) ||
	       zp_fail(&c->err, ZP_BAD_USE, NULL, 0,
		       "%s has other files for laboratories than --emit asks for; expected the same, so that those whose results stay can keep theirs (without --emit it is the same)",
		       a->before->version);
}

static bool is_letter(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/* A code stands by itself; a name is found anywhere. Small letters are as good as capitals. */
static bool names(const char *reason, const char *what, size_t least, bool alone)
{
	const size_t n = strlen(what);
	for (const char *p = n >= least ? strcasestr(reason, what) : NULL; p; p = strcasestr(p + 1, what))
		if (!alone || ((p == reason || !is_letter(p[-1])) && !is_letter(p[n])))
			return true;
	return false;
}

/* The reason is printed on the papers of others, too. */
static bool names_nobody(zp_closing *c, const char *reason)
{
	const zp_roster *roster = c->run->roster;
	char *plain = zp_arena_take(c->arena, strlen(reason) + 1); /* without full width */
	plain[zp_text_fold(zp_text_of(reason), plain)] = '\0';
	for (size_t i = 0; i < roster->n_labs; i++)
		if (names(plain, roster->labs[i].code, CODE_LEAST, true) || names(reason, roster->labs[i].name, NAME_LEAST, false) || names(plain, roster->labs[i].name, NAME_LEAST, false))
			return zp_fail(&c->err, ZP_BAD_USE, NULL, 0,
				       "--reason names laboratory %s, and would be printed on the papers of others; expected a reason without codes and names of laboratories",
				       roster->labs[i].code);
	return true;
}

static zp_amendment *prepare(zp_closing *c)
{
	if (!names_nobody(c, zp_option_given(&c->given, "reason")))
		return NULL;
	zp_amendment *a = zp_amendment_open(c->run->arena, c->publish.into, c->run->book->plan->id, c->publish.issue.date, &c->err);
	if (!a || !is_ours(c, a) || !choose_emit(c, a))
		return NULL;
	warn_unsigned(c, a);
	a->reason = zp_option_given(&c->given, "reason");
	a->by = zp_or_empty(zp_option_given(&c->given, "by"));
	a->reissue = zp_option_given(&c->given, "reissue") != NULL;
	c->publish.issue.version = a->version;
	c->publish.issue.bond.replaces = a->before->version;
	c->publish.issue.bond.reason = a->reason;
	c->publish.amends = a;
	return a;
}

/* What the year's papers and titles would have to do with it. */
static bool tell_year(zp_closing *c, const zp_amendment *a, const zp_published *after)
{
	return !c->ledger || (zp_amend_tell_given(c, a->changes) && (!zp_option_given(&c->given, "awards") || zp_amend_tell_awards(c, after)));
}

/* What would come of it, in full; nothing is written. */
static int look(zp_closing *c, const zp_amendment *a)
{
	zp_press *press = zp_run_look(c->run, &c->publish, &c->err);
	zp_watch_hush(c->watch);
	if (!press)
		return zp_cli_fail(&c->err);
	tell_changes(a, true);
	const zp_published *after = zp_published_look(c->run->arena, press, &c->err);
	const bool told = after && tell_year(c, a, after) &&
			  (!c->ledger || zp_trail_put(c->ledger, "what-if", zp_arena_print(c->arena, "%s/%s", after->round, after->version), a->reason, "", &c->err));
	zp_press_close(press);
	if (!told)
		return c->err.code ? zp_cli_fail(&c->err) : ZP_BAD_INPUT;
	printf(a->nothing ? zp_say("nothing would change, and nothing would be published\n") : zp_say("nothing was published: this was a look (--what-if)\n"));
	print_changes(a->changes);
	return a->nothing ? ZP_WITHHELD : ZP_OK;
}

/* What is published stays, whether or not the year can be told. */
static int amend(zp_closing *c, const zp_amendment *a)
{
	const char *published = zp_closing_put(c);
	if (a->nothing) {
		printf(zp_say("nothing differs from %s: nothing is published\n"), a->before->folder);
		return ZP_WITHHELD;
	}
	if (!published)
		return zp_cli_fail(&c->err);
	tell_changes(a, false);
	const zp_published *after = zp_published_open(c->run->arena, published, &c->err);
	const bool told = after && tell_year(c, a, after);
	if (!told && c->err.code)
		zp_cli_fail(&c->err);
	const int code = zp_closing_tell(c, published);
	return code == ZP_OK && !told ? ZP_WITHHELD : code;
}

static bool read_reason(const zp_closing *c)
{
	const char *reason = zp_option_given(&c->given, "reason"), *by = zp_option_given(&c->given, "by");
	const bool plain = reason && zp_text_is_plain(zp_text_of(reason)) && zp_text_trim(zp_text_of(reason)).n && (!by || zp_text_is_plain(zp_text_of(by)));
	size_t letters = 0;
	for (const char *p = plain ? reason : ""; *p; p++)
		letters += ((unsigned char)*p & 0xc0) != 0x80;
	if (!plain)
		fprintf(stderr, zp_say("zhiping amend: --reason TEXT is needed, a sentence that is printed on every new paper\n"));
	else if (letters > REASON_MOST)
		fprintf(stderr, zp_say("zhiping amend: the reason has %zu characters; expected %d at most, for it is printed on every new paper\n"), letters, REASON_MOST);
	return plain && letters <= REASON_MOST;
}

int zp_command_amend(const zp_command *self, int argc, char **argv)
{
	zp_closing c;
	if (!zp_closing_read(&c, self, argc, argv) || !read_reason(&c))
		return ZP_BAD_USE;
	if (!(c.publish.emit & ZP_EMIT_TABLES)) {
		fprintf(stderr, zp_say("zhiping amend: what changed is found in the tables; expected --emit with tables\n"));
		return ZP_BAD_USE;
	}
	if (zp_option_given(&c.given, "awards") && !c.ledger_path) {
		fprintf(stderr, zp_say("zhiping amend: titles are worked out of the ledger; expected --awards with --ledger\n"));
		return ZP_BAD_USE;
	}
	c.follows = true;
	c.looks = c.publish.looks = zp_option_given(&c.given, "what-if") != NULL;
	if (!zp_closing_run(&c))
		return zp_closing_end(&c, c.err.code ? zp_cli_fail(&c.err) : ZP_BAD_PLUGIN);
	const zp_amendment *a = prepare(&c);
	if (!a)
		return zp_closing_end(&c, zp_cli_fail(&c.err));
	if (!zp_closing_head(&c))
		return zp_closing_end(&c, zp_cli_fail(&c.err));
	return zp_closing_end(&c, c.looks ? look(&c, a) : amend(&c, a));
}
