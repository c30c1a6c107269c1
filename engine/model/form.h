/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form that one laboratory fills in: what it is asked for in each programme that it is enrolled in.
 * Texts are UTF-8 and never NULL ("" when there is nothing to say). What an emitter writes of it is a grid that the
 * importers read (docs/formats/form.md). */
#ifndef ZP_MODEL_FORM_H
#define ZP_MODEL_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "model/scale.h"

/* System, instrument, method, reagent, calibrator: in the order of zp_peer_key. */
#define ZP_FORM_KEYS 5

typedef struct zp_form_measurand {
	const char *code, *name, *name_en, *unit;
	int places;  /* decimals that are expected */
	bool number; /* a number or a bound such as <0.5 is expected; false: words may be */
	const zp_scale *scale; /* the answers that are expected; NULL: a quantity */
	bool index;  /* an index (COI, S/CO) belongs beside the answer */
	bool lod;    /* it may be undetected, and the limit of detection belongs beside it */
	const char *log_unit; /* in which it may be given instead: "log10 IU/mL"; NULL */
	const bool *unasked;  /* per sample: it does not ask for this; NULL: all do */
} zp_form_measurand;

static inline bool zp_form_asks(const zp_form_measurand *m, size_t sample) { return !m->unasked || !m->unasked[sample]; }

/* One of the keys. */
typedef struct zp_form_key {
	bool asked;               /* the form has a column for it */
	const char *const *names; /* the organiser's list, in its order */
	size_t n;                 /* 0: any name may be given */
} zp_form_key;

typedef struct zp_form_programme {
	const char *code, *name, *name_en;
	const char *label; /* the code where it may be part of a file name, else a number that no other programme has */
	const char *const *samples;
	size_t n_samples;
	const zp_form_measurand *measurands; /* those that the laboratory has declared */
	size_t n_measurands;
	zp_form_key keys[ZP_FORM_KEYS];
} zp_form_programme;

/* Whether something belongs beside a value, for which a grid has no room: the form is then a list with a row for each sample. */
static inline bool zp_form_asks_index(const zp_form_programme *p)
{
	bool asks = false;
	for (size_t m = 0; m < p->n_measurands; m++)
		asks |= p->measurands[m].index;
	return asks;
}

static inline bool zp_form_asks_lod(const zp_form_programme *p)
{
	bool asks = false;
	for (size_t m = 0; m < p->n_measurands; m++)
		asks |= p->measurands[m].lod;
	return asks;
}

static inline bool zp_form_is_list(const zp_form_programme *p) { return zp_form_asks_index(p) || zp_form_asks_lod(p); }

typedef struct zp_form {
	const char *round, *round_name, *round_name_en;
	const char *organiser, *organiser_en;
	const char *lab, *lab_name;
	int64_t opens;      /* seconds since 1970 UTC: the only date that a form may carry as its own */
	const char *closes; /* when the round closes, for people: "2026-03-15 17:00 (UTC+08:00)" */
	bool chinese;       /* language of headers and names */
	const zp_form_programme *programmes;
	size_t n_programmes;
} zp_form;

#endif
