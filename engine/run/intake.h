/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the intake stage share: one worker's notebook, and the values that came twice. */
#ifndef ZP_RUN_INTAKE_H
#define ZP_RUN_INTAKE_H

#include <pthread.h>
#include "book/vocabulary.h"
#include "run/blocks.h"
#include "run/run.h"

/* What a number without sign and exponent is made of. */
static inline bool zp_is_of_number(char c) { return (c >= '0' && c <= '9') || c == '.'; }

/* A value beside the one that took its cell first. */
typedef struct zp_extra {
	uint32_t cell, peers, file, line;
	zp_decimal value;
	uint8_t kind;
	const char *sent, *refused, *converted; /* as in zp_note */
	double u;                   /* the same */
	bool has_index, has_lod;
	zp_decimal index, lod;      /* the same */
	int64_t received;           /* 0: not stated */
} zp_extra;

/* Whether there is more to remember than the value. */
static inline bool zp_extra_is_notable(const zp_extra *v)
{
	return v->sent || v->refused || v->converted || v->u > 0 || v->has_index || v->has_lod;
}

static inline void zp_intake_keep(zp_note *note, const zp_extra *v)
{
	note->u = v->u;
	note->sent = v->sent;
	note->refused = v->refused;
	note->converted = v->converted;
	note->has_index = v->has_index;
	note->has_lod = v->has_lod;
	note->index = v->index;
	note->lod = v->lod;
}

/* A fault of the rules that a value brought to light. */
typedef struct zp_intake_fault {
	bool is;
	uint32_t file;
	long line, column;
	const char *place, *says;
} zp_intake_fault;

/* Lines that can only be meant as one of the two encodings. */
typedef struct zp_evidence { size_t utf8, gb18030; } zp_evidence;

/* What all workers write to. The columns of the round are written without a lock: a cell belongs to
 * whoever turned its state from NOT_RETURNED first. */
typedef struct zp_intake {
	zp_run *run;
	zp_results_file *files;
	size_t n_files;
	int64_t *received; /* per cell: 0 not stated */
	pthread_mutex_t lock; /* for what follows */
	zp_arena *arena;      /* notes and names */
	zp_names *tuples;     /* peer keys joined by ZP_TUPLE_MARK */
	zp_note *notes;
	size_t n_notes, room_notes;
	zp_intake_fault fault; /* the first; it stops the round */
	zp_evidence *evidence; /* per file: which encoding it is meant to be in */
	bool *misread; /* per file: a block of a larger file was not in the encoding that was tried */
	const zp_extra *several; /* when all are in: the values of cells that got more than one, by cell, the earliest first */
	size_t n_several;
	zp_names *names[ZP_PEER_KEYS]; /* those of the peers, which intake fills */
} zp_intake;

#define ZP_NOTED 128
#define ZP_TUPLE_MARK '\x1f'
#define ZP_NAME_MOST 200 /* bytes of a method, instrument, reagent or calibrator name */

typedef struct zp_block_problems {
	uint32_t file;
	size_t number; /* of the block */
	zp_problems *problems, *remarks;
	struct zp_block_problems *next;
} zp_block_problems;

/* Results of a programme that did not take place: how many, and where first. */
typedef struct zp_in_vain { size_t n; uint32_t file; long line; } zp_in_vain;

/* One thread's notebook. Texts remembered of the row before point into the block being read. */
typedef struct zp_worker {
	zp_intake *in;
	zp_arena *arena;
	zp_arena *of_block; /* for what is done with when the next block comes */
	zp_count count, counted; /* counted: what of it stands in of_file already */
	zp_count *of_file;       /* per file */
	zp_problems *problems, *remarks; /* of the block being read */
	struct { zp_tally *problems, *remarks; } tally[2]; /* of its blocks, and of its whole files: in either it goes down the list of files */
	int phase; /* which of the two */
	zp_block_problems *done;
	const zp_results_file *source;
	uint32_t file;
	uint32_t stem_lab; /* the laboratory the file is named for, or ZP_NO_NAME */
	const zp_raw *raw; /* the row being taken; NULL between rows */
	enum { ZP_ROW_NEW, ZP_ROW_LAB, ZP_ROW_PROGRAMME, ZP_ROW_ITEM } known; /* how much of it was found */
	struct zp_sent { uint32_t part, n; } *sent; /* per laboratory: the part of a file in which it was met last, and its values there */
	uint32_t part;     /* the block or whole file being read */
	zp_names *spoken;  /* cells beside the values that were told; NULL: none yet */
	zp_field field;    /* which of its cells is spoken of; ZP_FIELDS: none */
	zp_names *tuple_names; /* this thread's copy, so that the lock is rarely needed */
	uint32_t *tuple_ids;
	size_t room_tuples;
	zp_in_vain *in_vain; /* per programme */
	zp_extra *extras;
	size_t n_extras, room_extras;
	zp_extra noted[ZP_NOTED]; /* what is to be remembered of cells, until it is many: the lock is then taken once for all */
	size_t n_noted;
	struct zp_reply_memo *replies; /* answers that were understood lately (reply.c); NULL: none yet */
	zp_listener *listener; /* made when a value is not plain digits */
	char sentence[ZP_HEARD_BYTES];
	/* the row before */
	zp_text sheet_text, lab_text, programme_text, measurand_text, sample_text, unit_text, received_text, keys_text[ZP_PEER_KEYS], keys_span;
	uint32_t lab, programme, measurand, sample, tuple;
	uint32_t keys_programme; /* whose lists the names of the keys were looked up in */
	size_t unit_which;       /* 0: the measurand's own; i: its conversion i - 1 */
	bool unit_good, received_good;
	int64_t received;
	const zp_enrolment *enrolment;
} zp_worker;

/* Tell something of the file being read: `to` is w->problems or w->remarks. It belongs to the laboratory of the row, or else to
 * the one that the file is named for, or to nobody. */
void zp_intake_tell(zp_worker *w, zp_problems *to, zp_text sheet, long line, long column, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
void zp_intake_tell_list(zp_worker *w, zp_problems *to, zp_text sheet, long line, long column, const char *fmt, va_list)
	__attribute__((format(printf, 6, 0)));
/* Something wrong, of which nothing can be used (a zp_sink's problem and refuse). */
void zp_intake_refuse(void *worker, zp_text sheet, long line, long column, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
#define ZP_NO_SHEET ((zp_text){ NULL, 0 })

/* A block of text as UTF-8. Lines that cannot be read are told and made blank. Gives: .p NULL when nothing is left of
 * it, which is told, or when the file is to be read again in another encoding. */
zp_text zp_intake_decode(zp_worker *, const zp_block *);
/* A file of several blocks is not in the encoding that was tried: turn to the next. */
void zp_intake_try_next(zp_results_file *, const zp_evidence *);
/* The first block of the file, again; nothing is told. */
zp_text zp_intake_decode_head(zp_worker *, const zp_results_file *);

/* Tell what is wrong with a cell of the row. Gives: false when that cell was told before, for another of its values. */
bool zp_intake_problem(zp_worker *, const zp_raw *, zp_field, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* The same bytes as in the row before, which saves the look-up. */
static inline bool zp_intake_again(zp_text *before, zp_text now)
{
	if (before->p && zp_text_same(*before, now))
		return true;
	*before = now.p ? now : (zp_text){ "", 0 };
	return false;
}

/* ---- numbers and units (value.c) ---- */

typedef enum zp_said {
	ZP_SAID_NUMBER,  /* or a bound */
	ZP_SAID_NOTHING, /* a way to leave the cell blank */
	ZP_SAID_REFUSED, /* *says why, going on from the text */
	ZP_SAID_FAULT    /* of the rules; told */
} zp_said;

/* What a cell says in which a number is expected. *says and what *out points to hold until the next call. */
zp_said zp_intake_hear(zp_worker *, const zp_raw *, zp_field, const zp_scheme *, zp_text, zp_value *out, const char **says);
/* What is wrong with the unit that stands with the value, going on from the text; NULL when nothing is. Needs: there is one. */
const char *zp_intake_beside(zp_worker *, const zp_raw *, const zp_scheme *, const zp_measurand *, const zp_value *);
/* The organiser's word for the name of a system, instrument, method, reagent or calibrator, or the name as it was sent. */
zp_text zp_intake_name(const zp_raw *, const zp_scheme *, int key);
/* The factor to the measurand's own unit by the unit column and the unit beside the value; *by NULL: it is in its own. */
bool zp_intake_unit(zp_worker *, const zp_raw *, const zp_scheme *, const zp_measurand *, const zp_value *, const zp_conversion **by);
/* Needs: by. */
bool zp_intake_convert(zp_worker *, const zp_raw *, const zp_measurand *, const zp_conversion *by, zp_extra *);
/* The laboratory's own standard uncertainty, in the measurand's own unit; 0 where there is none. */
bool zp_intake_uncertainty(zp_worker *, const zp_raw *, const zp_scheme *, const zp_conversion *by, double *u);
/* The characters sent, when the value as printed does not show them; else NULL. */
const char *zp_intake_sent(zp_worker *, const zp_raw *, const zp_value *, const zp_extra *);

/* A fault of the rules that a value brought to light stops the round; the first is told. */
void zp_intake_fault_of(zp_worker *, const zp_raw *, zp_field, const char *says);

/* ---- answers (reply.c), logarithms (logarithm.c) ---- */

/* log10 of a value, so many places of it as the choice log_places says. Gives: false when it has none. */
bool zp_intake_logarithm(const zp_choices *, zp_decimal *);

/* What a cell says in which an answer of the measurand's scale is expected, and the index beside it. Gives: as zp_intake_hear; NUMBER
 * when it is understood, then value, kind, sent and index of *v are filled; FAULT also when the index is refused, which is told. */
zp_said zp_intake_reply(zp_worker *, const zp_raw *, const zp_scheme *, const zp_measurand *, zp_text, zp_extra *v, const char **says);
/* A unit without "log10" or "lg" before it. */
zp_text zp_intake_unlogged(zp_text unit, bool *logged);
/* "6.72 log10 IU/mL": a logarithm that says so in its cell. */
bool zp_intake_logarithm_said(zp_text, zp_value *out);
/* "2.5×10^4": a viral load as it is often written. */
bool zp_intake_power(zp_text, zp_value *out);
/* Value, uncertainty and limit of detection to their logarithms. */
bool zp_intake_logarithms(zp_worker *, const zp_raw *, const zp_scheme *, const zp_measurand *, zp_extra *);
/* A logarithm in another unit: its factor is a term. */
void zp_intake_shift(zp_worker *, const zp_raw *, const zp_value *, const zp_conversion *by, zp_extra *);
/* The least that the laboratory detects, in the unit of the value. */
bool zp_intake_lod(zp_worker *, const zp_raw *, const zp_conversion *by, bool logged, zp_extra *);
/* Whether a word says that nothing was found. */
bool zp_intake_is_undetected(const zp_value *);

/* Names that are not on the lists of their programmes, each once, with the nearest one as a question (unknown.c). */
void zp_intake_tell_unknown(const zp_intake *);

/* A worker turns to a block of a file, or to a whole one (number 0). */
void zp_intake_begin(zp_worker *, uint32_t file, size_t number);
/* All files of importers that read whole files; one worker for each thread of the run. */
void zp_intake_read_wholes(zp_intake *, zp_worker *);

/* Hand over what the worker has noted of its cells. */
void zp_intake_hand_over(zp_worker *);

/* Take one value (a zp_sink's put). */
void zp_intake_put(void *worker, const zp_raw *);
/* Index of a note that remarks on cell; made when there is none yet. */
zp_note *zp_intake_note(zp_intake *, size_t cell);

/* After all values are in: equal duplicates become one, different ones a conflict, decisions take effect,
 * and cells without a value are told apart (blank, not returned, excused). */
void zp_intake_settle(zp_intake *, zp_extra *extras, size_t n_extras); /* the extras are sorted */
void zp_intake_decide(zp_intake *);
/* The values of a cell that got several, the earliest first; *n is 0 for any other. Needs: settled. */
const zp_extra *zp_intake_several(const zp_intake *, uint32_t cell, size_t *n);
/* The values of a cell that got several, "5.4 | 5.10"; with_places: and where all but the first stand. */
const char *zp_intake_values(const zp_intake *, uint32_t cell, bool with_places);
bool zp_intake_is_late(const zp_run *, const zp_choices *, int64_t received);
zp_extra zp_intake_value_of(const zp_intake *, uint32_t cell);
void zp_intake_write(zp_intake *, const zp_extra *); /* into its cell */

#endif
