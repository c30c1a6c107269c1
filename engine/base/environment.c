/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/environment.h"
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/error.h"
#include "base/memory.h"
#include "base/words.h"

/* The language of messages, the terminal, where passwords of a database are, and what tools need that watch a program. A name that ends in '_' begins others. */
static const char *const kept[] = { "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "TERM", "TMPDIR", "PGPASSFILE", "PGPASSWORD", "PGSERVICEFILE",
	"LD_PRELOAD", "ASAN_", "LSAN_", "UBSAN_", "TSAN_", "MSAN_", "GCOV_", "LLVM_" };

/* What acts before main: the loader, and the C library when it takes its first memory or opens its first locale. */
static const char *const early[] = { "LD_", "GLIBC_TUNABLES", "MALLOC_", "GCONV_PATH", "LOCPATH", "NLSPATH", "GETCONF_DIR", "LIBC_FATAL_STDERR_" };

static bool is_of(const char *variable, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const size_t length = strlen(names[i]);
		if (strncmp(variable, names[i], length) == 0 && (names[i][length - 1] == '_' || variable[length] == '='))
			return true;
	}
	return false;
}

#define IS_OF(variable, names) is_of(variable, names, sizeof(names) / sizeof *(names))

/* Gives: whether one of them has acted already. */
static bool scrub(void)
{
	bool acted = false;
	char **to = environ;
	for (char **from = environ; from && *from; from++)
		if (IS_OF(*from, kept))
			*to++ = *from;
		else
			acted |= IS_OF(*from, early);
	if (to)
		*to = NULL;
	return acted;
}

/* A file that is opened later must not become what messages are printed to; and what cannot be printed is told as before, for these
 * can be read only, or written. */
static void open_missing(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY); /* the lowest that is free is this one */
}

void zp_environment_begin(char **argv)
{
	open_missing();
	if (scrub()) {
		execve("/proc/self/exe", argv, environ);
		fprintf(stderr, zp_say("zhiping: a variable of the environment changes how programs are loaded (LD_..., MALLOC_..., GLIBC_TUNABLES, "
				       "GCONV_PATH, LOCPATH), and the program cannot be begun again without it\n"));
		_exit(ZP_IO);
	}
	setenv("TZ", "UTC0", 1); /* libraries that ask for the zone get one answer on every machine */
	umask(umask(077) | 027);
}

const char *zp_environment_temporary(void)
{
	static const char name[] = "TMPDIR=";
	for (char **v = environ; v && *v; v++)
		if (strncmp(*v, name, sizeof name - 1) == 0 && (*v)[sizeof name - 1])
			return *v + sizeof name - 1;
	return "/tmp";
}

/* ---- passwords ---- */

static int digit_of(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

/* %40 is @. What is no such thing stays as it is, and so does %00, which libpq refuses. */
static void decode(char *text)
{
	char *to = text;
	for (const char *p = text; *p; p++) {
		const int high = p[0] == '%' ? digit_of(p[1]) : -1, low = high >= 0 ? digit_of(p[2]) : -1;
		*to = *p;
		if (low >= 0 && (high || low)) {
			*to = (char)(high << 4 | low);
			p += 2;
		}
		to++;
	}
	*to = '\0';
}

static void forget(char *password)
{
	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
}

/* From `from` to `end` into the environment, where libpq looks for it; `rest` of the argument moves to `begin`, and what is behind that is wiped. */
static bool take_out(char *begin, char *from, char *end, char *rest, char **had)
{
	char *password = zp_must(strndup(from, (size_t)(end - from)));
	decode(password);
	const bool good = !*had || strcmp(*had, password) == 0;
	setenv("PGPASSWORD", password, 1);
	forget(*had);
	*had = password;
	const size_t n = strlen(rest);
	memmove(begin, rest, n + 1);
	explicit_bzero(begin + n, (size_t)(rest - begin));
	return good;
}

/* UNCLEAR: what libpq takes for none, but may be meant as one. */
typedef enum query_key { KEY_PASSWORD, KEY_OTHER, KEY_UNCLEAR } query_key;

/* What a key of the query is, of the text that begins with it: libpq decodes it before it compares. */
static query_key key_of(const char *text)
{
	char *key = zp_must(strndup(text, strcspn(text, "=&")));
	decode(key);
	const bool is_it = strcmp(key, "password") == 0, unclear = strchr(key, '%') || strcasestr(key, "password");
	free(key);
	return is_it ? KEY_PASSWORD : unclear ? KEY_UNCLEAR : KEY_OTHER;
}

/* Of one address, "postgresql://USER:PASSWORD@HOST/DATABASE?password=PASSWORD". Gives: false when there are two, or one that is not written as it
 * must be, so that nobody can tell where it ends: then an @ is left behind the first /, ? or @. */
static bool take_password(char *address, char **had)
{
	bool good = true;
	char *host = strstr(address, "://") + 3, *at = host + strcspn(host, "@/");
	char *colon = *at == '@' ? memchr(host, ':', (size_t)(at - host)) : NULL;
	if (colon)
		good = take_out(colon, colon + 1, at, at, had);
	for (char *p = strchr(address, '?'); p && *p && good;) {
		const query_key key = key_of(p + 1);
		if (key == KEY_PASSWORD) {
			char *value = p + 1 + strcspn(p + 1, "=&"), *end = value + strcspn(value, "&");
			good = take_out(*end ? p + 1 : p, value + (*value == '='), end, *end ? end + 1 : end, had);
		} else {
			good = key == KEY_OTHER;
			p = strchr(p + 1, '&');
		}
	}
	const char *rest = host + strcspn(host, "@/?");
	good = good && !(*rest && strchr(rest + 1, '@'));
	if (!good)
		explicit_bzero(address, strlen(address));
	return good;
}

bool zp_environment_password(int argc, char **argv)
{
	char *had = NULL;
	bool good = true;
	for (int i = 1; i < argc; i++)
		for (char *p = strstr(argv[i], "postgres"); p && good; p = *p ? strstr(p + 1, "postgres") : NULL)
			if (strncmp(p, "postgresql://", 13) == 0 || strncmp(p, "postgres://", 11) == 0)
				good = take_password(p, &had);
	if (!good)
		fprintf(stderr, zp_say("zhiping: the address of a ledger has a password that cannot be told from the rest of it, or there are two different ones; "
				       "expected @, / and ? in it as %%40, %%2F and %%3F, or none at all and a file for PGPASSFILE\n"));
	forget(had);
	return good;
}

void zp_environment_scratch(const char *folder) { setenv("TMPDIR", folder, 1); }
