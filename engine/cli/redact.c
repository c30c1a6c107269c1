/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping redact: what a centre can publish of a round. A published version never changes, so this makes a folder of its own, whose manifest names
 * the one that it was made of. */
#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "cli/cli.h"
#include "cli/redact.h"
#include "model/bond.h"
#include "press/machine.h"
#include "press/signed.h"

#define LEAST 5
#define LINKED_MOST (1u << 20)

uint32_t zp_redact_measurand(const zp_redaction *r, const zp_row *row)
{
	return zp_names_find(r->measurands, zp_text_of(zp_arena_print(r->arena, "%s\t%s", zp_redact_cell(r, row, "programme"), zp_redact_cell(r, row, "measurand"))));
}

bool zp_redact_told(const zp_redaction *r, uint32_t measurand) { return measurand != ZP_NO_NAME && r->laboratories[measurand] >= r->least; }

/* How many laboratories have each measurand. Rows of a laboratory and measurand stand beside each other. */
static void count_laboratories(zp_redaction *r)
{
	size_t lines = 1;
	for (size_t i = 0; i < r->verdicts.text.n; i++)
		lines += r->verdicts.text.p[i] == '\n';
	r->laboratories = zp_take(r->arena, size_t, lines);
	zp_row row;
	for (const char *at = r->verdicts.text.p; zp_folder_table_next(r->arena, &r->verdicts, &at, &row);)
		if (!zp_row_is(&row, "measurand", "*") && !zp_row_is(&row, "standing", "not_performed") && !zp_row_is(&row, "standing", "not_enrolled"))
			r->laboratories[zp_names_add(r->measurands, zp_text_of(zp_arena_print(r->arena, "%s\t%s", zp_redact_cell(r, &row, "programme"), zp_redact_cell(r, &row, "measurand"))))]++;
}

/* The key is the digest of the scores with something before them: whoever has the manifest alone, which tells the digest of the scores, cannot
 * make it. */
static bool make_key(zp_redaction *r, const char *linked, zp_error *err)
{
	static const char before[] = "zhiping redact 1";
	zp_text of = r->scores.text;
	if (linked) {
		const char *why = NULL;
		of = zp_file_read(r->arena, linked, LINKED_MOST, linked, NULL, &why);
		if (!of.p || of.n < 16)
			return zp_fail(err, ZP_BAD_INPUT, linked, 0, "the file of the centre's own that links pseudonyms cannot be used; expected a file of 16 bytes at least that nobody else has");
	}
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, before, sizeof before);
	zp_digest_add(d, of.p, of.n);
	zp_digest_close(d, r->key);
	return true;
}

static void put_about(zp_piece *out, const zp_redaction *r, const char *linked)
{
	zp_piece_print(out,
		       "本文件夹由一轮已签发的质评结果制成，供公开使用（docs/formats/redacted.md）。没有实验室编码和名称；少于 %u 个实验室的分组、项目和地区不列出，\n"
		       "可由其余数据推算出它们的也一并略去；结果按代号列出，代号只对应一个实验室的一个项目，%s。\n"
		       "不足 %u 个实验室共有的分组合并，偏差以允许限的整数百分数表示，不列所报数值。原签发版本不变，其清单摘要见 manifest.json。\n\n",
		       r->least, linked ? "各轮之间以中心自有的文件相连" : "各轮之间不能相连", r->least);
	zp_piece_print(out,
		       "This folder was made of a published round, to be made public (docs/formats/redacted.md). It holds no code and no name of a laboratory. Groups,\n"
		       "measurands and regions of fewer than %u laboratories are left out, and so is what they could be worked out from. Results stand under pseudonyms;\n"
		       "each is of one laboratory and one measurand, and %s. Groups that fewer than %u share are put together; deviations\n"
		       "are whole percent of the limit, and what was sent is not told. The published version is unchanged; manifest.json has the digest of its manifest.\n",
		       r->least, linked ? "rounds are linked by a file of the centre's own" : "cannot be linked between rounds", r->least);
}

static bool write_manifest(const zp_redaction *r, const char *engine, zp_error *err)
{
	zp_members *m = zp_members_take(r->arena), *from = zp_members_object(m, "redacted");
	zp_members_count(m, "format", 1);
	zp_members_text(m, "engine", engine);
	zp_members_text(m, "issued", r->published->issued);
	zp_members_text(m, "key", r->signer ? zp_signer_id(r->signer) : ZP_NO_KEY);
	zp_members_count(m, "least", r->least);
	zp_machine_files(zp_members_list(m, "outputs"), zp_press_files(r->press), zp_press_count(r->press));
	zp_members_text(from, "manifest", r->published->digest);
	zp_members_text(from, "round", r->published->round);
	zp_members_text(from, "version", r->published->version);
	const zp_text text = zp_members_write(m);
	return zp_press_write_signed(r->press, "manifest.json", text.p, text.n, err);
}

static bool write_all(zp_redaction *r, const char *linked, const char *engine, zp_error *err)
{
	zp_piece about = { 0 };
	if (!zp_redact_targets(r, err) || !zp_redact_scores(r, err) || !zp_redact_shares(r, err))
		return false;
	put_about(&about, r, linked);
	const bool good = zp_press_write(r->press, "about.txt", about.bytes, about.n, err);
	free(about.bytes);
	return good && write_manifest(r, engine, err) && zp_press_publish(r->press, err);
}

const char *zp_redact(zp_arena *arena, const char *folder, const char *into, const char *linked, const char *engine, const zp_signer *signer, zp_error *err)
{
	zp_redaction r = { .arena = arena, .signer = signer, .least = LEAST, .measurands = zp_names_take(arena), .shown = zp_names_take(arena) };
	r.published = zp_published_open(arena, folder, err);
	if (!r.published)
		return NULL;
	if (!*r.published->round) {
		zp_fail(err, ZP_BAD_INPUT, folder, 0, "this is no published round; expected a folder such as out/ROUND/v1");
		return NULL;
	}
	if (!zp_published_table(arena, r.published, "scores.csv", &r.scores, err) || !zp_published_table(arena, r.published, "targets.csv", &r.targets, err) ||
	    !zp_published_table(arena, r.published, "verdicts.csv", &r.verdicts, err) || !zp_published_table(arena, r.published, "regions.csv", &r.regions, err) ||
	    !make_key(&r, linked, err))
		return NULL;
	count_laboratories(&r);
	r.press = zp_press_open(into, r.published->round, r.published->version, err);
	if (!r.press)
		return NULL;
	zp_press_sign_with(r.press, signer);
	const bool good = (!signer || zp_signer_serves(signer, r.published->issued, err)) && write_all(&r, linked, engine, err) && zp_press_current(into, r.published->round, r.published->version, err);
	const char *target = good ? zp_arena_print(arena, "%s", zp_press_target(r.press)) : NULL;
	zp_press_close(r.press);
	return target;
}

int zp_command_redact(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	const char *into = zp_option_given(&given, "into");
	if (!into || !*into) {
		fprintf(stderr, zp_say("zhiping redact: --into DIR is needed\n"));
		return ZP_BAD_USE;
	}
	zp_arena *arena = zp_arena_open();
	zp_signer *signer = NULL;
	const char *made = zp_cli_signer(&given, NULL, &signer, &err)
				   ? zp_redact(arena, given.rest[0], into, zp_option_given(&given, "linked"), PACKAGE_STRING, signer, &err) : NULL;
	zp_signer_close(signer);
	if (made)
		printf(zp_say("made fit to be published: %s\n"), made);
	else
		zp_cli_fail(&err);
	zp_arena_close(arena);
	return (int)err.code;
}
