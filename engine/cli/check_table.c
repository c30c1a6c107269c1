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

/* Which laboratories are shown, in turn: all of them by code, or those that call for something, the gravest first. */
static size_t choose(const zp_run *run, const zp_receipt *receipts, bool all, uint32_t *out)
{
	const size_t labs = run->roster->n_labs;
	size_t n = 0;
	for (int s = 0; s < (all ? 1 : ZP_RECEIPT_STATES); s++)
		for (uint32_t i = 0; i < labs; i++)
			if (all || (receipts[i].state == (zp_receipt_state)s && zp_receipt_calls(&receipts[i])))
				out[n++] = i;
	return n;
}

static widths room_for(const zp_roster *roster, const uint32_t *shown, size_t n)
{
	widths w = { 4, 4 };
	for (size_t i = 0; i < n; i++) {
		w.code = zp_print_room(w.code, roster->labs[shown[i]].code);
		w.name = zp_print_room(w.name, roster->labs[shown[i]].name);
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
	zp_arena *arena = zp_arena_open();
	uint32_t *shown = zp_take(arena, uint32_t, run->roster->n_labs + 1);
	const size_t wanted = choose(run, receipts, all, shown), n = all || wanted < ZP_TABLE_LABS ? wanted : ZP_TABLE_LABS;
	const widths w = room_for(run->roster, shown, n);
	print_states(run, receipts, chinese);
	if (n) {
		putchar('\n');
		print_heads(&w, chinese);
	}
	for (size_t i = 0; i < n; i++)
		print_row(&run->roster->labs[shown[i]], &receipts[shown[i]], &w, chinese);
	if (wanted > n)
		printf(chinese ? "另有 %zu 家；--all 列出全部\n" : "and %zu more; --all lists every laboratory\n", wanted - n);
	zp_arena_close(arena);
}
