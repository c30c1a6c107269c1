/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/scale.h"
#include <string.h>

static const char *word_of(const zp_answer *a, int chinese)
{
	return chinese < 0 ? a->code : chinese ? a->name : a->name_en;
}

static size_t put(char *out, size_t size, size_t n, const char *word)
{
	const size_t length = strlen(word);
	if (n < size) {
		const size_t room = size - n - 1, part = length < room ? length : room;
		memcpy(out + n, word, part);
		out[n + part] = '\0';
	}
	return n + length;
}

size_t zp_scale_write(const zp_scale *s, int64_t reply, int chinese, char *out, size_t size)
{
	size_t n = 0;
	if (size)
		*out = '\0';
	if (!zp_scale_is_set(s))
		return put(out, size, 0, word_of(&s->answers[reply], chinese));
	for (uint32_t i = 0; i < s->n && !reply; i++) /* as the scale calls it, so that it reads back */
		if (s->answers[i].side == ZP_SIDE_NEGATIVE)
			return put(out, size, 0, word_of(&s->answers[i], chinese));
	if (!reply)
		return put(out, size, 0, chinese > 0 ? "无" : "none");
	for (uint32_t i = 0; i < s->n; i++) {
		if (!(reply & INT64_C(1) << i))
			continue;
		n = n ? put(out, size, n, "+") : n;
		n = put(out, size, n, word_of(&s->answers[i], chinese));
	}
	return n;
}
