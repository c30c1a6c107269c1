/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/drawn.h"
#include <stdlib.h>
#include <unistd.h>
#include "base/members.h"
#include "ledger/trail.h"
#include "press/disk.h"

#define NAME_MOST 200 /* bytes of the name of a file, within the folder of its laboratory */

/* The folder that papers are drawn in, of this part alone: two machines never share one. */
static const char *drawing_folder(const zp_run *run, zp_division of) { return zp_arena_print(run->arena, ".drawing-%u-of-%u", of.i, of.n); }

const char *zp_drawn_wish(const zp_run *run, const zp_publish_wish *wish)
{
	zp_members *m = zp_members_take(run->arena);
	zp_members_text(m, "issued", wish->issue.date);
	zp_members_text(m, "version", wish->issue.version);
	zp_members_text(m, "key", wish->issue.bond.key);
	zp_members_text(m, "head", wish->issue.bond.head);
	zp_members *emit = zp_members_list(m, "emit");
	for (size_t i = 0; i < zp_emit_n_words; i++)
		if (zp_emit_words[i].bit & wish->emit & ZP_EMIT_LABS)
			zp_members_text(emit, NULL, zp_emit_words[i].word);
	return zp_members_write(m).p;
}

/* Of a wish as zp_drawn_wish and seals_basis write it. Gives: "" where it says none. */
static const char *head_in(zp_arena *arena, const char *wish)
{
	static const char member[] = "\"head\":\""; /* in a text its quotation marks would be escaped */
	const char *at = strstr(wish, member);
	if (!at || strcspn(at + sizeof member - 1, "\"") != ZP_DIGEST_TEXT - 1)
		return "";
	return zp_arena_text(arena, at + sizeof member - 1, ZP_DIGEST_TEXT - 1);
}

const char *zp_drawn_head(zp_arena *arena, const char *folder, zp_ledger *ledger, zp_error *err)
{
	size_t n = 0, n_events = 0;
	const char **names = zp_part_list(arena, folder, &n, err), *last = "";
	const zp_event *events = names ? zp_trail_take(ledger, arena, &n_events, err) : NULL;
	int64_t furthest = -1;
	for (size_t i = 0; i < n && events; i++) {
		zp_part_head part;
		if (zp_part_is_of(names[i], ZP_PART_SCORES) || !zp_part_look(arena, folder, names[i], &part))
			continue;
		const char *head = head_in(arena, part.basis.wish);
		const int64_t place = *head ? zp_trail_place(events, n_events, head) : -1;
		if (place > furthest)
			furthest = place, last = head;
	}
	return events ? last : NULL;
}

static zp_basis basis_of(const zp_run *run, const char *wish)
{
	zp_basis basis = run->basis;
	basis.wish = wish;
	return basis;
}

/* ---- drawing ---- */

bool zp_drawn_draw(zp_run *run, const zp_publish_wish *wish, zp_error *err)
{
	const char *name = drawing_folder(run, wish->share);
	zp_press *press = zp_press_open(wish->parts, name, "drawn", err);
	if (!press)
		return false;
	zp_press_watch(press, run->progress);
	zp_press_spill(press, run->spill);
	const bool good = zp_reports_write(run, press, wish, err);
	zp_press_close(press);
	rmdir(zp_arena_print(run->arena, "%s/%s", wish->parts, name)); /* it stays where another machine draws the same */
	return good;
}

/* The first of the files, sorted by name, that lies in the folder of the laboratory. */
static size_t first_of_lab(const zp_input *files, size_t n, const char *folder)
{
	size_t low = 0, high = n;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (strcmp(files[middle].name, folder) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool put_file(zp_part_writer *w, zp_press *press, const char *path, const char *name, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const zp_text bytes = zp_press_text(press, arena, path, err);
	if (bytes.p) {
		zp_part_text(w, zp_text_of(name));
		zp_part_u64(w, bytes.n);
		zp_part_bytes(w, bytes.p, bytes.n);
	}
	zp_arena_close(arena);
	return bytes.p != NULL;
}

bool zp_drawn_write(const zp_run *run, zp_press *press, const zp_publish_wish *wish, const zp_held *held, const uint32_t *labs, size_t n, zp_error *err)
{
	const zp_part_head head = { ZP_PART_PAPERS, wish->share, basis_of(run, zp_drawn_wish(run, wish)) };
	const zp_input *files = zp_press_files(press);
	const size_t n_files = zp_press_count(press);
	zp_part_writer *w = zp_part_begin(wish->parts, &head, err);
	if (!w)
		return false;
	bool good = true;
	zp_part_u32(w, (uint32_t)n);
	for (size_t i = 0; i < n && good; i++) {
		const char *folder = zp_arena_print(run->arena, "labs/%s/", run->roster->labs[labs[i]].code);
		const size_t length = strlen(folder), first = first_of_lab(files, n_files, folder);
		size_t end = first;
		while (end < n_files && strncmp(files[end].name, folder, length) == 0)
			end++;
		zp_part_text(w, zp_text_of(run->roster->labs[labs[i]].code));
		zp_part_text(w, zp_text_of(held[labs[i]].content));
		zp_part_u32(w, (uint32_t)(end - first));
		for (size_t k = first; k < end && good; k++)
			good = put_file(w, press, files[k].name, files[k].name + length, err);
	}
	if (good)
		return zp_part_finish(w, err);
	zp_part_drop(w);
	return false;
}

/* ---- taking what was drawn ---- */

typedef struct bundle { const char *content; zp_part_cursor files; uint32_t n; } bundle;

struct zp_drawn_papers { bundle *of; }; /* by laboratory */

zp_part *zp_drawn_parts(zp_run *run, const zp_publish_wish *wish, uint32_t *n, bool *strays, zp_problems *problems, zp_error *err)
{
	const zp_basis basis = basis_of(run, zp_drawn_wish(run, wish));
	return zp_shards_find(run, wish->parts, ZP_PART_PAPERS, &basis, n, strays, problems, err);
}

/* The next file of a bundle. Gives: .p of the bytes NULL when it cannot be. */
static zp_text next_file(zp_part_cursor *c, char name[static NAME_MOST + 1])
{
	static const zp_text none = { NULL, 0 };
	const zp_text text = zp_part_take_text(c);
	const uint64_t size = zp_part_number(c, 8);
	const char *bytes = size <= c->n ? zp_part_take(c, (size_t)size) : NULL;
	if (c->bad || text.n > NAME_MOST || !zp_text_is_plain(text))
		return none;
	memcpy(name, text.p, text.n);
	name[text.n] = '\0';
	return zp_press_may_write(name) ? (zp_text){ bytes, (size_t)size } : none;
}

/* The papers of one laboratory come next. */
static bool read_bundle(const zp_run *run, const zp_part *part, zp_part_cursor *c, const uint32_t *owners, zp_drawn_papers *papers)
{
	const uint32_t lab = zp_names_find(run->roster->lab_names, zp_part_take_text(c));
	const zp_text content = zp_part_take_text(c);
	const uint32_t n = (uint32_t)zp_part_number(c, 4);
	if (c->bad || lab >= run->roster->n_labs || owners[lab] != part->head.of.i || papers->of[lab].content || content.n != ZP_DIGEST_TEXT - 1)
		return false;
	papers->of[lab] = (bundle){ zp_arena_text(run->arena, content.p, content.n), *c, n };
	char name[NAME_MOST + 1], before[NAME_MOST + 1] = "";
	for (uint32_t i = 0; i < n; i++) {
		if (!next_file(c, name).p || strcmp(before, name) >= 0) /* each once, in the order in which a press has them */
			return false;
		memcpy(before, name, sizeof before);
	}
	return true;
}

static bool gets_papers(const zp_run *run, uint32_t lab) { return run->roster->first_enrolment[lab] < run->roster->first_enrolment[lab + 1]; }

static bool read_part(const zp_run *run, const zp_part *part, const uint32_t *owners, zp_drawn_papers *papers, zp_problems *problems)
{
	zp_part_cursor c = part->body;
	const uint32_t n = (uint32_t)zp_part_number(&c, 4);
	bool good = true;
	for (uint32_t i = 0; i < n && good; i++)
		good = read_bundle(run, part, &c, owners, papers);
	good = good && !c.bad && !c.n;
	for (uint32_t lab = 0; lab < run->roster->n_labs && good; lab++)
		good = owners[lab] != part->head.of.i || !gets_papers(run, lab) == !papers->of[lab].content;
	if (!good)
		zp_problem_add(problems, part->name, 0, 0, "has papers that cannot be those of its laboratories; expected a part as zhiping shard wrote it");
	return good;
}

const zp_drawn_papers *zp_drawn_find(zp_run *run, const zp_publish_wish *wish, zp_problems *problems, zp_error *err)
{
	uint32_t n = 0;
	const size_t before = zp_problems_count(problems);
	const zp_part *parts = zp_drawn_parts(run, wish, &n, NULL, problems, err);
	if (!parts || zp_problems_count(problems) != before)
		return NULL;
	const uint32_t *owners = zp_shards_of_labs(run, n);
	zp_drawn_papers *papers = zp_take(run->arena, zp_drawn_papers, 1);
	papers->of = zp_take(run->arena, bundle, run->roster->n_labs + (size_t)1);
	bool good = true;
	for (uint32_t i = 1; i <= n; i++)
		good = read_part(run, &parts[i], owners, papers, problems) && good;
	return good ? papers : NULL;
}

bool zp_drawn_put(const zp_drawn_papers *papers, uint32_t lab, const char *code, const char *content, const zp_outbox *outbox, zp_error *err)
{
	const bundle *b = &papers->of[lab];
	zp_part_cursor c = b->files;
	if (strcmp(b->content, content) != 0)
		return zp_fail(err, ZP_BAD_INPUT, code, 0, "the papers that were drawn for this laboratory tell something else than the round; expected parts that were drawn after the scores were joined");
	for (uint32_t i = 0; i < b->n; i++) {
		char name[NAME_MOST + 1];
		const zp_text bytes = next_file(&c, name);
		if (!bytes.p) /* it was good when it was found: others can write there */
			return zp_fail(err, ZP_BAD_INPUT, code, 0, "the papers that were drawn for this laboratory were altered while they were joined; expected parts that nobody writes into");
		if (!outbox->write(outbox->self, name, bytes.p, bytes.n, err))
			return false;
	}
	return true;
}

/* ---- seals ---- */

static const zp_division all_of_them = { 1, 1 };

/* Without the key: who draws learns it here. */
static zp_basis seals_basis(const zp_run *run, const zp_publish_wish *wish)
{
	zp_members *m = zp_members_take(run->arena);
	zp_members_text(m, "issued", wish->issue.date);
	zp_members_text(m, "version", wish->issue.version);
	zp_members_text(m, "head", wish->issue.bond.head);
	return basis_of(run, zp_members_write(m).p);
}

bool zp_seals_write(zp_run *run, const zp_publish_wish *wish, zp_error *err)
{
	const zp_part_head head = { ZP_PART_SEALS, all_of_them, seals_basis(run, wish) };
	zp_part_writer *w = zp_part_begin(wish->parts, &head, err);
	if (!w)
		return false;
	zp_part_text(w, zp_text_of(wish->issue.bond.key));
	for (uint32_t lab = 0; lab < run->roster->n_labs; lab++) {
		zp_arena *arena = zp_arena_open();
		zp_part_text(w, gets_papers(run, lab) ? zp_text_of(zp_report_of(run, lab, &wish->issue, NULL, arena)->checked) : (zp_text){ "", 0 });
		zp_arena_close(arena);
	}
	return zp_part_finish(w, err);
}

const zp_seals *zp_seals_find(zp_run *run, const zp_publish_wish *wish, zp_problems *problems, zp_error *err)
{
	uint32_t n = 1;
	const zp_basis basis = seals_basis(run, wish);
	const size_t before = zp_problems_count(problems);
	zp_part *parts = zp_shards_find(run, wish->parts, ZP_PART_SEALS, &basis, &n, NULL, problems, err);
	if (!parts || zp_problems_count(problems) != before)
		return NULL;
	zp_part_cursor *c = &parts[1].body;
	zp_seals *seals = zp_take(run->arena, zp_seals, 1);
	const zp_text key = zp_part_take_text(c);
	seals->key = zp_arena_text(run->arena, key.p, key.n);
	seals->checked = zp_take(run->arena, zp_text, run->roster->n_labs + (size_t)1);
	for (uint32_t lab = 0; lab < run->roster->n_labs; lab++)
		seals->checked[lab] = zp_part_take_text(c);
	if (!c->bad && !c->n && key.n == ZP_KEY_ID_TEXT - 1 && zp_text_is_plain(key))
		return seals;
	zp_problem_add(problems, parts[1].name, 0, 0, "has seals that cannot be those of the round; expected a part as zhiping merge --seals wrote it");
	return NULL;
}

bool zp_seals_put(const zp_seals *seals, uint32_t lab, zp_report *report, zp_arena *arena, zp_error *err)
{
	const zp_text checked = seals->checked[lab];
	const size_t n = strlen(report->checked);
	if (checked.n <= n + 1 || memcmp(checked.p, report->checked, n) != 0 || checked.p[n] != ':' || !zp_text_is_plain(checked))
		return zp_fail(err, ZP_BAD_INPUT, report->lab, 0, "the seal of this laboratory is that of another paper; expected seals that were made after the scores were joined");
	report->checked = zp_arena_text(arena, checked.p, checked.n);
	return true;
}
