/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text to its value, by a vocabulary. */
#include "base/csv.h"
#include "book/vocabulary.h"

zp_listener *zp_listener_take(zp_arena *arena)
{
	zp_listener *l = zp_take(arena, zp_listener, 1);
	l->matcher = zp_matcher_take(arena);
	return l;
}

/* The characters of the vocabulary's own table. What stands for a character is never longer than it is. */
static size_t fold_more(const zp_vocabulary *v, char *text, size_t n)
{
	size_t length = 0;
	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		const size_t known = zp_utf8_at(text + i, n - i, &c), step = known ? known : 1;
		const char *to = NULL;
		for (size_t k = 0; c >= 0x80 && k < v->n_folds && !to; k++)
			to = v->folds[k].from == c ? v->folds[k].to : NULL;
		if (to) {
			const size_t m = strlen(to);
			memcpy(text + length, to, m);
			length += m;
		} else {
			memmove(text + length, text + i, step);
			length += step;
		}
		i += step;
	}
	return length;
}

/* Blanks between two characters are one space, so that no pattern has to try how many there are. */
static size_t join_blanks(char *text, size_t n)
{
	size_t length = 0;
	for (size_t i = 0; i < n; i++) {
		const bool blank = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');
		if (!blank)
			text[length++] = text[i];
		else if (length && text[length - 1] != ' ')
			text[length++] = ' ';
	}
	return length;
}

zp_text zp_hear_folded(const zp_vocabulary *v, zp_listener *l, zp_text text)
{
	if (text.n > sizeof l->folded || zp_utf8_valid(text.p, text.n) != text.n)
		return (zp_text){ NULL, 0 };
	size_t n = zp_text_fold(text, l->folded);
	if (v->n_folds)
		n = fold_more(v, l->folded, n);
	return zp_text_trim((zp_text){ l->folded, join_blanks(l->folded, n) });
}

/* The names of groups in a template replaced by what they took. Gives: false when it is longer than the room. */
static bool expand(const zp_phrase *phrase, const zp_matcher *m, const char *from, char *out, size_t size, size_t *n)
{
	*n = 0;
	while (*from) {
		zp_text piece = { from, 1 };
		if (*from == '$') {
			const size_t length = strspn(from + 1, "abcdefghijklmnopqrstuvwxyz");
			piece = zp_matcher_group(m, zp_pattern_group(phrase->pattern, (zp_text){ from + 1, length }));
			from += length;
		}
		from++;
		if (*n + piece.n > size)
			return false;
		memcpy(out + *n, piece.p, piece.n);
		*n += piece.n;
	}
	return true;
}

static zp_heard fault(zp_listener *l, const zp_vocabulary *v, const zp_phrase *phrase, zp_text text, const char *what, const char **says)
{
	char shown[200], pattern[200];
	snprintf(l->sentence, sizeof l->sentence, "the pattern \"%s\" (%s:%u) %s, for the value \"%s\"; the pattern has to be mended",
		 zp_text_show_in(pattern, sizeof pattern, zp_text_of(phrase->match)), v->file, phrase->line, what,
		 zp_text_show_in(shown, sizeof shown, text));
	*says = l->sentence;
	return ZP_HEARD_FAULT;
}

/* The value that a phrase makes of what it took. */
static zp_heard make(const zp_vocabulary *v, zp_listener *l, const zp_phrase *phrase, zp_text text, zp_value *out, const char **says)
{
	char digits[ZP_WORD_BYTES];
	size_t n;
	*out = (zp_value){ .kind = phrase->kind };
	if (phrase->unit) /* no more than a group, which stays where it is */
		out->unit = zp_text_trim(zp_matcher_group(l->matcher, zp_pattern_group(phrase->pattern, zp_text_of(phrase->unit + 1))));
	if (phrase->word) {
		if (!expand(phrase, l->matcher, phrase->word, l->word, sizeof l->word, &n))
			return fault(l, v, phrase, text, "makes a word of more than 256 bytes", says);
		out->word = (zp_text){ l->word, n };
	}
	if (!phrase->number)
		return ZP_HEARD;
	if (!expand(phrase, l->matcher, phrase->number, digits, sizeof digits, &n)) {
		*says = ZP_TOO_LONG_A_NUMBER;
		return ZP_HEARD_REFUSED;
	}
	switch (zp_decimal_read(digits, n, &out->number)) {
	case ZP_NUMBER_OK: return ZP_HEARD;
	case ZP_NUMBER_TOO_LONG: *says = ZP_TOO_LONG_A_NUMBER; return ZP_HEARD_REFUSED;
	default: return fault(l, v, phrase, text, "takes for a number what is none", says);
	}
}

zp_match zp_hear_one(const zp_phrase *phrase, zp_listener *l, zp_text folded, const char **why)
{
	return zp_pattern_match(phrase->pattern, l->matcher, folded, why);
}

zp_heard zp_hear(const zp_vocabulary *v, zp_listener *l, zp_text text, zp_value *out, const char **says)
{
	*out = (zp_value){ .kind = ZP_NOTHING };
	l->phrase = NULL;
	if (text.n > ZP_SUBJECT_BYTES) {
		*says = "is longer than any value; expected at most 4096 bytes";
		return ZP_HEARD_REFUSED;
	}
	const zp_text folded = zp_hear_folded(v, l, text);
	if (!folded.p) {
		*says = "holds bytes that are no characters; expected UTF-8";
		return ZP_HEARD_REFUSED;
	}
	for (size_t i = 0; i < v->n_phrases; i++) {
		const zp_phrase *phrase = &v->phrases[i];
		const char *why;
		const zp_match match = zp_hear_one(phrase, l, folded, &why);
		if (match == ZP_MATCH_FAULT)
			return fault(l, v, phrase, text, why, says);
		if (match == ZP_MATCH_NO)
			continue;
		l->phrase = phrase;
		*says = phrase->refuses;
		return phrase->refuses ? ZP_HEARD_REFUSED : make(v, l, phrase, text, out, says);
	}
	*says = ZP_NO_NUMBER;
	return ZP_HEARD_REFUSED;
}

size_t zp_value_write(const zp_value *value, char *out, size_t size)
{
	char number[ZP_DECIMAL_TEXT];
	const char *before = "", *after = "";
	zp_text body = { number, zp_decimal_write(value->number, number) };
	switch (value->kind) {
	case ZP_NOTHING: body = ZP_TEXT("nothing"); break;
	case ZP_BELOW: before = "<"; break;
	case ZP_ABOVE: before = ">"; break;
	case ZP_CATEGORY: body = value->word; break;
	case ZP_TITRE: before = "1:"; break;
	case ZP_GRADE: after = "+"; break;
	case ZP_NUMBER: case ZP_SET: case ZP_UNDETECTED: case ZP_KINDS: break;
	}
	const int n = snprintf(out, size, "%s%.*s%s%s%.*s", before, (int)body.n, body.p, after, value->unit.n ? " " : "", (int)value->unit.n,
			       value->unit.n ? value->unit.p : "");
	return n < 0 ? 0 : (size_t)n;
}
