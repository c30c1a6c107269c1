/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/pdf_read.h"
#include <string.h>
#include "trust/pdf_form.h"

#define ENTRY 20      /* bytes of an entry of the table */
#define DEPTH_MOST 32

static bool refuse(zp_error *err, const char *what)
{
	return zp_fail(err, ZP_BUG, NULL, 0, "the PDF cannot be signed: %s; expected one as cairo 1.16 writes it", what);
}

/* ---- words of the file, from left to right ---- */

static bool blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }

static void skip_blanks(zp_text *t)
{
	while (t->n && (blank(*t->p) || *t->p == '%')) {
		const char *stop = *t->p == '%' ? memchr(t->p, '\n', t->n) : t->p + 1; /* a comment lasts to the end of its line */
		const size_t n = stop ? (size_t)(stop - t->p) : t->n;
		t->p += n, t->n -= n;
	}
}

static bool take_word(zp_text *t, const char *word)
{
	const size_t n = strlen(word);
	if (t->n < n || memcmp(t->p, word, n) != 0)
		return false;
	t->p += n, t->n -= n;
	return true;
}

static bool take_number(zp_text *t, unsigned long *number)
{
	size_t n = 0;
	*number = 0;
	for (; n < t->n && n < 10 && t->p[n] >= '0' && t->p[n] <= '9'; n++)
		*number = *number * 10 + (unsigned long)(t->p[n] - '0');
	t->p += n, t->n -= n;
	return n && n < 10;
}

/* "12 0 R" */
static bool take_reference(zp_text *t, unsigned long *number)
{
	skip_blanks(t);
	return take_number(t, number) && take_word(t, " 0 R");
}

/* What stands in brackets, with what is nested in it: strings (with \ before a bracket), <hex>, arrays, dictionaries.
 * Gives: from the first bracket behind its last; .p NULL where it has no end. */
static zp_text balanced(zp_text t)
{
	char open[DEPTH_MOST];
	size_t depth = 0;
	for (size_t i = 0; i < t.n; i++) {
		const char c = t.p[i], next = i + 1 < t.n ? t.p[i + 1] : '\0', within = depth ? open[depth - 1] : '\0';
		if (within == '(' && c == '\\') {
			i++;
		} else if (within == '(' ? c == ')' : within == '<' ? c == '>' : within == '[' ? c == ']' : within == 'd' && c == '>' && next == '>') {
			i += within == 'd';
			if (--depth == 0)
				return (zp_text){ t.p, i + 1 };
		} else if (within == '<' || (within == '(' && c != '(')) {
			continue;
		} else if (c == '%') {
			while (i + 1 < t.n && t.p[i + 1] != '\n')
				i++;
		} else if (c == '(' || c == '<' || c == '[') {
			if (depth == DEPTH_MOST)
				break;
			const bool dictionary = c == '<' && next == '<';
			open[depth++] = dictionary ? 'd' : c;
			i += dictionary;
		} else if (c == ')' || c == '>' || c == ']') {
			break;
		}
	}
	return (zp_text){ NULL, 0 };
}

/* What follows a name on the first level of a dictionary. */
static bool find(zp_text dictionary, const char *name, zp_text *value)
{
	const size_t n_name = strlen(name);
	zp_text t = { dictionary.p + 2, dictionary.n - 4 };
	for (;;) {
		skip_blanks(&t);
		if (!t.n)
			return false;
		if (*t.p == '(' || *t.p == '<' || *t.p == '[') {
			const zp_text inner = balanced(t);
			if (!inner.p)
				return false;
			t.p += inner.n, t.n -= inner.n;
			continue;
		}
		size_t n = 1;
		while (n < t.n && !blank(t.p[n]) && !memchr("()<>[]/%", t.p[n], 8))
			n++;
		const bool found = n == n_name && memcmp(t.p, name, n) == 0;
		t.p += n, t.n -= n;
		if (found)
			return skip_blanks(&t), *value = t, true;
	}
}

static bool find_reference(zp_text dictionary, const char *name, unsigned long *number)
{
	zp_text value;
	return find(dictionary, name, &value) && take_reference(&value, number);
}

/* ---- the table ---- */

/* The file ends with "startxref", a number, "%%EOF". */
static bool read_end(zp_pdf_outline *o)
{
	static const char word[] = "startxref\n";
	const size_t back = o->whole.n < 64 ? o->whole.n : 64;
	const char *tail = o->whole.p + o->whole.n - back, *at = memmem(tail, back, word, sizeof word - 1);
	if (!at)
		return false;
	zp_text t = { at + sizeof word - 1, (size_t)(o->whole.p + o->whole.n - at) - (sizeof word - 1) };
	unsigned long table;
	if (!take_number(&t, &table) || !take_word(&t, "\n%%EOF\n") || t.n)
		return false;
	o->table = table;
	return table < o->whole.n;
}

static bool read_trailer(zp_pdf_outline *o)
{
	zp_text t = { o->whole.p + o->table, o->whole.n - o->table };
	if (!take_word(&t, "xref\n0 ") || !take_number(&t, &o->size) || !take_word(&t, "\n") || o->size < 4 || t.n / ENTRY < o->size)
		return false;
	t.p += o->size * ENTRY, t.n -= o->size * ENTRY;
	if (!take_word(&t, "trailer\n"))
		return false;
	const zp_text trailer = balanced(t);
	zp_text other;
	return trailer.p && trailer.n > 4 && trailer.p[1] == '<' && find_reference(trailer, "/Root", &o->root) && find_reference(trailer, "/Info", &o->info) &&
	       !find(trailer, "/Encrypt", &other) && !find(trailer, "/Prev", &other) && !find(trailer, "/XRefStm", &other);
}

/* The dictionary that is this object. */
static bool object(const zp_pdf_outline *o, unsigned long number, zp_text *dictionary)
{
	unsigned long at, generation, named;
	if (!number || number >= o->size)
		return false;
	const char *entries = memchr(o->whole.p + o->table + 7, '\n', o->whole.n - o->table - 7);
	zp_text t = { entries + 1 + number * ENTRY, ENTRY };
	size_t n = 0;
	for (at = 0; n < 10; n++) {
		if (t.p[n] < '0' || t.p[n] > '9')
			return false;
		at = at * 10 + (unsigned long)(t.p[n] - '0');
	}
	t.p += n, t.n -= n;
	if (!take_word(&t, " 00000 n") || at >= o->whole.n)
		return false;
	t = (zp_text){ o->whole.p + at, o->whole.n - at };
	if (!take_number(&t, &named) || named != number || !take_word(&t, " ") || !take_number(&t, &generation) || generation || !take_word(&t, " obj\n"))
		return false;
	if (t.n < 2 || t.p[0] != '<' || t.p[1] != '<')
		return false;
	*dictionary = balanced(t);
	t.p += dictionary->n, t.n -= dictionary->n;
	return dictionary->p && dictionary->n > 4 && take_word(&t, "\nendobj\n");
}

/* ---- the first page ---- */

static bool is_type(zp_text dictionary, const char *type)
{
	zp_text value;
	return find(dictionary, "/Type", &value) && take_word(&value, type) && value.n && (blank(*value.p) || *value.p == '/' || *value.p == '>');
}

static bool read_page(zp_pdf_outline *o, zp_error *err)
{
	zp_text pages, kids, annotations;
	unsigned long root;
	if (!find_reference(o->catalogue, "/Pages", &root) || !object(o, root, &pages) || !is_type(pages, "/Pages"))
		return refuse(err, "the pages are not found");
	if (!find(pages, "/Kids", &kids) || !take_word(&kids, "[") || !take_reference(&kids, &o->page) || !object(o, o->page, &o->first_page) ||
	    !is_type(o->first_page, "/Page"))
		return refuse(err, "the first page is not found");
	o->annotations = (zp_text){ NULL, 0 };
	if (!find(o->first_page, "/Annots", &annotations))
		return true;
	annotations = *annotations.p == '[' ? balanced(annotations) : (zp_text){ NULL, 0 };
	if (!annotations.p)
		return refuse(err, "the notes of the first page are no list");
	o->annotations = (zp_text){ annotations.p + 1, annotations.n - 2 };
	return true;
}

bool zp_pdf_read(zp_text file, zp_pdf_outline *o, zp_error *err)
{
	zp_text head = file, other;
	*o = (zp_pdf_outline){ .whole = file };
	if (file.n > ZP_PDF_SIZE_MOST / 2)
		return refuse(err, "it is larger than 499999999 bytes");
	if (!take_word(&head, "%PDF-1."))
		return refuse(err, "it does not begin with %PDF-1.");
	if (!read_end(o))
		return refuse(err, "it does not end with startxref, a place and %%EOF");
	if (!read_trailer(o))
		return refuse(err, "its table of cross references or its trailer is of another form");
	if (!object(o, o->root, &o->catalogue) || !is_type(o->catalogue, "/Catalog"))
		return refuse(err, "the catalogue is not found");
	if (find(o->catalogue, "/AcroForm", &other))
		return refuse(err, "there is a form in it already, or a signature");
	return read_page(o, err);
}
