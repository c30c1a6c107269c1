/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/seal.h"
#include <criterion/criterion.h>
#include <ftw.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include "contract/invented.h"
#include "contract/invented_papers.h"
#include "run/report_answers.h"
#include "trust/keys.h"

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(path);
}

static zp_arena *arena;
static void begin(void) { arena = zp_arena_open(); }
static void end(void) { zp_arena_close(arena); }
TestSuite(seal, .init = begin, .fini = end);

static zp_paper title(void)
{
	return (zp_paper){ .kind = ZP_PAPER_TITLE, .folder = "labs/L0001", .file = "x.pdf", .number = "2026/excellent/L0001/1", .title = "优秀\t实验室\\", .title_en = "",
		.year = 2026, .lab = "L0001", .lab_name = "示例医院一", .programme = "", .programme_en = "", .organiser = "示例中心", .organiser_en = "", .issued = "2027-01-20",
		.from = "", .until = "", .issue = 1, .replaces = "", .in_a_row = 3, .fingerprint = "" };
}

/* The text as docs/formats/digest.md has it, written down by hand; its digest by sha256sum of coreutils. */
Test(seal, the_digest_is_of_the_text_that_is_documented)
{
	zp_paper p = title();
	cr_expect_str_eq(zp_seal_paper_text(arena, &p),
			 "form\tZP1\nkind\ttitle\nnumber\t2026/excellent/L0001/1\ntitle\t优秀\\t实验室\\\\\ntitle-en\t\nlab\tL0001\nlab-name\t示例医院一\nprogramme\t\n"
			 "programme-en\t\norganiser\t示例中心\norganiser-en\t\nissued\t2027-01-20\nvalid-from\t\nvalid-until\t\nreplaces\t\nyear\t2026\nissue\t1\nin-a-row\t3\n"
			 "measurands\t0\n");
	zp_seal_paper(arena, &p, NULL);
	cr_expect_str_eq(p.digest, "c7851c53112c872150f20bd4ef8a438877dd44df33989111728484192a88a09b");
	cr_expect_str_eq(p.code, "RY2H-RMRH-5C");
	cr_expect_str_eq(p.checked, "ZP1:2026/excellent/L0001/1:1:L0001:C7851C53112C872150F20BD4EF8A438877DD44DF33989111728484192A88A09B:-");
}

Test(seal, what_could_part_the_square_code_is_escaped)
{
	zp_paper p = title();
	p.number = "2026/a:b%c/甲/1", p.lab = "L 1:2";
	zp_seal_paper(arena, &p, NULL);
	cr_expect(strncmp(p.checked, "ZP1:2026/a%3Ab%25c/%E7%94%B2/1:1:L%201%3A2:", 43) == 0, "%s", p.checked);
}

/* What stands before the last colon is signed; the digest does not change. */
Test(seal, a_signed_code_ends_with_the_signature_of_the_rest)
{
	static char folder[] = "keys-XXXXXX";
	char id[ZP_KEY_ID_TEXT];
	zp_error err = { 0 };
	cr_assert_not_null(mkdtemp(folder));
	cr_assert(zp_keys_new(&(zp_key_wish){ .folder = folder, .date = "2026-01-01", .name = "x", .years = 2 }, id, &err), "%s", err.text);
	zp_signer *signer = zp_signer_open(folder, NULL, &err);
	const zp_keyring *ring = zp_keyring_read(arena, zp_arena_print(arena, "%s/public", folder), &err);
	zp_paper plain = title(), p = title();
	zp_seal_paper(arena, &plain, NULL);
	zp_seal_paper(arena, &p, signer);
	cr_expect_str_eq(p.digest, plain.digest);
	cr_expect_str_eq(p.code, plain.code);
	const char *last = strrchr(p.checked, ':');
	const size_t n = (size_t)(last - p.checked), common = strlen(plain.checked) - 1;
	cr_expect(strncmp(p.checked, plain.checked, common) == 0 && strncmp(p.checked + common, id, 16) == 0 && n == common + 16);
	cr_assert_eq(strlen(last + 1), 86);
	char digits[89];
	uint8_t bytes[66];
	snprintf(digits, sizeof digits, "%s==", last + 1);
	for (char *c = digits; *c; c++)
		*c = *c == '-' ? '+' : *c == '_' ? '/' : *c;
	cr_assert_eq(EVP_DecodeBlock(bytes, (const unsigned char *)digits, 88), 66);
	cr_expect_not_null(zp_keyring_signed_by(ring, p.checked, n, bytes));
	cr_expect_null(zp_keyring_signed_by(ring, p.checked, n - 1, bytes));
	zp_signer_close(signer);
	cr_expect_eq(nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

typedef struct hunt { const char *in; size_t n; } hunt;

static void look_for(void *self, const char *text)
{
	hunt *h = self;
	cr_expect(strstr(h->in, zp_arena_print(arena, "\t%s\n", text)), "\"%s\" is not in what the digest is of", text);
	h->n++;
}

Test(seal, everything_that_is_printed_of_a_round_is_in_it)
{
	static const zp_invention inventions[] = { { .programmes = 2, .measurands = 12, .samples = 5, .seed = 2 }, { .programmes = 2, .measurands = 12, .samples = 5, .seed = 3, .answers = true } };
	for (size_t i = 0; i < 2; i++) {
		const zp_report *r = zp_invent_report(arena, inventions[i]);
		hunt h = { zp_seal_report_text(arena, r), 0 };
		zp_report_texts(r, look_for, &h);
		cr_expect_gt(h.n, 500);
	}
}

Test(seal, everything_that_is_printed_of_a_paper_is_in_it)
{
	const zp_paper *p = zp_invent_paper(arena, (zp_paper_invention){ .kind = ZP_PAPER_RECOGNITION, .lines = 30, .reissued = true });
	zp_paper without = *p;
	without.code = "";
	hunt h = { zp_seal_paper_text(arena, p), 0 };
	zp_paper_texts(&without, look_for, &h);
	cr_expect_gt(h.n, 50);
	cr_expect(strstr(h.in, zp_arena_print(arena, "valid-until\t%s\n", p->until)) && strstr(h.in, zp_arena_print(arena, "issued\t%s\n", p->issued)));
}

/* Texts may not be moved from one field to the next without another digest. */
Test(seal, fields_do_not_run_into_each_other)
{
	zp_paper a = title(), b = title();
	a.organiser = "甲\norganiser-en\t乙", a.organiser_en = "";
	b.organiser = "甲", b.organiser_en = "乙";
	cr_expect(strcmp(zp_seal_paper_text(arena, &a), zp_seal_paper_text(arena, &b)) != 0);
}

/* Whatever was sent is printed only where every font of a paper has it; what is cut off within a character is not read beyond its end. */
Test(seal, what_was_sent_is_printed_where_fonts_have_it)
{
	static const char *const printed[] = { "", "5.10 ~", "±", "弱阳性", "一", "龥", "、。", "！～" };
	static const char *const not_printed[] = { "5\t1", "5\x1f", "5\x7f", "µ", "²", "\xc2", "\xe4", "\xe4\xb8", "　", "〃", "鿿", "＀", "｟", "ﾡ", "𠀀" };
	for (size_t i = 0; i < sizeof printed / sizeof *printed; i++)
		cr_expect(zp_report_may_print(printed[i]), "%s", printed[i]);
	for (size_t i = 0; i < sizeof not_printed / sizeof *not_printed; i++)
		cr_expect_not(zp_report_may_print(not_printed[i]), "%s", not_printed[i]);
}
