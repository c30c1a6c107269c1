/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/pack.h"
#include "ledger/words.h"

static uint8_t *put_whole(uint8_t *p, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		*p++ = (uint8_t)(v | 0x80);
	*p++ = (uint8_t)v;
	return p;
}

static uint8_t *put_signed(uint8_t *p, int64_t v)
{
	return put_whole(p, v < 0 ? ~((uint64_t)v << 1) : (uint64_t)v << 1);
}

uint8_t *zp_pack(uint8_t *p, const zp_packed *s)
{
	*p++ = (uint8_t)(s->state | s->verdict << 4 | s->kind << 6);
	*p++ = (uint8_t)(s->reason | s->has_share << 6 | s->has_sdi << 7);
	p = put_whole(p, s->group);
	if (s->verdict)
		*p++ = s->credit;
	if (s->kind == ZP_PACKED_BOUND)
		*p++ = (uint8_t)s->bound;
	if (s->kind == ZP_PACKED_NUMBER || s->kind == ZP_PACKED_BOUND) {
		p = put_signed(p, s->value.m);
		*p++ = (uint8_t)s->value.e;
	} else if (s->kind == ZP_PACKED_ANSWER) {
		p = put_whole(p, s->answer);
	}
	p = s->has_share ? put_signed(p, s->share) : p;
	return s->has_sdi ? put_signed(p, s->sdi) : p;
}

static const uint8_t *take_byte(const uint8_t *p, const uint8_t *end, uint8_t *out)
{
	if (!p || p == end)
		return NULL;
	*out = *p;
	return p + 1;
}

static const uint8_t *take_whole(const uint8_t *p, const uint8_t *end, uint64_t *out)
{
	*out = 0;
	for (unsigned shift = 0; p && p < end && shift < 64; shift += 7) {
		*out |= (uint64_t)(*p & 0x7F) << shift;
		if (!(*p++ & 0x80))
			return p;
	}
	return NULL;
}

static const uint8_t *take_signed(const uint8_t *p, const uint8_t *end, int64_t *out)
{
	uint64_t v;
	p = take_whole(p, end, &v);
	*out = (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
	return p;
}

const uint8_t *zp_unpack(const uint8_t *p, const uint8_t *end, zp_packed *s)
{
	uint8_t first = 0, second = 0, e = 0, bound = 0;
	uint64_t v = 0;
	*s = (zp_packed){ 0 };
	p = take_byte(p, end, &first);
	p = take_byte(p, end, &second);
	s->state = first & 15, s->verdict = first >> 4 & 3, s->kind = first >> 6;
	s->reason = second & 63, s->has_share = second >> 6 & 1, s->has_sdi = second >> 7;
	p = take_whole(p, end, &v);
	if (v > UINT32_MAX)
		return NULL;
	s->group = (uint32_t)v;
	if (s->verdict)
		p = take_byte(p, end, &s->credit);
	if (s->kind == ZP_PACKED_BOUND)
		p = take_byte(p, end, &bound);
	s->bound = (char)bound;
	if (s->kind == ZP_PACKED_NUMBER || s->kind == ZP_PACKED_BOUND) {
		p = take_signed(p, end, &s->value.m);
		p = take_byte(p, end, &e);
		s->value.e = (int8_t)e;
	} else if (s->kind == ZP_PACKED_ANSWER) {
		p = take_whole(p, end, &v);
		s->answer = v > UINT32_MAX ? UINT32_MAX : (uint32_t)v;
	}
	p = s->has_share ? take_signed(p, end, &s->share) : p;
	p = s->has_sdi ? take_signed(p, end, &s->sdi) : p;
	const bool known = zp_words_at(ZP_WORDS_STATE, s->state) && zp_words_at(ZP_WORDS_VERDICT, s->verdict) &&
			   zp_words_at(ZP_WORDS_REASON, s->reason);
	const bool sane = known && (s->kind != ZP_PACKED_BOUND || s->bound == '<' || s->bound == '>') && s->value.e >= -99 &&
			  s->value.e <= 99;
	return sane ? p : NULL;
}
