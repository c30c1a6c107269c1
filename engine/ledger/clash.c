/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/clash.h"
#include <string.h>
#include "base/names.h"

/* The latest entry of a code on the registers of one organiser. */
typedef struct entry { const zp_annal_lab *lab; const zp_annal_round *round; } entry;

static bool differ(const entry *a, const entry *b)
{
	return strcmp(a->lab->name, b->lab->name) != 0 && strcmp(a->lab->region, b->lab->region) != 0;
}

static const char *called(const zp_annal_round *round, const char *code, const char *(*name)(void *, const zp_annal_round *, const char *), void *self)
{
	return name ? name(self, round, code) : code;
}

const zp_clash *zp_clashes_find(zp_arena *arena, const zp_annal_round *const *rounds, size_t n_rounds,
				const char *(*code)(void *self, const zp_annal_round *, const char *), void *self, size_t *n)
{
	zp_arena *work = zp_arena_open();
	zp_names *codes = zp_names_take(work), *organisers = zp_names_take(work);
	for (size_t i = 0; i < n_rounds; i++) {
		zp_names_add(organisers, zp_text_of(rounds[i]->organiser));
		for (size_t k = 0; k < rounds[i]->n_labs; k++)
			zp_names_add(codes, zp_text_of(called(rounds[i], rounds[i]->labs[k].code, code, self)));
	}
	const size_t n_codes = zp_names_count(codes), n_organisers = zp_names_count(organisers);
	entry *latest = zp_take(work, entry, n_codes * n_organisers + 1);
	for (size_t i = 0; i < n_rounds; i++) {
		const size_t organiser = zp_names_find(organisers, zp_text_of(rounds[i]->organiser));
		for (size_t k = 0; k < rounds[i]->n_labs; k++) {
			const zp_annal_lab *lab = &rounds[i]->labs[k];
			entry *e = &latest[organiser * n_codes + zp_names_find(codes, zp_text_of(called(rounds[i], lab->code, code, self)))];
			if (!e->round || strcmp(e->round->closes, rounds[i]->closes) <= 0)
				*e = (entry){ lab, rounds[i] };
		}
	}
	zp_clash *out = zp_take(arena, zp_clash, n_codes + 1);
	*n = 0;
	for (size_t c = 0; c < n_codes; c++) {
		const entry *first = NULL;
		for (size_t o = 0; o < n_organisers; o++) {
			const entry *e = &latest[o * n_codes + c];
			if (first && e->lab && differ(first, e)) {
				const char *name = called(e->round, e->lab->code, code, self);
				out[(*n)++] = (zp_clash){ name, first->lab, e->lab, first->round, e->round };
				break;
			}
			first = first ? first : e->lab ? e : NULL;
		}
	}
	zp_arena_close(work);
	return out;
}

const char *zp_clash_says(zp_arena *arena, const zp_clash *c, bool chinese)
{
	return zp_arena_print(arena, chinese ? "编码“%s”对应两家实验室：轮次 %s 的名册上是“%s”（%s），轮次 %s 的名册上是“%s”（%s）" :
			      "the code \"%s\" is of two laboratories: \"%s\" of region %s on the register of round %s, \"%s\" of region %s on that of round %s",
			      c->code, chinese ? c->of_one->id : c->one->name, chinese ? c->one->name : c->one->region, chinese ? c->one->region : c->of_one->id,
			      chinese ? c->of_other->id : c->other->name, chinese ? c->other->name : c->other->region, chinese ? c->other->region : c->of_other->id);
}
