/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/witness.h"
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>
#include "base/chinese.h"
#include "base/file.h"

#define MANIFEST_MOST (1ull << 30)

static const char *text_of(json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* "2026-1/v1", "year-2026/v1"; "year-2026/" where the version is not said. */
static const char *subject_of(zp_arena *arena, json_t *manifest)
{
	const char *round = text_of(manifest, "round"), *version = text_of(manifest, "version");
	const json_int_t year = json_integer_value(json_object_get(manifest, "year"));
	if ((*round && !*version) || json_is_true(json_object_get(manifest, "draft")))
		return "";
	return *round ? zp_arena_print(arena, "%s/%s", round, version) : zp_arena_print(arena, "year-%lld/%s", (long long)year, version);
}

bool zp_witness_read(zp_arena *arena, const char *place, zp_witness *out, zp_error *err)
{
	struct stat about;
	const bool folder = stat(place, &about) == 0 && S_ISDIR(about.st_mode);
	const char *path = folder ? zp_arena_print(arena, "%s/manifest.json", place) : place, *why = NULL;
	zp_input input;
	const zp_text bytes = zp_file_read(arena, path, MANIFEST_MOST, "manifest.json", &input, &why);
	if (!bytes.p)
		return zp_fail(err, ZP_BAD_INPUT, path, 0, "the manifest %s; expected a published folder such as out/ROUND/v1", zp_clause(why));
	json_error_t fault;
	json_t *manifest = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &fault);
	if (!json_is_object(manifest)) {
		json_decref(manifest);
		return zp_fail(err, ZP_BAD_INPUT, path, fault.line, "the manifest cannot be read: %s", fault.text);
	}
	*out = (zp_witness){ zp_arena_print(arena, "%s", place), zp_arena_print(arena, "%s", text_of(json_object_get(manifest, "ledger"), "head")),
			     subject_of(arena, manifest), zp_arena_print(arena, "%s", input.sha256) };
	json_decref(manifest);
	return true;
}

const char *zp_witness_head(zp_arena *arena, const char *manifest, size_t n)
{
	json_t *read = json_loadb(manifest, n, JSON_REJECT_DUPLICATES, NULL);
	const char *head = text_of(json_object_get(read, "ledger"), "head");
	const bool good = strlen(head) == ZP_DIGEST_TEXT - 1 && strspn(head, "0123456789abcdef") == ZP_DIGEST_TEXT - 1;
	head = good ? zp_arena_print(arena, "%s", head) : "";
	json_decref(read);
	return head;
}
