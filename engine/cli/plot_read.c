/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was published of a measurand: groups, results, names. */
#include <math.h>
#include <string.h>
#include "base/decimal.h"
#include "base/names.h"
#include "base/nearest.h"
#include "base/words.h"
#include "cli/plot.h"
#include "model/outcome.h"

double zp_plot_number(const char *text)
{
	zp_decimal d;
	return zp_decimal_read_printed(text, strlen(text), &d) == ZP_NUMBER_OK ? zp_decimal_double(d) : ZP_NONE;
}

static int places_of(const char *text)
{
	const char *point = strchr(text, '.');
	return point ? (int)strlen(point + 1) : 0;
}

/* ", did you mean "X"?" of the names that there are. */
static const char *hint(zp_arena *arena, const zp_names *names, const char *given)
{
	const zp_text near = zp_nearest(names, zp_text_of(given), ZP_NEAREST_ANY);
	return near.p ? zp_arena_print(arena, zp_say("; did you mean \"%.*s\"?"), (int)near.n, near.p) : "";
}

static bool not_there(zp_plotting *p, const zp_published *folder, const char *what, const zp_names *names, const char *given, zp_error *err)
{
	char shown[128];
	return zp_fail(err, ZP_BAD_USE, folder->folder, 0, "there is no %s \"%s\"%s", zp_say(what), zp_text_show_code_in(shown, sizeof shown, zp_text_of(given)), hint(p->arena, names, given));
}

/* ---- the measurand ---- */

static bool is_named(const zp_row *row, const char *given)
{
	return zp_row_is(row, "measurand", given) || zp_row_is(row, "name", given) || zp_row_is(row, "name_en", given);
}

/* Its row in measurands.csv. Gives: how many there are, in programmes that were not told apart. */
static size_t find_measurand(zp_plotting *p, const zp_published *folder, const zp_folder_table *table, zp_row *found, zp_names *names, zp_error *err)
{
	const char *at = table->text.p, *programmes = "";
	zp_row row;
	size_t n = 0;
	while (zp_folder_table_next(p->arena, table, &at, &row)) {
		if (p->programme && !zp_row_is(&row, "programme", p->programme))
			continue;
		zp_names_add(names, zp_text_of(zp_row_text(p->arena, &row, "measurand")));
		if (!is_named(&row, p->measurand))
			continue;
		programmes = zp_arena_print(p->arena, "%s%s%s", programmes, n++ ? ", " : "", zp_row_text(p->arena, &row, "programme"));
		*found = row;
	}
	if (n > 1)
		zp_fail(err, ZP_BAD_USE, folder->folder, 0, "measurand \"%s\" is in several programmes; expected --programme with one of: %s", p->measurand, programmes);
	return n;
}

static bool find_programme(zp_plotting *p, const zp_published *folder, const zp_folder_table *table, zp_error *err)
{
	zp_names *names = zp_names_take(p->arena);
	const char *at = table->text.p;
	zp_row row;
	while (zp_folder_table_next(p->arena, table, &at, &row))
		zp_names_add(names, zp_text_of(zp_row_text(p->arena, &row, "programme")));
	return zp_names_find(names, zp_text_of(p->programme)) != ZP_NO_NAME || not_there(p, folder, ZP_MESSAGE("programme"), names, p->programme, err);
}

/* ---- its groups ---- */

static zp_plot_group group_of(zp_arena *arena, const zp_row *row)
{
	zp_plot_group g = { zp_row_text(arena, row, "group"), zp_row_text(arena, row, "sample"), zp_row_text(arena, row, "rung"), zp_row_text(arena, row, "key"),
		            zp_row_text(arena, row, "x_pt"), (uint32_t)zp_plot_number(zp_row_text(arena, row, "members")), ZP_NONE, ZP_NONE, ZP_NONE, 0, zp_row_is(row, "limit_branch", "pct") };
	const double width = zp_plot_number(zp_row_text(arena, row, "delta_e"));
	const int places = places_of(g.target), bound = places_of(zp_row_text(arena, row, "low"));
	g.x_pt = zp_plot_number(g.target);
	g.places = *zp_row_text(arena, row, "low") ? bound : places; /* of the measurand; a target may have one more */
	if (zp_row_is(row, "status", "gradable") && isfinite(width)) {
		g.low = g.x_pt - width;
		g.high = g.x_pt + width;
	}
	return g;
}

static size_t place_of(const char *const *all, size_t n, const char *one)
{
	size_t i = 0;
	while (i < n && strcmp(all[i], one) != 0)
		i++;
	return i;
}

static bool is_of(const zp_plotting *p, const zp_row *row)
{
	return zp_row_is(row, "programme", p->programme) && zp_row_is(row, "measurand", p->measurand);
}

static bool read_groups(zp_plotting *p, const zp_published *folder, zp_plot_round *r, zp_error *err)
{
	zp_folder_table table;
	if (!zp_published_table(p->arena, folder, "targets.csv", &table, err))
		return false;
	const char *at = table.text.p;
	zp_row row;
	size_t n = 0;
	while (zp_folder_table_next(p->arena, &table, &at, &row))
		n += is_of(p, &row);
	zp_plot_group *groups = zp_take(p->arena, zp_plot_group, n + 1);
	const char **samples = zp_take(p->arena, const char *, n + 1);
	for (at = table.text.p; zp_folder_table_next(p->arena, &table, &at, &row);) {
		if (!is_of(p, &row))
			continue;
		zp_plot_group *g = &groups[r->n_groups++];
		*g = group_of(p->arena, &row);
		if (place_of(samples, r->n_samples, g->sample) == r->n_samples)
			samples[r->n_samples++] = g->sample;
		r->answered = r->answered || *zp_row_text(p->arena, &row, "judge");
	}
	r->groups = groups;
	r->samples = samples;
	return true;
}

/* ---- its results ---- */

static const zp_plot_group *find_group(const zp_plot_round *r, const char *group)
{
	for (size_t i = 0; i < r->n_groups; i++)
		if (strcmp(r->groups[i].group, group) == 0)
			return &r->groups[i];
	return NULL;
}

static zp_plot_result result_of(zp_arena *arena, const zp_plot_round *r, const zp_row *row)
{
	zp_plot_result out = { zp_row_text(arena, row, "lab"), zp_row_text(arena, row, "sample"), zp_row_text(arena, row, "value"), zp_row_text(arena, row, "mark"),
		               find_group(r, zp_row_text(arena, row, "group")), ZP_NONE, zp_plot_number(zp_row_text(arena, row, "share_pct")), !zp_row_is(row, "verdict", "not_evaluated"),
		               zp_row_is(row, "verdict", "unacceptable") };
	out.number = zp_plot_number(out.value);
	return out;
}

/* A quick look at each line; only those that may be of the measurand are split. */
static bool read_results(zp_plotting *p, const zp_published *folder, zp_plot_round *r, zp_names *labs, zp_error *err)
{
	zp_folder_table table;
	if (!zp_published_table(p->arena, folder, "scores.csv", &table, err))
		return false;
	const char *needle = zp_arena_print(p->arena, ",%s,%s,", p->programme, p->measurand), *at = table.text.p, *end = at + table.text.n;
	zp_plot_result *results = NULL;
	size_t room = 0;
	zp_row row;
	while (at < end) {
		const char *stop = zp_csv_line_end(at, end);
		if (!memmem(at, (size_t)(stop - at), needle, strlen(needle))) {
			at = stop < end ? stop + 1 : end;
			continue;
		}
		if (!zp_folder_table_next(p->arena, &table, &at, &row))
			break;
		if (!is_of(p, &row))
			continue;
		results = zp_arena_more(p->arena, results, r->n_results, &room, sizeof *results);
		results[r->n_results] = result_of(p->arena, r, &row);
		zp_names_add(labs, zp_text_of(results[r->n_results++].lab));
	}
	r->results = results;
	return true;
}

/* ---- all of it ---- */

static void name_it(zp_plotting *p, const zp_row *row, zp_plot_round *r)
{
	r->name = zp_row_text(p->arena, row, "name");
	r->name_en = zp_row_text(p->arena, row, "name_en");
	r->unit = zp_row_text(p->arena, row, "unit");
}

static bool find_samples(zp_plotting *p, const zp_published *folder, zp_error *err)
{
	const zp_plot_round *r = &p->round;
	zp_names *names = zp_names_take(p->arena);
	for (size_t i = 0; i < r->n_samples; i++)
		zp_names_add(names, zp_text_of(r->samples[i]));
	if (p->sample && place_of(r->samples, r->n_samples, p->sample) == r->n_samples)
		return not_there(p, folder, ZP_MESSAGE("sample"), names, p->sample, err);
	if (p->sample_b && place_of(r->samples, r->n_samples, p->sample_b) == r->n_samples)
		return not_there(p, folder, ZP_MESSAGE("sample"), names, p->sample_b, err);
	if (!r->n_samples)
		return zp_fail(err, ZP_BAD_USE, folder->folder, 0, "measurand \"%s\" has no samples with results", p->measurand);
	if (!p->sample)
		p->sample = r->samples[p->sample_b && r->n_samples > 1 && strcmp(p->sample_b, r->samples[0]) == 0 ? 1 : 0];
	if (!p->sample_b) /* the next one, or the one before the last */
		p->sample_b = r->samples[place_of(r->samples, r->n_samples, p->sample) + 1 < r->n_samples ? place_of(r->samples, r->n_samples, p->sample) + 1 : r->n_samples > 1 ? r->n_samples - 2 : 0];
	return true;
}

/* register.csv has every laboratory of the area. */
bool zp_plot_no_lab(zp_plotting *p, zp_error *err)
{
	const zp_published *folder = p->round.published;
	zp_names *names = zp_names_take(p->arena);
	zp_folder_table table;
	zp_row row;
	char shown[128];
	if (!zp_published_table(p->arena, folder, "register.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_folder_table_next(p->arena, &table, &at, &row);)
		zp_names_add(names, zp_text_of(zp_row_text(p->arena, &row, "lab")));
	if (zp_names_find(names, zp_text_of(p->lab)) == ZP_NO_NAME)
		return not_there(p, folder, ZP_MESSAGE("laboratory"), names, p->lab, err);
	return zp_fail(err, ZP_BAD_USE, folder->folder, 0, "laboratory \"%s\" was asked for no result of \"%s\"", zp_text_show_code_in(shown, sizeof shown, zp_text_of(p->lab)), p->measurand);
}

bool zp_plot_read(zp_plotting *p, const zp_published *folder, zp_error *err)
{
	zp_folder_table table;
	zp_row row = { 0 };
	zp_names *names = zp_names_take(p->arena), *labs = zp_names_take(p->arena);
	p->round = (zp_plot_round){ .published = folder, .held = true };
	if (!zp_published_table(p->arena, folder, "measurands.csv", &table, err) || (p->programme && !find_programme(p, folder, &table, err)))
		return false;
	const size_t n = find_measurand(p, folder, &table, &row, names, err);
	if (n != 1)
		return n ? false : not_there(p, folder, ZP_MESSAGE("measurand"), names, p->measurand, err);
	name_it(p, &row, &p->round);
	p->programme = zp_row_text(p->arena, &row, "programme");
	p->measurand = zp_row_text(p->arena, &row, "measurand");
	if (!read_groups(p, folder, &p->round, err) || !read_results(p, folder, &p->round, labs, err) || !find_samples(p, folder, err))
		return false;
	return !p->lab || p->kind == ZP_FIGURE_HISTORY || zp_names_find(labs, zp_text_of(p->lab)) != ZP_NO_NAME || zp_plot_no_lab(p, err);
}

bool zp_plot_read_before(zp_plotting *p, const zp_published *folder, zp_plot_round *r, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	*r = (zp_plot_round){ .published = folder };
	if (!zp_published_table(p->arena, folder, "measurands.csv", &table, err))
		return false;
	for (const char *at = table.text.p; !r->held && zp_folder_table_next(p->arena, &table, &at, &row);)
		r->held = is_of(p, &row);
	return !r->held || (read_groups(p, folder, r, err) && read_results(p, folder, r, zp_names_take(p->arena), err));
}
