/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The samples of a measurand, and what laboratories of other groups found in them. */
#include <string.h>
#include "lab.h"

/* ---- quantities ---- */

static void put_range(zp_lab *l, const zp_report_row *r)
{
	zp_lab_put(l, "<td>");
	if (*r->low || *r->high) {
		zp_lab_tell(l, r->low);
		zp_lab_put(l, " – ");
		zp_lab_tell(l, r->high);
	} else {
		zp_lab_put(l, "–");
	}
	zp_lab_put(l, "</td>");
}

static void put_quantity(zp_lab *l, const zp_report_row *r)
{
	zp_lab_put(l, "<td>");
	zp_lab_tell(l, *r->value ? r->value : "–");
	if (*r->sent) {
		zp_lab_put(l, " <small>(");
		zp_lab_tell(l, r->sent);
		zp_lab_put(l, ")</small>");
	}
	zp_lab_put(l, "</td>");
	zp_lab_cell(l, r->x_pt);
	put_range(l, r);
	zp_lab_cell(l, r->bias);
	zp_lab_cell(l, r->bias_pct);
	zp_lab_cell(l, r->sdi_informative && *r->sdi ? zp_join(l->host, "(", r->sdi, ")", NULL) : r->sdi);
}

/* ---- answers ---- */

static void put_reply(zp_lab *l, const zp_report_row *r)
{
	zp_lab_put(l, "<td class=\"t\">");
	if (*r->value)
		zp_lab_both(l, r->value, r->value_en);
	else
		zp_lab_put(l, "–");
	if (*r->sent) {
		zp_lab_put(l, " <small>(");
		zp_lab_tell(l, r->sent);
		zp_lab_put(l, ")</small>");
	}
	if (*r->index) {
		zp_lab_put(l, " <small>");
		zp_lab_tell(l, zp_shared_cn(ZP_SHARED_INDEX));
		zp_lab_tell(l, r->index);
		zp_lab_put(l, "</small>");
	}
	zp_lab_put(l, "</td>");
}

static void put_target(zp_lab *l, const zp_report_row *r)
{
	zp_lab_put(l, "<td class=\"t\">");
	if (*r->x_pt)
		zp_lab_both(l, r->x_pt, r->x_pt_en);
	else
		zp_lab_put(l, "–");
	if (*r->allowed && strcmp(r->allowed, r->x_pt) != 0) {
		zp_lab_put(l, " <small>");
		zp_lab_tell(l, zp_shared_cn(ZP_SHARED_ALLOWED));
		zp_lab_tell(l, r->allowed);
		zp_lab_put(l, "</small>");
	}
	if (*r->also) {
		zp_lab_put(l, " <small>");
		zp_lab_tell(l, zp_shared_cn(ZP_SHARED_ALSO));
		zp_lab_tell(l, r->also);
		zp_lab_put(l, strcmp(r->also, r->also_en) == 0 ? "" : " ");
		zp_lab_tell(l, strcmp(r->also, r->also_en) == 0 ? "" : r->also_en);
		zp_lab_put(l, "</small>");
	}
	zp_lab_put(l, "</td>");
}

/* The grades of the strip one after another, reply and target marked; the columns before say the same in words. */
static void put_grades(zp_lab *l, const zp_report_measurand *m, const zp_report_row *r)
{
	if (!m->n_grades || (r->place.reply < 0 && r->place.low < 0))
		return;
	zp_lab_put(l, "<span class=\"grades\" aria-hidden=\"true\">");
	for (size_t i = 0; i < m->n_grades && i < 64; i++) {
		if (!(r->place.strip >> i & 1))
			continue;
		const bool target = (int)i == r->place.low || (int)i == r->place.high, reply = (int)i == r->place.reply;
		zp_lab_put(l, r->place.allowed >> i & 1 ? "<b>" : "<i>");
		zp_lab_put(l, target ? "◆" : "");
		zp_lab_put(l, reply ? "▼" : "");
		zp_lab_tell(l, m->grades[i]);
		zp_lab_put(l, r->place.allowed >> i & 1 ? "</b>" : "</i>");
	}
	zp_lab_put(l, "</span>");
}

static void put_shares(zp_lab *l, const zp_report_row *r)
{
	for (size_t i = 0; i < r->n_answers; i++) {
		const zp_report_answer *a = &r->answers[i];
		zp_lab_put(l, "<span class=\"share\">");
		zp_lab_both(l, a->name, a->name_en);
		zp_lab_put(l, " ");
		zp_lab_tell(l, a->n);
		zp_lab_put(l, "/");
		zp_lab_tell(l, r->answers_n);
		zp_lab_put(l, " ");
		zp_lab_tell(l, a->share_pct);
		zp_lab_put(l, " %</span> ");
	}
}

static void put_answer(zp_lab *l, const zp_report_measurand *m, const zp_report_row *r)
{
	put_reply(l, r);
	put_target(l, r);
	zp_lab_put(l, "<td class=\"t group\">");
	put_grades(l, m, r);
	put_shares(l, r);
	zp_lab_put(l, r->n_answers ? "</td>" : "–</td>");
}

/* ---- the table ---- */

static void put_row(zp_lab *l, const zp_report_measurand *m, const zp_report_row *r)
{
	zp_lab_put(l, r->verdict == ZP_UNACCEPTABLE ? "<tr class=\"bad\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
	zp_lab_tell(l, r->sample);
	zp_lab_put(l, "</th>");
	if (m->answered)
		put_answer(l, m, r);
	else
		put_quantity(l, r);
	zp_lab_put(l, "<td class=\"");
	zp_lab_put(l, zp_lab_look_of(r->verdict));
	zp_lab_put(l, "\">");
	zp_lab_both(l, r->says, r->says_en);
	if (*r->credit) {
		zp_lab_put(l, " <small>");
		zp_lab_tell(l, zp_shared_cn(ZP_SHARED_COUNTS));
		zp_lab_tell(l, r->credit);
		zp_lab_put(l, " %</small>");
	}
	zp_lab_put(l, "</td></tr>\n");
}

void zp_lab_samples(zp_lab *l, const zp_report_measurand *m)
{
	static const zp_say quantities[] = { ZP_SAY_VALUE, ZP_SAY_TARGET, ZP_SAY_RANGE, ZP_SAY_BIAS, ZP_SAY_BIAS_PCT, ZP_SAY_SDI };
	static const zp_say answers[] = { ZP_SAY_REPLY, ZP_SAY_TARGET, ZP_SAY_ANSWERS };
	const zp_say *heads = m->answered ? answers : quantities;
	const size_t n = m->answered ? sizeof answers / sizeof *answers : sizeof quantities / sizeof *quantities;
	zp_lab_table(l, "samples", zp_join(l->host, m->name, "：各样本结果", NULL), "", false);
	zp_lab_head(l, ZP_SAY_SAMPLE, "");
	for (size_t i = 0; i < n; i++)
		zp_lab_head(l, heads[i], m->answered ? "t" : "");
	zp_lab_head(l, ZP_SAY_VERDICT, "");
	zp_lab_table_body(l);
	for (size_t i = 0; i < m->n_rows; i++)
		put_row(l, m, &m->rows[i]);
	zp_lab_table_end(l);
}

/* ---- peers ---- */

/* Whether no one before it in the list is of the same name, or sample. */
static bool is_first(const zp_report_measurand *m, size_t i, bool by_sample)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(by_sample ? m->peers[k].sample : m->peers[k].name, by_sample ? m->peers[i].sample : m->peers[i].name) == 0)
			return false;
	return true;
}

static void put_peer_cell(zp_lab *l, const zp_report_measurand *m, const char *name, const char *sample)
{
	const zp_report_peers *p = NULL;
	for (size_t i = 0; i < m->n_peers && !p; i++)
		if (strcmp(m->peers[i].name, name) == 0 && strcmp(m->peers[i].sample, sample) == 0)
			p = &m->peers[i];
	if (!p || !*p->n) {
		zp_lab_put(l, "<td>–</td>");
		return;
	}
	zp_lab_put(l, "<td>");
	zp_lab_tell(l, *p->x_pt ? p->x_pt : "–");
	zp_lab_put(l, "<i>");
	zp_lab_tell(l, p->n);
	zp_lab_put(l, *p->cv ? " · " : "");
	zp_lab_tell(l, p->cv);
	zp_lab_put(l, "</i></td>");
}

static void put_peers_row(zp_lab *l, const zp_report_measurand *m, const zp_report_peers *p)
{
	zp_lab_put(l, p->own ? "<tr class=\"own\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
	zp_lab_tell(l, p->name);
	if (p->own) {
		zp_lab_put(l, " ◆ ");
		zp_lab_say(l, ZP_SAY_OWN);
	}
	zp_lab_put(l, "</th>");
	for (size_t i = 0; i < m->n_peers; i++)
		if (is_first(m, i, true))
			put_peer_cell(l, m, p->name, m->peers[i].sample);
	zp_lab_put(l, "</tr>\n");
}

void zp_lab_peers(zp_lab *l, const zp_report_measurand *m)
{
	zp_lab_table(l, "peers", zp_say_cn(ZP_SAY_PEERS), zp_join(l->host, zp_say_en(ZP_SAY_PEERS), " · ", zp_say_cn(ZP_SAY_PEERS_CELL), " ", zp_say_en(ZP_SAY_PEERS_CELL), NULL), true);
	zp_lab_put(l, "<th scope=\"col\" class=\"t\">组 <small lang=\"en\">Group</small></th>");
	for (size_t i = 0; i < m->n_peers; i++)
		if (is_first(m, i, true)) {
			zp_lab_put(l, "<th scope=\"col\">");
			zp_lab_tell(l, m->peers[i].sample);
			zp_lab_put(l, "</th>");
		}
	zp_lab_table_body(l);
	for (size_t i = 0; i < m->n_peers; i++)
		if (is_first(m, i, false))
			put_peers_row(l, m, &m->peers[i]);
	zp_lab_table_end(l);
}
