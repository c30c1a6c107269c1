/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line on the terminal that tells how far the work is, while it lasts; nothing in a pipe, and nothing that stays.
 * A thread of its own looks at the counters. It takes no lock that a forked process could need, and the line goes out by one write. */
#include <pthread.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include "base/memory.h"
#include "cli/cli.h"

#define LINE_BYTES 400
#define FIRST_AFTER 1.0   /* seconds: what is done by then needs no line */
#define EACH 0.2          /* seconds between two looks */
#define LEFT_AFTER 2.0    /* of a stage: then it can be said how long the rest will take */

/* The words of the line: looked up once, for whoever looks them up holds a lock that a forked process may need. */
typedef struct phrases { const char *alone, *count, *part, *rest, *hours, *minutes, *seconds; } phrases;

struct zp_watch {
	phrases says;
	zp_progress *progress;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t end;
	bool ends;
	unsigned stage, hushed; /* the stage that is told; that which is not to be told any more */
	double begun;           /* when the stage was first seen */
	int cells;              /* that the line on the terminal takes; 0: there is none */
};

static struct timespec now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t;
}

static double seconds(struct timespec t) { return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec; }

/* Cells that a character takes on a terminal: Chinese ones are twice as wide. */
static int cells_of(const char *p, size_t *bytes)
{
	const unsigned char lead = (unsigned char)*p;
	*bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	return lead >= 0xE3 ? 2 : 1; /* from U+3000 on; signs before that are narrow */
}

/* Cut the text to so many cells. Gives: those that it takes. */
static int cut(char *text, int most)
{
	int cells = 0;
	for (size_t i = 0, bytes; text[i]; i += bytes) {
		const int wide = cells_of(text + i, &bytes);
		if (cells + wide > most || strnlen(text + i, bytes) < bytes) {
			text[i] = '\0';
			break;
		}
		cells += wide;
	}
	return cells;
}

/* The template with what belongs in its braces, by the first letter of the name there. Gives: the bytes. */
static size_t fill(char *out, size_t size, const char *template, const char *(*value)(const void *, char name, char text[32]), const void *of)
{
	char text[32];
	size_t n = 0;
	for (const char *p = template; *p && n + 1 < size;) {
		const char *piece = *p == '{' ? value(of, p[1], text) : p;
		size_t length = *p == '{' ? strlen(piece) : strcspn(p, "{");
		p += *p == '{' ? strcspn(p, "}") + 1 : length;
		length = length < size - n - 1 ? length : size - n - 1;
		memcpy(out + n, piece, length);
		n += length;
	}
	out[n] = '\0';
	return n;
}

static const char *number(char text[32], size_t n)
{
	snprintf(text, 32, "%zu", n);
	return text;
}

static const char *of_time(const void *of, char name, char text[32])
{
	const size_t s = *(const size_t *)of;
	return number(text, name == 'h' ? s / 3600 : name == 'm' ? s / 60 % 60 : s % 60);
}

/* A view and what is made of it. */
typedef struct telling { const zp_progress_view *v; const char *left; } telling;

static const char *of_line(const void *of, char name, char text[32])
{
	const telling *t = of;
	const zp_progress_view *v = t->v;
	const size_t done = v->total && v->done > v->total ? v->total : v->done;
	switch (name) {
	case 'w': return v->word;
	case 'd': return number(text, done);
	case 'a': return number(text, v->total);
	case 'p': return number(text, v->total ? done * 100 / v->total : 0);
	default: return t->left;
	}
}

static void put_line(const zp_watch *w, char *out, size_t size, const zp_progress_view *v, double since)
{
	const size_t done = v->done < v->total ? v->done : v->total;
	char left[64] = "";
	const telling t = { v, left };
	const char *template = w->says.part;
	if (v->total == 0)
		template = v->done ? w->says.count : w->says.alone;
	else if (since >= LEFT_AFTER && 20 * done >= v->total && done < v->total) {
		const size_t s = (size_t)(since * (double)(v->total - done) / (double)done + 0.999);
		fill(left, sizeof left, s >= 3600 ? w->says.hours : s >= 60 ? w->says.minutes : w->says.seconds, of_time, &s);
		template = w->says.rest;
	}
	fill(out, size, template, of_line, &t);
}

/* Cells of a line; the last would wrap. */
static int room(void)
{
	struct winsize size;
	const int most = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col - 1 : 79;
	return most < LINE_BYTES / 4 ? most : LINE_BYTES / 4;
}

/* What matters most comes first where there is little room. */
static void shorten(char *line, size_t size, const zp_progress_view *v)
{
	char whole[LINE_BYTES];
	snprintf(whole, sizeof whole, "%s", line);
	if (v->total && cut(whole, room()) < cut(line, LINE_BYTES))
		snprintf(line, size, "%zu %% %s", (v->done < v->total ? v->done : v->total) * 100 / v->total, v->word);
}

/* The line over what stood there; "" takes it away. Needs: the lock. */
static void draw(zp_watch *w, char *text)
{
	char out[2 * LINE_BYTES];
	const int most = room(), cells = cut(text, most), old = w->cells < most ? w->cells : most;
	if (!cells && !w->cells)
		return;
	int n = snprintf(out, sizeof out, "\r%s%*s", text, old > cells ? old - cells : 0, "");
	if (!cells || old > cells) /* the cursor stands behind the text, or at the beginning */
		n += snprintf(out + n, sizeof out - (size_t)n, "\r%s", text);
	w->cells = cells;
	if (write(STDERR_FILENO, out, (size_t)n) < 0)
		w->cells = 0;
}

static void look(zp_watch *w)
{
	zp_progress_view v;
	char line[LINE_BYTES];
	const double at = seconds(now());
	if (!zp_progress_look(w->progress, &v) || !v.stage)
		return;
	if (v.stage != w->stage) {
		w->stage = v.stage;
		w->begun = at;
	}
	if (v.stage == w->hushed)
		return;
	put_line(w, line, sizeof line, &v, at - w->begun);
	shorten(line, sizeof line, &v);
	draw(w, line);
}

static void *watch(void *self)
{
	zp_watch *w = self;
	struct timespec next = now();
	const double first = seconds(next) + FIRST_AFTER;
	pthread_mutex_lock(&w->lock);
	while (!w->ends) {
		next.tv_nsec += (long)(EACH * 1e9);
		next.tv_sec += next.tv_nsec / 1000000000;
		next.tv_nsec %= 1000000000;
		while (!w->ends && pthread_cond_timedwait(&w->end, &w->lock, &next) == 0)
			;
		if (!w->ends && seconds(now()) >= first)
			look(w);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* A job in the background does not write over what its user does. */
static bool somebody_looks(void)
{
	const pid_t foreground = isatty(STDERR_FILENO) ? tcgetpgrp(STDERR_FILENO) : 0;
	return foreground && (foreground < 0 || foreground == getpgrp());
}

zp_watch *zp_watch_begin(void)
{
	zp_watch *w = calloc(1, sizeof *w);
	pthread_condattr_t kind;
	if (!w)
		zp_no_memory();
	w->progress = somebody_looks() ? zp_progress_open() : NULL;
	if (!w->progress)
		return w;
	w->says = (phrases){ zp_say("{what} …"), zp_say("{what}: {done}"), zp_say("{what}: {done} of {all} ({percent} %)"),
			     zp_say("{what}: {done} of {all} ({percent} %), about {left} left"), zp_say("{h} h {m} min"), zp_say("{m} min {s} s"), zp_say("{s} s") };
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&kind);
	pthread_condattr_setclock(&kind, CLOCK_MONOTONIC);
	pthread_cond_init(&w->end, &kind);
	pthread_condattr_destroy(&kind);
	if (pthread_create(&w->thread, NULL, watch, w) != 0) {
		zp_progress_close(w->progress);
		w->progress = NULL;
	}
	return w;
}

zp_progress *zp_watch_progress(const zp_watch *w) { return w->progress; }

void zp_watch_wipe(zp_watch *w)
{
	char nothing[] = "";
	if (!w || !w->progress)
		return;
	pthread_mutex_lock(&w->lock);
	draw(w, nothing);
	pthread_mutex_unlock(&w->lock);
}

void zp_watch_hush(zp_watch *w)
{
	zp_progress_view v;
	char nothing[] = "";
	if (!w || !w->progress)
		return;
	pthread_mutex_lock(&w->lock);
	if (zp_progress_look(w->progress, &v))
		w->hushed = v.stage;
	draw(w, nothing);
	pthread_mutex_unlock(&w->lock);
}

void zp_watch_end(zp_watch *w)
{
	char nothing[] = "";
	if (w->progress) {
		pthread_mutex_lock(&w->lock);
		w->ends = true;
		pthread_cond_signal(&w->end);
		pthread_mutex_unlock(&w->lock);
		pthread_join(w->thread, NULL);
		draw(w, nothing);
		pthread_cond_destroy(&w->end);
		pthread_mutex_destroy(&w->lock);
		zp_progress_close(w->progress);
	}
	free(w);
}
