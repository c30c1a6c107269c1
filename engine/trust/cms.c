/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/cms.h"
#include <stdlib.h>
#include <string.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

/* ---- DER (ITU-T X.690): what is inside is written first, the head is put before it ---- */

typedef struct der { uint8_t *p; size_t n; } der;

enum { INTEGER = 0x02, OCTETS = 0x04, SEQUENCE = 0x30, SET = 0x31, CONTEXT_0 = 0xA0 };

static void add(der *d, const void *bytes, size_t n)
{
	uint8_t *room = realloc(d->p, d->n + n + 1);
	if (!room)
		abort();
	if (n)
		memcpy(room + d->n, bytes, n);
	d->p = room, d->n += n;
}

static void add_head(der *d, uint8_t tag, size_t n)
{
	uint8_t head[6] = { tag };
	size_t k = 1, digits = 0;
	for (size_t rest = n; rest; rest >>= 8)
		digits++;
	if (n >= 0x80)
		head[k++] = (uint8_t)(0x80 | digits);
	else
		digits = 1;
	for (size_t i = digits; i-- > 0;)
		head[k++] = (uint8_t)(n >> (8 * i));
	add(d, head, k);
}

/* `inside` within a tag; it is let go. */
static void wrap(der *d, uint8_t tag, der inside)
{
	add_head(d, tag, inside.n);
	add(d, inside.p, inside.n);
	free(inside.p);
}

static int compare(der a, der b)
{
	const size_t n = a.n < b.n ? a.n : b.n;
	const int c = memcmp(a.p, b.p, n);
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

/* The members of a SET OF stand in the order of their bytes. */
static void add_sorted(der *d, der members[], size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k && compare(members[k - 1], members[k]) > 0; k--) {
			const der other = members[k];
			members[k] = members[k - 1], members[k - 1] = other;
		}
	for (size_t i = 0; i < n; i++)
		add(d, members[i].p, members[i].n), free(members[i].p);
}

#define ADD(d, bytes) add((d), (bytes), sizeof(bytes))

static const uint8_t oid_data[] = { 0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1 };
static const uint8_t oid_signed_data[] = { 0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2 };
static const uint8_t oid_content_type[] = { 0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 3 };
static const uint8_t oid_message_digest[] = { 0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 4 };
static const uint8_t oid_signing_certificate[] = { 0x06, 11, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 2, 47 };
static const uint8_t sha256[] = { SEQUENCE, 11, 0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1 };
static const uint8_t rsa[] = { SEQUENCE, 13, 0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 0x05, 0 };
static const uint8_t version_1[] = { INTEGER, 1, 1 };

/* ---- the parts ---- */

bool zp_cms_digest(const void *a, size_t n_a, const void *b, size_t n_b, uint8_t out[static ZP_CMS_DIGEST])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned n = 0;
	const bool good = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 && EVP_DigestUpdate(context, a, n_a) == 1 &&
		EVP_DigestUpdate(context, b, n_b) == 1 && EVP_DigestFinal_ex(context, out, &n) == 1;
	EVP_MD_CTX_free(context);
	return good && n == ZP_CMS_DIGEST;
}

static bool add_certificate(der *d, X509 *x)
{
	uint8_t *bytes = NULL;
	const int n = i2d_X509(x, &bytes);
	if (n > 0)
		add(d, bytes, (size_t)n);
	OPENSSL_free(bytes);
	return n > 0;
}

static der attribute(const uint8_t *oid, size_t n_oid, der value)
{
	der inside = { 0 }, whole = { 0 };
	add(&inside, oid, n_oid);
	wrap(&inside, SET, value);
	wrap(&whole, SEQUENCE, inside);
	return whole;
}

/* SigningCertificateV2: the SHA-256 of the certificate, which nobody can then exchange for another of the same key. */
static bool signing_certificate(X509 *x, der *value)
{
	der certificate = { 0 }, id = { 0 }, ids = { 0 }, all = { 0 };
	uint8_t digest[ZP_CMS_DIGEST];
	const bool good = add_certificate(&certificate, x) && zp_cms_digest(certificate.p, certificate.n, "", 0, digest);
	free(certificate.p);
	add_head(&id, OCTETS, sizeof digest), ADD(&id, digest);
	wrap(&ids, SEQUENCE, id);
	wrap(&all, SEQUENCE, ids);
	wrap(value, SEQUENCE, all);
	return good;
}

/* The signed attributes within this tag: a SET where they are signed, [0] where they stand in the message. */
static bool add_attributes(der *d, uint8_t tag, const zp_cms_parts *p)
{
	der type = { 0 }, digest = { 0 }, by = { 0 }, all = { 0 };
	ADD(&type, oid_data);
	add_head(&digest, OCTETS, sizeof p->digest), ADD(&digest, p->digest);
	const bool good = signing_certificate(p->certificate, &by);
	der members[] = {
		attribute(oid_content_type, sizeof oid_content_type, type),
		attribute(oid_message_digest, sizeof oid_message_digest, digest),
		attribute(oid_signing_certificate, sizeof oid_signing_certificate, by),
	};
	add_sorted(&all, members, sizeof members / sizeof *members);
	wrap(d, tag, all);
	return good;
}

/* Whose key it is: issuer and serial number of the certificate. */
static bool add_signer_id(der *d, X509 *x)
{
	der inside = { 0 };
	uint8_t *name = NULL, *serial = NULL;
	const int n_name = i2d_X509_NAME(X509_get_issuer_name(x), &name), n_serial = i2d_ASN1_INTEGER(X509_get_serialNumber(x), &serial);
	if (n_name > 0)
		add(&inside, name, (size_t)n_name);
	if (n_serial > 0)
		add(&inside, serial, (size_t)n_serial);
	OPENSSL_free(name);
	OPENSSL_free(serial);
	wrap(d, SEQUENCE, inside);
	return n_name > 0 && n_serial > 0;
}

static bool add_signer(der *d, const zp_cms_parts *p)
{
	der inside = { 0 };
	ADD(&inside, version_1);
	bool good = add_signer_id(&inside, p->certificate);
	ADD(&inside, sha256);
	good = add_attributes(&inside, CONTEXT_0, p) && good;
	ADD(&inside, rsa);
	add_head(&inside, OCTETS, p->n_signature);
	add(&inside, p->signature, p->n_signature);
	wrap(d, SEQUENCE, inside);
	return good;
}

static bool add_message(der *d, const zp_cms_parts *p)
{
	der signed_data = { 0 }, algorithms = { 0 }, content = { 0 }, certificates = { 0 }, signers = { 0 };
	der both[2] = { { 0 }, { 0 } };
	bool good = add_certificate(&both[0], p->certificate);
	good = add_certificate(&both[1], p->root) && good;
	ADD(&signed_data, version_1);
	ADD(&algorithms, sha256), wrap(&signed_data, SET, algorithms);
	ADD(&content, oid_data), wrap(&signed_data, SEQUENCE, content);
	if (good)
		add_sorted(&certificates, both, 2);
	else
		free(both[0].p), free(both[1].p);
	wrap(&signed_data, CONTEXT_0, certificates);
	good = add_signer(&signers, p) && good;
	wrap(&signed_data, SET, signers);
	der explicit = { 0 }, whole = { 0 };
	wrap(&explicit, SEQUENCE, signed_data);
	ADD(&whole, oid_signed_data), wrap(&whole, CONTEXT_0, explicit);
	wrap(d, SEQUENCE, whole);
	return good;
}

/* ---- writing and signing ---- */

uint8_t *zp_cms_write(const zp_cms_parts *p, size_t *n)
{
	der d = { 0 };
	const bool good = add_message(&d, p);
	ERR_clear_error();
	*n = good ? d.n : 0;
	if (good)
		return d.p;
	free(d.p);
	return NULL;
}

size_t zp_cms_length(const zp_cms_parts *p)
{
	zp_cms_parts blank = *p;
	size_t n;
	const EVP_PKEY *key = X509_get0_pubkey(p->certificate);
	const int bytes = key ? EVP_PKEY_get_size(key) : 0;
	if (bytes <= 0 || bytes > ZP_CMS_SIGNATURE)
		return 0;
	blank.n_signature = (size_t)bytes; /* of RSA every signature has the length of the key */
	free(zp_cms_write(&blank, &n));
	return n;
}

bool zp_cms_sign(zp_cms_parts *p, EVP_PKEY *key)
{
	der attributes = { 0 };
	p->n_signature = sizeof p->signature;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const bool good = add_attributes(&attributes, SET, p) && context && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
		EVP_DigestSign(context, p->signature, &p->n_signature, attributes.p, attributes.n) == 1;
	EVP_MD_CTX_free(context);
	free(attributes.p);
	ERR_clear_error();
	return good;
}

/* ---- reading ---- */

void zp_cms_free(zp_cms_parts *p)
{
	X509_free(p->certificate);
	X509_free(p->root);
	*p = (zp_cms_parts){ .certificate = NULL };
}

/* Two certificates: the signer's, and the other. */
static bool take_certificates(CMS_ContentInfo *cms, CMS_SignerInfo *signer, zp_cms_parts *p)
{
	STACK_OF(X509) *all = CMS_get1_certs(cms);
	const int n = all ? sk_X509_num(all) : 0;
	for (int i = 0; i < n && n == 2; i++) {
		X509 *x = sk_X509_value(all, i), **place = CMS_SignerInfo_cert_cmp(signer, x) == 0 ? &p->certificate : &p->root;
		if (!*place && X509_up_ref(x) == 1)
			*place = x;
	}
	sk_X509_pop_free(all, X509_free);
	return p->certificate && p->root;
}

static bool take_parts(CMS_ContentInfo *cms, zp_cms_parts *p)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
	CMS_SignerInfo *signer = signers && sk_CMS_SignerInfo_num(signers) == 1 ? sk_CMS_SignerInfo_value(signers, 0) : NULL;
	if (!signer || !take_certificates(cms, signer, p))
		return false;
	const ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(signer);
	const ASN1_OCTET_STRING *digest = CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING);
	const int n = signature ? ASN1_STRING_length(signature) : 0;
	if (!digest || ASN1_STRING_length(digest) != ZP_CMS_DIGEST || n <= 0 || n > ZP_CMS_SIGNATURE)
		return false;
	memcpy(p->digest, ASN1_STRING_get0_data(digest), ZP_CMS_DIGEST);
	memcpy(p->signature, ASN1_STRING_get0_data(signature), (size_t)n);
	p->n_signature = (size_t)n;
	return true;
}

bool zp_cms_read(const uint8_t *bytes, size_t n, zp_cms_parts *p)
{
	const unsigned char *at = bytes;
	*p = (zp_cms_parts){ .certificate = NULL };
	CMS_ContentInfo *cms = n <= 65536 ? d2i_CMS_ContentInfo(NULL, &at, (long)n) : NULL;
	bool good = cms && at == bytes + n && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed && take_parts(cms, p);
	CMS_ContentInfo_free(cms);
	if (good) { /* whatever was read leniently shows when it is written again */
		size_t n_again;
		uint8_t *again = zp_cms_write(p, &n_again);
		good = again && n_again == n && memcmp(again, bytes, n) == 0;
		free(again);
	}
	ERR_clear_error();
	if (!good)
		zp_cms_free(p);
	return good;
}

bool zp_cms_holds(const zp_cms_parts *p)
{
	der attributes = { 0 };
	EVP_PKEY *key = X509_get0_pubkey(p->certificate);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const bool good = key && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && context && add_attributes(&attributes, SET, p) &&
		EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
		EVP_DigestVerify(context, p->signature, p->n_signature, attributes.p, attributes.n) == 1;
	EVP_MD_CTX_free(context);
	free(attributes.p);
	ERR_clear_error();
	return good;
}
