/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside recognition: the papers and their numbers. */
#ifndef ZP_YEAR_RECOGNITION_PAPERS_H
#define ZP_YEAR_RECOGNITION_PAPERS_H

#include "year/recognition.h"

/* Fill papers, and paper of each laboratory. */
void zp_recog_papers_take(zp_arena *, const zp_recog_wish *, zp_recognition *, zp_recog_lab *labs);

#endif
