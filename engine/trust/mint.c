/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/mint.h"
#include <string.h>
#include <openssl/err.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>
#include "base/instant.h"
#include "trust/keylist.h"

#define RSA_BITS 3072
#define SERIAL 16 /* bytes; RFC 5280 allows 20 */

/* A serial number out of the key itself: nothing needs to be counted, and two keys have two. */
static bool put_serial(X509 *x, EVP_PKEY *key)
{
	unsigned char *der = NULL, digest[SHA256_DIGEST_LENGTH];
	unsigned got;
	const int n = i2d_PUBKEY(key, &der);
	bool good = n > 0 && EVP_Digest(der, (size_t)n, digest, &got, EVP_sha256(), NULL) == 1;
	OPENSSL_free(der);
	if (!good)
		return false;
	digest[0] = (digest[0] & 0x3f) | 0x40; /* above zero, and of the same length always */
	BIGNUM *number = BN_bin2bn(digest, SERIAL, NULL);
	good = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x));
	BN_free(number);
	return good;
}

static bool put_time(ASN1_TIME *to, int year, int month, int day)
{
	char text[32];
	if (day > zp_days_of_month(year, month)) /* the 29th of February */
		day = zp_days_of_month(year, month);
	snprintf(text, sizeof text, "%04d%02d%02d000000Z", year, month, day);
	return ASN1_TIME_set_string_X509(to, text) == 1;
}

static bool put_name(X509_NAME *to, const char *organisation, const char *common)
{
	return X509_NAME_add_entry_by_NID(to, NID_organizationName, MBSTRING_UTF8, (const unsigned char *)organisation, -1, -1, 0) == 1 &&
		X509_NAME_add_entry_by_NID(to, NID_commonName, MBSTRING_UTF8, (const unsigned char *)common, -1, -1, 0) == 1;
}

static bool put_extension(X509 *x, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX context;
	X509V3_set_ctx(&context, issuer, x, NULL, NULL, 0);
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	const bool good = e && X509_add_ext(x, e, -1) == 1;
	X509_EXTENSION_free(e);
	return good;
}

typedef struct wish { const char *name; int year, month, day, years; } wish;

/* issuer NULL: signed by itself. */
static X509 *certificate_of(const wish *w, EVP_PKEY *key, const char *common, X509 *issuer, EVP_PKEY *by)
{
	X509 *x = X509_new();
	bool good = x && X509_set_version(x, X509_VERSION_3) == 1 && put_serial(x, key) && put_time(X509_getm_notBefore(x), w->year, w->month, w->day) &&
		put_time(X509_getm_notAfter(x), w->year + w->years, w->month, w->day) && put_name(X509_get_subject_name(x), w->name, common) &&
		X509_set_issuer_name(x, X509_get_subject_name(issuer ? issuer : x)) == 1 && X509_set_pubkey(x, key) == 1 &&
		put_extension(x, issuer ? issuer : x, NID_subject_key_identifier, "hash");
	if (good && issuer)
		good = put_extension(x, issuer, NID_authority_key_identifier, "keyid:always") && put_extension(x, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
			put_extension(x, issuer, NID_key_usage, "critical,digitalSignature,nonRepudiation");
	else if (good)
		good = put_extension(x, x, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
			put_extension(x, x, NID_key_usage, "critical,digitalSignature,keyCertSign,cRLSign");
	if (good && X509_sign(x, by, NULL) > 0)
		return x;
	X509_free(x);
	return NULL;
}

void zp_minted_close(zp_minted *m)
{
	EVP_PKEY_free(m->ed25519);
	EVP_PKEY_free(m->rsa);
	X509_free(m->root);
	X509_free(m->certificate);
	*m = (zp_minted){ .ed25519 = NULL };
}

bool zp_mint(const char *name, const char *date, int years, zp_minted *m, zp_error *err)
{
	wish w = { .name = name, .years = years };
	char root[32];
	size_t n = sizeof m->key;
	*m = (zp_minted){ .ed25519 = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), .rsa = EVP_RSA_gen(RSA_BITS) };
	bool good = m->ed25519 && m->rsa && zp_date_read(zp_text_of(date), &w.year, &w.month, &w.day) &&
		EVP_PKEY_get_raw_public_key(m->ed25519, m->key, &n) == 1 && n == sizeof m->key;
	if (good) {
		zp_key_id(m->key, m->id);
		snprintf(root, sizeof root, "key %s", m->id);
		m->root = certificate_of(&w, m->ed25519, root, NULL, m->ed25519);
		m->certificate = m->root ? certificate_of(&w, m->rsa, name, m->root, m->ed25519) : NULL;
	}
	ERR_clear_error();
	if (good && m->certificate)
		return true;
	zp_minted_close(m);
	return zp_fail(err, ZP_BUG, NULL, 0, "OpenSSL cannot make a key");
}
