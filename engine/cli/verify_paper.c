/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF with a signature within it, and a file with one beside it. */
#include "cli/verify.h"

/* What a PDF says that it is: a square code in words, else as it stands. */
static const char *described(const zp_verify *v, const char *reason, zp_square *square, bool *is_square)
{
	const char *why;
	*is_square = zp_square_read(v->arena, reason, square, &why);
	return *is_square ? zp_square_says(v->arena, square) : reason;
}

static void say_valid(zp_verify *v, const char *path, const zp_pdf_found *f)
{
	zp_square square;
	bool is_square;
	const char *what = described(v, f->reason, &square, &is_square), *who = zp_verify_who(v, f->name);
	const zp_superseded *row = is_square ? zp_superseded_find(v, square.round, square.version, square.digest) : NULL;
	if (row)
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: superseded: by %s, issued %s, because: %s (this one was signed by %s, key %s%s, issued %s: %s)"),
							 path, row->replaced_by, row->issued, row->reason, who, f->key->id, zp_key_says(v->arena, f->key), f->date, what));
	else
		zp_verify_say(v, ZP_SOUND, zp_arena_print(v->arena, zp_say("%s: valid: signed by %s, key %s%s, issued %s: %s"), path, who, f->key->id,
							  zp_key_says(v->arena, f->key), f->date, what));
	zp_verify_doubt(v, path, f->belief, &f->why);
}

static void say_nobodys(zp_verify *v, const char *path, const zp_pdf_found *f)
{
	zp_square square;
	bool is_square;
	const char *what = described(v, f->reason, &square, &is_square);
	zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: unaltered since it was signed, but by whom was not checked (--trust): it says by %s, key %s, issued %s: %s"),
						 path, f->name, f->claimed, f->date, what));
}

static void say_unknown(zp_verify *v, const char *path, const zp_pdf_found *f)
{
	if (f->key)
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: the signature is not believed: %s"), path, f->why.told));
	else
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: signed by key %s, which is not in the keyring; it calls itself %s"), path, f->claimed, f->name));
}

void zp_verify_pdf(zp_verify *v, const char *path, zp_text file)
{
	zp_pdf_found found;
	zp_pdf_check(v->arena, file, v->ring, &found);
	switch (found.state) {
	case ZP_PDF_VALID: say_valid(v, path, &found); break;
	case ZP_PDF_NOBODYS: say_nobodys(v, path, &found); break;
	case ZP_PDF_UNKNOWN: say_unknown(v, path, &found); break;
	case ZP_PDF_ALTERED:
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: altered: %s"), path, found.why.told));
		break;
	case ZP_PDF_FOREIGN:
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: it has a signature, but not in the form of this program"), path));
		break;
	case ZP_PDF_UNSIGNED:
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: not signed: nothing shows whether it is what was issued"), path));
		break;
	}
}

void zp_verify_file(zp_verify *v, const char *path, zp_text file)
{
	zp_signature_found by;
	zp_signature_check(v->arena, path, file, v->ring, "", "", &by);
	switch (by.state) {
	case ZP_SIGNED:
		zp_verify_say(v, ZP_SOUND, zp_arena_print(v->arena, zp_say("%s: valid: signed by %s, key %s%s"), path, zp_verify_who(v, ""), by.key->id, zp_key_says(v->arena, by.key)));
		zp_verify_doubt(v, path, by.belief, &by.why);
		break;
	case ZP_SIGNED_BY_NOBODY:
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: there is a signature, but by whom was not checked (--trust)"), path));
		break;
	case ZP_SIGNED_NOT:
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: not signed: it is no PDF, and there is no %s.sig"), path, path));
		break;
	case ZP_SIGNED_UNKNOWN:
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: %s"), path, by.why.told));
		break;
	case ZP_SIGNED_WRONG:
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: altered: %s"), path, by.why.told));
		break;
	}
}
