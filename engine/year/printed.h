/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed papers of a year: certificates, of mutual recognition and of titles too, as data (model/paper.h), and their way to the emitters
 * that print. Files land in labs/CODE/ and regions/CODE/ of the year (docs/formats/papers.md). */
#ifndef ZP_YEAR_PRINTED_H
#define ZP_YEAR_PRINTED_H

#include "host/plugin.h"
#include "base/names.h"
#include "press/outbox.h"
#include "year/year.h"

/* What every paper has. Texts may be NULL where there is nothing to say. */
typedef struct zp_paper_head {
	const char *number;     /* its last piece is the issue, as "2026/P/all-rounds/chemistry/L0001/1" */
	unsigned issue;
	const char *issued;     /* the day on which the number was first given */
	int year;
	const char *lab, *lab_name;
	const char *organiser, *organiser_en; /* who issues it */
} zp_paper_head;

/* An annual certificate: these measurands of the programme, indices in it. */
zp_paper zp_paper_annual(zp_arena *, const zp_paper_head *, const zp_certificate_rule *, const zp_year_programme *, const uint32_t *measurands,
			 size_t n);
/* Of mutual recognition. Lines: name, mark ("省HR"), until where it differs; specimens of items of one name are kept, others are dropped. */
zp_paper zp_paper_recognition(zp_arena *, const zp_paper_head *, const char *title, const char *title_en, const char *from, const char *until,
			      const zp_paper_line *, size_t n);
/* Of a title. in_a_row: years together with this one; 0: not told. */
zp_paper zp_paper_title(zp_arena *, const zp_paper_head *, const char *title, const char *title_en, unsigned in_a_row);

/* "2026_P_all-rounds_chemistry_L0001_1.pdf": two numbers never give the same name. */
const char *zp_paper_file(zp_arena *, const char *number);

/* A list of papers of all kinds that grows. */
typedef struct zp_papers {
	zp_arena *arena;
	zp_paper *at;
	size_t n, room;
	zp_bond bond;            /* of each of them; .key NULL: ZP_NO_BOND */
	const zp_signer *signer; /* NULL: nothing is signed */
	const zp_names *given;  /* numbers whose origin is known, and the head of the ledger's trail from before each was given, */
	const char *const *heads; /* which stands in its bond instead; NULL: of none */
} zp_papers;
void zp_papers_add(zp_papers *, zp_paper);
/* Those of the year's certificates. */
void zp_papers_add_certificates(zp_papers *, const zp_year *);
/* Those of mutual recognition. */
void zp_papers_add_recognition(zp_papers *, const zp_year *);
/* Those of titles that the committee has awarded. */
void zp_papers_add_titles(zp_papers *, const zp_year *);

typedef struct zp_papers_wish {
	const zp_plugin *const *plugins; /* those without the call `paper` are passed over */
	size_t n_plugins;
	const char *issued;   /* of the year */
	const char *seal;     /* a PNG file; NULL: none */
	unsigned threads;     /* processes; 0: the machine's processors */
	const zp_template *templates[ZP_TEMPLATE_KINDS]; /* of certificates */
	zp_progress *progress; /* of who looks on; NULL: nobody */
} zp_papers_wish;

/* Print all of them, each a file of its own, in child processes.
 * Fails: ZP_BAD_INPUT: a character that the font lacks, a seal that is none, or that would stand under the names of two organisers; ZP_IO. */
bool zp_papers_print(const zp_papers *, const zp_papers_wish *, zp_press *, zp_error *);

/* codes.csv, by which a centre finds what the code of a paper belongs to (printed_codes.c); zp_papers_print writes it. */
bool zp_papers_codes(const zp_papers *, const zp_papers_wish *, zp_press *, zp_error *);

/* Papers that an earlier version of the year, a folder, has under the same number and that tell something else: names of measurands,
 * programme or organiser, or the seal, are not what they were. Gives: how many; *first: the file of one. */
size_t zp_papers_differing(const zp_papers *, const zp_papers_wish *, const char *earlier, const char **first);

#define ZP_PAPERS_SEAL_MOST (4u << 20)

#endif
