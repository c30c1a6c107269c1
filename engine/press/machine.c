/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/machine.h"
#include <math.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif
#include "base/decimal.h"
#include "book/pattern.h"
#include "book/xml.h"
#include "ledger/ledger.h"
#include "press/built.inc"
#include "press/published.h"
#include "stats/distribution.h"

static const char *const kinds[] = { [ZP_IMPORTER] = "importer", [ZP_ESTIMATOR] = "estimator", [ZP_SCORER] = "scorer", [ZP_EMITTER] = "emitter" };

void zp_machine_file(zp_members *one, const zp_input *file)
{
	zp_members_text(one, "name", file->name);
	zp_members_count(one, "size", file->size);
	zp_members_text(one, "sha256", file->sha256);
	if (file->encoding)
		zp_members_text(one, "encoding", file->encoding);
}

void zp_machine_files(zp_members *list, const zp_input *files, size_t n)
{
	for (size_t i = 0; i < n; i++)
		zp_machine_file(zp_members_object(list, NULL), &files[i]);
}

void zp_machine_plugins(zp_members *manifest, const zp_registry *registry)
{
	zp_members *list = zp_members_list(manifest, "plugins");
	for (size_t i = 0; registry && i < zp_registry_count(registry); i++) {
		const zp_plugin *p = zp_registry_at(registry, i);
		zp_members *one = zp_members_object(list, NULL);
		zp_members_text(one, "kind", kinds[p->kind]);
		zp_members_text(one, "name", p->name);
		zp_members_text(one, "version", p->version);
	}
}

/* Of what was loaded: which file it was, wherever it lay. */
static void put_modules(zp_members *machine, const zp_registry *registry)
{
	zp_members *modules = zp_members_list(machine, "modules");
	for (size_t i = 0; registry && i < zp_registry_count(registry); i++) {
		const zp_plugin *p = zp_registry_at(registry, i);
		if (!zp_registry_digest(registry, i))
			continue;
		zp_members *one = zp_members_object(modules, NULL);
		zp_members_text(one, "kind", kinds[p->kind]);
		zp_members_text(one, "name", p->name);
		zp_members_text(one, "sha256", zp_registry_digest(registry, i));
	}
}

/* Several plugins work with the same library; a name that is no plain word is none. */
static void put_library(void *self, const char *library, const char *version)
{
	zp_members *libraries = self;
	const size_t n = strspn(library, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-");
	if (n && !library[n] && !zp_members_has(libraries, library))
		zp_members_text(libraries, library, version);
}

static void put_libraries(zp_members *machine, zp_arena *arena, const zp_registry *registry)
{
	zp_members *libraries = zp_members_object(machine, "libraries");
#ifdef __GLIBC__
	put_library(libraries, "glibc", gnu_get_libc_version());
#endif
	put_library(libraries, "gmp", zp_decimal_library());
	put_library(libraries, "gsl", zp_distribution_library());
	put_library(libraries, "jansson", zp_published_library());
	put_library(libraries, "libxml2", zp_xml_library());
	put_library(libraries, "openssl", zp_digest_library());
	put_library(libraries, "pcre2", zp_pattern_library(arena));
	put_library(libraries, "sqlite", zp_ledger_library());
	for (size_t i = 0; registry && i < zp_registry_count(registry); i++)
		zp_plugin_libraries(zp_registry_at(registry, i), put_library, libraries);
}

static void put_build(zp_members *machine)
{
#ifdef __clang__
	static const char compiler[] = "clang " __clang_version__;
#else
	static const char compiler[] = "gcc " __VERSION__;
#endif
	zp_members *build = zp_members_object(machine, "build");
	zp_members_text(build, "compiler", compiler);
	zp_members_text(build, "flags", ZP_BUILT_WITH);
	zp_members_text(build, "sources", ZP_BUILT_FROM);
}

#define ARGUMENTS 4096 /* fewer than one in a hundred results are rounded differently */

void zp_machine_rounding(char out[static ZP_DIGEST_TEXT])
{
	zp_digest *d = zp_digest_open();
	for (int i = 1; i <= ARGUMENTS; i++) {
		volatile double x = i / 97.0; /* to be worked out here and not by the compiler */
		const double results[] = { exp(x), log(x), pow(x, 1.37), sin(x) };
		zp_digest_add(d, results, sizeof results);
	}
	zp_digest_close(d, out);
}

void zp_machine(zp_members *manifest, zp_arena *arena, const zp_registry *registry)
{
	zp_members *machine = zp_members_object(manifest, "machine");
	put_build(machine);
	put_libraries(machine, arena, registry);
	put_modules(machine, registry);
}
