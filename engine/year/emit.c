/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/emit.h"
#include <stdio.h>
#include <string.h>
#include "year/captions.h"

/* ---- which emitters ---- */

static bool writes_of_years(const zp_plugin *p)
{
	return p->kind == ZP_EMITTER && (p->does.emitter->book || p->does.emitter->paper);
}

static bool add(zp_emission *e, const zp_plugin *p)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->plugins[i] == p)
			return true;
	e->plugins[e->n++] = p;
	return true;
}

static const char *known(zp_arena *arena, const zp_registry *registry)
{
	const char *text = "tables, all";
	for (size_t i = 0; i < zp_registry_count(registry); i++)
		if (writes_of_years(zp_registry_at(registry, i)))
			text = zp_arena_print(arena, "%s, %s", text, zp_registry_at(registry, i)->name);
	return text;
}

static bool add_all(zp_emission *e, const zp_registry *registry)
{
	for (size_t i = 0; i < zp_registry_count(registry); i++)
		if (writes_of_years(zp_registry_at(registry, i)))
			add(e, zp_registry_at(registry, i));
	return true;
}

/* Emitters that may be left out of an installation, since they need a library of their own. */
static bool is_of_this_tree(const char *name) { return strcmp(name, "workbook-xlsx") == 0 || strcmp(name, "certificate-pdf") == 0; }

static bool add_named(zp_emission *e, zp_arena *arena, const zp_registry *registry, const char *name, zp_error *err)
{
	if (strcmp(name, "tables") == 0)
		return true;
	if (strcmp(name, "all") == 0)
		return add_all(e, registry);
	const zp_plugin *p = zp_registry_find(registry, ZP_EMITTER, name);
	if (p && writes_of_years(p))
		return add(e, p);
	if (!p && is_of_this_tree(name))
		return zp_fail(err, ZP_BAD_PLUGIN, NULL, 0, "the emitter \"%s\" is not installed", name);
	return zp_fail(err, ZP_BAD_USE, NULL, 0, "--emit \"%s\" is not known; expected some of: %s", name, known(arena, registry));
}

const zp_emission *zp_emission_read(zp_arena *arena, const zp_registry *registry, const char *list, zp_error *err)
{
	zp_emission *e = zp_take(arena, zp_emission, 1);
	e->plugins = zp_take(arena, const zp_plugin *, zp_registry_count(registry) + 1);
	bool any = false;
	for (const char *p = list; p && *p;) {
		const size_t n = strcspn(p, ",");
		if (n && !add_named(e, arena, registry, zp_arena_text(arena, p, n), err))
			return NULL;
		any |= n > 0;
		p += n + (p[n] == ',');
	}
	if (list && !any) {
		zp_fail(err, ZP_BAD_USE, NULL, 0, "--emit names nothing; expected some of: %s", known(arena, registry));
		return NULL;
	}
	return e;
}

bool zp_emission_has_book(const zp_emission *e)
{
	bool has = false;
	for (size_t i = 0; i < e->n; i++)
		has |= e->plugins[i]->does.emitter->book != NULL;
	return has;
}

bool zp_emission_has_paper(const zp_emission *e)
{
	bool has = false;
	for (size_t i = 0; i < e->n; i++)
		has |= e->plugins[i]->does.emitter->paper != NULL;
	return has;
}

/* ---- the book ---- */

static size_t papers_of(const zp_year *year)
{
	size_t n = 0;
	for (size_t i = 0; i < year->wish->rules->n_certificates; i++)
		n += year->papers[i].n;
	return n;
}

/* "第一次、第二次": the rounds of the year, in their order. */
static const char *rounds_of(const zp_year *year, zp_arena *arena, size_t *n)
{
	const zp_annals *a = year->wish->annals;
	const char *text = "";
	*n = 0;
	for (size_t i = 0; i < a->n; i++)
		if (a->rounds[i].year == year->wish->year && (*n)++ < 12)
			text = zp_arena_print(arena, "%s%s%s", text, *text ? "、" : "", a->rounds[i].name);
	return *n > 12 ? zp_arena_print(arena, "%s…", text) : text;
}

static const char *programmes_of(const zp_year *year, zp_arena *arena)
{
	const zp_chronicle *c = year->chronicle;
	const char *text = "";
	for (size_t i = 0; i < c->n_programmes && i < 30; i++)
		text = zp_arena_print(arena, "%s%s%s", text, *text ? "、" : "", c->programmes[i].says->name);
	return c->n_programmes > 30 ? zp_arena_print(arena, "%s…", text) : text;
}

static const zp_fact *facts_of(const zp_year *year, zp_arena *arena, size_t *n)
{
	size_t rounds;
	const char *names = rounds_of(year, arena, &rounds);
	zp_fact *facts = zp_take(arena, zp_fact, 5);
	facts[0] = (zp_fact){ "实验室", "Laboratories", zp_arena_print(arena, "%zu", year->chronicle->n_labs), "" };
	facts[1] = (zp_fact){ "专业", "Programmes", zp_arena_print(arena, "%zu", year->chronicle->n_programmes), programmes_of(year, arena) };
	facts[2] = (zp_fact){ "本年轮次", "Rounds of the year", zp_arena_print(arena, "%zu", rounds), names };
	facts[3] = (zp_fact){ "合格证书", "Certificates", zp_arena_print(arena, "%zu", papers_of(year)), "" };
	facts[4] = (zp_fact){ "年度规则", "Rules of the year", year->wish->rules->input.name, "" };
	*n = 5;
	return facts;
}

static bool write_file(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	return zp_press_write(self, name, bytes, n, err);
}

static bool write_book(const zp_plugin *p, const zp_sheets *book, zp_press *press, zp_error *err)
{
	const zp_emitter *emitter = p->does.emitter;
	zp_arena *arena = zp_arena_open();
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, arena, p, NULL);
	const zp_outbox out = { press, write_file };
	/* Books use the reader's fonts: whoever has `prepare` for papers is asked there. */
	const bool good = emitter->book(host, NULL, book, &out, err) && zp_lend_returned(p, err);
	zp_arena_close(arena);
	return good;
}

typedef struct binding { const zp_plugin **by; size_t n; const zp_sheets *book; } binding;

static bool bind_one(void *context, size_t i, zp_press *press, zp_error *err)
{
	const binding *b = context;
	return write_book(b->by[i], b->book, press, err);
}

bool zp_year_books_write(const zp_year *year, const zp_emission *e, const zp_kept *kept, zp_press *press, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_sheets book = {
		.title = zp_arena_print(arena, "%d年度室间质量评价", year->wish->year),
		.title_en = zp_arena_print(arena, "External quality assessment, %d", year->wish->year),
		.issued = year->wish->issued,
	};
	book.sheets = zp_captions_put(arena, kept, &book.n);
	book.words = zp_captions_words(&book.n_words);
	book.facts = facts_of(year, arena, &book.n_facts);
	binding b = { .by = zp_take(arena, const zp_plugin *, e->n + 1), .book = &book };
	for (size_t i = 0; i < e->n; i++)
		if (e->plugins[i]->does.emitter->book)
			b.by[b.n++] = e->plugins[i];
	const bool good = !b.n || zp_press_fork(press, 1, b.n, bind_one, &b, err);
	zp_arena_close(arena);
	return good;
}
