/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include "base/memory.h"
#include "press/outbox.h"
#include "run/letter.h"

/* Problems by the laboratory they belong to: those of lab i at list[first[i]] and on. */
typedef struct sorted { const zp_problem **list; size_t *first; } sorted;

static sorted by_owner(const zp_run *run, zp_arena *arena)
{
	const zp_problems *both[] = { run->input_problems, run->remarks };
	const size_t labs = run->roster->n_labs;
	sorted s = { NULL, zp_take(arena, size_t, labs + 2) };
	size_t n = 0;
	for (int b = 0; b < 2; b++)
		for (size_t i = 0; i < zp_problems_kept(both[b]); i++)
			if (zp_problem_at(both[b], i)->owner < labs)
				s.first[zp_problem_at(both[b], i)->owner + 2]++, n++;
	for (size_t i = 2; i < labs + 2; i++)
		s.first[i] += s.first[i - 1];
	s.list = zp_take(arena, const zp_problem *, n + 1);
	for (int b = 0; b < 2; b++)
		for (size_t i = 0; i < zp_problems_kept(both[b]); i++)
			if (zp_problem_at(both[b], i)->owner < labs) /* moves each start to its end, which is the next one's start */
				s.list[s.first[zp_problem_at(both[b], i)->owner + 1]++] = zp_problem_at(both[b], i);
	return s;
}

static bool write_one(zp_press *press, const zp_letter *letter, const char *ending, void (*make)(const zp_letter *, FILE *), zp_error *err)
{
	char *bytes = NULL, name[64];
	size_t n = 0;
	FILE *out = zp_must(open_memstream(&bytes, &n));
	make(letter, out);
	if (fclose(out) != 0)
		zp_no_memory();
	snprintf(name, sizeof name, "%s.%s", letter->run->roster->labs[letter->lab].code, ending);
	bool good = zp_press_write(press, name, bytes, n, err);
	free(bytes);
	return good;
}

size_t zp_letters_write(const zp_run *run, const zp_receipt *receipts, const zp_letters_wish *wish, zp_error *err)
{
	zp_press *press = zp_press_open_folder(wish->into, err);
	if (!press)
		return 0;
	zp_arena *arena = zp_arena_open();
	sorted problems = by_owner(run, arena);
	size_t n = 0;
	bool good = true;
	for (uint32_t lab = 0; lab < run->roster->n_labs && good; lab++) {
		if (!wish->all && !zp_receipt_calls(&receipts[lab]))
			continue;
		zp_arena *own = zp_arena_open();
		const zp_letter letter = { run, own, lab, &receipts[lab], problems.list + problems.first[lab],
					   problems.first[lab + 1] - problems.first[lab], wish->chinese };
		good = write_one(press, &letter, "txt", zp_letter_text, err) && write_one(press, &letter, "csv", zp_letter_table, err);
		zp_arena_close(own);
		n++;
	}
	good = good && zp_press_publish(press, err);
	zp_arena_close(arena);
	zp_press_close(press);
	return good ? n : 0;
}
