/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paper of the year, ready to be drawn: an annual certificate, one of mutual recognition, or of a title.
 * Texts are UTF-8 and never NULL ("" when there is nothing to say); nothing is left to compute. A paper holds one laboratory's own. */
#ifndef ZP_MODEL_PAPER_H
#define ZP_MODEL_PAPER_H

#include <stddef.h>
#include "model/bond.h"

typedef enum zp_paper_kind { ZP_PAPER_ANNUAL, ZP_PAPER_RECOGNITION, ZP_PAPER_TITLE } zp_paper_kind;

/* A measurand that it lists. */
typedef struct zp_paper_line {
	const char *name, *name_en;
	const char *specimen; /* where it tells two of one name apart */
	const char *mark;     /* of recognition: "省HR" */
	const char *until;    /* where it differs from the paper's: YYYY-MM-DD */
} zp_paper_line;

typedef struct zp_paper {
	zp_paper_kind kind;
	const char *folder;                    /* where it belongs: "labs/L0001", "regions/420500" */
	const char *file;                      /* "2026_P_all-rounds_chemistry_L0001_1.pdf" */
	const char *number;
	const char *title, *title_en;          /* "室间质量评价合格证书" */
	int year;
	const char *lab, *lab_name;            /* code and name */
	const char *programme, *programme_en;  /* in words; "" when it is of no single programme */
	const char *organiser, *organiser_en;
	const char *issued;                    /* YYYY-MM-DD */
	const char *from, *until;              /* how long it holds, YYYY-MM-DD; "" when it says nothing of it */
	unsigned issue;                        /* 1, 2 … */
	const char *replaces;                  /* the number of the issue before; "" for the first */
	unsigned in_a_row;                     /* of a title: years together with this one; 0 when it is not told */
	const char *fingerprint;               /* 16 digits of what the paper rests on; "" */
	const zp_paper_line *lines;
	size_t n_lines;
	zp_bond bond;                          /* `replaces` stands above */
	const char *digest, *code, *checked;   /* of what it says, as in a report (model/report.h) */
} zp_paper;

#endif
