/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#define NAMES_MOST 12
#define WORD_BYTES 64 /* no word of ours is longer */

/* Header names. The first of each row is the one that messages use. Written without blanks. */
static const struct { zp_field field; const char *names[NAMES_MOST]; } header_names[] = {
	{ ZP_FIELD_LAB, { "lab", "laboratory", "labcode", "实验室编码", "实验室代码", "实验室编号" } },
	{ ZP_FIELD_PROGRAMME, { "programme", "program", "专业", "计划", "计划编码" } },
	{ ZP_FIELD_MEASURAND, { "measurand", "analyte", "项目", "检验项目", "检测项目", "项目编码" } },
	{ ZP_FIELD_SAMPLE, { "sample", "样本", "样本编号", "样本号", "样品编号", "样品号", "批号" } },
	{ ZP_FIELD_VALUE, { "value", "result", "结果", "测定结果", "检测结果", "测定值" } },
	{ ZP_FIELD_UNIT, { "unit", "单位" } },
	{ ZP_FIELD_SYSTEM, { "system", "检测系统" } },
	{ ZP_FIELD_INSTRUMENT, { "instrument", "仪器", "检测仪器" } },
	{ ZP_FIELD_METHOD, { "method", "方法", "检测方法", "测定方法" } },
	{ ZP_FIELD_REAGENT, { "reagent", "试剂" } },
	{ ZP_FIELD_CALIBRATOR, { "calibrator", "校准品", "校准物" } },
	{ ZP_FIELD_RECEIVED, { "received", "接收时间", "收到时间" } },
	{ ZP_FIELD_UNCERTAINTY, { "uncertainty", "u(x)", "标准不确定度" } },
	{ ZP_FIELD_INDEX, { "index", "coi", "s/co", "coi值", "s/co值", "指数", "吸光度比值" } },
	{ ZP_FIELD_LOD, { "lod", "检测下限", "检出限", "最低检出限" } },
};
#define HEADER_ROWS (sizeof header_names / sizeof *header_names)

/* Columns that say nothing about a value. */
static const char *const ignored_names[] = { "序号", "no", "no.", "名称", "name" };

/* Lines above the table that are for people: the forms of zhiping template have them. Without blanks. */
static const char *const people_names[] = { "质评活动", "round", "实验室名称", "labname", "专业名称", "programmename", "截止时间", "closes" };

/* What may stand around a name in a form, to say that the column must be filled. */
static const char *const marks[] = { "*", "＊", "(必填)", "（必填）", "(required)" };

/* How a line of notes begins; a colon follows. */
static const char *const note_names[] = {
	"备注", "注", "说明", "填表说明", "注意", "注意事项", "填表人", "填报人", "检验者", "检验人", "检验日期", "测定者", "报告者", "检测人", "检测者", "操作者", "审核人", "审核者", "复核人", "负责人", "报告人",
	"填表日期", "检测日期", "报告日期", "审核日期", "联系人", "联系电话", "电话", "签名", "盖章", "单位盖章",
	"note", "notes", "remark", "remarks", "comment", "comments", "signature", "signed", "signedby", "testedby", "checkedby", "reviewedby",
	"phone", "contact",
};

/* Blanks that forms are spaced out with: their length in bytes, 0 when there is none at p. */
static size_t blank_at(const char *p, size_t n)
{
	if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
		return 1;
	if (n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0) /* no-break space */
		return 2;
	return n >= 3 && memcmp(p, "\xE3\x80\x80", 3) == 0 ? 3 : 0; /* ideographic space */
}

/* Without blanks, in lower case. Gives: the length; 0 when it is empty or too long for a word of ours. */
static size_t bare(zp_text cell, char out[static WORD_BYTES])
{
	size_t n = 0, step;
	for (size_t i = 0; i < cell.n; i += step) {
		if ((step = blank_at(cell.p + i, cell.n - i)))
			continue;
		if (n == WORD_BYTES)
			return 0;
		char c = cell.p[i];
		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
		step = 1;
	}
	return n;
}

static zp_text without_marks(zp_text word)
{
	for (size_t before = 0; before != word.n;) {
		before = word.n;
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			size_t n = strlen(marks[i]);
			if (word.n > n && memcmp(word.p, marks[i], n) == 0)
				word.p += n, word.n -= n;
			if (word.n > n && memcmp(word.p + word.n - n, marks[i], n) == 0)
				word.n -= n;
		}
	}
	return word;
}

static int field_of(zp_text word)
{
	if (!word.n)
		return ZP_COLUMN_OTHER;
	for (size_t i = 0; i < HEADER_ROWS; i++)
		for (size_t k = 0; k < NAMES_MOST && header_names[i].names[k]; k++)
			if (zp_text_is(word, header_names[i].names[k]))
				return (int)header_names[i].field;
	for (size_t i = 0; i < sizeof ignored_names / sizeof *ignored_names; i++)
		if (zp_text_is(word, ignored_names[i]))
			return ZP_COLUMN_IGNORED;
	return ZP_COLUMN_OTHER;
}

int zp_word_field(zp_text cell)
{
	char word[WORD_BYTES];
	size_t n = bare(cell, word);
	if (!n) {
		for (size_t i = 0, step; i < cell.n; i += step)
			if (!(step = blank_at(cell.p + i, cell.n - i)))
				return ZP_COLUMN_OTHER; /* too long */
		return ZP_COLUMN_EMPTY;
	}
	return field_of(without_marks((zp_text){ word, n }));
}

/* The length of a colon at p, 0 when there is none. */
static size_t colon_at(const char *p, size_t n)
{
	return *p == ':' ? 1 : n >= 3 && memcmp(p, "：", 3) == 0 ? 3 : 0;
}

/* The part before the first colon, and what follows it. Gives: false when there is no colon. */
static bool parts(zp_text cell, zp_text *before, zp_text *after)
{
	for (size_t i = 0, step; i < cell.n && i <= 2 * WORD_BYTES; i++)
		if ((step = colon_at(cell.p + i, cell.n - i))) {
			*before = (zp_text){ cell.p, i };
			*after = (zp_text){ cell.p + i + step, cell.n - i - step };
			return true;
		}
	return false;
}

int zp_word_label(zp_text cell, zp_text *rest)
{
	zp_text before;
	if (parts(cell, &before, rest))
		return zp_word_field(before);
	*rest = (zp_text){ NULL, 0 };
	return zp_word_field(cell);
}

const char *zp_word_of(zp_field field)
{
	for (size_t i = 0; i < HEADER_ROWS; i++)
		if (header_names[i].field == field)
			return header_names[i].names[0];
	return "?";
}

bool zp_word_is_for_people(zp_text cell)
{
	char word[WORD_BYTES];
	zp_text name = { word, bare(cell, word) };
	for (size_t i = 0; i < sizeof people_names / sizeof *people_names; i++)
		if (zp_text_is(name, people_names[i]))
			return true;
	return false;
}

bool zp_word_is_note(zp_text cell)
{
	zp_text before, after;
	char word[WORD_BYTES];
	if (!parts(cell, &before, &after))
		return false;
	zp_text name = { word, bare(before, word) };
	for (size_t i = 0; i < sizeof note_names / sizeof *note_names; i++)
		if (zp_text_is(name, note_names[i]))
			return true;
	return false;
}

size_t zp_word_crowd(zp_text cell)
{
	static const char *const between[] = { "|", " ", "\t", ",", ";", "，", "；", "、", "\xE3\x80\x80" };
	size_t count = 0, from = 0;
	for (size_t i = 0; i <= cell.n;) {
		size_t step = i == cell.n;
		for (size_t k = 0; !step && k < sizeof between / sizeof *between; k++)
			if (cell.n - i >= strlen(between[k]) && memcmp(cell.p + i, between[k], strlen(between[k])) == 0)
				step = strlen(between[k]);
		if (step) {
			count += zp_word_field((zp_text){ cell.p + from, i - from }) >= 0;
			from = i + step;
		}
		i += step ? step : 1;
	}
	return count;
}

/* Small Cyrillic and Greek letters that look like ASCII ones, and what they look like; capitals are 32 (Cyrillic) below. */
static const struct { uint32_t c; char ascii; } alike[] = {
	{ 0x430, 'a' }, { 0x435, 'e' }, { 0x43E, 'o' }, { 0x440, 'p' }, { 0x441, 'c' }, { 0x443, 'y' }, { 0x445, 'x' }, { 0x456, 'i' },
	{ 0x458, 'j' }, { 0x455, 's' }, { 0x3BF, 'o' }, { 0x3B1, 'a' }, { 0x3C5, 'u' }, { 0x501, 'd' }, { 0x442, 't' }, { 0x43C, 'm' },
	{ 0x410, 'a' }, { 0x415, 'e' }, { 0x41E, 'o' }, { 0x420, 'p' }, { 0x421, 'c' }, { 0x423, 'y' }, { 0x425, 'x' }, { 0x406, 'i' },
	{ 0x408, 'j' }, { 0x405, 's' }, { 0x412, 'b' }, { 0x41A, 'k' }, { 0x41C, 'm' }, { 0x41D, 'h' }, { 0x422, 't' },
};

int zp_word_looks_like(zp_text cell)
{
	char plain[2 * WORD_BYTES];
	size_t n = 0, step;
	if (cell.n > sizeof plain)
		return ZP_COLUMN_OTHER;
	for (size_t i = 0; i < cell.n; i += step) {
		uint32_t c;
		char ascii = '\0';
		step = zp_utf8_at(cell.p + i, cell.n - i, &c);
		if (!step)
			step = 1, c = 0;
		if (c >= 0xFF01 && c <= 0xFF5E)
			ascii = (char)(c - 0xFF01 + '!');
		for (size_t k = 0; !ascii && k < sizeof alike / sizeof *alike; k++)
			if (alike[k].c == c)
				ascii = alike[k].ascii;
		bool unseen = (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0xAD || (c >= 0x2060 && c <= 0x2064);
		if (ascii)
			plain[n++] = ascii;
		else if (!unseen) {
			memcpy(plain + n, cell.p + i, step);
			n += step;
		}
	}
	int field = zp_word_field((zp_text){ plain, n });
	return field >= 0 ? field : ZP_COLUMN_OTHER;
}
