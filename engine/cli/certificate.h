/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invented papers, by which a template is looked at: no such laboratory exists. */
#ifndef ZP_CLI_CERTIFICATE_H
#define ZP_CLI_CERTIFICATE_H

#include <stdbool.h>
#include "base/arena.h"
#include "model/paper.h"
#include "model/report.h"
#include "model/template.h"

typedef struct zp_sample_wish {
	const char *lab, *lab_name; /* NULL: an invented one */
	size_t programmes, measurands;
	bool tied;                  /* as if it were signed, and its head in a ledger */
} zp_sample_wish;

/* Sealed, as those of a round or year are. */
const zp_report *zp_sample_report(zp_arena *, const zp_sample_wish *);
const zp_paper *zp_sample_paper(zp_arena *, const zp_sample_wish *, zp_template_kind);

#endif
