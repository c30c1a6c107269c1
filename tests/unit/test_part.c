/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of a round is believed by its digest, and used only within its bounds: whatever a byte of it is turned into is seen, and what is
 * sealed again is refused with a sentence or joined, and never more than that. */
#include "simulated.h"
#include "base/digest.h"
#include "base/random.h"
#include "run/drawn.h"
#include "run/part_group.h"
#include "run/publish.h"
#include "run/shards.h"

#define TRAILER 65
#define NAME "scores-1-of-1.part"

static char round_dir[200], parts_dir[200];
static zp_run *run;   /* as it stands before targets are worked out */
static char *bytes;   /* of its one part, as it was written */
static size_t n_bytes;
static size_t first_of_body;

static zp_run *open_run(zp_division share, zp_until until)
{
	zp_error err = { 0 };
	const zp_run_wish wish = { .round_dir = round_dir, .rules_dir = RULES, .threads = 1, .engine = "zhiping of a test", .share = share };
	zp_run *opened = zp_run_open(registry, &wish, until, &err);
	cr_assert_eq(err.code, ZP_OK, "%s", err.text);
	return opened;
}

static void write_part(void)
{
	static const char *const programmes[] = { "glucose", "answers" };
	set_up();
	zp_error err = { 0 };
	snprintf(round_dir, sizeof round_dir, "%s", inside("round"));
	snprintf(parts_dir, sizeof parts_dir, "%s", inside("parts"));
	zp_simulation_wish wish = wish_of(round_dir, 9, programmes, 2);
	must(&wish);
	zp_run *whole = open_run((zp_division){ 1, 1 }, ZP_UNTIL_SCORE);
	cr_assert(zp_scores_write(whole, parts_dir, &err), "%s", err.text);
	zp_run_close(whole);
	bytes = slurp(inside("parts/" NAME), &n_bytes);
	run = open_run((zp_division){ 0, 0 }, ZP_UNTIL_HINTS);
	run->basis = zp_shards_basis(run, "");
	run->parts = parts_dir;
	zp_part part;
	const char *why = "";
	cr_assert(zp_part_read(run->arena, run->parts, NAME, &part, &why), "%s", why);
	first_of_body = n_bytes - TRAILER - part.body.n;
}

static void remove_part(void)
{
	zp_run_close(run);
	free(bytes);
	tear_down();
}

TestSuite(part, .init = write_part, .fini = remove_part, .timeout = 300);

static void put_file(const char *from, size_t n)
{
	FILE *f = fopen(inside("parts/" NAME), "wb");
	cr_assert_eq(fwrite(from, 1, n, f), n);
	cr_assert_eq(fclose(f), 0);
}

static void put_beside(const char *name)
{
	FILE *f = fopen(inside(name), "wb");
	cr_assert_eq(fwrite(bytes, 1, n_bytes, f), n_bytes);
	cr_assert_eq(fclose(f), 0);
}

static bool is_read(void)
{
	zp_part part;
	const char *why = "";
	zp_arena *arena = zp_arena_open();
	const bool good = zp_part_read(arena, parts_dir, NAME, &part, &why);
	cr_expect(good || strlen(why) >= strlen("is empty"), "nothing is told");
	zp_arena_close(arena);
	return good;
}

Test(part, a_byte_that_was_turned_is_seen)
{
	cr_expect(is_read());
	for (size_t at = 0; at < n_bytes; at += at < first_of_body || at + 2 * TRAILER > n_bytes ? 1 : 53) {
		bytes[at] ^= (char)(1 << at % 8);
		put_file(bytes, n_bytes);
		cr_expect_not(is_read(), "byte %zu", at);
		bytes[at] ^= (char)(1 << at % 8);
	}
}

Test(part, a_part_that_was_cut_off_or_grew_is_seen)
{
	for (size_t n = 0; n < n_bytes; n += n < 200 ? 1 : 397) {
		put_file(bytes, n);
		cr_expect_not(is_read(), "%zu bytes", n);
	}
	put_file(bytes, n_bytes + 1); /* a NUL behind it */
	cr_expect_not(is_read());
}

static void seal(char *altered, size_t n)
{
	char digest[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, altered, n - TRAILER);
	zp_digest_close(d, digest);
	memcpy(altered + n - TRAILER, digest, TRAILER - 1);
	altered[n - 1] = '\n';
	put_file(altered, n);
}

/* Gives: whether it was joined; then all that is made of it is made, so that it can be seen to be borne. */
static bool is_joined(void)
{
	zp_error err = { 0 };
	const size_t before = zp_problems_count(run->input_problems);
	run->summary = (zp_summary){ 0 };
	if (!zp_run_join(run, &err)) {
		cr_expect_eq(err.code, ZP_BAD_INPUT, "%s", err.text);
		cr_expect_gt(zp_problems_count(run->input_problems), before, "nothing is told");
		return false;
	}
	zp_press *press = zp_press_open_aside();
	cr_expect(zp_run_judge(run, &err) && zp_run_rank(run, &err) && zp_tables_write(run, press, &err), "%s", err.text);
	zp_press_close(press);
	return true;
}

Test(part, what_was_written_is_joined)
{
	cr_expect(is_joined());
	zp_run *whole = open_run((zp_division){ 0, 0 }, ZP_UNTIL_SCORE);
	cr_assert_eq(run->n_groups, whole->n_groups);
	for (size_t g = 0; g < whole->n_groups; g++) {
		zp_group a = run->groups[g], b = whole->groups[g];
		cr_expect(a.n_counts == b.n_counts && (!a.n_counts || memcmp(a.counts, b.counts, a.n_counts * sizeof *a.counts) == 0));
		a.counts = b.counts = NULL;
		cr_expect_eq(memcmp(&a.target.x, &b.target.x, sizeof a.target.x) | memcmp(&a.u_x_pt, &b.u_x_pt, sizeof a.u_x_pt), 0, "group %zu", g);
	}
	for (size_t i = 0; i < whole->round->n; i++) {
		const zp_judgement *a = &run->judgement, *b = &whole->judgement;
		cr_expect(a->group[i] == b->group[i] && a->mark[i] == b->mark[i] && a->verdict[i] == b->verdict[i] && a->would_be[i] == b->would_be[i] &&
			  a->reason[i] == b->reason[i] && a->credit[i] == b->credit[i] && a->flags[i] == b->flags[i], "cell %zu", i);
	}
	zp_run_close(whole);
}

Test(part, what_is_named_for_another_kind_is_not_read)
{
	put_beside("parts/papers-1-of-1.part");
	cr_expect(is_joined());
	put_beside("parts/scores-1-of-2.part");
	cr_expect_not(is_joined(), "it is there twice");
}

/* ---- papers ---- */

#define PAPERS "parts/papers-1-of-1.part"
#define CONTENT "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PAPER "a paper"

/* A paper for each laboratory, as zp_drawn_write writes them. */
static void write_papers(const zp_publish_wish *wish)
{
	zp_error err = { 0 };
	zp_part_head head = { ZP_PART_PAPERS, { 1, 1 }, run->basis };
	head.basis.wish = zp_drawn_wish(run, wish);
	zp_part_writer *w = zp_part_begin(parts_dir, &head, &err);
	cr_assert(w, "%s", err.text);
	zp_part_u32(w, (uint32_t)run->roster->n_labs);
	for (uint32_t lab = 0; lab < run->roster->n_labs; lab++) {
		zp_part_text(w, zp_text_of(run->roster->labs[lab].code));
		zp_part_text(w, zp_text_of(CONTENT));
		zp_part_u32(w, 1);
		zp_part_text(w, zp_text_of("paper.pdf"));
		zp_part_u64(w, strlen(PAPER));
		zp_part_bytes(w, PAPER, strlen(PAPER));
	}
	cr_assert(zp_part_finish(w, &err), "%s", err.text);
}

/* The length of the first name becomes `length` in the file, behind the back of whoever has found it good. */
static void alter_name(uint32_t length)
{
	size_t n;
	char *all = slurp(inside(PAPERS), &n), *at = memmem(all, n, "paper.pdf", strlen("paper.pdf"));
	cr_assert(at);
	FILE *f = fopen(inside(PAPERS), "r+b");
	const unsigned char little[] = { (unsigned char)length, (unsigned char)(length >> 8), (unsigned char)(length >> 16), (unsigned char)(length >> 24) };
	cr_assert(fseek(f, at - all - 4, SEEK_SET) == 0 && fwrite(little, 1, sizeof little, f) == sizeof little && fclose(f) == 0);
	free(all);
}

static bool is_paper(void *self, const char *name, const void *what, size_t n, zp_error *err)
{
	(void)err;
	return *(bool *)self = strcmp(name, "paper.pdf") == 0 && n == strlen(PAPER) && memcmp(what, PAPER, n) == 0;
}

Test(part, a_paper_that_is_altered_after_it_was_found_is_refused)
{
	static const uint32_t lengths[] = { 0, 1, 300, 0x7FFFFFFF, UINT32_MAX };
	zp_error err = { 0 };
	const zp_publish_wish wish = { .parts = parts_dir, .issue = { .date = "2026-12-31", .version = "v1", .bond = { "", "" } } };
	write_papers(&wish);
	zp_problems *problems = zp_problems_take(run->arena);
	const zp_drawn_papers *papers = zp_drawn_find(run, &wish, problems, &err);
	cr_assert(papers && zp_problems_count(problems) == 0, "%s", err.text);
	bool came = false;
	const zp_outbox out = { &came, is_paper };
	cr_expect(zp_drawn_put(papers, 0, "L", CONTENT, &out, &err) && came, "%s", err.text);
	for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
		alter_name(lengths[k]);
		err = (zp_error){ 0 };
		came = false;
		cr_expect(!zp_drawn_put(papers, 0, "L", CONTENT, &out, &err) && !came, "%u", lengths[k]);
		cr_expect(err.code == ZP_BAD_INPUT && strstr(err.text, "were altered while they were joined"), "%s", err.text);
	}
}

Test(part, what_was_altered_and_sealed_again_is_borne)
{
	zp_random random = zp_random_stream(7, 1, 0);
	char *altered = malloc(n_bytes);
	size_t joined = 0, refused = 0;
	for (size_t round = 0; round < 1200; round++) {
		memcpy(altered, bytes, n_bytes);
		const size_t times = 1 + round % 3, room = n_bytes - TRAILER - first_of_body;
		for (size_t k = 0; k < times; k++) {
			static const unsigned char values[] = { 0, 1, 0x7F, 0x80, 0xFF };
			const size_t at = first_of_body + zp_random_below(&random, room);
			altered[at] = (char)(round % 2 ? values[zp_random_below(&random, 5)] : zp_random_below(&random, 256));
		}
		seal(altered, n_bytes);
		if (is_joined())
			joined++;
		else
			refused++;
	}
	cr_expect_gt(joined, 100, "%zu", joined); /* a double may be any double */
	cr_expect_gt(refused, 100, "%zu", refused);
	free(altered);
}

Test(part, a_body_that_ends_too_early_is_refused)
{
	char *altered = malloc(n_bytes);
	for (size_t n = first_of_body + TRAILER; n < n_bytes; n += 131) {
		memcpy(altered, bytes, n);
		seal(altered, n);
		cr_expect_not(is_joined(), "%zu bytes", n);
	}
	free(altered);
}

Test(part, work_is_dealt_evenly_and_the_same_each_time)
{
	const uint64_t weights[] = { 5, 9, 1, 7, 7, 3 };
	const uint32_t *a = zp_shards_deal(run->arena, weights, 6, 2), *b = zp_shards_deal(run->arena, weights, 6, 2);
	uint64_t has[3] = { 0 };
	for (size_t i = 0; i < 6; i++) {
		cr_expect(a[i] == b[i] && (a[i] == 1 || a[i] == 2));
		has[a[i]] += weights[i];
	}
	cr_expect_eq(has[1], 17); /* 9, 5, 3 and 7, 7, 1 */
	cr_expect_eq(has[2], 15);
	const uint32_t *more = zp_shards_deal(run->arena, weights, 2, 5);
	cr_expect(more[1] == 1 && more[0] == 2);
}
