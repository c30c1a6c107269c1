/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms that laboratories fill in. */
#ifndef ZP_RUN_FORMS_H
#define ZP_RUN_FORMS_H

#include "model/form.h"
#include "press/outbox.h"
#include "run/run.h"

typedef struct zp_forms_wish {
	const char *into;                 /* a folder that does not exist or is empty */
	const char *const *emitters;      /* names of those that are asked: "form-xlsx", "form-csv" */
	size_t n_emitters;
	const uint32_t *labs;             /* which laboratories; NULL: all that are enrolled */
	size_t n_labs;
	bool chinese;
} zp_forms_wish;

/* Write INTO/CODE/… for each laboratory.
 * Needs: a run that was carried to its register. Gives: how many laboratories got a form; 0 when nothing was written.
 * Fails: ZP_BAD_USE, ZP_BAD_PLUGIN, ZP_IO. */
size_t zp_forms_write(zp_run *, const zp_forms_wish *, zp_error *);

/* What one laboratory is asked. Carved from the arena. */
const zp_form *zp_form_of(const zp_run *, uint32_t lab, bool chinese, zp_arena *);

#endif
