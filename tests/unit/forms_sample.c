/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invented form with everything that is awkward, written by both emitters: tests/forms.sh looks at the files from outside.
 *	forms_sample DIR        files in DIR
 *	forms_sample TEXT-KIND  a form with a text that no workbook may hold; ends with 1 and says why
 */
#include <stdio.h>
#include <stdlib.h>
#include "host/registry.h"
#include "model/form.h"

extern const zp_plugin zp_plugin_form_xlsx, zp_plugin_form_csv;

static bool to_folder(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	char path[1000];
	snprintf(path, sizeof path, "%s/%s", (const char *)self, name);
	FILE *f = fopen(path, "wb");
	bool good = f && fwrite(bytes, 1, n, f) == n;
	if (f && fclose(f) != 0)
		good = false;
	return good || zp_fail(err, ZP_IO, path, 0, "cannot be written");
}

static bool to_nowhere(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	(void)self, (void)name, (void)bytes, (void)n, (void)err;
	return true;
}

static const char *long_text(size_t n)
{
	char *text = calloc(n + 1, 1);
	if (text)
		memset(text, 'x', n);
	return text;
}

int main(int argc, char **argv)
{
	static const char *const samples[] = { "202611", "2026-03", "1E5" };
	static const char *const instruments[] = { "分析仪 A", "=1+1", "B, \"C\"" }, *const methods[] = { "己糖激酶法", "酶 & 法 <1>" };
	zp_form_measurand measurands[] = { { "GLU", "葡萄糖", "glucose", "mmol/L", 2, true, NULL, false, false, NULL, NULL }, { "=X", "=危险()", "=HYPERLINK(1)", "%", 0, true, NULL, false, false, NULL, NULL },
					   { "ABO", "血型", "blood group", "1", 0, false, NULL, false, false, NULL, NULL } };
	zp_form_programme programmes[] = {
		{ "a/b", "一", "", "_1", samples, 3, measurands, 3, { { false, NULL, 0 }, { true, instruments, 3 }, { true, methods, 2 }, { true, NULL, 0 }, { true, NULL, 0 } } },
		{ "a_b", "二", "", "a_b", samples, 3, measurands, 1, { { true, NULL, 0 }, { true, NULL, 0 }, { true, methods, 2 }, { true, NULL, 0 }, { true, NULL, 0 } } },
		{ "A_B", "三", "", "_3", samples, 1, measurands, 1, { { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 } } },
		{ "History", "四", "", "History", samples, 1, measurands, 1, { { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 } } },
		{ "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四", "五", "", "_5", samples, 1, measurands, 1,
		  { { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 } } },
		{ "[x]:*?\\'", "六", "", "_6", samples, 1, measurands, 1, { { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 }, { true, NULL, 0 } } },
	};
	zp_form form = { .round = "R1", .round_name = "=第一次 & <2026>", .round_name_en = "", .organiser = "某中心", .organiser_en = "", .lab = "LAB01",
			 .lab_name = "_x0041_医院 \xF0\xA0\xAE\xB7", .opens = 1772323200, .closes = "2026-03-15 17:00 (UTC+08:00)", .chinese = true,
			 .programmes = programmes, .n_programmes = sizeof programmes / sizeof *programmes };
	const char *what = argc == 2 ? argv[1] : "";
	zp_outbox out = { (void *)what, to_folder };
	if (strcmp(what, "utf8") == 0)
		form.lab_name = "A\xC3(";
	else if (strcmp(what, "surrogate") == 0)
		form.lab_name = "A\xED\xA0\x80";
	else if (strcmp(what, "control") == 0)
		measurands[0].name = "a\001b";
	else if (strcmp(what, "noncharacter") == 0)
		form.round_name = "\xEF\xBF\xBF";
	else if (strcmp(what, "long") == 0)
		form.round_name = long_text(32768);
	else if (strcmp(what, "longest") == 0)
		form.round_name = long_text(32767);
	if (*what != '/')
		out.write = to_nowhere;
	zp_arena *arena = zp_arena_open();
	zp_error err = { 0 };
	const zp_plugin *const emitters[] = { &zp_plugin_form_xlsx, &zp_plugin_form_csv };
	for (size_t i = 0; i < 2 && !err.code; i++) {
		zp_lend lend;
		emitters[i]->does.emitter->form(zp_lend_to(&lend, arena, emitters[i], NULL), NULL, &form, &out, &err);
	}
	if (strncmp(what, "long", 4) == 0)
		free((void *)form.round_name);
	zp_arena_close(arena);
	if (err.code)
		puts(err.text);
	return err.code != 0;
}
