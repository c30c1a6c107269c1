/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What round.xml says of the round as a whole. */
#include "book/plan.h"
#include "base/instant.h"
#include "book/approvals.h"
#include "book/certificate.h"
#include "book/regions.h"

#define SEAL_BYTES (4u << 20)
#define CLASSES_MOST 1000

/* An identifier becomes the name of a folder: [A-Za-z0-9][A-Za-z0-9._-]{0,63}. */
static bool is_id(const char *text)
{
	size_t n = strlen(text);
	return n >= 1 && n <= 64 && strchr("._-", text[0]) == NULL &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == n;
}

static void take_identity(zp_plan_work *w, const zp_element *root)
{
	zp_plan *plan = w->plan;
	int a_year = 0;
	plan->id = zp_element_text(&w->r, root, "id");
	if (*plan->id && !is_id(plan->id))
		zp_refuse(&w->r, root, "the round has the id \"%s\"; expected at most 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit",
			  zp_text_show(w->r.arena, zp_text_of(plan->id)));
	plan->name = zp_element_text(&w->r, root, "name");
	plan->name_en = zp_element_text(&w->r, root, "name-en");
	zp_element_whole(&w->r, root, "year", 1900, 2999, &plan->year);
	zp_element_whole(&w->r, root, "number", 1, 366, &plan->number);
	zp_element_whole(&w->r, root, "rounds-a-year", 1, 366, &a_year);
	if (a_year && plan->number > a_year)
		zp_refuse(&w->r, root, "the round is number %d of %d in its year; expected a number up to %d", plan->number, a_year, a_year);
}

bool zp_level_take(const zp_reader *r, const zp_element *e, zp_level *out)
{
	int which = -1;
	if (!zp_element_word(r, e, "level", ZP_LEVEL_WORDS, &which))
		return false;
	if (which >= 0)
		*out = (zp_level)which;
	return true;
}

static bool take_instant(zp_plan_work *w, const zp_element *root, const char *name, int64_t *out)
{
	const char *value = zp_attribute_of(root, name);
	if (!value || zp_instant_read(zp_text_of(value), out))
		return value;
	return zp_refuse(&w->r, root, "the attribute \"%s\" of <round> is \"%s\"; expected an instant such as 2026-03-15T17:00:00+08:00", name,
			 zp_text_show(w->r.arena, zp_text_of(value)));
}

static void take_times(zp_plan_work *w, const zp_element *root)
{
	zp_plan *plan = w->plan;
	bool both = take_instant(w, root, "opens", &plan->opens);
	both &= take_instant(w, root, "closes", &plan->closes);
	plan->opens_text = zp_element_text(&w->r, root, "opens");
	plan->closes_text = zp_element_text(&w->r, root, "closes");
	if (both && plan->closes <= plan->opens)
		zp_refuse(&w->r, root, "the round closes at %s, which is not after it opens at %s; expected a later instant", plan->closes_text,
			  zp_attribute_of(root, "opens"));
}

static void take_seal(zp_plan_work *w, const zp_element *e)
{
	const char *seal = zp_attribute_of(e, "seal"), *why;
	if (!seal)
		return;
	const char *shown = zp_text_show(w->r.arena, zp_text_of(seal));
	if (!zp_path_is_safe(seal)) {
		zp_refuse(&w->r, e, "the seal is \"%s\"; expected a PNG file in the round folder", shown);
		return;
	}
	zp_text bytes = zp_shelf_bytes(w->shelf, seal, SEAL_BYTES, &why);
	if (!bytes.p)
		zp_refuse(&w->r, e, "the seal \"%s\" %s; expected a PNG file in the round folder", shown, why);
	else if (bytes.n < 8 || memcmp(bytes.p, "\x89PNG\r\n\x1a\n", 8) != 0)
		zp_refuse(&w->r, e, "the seal \"%s\" is no PNG file; expected one", shown);
	else
		w->plan->seal = zp_arena_print(w->r.arena, "%s/%s", w->shelf->round_dir, seal);
}

static void take_organiser(zp_plan_work *w, const zp_element *root)
{
	const zp_element *e = zp_element_only(&w->r, root, "organiser");
	w->plan->organiser = w->plan->organiser_en = "";
	if (!e) {
		zp_refuse(&w->r, root, "the round has no <organiser>; expected one");
		return;
	}
	zp_element_check(&w->r, e, "name", "name-en seal", "");
	w->plan->organiser = zp_element_text(&w->r, e, "name");
	w->plan->organiser_en = zp_element_text(&w->r, e, "name-en");
	take_seal(w, e);
}

#define USUAL_CERTIFICATE "round"

/* <certificate template="..."/>; without it the usual one, if the rules have it. */
static void take_certificate(zp_plan_work *w, const zp_element *root)
{
	const zp_element *e = zp_element_only(&w->r, root, "certificate");
	const char *missing = NULL, *name = USUAL_CERTIFICATE;
	if (e && !zp_element_check(&w->r, e, "template", "", ""))
		return;
	if (e)
		name = zp_element_text(&w->r, e, "template");
	const zp_template *t = zp_certificate_of_round(w->shelf, name, &missing, w->shelf->rules);
	if (missing && e)
		zp_refuse(&w->r, e, "there is no template \"%s\": the file %s does not exist; expected a name such as round, or a file of the round folder that ends in .xml",
			  zp_text_show(w->r.arena, zp_text_of(name)), zp_text_show(w->r.arena, zp_text_of(missing)));
	else if (t && t->kind != ZP_TEMPLATE_ROUND)
		zp_refuse(&w->r, e ? e : root, "the template \"%s\" is not of a round; expected kind=\"round\" in it", zp_text_show(w->r.arena, zp_text_of(name)));
	else
		w->plan->certificate = t;
}

/* Until when, and to whom, a laboratory may object; never before the round closes. */
static void take_appeals(zp_plan_work *w, const zp_element *root)
{
	const zp_element *e = zp_element_only(&w->r, root, "appeals");
	zp_plan *plan = w->plan;
	plan->appeal = plan->appeal_en = "";
	if (!e || !zp_element_check(&w->r, e, "until to", "to-en", "") || !zp_element_date(&w->r, e, "until"))
		return;
	const char *until = zp_attribute_of(e, "until"), *to = zp_element_text(&w->r, e, "to"), *to_en = zp_element_text(&w->r, e, "to-en");
	if (strncmp(until, plan->closes_text, 10) < 0)
		zp_refuse(&w->r, e, "appeals are possible until %s, but the round closes on %.10s; expected that day or a later one", until, plan->closes_text);
	plan->appeal = zp_arena_print(w->r.arena, "对结果有异议的，请于 %s 前（含当日）以书面形式向%s提出。", until, to);
	plan->appeal_en = zp_arena_print(w->r.arena, "Objections to these results are to be made in writing to %s by %s.", *to_en ? to_en : to, until);
}

static void take_regions(zp_plan_work *w, const zp_element *root)
{
	const zp_element *e = zp_element_only(&w->r, root, "regions");
	const char *file;
	if (!e)
		zp_refuse(&w->r, root, "the round has no <regions>; expected one, such as <regions from=\"hubei\"/>");
	if (!e || !zp_element_check(&w->r, e, "from", "", ""))
		return;
	const char *from = zp_attribute_of(e, "from");
	zp_volume *v = zp_regions_find(w->shelf, from, &file);
	if (v)
		w->book->regions = zp_regions_take(w->shelf, v, w->shelf->rules);
	else if (file)
		zp_refuse(&w->r, e, "there are no regions \"%s\": the file %s does not exist; expected a set of the rules folder, or a file of the round folder",
			  from, file);
	else
		zp_refuse(&w->r, e, "the regions are \"%s\"; expected a name such as hubei, or a file of the round folder",
			  zp_text_show(w->r.arena, zp_text_of(from)));
}

static void take_classes(zp_plan_work *w, const zp_element *root)
{
	zp_names *classes = zp_names_take(w->r.arena);
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "class") || !zp_element_check(&w->r, e, "name", "", ""))
			continue;
		zp_text name = zp_text_of(zp_element_text(&w->r, e, "name"));
		if (zp_names_find(classes, name) != ZP_NO_NAME)
			zp_refuse(&w->r, e, "the class \"%s\" stands twice; expected each once", zp_text_show(w->r.arena, name));
		else
			zp_names_add(classes, name);
	}
	w->book->classes = classes;
	size_t n = zp_element_count(root, "class");
	if (n == 0 || n > CLASSES_MOST)
		zp_refuse(&w->r, root, "the round has %zu classes; expected 1 to %d, such as <class name=\"三级公立\"/>", n, CLASSES_MOST);
}

static void take_results(zp_plan_work *w, const zp_element *root)
{
	static const char delimiters[] = { ',', ';', '\t' };
	const zp_element *e = zp_element_only(&w->r, root, "results");
	int which = -1;
	if (e && zp_element_check(&w->r, e, "", "delimiter", "") && zp_element_word(&w->r, e, "delimiter", "comma semicolon tab", &which) &&
	    which >= 0)
		w->plan->delimiter = delimiters[which];
}

static void take_pages(zp_plan_work *w, const zp_element *root)
{
	static const zp_tell tells[] = { ZP_TELL_MASKED, ZP_TELL_CODES, ZP_TELL_NAMES };
	const zp_element *e = zp_element_only(&w->r, root, "pages");
	int which = -1;
	if (e && zp_element_check(&w->r, e, "laboratories", "", "") && zp_element_word(&w->r, e, "laboratories", "masked coded named", &which) && which >= 0)
		w->plan->pages_tell = tells[which];
}

void zp_plan_take(zp_plan_work *w, const zp_element *root)
{
	zp_element_check(&w->r, root, "id name year number opens closes", "name-en rounds-a-year level", "organiser appeals certificate regions class results pages choices approvals programme");
	take_identity(w, root);
	take_times(w, root);
	w->plan->level = ZP_LEVEL_PROVINCIAL;
	zp_level_take(&w->r, root, &w->plan->level);
	take_organiser(w, root);
	take_certificate(w, root);
	take_appeals(w, root);
	take_regions(w, root);
	take_classes(w, root);
	take_results(w, root);
	take_pages(w, root);
	zp_approvals_needed(&w->r, w->shelf, root, w->plan->approvals);
	const zp_element *choices = zp_element_only(&w->r, root, "choices");
	w->settings = zp_settings_default();
	if (choices)
		zp_settings_take(&w->r, w->shelf->registry, choices, &w->settings);
	w->plan->choices = w->settings.choices;
}
