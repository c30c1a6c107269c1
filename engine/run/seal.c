/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/seal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/code.h"
#include "base/digest.h"

#define SIGNATURE_TEXT 87 /* 86 digits of base 64 and a NUL */

/* A line for each field, "name<TAB>text<LF>", in a fixed order; "\", tab and line end of a text are written "\\", "\t", "\n". */
typedef struct script {
	zp_arena *arena;
	char *text;
	size_t n, room;
	bool content; /* everything that the laboratory's files tell, and not when it was issued */
} script;

static void add(script *s, const char *bytes, size_t n)
{
	if (s->n + n + 1 > s->room) {
		s->room = s->room ? 2 * s->room : 8192;
		while (s->room < s->n + n + 1)
			s->room *= 2;
		char *more = zp_arena_take(s->arena, s->room);
		if (s->n)
			memcpy(more, s->text, s->n);
		s->text = more;
	}
	memcpy(s->text + s->n, bytes, n);
	s->n += n;
	s->text[s->n] = '\0';
}

static void say(script *s, const char *name, const char *text)
{
	add(s, name, strlen(name));
	add(s, "\t", 1);
	for (const char *p = text; *p;) {
		const size_t n = strcspn(p, "\\\t\n");
		add(s, p, n);
		p += n;
		if (*p) {
			add(s, *p == '\\' ? "\\\\" : *p == '\t' ? "\\t" : "\\n", 2);
			p++;
		}
	}
	add(s, "\n", 1);
}

static void count(script *s, const char *name, unsigned long n)
{
	char text[32];
	snprintf(text, sizeof text, "%lu", n);
	say(s, name, text);
}

static const char *yes(bool b) { return b ? "yes" : "no"; }

/* ---- a round ---- */

static void say_answers(script *s, const zp_report_row *r)
{
	say(s, "answers-n", r->answers_n);
	count(s, "answers", r->n_answers);
	for (size_t i = 0; i < r->n_answers; i++) {
		say(s, "answer", r->answers[i].name);
		say(s, "answer-en", r->answers[i].name_en);
		say(s, "answer-n", r->answers[i].n);
		say(s, "answer-share", r->answers[i].share_pct);
	}
}

static void say_row(script *s, const zp_report_row *r)
{
	const struct { const char *name, *text; } texts[] = {
		{ "sample", r->sample }, { "value", r->value }, { "value-en", r->value_en }, { "sent", r->sent }, { "index", r->index },
		{ "target", r->x_pt }, { "target-en", r->x_pt_en }, { "also", r->also }, { "also-en", r->also_en }, { "allowed", r->allowed },
		{ "flags", r->flags }, { "flags-en", r->flags_en }, { "credit", r->credit }, { "mark", r->mark }, { "low", r->low }, { "high", r->high },
		{ "bias", r->bias }, { "bias-percent", r->bias_pct }, { "sdi", r->sdi }, { "sdi-informative", yes(r->sdi_informative) },
		{ "verdict", r->says }, { "verdict-en", r->says_en }, { "why", r->why }, { "why-en", r->why_en },
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		say(s, texts[i].name, texts[i].text);
	say_answers(s, r);
}

/* The bits of a number of a figure: there are many, and nobody reads them. */
static char *put_bits(char *p, float x)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t bits;
	memcpy(&bits, &x, sizeof bits);
	for (int shift = 28; shift >= 0; shift -= 4)
		*p++ = digits[bits >> shift & 15];
	return p;
}

static void say_bits(script *s, const char *name, const float *x, size_t n)
{
	char text[12 * 8 + 1], *p = text;
	for (size_t i = 0; i < n && i < 12; i++)
		p = put_bits(p, x[i]);
	*p = '\0';
	say(s, name, text);
}

static void say_mark(script *s, const zp_drawn *d)
{
	const float at[] = { d->x, d->y, d->w, d->h, d->turn, d->thick, d->strength, d->most };
	const unsigned form = (unsigned)d->kind << 16 | (unsigned)d->tone << 8 | (unsigned)d->anchor << 4 | (unsigned)d->outline << 3 |
			      (unsigned)d->closed << 2 | (unsigned)d->dashed << 1 | (unsigned)d->bold;
	count(s, "mark", form);
	say_bits(s, "at", at, sizeof at / sizeof *at);
	for (size_t i = 0; i < d->n; i++)
		say_bits(s, "point", (const float[]){ d->points[i].x, d->points[i].y }, 2);
	say(s, "text", d->text ? d->text : ""), say(s, "says", d->says ? d->says : ""), say(s, "of", d->of ? d->of : "");
}

static void say_figure(script *s, const zp_figure *f)
{
	say(s, "figure", yes(f != NULL));
	if (!f)
		return;
	say_bits(s, "size", (const float[]){ f->width, f->height }, 2);
	say(s, "title", f->title), say(s, "says", f->says);
	count(s, "marks", f->n);
	for (size_t i = 0; i < f->n; i++)
		say_mark(s, &f->marks[i]);
}

/* What stands beside the numbers of a measurand. */
static void say_beside(script *s, const zp_report_measurand *m)
{
	say(s, "answered", yes(m->answered));
	say_figure(s, m->strip);
	count(s, "figures", m->n_figures);
	for (size_t i = 0; i < m->n_figures; i++) {
		const zp_report_figure *f = &m->figures[i];
		count(s, "kind", (unsigned long)f->kind), say(s, "caption", f->caption), say(s, "caption-en", f->caption_en);
		say_figure(s, f->figure);
	}
	count(s, "findings", m->n_findings);
	for (size_t i = 0; i < m->n_findings; i++)
		say(s, "finding", m->findings[i].says), say(s, "finding-en", m->findings[i].says_en);
	count(s, "peers", m->n_peers);
	for (size_t i = 0; i < m->n_peers; i++) {
		const zp_report_peers *p = &m->peers[i];
		say(s, "peers-name", p->name), say(s, "sample", p->sample), say(s, "n", p->n), say(s, "target", p->x_pt), say(s, "s", p->s),
			say(s, "cv", p->cv), say(s, "own", yes(p->own));
	}
	count(s, "course", (unsigned long)m->course), say(s, "course-says", m->course_says), say(s, "course-says-en", m->course_says_en);
	count(s, "heed", m->heed), say(s, "heed-says", m->heed_says), say(s, "heed-says-en", m->heed_says_en);
}

static void say_measurand(script *s, const zp_report_measurand *m)
{
	const struct { const char *name, *text; } texts[] = {
		{ "measurand", m->code }, { "name", m->name }, { "name-en", m->name_en }, { "unit", m->unit }, { "limit", m->limit }, { "group", m->group },
		{ "group-n", m->group_n }, { "method", m->method }, { "doubts", m->doubts }, { "doubts-en", m->doubts_en }, { "s1", m->score },
		{ "weight", m->weight }, { "satisfaction", zp_satisfaction_word(m->satisfaction) }, { "standing", zp_standing_word(m->standing) },
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		say(s, texts[i].name, texts[i].text);
	count(s, "grades", m->n_grades);
	for (size_t i = 0; i < m->n_grades; i++)
		say(s, "grade", m->grades[i]);
	count(s, "rows", m->n_rows);
	for (size_t i = 0; i < m->n_rows; i++)
		say_row(s, &m->rows[i]);
	if (s->content)
		say_beside(s, m);
}

static void say_programme(script *s, const zp_report_programme *p)
{
	const struct { const char *name, *text; } texts[] = {
		{ "programme", p->code }, { "name", p->name }, { "name-en", p->name_en }, { "s", p->score }, { "accepted", p->accepted }, { "total", p->total },
		{ "satisfaction", zp_satisfaction_word(p->satisfaction) }, { "standing", zp_standing_word(p->standing) }, { "points", yes(p->points) },
		{ "by-samples", yes(p->by_samples) }, { "number", p->certificate },
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		say(s, texts[i].name, texts[i].text);
	count(s, "samples", p->n_samples);
	for (size_t i = 0; i < p->n_samples; i++) {
		say(s, "sample", p->samples[i]);
		if (p->wholes) {
			count(s, "judged", p->wholes[i].judged);
			count(s, "right", p->wholes[i].right);
		}
	}
	count(s, "measurands", p->n_measurands);
	for (size_t i = 0; i < p->n_measurands; i++)
		say_measurand(s, &p->measurands[i]);
}

static void write_report(script *s, const zp_report *r)
{
	const struct { const char *name, *text; } texts[] = {
		{ "form", ZP_SEAL_FORM }, { "kind", "round" }, { "round", r->round }, { "round-name", r->round_name }, { "round-name-en", r->round_name_en },
		{ "year", r->year }, { "round-of-year", r->number }, { "version", r->version }, { "lab", r->lab }, { "lab-name", r->lab_name },
		{ "region", r->region }, { "class", r->lab_class }, { "organiser", r->organiser }, { "organiser-en", r->organiser_en },
		{ "issued", r->issued }, { "appeal", r->appeal }, { "appeal-en", r->appeal_en },
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!s->content || (texts[i].text != r->version && texts[i].text != r->issued))
			say(s, texts[i].name, texts[i].text);
	count(s, "programmes", r->n_programmes);
	for (size_t i = 0; i < r->n_programmes; i++)
		say_programme(s, &r->programmes[i]);
}

/* ---- a year ---- */

static void write_paper(script *s, const zp_paper *p)
{
	static const char *const kinds[] = { "annual", "recognition", "title" };
	const struct { const char *name, *text; } texts[] = {
		{ "form", ZP_SEAL_FORM }, { "kind", kinds[p->kind] }, { "number", p->number }, { "title", p->title }, { "title-en", p->title_en },
		{ "lab", p->lab }, { "lab-name", p->lab_name }, { "programme", p->programme }, { "programme-en", p->programme_en },
		{ "organiser", p->organiser }, { "organiser-en", p->organiser_en }, { "issued", p->issued }, { "valid-from", p->from },
		{ "valid-until", p->until }, { "replaces", p->replaces },
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		say(s, texts[i].name, texts[i].text);
	count(s, "year", (unsigned long)p->year);
	count(s, "issue", p->issue);
	count(s, "in-a-row", p->in_a_row);
	count(s, "measurands", p->n_lines);
	for (size_t i = 0; i < p->n_lines; i++) {
		const zp_paper_line *l = &p->lines[i];
		say(s, "measurand", l->name), say(s, "name-en", l->name_en), say(s, "specimen", l->specimen);
		say(s, "mark", l->mark), say(s, "until", l->until);
	}
}

/* ---- sealing ---- */

/* A piece of the square code: what is no letter, digit or . _ - ~ / is written %XX. */
static const char *escaped(zp_arena *arena, const char *text)
{
	char *out = zp_arena_take(arena, 3 * strlen(text) + 1), *to = out;
	for (const char *p = text; *p; p++)
		if ((*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || strchr("._-~/", *p))
			*to++ = *p;
		else
			to += sprintf(to, "%%%02X", (unsigned)(unsigned char)*p);
	*to = '\0';
	return out;
}

typedef struct sealed { const char *digest, *code, *checked; } sealed;

/* It fails only where the process that holds the keys has ended, or without memory: nothing could be published. */
static void sign(const zp_signer *signer, const char *text, char out[static SIGNATURE_TEXT])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"; /* RFC 4648, 5, without padding */
	uint8_t bytes[ZP_SIGNATURE + 2] = { 0 };
	zp_error err = { 0 };
	if (!zp_signer_sign(signer, text, strlen(text), bytes, &err)) {
		fprintf(stderr, "zhiping: %s\n", err.told);
		_exit(ZP_BUG);
	}
	for (size_t i = 0; i < SIGNATURE_TEXT - 1; i++) {
		const size_t bit = 6 * i, at = bit / 8, left = 10 - bit % 8; /* six bits of two bytes */
		out[i] = digits[(bytes[at] << 8 | bytes[at + 1]) >> left & 63];
	}
	out[SIGNATURE_TEXT - 1] = '\0';
}

static sealed seal(zp_arena *arena, const script *s, const char *what, const char *version, const char *lab, const char *key, const zp_signer *signer)
{
	char digest[ZP_DIGEST_TEXT], code[ZP_CODE_TEXT], great[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, s->text, s->n);
	zp_digest_close(d, digest);
	zp_code_of(digest, code);
	for (size_t i = 0; i < sizeof great; i++)
		great[i] = digest[i] >= 'a' ? (char)(digest[i] - 'a' + 'A') : digest[i]; /* capitals take less room in a square code */
	const char *by = signer ? zp_signer_id(signer) : key && *key ? key : ZP_NO_KEY;
	const char *checked = zp_arena_print(arena, "%s:%s:%s:%s:%s:%s", ZP_SEAL_FORM, escaped(arena, what), escaped(arena, version), escaped(arena, lab), great, by);
	if (signer) {
		char signature[SIGNATURE_TEXT];
		sign(signer, checked, signature);
		checked = zp_arena_print(arena, "%s:%s", checked, signature);
	}
	return (sealed){ zp_arena_text(arena, digest, ZP_DIGEST_TEXT - 1), zp_arena_text(arena, code, ZP_CODE_TEXT - 1), checked };
}

const char *zp_seal_report_text(zp_arena *arena, const zp_report *r)
{
	script s = { .arena = arena };
	write_report(&s, r);
	return s.text;
}

void zp_seal_content(const zp_report *r, char digest[ZP_DIGEST_TEXT])
{
	zp_arena *room = zp_arena_open();
	script s = { .arena = room, .content = true };
	write_report(&s, r);
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, s.text, s.n);
	zp_digest_close(d, digest);
	zp_arena_close(room);
}

const char *zp_seal_paper_text(zp_arena *arena, const zp_paper *p)
{
	script s = { .arena = arena };
	write_paper(&s, p);
	return s.text;
}

void zp_seal_report(zp_arena *arena, zp_report *r, const zp_signer *signer)
{
	zp_arena *room = zp_arena_open();
	script s = { .arena = room };
	write_report(&s, r);
	const sealed out = seal(arena, &s, r->round, r->version, r->lab, r->bond.key, signer);
	r->digest = out.digest, r->code = out.code, r->checked = out.checked;
	zp_arena_close(room);
}

bool zp_seal_report_as(zp_arena *arena, zp_report *r, const char *version, const char *issued, const char *digest, const zp_signer *signer)
{
	zp_report as = *r;
	as.version = version, as.issued = issued;
	zp_seal_report(arena, &as, signer);
	if (strcmp(as.digest, digest) != 0)
		return false;
	r->digest = as.digest, r->code = as.code, r->checked = as.checked;
	return true;
}

void zp_seal_paper(zp_arena *arena, zp_paper *p, const zp_signer *signer)
{
	zp_arena *room = zp_arena_open();
	script s = { .arena = room };
	write_paper(&s, p);
	const sealed out = seal(arena, &s, p->number, zp_arena_print(arena, "%u", p->issue), p->lab, p->bond.key, signer);
	p->digest = out.digest, p->code = out.code, p->checked = out.checked;
	zp_arena_close(room);
}
