/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions: whatever the text, it is taken or refused with a reason; what is taken gives the same answer twice, and says what is missing
 * where it has none. Behind a NUL stands a record; without one it is a small one of ours. */
#include "fuzz.h"
#include <string.h>
#include "book/condition.h"

static const char known[] = "<record year='2026'><laboratory code='L0001' class='x'/><items pass='38' fail='1' unreturned='1'/>"
	"<programme code='c' status='successful' mean='97.5'><round number='1' result='satisfactory' score='100'/><round number='2' result='late' score='0'/>"
	"<measurand code='GLU' status='unsuccessful' mean='60'/><measurand code='WBC' mean='x'/></programme><evidence key='inspection' value='92'/></record>";

static void check_value(zp_arena *arena, const char *text, const zp_document *d)
{
	char why[ZP_CONDITION_WORDS];
	zp_missing missing;
	const zp_condition *c = zp_condition_compile(arena, text, ZP_RECORD_OF_LAB, ZP_ASKS_HOW_MUCH, why);
	FUZZ_PROMISE(c || *why, "it is refused without a reason");
	if (!c)
		return;
	const zp_fraction v = zp_condition_value(c, d, &missing);
	FUZZ_PROMISE(v.den >= 0 && (v.den != 0 || *missing.fact), "a value is missing without a reason");
}

static void check_truth(zp_arena *arena, const char *text, zp_record_of of, const zp_document *d)
{
	char why[ZP_CONDITION_WORDS];
	zp_missing first, second;
	const zp_condition *c = zp_condition_compile(arena, text, of, ZP_ASKS_WHETHER, why);
	FUZZ_PROMISE(c || *why, "it is refused without a reason");
	FUZZ_PROMISE(strlen(why) < sizeof why, "the reason has no end");
	if (!c)
		return;
	const zp_truth a = zp_condition_ask(c, d, &first), b = zp_condition_ask(c, d, &second);
	FUZZ_PROMISE(a == b && strcmp(first.fact, second.fact) == 0, "it is answered in two ways");
	FUZZ_PROMISE(a != ZP_UNKNOWN || *first.fact, "it is not known, and not said why");
}

FUZZ_TARGET(condition)
{
	char why[200];
	zp_arena *arena = zp_arena_open();
	const char *end = memchr(data, '\0', size);
	const size_t n = end ? (size_t)(end - (const char *)data) : size;
	const char *text = zp_arena_text(arena, (const char *)data, n);
	zp_document *d = zp_document_open(end ? (zp_text){ end + 1, size - n - 1 } : zp_text_of(known), why, sizeof why);
	if (d) {
		check_truth(arena, text, ZP_RECORD_OF_LAB, d);
		check_truth(arena, text, ZP_RECORD_OF_REGION, d);
		check_value(arena, text, d);
	}
	zp_document_close(d);
	zp_arena_close(arena);
	return 0;
}
