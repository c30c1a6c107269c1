/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping year: what closed rounds become over a year. */
#include <config.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/instant.h"
#include "cli/ledger.h"
#include "cli/year.h"
#include "ledger/trail.h"
#include "press/outbox.h"
#include "press/signed.h"
#include "press/published.h"
#include "year/papers.h"
#include "year/printed.h"
#include "year/record.h"

#define VERSIONS_MOST 999

static void say(void *self, const char *sentence)
{
	zp_year_work *w = self;
	zp_watch_hush(w->watch);
	fputs("zhiping: ", stderr);
	zp_text_print(zp_text_of(sentence), stderr);
	putc('\n', stderr);
}

/* ---- versions ---- */

static bool is_there(zp_year_work *w, unsigned version, const char *file)
{
	return access(zp_arena_print(w->arena, "%s/%s/v%u%s%s", w->into, w->folder, version, *file ? "/" : "", file), F_OK) == 0;
}

static bool choose_version(zp_year_work *w)
{
	unsigned versions = 0;
	while (versions < VERSIONS_MOST && is_there(w, versions + 1, ""))
		versions++;
	if (versions && !zp_press_current(w->into, w->folder, zp_arena_print(w->arena, "v%u", versions), &w->err)) /* if the run that published it got no further */
		return false;
	if (versions && !w->wish.draft && !zp_option_given(w->given, "amend"))
		return zp_fail(&w->err, ZP_BAD_INPUT, NULL, 0, "%s/%s/v%u is published already; with --amend the year gets a new version, and the old one stays",
			       w->into, w->folder, versions);
	w->number = versions + 1;
	w->version = w->wish.version = zp_arena_print(w->arena, "v%u", w->number);
	return true;
}

/* ---- the work ---- */

static size_t rounds_in(const zp_year *year)
{
	size_t n = 0;
	for (size_t i = 0; i < year->wish->annals->n; i++)
		n += year->wish->annals->rounds[i].year == year->wish->year;
	return n;
}

/* Files that were read beside the ledger and the rules of the year. */
static const zp_input *inputs_of(zp_year_work *w, size_t *n)
{
	size_t sent;
	const zp_input *iqc = zp_iqc_inputs(w->wish.iqc, &sent);
	zp_input *all = zp_take(w->arena, zp_input, w->n_inputs + sent + w->template_files.n + 2);
	memcpy(all, w->inputs, w->n_inputs * sizeof *all);
	*n = w->n_inputs;
	for (size_t i = 0; i < sent; i++)
		all[(*n)++] = iqc[i];
	for (size_t i = 0; i < w->template_files.n; i++)
		all[(*n)++] = w->template_files.at[i];
	if (w->wish.iqc_limits)
		all[(*n)++] = w->wish.iqc_limits->input;
	return all;
}

/* A paper keeps its number while it lists the same for the same laboratory; that it looks the same as well, nothing makes sure. */
static bool tell_differing(zp_year_work *w, const zp_papers *papers, const zp_papers_wish *wish)
{
	for (unsigned v = 1; v < w->number; v++) {
		const char *first = NULL, *earlier = zp_arena_print(w->arena, "%s/%s/v%u", w->into, w->folder, v);
		const size_t n = zp_papers_differing(papers, wish, earlier, &first);
		if (n)
			say(w, zp_arena_print(w->arena, w->chinese ? "%zu 张证书沿用原编号，但印出的内容与 v%u 不同（如 %s）：项目、计划或组织者的名称或印章已有改动" :
						 "%zu of the papers that keep their numbers are not printed as in v%u (%s, say): names of measurands, programme "
						 "or organiser, or the seal, have changed", n, v, first));
	}
	return true;
}

/* Of a file that was published. */
static const char *digest_of(zp_year_work *w, zp_press *press, const char *name)
{
	const zp_input *files = zp_press_files(press);
	for (size_t i = 0; i < zp_press_count(press); i++)
		if (strcmp(files[i].name, name) == 0)
			return zp_arena_print(w->arena, "%s", files[i].sha256);
	return "";
}

/* Papers for whoever prints. */
static bool print_papers(zp_year_work *w, const zp_year *year, zp_press *press)
{
	zp_papers_wish wish = { .plugins = w->emission->plugins, .n_plugins = w->emission->n, .issued = w->wish.issued,
		.seal = zp_option_given(w->given, "seal"), .threads = w->wish.threads, .progress = w->wish.progress };
	memcpy(wish.templates, w->templates, sizeof wish.templates);
	zp_papers papers = { .arena = w->arena, .bond = w->wish.bond, .signer = w->wish.signer, .given = w->given_numbers, .heads = w->heads };
	zp_papers_add_certificates(&papers, year);
	zp_papers_add_recognition(&papers, year);
	zp_papers_add_titles(&papers, year);
	return zp_papers_print(&papers, &wish, press, &w->err) && tell_differing(w, &papers, &wish);
}

/* The tables, and what is made of them. */
static bool write_all(zp_year_work *w, const zp_year *year, zp_press *press)
{
	zp_kept kept = { .arena = w->arena };
	const bool keeps = zp_emission_has_book(w->emission);
	return zp_press_folder(press, "centre", &w->err) && zp_year_tables(year, press, keeps ? &kept : NULL, &w->err) && zp_year_records(year, press, &w->err) &&
	       (!keeps || zp_year_books_write(year, w->emission, &kept, press, &w->err)) &&
	       (w->wish.draft || !zp_emission_has_paper(w->emission) || print_papers(w, year, press));
}

static bool publish(zp_year_work *w, const zp_year *year)
{
	size_t n_inputs;
	const zp_input *inputs = inputs_of(w, &n_inputs);
	zp_press *press = zp_press_open(w->into, w->folder, w->version, &w->err);
	if (!press)
		return false;
	zp_press_watch(press, w->wish.progress);
	zp_press_sign_with(press, w->signer);
	bool good = write_all(w, year, press) && zp_year_keep(w->arena, year, inputs, n_inputs, press, &w->err) &&
		zp_year_manifest(year, "zhiping " PACKAGE_VERSION, w->registry, inputs, n_inputs, press, &w->err) && zp_press_publish(press, &w->err) &&
		zp_press_current(w->into, w->folder, w->version, &w->err);
	zp_watch_hush(w->watch);
	w->manifest = good ? digest_of(w, press, "manifest.json") : "";
	if (good)
		printf(w->chinese ? "%s：%zu 家实验室，%zu 个专业，本年度 %zu 轮（台账中共 %zu 轮）\n" :
		       "%s: laboratories: %zu, programmes: %zu, rounds of the year: %zu (in the ledger: %zu)\n", zp_press_target(press),
		       year->chronicle->n_labs, year->chronicle->n_programmes, rounds_in(year), year->wish->annals->n);
	zp_press_close(press);
	return good;
}

/* Who would gain and who would lose by another rule; nothing is published. */
static bool print_what_if(zp_year_work *w, const zp_year *year)
{
	const zp_titles *was = year->titles->what_if_against, *is = year->titles->what_if;
	size_t n, gain = 0;
	const zp_title_change *all = zp_titles_compare(w->arena, was, is, &n);
	for (size_t i = 0; i < n; i++)
		gain += all[i].gains;
	printf(w->chinese ? "%s：假设规则版本 %s（现行 %s）：会评上或更有利的 %zu 家，会落选或更不利的 %zu 家\n" : "%s: version %s in place of %s: %zu gain, %zu lose\n", was->award->id, is->award->version,
	       was->award->version, gain, n - gain);
	for (size_t i = 0; i < n; i++) {
		const zp_title *one = all[i].after ? all[i].after : all[i].before;
		const char *sentence = zp_arena_print(w->arena, "%s %s %s: %s -> %s: %s", all[i].gains ? "+" : "-", one->code, one->name,
			zp_title_stands(all[i].before, w->chinese), zp_title_stands(all[i].after, w->chinese),
			zp_title_change_because(w->arena, was, is, &all[i], w->chinese));
		zp_text_print(zp_text_of(sentence), stdout);
		putchar('\n');
	}
	return true;
}

/* ---- the trail ---- */

static const char *subject_of(zp_year_work *w)
{
	return w->version ? zp_arena_print(w->arena, "%s/%s", w->folder, w->version) : w->folder;
}

static bool put_event(zp_year_work *w, const char *what, const char *why, const char *detail, zp_error *err)
{
	zp_ledger *ledger = zp_ledger_open(w->ledger, ZP_LEDGER_ADD, err);
	if (!ledger)
		return false;
	zp_trail_by(ledger, zp_option_given(w->given, "by"));
	const bool good = zp_trail_put(ledger, what, subject_of(w), why, detail, err);
	zp_ledger_close(ledger);
	return good;
}

/* The folder stands whatever becomes of the event. */
static bool put_published(zp_year_work *w)
{
	return w->wish.draft || put_event(w, "year", "", zp_arena_print(w->arena, "manifest=%s", w->manifest), &w->err) ||
	       (fprintf(stderr, zp_say("zhiping: the year is published, but the trail of the ledger does not tell of it\n")), false);
}

static const char *first_of(zp_year_work *w, const zp_problems *problems)
{
	char place[400];
	const zp_problem *p = zp_problem_at(problems, 0);
	return zp_arena_print(w->arena, "%s: %s", zp_problem_place(p, place, sizeof place), p->text);
}

/* The failure is told, whatever becomes of the event. */
static void put_refusal(zp_year_work *w)
{
	zp_error err = { 0 };
	if (w->untold || w->err.code == ZP_IO)
		return;
	put_event(w, "year-refused", w->err.code ? w->err.text : zp_problems_count(w->rules) ? first_of(w, w->rules) : zp_problems_count(w->input) ? first_of(w, w->input) : "", "",
		  &err);
}

/* A version is not issued before the one that it follows. */
static bool follows(zp_year_work *w)
{
	if (w->number < 2 || w->wish.what_if || w->wish.draft)
		return true;
	const zp_published *before = zp_published_open(w->arena, zp_arena_print(w->arena, "%s/%s/v%u", w->into, w->folder, w->number - 1), &w->err);
	return before && (strcmp(w->wish.issued, before->issued) >= 0 ||
			  zp_fail(&w->err, ZP_BAD_USE, NULL, 0, "--issued %s lies before v%u, which was issued on %s; expected that day or a later one",
				  w->wish.issued, w->number - 1, before->issued));
}

/* A paper that keeps its number keeps the head that was printed on it. */
static bool take_origins(zp_year_work *w, zp_ledger *ledger)
{
	size_t n = 0;
	const zp_paper_origin *all = zp_trail_papers(ledger, w->arena, &n, &w->err);
	zp_names *numbers = zp_names_take(w->arena);
	const char **heads = zp_take(w->arena, const char *, n + 1);
	for (size_t i = 0; all && i < n; i++)
		heads[zp_names_add(numbers, zp_text_of(all[i].number))] = all[i].head;
	w->given_numbers = numbers, w->heads = heads;
	return all != NULL;
}

/* Numbers are in the ledger before anybody can read them. It is closed then: nothing that is published later comes from it. */
static bool work_out(zp_year_work *w, zp_ledger *ledger)
{
	const zp_year *year = zp_year_take(w->arena, &w->wish, w->input, &w->err);
	zp_trail_for(ledger, "year", subject_of(w), "");
	const bool put = year && follows(w) && (w->wish.what_if || w->wish.draft || (zp_papers_put(year, ledger, &w->err) && zp_year_titles_put(year, ledger, &w->err) && take_origins(w, ledger)));
	zp_ledger_close(ledger);
	if (!put)
		return false;
	zp_watch_hush(w->watch);
	zp_problems_print_in(w->doubts, w->chinese, stderr);
	if (w->wish.what_if)
		return print_what_if(w, year);
	zp_year_tell(year, w->arena, w->chinese, say, w);
	if (w->wish.draft)
		say(w, w->chinese ? "草稿：没有记入台账，也没有打印证书；编号和决定以正式发布时为准" :
		    "a draft: nothing went into the ledger and no paper was printed; numbers and decisions are those of the year that is published");
	return publish(w, year) && put_published(w);
}

static int outcome(zp_year_work *w)
{
	zp_watch_hush(w->watch);
	put_refusal(w);
	zp_problems_print_in(w->rules, w->chinese, stderr);
	zp_problems_print_in(w->input, w->chinese, stderr);
	if (w->err.code)
		return zp_cli_fail(&w->err);
	return zp_problems_count(w->rules) ? ZP_BAD_RULES : ZP_BAD_INPUT;
}

static bool counts(const zp_annals *annals, const zp_ledger_conflict *c)
{
	for (size_t i = 0; i < annals->n; i++)
		if (strcmp(annals->rounds[i].id, c->id) == 0 && atoi(annals->rounds[i].version + 1) == c->version)
			return true;
	return false;
}

/* What the ledger withheld counts in no year: whoever issues papers must know. */
static bool tell_conflicts(zp_year_work *w, zp_ledger *ledger)
{
	size_t n;
	const zp_ledger_conflict *all = zp_ledger_conflicts(ledger, w->arena, &n, &w->err);
	for (size_t i = 0; i < n; i++) {
		if (w->wish.rules->merge_refuse && counts(w->wish.annals, &all[i]))
			return zp_fail(&w->err, ZP_BAD_INPUT, zp_ledger_path(ledger), 0,
				       "round %s v%d has two contents (the manifest of the one that was withheld has the digest %.16s); "
				       "the rules of the year refuse that. Expected a newer version of the round", all[i].id, all[i].version, all[i].digest);
		say(w, zp_arena_print(w->arena, w->chinese ? "轮次 %s v%d 另有一份内容不同的记录被台账搁置（清单校验值 %.16s）：以先入账的为准" :
					 "of round %s v%d another content was withheld by the ledger (its manifest has the digest %.16s): the one that came first counts",
					 all[i].id, all[i].version, all[i].digest));
	}
	return all != NULL;
}

/* Two papers with one number are in people's hands: of two centres, or from two copies of one ledger. */
static bool tell_paper_conflicts(zp_year_work *w, zp_ledger *ledger)
{
	size_t n;
	const zp_paper_conflict *all = zp_ledger_paper_conflicts(ledger, w->arena, &n, &w->err);
	for (size_t i = 0; i < n; i++)
		say(w, zp_arena_print(w->arena, w->chinese ? "编号 %s 另有一张内容不同的证书被台账搁置（摘要 %.16s）：以先入账的为准" :
					 "another paper with the number %s was withheld by the ledger (its digest is %.16s): the one that came first counts",
					 all[i].number, all[i].digest));
	return all != NULL;
}

static void tell_fault(void *self, const char *sentence)
{
	zp_year_work *w = self;
	zp_watch_hush(w->watch);
	fprintf(stderr, "%s\n", sentence);
}

/* Papers are made of what was put in, and of nothing else. */
static bool is_intact(zp_year_work *w, zp_ledger *ledger, const char *path)
{
	bool is_sound = false;
	const long told = zp_ledger_check(ledger, tell_fault, w, &is_sound, &w->err);
	w->untold |= !is_sound;
	return told == 0 || (told > 0 && zp_fail(&w->err, ZP_BAD_INPUT, path, 0, "the ledger is not as it was put in, so that no year is worked out of it"));
}

static bool read_ledger(zp_year_work *w, zp_ledger *ledger, const char *path)
{
	zp_trail_by(ledger, zp_option_given(w->given, "by"));
	const char *head = zp_trail_head(ledger, w->arena, &w->err);
	w->wish.bond.head = head ? head : "";
	if (!head || !is_intact(w, ledger, path))
		return false;
	w->wish.annals = zp_annals_take(ledger, w->arena, 0, w->wish.year, &w->err);
	w->wish.issued_before = w->wish.annals ? zp_issued_take(ledger, w->arena, &w->wish.n_issued_before, &w->err) : NULL;
	w->wish.decided = w->wish.issued_before ? zp_ledger_decisions(ledger, w->arena, &w->wish.n_decided, &w->err) : NULL;
	zp_watch_hush(w->watch);
	return w->wish.decided && zp_ledger_tell_disowned(ledger, w->arena, path, &w->err) && tell_conflicts(w, ledger) && tell_paper_conflicts(w, ledger);
}

/* What is only looked at is not signed. */
static bool open_signer(zp_year_work *w)
{
	w->wish.bond = ZP_NO_BOND;
	if ((w->wish.draft || zp_option_given(w->given, "what-if")) && zp_option_given(w->given, "key"))
		return zp_fail(&w->err, ZP_BAD_USE, NULL, 0, "a draft is not signed; expected --key without --draft and --what-if");
	if (!zp_cli_signer(w->given, w->wish.issued, &w->signer, &w->err))
		return false;
	w->wish.signer = w->signer;
	if (w->signer)
		w->wish.bond.key = zp_signer_id(w->signer);
	return true;
}

static int run(zp_year_work *w, const char *ledger_path)
{
	const bool read = open_signer(w) && zp_year_read_options(w) && (w->wish.what_if || choose_version(w));
	zp_ledger *ledger = read ? zp_ledger_open(ledger_path, w->wish.what_if || w->wish.draft ? ZP_LEDGER_READ : ZP_LEDGER_ADD, &w->err) : NULL;
	if (!ledger)
		return outcome(w);
	zp_ledger_watch(ledger, w->wish.progress);
	if (!read_ledger(w, ledger, ledger_path)) {
		zp_ledger_close(ledger);
		return outcome(w);
	}
	w->wish.ledger = ledger;
	return work_out(w, ledger) ? ZP_OK : outcome(w);
}

int zp_command_year(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	bool chinese = false;
	int year, month, day;
	long threads = 0;
	if (!zp_options_read(self, argc, argv, 1, 1, &given) || !zp_option_chinese(&given, &chinese) ||
	    !zp_option_number(&given, "threads", 1, 256, &threads))
		return ZP_BAD_USE;
	zp_year_work w = { .given = &given, .into = zp_option_given(&given, "into"), .wish.issued = zp_option_given(&given, "issued") };
	const char *ledger = zp_option_given(&given, "ledger");
	const bool what_if = zp_option_given(&given, "what-if") != NULL;
	if ((!what_if && (!w.into || !*w.into)) || !ledger || !w.wish.issued || !zp_date_read(zp_text_of(w.wish.issued), &year, &month, &day)) {
		fprintf(stderr, zp_say("zhiping year: --ledger FILE, --into DIR and --issued YYYY-MM-DD are needed, and the date must be a real one\n"));
		return ZP_BAD_USE;
	}
	if (strlen(given.rest[0]) != 4 || strspn(given.rest[0], "0123456789") != 4 || *given.rest[0] == '0') {
		fprintf(stderr, zp_say("zhiping year: \"%s\" is no year; expected four digits\n"), given.rest[0]);
		return ZP_BAD_USE;
	}
	w.arena = zp_arena_open();
	w.input = zp_problems_take(w.arena);
	w.rules = zp_problems_take(w.arena);
	w.doubts = zp_problems_take(w.arena);
	w.wish.threads = (unsigned)threads;
	w.wish.year = (int)strtol(given.rest[0], NULL, 10);
	w.chinese = chinese;
	w.wish.draft = zp_option_given(&given, "draft") != NULL;
	w.folder = zp_arena_print(w.arena, w.wish.draft ? "year-%d-draft" : "year-%d", w.wish.year);
	w.watch = zp_watch_begin();
	w.wish.progress = zp_watch_progress(w.watch);
	w.ledger = ledger;
	w.untold = w.wish.draft || what_if;
	const int code = run(&w, ledger);
	zp_watch_end(w.watch);
	zp_signer_close(w.signer);
	if (w.registry)
		zp_registry_close(w.registry);
	zp_arena_close(w.arena);
	return code;
}
