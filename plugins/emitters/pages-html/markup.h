/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markup: a page that grows. What is ours is put as it is, what is told is escaped, by one function. */
#ifndef ZP_PAGES_MARKUP_H
#define ZP_PAGES_MARKUP_H

#include "host/plugin.h"

typedef struct zp_markup {
	char *bytes;
	size_t n, room;
	bool failed; /* without memory; then nothing more is put */
} zp_markup;

void zp_markup_free(zp_markup *);
void zp_markup_put(zp_markup *, const char *ours);     /* markup of this program */
void zp_markup_tell(zp_markup *, const char *text);    /* anything else: & < > " ' and control characters are escaped */
void zp_markup_number(zp_markup *, unsigned long long);
void zp_markup_share(zp_markup *, unsigned long long part, unsigned long long of); /* "96.7 %", half up; a dash when of is 0 */
void zp_markup_rank(zp_markup *, unsigned rank, unsigned tied);     /* "3", "并列 3", or a dash */

/* One table cell: a number, or a share with its n. */
void zp_markup_cell(zp_markup *, unsigned);
void zp_markup_share_cells(zp_markup *, unsigned part, unsigned of);
void zp_markup_credit_cells(zp_markup *, unsigned long long credit, unsigned of); /* the same of hundredths of results */

void zp_markup_bar(zp_markup *, unsigned long long part, unsigned long long of); /* a cell with a bar as long as the share */

/* The parts of the page: regions, answers, laboratories. */
void zp_regions_contents(zp_markup *, const zp_summary *);
void zp_regions_put(zp_markup *, const zp_host *, const zp_summary *);
void zp_answers_contents(zp_markup *, const zp_summary *);
void zp_answers_put(zp_markup *, const zp_summary *);
void zp_labs_contents(zp_markup *, const zp_summary *, bool listed);
void zp_labs_put(zp_markup *, const zp_summary *, bool listed);
size_t zp_labs_count(const zp_host *, const zp_summary *);

/* Whether the summary has a table over all programmes; then the page keeps to it for laboratories. */
bool zp_labs_shown(const zp_summary *, const zp_rank_row *);

/* "所有类别 all classes" for "*", otherwise the text. */
void zp_markup_class(zp_markup *, const char *lab_class);
void zp_markup_programme(zp_markup *, const char *programme, const char *name);

extern const char zp_pages_style[];

#endif
