/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year, worked out: the shelf of everything that rounds become, in the order in which it is filled. */
#ifndef ZP_YEAR_YEAR_H
#define ZP_YEAR_YEAR_H

#include "model/bond.h"
#include "trust/signer.h"
#include "year/indicators.h"
#include "year/iqc.h"

typedef struct zp_year_wish {
	int year;
	bool draft;                      /* for a look: nothing goes into the ledger, no paper is printed, and the manifest says so */
	const char *version;             /* "v1": of the folder that it is published in; NULL where it is not */
	const char *issued;              /* YYYY-MM-DD: no round may close or be issued later */
	const zp_annals *annals;         /* of the year and those before it */
	const zp_year_rules *rules;
	const zp_identity *identity;     /* read for the year */
	const zp_identity *identity_before; /* read for the year before */
	const zp_regions *regions;       /* NULL: every code stands by itself */
	const zp_performed *performed;   /* what laboratories say they perform; may be none */
	size_t n_performed;
	const char *performed_file;      /* for messages */
	const struct zp_evidence_file *evidence; /* year/evidence.h; NULL: none */
	const zp_iqc_lines *iqc;         /* internal quality control as it was sent; NULL: none */
	const zp_iqc_limits *iqc_limits; /* NULL: none */
	const zp_issued *issued_before;  /* papers whose numbers were given; may be none */
	size_t n_issued_before;
	zp_ledger *ledger;               /* of the annals, for single results; NULL: there are no trends */
	const struct zp_recognition_rule *recognition; /* NULL: nobody asks for it */
	const struct zp_award *const *awards; /* book/award.h: whose titles are worked out */
	size_t n_awards;
	const struct zp_award *what_if;   /* another rule of one of them; NULL */
	const struct zp_ledger_decision *decided; /* ledger/acts.h: of all years */
	size_t n_decided;
	const struct zp_title_decisions *decisions; /* book/title_decisions.h: new ones of this year; NULL */
	zp_bond bond;                    /* key and ledger's head, of its manifest and papers; .key NULL: ZP_NO_BOND */
	const zp_signer *signer;         /* NULL: nothing is signed */
	unsigned threads;                /* 0: the machine's processors */
	zp_progress *progress;           /* of who looks on; NULL: nobody */
} zp_year_wish;

/* Cells that may not be published, of each share, of the year before, and of each indicator. */
typedef struct zp_year_hidden { zp_hidden shares[ZP_SHARE_KINDS], before[ZP_SHARE_KINDS], indicators[ZP_INDICATORS]; } zp_year_hidden;

typedef struct zp_year {
	const zp_year_wish *wish;
	const struct zp_clash *clashes;        /* ledger/clash.h: codes of two laboratories */
	size_t n_clashes;
	const zp_chronicle *chronicle;
	zp_statuses statuses;
	const zp_cert_lines *lines;      /* of each certificate of the rules */
	const zp_certificates *papers;
	zp_year_items items;             /* of programmes of every level */
	const zp_standings *standings;
	const zp_standings *before;      /* of the year before; NULL when there was none */
	zp_indicators indicators;
	const zp_year_hidden *hidden;    /* in `before` nothing when there was no year before */
	const struct zp_year_ranking *ranking; /* year/ranking.h */
	const struct zp_evidence *evidence;    /* year/evidence.h */
	const struct zp_trends *trends;        /* year/trends.h; NULL without a ledger */
	const struct zp_year_adjusted *adjusted; /* year/adjusted.h */
	const zp_iqc *iqc;               /* NULL: nothing was sent */
	const struct zp_recognition *recognition; /* year/recognition.h; NULL: nobody asked for it */
	const struct zp_year_titles *titles;   /* year/year_titles.h */
} zp_year;

/* Gives: NULL after problems, or with *err. Lends the wish. */
const zp_year *zp_year_take(zp_arena *, const zp_year_wish *, zp_problems *, zp_error *);

/* What the organiser should know: certificates that nobody can meet, laboratories outside the register, regions that the
 * tree does not know where they may stand by themselves, hidden cells that can be worked out, one sentence each. */
void zp_year_tell(const zp_year *, zp_arena *, bool chinese, void (*tell)(void *self, const char *sentence), void *self);

struct zp_press;
struct zp_kept;
/* The tables of docs/formats/year-tables.md; kept: those for workbook and pages are kept there as well. Fails: ZP_IO. */
bool zp_year_tables(const zp_year *, struct zp_press *, struct zp_kept *kept, zp_error *);
/* ranking.csv and ranking-fit.csv of the same, which those call. */
bool zp_year_ranking_tables(const zp_year *, struct zp_press *, struct zp_kept *kept, zp_error *);
/* manifest.json, last. inputs: files that were read beside the ledger and the rules. */
struct zp_registry;
bool zp_year_manifest(const zp_year *, const char *engine, const struct zp_registry *, const zp_input *inputs, size_t n, struct zp_press *, zp_error *);
/* The same inputs, and the rules, kept beside the versions (zp_press_keep). */
bool zp_year_keep(zp_arena *, const zp_year *, const zp_input *inputs, size_t n, struct zp_press *, zp_error *);

#endif
