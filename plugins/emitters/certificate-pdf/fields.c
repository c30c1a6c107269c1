/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include "composition.h"

/* The date was checked before. */
const char *zp_date_says(const zp_host *host, const char *iso, bool chinese)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
		"November", "December" };
	char out[64];
	if (!*iso)
		return "";
	const int month = (iso[5] - '0') * 10 + iso[6] - '0', day = (iso[8] - '0') * 10 + iso[9] - '0';
	if (chinese)
		snprintf(out, sizeof out, "%.4s 年 %d 月 %d 日", iso, month, day);
	else
		snprintf(out, sizeof out, "%d %s %.4s", day, months[month - 1], iso);
	return zp_join(host, out, NULL);
}

const char *zp_count_says(const zp_host *host, size_t n)
{
	char out[24];
	snprintf(out, sizeof out, "%zu", n);
	return zp_join(host, out, NULL);
}

static void count(const zp_host *host, size_t n, const char **f)
{
	f[ZP_FIELD_OF_COUNT] = zp_count_says(host, n);
	f[ZP_FIELD_OF_COUNT_EN] = zp_join(host, f[ZP_FIELD_OF_COUNT], n == 1 ? " measurand" : " measurands", NULL);
}

static void day(const zp_host *host, const char *iso, zp_template_field at, const char **f)
{
	f[at] = iso;
	f[at + 1] = zp_date_says(host, iso, true);
	f[at + 2] = zp_date_says(host, iso, false);
}

static void clear(const char **f)
{
	for (int i = 0; i < ZP_TEMPLATE_FIELDS; i++)
		f[i] = "";
}

/* What is not signed has no key to be named. */
static void bond(const zp_bond *b, const char **f)
{
	f[ZP_FIELD_OF_KEY] = b->key && strcmp(b->key, ZP_NO_KEY) != 0 ? b->key : "";
	f[ZP_FIELD_OF_HEAD] = b->head ? b->head : "";
}

static void programmes(const zp_host *host, const zp_report *r, const char **f)
{
	size_t passed = 0;
	const char *cn = "", *en = "";
	for (size_t i = 0; i < r->n_programmes; i++) {
		const zp_report_programme *p = &r->programmes[i];
		if (i < 30) {
			cn = zp_join(host, cn, i ? zp_word_cn(ZP_WORD_LIST) : "", p->name, NULL);
			en = *p->name_en ? zp_join(host, en, *en ? ", " : "", p->name_en, NULL) : en;
		}
		for (size_t m = 0; m < p->n_measurands; m++)
			passed += p->measurands[m].satisfaction == ZP_SATISFACTORY;
	}
	f[ZP_FIELD_OF_PROGRAMME] = cn;
	f[ZP_FIELD_OF_PROGRAMME_EN] = en;
	count(host, passed, f);
}

void zp_fields_of_report(const zp_host *host, const zp_report *r, const char *f[ZP_TEMPLATE_FIELDS])
{
	clear(f);
	f[ZP_FIELD_OF_LAB] = r->lab;
	f[ZP_FIELD_OF_LAB_NAME] = r->lab_name;
	f[ZP_FIELD_OF_REGION] = r->region;
	f[ZP_FIELD_OF_CLASS] = r->lab_class;
	f[ZP_FIELD_OF_ROUND] = r->round;
	f[ZP_FIELD_OF_ROUND_NAME] = r->round_name;
	f[ZP_FIELD_OF_ROUND_NAME_EN] = r->round_name_en;
	f[ZP_FIELD_OF_VERSION] = r->version;
	f[ZP_FIELD_OF_YEAR] = r->year;
	f[ZP_FIELD_OF_NUMBER] = zp_certificate_number(host, r);
	f[ZP_FIELD_OF_ORGANISER] = r->organiser;
	f[ZP_FIELD_OF_ORGANISER_EN] = r->organiser_en;
	f[ZP_FIELD_OF_DIGEST] = r->digest ? r->digest : "";
	f[ZP_FIELD_OF_CODE] = r->code ? r->code : "";
	bond(&r->bond, f);
	f[ZP_FIELD_OF_REPLACES] = r->bond.replaces ? r->bond.replaces : "";
	f[ZP_FIELD_OF_REASON] = r->bond.reason ? r->bond.reason : "";
	day(host, r->issued, ZP_FIELD_OF_ISSUED, f);
	programmes(host, r, f);
}

void zp_fields_of_paper(const zp_host *host, const zp_paper *p, const char *f[ZP_TEMPLATE_FIELDS])
{
	clear(f);
	f[ZP_FIELD_OF_LAB] = p->lab;
	f[ZP_FIELD_OF_LAB_NAME] = p->lab_name;
	f[ZP_FIELD_OF_YEAR] = zp_count_says(host, (size_t)p->year);
	f[ZP_FIELD_OF_NUMBER] = p->number;
	f[ZP_FIELD_OF_TITLE] = p->title;
	f[ZP_FIELD_OF_TITLE_EN] = p->title_en;
	f[ZP_FIELD_OF_PROGRAMME] = p->programme;
	f[ZP_FIELD_OF_PROGRAMME_EN] = p->programme_en;
	f[ZP_FIELD_OF_ORGANISER] = p->organiser;
	f[ZP_FIELD_OF_ORGANISER_EN] = p->organiser_en;
	f[ZP_FIELD_OF_DIGEST] = p->digest ? p->digest : "";
	f[ZP_FIELD_OF_CODE] = p->code ? p->code : "";
	f[ZP_FIELD_OF_ISSUE] = p->issue > 1 ? zp_count_says(host, p->issue) : "";
	f[ZP_FIELD_OF_REPLACES] = p->replaces;
	f[ZP_FIELD_OF_IN_A_ROW] = p->in_a_row > 1 ? zp_count_says(host, p->in_a_row) : "";
	bond(&p->bond, f);
	day(host, p->issued, ZP_FIELD_OF_ISSUED, f);
	day(host, p->from, ZP_FIELD_OF_FROM, f);
	day(host, p->until, ZP_FIELD_OF_UNTIL, f);
	count(host, p->n_lines, f);
}
