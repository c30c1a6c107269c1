/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a sample whose result is an answer. */
#include "pages.h"
#include <stdio.h>
#include "paper/answers.h"

#define X_SAMPLE ZP_X_SAMPLE
#define X_REPLY 238.0
#define X_SHOULD 314.0
#define X_GROUP 392.0
#define WIDE 70.0 /* of a reply, and of a target */
#define GROUP_WIDE (ZP_X_VERDICT - 8 - X_GROUP)

static const zp_answer_place place = { X_REPLY, X_SHOULD, WIDE, X_GROUP, GROUP_WIDE, ZP_X_VERDICT, ZP_RIGHT_EDGE - ZP_X_VERDICT };

void zp_answer_heads_draw(const zp_job *j, double y)
{
	zp_head_column_draw(j, X_REPLY, y, WIDE, ZP_LEFT, ZP_WORD_REPLY);
	zp_head_column_draw(j, X_SHOULD, y, WIDE, ZP_LEFT, ZP_WORD_TARGET);
	zp_head_column_draw(j, X_GROUP, y, GROUP_WIDE, ZP_LEFT, ZP_WORD_ANSWERS);
}

double zp_flags(const zp_job *j, const zp_report_row *r, double top, bool draw)
{
	char mark[24];
	if (!*r->flags)
		return 0;
	snprintf(mark, sizeof(mark), " [%zu]", zp_said_find(&j->reasons, r->flags));
	return zp_canvas_text(j->paper, (zp_ink){ ZP_BOLD, 6.8, ZP_ALERT, 0 },
	                      (zp_canvas_column){ X_REPLY, top + 6.8, ZP_RIGHT_EDGE - X_REPLY - 4, ZP_LEFT, 2, 1.18, false, 0 },
	                      zp_join(j->host, zp_word_cn(ZP_WORD_HINT), r->flags, mark, NULL), draw) + 2;
}

double zp_answer_row(const zp_job *j, const zp_report_measurand *m, const zp_report_row *r, double top, bool draw)
{
	const double y = zp_answer_columns(j->paper, &place, m, r, top, false), height = y - top + zp_flags(j, r, y, false);
	if (!draw)
		return height;
	if (r->verdict == ZP_UNACCEPTABLE)
		zp_canvas_box(j->paper, X_SAMPLE - 4, top, ZP_RIGHT_EDGE - X_SAMPLE + 4, height, ZP_ALERT_PALE);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 8.2, ZP_BLACK, 0 }, X_SAMPLE, top + 8.6, X_REPLY - X_SAMPLE - 4, ZP_LEFT, r->sample);
	zp_answer_columns(j->paper, &place, m, r, top, true);
	zp_verdict_draw(j, r, top);
	zp_flags(j, r, y, true);
	return height;
}
