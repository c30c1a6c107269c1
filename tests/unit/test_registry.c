/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The build gives SAMPLE_MODULE, the module made of sample_plugin.c. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "host/registry.h"

static const zp_plugin *const none[] = { NULL };
static char folder[] = "registry-XXXXXX";
static char module[4096];

static void enter(void)
{
	cr_assert_not_null(realpath(SAMPLE_MODULE, module));
	cr_assert_not_null(mkdtemp(folder));
	cr_assert_eq(chdir(folder), 0);
}

static void leave(void)
{
	static const char *const made[] = { "sample.so", "plain.so", "pipe.so" };
	for (size_t i = 0; i < sizeof made / sizeof *made; i++)
		unlink(made[i]);
	cr_assert(chdir("..") == 0 && rmdir(folder) == 0);
}

TestSuite(registry, .init = enter, .fini = leave);

/* Load the module under the name of one of its plugins. */
static bool load_as(zp_registry *r, const char *name, zp_error *err)
{
	char path[64];
	snprintf(path, sizeof path, "./%s", name);
	cr_assert_eq(link(module, path), 0);
	bool loaded = zp_registry_load(r, path, err);
	unlink(path);
	return loaded;
}

Test(registry, a_good_plugin_is_loaded_and_its_path_kept)
{
	zp_registry *r = zp_registry_open(none);
	zp_error err = { 0 };
	cr_assert(load_as(r, "good.so", &err), "%s", err.text);
	cr_assert_eq(zp_registry_count(r), 1);
	cr_assert_str_eq(zp_registry_path(r, 0), "./good.so");
	cr_assert_eq(zp_registry_find(r, ZP_ESTIMATOR, "good"), zp_registry_at(r, 0));
	cr_assert_null(zp_registry_find(r, ZP_SCORER, "good"));
	cr_assert_null(zp_registry_find(r, ZP_ESTIMATOR, "goo"));
	zp_registry_close(r);
}

Test(registry, dashes_in_a_file_name_and_later_fields_are_no_obstacle)
{
	zp_registry *r = zp_registry_open(none);
	zp_error err = { 0 };
	cr_assert(load_as(r, "two-words.1.so", &err), "%s", err.text);
	cr_assert(load_as(r, "later.so", &err), "%s", err.text);
	cr_assert_not_null(zp_registry_find(r, ZP_ESTIMATOR, "two-words"));
	zp_registry_close(r);
}

static void count_library(void *self, const char *library, const char *version)
{
	cr_assert_str_eq(library, "sample");
	cr_assert_str_eq(version, "1.2");
	++*(int *)self;
}

Test(registry, libraries_are_asked_of_who_can_tell_them_and_of_nobody_built_before)
{
	zp_registry *r = zp_registry_open(none);
	zp_error err = { 0 };
	int n = 0;
	cr_assert(load_as(r, "earlier.so", &err) && load_as(r, "good.so", &err), "%s", err.text);
	zp_plugin_libraries(zp_registry_at(r, 0), count_library, &n);
	zp_plugin_libraries(zp_registry_at(r, 1), count_library, &n);
	cr_assert_eq(n, 0);
	cr_assert(load_as(r, "telling.so", &err), "%s", err.text);
	zp_plugin_libraries(zp_registry_at(r, 2), count_library, &n);
	cr_assert_eq(n, 1);
	zp_registry_close(r);
}

Test(registry, a_faulty_plugin_is_refused_with_a_sentence)
{
	static const struct { const char *file, *says; } table[] = {
		{ "other-abi.so", "./other-abi.so: is built for plugin ABI 8; expected ABI 7" },
		{ "small.so", "bytes; expected at least" },
		{ "nameless.so", "descriptor is incomplete" },
		{ "idle.so", "descriptor is incomplete" },
		{ "empty.so", "descriptor is incomplete" },
		{ "preset.so", "the preset of its setting shift lies outside" },
		{ "kindless.so", "unknown kind 9" },
		{ "stranger.so", "not a zhiping plugin" },
		{ ".so", "not a zhiping plugin" },
		{ "a-name-that-is-longer-than-any-symbol-that-we-would-look-for-in-a-shared-object-that-somebody-sent.so", "not a zhiping plugin" },
	};
	zp_registry *r = zp_registry_open(none);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		zp_error err = { 0 };
		char path[128];
		snprintf(path, sizeof path, "./%s", table[i].file);
		cr_assert_eq(link(module, path), 0);
		cr_assert_not(zp_registry_load(r, path, &err), "%s", path);
		unlink(path);
		cr_assert_eq(err.code, ZP_BAD_PLUGIN);
		cr_assert_not_null(strstr(err.text, table[i].says), "%s", err.text);
	}
	cr_assert_eq(zp_registry_count(r), 0);
	zp_registry_close(r);
}

Test(registry, a_name_is_taken_once)
{
	zp_registry *r = zp_registry_open(none);
	zp_error first = { 0 }, again = { 0 }, same = { 0 };
	cr_assert(load_as(r, "good.so", &first));
	cr_assert_not(load_as(r, "good.so", &again));
	cr_assert_not(load_as(r, "same.so", &same));
	cr_assert_not_null(strstr(same.text, "the name good is already taken"));
	cr_assert_eq(zp_registry_count(r), 1);
	zp_registry_close(r);
}

static void assert_refused(const char *path, const char *says)
{
	zp_registry *r = zp_registry_open(none);
	zp_error err = { 0 };
	cr_assert_not(zp_registry_load(r, path, &err));
	cr_assert_eq(err.code, ZP_BAD_PLUGIN);
	cr_assert_not_null(strstr(err.text, says), "%s", err.text);
	cr_assert_null(strstr(err.text + 1, path), "the path is named once: %s", err.text);
	zp_registry_close(r);
}

Test(registry, what_is_no_shared_object_is_refused, .timeout = 20)
{
	assert_refused("./absent.so", "there is no such file");
	assert_refused(".", "not a regular file");
	cr_assert_eq(mkfifo("pipe.so", 0600), 0);
	assert_refused("pipe.so", "not a regular file");
	FILE *plain = fopen("plain.so", "w");
	fputs("this is a letter to the organiser, and it is long enough to be mistaken for a header of an object", plain);
	fclose(plain);
	assert_refused("./plain.so", "cannot be loaded: ");
	assert_refused("plain.so", "cannot be loaded: ");
}

Test(registry, a_bare_name_is_this_folders_file)
{
	zp_registry *r = zp_registry_open(none);
	zp_error err = { 0 };
	cr_assert_not(zp_registry_load(r, "libm.so.6", &err), "the loader's search path is not asked");
	cr_assert_not_null(strstr(err.text, "there is no such file"));
	err = (zp_error){ 0 };
	cr_assert_eq(link(module, "good.so"), 0);
	cr_assert(zp_registry_load(r, "good.so", &err), "%s", err.text);
	unlink("good.so");
	zp_registry_close(r);
}

static double score_nothing(const zp_host *host, const zp_scored *s)
{
	(void)host, (void)s;
	return ZP_NONE;
}

static const zp_scorer scorer = { .unit = "", .score = score_nothing };
static char names[64][24];
static zp_plugin plugins[64];
static const zp_plugin *builtin[65];

static void fill(size_t n)
{
	for (size_t i = 0; i < n; i++) {
		snprintf(names[i], sizeof names[i], "s%zu", i);
		plugins[i] = (zp_plugin){ ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = names[i], .version = "1", .cites = "", .says = "", .does.scorer = &scorer };
		builtin[i] = &plugins[i];
	}
}

Test(registry, built_in_plugins_keep_their_order_and_have_no_path)
{
	fill(3);
	zp_registry *r = zp_registry_open(builtin);
	cr_assert_eq(zp_registry_count(r), 3);
	cr_assert_str_eq(zp_registry_at(r, 2)->name, "s2");
	cr_assert_null(zp_registry_path(r, 2));
	zp_registry_close(r);
}

Test(registry, one_too_many_is_refused)
{
	fill(64);
	zp_registry *r = zp_registry_open(builtin);
	zp_error err = { 0 };
	cr_assert_not(load_as(r, "good.so", &err));
	cr_assert_not_null(strstr(err.text, "already 64 plugins"));
	cr_assert_eq(zp_registry_count(r), 64);
	zp_registry_close(r);
}

Test(builtin, a_faulty_one_aborts, .signal = SIGABRT)
{
	fill(2);
	plugins[1].abi = ZP_PLUGIN_ABI + 1;
	zp_registry_open(builtin);
}

static const zp_param settings_known[] = { { "k", "", "factor", 0, 9, 3 }, { "least", "values", "fewest", 1, 99, 12 }, { 0 } };

Test(lend, a_plugin_gets_memory_settings_and_failure)
{
	fill(1);
	plugins[0].params = settings_known;
	zp_arena *arena = zp_arena_open();
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, arena, &plugins[0], NULL);
	cr_assert_eq(host->size, sizeof(zp_host));
	cr_assert_eq(host->setting(host, "k"), 3, "presets");
	cr_assert_eq(host->setting(host, "least"), 12);
	host = zp_lend_to(&lend, arena, &plugins[0], (const double[]){ 1.5, 20 });
	cr_assert_eq(host->setting(host, "k"), 1.5);
	cr_assert_eq(host->setting(host, "least"), 20);
	char *memory = host->take(host, 1000);
	cr_assert(memory[0] == 0 && memory[999] == 0);
	zp_error err = { 0 };
	cr_assert_not(host->fail(&err, ZP_BAD_INPUT, "a.csv", 2, "too few: %d", 3));
	cr_assert_str_eq(err.text, "a.csv:2: too few: 3");
	zp_arena_close(arena);
}

Test(lend, an_undeclared_setting_is_a_bug, .signal = SIGABRT)
{
	fill(1);
	plugins[0].params = settings_known;
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, NULL, &plugins[0], NULL);
	host->setting(host, "K");
}
