/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A full report of 20 measurands with their figures, beside a bare cairo page. bench_report FILE MEASURANDS [full|answers|silent|bare [SEED]]: writes one to look at. */
#include <cairo-pdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "host/registry.h"
#include "invented_rich.h"

#define TIMES 40

extern const zp_plugin zp_plugin_report_pdf;

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

typedef struct zp_kept { const char *path; size_t bytes; } zp_kept;

static bool keep(void *self, const char *name, const void *data, size_t n, zp_error *err)
{
	zp_kept *s = self;
	(void)name, (void)err;
	s->bytes += n;
	FILE *f = s->path ? fopen(s->path, "wb") : NULL;
	if (f) {
		fwrite(data, 1, n, f);
		fclose(f);
	}
	return true;
}

int main(int argc, char **argv)
{
	zp_arena *arena = zp_arena_open();
	zp_lend lend;
	zp_error err = { 0 };
	const zp_host *host = zp_lend_to(&lend, arena, &zp_plugin_report_pdf, NULL);
	const size_t measurands = argc > 2 ? strtoul(argv[2], NULL, 10) : 20;
	zp_invention wish = { .programmes = argc > 3 ? 2 : 1, .measurands = measurands, .samples = 5, .seed = argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 1, .answers = argc > 3 && strcmp(argv[3], "answers") == 0,
		              .silent = argc > 3 && strcmp(argv[3], "silent") == 0 };
	zp_report *report = zp_invent_report(arena, wish);
	if (!(argc > 3 && strcmp(argv[3], "bare") == 0))
		zp_enrich(arena, report);
	zp_edition edition = { .characters = zp_rich_characters(arena, report), .issued = report->issued };
	const zp_emitter *emitter = zp_plugin_report_pdf.does.emitter;
	void *state = emitter->prepare(host, &edition, &err);
	if (err.code) {
		fprintf(stderr, "bench: %s\n", err.text);
		return err.code;
	}
	zp_kept sink = { argc > 1 ? argv[1] : NULL, 0 };
	zp_outbox outbox = { &sink, keep };
	const int times = argc > 1 ? 1 : TIMES;
	double start = seconds();
	for (int i = 0; i < times && !err.code; i++)
		emitter->lab(host, state, report, &outbox, &err);
	printf("report of %zu measurands: %.1f ms, %zu bytes\n", measurands, 1e3 * (seconds() - start) / times, sink.bytes / (size_t)times);
	if (err.code)
		fprintf(stderr, "bench: %s\n", err.text);
	emitter->end(state);
	zp_arena_close(arena);
	return err.code;
}
