/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the findings of docs/methods/findings.md are made: of a laboratory in which nothing is wrong, and of one with a known fault.
 *   findings [ROUNDS]
 * Units of everything: percent of the limit; the targets are 1 to 5 in equal steps of the logarithm, the limit is 10 percent. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/findings.h"

#define SAMPLES_MOST 20
#define PCT 0.1 /* the limit, of the target */

typedef struct fault { const char *name; double spread, within, constant, proportional, odd; int heavy; } fault;

static double draw(zp_random *r, int heavy)
{
	const double z = zp_random_normal(r);
	if (!heavy)
		return z;
	double chi = 0; /* Student's t with five degrees of freedom, of spread 1 */
	for (int i = 0; i < 5; i++) {
		const double v = zp_random_normal(r);
		chi += v * v;
	}
	return z / sqrt(chi / 5) * sqrt(3.0 / 5);
}

typedef struct counts { unsigned long any, form[ZP_FORMS], odd, scattered; } counts;

static counts run(const fault *f, size_t n, size_t n_peers, unsigned long rounds, double step)
{
	const zp_findings_how how = { .least = 5, .chance = 0.002, .bias = 30, .scatter = 50, .step = step, .n_peers = n_peers };
	counts c = { 0 };
	for (unsigned long i = 0; i < rounds; i++) {
		zp_random r = zp_random_stream(1, i, n);
		zp_deviation p[SAMPLES_MOST];
		for (size_t s = 0; s < n; s++) {
			const double x = pow(5, n > 1 ? (double)s / (double)(n - 1) : 0), limit = PCT * x;
			/* spread of the peers as it is found among so many */
			const double known = f->spread / 100 * limit * (1 + zp_random_normal(&r) * 0.8 / sqrt((double)n_peers));
			p[s] = (zp_deviation){ x, 0, known, limit, false };
			p[s].d = f->within / 100 * limit * draw(&r, f->heavy) + f->constant / 100 * PCT * sqrt(5) + f->proportional / 100 * limit;
			p[s].d += s == 1 ? f->odd / 100 * limit : 0;
			p[s].d = step > 0 ? nearbyint(p[s].d / step) * step : p[s].d;
			p[s].alert = fabs(p[s].d) > limit;
		}
		const zp_deviations d = zp_deviations_of(p, n, &how);
		c.form[d.form]++;
		c.odd += d.odd != ZP_NO_SAMPLE;
		c.scattered += d.scattered;
		c.any += d.form != ZP_FORM_NONE || d.odd != ZP_NO_SAMPLE || d.scattered;
	}
	return c;
}

int main(int argc, char **argv)
{
	static const fault faults[] = {
		{ "nothing, spread 30, within 30", 30, 30, 0, 0, 0, 0 }, { "nothing, spread 40, within 40", 40, 40, 0, 0, 0, 0 },
		{ "nothing, spread 50, within 50", 50, 50, 0, 0, 0, 0 }, { "nothing, spread 30, within 20", 30, 20, 0, 0, 0, 0 },
		{ "nothing, spread 50, within 50, t of 5", 50, 50, 0, 0, 0, 1 },
		{ "nothing, spread 30, within 45", 30, 45, 0, 0, 0, 0 },
		{ "constant 50, spread 30, within 10", 30, 10, 50, 0, 0, 0 }, { "constant 50, spread 30, within 20", 30, 20, 50, 0, 0, 0 },
		{ "constant 80, spread 30, within 10", 30, 10, 80, 0, 0, 0 }, { "constant 80, spread 30, within 20", 30, 20, 80, 0, 0, 0 },
		{ "proportional 50, spread 30, within 10", 30, 10, 0, 50, 0, 0 }, { "proportional 50, spread 30, within 20", 30, 20, 0, 50, 0, 0 },
		{ "proportional 80, spread 30, within 10", 30, 10, 0, 80, 0, 0 }, { "proportional 80, spread 30, within 20", 30, 20, 0, 80, 0, 0 },
		{ "scatter twice, spread 30, within 60", 30, 60, 0, 0, 0, 0 }, { "scatter thrice, spread 30, within 90", 30, 90, 0, 0, 0, 0 },
		{ "one sample off by 150, spread 30, within 20", 30, 20, 0, 0, 150, 0 }, { "one sample off by 200, spread 30, within 20", 30, 20, 0, 0, 200, 0 },
	};
	const unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 200000;
	printf("%-46s %7s %5s | %7s %8s %12s %7s %6s %6s %8s\n", "laboratory", "samples", "peers", "any %", "constant", "proportional", "either", "mixed", "odd", "scatter");
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		for (size_t k = 0; k < 4; k++) {
			static const struct { size_t n, peers; double step; } cases[] = { { 5, 12, 0 }, { 5, 100, 0 }, { 10, 100, 0 }, { 5, 100, 0.03 } };
			const double all = (double)rounds / 100;
			const counts c = run(&faults[i], cases[k].n, cases[k].peers, rounds, cases[k].step);
			printf("%-46s %4zu%s %5zu | %7.3f %8.3f %12.3f %7.3f %6.3f %6.3f %8.3f\n", faults[i].name, cases[k].n, cases[k].step > 0 ? " r " : "   ",
			       cases[k].peers, (double)c.any / all, (double)c.form[ZP_FORM_CONSTANT] / all, (double)c.form[ZP_FORM_PROPORTIONAL] / all,
			       (double)c.form[ZP_FORM_EITHER] / all, (double)c.form[ZP_FORM_MIXED] / all, (double)c.odd / all, (double)c.scattered / all);
		}
	return 0;
}
