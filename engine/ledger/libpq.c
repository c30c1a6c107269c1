/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/libpq.h"
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include "base/words.h"

#define LIBRARY "libpq.so.5" /* has kept this name since 2006 */

zp_libpq zp_pq;

bool zp_libpq_load(const char *place, zp_error *err)
{
	static const struct { const char *name; size_t at; } functions[] = {
#define X(name) { "PQ" #name, offsetof(zp_libpq, name) },
		ZP_LIBPQ(X)
#undef X
	};
	if (zp_pq.clear)
		return true;
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	bool good = library != NULL;
	for (size_t i = 0; good && i < sizeof functions / sizeof *functions; i++) {
		void **function = (void **)((char *)&zp_pq + functions[i].at);
		good = (*function = dlsym(library, functions[i].name)) != NULL;
	}
	if (good) {
		char domain[32];
		snprintf(domain, sizeof domain, "libpq5-%d", zp_pq.libVersion() / 10000);
		zp_words_others(domain);
		return true;
	}
	zp_pq = (zp_libpq){ 0 };
	return zp_fail(err, ZP_IO, place, 0, "%s cannot be loaded: %s; expected it on this machine (Debian package libpq5)", LIBRARY, dlerror());
}
