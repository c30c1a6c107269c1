/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of certificates, rules/certificates/NAME.xml or a centre's own file (docs/formats/certificate.md), read and checked. */
#ifndef ZP_BOOK_CERTIFICATE_H
#define ZP_BOOK_CERTIFICATE_H

#include "book/shelf.h"
#include "model/template.h"

/* Read a template with the images beside it. A name stands for certificates/NAME.xml of the rules, one that ends in ".xml" is a path.
 * Gives: carved from the arena; NULL when anything was wrong, which is told. The files that it consists of are added to `files`. */
const zp_template *zp_certificate_read(zp_arena *, const char *rules_dir, const char *name_or_path, zp_inputs *files, zp_problems *);

/* The names of the templates of the rules, "annual, recognition, ..."; "" when there are none (certificate_words.c). */
const char *zp_certificate_names(zp_arena *, const char *rules_dir);

/* The same of a round, where a name that ends in ".xml" is a file of the round folder; files go on the shelf's record.
 * Gives: NULL when anything was wrong; *missing is the file that was looked for and is not there, else NULL. */
const zp_template *zp_certificate_of_round(zp_shelf *, const char *name, const char **missing, zp_problems *);

/* Texts with fields in braces, of a template of some kind (certificate_words.c). */
typedef struct zp_piece_list { const zp_template_piece *at; size_t n; } zp_piece_list;
bool zp_certificate_pieces(const zp_reader *, const zp_element *, const char *attribute, zp_template_kind, zp_piece_list *out);
/* The field that an attribute names. */
bool zp_certificate_field(const zp_reader *, const zp_element *, const char *attribute, zp_template_kind, zp_template_field *out);

/* A drawing in a small part of SVG (drawing.c). Gives: NULL when it cannot be used, which is told. */
const zp_drawing *zp_drawing_read(zp_arena *, const char *path, const char *file, zp_input *record, zp_problems *);
/* "#1B4B5F". */
bool zp_colour_read(const char *text, unsigned *out);

#endif
