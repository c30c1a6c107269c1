/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences with facts in them: "{cell}" as it stands, "{=cell}" the word in the reader's language, and [what is between] only where all its
 * facts are there. So the sentences of one table stand beside each other, and none of them says "of ". */
#include "cli/explain.h"
#include <string.h>

typedef struct writing {
	const zp_telling *t;
	const zp_facts *facts;
	char *at, *end;
} writing;

static void put(writing *w, const char *bytes, size_t n)
{
	const size_t room = (size_t)(w->end - w->at);
	n = n < room ? n : room;
	memcpy(w->at, bytes, n);
	w->at += n;
}

/* Gives: whether every fact of it is there. */
static bool put_part(writing *w, const char *from, const char *to)
{
	bool all = true;
	while (from < to) {
		const char *stop = *from == '{' ? memchr(from, '}', (size_t)(to - from)) : NULL;
		if (!stop) {
			put(w, from++, 1);
			continue;
		}
		const bool word = from[1] == '=';
		const char *name = zp_arena_text(w->t->arena, from + 1 + word, (size_t)(stop - from) - 1 - word);
		const char *says = w->facts->find(w->t, w->facts->of, name);
		says = word && *says ? zp_tell_word(w->t, says) : says;
		all &= *says != '\0';
		put(w, says, strlen(says));
		from = stop + 1;
	}
	return all;
}

const char *zp_say_facts(const zp_telling *t, const zp_facts *facts, const char *english, const char *chinese)
{
	const char *p = zp_pick(t, english, chinese);
	char *text = zp_arena_take(t->arena, ZP_SAY_MOST);
	writing w = { t, facts, text, text + ZP_SAY_MOST - 1 };
	while (*p) {
		const char *stop = *p == '[' ? strchr(p, ']') : NULL;
		if (!stop) {
			const size_t n = 1 + strcspn(p + 1, "[");
			put_part(&w, p, p + n);
			p += n;
			continue;
		}
		char *before = w.at;
		if (!put_part(&w, p + 1, stop))
			w.at = before;
		p = stop + 1;
	}
	*w.at = '\0';
	return text;
}

static const char *cell_of(const zp_telling *t, const void *row, const char *name) { return zp_told(t, row, name); }

void zp_tell_row(const zp_telling *t, const zp_row *row, const char *english, const char *chinese)
{
	const zp_facts facts = { cell_of, row };
	printf("%s\n", zp_say_facts(t, &facts, english, chinese));
}

static const char *attribute_of(const zp_telling *t, const void *element, const char *name)
{
	const char *value = zp_attribute_of(element, name);
	(void)t;
	return value ? value : "";
}

void zp_tell_element(const zp_telling *t, const zp_element *element, const char *english, const char *chinese)
{
	const zp_facts facts = { attribute_of, element };
	printf("%s\n", zp_say_facts(t, &facts, english, chinese));
}

#define TABLES_MOST 32

/* Tables that were read already: a year asks some of them once for each measurand. */
struct zp_tables { zp_folder_table at[TABLES_MOST]; size_t n; };

struct zp_tables *zp_tables_take(zp_arena *arena) { return zp_take(arena, struct zp_tables, 1); }

bool zp_telling_table(const zp_telling *t, const char *name, zp_folder_table *table, zp_error *err)
{
	struct zp_tables *kept = t->tables;
	for (size_t i = 0; i < kept->n; i++)
		if (strcmp(kept->at[i].name, name) == 0) {
			*table = kept->at[i];
			return true;
		}
	*table = (zp_folder_table){ .name = name };
	if (zp_published_has(t->published, name) && !zp_published_table(t->arena, t->published, name, table, err))
		return false;
	if (kept->n < TABLES_MOST)
		kept->at[kept->n++] = *table;
	return true;
}

bool zp_telling_next(const zp_telling *t, const zp_folder_table *table, const char *column, const char *key, const char **at, zp_row *row)
{
	const size_t n = strlen(key);
	const char *end = table->text.p + table->text.n;
	while (*at && *at < end) {
		const char *stop = zp_csv_line_end(*at, end);
		if (!memmem(*at, (size_t)(stop - *at), key, n)) { /* a quick look; only what may be it is split */
			*at = stop < end ? stop + 1 : end;
			continue;
		}
		if (!zp_folder_table_next(t->arena, table, at, row))
			return false;
		if (zp_row_is(row, column, key))
			return true;
	}
	return false;
}

bool zp_tell_rows(const zp_telling *t, const char *name, const char *column, const char *key, const char *english, const char *chinese, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_telling_table(t, name, &table, err))
		return false;
	for (const char *at = table.text.p; zp_telling_next(t, &table, column, key, &at, &row);)
		zp_tell_row(t, &row, english, chinese);
	return true;
}
