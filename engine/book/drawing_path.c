/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/drawing_path.h"
#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846
#define EXACT_DIGITS 15
#define FARTHEST 1e9

static void skip(const char **p)
{
	*p += strspn(*p, " \t\r\n");
	if (**p == ',')
		*p += 1 + strspn(*p + 1, " \t\r\n");
}

static double power(int e)
{
	double out = 1;
	for (int i = 0; i < (e < 0 ? -e : e) && i < 40; i++)
		out *= 10;
	return out;
}

/* Digits with a point in them, as a whole number and the power of ten it is to be multiplied with. Gives: digits seen. */
static size_t mantissa(const char **p, double *whole, int *exponent)
{
	size_t n = 0, kept = 0;
	bool point = false;
	for (; (**p >= '0' && **p <= '9') || (**p == '.' && !point); ++*p) {
		if (**p == '.') {
			point = true;
			continue;
		}
		n++;
		if (kept < EXACT_DIGITS) {
			*whole = *whole * 10 + (**p - '0');
			kept += *whole > 0;
			*exponent -= point;
		} else {
			*exponent += !point;
		}
	}
	return n;
}

bool zp_path_number(const char **p, double *out)
{
	skip(p);
	const char *at = *p;
	const bool negative = *at == '-';
	int exponent = 0, given = 0;
	double whole = 0;
	at += *at == '-' || *at == '+';
	if (!mantissa(&at, &whole, &exponent))
		return false;
	if ((*at == 'e' || *at == 'E') && at[1 + (at[1] == '-' || at[1] == '+')] >= '0' && at[1 + (at[1] == '-' || at[1] == '+')] <= '9') {
		const bool down = at[1] == '-';
		for (at += 1 + (at[1] == '-' || at[1] == '+'); *at >= '0' && *at <= '9'; at++)
			given = given < 1000 ? given * 10 + (*at - '0') : given;
		exponent += down ? -given : given;
	}
	*p = at;
	*out = (negative ? -1 : 1) * (exponent < 0 ? whole / power(exponent) : whole * power(exponent));
	return fabs(*out) < FARTHEST;
}

/* ---- steps ---- */

static void put(zp_path_work *w, zp_stroke_kind kind, const double *xy, size_t n)
{
	if (w->n == w->most) {
		w->too_long = true;
		return;
	}
	if (w->n == w->room) {
		w->room = w->room ? 2 * w->room : 32;
		zp_stroke *more = zp_take(w->arena, zp_stroke, w->room);
		if (w->n)
			memcpy(more, w->steps, w->n * sizeof *more);
		w->steps = more;
	}
	zp_stroke *s = &w->steps[w->n++];
	*s = (zp_stroke){ .kind = kind };
	for (size_t i = 0; i < n; i += 2) {
		s->x[i] = w->matrix.a * xy[i] + w->matrix.c * xy[i + 1] + w->matrix.e;
		s->x[i + 1] = w->matrix.b * xy[i] + w->matrix.d * xy[i + 1] + w->matrix.f;
		w->too_far |= !(fabs(s->x[i]) < FARTHEST && fabs(s->x[i + 1]) < FARTHEST); /* nor what is no number */
	}
}

void zp_path_move(zp_path_work *w, double x, double y)
{
	put(w, ZP_STEP_MOVE, (double[]){ x, y }, 2);
	w->x = w->from_x = x;
	w->y = w->from_y = y;
	w->begun = true;
}

void zp_path_line(zp_path_work *w, double x, double y)
{
	put(w, ZP_STEP_LINE, (double[]){ x, y }, 2);
	w->x = x;
	w->y = y;
}

void zp_path_curve(zp_path_work *w, double x1, double y1, double x2, double y2, double x, double y)
{
	put(w, ZP_STEP_CURVE, (double[]){ x1, y1, x2, y2, x, y }, 6);
	w->x = x;
	w->y = y;
}

void zp_path_close(zp_path_work *w)
{
	put(w, ZP_STEP_CLOSE, NULL, 0);
	w->x = w->from_x;
	w->y = w->from_y;
}

/* SVG 1.1, F.6: from two ends to a centre; then a curve for each quarter or less. */
void zp_path_arc(zp_path_work *w, double rx, double ry, double degrees, bool large, bool sweep, double x, double y)
{
	rx = fabs(rx), ry = fabs(ry);
	if (rx < 1e-9 || ry < 1e-9 || (w->x == x && w->y == y)) {
		zp_path_line(w, x, y);
		return;
	}
	const double c = cos(degrees * PI / 180), s = sin(degrees * PI / 180), hx = (w->x - x) / 2, hy = (w->y - y) / 2;
	const double px = c * hx + s * hy, py = -s * hx + c * hy, lack = px * px / (rx * rx) + py * py / (ry * ry);
	if (lack > 1)
		rx *= sqrt(lack), ry *= sqrt(lack);
	const double under = rx * rx * py * py + ry * ry * px * px, over = rx * rx * ry * ry - under;
	const double f = (large == sweep ? -1 : 1) * sqrt(over > 0 && under > 0 ? over / under : 0);
	const double qx = f * rx * py / ry, qy = -f * ry * px / rx;
	const double cx = c * qx - s * qy + (w->x + x) / 2, cy = s * qx + c * qy + (w->y + y) / 2;
	const double from = atan2((py - qy) / ry, (px - qx) / rx);
	double turn = atan2((-py - qy) / ry, (-px - qx) / rx) - from;
	turn += sweep && turn < 0 ? 2 * PI : !sweep && turn > 0 ? -2 * PI : 0;
	const int parts = (int)ceil(fabs(turn) / (PI / 2) - 1e-9) > 0 ? (int)ceil(fabs(turn) / (PI / 2) - 1e-9) : 1;
	const double step = turn / parts, reach = 4.0 / 3 * tan(step / 4);
	for (int i = 0; i < parts; i++) {
		const double t = from + i * step, u = t + step;
		const double ax = cos(t) - reach * sin(t), ay = sin(t) + reach * cos(t), bx = cos(u) + reach * sin(u), by = sin(u) - reach * cos(u);
		const bool last = i == parts - 1;
		zp_path_curve(w, cx + c * rx * ax - s * ry * ay, cy + s * rx * ax + c * ry * ay, cx + c * rx * bx - s * ry * by, cy + s * rx * bx + c * ry * by,
			      last ? x : cx + c * rx * cos(u) - s * ry * sin(u), last ? y : cy + s * rx * cos(u) + c * ry * sin(u));
	}
}

/* ---- d ---- */

/* A flag of an arc may stand without a blank behind it. */
static bool flag(const char **p, double *out)
{
	skip(p);
	if (**p != '0' && **p != '1')
		return false;
	*out = **p - '0';
	++*p;
	return true;
}

static size_t wants(char letter)
{
	switch (letter) {
	case 'M': case 'L': case 'T': return 2;
	case 'H': case 'V': return 1;
	case 'C': return 6;
	case 'S': case 'Q': return 4;
	case 'A': return 7;
	default: return 0;
	}
}

static bool numbers(const char **p, char letter, double v[7])
{
	for (size_t i = 0; i < wants(letter); i++)
		if (!(letter == 'A' && (i == 3 || i == 4) ? flag(p, &v[i]) : zp_path_number(p, &v[i])))
			return false;
	return true;
}

typedef struct held { char last; double x, y; } held; /* the control point that a smooth curve mirrors */

/* One command, its numbers absolute. */
static void obey(zp_path_work *w, char letter, const double v[7], held *h)
{
	const double x = w->x, y = w->y, mx = 2 * x - h->x, my = 2 * y - h->y;
	const bool cubic = h->last == 'C' || h->last == 'S', quadratic = h->last == 'Q' || h->last == 'T';
	const double qx = letter == 'Q' ? v[0] : quadratic ? mx : x, qy = letter == 'Q' ? v[1] : quadratic ? my : y;
	const double *end = letter == 'Q' ? v + 2 : v;
	switch (letter) {
	case 'M': zp_path_move(w, v[0], v[1]); break;
	case 'L': zp_path_line(w, v[0], v[1]); break;
	case 'H': zp_path_line(w, v[0], y); break;
	case 'V': zp_path_line(w, x, v[0]); break;
	case 'C': zp_path_curve(w, v[0], v[1], v[2], v[3], v[4], v[5]); h->x = v[2], h->y = v[3]; break;
	case 'S': zp_path_curve(w, cubic ? mx : x, cubic ? my : y, v[0], v[1], v[2], v[3]); h->x = v[0], h->y = v[1]; break;
	case 'Q': case 'T':
		zp_path_curve(w, x + 2 * (qx - x) / 3, y + 2 * (qy - y) / 3, end[0] + 2 * (qx - end[0]) / 3, end[1] + 2 * (qy - end[1]) / 3, end[0], end[1]);
		h->x = qx, h->y = qy;
		break;
	case 'A': zp_path_arc(w, v[0], v[1], v[2], v[3] > 0, v[4] > 0, v[5], v[6]); break;
	default: zp_path_close(w);
	}
	h->last = letter;
}

static void make_absolute(const zp_path_work *w, char letter, double v[7])
{
	if (letter == 'H' || letter == 'V')
		v[0] += letter == 'H' ? w->x : w->y;
	else if (letter == 'A')
		v[5] += w->x, v[6] += w->y;
	else
		for (size_t i = 0; i < wants(letter); i += 2)
			v[i] += w->x, v[i + 1] += w->y;
}

const char *zp_path_follow(zp_path_work *w, const char *d)
{
	held h = { 0, 0, 0 };
	char letter = 0;
	bool relative = false;
	for (const char *p = d + strspn(d, " \t\r\n"); *p; p += strspn(p, " \t\r\n,")) {
		const char *from = p;
		double v[7] = { 0 };
		const bool named = strchr("MLHVCSQTAZmlhvcsqtaz", *p) != NULL;
		if (named) {
			relative = *p >= 'a';
			letter = relative ? (char)(*p - 'a' + 'A') : *p;
			p++;
		} else if (letter == 0 || letter == 'Z') {
			return from;
		}
		if ((letter != 'M' && !w->begun) || !numbers(&p, letter, v))
			return from;
		if (relative)
			make_absolute(w, letter, v);
		obey(w, letter, v, &h);
		if (letter == 'M')
			letter = 'L'; /* more pairs are lines */
	}
	return NULL;
}

/* ---- transformations ---- */

zp_matrix zp_matrix_times(zp_matrix m, zp_matrix n)
{
	return (zp_matrix){ m.a * n.a + m.c * n.b, m.b * n.a + m.d * n.b, m.a * n.c + m.c * n.d, m.b * n.c + m.d * n.d,
			    m.a * n.e + m.c * n.f + m.e, m.b * n.e + m.d * n.f + m.f };
}

static bool one_matrix(const char *name, size_t n, const double *v, size_t given, zp_matrix *out)
{
	if (n == 6 && memcmp(name, "matrix", 6) == 0 && given == 6)
		*out = (zp_matrix){ v[0], v[1], v[2], v[3], v[4], v[5] };
	else if (n == 9 && memcmp(name, "translate", 9) == 0 && (given == 1 || given == 2))
		*out = (zp_matrix){ 1, 0, 0, 1, v[0], given == 2 ? v[1] : 0 };
	else if (n == 5 && memcmp(name, "scale", 5) == 0 && (given == 1 || given == 2))
		*out = (zp_matrix){ v[0], 0, 0, given == 2 ? v[1] : v[0], 0, 0 };
	else if (n == 6 && memcmp(name, "rotate", 6) == 0 && (given == 1 || given == 3)) {
		const double c = cos(v[0] * PI / 180), s = sin(v[0] * PI / 180), x = given == 3 ? v[1] : 0, y = given == 3 ? v[2] : 0;
		*out = (zp_matrix){ c, s, -s, c, x - c * x + s * y, y - s * x - c * y };
	} else
		return false;
	return true;
}

bool zp_matrix_read(const char *text, zp_matrix *out)
{
	for (const char *p = text + strspn(text, " ,"); *p; p += strspn(p, " ,")) {
		const char *name = p;
		const size_t n = strcspn(p, " (");
		double v[6];
		size_t given = 0;
		zp_matrix m;
		p += n;
		p += strspn(p, " ");
		if (*p++ != '(')
			return false;
		while (given < 6 && zp_path_number(&p, &v[given]))
			given++;
		p += strspn(p, " ");
		if (*p++ != ')' || !one_matrix(name, n, v, given, &m))
			return false;
		*out = zp_matrix_times(*out, m);
	}
	return true;
}
