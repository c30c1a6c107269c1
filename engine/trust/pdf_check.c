/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/pdf_check.h"
#include <stdlib.h>
#include <string.h>
#include <openssl/err.h>
#include "base/instant.h"
#include "base/utf8.h"
#include "trust/cms.h"
#include "trust/keylist.h"
#include "trust/pdf_form.h"

#define MESSAGE_MOST 65536 /* bytes of a CMS message */
#define WINDOW 16384       /* before the numbers, in which the rest of the signature's dictionary stands */
#define NONE ((size_t)-1)

typedef struct checking {
	zp_arena *arena;
	zp_text file;
	zp_pdf_found *found;
	size_t range;       /* where the numbers stand */
	size_t open, close; /* where < is, and the first byte behind > */
} checking;

static bool found_as(checking *c, zp_pdf_state state)
{
	c->found->state = state;
	return false;
}

#define ALTERED(c, ...) (zp_fail(&(c)->found->why, ZP_BAD_INPUT, NULL, 0, __VA_ARGS__), found_as((c), ZP_PDF_ALTERED))

static size_t last_place(zp_text t, const char *word)
{
	const size_t n = strlen(word);
	for (size_t end = t.n; end >= n && n;) {
		const char *p = memrchr(t.p, word[0], end - n + 1);
		if (!p)
			return NONE;
		if (memcmp(p, word, n) == 0)
			return (size_t)(p - t.p);
		end = (size_t)(p - t.p) + n - 1;
	}
	return NONE;
}

static bool stands(const checking *c, size_t at, const char *word)
{
	const size_t n = strlen(word);
	return at <= c->file.n && c->file.n - at >= n && memcmp(c->file.p + at, word, n) == 0;
}

/* ---- where the signature is ---- */

/* What of our form is there, when it is not there as a whole: two pieces of it are ours, altered. */
static int traces(zp_text t)
{
	static const char *const words[] = { "/Filter /Adobe.PPKLite\n   /SubFilter", "/SubFilter /ETSI.CAdES.detached\n   /Name <FEFF", "Z)\n   /ByteRange [0 ", "]     ", "   /Contents <308" };
	int n = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		n += last_place(t, words[i]) != NONE;
	return n;
}

static bool no_signature(checking *c)
{
	if (traces(c->file) >= 2)
		return ALTERED(c, "the dictionary of the signature is damaged");
	if (last_place(c->file, "/ByteRange") != NONE)
		return found_as(c, ZP_PDF_FOREIGN);
	return found_as(c, ZP_PDF_UNSIGNED);
}

/* The last one: what was put behind it would be what a reader shows. */
static bool find_signature(checking *c)
{
	const size_t at = last_place(c->file, ZP_PDF_RANGE "[0 ");
	if (at == NONE)
		return no_signature(c);
	c->range = at + sizeof ZP_PDF_RANGE - 1;
	const size_t after = c->range + ZP_PDF_RANGE_WIDTH;
	if (!stands(c, after, ZP_PDF_CONTENTS "<"))
		return no_signature(c);
	c->open = after + sizeof ZP_PDF_CONTENTS - 1;
	const size_t from = c->open + 1, rest = c->file.n - from, most = rest < 2 * MESSAGE_MOST + 1 ? rest : 2 * MESSAGE_MOST + 1;
	const char *end = memchr(c->file.p + from, '>', most);
	if (!end)
		return ALTERED(c, "the signature at byte %zu has no end", c->open);
	c->close = (size_t)(end - c->file.p) + 1;
	return true;
}

/* The last number tells how long the file was. */
static size_t covered_end(const checking *c)
{
	size_t number = 0, numbers[4], n = 0;
	bool within = false;
	for (size_t i = c->range; i < c->range + ZP_PDF_RANGE_WIDTH && n < 4; i++) {
		const char digit = c->file.p[i];
		const bool is = digit >= '0' && digit <= '9';
		if (is)
			number = (within ? number * 10 : 0) + (size_t)(digit - '0');
		if (is && number > ZP_PDF_SIZE_MOST)
			return NONE;
		if (!is && within)
			numbers[n++] = number;
		within = is;
	}
	return n == 4 ? numbers[2] + numbers[3] : NONE;
}

/* The numbers cover everything but the text between < and >, and are spelled as we spell them. */
static bool check_range(checking *c)
{
	char expected[ZP_PDF_RANGE_WIDTH + 1];
	zp_pdf_range(c->open, c->close, c->file.n, expected);
	if (memcmp(c->file.p + c->range, expected, ZP_PDF_RANGE_WIDTH) == 0)
		return true;
	const size_t end = covered_end(c);
	zp_pdf_range(c->open, c->close, end > c->close && end != NONE ? end : c->close, expected);
	if (memcmp(c->file.p + c->range, expected, ZP_PDF_RANGE_WIDTH) != 0)
		return ALTERED(c, "the signature does not cover the whole file: its numbers at byte %zu are not those of its places", c->range);
	if (end < c->file.n)
		return ALTERED(c, "%zu bytes were added after it was signed, from byte %zu on", c->file.n - end, end);
	return ALTERED(c, "%zu bytes are missing at the end", end - c->file.n);
}

/* ---- what it says ---- */

static int hex_digit(char digit)
{
	return digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static bool read_message(checking *c, zp_cms_parts *parts)
{
	const size_t digits = c->close - c->open - 2;
	const char *p = c->file.p + c->open + 1;
	for (size_t i = 0; i < digits; i++)
		if (hex_digit(p[i]) < 0)
			return ALTERED(c, "the signature itself: byte %zu is no digit of it", c->open + 1 + i);
	uint8_t *bytes = zp_arena_take(c->arena, digits / 2 + 1);
	for (size_t i = 0; i < digits / 2; i++)
		bytes[i] = (uint8_t)(hex_digit(p[2 * i]) * 16 + hex_digit(p[2 * i + 1]));
	return (digits % 2 == 0 && zp_cms_read(bytes, digits / 2, parts)) || ALTERED(c, "the signature itself, between byte %zu and byte %zu, cannot be read", c->open, c->close);
}

/* UTF-16 in hexadecimal digits from `from` up to `stop`, as zp_pdf_sign wrote it. */
static const char *read_text(checking *c, size_t from, size_t stop)
{
	char *out = zp_arena_take(c->arena, stop - from + 1), *to = out;
	uint32_t high = 0;
	for (size_t i = from + 4; i + 4 <= stop; i += 4) { /* FEFF before it */
		uint32_t unit = 0;
		for (size_t k = 0; k < 4; k++) {
			const char digit = c->file.p[i + k];
			unit = unit * 16 + (uint32_t)(digit <= '9' ? digit - '0' : digit - 'A' + 10);
		}
		if (unit >= 0xD800 && unit < 0xDC00) {
			high = unit;
			continue;
		}
		const uint32_t ch = unit >= 0xDC00 && unit < 0xE000 ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : unit;
		if (ch < 0x80)
			*to++ = (char)ch;
		else if (ch < 0x800)
			*to++ = (char)(0xC0 | ch >> 6), *to++ = (char)(0x80 | (ch & 0x3F));
		else if (ch < 0x10000)
			*to++ = (char)(0xE0 | ch >> 12), *to++ = (char)(0x80 | (ch >> 6 & 0x3F)), *to++ = (char)(0x80 | (ch & 0x3F));
		else
			*to++ = (char)(0xF0 | (ch >> 18 & 7)), *to++ = (char)(0x80 | (ch >> 12 & 0x3F)), *to++ = (char)(0x80 | (ch >> 6 & 0x3F)), *to++ = (char)(0x80 | (ch & 0x3F));
	}
	return zp_text_is_plain((zp_text){ out, (size_t)(to - out) }) ? out : "";
}

/* Name, reason and date stand right before the numbers. What is signed by our key is in our form; still nothing is taken for granted. */
static bool read_words(checking *c)
{
	const size_t window = c->range < WINDOW ? c->range : WINDOW, base = c->range - window;
	const size_t start = last_place((zp_text){ c->file.p + base, window }, ZP_PDF_FILTER ZP_PDF_SUBFILTER ZP_PDF_NAME "FEFF");
	size_t at = start == NONE ? NONE : base + start + sizeof(ZP_PDF_FILTER ZP_PDF_SUBFILTER ZP_PDF_NAME) - 1, from[2], stop[2];
	for (int i = 0; i < 2 && at != NONE; i++) {
		from[i] = at;
		while (at < c->range && memchr("0123456789ABCDEF", c->file.p[at], 16))
			at++;
		stop[i] = at;
		const char *next = i ? ZP_PDF_DATE : ZP_PDF_REASON;
		at = stands(c, at, next) && (stop[i] - from[i]) % 4 == 0 ? at + strlen(next) : NONE;
	}
	int year, month, day;
	if (at == NONE || !stands(c, at + 8, ZP_PDF_NOON ZP_PDF_RANGE) || at + 8 + sizeof(ZP_PDF_NOON ZP_PDF_RANGE) - 1 != c->range)
		return found_as(c, ZP_PDF_FOREIGN);
	const char *d = c->file.p + at, *date = zp_arena_print(c->arena, "%.4s-%.2s-%.2s", d, d + 4, d + 6);
	if (!zp_date_read(zp_text_of(date), &year, &month, &day))
		return found_as(c, ZP_PDF_FOREIGN);
	c->found->date = date;
	c->found->name = read_text(c, from[0], stop[0]);
	c->found->reason = read_text(c, from[1], stop[1]);
	return true;
}

/* ---- who signed ---- */

static bool issued_by(X509 *certificate, const uint8_t key[static 32])
{
	EVP_PKEY *by = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, 32);
	const bool good = by && X509_verify(certificate, by) == 1;
	EVP_PKEY_free(by);
	ERR_clear_error();
	return good;
}

/* The key that the root certificate holds. */
static bool root_key(X509 *root, uint8_t key[static 32])
{
	size_t n = 32;
	const EVP_PKEY *own = X509_get0_pubkey(root);
	return own && EVP_PKEY_get_base_id(own) == EVP_PKEY_ED25519 && EVP_PKEY_get_raw_public_key(own, key, &n) == 1 && n == 32;
}

static bool find_key(checking *c, const zp_cms_parts *parts, const zp_keyring *ring)
{
	uint8_t key[32];
	for (size_t i = ring ? ring->n : 0; i-- > 0 && !c->found->key;)
		if (issued_by(parts->certificate, ring->keys[i].key))
			c->found->key = &ring->keys[i];
	/* The other certificate is signed by nobody but itself: it must be that of the same key. */
	const bool has = root_key(parts->root, key), own = has && issued_by(parts->root, key) && issued_by(parts->certificate, key);
	if (!own || (c->found->key && memcmp(key, c->found->key->key, sizeof key) != 0))
		return ALTERED(c, "the certificates within the signature do not belong together");
	zp_key_id(key, c->found->claimed);
	return true;
}

static void judge(checking *c, const zp_cms_parts *parts, const zp_keyring *ring)
{
	uint8_t digest[ZP_CMS_DIGEST];
	zp_pdf_found *found = c->found;
	if (!zp_cms_holds(parts)) {
		(void)ALTERED(c, "the signature itself, between byte %zu and byte %zu, does not hold", c->open, c->close);
	} else if (!zp_cms_digest(c->file.p, c->open, c->file.p + c->close, c->file.n - c->close, digest) || memcmp(digest, parts->digest, sizeof digest) != 0) {
		(void)ALTERED(c, "what is covered by the signature (byte 0 to %zu and byte %zu to %zu) is not what was signed", c->open, c->close, c->file.n);
	} else if (find_key(c, parts, ring) && read_words(c)) {
		found->state = !ring ? ZP_PDF_NOBODYS : found->key ? ZP_PDF_VALID : ZP_PDF_UNKNOWN;
		if (found->key && (found->belief = zp_key_believed(found->key, found->date, &found->why)) == ZP_NOT_BELIEVED)
			found->state = ZP_PDF_UNKNOWN;
	}
}

void zp_pdf_check(zp_arena *arena, zp_text file, const zp_keyring *ring, zp_pdf_found *found)
{
	checking c = { .arena = arena, .file = file, .found = found };
	zp_cms_parts parts;
	*found = (zp_pdf_found){ .name = "", .reason = "", .date = "", .belief = ZP_BELIEVED };
	if (file.n > ZP_PDF_SIZE_MOST)
		found->state = ZP_PDF_FOREIGN;
	else if (find_signature(&c) && check_range(&c) && read_message(&c, &parts)) {
		judge(&c, &parts, ring);
		zp_cms_free(&parts);
	}
}
