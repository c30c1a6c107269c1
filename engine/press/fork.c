/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in child processes: drawing libraries may crash or leak there without taking the run with them, and can reach nothing but fonts
 * and the stage. A child writes its files into the stage and tells the parent what they are over a pipe. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/confine.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/words.h"
#include "press/record.h"

#define NAME_MOST 400

/* What comes through the pipe: files, then one line of farewell. */
typedef struct message {
	enum { A_FILE, A_FAILURE, A_FAREWELL } kind;
	uint64_t size;
	char sha256[ZP_DIGEST_TEXT];
	char name[NAME_MOST];
	zp_error err;
} message;

static bool send_message(int fd, const message *m) { return zp_fd_write(fd, m, sizeof *m); }

static bool receive_message(int fd, message *m)
{
	if (!zp_fd_read(fd, m, sizeof *m))
		return false;
	m->name[NAME_MOST - 1] = m->sha256[ZP_DIGEST_TEXT - 1] = m->err.text[sizeof m->err.text - 1] = m->err.told[sizeof m->err.told - 1] = '\0';
	return true;
}

/* For whose work it is dealt out. */
typedef struct share { size_t first, step, n; } share;

static _Noreturn void be_child(zp_press *press, int fd, share own, bool (*task)(void *, size_t, zp_press *, zp_error *), void *context)
{
	message m;
	if (!zp_spill_read_only(press->spill))
		_exit(ZP_IO); /* as without memory */
	const int kept[] = { fd, zp_signer_line(press->signer) };
	zp_confine_keep(STDERR_FILENO + 1, kept, 2);
	zp_confine_writer(zp_press_stage(press));
	memset(&m, 0, sizeof m);
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody writes into the stage of a run that has died */
	size_t before = press->n; /* what the parent knows already */
	bool good = true;
	for (size_t i = own.first; i < own.n && good; i += own.step) {
		good = task(context, i, press, &m.err);
		zp_progress_step(press->progress, 1);
		for (; good && before < press->n; before++) {
			const zp_input *file = &press->files[before];
			m.kind = A_FILE;
			m.size = file->size;
			memcpy(m.sha256, file->sha256, sizeof m.sha256);
			good = strlen(file->name) < NAME_MOST || zp_fail(&m.err, ZP_BUG, file->name, 0, "the name is too long");
			strncpy(m.name, file->name, NAME_MOST - 1);
			good = good && send_message(fd, &m);
		}
	}
	m.kind = good ? A_FAREWELL : A_FAILURE;
	good = send_message(fd, &m) && good;
	zp_confine_end(good ? 0 : 1);
}

/* One message of a child. Gives: whether more may come. */
static bool listen_once(zp_press *press, int fd, bool *good, zp_error *err)
{
	message m;
	if (!receive_message(fd, &m) || (m.kind == A_FAILURE && m.err.code == ZP_OK))
		return *good = false; /* how it ended tells why */
	if (m.kind == A_FILE && !zp_press_may_write(m.name)) /* who cannot be trusted with files cannot be with their names */
		return *good = false;
	zp_input file = { .name = m.name, .size = m.size };
	memcpy(file.sha256, m.sha256, sizeof file.sha256);
	if (m.kind == A_FILE)
		zp_press_record(press, &file);
	else if (m.kind == A_FAILURE)
		*good = zp_fail_as(err, &m.err);
	return m.kind == A_FILE;
}

/* Hear all children out, whoever speaks first. */
static bool listen_to(zp_press *press, struct pollfd *ears, unsigned n, zp_error *err)
{
	bool good = true;
	for (unsigned talking = n; talking;) {
		if (poll(ears, n, -1) < 0 && errno != EINTR)
			return zp_fail(err, ZP_IO, NULL, 0, "the processes that write the reports cannot be heard: %s", zp_say_errno(errno));
		for (unsigned i = 0; i < n; i++) {
			if (ears[i].fd < 0 || !ears[i].revents || listen_once(press, ears[i].fd, &good, err))
				continue;
			close(ears[i].fd);
			ears[i].fd = -1; /* poll passes it over */
			talking--;
		}
	}
	return good;
}

bool zp_press_tell_end(int status, zp_error *err)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == ZP_IO)
		return zp_fail(err, ZP_IO, NULL, 0, "a process that writes papers ran out of memory; nothing was published");
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
		return zp_fail(err, ZP_IO, NULL, 0, "a process that writes papers was ended (signal %d), as one is that takes too long or too much; nothing was published",
			       WTERMSIG(status));
	if (WIFSIGNALED(status))
		return zp_fail(err, ZP_BUG, NULL, 0, "a process that writes papers crashed (signal %d); nothing was published", WTERMSIG(status));
	return zp_fail(err, ZP_BUG, NULL, 0, "a process that writes papers ended before its work was done (status %d); nothing was published",
		       WEXITSTATUS(status));
}

static bool wait_for(const pid_t *child, unsigned n, bool good, zp_error *err)
{
	int worst = 0;
	for (unsigned i = 0; i < n; i++) {
		int status = 0;
		while (waitpid(child[i], &status, 0) < 0 && errno == EINTR)
			;
		if (!worst || WIFSIGNALED(status))
			worst = status;
	}
	return (good && !worst) || zp_press_tell_end(worst, err);
}

bool zp_press_fork(zp_press *press, unsigned workers, size_t n,
		   bool (*task)(void *context, size_t i, zp_press *, zp_error *), void *context, zp_error *err)
{
	pid_t *child = zp_must(calloc(workers + 1, sizeof *child));
	struct pollfd *ears = zp_must(calloc(workers + 1, sizeof *ears));
	const pid_t parent = getpid();
	fflush(NULL);
	assert(!press->making);
	zp_proofs_wait(press); /* a thread may hold what the child would wait for */
	zp_keeping_wait(press);
	press->workers = workers > press->workers ? workers : press->workers;
	unsigned started = 0;
	for (; started < workers; started++) {
		int ends[2];
		if (pipe2(ends, O_CLOEXEC) != 0) {
			zp_fail(err, ZP_IO, NULL, 0, "no pipe can be made: %s", zp_say_errno(errno));
			break;
		}
		child[started] = fork();
		if (child[started] == 0) {
			zp_confine_begin(parent);
			be_child(press, ends[1], (share){ started, workers, n }, task, context);
		}
		close(ends[1]);
		ears[started] = (struct pollfd){ .fd = ends[0], .events = POLLIN };
		if (child[started] < 0) {
			zp_fail(err, ZP_IO, NULL, 0, "no process can be started: %s", zp_say_errno(errno));
			close(ends[0]);
			break;
		}
	}
	bool good = listen_to(press, ears, started, err) && started == workers;
	good = wait_for(child, started, good, err);
	free(child);
	free(ears);
	return good;
}
