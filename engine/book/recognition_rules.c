/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/recognition_rules.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "base/instant.h"
#include "book/element.h"
#include "book/year_rules.h"

#define ROUNDS_MOST 6
#define FAILED_MOST 20
#define MONTHS_MOST 60
#define LEVELS_MOST 9
#define VALUES_MOST 100000
#define MEASURANDS_MOST 2000
#define PERCENT_MOST ((zp_decimal){ 100, 0 })

/* A setting of <recognition>: the words it may be, the default first, and where it is kept. */
typedef struct setting { const char *name, *words; size_t at; } setting;
#define AT(member) offsetof(zp_recognition_rule, member)
static const setting settings[] = {
	{ "mode", "marks all-levels", AT(mode) },
	{ "count", "in-period latest-run", AT(count) },
	{ "two-programmes", "each best sum", AT(two_programmes) },
	{ "hierarchy", "own inherits", AT(hierarchy) },
	{ "run", "any ending", AT(run) },
	{ "any-lot", "month level", AT(any_lot) },
	{ "vacuous", "pass fail skip", AT(vacuous) },
	{ "valid", "same-day day-before", AT(valid) },
};
#define SETTINGS (sizeof settings / sizeof *settings)
#define SETTINGS_NAMED "mode count two-programmes hierarchy run any-lot vacuous valid"

static int *place(zp_recognition_rule *r, const setting *s) { return (int *)(void *)((char *)r + s->at); }
static int value_of(const zp_recognition_rule *r, const setting *s) { return *(const int *)(const void *)((const char *)r + s->at); }

zp_recognition_rule zp_recognition_rule_default(void)
{
	zp_recognition_rule r = { .file = "", .id = "", .name = "", .name_en = "", .version = "", .organiser = "", .organiser_en = "", .valid_day = "", .period_months = 12, .valid_months = 12 };
	r.standard = (zp_recog_measurand){ .specimen = "", .item = "", .levels = 1, .min_n = 1,
		.max_failed = { ZP_RECOG_NO_MOST, ZP_RECOG_NO_MOST, ZP_RECOG_NO_MOST } };
	return r;
}

/* Number of the word in the list; -1 when it is not there. */
static int find_word(const char *words, const char *sought)
{
	zp_text word;
	for (int i = 0; zp_word_next(&words, &word); i++)
		if (zp_text_is(word, sought))
			return i;
	return -1;
}

static const char *word_at(const char *words, int which, zp_text *word)
{
	for (int i = 0; i <= which; i++)
		zp_word_next(&words, word);
	return word->p;
}

bool zp_recognition_setting_next(const zp_recognition_rule *r, size_t *i, const char **name, zp_text *value)
{
	if (*i >= SETTINGS)
		return false;
	const setting *s = &settings[(*i)++];
	*name = s->name;
	word_at(s->words, value_of(r, s), value);
	return true;
}

const char *zp_recognition_setting_set(zp_recognition_rule *r, const char *name, const char *value)
{
	for (const setting *s = settings; s < settings + SETTINGS; s++) {
		if (strcmp(s->name, name) != 0)
			continue;
		const int word = find_word(s->words, value);
		if (word < 0)
			return s->words;
		*place(r, s) = word;
		return NULL;
	}
	return SETTINGS_NAMED;
}

/* ---- what is asked of a measurand ---- */

/* "none", which becomes `none`, or a whole number; *out stays when the attribute is not given. */
static void read_count(const zp_reader *r, const zp_element *e, const char *name, int none, int least, int most, int *out)
{
	const char *value = zp_attribute_of(e, name);
	zp_decimal d;
	if (!value)
		return;
	if (strcmp(value, "none") == 0)
		*out = none;
	else if (zp_decimal_read(value, strlen(value), &d) == ZP_NUMBER_OK && d.e == 0 && d.m >= least && d.m <= most)
		*out = (int)d.m;
	else
		zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected none, or a whole number from %d to %d", name, e->name,
			  zp_text_show(r->arena, zp_text_of(value)), least, most);
}

static void read_rounds(const zp_reader *r, const zp_element *e, zp_recog_measurand *m, unsigned *seen)
{
	int level = -1;
	zp_element_check(r, e, "level", "passed max-failed", "");
	if (!zp_attribute_of(e, "level") || !zp_element_word(r, e, "level", "national provincial city", &level))
		return;
	if (*seen & 1u << level)
		zp_refuse(r, e, "<rounds> of that level is there twice; expected each level once");
	*seen |= 1u << level;
	read_count(r, e, "passed", 0, 1, ROUNDS_MOST, &m->passed[level]);
	read_count(r, e, "max-failed", ZP_RECOG_NO_MOST, 0, FAILED_MOST, &m->max_failed[level]);
}

/* none; table; or percent, above 0 and below 100. */
static void read_cv(const zp_reader *r, const zp_element *e, const zp_recognition_rule *rule, zp_recog_measurand *m)
{
	const char *value = zp_attribute_of(e, "cv-limit");
	zp_decimal d;
	if (!value)
		return;
	if (strcmp(value, "none") == 0)
		m->cv = ZP_RECOG_CV_NONE;
	else if (strcmp(value, "table") == 0) {
		m->cv = ZP_RECOG_CV_TABLE;
		if (!rule->cv_table)
			zp_refuse(r, e, "cv-limit=\"table\" needs cv-limits=\"...\" of <recognition>; expected the name of a table of rules/iqc");
	} else if (zp_decimal_read(value, strlen(value), &d) == ZP_NUMBER_OK && zp_decimal_sign(d) > 0 && zp_decimal_compare(d, PERCENT_MOST) < 0) {
		m->cv = ZP_RECOG_CV_GIVEN;
		m->cv_limit = d;
	} else
		zp_refuse(r, e, "the attribute \"cv-limit\" of <iqc> is \"%s\"; expected none, table, or percent above 0 and below 100",
			  zp_text_show(r->arena, zp_text_of(value)));
}

static void read_iqc(const zp_reader *r, const zp_element *e, const zp_recognition_rule *rule, zp_recog_measurand *m)
{
	zp_element_check(r, e, "", "months cv-limit levels lots min-n", "");
	read_count(r, e, "months", 0, 1, MONTHS_MOST, &m->months);
	read_cv(r, e, rule, m);
	zp_element_whole(r, e, "levels", 1, LEVELS_MOST, &m->levels);
	zp_element_word(r, e, "lots", "any all", &m->lots);
	zp_element_whole(r, e, "min-n", 1, VALUES_MOST, &m->min_n);
	if (m->months > rule->period_months)
		zp_refuse(r, e, "months=\"%d\" is more than the period has, which is %d; nobody can meet it", m->months, rule->period_months);
}

/* On top of what m says already. */
static void read_asks(const zp_reader *r, const zp_element *e, const zp_recognition_rule *rule, zp_recog_measurand *m)
{
	unsigned seen = 0;
	const zp_element *iqc = zp_element_only(r, e, "iqc");
	m->line = (long)e->line;
	for (const zp_element *child = e->first; child; child = child->next)
		if (zp_element_is(child, "rounds"))
			read_rounds(r, child, m, &seen);
	if (iqc)
		read_iqc(r, iqc, rule, m);
	if (!m->passed[0] && !m->passed[1] && !m->passed[2])
		zp_refuse(r, e, "<%s> asks for rounds of no level; expected passed=\"...\" of one at least, for a mark rests on rounds", e->name);
}

static int by_item(const void *a, const void *b)
{
	const zp_recog_measurand *x = a, *y = b;
	const int order = strcmp(x->item, y->item);
	return order ? order : strcmp(x->specimen, y->specimen);
}

static const zp_recog_measurand *find(const zp_recognition_rule *rule, const char *specimen, const char *item)
{
	const zp_recog_measurand key = { .specimen = specimen, .item = item };
	return rule->n_measurands ? bsearch(&key, rule->measurands, rule->n_measurands, sizeof key, by_item) : NULL;
}

const zp_recog_measurand *zp_recognition_asks(const zp_recognition_rule *rule, const char *specimen, const char *item)
{
	const zp_recog_measurand *own = find(rule, specimen, item);
	if (!own)
		own = find(rule, "", item);
	return own ? own : rule->has_default ? &rule->standard : NULL;
}

static void read_measurands(const zp_reader *r, const zp_element *root, zp_recognition_rule *rule)
{
	const zp_element *standard = zp_element_only(r, root, "default");
	if (standard) {
		rule->has_default = true;
		zp_element_check(r, standard, "", "", "rounds iqc");
		read_asks(r, standard, rule, &rule->standard);
	}
	if (!zp_element_at_most(r, root, "measurand", MEASURANDS_MOST))
		return;
	zp_recog_measurand *at = zp_take(r->arena, zp_recog_measurand, zp_element_count(root, "measurand") + 1);
	size_t n = 0;
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "measurand"))
			continue;
		zp_element_check(r, e, "item", "specimen", "rounds iqc");
		at[n] = rule->standard;
		at[n].item = zp_element_text(r, e, "item");
		at[n].specimen = zp_element_text(r, e, "specimen");
		read_asks(r, e, rule, &at[n++]);
	}
	if (n)
		qsort(at, n, sizeof *at, by_item);
	for (size_t i = 1; i < n; i++)
		if (by_item(&at[i - 1], &at[i]) == 0)
			zp_problem_add(r->problems, r->file, at[i].line > at[i - 1].line ? at[i].line : at[i - 1].line, 0, "measurand \"%s\" of specimen \"%s\" "
				       "is there twice; expected each once", zp_text_show(r->arena, zp_text_of(at[i].item)),
				       zp_text_show(r->arena, zp_text_of(at[i].specimen)));
	rule->measurands = at;
	rule->n_measurands = n;
	if (!n && !standard)
		zp_refuse(r, root, "the rule has neither <default> nor <measurand>: nothing could be recognised");
}

/* ---- the rest ---- */

static void read_reporting(const zp_reader *r, const zp_element *root, zp_recognition_rule *rule)
{
	if (!zp_element_at_most(r, root, "reporting", ZP_RECOG_REPORTING_MOST))
		return;
	zp_recog_reporting *at = zp_take(r->arena, zp_recog_reporting, zp_element_count(root, "reporting") + 1);
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "reporting"))
			continue;
		zp_recog_reporting *one = &at[rule->n_reporting++];
		*one = (zp_recog_reporting){ .key = "", .months = 1, .line = (long)e->line };
		zp_element_check(r, e, "key name least", "name-en months", "");
		zp_element_code(r, e, "key", &one->key);
		if (*one->key && !zp_evidence_key(zp_text_of(one->key)))
			zp_refuse(r, e, "key=\"%s\" is no key of evidence; expected a small letter, then small letters, digits or -",
				  zp_text_show(r->arena, zp_text_of(one->key)));
		one->name = zp_element_text(r, e, "name");
		one->name_en = zp_element_text(r, e, "name-en");
		zp_element_decimal(r, e, "least", ZP_RANGE_POSITIVE, &one->least);
		zp_element_whole(r, e, "months", 1, MONTHS_MOST, &one->months);
		if (zp_decimal_compare(one->least, PERCENT_MOST) > 0)
			zp_refuse(r, e, "least=\"%s\" is above 100 percent", zp_attribute_of(e, "least"));
		if (one->months > rule->period_months)
			zp_refuse(r, e, "months=\"%d\" is more than the period has, which is %d; nobody can meet it", one->months, rule->period_months);
		for (const zp_recog_reporting *other = at; other < one; other++)
			if (strcmp(other->key, one->key) == 0)
				zp_refuse(r, e, "<reporting> of key \"%s\" is there twice; expected each once", zp_text_show(r->arena, zp_text_of(one->key)));
	}
	rule->reporting = at;
}

static void read_validity(const zp_reader *r, const zp_element *e, zp_recognition_rule *rule)
{
	const char *from = e ? zp_attribute_of(e, "from") : NULL;
	if (!e)
		return;
	zp_element_check(r, e, "", "months from", "");
	zp_element_whole(r, e, "months", 1, MONTHS_MOST, &rule->valid_months);
	if (!from)
		return;
	int year, month, day;
	const int word = find_word("issued next-month", from);
	if (word >= 0)
		rule->valid_from = word;
	else if (zp_date_read(zp_text_of(from), &year, &month, &day)) {
		rule->valid_from = ZP_RECOG_FROM_DAY;
		rule->valid_day = from;
	} else
		zp_refuse(r, e, "the attribute \"from\" of <validity> is \"%s\"; expected issued, next-month, or a day on the calendar such as 2027-01-01",
			  zp_text_show(r->arena, zp_text_of(from)));
}

static void read_period(const zp_reader *r, const zp_element *e, zp_recognition_rule *rule)
{
	if (!e)
		return;
	zp_element_check(r, e, "", "months ends", "");
	zp_element_whole(r, e, "months", 1, MONTHS_MOST, &rule->period_months);
	zp_element_word(r, e, "ends", "year-end issue", &rule->period_ends);
}

static void read_root(const zp_reader *r, const zp_element *root, const char *rules_dir, zp_recognition_rule *rule)
{
	if (!zp_element_is(root, "recognition")) {
		zp_refuse(r, root, "the file holds <%s>; expected <recognition>", root->name);
		return;
	}
	zp_element_check(r, root, "id name version", "name-en organiser organiser-en cv-limits " SETTINGS_NAMED, "period validity default measurand reporting");
	zp_element_code(r, root, "id", &rule->id);
	rule->name = zp_element_text(r, root, "name");
	rule->name_en = zp_element_text(r, root, "name-en");
	rule->organiser = zp_element_text(r, root, "organiser");
	rule->organiser_en = zp_element_text(r, root, "organiser-en");
	rule->version = zp_element_text(r, root, "version");
	if (*rule->id && !zp_id_is_plain(rule->id))
		zp_refuse(r, root, "id=\"%s\" cannot be part of a number; expected at most 32 letters, digits, . or -", zp_text_show(r->arena, zp_text_of(rule->id)));
	for (const setting *s = settings; s < settings + SETTINGS; s++)
		zp_element_word(r, root, s->name, s->words, place(rule, s));
	rule->cv_table = zp_attribute_of(root, "cv-limits");
	if (rule->cv_table)
		rule->cv_limits = zp_iqc_limits_read(r->arena, rules_dir, rule->cv_table, r->problems);
	read_period(r, zp_element_only(r, root, "period"), rule);
	read_validity(r, zp_element_only(r, root, "validity"), rule);
	read_measurands(r, root, rule);
	read_reporting(r, root, rule);
}

const zp_recognition_rule *zp_recognition_rule_read(zp_arena *arena, const char *rules_dir, const char *name, zp_problems *rules)
{
	const size_t before = zp_problems_count(rules);
	zp_recognition_rule *rule = zp_take(arena, zp_recognition_rule, 1);
	const bool own = zp_name_is_file(name);
	*rule = zp_recognition_rule_default();
	if (!own && !zp_id_is_plain(name)) {
		zp_problem_add(rules, "recognition", 0, 0, "\"%s\" is not the name of a rule of recognition; expected letters, digits, . or -",
			       zp_text_show(arena, zp_text_of(name)));
		return NULL;
	}
	const zp_reader r = { arena, own ? zp_arena_text(arena, name, strlen(name)) : zp_arena_print(arena, "recognition/%s.xml", name), rules };
	rule->file = r.file;
	const zp_xml *xml = zp_xml_read(arena, own ? name : zp_arena_print(arena, "%s/%s", rules_dir, r.file), r.file, rules);
	if (!xml)
		return NULL;
	rule->input = xml->input;
	read_root(&r, xml->root, rules_dir, rule);
	if (zp_problems_count(rules) == before)
		zp_xml_validate(arena, xml, zp_arena_print(arena, "%s/schemas/recognition.rng", rules_dir), "schemas/recognition.rng", NULL, rules);
	return zp_problems_count(rules) == before ? rule : NULL;
}
