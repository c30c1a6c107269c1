/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The package: a ZIP archive in one canonical form, and the parts in it.
 *
 * Many bytes of an archive can be said in more ways than one, and programs differ in which they believe. So its form is checked here,
 * byte for byte, before libzip sees it: entries stand one after the other from the first byte of the file to the directory, the
 * directory to its end record, and that ends the file; what an entry says of itself is what the directory says of it.
 * libzip inflates, and checks the CRC. Nothing is ever written to a disk. */
#ifndef ZP_XLSX_PACKAGE_H
#define ZP_XLSX_PACKAGE_H

#include "reading.h"

#define ZP_PACKAGE_PARTS 1000u
#define ZP_PACKAGE_INFLATED (64u << 20) /* all parts together */
#define ZP_PART_INFLATED (32u << 20)
#define ZP_PART_RATIO 200u      /* to 1, of parts above ZP_PART_SMALL */
#define ZP_PART_SMALL (1u << 20)
#define ZP_PART_NAME 255u

typedef struct zp_part {
	char *name;              /* "xl/workbook.xml" */
	uint32_t packed, size, crc;
	bool folder;
	const char *type;        /* from [Content_Types].xml; NULL before that is read */
	bool used;               /* a sheet that the workbook lists */
} zp_part;

typedef struct zp_package {
	zp_reading *r;
	zp_text bytes;
	zp_part *parts;
	size_t n;
	void *zip; /* libzip's */
} zp_package;

/* Check the form. Needs: bytes that begin as a ZIP archive does. To be closed also when it fails. */
bool zp_package_open(zp_package *, zp_reading *, zp_text bytes);
/* Inflate every part once: sizes and CRC are as the directory says, within the limits, and no part of XML has a document type. */
bool zp_package_prove(zp_package *);
void zp_package_close(zp_package *);

/* NULL when there is none of exactly that name. */
zp_part *zp_package_find(const zp_package *, zp_text name);

/* Hand a part's bytes to `take`, some 64 KiB at a time and not fewer before the last. Gives: false when take did, or refused. */
typedef bool zp_take_bytes(void *self, const char *bytes, size_t n);
bool zp_package_inflate(zp_package *, const zp_part *, zp_take_bytes *take, void *self);

/* For the descriptor of the importer. */
void zp_package_libraries(void (*tell)(void *self, const char *library, const char *version), void *self);

#endif
