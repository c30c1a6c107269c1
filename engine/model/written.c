/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/written.h"
#include <string.h>

static size_t word(const char *text, char *out)
{
	const size_t n = strlen(text);
	memcpy(out, text, n + 1);
	return n;
}

size_t zp_written(const zp_measurand *m, zp_kind kind, zp_decimal value, int chinese, char out[static ZP_WRITTEN_BYTES])
{
	switch (kind) {
	case ZP_BELOW: case ZP_ABOVE:
		*out = kind == ZP_BELOW ? '<' : '>';
		return 1 + zp_decimal_write(value, out + 1);
	case ZP_UNDETECTED:
		return word(chinese > 0 ? "未检出" : chinese == 0 ? "not detected" : "undetected", out);
	case ZP_CATEGORY: case ZP_TITRE: case ZP_GRADE: case ZP_SET: {
		const size_t n = zp_scale_write(m->scale, value.m, chinese, out, ZP_WRITTEN_BYTES);
		return n < ZP_WRITTEN_BYTES ? n : ZP_WRITTEN_BYTES - 1;
	}
	case ZP_NOTHING:
		return word("", out);
	case ZP_NUMBER: case ZP_KINDS:
		break;
	}
	return zp_decimal_write(value, out);
}
