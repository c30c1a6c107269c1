/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping series: z scores over many rounds, for each laboratory. */
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/series.h"

typedef struct wish {
	zp_arena *arena;
	const zp_cli_sheet *sheet;
	size_t z, lab;
	zp_series_how how;
	bool chinese, json;
	int width; /* of the column of names */
} wish;

static void print_one(const wish *w, const char *lab, const zp_series *s, bool first)
{
	if (w->json) {
		printf("%s\n  {\"lab\": ", first ? "" : ",");
		zp_print_json_text(lab);
		printf(", \"n\": %zu", s->n);
		const struct { const char *name; double value; } members[] = {
			{ "RSZ", s->rsz }, { "SSZ", s->ssz }, { "SSZ_p", s->ssz_p }, { "RLP", s->rlp }, { "mean_abs_z", s->mean_abs },
			{ "mean_last", s->mean_latest }, { "ewma", s->ewma }, { "cusum_hi", s->cusum_high }, { "cusum_lo", s->cusum_low },
		};
		for (size_t i = 0; i < sizeof members / sizeof *members; i++)
			zp_print_json_member(members[i].name, members[i].value, false);
		printf(", \"one_sided\": %zu}", s->one_sided);
		return;
	}
	char t[7][40], shown[200];
	zp_print_cell(zp_text_show_in(shown, sizeof shown, zp_text_of(lab)), w->width);
	printf(" %4zu %8s %8s %8s %8s %8s %8s %8s %6zu%s\n", s->n, zp_print_short(s->rsz, 4, t[0]), zp_print_short(s->ssz, 4, t[1]),
	       zp_print_short(s->rlp, 4, t[2]), zp_print_short(s->mean_latest, 4, t[3]), zp_print_short(s->ewma, 4, t[4]),
	       zp_print_short(s->cusum_high, 4, t[5]), zp_print_short(s->cusum_low, 4, t[6]), s->one_sided,
	       s->signal ? w->chinese ? "  累积和报警" : "  cusum signals" : "");
}

static int run(wish *w, const zp_given_options *given)
{
	zp_error err = { 0 };
	long latest = 5;
	const char *z = zp_option_given(given, "z");
	if (!z)
		return fprintf(stderr, zp_say("zhiping series: --z is needed; expected the name of the column with the scores, in the order of the rounds\n")), ZP_BAD_USE;
	if (!zp_option_number(given, "latest", 1, 1000, &latest) || !zp_option_real(given, "lambda", 0, 1, &w->how.lambda) ||
	    !zp_option_real(given, "slack", -1e-300, 100, &w->how.k) || !zp_option_real(given, "signal", 0, 1000, &w->how.h) ||
	    !zp_option_chinese(given, &w->chinese))
		return ZP_BAD_USE;
	w->how.latest = (size_t)latest;
	w->json = zp_option_given(given, "json");
	w->sheet = zp_sheet_open(w->arena, given->rest[0], given, &err);
	if (!w->sheet || !zp_sheet_column(w->sheet, "z", z, &w->z, &err) || !zp_sheet_optional(w->sheet, given, "lab", &w->lab, &err))
		return zp_cli_fail(&err);
	const zp_sheet_groups labs = zp_sheet_group(w->arena, w->sheet, w->lab, "laboratory");
	char shown[200];
	for (size_t i = 0; i < labs.n; i++)
		w->width = zp_print_room(w->width, zp_text_show_in(shown, sizeof shown, zp_names_at(labs.names, (uint32_t)i)));
	double *scores = zp_take(w->arena, double, w->sheet->n_rows + 1);
	if (w->json) {
		printf("[");
	} else {
		zp_print_cell(w->chinese ? "实验室" : "laboratory", w->width);
		printf(" %4s %8s %8s %8s", "n", "RSZ", "SSZ", "RLP");
		zp_print_cell(w->chinese ? "近期均值" : "latest", -9);
		printf(" %8s %8s %8s", "EWMA", "CUSUM+", "CUSUM-");
		zp_print_cell(w->chinese ? "同号" : "run", -7);
		putchar('\n');
	}
	for (size_t i = 0; i < labs.n; i++) {
		size_t n = 0;
		for (size_t k = labs.first[i]; k < labs.first[i + 1]; k++, n++)
			zp_sheet_plain(w->sheet, labs.rows[k], w->z, &scores[n], NULL); /* NAN: a round without a score */
		const zp_series s = zp_series_of(scores, n, w->how);
		print_one(w, zp_names_at(labs.names, (uint32_t)i).p, &s, i == 0);
	}
	if (w->json)
		printf("\n]\n");
	return zp_sheet_tell(w->sheet);
}

int zp_command_series(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	wish w = { .arena = zp_arena_open(), .how = { 5, 0.2, 0.5, 5 }, .width = 16 };
	const int code = run(&w, &given);
	zp_arena_close(w.arena);
	return code;
}
