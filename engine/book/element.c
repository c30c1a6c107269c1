/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/element.h"
#include <stdarg.h>
#include <stdlib.h>
#include "base/instant.h"

bool zp_refuse(const zp_reader *r, const zp_element *e, const char *fmt, ...)
{
	const zp_spot place = { r->file, { NULL, 0 }, e->line, e->column };
	va_list values;
	va_start(values, fmt);
	zp_problem_tell(r->problems, &place, NULL, fmt, values);
	va_end(values);
	return false;
}

static const char *show(const zp_reader *r, const char *text)
{
	return zp_text_show(r->arena, zp_text_of(text));
}

bool zp_word_next(const char **list, zp_text *word)
{
	const char *p = *list + strspn(*list, " ");
	*word = (zp_text){ p, strcspn(p, " ") };
	*list = p + word->n;
	return word->n > 0;
}

/* Its number in the list; -1 when it is not there. */
static int place_in(const char *list, const char *text)
{
	zp_text word;
	for (int i = 0; zp_word_next(&list, &word); i++)
		if (zp_text_is(word, text))
			return i;
	return -1;
}

/* "a b c" as "a, b or c", for a sentence. */
static const char *spoken(const zp_reader *r, const char *list)
{
	const char *out = "";
	zp_text word, next;
	bool more = zp_word_next(&list, &word);
	while (more) {
		more = zp_word_next(&list, &next);
		zp_text last = word;
		word = next;
		const char *between = !*out ? "" : more ? ", " : " or ";
		out = zp_arena_print(r->arena, "%s%s%.*s", out, between, (int)last.n, last.p);
	}
	return out;
}

const char *zp_attribute_of(const zp_element *e, const char *name)
{
	for (uint32_t i = 0; i < e->n_attributes; i++)
		if (strcmp(e->attributes[i].name, name) == 0)
			return e->attributes[i].value;
	return NULL;
}

bool zp_element_is(const zp_element *e, const char *name)
{
	return strcmp(e->name, name) == 0;
}

static bool is_empty(const char *value)
{
	return zp_text_trim(zp_text_of(value)).n == 0;
}

bool zp_element_check(const zp_reader *r, const zp_element *e, const char *needs, const char *may, const char *children)
{
	bool good = true;
	const char *known = zp_arena_print(r->arena, "%s %s", needs, may);
	for (uint32_t i = 0; i < e->n_attributes; i++) {
		if (place_in(known, e->attributes[i].name) >= 0)
			continue;
		const char *expected = *spoken(r, known) ? spoken(r, known) : "none";
		good = zp_refuse(r, e, "<%s> has the unknown attribute \"%s\"; expected %s", e->name,
				 show(r, e->attributes[i].name), expected);
	}
	zp_text word;
	while (zp_word_next(&needs, &word)) {
		const char *name = zp_arena_text(r->arena, word.p, word.n), *value = zp_attribute_of(e, name);
		if (!value)
			good = zp_refuse(r, e, "<%s> has no attribute \"%s\"; it is needed", e->name, name);
		else if (is_empty(value))
			good = zp_refuse(r, e, "the attribute \"%s\" of <%s> is empty; expected a value", name, e->name);
	}
	for (const zp_element *c = e->first; c; c = c->next) {
		if (place_in(children, c->name) >= 0)
			continue;
		good = *children ? zp_refuse(r, c, "<%s> is unknown in <%s>; expected %s", show(r, c->name), e->name, spoken(r, children))
				 : zp_refuse(r, c, "<%s> is unknown in <%s>; expected nothing in it", show(r, c->name), e->name);
	}
	return good;
}

const zp_element *zp_element_only(const zp_reader *r, const zp_element *e, const char *child)
{
	const zp_element *found = NULL;
	for (const zp_element *c = e->first; c; c = c->next) {
		if (!zp_element_is(c, child))
			continue;
		if (found)
			zp_refuse(r, c, "<%s> has a second <%s> (the first is in line %u); expected one", e->name, child, found->line);
		else
			found = c;
	}
	return found;
}

size_t zp_element_count(const zp_element *e, const char *child)
{
	size_t n = 0;
	for (const zp_element *c = e->first; c; c = c->next)
		n += zp_element_is(c, child);
	return n;
}

bool zp_element_at_most(const zp_reader *r, const zp_element *e, const char *child, size_t most)
{
	size_t n = zp_element_count(e, child);
	return n <= most || zp_refuse(r, e, "<%s> has %zu <%s>; expected at most %zu", e->name, n, child, most);
}

const char *zp_element_text(const zp_reader *r, const zp_element *e, const char *name)
{
	const char *value = zp_attribute_of(e, name);
	if (!value)
		return "";
	zp_text text = zp_text_trim(zp_text_of(value));
	return text.n == strlen(value) ? value : zp_arena_text(r->arena, text.p, text.n);
}

/* Blanks that a code may not hold: space, no-break and ideographic space; tabs never come this far. */
static bool has_blank(const char *text)
{
	return strchr(text, ' ') || strstr(text, "\xc2\xa0") || strstr(text, "\xe3\x80\x80");
}

bool zp_element_code(const zp_reader *r, const zp_element *e, const char *name, const char **out)
{
	const char *value = zp_attribute_of(e, name);
	if (!value || !*value) /* told by zp_element_check */
		return false;
	if (has_blank(value))
		return zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected a code without blanks", name, e->name, show(r, value));
	*out = value;
	return true;
}

bool zp_element_word(const zp_reader *r, const zp_element *e, const char *name, const char *words, int *out)
{
	const char *value = zp_attribute_of(e, name);
	if (!value)
		return true;
	int found = place_in(words, value);
	if (found < 0)
		return zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected %s", name, e->name, show(r, value), spoken(r, words));
	*out = found;
	return true;
}

bool zp_element_whole(const zp_reader *r, const zp_element *e, const char *name, int least, int most, int *out)
{
	const char *value = zp_attribute_of(e, name);
	if (!value)
		return true;
	size_t sign = value[0] == '-', digits = strspn(value + sign, "0123456789");
	bool whole = digits > 0 && digits < 10 && value[sign + digits] == '\0';
	long number = whole ? strtol(value, NULL, 10) : 0;
	if (!whole || number < least || number > most)
		return zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected a whole number from %d to %d", name, e->name,
				 show(r, value), least, most);
	*out = (int)number;
	return true;
}

bool zp_element_decimal(const zp_reader *r, const zp_element *e, const char *name, zp_range range, zp_decimal *out)
{
	static const char *const ranges[] = { "a decimal number", "a decimal number, 0 or more", "a decimal number above 0" };
	const char *value = zp_attribute_of(e, name);
	if (!value)
		return true;
	zp_decimal d;
	zp_number read = zp_decimal_read(value, strlen(value), &d);
	if (read == ZP_NUMBER_TOO_LONG)
		return zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\", which is too long a number; expected at most 12 digits on a side of the point",
				 name, e->name, show(r, value));
	int sign = read == ZP_NUMBER_OK ? zp_decimal_sign(d) : 0;
	if (read != ZP_NUMBER_OK || (range == ZP_RANGE_POSITIVE && sign <= 0) || (range == ZP_RANGE_NOT_NEGATIVE && sign < 0))
		return zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected %s", name, e->name, show(r, value), ranges[range]);
	*out = d;
	return true;
}

bool zp_element_date(const zp_reader *r, const zp_element *e, const char *name)
{
	const char *value = zp_attribute_of(e, name);
	int year, month, day;
	if (!value || zp_date_read(zp_text_of(value), &year, &month, &day))
		return true;
	return zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected a date such as 2026-03-31", name, e->name, show(r, value));
}

bool zp_id_is_plain(const char *id)
{
	const size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
	return n && n <= 32 && !id[n];
}

bool zp_name_is_file(const char *name)
{
	const size_t n = strlen(name);
	return n > 4 && strcmp(name + n - 4, ".xml") == 0;
}

bool zp_path_is_safe(const char *path)
{
	if (!*path || *path == '/' || strchr(path, '\\'))
		return false;
	for (const char *p = path;;) {
		size_t n = strcspn(p, "/");
		if (n == 0 || p[0] == '.')
			return false;
		if (p[n] == '\0')
			return true;
		p += n + 1;
	}
}
