/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything a plugin may see. Installed as <zhiping/host/plugin.h>; docs/plugin.md explains it with an example.
 *
 * A plugin is one constant. It holds no state, starts no thread, reads no clock and keeps no pointer
 * after a call returns; what it needs from the engine it is lent in zp_host, so a loaded plugin has
 * no undefined engine symbol. What is given to it as const stays as it is.
 */
#ifndef ZP_HOST_PLUGIN_H
#define ZP_HOST_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "base/csv.h"
#include "base/error.h"
#include "base/text.h"
#include "base/width.h"
#include "base/xml_scan.h"
#include "model/form.h"
#include "model/outcome.h"
#include "model/paper.h"
#include "model/report.h"
#include "model/scale.h"
#include "model/sheet.h"
#include "model/summary.h"
#include "model/template.h"

#define ZP_PLUGIN_ABI 7u /* goes up only when an older plugin would misbehave */

typedef enum zp_plugin_kind { ZP_IMPORTER = 1, ZP_ESTIMATOR, ZP_SCORER, ZP_EMITTER } zp_plugin_kind;

/* One setting that a rule file may give. The list ends with a NULL name. */
typedef struct zp_param {
	const char *name, *unit, *help;
	double least, most, preset; /* preset ZP_NONE: it must be given */
} zp_param;

/* What the engine lends for one call. New services are added at the end. */
typedef struct zp_host {
	uint32_t size;
	void *self;
	void *(*take)(const struct zp_host *, size_t bytes); /* zeroed; lives as long as the call's result */
	bool (*fail)(zp_error *, zp_code, const char *place, long line, const char *fmt, ...)
		__attribute__((format(printf, 5, 6)));
	double (*setting)(const struct zp_host *, const char *param); /* checked against zp_param */
	/* A name or code for a message, at most 60 characters, NUL-terminated: what cannot be seen, and letters that look
	 * like ASCII and are not, as <U+XXXX>. NULL outside importers. */
	const char *(*show)(char *out, size_t size, zp_text);
	/* A word or clause that goes into a message of `fail`, in the language of the run. Needs: a literal. */
	const char *(*say)(const char *message) __attribute__((format_arg(1)));
} zp_host;

/* ---- importers: bytes to raw rows ---- */

typedef enum zp_field {
	ZP_FIELD_LAB, ZP_FIELD_PROGRAMME, ZP_FIELD_MEASURAND, ZP_FIELD_SAMPLE, ZP_FIELD_VALUE, ZP_FIELD_UNIT,
	ZP_FIELD_SYSTEM, ZP_FIELD_INSTRUMENT, ZP_FIELD_METHOD, ZP_FIELD_REAGENT, ZP_FIELD_CALIBRATOR,
	ZP_FIELD_RECEIVED, ZP_FIELD_UNCERTAINTY, ZP_FIELD_INDEX, ZP_FIELD_LOD, ZP_FIELDS
} zp_field;

/* One value as it stands in a file. Fields that the file does not have are { NULL, 0 }. */
typedef struct zp_raw {
	zp_text field[ZP_FIELDS];
	long line;                    /* of the value, from 1; in a workbook the row */
	uint16_t column[ZP_FIELDS];   /* which cell of the line each stands in, from 1; 0: none of them */
	uint32_t above[ZP_FIELDS];    /* the line of a field that stands elsewhere: in the header, or in a line that speaks of the whole
					 table; 0: in the line of the value */
	zp_text sheet;                /* of a workbook; messages name it, and it may be a programme's code or name */
} zp_raw;

typedef struct zp_source {
	const char *name;  /* for messages */
	const char *stem;  /* file name without its ending: may be a laboratory's code */
	zp_text head;      /* the file from its start to the end of its first block; UTF-8, no BOM */
	zp_text block;     /* whole lines to be read now; for the first block, the same bytes as head. For an importer
			      of whole files: the file as it is, undecoded, and head is the same */
	long first_line;   /* of the block, from 1 */
	char delimiter;    /* between cells of separated text, as round.xml declares it; 0: find it in the header */
} zp_source;

/* What an importer may do with what it finds. `problem` reports something wrong and goes on; in a workbook line and
 * column are those of `sheet`. `refuse` says why nothing of a whole file may be used; the first reason is told. */
typedef struct zp_sink {
	void *self;
	void (*put)(void *self, const zp_raw *);
	void (*problem)(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
		__attribute__((format(printf, 5, 6)));
	void (*refuse)(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
		__attribute__((format(printf, 5, 6)));
} zp_sink;

typedef struct zp_importer {
	const char *ending; /* of file names it reads, "csv" */
	/* Read one block. Every line is put, reported or blank. */
	void (*read)(const zp_host *, const zp_source *, const zp_sink *);
	/* Above 0: it reads whole files of at most so many bytes, not blocks of lines of text. It is then called in a child
	 * process that can open nothing, with little memory and two seconds; when the child ends otherwise than by
	 * returning, or `refuse` is called, the file is refused, and nothing that was put is used. */
	uint64_t whole_most;
	/* The same file as a table that is none of results: every cell that is not empty is put, row by row, its text as
	 * ZP_FIELD_VALUE with line, column and sheet; ZP_FIELD_UNIT says why it may not be used, where that is so. NULL: it knows
	 * no cells. */
	void (*cells)(const zp_host *, const zp_source *, const zp_sink *);
} zp_importer;

/* ---- estimators: a group to its target ---- */

/* A group's values. Needs: finite, one unit, ascending; never altered. */
typedef struct zp_sample {
	const double *x;
	size_t n;
	double step;                 /* unit of the last place that is reported; 0: not known */
	const double *below, *above; /* the bounds in "<0.5" and ">1000", ascending; only for who takes them */
	size_t n_below, n_above;
} zp_sample;

/* Work out *out from n >= 1 values.
 * Gives: true with *out filled (x, s, u finite or ZP_NONE; converged and collapsed told);
 *        false when the method has no answer for so few values: *err says why, and the group goes without.
 * The order of equal values, scale (a + b*x) and repetition must not matter (tests/contract). */
/* The answers of a group that are no numbers. */
typedef struct zp_poll {
	const zp_answer_count *counts; /* ascending by answer, each with n above 0 */
	size_t n_counts;
	uint32_t n, n_referees; /* all of them, and the referees among them */
	bool ordered;           /* the answers have an order */
	bool participants_first, without_referees; /* choices consensus_order and consensus_participants */
} zp_poll;

/* An estimator has `estimate`, for quantities, or `elect`, for answers. */
typedef struct zp_estimator {
	size_t least_n;        /* fewest values it answers for */
	const char *breakdown; /* share of outliers it bears, for people: "50 %" */
	const char *uncertainty; /* how u is made, for people: "1.25 s / sqrt(n)" */
	bool (*estimate)(const zp_host *, const zp_sample *, zp_estimate *out, zp_error *err);
	bool takes_bounds; /* it makes use of below and above; for all others bounds are set aside */
	bool by_unit;      /* its answer depends a little on unit and origin of the values */
	bool stated;       /* its target rests on settings or on values of others: it serves for <known>, not as a consensus */
	/* The answer that the group agrees on. Gives: false when it agrees on none, and out->lack says why. */
	bool (*elect)(const zp_host *, const zp_poll *, zp_elected *out);
} zp_estimator;

/* ---- scorers: a value and its target to a number ---- */

/* What a score may be made of. Units: the measurand's. ZP_NONE where there is none. */
typedef struct zp_scored {
	double x, u_x;            /* the result, and the laboratory's own standard uncertainty */
	double x_pt, u_x_pt;      /* the target that it is judged against */
	double sigma_pt, delta_e; /* standard deviation for proficiency assessment; width of the limit */
	double centre, spread;    /* of the peers; spread 0 says nothing */
	double d;                 /* x - x_pt, worked out in decimals: what lies on a bound stays on it */
} zp_scored;

/* An answer, and what was expected. */
typedef struct zp_reply {
	const zp_scale *scale;
	const zp_strip *strip;   /* of its maker; NULL: the whole scale */
	int64_t answer;
	int64_t low, high;       /* expected; two medians where they differ, else the same */
	const zp_accepted *accepted; /* others that the organiser accepts */
	size_t n_accepted;
	zp_side grey;            /* what an answer between negative and positive counts as; NONE: neither */
} zp_reply;

typedef struct zp_graded {
	zp_verdict verdict;
	zp_reason reason;
	unsigned credit; /* percent of a result, 0 to 100 */
} zp_graded;

/* A scorer has `score`, for quantities, or `judge`, for answers, which then makes the verdict. */
typedef struct zp_scorer {
	const char *unit;
	const char *any_of; /* settings, "abs pct", of which one must be above 0; NULL: none must */
	/* Gives: ZP_NONE when it is undefined; never infinite. When the scorer has settings "warn" and "act", |score| is
	 * classified by them (ISO 13528:2022 9.4): up to warn acceptable, from act on action, a warning between. */
	double (*score)(const zp_host *, const zp_scored *);
	void (*judge)(const zp_host *, const zp_reply *, zp_graded *out);
} zp_scorer;

/* ---- emitters: what is known to files ---- */

typedef struct zp_outbox {
	void *self;
	/* Write one whole file; name is relative, "certificate.pdf". */
	bool (*write)(void *self, const char *name, const void *bytes, size_t n, zp_error *);
} zp_outbox;

/* A bitmap or font that the engine was asked to hand on; bytes NULL when there is none. */
typedef struct zp_asset { const char *name; const void *bytes; size_t n; } zp_asset;

/* What an emitter can prepare once in each child process, before laboratories are handed out. */
typedef struct zp_edition {
	const char *characters; /* every character that any report can hold, UTF-8, each once, sorted */
	zp_asset seal;          /* PNG */
	const char *issued;
	const zp_template *templates[ZP_TEMPLATE_KINDS]; /* of certificates, by kind; NULL where none of that kind is printed */
} zp_edition;

typedef struct zp_emitter {
	/* Optional. Gives: a state handed to the calls below; carved by host->take. */
	void *(*prepare)(const zp_host *, const zp_edition *, zp_error *);
	/* Optional: files of one laboratory. May be called in a child process, any number of times. */
	bool (*lab)(const zp_host *, void *state, const zp_report *, const zp_outbox *, zp_error *);
	/* Optional: files of the centre. Called in a child process. */
	bool (*round)(const zp_host *, void *state, const zp_summary *, const zp_outbox *, zp_error *);
	/* Optional: lets go of what prepare opened outside host->take. Not called where the process ends instead. */
	void (*end)(void *state);
	/* Optional: the form that a laboratory fills in (`zhiping template`). Called without `prepare` and with state NULL, in a
	 * child process, any number of times. */
	bool (*form)(const zp_host *, void *state, const zp_form *, const zp_outbox *, zp_error *);
	/* Optional: a paper of the year, written under paper->file. May be called in a child process, any number of times. */
	bool (*paper)(const zp_host *, void *state, const zp_paper *, const zp_outbox *, zp_error *);
	/* Optional: files of the centre about a year. Called in a child process. */
	bool (*book)(const zp_host *, void *state, const zp_sheets *, const zp_outbox *, zp_error *);
	/* Optional: a figure alone, written under this name (`zhiping plot`). Called after `prepare`. */
	bool (*figure)(const zp_host *, void *state, const zp_figure *, const char *name, const zp_outbox *, zp_error *);
	/* `lab` wants figures, findings and peers in its report; `round` draws: their characters are in the edition. Without it `lab` may not look
	 * at them: what it wrote is kept by an amendment that changes nothing else. */
	bool figures;
} zp_emitter;

typedef struct zp_plugin {
	uint32_t abi, size;
	zp_plugin_kind kind;
	const char *name, *version; /* name: the word used in rule files; both are printed on reports */
	const char *cites;          /* the published text the method follows */
	const char *says;           /* one sentence for `zhiping methods` */
	const zp_param *params;     /* NULL when it has none */
	union {
		const zp_importer *importer;
		const zp_estimator *estimator;
		const zp_scorer *scorer;
		const zp_emitter *emitter;
		const void *any;
	} does;
	/* Optional: the outside libraries that it works with, as they are at run time, for the manifest. Each: tell(self, "cairo", "1.16.0"). */
	void (*libraries)(void (*tell)(void *self, const char *library, const char *version), void *self);
} zp_plugin;

/* One constant, one name, whether the plugin is built in or loaded. */
#define ZP_PLUGIN(symbol) \
	extern const zp_plugin zp_plugin_##symbol; \
	__attribute__((visibility("default"))) const zp_plugin zp_plugin_##symbol
#define ZP_PLUGIN_HEAD .abi = ZP_PLUGIN_ABI, .size = sizeof(zp_plugin)

#endif
