/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An emitter for tests that writes down what the centre is told: told.tsv, one line for each thing, its kind first, cells with tabs between;
 * and every figure as a file of its own. */
#include "svg.h"

typedef struct writing { const zp_host *host; const zp_outbox *out; zp_error *err; char *bytes; size_t n, room; bool good; } writing;

static void add(void *self, const char *bytes, size_t n)
{
	writing *w = self;
	if (w->n + n > w->room) {
		char *more = w->host->take(w->host, 2 * (w->n + n) + 65536);
		if (w->n)
			memcpy(more, w->bytes, w->n);
		w->bytes = more;
		w->room = 2 * (w->n + n) + 65536;
	}
	memcpy(w->bytes + w->n, bytes, n);
	w->n += n;
}

static void text(writing *w, const char *s)
{
	add(w, s ? s : "(null)", strlen(s ? s : "(null)"));
	add(w, "\t", 1);
}

static void number(writing *w, unsigned long long v)
{
	char digits[32];
	snprintf(digits, sizeof digits, "%llu", v);
	text(w, digits);
}

static void end(writing *w) { add(w, "\n", 1); }

static void texts(writing *w, const char *const *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text(w, s[i]);
}
#define TEXTS(w, ...) texts(w, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))
static void numbers(writing *w, const unsigned long long *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		number(w, v[i]);
}
#define NUMBERS(w, ...) numbers(w, (const unsigned long long[]){ __VA_ARGS__ }, sizeof((const unsigned long long[]){ __VA_ARGS__ }) / sizeof(unsigned long long))

static void measurand(writing *w, const zp_told_programme *p, const zp_told_measurand *m)
{
	TEXTS(w, "measurand", p->code, m->code, m->name, m->name_en, m->unit, m->limit, m->limit_source, m->answered ? "1" : "0");
	NUMBERS(w, m->labs, m->results, m->judged, m->acceptable, m->outliers, m->satisfactory, m->unsatisfactory, m->doubtful);
	end(w);
	for (size_t s = 0; s < p->n_samples; s++) {
		const zp_told_sample *at = &m->samples[s];
		TEXTS(w, "sample", p->code, m->code, at->sample, at->asked ? "1" : "0");
		NUMBERS(w, at->n_groups, at->results, at->judged, at->acceptable);
		end(w);
		for (size_t i = 0; i < at->n_groups; i++) {
			const zp_told_group *g = &at->groups[i];
			TEXTS(w, "group", p->code, m->code, at->sample, g->name, g->name_en, g->origin, g->method, g->x_pt, g->x_pt_en, g->u, g->s, g->cv, g->low, g->high,
			      g->gradable ? "1" : "0", g->status, g->status_en, g->doubts, g->doubts_en, g->dip_p);
			NUMBERS(w, g->members, g->kept, g->aside, g->outliers, g->judged, g->acceptable, g->humps);
			end(w);
		}
	}
}

/* At the size of half a page. */
static void figures(writing *w, const zp_summary *s, size_t p, size_t m, size_t sample)
{
	static const char *const kinds[ZP_FIGURE_KINDS] = { "histogram", "bias", "history", "youden", "methods", "answers", "dots", "ranks", "strip" };
	const zp_told_programme *of = &s->programmes[p];
	for (int kind = 0; kind < ZP_FIGURE_KINDS && w->good; kind++) {
		const zp_figure *f = kind == ZP_FIGURE_RANKS ? NULL : s->draw(s, p, m, sample, (zp_figure_kind)kind, ZP_BOTH_TONGUES, 254, 150);
		if (!f)
			continue;
		TEXTS(w, "figure", of->code, of->measurands[m].code, of->samples[sample], kinds[kind], f->says);
		NUMBERS(w, f->n);
		end(w);
		char name[300];
		writing one = { .host = w->host };
		zp_svg_file(&(zp_svg_sink){ &one, add }, f);
		snprintf(name, sizeof name, "figures/%zu-%zu-%zu-%s.svg", p, m, sample, kinds[kind]);
		w->good = w->out->write(w->out->self, name, one.bytes, one.n, w->err);
	}
}

static void ranks(writing *w, const zp_summary *s, size_t p)
{
	for (size_t regions = 0; regions < 2 && w->good; regions++) {
		const zp_figure *f = s->draw(s, p, 0, regions, ZP_FIGURE_RANKS, ZP_CHINESE, 254, 300);
		char name[80];
		writing one = { .host = w->host };
		if (!f)
			continue;
		TEXTS(w, "ranks", p < s->n_programmes ? s->programmes[p].code : "*", regions ? "regions" : "laboratories", f->title, f->says);
		end(w);
		zp_svg_file(&(zp_svg_sink){ &one, add }, f);
		snprintf(name, sizeof name, "figures/%zu-ranks-%zu.svg", p, regions);
		w->good = w->out->write(w->out->self, name, one.bytes, one.n, w->err);
	}
}

static bool round_told(const zp_host *host, void *state, const zp_summary *s, const zp_outbox *out, zp_error *err)
{
	const zp_told_counts *c = &s->counts;
	writing w = { .host = host, .out = out, .err = err, .good = true };
	(void)state;
	TEXTS(&w, "round", s->round, s->round_name, s->organiser, s->issued, s->version, s->opens, s->closes, s->named ? "named" : s->masked ? "masked" : "coded");
	NUMBERS(&w, (unsigned long long)s->year, (unsigned long long)s->number);
	end(&w);
	TEXTS(&w, "counts");
	NUMBERS(&w, c->labs, c->expected, c->read, c->accepted, c->set_aside, c->refused, c->blank, c->late, c->groups, c->withheld, c->doubtful, c->enrolled);
	end(&w);
	for (size_t i = 0; i < s->n_programmes; i++) {
		const zp_told_programme *p = &s->programmes[i];
		TEXTS(&w, "programme", p->code, p->name, p->scheme, p->scheme_version, p->cancelled);
		NUMBERS(&w, p->enrolled, p->returned, p->late, p->not_returned, p->excused, p->blank, p->satisfactory, p->unsatisfactory, p->judged, p->credit, p->n_samples, p->due, p->answered);
		end(&w);
		for (size_t m = 0; m < p->n_measurands; m++)
			measurand(&w, p, &p->measurands[m]);
	}
	for (size_t i = 0; i < s->n_decisions; i++) {
		const zp_told_decision *d = &s->decisions[i];
		TEXTS(&w, "decision", d->kind, d->about, d->says, d->says_en, d->who, d->when, d->why);
		end(&w);
	}
	for (size_t i = 0; i < s->n_regions; i++) {
		const zp_region_row *r = &s->regions[i];
		TEXTS(&w, "region", r->programme, r->region, r->region_name_en, r->lab_class);
		NUMBERS(&w, r->column, r->line);
		end(&w);
	}
	for (size_t p = 0; p <= s->n_programmes; p++)
		ranks(&w, s, p);
	for (size_t p = 0; p < s->n_programmes; p++)
		for (size_t m = 0; m < s->programmes[p].n_measurands && m < 2; m++)
			for (size_t sample = 0; sample < s->programmes[p].n_samples && w.good; sample++)
				figures(&w, s, p, m, sample);
	return w.good && out->write(out->self, "told.tsv", w.bytes, w.n, err);
}

static const zp_emitter emitter = { .round = round_told };

ZP_PLUGIN(centre) = {
	ZP_PLUGIN_HEAD, .kind = ZP_EMITTER, .name = "centre", .version = "1", .cites = "nothing", .says = "what the centre is told", .does.emitter = &emitter,
};
