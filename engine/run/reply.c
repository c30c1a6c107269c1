/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a row that hold an answer of a scale, and the index beside it. */
#include "book/dictionary.h"
#include "book/scale.h"
#include "run/intake.h"

static const zp_field key_fields[ZP_PEER_KEYS] = { ZP_FIELD_SYSTEM, ZP_FIELD_INSTRUMENT, ZP_FIELD_METHOD, ZP_FIELD_REAGENT, ZP_FIELD_CALIBRATOR };

zp_text zp_intake_name(const zp_raw *raw, const zp_scheme *scheme, int key)
{
	const zp_text name = zp_text_trim(raw->field[key_fields[key]]);
	const uint32_t number = scheme->known_names[key] && name.n ? zp_dictionary_find(scheme->known_names[key], name) : ZP_NO_NAME;
	return number == ZP_NO_NAME ? name : zp_names_at(scheme->known_names[key], number);
}

/* The strip that the row names. */
static const zp_strip *strip_of(const zp_raw *raw, const zp_scheme *scheme, const zp_scale *scale)
{
	return scale->n_strips ? zp_scale_strip(scale, zp_intake_name(raw, scheme, (int)scale->strip_key)) : NULL;
}

/* ---- an index ---- */

/* "COI", "S/CO =" and brackets between a word and its index. */
static zp_text without_marks(zp_text t)
{
	static const char *const marks[] = { "(", ")", "（", "）", "=", "＝", ":", "：", ",", "，", "COI", "coi", "S/CO", "s/co", "INDEX", "Index", "index", "指数", "/", "／", "<", ">", "＜", "＞", " " };
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			const size_t n = strlen(marks[i]);
			if (t.n >= n && memcmp(t.p, marks[i], n) == 0)
				t.p += n, t.n -= n, more = true;
			if (t.n >= n && memcmp(t.p + t.n - n, marks[i], n) == 0)
				t.n -= n, more = true;
		}
	}
	return t;
}

/* "阳性 (COI 12.5)", "12.5 阳性", "COI=12.5": the number at an end of the text, and the word, if there is one. */
static bool split_index(zp_text text, zp_text *word, zp_decimal *index)
{
	text = without_marks(text);
	size_t last = text.n, first = 0;
	while (last > 0 && zp_is_of_number(text.p[last - 1]))
		last--;
	while (first < text.n && zp_is_of_number(text.p[first]))
		first++;
	const bool behind = last < text.n;
	const zp_text number = behind ? (zp_text){ text.p + last, text.n - last } : (zp_text){ text.p, first };
	*word = without_marks(behind ? (zp_text){ text.p, last } : (zp_text){ text.p + first, text.n - first });
	return number.n && zp_decimal_read(number.p, number.n, index) == ZP_NUMBER_OK;
}

const zp_cutoff *zp_cutoff_of(const zp_measurand *m, zp_text reagent)
{
	for (size_t i = 0; i < m->n_kit_cutoffs; i++)
		if (zp_text_is(reagent, m->kit_cutoffs[i].reagent))
			return &m->kit_cutoffs[i].cutoff;
	return &m->cutoff;
}

zp_side zp_cutoff_side(const zp_cutoff *c, zp_decimal index)
{
	if (c->has_grey && zp_decimal_compare(index, c->grey_from) >= 0 && zp_decimal_compare(index, c->grey_to) <= 0)
		return ZP_SIDE_GREY;
	const int beyond = zp_decimal_compare(index, c->at);
	if (beyond == 0)
		return c->equal;
	return (beyond > 0) != c->positive_below ? ZP_SIDE_POSITIVE : ZP_SIDE_NEGATIVE;
}

/* The first answer on that side. */
static uint32_t answer_on(const zp_scale *s, zp_side side)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (s->answers[i].side == side)
			return i;
	return ZP_NO_NAME;
}

/* The unit of the row, when it is that of a concentration ("mIU/mL"): then the number is no index, which has none. */
static zp_text concentration(const zp_raw *raw)
{
	const zp_text unit = zp_text_trim(zp_csv_trim(raw->field[ZP_FIELD_UNIT]));
	return unit.n == 1 && (*unit.p == '1' || *unit.p == '-' || *unit.p == '/') ? (zp_text){ unit.p, 0 } : without_marks(unit);
}

/* An index without a word, read by the cut-off. */
static zp_said derive(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, zp_decimal index, zp_extra *v, const char **says)
{
	char shown[ZP_DECIMAL_TEXT], at[ZP_DECIMAL_TEXT], unit[64];
	const zp_cutoff *cutoff = zp_cutoff_of(m, zp_intake_name(raw, scheme, ZP_KIT_KEY));
	const uint32_t answer = answer_on(m->scale, zp_cutoff_side(cutoff, index));
	zp_decimal_write(index, shown);
	zp_decimal_write(cutoff->at, at);
	if (concentration(raw).n) {
		snprintf(w->sentence, sizeof w->sentence, "is the number %s in %s without a word, and only an index without unit is read by the cut-off; expected a word such as 阴性", shown,
			 zp_text_show_in(unit, sizeof unit, concentration(raw)));
		*says = w->sentence;
		return ZP_SAID_REFUSED;
	}
	if (scheme->choices.index_alone == ZP_INDEX_REFUSE || answer == ZP_NO_NAME) {
		snprintf(w->sentence, sizeof w->sentence, "is the index %s without a word; expected a word, and the index beside it", shown);
		*says = w->sentence;
		return ZP_SAID_REFUSED;
	}
	v->value = (zp_decimal){ answer, 0 };
	v->index = index;
	v->has_index = true;
	v->converted = zp_arena_print(w->arena, "read as %s: index %s, cut-off %s", m->scale->answers[answer].code, shown, at);
	return ZP_SAID_NUMBER;
}

static bool read_index(zp_worker *w, const zp_raw *raw, zp_extra *v)
{
	const zp_text text = zp_csv_trim(raw->field[ZP_FIELD_INDEX]);
	char shown[128], folded[64], unit[64];
	if (!zp_text_trim(text).n)
		return true;
	zp_text plain = zp_text_trim((zp_text){ folded, text.n <= sizeof folded ? zp_text_fold(text, folded) : 0 });
	if (concentration(raw).n) {
		zp_intake_problem(w, raw, ZP_FIELD_INDEX, "index \"%s\" has the unit %s; expected an index such as COI or S/CO, which has none, or nothing",
				  zp_text_show_in(shown, sizeof shown, text), zp_text_show_in(unit, sizeof unit, concentration(raw)));
		return false;
	}
	if (plain.n && (*plain.p == '<' || *plain.p == '>')) /* beyond what the instrument shows */
		plain = zp_text_trim((zp_text){ plain.p + 1, plain.n - 1 });
	v->has_index = plain.n && zp_decimal_read(plain.p, plain.n, &v->index) == ZP_NUMBER_OK;
	if (!v->has_index)
		zp_intake_problem(w, raw, ZP_FIELD_INDEX, "index \"%s\" is not usable; expected a number such as 12.5, or nothing", zp_text_show_in(shown, sizeof shown, text));
	return v->has_index;
}

/* ---- an answer ---- */

#define KNOWN_BYTES 430 /* of a sentence of ZP_HEARD_BYTES */

/* Why a text is none, and what would have been. */
static zp_said refuse(zp_worker *w, const zp_measurand *m, const zp_strip *strip, zp_kind heard, const char *value, zp_text unknown, zp_text text, const char **says)
{
	static const char *const kinds[ZP_KINDS] = { [ZP_NUMBER] = "number", [ZP_BELOW] = "bound", [ZP_ABOVE] = "bound", [ZP_CATEGORY] = "category",
						     [ZP_TITRE] = "titre", [ZP_GRADE] = "grade" };
	char known[KNOWN_BYTES], shown[200];
	zp_scale_known(m->scale, strip, known, sizeof known);
	if (kinds[heard]) {
		snprintf(w->sentence, sizeof w->sentence, "was understood as the %s %s, which is no answer here; expected %s", kinds[heard],
			 zp_text_show_in(shown, sizeof shown, zp_text_of(value)), known);
	} else if (!unknown.n) {
		snprintf(w->sentence, sizeof w->sentence, "has nothing beside one of its joints; expected %s, joined by +", known);
	} else if (unknown.n < zp_text_trim(text).n) {
		snprintf(w->sentence, sizeof w->sentence, "holds \"%s\", which is no answer here; expected %s", zp_text_show_in(shown, sizeof shown, unknown), known);
	} else {
		snprintf(w->sentence, sizeof w->sentence, "is no answer here; expected %s", known);
	}
	*says = w->sentence;
	return ZP_SAID_REFUSED;
}

static zp_said off_strip(zp_worker *w, const zp_measurand *m, const zp_strip *strip, int64_t answer, const char **says)
{
	char known[KNOWN_BYTES];
	snprintf(w->sentence, sizeof w->sentence, "is the grade %s, which is not on the strip of %s; expected %s", m->scale->answers[answer].name, strip->name,
		 zp_scale_known(m->scale, strip, known, sizeof known));
	*says = w->sentence;
	return ZP_SAID_REFUSED;
}

/* The answer by the exact table: with its unit, alone, or as the vocabulary understands it. */
static bool look_up(const zp_raw *raw, const zp_measurand *m, const zp_strip *strip, zp_text text, int64_t *reply, zp_text *unknown)
{
	const zp_text unit = zp_csv_trim(raw->field[ZP_FIELD_UNIT]);
	char joined[ZP_SCALE_KEY_BYTES];
	const int n = unit.n ? snprintf(joined, sizeof joined, "%.*s %.*s", (int)text.n, text.p, (int)unit.n, unit.p) : 0;
	if (n > 0 && (size_t)n < sizeof joined && zp_scale_reply(m->scale, strip, (zp_text){ joined, (size_t)n }, reply, unknown))
		return true;
	return zp_scale_reply(m->scale, strip, text, reply, unknown);
}

/* A word that the vocabulary knows, or the table. */
static bool know(zp_worker *w, const zp_scheme *scheme, const zp_measurand *m, const zp_strip *strip, zp_text word, int64_t *reply)
{
	zp_value heard;
	zp_text rest;
	const char *says;
	char written[ZP_WORD_BYTES];
	return zp_scale_reply(m->scale, strip, word, reply, &rest) ||
	       (zp_hear(scheme->vocabulary, w->listener, word, &heard, &says) == ZP_HEARD && heard.kind != ZP_NOTHING &&
		zp_value_write(&heard, written, sizeof written) < sizeof written && zp_scale_reply(m->scale, strip, zp_text_of(written), reply, &rest));
}

/* "2+(1.0 g/L)": what analysers print for a grade, and what it stands for. Gives: false when the two are not the same answer. */
static bool is_doubled(const zp_scale *s, const zp_strip *strip, zp_text text, int64_t *reply)
{
	char folded[ZP_SCALE_KEY_BYTES];
	zp_text unknown;
	int64_t inner;
	text = zp_text_trim(text);
	if (zp_scale_is_set(s) || text.n > sizeof folded)
		return false;
	text = zp_text_trim((zp_text){ folded, zp_text_fold(text, folded) });
	const char *open = memchr(text.p, '(', text.n);
	if (!open || text.p[text.n - 1] != ')')
		return false;
	const size_t at = (size_t)(open - text.p);
	return zp_scale_reply(s, strip, (zp_text){ text.p, at }, reply, &unknown) &&
	       zp_scale_reply(s, strip, (zp_text){ open + 1, text.n - at - 2 }, &inner, &unknown) && inner == *reply;
}

static zp_said two_indices(zp_worker *w, zp_decimal said, zp_decimal column, const char **says)
{
	char one[ZP_DECIMAL_TEXT], other[ZP_DECIMAL_TEXT];
	zp_decimal_write(said, one);
	zp_decimal_write(column, other);
	snprintf(w->sentence, sizeof w->sentence, "says the index %s, and its column says %s; expected one index", one, other);
	*says = w->sentence;
	return ZP_SAID_REFUSED;
}

/* What people write beside the table: "阴性(-)", "1：160", "阳性 COI 12.5". */
static zp_said understand(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, const zp_strip *strip, zp_text text, zp_extra *v,
			  const char **says)
{
	zp_value heard;
	zp_text word, unknown, rest;
	int64_t reply;
	char written[ZP_WORD_BYTES] = "";
	zp_decimal index;
	zp_scale_reply(m->scale, strip, text, &reply, &unknown);
	if (!w->listener)
		w->listener = zp_listener_take(w->arena);
	const zp_heard how = zp_hear(scheme->vocabulary, w->listener, text, &heard, says);
	if (how == ZP_HEARD_FAULT) {
		zp_intake_fault_of(w, raw, ZP_FIELD_VALUE, *says);
		return ZP_SAID_FAULT;
	}
	if (how == ZP_HEARD && heard.kind == ZP_NOTHING)
		return ZP_SAID_NOTHING;
	const bool alone = how == ZP_HEARD && heard.kind == ZP_NUMBER && !heard.unit.n; /* before its texts are gone */
	v->value = (zp_decimal){ 0, 0 };
	if (how == ZP_HEARD && zp_value_write(&heard, written, sizeof written) < sizeof written &&
	    zp_scale_reply(m->scale, strip, zp_text_of(written), &v->value.m, &rest))
		return ZP_SAID_NUMBER;
	if (alone && m->cutoff.is)
		return derive(w, raw, scheme, m, heard.number, v, says);
	if (is_doubled(m->scale, strip, text, &v->value.m))
		return ZP_SAID_NUMBER;
	const bool split = m->cutoff.is && !concentration(raw).n && split_index(text, &word, &index);
	if (split && !word.n)
		return derive(w, raw, scheme, m, index, v, says);
	if (split && know(w, scheme, m, strip, word, &v->value.m)) {
		v->index = index;
		v->has_index = true;
		return ZP_SAID_NUMBER;
	}
	return refuse(w, m, strip, how == ZP_HEARD ? heard.kind : ZP_NOTHING, written, unknown, text, says);
}

/* Whether the scale itself writes the answer so; then there is no need to remember how it was sent. */
static bool is_usual(const zp_measurand *m, int64_t reply, zp_text text)
{
	if (zp_scale_is_set(m->scale)) {
		char code[400];
		return zp_scale_write(m->scale, reply, -1, code, sizeof code) < sizeof code && zp_text_is(text, code);
	}
	const zp_answer *a = &m->scale->answers[reply];
	return zp_text_is(text, a->code) || zp_text_is(text, a->name) || zp_text_is(text, a->name_en);
}

/* ---- what was understood lately ---- */

#define MEMO_ANSWERS 1024 /* a power of two */
#define MEMO_BYTES 40

/* A text that stands for a reply wherever it is met on this strip, and how it is remembered that it was sent so. Only what rests on the
 * text alone is kept: no index, no unit. */
typedef struct zp_reply_memo {
	const zp_scheme *scheme;
	const zp_scale *scale;
	const zp_strip *strip;
	int64_t reply;
	const char *sent;
	uint8_t n;
	char text[MEMO_BYTES];
} memo;

static memo *memo_of(zp_worker *w, const zp_scheme *scheme, const zp_scale *scale, const zp_strip *strip, zp_text text, bool *known)
{
	if (!w->replies)
		w->replies = zp_take(w->arena, memo, MEMO_ANSWERS);
	memo *at = &w->replies[(zp_text_hash(text) ^ (uintptr_t)scale >> 4 ^ (uintptr_t)strip >> 3) & (MEMO_ANSWERS - 1)];
	*known = at->scale == scale && at->strip == strip && at->scheme == scheme && at->n == text.n && memcmp(at->text, text.p, text.n) == 0;
	return at;
}

static void remember(memo *at, const zp_scheme *scheme, const zp_scale *scale, const zp_strip *strip, zp_text text, int64_t reply, const char *sent)
{
	*at = (memo){ scheme, scale, strip, reply, sent, (uint8_t)text.n, "" };
	memcpy(at->text, text.p, text.n);
}

static zp_said read_reply(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, const zp_strip *strip, zp_text text, zp_extra *v,
			  const char **says)
{
	int64_t reply;
	zp_text unknown;
	zp_said said = ZP_SAID_NUMBER;
	if (!zp_text_trim(text).n) {
		if (!v->has_index)
			return ZP_SAID_NOTHING;
		said = derive(w, raw, scheme, m, v->index, v, says);
		text = zp_csv_trim(raw->field[ZP_FIELD_INDEX]);
	} else if (look_up(raw, m, strip, text, &reply, &unknown)) {
		v->value = (zp_decimal){ reply, 0 };
	} else {
		said = understand(w, raw, scheme, m, strip, text, v, says);
	}
	if (said != ZP_SAID_NUMBER)
		return said;
	if (strip && !(strip->answers & UINT64_C(1) << v->value.m))
		return off_strip(w, m, strip, v->value.m, says);
	if (!is_usual(m, v->value.m, text))
		v->sent = zp_text_is_plain(text) ? zp_arena_text(w->arena, text.p, text.n) : zp_text_show(w->arena, text);
	return ZP_SAID_NUMBER;
}

zp_said zp_intake_reply(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, zp_text text, zp_extra *v, const char **says)
{
	const zp_strip *strip = strip_of(raw, scheme, m->scale);
	bool known = false;
	v->kind = (uint8_t)zp_scale_value_kind(m->scale);
	if (!read_index(w, raw, v)) /* kept also where there is no cut-off to hold it against */
		return ZP_SAID_FAULT; /* told */
	if (!text.n || text.n > MEMO_BYTES || raw->field[ZP_FIELD_UNIT].n)
		return read_reply(w, raw, scheme, m, strip, text, v, says);
	memo *at = memo_of(w, scheme, m->scale, strip, text, &known);
	if (known) {
		v->value = (zp_decimal){ at->reply, 0 };
		v->sent = at->sent;
		return ZP_SAID_NUMBER;
	}
	const bool beside = v->has_index;
	const zp_decimal column = v->index;
	v->has_index = false;
	const zp_said said = read_reply(w, raw, scheme, m, strip, text, v, says);
	if (said == ZP_SAID_NUMBER && !v->has_index)
		remember(at, scheme, m->scale, strip, text, v->value.m, v->sent);
	if (said == ZP_SAID_NUMBER && v->has_index && beside && zp_decimal_compare(v->index, column) != 0)
		return two_indices(w, v->index, column, says);
	v->has_index |= beside;
	return said;
}
