/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "svg.h"
#include <math.h>
#include "palette.h"

/* One figure on its way into bytes. */
typedef struct zp_pen { const zp_svg_sink *sink; float air, head; } zp_pen; /* room around it, and above it */

static void put(const zp_pen *p, const char *ours)
{
	p->sink->put(p->sink->self, ours, strlen(ours));
}

/* At most two decimals, no more than it needs: "12", "0.5", "-3.25". */
static void number(const zp_pen *p, double v)
{
	char out[32];
	long long hundredths = isfinite(v) ? llround(fmin(fmax(v, -1e9), 1e9) * 100) : 0;
	const char *sign = hundredths < 0 ? "-" : "";
	hundredths = hundredths < 0 ? -hundredths : hundredths;
	int n = snprintf(out, sizeof out, "%s%lld.%02lld", sign, hundredths / 100, hundredths % 100);
	while (out[n - 1] == '0')
		n--;
	n -= out[n - 1] == '.';
	p->sink->put(p->sink->self, out, (size_t)n);
}

static void numbers(const zp_pen *p, double a, double b)
{
	number(p, a);
	put(p, " ");
	number(p, b);
}

static void attribute(const zp_pen *p, const char *name, double v)
{
	put(p, " ");
	put(p, name);
	put(p, "=\"");
	number(p, v);
	put(p, "\"");
}

/* Characters that XML does not have, and those that are ill-formed, are replaced. */
void zp_svg_tell(const zp_svg_sink *sink, const char *text)
{
	const size_t n = strlen(text);
	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		const size_t length = zp_utf8_at(text + i, n - i, &c);
		const char *ours = !length || (c < 0x20 && c != '\t') || c == 0x7F || c == 0xFFFE || c == 0xFFFF ? "\xEF\xBF\xBD"
				 : c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : c == '\'' ? "&#39;" : NULL;
		sink->put(sink->self, ours ? ours : text + i, ours ? strlen(ours) : length);
		i += length ? length : 1;
	}
}

static void tell(const zp_pen *p, const char *text)
{
	zp_svg_tell(p->sink, text);
}

/* ---- outlines ---- */

static void polygon(const zp_pen *p, const zp_dot *at, size_t n, bool closed)
{
	for (size_t i = 0; i < n; i++) {
		put(p, i ? "L" : "M");
		numbers(p, at[i].x, at[i].y);
	}
	if (closed)
		put(p, "Z");
}

static void box(const zp_pen *p, const zp_drawn *m)
{
	put(p, "M");
	numbers(p, m->x, m->y);
	put(p, "h");
	number(p, m->w);
	put(p, "v");
	number(p, m->h);
	put(p, "h");
	number(p, -(double)m->w);
	put(p, "Z");
}

/* Two half turns from the left end of its long axis. */
static void ellipse(const zp_pen *p, double x, double y, double rx, double ry, double turn)
{
	const double angle = turn * 3.14159265358979323846 / 180, dx = rx * cos(angle), dy = rx * sin(angle);
	put(p, "M");
	numbers(p, x - dx, y - dy);
	for (int half = 0; half < 2; half++) {
		put(p, "A");
		numbers(p, rx, ry);
		put(p, " ");
		number(p, turn);
		put(p, " 0 1 ");
		numbers(p, half ? x - dx : x + dx, half ? y - dy : y + dy);
	}
	put(p, "Z");
}

static void outline(const zp_pen *p, const zp_drawn *m)
{
	const float x = m->x, y = m->y, h = m->w / 2;
	switch (m->kind) {
	case ZP_MARK_PATH: polygon(p, m->points, m->n, m->closed); break;
	case ZP_MARK_BOX: box(p, m); break;
	case ZP_MARK_DOT: ellipse(p, x, y, h, h, 0); break;
	case ZP_MARK_ELLIPSE: ellipse(p, x, y, m->w, m->h, m->turn); break;
	case ZP_MARK_DIAMOND: polygon(p, (zp_dot[]){ { x - h, y }, { x, y - h }, { x + h, y }, { x, y + h } }, 4, true); break;
	case ZP_MARK_TRIANGLE: polygon(p, (zp_dot[]){ { x, y }, { x - h, y - 1.6f * h }, { x + h, y - 1.6f * h } }, 3, true); break;
	case ZP_MARK_CROSS:
		polygon(p, (zp_dot[]){ { x - h, y - h }, { x + h, y + h } }, 2, false);
		polygon(p, (zp_dot[]){ { x - h, y + h }, { x + h, y - h } }, 2, false);
		break;
	case ZP_MARK_TEXT: break;
	}
}

/* ---- marks ---- */

static void paint(const zp_pen *p, const zp_drawn *m)
{
	put(p, " class=\"t-");
	put(p, zp_shade_of(m->tone)->word);
	put(p, zp_is_line(m) ? "\" fill=\"none\" stroke=\"currentColor\"" : "\" fill=\"currentColor\"");
	if (zp_is_line(m))
		attribute(p, "stroke-width", zp_thickness(m));
	if (zp_is_line(m) && m->dashed)
		put(p, " stroke-dasharray=\"3 2\"");
	if (zp_strength(m) < 1)
		attribute(p, "opacity", zp_strength(m));
}

static void belongs(const zp_pen *p, const zp_drawn *m)
{
	if (!m->of)
		return;
	put(p, " data-of=\"");
	tell(p, m->of);
	put(p, "\"");
}

static void says(const zp_pen *p, const char *text)
{
	put(p, "<title>");
	tell(p, text);
	put(p, "</title>");
}

/* A mark that stands for itself. */
static void single(const zp_pen *p, const zp_drawn *m)
{
	put(p, "<path");
	belongs(p, m);
	put(p, m->says ? " role=\"img\" tabindex=\"0\" d=\"" : " d=\"");
	outline(p, m);
	put(p, m->says ? "\">" : "\"/>");
	if (m->says) {
		says(p, m->says);
		put(p, "</path>");
	}
}

static bool alone(const zp_drawn *m)
{
	return m->says || m->of;
}

/* Marks from `m` on that are painted alike: one group, and in it one path for all that say nothing.
 * Gives: how many they are. */
static size_t group(const zp_pen *p, const zp_drawn *m, size_t n)
{
	size_t end = 1;
	bool plain = !alone(m);
	for (; end < n && zp_painted_alike(m, m + end); end++)
		plain = plain && !alone(m + end);
	put(p, plain ? "<path" : "<g");
	paint(p, m);
	put(p, plain ? " d=\"" : ">");
	for (size_t i = 0; i < end;) {
		if (alone(m + i)) {
			single(p, m + i++);
			continue;
		}
		put(p, plain ? "" : "<path d=\"");
		for (; i < end && !alone(m + i); i++)
			outline(p, m + i);
		put(p, plain ? "" : "\"/>");
	}
	put(p, plain ? "\"/>" : "</g>");
	return end;
}

/* Inside a text, blanks at its ends and double blanks would go: figures have none. */
static void text(const zp_pen *p, const zp_drawn *m)
{
	if (!m->text || !*m->text)
		return;
	const double width = zp_width_text(m->text, m->h, m->bold);
	put(p, "<text class=\"t-");
	put(p, zp_shade_of(m->tone)->word);
	put(p, "\" fill=\"currentColor\"");
	attribute(p, "x", m->x);
	attribute(p, "y", m->y);
	attribute(p, "font-size", m->most > 0 && width > m->most ? m->h * m->most / width : m->h);
	if (m->anchor != ZP_AT_LEFT)
		put(p, m->anchor == ZP_AT_MIDDLE ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
	if (m->bold)
		put(p, " font-weight=\"bold\"");
	if (zp_strength(m) < 1)
		attribute(p, "opacity", zp_strength(m));
	if (m->turn < 0 || m->turn > 0) {
		put(p, " transform=\"rotate(");
		numbers(p, m->turn, m->x);
		put(p, " ");
		number(p, m->y);
		put(p, ")\"");
	}
	belongs(p, m);
	put(p, m->says ? " role=\"img\" tabindex=\"0\">" : ">");
	if (m->says)
		says(p, m->says);
	tell(p, m->text);
	put(p, "</text>");
}

static bool speaks(const zp_figure *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->marks[i].says)
			return true;
	return false;
}

/* Something that has parts to tab to is a group of images; else it is one image. */
static void open(const zp_pen *p, const zp_figure *f)
{
	put(p, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" viewBox=\"");
	numbers(p, -(double)p->air, -(double)(p->air + p->head));
	put(p, " ");
	numbers(p, f->width + 2 * p->air, f->height + 2 * p->air + p->head);
	put(p, "\"");
	attribute(p, "width", f->width + 2 * p->air);
	attribute(p, "height", f->height + 2 * p->air + p->head);
	put(p, speaks(f) ? " role=\"group\"" : " role=\"img\"");
	put(p, " font-family=\"'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif\">");
	const char *title = f->title && *f->title ? f->title : f->says;
	if (title && *title)
		says(p, title);
	if (f->says && *f->says && title != f->says) {
		put(p, "<desc>");
		tell(p, f->says);
		put(p, "</desc>");
	}
}

static void marks(const zp_pen *p, const zp_figure *f)
{
	for (size_t i = 0; i < f->n;) {
		if (f->marks[i].kind == ZP_MARK_TEXT)
			text(p, &f->marks[i++]);
		else
			i += group(p, f->marks + i, f->n - i);
	}
}

void zp_svg_put(const zp_svg_sink *sink, const zp_figure *f)
{
	const zp_pen p = { sink, 0, 0 };
	open(&p, f);
	marks(&p, f);
	put(&p, "</svg>");
}

void zp_svg_style(const zp_svg_sink *sink, const char *scope, bool dark)
{
	const zp_pen p = { sink, 0, 0 };
	char rule[64];
	for (zp_tone t = 0; t < ZP_TONES; t++) {
		const zp_shade *s = zp_shade_of(t);
		put(&p, scope);
		/* A class that begins with "t-" may go on with a figure. */
		snprintf(rule, sizeof rule, ".t-%s{color:#%06X}\n", s->word, (unsigned)(dark ? s->dark : s->light));
		put(&p, rule);
	}
}

void zp_svg_file(const zp_svg_sink *sink, const zp_figure *f)
{
	const bool titled = f->title && *f->title;
	const zp_pen p = { sink, ZP_FIGURE_AIR, titled ? ZP_FIGURE_HEAD : 0 };
	put(&p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	open(&p, f);
	put(&p, "<style>\n");
	zp_svg_style(sink, "", false);
	put(&p, "@media (prefers-color-scheme:dark){\n");
	zp_svg_style(sink, "", true);
	put(&p, "}\n</style>");
	group(&p, &(zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_PAPER, .x = -p.air, .y = -p.air - p.head, .w = f->width + 2 * p.air,
			   .h = f->height + 2 * p.air + p.head }, 1);
	if (titled)
		text(&p, &(zp_drawn){ .kind = ZP_MARK_TEXT, .x = 1, .y = ZP_FIGURE_TITLE_SIZE - p.head, .h = ZP_FIGURE_TITLE_SIZE, .most = f->width, .bold = true, .text = f->title });
	marks(&p, f);
	put(&p, "</svg>\n");
}
