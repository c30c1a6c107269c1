/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/arrivals.h"
#include <sys/stat.h>
#include "base/instant.h"
#include "run/small_table.h"

#define RESULTS "results/"
#define CHANNEL_MOST 200

enum { FILE_NAME, RECEIVED, CHANNEL };

/* Its number among the files of results; n_results when there is none. */
static size_t find_file(const zp_run *run, zp_text name)
{
	const size_t n = sizeof RESULTS - 1;
	if (name.n > n && memcmp(name.p, RESULTS, n) == 0)
		name = (zp_text){ name.p + n, name.n - n };
	size_t i = 0;
	while (i < run->n_results && !zp_text_is(name, run->results[i].name + n))
		i++;
	return i;
}

static void take(zp_run *run, const zp_small_table *t, size_t row, zp_arrival *arrivals, long *lines)
{
	char shown[128];
	const zp_text name = t->rows[row][FILE_NAME], received = t->rows[row][RECEIVED], channel = t->rows[row][CHANNEL];
	const size_t i = find_file(run, name);
	int64_t at = 0;
	if (i == run->n_results) {
		zp_problem_add(run->input_problems, t->file, t->lines[row], FILE_NAME + 1, "there is no file \"%s\" in results; expected the name of one",
			       zp_text_show_in(shown, sizeof shown, name));
		return;
	}
	if (lines[i])
		zp_problem_add(run->input_problems, t->file, t->lines[row], FILE_NAME + 1, "\"%s\" stands twice (first on line %ld); expected each file once",
			       zp_text_show_in(shown, sizeof shown, name), lines[i]);
	lines[i] = t->lines[row];
	if (!zp_instant_read(received, &at))
		zp_problem_add(run->input_problems, t->file, t->lines[row], RECEIVED + 1, "received is \"%s\"; expected an instant such as 2026-03-15T17:00:00+08:00",
			       zp_text_show_in(shown, sizeof shown, received));
	else if (at > run->book->plan->closes)
		zp_problem_add(run->remarks, t->file, t->lines[row], RECEIVED + 1,
			       "the file %s came after the round closed at %s; its values count by their own time of receipt, and those without one as in time",
			       run->results[i].name, run->book->plan->closes_text);
	if (channel.n > CHANNEL_MOST || !zp_text_is_plain(channel))
		zp_problem_add(run->input_problems, t->file, t->lines[row], CHANNEL + 1, "channel is \"%s\"; expected at most %d bytes in which every character can be seen",
			       zp_text_show_in(shown, sizeof shown, channel), CHANNEL_MOST);
	arrivals[i] = (zp_arrival){ zp_arena_text(run->arena, received.p, received.n), zp_arena_text(run->arena, channel.p, channel.n) };
}

void zp_arrivals_read(zp_run *run)
{
	static const char *const columns[] = { "file", "received", "?channel", NULL };
	zp_small_table t = { .file = "receipt.csv", .columns = columns };
	struct stat about;
	if (lstat(zp_arena_print(run->arena, "%s/%s", run->round_dir, t.file), &about) != 0 || !zp_small_table_read(run, &t))
		return;
	zp_arrival *arrivals = zp_take(run->arena, zp_arrival, run->n_results + 1);
	long *lines = zp_take(run->arena, long, run->n_results + 1);
	for (size_t i = 0; i < t.n; i++)
		take(run, &t, i, arrivals, lines);
	zp_input *file = zp_take(run->arena, zp_input, 1);
	*file = t.input;
	run->receipt_file = file;
	run->arrivals = arrivals;
}
