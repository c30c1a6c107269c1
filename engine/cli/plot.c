/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping plot: a figure of what was published, alone, as SVG, PDF or PNG. */
#include "cli/plot.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/characters.h"
#include "base/file.h"
#include "base/names.h"
#include "base/nearest.h"
#include "cli/cli.h"
#include "press/apart.h"

#define WIDE 480
#define HIGH 300

/* ---- what is asked for ---- */

static bool read_kind(zp_arena *arena, const char *word, zp_figure_kind *kind)
{
	zp_names *names = zp_names_take(arena);
	const char *all = "";
	for (zp_figure_kind k = 0; k < ZP_FIGURE_KINDS; k++) {
		zp_names_add(names, zp_text_of(zp_figure_word(k)));
		all = zp_arena_print(arena, "%s%s%s", all, k ? ", " : "", zp_figure_word(k));
	}
	*kind = zp_figure_find(word);
	if (*kind != ZP_FIGURE_KINDS)
		return true;
	const zp_text near = zp_nearest(names, zp_text_of(word), ZP_NEAREST_ANY);
	char shown[128];
	zp_text_show_code_in(shown, sizeof shown, zp_text_of(word));
	if (near.p)
		fprintf(stderr, zp_say("zhiping: there is no kind of figure \"%s\"; did you mean \"%.*s\"?\n"), shown, (int)near.n, near.p);
	else
		fprintf(stderr, zp_say("zhiping: there is no kind of figure \"%s\"; expected one of: %s\n"), shown, all);
	return false;
}

/* "480x300", in points. */
static bool read_size(const char *text, zp_plot_look *look)
{
	if (!text)
		return true;
	char *end = NULL;
	const long w = strtol(text, &end, 10), h = end && *end == 'x' ? strtol(end + 1, &end, 10) : 0;
	if (w >= 40 && w <= 4000 && h >= 8 && h <= 4000 && *end == '\0') {
		look->width = (float)w;
		look->height = (float)h;
		return true;
	}
	fprintf(stderr, zp_say("zhiping: --size \"%s\" is not usable; expected width and height in points, such as 480x300, from 40x8 to 4000x4000\n"), text);
	return false;
}

static const char *emitter_of(const char *file)
{
	const char *point = strrchr(file, '.');
	const bool only = !point || point == file || point[-1] == '/';
	if (only)
		return NULL;
	return strcmp(point, ".svg") == 0 ? "figure-svg" : strcmp(point, ".pdf") == 0 || strcmp(point, ".png") == 0 ? "figure-cairo" : NULL;
}

/* ---- one file ---- */

/* Beside its place first, so that a file is there whole or not at all. */
static bool put_file(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	zp_arena *arena = self;
	char *beside = zp_arena_print(arena, "%s.XXXXXX", name);
	const int fd = mkstemp(beside);
	if (fd < 0)
		return zp_fail(err, ZP_IO, name, 0, "cannot be written: %s", zp_say_errno(errno));
	const bool written = zp_fd_write(fd, bytes, n) && fchmod(fd, 0644) == 0;
	const int closed = close(fd);
	if (written && closed == 0 && rename(beside, name) == 0)
		return true;
	const int why = errno;
	unlink(beside);
	return zp_fail(err, ZP_IO, name, 0, "cannot be written: %s", zp_say_errno(why));
}

static const char *characters_of(zp_arena *arena, const zp_figure *f)
{
	zp_characters *set = zp_characters_take(arena);
	zp_characters_add(set, f->title);
	for (size_t i = 0; i < f->n; i++)
		zp_characters_add(set, f->marks[i].text);
	return zp_characters_text(set, arena);
}

typedef struct drawing { zp_arena *arena; const zp_plugin *by; const zp_figure *figure; const char *file; } drawing;

/* In a child of its own. */
static bool draw(void *context, const zp_outbox *out, zp_error *err)
{
	const drawing *d = context;
	const zp_emitter *e = d->by->does.emitter;
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, d->arena, d->by, NULL);
	const zp_edition edition = { .characters = characters_of(d->arena, d->figure), .issued = "" };
	void *state = e->prepare ? e->prepare(host, &edition, err) : NULL;
	return (!e->prepare || state) && e->figure(host, state, d->figure, d->file, out, err);
}

static bool emit(zp_arena *arena, const zp_registry *registry, const zp_figure *f, const char *file, zp_error *err)
{
	const zp_plugin *p = zp_registry_find(registry, ZP_EMITTER, emitter_of(file));
	if (!p || !p->does.emitter->figure)
		return zp_fail(err, ZP_BAD_PLUGIN, file, 0, "the emitter \"%s\" is not installed; without it, figures are written as .svg", emitter_of(file));
	const zp_outbox out = { arena, put_file };
	drawing d = { arena, p, f, file };
	return zp_apart(draw, &d, &out, err);
}

/* ---- rounds before ---- */

static bool is_earlier(const zp_published *a, const zp_published *b)
{
	return a->year != b->year ? a->year < b->year : a->number != b->number ? a->number < b->number : strcmp(a->round, b->round) < 0;
}

static bool read_before(zp_plotting *p, const zp_given_options *given, zp_error *err)
{
	size_t at = 0;
	p->before = zp_take(p->arena, zp_plot_round, ZP_GIVEN_MOST);
	for (const char *folder; (folder = zp_option_next(given, "before", &at));) {
		const zp_published *published = zp_published_open(p->arena, folder, err);
		zp_plot_round r;
		if (!published || !zp_plot_read_before(p, published, &r, err))
			return false;
		size_t k = p->n_before++;
		for (; k > 0 && is_earlier(published, p->before[k - 1].published); k--)
			p->before[k] = p->before[k - 1];
		p->before[k] = r;
	}
	return true;
}

static const zp_figure *figure_of(zp_plotting *p, const zp_given_options *given, zp_error *err)
{
	const zp_published *published = zp_published_open(p->arena, given->rest[0], err);
	if (!published)
		return NULL;
	p->round.published = published;
	if (p->kind != ZP_FIGURE_RANKS && (!zp_plot_read(p, published, err) || (p->kind == ZP_FIGURE_HISTORY && !read_before(p, given, err))))
		return NULL;
	return zp_plot_draw(p, err);
}

/* Options that the kind makes nothing of are refused: they would seem to have been heeded. */
static bool heeds(const zp_plotting *p, const zp_given_options *given)
{
	const zp_figure_kind k = p->kind;
	const bool ranks = k == ZP_FIGURE_RANKS, all_samples = ranks || k == ZP_FIGURE_BIAS || k == ZP_FIGURE_HISTORY || k == ZP_FIGURE_STRIP;
	const struct { const char *option; bool heeded; } checks[] = {
		{ "measurand", !ranks }, { "sample", !all_samples }, { "sample-b", k == ZP_FIGURE_YOUDEN }, { "lab", !ranks && k != ZP_FIGURE_DOTS }, { "before", k == ZP_FIGURE_HISTORY },
		{ "named", ranks || k == ZP_FIGURE_DOTS } };
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
		if (zp_option_given(given, checks[i].option) && !checks[i].heeded) {
			fprintf(stderr, zp_say("zhiping: --%s says nothing about \"%s\"; expected it to be left out\n"), checks[i].option, zp_figure_word(k));
			return false;
		}
	if (!ranks && !p->measurand) {
		fprintf(stderr, zp_say("zhiping: \"%s\" shows one measurand; expected --measurand CODE\n"), zp_figure_word(k));
		return false;
	}
	return true;
}

int zp_command_plot(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	bool chinese;
	if (!zp_options_read(self, argc, argv, 2, 2, &given) || !zp_option_chinese(&given, &chinese))
		return ZP_BAD_USE;
	zp_arena *arena = zp_arena_open();
	const char *file = zp_option_given(&given, "as");
	zp_plotting p = { .arena = arena, .programme = zp_option_given(&given, "programme"), .measurand = zp_option_given(&given, "measurand"), .sample = zp_option_given(&given, "sample"),
		          .sample_b = zp_option_given(&given, "sample-b"), .lab = zp_option_given(&given, "lab"), .named = zp_option_given(&given, "named") != NULL };
	int code = ZP_BAD_USE;
	if (!read_kind(arena, given.rest[1], &p.kind))
		goto end;
	p.look = (zp_plot_look){ p.kind == ZP_FIGURE_STRIP ? 120 : WIDE, p.kind == ZP_FIGURE_STRIP ? 24 : HIGH, chinese || !zp_option_given(&given, "lang") ? ZP_CHINESE : ZP_ENGLISH };
	if (!file || !emitter_of(file)) {
		fprintf(stderr, zp_say("zhiping plot: --as FILE is needed, and its name must end in .svg, .pdf or .png\n"));
		goto end;
	}
	if (!read_size(zp_option_given(&given, "size"), &p.look) || !heeds(&p, &given))
		goto end;
	code = ZP_BAD_PLUGIN;
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		goto end;
	const zp_figure *f = figure_of(&p, &given, &err);
	code = f && emit(arena, registry, f, file, &err) ? ZP_OK : zp_cli_fail(&err);
	zp_registry_close(registry);
end:
	zp_arena_close(arena);
	return code;
}
