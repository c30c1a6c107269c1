/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people write to an answer of a scale: by exact tables, never by a part of a text. */
#include <stdio.h>
#include "book/scale.h"

#define KNOWN_TOLD 12
#define TITRES_TOLD 5

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The number at the start of the text without zeros that say nothing. Gives: how many bytes of it were taken. */
static size_t plain_number(zp_text text, char *out, size_t *length)
{
	size_t n = 0, first = 0;
	bool point = false;
	while (n < text.n && (is_digit(text.p[n]) || (text.p[n] == '.' && !point && n && n + 1 < text.n && is_digit(text.p[n + 1]))))
		point |= text.p[n++] == '.';
	size_t last = n;
	while (point && text.p[last - 1] == '0')
		last--;
	if (point && text.p[last - 1] == '.')
		last--;
	while (first + 1 < last && text.p[first] == '0' && is_digit(text.p[first + 1]))
		first++;
	memcpy(out, text.p + first, last - first);
	*length = last - first;
	return n;
}

/* The micro sign, or the Greek letter that looks like it. */
static bool is_micro(const char *p, size_t n) { return n >= 2 && (memcmp(p, "\xC2\xB5", 2) == 0 || memcmp(p, "\xCE\xBC", 2) == 0); }

/* U+2010 to U+2015 and U+2212, three bytes each. */
static bool is_dash(const char *p, size_t n)
{
	return n >= 3 && ((memcmp(p, "\xE2\x80", 2) == 0 && (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0x95) || memcmp(p, "\xE2\x88\x92", 3) == 0);
}

zp_text zp_scale_key(zp_text text, bool case_matters, char out[static ZP_SCALE_KEY_BYTES])
{
	char folded[ZP_SCALE_KEY_BYTES];
	size_t n = 0;
	text = zp_text_trim(text);
	if (text.n > sizeof folded)
		return (zp_text){ NULL, 0 };
	text = zp_text_trim((zp_text){ folded, zp_text_fold(text, folded) });
	for (size_t i = plain_number(text, out, &n); i < text.n; i++) {
		const char c = text.p[i];
		if (c == ' ' || c == '\t')
			continue;
		if (is_micro(text.p + i, text.n - i)) { /* 25 Leu/µL, whichever of the two signs, and 25 Leu/uL */
			out[n++] = 'u';
			i++;
			continue;
		}
		if (n && is_dash(text.p + i, text.n - i)) { /* 抗—D; one that stands alone is no minus */
			out[n++] = '-';
			i += 2;
			continue;
		}
		out[n++] = !case_matters && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return (zp_text){ out, n };
}

uint32_t zp_scale_find(const zp_scale *s, const zp_strip *strip, zp_text text)
{
	char room[ZP_SCALE_KEY_BYTES];
	const zp_text key = zp_scale_key(text, s->case_matters, room);
	if (!key.p || !key.n)
		return ZP_NO_NAME;
	const uint32_t own = strip ? zp_names_find(strip->names, key) : ZP_NO_NAME;
	return own != ZP_NO_NAME ? own : zp_names_find(s->names, key);
}

/* The length of what stands between two members at the start of the text; 0 when nothing does. */
static size_t separator(zp_text text)
{
	static const char *const marks[] = { "+", ",", ";", "/", "&", "、", "，", "；", "＋", "／", "和", "及", "与", " and " };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (text.n >= strlen(marks[i]) && memcmp(text.p, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

static bool add_member(const zp_scale *s, const zp_strip *strip, zp_text part, int64_t *reply, zp_text *unknown)
{
	const uint32_t answer = zp_scale_find(s, strip, part);
	*unknown = zp_text_trim(part);
	if (answer == ZP_NO_NAME || s->answers[answer].side == ZP_SIDE_NEGATIVE) /* "none" beside others says nothing */
		return false;
	*reply |= INT64_C(1) << answer;
	return true;
}

/* Members without a mark between them, "抗-D 抗-E" or "抗D抗E": the text again, by its blanks, and before each 抗. */
static bool add_members(const zp_scale *s, const zp_strip *strip, zp_text part, int64_t *reply, zp_text *unknown)
{
	if (add_member(s, strip, part, reply, unknown))
		return true;
	size_t from = 0, n = 0;
	part = zp_text_trim(part);
	for (size_t i = 1; i <= part.n; i++) {
		const bool blank = i < part.n && part.p[i] == ' ';
		if (i < part.n && !blank && !(part.n - i > 3 && memcmp(part.p + i, "抗", 3) == 0))
			continue;
		const zp_text one = zp_text_trim((zp_text){ part.p + from, i - from });
		from = i;
		if (!one.n)
			continue;
		if (one.n == part.n || !add_member(s, strip, one, reply, unknown)) {
			*unknown = part;
			return false;
		}
		n++;
	}
	return n > 1;
}

bool zp_scale_reply(const zp_scale *s, const zp_strip *strip, zp_text text, int64_t *reply, zp_text *unknown)
{
	const uint32_t whole = zp_scale_find(s, strip, text);
	*unknown = zp_text_trim(text);
	*reply = whole;
	if (!zp_scale_is_set(s))
		return whole != ZP_NO_NAME;
	*reply = 0;
	if (whole != ZP_NO_NAME)
		return s->answers[whole].side == ZP_SIDE_NEGATIVE || add_member(s, strip, text, reply, unknown);
	for (size_t from = 0, i = 0; i <= text.n;) {
		const size_t mark = i < text.n ? separator((zp_text){ text.p + i, text.n - i }) : 0;
		if (i < text.n && !mark) {
			i++;
			continue;
		}
		if (!add_members(s, strip, (zp_text){ text.p + from, i - from }, reply, unknown))
			return false;
		from = i = i + (mark ? mark : 1);
	}
	return true;
}

bool zp_scale_stated(const zp_reader *r, const zp_element *e, const char *attribute, const zp_measurand *m, int64_t *reply)
{
	char known[600];
	zp_text unknown;
	if (zp_scale_reply(m->scale, NULL, zp_text_of(zp_attribute_of(e, attribute)), reply, &unknown))
		return true;
	return zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\", which is no answer of %s; expected %s", attribute, e->name,
			 zp_text_show(r->arena, unknown), m->code, zp_scale_known(m->scale, NULL, known, sizeof known));
}

const zp_strip *zp_scale_strip(const zp_scale *s, zp_text maker)
{
	char room[ZP_SCALE_KEY_BYTES];
	if (!s->n_strips)
		return NULL;
	const zp_text key = zp_scale_key(maker, false, room);
	const uint32_t strip = key.p && key.n ? zp_names_find(s->makers, key) : ZP_NO_NAME;
	return strip == ZP_NO_NAME ? NULL : &s->strips[strip];
}

/* Whether answer i may be told of: it is on the strip. */
static bool on(const zp_strip *strip, uint32_t i)
{
	return !strip || strip->answers & UINT64_C(1) << i;
}

/* One more name, whole or not at all, with room behind it for how many there are. Gives: whether there was room for it. */
static bool tell(char *out, size_t size, size_t *n, const char *joint, const char *name)
{
	static const char rest[] = " … (2000)";
	if (*n + strlen(joint) + strlen(name) + sizeof rest > size)
		return false;
	*n += (size_t)snprintf(out + *n, size - *n, "%s%s", joint, name);
	return true;
}

/* Dilutions go on as they begin: "阴性, 1:1, 1:2, 1:4 … 1:4096". */
static void known_titres(const zp_scale *s, char *out, size_t size)
{
	size_t n = 0;
	for (uint32_t i = 0; i < TITRES_TOLD && tell(out, size, &n, i ? ", " : "", s->answers[i].name);)
		i++;
	tell(out, size, &n, " … ", s->answers[s->n - 1].name);
}

const char *zp_scale_known(const zp_scale *s, const zp_strip *strip, char *out, size_t size)
{
	size_t n = 0, told = 0, all = 0;
	for (uint32_t i = 0; i < s->n; i++)
		all += on(strip, i);
	*out = '\0';
	if (s->kind == ZP_SCALE_TITRE && !strip && s->n > TITRES_TOLD + 1) {
		known_titres(s, out, size);
		return out;
	}
	for (uint32_t i = 0; i < s->n && told < KNOWN_TOLD; i++) {
		if (!on(strip, i))
			continue;
		if (!tell(out, size, &n, told == 0 ? "" : told + 1 == all ? " or " : ", ", s->answers[i].name))
			break;
		told++;
	}
	if (told < all)
		snprintf(out + n, size - n, "%s… (%zu)", told ? " " : "", all);
	return out;
}
