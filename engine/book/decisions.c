/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organiser decided (decisions.xml). A decision names what exists, and says who, when and why. */
#include <sys/stat.h>
#include "book/approvals.h"
#include "book/book.h"
#include "book/scale.h"
#include "book/shelf.h"
#include "model/outcome.h"

#define RECORD "who when why"

/* The elements, in the order of zp_decision_kind. */
static const struct { const char *name, *needs, *may; } kinds[] = {
	{ "excuse", "lab programme " RECORD, "suspended notified took-part evidence" },
	{ "accept-late", "lab programme " RECORD, "evidence" },
	{ "choose", "lab programme measurand sample value " RECORD, "evidence" },
	{ "correct", "lab programme measurand sample from to " RECORD, "evidence" },
	{ "set-target", "programme measurand sample " RECORD, "x-pt value u evidence" },
	{ "do-not-evaluate", "programme " RECORD, "lab measurand sample evidence" },
	{ "regroup", "lab programme " RECORD, "measurand sample evidence system instrument method reagent calibrator" },
};

#define KINDS (sizeof kinds / sizeof *kinds)
#define ELEMENTS "excuse accept-late choose correct set-target do-not-evaluate regroup approve"

typedef struct work {
	zp_reader r;
	zp_book *book;
	const zp_roster *roster;
	zp_names *seen; /* what was decided about what; numbered like `lines` */
	uint32_t *lines;
} work;

/* ---- what a decision is about ---- */

static const zp_programme *programme_of(const work *w, const zp_decision *d)
{
	return &w->book->plan->programmes[d->programme];
}

/* A name looked up; ZP_ANY when it is not given. */
static bool look_up(const work *w, const zp_element *e, const char *attribute, const zp_names *names, uint32_t *out, const char *where)
{
	const char *value = zp_attribute_of(e, attribute);
	*out = ZP_ANY;
	if (!value)
		return true;
	*out = zp_names_find(names, zp_text_of(value));
	return *out != ZP_NO_NAME || zp_refuse(&w->r, e, "there is no %s \"%s\" in the %s; expected one that exists",
					       strcmp(attribute, "lab") == 0 ? "laboratory" : attribute, zp_text_show(w->r.arena, zp_text_of(value)), where);
}

static const zp_enrolment *enrolment_of(const work *w, const zp_decision *d)
{
	const zp_roster *roster = w->roster;
	for (uint32_t i = roster->first_enrolment[d->lab]; i < roster->first_enrolment[d->lab + 1]; i++)
		if (roster->enrolments[i].programme == d->programme)
			return &roster->enrolments[i];
	return NULL;
}

static bool check_lab(const work *w, const zp_element *e, const zp_decision *d)
{
	if (d->lab == ZP_ANY)
		return true;
	const char *lab = w->roster->labs[d->lab].code;
	const zp_enrolment *enrolment = enrolment_of(w, d);
	if (!enrolment)
		return zp_refuse(&w->r, e, "the laboratory \"%s\" is not enrolled in the programme \"%s\"; expected one that is", lab, programme_of(w, d)->code);
	if (d->measurand == ZP_ANY || zp_declared_at(enrolment, d->measurand) != SIZE_MAX)
		return true;
	return zp_refuse(&w->r, e, "the laboratory \"%s\" has not declared the measurand \"%s\"; expected one that it performs", lab,
			 programme_of(w, d)->scheme->measurands[d->measurand].code);
}

static bool take_subject(const work *w, const zp_element *e, zp_decision *d)
{
	bool good = look_up(w, e, "lab", w->roster->lab_names, &d->lab, "roster");
	if (!look_up(w, e, "programme", w->book->plan->programme_names, &d->programme, "round"))
		return false;
	const zp_programme *p = programme_of(w, d);
	const char *where = zp_arena_print(w->r.arena, "programme \"%s\"", p->code);
	good &= look_up(w, e, "measurand", p->scheme->measurand_names, &d->measurand, where);
	good &= look_up(w, e, "sample", p->sample_names, &d->sample, where);
	return good && check_lab(w, e, d);
}

/* The same thing decided twice would leave open which one holds. */
static bool check_once(const work *w, const zp_element *e, const zp_decision *d)
{
	const char *key = zp_arena_print(w->r.arena, "%d %u %u %u %u", (int)d->kind, d->lab, d->programme, d->measurand, d->sample);
	uint32_t first = zp_names_find(w->seen, zp_text_of(key));
	if (first != ZP_NO_NAME)
		return zp_refuse(&w->r, e, "a second <%s> for the same; the first is in line %u, expected one", e->name, w->lines[first]);
	w->lines[zp_names_add(w->seen, zp_text_of(key))] = e->line;
	return true;
}

const char *zp_decision_record(zp_arena *arena, const zp_decision *d, bool chinese)
{
	return zp_arena_print(arena, chinese ? "%s 于 %s 决定：%s%s%s" : "decided by %s, %s: %s%s%s", d->who, d->when, d->why,
			      d->evidence ? chinese ? "；依据：" : "; evidence: " : "", d->evidence ? d->evidence : "");
}

/* ---- what it says ---- */

static bool take_conditions(const work *w, const zp_element *e, bool *met)
{
	static const char *const names[] = { "suspended", "notified", "took-part" };
	*met = true;
	for (size_t i = 0; i < 3; i++) {
		int word = 1; /* "no", also when nothing is said */
		if (!zp_element_word(&w->r, e, names[i], "yes no", &word))
			return false;
		*met &= word == 0;
	}
	return true;
}

/* "5.20", "<0.5", or that nothing was found: one of the values that were sent. */
static bool take_chosen(const work *w, const zp_element *e, const zp_measurand *m, zp_decision *d)
{
	const char *text = zp_attribute_of(e, "value");
	if (m->undetected && (strcmp(text, "negative") == 0 || strcmp(text, "未检出") == 0)) {
		d->value_kind = ZP_UNDETECTED;
		return true;
	}
	d->value_kind = *text == '<' ? ZP_BELOW : *text == '>' ? ZP_ABOVE : ZP_NUMBER;
	const char *number = text + (d->value_kind != ZP_NUMBER);
	if (zp_decimal_read_printed(number, strlen(number), &d->value) == ZP_NUMBER_OK) /* as the conflict is told, which a logarithm is in full */
		return true;
	return zp_refuse(&w->r, e, "the attribute \"value\" of <choose> is \"%s\"; expected a decimal number%s a bound such as <0.5%s",
			 zp_text_show(w->r.arena, zp_text_of(text)), m->undetected ? "," : ", or", m->undetected ? ", or 未检出" : "");
}

/* Under which names a laboratory's results are put. */
static bool take_names(const work *w, const zp_element *e, zp_decision *d)
{
	bool any = false;
	for (int k = 0; k < ZP_PEER_KEYS; k++) {
		const char *name = zp_element_text(&w->r, e, zp_peer_key_word(k));
		d->keys[k] = zp_attribute_of(e, zp_peer_key_word(k)) ? name : NULL;
		any |= d->keys[k] != NULL;
	}
	return any || zp_refuse(&w->r, e, "<regroup> names no group; expected at least one of system, instrument, method, reagent, calibrator");
}

/* The answer that an attribute names, as a value. */
static bool take_reply(const work *w, const zp_element *e, const char *attribute, const zp_measurand *m, zp_decimal *out)
{
	*out = (zp_decimal){ 0 };
	return zp_scale_stated(&w->r, e, attribute, m, &out->m);
}

/* Values that are answers of the measurand's scale. */
static bool take_answers(const work *w, const zp_element *e, const zp_measurand *m, zp_decision *d)
{
	d->value_kind = zp_scale_value_kind(m->scale);
	if (d->kind == ZP_DECIDE_CORRECT)
		return take_reply(w, e, "from", m, &d->from) && take_reply(w, e, "to", m, &d->value) &&
		       (d->from.m != d->value.m || zp_refuse(&w->r, e, "the correction goes from \"%s\" to \"%s\", which is the same answer; expected another",
							     zp_attribute_of(e, "from"), zp_attribute_of(e, "to")));
	return take_reply(w, e, "value", m, &d->value);
}

/* A target is a number, an answer, or that nothing is there. */
static bool check_target(const work *w, const zp_element *e, const zp_measurand *m, zp_decision *d)
{
	const char *value = zp_attribute_of(e, "value"), *x_pt = zp_attribute_of(e, "x-pt");
	if (!value == !x_pt)
		return zp_refuse(&w->r, e, "<set-target> has %s; expected \"x-pt\", or \"value\" for answers that are no numbers", value ? "\"x-pt\" and \"value\"" : "neither \"x-pt\" nor \"value\"");
	if (value && zp_attribute_of(e, "u"))
		return zp_refuse(&w->r, e, "<set-target> has \"value\" and \"u\"; expected \"u\" beside \"x-pt\" only, for an answer has no uncertainty");
	if (m->scale && !value)
		return zp_refuse(&w->r, e, "<set-target> has \"x-pt\", and %s has answers that are no numbers; expected \"value\"", m->code);
	d->negative = !m->scale && value && m->undetected && strcmp(value, "negative") == 0;
	return m->scale || !value || d->negative ||
	       zp_refuse(&w->r, e, "<set-target> has the value \"%s\", and %s is a quantity; expected \"x-pt\"", zp_text_show(w->r.arena, zp_text_of(value)), m->code);
}

static bool take_numbers(const work *w, const zp_element *e, zp_decision *d)
{
	const bool of_item = d->kind == ZP_DECIDE_CHOOSE || d->kind == ZP_DECIDE_CORRECT || d->kind == ZP_DECIDE_TARGET;
	const zp_measurand *m = of_item ? &programme_of(w, d)->scheme->measurands[d->measurand] : NULL;
	if (d->kind == ZP_DECIDE_TARGET && !check_target(w, e, m, d))
		return false;
	if (m && m->scale)
		return take_answers(w, e, m, d);
	if (d->negative)
		return true;
	d->value_kind = ZP_NUMBER;
	if (d->kind == ZP_DECIDE_CHOOSE)
		return take_chosen(w, e, m, d);
	bool good = zp_element_decimal(&w->r, e, d->kind == ZP_DECIDE_CORRECT ? "to" : d->kind == ZP_DECIDE_TARGET ? "x-pt" : "value",
				       ZP_RANGE_ANY, &d->value);
	good &= zp_element_decimal(&w->r, e, "from", ZP_RANGE_ANY, &d->from);
	if (!good || d->kind != ZP_DECIDE_CORRECT || zp_decimal_compare(d->from, d->value) != 0)
		return good;
	return zp_refuse(&w->r, e, "the correction goes from \"%s\" to \"%s\", which is the same number; expected another", zp_attribute_of(e, "from"),
			 zp_attribute_of(e, "to"));
}

static void enter_target(const work *w, const zp_element *e, const zp_decision *d, zp_decimal u)
{
	const zp_programme *p = programme_of(w, d);
	w->book->changeable[d->programme].given[d->measurand * p->n_samples + d->sample] = (zp_given){
		.is = true, .decided = true, .x_pt = d->value, .answer = d->value.m, .negative = d->negative,
		.u = zp_attribute_of(e, "u") ? zp_decimal_double(u) : ZP_NONE,
		.source = zp_arena_print(w->r.arena, "%s, %s: %s", d->who, d->when, d->why),
	};
}

static void enter_out(const work *w, const zp_decision *d)
{
	const zp_programme *p = programme_of(w, d);
	bool *out = w->book->changeable[d->programme].out;
	for (uint32_t m = 0; m < p->scheme->n_measurands; m++)
		for (uint32_t s = 0; s < p->n_samples; s++)
			if ((d->measurand == ZP_ANY || d->measurand == m) && (d->sample == ZP_ANY || d->sample == s))
				out[m * p->n_samples + s] = true;
}

static bool take_record(const work *w, const zp_element *e, zp_decision *d)
{
	d->who = zp_element_text(&w->r, e, "who");
	d->when = zp_element_text(&w->r, e, "when");
	d->why = zp_element_text(&w->r, e, "why");
	const char *evidence = zp_element_text(&w->r, e, "evidence");
	d->evidence = *evidence ? evidence : NULL;
	d->line = e->line;
	return zp_element_date(&w->r, e, "when");
}

/* KINDS for an element that is none. */
static size_t kind_of(const zp_element *e)
{
	size_t kind = 0;
	while (kind < KINDS && !zp_element_is(e, kinds[kind].name))
		kind++;
	return kind;
}

static void take(const work *w, const zp_element *e, zp_decision *d)
{
	size_t kind = kind_of(e);
	zp_decimal u = { 0 };
	d->kind = (zp_decision_kind)kind;
	if (!zp_element_check(&w->r, e, kinds[kind].needs, kinds[kind].may, ""))
		return;
	bool good = take_record(w, e, d);
	good &= take_subject(w, e, d);
	good = good && take_numbers(w, e, d);
	good &= zp_element_decimal(&w->r, e, "u", ZP_RANGE_NOT_NEGATIVE, &u);
	good &= d->kind != ZP_DECIDE_REGROUP || take_names(w, e, d);
	good &= d->kind != ZP_DECIDE_EXCUSE || take_conditions(w, e, &d->conditions_met);
	if (!good || !check_once(w, e, d))
		return;
	if (d->kind == ZP_DECIDE_TARGET)
		enter_target(w, e, d, u);
	else if (d->kind == ZP_DECIDE_OUT && d->lab == ZP_ANY)
		enter_out(w, d);
}

/* ---- the file ---- */

static zp_decisions *take_all(work *w, const zp_element *root)
{
	zp_decisions *decisions = zp_take(w->r.arena, zp_decisions, 1);
	size_t n = 0;
	zp_element_check(&w->r, root, "", "", ELEMENTS);
	for (const zp_element *e = root->first; e; e = e->next)
		n += kind_of(e) < KINDS;
	zp_decision *at = zp_take(w->r.arena, zp_decision, n);
	zp_approval *approvals = zp_take(w->r.arena, zp_approval, zp_element_count(root, "approve"));
	w->seen = zp_names_take(w->r.arena);
	w->lines = zp_take(w->r.arena, uint32_t, n);
	for (const zp_element *e = root->first; e; e = e->next)
		if (kind_of(e) < KINDS)
			take(w, e, &at[decisions->n++]);
		else if (zp_element_is(e, "approve"))
			zp_approval_take(&w->r, e, &approvals[decisions->n_approvals++]);
	decisions->at = at;
	decisions->approvals = approvals;
	return decisions;
}

const zp_decisions *zp_decisions_read(zp_arena *arena, zp_book *book, const zp_roster *roster, const char *round_dir, zp_problems *problems)
{
	zp_shelf shelf = { .arena = arena, .rules_dir = book->rules_dir, .round_dir = round_dir, .rules = problems };
	struct stat about;
	if (lstat(zp_arena_print(arena, "%s/decisions.xml", round_dir), &about) != 0)
		return zp_take(arena, zp_decisions, 1);
	size_t before = zp_problems_count(problems);
	for (size_t i = 0; i < book->n_round_files; i++)
		zp_inputs_add(arena, &shelf.round_files, &book->round_files[i]);
	for (size_t i = 0; i < book->n_rule_files; i++)
		zp_inputs_add(arena, &shelf.rule_files, &book->rule_files[i]);
	zp_volume *v = zp_shelf_find(&shelf, "decisions.xml", ZP_IN_ROUND);
	if (!v) {
		zp_problem_add(problems, "decisions.xml", 0, 0, "is a link to nowhere; expected a file");
		return NULL;
	}
	const zp_xml *xml = zp_shelf_read(&shelf, v, "decisions", problems);
	if (!xml)
		return NULL;
	work w = { .r = { arena, v->file, problems }, .book = book, .roster = roster };
	const zp_decisions *decisions = take_all(&w, xml->root);
	if (zp_problems_count(problems) == before)
		zp_shelf_validate(&shelf, v, "decisions", problems);
	book->round_files = shelf.round_files.at;
	book->n_round_files = shelf.round_files.n;
	book->rule_files = shelf.rule_files.at;
	book->n_rule_files = shelf.rule_files.n;
	return zp_problems_count(problems) == before ? decisions : NULL;
}
