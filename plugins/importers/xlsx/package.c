/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package.h"
#include <stdlib.h>
#include <strings.h>
#include <zip.h>

#define LOCAL 30u
#define DIRECTORY 46u
#define END 22u
#define DESCRIPTOR 16u
#define CHUNK (64u << 10)

enum { FLAG_LOCKED = 1, FLAG_DEFLATE = 2 | 4, FLAG_DESCRIPTOR = 8, FLAG_UTF8 = 2048 };

#define CORRECT "; open it in Excel or WPS and save it again as .xlsx"

static unsigned get2(const char *p)
{
	return (unsigned)(unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
}

static uint32_t get4(const char *p)
{
	return get2(p) | (uint32_t)get2(p + 2) << 16;
}

/* What an entry and its line of the directory say alike. */
typedef struct entry {
	unsigned flags, method;
	uint32_t crc, packed, size;
	zp_text name;
} entry;

static bool is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

/* ---- names ---- */

/* Characters that every system writes alike, no way out of the package, no empty step. */
static bool name_is_safe(zp_text name)
{
	if (name.n == 0 || name.n > ZP_PART_NAME || name.p[0] == '/')
		return false;
	size_t step = 0;
	for (size_t i = 0; i <= name.n; i++) {
		char c = i < name.n ? name.p[i] : '/';
		if (c == '/') {
			bool dots = (step == 1 && name.p[i - 1] == '.') || (step == 2 && name.p[i - 1] == '.' && name.p[i - 2] == '.');
			if (dots || (step == 0 && i < name.n))
				return false;
			step = 0;
			continue;
		}
		if (c < ' ' || c > '~' || strchr("\\:*?\"<>|", c))
			return false;
		step++;
	}
	return true;
}

static int compare_names(const void *a, const void *b)
{
	return strcasecmp((*(zp_part *const *)a)->name, (*(zp_part *const *)b)->name);
}

static bool names_differ(zp_package *k)
{
	zp_part **sorted = malloc(k->n * sizeof *sorted);
	if (!sorted)
		return zp_xlsx_refuse(k->r, 0, 0, "there is not enough memory to read the workbook");
	for (size_t i = 0; i < k->n; i++)
		sorted[i] = &k->parts[i];
	qsort(sorted, k->n, sizeof *sorted, compare_names);
	const char *twice = NULL;
	for (size_t i = 1; !twice && i < k->n; i++)
		twice = compare_names(&sorted[i - 1], &sorted[i]) == 0 ? sorted[i]->name : NULL;
	free(sorted);
	return twice ? zp_xlsx_refuse(k->r, 0, 0, "the part %s is in the workbook twice" CORRECT, twice) : true;
}

/* ---- the form ---- */

/* Additional fields that are known to say nothing about content: times, owners, padding. */
static bool extra_is_harmless(const char *p, size_t n)
{
	static const unsigned known[] = { 0xA220, 0x5455, 0x5855, 0x7855, 0x7875, 0x000A, 0xCAFE, 0x4949 };
	while (n >= 4) {
		unsigned id = get2(p), length = get2(p + 2);
		bool found = false;
		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			found |= known[i] == id;
		if (!found || length > n - 4)
			return false;
		p += 4 + length;
		n -= 4 + length;
	}
	return n == 0;
}

static bool check_entry(zp_package *k, const entry *e, bool folder)
{
	int shown = zp_shown(e->name);
	if (e->flags & FLAG_LOCKED)
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s is locked by a password; save the workbook without one", shown, e->name.p);
	if (e->flags & ~(unsigned)(FLAG_DEFLATE | FLAG_DESCRIPTOR | FLAG_UTF8))
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s has unusual flags (%04X)" CORRECT, shown, e->name.p, e->flags);
	if (e->method != 0 && e->method != 8)
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s is compressed by method %u; expected 8 (deflate) or 0" CORRECT, shown, e->name.p, e->method);
	if (e->packed == UINT32_MAX || e->size == UINT32_MAX)
		return zp_xlsx_refuse(k->r, 0, 0, "it is a ZIP archive for files above 4 GiB (zip64)" CORRECT);
	if (e->method == 0 && e->packed != e->size)
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s gives two sizes, %u and %u bytes", shown, e->name.p, e->packed, e->size);
	if (folder && e->size)
		return zp_xlsx_refuse(k->r, 0, 0, "its folder %.*s has content", shown, e->name.p);
	if (e->size > ZP_PART_INFLATED)
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s has %u bytes when unpacked; the most is %u MiB", shown, e->name.p, e->size,
				 ZP_PART_INFLATED >> 20);
	if (e->size > ZP_PART_SMALL && e->size / ZP_PART_RATIO > e->packed)
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s grows from %u to %u bytes when unpacked, more than %u times; it is not read", shown,
				 e->name.p, e->packed, e->size, ZP_PART_RATIO);
	return true;
}

/* The entry at `at` agrees with its line of the directory. Gives: where the next begins; 0 when refused. */
static size_t check_local(zp_package *k, const entry *e, size_t at, size_t stop)
{
	const char *p = k->bytes.p + at;
	int shown = zp_shown(e->name);
	bool later = e->flags & FLAG_DESCRIPTOR; /* CRC and sizes follow the content */
	if (stop - at < LOCAL || get4(p) != 0x04034b50) {
		zp_xlsx_refuse(k->r, 0, 0, "its part %.*s does not begin where the directory says, right behind the one before" CORRECT, shown, e->name.p);
		return 0;
	}
	unsigned n_name = get2(p + 26), n_extra = get2(p + 28);
	size_t head = (size_t)LOCAL + n_name + n_extra;
	bool same = head <= stop - at && get2(p + 6) == e->flags && get2(p + 8) == e->method &&
		    zp_text_same((zp_text){ p + LOCAL, n_name }, e->name);
	bool sizes = get4(p + 14) == e->crc && get4(p + 18) == e->packed && get4(p + 22) == e->size;
	if (!same || !(sizes || (later && is_zero(p + 14, 12)))) {
		zp_xlsx_refuse(k->r, 0, 0, "its part %.*s is described in two ways, by the directory and by itself; the file is damaged or made up",
			  shown, e->name.p);
		return 0;
	}
	if (!extra_is_harmless(p + LOCAL + n_name, n_extra)) {
		zp_xlsx_refuse(k->r, 0, 0, "its part %.*s has additional fields that are not known" CORRECT, shown, e->name.p);
		return 0;
	}
	size_t need = head + e->packed + (later ? DESCRIPTOR : 0);
	if (need > stop - at) {
		zp_xlsx_refuse(k->r, 0, 0, "its part %.*s is cut short", shown, e->name.p);
		return 0;
	}
	const char *after = p + head + e->packed;
	if (later && !(get4(after) == 0x08074b50 && get4(after + 4) == e->crc && get4(after + 8) == e->packed && get4(after + 12) == e->size)) {
		zp_xlsx_refuse(k->r, 0, 0, "its part %.*s is described in two ways, before and behind its content", shown, e->name.p);
		return 0;
	}
	return at + need;
}

/* One line of the directory at *at, and the entry that it is of, which must begin at *next. */
static bool take_line(zp_package *k, size_t *at, size_t end, size_t *next, size_t directory)
{
	const char *p = k->bytes.p + *at;
	if (end - *at < DIRECTORY || get4(p) != 0x02014b50)
		return zp_xlsx_refuse(k->r, 0, 0, "its directory is damaged after %zu parts", k->n);
	size_t n_name = get2(p + 28), n_extra = get2(p + 30), n_comment = get2(p + 32);
	if (n_name + n_extra + n_comment > end - *at - DIRECTORY)
		return zp_xlsx_refuse(k->r, 0, 0, "its directory is damaged after %zu parts", k->n);
	entry e = { get2(p + 8), get2(p + 10), get4(p + 16), get4(p + 20), get4(p + 24), { p + DIRECTORY, n_name } };
	bool folder = n_name && e.name.p[n_name - 1] == '/';
	if (!name_is_safe(e.name))
		return zp_xlsx_refuse(k->r, 0, 0, "its part %zu has a name that no workbook has: with a way out of the package, or characters other "
				 "than ASCII", k->n + 1);
	unsigned mode = get4(p + 38) >> 28;
	if (n_comment || get2(p + 34) || !extra_is_harmless(p + DIRECTORY + n_name, n_extra))
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s has a comment or additional fields that are not known" CORRECT, zp_shown(e.name), e.name.p);
	if (p[5] == 3 && mode != 0 && mode != (folder ? 4 : 8))
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s is a link or a device, and no file", zp_shown(e.name), e.name.p);
	if (!check_entry(k, &e, folder))
		return false;
	if (get4(p + 42) != *next)
		return zp_xlsx_refuse(k->r, 0, 0, "its part %.*s does not begin right behind the one before: something lies between them, or they "
				 "overlap" CORRECT, zp_shown(e.name), e.name.p);
	*next = check_local(k, &e, *next, directory);
	if (!*next)
		return false;
	char *name = k->r->host->take(k->r->host, n_name + 1);
	if (!name)
		return zp_xlsx_refuse(k->r, 0, 0, "there is not enough memory to read the workbook");
	memcpy(name, e.name.p, n_name);
	k->parts[k->n++] = (zp_part){ .name = name, .packed = e.packed, .size = e.size, .crc = e.crc, .folder = folder };
	*at += DIRECTORY + n_name + n_extra;
	return true;
}

/* The end record ends the file. Gives: false when there is none there. */
static bool find_end(zp_package *k, size_t *directory, size_t *count)
{
	zp_text b = k->bytes;
	if (b.n < END)
		return zp_xlsx_refuse(k->r, 0, 0, "it is cut short: it has %zu bytes", b.n);
	const char *p = b.p + b.n - END;
	if (get4(p) != 0x06054b50) {
		if (memmem(b.p, b.n, "PK\5\6", 4))
			return zp_xlsx_refuse(k->r, 0, 0, "something follows the end of the workbook: other bytes, a comment, or a second file" CORRECT);
		return zp_xlsx_refuse(k->r, 0, 0, "it is cut short or damaged: a ZIP archive without an end; send the file again");
	}
	size_t size = get4(p + 12);
	*directory = get4(p + 16);
	*count = get2(p + 8);
	if (get4(p + 4) || get2(p + 10) != *count || get2(p + 20))
		return zp_xlsx_refuse(k->r, 0, 0, "the end of its directory is damaged, or it is one of several files");
	if (*directory == UINT32_MAX || *count == 0xFFFF)
		return zp_xlsx_refuse(k->r, 0, 0, "it is a ZIP archive for files above 4 GiB (zip64)" CORRECT);
	if (*directory > b.n - END || size != b.n - END - *directory)
		return zp_xlsx_refuse(k->r, 0, 0, "its directory does not lie where its end says: something was put before, between or behind" CORRECT);
	if (*count == 0 || *count > ZP_PACKAGE_PARTS)
		return zp_xlsx_refuse(k->r, 0, 0, "it has %zu parts; the most is %u", *count, ZP_PACKAGE_PARTS);
	return true;
}

static bool check_form(zp_package *k)
{
	size_t directory = 0, count = 0, next = 0, end = k->bytes.n - END;
	if (!find_end(k, &directory, &count))
		return false;
	size_t at = directory;
	uint64_t all = 0;
	k->parts = k->r->host->take(k->r->host, count * sizeof *k->parts);
	if (!k->parts)
		return zp_xlsx_refuse(k->r, 0, 0, "there is not enough memory to read the workbook");
	while (k->n < count) {
		if (!take_line(k, &at, end, &next, directory))
			return false;
		all += k->parts[k->n - 1].size;
	}
	if (at != end || next != directory)
		return zp_xlsx_refuse(k->r, 0, 0, "its directory and its parts do not fill the file: something lies between them" CORRECT);
	if (all > ZP_PACKAGE_INFLATED)
		return zp_xlsx_refuse(k->r, 0, 0, "it has %llu bytes when unpacked; the most is %u MiB", (unsigned long long)all,
				 ZP_PACKAGE_INFLATED >> 20);
	return names_differ(k);
}

/* ---- content ---- */

static bool open_zip(zp_package *k)
{
	zip_source_t *source = zip_source_buffer_create(k->bytes.p, k->bytes.n, 0, NULL);
	if (!source)
		return zp_xlsx_refuse(k->r, 0, 0, "there is not enough memory to read the workbook");
	k->zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	if (!k->zip) {
		zip_source_free(source);
		return zp_xlsx_refuse(k->r, 0, 0, "it is a damaged ZIP archive");
	}
	if (zip_get_num_entries(k->zip, 0) != (zip_int64_t)k->n)
		return zp_xlsx_refuse(k->r, 0, 0, "it is a damaged ZIP archive: two counts of its parts differ");
	return true;
}

bool zp_package_open(zp_package *k, zp_reading *r, zp_text bytes)
{
	*k = (zp_package){ .r = r, .bytes = bytes };
	return check_form(k) && open_zip(k);
}

void zp_package_close(zp_package *k)
{
	if (k->zip)
		zip_discard(k->zip);
	k->zip = NULL;
}

zp_part *zp_package_find(const zp_package *k, zp_text name)
{
	for (size_t i = 0; i < k->n; i++)
		if (zp_text_is(name, k->parts[i].name))
			return &k->parts[i];
	return NULL;
}

/* A full chunk, or what is left. Gives: -1 when content or CRC are wrong. */
static zip_int64_t read_chunk(zip_file_t *f, char *chunk)
{
	size_t n = 0;
	while (n < CHUNK) {
		zip_int64_t got = zip_fread(f, chunk + n, CHUNK - n);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (zip_int64_t)n;
}

bool zp_package_inflate(zp_package *k, const zp_part *part, zp_take_bytes *take, void *self)
{
	char chunk[CHUNK];
	zip_file_t *f = zip_fopen_index(k->zip, (zip_uint64_t)(part - k->parts), 0);
	uint64_t seen = 0;
	zip_int64_t n = f ? 0 : -1;
	bool good = true;
	while (f && good && (n = read_chunk(f, chunk)) > 0) {
		seen += (uint64_t)n;
		if (seen > part->size)
			break;
		good = take(self, chunk, (size_t)n);
	}
	if (f)
		zip_fclose(f);
	if (!good)
		return false;
	if (n < 0 || seen != part->size)
		return zp_xlsx_refuse(k->r, 0, 0, "its part %s is damaged: its content is not what its size and CRC say; send the file again", part->name);
	return true;
}

/* ---- proof ---- */

typedef struct look {
	zp_package *k;
	const zp_part *part;
	bool xml;
	char last[8]; /* of the chunk before */
	size_t n_last;
} look;

static bool ends_in(const char *name, const char *ending)
{
	size_t n = strlen(name), m = strlen(ending);
	return n >= m && strcasecmp(name + n - m, ending) == 0;
}

/* "<!DOCTYPE" also where two chunks meet. */
static bool look_at(void *self, const char *bytes, size_t n)
{
	look *l = self;
	if (!l->xml)
		return true;
	char seam[16];
	size_t more = n < 8 ? n : 8;
	memcpy(seam, l->last, l->n_last);
	memcpy(seam + l->n_last, bytes, more);
	if (memmem(seam, l->n_last + more, "<!DOCTYPE", 9) || memmem(bytes, n, "<!DOCTYPE", 9))
		return zp_xlsx_refuse(l->k->r, 0, 0, "its part %s has a document type (<!DOCTYPE); no workbook has one", l->part->name);
	l->n_last = more;
	memcpy(l->last, bytes + n - more, more);
	return true;
}

bool zp_package_prove(zp_package *k)
{
	for (size_t i = 0; i < k->n; i++) {
		const zp_part *p = &k->parts[i];
		look l = { .k = k, .part = p, .xml = ends_in(p->name, ".xml") || ends_in(p->name, ".rels") || ends_in(p->name, ".vml") };
		if (!p->folder && !zp_package_inflate(k, p, look_at, &l))
			return false;
	}
	return true;
}

void zp_package_libraries(void (*tell)(void *self, const char *library, const char *version), void *self)
{
	tell(self, "libzip", zip_libzip_version());
}
