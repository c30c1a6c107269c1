/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/template.h"

#define ALL 15u
#define ROUND (1u << ZP_TEMPLATE_ROUND)
#define ANNUAL (1u << ZP_TEMPLATE_ANNUAL)
#define RECOGNITION (1u << ZP_TEMPLATE_RECOGNITION)
#define TITLE (1u << ZP_TEMPLATE_TITLE)
#define YEAR (ANNUAL | RECOGNITION | TITLE)

const zp_template_field_form zp_template_field_forms[ZP_TEMPLATE_FIELDS] = {
	[ZP_FIELD_OF_LAB] = { "lab", ALL },
	[ZP_FIELD_OF_LAB_NAME] = { "lab-name", ALL },
	[ZP_FIELD_OF_REGION] = { "region", ROUND },
	[ZP_FIELD_OF_CLASS] = { "class", ROUND },
	[ZP_FIELD_OF_ROUND] = { "round", ROUND },
	[ZP_FIELD_OF_ROUND_NAME] = { "round-name", ROUND },
	[ZP_FIELD_OF_ROUND_NAME_EN] = { "round-name-en", ROUND },
	[ZP_FIELD_OF_VERSION] = { "version", ROUND },
	[ZP_FIELD_OF_YEAR] = { "year", ALL },
	[ZP_FIELD_OF_NUMBER] = { "number", ALL },
	[ZP_FIELD_OF_TITLE] = { "title", YEAR },
	[ZP_FIELD_OF_TITLE_EN] = { "title-en", YEAR },
	[ZP_FIELD_OF_PROGRAMME] = { "programme", ROUND | ANNUAL },
	[ZP_FIELD_OF_PROGRAMME_EN] = { "programme-en", ROUND | ANNUAL },
	[ZP_FIELD_OF_ORGANISER] = { "organiser", ALL },
	[ZP_FIELD_OF_ORGANISER_EN] = { "organiser-en", ALL },
	[ZP_FIELD_OF_ISSUED] = { "issued", ALL },
	[ZP_FIELD_OF_ISSUED_ZH] = { "issued-zh", ALL },
	[ZP_FIELD_OF_ISSUED_EN] = { "issued-en", ALL },
	[ZP_FIELD_OF_FROM] = { "valid-from", YEAR },
	[ZP_FIELD_OF_FROM_ZH] = { "valid-from-zh", YEAR },
	[ZP_FIELD_OF_FROM_EN] = { "valid-from-en", YEAR },
	[ZP_FIELD_OF_UNTIL] = { "valid-until", YEAR },
	[ZP_FIELD_OF_UNTIL_ZH] = { "valid-until-zh", YEAR },
	[ZP_FIELD_OF_UNTIL_EN] = { "valid-until-en", YEAR },
	[ZP_FIELD_OF_COUNT] = { "measurands", ALL },
	[ZP_FIELD_OF_COUNT_EN] = { "measurands-en", ALL },
	[ZP_FIELD_OF_ISSUE] = { "issue", YEAR },
	[ZP_FIELD_OF_REPLACES] = { "replaces", ALL },
	[ZP_FIELD_OF_REASON] = { "reason", ROUND },
	[ZP_FIELD_OF_IN_A_ROW] = { "in-a-row", TITLE },
	[ZP_FIELD_OF_DIGEST] = { "digest", ALL },
	[ZP_FIELD_OF_CODE] = { "code", ALL },
	[ZP_FIELD_OF_KEY] = { "key", ALL },
	[ZP_FIELD_OF_HEAD] = { "head", ALL },
	[ZP_FIELD_OF_PAGE] = { "page", ALL },
	[ZP_FIELD_OF_PAGES] = { "pages", ALL },
};
