/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that cannot be had: one sentence and one exit code, wherever it happens.
 *
 * In the program this is a net below everything: malloc itself ends the process (engine/cli/memory.c), because libraries that go on
 * without memory write papers with texts left out. What is here says so where we ask for memory ourselves, for tests and plugins too.
 */
#ifndef ZP_BASE_MEMORY_H
#define ZP_BASE_MEMORY_H

/* Say so on standard error, without taking memory, and end this process with ZP_IO. Any thread, any process of a run. */
_Noreturn void zp_no_memory(void);

/* The same pointer. Fails: never; NULL ends the process. */
void *zp_must(void *) __attribute__((returns_nonnull));

#endif
