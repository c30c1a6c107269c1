/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/forms.h"
#include "base/instant.h"

_Static_assert(ZP_FORM_KEYS == ZP_PEER_KEYS, "a form asks for every peer key");

#define LABEL_MOST 32

/* The programme's code where it can be part of a file name, else "_" and its number, which no such code begins with. */
static const char *label_of(const zp_plan *plan, size_t programme, zp_arena *arena)
{
	const char *code = plan->programmes[programme].code;
	size_t n = strspn(code, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
	if (n && n <= LABEL_MOST && !code[n] && *code != '_' && *code != '-')
		return code;
	return zp_arena_print(arena, "_%zu", programme + 1);
}

/* A column for the system only where peers are made of it, or the organiser has a list; for the other four always. */
static bool asks(const zp_scheme *scheme, int key)
{
	if (key > 0 || scheme->known_names[key])
		return true;
	for (size_t m = 0; m < scheme->n_measurands; m++)
		for (size_t i = 0; i < scheme->measurands[m].n_rungs; i++)
			if (scheme->measurands[m].rungs[i].keys & ZP_KEY_SYSTEM)
				return true;
	return false;
}

static zp_form_key key_of(const zp_scheme *scheme, int key, zp_arena *arena)
{
	zp_form_key out = { .asked = asks(scheme, key) };
	const zp_names *known = scheme->known_names[key];
	if (!known)
		return out;
	out.n = zp_names_count(known);
	const char **names = zp_take(arena, const char *, out.n);
	for (uint32_t i = 0; i < out.n; i++)
		names[i] = zp_names_at(known, i).p;
	out.names = names;
	return out;
}

static zp_form_programme programme_of(const zp_run *run, const zp_enrolment *e, zp_arena *arena)
{
	const zp_programme *p = zp_run_programme(run, e);
	zp_form_measurand *measurands = zp_take(arena, zp_form_measurand, e->n_declared);
	for (size_t k = 0; k < e->n_declared; k++) {
		const zp_measurand *m = &p->scheme->measurands[e->declared[k]];
		measurands[k] = (zp_form_measurand){ m->code, m->name, m->name_en, m->unit, m->places, !m->scale && !m->undetected, m->scale, m->cutoff.is,
							  m->undetected > 0, m->log10 ? m->log_unit : NULL,
							  p->unasked + e->declared[k] * p->n_samples };
	}
	zp_form_programme out = { .code = p->code, .name = p->name, .name_en = p->name_en,
				  .label = label_of(run->book->plan, e->programme, arena), .samples = p->samples, .n_samples = p->n_samples,
				  .measurands = measurands, .n_measurands = e->n_declared };
	for (int key = 0; key < ZP_FORM_KEYS; key++)
		out.keys[key] = key_of(p->scheme, key, arena);
	return out;
}

const zp_form *zp_form_of(const zp_run *run, uint32_t lab, bool chinese, zp_arena *arena)
{
	const zp_plan *plan = run->book->plan;
	const zp_roster *roster = run->roster;
	uint32_t first = roster->first_enrolment[lab], last = roster->first_enrolment[lab + 1];
	zp_form_programme *programmes = zp_take(arena, zp_form_programme, last - first);
	for (uint32_t e = first; e < last; e++)
		programmes[e - first] = programme_of(run, &roster->enrolments[e], arena);
	zp_form *form = zp_take(arena, zp_form, 1);
	*form = (zp_form){ .round = plan->id, .round_name = plan->name, .round_name_en = plan->name_en,
			   .organiser = plan->organiser, .organiser_en = plan->organiser_en,
			   .lab = roster->labs[lab].code, .lab_name = roster->labs[lab].name, .opens = plan->opens,
			   .closes = zp_instant_show(arena, plan->closes_text), .chinese = chinese, .programmes = programmes,
					.n_programmes = last - first };
	return form;
}

/* ---- for all ---- */

typedef struct handing_out {
	const zp_run *run;
	const zp_plugin *const *emitters;
	size_t n_emitters;
	const uint32_t *labs;
	bool chinese;
} handing_out;

typedef struct lab_box { zp_press *press; const char *lab; } lab_box;

static bool write_for_lab(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	const lab_box *box = self;
	char path[400];
	if (snprintf(path, sizeof path, "%s/%s", box->lab, name) >= (int)sizeof path)
		return zp_fail(err, ZP_BUG, name, 0, "the name is too long");
	return zp_press_write(box->press, path, bytes, n, err);
}

static bool write_form(void *context, size_t i, zp_press *press, zp_error *err)
{
	const handing_out *out = context;
	zp_arena *arena = zp_arena_open();
	const zp_form *form = zp_form_of(out->run, out->labs[i], out->chinese, arena);
	lab_box box = { press, form->lab };
	zp_outbox outbox = { &box, write_for_lab };
	bool good = true;
	for (size_t k = 0; k < out->n_emitters && good; k++) {
		zp_lend lend;
		const zp_host *host = zp_lend_to(&lend, arena, out->emitters[k], NULL);
		good = out->emitters[k]->does.emitter->form(host, NULL, form, &outbox, err) && zp_lend_returned(out->emitters[k], err);
	}
	zp_arena_close(arena);
	return good;
}

static bool find_emitters(const zp_run *run, const zp_forms_wish *wish, const zp_plugin **out, zp_error *err)
{
	for (size_t i = 0; i < wish->n_emitters; i++) {
		out[i] = zp_registry_find(run->registry, ZP_EMITTER, wish->emitters[i]);
		if (!out[i] || !out[i]->does.emitter->form)
			return zp_fail(err, ZP_BAD_PLUGIN, NULL, 0, "the emitter \"%s\" is not installed; without it: --kind csv", wish->emitters[i]);
	}
	return true;
}

/* Those that are enrolled in something. */
static size_t enrolled(const zp_run *run, uint32_t *labs)
{
	size_t n = 0;
	for (uint32_t i = 0; i < run->roster->n_labs; i++)
		if (run->roster->first_enrolment[i] < run->roster->first_enrolment[i + 1])
			labs[n++] = i;
	return n;
}

size_t zp_forms_write(zp_run *run, const zp_forms_wish *wish, zp_error *err)
{
	const zp_plugin **emitters = zp_take(run->arena, const zp_plugin *, wish->n_emitters);
	uint32_t *all = zp_take(run->arena, uint32_t, run->roster->n_labs);
	size_t n = wish->labs ? wish->n_labs : enrolled(run, all);
	if (!find_emitters(run, wish, emitters, err))
		return 0;
	handing_out out = { run, emitters, wish->n_emitters, wish->labs ? wish->labs : all, wish->chinese };
	zp_press *press = zp_press_open_folder(wish->into, err);
	if (!press)
		return 0;
	zp_press_watch(press, run->progress);
	zp_progress_stage(run->progress, "writing forms, laboratories", n);
	unsigned workers = n < run->threads ? (unsigned)n : run->threads;
	bool good = zp_press_fork(press, workers, n, write_form, &out, err) && zp_press_publish(press, err);
	zp_press_close(press);
	return good ? n : 0;
}
