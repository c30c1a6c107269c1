/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chinese.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/words.h"

#define VALUES_MOST 8
#define VALUES_BYTES 1600
#define DEPTH_MOST 3 /* clauses within clauses */

static const zp_said *const tables[] = { zp_said_in_chinese, zp_said_of_rules };
#define TABLES (sizeof tables / sizeof *tables)

const char *zp_chinese(const char *english)
{
	for (size_t t = 0; t < TABLES; t++)
		for (const zp_said *s = tables[t]; s->english; s++)
			if (strcmp(s->english, english) == 0)
				return s->chinese;
	return NULL;
}

const char *zp_clause(const char *english)
{
	const char *chinese = zp_words_chinese() ? zp_chinese(english) : NULL;
	return chinese ? chinese : english;
}

/* What each conversion of a format gives, in turn. */
typedef struct values {
	const char *at[VALUES_MOST];
	size_t n, used;
	char bytes[VALUES_BYTES];
} values;

static void keep(values *v, const char *text, size_t length)
{
	size_t room = sizeof v->bytes - v->used - 1;
	if (length > room)
		length = room;
	char *to = v->bytes + v->used;
	memcpy(to, text, length);
	to[length] = '\0';
	v->at[v->n++] = to;
	v->used += length + (length < room);
}

static void keep_number(values *v, bool negative, uintmax_t size)
{
	char text[32];
	int n = snprintf(text, sizeof text, "%s%ju", negative ? "-" : "", size);
	keep(v, text, (size_t)n);
}

static void keep_whole(values *v, intmax_t number)
{
	keep_number(v, number < 0, number < 0 ? 0 - (uintmax_t)number : (uintmax_t)number);
}

/* The digits at *p, which moves on; none: preset. */
static int take_digits(const char **p, int preset)
{
	int n = 0;
	if (**p < '0' || **p > '9')
		return preset;
	for (; **p >= '0' && **p <= '9' && n < 1000; ++*p)
		n = 10 * n + (**p - '0');
	return n;
}

/* One conversion, p behind its %. Gives: its end; NULL for one that no message has. */
static const char *take_value(values *v, const char *p, va_list *list)
{
	int longs = 0, width = take_digits(&p, 0), most = -1;
	char text[400];
	if (p[0] == '.' && p[1] == '*') {
		most = va_arg(*list, int);
		p += 2;
	} else if (*p == '.') {
		p++;
		most = take_digits(&p, 0);
	}
	for (; *p == 'l'; p++)
		longs++;
	bool size = *p == 'z';
	p += size;
	switch (*p) {
	case 's': {
		const char *from = va_arg(*list, const char *);
		keep(v, from, most < 0 ? strlen(from) : strnlen(from, (size_t)most));
		break;
	}
	case 'c': {
		char c = (char)va_arg(*list, int);
		keep(v, &c, 1);
		break;
	}
	case 'd': keep_whole(v, longs > 1 ? va_arg(*list, long long) : longs ? va_arg(*list, long) : va_arg(*list, int)); break;
	case 'u':
		keep_number(v, false, size ? va_arg(*list, size_t) : longs > 1 ? va_arg(*list, unsigned long long) : longs ? va_arg(*list, unsigned long)
															     : va_arg(*list, unsigned));
		break;
	case 'X': keep(v, text, (size_t)snprintf(text, sizeof text, "%0*X", width < 16 ? width : 16, va_arg(*list, unsigned))); break;
	case 'g': keep(v, text, (size_t)snprintf(text, sizeof text, "%.*g", most < 0 || most > 17 ? 6 : most, va_arg(*list, double))); break;
	case 'f': keep(v, text, (size_t)snprintf(text, sizeof text, "%.*f", most < 0 || most > 15 ? 6 : most, va_arg(*list, double))); break;
	default: return NULL;
	}
	return p + 1;
}

static bool take_values(values *v, const char *fmt, va_list *list)
{
	for (const char *p = fmt; (p = strchr(p, '%'));) {
		if (p[1] == '%') {
			p += 2;
			continue;
		}
		if (v->n == VALUES_MOST || v->used + 1 >= sizeof v->bytes || !(p = take_value(v, p + 1, list)))
			return false;
	}
	return true;
}

/* Where the Chinese goes. */
typedef struct page { char *out; size_t size, n; } page;

static void put(page *to, const char *text, size_t n)
{
	size_t room = to->size - to->n - 1;
	if (n > room)
		for (n = room; n && ((unsigned char)text[n] & 0xC0) == 0x80;) /* not within a character */
			n--;
	memcpy(to->out + to->n, text, n);
	to->n += n;
}

static void put_clause(page *to, const char *text, int depth);

/* How long the place is that begins here: {1} or {1!}. 0: it is a brace that stands for itself. */
static size_t place_length(const char *p)
{
	if (p[1] < '1' || p[1] > '9')
		return 0;
	return p[2] == '}' ? 3 : p[2] == '!' && p[3] == '}' ? 4 : 0;
}

/* The Chinese of an entry, with what belongs in its places. Gives: false when it has a place too many. */
static bool put_filled(page *to, const char *chinese, const values *v, int depth)
{
	for (const char *p = chinese; *p;) {
		size_t n = strcspn(p, "{");
		put(to, p, n);
		p += n;
		if (!*p)
			break;
		const size_t length = place_length(p);
		if (!length) {
			put(to, p++, 1);
			continue;
		}
		size_t which = (size_t)(p[1] - '1');
		if (which >= v->n)
			return false;
		if (length == 4)
			put_clause(to, v->at[which], depth);
		else
			put(to, v->at[which], strlen(v->at[which]));
		p += length;
	}
	return true;
}

/* A conversion's end, p at its %. */
static const char *after_conversion(const char *p)
{
	p++;
	p += strspn(p, ".*lz0123456789");
	return *p ? p + 1 : p;
}

/* Whether the text is what the format makes, and of what: each value as short as it can be. */
static bool made_by(const char *fmt, const char *text, values *v)
{
	v->n = v->used = 0;
	for (;;) {
		size_t literal = strcspn(fmt, "%");
		if (strncmp(text, fmt, literal) != 0)
			return false;
		text += literal;
		fmt += literal;
		if (!*fmt)
			return *text == '\0';
		fmt = after_conversion(fmt);
		literal = strcspn(fmt, "%");
		const char *end = text + strlen(text);
		if (*fmt && literal) { /* the next words end the value; when they are the last, the last of them do */
			char words[200];
			if (literal >= sizeof words)
				return false;
			memcpy(words, fmt, literal);
			words[literal] = '\0';
			if (fmt[literal])
				end = strstr(text, words);
			else
				end = (size_t)(end - text) >= literal ? end - literal : NULL;
		}
		if (!end || v->n == VALUES_MOST || v->used + 1 >= sizeof v->bytes)
			return false;
		keep(v, text, (size_t)(end - text));
		text = end;
	}
}

/* A clause that was put into words before it came here. */
static bool put_made(page *to, const char *text, int depth)
{
	values v;
	for (size_t t = 0; t < TABLES; t++)
		for (const zp_said *s = tables[t]; s->english; s++)
			if (strchr(s->english, '%') && made_by(s->english, text, &v))
				return put_filled(to, s->chinese, &v, depth + 1);
	return false;
}

/* What the catalogue has of the text; else the text itself, with the words that join a list. */
static void put_clause(page *to, const char *text, int depth)
{
	const char *chinese = zp_chinese(text);
	if (!chinese && depth < DEPTH_MOST && put_made(to, text, depth))
		return;
	if (chinese)
		text = chinese;
	while (*text) {
		size_t n = strcspn(text, ", ");
		put(to, text, n);
		text += n;
		if (strncmp(text, ", ", 2) == 0) {
			put(to, "、", strlen("、"));
			text += 2;
		} else if (n && strncmp(text, " or ", 4) == 0) {
			bool latin = (unsigned char)text[-1] < 0x80 && (unsigned char)text[4] < 0x80;
			put(to, latin ? " 或 " : "或", strlen(latin ? " 或 " : "或"));
			text += 4;
		} else if (*text) {
			put(to, text++, 1);
		}
	}
}

/* A format of conversions alone, such as "%s%s". */
static bool says_nothing(const char *fmt)
{
	while (*fmt == '%')
		fmt = after_conversion(fmt);
	return !*fmt;
}

const char *zp_chinese_of(char *out, size_t size, const char *english)
{
	const char *chinese = zp_chinese(english);
	page to = { out, size, 0 };
	if (chinese)
		put(&to, chinese, strlen(chinese));
	const bool good = chinese || put_made(&to, english, 0);
	out[to.n] = '\0';
	return good ? out : NULL;
}

const char *zp_chinese_print(char *out, size_t size, const char *fmt, va_list list)
{
	const char *chinese = zp_chinese(fmt);
	values v = { .n = 0 };
	page to = { out, size, 0 };
	va_list own;
	va_copy(own, list);
	bool good = take_values(&v, fmt, &own);
	va_end(own);
	if (good && says_nothing(fmt)) { /* a whole sentence, which was put into words before */
		char text[VALUES_BYTES] = "";
		for (size_t i = 0, n = 0; i < v.n; i++)
			n += (size_t)snprintf(text + n, sizeof text - n, "%s", v.at[i]);
		return zp_chinese_of(out, size, text);
	}
	good = good && chinese && put_filled(&to, chinese, &v, 0);
	out[to.n] = '\0';
	return good ? out : NULL;
}
