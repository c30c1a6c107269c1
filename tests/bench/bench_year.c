/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a year takes: annals of invented laboratories over two years of three rounds, 40 programmes of 10 measurands.
 * usage: bench_year LABORATORIES FOLDER */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include "base/random.h"
#include "press/outbox.h"
#include "year/record.h"

#define PROGRAMMES 40
#define MEASURANDS 10
#define ROUNDS 6

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static const zp_annal_programme *programmes(zp_arena *arena)
{
	zp_annal_programme *out = zp_take(arena, zp_annal_programme, PROGRAMMES);
	for (int p = 0; p < PROGRAMMES; p++) {
		zp_annal_measurand *at = zp_take(arena, zp_annal_measurand, MEASURANDS);
		for (int m = 0; m < MEASURANDS; m++)
			at[m] = (zp_annal_measurand){ zp_arena_print(arena, "M%d", p * MEASURANDS + m), "项目", "", "", "serum",
				zp_arena_print(arena, "I%d", (p * MEASURANDS + m) * 3 / 4), 80 };
		out[p] = (zp_annal_programme){ .code = zp_arena_print(arena, "p%02d", p), .name = "计划", .name_en = "", .scheme = "", .scheme_version = "",
			.pass = 80, .n_samples = 5, .level = p % 2 ? ZP_LEVEL_PROVINCIAL : ZP_LEVEL_NATIONAL, .measurand_status = true, .measurands = at,
			.n_measurands = MEASURANDS };
	}
	return out;
}

static const zp_annal_tally *tallies(zp_arena *arena, uint32_t labs, zp_random *random, size_t *n)
{
	zp_annal_tally *at = zp_take(arena, zp_annal_tally, (size_t)labs * PROGRAMMES * (MEASURANDS + 1));
	for (uint32_t lab = 0; lab < labs; lab++)
		for (uint16_t p = 0; p < PROGRAMMES; p++) {
			uint32_t sum = 0;
			for (uint16_t m = 0; m < MEASURANDS; m++) {
				const uint32_t k = zp_random_below(random, 10) ? 5 : (uint32_t)zp_random_below(random, 5);
				sum += k;
				at[(*n)++] = (zp_annal_tally){ lab, p, m, ZP_STANDS_RETURNED, k >= 4 ? ZP_SATISFACTORY : ZP_UNSATISFACTORY, k * 100, 5, 0 };
			}
			at[(*n)++] = (zp_annal_tally){ lab, p, ZP_ANNAL_WHOLE, ZP_STANDS_RETURNED,
				sum >= 4 * MEASURANDS ? ZP_SATISFACTORY : ZP_UNSATISFACTORY, sum * 100, 5 * MEASURANDS, 0 };
		}
	return at;
}

static const zp_annals *invent(zp_arena *arena, uint32_t labs)
{
	static const char *const classes[] = { "三级公立", "二级公立", "一级公立", "民营" };
	zp_random random = zp_random_stream(20260715, labs, 0);
	zp_annal_lab *reg = zp_take(arena, zp_annal_lab, labs);
	zp_annal_round *rounds = zp_take(arena, zp_annal_round, ROUNDS);
	zp_annals *annals = zp_take(arena, zp_annals, 1);
	const zp_annal_programme *of = programmes(arena);
	for (uint32_t i = 0; i < labs; i++)
		reg[i] = (zp_annal_lab){ zp_arena_print(arena, "L%06u", i), "示例实验室", zp_arena_print(arena, "42%02u%02u", 1 + i % 13, 1 + i % 9), "", classes[i % 4], "", "" };
	for (int r = 0; r < ROUNDS; r++) {
		size_t n = 0;
		const zp_annal_tally *at = tallies(arena, labs, &random, &n);
		rounds[r] = (zp_annal_round){ .id = zp_arena_print(arena, "%d-%d", 2025 + r / 3, r % 3 + 1), .version = "v1", .name = "", .name_en = "",
			.organiser = "示例省临床检验中心", .issued = "", .digest = "", .year = 2025 + r / 3, .number = r % 3 + 1, .opens = "",
			.closes = zp_arena_print(arena, "%d-0%d-01", 2025 + r / 3, 3 + 2 * (r % 3)), .labs = reg, .n_labs = labs, .programmes = of,
			.n_programmes = PROGRAMMES, .tallies = at, .n_tallies = n };
	}
	*annals = (zp_annals){ rounds, ROUNDS };
	return annals;
}

/* Keep the time. Gives: true, to stand in a chain. */
static bool told(double *when)
{
	*when = now();
	return true;
}

int main(int argc, char **argv)
{
	zp_arena *arena = zp_arena_open(), *work = zp_arena_open();
	const uint32_t labs = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1500;
	const zp_certificate_rule rule = { .id = "all", .name = "", .policy = ZP_POLICY_ALL_ROUNDS, .min_rounds = 1, .levels = ZP_ALL_LEVELS, .organiser = "" };
	zp_year_rules rules = zp_year_rules_default();
	zp_error err = { 0 };
	struct rusage used;
	double tables = 0, records = 0;
	rules.certificates = &rule;
	rules.n_certificates = 1;
	rules.input.name = "";
	const zp_year_wish wish = { .year = 2026, .issued = "2027-01-01", .annals = invent(arena, labs), .rules = &rules, .identity = zp_identity_none(arena),
		.identity_before = zp_identity_none(arena) };
	const double start = now();
	const zp_year *year = zp_year_take(work, &wish, zp_problems_take(work), &err);
	const double worked = now();
	zp_press *press = year && argc > 2 ? zp_press_open_folder(argv[2], &err) : NULL;
	if (!press || !zp_year_tables(year, press, NULL, &err) || !told(&tables) || !zp_year_records(year, press, &err) ||
	    !told(&records) || !zp_year_manifest(year, "", NULL, 0, press, &err) ||
	    !zp_press_publish(press, &err)) {
		fprintf(stderr, "%s\n", err.code ? err.text : "usage: bench_year LABORATORIES FOLDER");
		return 1;
	}
	getrusage(RUSAGE_SELF, &used);
	printf("%u laboratories x 400 measurands x 3 rounds, a year before it as well: worked out %.2f s, tables %.2f s, records %.2f s, to the disk %.2f s, %ld MiB in all\n", labs,
	       worked - start, tables - worked, records - tables, now() - records, used.ru_maxrss / 1024);
	zp_press_close(press);
	zp_arena_close(work);
	zp_arena_close(arena);
	return 0;
}
