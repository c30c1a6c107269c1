/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check.h"
#include "cli/picture.h"

static void print_states(const zp_run *run, const zp_receipt *receipts, bool chinese)
{
	size_t of[ZP_RECEIPT_STATES] = { 0 };
	for (size_t i = 0; i < run->roster->n_labs; i++)
		of[receipts[i].state]++;
	fputs(chinese ? "实验室：" : "laboratories:", stdout);
	const char *before = chinese ? "" : " ";
	for (int s = ZP_RECEIPT_STATES - 1; s >= 0; s--)
		if (of[s]) {
			printf("%s%s %zu", before, zp_receipt_says((zp_receipt_state)s, chinese), of[s]);
			before = chinese ? "、" : ", ";
		}
	putchar('\n');
}

#define NUMBERS 7
typedef struct widths { int code, name; } widths;

static widths room_for(const zp_run *run, const zp_receipt *receipts, bool all, size_t most)
{
	widths w = { 4, 4 };
	for (size_t i = 0, n = 0; i < run->roster->n_labs && n < most; i++) {
		if (!all && !zp_receipt_calls(&receipts[i]))
			continue;
		w.code = zp_print_room(w.code, run->roster->labs[i].code);
		w.name = zp_print_room(w.name, run->roster->labs[i].name);
		n++;
	}
	return w;
}

static void print_heads(const widths *w, bool chinese)
{
	static const char *const heads[2][NUMBERS] = { { "expected", "returned", "blank", "missing", "late", "conflict", "refused" },
						       { "应报", "已报", "漏报", "未报", "迟报", "矛盾", "拒收" } };
	zp_print_cell(chinese ? "编码" : "code", w->code + 2);
	zp_print_cell(chinese ? "名称" : "name", w->name);
	for (int k = 0; k < NUMBERS; k++)
		zp_print_cell(heads[chinese][k], -10);
	printf("  %s\n", chinese ? "状态" : "state");
}

static void print_row(const zp_lab *lab, const zp_receipt *r, const widths *w, bool chinese)
{
	const size_t numbers[NUMBERS] = { r->expected, r->of[ZP_RETURNED] + r->of[ZP_UNREADABLE], r->of[ZP_BLANK], r->of[ZP_NOT_RETURNED], r->of[ZP_LATE],
					  r->of[ZP_CONFLICT], r->refused };
	zp_print_cell(lab->code, w->code + 2);
	zp_print_cell(lab->name, w->name);
	for (int k = 0; k < NUMBERS; k++)
		printf("%10zu", numbers[k]);
	printf("  %s\n", zp_receipt_says(r->state, chinese));
}

void zp_check_table(const zp_run *run, const zp_receipt *receipts, bool all, bool chinese)
{
	const zp_roster *roster = run->roster;
	size_t n = 0, wanted = 0, most = all ? SIZE_MAX : ZP_TABLE_LABS;
	print_states(run, receipts, chinese);
	for (size_t i = 0; i < roster->n_labs; i++)
		wanted += all || zp_receipt_calls(&receipts[i]);
	if (!wanted)
		return;
	const widths w = room_for(run, receipts, all, most);
	putchar('\n');
	print_heads(&w, chinese);
	for (size_t i = 0; i < roster->n_labs && n < most; i++)
		if (all || zp_receipt_calls(&receipts[i])) {
			print_row(&roster->labs[i], &receipts[i], &w, chinese);
			n++;
		}
	if (wanted > n)
		printf(chinese ? "另有 %zu 家；--all 列出全部\n" : "and %zu more; --all lists every laboratory\n", wanted - n);
}
