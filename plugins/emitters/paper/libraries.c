/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which libraries paper is drawn, as they are at run time. */
#include <cairo-ft.h>
#include <pango/pango.h>
#include <stdio.h>
#include "paper/press.h"

void zp_paper_libraries(void (*tell)(void *self, const char *library, const char *version), void *self)
{
	FT_Library freetype;
	FT_Int major, minor, patch;
	char version[48];
	tell(self, "cairo", cairo_version_string());
	tell(self, "harfbuzz", hb_version_string());
	tell(self, "pango", pango_version_string());
	if (FT_Init_FreeType(&freetype))
		return;
	FT_Library_Version(freetype, &major, &minor, &patch);
	FT_Done_FreeType(freetype);
	snprintf(version, sizeof version, "%d.%d.%d", (int)major, (int)minor, (int)patch);
	tell(self, "freetype", version);
}
