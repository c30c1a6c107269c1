/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/pattern.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include "base/memory.h"

#define PARENTHESES 50 /* within each other */

struct zp_pattern {
	pcre2_code *code;
};

struct zp_matcher {
	pcre2_match_data *found;
	pcre2_match_context *limits;
	zp_text text;
	int groups; /* of the last match */
};

static void end_pattern(void *pattern) { pcre2_code_free(((zp_pattern *)pattern)->code); }

static void end_matcher(void *matcher)
{
	pcre2_match_data_free(((zp_matcher *)matcher)->found);
	pcre2_match_context_free(((zp_matcher *)matcher)->limits);
}

static int stop_at_callout(pcre2_callout_enumerate_block *block, void *context)
{
	(void)block, (void)context;
	return 1;
}

static const char *library_says(zp_arena *arena, int code)
{
	PCRE2_UCHAR text[256];
	return pcre2_get_error_message(code, text, sizeof text) < 0 ? "is not understood" : zp_arena_print(arena, "%s", (const char *)text);
}

/* What the library would take and rules may not have; NULL when there is nothing. */
static const char *forbidden(zp_arena *arena, const pcre2_code *code)
{
	uint32_t groups = 0;
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (groups > ZP_PATTERN_GROUPS)
		return zp_arena_print(arena, "it has %u groups with those of the parts; expected at most %d", groups, ZP_PATTERN_GROUPS);
	return pcre2_callout_enumerate(code, stop_at_callout, NULL) ? "it calls out of the pattern, which rules may not" : NULL;
}

zp_pattern *zp_pattern_take(zp_arena *arena, const char *parts, const char *match, const char **why)
{
	int code;
	PCRE2_SIZE at;
	*why = NULL;
	if (strlen(match) > ZP_PATTERN_BYTES || strlen(parts) > ZP_PATTERN_BYTES + 64) {
		*why = zp_arena_print(arena, "it is too long; expected at most %d bytes", ZP_PATTERN_BYTES);
		return NULL;
	}
	pcre2_compile_context *how = pcre2_compile_context_create(NULL);
	if (!how)
		zp_no_memory();
	pcre2_set_parens_nest_limit(how, PARENTHESES);
	const char *whole = zp_arena_print(arena, "%s(?:%s)", parts, match);
	zp_pattern *pattern = zp_take(arena, zp_pattern, 1);
	pattern->code = pcre2_compile((PCRE2_SPTR)whole, strlen(whole), PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_ANCHORED | PCRE2_ENDANCHORED |
				      PCRE2_DOLLAR_ENDONLY, &code, &at, how);
	pcre2_compile_context_free(how);
	if (!pattern->code) {
		*why = library_says(arena, code);
		return NULL;
	}
	zp_arena_at_end(arena, end_pattern, pattern);
	*why = forbidden(arena, pattern->code);
	return *why ? NULL : pattern;
}

zp_matcher *zp_matcher_take(zp_arena *arena)
{
	zp_matcher *m = zp_take(arena, zp_matcher, 1);
	m->found = pcre2_match_data_create(ZP_PATTERN_GROUPS + 1, NULL);
	m->limits = pcre2_match_context_create(NULL);
	if (!m->found || !m->limits)
		zp_no_memory();
	zp_arena_at_end(arena, end_matcher, m);
	pcre2_set_match_limit(m->limits, ZP_PATTERN_MATCHES);
	pcre2_set_depth_limit(m->limits, ZP_PATTERN_DEPTH);
	pcre2_set_heap_limit(m->limits, ZP_PATTERN_HEAP_KIB);
	return m;
}

zp_match zp_pattern_match(const zp_pattern *pattern, zp_matcher *m, zp_text text, const char **why)
{
	m->text = text;
	m->groups = 0;
	const int n = pcre2_match(pattern->code, (PCRE2_SPTR)(text.p ? text.p : ""), text.n, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, m->found, m->limits);
	if (n == PCRE2_ERROR_NOMATCH)
		return ZP_MATCH_NO;
	if (n > 0) {
		m->groups = n;
		return ZP_MATCH_YES;
	}
	*why = n == PCRE2_ERROR_MATCHLIMIT ? "needs more steps than a pattern may take"
	     : n == PCRE2_ERROR_DEPTHLIMIT ? "goes deeper than a pattern may"
	     : n == PCRE2_ERROR_HEAPLIMIT  ? "needs more memory than a pattern may"
					   : "cannot be matched";
	return ZP_MATCH_FAULT;
}

unsigned zp_pattern_group(const zp_pattern *pattern, zp_text name)
{
	char text[33];
	if (name.n == 0 || name.n >= sizeof text)
		return 0;
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	const int number = pcre2_substring_number_from_name(pattern->code, (PCRE2_SPTR)text);
	return number > 0 ? (unsigned)number : 0;
}

zp_text zp_matcher_group(const zp_matcher *m, unsigned group)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(m->found);
	if ((int)group >= m->groups || at[2 * group] == PCRE2_UNSET || at[2 * group] > at[2 * group + 1])
		return (zp_text){ "", 0 };
	return (zp_text){ m->text.p + at[2 * group], at[2 * group + 1] - at[2 * group] };
}

const char *zp_pattern_library(zp_arena *arena)
{
	const int n = pcre2_config(PCRE2_CONFIG_VERSION, NULL);
	char *text = zp_arena_take(arena, n > 0 ? (size_t)n + 1 : 1);
	if (n > 0)
		pcre2_config(PCRE2_CONFIG_VERSION, text);
	return text;
}
