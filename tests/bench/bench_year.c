/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a year takes: invented laboratories over years of three rounds, 40 programmes of 10 measurands and 5 samples.
 * usage: bench_year LABORATORIES FOLDER     worked out from annals in memory, two years
 *        bench_year fill LABORATORIES FILE  the three rounds of 2026 put into a ledger, with all their results */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include "base/random.h"
#include "ledger/ledger.h"
#include "ledger/pack.h"
#include "press/outbox.h"
#include "year/record.h"

#define PROGRAMMES 40
#define MEASURANDS 10
#define ROUNDS 6
#define SAMPLES 5
#define PEERS 3 /* groups of a sample */

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
	static const char *const regions[] = { "420102", "420106", "420111", "420115", "420202", "420281", "420302", "420381", "420502", "420503", "420527", "420582",
					       "420602", "420802", "420902", "421002", "421102", "421126", "421202", "421303", "422801", "429004", "429005" };
	zp_annal_lab *reg = zp_take(arena, zp_annal_lab, labs);
	zp_annal_round *rounds = zp_take(arena, zp_annal_round, ROUNDS);
	zp_annals *annals = zp_take(arena, zp_annals, 1);
	const zp_annal_programme *of = programmes(arena);
	for (uint32_t i = 0; i < labs; i++)
		reg[i] = (zp_annal_lab){ zp_arena_print(arena, "L%06u", i), "示例实验室", regions[i % (sizeof regions / sizeof *regions)], "", classes[i % 4], "", "" };
	for (int r = 0; r < ROUNDS; r++) {
		size_t n = 0;
		const zp_annal_tally *at = tallies(arena, labs, &random, &n);
		rounds[r] = (zp_annal_round){ .id = zp_arena_print(arena, "%d-%d", 2025 + r / 3, r % 3 + 1), .version = "v1", .name = "", .name_en = "",
			.organiser = "示例省临床检验中心", .issued = "2026-12-31", .digest = "", .year = 2025 + r / 3, .number = r % 3 + 1, .opens = "",
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

/* ---- into a ledger ---- */

/* A value of three or four digits, about a third of the limit off its target; each laboratory and measurand with a lean of its own. */
static uint8_t *pack_samples(uint8_t *p, zp_random *random, uint32_t target, double lean, uint32_t group)
{
	for (int i = 0; i < SAMPLES; i++) {
		const double share = lean + 0.35 * zp_random_normal(random);
		const bool good = fabs(share) <= 1;
		const zp_packed s = { .state = 2, .verdict = good ? 1 : 2, .credit = good ? 100 : 0, .kind = ZP_PACKED_NUMBER, .group = group + (uint32_t)i * PEERS,
			.value = { (int64_t)((double)target * (1 + 0.1 * share)), -2 }, .has_share = true, .share = (int64_t)(1000 * share), .has_sdi = true,
			.sdi = (int64_t)(250 * share) };
		p = zp_pack(p, &s);
	}
	return p;
}

static const zp_entry_result *results(zp_arena *arena, const zp_annal_round *round, zp_random *random, size_t *n)
{
	zp_entry_result *at = zp_take(arena, zp_entry_result, round->n_labs * PROGRAMMES * MEASURANDS);
	for (uint32_t lab = 0; lab < round->n_labs; lab++)
		for (uint16_t p = 0; p < PROGRAMMES; p++)
			for (uint16_t m = 0; m < MEASURANDS; m++) {
				const uint32_t number = (uint32_t)p * MEASURANDS + m;
				uint8_t bytes[SAMPLES * ZP_PACKED_MOST];
				const double lean = 0.15 * sin((double)(lab * 31 + number * 17));
				const size_t size = (size_t)(pack_samples(bytes, random, 300 + number * 20, lean, 1 + number * SAMPLES * PEERS + lab % PEERS) - bytes);
				uint8_t *kept = zp_arena_take(arena, size);
				memcpy(kept, bytes, size);
				at[(*n)++] = (zp_entry_result){ lab, p, m, (uint32_t)size, kept };
			}
	return at;
}

static const zp_entry_target *targets(zp_arena *arena, size_t *n)
{
	static const char *const cells[ZP_TARGET_CELLS] = { "p", "M", "S", "system", "A-600", "487", "480", "480", "consensus", "algorithm-a", "1", "5.237", "0.0061", "0.107",
		"0.21", "", "0.42", "4.92", "5.55", "5.237", "0.107", "" };
	zp_entry_target *at = zp_take(arena, zp_entry_target, PROGRAMMES * MEASURANDS * SAMPLES * PEERS);
	for (*n = 0; *n < PROGRAMMES * MEASURANDS * SAMPLES * PEERS; ++*n) {
		at[*n].group = (uint32_t)*n + 1;
		memcpy(at[*n].cells, cells, sizeof cells);
		at[*n].cells[11] = zp_arena_print(arena, "%zu.%03zu", 3 + *n / 1000, *n % 1000);
	}
	return at;
}

static zp_entry entry_of(zp_arena *arena, const zp_annal_round *round, zp_random *random)
{
	static const char *codes[SAMPLES] = { "202611", "202612", "202613", "202614", "202615" }, *cancelled[PROGRAMMES], *const *samples[PROGRAMMES];
	static zp_entry_rule limits[MEASURANDS];
	static const zp_entry_rule *all[PROGRAMMES];
	for (int m = 0; m < MEASURANDS; m++)
		limits[m] = (zp_entry_rule){ 1, "10 %", "set" };
	for (int p = 0; p < PROGRAMMES; p++)
		cancelled[p] = "", samples[p] = codes, all[p] = limits;
	zp_entry e = { .round = *round, .version = 1, .organiser_en = "", .opens_at = round->opens, .closes_at = round->closes, .engine = "bench", .cancelled = cancelled,
		.samples = samples, .rules = all, .manifest = "{}\n", .n_manifest = 3 };
	static char digest[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, e.manifest, e.n_manifest);
	zp_digest_close(d, digest);
	e.round.digest = digest;
	e.results = results(arena, round, random, &e.n_results);
	e.n_samples = e.n_results * SAMPLES;
	e.targets = targets(arena, &e.n_targets);
	return e;
}

static int fill(uint32_t labs, const char *path)
{
	zp_arena *arena = zp_arena_open();
	zp_random random = zp_random_stream(20260715, labs, 1);
	const zp_annals *annals = invent(arena, labs);
	zp_error err = { 0 };
	zp_ledger *ledger = zp_ledger_open(path, ZP_LEDGER_WRITE, &err);
	size_t n = 0;
	double took = 0;
	for (size_t r = ROUNDS / 2; ledger && r < ROUNDS; r++) {
		zp_arena *of_round = zp_arena_open();
		const zp_entry e = entry_of(of_round, &annals->rounds[r], &random);
		const double start = now();
		if (zp_ledger_put(ledger, &e, &err) != ZP_ADDED)
			break;
		took += now() - start;
		n += e.n_samples;
		zp_arena_close(of_round);
	}
	zp_ledger_close(ledger);
	zp_arena_close(arena);
	struct stat file;
	if (err.code || stat(path, &file)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	printf("%u laboratories x 400 measurands x 3 rounds x 5: %zu results appended in %.2f s, %.0f a second, %.1f bytes each\n", labs, n, took, (double)n / took,
	       (double)file.st_size / (double)n);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "fill") == 0)
		return fill((uint32_t)strtoul(argv[2], NULL, 10), argv[3]);
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
	    !told(&records) || !zp_year_manifest(year, "", NULL, NULL, 0, press, &err) ||
	    !zp_press_publish(press, &err)) {
		fprintf(stderr, "%s\n", err.code ? err.text : "usage: bench_year [fill] LABORATORIES FOLDER");
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
