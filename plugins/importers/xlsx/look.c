/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number formats, as far as they make a number look like something else. */
#include <strings.h>
#include "styles.h"

/* What is found in the first section, which is that of positive numbers; dates count in all of them. */
typedef struct signs { bool date, percent, scaled, text, number; } signs;

static bool begins(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(end - p) >= n && strncasecmp(p, word, n) == 0;
}

/* "[Red]", "[h]", "[$-804]", "[<5]". Gives: behind it. */
static const char *take_bracket(const char *p, const char *end, signs *s, bool first)
{
	const char *from = p + 1, *stop = memchr(p, ']', (size_t)(end - p));
	if (!stop)
		stop = end;
	bool elapsed = from < stop;
	for (const char *q = from; q < stop; q++)
		elapsed &= strchr("hHmMsS", *q) != NULL && *q;
	s->date |= elapsed;
	if (first && from < stop && *from == '$' && !(from + 1 < stop && from[1] == '-'))
		s->text = true; /* a currency */
	return stop < end ? stop + 1 : end;
}

/* A comma behind the last place of a section divides what is seen by a thousand. */
static bool comma_scales(const char *p, const char *end)
{
	while (p < end && *p == ',')
		p++;
	return !(p < end && (*p == '0' || *p == '#' || *p == '?'));
}

/* One sign at p. Gives: behind it. */
static const char *take_sign(const char *p, const char *end, signs *s, bool first)
{
	char c = *p;
	if (c == '"') {
		const char *stop = memchr(p + 1, '"', (size_t)(end - p - 1));
		if (!stop)
			stop = end;
		for (const char *q = p + 1; q < stop; q++)
			s->text |= first && *q != ' ';
		return stop < end ? stop + 1 : end;
	}
	if (c == '\\' || c == '!') {
		s->text |= first && p + 1 < end && p[1] != ' ';
		return p + 1 < end ? p + 2 : end;
	}
	if (c == '_' || c == '*')
		return p + 1 < end ? p + 2 : end;
	if (c == '[')
		return take_bracket(p, end, s, first);
	if (begins(p, end, "general")) {
		s->number |= first;
		return p + 7;
	}
	if ((c == 'E' || c == 'e') && p + 1 < end && (p[1] == '+' || p[1] == '-'))
		return p + 2;
	if (c && strchr("yYmMdDhHsSgGbBeE", c))
		s->date = true;
	else if (c == '%')
		s->percent = true;
	else if (c && strchr("0#?@", c))
		s->number |= first;
	else if (c == ',')
		s->scaled |= first && s->number && comma_scales(p, end);
	else if (!strchr(". /", c) || !c)
		s->text |= first; /* signs that need no quotes: < > - ( $ and everything beyond ASCII */
	return p + 1;
}

zp_look zp_look_of(zp_text code)
{
	signs s = { 0 };
	bool first = true;
	for (const char *p = code.p, *end = p + code.n; p < end;) {
		if (*p == ';') {
			first = false;
			p++;
		} else
			p = take_sign(p, end, &s, first);
	}
	return s.date ? ZP_LOOK_DATE : s.percent ? ZP_LOOK_PERCENT : s.scaled ? ZP_LOOK_SCALED : s.text || !s.number ? ZP_LOOK_TEXT : ZP_LOOK_PLAIN;
}
