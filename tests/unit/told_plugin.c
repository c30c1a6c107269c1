/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An emitter for tests: what a report holds beside its numbers, one line each, so that a script can read it. Loaded with --plugin. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "host/plugin.h"

#define ROOM (1u << 20)

typedef struct sheet { char *bytes; size_t n; } sheet;

__attribute__((format(printf, 2, 3))) static void put(sheet *out, const char *fmt, ...)
{
	va_list values;
	va_start(values, fmt);
	const int n = vsnprintf(out->bytes + out->n, ROOM - out->n, fmt, values);
	va_end(values);
	if (n > 0 && (size_t)n < ROOM - out->n)
		out->n += (size_t)n;
}

static void put_measurand(sheet *out, const zp_report_programme *p, const zp_report_measurand *m)
{
	static const char *const courses[] = { "unknown", "steady", "closer", "farther" };
	static const char *const kinds[] = { "histogram", "bias", "history", "youden", "methods", "answers", "dots", "ranks", "strip" };
	put(out, "measurand|%s|%s|%s|%s|%s|%u|%s|%s|%d\n", p->code, m->code, courses[m->course], m->course_says, m->course_says_en, m->heed, m->heed_says,
	    m->heed_says_en, m->strip != NULL);
	for (size_t i = 0; i < m->n_findings; i++)
		put(out, "finding|%s|%s|%s|%s\n", p->code, m->code, m->findings[i].says, m->findings[i].says_en);
	for (size_t i = 0; i < m->n_figures; i++)
		put(out, "figure|%s|%s|%s|%s|%s\n", p->code, m->code, kinds[m->figures[i].kind], m->figures[i].caption, m->figures[i].caption_en);
	for (size_t i = 0; i < m->n_peers; i++)
		put(out, "peers|%s|%s|%s|%s|%s|%s|%s|%s|%d\n", p->code, m->code, m->peers[i].sample, m->peers[i].name, m->peers[i].n, m->peers[i].x_pt,
		    m->peers[i].s, m->peers[i].cv, m->peers[i].own);
}

static void put_marks(sheet *out, const zp_report_measurand *m)
{
	for (size_t i = 0; i < m->n_figures; i++)
		for (size_t k = 0; k < m->figures[i].figure->n; k++) {
			const zp_drawn *d = &m->figures[i].figure->marks[k];
			put(out, "text|%s|%s|%s\n", m->code, d->text ? d->text : "", d->says ? d->says : "");
		}
}

static bool lab(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	sheet out = { host->take(host, ROOM), 0 };
	(void)state;
	put(&out, "lab|%s|%s|%s\n", report->lab, report->appeal, report->appeal_en);
	for (size_t p = 0; p < report->n_programmes; p++)
		for (size_t m = 0; m < report->programmes[p].n_measurands; m++) {
			put_measurand(&out, &report->programmes[p], &report->programmes[p].measurands[m]);
			put_marks(&out, &report->programmes[p].measurands[m]);
		}
	return outbox->write(outbox->self, "told.txt", out.bytes, out.n, err);
}

static const zp_emitter does = { .lab = lab, .figures = true };

ZP_PLUGIN(told) = {
	ZP_PLUGIN_HEAD, .kind = ZP_EMITTER, .name = "told", .version = "1", .cites = "nothing", .says = "what a report holds beside its numbers", .does.emitter = &does,
};
