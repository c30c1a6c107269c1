/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/records.h"
#include <stdarg.h>
#include "base/chinese.h"
#include "base/problems.h"

enum { A_VALUE = 'V', A_PROBLEM = 'P', A_REFUSAL = 'R', THE_END = 'E' };

/* A record: its kind, the length of what follows, and that. */
typedef struct head {
	uint32_t kind, length;
} head;

#define SAME UINT32_MAX /* instead of a length: the text of the value before */
#define RECORD_MOST (4u << 20) /* a row of 1 MiB, and what stands above the table */
#define COLUMN_MOST 16384
#define LINE_MOST 100000000
#define SENTENCE_MOST 1000 /* bytes, in either language */
#define SHEET_MOST 1000

/* ---- writing ---- */

static void write_some(zp_record_writer *w, const void *bytes, size_t n)
{
	if (n && !w->failed)
		w->failed = !w->write(w->where, bytes, n);
}

static zp_text *held(zp_record_writer *w, const zp_raw *raw, int f, zp_text *now)
{
	*now = f < ZP_FIELDS ? raw->field[f] : raw->sheet;
	return &w->before[f];
}

/* Texts live until the next value only, so that what is remembered is copied. */
static void remember(zp_record_writer *w, const zp_raw *raw)
{
	w->n_held = 0;
	for (int f = 0; f <= ZP_FIELDS; f++) {
		zp_text now, *before = held(w, raw, f, &now);
		*before = (zp_text){ NULL, 0 };
		if (!now.p || now.n > ZP_RECORD_HELD - w->n_held)
			continue;
		if (now.n)
			memcpy(w->held + w->n_held, now.p, now.n);
		*before = (zp_text){ w->held + w->n_held, now.n };
		w->n_held += now.n;
	}
}

static void write_value(void *self, const zp_raw *raw)
{
	zp_record_writer *w = self;
	uint32_t length[ZP_FIELDS + 1];
	bool changed = false;
	head h = { A_VALUE, sizeof length + sizeof raw->column + sizeof raw->above + sizeof(int64_t) };
	for (int f = 0; f <= ZP_FIELDS; f++) {
		zp_text now, *before = held(w, raw, f, &now);
		bool same = before->p && now.p && zp_text_same(*before, now);
		length[f] = same ? SAME : now.p ? (uint32_t)now.n + 1 : 0;
		h.length += length[f] && !same ? length[f] - 1 : 0;
		changed |= !same;
	}
	int64_t line = raw->line;
	write_some(w, &h, sizeof h);
	write_some(w, length, sizeof length);
	write_some(w, raw->column, sizeof raw->column);
	write_some(w, raw->above, sizeof raw->above);
	write_some(w, &line, sizeof line);
	for (int f = 0; f <= ZP_FIELDS; f++) {
		zp_text now;
		held(w, raw, f, &now);
		if (length[f] != SAME && length[f])
			write_some(w, now.p, now.n);
	}
	if (changed)
		remember(w, raw);
}

static uint32_t cut(size_t n, size_t most) { return (uint32_t)(n < most ? n : most); }

/* In both languages: the words of the format are known here only. */
static void write_sentence(zp_record_writer *w, uint32_t kind, zp_text sheet, long line, long column, const char *fmt, va_list args)
{
	char sentence[SENTENCE_MOST], chinese[SENTENCE_MOST];
	int64_t place[2] = { line, column };
	va_list again;
	va_copy(again, args);
	bool both = zp_chinese_print(chinese, sizeof chinese, fmt, again) != NULL;
	va_end(again);
	int n = vsnprintf(sentence, sizeof sentence, fmt, args);
	const uint32_t length[3] = { sheet.p ? cut(sheet.n, SHEET_MOST) + 1 : 0, n < 0 ? 1 : cut((size_t)n, sizeof sentence - 1) + 1,
				     both ? (uint32_t)strlen(chinese) + 1 : 0 };
	head h = { kind, (uint32_t)(sizeof place + sizeof length) };
	for (int i = 0; i < 3; i++)
		h.length += length[i] ? length[i] - 1 : 0;
	write_some(w, &h, sizeof h);
	write_some(w, place, sizeof place);
	write_some(w, length, sizeof length);
	write_some(w, sheet.p, length[0] ? length[0] - 1 : 0);
	write_some(w, sentence, length[1] - 1);
	write_some(w, chinese, length[2] ? length[2] - 1 : 0);
}

static void write_problem(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	write_sentence(self, A_PROBLEM, sheet, line, column, fmt, args);
	va_end(args);
}

static void write_refusal(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	write_sentence(self, A_REFUSAL, sheet, line, column, fmt, args);
	va_end(args);
}

zp_sink zp_record_sink(zp_record_writer *w)
{
	return (zp_sink){ w, write_value, write_problem, write_refusal };
}

void zp_record_end(zp_record_writer *w)
{
	head h = { THE_END, 0 };
	write_some(w, &h, sizeof h);
}

/* ---- reading ---- */

/* n bytes from the front of *rest; NULL when there are not so many. */
static const char *take(zp_text *rest, size_t n)
{
	if (n > rest->n)
		return NULL;
	const char *p = rest->p;
	rest->p += n;
	rest->n -= n;
	return p;
}

static bool take_into(zp_text *rest, void *out, size_t n)
{
	const char *p = take(rest, n);
	if (p)
		memcpy(out, p, n);
	return p != NULL;
}

static bool take_bytes(zp_text *rest, uint32_t length, zp_text *out)
{
	*out = (zp_text){ NULL, 0 };
	if (!length)
		return true;
	const char *p = take(rest, length - 1);
	*out = (zp_text){ p, length - 1 };
	return p != NULL;
}

static bool take_text(zp_text *rest, uint32_t length, zp_text *out)
{
	return take_bytes(rest, length, out) && zp_utf8_valid(out->p, out->n) == out->n;
}

static bool read_value(zp_text body, zp_raw *raw)
{
	uint32_t length[ZP_FIELDS + 1];
	int64_t line;
	if (!take_into(&body, length, sizeof length) || !take_into(&body, raw->column, sizeof raw->column) ||
	    !take_into(&body, raw->above, sizeof raw->above) || !take_into(&body, &line, sizeof line))
		return false;
	for (int f = 0; f <= ZP_FIELDS; f++) {
		zp_text *text = f < ZP_FIELDS ? &raw->field[f] : &raw->sheet;
		if (length[f] == SAME ? !text->p : !take_text(&body, length[f], text))
			return false;
		if (f < ZP_FIELDS && (raw->column[f] > COLUMN_MOST || raw->above[f] > LINE_MOST))
			return false;
	}
	raw->line = (long)line;
	return body.n == 0 && line >= 0 && line <= LINE_MOST;
}

typedef struct sentence { zp_text sheet, text, chinese; long line, column; } sentence;

static bool read_sentence(zp_text body, sentence *s)
{
	int64_t place[2];
	uint32_t length[3];
	if (!take_into(&body, place, sizeof place) || !take_into(&body, length, sizeof length) || !take_text(&body, length[0], &s->sheet) ||
	    !take_bytes(&body, length[1], &s->text) || !take_bytes(&body, length[2], &s->chinese))
		return false;
	s->line = (long)place[0];
	s->column = (long)place[1];
	s->text.n = zp_utf8_valid(s->text.p, s->text.n); /* a sentence that was cut may end within a character */
	s->chinese.n = s->chinese.p ? zp_utf8_valid(s->chinese.p, s->chinese.n) : 0;
	return body.n == 0 && s->text.p && s->text.n < SENTENCE_MOST && s->chinese.n < SENTENCE_MOST && place[0] >= 0 && place[0] <= LINE_MOST &&
	       place[1] >= 0 && place[1] <= COLUMN_MOST;
}

/* One record. Gives: its kind, 0 for none. */
static uint32_t read_record(zp_text *rest, zp_raw *raw, sentence *s)
{
	head h;
	zp_text body;
	if (!take_into(rest, &h, sizeof h) || h.length > RECORD_MOST || !(body.p = take(rest, h.length)))
		return 0;
	body.n = h.length;
	switch (h.kind) {
	case A_VALUE: return read_value(body, raw) ? h.kind : 0;
	case A_PROBLEM:
	case A_REFUSAL: return read_sentence(body, s) ? h.kind : 0;
	case THE_END: return h.length == 0 && rest->n == 0 ? h.kind : 0;
	default: return 0;
	}
}

bool zp_records_whole(zp_text records, size_t *at)
{
	head h;
	while (records.n - *at >= sizeof h) {
		memcpy(&h, records.p + *at, sizeof h);
		if (h.kind == THE_END)
			return true;
		if (records.n - *at - sizeof h < h.length)
			return false;
		*at += sizeof h + h.length;
	}
	return false;
}

static void hand_over(const zp_sink *sink, void (*tell)(void *, zp_text, long, long, const char *, ...), const sentence *s)
{
	char text[SENTENCE_MOST], chinese[SENTENCE_MOST];
	snprintf(text, sizeof text, "%.*s", (int)s->text.n, s->text.p);
	snprintf(chinese, sizeof chinese, "%.*s", (int)s->chinese.n, s->chinese.n ? s->chinese.p : "");
	tell(sink->self, s->sheet, s->line, s->column, zp_problem_in_both, text, s->chinese.p ? chinese : NULL);
}

/* Once through everything: first to see whether it is whole, and only then for the sink. */
const char *zp_records_read(zp_text records, const zp_sink *sink, bool *refused)
{
	*refused = false;
	for (int for_sink = 0; for_sink < 2; for_sink++) {
		zp_raw raw = { 0 };
		sentence s;
		uint32_t kind;
		for (zp_text rest = records; (kind = read_record(&rest, &raw, &s)) != THE_END;) {
			if (!kind)
				return "could not be parsed: the importer broke off";
			if (kind == A_REFUSAL) {
				hand_over(sink, sink->refuse, &s);
				*refused = true;
				return "was refused";
			}
			if (!for_sink)
				continue;
			if (kind == A_VALUE)
				sink->put(sink->self, &raw);
			else
				hand_over(sink, sink->problem, &s);
		}
	}
	return NULL;
}
