/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include "book/book.h"
#include "cli/year.h"
#include "year/evidence.h"
#include "year/lists.h"
#include "year/printed.h"
#include "year/recognition.h"

static bool read_recognition(zp_year_work *w, const char *rules_dir)
{
	const char *name = zp_option_given(w->given, "recognition");
	if (name)
		w->wish.recognition = zp_recognition_rule_read(w->arena, rules_dir, name, w->rules);
	return !name || w->wish.recognition;
}

static bool read_rules(zp_year_work *w)
{
	const char *name = zp_option_given(w->given, "rules-year"), *rules_dir = zp_cli_rules(w->given), *regions = zp_option_given(w->given, "regions");
	w->wish.rules = zp_year_rules_read(w->arena, rules_dir, name ? name : "default", w->rules);
	if (regions)
		w->wish.regions = zp_regions_read(w->arena, rules_dir, ".", regions, w->rules);
	return w->wish.rules && (!regions || w->wish.regions) && read_recognition(w, rules_dir);
}

static bool read_identity(zp_year_work *w)
{
	const char *path = zp_option_given(w->given, "identity");
	w->wish.identity = w->wish.identity_before = zp_identity_none(w->arena);
	if (!path)
		return true;
	w->wish.identity = zp_identity_read(w->arena, path, path, w->wish.rules, w->wish.year, w->input);
	if (!w->wish.identity)
		return false;
	w->wish.identity_before = zp_identity_read(w->arena, path, path, w->wish.rules, w->wish.year - 1, w->input);
	w->inputs[w->n_inputs++] = w->wish.identity->input;
	return w->wish.identity_before != NULL;
}

static bool read_performed(zp_year_work *w)
{
	const char *path = zp_option_given(w->given, "performed");
	if (!path)
		return true;
	w->wish.performed_file = path;
	w->wish.performed = zp_performed_read(w->arena, path, path, &w->wish.n_performed, &w->inputs[w->n_inputs], w->input);
	w->n_inputs += w->wish.performed != NULL;
	return w->wish.performed != NULL;
}

/* The plugins, opened once; NULL with *err. */
static zp_registry *plugins(zp_year_work *w)
{
	if (!w->registry)
		w->registry = zp_cli_registry(w->given);
	if (!w->registry)
		zp_fail(&w->err, ZP_BAD_PLUGIN, NULL, 0, "the plugins cannot be used");
	return w->registry;
}

static bool read_evidence(zp_year_work *w)
{
	const char *path = zp_option_given(w->given, "evidence");
	if (!path)
		return true;
	const zp_evidence_file *e = zp_evidence_read(w->arena, path, path, w->wish.year, w->wish.issued, w->input);
	if (!e)
		return false;
	w->wish.evidence = e;
	w->inputs[w->n_inputs++] = e->input;
	return true;
}

/* A bad line stops nothing here: it is told with what the year finds in the others. */
static bool read_iqc(zp_year_work *w)
{
	const char *path = zp_option_given(w->given, "iqc");
	if (!path)
		return true;
	if (!plugins(w))
		return false;
	const zp_plugin *workbook = zp_registry_find(w->registry, ZP_IMPORTER, "xlsx");
	zp_iqc_lines *lines = zp_iqc_lines_take(w->arena, workbook ? workbook->does.importer : NULL);
	size_t at = 0;
	while ((path = zp_option_next(w->given, "iqc", &at)))
		zp_iqc_read(lines, path, w->input);
	w->wish.iqc = lines;
	if (*w->wish.rules->iqc_limits)
		w->wish.iqc_limits = zp_iqc_limits_read(w->arena, zp_cli_rules(w->given), w->wish.rules->iqc_limits, w->rules);
	return !*w->wish.rules->iqc_limits || w->wish.iqc_limits;
}

/* Who writes what, before anything is worked out. */
static bool read_emission(zp_year_work *w)
{
	const char *list = zp_option_given(w->given, "emit");
	w->emission = plugins(w) ? zp_emission_read(w->arena, w->registry, list ? list : "all", &w->err) : NULL;
	if (w->emission && zp_option_given(w->given, "seal") && !zp_emission_has_paper(w->emission))
		return zp_fail(&w->err, ZP_BAD_USE, NULL, 0, "--seal is for printed papers; expected certificate-pdf among what --emit names");
	return w->emission != NULL;
}

/* ---- templates of papers ---- */

static const char *const kind_words[] = { "round", "annual", "recognition", "title" };

static void add_template(zp_year_work *w, zp_text name)
{
	const zp_template *t = zp_certificate_read(w->arena, zp_cli_rules(w->given), zp_arena_text(w->arena, name.p, name.n), &w->template_files, w->rules);
	if (!t)
		return;
	if (t->kind == ZP_TEMPLATE_ROUND)
		zp_problem_add(w->rules, t->file, 0, 0, "the template is of a round; expected annual, recognition or title, since a round names its own in round.xml");
	else if (w->templates[t->kind])
		zp_problem_add(w->rules, t->file, 0, 0, "the template is the second of the kind %s (the first is %s); expected one of each", kind_words[t->kind],
			       w->templates[t->kind]->file);
	else
		w->templates[t->kind] = t;
}

/* Those that --certificates names, and the usual ones of the other kinds. */
static bool read_templates(zp_year_work *w)
{
	const char *list = zp_option_given(w->given, "certificates");
	if (list && !zp_emission_has_paper(w->emission))
		return zp_fail(&w->err, ZP_BAD_USE, NULL, 0, "--certificates is for printed papers; expected certificate-pdf among what --emit names");
	for (const char *p = list ? list : ""; *p;) {
		const size_t n = strcspn(p, ",");
		if (n)
			add_template(w, (zp_text){ p, n });
		p += n + (p[n] == ',');
	}
	for (int kind = ZP_TEMPLATE_ANNUAL; kind < ZP_TEMPLATE_KINDS && zp_emission_has_paper(w->emission); kind++)
		if (!w->templates[kind] && zp_problems_count(w->rules) == 0)
			add_template(w, zp_text_of(kind_words[kind]));
	return zp_problems_count(w->rules) == 0;
}

/* ---- titles ---- */

static const zp_award *read_award(zp_year_work *w, zp_text name)
{
	return zp_award_read(w->arena, zp_cli_rules(w->given), zp_arena_text(w->arena, name.p, name.n), (zp_tie)w->wish.rules->title_ties, w->rules, w->doubts);
}

/* Gives: false when there are too many, whatever the others are. */
static bool add_award(zp_year_work *w, zp_text name)
{
	if (w->wish.n_awards == ZP_YEAR_AWARDS_MOST) {
		zp_problem_add(w->rules, "--awards", 0, 0, "there are more than %d awards; expected at most so many", ZP_YEAR_AWARDS_MOST);
		return false;
	}
	const zp_award *a = read_award(w, name);
	for (size_t i = 0; a && i < w->wish.n_awards; i++)
		if (strcmp(w->awards[i]->id, a->id) == 0) {
			zp_problem_add(w->rules, a->file, 0, 0, "award \"%s\" is given twice; expected each once", a->id);
			return true;
		}
	if (a) {
		w->awards[w->wish.n_awards++] = a;
		w->inputs[w->n_inputs++] = a->input;
	}
	return true;
}

/* Everything wrong with any of them is told at once. */
static bool read_awards(zp_year_work *w)
{
	const char *list = zp_option_given(w->given, "awards"), *other = zp_option_given(w->given, "what-if");
	w->wish.awards = w->awards;
	bool room = true;
	for (const char *p = list ? list : ""; *p && room;) {
		const size_t n = strcspn(p, ",");
		room = !n || add_award(w, (zp_text){ p, n });
		p += n + (p[n] == ',');
	}
	if (other)
		w->wish.what_if = read_award(w, zp_text_of(other));
	if (w->wish.what_if)
		w->inputs[w->n_inputs++] = w->wish.what_if->input;
	if (w->wish.what_if && !list)
		add_award(w, zp_text_of(w->wish.what_if->id));
	return zp_problems_count(w->rules) == 0;
}

static bool read_decisions(zp_year_work *w)
{
	const char *path = zp_option_given(w->given, "decisions");
	if (!path)
		return true;
	w->wish.decisions = zp_title_decisions_read(w->arena, zp_cli_rules(w->given), path, w->wish.year, w->wish.issued, w->input);
	if (w->wish.decisions)
		w->inputs[w->n_inputs++] = w->wish.decisions->input;
	return w->wish.decisions != NULL;
}

bool zp_year_read_options(zp_year_work *w)
{
	return read_emission(w) && read_templates(w) && read_rules(w) && read_identity(w) && read_performed(w) && read_evidence(w) && read_iqc(w) && read_awards(w) && read_decisions(w);
}
