/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything into the stage, the reports in child processes, and then the name that makes it public. */
#include "run/publish.h"
#include "base/file.h"
#include "run/reread.h"
#include "run/tables.h"

#define SEAL_MOST (8u << 20)

/* ---- per laboratory ---- */

typedef struct emitting {
	const zp_run *run;
	const char *issued;
	const zp_plugin **plugins;
	void **states;
	size_t n;
	const uint32_t *labs; /* those with an enrolment */
	const zp_reread *reread; /* NULL: no tables were written */
} emitting;

typedef struct lab_box { zp_press *press; const char *lab; } lab_box;

static bool write_for_lab(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	const lab_box *box = self;
	char path[400];
	if (snprintf(path, sizeof path, "labs/%s/%s", box->lab, name) >= (int)sizeof path)
		return zp_fail(err, ZP_BUG, name, 0, "the name is too long");
	return zp_press_write(box->press, path, bytes, n, err);
}

static bool write_for_round(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	return zp_press_write(self, name, bytes, n, err);
}

static bool emit_lab(void *context, size_t i, zp_press *press, zp_error *err)
{
	const emitting *e = context;
	zp_arena *arena = zp_arena_open();
	const zp_report *report = zp_report_of(e->run, e->labs[i], e->issued, arena);
	lab_box box = { press, report->lab };
	zp_outbox outbox = { &box, write_for_lab };
	bool good = !e->reread || zp_reread_compare(e->reread, report, arena, err);
	for (size_t k = 0; k < e->n && good; k++) {
		zp_lend lend;
		const zp_host *host = zp_lend_to(&lend, arena, e->plugins[k], NULL);
		good = e->plugins[k]->does.emitter->lab(host, e->states[k], report, &outbox, err);
	}
	zp_arena_close(arena);
	return good;
}

static bool edition_of(zp_run *run, const char *issued, zp_edition *edition, zp_error *err)
{
	const char *seal = run->book->plan->seal, *why = NULL;
	*edition = (zp_edition){ .characters = zp_report_characters(run), .issued = issued };
	edition->templates[ZP_TEMPLATE_ROUND] = run->book->plan->certificate;
	if (!seal)
		return true;
	zp_text bytes = zp_file_read(run->arena, seal, SEAL_MOST, seal, NULL, &why);
	if (!bytes.p)
		return zp_fail(err, ZP_BAD_INPUT, seal, 0, "the seal %s", why);
	edition->seal = (zp_asset){ seal, bytes.p, bytes.n };
	return true;
}

/* The emitters that have the wanted call, prepared. */
static bool prepare_emitters(zp_run *run, const char *issued, bool for_labs, emitting *e, zp_error *err)
{
	zp_edition edition;
	size_t n = zp_registry_count(run->registry);
	e->plugins = zp_take(run->arena, const zp_plugin *, n);
	e->states = zp_take(run->arena, void *, n);
	if (!edition_of(run, issued, &edition, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		const zp_plugin *p = zp_registry_at(run->registry, i);
		if (p->kind != ZP_EMITTER || !(for_labs ? p->does.emitter->lab != NULL : p->does.emitter->round != NULL))
			continue;
		if (p->does.emitter->prepare) {
			zp_lend lend;
			e->states[e->n] = p->does.emitter->prepare(zp_lend_to(&lend, run->arena, p, NULL), &edition, err);
			if (!e->states[e->n])
				return false;
		}
		e->plugins[e->n++] = p;
	}
	return true;
}

static void end_emitters(emitting *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->plugins[i]->does.emitter->end)
			e->plugins[i]->does.emitter->end(e->states[i]);
}

bool zp_reports_write(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_error *err)
{
	emitting e = { .run = run, .issued = wish->issued };
	uint32_t *labs = zp_take(run->arena, uint32_t, run->roster->n_labs);
	size_t n = 0;
	for (uint32_t i = 0; i < run->roster->n_labs; i++)
		if (run->roster->first_enrolment[i] < run->roster->first_enrolment[i + 1])
			labs[n++] = i;
	e.labs = labs;
	if (!zp_registry_find(run->registry, ZP_EMITTER, "certificate-pdf"))
		return zp_fail(err, ZP_BAD_PLUGIN, NULL, 0, "the emitter \"certificate-pdf\" is not installed; without certificates: --emit tables,pages");
	if (wish->emit & ZP_EMIT_TABLES && !(e.reread = zp_reread_open(run->arena, zp_press_stage(press), err)))
		return false;
	if (!run->book->plan->certificate)
		return zp_fail(err, ZP_BAD_RULES, "certificates/round.xml", 0, "the rules have no template of certificates; without certificates: --emit tables,pages");
	bool good = prepare_emitters(run, wish->issued, true, &e, err) &&
		    zp_press_fork(press, run->threads, n, emit_lab, &e, err) && zp_certificates_write(run, press, wish->issued, err);
	end_emitters(&e);
	return good;
}

bool zp_pages_write(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	zp_summary *s = &run->summary;
	emitting e = { .run = run, .issued = wish->issued };
	s->round = plan->id, s->round_name = plan->name, s->round_name_en = plan->name_en ? plan->name_en : "";
	s->organiser = plan->organiser, s->organiser_en = plan->organiser_en ? plan->organiser_en : "";
	s->issued = wish->issued, s->version = ZP_FIRST_VERSION;
	zp_answers_tell(run);
	bool good = prepare_emitters(run, wish->issued, false, &e, err);
	zp_outbox outbox = { press, write_for_round };
	for (size_t i = 0; i < e.n && good; i++) {
		zp_lend lend;
		good = e.plugins[i]->does.emitter->round(zp_lend_to(&lend, run->arena, e.plugins[i], NULL), e.states[i], s, &outbox, err);
	}
	end_emitters(&e);
	return good;
}

/* ---- all of it ---- */

static void lap(zp_run *run, const char *stage, double *since)
{
	double now = zp_run_clock();
	run->laps[run->n_laps++] = (zp_lap){ stage, now - *since, run->round->n };
	*since = now;
}

const char *zp_run_publish(zp_run *run, const zp_publish_wish *wish, zp_error *err)
{
	zp_press *press = zp_press_open(wish->into, run->book->plan->id, ZP_FIRST_VERSION, err);
	if (!press)
		return NULL;
	double since = zp_run_clock();
	bool good = true;
	if (wish->emit & ZP_EMIT_TABLES) {
		good = zp_tables_write(run, press, err);
		lap(run, "tables", &since);
	}
	if (good && wish->emit & ZP_EMIT_REPORTS) {
		good = zp_reports_write(run, press, wish, err);
		lap(run, "reports", &since);
	}
	if (good && wish->emit & ZP_EMIT_PAGES) {
		good = zp_pages_write(run, press, wish, err);
		lap(run, "pages", &since);
	}
	good = good && zp_manifest_write(run, press, wish, err) && zp_press_publish(press, err);
	lap(run, "publish", &since);
	const char *target = good ? zp_arena_print(run->arena, "%s", zp_press_target(press)) : NULL;
	zp_press_close(press);
	return target;
}
