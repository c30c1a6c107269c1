/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The templates of certificates that come with the rules, for tests of who draws them. */
#ifndef ZP_TESTS_TEMPLATES_H
#define ZP_TESTS_TEMPLATES_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include "book/certificate.h"
#include "host/plugin.h"

/* Read NAME of the rules, or a file. */
static inline const zp_template *template_of(zp_arena *arena, const char *name)
{
	zp_problems *problems = zp_problems_take(arena);
	const zp_template *t = zp_certificate_read(arena, RULES, name, NULL, problems);
	if (!t)
		zp_problems_print(problems, stderr);
	cr_assert(t, "the template %s cannot be read", name);
	return t;
}

static inline void usual_templates(zp_arena *arena, zp_edition *edition)
{
	static const char *const names[ZP_TEMPLATE_KINDS] = { "round", "annual", "recognition", "title" };
	for (int i = 0; i < ZP_TEMPLATE_KINDS; i++)
		edition->templates[i] = template_of(arena, names[i]);
}

#endif
