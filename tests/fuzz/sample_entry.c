/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/sample_entry.h"
#include <string.h>
#include "ledger/pack.h"

const zp_entry *sample_entry(zp_arena *arena)
{
	static const zp_annal_lab lab = { "L0001", "示例医院一", "420102", "江岸区", "三级公立", "H1", "" };
	static const zp_annal_measurand measurand = { "K", "钾", "potassium", "mmol/L", "serum", "K", 80 };
	static const zp_annal_tally tallies[] = { { 0, 0, 0, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 100, 1, 0 }, { 0, 0, ZP_ANNAL_WHOLE, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 100, 1, 0 } };
	static const zp_entry_rule rule = { 1, "靶值 ±6%", "nccl-2026" }, *const rules[] = { &rule };
	static const char *const codes[] = { "S1" }, *const *const samples[] = { codes }, *const cancelled[] = { "" }, *const answers[] = { "阳性" };
	zp_annal_programme *programme = zp_take(arena, zp_annal_programme, 1);
	zp_entry_target *target = zp_take(arena, zp_entry_target, 1);
	zp_entry_result *result = zp_take(arena, zp_entry_result, 1);
	uint8_t *bytes = zp_arena_take(arena, ZP_PACKED_MOST);
	const zp_packed sent = { .state = 2, .verdict = 1, .credit = 100, .kind = ZP_PACKED_NUMBER, .group = 1, .value = { 412, -2 }, .has_share = true, .share = 123, .has_sdi = true, .sdi = -45 };
	*result = (zp_entry_result){ 0, 0, 0, (uint32_t)(zp_pack(bytes, &sent) - bytes), bytes };
	*programme = (zp_annal_programme){ .code = "P", .name = "专业", .name_en = "", .scheme = "s", .scheme_version = "1", .pass = 80, .n_samples = 1, .level = ZP_LEVEL_CITY,
					   .measurand_status = true, .measurands = &measurand, .n_measurands = 1 };
	target->group = 1;
	for (size_t k = 0; k < ZP_TARGET_CELLS; k++)
		target->cells[k] = strcmp(zp_target_columns[k], "kept") == 0 ? "12" : strcmp(zp_target_columns[k], "origin") == 0 ? "consensus" : "";
	zp_entry *e = zp_take(arena, zp_entry, 1);
	*e = (zp_entry){ .round = { .id = "A", .version = "v1", .name = "轮次", .name_en = "", .organiser = "示例中心", .issued = "2026-03-31", .digest = "d", .year = 2026, .number = 1,
				    .opens = "2026-03-01", .closes = "2026-03-15", .labs = &lab, .n_labs = 1, .programmes = programme, .n_programmes = 1, .tallies = tallies, .n_tallies = 2 },
			 .version = 1, .organiser_en = "", .opens_at = "2026-03-01T08:00:00+08:00", .closes_at = "2026-03-15T17:00:00+08:00", .engine = "zhiping", .cancelled = cancelled,
			 .samples = samples, .rules = rules, .answers = answers, .n_answers = 1, .targets = target, .n_targets = 1, .results = result, .n_results = 1, .n_samples = 1,
			 .manifest = "{}", .n_manifest = 2 };
	/* the digest of the manifest, by which check holds it */
	zp_digest *d = zp_digest_open();
	char *digest = zp_arena_take(arena, ZP_DIGEST_TEXT);
	zp_digest_add(d, e->manifest, e->n_manifest);
	zp_digest_close(d, digest);
	e->round.digest = digest;
	return e;
}
