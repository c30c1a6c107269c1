/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Annual certificates: which measurands of a programme a laboratory has passed by each policy, and the numbers of the papers. */
#ifndef ZP_YEAR_CERTIFICATES_H
#define ZP_YEAR_CERTIFICATES_H

#include "base/error.h"
#include "base/fraction.h"
#include "year/numbers.h"
#include "year/status.h"

typedef enum zp_certified {
	ZP_CERTIFIED,
	ZP_CERT_NOTHING_EVALUATED,
	ZP_CERT_TOO_FEW_ROUNDS,      /* participated in */
	ZP_CERT_UNSATISFACTORY_ROUND,
	ZP_CERT_EXCUSED_ROUND,
	ZP_CERT_ABSENT_ROUND,
	ZP_CERT_UNSUCCESSFUL,
	ZP_CERT_FEWER_THAN_K,
	ZP_CERT_MEAN_BELOW,
	ZP_CERT_NONE_SATISFACTORY
} zp_certified;
const char *zp_certified_word(zp_certified);

/* How a measurand stands to one policy. */
typedef struct zp_cert_line {
	uint8_t certified; /* zp_certified: the first that stands in the way */
	uint8_t held, participated, satisfactory, k, least; /* rounds; k and least as they were asked for */
	zp_fraction mean;  /* of MEAN; nothing otherwise, and where nothing was evaluated */
} zp_cert_line;

/* Of one span of cells. The status must be that of the same span. */
zp_cert_line zp_cert_line_of(const zp_year_cell *, const zp_year_held *, size_t n, const zp_certificate_rule *, const zp_status *);

/* A policy over the chronicle: for each programme it is for, rows x measurands; NULL for others. */
typedef struct zp_cert_lines { const zp_certificate_rule *rule; const zp_cert_line *const *of; } zp_cert_lines;
/* Cancelled and trueness programmes included: a trueness programme may have its certificate, it only counts nowhere else. */
zp_cert_lines zp_cert_lines_take(zp_arena *, const zp_chronicle *, const zp_statuses *, const zp_certificate_rule *);
/* Nobody can meet it, because fewer rounds were held than it asks for: a sentence for the organiser; NULL when somebody can. */
const char *zp_cert_impossible(zp_arena *, const zp_chronicle *, size_t programme, const zp_certificate_rule *, bool chinese);

/* One paper. */
typedef struct zp_certificate {
	const zp_certificate_rule *rule;
	uint32_t lab, programme;     /* of the chronicle; lab: index in its labs */
	const uint32_t *measurands;  /* certified ones, in the order of the programme */
	size_t n_measurands;
	const char *number, *list;   /* list: the codes with a blank between */
	const char *says;            /* zp_paper_says */
	unsigned issue;              /* 1, 2 ... */
	const char *issued;          /* the day of the paper whose number it keeps; NULL: a new number */
} zp_certificate;

typedef struct zp_certificates { const zp_certificate *at; size_t n; } zp_certificates;

/* All papers of a policy, by programme and laboratory. A paper that says what the latest of its key said keeps its number and day; one that
 * says something else, in a name or a measurand, gets the next issue; numbers of papers that nobody earns any more stay used.
 * Gives: at NULL with *err when two programmes would have the same numbers (same code and level, two organisers). */
zp_certificates zp_certificates_take(zp_arena *, const zp_chronicle *, const zp_cert_lines *, const zp_issued *, size_t n_issued, zp_error *);

#endif
