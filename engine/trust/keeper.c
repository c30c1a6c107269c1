/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/keeper.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <openssl/err.h>
#include "base/confine.h"
#include "base/file.h"

#define PAPER_TEXT 8192u /* bytes of a square code's text */

static bool sign_text(const zp_secret *s, const uint8_t *bytes, size_t n, zp_keeper_answer *a)
{
	size_t length = ZP_SIGNATURE;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const bool good = context && EVP_DigestSignInit(context, NULL, NULL, NULL, s->ed25519) == 1 && EVP_DigestSign(context, a->signature, &length, bytes, n) == 1 &&
		length == ZP_SIGNATURE;
	EVP_MD_CTX_free(context);
	ERR_clear_error();
	a->n = ZP_SIGNATURE;
	return good;
}

static bool sign_pdf(const zp_secret *s, const uint8_t *digest, size_t n, zp_keeper_answer *a)
{
	zp_cms_parts parts = { .certificate = s->certificate, .root = s->root };
	if (n != sizeof parts.digest)
		return false;
	memcpy(parts.digest, digest, sizeof parts.digest);
	if (!zp_cms_sign(&parts, s->rsa))
		return false;
	memcpy(a->signature, parts.signature, parts.n_signature);
	a->n = (uint32_t)parts.n_signature;
	return true;
}

/* Over the papers' line a text must be that of a square code: no other text that is ever signed begins like one. */
static bool may_sign(bool paper, const uint8_t *bytes, size_t n)
{
	return !paper || (n <= PAPER_TEXT && n > strlen(ZP_SEAL_FORM) && memcmp(bytes, ZP_SEAL_FORM ":", strlen(ZP_SEAL_FORM) + 1) == 0);
}

/* One request. Gives: whether more may come over this line. */
static bool serve(const zp_secret *s, int line, bool paper)
{
	zp_keeper_request r;
	zp_keeper_answer a = { .n = 0 };
	if (!zp_fd_read(line, &r, sizeof r) || r.n > (paper ? PAPER_TEXT : ZP_KEEPER_TEXT))
		return false;
	uint8_t *bytes = malloc((size_t)r.n + 1);
	if (!bytes || !zp_fd_read(line, bytes, r.n)) {
		free(bytes);
		return false;
	}
	const bool good = r.wish == ZP_KEEP_PDF ? sign_pdf(s, bytes, r.n, &a) : r.wish == ZP_KEEP_TEXT && may_sign(paper, bytes, r.n) && sign_text(s, bytes, r.n, &a);
	free(bytes);
	if (!good)
		a = (zp_keeper_answer){ .n = 0 };
	return zp_fd_write(line, &a, sizeof a);
}

static bool put_certificate(X509 *certificate, uint8_t *to, uint32_t *n)
{
	const int length = i2d_X509(certificate, NULL);
	if (length <= 0 || length > (int)ZP_KEEPER_DER)
		return false;
	*n = (uint32_t)i2d_X509(certificate, &to);
	return true;
}

static bool greet(zp_secret *s, int own, const char *folder, const char *passphrase)
{
	zp_keeper_hello hello;
	memset(&hello, 0, sizeof hello); /* all of it is sent */
	if (zp_secret_open(s, folder, passphrase, &hello.err)) {
		hello.says = s->says;
		if (!put_certificate(s->certificate, hello.certificate, &hello.n_certificate) || !put_certificate(s->root, hello.root, &hello.n_root))
			zp_fail(&hello.err, ZP_BAD_INPUT, folder, 0, "a certificate is longer than %u bytes (as DER)", ZP_KEEPER_DER);
	}
	return zp_fd_write(own, &hello, sizeof hello) && hello.err.code == ZP_OK;
}

_Noreturn void zp_keeper_be(int own, int papers, pid_t parent, const char *folder, const char *passphrase)
{
	static const int passed_over[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT }; /* the run decides what they mean, and the keeper ends with it */
	const int lines[] = { own, papers };
	zp_secret secret;
	zp_confine_begin(parent);
	for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
		signal(passed_over[i], SIG_IGN);
	zp_confine_keep(STDERR_FILENO + 1, lines, 2);
	if (!greet(&secret, own, folder, passphrase))
		zp_confine_end(1);
	zp_confine_writer(NULL);
	struct pollfd ears[] = { { .fd = own, .events = POLLIN }, { .fd = papers, .events = POLLIN } };
	while (ears[0].fd >= 0) {
		if (poll(ears, 2, -1) < 0 && errno != EINTR)
			break;
		for (int i = 0; i < 2; i++)
			if (ears[i].fd >= 0 && ears[i].revents && !serve(&secret, ears[i].fd, i == 1)) {
				close(ears[i].fd);
				ears[i].fd = -1; /* poll passes it over */
			}
	}
	zp_secret_close(&secret);
	zp_confine_end(0);
}
