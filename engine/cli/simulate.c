/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping simulate: an honest synthetic round, or a year of them. */
#include "cli/cli.h"
#include "simulate/simulate.h"

#define PROGRAMMES_MOST 32

/* Cut the list at its commas, in place. */
static size_t cut(char *list, const char *out[PROGRAMMES_MOST])
{
	size_t n = 0;
	for (char *p = list; *p && n < PROGRAMMES_MOST;) {
		out[n++] = p;
		p += strcspn(p, ",");
		if (*p)
			*p++ = '\0';
	}
	return n;
}

int zp_command_simulate(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	zp_simulation_wish wish = zp_simulation_preset();
	const char *programmes[PROGRAMMES_MOST] = { "chemistry" };
	char list[1000];
	long labs = (long)wish.labs, measurands = 0, samples = (long)wish.samples, seed = 1, rounds = 1, year = wish.year;
	if (!zp_options_read(self, argc, argv, 0, 0, &given) || !zp_option_number(&given, "labs", 1, ZP_SIM_LABS_MOST, &labs) ||
	    !zp_option_number(&given, "measurands", 1, 10000, &measurands) ||
	    !zp_option_number(&given, "samples", 1, ZP_SIM_SAMPLES_MOST, &samples) ||
	    !zp_option_number(&given, "rounds", 1, ZP_SIM_ROUNDS_MOST, &rounds) ||
	    !zp_option_number(&given, "year", ZP_SIM_YEAR_FIRST, ZP_SIM_YEAR_LAST, &year) ||
	    !zp_option_number(&given, "seed", 0, 999999999999, &seed))
		return ZP_BAD_USE;
	wish.into = zp_option_given(&given, "into");
	if (!wish.into || !*wish.into) {
		fprintf(stderr, zp_say("zhiping simulate: --into DIR is needed\n"));
		return ZP_BAD_USE;
	}
	if (rounds == 1 && zp_option_given(&given, "year")) {
		fprintf(stderr, zp_say("zhiping simulate: --year is for a year of several rounds; expected --rounds 2 to %d with it\n"), ZP_SIM_ROUNDS_MOST);
		return ZP_BAD_USE;
	}
	const char *named = zp_option_given(&given, "programmes");
	wish.n_programmes = 1;
	if (named) {
		snprintf(list, sizeof list, "%s", named);
		wish.n_programmes = cut(list, programmes);
	}
	wish.programmes = programmes;
	wish.labs = (size_t)labs;
	wish.measurands = (size_t)measurands;
	wish.samples = (size_t)samples;
	wish.seed = (uint64_t)seed;
	wish.rounds = (size_t)rounds;
	wish.year = (int)year;
	for (int c = 0; c < ZP_SIM_CLASSES && zp_option_given(&given, "everything"); c++)
		wish.declared[c] = 1;
	if (zp_option_given(&given, "single-file"))
		wish.files = ZP_SIM_FILES_ONE;
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	zp_watch *watch = zp_watch_begin();
	wish.progress = zp_watch_progress(watch);
	const bool done = zp_simulate(&wish, registry, zp_cli_rules(&given), &err);
	zp_watch_end(watch);
	if (done && rounds > 1)
		printf(zp_say("%ld laboratories simulated over %ld rounds of %ld in %s; %s/year/README.md says what comes next\n"), labs, rounds, year, wish.into, wish.into);
	else if (done)
		printf(zp_say("%ld laboratories simulated in %s; what is true of them is in %s/truth.csv\n"), labs, wish.into, wish.into);
	else
		zp_cli_fail(&err);
	zp_registry_close(registry);
	return (int)err.code;
}
