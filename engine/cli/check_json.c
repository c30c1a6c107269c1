/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check.h"
#include "cli/picture.h"
#include "run/hint.h"

static void text(const char *name, const char *value)
{
	printf("\"%s\":", name);
	if (value)
		zp_print_json_text(value);
	else
		fputs("null", stdout);
}

static void next_text(const char *name, const char *value) { putchar(','); text(name, value); }
static void count(const char *name, size_t n) { printf("\"%s\":%zu", name, n); }
static void next_count(const char *name, size_t n) { putchar(','); count(name, n); }
static const char *filled(const char *value) { return value && *value ? value : NULL; }

static void print_round(const zp_run *run)
{
	const zp_plan *plan = run->book->plan;
	fputs("\"round\":{", stdout);
	text("id", plan->id);
	next_text("name", plan->name);
	next_text("name_en", filled(plan->name_en));
	next_text("organiser", filled(plan->organiser));
	next_text("closes", plan->closes_text);
	fputs("},\n", stdout);
}

static void print_counts(const zp_run *run)
{
	const zp_count *c = &run->count;
	fputs("\"values\":{", stdout);
	count("read", c->read);
	next_count("accepted", c->accepted);
	next_count("set_aside", c->set_aside);
	next_count("refused", c->refused);
	next_count("blank", c->blank);
	next_count("duplicates", c->duplicates);
	next_count("late", c->late);
	next_count("conflicts", c->conflicts);
	next_count("undeclared", c->undeclared);
	fputs("},\n\"files\":{", stdout);
	count("read", run->n_results);
	next_count("remembered", run->recalled.known);
	next_count("parsed", run->recalled.parsed);
	fputs("},\n", stdout);
}

static void print_labs(const zp_run *run, const zp_receipt *receipts)
{
	fputs("\"laboratories\":[", stdout);
	for (size_t i = 0; i < run->roster->n_labs; i++) {
		const zp_receipt *r = &receipts[i];
		fputs(i ? ",\n{" : "\n{", stdout);
		text("code", run->roster->labs[i].code);
		next_text("name", run->roster->labs[i].name);
		next_text("state", zp_receipt_word(r->state));
		next_count("expected", r->expected);
		for (unsigned s = 0; s < ZP_STATES; s++)
			next_count(zp_state_word(s), r->of[s]);
		next_count("refused", r->refused);
		next_count("remarks", r->remarks);
		putchar('}');
	}
	fputs("\n],\n", stdout);
}

static void place(const zp_problem *p)
{
	char cell[32] = "";
	if (p->sheet && p->line && p->column)
		zp_cell_name(p->line, p->column, cell);
	text("file", p->file);
	next_text("sheet", p->sheet);
	if (p->line)
		next_count("line", (size_t)p->line);
	else
		fputs(",\"line\":null", stdout);
	if (p->line && p->column)
		next_count("column", (size_t)p->column);
	else
		fputs(",\"column\":null", stdout);
	next_text("cell", filled(cell));
}

/* Whose it is and what it is about, by the codes of the round. Needs: the round was read so far, where they are set. */
static void about(const zp_run *run, const zp_problem *p)
{
	const zp_programme *programme = NULL;
	const char *measurand = NULL, *sample = NULL;
	if (p->about[ZP_ABOUT_PROGRAMME] != ZP_NO_ONE)
		programme = &run->book->plan->programmes[p->about[ZP_ABOUT_PROGRAMME]];
	if (programme && p->about[ZP_ABOUT_MEASURAND] != ZP_NO_ONE)
		measurand = programme->scheme->measurands[p->about[ZP_ABOUT_MEASURAND]].code;
	if (programme && p->about[ZP_ABOUT_SAMPLE] != ZP_NO_ONE)
		sample = programme->samples[p->about[ZP_ABOUT_SAMPLE]];
	next_text("laboratory", p->owner == ZP_NO_ONE ? NULL : run->roster->labs[p->owner].code);
	next_text("programme", programme ? programme->code : NULL);
	next_text("measurand", measurand);
	next_text("sample", sample);
}

static void print_problems(const zp_run *run, const char *name, const zp_problems *problems)
{
	size_t kept = zp_problems_kept(problems);
	printf("\"%s\":[", name);
	for (size_t i = 0; i < kept; i++) {
		const zp_problem *p = zp_problem_at(problems, i);
		fputs(i ? ",\n{" : "\n{", stdout);
		place(p);
		about(run, p);
		next_text("sent", p->sent);
		next_text("en", p->text);
		next_text("zh", p->chinese);
		putchar('}');
	}
	printf("%s],\n\"%s_not_listed\":%zu,\n", kept ? "\n" : "", name, zp_problems_count(problems) - kept);
}

/* What looks like a slip. */
static void print_hints(const zp_run *run)
{
	zp_arena *arena = zp_arena_open();
	fputs("\"hints\":[", stdout);
	for (size_t i = 0; i < run->hints.n; i++) {
		const zp_hint *h = &run->hints.at[i];
		const zp_hint_at at = zp_hint_place(run, h);
		const bool pair = zp_slip_is_private(h->kind);
		char corrected[ZP_DECIMAL_TEXT];
		zp_decimal_write(h->corrected, corrected);
		fputs(i ? ",\n{" : "\n{", stdout);
		text("kind", zp_slip_word(h->kind));
		next_text("laboratory", at.lab);
		next_text("programme", at.programme->code);
		next_text("measurand", at.measurand ? at.measurand->code : NULL);
		next_text("sample", at.sample);
		next_text("other_laboratory", pair ? run->roster->labs[h->other].code : NULL);
		next_text("perhaps", h->has_corrected ? corrected : NULL);
		next_text("en", zp_hint_says(run, h, false, arena));
		next_text("zh", zp_hint_says(run, h, true, arena));
		putchar('}');
	}
	fputs(run->hints.n ? "\n],\n" : "],\n", stdout);
	zp_arena_close(arena);
}

void zp_check_json(const zp_run *run, const zp_receipt *receipts, const zp_check_outcome *outcome)
{
	fputs("{\n", stdout);
	count("exit", (size_t)outcome->code);
	next_text("stopped", outcome->err->code ? outcome->err->text : NULL);
	fputs(",\n", stdout);
	if (receipts) {
		print_round(run);
		print_counts(run);
		print_labs(run, receipts);
	}
	print_problems(run, "rule_problems", run->rule_problems);
	print_problems(run, "problems", run->input_problems);
	print_problems(run, "remarks", run->remarks);
	print_hints(run);
	if (outcome->letters) {
		fputs("\"letters\":{", stdout);
		text("folder", outcome->letters);
		next_count("laboratories", outcome->n_letters);
		fputs("}\n}\n", stdout);
	} else {
		fputs("\"letters\":null\n}\n", stdout);
	}
}
