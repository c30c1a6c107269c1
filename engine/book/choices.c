/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/choices.h"
#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include "base/decimal.h"

typedef enum shape {
	ENUM,    /* one of the words; the value is its number */
	YES,     /* two words; the first is true */
	NO,      /* two words; the first is false */
	COUNT,   /* uint32_t within least..most */
	PLACES,  /* int within least..most */
	RATIO,   /* double within least..most */
	FACTOR,  /* double > 0, or "null", which is 0 */
	LOG_PLACES, /* int within least..most, or "null", which is -1 */
	TARGET_PLACES,
	METHOD
} shape;

typedef struct rule {
	zp_choice is;
	shape shape;
	size_t at; /* offset in zp_choices */
	double least, most;
} rule;

#define AT(member) offsetof(zp_choices, member)

/* The first word of a choice is its default. In the order in which people read them: targets, verdicts, what came back, denominators, ranks. */
static const rule rules[] = {
	{ { "target_places", "null | whole number from -9 to 12 | places | places+1 | places+2",
	    "Decimals of a target before it is compared with limits: the shortest that spells the number, so many, or the measurand's own and perhaps one or two more." },
	  TARGET_PLACES, 0, -9, 12 },
	{ { "target_round_from", "shortest | binary",
	    "What is rounded: the shortest decimal of the target, or its exact binary value; they differ on ties only." },
	  ENUM, AT(target_round_from), 0, 0 },
	{ { "round_known", "false | true", "Whether targets that were stated are rounded like those that were worked out." },
	  NO, AT(round_known), 0, 0 },
	{ { "climb_pool", "everyone | remainder",
	    "Who makes the group of a higher rung: all who carry its key, or only those who found no group below." },
	  ENUM, AT(climb_pool), 0, 0 },
	{ { "rung_keys", "flat | nested", "Whether a rung's key counts alone or within the keys of the coarser rungs." },
	  ENUM, AT(rung_keys), 0, 0 },
	{ { "blank_key", "skip | group", "Whether results that leave a key blank skip its rung or form a group without a name." },
	  ENUM, AT(blank_key), 0, 0 },
	{ { "least_counts", "kept | retained",
	    "What the least number of peers counts: values kept for the statistics, or those left after outlier removal." },
	  ENUM, AT(least_counts), 0, 0 },
	{ { "algorithm_a_factor", "1.134 | exact", "The factor of Algorithm A: as printed in the standard, or to full precision." },
	  NO, AT(algorithm_a_exact), 0, 0 },
	{ { "collapse_ratio", "1e-9 | number from 0 to 0.01", "A robust spread below this share of its start counts as collapsed." },
	  RATIO, AT(collapse_ratio), 0, 0.01 },
	{ { "outlier_boundary", "greater | greater_or_equal", "Whether a value exactly at the boundary of outlier removal stays or goes." },
	  NO, AT(outlier_at_boundary), 0, 0 },
	{ { "median_scale", "niqr | made", "The scale that goes with a median: normalised interquartile range or scaled median deviation." },
	  NO, AT(median_made), 0, 0 },
	{ { "absurd_factor", "100 | number above 0 | null",
	    "A value this many limits away from the median of its group is set aside and never acceptable; null switches that off." },
	  FACTOR, AT(absurd_factor), 0, 1e12 },
	{ { "absurd_when_ungradable", "not_evaluated | unacceptable", "What an absurd value is where the sample has no target." },
	  ENUM, AT(absurd_when_ungradable), 0, 0 },
	{ { "accepted_late_in_statistics", "false | true", "Whether a late result that was accepted by decision enters the statistics." },
	  NO, AT(accepted_late_in_statistics), 0, 0 },

	{ { "slip_unit", "report | aside | ignore",
	    "What results of a measurand are that fit once another unit is allowed for: told, or set aside from the statistics as well, or not looked for." },
	  ENUM, AT(slip[0]), 0, 0 },
	{ { "slip_decimal", "report | aside | ignore",
	    "The same for a result that fits with its decimal point elsewhere." },
	  ENUM, AT(slip[1]), 0, 0 },
	{ { "slip_sign", "report | aside | ignore",
	    "The same for a result that fits with the other sign." },
	  ENUM, AT(slip[2]), 0, 0 },
	{ { "slip_samples", "report | aside | ignore",
	    "The same for results that fit other samples." },
	  ENUM, AT(slip[3]), 0, 0 },
	{ { "slip_measurands", "report | aside | ignore",
	    "The same for results that fit another measurand." },
	  ENUM, AT(slip[4]), 0, 0 },
	{ { "slip_repeated", "report | aside | ignore",
	    "The same for a laboratory that returns what the one before it returned." },
	  ENUM, AT(slip[5]), 0, 0 },
	{ { "copied", "report | aside | ignore",
	    "The same for laboratories whose results agree more than chance allows; all but one of them are set aside." },
	  ENUM, AT(slip[6]), 0, 0 },
	{ { "slip_near", "3.5 | number from 0.5 to 10", "A corrected value fits when it lies within so many robust SD of its peers." },
	  RATIO, AT(slip_near), 0.5, 10 },
	{ { "slip_far", "6 | number from 1 to 1000", "A value that was sent does not fit when it lies beyond so many robust SD." },
	  RATIO, AT(slip_far), 1, 1000 },
	{ { "slip_least", "8 | whole number from 3 to 1000000", "With fewer results for a sample nothing is taken for a slip." },
	  COUNT, AT(slip_least), 3, 1000000 },
	{ { "copied_least", "10 | whole number from 2 to 1000000", "With fewer common results that could tell a copy nobody is said to copy." },
	  COUNT, AT(copied_least), 2, 1000000 },
	{ { "copied_share", "0.8 | number from 0.1 to 1", "The share of the common results that must agree before two laboratories are named." },
	  RATIO, AT(copied_share), 0.1, 1 },
	{ { "copied_precise", "0.5 | number from 0.05 to 1",
	    "How precise two laboratories are taken to be at least, as part of the typical spread within a laboratory, when chance is worked out." },
	  RATIO, AT(copied_precise), 0.05, 1 },
	{ { "copied_expected", "0.001 | number from 0 to 1", "Two laboratories are named when chance makes fewer such pairs in the programme than this." },
	  RATIO, AT(copied_expected), 0, 1 },

	{ { "log_rule", "either | abs | sd", "Of a limit that is so much or so many SD: the wider of the two, or one of them." }, ENUM, AT(log_rule), 0, 0 },
	{ { "log_places", "null | whole number from 0 to 9", "Decimals to which the logarithm of a result is rounded before it is judged." },
	  LOG_PLACES, AT(log_places), 0, 9 },
	{ { "grey", "positive | negative | neutral", "What a grade between negative and positive counts as where that line must not be crossed." },
	  ENUM, AT(grey), 0, 0 },
	{ { "grey_reply", "answer | positive | negative | not_evaluated",
	    "What an equivocal reply is where the answer must match: an answer of its own, taken for positive or negative, or not evaluated." },
	  ENUM, AT(grey_reply), 0, 0 },
	{ { "consensus_order", "referees_first | participants_first", "Who is asked first for a target when both might agree." },
	  ENUM, AT(consensus_order), 0, 0 },
	{ { "consensus_participants", "all | without_referees", "Whether referees are participants too when these are asked." },
	  NO, AT(consensus_without_referees), 0, 0 },
	{ { "discrepancy", "flag | fail", "What two measurands are that contradict each other, such as forward and reverse group: told, or both unacceptable." },
	  ENUM, AT(discrepancy), 0, 0 },
	{ { "index_alone", "derive | refuse", "What an index (COI, S/CO) without a word is: read by the cut-off, or refused." },
	  ENUM, AT(index_alone), 0, 0 },
	{ { "bounds_inclusive", "true | false", "Whether a result exactly on its limit is acceptable." }, YES, AT(bounds_inclusive), 0, 0 },
	{ { "negative_target_pct", "undefined | absolute", "A percentage of a target below zero: undefined, or of its size." },
	  ENUM, AT(negative_target_pct), 0, 0 },
	{ { "bias_pct_nonpositive", "null | signed | absolute", "The bias in percent that is printed where the target is below zero." },
	  ENUM, AT(bias_pct_nonpositive), 0, 0 },
	{ { "collapsed_fixed_limit", "evaluate | not_evaluated", "Whether a fixed limit is applied where the spread of the peers collapsed." },
	  ENUM, AT(collapsed_fixed_limit), 0, 0 },
	{ { "sd_limit_least", "12 | whole number from 1 to 1000000", "With fewer kept peers no verdict is given by a limit in SD." },
	  COUNT, AT(sd_limit_least), 1, 1000000 },
	{ { "sdi_least", "12 | whole number from 1 to 1000000", "With fewer peers an SDI is for information only." },
	  COUNT, AT(sdi_least), 1, 1000000 },
	{ { "show_least", "5 | whole number from 1 to 1000000", "With fewer peers a statistic is not shown to laboratories." },
	  COUNT, AT(show_least), 1, 1000000 },
	{ { "heed_near", "80 | number from 1 to 100", "From this percent of the limit on, a laboratory's attention is drawn to an acceptable result." },
	  RATIO, AT(heed_near), 1, 100 },
	{ { "finding_least", "5 | whole number from 3 to 100", "With fewer results nothing is said of what they have in common." },
	  COUNT, AT(finding_least), 3, 100 },
	{ { "finding_chance", "0.002 | number from 0.000001 to 0.05", "How often chance may make one of the findings, in a laboratory in which nothing is wrong." },
	  RATIO, AT(finding_chance), 0.000001, 0.05 },
	{ { "finding_bias", "30 | number from 0 to 1000", "A bias is told when it is at least so many percent of the limit on average." },
	  RATIO, AT(finding_bias), 0, 1000 },
	{ { "finding_scatter", "50 | number from 0 to 1000", "A scatter is told when it is at least so many percent of the limit." },
	  RATIO, AT(finding_scatter), 0, 1000 },
	{ { "finding_run", "15 | whole number from 5 to 1000", "So many results in a row on one side of the target, over two rounds at least, are told." },
	  COUNT, AT(finding_run), 5, 1000 },
	{ { "history_rounds", "9 | whole number from 1 to 40", "How many rounds before this one are shown and compared with, where there is a ledger." },
	  COUNT, AT(history_rounds), 1, 40 },
	{ { "course_rounds", "3 | whole number from 2 to 40", "With fewer rounds, this one included, nothing is said of the course." },
	  COUNT, AT(course_rounds), 2, 40 },
	{ { "course_step", "20 | number from 1 to 1000", "Results came closer or went farther when they are off by so many percent of the limit less or more than before." },
	  RATIO, AT(course_step), 1, 1000 },
	{ { "censored", "blank | not_evaluated | interval",
	    "What \"<0.5\" is: as if nothing was sent, not evaluated, or unacceptable when all of it lies outside the limit." },
	  ENUM, AT(censored), 0, 0 },
	{ { "sdi_method", "own | name of an estimator",
	    "What gives centre and spread for SDI: the method of the target (Algorithm A where that works nothing out), or this one." },
	  METHOD, AT(sdi_method), 0, 0 },

	{ { "uncertain_target", "report | widen | not_evaluated",
	    "What a target is whose uncertainty is not negligible (0.3 sigma_pt, 0.1 delta_E): told, with limits widened by it, or no target." },
	  ENUM, AT(uncertain_target), 0, 0 },
	{ { "humps", "report | withhold | ignore", "What a group with more than one hump is: told, without a target, or not looked for." },
	  ENUM, AT(humps), 0, 0 },
	{ { "methods_apart", "50 | number above 0 | null",
	    "How far, in percent of the limit, a method, instrument or system may lie from the target of a group that it shares before that is told." },
	  FACTOR, AT(methods_apart), 0, 1e12 },
	{ { "heterogeneous", "report | sigma | u | not_evaluated",
	    "What samples are that fail the homogeneity or the stability test: told, in sigma_pt, in the uncertainty of the target, or not evaluated." },
	  ENUM, AT(heterogeneous), 0, 0 },

	{ { "closing_inclusive", "true | false", "Whether a result received exactly at the closing instant is in time." },
	  YES, AT(closing_inclusive), 0, 0 },
	{ { "duplicate_equal", "value | text", "Whether 5.0 and 5.00, sent for one sample, are the same result." },
	  ENUM, AT(duplicate_equal), 0, 0 },
	{ { "late_duplicate", "ignored | conflict", "What a late second value does beside one in time." }, ENUM, AT(late_duplicate), 0, 0 },
	{ { "excuse_conditions", "required | trusted", "Whether an excuse needs its three conditions or the decision alone is enough." },
	  ENUM, AT(excuse_conditions), 0, 0 },
	{ { "undeclared", "ignore | stop", "Whether a result for a measurand that is not declared is listed only, or refuses the round." },
	  ENUM, AT(undeclared), 0, 0 },
	{ { "unreadable", "stop | not_evaluated", "Whether a text that is no number refuses the round, or leaves that result not evaluated." },
	  ENUM, AT(unreadable), 0, 0 },
	{ { "other_unit", "convert | refuse",
	    "What a value in another unit is for which the scheme's table of units has a factor: converted, or refused." },
	  ENUM, AT(other_unit), 0, 0 },
	{ { "unknown_name", "tell | refuse",
	    "What a system, instrument, method, reagent or calibrator is that is not in the organiser's list: kept as written and told, or refused." },
	  ENUM, AT(unknown_name), 0, 0 },

	{ { "ungradable", "exclude | credit", "Whether a sample that cannot be graded leaves the score or counts as acceptable." },
	  ENUM, AT(ungradable), 0, 0 },
	{ { "blank_result", "unacceptable | not_evaluated", "What a blank sample of a declared measurand is." }, ENUM, AT(blank_result), 0, 0 },
	{ { "blank_measurand", "not_returned | blank", "What a measurand is called when nothing of it came and other measurands did." },
	  ENUM, AT(blank_measurand), 0, 0 },
	{ { "no_show_total", "gradable | all", "Whether samples that cannot be graded count in the total of those who sent nothing." },
	  ENUM, AT(no_show_total), 0, 0 },
	{ { "must_all_spoils_programme", "true | false",
	    "Whether a measurand that needs 100 % and misses it makes the programme unsatisfactory." },
	  YES, AT(must_all_spoils_programme), 0, 0 },
	{ { "programme_score", "results | samples",
	    "What the score of a programme counts: results, or samples in which everything that was judged is right." },
	  ENUM, AT(programme_score), 0, 0 },
	{ { "s1_places", "0 | whole number from 0 to 6", "Decimals of a printed S1." }, PLACES, AT(s1_places), 0, 6 },
	{ { "s_places", "1 | whole number from 0 to 6", "Decimals of a printed S." }, PLACES, AT(s_places), 0, 6 },

	{ { "rank_ties", "competition | dense", "Ranks after a tie: 1 1 3, or 1 1 2." }, ENUM, AT(rank_ties), 0, 0 },
	{ { "rank_noshow", "last | unranked", "Whether who returned nothing comes last or has no rank." }, ENUM, AT(rank_noshow), 0, 0 },
	{ { "rank_tiebreak", "none | n", "Whether more measurands win a tie." }, ENUM, AT(rank_tiebreak), 0, 0 },
	{ { "expected_excludes_excused", "true | false", "Whether excused laboratories are left out of those expected." },
	  YES, AT(expected_excludes_excused), 0, 0 },
	{ { "returned_includes_late", "false | true", "Whether late laboratories count among those that returned." },
	  NO, AT(returned_includes_late), 0, 0 },
	{ { "region_rollup", "true | false", "Whether a region's row holds the regions below it." }, YES, AT(region_rollup), 0, 0 },
};

/* Anonymous enumerations are read and written as what they are made of. */
_Static_assert(sizeof((zp_choices *)0)->climb_pool == sizeof(unsigned), "an enumeration has the size of an unsigned int");

size_t zp_choice_count(void)
{
	return sizeof rules / sizeof *rules;
}

const zp_choice *zp_choice_at(size_t i)
{
	assert(i < zp_choice_count());
	return &rules[i].is;
}

static void put(zp_choices *c, const rule *r, const void *value, size_t size)
{
	memcpy((char *)c + r->at, value, size);
}

static void get(const zp_choices *c, const rule *r, void *value, size_t size)
{
	memcpy(value, (const char *)c + r->at, size);
}

/* Word i of "a | b | c"; empty behind the last. */
static zp_text word_at(const char *values, unsigned i)
{
	for (; i > 0; i--) {
		values = strstr(values, " | ");
		if (!values)
			return (zp_text){ "", 0 };
		values += 3;
	}
	const char *stop = strstr(values, " | ");
	return (zp_text){ values, stop ? (size_t)(stop - values) : strlen(values) };
}

static bool find_word(const rule *r, zp_text value, unsigned *out)
{
	for (unsigned i = 0; word_at(r->is.values, i).n; i++) {
		if (zp_text_same(word_at(r->is.values, i), value)) {
			*out = i;
			return true;
		}
	}
	return false;
}

static bool read_number(const rule *r, zp_text value, double *out)
{
	zp_decimal d;
	if (zp_decimal_read(value.p, value.n, &d) != ZP_NUMBER_OK)
		return false;
	*out = zp_decimal_double(d);
	return *out >= r->least && *out <= r->most;
}

/* Digits and perhaps a minus, within least..most: "12", not "12.0". */
static bool read_whole(const rule *r, zp_text value, int *out)
{
	for (size_t i = 0; i < value.n; i++)
		if ((value.p[i] < '0' || value.p[i] > '9') && !(i == 0 && value.p[i] == '-'))
			return false;
	double number;
	if (!read_number(r, value, &number))
		return false;
	*out = (int)number;
	return true;
}

static bool set_target_places(zp_choices *c, const rule *r, zp_text value)
{
	static const char *const own[] = { "places", "places+1", "places+2" };
	int n = 0;
	if (zp_text_is(value, "null"))
		c->target_places = ZP_PLACES_SHORTEST;
	else if (read_whole(r, value, &n))
		c->target_places = ZP_PLACES_FIXED;
	else {
		while (n < 3 && !zp_text_is(value, own[n]))
			n++;
		if (n == 3)
			return false;
		c->target_places = ZP_PLACES_OWN;
	}
	c->target_places_n = n;
	return true;
}

static bool set_log_places(zp_choices *c, const rule *r, zp_text value)
{
	int n = -1;
	if (!zp_text_is(value, "null") && !read_whole(r, value, &n))
		return false;
	put(c, r, &n, sizeof n);
	return true;
}

static bool set_method(zp_choices *c, zp_text value)
{
	if (value.n == 0 || value.n >= sizeof c->sdi_method)
		return false;
	memset(c->sdi_method, 0, sizeof c->sdi_method);
	if (!zp_text_is(value, "own"))
		memcpy(c->sdi_method, value.p, value.n);
	return true;
}

static bool set_number(zp_choices *c, const rule *r, zp_text value)
{
	double number = 0;
	int whole;
	if (r->shape == COUNT || r->shape == PLACES) {
		if (!read_whole(r, value, &whole))
			return false;
		put(c, r, &whole, sizeof whole); /* not negative, so an uint32_t as well */
		return true;
	}
	bool off = r->shape == FACTOR && zp_text_is(value, "null");
	if (!off && (!read_number(r, value, &number) || (r->shape == FACTOR && !(number > 0))))
		return false;
	put(c, r, &number, sizeof number);
	return true;
}

static bool set(zp_choices *c, const rule *r, zp_text value)
{
	unsigned i;
	bool yes;
	switch (r->shape) {
	case TARGET_PLACES: return set_target_places(c, r, value);
	case LOG_PLACES: return set_log_places(c, r, value);
	case METHOD: return set_method(c, value);
	case COUNT: case PLACES: case RATIO: case FACTOR: return set_number(c, r, value);
	case ENUM: case YES: case NO: break;
	}
	if (!find_word(r, value, &i))
		return false;
	yes = r->shape == YES ? i == 0 : i == 1;
	if (r->shape == ENUM)
		put(c, r, &i, sizeof i);
	else
		put(c, r, &yes, sizeof yes);
	return true;
}

static const rule *find_rule(const char *name)
{
	for (size_t i = 0; i < zp_choice_count(); i++)
		if (strcmp(rules[i].is.name, name) == 0)
			return &rules[i];
	return NULL;
}

zp_choices zp_choices_default(void)
{
	zp_choices c;
	memset(&c, 0, sizeof c);
	for (size_t i = 0; i < zp_choice_count(); i++) {
		bool taken = set(&c, &rules[i], word_at(rules[i].is.values, 0));
		assert(taken);
		(void)taken;
	}
	return c;
}

const char *zp_choice_set(zp_choices *c, const char *name, zp_text value)
{
	const rule *r = find_rule(name);
	if (!r)
		return "the name of a choice";
	return set(c, r, value) ? NULL : r->is.values;
}

/* The shortest decimal of a number, in a form that zp_decimal_read takes back. */
static void print_number(double x, char out[static ZP_DECIMAL_TEXT])
{
	zp_decimal_write(zp_decimal_shortest(x), out);
}

size_t zp_choice_get(const zp_choices *c, const char *name, char *out, size_t size)
{
	const rule *r = find_rule(name);
	char text[ZP_DECIMAL_TEXT] = "";
	zp_text says = { text, 0 };
	unsigned i;
	int whole;
	double number;
	bool yes;
	assert(r);
	switch (r->shape) {
	case ENUM:
		get(c, r, &i, sizeof i);
		says = word_at(r->is.values, i);
		break;
	case YES: case NO:
		get(c, r, &yes, sizeof yes);
		says = word_at(r->is.values, yes == (r->shape == YES) ? 0 : 1);
		break;
	case COUNT: case PLACES:
		get(c, r, &whole, sizeof whole);
		snprintf(text, sizeof text, "%d", whole);
		break;
	case LOG_PLACES:
		get(c, r, &whole, sizeof whole);
		snprintf(text, sizeof text, "%d", whole);
		if (whole < 0)
			says = ZP_TEXT("null");
		break;
	case RATIO: case FACTOR:
		get(c, r, &number, sizeof number);
		if (r->shape == FACTOR && number == 0)
			says = ZP_TEXT("null");
		else
			print_number(number, text);
		break;
	case TARGET_PLACES:
		if (c->target_places == ZP_PLACES_SHORTEST)
			says = ZP_TEXT("null");
		else if (c->target_places == ZP_PLACES_FIXED)
			snprintf(text, sizeof text, "%d", c->target_places_n);
		else if (c->target_places_n)
			snprintf(text, sizeof text, "places+%d", c->target_places_n);
		else
			says = ZP_TEXT("places");
		break;
	case METHOD:
		says = *c->sdi_method ? zp_text_of(c->sdi_method) : ZP_TEXT("own");
		break;
	}
	if (says.p == text)
		says.n = strlen(text);
	return (size_t)snprintf(out, size, "%.*s", (int)says.n, says.p);
}
