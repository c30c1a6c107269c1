/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ZP_PAGES_SITE_LOOK_H
#define ZP_PAGES_SITE_LOOK_H

#include "markup.h"

void zp_site_style(zp_markup *);
void zp_site_script(zp_markup *);

#endif
