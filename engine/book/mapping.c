/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/mapping.h"
#include "book/element.h"

#define COLUMNS_MOST 2000
#define WORDS_MOST 20000
#define PROGRAMMES_MOST 200
#define SAMPLES_MOST 100

#define FIELD_WORDS "lab lab-name region class programme measurand sample value unit system instrument method reagent calibrator received uncertainty index lod"

static const char *const field_names[ZP_MAP_FIELDS] = { "lab", "lab-name", "region", "class", "programme", "measurand", "sample", "value", "unit",
							"system", "instrument", "method", "reagent", "calibrator", "received", "uncertainty", "index", "lod" };

const char *zp_map_field_name(zp_map_field field) { return field_names[field]; }

bool zp_mapping_gives(const zp_mapping *m, zp_map_field field)
{
	for (size_t i = 0; i < m->n_columns; i++)
		if (m->columns[i].field == (int)field)
			return true;
	return m->constant[field] != NULL;
}

static bool take_field(const zp_reader *r, const zp_element *e, int *field)
{
	*field = -1;
	return zp_element_word(r, e, "field", FIELD_WORDS, field) && *field >= 0;
}

/* ---- what the columns mean ---- */

static void take_columns(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	zp_map_column *columns = zp_take(r->arena, zp_map_column, zp_element_count(root, "column") + zp_element_count(root, "ignore") + 1);
	zp_names *names = zp_names_take(r->arena);
	for (const zp_element *e = root->first; e; e = e->next) {
		const bool ignored = zp_element_is(e, "ignore");
		int field = ZP_MAP_IGNORED, optional = 0;
		if (!ignored && !zp_element_is(e, "column"))
			continue;
		if (!zp_element_check(r, e, ignored ? "name" : "name field", ignored ? "" : "optional", "") ||
				(!ignored && !take_field(r, e, &field)) ||
		    !zp_element_word(r, e, "optional", "no yes", &optional))
			continue;
		const char *name = zp_element_text(r, e, "name");
		if (zp_names_find(names, zp_text_of(name)) != ZP_NO_NAME) {
			zp_refuse(r, e, "the column \"%s\" stands twice; expected each once", zp_text_show(r->arena, zp_text_of(name)));
			continue;
		}
		zp_names_add(names, zp_text_of(name));
		columns[m->n_columns++] = (zp_map_column){ name, field, ignored || optional };
	}
	m->columns = columns;
}

static void take_constants(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	for (const zp_element *e = root->first; e; e = e->next) {
		int field;
		if (!zp_element_is(e, "constant") || !zp_element_check(r, e, "field value", "", "") || !take_field(r, e, &field))
			continue;
		if (zp_mapping_gives(m, (zp_map_field)field))
			zp_refuse(r, e, "the field %s has a column or a constant already; expected one of them", field_names[field]);
		else if (field == ZP_MAP_LAB || field == ZP_MAP_VALUE || field == ZP_MAP_MEASURAND)
			zp_refuse(r, e, "the field %s cannot be a constant; expected a column", field_names[field]);
		else
			m->constant[field] = zp_element_text(r, e, "value");
	}
}

static void take_words(const zp_reader *r, const zp_element *e, zp_mapping *m)
{
	int field, others = 0;
	if (!zp_element_check(r, e, "field", "others", "word") || !take_field(r, e, &field) ||
			!zp_element_word(r, e, "others", "refuse keep", &others))
		return;
	if (field == ZP_MAP_VALUE) {
		zp_refuse(r, e, "values are not translated; what they mean is for the vocabulary of the scheme");
		return;
	}
	if (m->words[field].from) {
		zp_refuse(r, e, "the field %s is translated twice; expected one <translate> for it", field_names[field]);
		return;
	}
	zp_names *from = zp_names_take(r->arena);
	const char **to = zp_take(r->arena, const char *, zp_element_count(e, "word") + 1);
	for (const zp_element *w = e->first; w; w = w->next) {
		if (!zp_element_is(w, "word") || !zp_element_check(r, w, "from to", "", ""))
			continue;
		const char *text = zp_element_text(r, w, "from");
		if (zp_names_find(from, zp_text_of(text)) != ZP_NO_NAME)
			zp_refuse(r, w, "\"%s\" stands twice; expected each once", zp_text_show(r->arena, zp_text_of(text)));
		else
			to[zp_names_add(from, zp_text_of(text))] = zp_element_text(r, w, "to");
	}
	m->words[field] = (zp_map_words){ from, to, others == 1 };
}

static void take_nothing(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	zp_names *nothing = zp_names_take(r->arena);
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "nothing") && zp_element_check(r, e, "text", "", ""))
			zp_names_add(nothing, zp_text_of(zp_element_text(r, e, "text")));
	m->nothing = nothing;
}

/* A form such as "YYYY-MM-DD hh:mm": each of the letters once at most, as they are read by convert/fields.c. */
static void take_time(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	const zp_element *e = zp_element_only(r, root, "time");
	m->time = m->offset = "";
	if (!e || !zp_element_check(r, e, "form offset", "", ""))
		return;
	m->time = zp_element_text(r, e, "form");
	m->offset = zp_element_text(r, e, "offset");
	bool good = strstr(m->time, "YYYY") && strchr(m->time, 'M') && strchr(m->time, 'D') && strchr(m->time, 'h') && strchr(m->time, 'm');
	for (const char *p = m->time; good && *p;) {
		size_t n = strspn(p, (char[]){ *p, '\0' });
		if (strchr("YMDhms", *p))
			good = (n == 4 || *p != 'Y') && (*p == 'Y' || n <= 2) && !strchr(p + n, *p);
		p += n;
	}
	if (!good)
		zp_refuse(r, e, "the form of time is \"%s\"; expected YYYY, M or MM, D or DD, h or hh, m or mm and perhaps s or ss, each once, such as "
			  "YYYY-MM-DD hh:mm", zp_text_show(r->arena, zp_text_of(m->time)));
	const char *o = m->offset;
	if (strlen(o) != 6 || (*o != '+' && *o != '-') || o[3] != ':' || strspn(o + 1, "0123456789") != 2 || strspn(o + 4, "0123456789") != 2)
		zp_refuse(r, e, "the offset is \"%s\"; expected one from UTC, such as +08:00", zp_text_show(r->arena, zp_text_of(o)));
}

/* ---- how the table is written ---- */

static void take_table(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	const zp_element *e = zp_element_only(r, root, "table");
	int headers = 0;
	m->delimiter = ',';
	m->between = "-";
	if (!e || !zp_element_check(r, e, "", "delimiter skip headers between", ""))
		return;
	const char *delimiter = zp_attribute_of(e, "delimiter");
	if (delimiter && strcmp(delimiter, "tab") == 0)
		m->delimiter = '\t';
	else if (delimiter && strlen(delimiter) == 1 && strchr(",;|:#~^", *delimiter))
		m->delimiter = *delimiter;
	else if (delimiter)
		zp_refuse(r, e, "the delimiter is \"%s\"; expected tab, or one of , ; | : # ~ ^", zp_text_show(r->arena, zp_text_of(delimiter)));
	zp_element_whole(r, e, "skip", 0, 1000, &m->skip);
	zp_element_word(r, e, "headers", "one two", &headers);
	m->two_headers = headers == 1;
	if (zp_attribute_of(e, "between"))
		m->between = zp_attribute_of(e, "between");
	if (!m->wide && (m->two_headers || zp_attribute_of(e, "between")))
		zp_refuse(r, e, "headers and between are for layout=\"wide\"; this is layout=\"long\"");
	if (!*m->between || (m->two_headers && zp_attribute_of(e, "between")))
		zp_refuse(r, e, "between is %s", *m->between ? "for one header row; here are two"
				: "empty; expected what stands between measurand and sample");
}

/* ---- the round ---- */

static void take_round(const zp_reader *r, const zp_element *root, zp_map_identity *out)
{
	const zp_element *e = zp_element_only(r, root, "round"), *organiser = zp_element_only(r, root, "organiser");
	*out = (zp_map_identity){ "", "", "", "", "", "", "", "", "", "" };
	if (e && zp_element_check(r, e, "", "id name name-en year number rounds-a-year opens closes", ""))
		*out = (zp_map_identity){ .id = zp_element_text(r, e, "id"), .name = zp_element_text(r, e, "name"),
					  .name_en = zp_element_text(r, e, "name-en"), .year = zp_element_text(r, e, "year"),
					  .number = zp_element_text(r, e, "number"), .rounds_a_year = zp_element_text(r, e, "rounds-a-year"),
					  .opens = zp_element_text(r, e, "opens"), .closes = zp_element_text(r, e, "closes"),
					  .organiser = "", .organiser_en = "" };
	if (organiser && zp_element_check(r, organiser, "name", "name-en", "")) {
		out->organiser = zp_element_text(r, organiser, "name");
		out->organiser_en = zp_element_text(r, organiser, "name-en");
	}
}

static void take_regions(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	const zp_element *e = zp_element_only(r, root, "regions");
	int by = 0;
	m->regions = "";
	if (!e) {
		zp_refuse(r, root, "the mapping has no <regions>; expected one, such as <regions from=\"hubei\"/>");
		return;
	}
	if (!zp_element_check(r, e, "from", "by", "") || !zp_element_word(r, e, "by", "code name", &by))
		return;
	m->regions = zp_element_text(r, e, "from");
	m->regions_by_name = by == 1;
}

static void take_classes(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	zp_names *classes = zp_names_take(r->arena);
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "class") && zp_element_check(r, e, "name", "", ""))
			zp_names_add(classes, zp_text_of(zp_element_text(r, e, "name")));
	m->classes = classes;
	if (!zp_names_count(classes))
		zp_refuse(r, root, "the mapping has no <class>; expected those of the register, such as <class name=\"三级公立\"/>");
}

static bool take_samples(const zp_reader *r, const zp_element *e, zp_map_programme *p)
{
	const char **samples = zp_take(r->arena, const char *, zp_element_count(e, "sample") + 1);
	bool good = zp_element_at_most(r, e, "sample", SAMPLES_MOST);
	for (const zp_element *s = e->first; s; s = s->next) {
		if (!zp_element_is(s, "sample"))
			continue;
		good = zp_element_check(r, s, "code", "", "") && zp_element_code(r, s, "code", &samples[p->n_samples]) && good;
		for (size_t i = 0; good && i < p->n_samples; i++)
			if (strcmp(samples[i], samples[p->n_samples]) == 0)
				good = zp_refuse(r, s, "the sample \"%s\" stands twice; expected each once",
						zp_text_show(r->arena, zp_text_of(samples[i])));
		p->n_samples += good;
	}
	p->samples = samples;
	return good;
}

static void take_programmes(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	zp_map_programme *programmes = zp_take(r->arena, zp_map_programme, zp_element_count(root, "programme") + 1);
	zp_names *names = zp_names_take(r->arena);
	for (const zp_element *e = root->first; e; e = e->next) {
		zp_map_programme p = { .code = "" };
		if (!zp_element_is(e, "programme") || !zp_element_check(r, e, "code name scheme", "name-en measurands", "sample") ||
		    !zp_element_code(r, e, "code", &p.code) || !take_samples(r, e, &p))
			continue;
		p.name = zp_element_text(r, e, "name");
		p.name_en = zp_element_text(r, e, "name-en");
		p.scheme = zp_element_text(r, e, "scheme");
		p.measurands = zp_element_text(r, e, "measurands");
		if (zp_names_find(names, zp_text_of(p.code)) != ZP_NO_NAME) {
			zp_refuse(r, e, "the programme \"%s\" stands twice; expected each once", zp_text_show(r->arena, zp_text_of(p.code)));
			continue;
		}
		zp_names_add(names, zp_text_of(p.code));
		programmes[m->n_programmes++] = p;
	}
	m->programmes = programmes;
	m->programme_names = names;
	if (!zp_element_count(root, "programme"))
		zp_refuse(r, root, "the mapping has no <programme>; expected one for each programme of the table");
}

/* ---- all of it ---- */

static void need(const zp_reader *r, const zp_element *root, const zp_mapping *m, zp_map_field field)
{
	if (!zp_mapping_gives(m, field))
		zp_refuse(r, root, "nothing gives the field %s; expected a <column> for it%s", field_names[field],
			  field == ZP_MAP_LAB || field == ZP_MAP_VALUE || field == ZP_MAP_MEASURAND ? "" : " or a <constant>");
}

static void check_fields(const zp_reader *r, const zp_element *root, const zp_mapping *m)
{
	need(r, root, m, ZP_MAP_LAB);
	if (!m->wide) {
		need(r, root, m, ZP_MAP_MEASURAND);
		need(r, root, m, ZP_MAP_SAMPLE);
		need(r, root, m, ZP_MAP_VALUE);
	} else {
		static const zp_map_field headed[] = { ZP_MAP_MEASURAND, ZP_MAP_SAMPLE, ZP_MAP_VALUE };
		for (size_t i = 0; i < sizeof headed / sizeof *headed; i++)
			if (zp_mapping_gives(m, headed[i]))
				zp_refuse(r, root, "in layout=\"wide\" the header gives the field %s; expected no column or constant for it", field_names[headed[i]]);
	}
	const bool column = zp_mapping_gives(m, ZP_MAP_PROGRAMME) && !m->constant[ZP_MAP_PROGRAMME];
	if (m->wide && (column || (!m->constant[ZP_MAP_PROGRAMME] && m->n_programmes != 1)))
		zp_refuse(r, root, "a wide sheet holds one programme; expected one <programme>, or <constant field=\"programme\" value=\"...\"/>");
	else if (!m->wide && m->n_programmes != 1)
		need(r, root, m, ZP_MAP_PROGRAMME);
	if (m->constant[ZP_MAP_PROGRAMME] && zp_names_find(m->programme_names, zp_text_of(m->constant[ZP_MAP_PROGRAMME])) == ZP_NO_NAME)
		zp_refuse(r, root, "the constant programme \"%s\" is none of the <programme> elements", m->constant[ZP_MAP_PROGRAMME]);
}

static void take_root(const zp_reader *r, const zp_element *root, zp_mapping *m)
{
	int layout = 0, enrol = 0;
	if (!zp_element_is(root, "mapping")) {
		zp_refuse(r, root, "the file holds <%s>; expected <mapping>", zp_text_show(r->arena, zp_text_of(root->name)));
		return;
	}
	zp_element_check(r, root, "title layout enrol", "",
			 "table round organiser regions class programme column ignore constant nothing time translate");
	zp_element_word(r, root, "layout", "long wide", &layout);
	zp_element_word(r, root, "enrol", "rows values", &enrol);
	m->wide = layout == 1;
	m->enrol_by_value = enrol == 1;
	if (!zp_element_at_most(r, root, "column", COLUMNS_MOST) || !zp_element_at_most(r, root, "ignore", COLUMNS_MOST) ||
	    !zp_element_at_most(r, root, "programme", PROGRAMMES_MOST) || !zp_element_at_most(r, root, "class", COLUMNS_MOST) ||
	    !zp_element_at_most(r, root, "nothing", COLUMNS_MOST))
		return;
	take_table(r, root, m);
	take_round(r, root, &m->round);
	take_regions(r, root, m);
	take_classes(r, root, m);
	take_programmes(r, root, m);
	take_columns(r, root, m);
	take_constants(r, root, m);
	take_nothing(r, root, m);
	take_time(r, root, m);
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "translate") && zp_element_at_most(r, e, "word", WORDS_MOST))
			take_words(r, e, m);
	check_fields(r, root, m);
}

const zp_mapping *zp_mapping_read(zp_arena *arena, const char *rules_dir, const char *name, zp_problems *problems)
{
	size_t before = zp_problems_count(problems), n = strlen(name);
	const bool is_path = n > 4 && strcmp(name + n - 4, ".xml") == 0;
	zp_mapping *m = zp_take(arena, zp_mapping, 1);
	if (!is_path && (strchr(name, '/') || !zp_path_is_safe(name))) {
		zp_problem_add(problems, "mapping", 0, 0, "\"%s\" is not the name of a mapping; expected one such as web-export, or a file that ends in .xml",
			       zp_text_show(arena, zp_text_of(name)));
		return NULL;
	}
	m->file = is_path ? name : zp_arena_print(arena, "mappings/%s.xml", name);
	const zp_xml *xml = zp_xml_read(arena, is_path ? name : zp_arena_print(arena, "%s/%s", rules_dir, m->file), m->file, problems);
	if (!xml)
		return NULL;
	zp_reader r = { arena, m->file, problems };
	take_root(&r, xml->root, m);
	if (zp_problems_count(problems) == before)
		zp_xml_validate(arena, xml, zp_arena_print(arena, "%s/schemas/mapping.rng", rules_dir), "schemas/mapping.rng", NULL, problems);
	return zp_problems_count(problems) == before ? m : NULL;
}
