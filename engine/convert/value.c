/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row to a line of results: names are looked up exactly, values are carried over as they are. */
#include <stdarg.h>
#include "base/instant.h"
#include "book/book.h"
#include "convert/work.h"

static void problem(zp_converting *c, const zp_convert_row *row, zp_map_field field, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static void problem(zp_converting *c, const zp_convert_row *row, zp_map_field field, const char *fmt, ...)
{
	char sentence[1000];
	va_list args;
	va_start(args, fmt);
	vsnprintf(sentence, sizeof sentence, fmt, args);
	va_end(args);
	zp_problem_add(c->input, row->file, row->line, row->column[field], "%s", sentence);
}

/* The field without blanks at its ends, or the mapping's constant, translated. Gives: false after a problem. */
static bool look(zp_converting *c, const zp_convert_row *row, zp_map_field field, zp_text *out)
{
	const zp_mapping *m = c->map;
	const zp_map_words *words = &m->words[field];
	char shown[128];
	*out = m->constant[field] ? zp_text_of(m->constant[field]) : zp_text_trim(row->field[field]);
	if (!words->from || m->constant[field] || !out->n)
		return true;
	uint32_t word = zp_names_find(words->from, *out);
	if (word != ZP_NO_NAME) {
		*out = zp_text_of(words->to[word]);
		return true;
	}
	if (words->keep)
		return true;
	problem(c, row, field, "%s \"%s\" is not in the mapping's <translate field=\"%s\">", zp_map_field_name(field),
		zp_text_show_code_in(shown, sizeof shown, *out), zp_map_field_name(field));
	return false;
}

/* ---- who ---- */

/* [A-Z0-9][A-Z0-9_-]{0,31}, as the register demands. */
static bool is_lab_code(zp_text code)
{
	for (size_t i = 0; i < code.n; i++) {
		char x = code.p[i];
		bool letter = (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9');
		if (!letter && (i == 0 || (x != '_' && x != '-')))
			return false;
	}
	return code.n >= 1 && code.n <= 32;
}

/* The code of a region that the table gives by code or by name; NULL after a problem. */
static const char *find_region(zp_converting *c, const zp_convert_row *row, zp_text text)
{
	char shown[128];
	uint16_t region = ZP_NO_REGION;
	if (!c->map->regions_by_name) {
		region = zp_region_find(c->regions, text);
	} else {
		uint32_t name = zp_names_find(c->region_names, text);
		if (name != ZP_NO_NAME && c->region_of[name] == ZP_NO_REGION) {
			problem(c, row, ZP_MAP_REGION, "several regions are called \"%s\"; expected a name that only one has, or a <translate> to a code",
				zp_text_show_in(shown, sizeof shown, text));
			return NULL;
		}
		region = name != ZP_NO_NAME ? c->region_of[name] : zp_region_find(c->regions, text);
	}
	if (region != ZP_NO_REGION)
		return c->regions->at[region].code;
	problem(c, row, ZP_MAP_REGION, "region \"%s\" is not in the region tree", zp_text_show_in(shown, sizeof shown, text));
	return NULL;
}

/* What a row says of its laboratory. Gives: false after a problem. */
static bool describe(zp_converting *c, const zp_convert_row *row, zp_convert_lab *out)
{
	zp_text name, region, lab_class;
	char shown[128];
	if (!look(c, row, ZP_MAP_LAB_NAME, &name) || !look(c, row, ZP_MAP_REGION, &region) || !look(c, row, ZP_MAP_CLASS, &lab_class))
		return false;
	out->region = find_region(c, row, region);
	uint32_t of = zp_names_find(c->map->classes, lab_class);
	if (of == ZP_NO_NAME)
		problem(c, row, ZP_MAP_CLASS, "class \"%s\" is none of the mapping's", zp_text_show_in(shown, sizeof shown, lab_class));
	else
		out->lab_class = zp_names_at(c->map->classes, of).p;
	if (name.n == 0 || name.n > 300 || !zp_text_is_plain(name))
		problem(c, row, ZP_MAP_LAB_NAME, "laboratory name \"%s\" is not usable; expected 1 to 300 bytes in which every character can be seen",
			zp_text_show_in(shown, sizeof shown, name));
	else
		out->name = zp_arena_text(c->arena, name.p, name.n);
	return out->region && of != ZP_NO_NAME && out->name;
}

static zp_convert_lab *add_lab(zp_converting *c, uint32_t index)
{
	if (index == c->room_labs) {
		zp_convert_lab *before = c->labs;
		c->room_labs = c->room_labs ? 2 * c->room_labs : 256;
		c->labs = zp_take(c->arena, zp_convert_lab, c->room_labs);
		if (index)
			memcpy(c->labs, before, index * sizeof *before);
	}
	return &c->labs[index];
}

/* A second row of a laboratory must say of it what the first one said. */
static bool agrees(zp_converting *c, const zp_convert_row *row, const zp_convert_lab *before)
{
	zp_text name, region, lab_class;
	char shown[128];
	if (!look(c, row, ZP_MAP_LAB_NAME, &name) || !look(c, row, ZP_MAP_REGION, &region) || !look(c, row, ZP_MAP_CLASS, &lab_class))
		return false;
	if (!zp_text_is(name, before->name)) {
		problem(c, row, ZP_MAP_LAB_NAME, "laboratory %s is called \"%s\" here, and \"%s\" in %s line %ld", before->code,
			zp_text_show_in(shown, sizeof shown, name), before->name, before->file, before->line);
		return false;
	}
	const char *code = find_region(c, row, region);
	if (code && strcmp(code, before->region) != 0)
		problem(c, row, ZP_MAP_REGION, "laboratory %s lies in region %s here, and in %s in %s line %ld", before->code, code, before->region,
			before->file, before->line);
	if (!code || strcmp(code, before->region) != 0)
		return false;
	if (zp_text_is(lab_class, before->lab_class))
		return true;
	if (zp_names_find(c->map->classes, lab_class) == ZP_NO_NAME)
		problem(c, row, ZP_MAP_CLASS, "class \"%s\" is none of the mapping's", zp_text_show_in(shown, sizeof shown, lab_class));
	else
		problem(c, row, ZP_MAP_CLASS, "laboratory %s has the class \"%s\" here, and \"%s\" in %s line %ld", before->code,
			zp_text_show_in(shown, sizeof shown, lab_class), before->lab_class, before->file, before->line);
	return false;
}

static bool find_lab(zp_converting *c, zp_convert_row *row)
{
	zp_text code;
	char shown[128];
	if (!look(c, row, ZP_MAP_LAB, &code))
		return false;
	if (!is_lab_code(code)) {
		problem(c, row, ZP_MAP_LAB, "laboratory code \"%s\" is not allowed; expected 1 to 32 of A-Z 0-9 _ -, beginning with a letter or digit",
			zp_text_show_code_in(shown, sizeof shown, code));
		return false;
	}
	row->lab = zp_names_find(c->lab_codes, code);
	if (row->lab != ZP_NO_NAME)
		return c->wish->roster || agrees(c, row, &c->labs[row->lab]);
	zp_convert_lab lab = { .file = row->file, .line = row->line };
	if (!c->wish->roster && !describe(c, row, &lab))
		return false;
	row->lab = zp_names_add(c->lab_codes, code);
	lab.code = zp_names_at(c->lab_codes, row->lab).p;
	lab.performs = zp_take(c->arena, bool *, c->map->n_programmes);
	*add_lab(c, row->lab) = lab;
	return true;
}

static bool find_programme(zp_converting *c, zp_convert_row *row)
{
	zp_text code;
	char shown[128];
	if (!look(c, row, ZP_MAP_PROGRAMME, &code))
		return false;
	if (!code.n && c->map->n_programmes == 1) {
		row->programme = 0;
		return true;
	}
	row->programme = zp_names_find(c->map->programme_names, code);
	if (row->programme != ZP_NO_NAME)
		return true;
	problem(c, row, ZP_MAP_PROGRAMME, "programme \"%s\" is none of the mapping's", zp_text_show_code_in(shown, sizeof shown, code));
	return false;
}

static bool find_received(zp_converting *c, zp_convert_row *row)
{
	zp_text text;
	char shown[128];
	row->received[0] = '\0';
	if (!look(c, row, ZP_MAP_RECEIVED, &text))
		return false;
	if (!text.n || zp_convert_time(c->map, text, row->received))
		return true;
	problem(c, row, ZP_MAP_RECEIVED, "received \"%s\" is no time; expected one %s%s", zp_text_show_in(shown, sizeof shown, text),
		*c->map->time ? "of the form " : "such as ", *c->map->time ? c->map->time : "2026-03-15T17:00:00+08:00");
	return false;
}

bool zp_convert_row_begin(zp_converting *c, zp_convert_row *row)
{
	bool lab = find_lab(c, row), programme = find_programme(c, row);
	return find_received(c, row) && lab && programme;
}

/* ---- what ---- */

uint32_t zp_convert_measurand(const zp_convert_programme *p, zp_text name)
{
	uint32_t m = zp_names_find(p->scheme->measurand_names, name);
	return m != ZP_NO_NAME && p->wanted && !p->wanted[m] ? ZP_NO_NAME : m;
}

static bool is_sample_code(zp_text t)
{
	return t.n && t.n <= 64 && zp_text_is_plain(t) && !memchr(t.p, ' ', t.n) && !memmem(t.p, t.n, "\xc2\xa0", 2) &&
			!memmem(t.p, t.n, "\xe3\x80\x80", 3);
}

static bool find_sample(zp_converting *c, const zp_convert_row *row, zp_convert_programme *p, zp_text code)
{
	char shown[128];
	if (zp_names_find(p->samples, code) != ZP_NO_NAME)
		return true;
	if (!p->map->n_samples && is_sample_code(code) && zp_names_count(p->samples) < 100) {
		zp_names_add(p->samples, code);
		return true;
	}
	problem(c, row, ZP_MAP_SAMPLE, "sample \"%s\" %s%s", zp_text_show_code_in(shown, sizeof shown, code),
		p->map->n_samples ? "is not in programme " : zp_names_count(p->samples) == 100
				? "is one more than the 100 that a programme may have: "
		: "is no code; expected 1 to 64 bytes without blanks, in programme ", p->map->code);
	return false;
}

/* What follows the value in a line of results, where the mapping gives it. */
static const zp_map_field carried[] = { ZP_MAP_UNIT, ZP_MAP_SYSTEM, ZP_MAP_INSTRUMENT, ZP_MAP_METHOD, ZP_MAP_REAGENT, ZP_MAP_CALIBRATOR,
					ZP_MAP_UNCERTAINTY, ZP_MAP_INDEX, ZP_MAP_LOD };
#define CARRIED (sizeof carried / sizeof *carried)

static void add_cell(zp_buffer *b, zp_text t)
{
	bool quoted = t.n && (t.p[0] == ' ' || t.p[t.n - 1] == ' ');
	for (size_t i = 0; i < t.n; i++)
		quoted |= t.p[i] == ',' || t.p[i] == ';' || t.p[i] == '\t' || t.p[i] == '"';
	if (!quoted) {
		zp_buffer_add(b, t);
		return;
	}
	zp_buffer_add_text(b, "\"");
	for (size_t i = 0; i < t.n; i++)
		zp_buffer_add(b, t.p[i] == '"' ? ZP_TEXT("\"\"") : (zp_text){ t.p + i, 1 });
	zp_buffer_add_text(b, "\"");
}

void zp_convert_results_header(const zp_converting *c, zp_buffer *b)
{
	zp_buffer_add_text(b, "lab,programme,measurand,sample,value");
	for (size_t i = 0; i < CARRIED; i++)
		if (zp_mapping_gives(c->map, carried[i])) {
			zp_buffer_add_text(b, ",");
			zp_buffer_add_text(b, zp_map_field_name(carried[i]));
		}
	zp_buffer_add_text(b, zp_mapping_gives(c->map, ZP_MAP_RECEIVED) ? ",received\n" : "\n");
}

static bool look_all(zp_converting *c, const zp_convert_row *row, zp_text out[CARRIED])
{
	bool good = true;
	for (size_t i = 0; i < CARRIED; i++)
		good = look(c, row, carried[i], &out[i]) && good;
	return good;
}

void zp_convert_value(zp_converting *c, const zp_convert_row *row, zp_buffer *b)
{
	zp_convert_programme *p = &c->programmes[row->programme];
	zp_convert_lab *lab = &c->labs[row->lab];
	zp_text name, sample, value = row->field[ZP_MAP_VALUE], others[CARRIED];
	char shown[128];
	bool good = look(c, row, ZP_MAP_MEASURAND, &name);
	uint32_t m = good ? zp_convert_measurand(p, name) : ZP_NO_NAME;
	if (good && m == ZP_NO_NAME)
		problem(c, row, ZP_MAP_MEASURAND, "measurand \"%s\" is not in programme %s",
				zp_text_show_code_in(shown, sizeof shown, name), p->map->code);
	good = look(c, row, ZP_MAP_SAMPLE, &sample) && find_sample(c, row, p, sample) && look_all(c, row, others) && m != ZP_NO_NAME;
	if (!good) {
		c->count->refused++;
		return;
	}
	const bool blank = !zp_text_trim(value).n || zp_names_find(c->map->nothing, zp_text_trim(value)) != ZP_NO_NAME;
	p->seen = true;
	if (!blank || !c->map->enrol_by_value) {
		if (!lab->performs[row->programme])
			lab->performs[row->programme] = zp_take(c->arena, bool, p->scheme->n_measurands);
		lab->performs[row->programme][m] = true;
	}
	c->count->blank += blank;
	c->count->written += !blank;
	if (blank)
		return;
	const zp_text first[] = { zp_text_of(lab->code), zp_text_of(p->map->code), zp_text_of(p->scheme->measurands[m].code), sample, value };
	for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
		if (i)
			zp_buffer_add_text(b, ",");
		add_cell(b, first[i]);
	}
	for (size_t i = 0; i < CARRIED; i++)
		if (zp_mapping_gives(c->map, carried[i])) {
			zp_buffer_add_text(b, ",");
			add_cell(b, others[i]);
		}
	if (zp_mapping_gives(c->map, ZP_MAP_RECEIVED)) {
		zp_buffer_add_text(b, ",");
		zp_buffer_add_text(b, row->received);
	}
	zp_buffer_add_text(b, "\n");
}

/* ---- when ---- */

/* One or two digits, as the form says by one letter or two. */
static bool read_part(zp_text *t, size_t letters, size_t most, unsigned *out)
{
	size_t n = 0;
	for (*out = 0; n < t->n && n < most && t->p[n] >= '0' && t->p[n] <= '9'; n++)
		*out = 10 * *out + (unsigned)(t->p[n] - '0');
	t->p += n;
	t->n -= n;
	return letters == 1 ? n >= 1 : n == letters;
}

bool zp_convert_time(const zp_mapping *m, zp_text text, char out[static 48])
{
	unsigned year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
	int64_t when;
	if (!*m->time) {
		if (!zp_instant_read(text, &when) || text.n >= 48)
			return false;
		memcpy(out, text.p, text.n);
		out[text.n] = '\0';
		return true;
	}
	for (const char *p = m->time; *p;) {
		size_t n = strspn(p, (char[]){ *p, '\0' });
		unsigned *part = *p == 'Y' ? &year : *p == 'M' ? &month : *p == 'D' ? &day : *p == 'h' ? &hour : *p == 'm' ? &minute
				: *p == 's' ? &second : NULL;
		if (part && !read_part(&text, n, *p == 'Y' ? 4 : 2, part))
			return false;
		if (!part && (text.n < n || memcmp(text.p, p, n) != 0))
			return false;
		if (!part)
			text.p += n, text.n -= n;
		p += n;
	}
	if (text.n || year > 9999 || month > 99 || day > 99 || hour > 99 || minute > 99 || second > 99)
		return false;
	snprintf(out, 48, "%04u-%02u-%02uT%02u:%02u:%02u%s", year, month, day, hour, minute, second, m->offset);
	return zp_instant_read(zp_text_of(out), &when);
}
