/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/confine.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/confine_calls.h"
#include "base/environment.h"

#define WRITER_FILE ((rlim_t)64 << 30)   /* bytes in one file */
#define WRITER_MEMORY ((rlim_t)16 << 30) /* beyond what the run holds itself */
#define WRITER_SECONDS ((rlim_t)6 * 3600) /* of the processor */
#define WRITER_FILES 64

/* ---- limits ---- */

/* A limit that is there already is never raised. */
static void set_limit(int which, rlim_t most)
{
	struct rlimit now, limit = { most, most };
	if (getrlimit((__rlimit_resource_t)which, &now) == 0) {
		limit.rlim_max = now.rlim_max < most ? now.rlim_max : most;
		limit.rlim_cur = now.rlim_cur < limit.rlim_max ? now.rlim_cur : limit.rlim_max;
	}
	setrlimit((__rlimit_resource_t)which, &limit);
}

/* Bytes of address space in use; 0 when the machine does not tell. */
static rlim_t space_in_use(void)
{
	char text[64] = "";
	int fd = (int)TEMP_FAILURE_RETRY(open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
	ssize_t n = fd < 0 ? -1 : TEMP_FAILURE_RETRY(read(fd, text, sizeof text - 1));
	rlim_t pages = 0;
	if (fd >= 0)
		close(fd);
	for (const char *p = text; n > 0 && *p >= '0' && *p <= '9'; p++)
		pages = 10 * pages + (rlim_t)(*p - '0');
	return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static void set_memory(rlim_t more)
{
	const rlim_t used = space_in_use();
	if (used)
		set_limit(RLIMIT_AS, used + more);
}

void zp_confine_hide(void)
{
	if (!ZP_WATCHED) /* whoever watches has to look */
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void zp_confine_begin(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	sigset_t none;
	sigemptyset(&none);
	for (int s = 1; s < 32; s++)
		if (!ZP_WATCHED || s == SIGPROF)
			signal(s, s == SIGPIPE || s == SIGXFSZ ? SIG_IGN : SIG_DFL); /* those two are failed writes */
	sigprocmask(SIG_SETMASK, &none, NULL);
	set_limit(RLIMIT_CORE, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

void zp_confine_keep(int first, const int *keep, size_t n)
{
	for (unsigned from = (unsigned)first;;) {
		unsigned next = ~0u; /* the lowest of those to keep */
		for (size_t i = 0; i < n; i++)
			if (keep[i] >= 0 && (unsigned)keep[i] >= from && (unsigned)keep[i] < next)
				next = (unsigned)keep[i];
		if (next > from)
			close_range(from, next == ~0u ? next : next - 1, 0);
		if (next == ~0u)
			return;
		from = next + 1;
	}
}

/* ---- files: Landlock ---- */

/* As the kernel has them; the headers of a machine may be older than its kernel. */
#define LAND_CREATE 444
#define LAND_ADD 445
#define LAND_SELF 446
#define LAND_WRITE_FILE (1ull << 1)
#define LAND_READ (1ull << 2 | 1ull << 3)
#define LAND_MAKE (1ull << 4 | 1ull << 5 | 1ull << 7 | 1ull << 8) /* files and folders, and take them away */
#define LAND_TRUNCATE (1ull << 14)

typedef struct land_rules { uint64_t files, sockets, scopes; } land_rules;
typedef struct __attribute__((packed)) land_path { uint64_t files; int32_t folder; } land_path;

static long land_version(void) { return syscall(LAND_CREATE, NULL, 0, 1); }

/* Everything that this version knows is handled, and so refused unless a rule allows it. */
static land_rules all_rules(long version, size_t *size)
{
	static const unsigned kinds[] = { 13, 14, 15, 15, 16 }; /* bits of the versions 1 to 5 */
	const long known = version < 5 ? version : 5;
	*size = version >= 6 ? sizeof(land_rules) : version >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
	return (land_rules){ .files = (1ull << kinds[known - 1]) - 1, .sockets = 3, .scopes = 3 };
}

static void land_allow(int rules, const char *folder, uint64_t what)
{
	land_path path = { what, (int)TEMP_FAILURE_RETRY(open(folder, O_PATH | O_CLOEXEC)) };
	if (path.folder < 0)
		return;
	syscall(LAND_ADD, rules, 1, &path, 0);
	close(path.folder);
}

/* stage NULL: no file is made. */
static void hold_files(const char *stage, bool fonts)
{
	const long version = land_version();
	if (version < 1)
		return;
	size_t size;
	const land_rules all = all_rules(version, &size);
	const int rules = (int)syscall(LAND_CREATE, &all, size, 0);
	if (rules < 0)
		return;
	if (stage)
		land_allow(rules, stage, (LAND_READ | LAND_WRITE_FILE | LAND_MAKE | LAND_TRUNCATE) & all.files);
	if (fonts) {
		land_allow(rules, "/usr/share/fonts", LAND_READ);
		land_allow(rules, ZP_FONTS, LAND_READ);
	}
	syscall(LAND_SELF, rules, 0);
	close(rules);
}

/* ---- calls: seccomp ---- */

#if defined __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE

#define LINES_MOST 512
typedef struct filter { struct sock_filter lines[LINES_MOST]; unsigned short n; } filter;

#define REFUSE(number) (SECCOMP_RET_ERRNO | ((number) & SECCOMP_RET_DATA))

static void put(filter *f, struct sock_filter line)
{
	if (f->n < LINES_MOST)
		f->lines[f->n++] = line;
}

static void load(filter *f, size_t at) { put(f, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)at)); }
static void answer(filter *f, uint32_t what) { put(f, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what)); }

static void answer_to(filter *f, uint32_t value, uint32_t what)
{
	put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
	answer(f, what);
}

/* Calls of another machine's kind would have other numbers. */
static void begin(filter *f)
{
	load(f, offsetof(struct seccomp_data, arch));
	put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0));
	answer(f, SECCOMP_RET_KILL_PROCESS);
	load(f, offsetof(struct seccomp_data, nr));
#if defined __x86_64__
	put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1)); /* x32: the same calls by other numbers */
	answer(f, REFUSE(EPERM));
#endif
}

/* abort() of itself; nobody else gets a signal. */
static void signal_itself(filter *f)
{
	put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 4));
	load(f, offsetof(struct seccomp_data, args[0]));
	answer_to(f, (uint32_t)getpid(), SECCOMP_RET_ALLOW);
	answer(f, REFUSE(EPERM));
}

/* A thread, but no process. clone3 hides what it is asked for in memory; without it the C library takes clone. */
static void threads_only(filter *f)
{
	answer_to(f, SYS_clone3, REFUSE(ENOSYS));
	put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4));
	load(f, offsetof(struct seccomp_data, args[0]));
	put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
	answer(f, SECCOMP_RET_ALLOW);
	answer(f, REFUSE(EPERM));
}

static void install(filter *f)
{
	struct sock_fprog program = { f->n, f->lines };
	if (f->n < LINES_MOST)
		(void)!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static void hold_calls_of_parser(void)
{
	filter f = { .n = 0 };
	begin(&f);
	for (size_t i = 0; i < sizeof parser_calls / sizeof *parser_calls; i++)
		answer_to(&f, parser_calls[i], SECCOMP_RET_ALLOW);
	signal_itself(&f);
	answer(&f, REFUSE(EPERM));
	install(&f);
}

static void hold_calls_of_writer(void)
{
	filter f = { .n = 0 };
	begin(&f);
	for (size_t i = 0; i < sizeof writer_not / sizeof *writer_not; i++)
		answer_to(&f, writer_not[i], REFUSE(EPERM));
	threads_only(&f);
	load(&f, offsetof(struct seccomp_data, nr));
	signal_itself(&f);
	answer(&f, SECCOMP_RET_ALLOW);
	install(&f);
}

#else
static void hold_calls_of_parser(void) { }
static void hold_calls_of_writer(void) { }
#endif

/* ---- both kinds ---- */

void zp_confine_parser(uint64_t memory)
{
	if (ZP_WATCHED)
		return;
	set_memory(memory);
	set_limit(RLIMIT_FSIZE, 0);
	hold_files(NULL, false); /* opens nothing, but takes a number for itself */
	set_limit(RLIMIT_NOFILE, 5);
	hold_calls_of_parser();
}

void zp_confine_writer(const char *stage)
{
	if (ZP_WATCHED)
		return;
	if (stage)
		zp_environment_scratch(stage);
	set_memory(WRITER_MEMORY);
	set_limit(RLIMIT_FSIZE, WRITER_FILE);
	set_limit(RLIMIT_NOFILE, WRITER_FILES);
	set_limit(RLIMIT_CPU, WRITER_SECONDS);
	hold_files(stage, true);
	hold_calls_of_writer();
}

#ifdef ZP_COUNTED
void __gcov_dump(void); /* of the compiler: what was counted, into files */
#endif

_Noreturn void zp_confine_end(int status)
{
#ifdef ZP_COUNTED
	__gcov_dump();
#endif
	_exit(status);
}

const char *zp_confine_says(char *out, size_t size)
{
	const long version = land_version();
	const bool calls = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
	if (version > 0)
		snprintf(out, size, "Landlock %ld, %s", version, calls ? "seccomp" : "no seccomp");
	else
		snprintf(out, size, "no Landlock, %s", calls ? "seccomp" : "no seccomp");
	return out;
}
