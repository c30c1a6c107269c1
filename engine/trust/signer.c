/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/signer.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <openssl/err.h>
#include "base/confine.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/words.h"
#include "trust/keeper.h"
#include "trust/signer_pdf.h"

struct zp_signer {
	pid_t keeper, owner;     /* the keeper; who opened it */
	int own, papers;         /* the two lines to the keeper */
	pthread_mutex_t *turn;   /* shared with the children, who have one line together */
	X509 *certificate, *root;
	zp_secret_says says;
};

/* ---- the keeper's life ---- */

static void let_go(int fd)
{
	if (fd >= 0)
		close(fd);
}

void zp_signer_close(zp_signer *s)
{
	if (!s)
		return;
	let_go(s->own), let_go(s->papers);
	while (s->keeper > 0 && waitpid(s->keeper, NULL, 0) < 0 && errno == EINTR)
		;
	X509_free(s->certificate);
	X509_free(s->root);
	if (s->turn)
		munmap(s->turn, sizeof(pthread_mutex_t));
	free(s);
}

/* A child that dies while it has its turn must not keep the others waiting. */
static pthread_mutex_t *shared_lock(void)
{
	pthread_mutexattr_t how;
	pthread_mutex_t *lock = mmap(NULL, sizeof(pthread_mutex_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (lock == MAP_FAILED)
		return NULL;
	pthread_mutexattr_init(&how);
	pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(lock, &how);
	pthread_mutexattr_destroy(&how);
	return lock;
}

static bool start_keeper(zp_signer *s, const char *folder, const char *passphrase, zp_error *err)
{
	int own[2] = { -1, -1 }, papers[2] = { -1, -1 };
	const bool wired = (s->turn = shared_lock()) && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, own) == 0 &&
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, papers) == 0;
	fflush(NULL);
	s->owner = getpid();
	s->keeper = wired ? fork() : -1;
	const int why = errno;
	if (s->keeper == 0)
		zp_keeper_be(own[1], papers[1], s->owner, folder, passphrase);
	s->own = own[0], s->papers = papers[0];
	let_go(own[1]), let_go(papers[1]);
	return s->keeper > 0 || zp_fail(err, ZP_IO, NULL, 0, "the process that holds the keys cannot be started: %s", zp_say_errno(why));
}

static bool ended(zp_error *err) { return zp_fail(err, ZP_IO, NULL, 0, "the process that holds the keys has ended"); }

static bool hear_hello(zp_signer *s, zp_error *err)
{
	zp_keeper_hello hello;
	if (!zp_fd_read(s->own, &hello, sizeof hello))
		return ended(err);
	if (hello.err.code != ZP_OK)
		return zp_fail_as(err, &hello.err);
	const uint8_t *certificate = hello.certificate, *root = hello.root;
	s->says = hello.says;
	s->certificate = d2i_X509(NULL, &certificate, (long)hello.n_certificate);
	s->root = d2i_X509(NULL, &root, (long)hello.n_root);
	ERR_clear_error();
	return (s->certificate && s->root) || zp_fail(err, ZP_BUG, NULL, 0, "OpenSSL cannot sign");
}

zp_signer *zp_signer_open(const char *folder, const char *passphrase, zp_error *err)
{
	zp_signer *s = zp_must(calloc(1, sizeof *s));
	s->own = s->papers = -1;
	zp_confine_hide(); /* nobody may ask in the place of this process */
	if (start_keeper(s, folder, passphrase, err) && hear_hello(s, err))
		return s;
	zp_signer_close(s);
	return NULL;
}

/* ---- what it says and signs ---- */

const char *zp_signer_id(const zp_signer *s) { return s->says.id; }
const char *zp_signer_name(const zp_signer *s) { return s->says.name; }
X509 *zp_signer_certificate(const zp_signer *s) { return s->certificate; }
X509 *zp_signer_root(const zp_signer *s) { return s->root; }
int zp_signer_line(const zp_signer *s) { return s ? s->papers : -1; }

/* In the process that opened it, where a keeper that has died must be a failure like any other, whatever it does with SIGPIPE. */
static bool send_own(int line, const void *bytes, size_t n)
{
	for (const char *p = bytes; n;) {
		const ssize_t sent = TEMP_FAILURE_RETRY(send(line, p, n, MSG_NOSIGNAL));
		if (sent <= 0)
			return false;
		p += sent, n -= (size_t)sent;
	}
	return true;
}

/* In the process that opened it over its own line, in its children over theirs, one after the other. */
static bool ask(const zp_signer *s, zp_keeper_wish wish, const void *bytes, size_t n, zp_keeper_answer *a, zp_error *err)
{
	const zp_keeper_request r = { (uint32_t)wish, (uint32_t)n };
	bool good = n <= ZP_KEEPER_TEXT;
	if (getpid() == s->owner) {
		good = good && send_own(s->own, &r, sizeof r) && send_own(s->own, bytes, n) && zp_fd_read(s->own, a, sizeof *a);
	} else {
		/* EOWNERDEAD: whoever died may have left half a question; the lock is not to be had again */
		good = pthread_mutex_lock(s->turn) == 0 && good && zp_fd_write(s->papers, &r, sizeof r) && zp_fd_write(s->papers, bytes, n) &&
			zp_fd_read(s->papers, a, sizeof *a);
		pthread_mutex_unlock(s->turn);
	}
	if (!good)
		return ended(err);
	return (a->n && a->n <= sizeof a->signature) || zp_fail(err, ZP_BUG, NULL, 0, "OpenSSL cannot sign");
}

bool zp_signer_sign(const zp_signer *s, const void *bytes, size_t n, uint8_t out[static ZP_SIGNATURE], zp_error *err)
{
	zp_keeper_answer a = { 0 };
	if (!ask(s, ZP_KEEP_TEXT, bytes, n, &a, err))
		return false;
	memcpy(out, a.signature, ZP_SIGNATURE);
	return true;
}

bool zp_signer_sign_cms(const zp_signer *s, zp_cms_parts *parts, zp_error *err)
{
	zp_keeper_answer a = { 0 };
	if (!ask(s, ZP_KEEP_PDF, parts->digest, sizeof parts->digest, &a, err))
		return false;
	memcpy(parts->signature, a.signature, a.n);
	parts->n_signature = a.n;
	return true;
}

/* ---- when ---- */

bool zp_signer_serves(const zp_signer *s, const char *date, zp_error *err)
{
	struct tm end;
	char until[40];
	if (ASN1_TIME_to_tm(X509_get0_notAfter(s->certificate), &end) != 1)
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the certificate of the key %s has no end", s->says.id);
	snprintf(until, sizeof until, "%04d-%02d-%02d", end.tm_year + 1900, end.tm_mon + 1, end.tm_mday);
	if (strcmp(date, s->says.from) >= 0 && strcmp(date, until) <= 0)
		return true;
	return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the key %s serves from %s to %s, and what is issued on %s cannot be signed with it", s->says.id, s->says.from, until, date);
}
