/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parts a workbook may have, what they are, and how they refer to each other. */
#ifndef ZP_XLSX_PARTS_H
#define ZP_XLSX_PARTS_H

#include "xml.h"

#define ZP_RELATIONS 2000u

typedef struct zp_relation {
	const char *id, *type, *target; /* type: the last word of its address, "worksheet" */
	zp_part *part;                  /* NULL when there is none of that name */
} zp_relation;

typedef struct zp_relations {
	zp_relation *of;
	size_t n;
} zp_relations;

/* Every part is on the closed list. Needs: a proven package. */
bool zp_parts_allowed(zp_package *);
/* [Content_Types].xml: sets each part's type. */
bool zp_parts_typed(zp_package *);
/* What `part`, a ".rels" in `folder`, tells. Targets outside of the workbook are refused; those of hyperlinks in sheets and drawings are
 * of no concern, for nobody follows them. */
bool zp_relations_read(zp_package *, const zp_part *part, zp_text folder, zp_relations *);
/* The same of every part of relations, only to see whether they may be there. */
bool zp_relations_allowed(zp_package *);

#endif
