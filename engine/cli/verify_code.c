/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a paper: the text of its square code, and the code to type. And the lists that tell which papers were superseded. */
#include "base/chinese.h"
#include "base/code.h"
#include "base/csv.h"
#include "base/file.h"
#include "cli/verify.h"

#define LIST_MOST (256u << 20)
#define SQUARE_MOST 2000
#define SIGNATURE_DIGITS 86

/* ---- the text ---- */

/* %XX as it was before. Gives: NULL for what is written in another way than we write it. */
static const char *unescaped(zp_arena *arena, zp_text t)
{
	char *out = zp_arena_take(arena, t.n + 1), *to = out;
	for (size_t i = 0; i < t.n; i++) {
		unsigned value = 0;
		if (t.p[i] != '%') {
			*to++ = t.p[i];
			continue;
		}
		for (size_t k = 1; k < 3; k++) {
			const char *digit = i + k < t.n ? memchr("0123456789ABCDEF", t.p[i + k], 16) : NULL;
			if (!digit)
				return NULL;
			value = value * 16 + (unsigned)(*digit <= '9' ? *digit - '0' : *digit - 'A' + 10);
		}
		*to++ = (char)value;
		i += 2;
	}
	return zp_text_is_plain((zp_text){ out, (size_t)(to - out) }) && to > out ? out : NULL;
}

/* base64url without padding: 86 digits, of which the last has four bits that are 0. */
static bool read_signature(zp_text t, uint8_t out[static ZP_SIGNATURE])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	unsigned bits = 0, held = 0;
	size_t n = 0;
	if (t.n != SIGNATURE_DIGITS)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		const char *digit = memchr(digits, t.p[i], 64);
		if (!digit)
			return false;
		held = (held << 6 | (unsigned)(digit - digits)) & 0xFFFF;
		bits += 6;
		if (bits >= 8 && n < ZP_SIGNATURE)
			bits -= 8, out[n++] = (uint8_t)(held >> bits);
	}
	return n == ZP_SIGNATURE && (held & ((1u << bits) - 1)) == 0;
}

static bool read_digest(zp_text t, char out[static ZP_DIGEST_TEXT])
{
	if (t.n != ZP_DIGEST_TEXT - 1)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		if (!memchr("0123456789ABCDEF", t.p[i], 16))
			return false;
		out[i] = (char)(t.p[i] >= 'A' ? t.p[i] - 'A' + 'a' : t.p[i]);
	}
	out[t.n] = '\0';
	return true;
}

static bool is_key(zp_text t)
{
	bool is = t.n == ZP_KEY_ID_TEXT - 1;
	for (size_t i = 0; i < t.n && is; i++)
		is = memchr("0123456789abcdef", t.p[i], 16) != NULL;
	return is || zp_text_is(t, ZP_NO_KEY);
}

bool zp_square_read(zp_arena *arena, const char *text, zp_square *s, const char **why)
{
	zp_text part[8], t = zp_text_trim(zp_text_of(text));
	size_t n = 0;
	while (t.n && (t.p[t.n - 1] == '\n' || t.p[t.n - 1] == '\r'))
		t.n--;
	const zp_text whole = t;
	*s = (zp_square){ .is_signed = false };
	*why = ZP_MESSAGE("it is no square code of this program; expected ZP1:ROUND:VERSION:LAB:DIGEST:KEY, and where it is signed :SIGNATURE");
	for (const char *end = t.p + t.n; n < 8 && t.n <= SQUARE_MOST; n++) {
		const char *colon = t.n ? memchr(t.p, ':', t.n) : NULL;
		part[n] = (zp_text){ t.p, colon ? (size_t)(colon - t.p) : t.n };
		if (!colon) {
			n++;
			break;
		}
		t = (zp_text){ colon + 1, (size_t)(end - colon - 1) };
	}
	if ((n != 6 && n != 7) || !zp_text_is(part[0], "ZP1") || !is_key(part[5]))
		return false;
	s->round = unescaped(arena, part[1]), s->version = unescaped(arena, part[2]), s->lab = unescaped(arena, part[3]);
	s->key = zp_arena_text(arena, part[5].p, part[5].n);
	if (!s->round || !s->version || !s->lab || !read_digest(part[4], s->digest))
		return false;
	zp_code_of(s->digest, s->code);
	s->is_signed = n == 7;
	s->what = (zp_text){ whole.p, (size_t)(part[5].p + part[5].n - whole.p) };
	*why = ZP_MESSAGE("its signature is cut short or misread; expected 86 letters and digits behind the last colon");
	if (s->is_signed && !read_signature(part[6], s->signature))
		return false;
	*why = ZP_MESSAGE("it names a key and has no signature");
	return s->is_signed == !zp_text_is(part[5], ZP_NO_KEY);
}

const char *zp_square_says(zp_arena *arena, const zp_square *s)
{
	if (strchr(s->round, '/')) /* the number of a year's paper */
		return zp_arena_print(arena, zp_say("paper %s, issue %s, of %s, code %s"), s->round, s->version, s->lab, s->code);
	return zp_arena_print(arena, zp_say("round %s %s, laboratory %s, code %s"), s->round, s->version, s->lab, s->code);
}

/* ---- lists of what was superseded ---- */

const zp_superseded *zp_superseded_find(const zp_verify *v, const char *round, const char *version, const char *digest)
{
	for (size_t i = 0; i < v->n_rows; i++)
		if (strcmp(v->rows[i].digest, digest) == 0 && strcmp(v->rows[i].round, round) == 0 && strcmp(v->rows[i].version, version) == 0)
			return &v->rows[i];
	return NULL;
}

static const char *cell(const zp_verify *v, zp_text t)
{
	const zp_text text = zp_csv_unguarded(t);
	return zp_arena_text(v->arena, text.p, text.n);
}

static void add_superseded(zp_verify *v, zp_superseded row)
{
	v->rows = zp_arena_more(v->arena, v->rows, v->n_rows, &v->room, sizeof *v->rows);
	v->rows[v->n_rows++] = row;
}

static bool add_row(zp_verify *v, const char *path, long line, const char *p, const char *end, zp_error *err)
{
	char *scratch = zp_arena_take(v->arena, (size_t)(end - p) + 1);
	zp_csv_cells cells;
	if (zp_csv_split(p, end, ',', &scratch, &cells) != ZP_CSV_FINE || cells.n != 6)
		return zp_fail(err, ZP_BAD_INPUT, path, line, "the line is no row of superseded papers; expected round, version, digest, replaced_by, issued, reason");
	add_superseded(v, (zp_superseded){ cell(v, cells.at[0]), cell(v, cells.at[1]), cell(v, cells.at[2]), cell(v, cells.at[3]), cell(v, cells.at[4]), cell(v, cells.at[5]) });
	return true;
}

/* A list that nobody signed could be anybody's, to make good papers look bad. */
static bool check_list(zp_verify *v, const char *path, zp_text list, zp_error *err)
{
	zp_signature_found by;
	if (!v->ring)
		return true;
	zp_signature_check(v->arena, path, list, v->ring, "", "", &by);
	if (by.state == ZP_SIGNED)
		return true;
	if (by.state == ZP_SIGNED_NOT)
		return zp_fail(err, ZP_BAD_INPUT, path, 0, "the list is not signed; expected %s.sig beside it", path);
	return by.key ? zp_fail(err, ZP_BAD_INPUT, path, 0, "the list is not to be believed: %s", by.why.told) : zp_fail_as(err, &by.why);
}

bool zp_superseded_read(zp_verify *v, const char *path, zp_error *err)
{
	static const char header[] = "round,version,digest,replaced_by,issued,reason";
	const char *why = NULL;
	const zp_text list = zp_file_read(v->arena, path, LIST_MOST, path, NULL, &why);
	if (!list.p)
		return zp_fail(err, ZP_BAD_INPUT, path, 0, "the list %s", zp_clause(why));
	if (!check_list(v, path, list, err))
		return false;
	long line = 1;
	for (const char *p = list.p, *end = list.p + list.n, *stop; p < end; p = stop + 1, line++) {
		stop = zp_csv_line_end(p, end);
		if (line == 1 && !zp_text_is((zp_text){ p, (size_t)(stop - p) }, header))
			return zp_fail(err, ZP_BAD_INPUT, path, 1, "is no list of superseded papers; expected the columns %s", header);
		if (line > 1 && stop > p && !add_row(v, path, line, p, stop, err))
			return false;
	}
	return true;
}

bool zp_superseded_take(zp_verify *v, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (v->in_by.state == ZP_SIGNED_UNKNOWN || v->in_by.state == ZP_SIGNED_WRONG || !zp_published_has(v->in, "superseded.csv"))
		return true;
	if (!zp_published_table(v->arena, v->in, "superseded.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_folder_table_next(v->arena, &table, &at, &row);)
		add_superseded(v, (zp_superseded){ zp_row_text(v->arena, &row, "round"), zp_row_text(v->arena, &row, "version"), zp_row_text(v->arena, &row, "digest"),
						   zp_row_text(v->arena, &row, "replaced_by"), zp_row_text(v->arena, &row, "issued"), zp_row_text(v->arena, &row, "reason") });
	return true;
}

/* ---- the folder that codes are looked up in ---- */

typedef struct entry { const char *lab, *issued, *number, *version; size_t n; } entry;

/* The row of a digest or of a code to type; several programmes of a laboratory share both. */
static bool look_up(zp_verify *v, const char *column, const char *value, entry *found, zp_error *err)
{
	const bool round = zp_published_has(v->in, "certificates.csv") && !zp_published_has(v->in, "codes.csv");
	zp_folder_table table;
	zp_row row;
	*found = (entry){ .n = 0 };
	if (!zp_published_table(v->arena, v->in, round ? "certificates.csv" : "codes.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_folder_table_next(v->arena, &table, &at, &row);)
		if (zp_row_is(&row, column, value) && !found->n++)
			*found = (entry){ zp_row_text(v->arena, &row, "lab"), zp_row_text(v->arena, &row, "issued"), zp_row_text(v->arena, &row, "number"), zp_row_text(v->arena, &row, "version"), 1 };
	return true;
}

/* How far the folder's word goes. */
static int in_code(const zp_verify *v)
{
	switch (v->in_by.state) {
	case ZP_SIGNED: return v->in_by.belief == ZP_BELIEVED ? ZP_SOUND : ZP_LOOK;
	case ZP_SIGNED_NOT: case ZP_SIGNED_BY_NOBODY: return ZP_LOOK;
	default: return ZP_UNSOUND;
	}
}

static const char *in_says(const zp_verify *v)
{
	switch (v->in_by.state) {
	case ZP_SIGNED: return zp_arena_print(v->arena, zp_say("%s, signed by %s, key %s"), v->in_folder, zp_verify_who(v, ""), v->in_by.key->id);
	case ZP_SIGNED_NOT: case ZP_SIGNED_BY_NOBODY: return zp_arena_print(v->arena, zp_say("%s, whose signature was not checked"), v->in_folder);
	default: return zp_arena_print(v->arena, zp_say("%s, which is not to be believed (%s)"), v->in_folder, v->in_by.why.told);
	}
}

static const zp_superseded *superseded_by_code(const zp_verify *v, const char *code)
{
	char own[ZP_CODE_TEXT];
	for (size_t i = 0; i < v->n_rows; i++)
		if (strspn(v->rows[i].digest, "0123456789abcdef") == ZP_DIGEST_TEXT - 1 && (zp_code_of(v->rows[i].digest, own), strcmp(own, code) == 0))
			return &v->rows[i];
	return NULL;
}

void zp_verify_typed(zp_verify *v, const char *code)
{
	entry found;
	zp_error err = { 0 };
	const zp_superseded *row = superseded_by_code(v, code);
	if (row) {
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: superseded: by %s, issued %s, because: %s (it was a paper of the round %s, version %s)"), code, row->replaced_by,
							 row->issued, row->reason, row->round, row->version));
	} else if (!v->in) {
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: a code to type, which is soundly typed; --in FOLDER tells whose it is"), code));
	} else if (!look_up(v, "code", code, &found, &err)) {
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: altered: %s"), code, err.told));
	} else if (!found.n) {
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: no paper has this code in %s"), code, in_says(v)));
	} else {
		zp_verify_say(v, in_code(v), zp_arena_print(v->arena, zp_say("%s: known: the paper %s of %s, issued %s, in %s"), code, found.number, found.lab, found.issued, in_says(v)));
	}
}

/* ---- square codes ---- */

/* Whether the folder knows this paper; says so where it does not. */
static bool known(zp_verify *v, const char *name, const zp_square *s)
{
	entry found;
	zp_error err = { 0 };
	if (!look_up(v, "digest", s->digest, &found, &err)) {
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: altered: %s"), name, err.told));
		return false;
	}
	const bool year = strchr(s->round, '/') != NULL;
	const bool same = found.n && strcmp(found.lab, s->lab) == 0 && (year ? strcmp(found.number, s->round) == 0 : strcmp(v->in->round, s->round) == 0 && strcmp(found.version, s->version) == 0);
	if (!same)
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: there is no such paper in %s"), name, in_says(v)));
	return same;
}

static void verify_unsigned(zp_verify *v, const char *name, const zp_square *s)
{
	const char *says = zp_square_says(v->arena, s);
	const zp_superseded *row = zp_superseded_find(v, s->round, s->version, s->digest);
	if (!row && v->in && !known(v, name, s))
		return;
	if (row)
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: superseded: by %s, issued %s, because: %s (nothing signs this code: %s)"), name, row->replaced_by, row->issued, row->reason, says));
	else if (v->in)
		zp_verify_say(v, in_code(v), zp_arena_print(v->arena, zp_say("%s: known: %s, in %s"), name, says, in_says(v)));
	else
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: not signed: it says %s, and nothing shows that this is so; --in FOLDER looks it up"), name, says));
}

static const zp_public_key *key_of(const zp_keyring *ring, const char *id)
{
	for (size_t i = 0; i < ring->n; i++)
		if (strcmp(ring->keys[i].id, id) == 0)
			return &ring->keys[i];
	return NULL;
}

static void say_signed(zp_verify *v, const char *name, const zp_square *s, const zp_public_key *k)
{
	const char *says = zp_square_says(v->arena, s), *who = zp_verify_who(v, "");
	const zp_superseded *row = zp_superseded_find(v, s->round, s->version, s->digest);
	zp_error why = { 0 };
	const zp_belief belief = zp_key_believed(k, "", &why);
	if (belief == ZP_NOT_BELIEVED)
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: the signature is not believed: %s"), name, why.told));
	else if (!row && v->in && !known(v, name, s))
		return;
	else if (row)
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: superseded: by %s, issued %s, because: %s (this one was signed by %s, key %s%s: %s)"), name,
							 row->replaced_by, row->issued, row->reason, who, k->id, zp_key_says(v->arena, k), says));
	else
		zp_verify_say(v, ZP_SOUND, zp_arena_print(v->arena, zp_say("%s: valid: signed by %s, key %s%s: %s"), name, who, k->id, zp_key_says(v->arena, k), says));
}

void zp_verify_square(zp_verify *v, const char *text)
{
	zp_square s;
	const char *why, *name = zp_say("square code");
	if (!zp_square_read(v->arena, text, &s, &why)) {
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: %s"), name, zp_say(why)));
		return;
	}
	if (!s.is_signed) {
		verify_unsigned(v, name, &s);
		return;
	}
	const zp_public_key *k = v->ring ? key_of(v->ring, s.key) : NULL;
	if (!v->ring)
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: by whom it is signed was not checked (--trust); it says key %s: %s"), name, s.key, zp_square_says(v->arena, &s)));
	else if (!k)
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: signed by key %s, which is not in the keyring"), name, s.key));
	else if (zp_keyring_signed_by(&(zp_keyring){ "", k, 1 }, s.what.p, s.what.n, s.signature) != k)
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: altered: it is not what key %s signed"), name, s.key));
	else
		say_signed(v, name, &s, k);
}
