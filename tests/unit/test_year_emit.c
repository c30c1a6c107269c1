/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written of a year beside its tables: who may be named, what tables are called for people, what is said of the whole. */
#include "scratch.h"
#include <fenv.h>
#include "base/file.h"
#include "press/outbox.h"
#include "year/captions.h"
#include "year/emit.h"

/* ---- emitters that write down what they are given ---- */

static bool write_facts(const zp_host *host, void *state, const zp_sheets *book, const zp_outbox *out, zp_error *err)
{
	static char text[20000];
	size_t n = 0;
	(void)host, (void)state;
	for (size_t i = 0; i < book->n_facts; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s=%s:%s\n", book->facts[i].name_en, book->facts[i].text, book->facts[i].detail);
	for (size_t i = 0; i < book->n; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "[%s]\n", book->sheets[i].name);
	return out->write(out->self, "facts.txt", text, n, err);
}

static bool write_paper(const zp_host *host, void *state, const zp_paper *paper, const zp_outbox *out, zp_error *err)
{
	(void)host, (void)state, (void)paper, (void)out, (void)err;
	return true;
}

static bool write_round(const zp_host *host, void *state, const zp_summary *summary, const zp_outbox *out, zp_error *err)
{
	(void)host, (void)state, (void)summary, (void)out, (void)err;
	return true;
}

static bool fail_to_write(const zp_host *host, void *state, const zp_sheets *book, const zp_outbox *out, zp_error *err)
{
	(void)state, (void)book, (void)out;
	return host->fail(err, ZP_IO, "facts.txt", 0, "the disk is full, say");
}

static bool round_upwards(const zp_host *host, void *state, const zp_sheets *book, const zp_outbox *out, zp_error *err)
{
	(void)host, (void)state, (void)book, (void)out, (void)err;
	return fesetround(FE_UPWARD) == 0;
}

static const zp_emitter of_books = { .book = write_facts }, of_papers = { .paper = write_paper }, of_rounds = { .round = write_round }, that_fails = { .book = fail_to_write }, that_rounds = { .book = round_upwards };
#define EMITTER(of, word, calls) static const zp_plugin of = { ZP_PLUGIN_HEAD, .kind = ZP_EMITTER, .name = word, .version = "1", .cites = "none", .says = "for a test", .does.emitter = &calls }
EMITTER(books, "books", of_books);
EMITTER(papers, "papers", of_papers);
EMITTER(rounds, "rounds", of_rounds);
EMITTER(full, "full", that_fails);
EMITTER(upwards, "upwards", that_rounds);

static zp_registry *registry;
static zp_error err;

static void enter_emitters(void)
{
	static const zp_plugin *const all[] = { &books, &papers, &rounds, &full, &upwards, NULL };
	scratch_enter();
	registry = zp_registry_open(all);
	err = (zp_error){ 0 };
}

static void leave_emitters(void)
{
	zp_registry_close(registry);
	scratch_leave();
}

TestSuite(year_emit, .init = enter_emitters, .fini = leave_emitters);

/* ---- who may be named ---- */

Test(year_emit, an_emitter_is_named_once_however_often_it_stands_there)
{
	const zp_emission *e = zp_emission_read(arena, registry, "books,papers,,books,tables,all", &err);
	cr_assert_not_null(e, "%s", err.text);
	cr_assert_eq(e->n, 4); /* that of rounds has nothing to say of a year */
	cr_expect(zp_emission_has_book(e) && zp_emission_has_paper(e));
	e = zp_emission_read(arena, registry, "papers", &err);
	cr_expect(!zp_emission_has_book(e) && zp_emission_has_paper(e));
	e = zp_emission_read(arena, registry, "tables", &err);
	cr_expect_eq(e->n, 0);
	cr_expect_eq(zp_emission_read(arena, registry, NULL, &err)->n, 0);
}

Test(year_emit, who_cannot_be_named_is_refused_with_the_reason)
{
	static const struct { const char *list, *says; zp_code code; } refused[] = {
		{ "books,pages", "--emit \"pages\" is not known; expected some of: tables, all, books, papers, full, upwards", ZP_BAD_USE },
		{ "rounds", "--emit \"rounds\" is not known", ZP_BAD_USE },
		{ "", "--emit names nothing; expected some of: tables, all, books", ZP_BAD_USE },
		{ ",,", "--emit names nothing", ZP_BAD_USE },
		{ "workbook-xlsx", "the emitter \"workbook-xlsx\" is not installed", ZP_BAD_PLUGIN },
		{ "certificate-pdf", "the emitter \"certificate-pdf\" is not installed", ZP_BAD_PLUGIN },
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		err = (zp_error){ 0 };
		cr_expect_null(zp_emission_read(arena, registry, refused[i].list, &err), "%s", refused[i].list);
		cr_expect(strncmp(err.text, refused[i].says, strlen(refused[i].says)) == 0, "%s", err.text);
		cr_expect_eq(err.code, refused[i].code);
	}
}

/* ---- tables ---- */

Test(year_emit, a_table_is_called_what_it_says_itself_then_what_the_captions_say)
{
	static const zp_column own[] = { { "name", 0, "名称", "Its name" }, { "class", 0, NULL, NULL }, { "nothing-like-it", 0, NULL, NULL } };
	zp_sheet sheets[] = { { .name = "of-nobody", .columns = own, .n_columns = 3 }, { .name = "status", .columns = own, .n_columns = 3 },
		{ .name = "ranking", .title = "题", .title_en = "Title", .note = "注", .note_en = "Note", .columns = own, .n_columns = 3 },
		{ .name = "standings", .columns = own + 1, .n_columns = 2 } };
	const zp_kept kept = { arena, sheets, 4, 4 };
	size_t n;
	const zp_sheet *out = zp_captions_put(arena, &kept, &n);
	cr_assert_eq(n, 3); /* the cumulative status is too long for a book */
	cr_expect_str_eq(out[0].name, "standings");
	cr_expect_str_eq(out[0].title, "地区与类别");
	cr_expect_str_eq(out[0].title_en, "Regions and classes");
	cr_expect(out[0].note && out[0].note_en && out[0].published);
	cr_expect_str_eq(out[0].columns[0].title, "类别");
	cr_expect_str_eq(out[0].columns[0].title_en, "Class");
	cr_expect_null(out[0].columns[1].title);
	cr_expect_str_eq(out[1].name, "ranking");
	cr_expect_str_eq(out[1].title, "题");
	cr_expect_str_eq(out[1].title_en, "Title");
	cr_expect_str_eq(out[1].note, "注");
	cr_expect_str_eq(out[1].note_en, "Note");
	cr_expect_not(out[1].published);
	cr_expect_str_eq(out[1].columns[0].title, "名称");
	cr_expect_str_eq(out[1].columns[0].title_en, "Its name");
	cr_expect_str_eq(out[2].name, "of-nobody"); /* at the end, and for the centre */
	cr_expect_null(out[2].title);
	cr_expect_not(out[2].published);
}

/* ---- the whole ---- */

typedef struct small { zp_year year; zp_year_wish wish; zp_year_rules rules; zp_chronicle chronicle; zp_annals annals; } small;

/* A year of so many rounds and programmes, after one round of the year before. */
static small *year_of(size_t rounds_n, size_t programmes_n)
{
	small *s = zp_take(arena, small, 1);
	zp_annal_round *at = zp_take(arena, zp_annal_round, rounds_n + 1);
	zp_year_programme *of = zp_take(arena, zp_year_programme, programmes_n + 1);
	for (size_t i = 0; i <= rounds_n; i++)
		at[i] = (zp_annal_round){ .name = zp_arena_print(arena, "R%zu", i), .year = i ? 2026 : 2025 };
	for (size_t i = 0; i < programmes_n; i++) {
		zp_annal_programme *says = zp_take(arena, zp_annal_programme, 1);
		says->name = zp_arena_print(arena, "P%zu", i + 1);
		of[i].says = says;
	}
	s->annals = (zp_annals){ at, rounds_n + 1 };
	s->rules.input.name = "default.xml";
	s->chronicle = (zp_chronicle){ .year = 2026, .programmes = of, .n_programmes = programmes_n, .n_labs = 7 };
	s->wish = (zp_year_wish){ .year = 2026, .issued = "2027-01-20", .annals = &s->annals, .rules = &s->rules };
	s->year = (zp_year){ .wish = &s->wish, .chronicle = &s->chronicle };
	return s;
}

static const char *facts_of(small *s)
{
	zp_press *press = zp_press_open_folder(scratch_path("year"), &err);
	const zp_emission *e = zp_emission_read(arena, registry, "papers,books", &err);
	zp_sheet sheet = { .name = "ranking" };
	const zp_kept kept = { arena, &sheet, 1, 1 };
	cr_assert(zp_year_books_write(&s->year, e, &kept, press, &err), "%s", err.text);
	const char *why = NULL, *path = zp_arena_print(arena, "%s/facts.txt", zp_press_stage(press));
	zp_input record;
	const zp_text text = zp_file_read(arena, path, 1 << 20, path, &record, &why);
	cr_assert_not_null(text.p, "%s", why);
	zp_press_close(press);
	return zp_arena_text(arena, text.p, text.n);
}

Test(year_emit, rounds_and_programmes_are_named_as_long_as_there_is_room)
{
	cr_expect_str_eq(facts_of(year_of(2, 2)), "Laboratories=7:\nProgrammes=2:P1、P2\nRounds of the year=2:R1、R2\nCertificates=0:\nRules of the year=default.xml:\n[ranking]\n");
	const char *full_house = facts_of(year_of(12, 30)), *more = facts_of(year_of(13, 31));
	cr_expect(strstr(full_house, "Programmes=30:P1、") && strstr(full_house, "、P30\n") && strstr(full_house, "=12:R1、") && strstr(full_house, "、R12\n"), "%s", full_house);
	cr_expect(strstr(more, "Programmes=31:P1、") && strstr(more, "、P30…\n") && strstr(more, "=13:R1、") && strstr(more, "、R12…\n"), "%s", more);
}

Test(year_emit, a_book_that_cannot_be_written_fails_as_does_one_that_alters_how_numbers_are_rounded)
{
	small *s = year_of(1, 1);
	const zp_kept kept = { arena, NULL, 0, 0 };
	zp_press *press = zp_press_open_aside();
	cr_expect(zp_year_books_write(&s->year, zp_emission_read(arena, registry, "papers", &err), &kept, press, &err));
	cr_expect_eq(zp_press_count(press), 0);
	cr_expect_not(zp_year_books_write(&s->year, zp_emission_read(arena, registry, "full", &err), &kept, press, &err));
	cr_expect(strstr(err.text, "the disk is full, say"), "%s", err.text);
	cr_expect_eq(err.code, ZP_IO);
	err = (zp_error){ 0 };
	cr_expect_not(zp_year_books_write(&s->year, zp_emission_read(arena, registry, "upwards", &err), &kept, press, &err));
	cr_expect(strstr(err.text, "this plugin has changed how numbers are rounded; nothing was published"), "%s", err.text);
	zp_press_close(press);
}
