/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping verify: whether a folder, a paper or a code is what the centre issued. It needs neither rules nor plugins nor a network. */
#include <sys/stat.h>
#include <unistd.h>
#include "base/chinese.h"
#include "base/code.h"
#include "base/file.h"
#include "cli/verify.h"
#include "press/version.h"

#define FILE_MOST 1000000000ull

void zp_verify_say(zp_verify *v, int code, const char *line)
{
	zp_text_print(zp_text_of(line), stdout);
	putchar('\n');
	if (code > v->code)
		v->code = code;
}

const char *zp_verify_who(const zp_verify *v, const char *claimed)
{
	return v->ring && *v->ring->name ? v->ring->name : *claimed ? claimed : zp_say("who holds it");
}

void zp_verify_doubt(zp_verify *v, const char *what, zp_belief belief, const zp_error *why)
{
	if (belief == ZP_BELIEVED_WITH_DOUBT)
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, "%s: %s", what, why->told));
}

/* ---- a folder ---- */

static void tell(void *self, const zp_error *e, bool fault)
{
	zp_verify_say(self, fault ? ZP_UNSOUND : ZP_LOOK, e->told);
}

static size_t superseded_papers(const zp_verify *v, const zp_verified *f, const zp_superseded **last)
{
	size_t n = 0;
	for (size_t i = 0; i < v->n_rows; i++)
		if (strcmp(v->rows[i].round, f->published->round) == 0 && strcmp(v->rows[i].version, f->published->version) == 0)
			n++, *last = &v->rows[i];
	return n;
}

static void say_inputs(zp_verify *v, const char *folder, const zp_verified *f)
{
	if (!f->inputs)
		return;
	if (f->store)
		zp_verify_say(v, ZP_SOUND, zp_arena_print(v->arena, zp_say("%s: of what went in, %zu of %zu files are kept beside it, unaltered"), folder, f->inputs_kept, f->inputs));
	else
		zp_verify_say(v, ZP_SOUND, zp_arena_print(v->arena, zp_say("%s: what went in (%zu files) is not kept beside it, and was not checked"), folder, f->inputs));
}

/* Of what it is: two rounds of a centre are signed by one key. */
static void say_what(zp_verify *v, const char *folder, const zp_published *p)
{
	if (*p->round)
		zp_verify_say(v, ZP_SOUND, zp_arena_print(v->arena, zp_say("%s: it is of the round %s, version %s"), folder, p->round, *p->version ? p->version : "-"));
	else if (p->year)
		zp_verify_say(v, ZP_SOUND, zp_arena_print(v->arena, zp_say("%s: it is of the year %d, version %s"), folder, p->year, *p->version ? p->version : "-"));
}

/* Where nothing is altered: whose it is. */
static void say_whose(zp_verify *v, const char *folder, const zp_verified *f)
{
	const char *issued = f->published->issued;
	const zp_superseded *row = NULL;
	const size_t papers = superseded_papers(v, f, &row);
	if (f->by.state == ZP_SIGNED_UNKNOWN) {
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: unknown: %s"), folder, f->by.why.told));
	} else if (f->by.state != ZP_SIGNED) {
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, f->by.state == ZP_SIGNED_NOT ? zp_say("%s: not signed: %zu files are as its manifest says, issued %s, and nothing shows whose manifest that is")
									: zp_say("%s: %zu files are as its manifest says, issued %s; by whom that is signed was not checked (--trust)"), folder, f->files, issued));
	} else {
		const char *who = zp_verify_who(v, ""), *key = zp_arena_print(v->arena, "%s%s", f->by.key->id, zp_key_says(v->arena, f->by.key));
		if (*f->replaced_by)
			zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: superseded: by %s, issued %s, because: %s (this one was signed by %s, key %s, issued %s, %zu files)"), folder,
								 f->replaced_by, f->since, f->reason, who, key, issued, f->files));
		else if (papers)
			zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: superseded: %zu of its papers by %s, issued %s, because: %s (this one was signed by %s, key %s, issued %s, %zu files)"), folder,
								 papers, row->replaced_by, row->issued, row->reason, who, key, issued, f->files));
		else
			zp_verify_say(v, ZP_SOUND, zp_arena_print(v->arena, zp_say("%s: valid: signed by %s, key %s, issued %s, %zu files"), folder, who, key, issued, f->files));
		zp_verify_doubt(v, folder, f->by.belief, &f->by.why);
	}
}

/* Of a folder of versions the one that counts; else the folder itself. */
static const char *folder_meant(zp_verify *v, const char *folder)
{
	char version[ZP_VERSION_DIGITS + 2];
	struct stat about;
	const ssize_t n = lstat(zp_arena_print(v->arena, "%s/manifest.json", folder), &about) == 0
				  ? 0 : readlink(zp_arena_print(v->arena, "%s/current", folder), version, sizeof version);
	if (n <= 0 || (size_t)n == sizeof version)
		return folder;
	version[n] = '\0';
	return zp_version_number(version) ? zp_arena_print(v->arena, "%s/%s", folder, version) : folder;
}

static void verify_folder(zp_verify *v, const char *given)
{
	const char *folder = folder_meant(v, given);
	zp_verified f;
	zp_error err = { 0 };
	if (!zp_folder_verify(v->arena, folder, v->ring, tell, v, &f, &err)) {
		const int code = zp_cli_fail(&err);
		v->code = code > v->code ? code : v->code;
		return;
	}
	say_what(v, folder, f.published);
	say_inputs(v, folder, &f);
	const size_t faults = f.altered + f.missing + f.strange + f.other;
	if (f.by.state == ZP_SIGNED_WRONG)
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: altered: %s"), folder, f.by.why.told));
	if (faults)
		zp_verify_say(v, ZP_UNSOUND, zp_arena_print(v->arena, zp_say("%s: altered: of %zu files %zu are altered and %zu are missing; %zu more do not belong; other faults: %zu"), folder, f.files,
							    f.altered, f.missing, f.strange, f.other));
	else if (f.by.state != ZP_SIGNED_WRONG)
		say_whose(v, folder, &f);
}

/* ---- what is what ---- */

static bool is_pdf(const char *path, zp_text file)
{
	const size_t n = strlen(path);
	return (file.n >= 5 && memcmp(file.p, "%PDF-", 5) == 0) || (n > 4 && strcmp(path + n - 4, ".pdf") == 0);
}

static void verify_path(zp_verify *v, const char *path)
{
	const char *why = NULL;
	zp_error err = { 0 };
	zp_arena *whole = v->arena;
	v->arena = zp_arena_open(); /* papers may be many */
	const zp_text file = zp_file_read(v->arena, path, FILE_MOST, path, NULL, &why);
	if (!file.p) {
		if (zp_code_is_mistyped(path))
			zp_fail(&err, ZP_BAD_INPUT, path, 0, "is no code: its last character does not fit the others; expected it as it is printed");
		else
			zp_fail(&err, ZP_BAD_INPUT, path, 0, "%s; expected a published folder, a PDF, a signed file, the text of a square code, or a code such as 7K3M-9QPT-X2", zp_clause(why));
		const int code = zp_cli_fail(&err);
		v->code = code > v->code ? code : v->code;
	} else if (is_pdf(path, file)) {
		zp_verify_pdf(v, path, file);
	} else {
		zp_verify_file(v, path, file);
	}
	zp_arena_close(v->arena);
	v->arena = whole;
}

static void verify_one(zp_verify *v, const char *what)
{
	struct stat about;
	char code[ZP_CODE_TEXT];
	if (strncmp(what, "ZP", 2) == 0 && strchr(what, ':'))
		zp_verify_square(v, what);
	else if (stat(what, &about) == 0 && S_ISDIR(about.st_mode))
		verify_folder(v, what);
	else if (stat(what, &about) != 0 && zp_code_read(what, code))
		zp_verify_typed(v, code);
	else
		verify_path(v, what);
}

static bool open_in(zp_verify *v, zp_error *err)
{
	v->in = zp_published_open(v->arena, v->in_folder, err);
	if (v->in)
		zp_published_signature(v->arena, v->in, v->ring, &v->in_by);
	const char *later = v->in ? zp_folder_later(v->arena, v->in_folder, v->in->version) : NULL;
	if (later)
		zp_verify_say(v, ZP_LOOK, zp_arena_print(v->arena, zp_say("%s: a later version, %s, lies beside it, by which papers of this one may be superseded; expected --in with that"), v->in_folder, later));
	return v->in && zp_superseded_take(v, err);
}

int zp_command_verify(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	if (!zp_options_read(self, argc, argv, 1, 1000000, &given))
		return ZP_BAD_USE;
	zp_verify v = { .arena = zp_arena_open(), .in_folder = zp_option_given(&given, "in") };
	const char *trust = zp_option_given(&given, "trust");
	bool good = !trust || (v.ring = zp_keyring_read(v.arena, trust, &err));
	size_t at = 0;
	for (const char *list; good && (list = zp_option_next(&given, "superseded", &at));)
		good = zp_superseded_read(&v, list, &err);
	good = good && (!v.in_folder || open_in(&v, &err));
	for (int i = 0; i < given.n_rest && good; i++)
		verify_one(&v, given.rest[i]);
	zp_arena_close(v.arena);
	return good ? v.code : zp_cli_fail(&err);
}
