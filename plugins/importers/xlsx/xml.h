/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of XML as a stream of elements: inflated, looked at by scan.h, then read by libxml2, chunk by chunk. */
#ifndef ZP_XLSX_XML_H
#define ZP_XLSX_XML_H

#include "package.h"

#define ZP_NS_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define ZP_NS_STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define ZP_NS_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define ZP_NS_RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"
#define ZP_NS_TYPES "http://schemas.openxmlformats.org/package/2006/content-types"

/* The attributes of one element; lent for one call. */
typedef struct zp_attributes { int n; const void *at; } zp_attributes;

/* An attribute's value, without entities; .p NULL when it is not there. */
zp_text zp_xlsx_attribute(const zp_attributes *, const char *name);
/* The same of an attribute in the namespace of relationships: r:id. */
zp_text zp_attribute_office(const zp_attributes *, const char *name);
/* "1" or "true". */
bool zp_attribute_true(const zp_attributes *, const char *name);
/* Plain digits, at most `most`. Gives: -1 when it is anything else; `absent` when it is not there. */
long zp_attribute_count(const zp_attributes *, const char *name, long most, long absent);

typedef enum zp_step { ZP_STOP, ZP_INTO, ZP_OVER } zp_step; /* what to do with an element: refused; read what is in it; pass over */

/* Who is told. Elements of other namespaces than `space` are passed over with all they hold. */
typedef struct zp_listener {
	void *self;
	const char *space, *root;
	const char *never; /* an element that must not lie in what is passed over; NULL: none */
	zp_step (*start)(void *self, const char *name, const zp_attributes *);
	bool (*end)(void *self, const char *name);  /* false: refused */
	bool (*text)(void *self, zp_text);          /* in pieces; may be NULL */
} zp_listener;

/* Gives: false when the part was refused, by this or by the listener. The root is not told; it must be `root`. */
bool zp_xml_part(zp_package *, const zp_part *, const zp_listener *);

/* Nothing but blanks. */
bool zp_is_blank(zp_text);

#endif
