/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/verified.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/chinese.h"
#include "base/file.h"
#include "press/version.h"
#include "press/walked.h"

#define MANIFEST "manifest.json"
#define SIGNATURE_MOST 4096
#define VERSIONS_MOST 100000

typedef struct verifying {
	zp_arena *arena;
	const char *folder;
	const zp_keyring *ring;
	zp_verified *v;
	zp_verified_tell *tell;
	void *self;
	const zp_input **listed; /* by name */
	const zp_input **by_digest;
	size_t n;
	zp_walked walked;
} verifying;

/* Tell(c, fault, place, "sentence", …) */
#define TELL(c, fault, place, ...) do { zp_error told_ = { 0 }; zp_fail(&told_, ZP_BAD_INPUT, (place), 0, __VA_ARGS__); (c)->tell((c)->self, &told_, (fault)); } while (0)

static const char *path_of(const verifying *c, const char *name) { return zp_arena_print(c->arena, "%s/%s", c->folder, name); }

/* ---- signatures ---- */

static bool is_id(const char *text)
{
	return strlen(text) == ZP_KEY_ID_TEXT - 1 && strspn(text, "0123456789abcdef") == ZP_KEY_ID_TEXT - 1;
}

static bool has_key(const zp_keyring *ring, const char *id)
{
	for (size_t i = 0; i < ring->n; i++)
		if (strcmp(ring->keys[i].id, id) == 0)
			return true;
	return false;
}

/* No signature: fine for what says that it has none. */
static void check_absent(const char *place, const char *claimed, const char *why, zp_signature_found *f)
{
	const bool none = !is_id(claimed);
	f->state = none ? ZP_SIGNED_NOT : ZP_SIGNED_WRONG;
	if (!none)
		zp_fail(&f->why, ZP_BAD_INPUT, place, 0, "the signature %s, and what is signed says that key %s signed it", zp_clause(why), claimed);
}

static void check_by(const char *place, const char *claimed, const char *date, zp_signature_found *f)
{
	if (is_id(claimed) && strcmp(claimed, f->key->id) != 0) {
		f->state = ZP_SIGNED_WRONG;
		zp_fail(&f->why, ZP_BAD_INPUT, place, 0, "the signature is by key %s, and what is signed says key %s", f->key->id, claimed);
		return;
	}
	f->belief = zp_key_believed(f->key, date, &f->why);
	f->state = f->belief == ZP_NOT_BELIEVED ? ZP_SIGNED_UNKNOWN : ZP_SIGNED;
}

void zp_signature_check(zp_arena *arena, const char *path, zp_text bytes, const zp_keyring *ring, const char *claimed, const char *date, zp_signature_found *f)
{
	const char *place = zp_arena_print(arena, "%s.sig", path), *why = NULL;
	struct stat about;
	*f = (zp_signature_found){ .belief = ZP_BELIEVED };
	if (lstat(place, &about) != 0) {
		check_absent(place, claimed, "does not exist", f);
		return;
	}
	const zp_text signature = zp_file_read(arena, place, SIGNATURE_MOST, place, NULL, &why);
	if (!signature.p || signature.n != ZP_SIGNATURE) {
		f->state = ZP_SIGNED_WRONG;
		zp_fail(&f->why, ZP_BAD_INPUT, place, 0, "is no signature; expected a file of %d bytes", ZP_SIGNATURE);
		return;
	}
	f->key = ring ? zp_keyring_signed_by(ring, bytes.p, bytes.n, (const uint8_t *)signature.p) : NULL;
	if (f->key) {
		check_by(place, claimed, date, f);
	} else if (!ring) {
		f->state = ZP_SIGNED_BY_NOBODY;
	} else if (has_key(ring, claimed)) {
		f->state = ZP_SIGNED_WRONG;
		zp_fail(&f->why, ZP_BAD_INPUT, path, 0, "the signature does not hold: this or %s was altered after key %s signed it", place, claimed);
	} else if (is_id(claimed)) {
		f->state = ZP_SIGNED_UNKNOWN;
		zp_fail(&f->why, ZP_BAD_INPUT, place, 0, "says that key %s signed it, which is not in the keyring", claimed);
	} else {
		f->state = ZP_SIGNED_UNKNOWN;
		zp_fail(&f->why, ZP_BAD_INPUT, place, 0, "is the signature of none of the keys of the keyring, or this was altered");
	}
}

void zp_published_signature(zp_arena *arena, const zp_published *p, const zp_keyring *ring, zp_signature_found *found)
{
	zp_signature_check(arena, zp_arena_print(arena, "%s/" MANIFEST, p->folder), p->manifest, ring, zp_published_says(arena, p, NULL, "key"), p->issued, found);
}

/* ---- what the manifest lists ---- */

static int by_name(const void *a, const void *b) { return strcmp((*(const zp_input *const *)a)->name, (*(const zp_input *const *)b)->name); }

static int by_digest(const void *a, const void *b) { return strcmp((*(const zp_input *const *)a)->sha256, (*(const zp_input *const *)b)->sha256); }

static void take_list(verifying *c)
{
	size_t n;
	const zp_input *all = zp_published_list(c->arena, c->v->published, "outputs", &n);
	c->listed = zp_take(c->arena, const zp_input *, n + 1);
	c->by_digest = zp_take(c->arena, const zp_input *, n + 1);
	for (size_t i = 0; i < n; i++)
		c->listed[i] = c->by_digest[i] = &all[i];
	if (n)
		qsort(c->listed, n, sizeof *c->listed, by_name), qsort(c->by_digest, n, sizeof *c->by_digest, by_digest);
	c->n = c->v->files = n;
	for (size_t i = 1; i < n; i++)
		if (strcmp(c->listed[i - 1]->name, c->listed[i]->name) == 0) {
			TELL(c, true, path_of(c, MANIFEST), "lists %s twice", c->listed[i]->name);
			c->v->other++;
		}
	if (n)
		return;
	TELL(c, true, path_of(c, MANIFEST), "lists no files; expected what was published");
	c->v->other++;
}

/* Which of the published files has these bytes: NULL for none, and for what is empty. */
static const char *name_of(const verifying *c, const char *sha256)
{
	zp_input found = { .name = "" };
	snprintf(found.sha256, sizeof found.sha256, "%s", sha256);
	const zp_input *p = &found, **at = c->n ? bsearch(&p, c->by_digest, c->n, sizeof *c->by_digest, by_digest) : NULL;
	return at && (*at)->size ? (*at)->name : NULL;
}

/* ---- its files ---- */

static void check_listed(verifying *c, const zp_input *listed, const zp_walked_file *file)
{
	zp_input now;
	const char *why = NULL, *place = path_of(c, listed->name);
	if (!file->ordinary) {
		TELL(c, true, place, "altered: it is no ordinary file");
	} else if (!zp_walked_digest(place, &now, &why)) {
		TELL(c, true, place, "altered: it %s", zp_clause(why));
	} else if (now.size == listed->size && strcmp(now.sha256, listed->sha256) == 0) {
		return;
	} else if (name_of(c, now.sha256)) {
		TELL(c, true, place, "altered: it is the %s of this folder under another name", name_of(c, now.sha256));
	} else if (now.size != listed->size) {
		TELL(c, true, place, "altered: it has %llu bytes; %llu were published", (unsigned long long)now.size, (unsigned long long)listed->size);
	} else {
		TELL(c, true, place, "altered: its digest is %s; %s was published", now.sha256, listed->sha256);
	}
	c->v->altered++;
}

static void check_strange(verifying *c, const zp_walked_file *file)
{
	zp_input now;
	const char *why = NULL, *place = path_of(c, file->name), *was = NULL;
	if (strcmp(file->name, MANIFEST) == 0 || strcmp(file->name, MANIFEST ".sig") == 0) {
		if (file->ordinary)
			return;
		TELL(c, true, place, "altered: it is no ordinary file");
		c->v->other++;
		return;
	}
	if (file->ordinary && zp_walked_digest(place, &now, &why))
		was = name_of(c, now.sha256);
	if (was)
		TELL(c, true, place, "does not belong here: it is the %s of this folder under another name", was);
	else
		TELL(c, true, place, "does not belong here: it was not published");
	c->v->strange++;
}

/* Both in the order of their names. */
static void check_files(verifying *c)
{
	size_t i = 0, k = 0;
	while (i < c->n || k < c->walked.n) {
		const int order = i == c->n ? 1 : k == c->walked.n ? -1 : strcmp(c->listed[i]->name, c->walked.at[k].name);
		if (order == 0) {
			check_listed(c, c->listed[i++], &c->walked.at[k]);
			while (i < c->n && strcmp(c->listed[i]->name, c->walked.at[k].name) == 0) /* listed twice: told already */
				i++;
			k++;
		} else if (order < 0) {
			TELL(c, true, path_of(c, c->listed[i++]->name), "is missing");
			c->v->missing++;
		} else {
			check_strange(c, &c->walked.at[k++]);
		}
	}
}

/* ---- what went in ---- */

static void check_input(verifying *c, const zp_input *in)
{
	zp_input now;
	const char *why = NULL;
	const bool sound = strlen(in->sha256) == ZP_DIGEST_TEXT - 1 && strspn(in->sha256, "0123456789abcdef") == ZP_DIGEST_TEXT - 1;
	const char *place = zp_arena_print(c->arena, "%s/../inputs/%.2s/%s", c->folder, sound ? in->sha256 : "", sound ? in->sha256 : "");
	c->v->inputs++;
	if (!c->v->store)
		return;
	if (!sound || !zp_walked_digest(place, &now, &why)) {
		TELL(c, false, place, "%s went in and is not kept beside the versions: it %s", in->name, zp_clause(sound ? why : "does not exist"));
		c->v->inputs_lost++;
	} else if (strcmp(now.sha256, in->sha256) != 0 || now.size != in->size) {
		TELL(c, true, place, "altered: this was kept as %s, and is not what went in", in->name);
		c->v->other++;
	} else {
		c->v->inputs_kept++;
	}
}

static void check_inputs(verifying *c)
{
	static const char *const lists[] = { "rules", "inputs", "results" };
	struct stat about;
	c->v->store = stat(zp_arena_print(c->arena, "%s/../inputs", c->folder), &about) == 0 && S_ISDIR(about.st_mode);
	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
		size_t n;
		const zp_input *all = zp_published_list(c->arena, c->v->published, lists[l], &n);
		for (size_t i = 0; i < n; i++)
			check_input(c, &all[i]);
	}
}

/* ---- its versions ---- */

static const char *last_name(zp_arena *arena, const char *folder)
{
	size_t n = strlen(folder);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	size_t from = n;
	while (from && folder[from - 1] != '/')
		from--;
	return zp_arena_text(arena, folder + from, n - from);
}

/* The latest of the versions that lie beside a folder, and after this one; NULL: none does. */
static const char *latest_beside(zp_arena *arena, const char *folder, long after)
{
	const long latest = after ? zp_version_newest(zp_arena_print(arena, "%s/..", folder)) : 0;
	return latest > after ? zp_arena_print(arena, "v%ld", latest) : NULL;
}

const char *zp_folder_later(zp_arena *arena, const char *folder, const char *version) { return latest_beside(arena, folder, zp_version_number(version)); }

/* The version of that name beside it; NULL when there is none that can be read. */
static const zp_published *beside(const verifying *c, const char *version)
{
	zp_error err = { 0 };
	struct stat about;
	const char *folder = zp_arena_print(c->arena, "%s/../%s", c->folder, version);
	return zp_version_number(version) && stat(folder, &about) == 0 && S_ISDIR(about.st_mode) ? zp_published_open(c->arena, folder, &err) : NULL;
}

/* Whether p says that it took the place of the version `of` whose manifest has this digest. */
static bool replaces(const verifying *c, const zp_published *p, const char *of, const char *digest)
{
	return strcmp(zp_published_says(c->arena, p, "amends", "version"), of) == 0 && strcmp(zp_published_says(c->arena, p, "amends", "sha256"), digest) == 0;
}

/* There is no version of this number: whether there are others all the same. */
static void check_gap(verifying *c, long next)
{
	const char *latest = latest_beside(c->arena, c->folder, next - 1);
	if (latest)
		TELL(c, false, zp_arena_print(c->arena, "%s/../%s", c->folder, latest), "is a later version, and v%ld, which comes before it, is missing or cannot be read", next);
}

/* From version to version upwards. A later one counts when it is signed as well as this one is. */
static void find_later(verifying *c)
{
	const char *version = c->v->published->version, *digest = c->v->published->digest;
	long number = *c->v->published->round ? zp_version_number(version) : 0;
	for (long next = number + 1; number && next < VERSIONS_MOST; next++) {
		const zp_published *p = beside(c, zp_arena_print(c->arena, "v%ld", next));
		zp_signature_found by;
		if (!p) {
			check_gap(c, next);
			return;
		}
		if (!replaces(c, p, version, digest)) {
			TELL(c, false, p->folder, "is a later version that does not say that it takes the place of this %s", version);
			return;
		}
		zp_published_signature(c->arena, p, c->ring, &by);
		if (c->ring && by.state != ZP_SIGNED) {
			TELL(c, false, p->folder, "says that it takes the place of %s, and is not signed by a key of the keyring", version);
			return;
		}
		c->v->replaced_by = p->version, c->v->since = p->issued, c->v->reason = zp_published_says(c->arena, p, "amends", "reason");
		version = p->version, digest = p->digest;
	}
}

/* And downwards: each version names the digest of the manifest before it. */
static void check_earlier(verifying *c)
{
	const zp_published *p = c->v->published;
	for (long left = VERSIONS_MOST; left-- && p;) {
		const char *version = zp_published_says(c->arena, p, "amends", "version"), *digest = zp_published_says(c->arena, p, "amends", "sha256");
		const zp_published *earlier = *version ? beside(c, version) : NULL;
		if (*version && zp_version_number(version) >= zp_version_number(p->version)) {
			TELL(c, true, zp_arena_print(c->arena, "%s/" MANIFEST, p->folder), "says that %s takes the place of %s, which is not earlier", p->version, version);
			c->v->other++;
			return;
		}
		if (earlier && strcmp(earlier->digest, digest) != 0) {
			TELL(c, true, zp_arena_print(c->arena, "%s/" MANIFEST, earlier->folder), "altered: it is not the manifest that %s takes the place of", p->version);
			c->v->other++;
		}
		p = earlier;
	}
}

/* The manifest of a year does not say what it takes the place of: what lies beside it by a later name is told, and no more. */
static void find_later_year(verifying *c)
{
	const zp_published *own = c->v->published;
	const char *latest = *own->round ? NULL : latest_beside(c->arena, c->folder, zp_version_number(*own->version ? own->version : last_name(c->arena, c->folder)));
	const zp_published *p = latest ? beside(c, latest) : NULL;
	if (p)
		TELL(c, false, p->folder, "is a later version of the same, issued %s", p->issued);
}

/* A folder is named for its version: another's content under this name is an old one put in its place. */
static void check_name(verifying *c)
{
	const char *name = last_name(c->arena, c->folder), *version = c->v->published->version;
	if (!zp_version_number(name) || !*version || strcmp(name, version) == 0)
		return;
	TELL(c, true, c->folder, "the folder is called %s, and its manifest is that of %s", name, version);
	c->v->other++;
}

/* So is the folder that versions are published in, for its round or year. A centre may call it otherwise; a version of another that was laid
 * there looks the same. */
static void check_round(verifying *c)
{
	const zp_published *p = c->v->published;
	struct stat about;
	const char *wanted = *p->round ? p->round : p->year ? zp_arena_print(c->arena, "year-%d%s", p->year, zp_published_draft(p) ? "-draft" : "") : "";
	char *parent = *wanted && c->v->store && lstat(zp_arena_print(c->arena, "%s/../current", c->folder), &about) == 0
		? realpath(zp_arena_print(c->arena, "%s/..", c->folder), NULL) : NULL;
	const char *name = parent ? last_name(c->arena, parent) : "";
	if (*name && strcmp(name, wanted) != 0)
		TELL(c, false, c->folder, "it lies in the folder of %s, and its manifest is that of %s", name, wanted);
	free(parent);
}

bool zp_folder_verify(zp_arena *arena, const char *folder, const zp_keyring *ring, zp_verified_tell *tell, void *self, zp_verified *v, zp_error *err)
{
	verifying c = { .arena = arena, .folder = folder, .ring = ring, .v = v, .tell = tell, .self = self };
	*v = (zp_verified){ .replaced_by = "", .reason = "", .since = "" };
	v->published = zp_published_open(arena, folder, err);
	if (!v->published || !zp_walk(arena, folder, &c.walked, err))
		return false;
	zp_published_signature(arena, v->published, ring, &v->by);
	check_name(&c);
	take_list(&c);
	check_files(&c);
	check_inputs(&c);
	check_round(&c);
	check_earlier(&c);
	find_later(&c);
	find_later_year(&c);
	if (zp_published_draft(v->published))
		TELL(&c, false, folder, "is a draft: nothing of it was issued");
	return true;
}
