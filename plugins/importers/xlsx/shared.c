/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared.h"

typedef struct reader {
	zp_package *k;
	const zp_part *part;
	zp_strings *to;
	zp_rich rich;
	bool inside; /* of an <si> */
} reader;

static bool refuse(reader *r, const char *why)
{
	return zp_xlsx_refuse(r->k->r, 0, 0, "its part %s has %s", r->part->name, why);
}

static zp_step on_start(void *self, const char *name, const zp_attributes *a)
{
	reader *r = self;
	const char *why = NULL;
	if (r->inside) {
		zp_step step = zp_rich_start(&r->rich, name, a, &why);
		if (step == ZP_STOP)
			refuse(r, why);
		return step;
	}
	if (strcmp(name, "extLst") == 0)
		return ZP_OVER;
	if (strcmp(name, "si") != 0 || r->to->n == ZP_STRINGS) {
		refuse(r, r->to->n == ZP_STRINGS ? "more than 1,048,576 texts" : "something other than texts (<si>)");
		return ZP_STOP;
	}
	r->inside = true;
	zp_rich_begin(&r->rich, &r->to->text);
	return ZP_INTO;
}

static bool on_end(void *self, const char *name)
{
	reader *r = self;
	const char *why = NULL;
	if (strcmp(name, "si") != 0)
		return zp_rich_end(&r->rich, &why) || refuse(r, why);
	r->inside = false;
	uint32_t end = (uint32_t)r->to->text.n;
	r->to->n++;
	return (zp_store_add(&r->to->ends, (const char *)&end, sizeof end) &&
		zp_store_add(&r->to->unfit, (const char *)&r->rich.unfit, sizeof r->rich.unfit)) || refuse(r, "more text than there is memory for");
}

static bool on_text(void *self, zp_text text)
{
	reader *r = self;
	const char *why = NULL;
	if (r->inside)
		return zp_rich_text(&r->rich, text, &why) || refuse(r, why);
	return zp_is_blank(text) || refuse(r, "text between elements");
}

bool zp_strings_read(zp_package *k, const zp_part *part, zp_strings *to)
{
	*to = (zp_strings){ .text = { .most = ZP_PART_INFLATED }, .ends = { .most = ZP_STRINGS * sizeof(uint32_t) },
			    .unfit = { .most = ZP_STRINGS * sizeof(const char *) } };
	reader r = { .k = k, .part = part, .to = to };
	const zp_listener listener = { .self = &r, .space = ZP_NS_MAIN, .root = "sst", .never = "si", .start = on_start, .end = on_end,
				       .text = on_text };
	return !part || zp_xml_part(k, part, &listener);
}

void zp_strings_end(zp_strings *s)
{
	zp_store_end(&s->text);
	zp_store_end(&s->ends);
	zp_store_end(&s->unfit);
}

zp_text zp_string_at(const zp_strings *s, size_t i, const char **unfit)
{
	uint32_t from = 0, to;
	if (i)
		memcpy(&from, s->ends.p + (i - 1) * sizeof from, sizeof from);
	memcpy(&to, s->ends.p + i * sizeof to, sizeof to);
	memcpy(unfit, s->unfit.p + i * sizeof *unfit, sizeof *unfit);
	return (zp_text){ s->text.p ? s->text.p + from : "", to - from };
}
