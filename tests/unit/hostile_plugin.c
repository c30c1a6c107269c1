/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plugins for tests/confined.sh that do what none should. One module; the name of its file says which of them it is. Each attempt that
 * can be refused writes a line "attempt|refused" or "attempt|DONE" into said.txt of the laboratory. */
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "host/plugin.h"

typedef struct told { char text[4096]; size_t n; } told;

static void tell(told *t, const char *attempt, bool done)
{
	t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n, "%s|%s\n", attempt, done ? "DONE" : "refused");
}

static bool opens(const char *path, int flags)
{
	const int fd = open(path, flags, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool connects(int family)
{
	const int fd = socket(family, SOCK_STREAM, 0);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool forks(void)
{
	const pid_t child = fork();
	if (child == 0)
		_exit(0);
	if (child > 0)
		waitpid(child, NULL, 0);
	return child > 0;
}

static bool executes(void)
{
	char *const nothing[] = { NULL };
	execve("/bin/true", nothing, nothing); /* or this child is gone, which is seen as well */
	return false;
}

static bool raises_limit(void)
{
	const struct rlimit more = { RLIM_INFINITY, RLIM_INFINITY };
	return setrlimit(RLIMIT_AS, &more) == 0;
}

/* Files that a run has open, but for the three and the pipe. */
static bool inherits(void)
{
	unsigned n = 0;
	for (int fd = 3; fd < 1024; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n > 1;
}

static bool probe(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	told t = { .n = 0 };
	(void)host, (void)state, (void)report;
	tell(&t, "read /etc/passwd", opens("/etc/passwd", O_RDONLY));
	tell(&t, "read /proc/self/maps", opens("/proc/self/maps", O_RDONLY));
	tell(&t, "read the results", opens("round/roster.csv", O_RDONLY));
	tell(&t, "write the results", opens("round/roster.csv", O_WRONLY));
	tell(&t, "make a file here", opens("made-by-a-plugin", O_WRONLY | O_CREAT));
	tell(&t, "make a file in /tmp", opens("/tmp/made-by-a-plugin", O_WRONLY | O_CREAT));
	tell(&t, "take a file away", unlink("round/roster.csv") == 0);
	tell(&t, "rename a file", rename("round/roster.csv", "round/other.csv") == 0);
	tell(&t, "link to a file", link("round/roster.csv", "round/other.csv") == 0);
	tell(&t, "change a mode", chmod("round/roster.csv", 0777) == 0);
	tell(&t, "change an owner", chown("round/roster.csv", getuid(), getgid()) == 0);
	tell(&t, "a socket of the network", connects(AF_INET));
	tell(&t, "a socket of the machine", connects(AF_UNIX));
	tell(&t, "fork", forks());
	tell(&t, "a program", executes());
	tell(&t, "a signal to the run", kill(getppid(), 0) == 0);
	tell(&t, "trace the run", ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0);
	tell(&t, "raise a limit", raises_limit());
	tell(&t, "bpf", syscall(SYS_bpf, 0, NULL, 0) >= 0 || errno != EPERM);
	tell(&t, "keyctl", syscall(SYS_keyctl, 0, 0, 0, 0, 0) >= 0 || errno != EPERM);
	tell(&t, "mount", syscall(SYS_mount, "none", "/mnt", "tmpfs", 0, NULL) == 0);
	tell(&t, "user namespace", syscall(SYS_unshare, 0x10000000) == 0);
	tell(&t, "files of the run", inherits());
	return outbox->write(outbox->self, "said.txt", t.text, t.n, err);
}

static void *prepare_by_reading(const zp_host *host, const zp_edition *edition, zp_error *err)
{
	(void)edition;
	if (opens("/etc/passwd", O_RDONLY))
		return host->take(host, 1);
	host->fail(err, ZP_BAD_PLUGIN, "hostile", 0, "it cannot read what it wants");
	return NULL;
}

static bool nothing(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	(void)host, (void)state, (void)report;
	return outbox->write(outbox->self, "said.txt", "", 0, err);
}

static bool take_all(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	(void)host, (void)state, (void)report, (void)outbox, (void)err;
	for (size_t n = 0; n < 1u << 20; n++) {
		char *volatile piece = malloc((size_t)1 << 30); /* never touched */
		if (!piece)
			break;
	}
	return false;
}

static bool crash(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	(void)host, (void)state, (void)report, (void)outbox, (void)err;
	raise(SIGSEGV);
	return true;
}

static bool leave(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	(void)host, (void)state, (void)report, (void)outbox, (void)err;
	exit(0);
}

static bool loop(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	(void)host, (void)state, (void)report, (void)outbox, (void)err;
	for (volatile unsigned long i = 1; i; i++)
		continue;
	return true;
}

static bool round_up(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	(void)host, (void)state, (void)report, (void)outbox, (void)err;
	fesetround(FE_UPWARD);
	return true;
}

static bool speak(const zp_host *host, void *state, const zp_report *report, const zp_outbox *outbox, zp_error *err)
{
	(void)host, (void)state, (void)report, (void)outbox, (void)err;
	setlocale(LC_ALL, "C.UTF-8");
	return true;
}

static bool estimate_upwards(const zp_host *host, const zp_sample *sample, zp_estimate *out, zp_error *err)
{
	(void)host, (void)err;
	fesetround(FE_UPWARD);
	out->x = sample->x[0];
	return true;
}

#define EMITTER(word, deed, ready) \
	static const zp_emitter word##_does = { .lab = deed, .prepare = ready }; \
	ZP_PLUGIN(hostile_##word) = { ZP_PLUGIN_HEAD, .kind = ZP_EMITTER, .name = "hostile-" #word, .version = "1", .cites = "nothing", .says = "for tests", \
				      .does.emitter = &word##_does }

EMITTER(probe, probe, NULL);
EMITTER(prepare, nothing, prepare_by_reading);
EMITTER(memory, take_all, NULL);
EMITTER(crash, crash, NULL);
EMITTER(leave, leave, NULL);
EMITTER(loop, loop, NULL);
EMITTER(rounding, round_up, NULL);
EMITTER(locale, speak, NULL);

static bool estimate_in_words(const zp_host *host, const zp_sample *sample, zp_estimate *out, zp_error *err)
{
	(void)host, (void)err;
	setlocale(LC_ALL, "C.UTF-8");
	out->x = sample->x[0];
	return true;
}

#define ESTIMATOR(word, deed) \
	static const zp_estimator word##_does = { .breakdown = "0", .least_n = 1, .estimate = deed }; \
	ZP_PLUGIN(hostile_##word) = { ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "hostile-" #word, .version = "1", .cites = "nothing", .says = "for tests", \
				      .does.estimator = &word##_does }

ESTIMATOR(estimate, estimate_upwards);
ESTIMATOR(words, estimate_in_words);
