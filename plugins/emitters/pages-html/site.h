/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site of a round, for the centre: pages that need no server. Written page by page into one growing buffer, first in Chinese, then
 * in English; a page and its twin have the same place in site/ and in site/en/. */
#ifndef ZP_PAGES_SITE_H
#define ZP_PAGES_SITE_H

#include "markup.h"

/* Which part of the site a page belongs to, for the way from one to another. */
typedef enum zp_site_part {
	ZP_PART_OVERVIEW, ZP_PART_MEASURANDS, ZP_PART_REGIONS, ZP_PART_RANKING, ZP_PART_DOUBTS, ZP_PART_ABOUT, ZP_PART_PRINT, ZP_SITE_PARTS
} zp_site_part;

/* A laboratory's rows of one programme. */
typedef struct zp_seat {
	const zp_rank_row *all;      /* among everybody under its root */
	const zp_rank_row *of_class; /* among its class; NULL: it has none */
	const zp_rank_row *city;     /* within the region under the root; NULL: it stands at the root */
	const zp_rank_row *place;    /* within its own region */
	size_t order;
} zp_seat;

typedef struct zp_site {
	const zp_host *host;
	const zp_summary *of;
	const zp_outbox *out;
	zp_error *err;
	zp_markup *m;
	bool english;
	const char *path;            /* of the page that is open, within its language: "programmes/1.html" */
	size_t figure_bytes;         /* what further figures of the page may take */
	size_t figures_due;          /* how many must still share that; 0: one */
	size_t left_out;             /* figures of the page that it could not bear */
	zp_drawn *marks;             /* room for those of a figure */
	size_t marks_room;
	const zp_seat *seats;        /* by scope, root, rank */
	size_t n_seats;
	const size_t *first_seat;    /* of each scope: 0 is all programmes, then the programmes; n_programmes + 2 */
	const size_t *first_region;  /* the same of region_rows */
	const zp_region_row **region_rows; /* by scope, class, tree */
} zp_site;

#define ZP_SEATS_MOST 60000 /* rows of all rankings of a site; beyond it only that of all programmes is listed */
#define ZP_TILES_MOST 24    /* columns and lines of a map of tiles; site.css has as many */
#define ZP_FIGURES_MOST (64u << 20) /* bytes of all figures of a site, both languages */
#define ZP_SEATS_PAGE 2000  /* rows that a page can bear */

/* ---- words: in the language of the page ---- */

void zp_site_put(zp_site *, const char *ours);
void zp_site_say(zp_site *, const char *zh, const char *en);       /* ours */
void zp_site_tell(zp_site *, const char *text);                    /* told by somebody: escaped */
void zp_site_tell_of(zp_site *, const char *zh, const char *en);   /* told; the Chinese where there is no English */
void zp_site_number(zp_site *, unsigned long long);                /* "12,345" */
void zp_site_scope(zp_site *, size_t scope);                       /* the name of a programme, or "all programmes" */
/* A way to a page of the same language: opens <a>; the words and </a> follow. */
void zp_site_link(zp_site *, const char *kind, size_t a, size_t b); /* "programmes/", 3, 0; b 0: none */
void zp_site_class(zp_site *, const char *lab_class);
/* What a word of the tables is for people: of standing, origin, strength. */
void zp_site_standing(zp_site *, const char *word);
void zp_site_origin(zp_site *, const char *word);
void zp_site_strength(zp_site *, const char *word);

/* ---- the frame of a page ---- */

/* title: told; NULL: the round's name alone. */
void zp_site_open(zp_site *, const char *path, zp_site_part, const char *title, const char *title_en);
bool zp_site_close(zp_site *);

/* ---- tables ---- */

/* A box that scrolls when it is wider than the page, and a table in it, with its name. look: classes. */
void zp_site_table(zp_site *, const char *zh, const char *en, const char *look);
void zp_site_table_end(zp_site *);
void zp_site_th(zp_site *, const char *zh, const char *en, bool text);
void zp_site_th_bar(zp_site *, const char *zh, const char *en);     /* of a column of bars: nobody sorts by them */
void zp_site_body(zp_site *);                                      /* the heads are done */
const char *zp_site_limit(const zp_site *, const char *text); /* as the language of the page tells it */
void zp_site_td(zp_site *, const char *text);                      /* told */
void zp_site_td_number(zp_site *, unsigned long long);
void zp_site_td_quiet(zp_site *, unsigned long long);              /* nothing to be seen where it is 0 */
void zp_site_td_share(zp_site *, unsigned long long part, unsigned long long of);
/* How much is not acceptable: a bar from 0 to `top` percent. */
void zp_site_td_missed(zp_site *, unsigned long long part, unsigned long long of, unsigned top);
/* How long such bars must be for a share, in percent: 5, 10, 20, 50 or 100, at least `top`. */
unsigned zp_site_top(unsigned long long part, unsigned long long of, unsigned top);
/* "29 / 30", of hundredths of results. */
void zp_site_td_credit(zp_site *, unsigned long long credit, unsigned long long of);
/* How light a field of this share is: "h0" to "h5"; "h" where nothing is known. */
const char *zp_site_heat(unsigned long long part, unsigned long long of);
void zp_site_heat_legend(zp_site *);
/* "12.3 %", and a mark where it is below 80. */
void zp_site_share(zp_site *, unsigned long long part, unsigned long long of);

/* ---- pages and parts of them ---- */

bool zp_site_overview(zp_site *);
bool zp_site_measurands(zp_site *);
bool zp_site_programme(zp_site *, size_t programme);
bool zp_site_measurand(zp_site *, size_t programme, size_t measurand);
bool zp_site_regions(zp_site *, size_t scope);
bool zp_site_ranking(zp_site *, size_t scope);
bool zp_site_doubts(zp_site *);
bool zp_site_about(zp_site *);
bool zp_site_print(zp_site *);

/* Whether there is such a page. */
bool zp_site_has_regions(const zp_site *, size_t scope);
bool zp_site_has_ranking(const zp_site *, size_t scope);
/* A row of ways to the same page of other programmes. */
void zp_site_scopes(zp_site *, size_t current, bool (*has)(const zp_site *, size_t));

void zp_site_programmes_table(zp_site *);
void zp_site_measurands_table(zp_site *, size_t programme, bool with_programme); /* SIZE_MAX: of all */
void zp_site_samples_table(zp_site *, size_t programme);           /* measurands by samples, as fields */
void zp_site_groups(zp_site *, const zp_told_measurand *);
void zp_site_agreement(zp_site *, size_t programme);
void zp_site_answers(zp_site *, size_t programme, size_t measurand);
void zp_site_tiles(zp_site *, size_t scope);
void zp_site_tree(zp_site *, size_t scope);
void zp_site_doubts_table(zp_site *);
void zp_site_decisions_table(zp_site *);
size_t zp_site_doubtful(const zp_site *);

/* Figures of a measurand, inline. Gives: false when there is none, or no room for it; then nothing is put. */
bool zp_site_figure(zp_site *, size_t programme, size_t measurand, size_t sample, zp_figure_kind, float width, float height);

void zp_seats_take(zp_site *);
void zp_region_rows_take(zp_site *);

/* The same without regions and groups of few laboratories, and without what they could be worked out from (site_masked.c). */
const zp_summary *zp_site_masked(const zp_host *, const zp_summary *);

#endif
