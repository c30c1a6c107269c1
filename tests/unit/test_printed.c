/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed papers as data, and their way to an emitter. */
#include <criterion/criterion.h>
#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/characters.h"
#include "year/numbers.h"
#include "year/printed.h"

static zp_arena *arena;

static char folder[] = "/tmp/zhiping-printed-XXXXXX";

static void enter(void)
{
	arena = zp_arena_open();
	cr_assert_not_null(mkdtemp(folder));
}

static void leave(void)
{
	cr_expect_eq(system(zp_arena_print(arena, "chmod -R u+w %s && rm -rf %s", folder, folder)), 0);
	zp_arena_close(arena);
}

TestSuite(printed, .init = enter, .fini = leave);

static zp_paper_head head_of(const char *lab, unsigned issue, const char *organiser)
{
	return (zp_paper_head){ zp_arena_print(arena, "2026/P/all-rounds/chemistry/%s/%u", lab, issue), issue, "2027-01-20", 2026, lab, "示例医院一",
		organiser, NULL };
}

/* ---- file names ---- */

Test(printed, a_file_is_named_for_the_number)
{
	cr_expect_str_eq(zp_paper_file(arena, "2026/P/all-rounds/chemistry/L0001/1"), "2026_P_all-rounds_chemistry_L0001_1.pdf");
	cr_expect_str_eq(zp_paper_file(arena, "2026/P/a/化学%2FA/L0001/1"), "2026_P_a_化学%2FA_L0001_1.pdf");
	cr_expect_str_eq(zp_paper_file(arena, "../x"), "%2E._x.pdf");
	cr_expect_str_eq(zp_paper_file(arena, "a b:c\\d"), "a%20b%3Ac%5Cd.pdf");
	char longer[700] = "2026/P/x", other[700];
	for (size_t n = strlen(longer); n + 6 < sizeof longer; n += 3)
		memcpy(longer + n, "质", 4);
	strcpy(other, longer);
	other[strlen(other) - 1] ^= 1;
	const char *name = zp_paper_file(arena, longer);
	cr_expect(strlen(name) <= 255 && strncmp(name, "2026_P_x质质", 14) == 0 && strcmp(name, zp_paper_file(arena, other)) != 0, "a long number gives %s", name);
	const char *cut = strchr(name, '~');
	cr_expect(cut && (cut - name - 8) % 3 == 0, "a character is cut in half: %s", name);
}

Test(printed, two_numbers_never_give_one_file)
{
	/* every number of up to five of these characters, % as numbers have it */
	static const char *const letters[] = { "/", "_", "%25", "%2F", "." };
	const size_t n = 3125;
	const char **names = zp_take(arena, const char *, n);
	for (size_t i = 0; i < n; i++) {
		const char *number = "x";
		for (size_t k = 0, left = i; k < 5; k++, left /= 5)
			number = zp_arena_print(arena, "%s%s", number, letters[left % 5]);
		names[i] = zp_paper_file(arena, number);
		cr_assert_not(strchr(names[i], '/'));
		for (size_t k = 0; k < i; k++)
			cr_assert(strcmp(names[i], names[k]) != 0, "%s", names[i]);
	}
}

/* ---- papers ---- */

static const zp_annal_measurand says[] = {
	{ .code = "GLU", .name = "葡萄糖", .name_en = "glucose", .specimen = "血清" },
	{ .code = "UGLU", .name = "葡萄糖", .name_en = "glucose, urine", .specimen = "尿液" },
	{ .code = "K", .name = "钾", .specimen = "血清" },
};
static const zp_year_measurand measurands[] = { { .says = &says[0] }, { .says = &says[1] }, { .says = &says[2] } };
static const zp_annal_programme chemistry = { .code = "chemistry", .name = "常规化学" };
static const zp_year_programme programme = { .says = &chemistry, .measurands = measurands, .n_measurands = 3 };
static const zp_certificate_rule rule = { .id = "all-rounds", .name = "室间质量评价合格证书", .name_en = "" };

Test(printed, a_specimen_stands_where_it_tells_two_of_one_name_apart)
{
	const zp_paper_head head = head_of("L0001", 1, "示例中心");
	zp_paper p = zp_paper_annual(arena, &head, &rule, &programme, (const uint32_t[]){ 0, 1, 2 }, 3);
	cr_assert_eq(p.n_lines, 3);
	cr_expect_str_eq(p.lines[0].specimen, "血清");
	cr_expect_str_eq(p.lines[1].specimen, "尿液");
	cr_expect_str_eq(p.lines[2].specimen, "");
	p = zp_paper_annual(arena, &head, &rule, &programme, (const uint32_t[]){ 1, 2 }, 2);
	cr_expect_str_eq(p.lines[0].name, "葡萄糖");
	cr_expect_str_eq(p.lines[0].specimen, "", "nothing else has its name here");
	cr_expect_str_eq(p.lines[1].name_en, "", "never NULL");
	cr_expect_str_eq(p.programme_en, "");
	cr_expect_str_eq(p.organiser_en, "");
}

Test(printed, a_later_issue_names_the_one_before)
{
	const zp_paper_head first = head_of("L0001", 1, "示例中心"), third = head_of("L0001", 3, "示例中心");
	cr_expect_str_eq(zp_paper_title(arena, &first, "优秀实验室", NULL, 0).replaces, "");
	const zp_paper p = zp_paper_title(arena, &third, "优秀实验室", NULL, 4);
	cr_expect_str_eq(p.replaces, "2026/P/all-rounds/chemistry/L0001/2");
	cr_expect_eq(p.in_a_row, 4);
	cr_expect_eq(p.kind, ZP_PAPER_TITLE);
	cr_expect_str_eq(p.title_en, "");
}

Test(printed, a_line_says_until_when_only_where_it_differs_from_the_paper)
{
	const zp_paper_head head = head_of("L0001", 1, "示例中心");
	const zp_paper_line lines[] = { { .name = "葡萄糖", .mark = "省HR", .until = "2028-01-31" }, { .name = "钾", .mark = "市HR", .until = "2027-07-31" } };
	const zp_paper p = zp_paper_recognition(arena, &head, "检验结果互认证书", NULL, "2027-02-01", "2028-01-31", lines, 2);
	cr_expect_str_eq(p.lines[0].until, "");
	cr_expect_str_eq(p.lines[1].until, "2027-07-31");
	cr_expect_str_eq(p.lines[1].mark, "市HR");
	cr_expect_str_eq(p.from, "2027-02-01");
	const zp_paper open = zp_paper_recognition(arena, &head, "检验结果互认证书", NULL, "2027-02-01", NULL, lines, 1);
	cr_expect_str_eq(open.until, "");
	cr_expect_str_eq(open.lines[0].until, "2028-01-31");
}

/* ---- printing ---- */

static size_t prepared;

static void *prepare(const zp_host *host, const zp_edition *edition, zp_error *err)
{
	prepared++;
	if (strstr(edition->characters, "禁"))
		return host->fail(err, ZP_BAD_INPUT, "plugin", 0, "no"), NULL;
	return host->take(host, 1);
}

static bool print_paper(const zp_host *host, void *state, const zp_paper *p, const zp_outbox *out, zp_error *err)
{
	(void)state;
	if (strcmp(p->lab_name, "偏") == 0)
		return fesetround(FE_UPWARD) == 0;
	if (strcmp(p->lab_name, "坏") == 0)
		return host->fail(err, ZP_BAD_INPUT, p->lab, 0, "it cannot be printed");
	return out->write(out->self, p->file, p->number, strlen(p->number), err);
}

static const zp_emitter printer = { .prepare = prepare, .paper = print_paper }, other = { .prepare = prepare };
static const zp_plugin printer_plugin = { ZP_PLUGIN_HEAD, .kind = ZP_EMITTER, .name = "printer", .does.emitter = &printer },
	other_plugin = { ZP_PLUGIN_HEAD, .kind = ZP_EMITTER, .name = "other", .does.emitter = &other };
static const zp_plugin *const plugins[] = { &other_plugin, &printer_plugin };

static zp_papers papers_for(size_t n)
{
	zp_papers papers = { .arena = arena };
	for (size_t i = 0; i < n; i++) {
		const zp_paper_head head = head_of(zp_arena_print(arena, "L%04zu", i + 1), 1, "示例中心");
		zp_papers_add(&papers, zp_paper_title(arena, &head, "优秀实验室", NULL, 0));
	}
	return papers;
}

static bool print_into(const zp_papers *papers, const char *seal, size_t *files, zp_error *err)
{
	zp_press *press = zp_press_open(folder, "year-2026", "v1", err);
	cr_assert(press, "%s", err->text);
	const zp_papers_wish wish = { .plugins = plugins, .n_plugins = 2, .issued = "2027-01-20", .seal = seal, .threads = 3 };
	const bool good = zp_papers_print(papers, &wish, press, err);
	*files = zp_press_count(press) - (zp_press_count(press) > 0); /* beside codes.csv */
	if (good)
		cr_assert_str_eq(zp_press_files(press)[1].name, "labs/L0001/2026_P_all-rounds_chemistry_L0001_1.pdf");
	zp_press_close(press);
	return good;
}

Test(printed, every_paper_lands_with_its_laboratory)
{
	zp_error err = { 0 };
	size_t files;
	const zp_papers papers = papers_for(1000);
	cr_expect(print_into(&papers, NULL, &files, &err), "%s", err.text);
	cr_expect_eq(files, 1000);
	cr_expect_eq(prepared, 0, "nothing is prepared in the run itself");
}

Test(printed, what_an_emitter_refuses_is_told)
{
	zp_error err = { 0 };
	size_t files;
	const zp_papers papers = papers_for(5);
	papers.at[3].lab_name = "坏";
	cr_expect_not(print_into(&papers, NULL, &files, &err));
	cr_expect(strstr(err.text, "L0004") && strstr(err.text, "it cannot be printed"), "%s", err.text);
	cr_expect_eq(err.code, ZP_BAD_INPUT);
	err = (zp_error){ 0 };
	papers.at[3].lab_name = "禁";
	cr_expect_not(print_into(&papers, NULL, &files, &err));
	err = (zp_error){ 0 };
	papers.at[3].lab_name = "偏";
	cr_expect_not(print_into(&papers, NULL, &files, &err));
	cr_expect(strstr(err.text, "this plugin has changed how numbers are rounded"), "%s", err.text);
}

Test(printed, one_seal_is_one_organisers)
{
	zp_error err = { 0 };
	size_t files;
	const zp_papers papers = papers_for(2);
	papers.at[1].organiser = "示例市临床检验中心";
	cr_expect_not(print_into(&papers, "seal.png", &files, &err));
	cr_expect(strstr(err.text, "\"示例中心\" and \"示例市临床检验中心\""), "%s", err.text);
}

/* ---- against an earlier version ---- */

static size_t differing(const zp_papers *papers, const char *seal, const char *codes, const char **first)
{
	const zp_papers_wish wish = { .seal = seal };
	const char *path = zp_arena_print(arena, "%s/codes.csv", folder);
	if (codes) {
		FILE *f = fopen(path, "wb");
		cr_assert(f && fputs(codes, f) >= 0 && fclose(f) == 0);
	}
	*first = "";
	return zp_papers_differing(papers, &wish, folder, first);
}

#define CODES "number,kind,lab,issued,code,digest,seal,head\n"

Test(printed, a_paper_that_tells_something_else_under_its_number_is_found)
{
	const zp_papers papers = papers_for(3);
	const char *first, *codes = CODES;
	cr_expect_eq(differing(&papers, NULL, NULL, &first), 0); /* there is no earlier version */
	for (size_t i = 0; i < 3; i++)
		codes = zp_arena_print(arena, "%s%s,title,%s,2027-01-20,x,%s,,\n", codes, papers.at[i].number, papers.at[i].lab, papers.at[i].digest);
	cr_expect_eq(differing(&papers, NULL, codes, &first), 0);
	char *one = zp_arena_text(arena, codes, strlen(codes));
	for (int i = 1; i < 3; i++) /* of the second and the third another digest */
		strstr(one, papers.at[i].digest)[0] ^= 1;
	cr_expect_eq(differing(&papers, NULL, one, &first), 2);
	cr_expect_str_eq(first, "labs/L0002/2026_P_all-rounds_chemistry_L0002_1.pdf");
	/* a line that is not one, or is of another number, is held against nothing; one of an older program has no seal; a spreadsheet ends lines its own way */
	cr_expect_eq(differing(&papers, NULL, zp_arena_print(arena, CODES "%s,title\r\n\"%s,title\r\n\r\nother,title,L0001,,x,0,,\r\n%s,title,L0003,2027-01-20,x,%s\r\n",
							     papers.at[0].number, papers.at[1].number, papers.at[2].number, papers.at[2].digest), &first), 0);
}

Test(printed, another_seal_makes_another_paper)
{
	const zp_papers papers = papers_for(1);
	const char *first, *seal = zp_arena_print(arena, "%s/seal.png", folder), *line = zp_arena_print(arena, CODES "%s,title,L0001,2027-01-20,x,%s,", papers.at[0].number, papers.at[0].digest);
	FILE *f = fopen(seal, "wb");
	cr_assert(f && fputs("abc", f) >= 0 && fclose(f) == 0);
	cr_expect_eq(differing(&papers, seal, zp_arena_print(arena, "%sba7816bf8f01cfea,", line), &first), 0); /* the SHA-256 of abc */
	cr_expect_eq(differing(&papers, seal, zp_arena_print(arena, "%s,", line), &first), 1);
	cr_expect_eq(differing(&papers, NULL, zp_arena_print(arena, "%sba7816bf8f01cfea,", line), &first), 1);
}

/* ---- numbers ---- */

Test(printed, the_latest_issue_of_a_number_is_the_one_with_the_largest)
{
	const zp_issued given[] = { { "2026/P/a/L1/2", "x", "s", "2027-02-01", "L1" }, { "2026/P/a/L1/10", "x", "s", "2027-03-01", "L1" }, { "2026/P/a/L1/9", "x", "s", "2027-01-01", "L1" },
		{ "of-nobody", "x", "s", "2027-01-01", "L1" } };
	unsigned issue;
	const zp_numbers *all = zp_numbers_take(arena, given, 4);
	cr_expect_eq(zp_numbers_latest(all, "2026/P/a/L1", &issue), &given[1]);
	cr_expect_eq(issue, 10);
	cr_expect_null(zp_numbers_latest(all, "of-nobody", &issue));
	cr_expect_eq(issue, 0);
}

Test(printed, a_number_stays_with_the_laboratory_name_and_words_that_it_was_given_for)
{
	const zp_issued one = { "2026/P/a/L1/1", "示例医院", "K #1", "2027-01-01", "L1" };
	cr_expect(zp_issued_is(&one, "L1", "示例医院", "K #1"));
	cr_expect_not(zp_issued_is(&one, "L2", "示例医院", "K #1"));
	cr_expect_not(zp_issued_is(&one, "L1", "示例二院", "K #1"));
	cr_expect_not(zp_issued_is(&one, "L1", "示例医院", "K #2"));
	cr_expect_str_eq(zp_number_piece(arena, "a/b%c"), "a%2Fb%25c");
}

/* ---- characters ---- */

Test(printed, characters_stand_once_and_in_order)
{
	zp_characters *set = zp_characters_take(arena);
	zp_characters_add(set, "b医a𬭸é\n医");
	zp_characters_add(set, NULL);
	zp_characters_add(set, "\xE5\x8C"); /* ends within a character */
	cr_expect_str_eq(zp_characters_text(set, arena), "abé医𬭸");
}
