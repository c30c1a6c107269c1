/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping template: the forms that laboratories fill in. */
#include "cli/cli.h"
#include "run/forms.h"

static bool read_kind(const char *kind, const char *emitters[2], size_t *n)
{
	*n = 0;
	if (!kind || strcmp(kind, "both") == 0 || strcmp(kind, "xlsx") == 0)
		emitters[(*n)++] = "form-xlsx";
	if (!kind || strcmp(kind, "both") == 0 || strcmp(kind, "csv") == 0)
		emitters[(*n)++] = "form-csv";
	if (*n)
		return true;
	fprintf(stderr, zp_say("zhiping: --kind \"%s\" is not known; expected xlsx, csv or both\n"), kind);
	return false;
}

/* The laboratories that were named, each once. Gives: false after a sentence for each that has no form. */
static bool find_labs(const zp_run *run, const zp_given_options *given, uint32_t labs[ZP_GIVEN_MOST], size_t *n)
{
	const zp_roster *roster = run->roster;
	size_t at = 0;
	bool good = true;
	*n = 0;
	for (const char *code; (code = zp_option_next(given, "lab", &at));) {
		uint32_t lab = zp_names_find(roster->lab_names, zp_text_of(code));
		char shown[128];
		bool known = lab != ZP_NO_NAME, enrolled = known && roster->first_enrolment[lab] < roster->first_enrolment[lab + 1], again = false;
		for (size_t i = 0; i < *n; i++)
			again = again || labs[i] == lab;
		if (enrolled && !again)
			labs[(*n)++] = lab;
		good = good && enrolled;
		if (!enrolled)
			fprintf(stderr, known ? zp_say("zhiping: laboratory \"%s\" is enrolled in no programme, so that there is nothing to ask it\n")
					      : zp_say("zhiping: laboratory \"%s\" is not in roster.csv\n"),
				zp_text_show_code_in(shown, sizeof shown, zp_text_of(code)));
	}
	return good;
}

static int write_forms(zp_run *run, zp_forms_wish *wish, const zp_given_options *given, zp_watch *watch, zp_error *err)
{
	uint32_t labs[ZP_GIVEN_MOST];
	size_t n = 0;
	if (!zp_option_given(given, "all")) {
		if (!find_labs(run, given, labs, &n))
			return ZP_BAD_USE;
		wish->labs = labs;
		wish->n_labs = n;
	}
	n = zp_forms_write(run, wish, err);
	zp_watch_hush(watch);
	if (!err->code)
		printf(zp_say_n("forms for %zu laboratory in %s\n", "forms for %zu laboratories in %s\n", n), n, wish->into);
	return err->code ? zp_cli_fail(err) : ZP_OK;
}

int zp_command_template(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	long threads = 0;
	bool chinese;
	const char *emitters[2];
	zp_forms_wish wish = { .emitters = emitters };
	if (!zp_options_read(self, argc, argv, 1, 1, &given) || !zp_option_number(&given, "threads", 1, 256, &threads) ||
	    !zp_option_chinese(&given, &chinese) || !read_kind(zp_option_given(&given, "kind"), emitters, &wish.n_emitters))
		return ZP_BAD_USE;
	wish.chinese = chinese || !zp_option_given(&given, "lang"); /* a form is Chinese unless it is asked for otherwise */
	wish.into = zp_option_given(&given, "into");
	if (!wish.into || !*wish.into || !zp_option_given(&given, "lab") == !zp_option_given(&given, "all")) {
		fprintf(stderr, zp_say("zhiping template: --into DIR and either --lab CODE or --all are needed\n"));
		return ZP_BAD_USE;
	}
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	zp_run_wish round = { .round_dir = given.rest[0], .rules_dir = zp_cli_rules(&given), .threads = (unsigned)threads };
	zp_watch *watch = zp_watch_begin();
	round.progress = zp_watch_progress(watch);
	zp_run *run = zp_run_open(registry, &round, ZP_UNTIL_REGISTER, &err);
	zp_watch_hush(watch);
	zp_cli_problems(run, stderr);
	int code = err.code ? zp_cli_fail(&err) : write_forms(run, &wish, &given, watch, &err);
	zp_watch_end(watch);
	zp_run_close(run);
	zp_registry_close(registry);
	return code;
}
