/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page says, in its language. */
#include "site.h"
#include <stdio.h>
#include <string.h>

void zp_site_put(zp_site *s, const char *ours) { zp_markup_put(s->m, ours); }
void zp_site_tell(zp_site *s, const char *text) { zp_markup_tell(s->m, text); }
void zp_site_say(zp_site *s, const char *zh, const char *en) { zp_markup_put(s->m, s->english ? en : zh); }
void zp_site_tell_of(zp_site *s, const char *zh, const char *en) { zp_markup_tell(s->m, s->english && en && *en ? en : zh); }

void zp_site_number(zp_site *s, unsigned long long v)
{
	char digits[24], out[32];
	const int n = snprintf(digits, sizeof digits, "%llu", v);
	int k = 0;
	for (int i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			out[k++] = ',';
		out[k++] = digits[i];
	}
	out[k] = '\0';
	zp_markup_put(s->m, out);
}

void zp_site_scope(zp_site *s, size_t scope)
{
	if (!scope)
		zp_site_say(s, "所有专业", "All programmes");
	else
		zp_site_tell_of(s, s->of->programmes[scope - 1].name, s->of->programmes[scope - 1].name_en);
}

void zp_site_link(zp_site *s, const char *kind, size_t a, size_t b)
{
	char address[96];
	const char *up = strchr(s->path, '/') ? "../" : "";
	if (!strchr(kind, '/'))
		snprintf(address, sizeof address, "<a href=\"%s%s\">", up, kind);
	else if (b)
		snprintf(address, sizeof address, "<a href=\"%s%s%zu-%zu.html\">", up, kind, a, b);
	else
		snprintf(address, sizeof address, "<a href=\"%s%s%zu.html\">", up, kind, a);
	zp_markup_put(s->m, address);
}

void zp_site_class(zp_site *s, const char *lab_class)
{
	if (strcmp(lab_class, "*") == 0)
		zp_site_say(s, "所有类别", "All classes");
	else
		zp_site_tell(s, lab_class);
}

typedef struct word { const char *word, *zh, *en; } word;

static void put_word(zp_site *s, const word *words, size_t n, const char *of)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i].word, of) == 0) {
			zp_site_say(s, words[i].zh, words[i].en);
			return;
		}
	zp_site_tell(s, of);
}
#define WORD_OF(s, words, of) put_word(s, words, sizeof(words) / sizeof *(words), of)

void zp_site_standing(zp_site *s, const char *of)
{
	static const word words[] = {
		{ "returned", "已回报", "returned" }, { "late", "迟报", "late" }, { "not_returned", "未回报", "not returned" },
		{ "excused", "免评", "excused" }, { "blank", "漏报", "left blank" }, { "not_performed", "未开展", "not performed" },
		{ "not_enrolled", "未参加", "not enrolled" }, { "cancelled", "计划取消", "programme cancelled" },
	};
	WORD_OF(s, words, of);
}

void zp_site_origin(zp_site *s, const char *of)
{
	static const word words[] = { { "consensus", "公议值", "consensus" }, { "known", "已知值", "known" }, { "decided", "组织者决定", "decided" } };
	WORD_OF(s, words, of);
}

void zp_site_strength(zp_site *s, const char *of)
{
	static const word words[] = { { "negative", "阴性", "negative" }, { "weak", "弱", "weak" }, { "strong", "强", "strong" },
		{ "positive", "阳性", "positive" }, { "medium", "中等", "medium" } };
	WORD_OF(s, words, of);
}
