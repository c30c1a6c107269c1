/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/year_rules.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "book/element.h"

#define ROUNDS_MOST 20 /* of a window, and of a year */
#define LEAST_MOST 1000
#define MONTHS_MOST 12
#define CERTIFICATES_MOST 50
#define PRIOR_LEAST 0.001 /* where 0 stands below: not 0 itself */
#define PRIOR_MOST 10000000
#define DEFF_MOST 1000
#define KEYS_MOST 900 /* bytes: a setting is printed whole */
#define SHARE_MOST 1000 /* percent of the limit */
#define RUN_MOST 1000
#define SLIP_MOST 1000000 /* percent of the limit */

typedef enum shape { WORD, WHOLE, LEVELS, TEXT, FIT } shape; /* FIT: the word fit, or a number */

/* A setting: its element and attribute, what it may be, the default first, and where it is kept. */
typedef struct setting {
	const char *name;
	const char *words; /* of WORD and LEVELS; the first of LEVELS means all */
	shape shape;
	size_t at;
	int least, most, preset;
} setting;

#define AT(member) offsetof(zp_year_rules, member)
#define ALL_LEVELS "all " ZP_LEVEL_WORDS

static const setting settings[] = {
	{ "status-consecutive", NULL, WHOLE, AT(status_consecutive), 1, ROUNDS_MOST, 2 },
	{ "status-k", NULL, WHOLE, AT(status_k), 1, ROUNDS_MOST, 2 },
	{ "status-n", NULL, WHOLE, AT(status_n), 1, ROUNDS_MOST, 3 },
	{ "status-excused", "skip occupy satisfactory", WORD, AT(status_excused), 0, 0, 0 },
	{ "status-not-evaluated", "skip occupy satisfactory", WORD, AT(status_not_evaluated), 0, 0, 0 },
	{ "status-absent", "skip occupy reset", WORD, AT(status_absent), 0, 0, 0 },
	{ "status-mode", "window raised sticky2", WORD, AT(status_mode), 0, 0, 0 },
	{ "status-year", "any last", WORD, AT(status_year), 0, 0, 0 },
	{ "item-unreturned", "apart fail", WORD, AT(item_unreturned_fails), 0, 0, 0 },
	{ "item-late", "fail unreturned", WORD, AT(item_late_unreturned), 0, 0, 0 },
	{ "item-from", "rounds certificate", WORD, AT(item_by_certificate), 0, 0, 0 },
	{ "item-policy", NULL, TEXT, AT(item_policy), 0, 0, 0 },
	{ "share-participates", "enrolled returned", WORD, AT(share_returned), 0, 0, 0 },
	{ "share-levels", ALL_LEVELS, LEVELS, AT(share_levels), 0, 0, (int)ZP_ALL_LEVELS },
	{ "share-late-returned", "false true", WORD, AT(share_late_returned), 0, 0, 0 },
	{ "share-register-on", "year-end year-start any", WORD, AT(share_register_on), 0, 0, 0 },
	{ "share-yoy", "exact printed", WORD, AT(share_yoy_printed), 0, 0, 0 },
	{ "share-unknown-region", "refuse alone", WORD, AT(share_unknown_alone), 0, 0, 0 },
	{ "indicator-levels", ALL_LEVELS, LEVELS, AT(indicator_levels), 0, 0, 1 << ZP_LEVEL_NATIONAL | 1 << ZP_LEVEL_PROVINCIAL },
	{ "indicator-participated", "enrolled returned", WORD, AT(indicator_returned), 0, 0, 0 },
	{ "indicator-fail-den", "participated evaluated", WORD, AT(indicator_evaluated), 0, 0, 0 },
	{ "indicator-offered", "held planned", WORD, AT(indicator_planned), 0, 0, 0 },
	{ "identity-merged", "worst first none", WORD, AT(identity_merged), 0, 0, 0 },
	{ "identity-split", "first-inherits inherit fresh", WORD, AT(identity_split), 0, 0, 0 },
	{ "identity-one-code", "refuse tell", WORD, AT(identity_clash_told), 0, 0, 0 },
	{ "merge-conflict", "withhold refuse", WORD, AT(merge_refuse), 0, 0, 0 },
	{ "publish-least", NULL, WHOLE, AT(publish_least), 0, LEAST_MOST, 5 },
	{ "publish-zero", "show hide", WORD, AT(publish_hide_zero), 0, 0, 0 },
	{ "publish-secondary", "true false", WORD, AT(publish_primary_only), 0, 0, 0 },
	{ "standard-method", "indirect direct", WORD, AT(standard_direct), 0, 0, 0 },
	{ "title-evidence", "latest worst", WORD, AT(title_evidence_worst), 0, 0, 0 },
	{ "title-larger-is-worse", NULL, TEXT, AT(title_larger_worse), 0, 0, 0 },
	{ "title-ties", "committee all-in all-out tiebreak", WORD, AT(title_ties), 0, 0, 0 },
	{ "title-not-offered", "skip break", WORD, AT(title_not_offered_breaks), 0, 0, 0 },
	{ "ranking-alpha", NULL, FIT, AT(ranking_alpha), 0, PRIOR_MOST, 0 },
	{ "ranking-beta", NULL, FIT, AT(ranking_beta), 0, PRIOR_MOST, 0 },
	{ "ranking-deff", NULL, FIT, AT(ranking_deff), 1, DEFF_MOST, 0 },
	{ "trend-limit-share", NULL, WHOLE, AT(trend_limit_share), 1, SHARE_MOST, 50 },
	{ "trend-run", NULL, WHOLE, AT(trend_run), 2, RUN_MOST, 10 },
	{ "trend-rounds", NULL, WHOLE, AT(trend_rounds), 1, ROUNDS_MOST, 4 },
	{ "trend-slip", NULL, WHOLE, AT(trend_slip), 100, SLIP_MOST, 1000 },
	{ "iqc-limits", NULL, TEXT, AT(iqc_limits), 0, 0, 0 },
	{ "iqc-control", "limit told", WORD, AT(iqc_told_only), 0, 0, 0 },
	{ "iqc-by", "lot method instrument", WORD, AT(iqc_by), 0, 0, 0 },
	{ "iqc-peers", "lab-means all-values", WORD, AT(iqc_all_values), 0, 0, 0 },
	{ "iqc-robust", "true false", WORD, AT(iqc_plain), 0, 0, 0 },
	{ "iqc-ratio", "median pooled total", WORD, AT(iqc_ratio), 0, 0, 0 },
	{ "iqc-least", NULL, WHOLE, AT(iqc_least), 0, LEAST_MOST, 12 },
	{ "iqc-first", NULL, WHOLE, AT(iqc_first), 1, LEAST_MOST, 20 },
	{ "iqc-months-least", NULL, WHOLE, AT(iqc_months_least), 1, MONTHS_MOST, 3 },
	{ "iqc-months-most", NULL, WHOLE, AT(iqc_months_most), 1, MONTHS_MOST, 5 },
	{ "iqc-tolerance", NULL, WHOLE, AT(iqc_tolerance), 0, LEAST_MOST, 20 },
	{ "iqc-start", "known assumed", WORD, AT(iqc_start_assumed), 0, 0, 0 },
	{ "iqc-counted", "months items", WORD, AT(iqc_count_items), 0, 0, 0 },
};
#define SETTINGS (sizeof settings / sizeof *settings)

static void *place(zp_year_rules *y, const setting *s) { return (char *)y + s->at; }
static const void *place_in(const zp_year_rules *y, const setting *s) { return (const char *)y + s->at; }

zp_year_rules zp_year_rules_default(void)
{
	zp_year_rules y = { .name = "", .file = "", .title = "", .title_en = "", .version = "", .item_policy = "", .title_larger_worse = "",
		.iqc_limits = "wst-403-2024" };
	for (const setting *s = settings; s < settings + SETTINGS; s++)
		if (s->shape == LEVELS)
			*(unsigned *)place(&y, s) = (unsigned)s->preset;
		else if (s->shape == WORD || s->shape == WHOLE)
			*(int *)place(&y, s) = s->preset;
	return y;
}

/* Number of the word in the list; -1 when it is not there. */
static int find_word(const char *words, zp_text sought)
{
	zp_text word;
	for (int i = 0; zp_word_next(&words, &word); i++)
		if (zp_text_same(word, sought))
			return i;
	return -1;
}

/* "all", or levels with a blank between. Gives: 0 when it is not such a list. */
static unsigned levels_of(const char *value)
{
	unsigned bits = 0;
	zp_text word;
	if (strcmp(value, "all") == 0)
		return ZP_ALL_LEVELS;
	while (zp_word_next(&value, &word)) {
		int level = find_word(ZP_LEVEL_WORDS, word);
		if (level < 0 || bits & 1u << level)
			return 0;
		bits |= 1u << level;
	}
	return bits;
}

/* "fit", which is 0, or a number within the bounds. */
static bool take_fit(const setting *s, const char *value, zp_decimal *out)
{
	zp_decimal d = { 0, 0 };
	if (strcmp(value, "fit") != 0) {
		if (zp_decimal_read(value, strlen(value), &d) != ZP_NUMBER_OK)
			return false;
		const double v = zp_decimal_double(d);
		if (!(v >= (s->least ? s->least : PRIOR_LEAST) && v <= s->most))
			return false;
	}
	*out = d;
	return true;
}

static void read_fit(const zp_reader *r, const zp_element *e, const char *name, const setting *s, zp_decimal *out)
{
	const char *value = zp_attribute_of(e, name);
	if (!take_fit(s, value, out))
		zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected fit, or a number from %g to %d", name, e->name,
			  zp_text_show(r->arena, zp_text_of(value)), s->least ? s->least : PRIOR_LEAST, s->most);
}

static bool read_levels(const zp_reader *r, const zp_element *e, const char *name, unsigned *out)
{
	const char *value = zp_attribute_of(e, name);
	unsigned levels = value ? levels_of(value) : *out;
	if (levels)
		*out = levels;
	else
		zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected all, or each once of national, provincial, city and county",
			  name, e->name, zp_text_show(r->arena, zp_text_of(value)));
	return levels != 0;
}

/* "status-excused" is the attribute excused of <status>. Gives: NULL when it belongs in another element. */
static const char *attribute_in(const setting *s, const char *element)
{
	const size_t n = strlen(element);
	return strncmp(s->name, element, n) == 0 && s->name[n] == '-' ? s->name + n + 1 : NULL;
}

static void read_setting(const zp_reader *r, const zp_element *e, const setting *s, zp_year_rules *y)
{
	const char *name = attribute_in(s, e->name);
	if (!name || !zp_attribute_of(e, name))
		return;
	if (s->shape == LEVELS)
		read_levels(r, e, name, place(y, s));
	else if (s->shape == WHOLE)
		zp_element_whole(r, e, name, s->least, s->most, place(y, s));
	else if (s->shape == WORD)
		zp_element_word(r, e, name, s->words, place(y, s));
	else if (s->shape == FIT)
		read_fit(r, e, name, s, place(y, s));
	else
		*(const char **)place(y, s) = zp_element_text(r, e, name);
}

/* ---- certificates ---- */

bool zp_evidence_key(zp_text key)
{
	for (size_t i = 0; i < key.n; i++) {
		const char c = key.p[i];
		if (!((c >= 'a' && c <= 'z') || (i && ((c >= '0' && c <= '9') || c == '-'))))
			return false;
	}
	return key.n > 0 && key.n <= 64;
}

/* What only one policy understands, and what it cannot do without. */
static void check_policy(const zp_reader *r, const zp_element *e, const zp_certificate_rule *c)
{
	static const struct { const char *name, *says; zp_policy of; } own[] = {
		{ "k", "policy=\"k-of-n\"", ZP_POLICY_K_OF_N }, { "n", "policy=\"k-of-n\"", ZP_POLICY_K_OF_N },
		{ "mark", "policy=\"mean\"", ZP_POLICY_MEAN }, { "mean", "policy=\"mean\"", ZP_POLICY_MEAN },
		{ "mean-compare", "policy=\"mean\"", ZP_POLICY_MEAN },
	};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (zp_attribute_of(e, own[i].name) && (int)own[i].of != c->policy)
			zp_refuse(r, e, "the attribute \"%s\" means nothing here; expected it with %s only", own[i].name, own[i].says);
	if (c->policy == ZP_POLICY_K_OF_N && !zp_attribute_of(e, "k"))
		zp_refuse(r, e, "policy=\"k-of-n\" has no k; expected how many rounds must be satisfactory");
	if (c->policy == ZP_POLICY_K_OF_N && c->n && c->k > c->n)
		zp_refuse(r, e, "k=\"%d\" is more than n=\"%d\"", c->k, c->n);
	if (c->short_year == ZP_SHORT_SCALE && !c->n)
		zp_refuse(r, e, "short-year=\"scale\" needs n; expected how many rounds a whole year has");
	const zp_decimal most = { 100, 0 };
	if (zp_decimal_compare(c->mark, most) > 0)
		zp_refuse(r, e, "mark=\"%s\" is above 100 percent", zp_attribute_of(e, "mark"));
}

static zp_certificate_rule read_certificate(const zp_reader *r, const zp_element *e)
{
	zp_certificate_rule c = { .id = "", .mark = { 80, 0 }, .min_rounds = 1, .levels = ZP_ALL_LEVELS, .line = (long)e->line };
	zp_element_check(r, e, "id name policy", "name-en k n mark min-rounds excused absent-round participated short-year mean "
			 "mean-compare need-satisfactory levels organiser", "");
	zp_element_code(r, e, "id", &c.id);
	c.name = zp_element_text(r, e, "name");
	c.name_en = zp_element_text(r, e, "name-en");
	c.organiser = zp_element_text(r, e, "organiser");
	zp_element_word(r, e, "policy", "all-rounds not-unsuccessful k-of-n mean", &c.policy);
	zp_element_whole(r, e, "k", 1, ROUNDS_MOST, &c.k);
	zp_element_whole(r, e, "n", 1, ROUNDS_MOST, &c.n);
	zp_element_decimal(r, e, "mark", ZP_RANGE_POSITIVE, &c.mark);
	zp_element_whole(r, e, "min-rounds", 1, ROUNDS_MOST, &c.min_rounds);
	zp_element_word(r, e, "excused", "skip participated fail", &c.excused);
	zp_element_word(r, e, "absent-round", "skip fail", &c.absent_fails);
	zp_element_word(r, e, "participated", "returned returned-or-late", &c.late_participates);
	zp_element_word(r, e, "short-year", "keep cap scale", &c.short_year);
	zp_element_word(r, e, "mean", "mean-of-s1 pooled", &c.pooled);
	zp_element_word(r, e, "mean-compare", "exact printed", &c.printed);
	zp_element_word(r, e, "need-satisfactory", "false true", &c.need_satisfactory);
	read_levels(r, e, "levels", &c.levels);
	if (*c.id && !zp_id_is_plain(c.id))
		zp_refuse(r, e, "id=\"%s\" cannot be part of a number; expected at most 32 letters, digits, . or -", c.id);
	check_policy(r, e, &c);
	return c;
}

const zp_certificate_rule *zp_certificate_rule_find(const zp_year_rules *y, const char *id)
{
	for (size_t i = 0; i < y->n_certificates; i++)
		if (strcmp(y->certificates[i].id, id) == 0)
			return &y->certificates[i];
	return NULL;
}

static void read_certificates(const zp_reader *r, const zp_element *root, zp_year_rules *y)
{
	if (!zp_element_at_most(r, root, "certificate", CERTIFICATES_MOST))
		return;
	zp_certificate_rule *at = zp_take(r->arena, zp_certificate_rule, zp_element_count(root, "certificate") + 1);
	y->certificates = at;
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "certificate"))
			continue;
		zp_certificate_rule one = read_certificate(r, e);
		if (*one.id && zp_certificate_rule_find(y, one.id))
			zp_refuse(r, e, "certificate \"%s\" is there twice; expected each once", one.id);
		else
			at[y->n_certificates++] = one;
	}
}

/* ---- the whole ---- */

/* Keys of evidence: [a-z][a-z0-9-]*, each once. */
static void check_keys(const zp_reader *r, const zp_element *root, const zp_year_rules *y)
{
	const char *rest = y->title_larger_worse;
	zp_text key;
	if (*rest && !y->title_evidence_worst)
		zp_refuse(r, root, "larger-is-worse of <title> means nothing with evidence=\"latest\"; expected evidence=\"worst\"");
	if (strlen(rest) > KEYS_MOST)
		zp_refuse(r, root, "larger-is-worse of <title> has %zu bytes; expected at most %d", strlen(rest), KEYS_MOST);
	while (zp_word_next(&rest, &key))
		if (!zp_evidence_key(key))
			zp_refuse(r, root, "\"%s\" in larger-is-worse of <title> is no key; expected a small letter, then small letters, digits or -",
				  zp_text_show(r->arena, key));
}

static void check_together(const zp_reader *r, const zp_element *root, const zp_year_rules *y)
{
	check_keys(r, root, y);
	if (y->status_k > y->status_n)
		zp_refuse(r, root, "k=\"%d\" of <status> is more than n=\"%d\"", y->status_k, y->status_n);
	if (y->iqc_months_least > y->iqc_months_most)
		zp_refuse(r, root, "months-least=\"%d\" of <iqc> is more than months-most=\"%d\"", y->iqc_months_least, y->iqc_months_most);
	if (!y->ranking_alpha.m != !y->ranking_beta.m)
		zp_refuse(r, root, "<ranking> has one of alpha and beta; expected numbers for both, or fit for both");
	if (y->item_by_certificate && !*y->item_policy)
		zp_refuse(r, root, "<item> has from=\"certificate\" and no policy; expected the id of a <certificate>");
	if (!y->item_by_certificate && *y->item_policy)
		zp_refuse(r, root, "policy of <item> means nothing with from=\"rounds\"; expected from=\"certificate\"");
	if (*y->item_policy && !zp_certificate_rule_find(y, y->item_policy))
		zp_refuse(r, root, "policy=\"%s\" of <item> is the id of no <certificate>", zp_text_show(r->arena, zp_text_of(y->item_policy)));
}

#define GROUPS "status item share indicator identity merge publish standard title ranking trend iqc"

/* Everything that one of the elements of settings has. */
static void read_group(const zp_reader *r, const zp_element *e, zp_year_rules *y)
{
	char may[600];
	size_t n = 0;
	if (!e)
		return;
	for (size_t i = 0; i < SETTINGS; i++)
		if (attribute_in(&settings[i], e->name))
			n += (size_t)snprintf(may + n, sizeof may - n, n ? " %s" : "%s", attribute_in(&settings[i], e->name));
	zp_element_check(r, e, "", may, "");
	for (size_t i = 0; i < SETTINGS; i++)
		read_setting(r, e, &settings[i], y);
}

static void read_root(const zp_reader *r, const zp_element *root, zp_year_rules *y)
{
	if (!zp_element_is(root, "year")) {
		zp_refuse(r, root, "the file holds <%s>; expected <year>", root->name);
		return;
	}
	zp_element_check(r, root, "title version", "title-en", GROUPS " certificate");
	y->title = zp_element_text(r, root, "title");
	y->title_en = zp_element_text(r, root, "title-en");
	y->version = zp_element_text(r, root, "version");
	const char *groups = GROUPS;
	zp_text group;
	while (zp_word_next(&groups, &group))
		read_group(r, zp_element_only(r, root, zp_arena_text(r->arena, group.p, group.n)), y);
	read_certificates(r, root, y);
	check_together(r, root, y);
}

const zp_year_rules *zp_year_rules_read(zp_arena *arena, const char *rules_dir, const char *name, zp_problems *rules)
{
	size_t before = zp_problems_count(rules);
	zp_year_rules *y = zp_take(arena, zp_year_rules, 1);
	const bool own = zp_name_is_file(name);
	*y = zp_year_rules_default();
	if (!own && !zp_id_is_plain(name)) {
		zp_problem_add(rules, "years", 0, 0, "\"%s\" is not the name of a year's rules; expected letters, digits, . or -",
			       zp_text_show(arena, zp_text_of(name)));
		return NULL;
	}
	zp_reader r = { arena, own ? zp_arena_text(arena, name, strlen(name)) : zp_arena_print(arena, "years/%s.xml", name), rules };
	y->name = zp_arena_text(arena, name, strlen(name));
	y->file = r.file;
	const zp_xml *xml = zp_xml_read(arena, own ? name : zp_arena_print(arena, "%s/%s", rules_dir, r.file), r.file, rules);
	if (!xml)
		return NULL;
	y->input = xml->input;
	read_root(&r, xml->root, y);
	if (zp_problems_count(rules) == before)
		zp_xml_validate(arena, xml, zp_arena_print(arena, "%s/schemas/year.rng", rules_dir), "schemas/year.rng", NULL, rules);
	return zp_problems_count(rules) == before ? y : NULL;
}

/* ---- settings by name ---- */

static void write_levels(unsigned bits, char *value, size_t size)
{
	const char *words = ZP_LEVEL_WORDS;
	size_t n = 0;
	zp_text word;
	if (bits == ZP_ALL_LEVELS) {
		snprintf(value, size, "all");
		return;
	}
	*value = '\0';
	for (unsigned i = 0; zp_word_next(&words, &word); i++)
		if (bits & 1u << i && n < size)
			n += (size_t)snprintf(value + n, size - n, "%s%.*s", n ? " " : "", (int)word.n, word.p);
}

bool zp_year_setting_next(const zp_year_rules *y, size_t *i, const char **name, char *value, size_t size)
{
	if (*i >= SETTINGS)
		return false;
	const setting *s = &settings[(*i)++];
	const void *at = place_in(y, s);
	const char *words = s->words;
	zp_text word = ZP_TEXT("");
	*name = s->name;
	if (s->shape == LEVELS)
		write_levels(*(const unsigned *)at, value, size);
	else if (s->shape == WHOLE)
		snprintf(value, size, "%d", *(const int *)at);
	else if (s->shape == TEXT)
		snprintf(value, size, "%s", *(const char *const *)at);
	else if (s->shape == FIT) {
		char number[ZP_DECIMAL_TEXT];
		const zp_decimal *d = at;
		zp_decimal_write(*d, number);
		snprintf(value, size, "%s", d->m ? number : "fit");
	}
	else {
		for (int k = 0; k <= *(const int *)at; k++)
			zp_word_next(&words, &word);
		snprintf(value, size, "%.*s", (int)word.n, word.p);
	}
	return true;
}

const char *zp_year_setting_set(zp_year_rules *y, const char *name, const char *value)
{
	for (const setting *s = settings; s < settings + SETTINGS; s++) {
		if (strcmp(s->name, name) != 0)
			continue;
		if (s->shape == TEXT) {
			*(const char **)place(y, s) = value;
			return NULL;
		}
		if (s->shape == LEVELS) {
			unsigned levels = levels_of(value);
			return levels ? *(unsigned *)place(y, s) = levels, NULL : s->words;
		}
		if (s->shape == FIT)
			return take_fit(s, value, place(y, s)) ? NULL : "fit, or a number within its range";
		zp_decimal d;
		if (s->shape == WHOLE && zp_decimal_read(value, strlen(value), &d) == ZP_NUMBER_OK && d.e == 0 && d.m >= s->least && d.m <= s->most)
			return *(int *)place(y, s) = (int)d.m, NULL;
		int word = s->shape == WORD ? find_word(s->words, zp_text_of(value)) : -1;
		if (word < 0)
			return s->shape == WHOLE ? "a whole number within its range" : s->words;
		*(int *)place(y, s) = word;
		return NULL;
	}
	return "the name of a setting";
}
