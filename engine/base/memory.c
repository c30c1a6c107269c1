/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"
#include <string.h>
#include <unistd.h>
#include "base/error.h"
#include "base/words.h"

/* A pair and not a message of the catalogue, which takes memory when it is opened. _exit, since other threads may be at work and a
 * child must not flush what its parent printed. */
_Noreturn void zp_no_memory(void)
{
	static const char *const says[] = { "zhiping: out of memory; the run was given up\n", "zhiping: 内存不足；本次运行已中止\n" };
	const char *sentence = says[zp_words_chinese()];
	(void)!write(STDERR_FILENO, sentence, strlen(sentence));
	_exit(ZP_IO);
}

void *zp_must(void *p)
{
	if (!p)
		zp_no_memory();
	return p;
}
