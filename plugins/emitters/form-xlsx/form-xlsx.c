/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form-xlsx: the form that a laboratory fills in, as a workbook (docs/formats/form.md): a sheet for each programme, notes, and the
 * organiser's lists. Nothing in it is a formula, and the only date is the opening of the round. */
#include "pages.h"

static bool form(const zp_host *host, void *state, const zp_form *f, const zp_outbox *out, zp_error *err)
{
	(void)state;
	workbook w;
	char file[64];
	bool good = form_book_open(&w, host, f->lab, f->opens, err);
	for (size_t i = 0; good && i < f->n_programmes; i++)
		good = grid_write(&w, f, i, i == 0);
	good = good && notes_write(&w, f) && (!has_codes(f) || codes_write(&w, f)) && (!has_answers(f) || answers_write(&w, f));
	/* Named for the laboratory, so that its rows can be nobody else's. */
	if (snprintf(file, sizeof file, "%s.xlsx", f->lab) >= (int)sizeof file)
		good = host->fail(err, ZP_BUG, f->lab, 0, "the name of its form is too long");
	return workbook_finish(&w, good, file, out);
}

static const zp_emitter emitter = { .form = form };

ZP_PLUGIN(form_xlsx) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "form-xlsx",
	.version = "1",
	.cites = "ISO/IEC 29500-1 (Office Open XML)",
	.says = "Writes the form that a laboratory fills in as a workbook: a sheet for each programme, notes, and lists.",
	.does.emitter = &emitter,
	.libraries = workbook_libraries,
};
