/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping methods: what rules may name. */
#include "book/choices.h"
#include "cli/cli.h"

static const char *const kinds[] = { [ZP_IMPORTER] = "importer", [ZP_ESTIMATOR] = "estimator", [ZP_SCORER] = "scorer",
				     [ZP_EMITTER] = "emitter" };

static void print_plugin(const zp_plugin *p, const char *path)
{
	printf(zp_say("%s %s %s\n  %s\n  cites: %s\n"), kinds[p->kind], p->name, p->version, zp_say(p->says), p->cites);
	if (p->kind == ZP_ESTIMATOR)
		printf(zp_say("  breakdown: %s; needs at least %zu values\n  u: %s\n"), zp_say(p->does.estimator->breakdown), p->does.estimator->least_n,
		       p->does.estimator->uncertainty ? zp_say(p->does.estimator->uncertainty) : zp_say("not told"));
	for (const zp_param *q = p->params; q && q->name; q++) {
		printf(zp_say("  setting %s: %s; from %g to %g, "), q->name, zp_say(q->help), q->least, q->most);
		if (isnan(q->preset))
			printf(zp_say("must be given"));
		else
			printf(zp_say("preset %g"), q->preset);
		printf("%s%s\n", q->unit && *q->unit ? " " : "", q->unit ? zp_say(q->unit) : "");
	}
	if (path)
		printf(zp_say("  loaded from %s\n"), path);
}

static void print_choices(void)
{
	printf("%s", zp_say("\nchoices (<choices NAME=\"VALUE\"/> in a scheme or round.xml; the first value is the default)\n"));
	for (size_t i = 0; i < zp_choice_count(); i++) {
		const zp_choice *c = zp_choice_at(i);
		printf("  %-28s %s\n    %s\n", c->name, c->values, zp_say(c->says));
	}
}

int zp_command_methods(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 0, 1, &given))
		return ZP_BAD_USE;
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	size_t found = 0;
	for (size_t i = 0; i < zp_registry_count(registry); i++) {
		const zp_plugin *p = zp_registry_at(registry, i);
		if (!given.n_rest)
			printf("%-9s %-20s %-3s %s\n", kinds[p->kind], p->name, p->version, zp_say(p->says));
		else if (strcmp(p->name, given.rest[0]) == 0)
			print_plugin(p, zp_registry_path(registry, i)), found++;
	}
	for (size_t i = 0; i < zp_choice_count() && given.n_rest; i++)
		if (strcmp(zp_choice_at(i)->name, given.rest[0]) == 0)
			printf(zp_say("choice %s\n  %s\n  values: %s\n"), zp_choice_at(i)->name, zp_say(zp_choice_at(i)->says), zp_choice_at(i)->values), found++;
	if (!given.n_rest)
		print_choices();
	zp_registry_close(registry);
	if (!given.n_rest || found)
		return ZP_OK;
	fprintf(stderr, zp_say("zhiping: no method or choice is named \"%s\"; zhiping methods lists them\n"), given.rest[0]);
	return ZP_BAD_USE;
}
