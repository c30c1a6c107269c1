/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/certificates.h"
#include <stdio.h>
#include <string.h>

const char *zp_certified_word(zp_certified c)
{
	static const char *const words[] = { "certified", "nothing-evaluated", "too-few-rounds", "unsatisfactory-round", "excused-round",
		"absent-round", "unsuccessful", "fewer-than-k", "mean-below", "none-satisfactory" };
	return words[c];
}

/* ---- one line ---- */

/* The rounds of the year as a policy counts them. */
typedef struct year {
	unsigned held, evaluated, satisfactory, participated, excused, absent;
	zp_fraction sum;        /* of S1 */
	int64_t credit, total;  /* pooled */
} year;

static bool participates(const zp_year_cell *cell, const zp_certificate_rule *rule)
{
	switch ((zp_outcome)cell->outcome) {
	case ZP_OUT_SATISFACTORY: return true;
	case ZP_OUT_UNSATISFACTORY:
		return cell->standing != ZP_STANDS_NOT_RETURNED && (cell->standing != ZP_STANDS_LATE || rule->late_participates);
	case ZP_OUT_NOT_EVALUATED:
		return cell->standing == ZP_STANDS_RETURNED || cell->standing == ZP_STANDS_BLANK ||
		       (cell->standing == ZP_STANDS_LATE && rule->late_participates);
	case ZP_OUT_EXCUSED: return rule->excused == ZP_EXCUSED_PARTICIPATED;
	default: return false;
	}
}

static void add_round(year *y, const zp_year_cell *cell, const zp_certificate_rule *rule)
{
	if (cell->outcome == ZP_OUT_NOT_HELD)
		return;
	y->held++;
	y->participated += participates(cell, rule);
	y->excused += cell->outcome == ZP_OUT_EXCUSED;
	y->absent += cell->outcome == ZP_OUT_ABSENT;
	if (cell->outcome < ZP_OUT_SATISFACTORY)
		return;
	y->evaluated++;
	y->satisfactory += cell->outcome == ZP_OUT_SATISFACTORY;
	if (rule->policy != ZP_POLICY_MEAN)
		return;
	y->credit += cell->credit;
	y->total += (int64_t)cell->total * 100;
	/* an unsatisfactory round without a total was not scored at all: a zero */
	y->sum = zp_fraction_plus(y->sum, cell->total ? zp_fraction_of(cell->credit, (int64_t)cell->total * 100) : zp_fraction_of(0, 1));
}

/* A number asked for of a whole year, in a year of `held` rounds. */
static unsigned shortened(unsigned asked, unsigned held, const zp_certificate_rule *rule)
{
	if (rule->short_year == ZP_SHORT_CAP)
		return asked < held ? asked : held;
	if (rule->short_year == ZP_SHORT_SCALE && held < (unsigned)rule->n)
		return (asked * held + (unsigned)rule->n - 1) / (unsigned)rule->n;
	return asked;
}

static zp_fraction mean_of(const year *y, const zp_certificate_rule *rule)
{
	const unsigned zeros = (rule->excused == ZP_EXCUSED_FAIL ? y->excused : 0) + (rule->absent_fails ? y->absent : 0);
	if (rule->pooled) /* rounds without a total have no weight there, so zeros for rounds without results cannot count */
		return zp_fraction_of(y->credit, y->total);
	zp_fraction mean = y->sum;
	mean.den *= y->evaluated + zeros;
	return mean;
}

/* What stands in the way beside the minimum. */
static zp_certified by_policy(const year *y, const zp_certificate_rule *rule, const zp_status *status, const zp_cert_line *line)
{
	const bool excused = rule->excused == ZP_EXCUSED_FAIL && y->excused, absent = rule->absent_fails && y->absent;
	switch ((zp_policy)rule->policy) {
	case ZP_POLICY_ALL_ROUNDS:
		return y->satisfactory < y->evaluated ? ZP_CERT_UNSATISFACTORY_ROUND : excused ? ZP_CERT_EXCUSED_ROUND :
		       absent ? ZP_CERT_ABSENT_ROUND : ZP_CERTIFIED;
	case ZP_POLICY_NOT_UNSUCCESSFUL:
		return status->year == ZP_STATUS_UNSUCCESSFUL ? ZP_CERT_UNSUCCESSFUL : excused ? ZP_CERT_EXCUSED_ROUND :
		       absent ? ZP_CERT_ABSENT_ROUND : ZP_CERTIFIED;
	case ZP_POLICY_K_OF_N:
		return y->satisfactory < line->k ? ZP_CERT_FEWER_THAN_K : ZP_CERTIFIED;
	case ZP_POLICY_MEAN:
		if (rule->pooled && (excused || absent))
			return excused ? ZP_CERT_EXCUSED_ROUND : ZP_CERT_ABSENT_ROUND;
		return zp_fraction_reaches(line->mean, rule->mark, rule->printed) ? ZP_CERTIFIED : ZP_CERT_MEAN_BELOW;
	default:
		return ZP_CERTIFIED;
	}
}

zp_cert_line zp_cert_line_of(const zp_year_cell *cells, const zp_year_held *held, size_t n, const zp_certificate_rule *rule, const zp_status *status)
{
	year y = { .sum = zp_fraction_of(0, 1) };
	for (size_t i = 0; i < n; i++)
		if (held[i].in_year)
			add_round(&y, &cells[i], rule);
	zp_cert_line line = { .held = (uint8_t)y.held, .participated = (uint8_t)y.participated, .satisfactory = (uint8_t)y.satisfactory,
		.k = (uint8_t)shortened((unsigned)rule->k, y.held, rule), .least = (uint8_t)shortened((unsigned)rule->min_rounds, y.held, rule) };
	if (rule->policy == ZP_POLICY_MEAN && y.evaluated)
		line.mean = mean_of(&y, rule);
	line.certified = (uint8_t)(!y.evaluated ? ZP_CERT_NOTHING_EVALUATED : line.participated < line.least ? ZP_CERT_TOO_FEW_ROUNDS :
		by_policy(&y, rule, status, &line));
	if (line.certified == ZP_CERTIFIED && rule->need_satisfactory && !y.satisfactory)
		line.certified = ZP_CERT_NONE_SATISFACTORY;
	return line;
}

/* ---- a policy over the year ---- */

static bool is_for(const zp_certificate_rule *rule, const zp_year_programme *p)
{
	return rule->levels & 1u << p->says->level && (!*rule->organiser || strcmp(rule->organiser, p->organiser) == 0);
}

zp_cert_lines zp_cert_lines_take(zp_arena *arena, const zp_chronicle *c, const zp_statuses *statuses, const zp_certificate_rule *rule)
{
	const zp_cert_line **of = zp_take(arena, const zp_cert_line *, c->n_programmes + 1);
	for (size_t i = 0; i < c->n_programmes; i++) {
		const zp_year_programme *p = &c->programmes[i];
		if (!is_for(rule, p))
			continue;
		zp_cert_line *at = zp_take(arena, zp_cert_line, p->n_labs * p->n_measurands + 1);
		for (size_t lab = 0; lab < p->n_labs; lab++)
			for (size_t k = 0; k < p->n_measurands; k++)
				at[lab * p->n_measurands + k] = zp_cert_line_of(zp_year_cells(p, lab, k), p->held, p->n_held, rule,
					zp_status_at(statuses, c, i, lab, k));
		of[i] = at;
	}
	return (zp_cert_lines){ rule, of };
}

const char *zp_cert_impossible(zp_arena *arena, const zp_chronicle *c, size_t programme, const zp_certificate_rule *rule, bool chinese)
{
	const zp_year_programme *p = &c->programmes[programme];
	const unsigned held = (unsigned)p->n_year, k = rule->policy == ZP_POLICY_K_OF_N ? shortened((unsigned)rule->k, held, rule) : 0;
	const unsigned least = shortened((unsigned)rule->min_rounds, held, rule), asked = k > least ? k : least;
	if (!held || !is_for(rule, p) || asked <= held)
		return NULL;
	if (chinese)
		return zp_arena_print(arena, "专业“%s”本年度只举行了 %u 次，证书“%s”要求 %u 次：没有实验室能够达到；请主办方重新规定次数",
				      p->says->name, held, rule->name, asked);
	return zp_arena_print(arena, "programme \"%s\" had %u round%s in the year and certificate \"%s\" asks for %u: nobody can meet it; "
			      "the organiser has to state the number anew", p->says->code, held, held == 1 ? "" : "s", rule->id, asked);
}

/* ---- papers ---- */

static const char *list_of(zp_arena *arena, const zp_year_programme *p, const uint32_t *at, size_t n)
{
	size_t size = 1;
	for (size_t i = 0; i < n; i++)
		size += strlen(p->measurands[at[i]].says->code) + 1;
	char *out = zp_arena_take(arena, size), *to = out;
	for (size_t i = 0; i < n; i++)
		to += sprintf(to, "%s%s", i ? " " : "", p->measurands[at[i]].says->code);
	return out;
}

/* All that is printed beside the codes. */
static const char *says(zp_arena *arena, const zp_certificate *paper, const zp_year_programme *p)
{
	enum { HEAD = 6 };
	const char **words = zp_take(arena, const char *, HEAD + 3 * paper->n_measurands);
	const char *const head[HEAD] = { paper->rule->name, paper->rule->name_en, p->says->name, p->says->name_en, p->organiser,
		p->n_held ? p->held[p->n_held - 1].round->organiser_en : "" };
	memcpy(words, head, sizeof head);
	for (size_t i = 0; i < paper->n_measurands; i++) {
		const zp_annal_measurand *m = p->measurands[paper->measurands[i]].says;
		words[HEAD + 3 * i] = m->name;
		words[HEAD + 3 * i + 1] = m->name_en;
		words[HEAD + 3 * i + 2] = m->specimen;
	}
	return zp_paper_says(arena, paper->list, words, HEAD + 3 * paper->n_measurands);
}

static void number(zp_arena *arena, zp_certificate *paper, const zp_chronicle *c, const zp_numbers *given)
{
	const zp_year_programme *p = &c->programmes[paper->programme];
	const zp_year_lab *lab = &c->labs[paper->lab];
	const char *key = zp_arena_print(arena, "%d/%c/%s/%s/%s", c->year, "NPCD"[p->says->level], paper->rule->id,
					 zp_number_piece(arena, p->says->code), zp_number_piece(arena, lab->code));
	const zp_issued *was = zp_numbers_latest(given, key, &paper->issue);
	const bool same = was && zp_issued_is(was, lab->code, lab->says->name, paper->says);
	paper->issue += !same;
	paper->issued = same ? was->issued : NULL;
	paper->number = zp_arena_print(arena, "%s/%u", key, paper->issue);
}

static bool take_paper(zp_arena *arena, const zp_chronicle *c, const zp_cert_lines *lines, size_t programme, size_t row, zp_certificate *out)
{
	const zp_year_programme *p = &c->programmes[programme];
	uint32_t *at = zp_take(arena, uint32_t, p->n_measurands + 1);
	size_t n = 0;
	for (uint32_t k = 0; k < p->n_measurands; k++)
		if (lines->of[programme][row * p->n_measurands + k].certified == ZP_CERTIFIED)
			at[n++] = k;
	*out = (zp_certificate){ .rule = lines->rule, .lab = p->labs[row], .programme = (uint32_t)programme, .measurands = at, .n_measurands = n };
	if (!n)
		return false;
	out->list = list_of(arena, p, at, n);
	out->says = says(arena, out, p);
	return true;
}

/* The same number for two programmes could not be told apart on paper. */
static bool check_organisers(const zp_chronicle *c, const zp_cert_lines *lines, zp_error *err)
{
	for (size_t i = 1; i < c->n_programmes; i++) {
		const zp_annal_programme *a = c->programmes[i - 1].says, *b = c->programmes[i].says;
		if (lines->of[i - 1] && lines->of[i] && a->level == b->level && strcmp(a->code, b->code) == 0)
			return zp_fail(err, ZP_BAD_RULES, NULL, lines->rule->line, "certificate \"%s\" is for programme \"%s\" of two organisers, "
				       "\"%s\" and \"%s\"; expected organiser=\"...\" to say whose", lines->rule->id, b->code,
				       c->programmes[i - 1].organiser, c->programmes[i].organiser);
	}
	return true;
}

zp_certificates zp_certificates_take(zp_arena *arena, const zp_chronicle *c, const zp_cert_lines *lines, const zp_issued *issued,
				     size_t n_issued, zp_error *err)
{
	const zp_numbers *given = zp_numbers_take(arena, issued, n_issued);
	size_t room = 1;
	if (!check_organisers(c, lines, err))
		return (zp_certificates){ NULL, 0 };
	for (size_t i = 0; i < c->n_programmes; i++)
		room += lines->of[i] ? c->programmes[i].n_labs : 0;
	zp_certificate *at = zp_take(arena, zp_certificate, room);
	zp_certificates out = { at, 0 };
	for (size_t i = 0; i < c->n_programmes; i++)
		for (size_t row = 0; lines->of[i] && row < c->programmes[i].n_labs; row++)
			if (take_paper(arena, c, lines, i, row, &at[out.n])) {
				number(arena, &at[out.n], c, given);
				out.n++;
			}
	return out;
}
