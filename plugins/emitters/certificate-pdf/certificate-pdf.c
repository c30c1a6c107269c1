/* SPDX-License-Identifier: GPL-3.0-or-later */
/* certificate-pdf: one PDF per laboratory, from its certificate to every single result. */
#include "pages.h"
#include "composition.h"
#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#define SEAL_PIXELS 300        /* 4 cm at 190 per inch; more only makes files large and slow */
#define PIXELS_PER_POINT 2.8   /* of other images: 200 per inch */
#define IMAGE_PIXELS 1600

typedef struct zp_press {
	const zp_template *templates[ZP_TEMPLATE_KINDS];
	zp_cut *cuts[ZP_FAMILIES][ZP_WEIGHTS]; /* sans: only where a template asks for it */
	zp_desk *desk;
	cairo_surface_t *seal;
	zp_art arts[ZP_ARTS_MOST];
	size_t n_arts;
} zp_press;

/* ---- once per run ---- */

static void end(void *state)
{
	zp_press *p = state;
	for (int f = 0; f < ZP_FAMILIES; f++)
		for (int w = 0; w < ZP_WEIGHTS; w++)
			zp_cut_close(p->cuts[f][w]);
	zp_desk_close(p->desk);
	if (p->seal)
		cairo_surface_destroy(p->seal);
	for (size_t i = 0; i < p->n_arts; i++)
		cairo_surface_destroy(p->arts[i].image);
	*p = (zp_press){ 0 };
}

/* How large an image of a template is at most, on any of its pages. */
static double points_of(const zp_template *t, const zp_picture *picture)
{
	const zp_placed_list *const all[] = { &t->every, &t->first, &t->later };
	double most = 0;
	for (size_t s = 0; s < 3; s++)
		for (size_t i = 0; i < all[s]->n; i++) {
			const zp_placed *b = &all[s]->at[i];
			if (b->picture == picture)
				most = b->width > most ? b->width : most, most = b->height > most ? b->height : most;
		}
	return most;
}

static bool open_images(zp_press *p, const zp_host *host, const zp_asset *seal, zp_error *err)
{
	if (seal->bytes && !(p->seal = zp_art_open(host, "seal", seal->name ? seal->name : "seal", seal->bytes, seal->n, SEAL_PIXELS, err)))
		return false;
	for (int k = 0; k < ZP_TEMPLATE_KINDS; k++)
		for (size_t i = 0; p->templates[k] && i < p->templates[k]->n_pictures; i++) {
			const zp_picture *of = p->templates[k]->pictures[i];
			const double pixels = points_of(p->templates[k], of) * PIXELS_PER_POINT;
			if (!of->png || p->n_arts == ZP_ARTS_MOST)
				continue;
			cairo_surface_t *image = zp_art_open(host, "image", of->file, of->png, of->bytes, pixels < IMAGE_PIXELS ? pixels : IMAGE_PIXELS, err);
			if (!image)
				return false;
			p->arts[p->n_arts++] = (zp_art){ of, image };
		}
	return true;
}

static bool open_fonts(zp_press *p, const zp_host *host, const char *characters, zp_error *err)
{
	bool sans = false;
	const char *own = zp_join(host, zp_words_all(host), "0123456789年月日（）　", NULL);
	for (int k = 0; k < ZP_TEMPLATE_KINDS; k++)
		if (p->templates[k]) {
			own = zp_join(host, own, p->templates[k]->characters, NULL);
			sans |= p->templates[k]->sans;
		}
	for (int f = 0; f < ZP_FAMILIES; f++)
		for (zp_weight w = ZP_REGULAR; w < ZP_WEIGHTS && (f == ZP_SERIF || sans); w++)
			if (!(p->cuts[f][w] = zp_cut_open(host, (zp_family)f, w, characters, own, err)))
				return false;
	return true;
}

static void *prepare(const zp_host *host, const zp_edition *edition, zp_error *err)
{
	zp_press *p = host->take(host, sizeof(*p));
	memcpy(p->templates, edition->templates, sizeof p->templates);
	p->desk = zp_desk_open();
	if (!p->desk)
		host->fail(err, ZP_BUG, "certificate-pdf", 0, "there is no memory left");
	if (!p->desk || !open_fonts(p, host, edition->characters, err) || !open_images(p, host, &edition->seal, err)) {
		end(p);
		return NULL;
	}
	return p;
}

/* ---- per laboratory ---- */

typedef struct zp_file { unsigned char *bytes; size_t n, room; } zp_file;

static cairo_status_t append(void *self, const unsigned char *bytes, unsigned n)
{
	zp_file *f = self;
	if (f->n + n > f->room) {
		size_t room = f->room ? f->room * 2 : 128 * 1024;
		while (room < f->n + n)
			room *= 2;
		unsigned char *more = realloc(f->bytes, room);
		if (!more)
			return CAIRO_STATUS_NO_MEMORY;
		f->bytes = more;
		f->room = room;
	}
	memcpy(f->bytes + f->n, bytes, n);
	f->n += n;
	return CAIRO_STATUS_SUCCESS;
}

static bool is_date(const char *s)
{
	static const char form[] = "0000-00-00";
	for (size_t i = 0; i < sizeof(form); i++)
		if (form[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	const int month = (s[5] - '0') * 10 + s[6] - '0';
	return month >= 1 && month <= 12;
}

/* What a reader shows of the file beside its pages. Neither clock nor machine: the dates are the date of issue. */
typedef struct zp_imprint { const char *title, *subject, *author, *issued; } zp_imprint;

static void set_metadata(cairo_surface_t *pdf, const zp_host *host, const zp_imprint *m)
{
	const char *instant = zp_join(host, m->issued, "T00:00:00Z", NULL);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, instant);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_MOD_DATE, instant);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, m->title);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_SUBJECT, m->subject);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_AUTHOR, m->author);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Zhiping");
}

/* cairo makes the six letters before a font's name from what else the font that it was given holds. Here they are made from the file,
 * so that it does not depend on what the papers of others needed of the font. */
static void name_fonts(zp_file *f)
{
	static const char *const keys[] = { "/FontName /", "/BaseFont /" };
	unsigned char *tags[64];
	size_t n = 0;
	for (size_t k = 0; k < 2; k++)
		for (unsigned char *p = f->bytes; (p = memmem(p, f->n - (size_t)(p - f->bytes), keys[k], 11)) && n < 64; p += 11)
			if ((size_t)(p - f->bytes) + 18 < f->n && p[17] == '+')
				tags[n++] = memset(p + 11, 'A', 6);
	uint64_t sum = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < f->n; i++)
		sum = (sum ^ f->bytes[i]) * UINT64_C(1099511628211);
	for (size_t i = 0; i < n; i++) {
		uint64_t left = sum;
		for (size_t c = 0; c < 6; c++, left /= 26)
			tags[i][c] = (unsigned char)('A' + left % 26);
	}
}

/* Draw a whole file by a call that draws its pages, and write it. */
static bool print(zp_composition *composition, const zp_imprint *imprint, void (*pages)(zp_composition *), const zp_outbox *out, const char *name)
{
	zp_file file = { 0 };
	zp_canvas *canvas = composition->canvas;
	cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(append, &file, composition->t->width, composition->t->height);
	set_metadata(pdf, canvas->host, imprint);
	canvas->cr = cairo_create(pdf);
	pages(composition);
	cairo_status_t status = cairo_status(canvas->cr);
	cairo_destroy(canvas->cr);
	cairo_surface_finish(pdf);
	if (!status)
		status = cairo_surface_status(pdf); /* the first thing cairo could not do */
	cairo_surface_destroy(pdf);
	bool done = !canvas->failed;
	if (done && status)
		done = canvas->host->fail(canvas->err, ZP_BUG, canvas->who, 0, "the certificate cannot be drawn: %s", cairo_status_to_string(status));
	if (done) {
		name_fonts(&file);
		done = out->write(out->self, name, file.bytes, file.n, canvas->err);
	}
	free(file.bytes);
	return done;
}

static bool has_date(const zp_host *host, const char *who, const char *issued, zp_error *err)
{
	return is_date(issued) || host->fail(err, ZP_BAD_USE, who, 0, "the date of issue is \"%.40s\"; expected a date as 2026-03-31", issued);
}

static bool has_template(const zp_press *p, const zp_host *host, zp_template_kind kind, const char *who, zp_error *err)
{
	return p->templates[kind] || host->fail(err, ZP_BAD_USE, who, 0, "there is no template for this kind of certificate; expected one");
}

static zp_canvas canvas_for(const zp_press *p, const zp_host *host, const char *who, zp_error *err)
{
	return (zp_canvas){ .host = host, .err = err, .who = who, .cuts = p->cuts[ZP_SERIF], .desk = p->desk, .ink = { ZP_WEIGHTS, -1, ~0u, 0 } };
}

static zp_composition composition_for(const zp_press *p, const zp_host *host, zp_canvas *canvas, zp_template_kind kind)
{
	return (zp_composition){ .host = host, .canvas = canvas, .cuts = p->cuts, .t = p->templates[kind], .arts = p->arts, .n_arts = p->n_arts, .seal = p->seal };
}

static void turn(zp_composition *s)
{
	zp_canvas_settle(s->canvas);
	cairo_show_page(s->canvas->cr);
	s->canvas->ink = (zp_ink){ ZP_WEIGHTS, -1, ~0u, 0 };
}

/* ---- a round ---- */

/* The first page after the template; the others list results and stand upright. */
static void draw_round(zp_composition *s)
{
	const zp_job *j = s->job;
	zp_composition_draw(s, 1);
	turn(s);
	cairo_pdf_surface_set_size(cairo_get_target(s->canvas->cr), ZP_PAGE_WIDTH, ZP_PAGE_HEIGHT);
	for (size_t page = 2, i = 0; page <= j->pages; page++) {
		zp_running_draw(j, page);
		for (; i < j->n_pieces && j->pieces[i].page == page; i++)
			zp_piece_draw(j, &j->pieces[i]);
		turn(s);
	}
}

static bool lab(const zp_host *host, void *state, const zp_report *report, const zp_outbox *out, zp_error *err)
{
	const zp_press *p = state;
	if (!has_date(host, report->lab, report->issued, err) || !has_template(p, host, ZP_TEMPLATE_ROUND, report->lab, err))
		return false;
	zp_canvas canvas = canvas_for(p, host, report->lab, err);
	zp_job job = { .host = host, .report = report, .paper = &canvas };
	zp_composition composition = composition_for(p, host, &canvas, ZP_TEMPLATE_ROUND);
	composition.job = &job;
	if (!zp_composition_plan(&composition))
		return false;
	if (composition.t->results || job.front_rows < report->n_programmes)
		zp_job_plan(&job, composition.t->results);
	if (canvas.failed)
		return false;
	composition.pages = job.pages ? job.pages : 1;
	const zp_imprint imprint = { zp_join(host, zp_word_cn(ZP_WORD_TITLE), " ", report->lab, " ", report->lab_name, NULL), report->round_name,
		                     report->organiser, report->issued };
	return print(&composition, &imprint, draw_round, out, "certificate.pdf");
}

/* ---- a year ---- */

static void draw_paper(zp_composition *s)
{
	for (size_t page = 1; page <= s->pages; page++) {
		zp_composition_draw(s, page);
		turn(s);
	}
}

static bool paper(const zp_host *host, void *state, const zp_paper *paper, const zp_outbox *out, zp_error *err)
{
	static const zp_template_kind kinds[] = { [ZP_PAPER_ANNUAL] = ZP_TEMPLATE_ANNUAL, [ZP_PAPER_RECOGNITION] = ZP_TEMPLATE_RECOGNITION,
		[ZP_PAPER_TITLE] = ZP_TEMPLATE_TITLE };
	const zp_press *p = state;
	const char *const days[] = { paper->issued, paper->from, paper->until };
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		if ((i == 0 || *days[i]) && !has_date(host, paper->lab, days[i], err))
			return false;
	if (!has_template(p, host, kinds[paper->kind], paper->lab, err))
		return false;
	zp_canvas canvas = canvas_for(p, host, paper->lab, err);
	zp_composition composition = composition_for(p, host, &canvas, kinds[paper->kind]);
	composition.paper = paper;
	if (!zp_composition_plan(&composition))
		return false;
	const zp_imprint imprint = { zp_join(host, paper->title, " ", paper->number, " ", paper->lab_name, NULL), paper->programme, paper->organiser,
		                     paper->issued };
	return print(&composition, &imprint, draw_paper, out, paper->file);
}

static const zp_emitter emitter = { .prepare = prepare, .lab = lab, .paper = paper, .end = end };

ZP_PLUGIN(certificate_pdf) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "certificate-pdf",
	.version = "2",
	.cites = "",
	.says = "Writes certificate.pdf for each laboratory: its performance by programme, and every result with target, limits and verdict; "
		"and the annual, recognition and title certificates of a year. Templates say how they look.",
	.does.emitter = &emitter,
};
