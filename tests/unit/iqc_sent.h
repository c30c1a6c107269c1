/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Internal quality control as it was sent, out of a text, for laboratories of a chronicle that has what these tests need and no more. */
#ifndef ZP_TESTS_IQC_SENT_H
#define ZP_TESTS_IQC_SENT_H

#include "scratch.h"
#include "year/iqc.h"

#define LABS 20

static zp_chronicle *chronicle;
static zp_year_rules settings;

/* L0101 to L0120, who share a year with glucose in serum and urine, and potassium. */
static inline void enter(void)
{
	static const zp_year_item items[] = { { "serum", "GLU", "葡萄糖", "glucose" }, { "serum", "K", "钾", "potassium" }, { "urine", "GLU", "葡萄糖(尿)", "glucose" } };
	scratch_enter();
	zp_year_lab *labs = zp_take(arena, zp_year_lab, LABS);
	for (size_t i = 0; i < LABS; i++)
		labs[i].code = zp_arena_print(arena, "L%04zu", 101 + i);
	chronicle = zp_take(arena, zp_chronicle, 1);
	*chronicle = (zp_chronicle){ .year = 2026, .identity = zp_identity_none(arena), .labs = labs, .n_labs = LABS, .items = items, .n_items = 3 };
	settings = zp_year_rules_default();
}

static inline const zp_iqc *take_from(const char *path, const zp_iqc_limits *limits, const char *issued)
{
	zp_iqc_lines *lines = zp_iqc_lines_take(arena, NULL);
	zp_iqc_read(lines, path, input);
	return zp_iqc_take(arena, chronicle, &settings, lines, limits, issued, input);
}

static inline const zp_iqc *take_text(const char *text, const zp_iqc_limits *limits)
{
	scratch_write("iqc.csv", text);
	return take_from(scratch_path("iqc.csv"), limits, "2027-01-20");
}

#define HEADER "lab,month,specimen,item,level,lot,n,mean,sd,cv,mean_in_use,in_control\n"

static inline const zp_iqc_limits *limits_of(const char *text)
{
	scratch_write("limits.xml", text);
	return zp_iqc_limits_read(arena, RULES, scratch_path("limits.xml"), rules);
}

#define LIMITS(rows) "<iqc set=\"t\" title=\"t\" version=\"1\" specimens=\"血清|serum\" source=\"s\" confidence=\"D\">" rows "</iqc>"

#endif
