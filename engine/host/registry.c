/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/registry.h"
#include <assert.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/float.h"
#include "base/words.h"
#include "host/module.h"

#define MOST_PLUGINS 64
#define LEAST_SIZE (offsetof(zp_plugin, does) + sizeof(((zp_plugin *)0)->does)) /* what ABI 1 began with */

struct zp_registry {
	zp_arena *arena;
	const zp_plugin *list[MOST_PLUGINS];
	const char *paths[MOST_PLUGINS];
	const char *digests[MOST_PLUGINS];
	size_t n;
};

/* What a plugin must offer to be called at all. */
static bool has_calls(const zp_plugin *p)
{
	if (!p->does.any)
		return false;
	switch (p->kind) {
	case ZP_IMPORTER:
		return p->does.importer->ending && p->does.importer->read;
	case ZP_ESTIMATOR:
		return p->does.estimator->breakdown && !p->does.estimator->estimate != !p->does.estimator->elect;
	case ZP_SCORER:
		return p->does.scorer->unit && !p->does.scorer->score != !p->does.scorer->judge;
	case ZP_EMITTER:
		return p->does.emitter->lab || p->does.emitter->round || p->does.emitter->form || p->does.emitter->paper || p->does.emitter->book ||
		       p->does.emitter->figure;
	}
	return false;
}

static bool has_words(const zp_plugin *p)
{
	return p->name && *p->name && p->version && *p->version && p->cites && p->says;
}

/* The first setting whose preset lies outside its own range, or NULL. */
static const zp_param *faulty_param(const zp_plugin *p)
{
	for (const zp_param *s = p->params; s && s->name; s++)
		if (!isnan(s->preset) && !(s->least <= s->preset && s->preset <= s->most))
			return s;
	return NULL;
}

static bool admit(zp_registry *r, const zp_plugin *p, const char *path, const char *sha256, zp_error *err)
{
	const char *place = path ? path : "built-in plugin";
	if (p->abi != ZP_PLUGIN_ABI)
		return zp_fail(err, ZP_BAD_PLUGIN, place, 0, "is built for plugin ABI %u; expected ABI %u",
		               (unsigned)p->abi, ZP_PLUGIN_ABI);
	if (p->size < LEAST_SIZE)
		return zp_fail(err, ZP_BAD_PLUGIN, place, 0, "its descriptor has %u bytes; expected at least %zu",
		               (unsigned)p->size, LEAST_SIZE);
	if (p->kind < ZP_IMPORTER || p->kind > ZP_EMITTER)
		return zp_fail(err, ZP_BAD_PLUGIN, place, 0, "is of the unknown kind %d; expected %d to %d",
		               (int)p->kind, ZP_IMPORTER, ZP_EMITTER);
	if (!has_words(p) || !has_calls(p))
		return zp_fail(err, ZP_BAD_PLUGIN, place, 0,
		               "its descriptor is incomplete; expected name, version, cites, says and the calls of its kind");
	const zp_param *faulty = faulty_param(p);
	if (faulty)
		return zp_fail(err, ZP_BAD_PLUGIN, place, 0, "the preset of its setting %s lies outside the setting's range",
		               faulty->name);
	if (zp_registry_find(r, p->kind, p->name))
		return zp_fail(err, ZP_BAD_PLUGIN, place, 0, "the name %s is already taken by another plugin of its kind", p->name);
	if (r->n == MOST_PLUGINS)
		return zp_fail(err, ZP_BAD_PLUGIN, place, 0, "there are already %d plugins, and no more are taken", MOST_PLUGINS);
	r->list[r->n] = p;
	r->digests[r->n] = sha256 ? zp_arena_text(r->arena, sha256, strlen(sha256)) : NULL;
	r->paths[r->n++] = path ? zp_arena_text(r->arena, path, strlen(path)) : NULL;
	return true;
}

zp_registry *zp_registry_open(const zp_plugin *const *builtin)
{
	zp_arena *arena = zp_arena_open();
	zp_registry *r = zp_take(arena, zp_registry, 1);
	r->arena = arena;
	zp_error err = { 0 };
	for (; *builtin; builtin++) {
		if (!admit(r, *builtin, NULL, NULL, &err)) {
			fprintf(stderr, "zhiping: %s\n", err.text);
			abort();
		}
	}
	return r;
}

void zp_registry_close(zp_registry *r)
{
	if (r)
		zp_arena_close(r->arena);
}

/* The constant's name: "zp_plugin_" and the file's name up to its first point, with '-' as '_'.
 * Fails: false when there is no room for it. */
static bool symbol_of(const char *path, char *symbol, size_t size)
{
	const char *slash = strrchr(path, '/'), *stem = slash ? slash + 1 : path;
	int n = snprintf(symbol, size, "zp_plugin_%.*s", (int)strcspn(stem, "."), stem);
	if (n < 0 || (size_t)n >= size)
		return false;
	for (char *p = symbol; *p; p++)
		if (*p == '-')
			*p = '_';
	return true;
}

bool zp_registry_load(zp_registry *r, const char *path, zp_error *err)
{
	char sha256[ZP_DIGEST_TEXT], symbol[96];
	void *library = zp_module_load(path, sha256, err);
	if (!library)
		return false;
	const zp_plugin *p = symbol_of(path, symbol, sizeof symbol) ? dlsym(library, symbol) : NULL;
	if (!p)
		return zp_fail(err, ZP_BAD_PLUGIN, path, 0,
		               "is not a zhiping plugin; expected a shared object that offers the constant zp_plugin_<file name>");
	return admit(r, p, path, sha256, err);
}

void zp_plugin_libraries(const zp_plugin *p, void (*tell)(void *self, const char *library, const char *version), void *self)
{
	if (p->size >= offsetof(zp_plugin, libraries) + sizeof p->libraries && p->libraries)
		p->libraries(tell, self);
}

const zp_plugin *zp_registry_find(const zp_registry *r, zp_plugin_kind kind, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->list[i]->kind == kind && strcmp(r->list[i]->name, name) == 0)
			return r->list[i];
	return NULL;
}

size_t zp_registry_count(const zp_registry *r)
{
	return r->n;
}

const zp_plugin *zp_registry_at(const zp_registry *r, size_t i)
{
	assert(i < r->n);
	return r->list[i];
}

const char *zp_registry_path(const zp_registry *r, size_t i)
{
	assert(i < r->n);
	return r->paths[i];
}

const char *zp_registry_digest(const zp_registry *r, size_t i)
{
	assert(i < r->n);
	return r->digests[i];
}

static void *lend_memory(const zp_host *host, size_t bytes)
{
	const zp_lend *lend = host->self;
	return zp_arena_take(lend->arena, bytes);
}

static double lend_setting(const zp_host *host, const char *name)
{
	const zp_lend *lend = host->self;
	const zp_param *params = lend->plugin->params;
	for (size_t i = 0; params && params[i].name; i++)
		if (strcmp(params[i].name, name) == 0)
			return lend->settings ? lend->settings[i] : params[i].preset;
	assert(false && "a plugin asks for a setting that it does not declare");
	return ZP_NONE;
}

const zp_host *zp_lend_to(zp_lend *lend, zp_arena *arena, const zp_plugin *plugin, const double *settings)
{
	*lend = (zp_lend){
		.host = { .size = sizeof(zp_host), .self = lend, .take = lend_memory, .fail = zp_fail, .setting = lend_setting, .say = zp_say },
		.arena = arena,
		.plugin = plugin,
		.settings = settings,
	};
	return &lend->host;
}

bool zp_lend_returned(const zp_plugin *plugin, zp_error *err)
{
	if (!zp_float_is_plain())
		return zp_fail(err, ZP_BAD_PLUGIN, plugin->name, 0, "this plugin has changed how numbers are rounded; nothing was published");
	return zp_words_plain() || zp_fail(err, ZP_BAD_PLUGIN, plugin->name, 0, "this plugin has changed the locale; nothing was published");
}

/* Threads come here, hundreds of thousands of times; the locale is looked at between the stages of a run. */
void zp_lend_ended(const zp_plugin *plugin)
{
	zp_error err = { 0 };
	if (zp_float_is_plain())
		return;
	zp_lend_returned(plugin, &err);
	fprintf(stderr, "zhiping: %s\n", err.told);
	_exit(ZP_BAD_PLUGIN);
}
