/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/apart.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/confine.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/words.h"
#include "press/record.h"

#define NAME_MOST 4096
#define FILE_MOST (1ull << 30)

/* Files with their bytes behind them, then one word of farewell. */
typedef struct message {
	enum { A_FILE, A_FAILURE, A_FAREWELL } kind;
	uint64_t size;
	char name[NAME_MOST];
	zp_error err;
} message;

static bool hand_over(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	const int *fd = self;
	message m;
	memset(&m, 0, sizeof m);
	m.kind = A_FILE;
	m.size = n;
	if (strlen(name) >= NAME_MOST || n > FILE_MOST)
		return zp_fail(err, ZP_BUG, name, 0, "the name is too long");
	strncpy(m.name, name, NAME_MOST - 1);
	return (zp_fd_write(*fd, &m, sizeof m) && zp_fd_write(*fd, bytes, n)) || zp_fail(err, ZP_IO, name, 0, "cannot be handed over");
}

static _Noreturn void be_child(int fd, bool (*task)(void *, const zp_outbox *, zp_error *), void *context)
{
	message m;
	const zp_outbox own = { &fd, hand_over };
	zp_confine_keep(STDERR_FILENO + 1, &fd, 1);
	zp_confine_writer(NULL);
	memset(&m, 0, sizeof m);
	m.kind = task(context, &own, &m.err) ? A_FAREWELL : A_FAILURE;
	zp_confine_end(zp_fd_write(fd, &m, sizeof m) && m.kind == A_FAREWELL ? 0 : 1);
}

/* One message of the child. Gives: whether more may come. */
static bool listen_once(int fd, const zp_outbox *out, bool *good, zp_error *err)
{
	message m;
	*good = zp_fd_read(fd, &m, sizeof m) && (m.kind == A_FILE || m.kind == A_FAREWELL || m.err.code != ZP_OK);
	if (!*good || m.kind == A_FAREWELL)
		return false;
	m.name[NAME_MOST - 1] = m.err.text[sizeof m.err.text - 1] = m.err.told[sizeof m.err.told - 1] = '\0';
	if (m.kind != A_FILE)
		return *good = zp_fail_as(err, &m.err);
	char *bytes = m.size <= FILE_MOST ? zp_must(malloc((size_t)m.size + 1)) : NULL;
	*good = bytes && zp_fd_read(fd, bytes, (size_t)m.size) && out->write(out->self, m.name, bytes, (size_t)m.size, err);
	free(bytes);
	return *good;
}

bool zp_apart(bool (*task)(void *context, const zp_outbox *, zp_error *), void *context, const zp_outbox *out, zp_error *err)
{
	int ends[2], status = 0;
	bool good = false;
	const pid_t parent = getpid();
	if (pipe2(ends, O_CLOEXEC) != 0)
		return zp_fail(err, ZP_IO, NULL, 0, "no pipe can be made: %s", zp_say_errno(errno));
	fflush(NULL);
	const pid_t child = fork();
	if (child == 0) {
		zp_confine_begin(parent);
		be_child(ends[1], task, context);
	}
	const int why = errno;
	close(ends[1]);
	if (child < 0) {
		close(ends[0]);
		return zp_fail(err, ZP_IO, NULL, 0, "no process can be started: %s", zp_say_errno(why));
	}
	while (listen_once(ends[0], out, &good, err))
		;
	close(ends[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return (good && status == 0) || zp_press_tell_end(status, err);
}
