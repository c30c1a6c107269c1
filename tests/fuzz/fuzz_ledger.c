/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ledgers: whatever the bytes of the file are, it is opened or refused with a reason, checked, and read; and when `check` finds nothing, what
 * is read is what was put in. The first byte says what the rest is: a whole file, or changes to a ledger of ours, each of three bytes for the
 * place, one for the length, and what stands there then. */
#include "fuzz.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "fuzz/sample_entry.h"
#include "ledger/ledger.h"

#define TEMPLATE_MOST (1u << 20)

typedef struct template { uint8_t bytes[TEMPLATE_MOST]; size_t n; char digest[ZP_DIGEST_TEXT]; } template;

static void put_file(const char *path, const void *bytes, size_t n)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FUZZ_PROMISE(fd >= 0 && write(fd, bytes, n) == (ssize_t)n, "the file cannot be written");
	close(fd);
}

/* Made once by the program itself. */
static void make_template(template *t, const char *path)
{
	zp_error err = { 0 };
	zp_arena *arena = zp_arena_open();
	unlink(path);
	zp_ledger *ledger = zp_ledger_open(path, ZP_LEDGER_WRITE, &err);
	const zp_entry *entry = sample_entry(arena);
	FUZZ_PROMISE(ledger && zp_ledger_put(ledger, entry, &err) == ZP_ADDED, err.text);
	zp_entry_digest(entry, t->digest);
	zp_ledger_close(ledger);
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const ssize_t n = fd < 0 ? -1 : read(fd, t->bytes, sizeof t->bytes);
	FUZZ_PROMISE(n > 0 && (size_t)n < sizeof t->bytes, "the ledger to begin with is not read");
	t->n = (size_t)n;
	close(fd);
	zp_arena_close(arena);
}

static void be_told(void *self, const char *sentence)
{
	FUZZ_PROMISE(*sentence, "something is wrong, and not said what");
	++*(size_t *)self;
}

static void read_all(zp_ledger *ledger, zp_arena *arena, bool intact, const char *digest)
{
	zp_error err = { 0 };
	char is[ZP_DIGEST_TEXT];
	size_t n = 0;
	const zp_ledger_row *rows = zp_ledger_rows(ledger, arena, &n, &err);
	FUZZ_PROMISE(rows || *err.text, "rows are refused without a reason");
	for (size_t i = 0; rows && i < n && i < 20; i++) {
		zp_error why = { 0 };
		const zp_entry *e = zp_ledger_take(ledger, arena, rows[i].id, rows[i].version, &why);
		FUZZ_PROMISE(e || *why.text, "an entry is refused without a reason");
		if (!intact)
			continue;
		FUZZ_PROMISE(e && n == 1, "check finds nothing, and the entry is not there");
		zp_entry_digest(e, is);
		FUZZ_PROMISE(strcmp(is, digest) == 0, "check finds nothing, and the entry is another");
	}
	FUZZ_PROMISE(!intact || n == 1, "check finds nothing in a ledger without its entry");
	zp_error other = { 0 };
	FUZZ_PROMISE(zp_annals_take(ledger, arena, 0, 9999, &other) || *other.text, "annals are refused without a reason");
}

FUZZ_TARGET(ledger)
{
	static template t;
	char path[80], journal[96];
	if (!size)
		return 0;
	snprintf(path, sizeof path, "/dev/shm/zp-fuzz-%ld.sqlite", (long)getpid());
	snprintf(journal, sizeof journal, "%s-journal", path);
	if (!t.n)
		make_template(&t, path);
	const bool whole = data[0] & 1;
	if (whole) {
		put_file(path, data + 1, size - 1);
	} else {
		uint8_t *copy = malloc(t.n);
		if (!copy)
			abort();
		memcpy(copy, t.bytes, t.n);
		for (size_t i = 1; i + 4 <= size;) {
			const size_t at = (data[i] | (size_t)data[i + 1] << 8 | (size_t)data[i + 2] << 16) % t.n, n = data[i + 3];
			i += 4;
			for (size_t k = 0; k < n && i < size; k++, i++)
				copy[(at + k) % t.n] = data[i];
		}
		put_file(path, copy, t.n);
		free(copy);
	}
	zp_error err = { 0 };
	zp_arena *arena = zp_arena_open();
	zp_ledger *ledger = zp_ledger_open(path, ZP_LEDGER_READ, &err);
	FUZZ_PROMISE(ledger || *err.text, "a ledger is refused without a reason");
	if (ledger) {
		size_t told = 0;
		bool sound = false;
		zp_error why = { 0 };
		const long found = zp_ledger_check(ledger, be_told, &told, &sound, &why);
		FUZZ_PROMISE(found >= 0 ? (size_t)found == told : *why.text != '\0', "what is wrong is not told");
		read_all(ledger, arena, found == 0 && !whole, t.digest);
		zp_ledger_close(ledger);
	}
	zp_arena_close(arena);
	unlink(path);
	unlink(journal);
	return 0;
}
