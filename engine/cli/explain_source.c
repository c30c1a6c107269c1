/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everything that is printed comes from: the round, the paper's own number, code and digest, rules and files with their digests,
 * decisions, and what a version changed of the one before. */
#include <stdlib.h>
#include "cli/explain.h"
#include <string.h>

typedef struct zp_entry { const zp_published *published; const char *list; size_t i; } zp_entry;

static const char *of_entry(const zp_telling *t, const void *of, const char *name)
{
	const zp_entry *e = of;
	return zp_published_at(t->arena, e->published, e->list, e->i, name);
}

static void tell_list(const zp_telling *t, const char *list, const char *english, const char *chinese)
{
	for (size_t i = 0; i < zp_published_count(t->published, list); i++) {
		const zp_entry e = { t->published, list, i };
		printf("%s\n", zp_say_facts(t, &(zp_facts){ of_entry, &e }, english, chinese));
	}
}

const char *zp_tell_date(const zp_telling *t, const char *date)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" };
	if (strlen(date) < 10 || date[4] != '-' || date[7] != '-')
		return date;
	const int month = atoi(date + 5), day = atoi(date + 8);
	if (month < 1 || month > 12)
		return date;
	return t->chinese ? zp_arena_print(t->arena, "%.4s 年 %d 月 %d 日", date, month, day) : zp_arena_print(t->arena, "%d %s %.4s", day, months[month - 1], date);
}

static const char *of_manifest(const zp_telling *t, const void *of, const char *name)
{
	(void)of;
	if (strcmp(name, "digest") == 0)
		return t->published->digest;
	if (strcmp(name, "issued-on") == 0)
		return zp_tell_date(t, t->published->issued);
	if (strncmp(name, "amends ", 7) == 0)
		return zp_published_says(t->arena, t->published, "amends", name + 7);
	if (strncmp(name, "ledger ", 7) == 0)
		return zp_published_says(t->arena, t->published, "ledger", name + 7);
	return zp_published_says(t->arena, t->published, NULL, name);
}

/* What the version changed for this laboratory, or of everybody's targets: whatever columns there are. */
static bool tell_changes(const zp_telling *t, const char *lab, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	const zp_facts facts = { of_manifest, NULL };
	printf("%s", zp_say_facts(t, &facts, "[amends {amends version}: {amends reason}\n][  decided by {amends by}\n][  digest of the manifest that was replaced {amends sha256}\n]",
				  "[更正 {amends version}：{amends reason}\n][  决定人 {amends by}\n][  被替换清单的摘要 {amends sha256}\n]"));
	if (!zp_telling_table(t, "changes.csv", &table, err))
		return false;
	for (const char *at = table.text.p; at && zp_folder_table_next(t->arena, &table, &at, &row);) {
		const char *whose = zp_told(t, &row, "lab");
		if (*whose && strcmp(whose, lab) != 0)
			continue;
		printf("  %s", zp_pick(t, "changed:", "变更："));
		for (size_t i = 0; i < table.header.n && i < row.cells.n; i++)
			if (row.cells.at[i].n)
				printf(" %.*s=%.*s", (int)table.header.at[i].n, table.header.at[i].p, (int)row.cells.at[i].n, row.cells.at[i].p);
		putchar('\n');
	}
	return true;
}

/* The files that its own results came from: names of the others may be codes of other laboratories. */
static void tell_results(const zp_telling *t, const char *lab)
{
	const size_t n = zp_published_count(t->published, "results");
	bool *own = zp_take(t->arena, bool, n + 1);
	size_t others = 0;
	zp_row row;
	for (const char *at = t->scores.text.p ? zp_folder_table_find(&t->scores, lab) : NULL; at && zp_folder_table_next(t->arena, &t->scores, &at, &row) && zp_row_is(&row, "lab", lab);) {
		const unsigned long file = strtoul(zp_told(t, &row, "file"), NULL, 10);
		if (file >= 1 && file <= n)
			own[file - 1] = true;
	}
	for (size_t i = 0; i < n; i++) {
		const zp_entry e = { t->published, "results", i };
		if (own[i] || t->centre)
			printf("%s\n", zp_say_facts(t, &(zp_facts){ of_entry, &e }, "  results {name}, SHA-256 {sha256}", "  结果 {name}，SHA-256 {sha256}"));
		else
			others++;
	}
	if (others)
		ZP_TELL(t, "  and %zu files of results of others (in the manifest)\n", "  另有 %zu 个他人的结果文件（见清单）\n", others);
}

bool zp_tell_source(const zp_telling *t, const char *lab, zp_error *err)
{
	const zp_facts facts = { of_manifest, NULL };
	printf("%s", zp_say_facts(t, &facts, "[{name_en}\n][{name}\n][  round {number} of {year}, by {organiser}\n][  open from {opens} to {closes}\n]  issued {issued-on}\n  manifest: SHA-256 {digest}\n[  head of the ledger: {ledger head}\n][  signed with the key {key}\n]",
				  "[{name}\n][  {year} 年第 {number} 次，组织者 {organiser}\n][  回报时间 {opens} 至 {closes}\n]  签发日期 {issued-on}\n  清单 SHA-256 {digest}\n[  台账末端摘要 {ledger head}\n][  签名密钥 {key}\n]"));
	if (!zp_tell_rows(t, "register.csv", "lab", lab, "laboratory {lab} {name}[, region {region} {region_name}][, class {class}][, institution {institution}][, {department}]",
			  "实验室 {lab} {name}[，地区 {region} {region_name}][，类别 {class}][，机构 {institution}][，{department}]", err) ||
	    !zp_tell_rows(t, "certificates.csv", "lab", lab, "  certificate No. {number} ({programme})[, {version}][: check code {code}, digest {digest}][, head of the ledger {head}][: {items} measurands, issue {issue}, first issued {issued}: {measurands}]",
			  "  证书编号 {number}（{programme}）[{version}][：验证码 {code}，摘要 {digest}][，台账末端摘要 {head}][：{items} 个项目，第 {issue} 次签发，首次签发 {issued}：{measurands}]", err) ||
	    !tell_changes(t, lab, err))
		return false;
	printf("%s\n", zp_pick(t, "rules and files that it rests on:", "所依据的规则与文件："));
	tell_list(t, "programmes", "  {code}: scheme {scheme} {version}, pass mark {pass} %", "  {code}：方案 {scheme} {version}，合格线 {pass} %");
	tell_list(t, "rules", "  rule {name}, SHA-256 {sha256}", "  规则 {name}，SHA-256 {sha256}");
	tell_list(t, "inputs", "  input {name}, SHA-256 {sha256}", "  输入 {name}，SHA-256 {sha256}");
	tell_results(t, lab);
	tell_list(t, "earlier", "  earlier round {round} {version}, SHA-256 of its manifest {sha256}", "  以往轮次 {round} {version}，清单 SHA-256 {sha256}");
	tell_list(t, "rounds", "  round {round} {version}, SHA-256 of its manifest {manifest}", "  轮次 {round} {version}，清单 SHA-256 {manifest}");
	tell_list(t, "approvals", "  approved[ as {meaning}] by {who}[ on {when}][: {why}]", "  批准[（{meaning}）]：{who}[，{when}][：{why}]");
	return true;
}

void zp_tell_decided(const zp_telling *t, const char *lab, const char *measurand)
{
	for (size_t i = 0; i < zp_published_count(t->published, "decisions"); i++) {
		const zp_entry e = { t->published, "decisions", i };
		const char *whose = of_entry(t, &e, "lab"), *of = of_entry(t, &e, "measurand");
		if ((strcmp(whose, "*") != 0 && strcmp(whose, lab) != 0) || (measurand && strcmp(of, "*") != 0 && strcmp(of, measurand) != 0))
			continue;
		printf("%s\n", zp_say_facts(t, &(zp_facts){ of_entry, &e },
					    "decision: {kind}, {programme} {measurand} {sample}[, value {value}]: {who}, {when}: {why}[ ({evidence})]",
					    "决定：{kind}，{programme} {measurand} {sample}[，值 {value}]：{who}，{when}：{why}[（{evidence}）]"));
	}
}
