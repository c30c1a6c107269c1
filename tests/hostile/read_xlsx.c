/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read_xlsx [-q] FILE...: reads workbooks with the importer alone, and prints what it hands over: one line for each value, problem or
 * refusal; with -q values are not printed. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/arena.h"
#include "host/registry.h"

extern const zp_plugin zp_plugin_xlsx;

static void print(zp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		putchar(t.p[i] == '\n' || t.p[i] == '\r' ? ' ' : t.p[i]);
}

static void put(void *self, const zp_raw *raw)
{
	const bool *quiet = self;
	if (*quiet)
		return;
	printf("put %ld", raw->line);
	for (int i = 0; i < ZP_FIELDS; i++) {
		putchar('|');
		print(raw->field[i]);
	}
	putchar('\n');
}

static void say(const char *word, zp_text sheet, long line, long column, const char *fmt, va_list args)
{
	char cell[32] = "";
	if (line)
		zp_cell_name(line, column, cell);
	printf("%s %.*s!%s: ", word, (int)sheet.n, sheet.n ? sheet.p : "", cell);
	vprintf(fmt, args);
	putchar('\n');
}

__attribute__((format(printf, 5, 6))) static void problem(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	(void)self;
	va_start(args, fmt);
	say("problem", sheet, line, column, fmt, args);
	va_end(args);
}

__attribute__((format(printf, 5, 6))) static void refuse(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	(void)self;
	va_start(args, fmt);
	say("refuse", sheet, line, column, fmt, args);
	va_end(args);
}

static bool read_one(const char *path, bool quiet)
{
	FILE *f = fopen(path, "rb");
	size_t n = 0, room = 17u << 20;
	char *bytes = malloc(room);
	if (!f || !bytes)
		return false;
	n = fread(bytes, 1, room, f);
	fclose(f);
	zp_arena *arena = zp_arena_open();
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, arena, &zp_plugin_xlsx, NULL);
	const zp_sink sink = { .self = &quiet, .put = put, .problem = problem, .refuse = refuse };
	const zp_source source = { .name = path, .stem = "stem", .head = { bytes, n }, .block = { bytes, n }, .first_line = 1 };
	zp_plugin_xlsx.does.importer->read(host, &source, &sink);
	zp_arena_close(arena);
	free(bytes);
	return true;
}

int main(int argc, char **argv)
{
	bool quiet = argc > 1 && strcmp(argv[1], "-q") == 0;
	for (int i = 1 + quiet; i < argc; i++) {
		if (argc > 2 + quiet)
			printf("file %s\n", argv[i]);
		if (!read_one(argv[i], quiet)) {
			fprintf(stderr, "%s cannot be read\n", argv[i]);
			return 6;
		}
	}
	return 0;
}
