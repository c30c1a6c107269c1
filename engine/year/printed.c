/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/printed.h"
#include <stdio.h>
#include <string.h>
#include "base/characters.h"
#include "base/chinese.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/pool.h"
#include "host/registry.h"
#include "press/signed.h"
#include "run/seal.h"
#include "year/recognition.h"
#include "year/year_titles.h"

#define SEAL_MOST ZP_PAPERS_SEAL_MOST
#define NAME_MOST 200 /* bytes of a file name, without ".pdf" */
#define NAME_KEPT 150
#define NAME_DIGITS 32


/* ---- one paper ---- */

/* A file system takes 255 bytes: of a longer name the beginning, in whole characters, and a digest, so that no two are one. */
static char *shorten(char *name, char *end)
{
	char digest[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, name, (size_t)(end - name));
	zp_digest_close(d, digest);
	for (end = name + NAME_KEPT; ((unsigned char)*end & 0xC0) == 0x80;)
		end--;
	return end + sprintf(end, "~%.*s", NAME_DIGITS, digest);
}

/* What parts the pieces of a number is "_" in a file name, so that a "_" within a piece must be something else; % stands only before
 * two digits in a number already. */
const char *zp_paper_file(zp_arena *arena, const char *number)
{
	char *out = zp_arena_take(arena, 3 * strlen(number) + 5), *to = out;
	for (const char *p = number; *p; p++)
		if (*p == '/')
			*to++ = '_';
		else if ((unsigned char)*p <= ' ' || strchr("_\\:*?\"<>|\x7f", *p) || (*p == '.' && to == out))
			to += sprintf(to, "%%%02X", (unsigned)(unsigned char)*p);
		else
			*to++ = *p;
	if (to - out > NAME_MOST)
		to = shorten(out, to);
	memcpy(to, ".pdf", 5);
	return out;
}

/* The number of the issue before. */
static const char *replaced(zp_arena *arena, const zp_paper_head *h)
{
	const char *cut = strrchr(h->number, '/');
	return h->issue < 2 || !cut ? "" : zp_arena_print(arena, "%.*s/%u", (int)(cut - h->number), h->number, h->issue - 1);
}

static zp_paper begin(zp_arena *arena, zp_paper_kind kind, const zp_paper_head *h, const char *title, const char *title_en)
{
	return (zp_paper){ .kind = kind, .folder = zp_arena_print(arena, "labs/%s", h->lab), .file = zp_paper_file(arena, h->number), .number = h->number, .title = zp_or_empty(title),
		.title_en = zp_or_empty(title_en), .year = h->year, .lab = h->lab, .lab_name = zp_or_empty(h->lab_name), .programme = "",
		.programme_en = "", .organiser = zp_or_empty(h->organiser), .organiser_en = zp_or_empty(h->organiser_en), .issued = h->issued,
		.from = "", .until = "", .issue = h->issue, .replaces = replaced(arena, h), .fingerprint = "", .digest = "", .code = "", .checked = "" };
}

/* The specimen stands where another line of the paper has the same name. */
static void drop_specimens(zp_paper_line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool told = false;
		for (size_t k = 0; k < n && !told && *lines[i].specimen; k++)
			told = k != i && strcmp(lines[k].name, lines[i].name) == 0;
		if (!told)
			lines[i].specimen = "";
	}
}

zp_paper zp_paper_annual(zp_arena *arena, const zp_paper_head *h, const zp_certificate_rule *rule, const zp_year_programme *p,
			 const uint32_t *measurands, size_t n)
{
	zp_paper paper = begin(arena, ZP_PAPER_ANNUAL, h, rule->name, rule->name_en);
	zp_paper_line *lines = zp_take(arena, zp_paper_line, n + 1);
	for (size_t i = 0; i < n; i++) {
		const zp_annal_measurand *m = p->measurands[measurands[i]].says;
		lines[i] = (zp_paper_line){ m->name, zp_or_empty(m->name_en), zp_or_empty(m->specimen), "", "" };
	}
	drop_specimens(lines, n);
	paper.programme = p->says->name;
	paper.programme_en = zp_or_empty(p->says->name_en);
	paper.lines = lines;
	paper.n_lines = n;
	return paper;
}

zp_paper zp_paper_recognition(zp_arena *arena, const zp_paper_head *h, const char *title, const char *title_en, const char *from, const char *until,
			      const zp_paper_line *given, size_t n)
{
	zp_paper paper = begin(arena, ZP_PAPER_RECOGNITION, h, title, title_en);
	zp_paper_line *lines = zp_take(arena, zp_paper_line, n + 1);
	for (size_t i = 0; i < n; i++) {
		const zp_paper_line *l = &given[i];
		lines[i] = (zp_paper_line){ l->name, zp_or_empty(l->name_en), zp_or_empty(l->specimen), zp_or_empty(l->mark), zp_or_empty(l->until) };
		if (until && strcmp(lines[i].until, until) == 0)
			lines[i].until = "";
	}
	drop_specimens(lines, n);
	paper.from = zp_or_empty(from);
	paper.until = zp_or_empty(until);
	paper.lines = lines;
	paper.n_lines = n;
	return paper;
}

zp_paper zp_paper_title(zp_arena *arena, const zp_paper_head *h, const char *title, const char *title_en, unsigned in_a_row)
{
	zp_paper paper = begin(arena, ZP_PAPER_TITLE, h, title, title_en);
	paper.in_a_row = in_a_row;
	return paper;
}

/* ---- all of them ---- */

void zp_papers_add(zp_papers *all, zp_paper paper)
{
	all->at = zp_arena_more(all->arena, all->at, all->n, &all->room, sizeof *all->at);
	const uint32_t given = all->given ? zp_names_find(all->given, zp_text_of(paper.number)) : ZP_NO_NAME;
	paper.bond = all->bond.key ? all->bond : ZP_NO_BOND;
	if (given != ZP_NO_NAME)
		paper.bond.head = all->heads[given];
	zp_seal_paper(all->arena, &paper, all->signer);
	all->at[all->n++] = paper;
}

void zp_papers_add_certificates(zp_papers *all, const zp_year *y)
{
	for (size_t i = 0; i < y->wish->rules->n_certificates; i++)
		for (size_t k = 0; k < y->papers[i].n; k++) {
			const zp_certificate *c = &y->papers[i].at[k];
			const zp_year_programme *p = &y->chronicle->programmes[c->programme];
			const zp_year_lab *lab = &y->chronicle->labs[c->lab];
			const zp_paper_head head = { c->number, c->issue, c->issued ? c->issued : y->wish->issued, y->chronicle->year, lab->code,
				lab->says->name, p->organiser, p->n_held ? p->held[p->n_held - 1].round->organiser_en : "" };
			zp_papers_add(all, zp_paper_annual(all->arena, &head, c->rule, p, c->measurands, c->n_measurands));
		}
}

void zp_papers_add_recognition(zp_papers *all, const zp_year *y)
{
	const zp_recognition *r = y->recognition;
	const char *organiser_en = "", *organiser = r ? zp_recog_organiser(y, &organiser_en) : "";
	for (size_t i = 0; r && i < r->n_papers; i++) {
		const zp_recog_paper *p = &r->papers[i];
		const zp_year_lab *lab = &y->chronicle->labs[p->lab];
		const zp_paper_head head = { p->number, p->issue, p->issued, y->chronicle->year, lab->code, lab->says->name, organiser, organiser_en };
		size_t n;
		const zp_paper_line *lines = zp_recog_paper_lines(all->arena, y, p, &n);
		zp_papers_add(all, zp_paper_recognition(all->arena, &head, r->rule->name, r->rule->name_en, p->from, p->until, lines, n));
	}
}

void zp_papers_add_titles(zp_papers *all, const zp_year *y)
{
	for (size_t i = 0; i < y->titles->n_papers; i++) {
		const zp_title_paper *p = &y->titles->papers[i];
		const zp_paper_head head = { p->number, p->issue, p->issued, y->wish->year, p->code, p->name, p->organiser, p->organiser_en };
		zp_paper paper = zp_paper_title(all->arena, &head, p->award->name, p->award->name_en, p->in_a_row);
		if (p->award->unit == ZP_UNIT_REGION)
			paper.folder = zp_arena_print(all->arena, "regions/%s", p->code);
		zp_papers_add(all, paper);
	}
}

/* ---- printing ---- */

typedef struct printing {
	const zp_papers *papers;
	const char *issued;      /* of the year */
	const zp_plugin **plugins;
	void **states;
	size_t n;
	zp_edition edition;
	bool prepared; /* in this process */
} printing;

typedef struct landing { zp_press *press; const zp_paper *paper; const printing *all; } landing;

static bool write_file(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	const landing *to = self;
	char path[400];
	if (snprintf(path, sizeof path, "%s/%s", to->paper->folder, name) >= (int)sizeof path)
		return zp_fail(err, ZP_BUG, name, 0, "the name is too long");
	return zp_press_write_paper(to->press, path, bytes, n, to->paper->checked, to->all->issued, err);
}

/* In the child that prints. */
static bool prepare(printing *p, zp_error *err)
{
	for (size_t i = 0; i < p->n && !p->prepared; i++) {
		zp_lend lend;
		const zp_emitter *e = p->plugins[i]->does.emitter;
		if (e->prepare && !(p->states[i] = e->prepare(zp_lend_to(&lend, p->papers->arena, p->plugins[i], NULL), &p->edition, err)))
			return false;
	}
	return p->prepared = true;
}

static bool print_one(void *context, size_t i, zp_press *press, zp_error *err)
{
	printing *p = context;
	if (!prepare(p, err))
		return false;
	const zp_paper *paper = &p->papers->at[i];
	zp_arena *arena = zp_arena_open();
	landing to = { press, paper, p };
	const zp_outbox outbox = { &to, write_file };
	bool good = true;
	for (size_t k = 0; k < p->n && good; k++) {
		zp_lend lend;
		good = p->plugins[k]->does.emitter->paper(zp_lend_to(&lend, arena, p->plugins[k], NULL), p->states[k], paper, &outbox, err) &&
		       zp_lend_returned(p->plugins[k], err);
	}
	zp_arena_close(arena);
	return good;
}

static const char *characters_of(const zp_papers *all)
{
	zp_characters *set = zp_characters_take(all->arena);
	for (size_t i = 0; i < all->n; i++) {
		const zp_paper *p = &all->at[i];
		const char *const texts[] = { p->number, p->title, p->title_en, p->lab, p->lab_name, p->programme, p->programme_en, p->organiser,
			p->organiser_en, p->replaces, p->fingerprint };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			zp_characters_add(set, texts[k]);
		for (size_t k = 0; k < p->n_lines; k++) {
			const zp_paper_line *l = &p->lines[k];
			zp_characters_add(set, l->name), zp_characters_add(set, l->name_en), zp_characters_add(set, l->specimen);
			zp_characters_add(set, l->mark), zp_characters_add(set, l->until);
		}
	}
	return zp_characters_text(set, all->arena);
}

/* A seal is one organiser's. */
static bool read_seal(const zp_papers *all, const char *file, zp_asset *seal, zp_error *err)
{
	const char *why = NULL;
	for (size_t i = 1; i < all->n; i++)
		if (strcmp(all->at[i].organiser, all->at[0].organiser) != 0)
			return zp_fail(err, ZP_BAD_INPUT, file, 0, "the seal would stand on papers of two organisers, \"%s\" and \"%s\"; expected certificates "
				       "of one, by organiser=\"...\" in the rules of the year", all->at[0].organiser, all->at[i].organiser);
	const zp_text bytes = zp_file_read(all->arena, file, SEAL_MOST, file, NULL, &why);
	*seal = (zp_asset){ file, bytes.p, bytes.n };
	return bytes.p || zp_fail(err, ZP_BAD_INPUT, file, 0, "the seal %s", zp_clause(why));
}

static bool choose(printing *p, const zp_papers_wish *wish, zp_error *err)
{
	const zp_papers *all = p->papers;
	p->edition = (zp_edition){ .characters = characters_of(all), .issued = wish->issued };
	memcpy(p->edition.templates, wish->templates, sizeof p->edition.templates);
	p->plugins = zp_take(all->arena, const zp_plugin *, wish->n_plugins + 1);
	p->states = zp_take(all->arena, void *, wish->n_plugins + 1);
	if (wish->seal && !read_seal(all, wish->seal, &p->edition.seal, err))
		return false;
	for (size_t i = 0; i < wish->n_plugins; i++)
		if (wish->plugins[i]->does.emitter->paper)
			p->plugins[p->n++] = wish->plugins[i];
	return true;
}

bool zp_papers_print(const zp_papers *all, const zp_papers_wish *wish, zp_press *press, zp_error *err)
{
	printing p = { .papers = all, .issued = wish->issued };
	zp_progress_stage(wish->progress, "printing papers", all->n);
	return choose(&p, wish, err) &&
		zp_press_fork(press, wish->threads ? wish->threads : zp_pool_processors(), all->n, print_one, &p, err) && zp_papers_codes(all, wish, press, err);
}
