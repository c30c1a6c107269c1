/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "run/records.h"
#include "run/sandbox.h"

#if defined __SANITIZE_ADDRESS__ || defined ZP_COUNTED
#define WATCHED true
#else
#define WATCHED false
#endif

/* ---- importers that do one thing ---- */

static void put_three(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	static const char *const values[] = { "5.20", "5.20", "" };
	(void)host;
	for (int i = 0; i < 3; i++) {
		zp_raw raw = { .line = 2 + i, .sheet = ZP_TEXT("结果") };
		raw.field[ZP_FIELD_LAB] = zp_text_of(source->stem);
		raw.field[ZP_FIELD_VALUE] = zp_text_of(values[i]);
		raw.column[ZP_FIELD_VALUE] = (uint16_t)(3 + i);
		sink->put(sink->self, &raw);
	}
	sink->problem(sink->self, ZP_TEXT("结果"), 7, 2, "%zu bytes, %s", source->block.n, source->name);
}

static void crash(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	volatile int *volatile nowhere = NULL;
	put_three(host, source, sink);
	*nowhere = 1;
}

static void spin(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	(void)host, (void)sink;
	for (volatile size_t i = 0;; i += source->block.n)
		;
}

static void hoard(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	(void)source;
	memset(host->take(host, 200u << 20), 1, 200u << 20);
	sink->problem(sink->self, ZP_TEXT("a"), 0, 0, "200 MiB were there");
}

static pid_t run; /* the process that the child is of */

static void reach_out(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	(void)host, (void)source;
	int file = open("/etc/hostname", O_RDONLY), net = socket(AF_INET, SOCK_STREAM, 0), process = (int)fork();
	if (process == 0)
		_exit(0);
	sink->problem(sink->self, ZP_TEXT("a"), 0, 0, "%s %s %s %s", file < 0 ? "no" : "file", net < 0 ? "no" : "net", process < 0 ? "no" : "process",
		      syscall(SYS_tgkill, run, run, 0) < 0 ? "no" : "signal");
}

static void put_and_refuse(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	put_three(host, source, sink);
	sink->refuse(sink->self, ZP_TEXT("结果"), 9, 0, "two cells %s", "C7");
	sink->refuse(sink->self, ZP_TEXT("结果"), 9, 0, "and more");
}

static void leave(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	put_three(host, source, sink);
	_exit(0);
}

static void put_many(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	(void)host, (void)source;
	char value[32];
	for (int i = 0; i < 300000; i++) {
		zp_raw raw = { .line = 1 + i };
		snprintf(value, sizeof value, "%d", i);
		raw.field[ZP_FIELD_VALUE] = zp_text_of(value);
		sink->put(sink->self, &raw);
	}
}

/* ---- what came of it ---- */

typedef struct seen { size_t values, problems, refusals; long last_line; char text[4000]; } seen;

static void note(seen *s, zp_text sheet, long line, long column, const char *fmt, va_list args)
{
	char sentence[1000];
	vsnprintf(sentence, sizeof sentence, fmt, args);
	size_t n = strlen(s->text);
	snprintf(s->text + n, sizeof s->text - n, "%.*s!%ld,%ld: %s\n", (int)sheet.n, sheet.p ? sheet.p : "", line, column, sentence);
}

static void see_value(void *self, const zp_raw *raw)
{
	seen *s = self;
	size_t n = strlen(s->text);
	s->last_line = raw->line;
	if (s->values++ < 5)
		snprintf(s->text + n, sizeof s->text - n, "%.*s %ld,%u %.*s=%.*s\n", (int)raw->sheet.n, raw->sheet.p ? raw->sheet.p : "", raw->line,
			 raw->column[ZP_FIELD_VALUE], (int)raw->field[ZP_FIELD_LAB].n, raw->field[ZP_FIELD_LAB].p ? raw->field[ZP_FIELD_LAB].p : "",
			 (int)raw->field[ZP_FIELD_VALUE].n, raw->field[ZP_FIELD_VALUE].p);
}

static void see_problem(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	((seen *)self)->problems++;
	note(self, sheet, line, column, fmt, args);
	va_end(args);
}

static void see_refusal(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	((seen *)self)->refusals++;
	note(self, sheet, line, column, fmt, args);
	va_end(args);
}

/* A child is a copy of its parent as it was: importers are constants, as in plugins. */
#define IMPORTER(name) static const zp_importer name##_importer = { .ending = "x", .read = name, .whole_most = 1000 }
IMPORTER(put_three);
IMPORTER(crash);
IMPORTER(spin);
IMPORTER(hoard);
IMPORTER(reach_out);
IMPORTER(put_and_refuse);
IMPORTER(leave);
IMPORTER(put_many);
#define try(box, name, s) parse(box, &name##_importer, s)

static const char *parse(zp_sandbox *box, const zp_importer *importer, seen *s)
{
	zp_input record;
	const char *why = NULL;
	bool refused;
	zp_sink sink = { s, see_value, see_problem, see_refusal };
	*s = (seen){ 0 };
	cr_assert(zp_sandbox_load(box, "/proc/self/cmdline", 1000, &record, &why).p || zp_sandbox_load(box, FIXTURES "/refused/base/roster.csv", 1000, &record, &why).p, "%s", why);
	zp_text records = zp_sandbox_parse(box, importer, "results/LAB01.x", "LAB01", &why);
	return records.p ? zp_records_read(records, &sink, &refused) : why;
}

Test(sandbox, what_an_importer_finds_arrives_as_it_was_put)
{
	zp_sandbox *box = zp_sandbox_open(NULL);
	seen s;
	cr_assert_null(try(box, put_three, &s));
	cr_assert_eq(s.values, 3);
	cr_assert_not_null(strstr(s.text, "结果 2,3 LAB01=5.20\n结果 3,4 LAB01=5.20\n结果 4,5 LAB01=\n结果!7,2: "), "%s", s.text);
	cr_assert_not_null(strstr(s.text, "bytes, results/LAB01.x"));
	zp_sandbox_close(box);
}

Test(sandbox, a_file_that_kills_its_importer_costs_itself_and_not_the_next)
{
	zp_sandbox *box = zp_sandbox_open(NULL);
	seen s;
	for (int i = 0; i < 3; i++) {
		cr_assert_str_eq(try(box, crash, &s), "could not be parsed: the importer did not survive it");
		cr_assert_eq(s.values, 0);
		cr_assert_str_eq(try(box, leave, &s), "could not be parsed: the importer did not survive it");
		cr_assert_eq(s.values, 0);
		cr_assert_null(try(box, put_three, &s));
		cr_assert_eq(s.values, 3);
	}
	zp_sandbox_close(box);
}

Test(sandbox, a_file_that_takes_too_long_is_given_up)
{
	zp_sandbox *box = zp_sandbox_open(NULL);
	seen s;
	cr_assert_str_eq(try(box, spin, &s), "took too long to parse");
	cr_assert_null(try(box, put_three, &s));
	zp_sandbox_close(box);
}

Test(sandbox, a_file_gets_no_more_than_its_share_of_memory)
{
	zp_sandbox *box = zp_sandbox_open(NULL);
	seen s;
	const char *why = try(box, hoard, &s);
	if (WATCHED) /* a sanitizer needs the address space, counters need files: the limits are not set */
		cr_assert_null(why);
	else
		cr_assert_str_eq(why, "could not be parsed: that takes more memory than it may");
	zp_sandbox_close(box);
}

Test(sandbox, an_importer_can_open_nothing_and_start_nothing)
{
	zp_sandbox *box = zp_sandbox_open(NULL);
	seen s;
	run = getpid();
	cr_assert_null(try(box, reach_out, &s));
	cr_assert(WATCHED || strcmp(s.text, "a!0,0: no no no no\n") == 0, "%s", s.text);
	zp_sandbox_close(box);
}

Test(sandbox, nothing_of_a_refused_file_is_used)
{
	zp_sandbox *box = zp_sandbox_open(NULL);
	seen s;
	cr_assert_str_eq(try(box, put_and_refuse, &s), "was refused");
	cr_assert_eq(s.values, 0);
	cr_assert_eq(s.refusals, 1, "the first reason is told");
	cr_assert_not_null(strstr(s.text, "结果!9,0: two cells C7"));
	zp_sandbox_close(box);
}

Test(sandbox, many_values_arrive_all)
{
	zp_sandbox *box = zp_sandbox_open(NULL);
	seen s;
	cr_assert_null(try(box, put_many, &s));
	cr_assert_eq(s.values, 300000);
	cr_assert_eq(s.last_line, 300000);
	zp_sandbox_close(box);
}

/* ---- records that nobody wrote ---- */

typedef struct kept { char bytes[100000]; size_t n; } kept;

static bool keep(void *where, const void *bytes, size_t n)
{
	kept *k = where;
	cr_assert_leq(k->n + n, sizeof k->bytes);
	memcpy(k->bytes + k->n, bytes, n);
	k->n += n;
	return true;
}

static void write_some(kept *k)
{
	static char held[ZP_RECORD_HELD];
	zp_record_writer w = { .write = keep, .where = k, .held = held };
	zp_sink sink = zp_record_sink(&w);
	zp_source source = { .name = "n", .stem = "LAB01" };
	put_three(NULL, &source, &sink);
	zp_record_end(&w);
}

Test(records, cut_anywhere_they_are_not_used)
{
	static kept k;
	seen s = { 0 };
	zp_sink sink = { &s, see_value, see_problem, see_refusal };
	bool refused;
	write_some(&k);
	for (size_t n = 0; n < k.n; n++) {
		cr_assert_not_null(zp_records_read((zp_text){ k.bytes, n }, &sink, &refused));
		cr_assert_eq(s.values + s.problems + s.refusals, 0);
	}
	cr_assert_null(zp_records_read((zp_text){ k.bytes, k.n }, &sink, &refused));
	cr_assert_eq(s.values, 3);
}

Test(records, with_any_bit_turned_they_are_refused_or_stay_within_their_bytes)
{
	static kept k;
	write_some(&k);
	char *copy = malloc(k.n); /* so that a sanitizer sees a step beyond */
	for (size_t bit = 0; bit < 8 * k.n; bit++) {
		seen s = { 0 };
		zp_sink sink = { &s, see_value, see_problem, see_refusal };
		bool refused;
		memcpy(copy, k.bytes, k.n);
		copy[bit / 8] ^= (char)(1 << bit % 8);
		const char *why = zp_records_read((zp_text){ copy, k.n }, &sink, &refused);
		cr_assert(why || s.values + s.problems <= 4);
		cr_assert(!why || s.values + s.problems == 0);
	}
	free(copy);
}
