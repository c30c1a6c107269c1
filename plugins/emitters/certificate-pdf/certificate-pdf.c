/* SPDX-License-Identifier: GPL-3.0-or-later */
/* certificate-pdf: one PDF per laboratory, from its certificate to every single result. */
#include "pages.h"
#include "composition.h"
#include "paper/press.h"
#include <cairo-pdf.h>
#include <string.h>

#define SEAL_PIXELS 300        /* 4 cm at 190 per inch; more only makes files large and slow */
#define PIXELS_PER_POINT 2.8   /* of other images: 200 per inch */
#define IMAGE_PIXELS 1600

typedef struct zp_press {
	const zp_template *templates[ZP_TEMPLATE_KINDS];
	zp_types types[ZP_FAMILIES]; /* sans: only where a template asks for it */
	cairo_surface_t *seal;
	zp_art arts[ZP_ARTS_MOST];
	size_t n_arts;
} zp_press;

/* ---- once per run ---- */

static void end(void *state)
{
	zp_press *p = state;
	for (int f = 0; f < ZP_FAMILIES; f++)
		zp_types_close(&p->types[f]);
	if (p->seal)
		cairo_surface_destroy(p->seal);
	for (size_t i = 0; i < p->n_arts; i++)
		cairo_surface_destroy(p->arts[i].image);
	*p = (zp_press){ 0 };
}

/* How large an image of a template is at most, on any of its pages. */
static double points_of(const zp_template *t, const zp_picture *picture)
{
	const zp_template_blocks *const all[] = { &t->every, &t->first, &t->later };
	double most = 0;
	for (size_t s = 0; s < 3; s++)
		for (size_t i = 0; i < all[s]->n; i++) {
			const zp_template_block *b = &all[s]->at[i];
			if (b->picture == picture)
				most = b->width > most ? b->width : most, most = b->height > most ? b->height : most;
		}
	return most;
}

static bool open_images(zp_press *p, const zp_host *host, const zp_asset *seal, zp_error *err)
{
	if (seal->bytes && !(p->seal = zp_art_open(host, seal->name ? seal->name : "seal", seal->bytes, seal->n, SEAL_PIXELS, err)))
		return false;
	for (int k = 0; k < ZP_TEMPLATE_KINDS; k++)
		for (size_t i = 0; p->templates[k] && i < p->templates[k]->n_pictures; i++) {
			const zp_picture *of = p->templates[k]->pictures[i];
			const double pixels = points_of(p->templates[k], of) * PIXELS_PER_POINT;
			if (!of->png || p->n_arts == ZP_ARTS_MOST)
				continue;
			cairo_surface_t *image = zp_art_open(host, of->file, of->png, of->bytes, pixels < IMAGE_PIXELS ? pixels : IMAGE_PIXELS, err);
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
	return zp_types_open(&p->types[ZP_SERIF], host, ZP_SERIF, characters, own, err) &&
	       (!sans || zp_types_open(&p->types[ZP_SANS], host, ZP_SANS, characters, own, err));
}

static void *prepare(const zp_host *host, const zp_edition *edition, zp_error *err)
{
	zp_press *p = host->take(host, sizeof(*p));
	memcpy(p->templates, edition->templates, sizeof p->templates);
	if (!open_fonts(p, host, edition->characters, err) || !open_images(p, host, &edition->seal, err)) {
		end(p);
		return NULL;
	}
	return p;
}

static bool has_template(const zp_press *p, const zp_host *host, zp_template_kind kind, const char *who, zp_error *err)
{
	return p->templates[kind] || host->fail(err, ZP_BAD_USE, who, 0, "there is no template for this kind of certificate; expected one");
}

static zp_composition composition_for(const zp_press *p, const zp_host *host, zp_canvas *canvas, zp_template_kind kind)
{
	return (zp_composition){ .host = host, .canvas = canvas, .cuts = { p->types[ZP_SERIF].cuts, p->types[ZP_SANS].cuts }, .t = p->templates[kind],
		.arts = p->arts, .n_arts = p->n_arts, .seal = p->seal };
}

static void begin_pages(const zp_composition *s)
{
	cairo_pdf_surface_set_size(cairo_get_target(s->canvas->cr), s->t->width, s->t->height);
}

static void turn(zp_composition *s)
{
	zp_canvas_settle(s->canvas);
	cairo_show_page(s->canvas->cr);
	s->canvas->ink = (zp_ink){ ZP_WEIGHTS, -1, ~0u, 0 };
}

/* ---- a round ---- */

/* The first page after the template; the others list results and stand upright. */
static void draw_round(void *self)
{
	zp_composition *s = self;
	const zp_job *j = s->job;
	begin_pages(s);
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
	if (!zp_has_date(host, report->lab, report->issued, err) || !has_template(p, host, ZP_TEMPLATE_ROUND, report->lab, err))
		return false;
	zp_canvas canvas = zp_types_canvas(&p->types[ZP_SERIF], host, report->lab, err);
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
	return zp_print(&canvas, &imprint, draw_round, &composition, out, "certificate.pdf");
}

/* ---- a year ---- */

static void draw_paper(void *self)
{
	zp_composition *s = self;
	begin_pages(s);
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
		if ((i == 0 || *days[i]) && !zp_has_date(host, paper->lab, days[i], err))
			return false;
	if (!has_template(p, host, kinds[paper->kind], paper->lab, err))
		return false;
	zp_canvas canvas = zp_types_canvas(&p->types[ZP_SERIF], host, paper->lab, err);
	zp_composition composition = composition_for(p, host, &canvas, kinds[paper->kind]);
	composition.paper = paper;
	if (!zp_composition_plan(&composition))
		return false;
	const zp_imprint imprint = { zp_join(host, paper->title, " ", paper->number, " ", paper->lab_name, NULL), paper->programme, paper->organiser,
		                     paper->issued };
	return zp_print(&canvas, &imprint, draw_paper, &composition, out, paper->file);
}

static const zp_emitter emitter = { .prepare = prepare, .lab = lab, .paper = paper, .end = end };

static void libraries(void (*tell)(void *, const char *, const char *), void *self)
{
	zp_paper_libraries(tell, self);
	tell(self, "qrencode", zp_square_library());
}

ZP_PLUGIN(certificate_pdf) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "certificate-pdf",
	.version = "2",
	.cites = "",
	.says = "Writes certificate.pdf for each laboratory: its performance by programme, and every result with target, limits and verdict; "
		"and the annual, recognition and title certificates of a year. Templates say how they look.",
	.does.emitter = &emitter,
	.libraries = libraries,
};
