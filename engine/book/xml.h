/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XML files, read with limits into a plain tree. Nothing of libxml2 shows here, and nothing of it lives on.
 *
 * Data stands in attributes: text between tags, namespaces, processing instructions and document types
 * are refused, and so is anything but UTF-8. */
#ifndef ZP_BOOK_XML_H
#define ZP_BOOK_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/input.h"
#include "base/problems.h"
#include "base/text.h"
#include "base/xml_scan.h"

#define ZP_XML_ATTRIBUTES 96u       /* of an element; <choices> alone can have seventy */
#define ZP_XML_ELEMENTS (256u << 10) /* of a file */

typedef struct zp_attribute {
	const char *name;
	const char *value; /* UTF-8, NUL-terminated, no control characters */
} zp_attribute;

typedef struct zp_element {
	const char *name;
	const zp_attribute *attributes; /* in the order of the file */
	uint32_t n_attributes;
	uint32_t line, column;         /* of its '<', from 1; the column counts characters */
	struct zp_element *first, *next; /* child, sibling; NULL when there is none */
} zp_element;

typedef struct zp_xml {
	const char *file; /* for messages, relative to the round or rules folder */
	const zp_element *root;
	zp_text bytes; /* what was parsed */
	zp_input input; /* its fingerprint; the name is `file` */
} zp_xml;

/* Read the file at `path`; messages call it `file`.
 * Gives: the tree, carved from the arena; NULL when the file cannot be read or is not such XML, and
 *        `problems` says why. */
const zp_xml *zp_xml_read(zp_arena *, const char *path, const char *file, zp_problems *);

/* The same of a file that others define, such as a drawing: elements of a namespace with a prefix are called "prefix:name", text between
 * tags is passed over. */
const zp_xml *zp_xml_read_foreign(zp_arena *, const char *path, const char *file, zp_problems *);

/* The net below the readers: RELAX NG (XML syntax). One problem for each line that breaks the schema.
 * Needs: a tree from zp_xml_read; schema_path is called `schema` in messages; record may be NULL.
 * Gives: false when the file does not follow the schema, or the schema cannot be read. */
bool zp_xml_validate(zp_arena *, const zp_xml *, const char *schema_path, const char *schema, zp_input *record,
		     zp_problems *);

/* The limits that hold before a parser may see the bytes, and the place of each start tag in their order.
 * Gives: NULL when a limit is broken. `n` is the count of start tags. */
const zp_place *zp_xml_scan(zp_arena *, zp_text bytes, const char *file, size_t *n, zp_problems *);

const char *zp_xml_library(void); /* the version of libxml2 that runs, as it tells it: 20914 is 2.9.14 */

#endif
