/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/confine.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/words.h"
#include "run/records.h"
#include "run/run.h"

#define NAME_MOST 1000
#define PATIENCE 60.0 /* seconds after which a child is given up, whatever it does or says */

/* What both processes see. */
typedef struct shared {
	const zp_importer *importer; /* the child is a copy of the run, so that addresses hold there */
	char name[NAME_MOST], stem[NAME_MOST];
	uint64_t n;
	char bytes[ZP_SANDBOX_BYTES + 8];
} shared;

struct zp_sandbox {
	shared *file; /* nothing in it is believed once a child has had it */
	uint64_t size; /* of the file */
	zp_spill *spill; /* not for the child */
	pid_t child; /* 0: none */
	int to, from; /* pipes */
	char *records;
	size_t n, room;
};

/* ---- in the child ---- */

/* Records are small: they are sent by the bufferful. */
typedef struct parcel { int fd; size_t n; char bytes[1u << 16]; } parcel;

static bool flush(parcel *p)
{
	bool good = zp_fd_write(p->fd, p->bytes, p->n);
	p->n = 0;
	return good;
}

static bool pack(void *where, const void *bytes, size_t n)
{
	parcel *p = where;
	if (n > sizeof p->bytes - p->n && !flush(p))
		return false;
	if (n > sizeof p->bytes)
		return zp_fd_write(p->fd, bytes, n);
	memcpy(p->bytes + p->n, bytes, n);
	p->n += n;
	return true;
}

/* Pipes are moved to 3 and 4, and nothing else stays open. */
static void leave_everything(int *in, int *out)
{
	int a = fcntl(*in, F_DUPFD, 16), b = fcntl(*out, F_DUPFD, 16), nowhere = (int)TEMP_FAILURE_RETRY(open("/dev/null", O_RDWR));
	if (a < 0 || b < 0 || nowhere < 0)
		_exit(1);
	dup2(a, 3);
	dup2(b, 4);
	dup2(nowhere, 0);
	dup2(nowhere, 1);
	if (!ZP_WATCHED)
		dup2(nowhere, 2);
	close_range(5, ~0u, 0);
	*in = 3;
	*out = 4;
}

/* The processor's time for one file. What goes beyond it is ended by SIGPROF. */
static void start_clock(uint64_t bytes)
{
	long more = bytes > (5u << 20) ? (long)((bytes - (5u << 20)) / (3u << 20)) : 0;
	struct itimerval timer = { .it_value = { (ZP_WATCHED ? 20 : 1) * (ZP_SANDBOX_SECONDS + more), 0 } };
	setitimer(ITIMER_PROF, &timer, NULL);
}

static void *take(const zp_host *host, size_t n) { return zp_arena_take(host->self, n); }

static void parse(const shared *file, int out)
{
	zp_arena *arena = zp_arena_open();
	zp_host host = { .size = sizeof host, .self = arena, .take = take, .fail = zp_fail, .show = zp_text_show_code_in, .say = zp_say };
	zp_source source = { .name = file->name, .stem = file->stem, .first_line = 1, .block = { file->bytes, (size_t)file->n } };
	source.head = source.block;
	parcel *p = zp_take(arena, parcel, 1);
	p->fd = out;
	zp_record_writer writer = { .write = pack, .where = p, .held = zp_arena_take(arena, ZP_RECORD_HELD) };
	zp_sink sink = zp_record_sink(&writer);
	start_clock(file->n);
	file->importer->read(&host, &source, &sink);
	zp_record_end(&writer);
	if (writer.failed || !flush(p))
		_exit(1);
	zp_arena_close(arena);
}

static _Noreturn void be_child(const shared *file, int in, int out, pid_t parent)
{
	char go;
	leave_everything(&in, &out);
	zp_confine_begin(parent);
	zp_confine_parser(ZP_SANDBOX_MEMORY);
	while (read(in, &go, 1) == 1)
		parse(file, out);
	zp_confine_end(0);
}

/* ---- in the run ---- */

/* Gives: how it ended, as waitpid tells it. */
static int end_child(zp_sandbox *box, bool by_force)
{
	int status = 0;
	if (!box->child)
		return 0;
	close(box->to);
	close(box->from);
	if (by_force)
		kill(box->child, SIGKILL);
	while (waitpid(box->child, &status, 0) < 0 && errno == EINTR)
		;
	box->child = 0;
	box->to = box->from = -1;
	return status;
}

void zp_sandbox_close(zp_sandbox *box)
{
	end_child(box, false);
	munmap(box->file, sizeof *box->file);
	free(box->records);
	free(box);
}

static bool start_child(zp_sandbox *box)
{
	int to[2], from[2];
	pid_t parent = getpid();
	if (pipe2(to, O_CLOEXEC) != 0)
		return false;
	if (pipe2(from, O_CLOEXEC) != 0) {
		close(to[0]);
		close(to[1]);
		return false;
	}
	box->child = fork();
	if (box->child == 0) {
		close(to[1]); /* or it would wait for its own word */
		close(from[0]);
		zp_spill_leave(box->spill);
		be_child(box->file, to[0], from[1], parent);
	}
	close(to[0]);
	close(from[1]);
	if (box->child < 0) {
		close(to[1]);
		close(from[0]);
		box->child = 0;
		return false;
	}
	box->to = to[1];
	box->from = from[0];
	return true;
}

zp_sandbox *zp_sandbox_open(zp_spill *spill)
{
	zp_sandbox *box = zp_must(calloc(1, sizeof *box));
	box->to = box->from = -1;
	box->spill = spill;
	box->file = mmap(NULL, sizeof *box->file, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (box->file == MAP_FAILED)
		zp_no_memory();
	start_child(box); /* or with the first file */
	return box;
}

zp_text zp_sandbox_load(zp_sandbox *box, const char *path, uint64_t most, zp_input *record, const char **why)
{
	zp_text none = { NULL, 0 };
	uint64_t size;
	if (most > ZP_SANDBOX_BYTES)
		most = ZP_SANDBOX_BYTES;
	int fd = zp_file_open(path, &size, why);
	if (fd < 0)
		return none;
	size_t n = 0;
	ssize_t got = 1;
	while (n <= most && got > 0) {
		got = read(fd, box->file->bytes + n, (size_t)most + 1 - n);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			n += (size_t)got;
	}
	close(fd);
	*why = got < 0 ? "cannot be read to its end" : "is larger than 16 MiB";
	if (got < 0 || n > most)
		return none;
	zp_digest *digest = zp_digest_open();
	zp_digest_add(digest, box->file->bytes, n);
	zp_digest_close(digest, record->sha256);
	record->size = box->size = box->file->n = n;
	return (zp_text){ box->file->bytes, n };
}

static size_t most_records(uint64_t bytes)
{
	return ZP_SANDBOX_RECORDS + (bytes > (5u << 20) ? 40 * (size_t)(bytes - (5u << 20)) : 0);
}

/* Everything the child says of one file. Gives: NULL, or what went wrong. */
static const char *listen(zp_sandbox *box)
{
	size_t at = 0;
	const double until = zp_run_clock() + PATIENCE * (ZP_WATCHED ? 10 : 1);
	for (box->n = 0;;) {
		struct pollfd ready = { box->from, POLLIN, 0 };
		const double left = until - zp_run_clock();
		int n = left > 0 ? poll(&ready, 1, (int)(1000 * left) + 1) : 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return "took too long to parse";
		if (box->n + (1u << 16) > box->room) {
			box->room = box->room ? 2 * box->room : 1u << 18;
			box->records = zp_must(realloc(box->records, box->room));
		}
		ssize_t got = read(box->from, box->records + box->n, 1u << 16);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return "could not be parsed: the importer did not survive it";
		box->n += (size_t)got;
		if (box->n > most_records(box->size))
			return "holds far more values than a file of its size should";
		if (zp_records_whole((zp_text){ box->records, box->n }, &at))
			return NULL;
	}
}

zp_text zp_sandbox_parse(zp_sandbox *box, const zp_importer *importer, const char *name, const char *stem, const char **why)
{
	zp_text none = { NULL, 0 };
	box->file->importer = importer;
	strncpy(box->file->name, name, NAME_MOST - 1);
	strncpy(box->file->stem, stem, NAME_MOST - 1);
	memset(box->file->bytes + box->size, 0, 8); /* parsers that look one byte too far see a NUL */
	if (!box->child && !start_child(box)) {
		*why = "could not be parsed: no child process could be started";
		return none;
	}
	*why = zp_fd_write(box->to, "g", 1) ? listen(box) : "could not be parsed: the importer did not survive it";
	if (!*why)
		return (zp_text){ box->records, box->n };
	int status = end_child(box, true);
	if (WIFEXITED(status) && WEXITSTATUS(status) == ZP_IO) /* memory.h */
		*why = "could not be parsed: that takes more memory than it may";
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
		*why = "took too long to parse";
	return none;
}
