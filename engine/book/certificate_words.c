/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of a template: "{lab-name}" is a field, "{{" and "}}" are braces. What a field says is never looked at again. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include "base/nearest.h"
#include "book/certificate.h"

#define PIECES_MOST 64

static const char *const kind_says[] = { "of a round", "of a year", "of mutual recognition", "of a title" };

static int is_template(const struct dirent *e)
{
	const size_t n = strlen(e->d_name);
	return n > 4 && e->d_name[0] != '.' && strcmp(e->d_name + n - 4, ".xml") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

const char *zp_certificate_names(zp_arena *arena, const char *rules_dir)
{
	const char *all = "";
	struct dirent **found = NULL;
	const int n = scandir(zp_arena_print(arena, "%s/certificates", rules_dir), &found, is_template, by_name);
	for (int i = 0; i < n; i++) {
		all = zp_arena_print(arena, "%s%s%.*s", all, i ? ", " : "", (int)strlen(found[i]->d_name) - 4, found[i]->d_name);
		free(found[i]);
	}
	free(found);
	return all;
}

/* Of an unknown field. Gives: false. */
static bool refuse_field(const zp_reader *r, const zp_element *e, const char *attribute, zp_text word, zp_template_kind kind)
{
	const char *found = zp_text_show(r->arena, word);
	zp_names *known = zp_names_take(r->arena);
	for (int i = 0; i < ZP_TEMPLATE_FIELDS; i++)
		if (zp_template_field_forms[i].kinds & 1u << kind)
			zp_names_add(known, zp_text_of(zp_template_field_forms[i].word));
	const zp_text near = zp_nearest(known, word, ZP_NEAREST_ANY);
	if (near.p)
		return zp_refuse(r, e, "the attribute \"%s\" of <%s> names the unknown field {%s}; did you mean {%.*s}?", attribute, e->name, found, (int)near.n, near.p);
	const char *all = "";
	for (int i = 0; i < ZP_TEMPLATE_FIELDS; i++)
		if (zp_template_field_forms[i].kinds & 1u << kind)
			all = zp_arena_print(r->arena, "%s%s{%s}", all, *all ? " " : "", zp_template_field_forms[i].word);
	return zp_refuse(r, e, "the attribute \"%s\" of <%s> names the unknown field {%s}; expected one of %s", attribute, e->name, found, all);
}

static bool find_field(const zp_reader *r, const zp_element *e, const char *attribute, zp_text word, zp_template_kind kind, zp_template_field *out)
{
	for (int i = 0; i < ZP_TEMPLATE_FIELDS; i++) {
		if (!zp_text_is(word, zp_template_field_forms[i].word))
			continue;
		*out = (zp_template_field)i;
		return zp_template_field_forms[i].kinds & 1u << kind ||
			zp_refuse(r, e, "the attribute \"%s\" of <%s> names the field {%s}, which a certificate %s does not have; expected a field of its kind", attribute,
				  e->name, zp_template_field_forms[i].word, kind_says[kind]);
	}
	return refuse_field(r, e, attribute, word, kind);
}

bool zp_certificate_field(const zp_reader *r, const zp_element *e, const char *attribute, zp_template_kind kind, zp_template_field *out)
{
	const char *value = zp_attribute_of(e, attribute);
	return !value || find_field(r, e, attribute, zp_text_of(value), kind, out);
}

/* The words up to the next field, with doubled braces made single. NULL where a brace stands alone. */
static const char *plain_words(const zp_reader *r, const char **p)
{
	char *out = zp_arena_take(r->arena, strlen(*p) + 1), *to = out;
	for (; **p; ++*p) {
		if (**p == '{' || **p == '}') {
			if ((*p)[1] != **p)
				break;
			++*p;
		}
		*to++ = **p;
	}
	*to = '\0';
	return **p == '}' ? NULL : out;
}

bool zp_certificate_pieces(const zp_reader *r, const zp_element *e, const char *attribute, zp_template_kind kind, zp_piece_list *out)
{
	const char *value = zp_attribute_of(e, attribute), *p = value;
	zp_template_piece *at = zp_take(r->arena, zp_template_piece, PIECES_MOST);
	*out = (zp_piece_list){ at, 0 };
	bool good = true;
	while (p && *p) {
		const char *words = plain_words(r, &p), *end = strchr(p, '}');
		if (!words || (*p && (!end || end == p + 1)))
			return zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\", where a brace stands alone; expected a field such as {lab-name}, or {{ and }} for braces",
					 attribute, e->name, zp_text_show(r->arena, zp_text_of(value)));
		if (out->n + 2 > PIECES_MOST)
			return zp_refuse(r, e, "the attribute \"%s\" of <%s> has too many fields; expected at most %d", attribute, e->name, PIECES_MOST / 2);
		if (*words)
			at[out->n++] = (zp_template_piece){ .words = words };
		if (*p) {
			good &= find_field(r, e, attribute, (zp_text){ p + 1, (size_t)(end - p - 1) }, kind, &at[out->n].field);
			out->n++;
			p = end + 1;
		}
	}
	return good;
}
