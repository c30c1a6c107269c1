/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping certificate: is a template sound, and how does it look. */
#include "cli/certificate.h"
#include <string.h>
#include "base/characters.h"
#include "base/chinese.h"
#include "base/file.h"
#include "base/words.h"
#include "book/certificate.h"
#include "cli/cli.h"
#include "press/apart.h"
#include "run/seal.h"

#define SEAL_MOST (4u << 20)

typedef struct drawing { const char *path; bool written; } drawing;

typedef struct sample { zp_arena *arena; const zp_plugin *by; const zp_edition *edition; const zp_report *report; const zp_paper *paper; } sample;

/* In a child of its own. */
static bool draw_sample(void *context, const zp_outbox *out, zp_error *err)
{
	const sample *s = context;
	const zp_emitter *emitter = s->by->does.emitter;
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, s->arena, s->by, NULL);
	void *state = emitter->prepare(host, s->edition, err);
	return state && (s->report ? emitter->lab(host, state, s->report, out, err) : emitter->paper(host, state, s->paper, out, err));
}

/* The one file, where it was asked for. */
static bool write_sample(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	drawing *d = self;
	(void)name;
	FILE *f = fopen(d->path, "wb");
	const bool good = f && fwrite(bytes, 1, n, f) == n;
	if ((f && fclose(f) != 0) || !good)
		return zp_fail(err, ZP_IO, d->path, 0, "cannot be written");
	return d->written = true;
}

static bool read_seal(zp_arena *arena, const char *file, zp_asset *seal, zp_error *err)
{
	const char *why = NULL;
	const zp_text bytes = file ? zp_file_read(arena, file, SEAL_MOST, file, NULL, &why) : (zp_text){ NULL, 0 };
	*seal = (zp_asset){ file, bytes.p, bytes.n };
	return !file || bytes.p || zp_fail(err, ZP_BAD_INPUT, file, 0, "the seal %s", zp_clause(why));
}

static bool draw(zp_arena *arena, const zp_plugin *by, const zp_template *t, const zp_sample_wish *wish, const char *seal, const char *as, zp_error *err)
{
	const bool round = t->kind == ZP_TEMPLATE_ROUND;
	const zp_report *report = round ? zp_sample_report(arena, wish) : NULL;
	const zp_paper *paper = round ? NULL : zp_sample_paper(arena, wish, t->kind);
	zp_characters *set = zp_characters_take(arena);
	zp_characters_add(set, round ? zp_seal_report_text(arena, report) : zp_seal_paper_text(arena, paper)); /* holds every text */
	zp_edition edition = { .characters = zp_characters_text(set, arena), .issued = round ? report->issued : paper->issued };
	edition.templates[t->kind] = t;
	drawing d = { as, false };
	const zp_outbox out = { &d, write_sample };
	sample s = { arena, by, &edition, report, paper };
	return read_seal(arena, seal, &edition.seal, err) && zp_apart(draw_sample, &s, &out, err);
}

static bool is_pdf(const char *file)
{
	const size_t n = strlen(file);
	return n > 4 && strcmp(file + n - 4, ".pdf") == 0;
}

static int look(zp_arena *arena, const zp_given_options *given, const zp_template *t, const zp_sample_wish *wish)
{
	static const char *const kinds[] = { "round", "annual", "recognition", "title" };
	const char *as = zp_option_given(given, "as");
	zp_error err = { 0 };
	if (!as) {
		printf(zp_say("%s: a template of certificates of the kind %s, without a fault\n"), t->file, kinds[t->kind]);
		return ZP_OK;
	}
	zp_registry *registry = zp_cli_registry(given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	const zp_plugin *by = zp_registry_find(registry, ZP_EMITTER, "certificate-pdf");
	if (!by)
		zp_fail(&err, ZP_BAD_PLUGIN, NULL, 0, "the emitter \"certificate-pdf\" is not installed");
	else
		draw(arena, by, t, wish, zp_option_given(given, "seal"), as, &err);
	if (!err.code)
		printf(zp_say("%s: drawn with invented results into %s\n"), t->file, as);
	zp_registry_close(registry);
	return err.code ? zp_cli_fail(&err) : ZP_OK;
}

int zp_command_certificate(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	long n_programmes = 1, n_measurands = 12;
	if (!zp_options_read(self, argc, argv, 1, 1, &given) || !zp_option_number(&given, "programmes", 1, 60, &n_programmes) ||
	    !zp_option_number(&given, "measurands", 1, 1000, &n_measurands))
		return ZP_BAD_USE;
	const char *as = zp_option_given(&given, "as");
	if (as && !is_pdf(as)) {
		fprintf(stderr, zp_say("zhiping certificate: --as \"%s\" would be a PDF file; expected a name that ends in .pdf\n"), as);
		return ZP_BAD_USE;
	}
	const zp_sample_wish wish = { zp_option_given(&given, "lab"), zp_option_given(&given, "lab-name"), (size_t)n_programmes, (size_t)n_measurands,
		zp_option_given(&given, "signed") != NULL };
	zp_arena *arena = zp_arena_open();
	zp_problems *problems = zp_problems_take(arena);
	const zp_template *t = zp_certificate_read(arena, zp_cli_rules(&given), given.rest[0], NULL, problems);
	zp_problems_print_in(problems, zp_words_chinese(), stderr);
	const int code = t ? look(arena, &given, t, &wish) : ZP_BAD_RULES;
	zp_arena_close(arena);
	return code;
}
