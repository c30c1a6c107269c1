/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of rules: whatever the bytes are, a file is taken, or refused with a reason, and the same comes twice. The first byte says which
 * kind of rule the rest is. */
#include "fuzz.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "book/award.h"
#include "book/book.h"
#include "book/certificate.h"
#include "book/dictionary.h"
#include "book/iqc_limits.h"
#include "book/limits.h"
#include "book/mapping.h"
#include "book/recognition_rules.h"
#include "book/scale.h"
#include "book/shelf.h"
#include "book/simulation.h"
#include "book/title_decisions.h"
#include "book/units.h"
#include "book/vocabulary.h"
#include "book/year_rules.h"
#include "builtin.h"

typedef struct bench {
	zp_arena *arena;
	zp_registry *registry;
	zp_problems *problems, *doubts;
	const char *rules, *path; /* rules: the shipped ones */
} bench;

static const void *read_volume(bench *b, char kind)
{
	zp_shelf shelf = { .arena = b->arena, .registry = b->registry, .rules_dir = "/", .rules = b->problems };
	zp_volume *v = zp_shelf_find(&shelf, b->path + 1, ZP_IN_RULES);
	switch (v ? kind : '\0') {
	case 'L': return zp_limits_read(&shelf, v);
	case 'U': return zp_units_read(&shelf, v);
	case 'N': return zp_dictionary_read(&shelf, v);
	case 'S': return zp_scale_read(&shelf, v);
	case 'V': return zp_vocabulary_read(&shelf, v);
	default: return NULL;
	}
}

static const void *read_kind(bench *b, char kind)
{
	switch (kind) {
	case 'a': return zp_award_read(b->arena, b->rules, b->path, ZP_TIE_COMMITTEE, b->problems, b->doubts);
	case 'c': return zp_certificate_read(b->arena, b->rules, b->path, &(zp_inputs){ 0 }, b->problems);
	case 'd': return zp_drawing_read(b->arena, b->path, "drawing.svg", &(zp_input){ 0 }, b->problems);
	case 'i': return zp_iqc_limits_read(b->arena, b->rules, b->path, b->problems);
	case 'm': return zp_mapping_read(b->arena, b->rules, b->path, b->problems);
	case 'r': return zp_recognition_rule_read(b->arena, b->rules, b->path, b->problems);
	case 's': return zp_scheme_read(b->arena, b->registry, b->rules, b->path, b->problems);
	case 't': return zp_title_decisions_read(b->arena, b->rules, b->path, 2026, "2027-01-20", b->problems);
	case 'y': return zp_year_rules_read(b->arena, b->rules, b->path, b->problems);
	case 'L': case 'U': case 'N': case 'S': case 'V': return read_volume(b, kind);
	default: return b; /* no kind: nothing is promised */
	}
}

/* How many sentences it got. */
static size_t read_once(char kind, const char *path)
{
	const char *rules = getenv("ZP_FUZZ_RULES");
	zp_arena *arena = zp_arena_open();
	bench b = { .arena = arena, .registry = zp_registry_open(zp_builtin), .problems = zp_problems_take(arena), .doubts = zp_problems_take(arena),
		    .rules = rules ? rules : "rules", .path = path };
	const void *got = read_kind(&b, kind);
	const size_t told = zp_problems_count(b.problems);
	FUZZ_PROMISE(got || told, "a file of rules was refused without a word");
	zp_registry_close(b.registry);
	zp_arena_close(arena);
	return told;
}

FUZZ_TARGET(rules)
{
	if (!size)
		return 0;
	char path[64];
	snprintf(path, sizeof path, "/dev/shm/zp-fuzz-%ld.xml", (long)getpid());
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FUZZ_PROMISE(fd >= 0 && write(fd, data + 1, size - 1) == (ssize_t)(size - 1), "the file cannot be written");
	close(fd);
	const size_t told = read_once((char)*data, path);
	FUZZ_PROMISE(!fuzz_again(data, size) || told == read_once((char)*data, path), "read twice, it is told something else");
	unlink(path);
	return 0;
}
