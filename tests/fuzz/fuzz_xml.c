/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as XML: whatever the bytes are, the same answer comes twice, and there is one. */
#include "contract/collect.h"
#include "fuzz.h"

extern const zp_plugin zp_plugin_xml;

FUZZ_TARGET(xml)
{
	char *bytes = malloc(size + 1); /* its own, so that a step beyond the end is seen */
	if (!bytes)
		abort();
	if (size)
		memcpy(bytes, data, size);
	bytes[size] = '\0';
	collected *a = collect(&zp_plugin_xml, bytes, size, 0), *b = collect(&zp_plugin_xml, bytes, size, 0);
	FUZZ_PROMISE(!a->broken, a->broken);
	FUZZ_PROMISE(!a->refused || a->n_told > 0, "a file was refused without a word");
	FUZZ_PROMISE(a->n_rows == b->n_rows && a->n_told == b->n_told && a->refused == b->refused, "read twice, it is not the same");
	for (size_t i = 0; i < a->n_rows; i++)
		FUZZ_PROMISE(strcmp(a->rows[i], b->rows[i]) == 0, "a row is another the second time");
	collected_free(a);
	collected_free(b);
	free(bytes);
	return 0;
}
