/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an annual record may hold (docs/formats/record.md). The schema says the same for those who read records elsewhere. */
#include <string.h>
#include "book/condition.h"
#include "book/element.h"

#define STANDING "status sequence unsuccessful-from rounds satisfactory unsatisfactory late not-returned excused not-evaluated absent mean"
#define ROUND "id number date result score"
#define PROGRAMME "code name name-en level organiser trueness " STANDING
#define EVIDENCE { "evidence", "key value unit source date", "", "evidence" }, { "evidence-other", "key value unit source date", "", "evidence-other" }
#define TITLES { "titles", "award consecutive", "", "titles" }
#define TITLE { "title", "award year decision", "", "title" }

static const zp_record_form of_lab[] = {
	{ "record", "format year issued",
	  "laboratory participation items indicator ranking programme trueness-programme iqc recognition evidence evidence-other titles title", "record" },
	{ "laboratory", "code name region region-name city city-name class institution department registered", "", "laboratory" },
	{ "participation", "programmes rounds returned late not-returned excused absent", "", "participation" },
	{ "items", "total pass fail unreturned not-evaluated pass-rate", "items/item", "items" },
	{ "item", "specimen item name name-en result", "", "items/item" },
	{ "indicator", "name numerator denominator percent", "", "indicator" },
	{ "ranking", "scope k n late not-returned share shrunken low high rank rank-low rank-high of half", "", "ranking" },
	{ "programme", PROGRAMME, "programme/round measurand paper", "programme" },
	{ "trueness-programme", PROGRAMME, "programme/round measurand paper", "trueness-programme" },
	{ "round", ROUND, "", "programme/round" },
	{ "measurand", "code name name-en specimen item unit " STANDING, "measurand/round certified trend", "measurand" },
	{ "round", ROUND, "", "measurand/round" },
	{ "certified", "by result mean", "", "certified" },
	{ "trend", "rounds share sdi running-share running-sdi run run-rounds way warning why", "", "trend" },
	{ "paper", "certificate number items issue issued", "", "paper" },
	{ "iqc", "specimen item name name-en months in-control", "month", "iqc" },
	{ "month", "month level lot unit method instrument n mean sd cv in-control", "", "month" },
	{ "recognition", "rule specimen item name marks valid-from valid-until", "", "recognition" },
	EVIDENCE, TITLES, TITLE,
};

static const zp_record_form of_region[] = {
	{ "record", "format year issued", "region share indicator evidence evidence-other titles title", "record" },
	{ "region", "code name name-en level laboratories institutions", "", "region" },
	{ "share", "name class numerator denominator percent change", "", "share" },
	{ "indicator", "name class laboratories numerator denominator percent median", "", "indicator" },
	EVIDENCE, TITLES, TITLE,
};

const zp_record_form *zp_record_forms(zp_record_of of, size_t *n)
{
	*n = of == ZP_RECORD_OF_LAB ? sizeof of_lab / sizeof *of_lab : sizeof of_region / sizeof *of_region;
	return of == ZP_RECORD_OF_LAB ? of_lab : of_region;
}

#define ROUND_RESULTS "satisfactory unsatisfactory late not-returned excused not-evaluated absent"
#define STATUSES "none successful unsuccessful"

static const struct { const char *element, *attribute, *words; } words[] = {
	{ "item", "result", "pass fail unreturned not-evaluated" },
	{ "indicator", "name", "participation_national participation_appraisal fail_rate pass_appraisal national_items_passed comparison_rate "
			       "iqc_coverage" },
	{ "share", "name", "participation return satisfactory satisfactory_measurands acceptable acceptable_returned" },
	{ "ranking", "scope", "all class region" },
	{ "ranking", "half", "better unclear worse" },
	{ "laboratory", "registered", "yes no" },
	{ "programme", "level", "national provincial city county" },
	{ "programme", "trueness", "yes no" },
	{ "programme", "status", STATUSES },
	{ "trueness-programme", "level", "national provincial city county" },
	{ "trueness-programme", "trueness", "yes no" },
	{ "trueness-programme", "status", STATUSES },
	{ "measurand", "status", STATUSES },
	{ "round", "result", ROUND_RESULTS },
	{ "trend", "way", "up down" },
	{ "trend", "warning", "yes no" },
	{ "month", "in-control", "yes no" },
	{ "title", "decision", "awarded refused withdrawn" },
};

const char *zp_record_words(const char *element, const char *attribute)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].element, element) == 0 && strcmp(words[i].attribute, attribute) == 0)
			return words[i].words;
	return NULL;
}
