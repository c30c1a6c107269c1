/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/approvals.h"
#include "base/digest.h"
#include "base/instant.h"

#define WORDS "rules decisions publishing"

const char *zp_approved_word(zp_approved what)
{
	static const char *const words[ZP_APPROVEDS] = { "rules", "decisions", "publishing" };
	return words[what];
}

const char *zp_approved_says(zp_approved what)
{
	static const char *const says[ZP_APPROVEDS] = { "the rules", "the decisions", "publishing" };
	return says[what];
}

static bool take_counts(const zp_reader *r, const zp_element *e, unsigned needed[ZP_APPROVEDS])
{
	bool good = zp_element_check(r, e, "", WORDS, "");
	for (int k = 0; good && k < ZP_APPROVEDS; k++) {
		int n = (int)needed[k];
		good = zp_element_whole(r, e, zp_approved_word((zp_approved)k), 0, ZP_APPROVALS_MOST, &n);
		needed[k] = (unsigned)n;
	}
	return good;
}

/* What holds for every round of the centre. */
static void take_centre(zp_shelf *shelf, unsigned needed[ZP_APPROVEDS])
{
	zp_volume *v = zp_shelf_find(shelf, "centre.xml", ZP_IN_RULES);
	const zp_xml *xml = v ? zp_shelf_read(shelf, v, "centre", shelf->rules) : NULL;
	if (!xml)
		return;
	const zp_reader r = { shelf->arena, v->file, shelf->rules };
	bool good = zp_element_check(&r, xml->root, "", "", "approvals");
	const zp_element *e = zp_element_only(&r, xml->root, "approvals");
	good = good && (!e || take_counts(&r, e, needed));
	if (good)
		zp_shelf_validate(shelf, v, "centre", shelf->rules);
}

void zp_approvals_needed(const zp_reader *r, zp_shelf *shelf, const zp_element *round, unsigned needed[ZP_APPROVEDS])
{
	const zp_element *e = zp_element_only(r, round, "approvals");
	take_centre(shelf, needed);
	unsigned own[ZP_APPROVEDS];
	memcpy(own, needed, sizeof own);
	if (!e || !take_counts(r, e, own))
		return;
	for (int k = 0; k < ZP_APPROVEDS; k++) {
		if (own[k] < needed[k])
			zp_refuse(r, e, "the round asks for %u approvals of %s, and the centre (centre.xml of the rules) for %u; expected as many, or more", own[k],
				  zp_approved_says((zp_approved)k), needed[k]);
		needed[k] = own[k];
	}
}

static bool is_digest(const char *text)
{
	return strlen(text) == ZP_DIGEST_TEXT - 1 && strspn(text, "0123456789abcdef") == ZP_DIGEST_TEXT - 1;
}

bool zp_approval_take(const zp_reader *r, const zp_element *e, zp_approval *a)
{
	int what = 0;
	int64_t at;
	if (!zp_element_check(r, e, "what digest who at meaning", "", "") || !zp_element_word(r, e, "what", WORDS, &what))
		return false;
	*a = (zp_approval){ (zp_approved)what, zp_attribute_of(e, "digest"), zp_element_text(r, e, "who"), zp_attribute_of(e, "at"),
			    zp_element_text(r, e, "meaning"), e->line };
	bool good = is_digest(a->digest) ||
		    zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected 64 digits of 0-9 and a-f, as zhiping close --draft tells them", "digest", "approve",
			      zp_text_show(r->arena, zp_text_of(a->digest)));
	return (zp_instant_read(zp_text_of(a->at), &at) ||
		zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected an instant such as 2026-03-15T17:00:00+08:00", "at", "approve",
			  zp_text_show(r->arena, zp_text_of(a->at)))) && good;
}
