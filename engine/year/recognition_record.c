/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognition in the annual record of a laboratory (docs/formats/record.md). */
#include "year/recognition.h"
#include "year/record.h"

void zp_recognition_record(const zp_year *year, size_t lab, zp_tags *out)
{
	const zp_recognition *r = year->recognition;
	if (!r || r->labs[lab].paper == UINT32_MAX)
		return;
	const zp_recog_lab *of = &r->labs[lab];
	const zp_recog_paper *paper = &r->papers[of->paper];
	char marks[ZP_RECOG_MARKS_TEXT];
	for (size_t i = of->first; i < of->first + of->n; i++) {
		const zp_recog_line *line = &r->lines[i];
		const zp_year_item *item = &year->chronicle->items[line->item];
		if (!line->marks)
			continue;
		zp_tag_open(out, "recognition");
		zp_tag_text(out, "rule", r->rule->id);
		zp_tag_text(out, "specimen", item->specimen);
		zp_tag_text(out, "item", item->item);
		zp_tag_text(out, "name", item->name);
		zp_tag_text(out, "marks", zp_recog_marks_words(line->marks, marks));
		zp_tag_text(out, "valid-from", paper->from);
		zp_tag_text(out, "valid-until", paper->until);
		zp_tag_end(out);
	}
}
