/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything into the stage, the reports in child processes, and then the name that makes it public. */
#include "run/publish.h"
#include "base/chinese.h"
#include "base/file.h"
#include "press/signed.h"
#include "run/amendment.h"
#include "run/approvals.h"
#include "run/drawn.h"
#include "run/reread.h"
#include "run/seal.h"
#include "run/summarise.h"
#include "run/tables.h"
#include "run/told.h"

#define SEAL_MOST (8u << 20)

/* ---- what is wished for ---- */

const zp_emit_word zp_emit_words[] = {
	{ "tables", ZP_EMIT_TABLES, NULL, { NULL }, false },
	{ "certificates", ZP_EMIT_CERTIFICATES, "certificate-pdf", { "results-csv" }, false },
	{ "reports", ZP_EMIT_REPORTS, "report-pdf", { "pages-html", "results-csv" }, true },
	{ "summary", ZP_EMIT_SUMMARY, "summary-pdf", { NULL }, true },
	{ "workbook", ZP_EMIT_WORKBOOK, "workbook-xlsx", { NULL }, true },
	{ "pages", ZP_EMIT_PAGES, "pages-html", { NULL }, false },
};
const size_t zp_emit_n_words = sizeof zp_emit_words / sizeof *zp_emit_words;

static bool has_call(const zp_plugin *p, unsigned bit)
{
	return p && (bit & ZP_EMIT_LABS ? p->does.emitter->lab != NULL : p->does.emitter->round != NULL);
}

static bool is_named(const char *name, const zp_plugin *p)
{
	return name && strcmp(name, p->name) == 0;
}

/* An emitter that is in no word, loaded with --plugin, goes along with whatever is written of its kind. */
static bool is_wished(const zp_plugin *p, unsigned emit)
{
	bool known = false;
	for (size_t i = 0; i < zp_emit_n_words; i++) {
		const zp_emit_word *w = &zp_emit_words[i];
		const bool of_it = is_named(w->by, p) || is_named(w->with[0], p) || is_named(w->with[1], p);
		if (of_it && w->bit & emit)
			return true;
		known |= of_it;
	}
	return !known;
}

static bool is_there(const zp_run *run, const zp_emit_word *w)
{
	return !w->by || has_call(zp_registry_find(run->registry, ZP_EMITTER, w->by), w->bit);
}

/* The words that were wished for and can be served, for a sentence that says how to do without the others. */
static const char *served(zp_run *run, unsigned emit)
{
	const char *list = "";
	for (size_t i = 0; i < zp_emit_n_words; i++)
		if (zp_emit_words[i].bit & emit && is_there(run, &zp_emit_words[i]))
			list = zp_arena_print(run->arena, "%s%s%s", list, *list ? "," : "", zp_emit_words[i].word);
	return list;
}

static bool emitters_are_there(zp_run *run, const zp_publish_wish *wish, unsigned among, zp_error *err)
{
	for (size_t i = 0; i < zp_emit_n_words; i++) {
		const zp_emit_word *w = &zp_emit_words[i];
		if (!(w->bit & wish->emit & among) || is_there(run, w) || (w->may_lack && !wish->emit_named))
			continue;
		const char *others = served(run, wish->emit);
		return zp_fail(err, ZP_BAD_PLUGIN, NULL, 0, "the emitter \"%s\" is not installed; without %s: --emit %s", w->by, w->word, *others ? others : "tables");
	}
	return true;
}

/* ---- per laboratory ---- */

typedef struct emitting {
	const zp_run *run;
	const zp_issue *issue;
	const zp_plugin **plugins;
	void **states;
	size_t n;
	const uint32_t *labs; /* those with an enrolment */
	const zp_edition *edition; /* [n]: what each of them is prepared for */
	zp_arena *arena; /* of the run; in a child its copy */
	bool prepared; /* in this process */
	const zp_reread *reread; /* NULL: no tables were written */
	const zp_amendment *amends; /* NULL: it is the first version */
	bool looks;              /* nothing is drawn */
	const zp_seals *seals;   /* that papers get which somebody else signs; NULL */
	const zp_drawn_papers *papers; /* drawn before; NULL: they are drawn here */
	zp_held *held;           /* by laboratory; the children fill it */
} emitting;

typedef struct lab_box { zp_press *press; const zp_report *report; const zp_issue *issue; } lab_box;

static bool write_for_lab(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	const lab_box *box = self;
	char path[400];
	if (snprintf(path, sizeof path, "labs/%s/%s", box->report->lab, name) >= (int)sizeof path)
		return zp_fail(err, ZP_BUG, name, 0, "the name is too long");
	return zp_press_write_paper(box->press, path, bytes, n, box->report->checked, box->issue->date, err);
}

typedef struct round_box { zp_press *press; const char *round; const zp_issue *issue; } round_box;

static bool write_for_round(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	const round_box *box = self;
	char what[400];
	snprintf(what, sizeof what, "%s/%s/%s", box->round, box->issue->version, name);
	return zp_press_write_paper(box->press, name, bytes, n, what, box->issue->date, err);
}

/* In the child that writes, so that a font or a plugin that is broken cannot touch the run. */
static bool prepare_emitters(emitting *e, zp_error *err)
{
	for (size_t i = 0; i < e->n && !e->prepared; i++) {
		zp_lend lend;
		const zp_emitter *emitter = e->plugins[i]->does.emitter;
		if (emitter->prepare && !(e->states[i] = emitter->prepare(zp_lend_to(&lend, e->arena, e->plugins[i], NULL), &e->edition[i], err)))
			return false;
	}
	return e->prepared = true;
}

/* What the laboratory is told, as a paper of this version that takes the place of the one that it has. */
static zp_report *report_of(const emitting *e, size_t lab, const zp_held *has, zp_arena *arena)
{
	zp_issue issue = *e->issue;
	issue.bond.replaces = has ? has->version : "";
	issue.bond.reason = has ? e->amends->reason : "";
	return zp_report_of(e->run, e->labs[lab], &issue, e->run->told, arena);
}

/* What the laboratory keeps of `has`, and what it holds after this. A report that is new beside a certificate that is kept has its code. */
static void hold(const emitting *e, zp_report *report, const zp_held *has, zp_arena *arena, zp_held *held)
{
	char content[ZP_DIGEST_TEXT];
	zp_seal_content(report, content);
	const bool may_keep = has && !e->amends->reissue;
	*held = has ? *has : (zp_held){ 0 };
	if (may_keep && strcmp(has->content, content) == 0) {
		held->keeps = ZP_KEEPS_ALL;
		return;
	}
	memcpy(held->content, content, sizeof content);
	snprintf(held->report, sizeof held->report, "%s", report->version);
	if (may_keep && zp_seal_report_as(arena, report, has->version, has->issued, has->digest, e->issue->signer)) {
		report->bond.replaces = has->report;
		held->keeps = ZP_KEEPS_CERTIFICATE;
		return;
	}
	snprintf(held->version, sizeof held->version, "%s", report->version);
	snprintf(held->issued, sizeof held->issued, "%s", report->issued);
	snprintf(held->code, sizeof held->code, "%s", report->code);
	snprintf(held->digest, sizeof held->digest, "%s", report->digest);
	snprintf(held->head, sizeof held->head, "%s", report->bond.head);
	held->keeps = ZP_KEEPS_NONE;
}

/* An emitter without figures tells what the certificate tells, and is not asked where that is kept. */
static bool draw_lab(emitting *e, const zp_report *report, zp_keeps keeps, zp_press *press, zp_arena *arena, zp_error *err)
{
	lab_box box = { press, report, e->issue };
	zp_outbox outbox = { &box, write_for_lab };
	for (size_t k = 0; k < e->n; k++) {
		zp_lend lend;
		if (keeps == ZP_KEEPS_ALL || (keeps == ZP_KEEPS_CERTIFICATE && !e->plugins[k]->does.emitter->figures))
			continue;
		const zp_host *host = zp_lend_to(&lend, arena, e->plugins[k], NULL);
		if (!e->plugins[k]->does.emitter->lab(host, e->states[k], report, &outbox, err) || !zp_lend_returned(e->plugins[k], err))
			return false;
	}
	return true;
}

/* What another machine drew for it. */
static bool take_lab(const emitting *e, uint32_t lab, const zp_report *report, const char *content, zp_press *press, zp_error *err)
{
	lab_box box = { press, report, e->issue };
	const zp_outbox outbox = { &box, write_for_lab };
	return zp_drawn_put(e->papers, lab, report->lab, content, &outbox, err);
}

/* Draw what the laboratory gets, unless it is told the same as before; what it holds is told to the parent. */
static bool emit_lab(void *context, size_t i, zp_press *press, zp_error *err)
{
	emitting *e = context;
	if (!e->papers && !prepare_emitters(e, err))
		return false;
	zp_arena *arena = zp_arena_open();
	const zp_held *has = e->amends ? zp_amendment_held(e->amends, e->run->roster->labs[e->labs[i]].code) : NULL;
	zp_held *held = &e->held[e->labs[i]];
	zp_report *report = report_of(e, i, has, arena);
	hold(e, report, has, arena, held);
	bool good = !e->reread || zp_reread_compare(e->reread, report, arena, err);
	good = good && (!e->seals || zp_seals_put(e->seals, e->labs[i], report, arena, err));
	if (e->papers)
		good = good && take_lab(e, e->labs[i], report, held->content, press, err);
	else if (!e->looks)
		good = good && draw_lab(e, report, held->keeps, press, arena, err);
	zp_arena_close(arena);
	return good;
}

static bool edition_of(zp_run *run, const char *issued, zp_edition *edition, zp_error *err)
{
	const char *seal = run->book->plan->seal, *why = NULL;
	*edition = (zp_edition){ .issued = issued };
	edition->templates[ZP_TEMPLATE_ROUND] = run->book->plan->certificate;
	if (!seal)
		return true;
	zp_text bytes = zp_file_read(run->arena, seal, SEAL_MOST, seal, NULL, &why);
	if (!bytes.p)
		return zp_fail(err, ZP_BAD_INPUT, seal, 0, "the seal %s", zp_clause(why));
	edition->seal = (zp_asset){ seal, bytes.p, bytes.n };
	return true;
}

/* The emitters that were wished for, among those of laboratories or of the centre. */
static bool choose_emitters(zp_run *run, const zp_publish_wish *wish, unsigned among, emitting *e, zp_error *err)
{
	zp_edition edition;
	size_t n = zp_registry_count(run->registry);
	zp_edition *editions = zp_take(run->arena, zp_edition, n + 1);
	e->plugins = zp_take(run->arena, const zp_plugin *, n);
	e->states = zp_take(run->arena, void *, n);
	e->edition = editions;
	e->arena = run->arena;
	if (!emitters_are_there(run, wish, among, err) || !edition_of(run, wish->issue.date, &edition, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		const zp_plugin *p = zp_registry_at(run->registry, i);
		if (p->kind != ZP_EMITTER || !has_call(p, among) || !is_wished(p, wish->emit & among))
			continue;
		if (p->does.emitter->prepare && !e->papers)
			edition.characters = zp_report_characters(run, &wish->issue, p->does.emitter->figures || among & ZP_EMIT_ROUND); /* the centre's have figures */
		editions[e->n] = edition;
		e->plugins[e->n++] = p;
	}
	return true;
}

/* What figures, findings and peers need of the run as a whole, if any of the emitters wants them. */
static bool tell_figures(zp_run *run, const zp_publish_wish *wish, const emitting *e, zp_error *err)
{
	bool wanted = false;
	for (size_t i = 0; i < e->n; i++)
		wanted |= e->plugins[i]->does.emitter->figures;
	run->told = NULL;
	if (!wanted)
		return true;
	run->told = zp_told_take(run, wish, err);
	return run->told != NULL;
}

/* Whoever is told the same as before keeps its files, to the byte. Here, since a child that writes can read nothing that was published. */
static bool carry_labs(const emitting *e, size_t n, zp_press *press, zp_error *err)
{
	if (!e->amends || e->looks)
		return true;
	const size_t n_drawn = zp_press_count(press);
	zp_input *drawn = zp_take(e->run->arena, zp_input, n_drawn + 1); /* the list of the press grows while files are carried */
	if (n_drawn)
		memcpy(drawn, zp_press_files(press), n_drawn * sizeof *drawn);
	bool good = true;
	for (size_t i = 0; i < n && good; i++)
		if (e->held[e->labs[i]].keeps != ZP_KEEPS_NONE)
			good = zp_amendment_carry(e->amends, e->run->roster->labs[e->labs[i]].code, drawn, n_drawn, press, err);
	return good;
}

/* How many keep what they have, and how many do not. */
static void count_held(const emitting *e, size_t n, zp_amendment *a)
{
	size_t had = 0;
	for (size_t i = 0; i < n; i++) {
		const bool has = zp_amendment_held(a, e->run->roster->labs[e->labs[i]].code) != NULL;
		had += has;
		a->carried += e->held[e->labs[i]].keeps == ZP_KEEPS_ALL;
		a->beside += e->held[e->labs[i]].keeps == ZP_KEEPS_CERTIFICATE;
		a->first += !has;
	}
	a->reissued = had - a->carried - a->beside;
	a->withdrawn = a->n_holders - had;
}

/* The lists of papers, after all of them were made. */
static bool list_papers(zp_run *run, zp_press *press, const zp_publish_wish *wish, const emitting *e, zp_error *err)
{
	if (!(wish->emit & ZP_EMIT_CERTIFICATES))
		return true;
	if (!zp_certificates_write(run, press, e->held, err))
		return false;
	if (!wish->amends)
		return true;
	const char **codes = zp_take(run->arena, const char *, run->roster->n_labs + (size_t)1);
	for (size_t i = 0; i < run->roster->n_labs; i++)
		codes[i] = run->roster->labs[i].code;
	return zp_superseded_write(wish->amends, run->book->plan->id, &wish->issue, e->held, codes, run->roster->n_labs, press, err);
}

bool zp_reports_write(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_error *err)
{
	emitting e = { .run = run, .issue = &wish->issue, .amends = wish->amends, .looks = wish->looks, .seals = wish->seals, .papers = wish->papers };
	const uint32_t *owners = wish->share.n ? zp_shards_of_labs(run, wish->share.n) : NULL;
	uint32_t *labs = zp_take(run->arena, uint32_t, run->roster->n_labs);
	size_t n = 0;
	for (uint32_t i = 0; i < run->roster->n_labs; i++)
		if (run->roster->first_enrolment[i] < run->roster->first_enrolment[i + 1] && (!owners || owners[i] == wish->share.i))
			labs[n++] = i;
	e.labs = labs;
	e.held = zp_press_share(run->arena, run->roster->n_labs * sizeof *e.held);
	if (wish->emit & ZP_EMIT_TABLES && !wish->looks && !owners && !(e.reread = zp_reread_open(run->arena, zp_press_stage(press), err)))
		return false;
	if (wish->emit & ZP_EMIT_CERTIFICATES && !run->book->plan->certificate)
		return zp_fail(err, ZP_BAD_RULES, "certificates/round.xml", 0, "the rules have no template of certificates; expected one, or --emit without certificates");
	zp_progress_stage(run->progress, "writing reports, laboratories", n);
	if (!choose_emitters(run, wish, ZP_EMIT_LABS, &e, err) || !tell_figures(run, wish, &e, err) ||
	    !zp_press_fork(press, run->threads, n, emit_lab, &e, err))
		return false;
	if (owners)
		return zp_drawn_write(run, press, wish, e.held, labs, n, err);
	if (!carry_labs(&e, n, press, err) || !list_papers(run, press, wish, &e, err))
		return false;
	if (wish->amends)
		count_held(&e, n, wish->amends);
	return true;
}

static bool emit_centre(void *context, size_t i, zp_press *press, zp_error *err)
{
	emitting *e = context;
	zp_lend lend;
	round_box box = { press, e->run->book->plan->id, e->issue };
	const zp_outbox outbox = { &box, write_for_round };
	return prepare_emitters(e, err) &&
	       e->plugins[i]->does.emitter->round(zp_lend_to(&lend, e->arena, e->plugins[i], NULL), e->states[i], &e->run->summary, &outbox, err) &&
	       zp_lend_returned(e->plugins[i], err);
}

bool zp_centre_write(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_error *err)
{
	emitting e = { .run = run, .issue = &wish->issue };
	zp_progress_stage(run->progress, "writing what the centre is told", 0);
	zp_summarise(run, &wish->issue);
	return choose_emitters(run, wish, ZP_EMIT_ROUND, &e, err) && (!e.n || zp_press_fork(press, 1, e.n, emit_centre, &e, err));
}

/* ---- all of it ---- */

static void lap(zp_run *run, const char *stage, zp_moment *since) { zp_run_lap(run, stage, run->round->n, since); }

/* It is published already, perhaps by a run that was ended before it could point `current` at it. With a ledger, that has to have it first. */
static void mend_current(const zp_run *run, const zp_publish_wish *wish, const zp_error *err)
{
	zp_error after = { 0 }; /* the first failure is told */
	if (err->code == ZP_BAD_INPUT && !wish->ledger)
		zp_press_current(wish->into, run->book->plan->id, wish->issue.version, &after);
}

/* Tables, what changed in them, and what each laboratory is told. Gives: false with *err, or without when nothing differs. */
static bool write_round(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_moment *since, zp_error *err)
{
	zp_amendment *a = wish->amends;
	if (wish->emit & ZP_EMIT_TABLES) {
		if (!zp_tables_write(run, press, err))
			return false;
		zp_approvals_bind_tables(run, press);
		lap(run, "tables", since);
		if (a && (!(a->changes = zp_changes_take(run->arena, a->before, press, err)) || !zp_changes_write(press, a->changes, err)))
			return false;
	}
	if (!wish->looks && !zp_approvals_to_publish(run, wish->emit & ZP_EMIT_TABLES, err))
		return false;
	if (wish->emit & ZP_EMIT_LABS) {
		if (!zp_reports_write(run, press, wish, err))
			return false;
		lap(run, "reports", since);
	}
	if (a)
		a->nothing = !a->changes->n && !a->beside && !a->reissued && !a->first && !a->withdrawn && zp_amendment_same_tables(a, press);
	return !a || !a->nothing;
}

zp_press *zp_publish_begin(zp_run *run, const zp_publish_wish *wish, zp_error *err)
{
	zp_press *press = zp_press_open(wish->into, run->book->plan->id, wish->issue.version, err);
	if (press)
		zp_inputs_keep_begin(run, press);
	else
		mend_current(run, wish, err);
	return press;
}

const char *zp_run_publish(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_error *err)
{
	zp_moment since = zp_run_now();
	zp_press_watch(press, run->progress);
	zp_press_spill(press, run->spill);
	zp_press_sign_with(press, wish->issue.signer);
	bool good = write_round(run, press, wish, &since, err);
	if (good && wish->emit & ZP_EMIT_ROUND) {
		good = zp_centre_write(run, press, wish, err);
		lap(run, "centre", &since);
	}
	zp_progress_stage(run->progress, "publishing", 0);
	good = good && zp_press_keep_end(press, err) && zp_manifest_write(run, press, wish, err) && zp_press_publish(press, err);
	lap(run, "publish", &since);
	const char *target = good ? zp_arena_print(run->arena, "%s", zp_press_target(press)) : NULL;
	zp_press_close(press);
	return target;
}

zp_press *zp_run_look(zp_run *run, const zp_publish_wish *wish, zp_error *err)
{
	zp_press *press = zp_press_open_aside();
	zp_moment since = zp_run_now();
	zp_press_watch(press, run->progress);
	zp_press_spill(press, run->spill);
	zp_press_sign_with(press, wish->issue.signer);
	if ((write_round(run, press, wish, &since, err) || !err->code) && zp_manifest_write(run, press, wish, err))
		return press;
	zp_press_close(press);
	return NULL;
}
