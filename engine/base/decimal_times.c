/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The product of two decimals, for values that come in another unit. */
#include "base/decimal.h"

__extension__ typedef unsigned __int128 wide;

#define DIGITS_LIMIT 1000000000000000000ull /* 10^18 */
#define POWER_MOST 99

bool zp_decimal_times(zp_decimal a, zp_decimal b, zp_decimal *out)
{
	const bool negative = (a.m < 0) != (b.m < 0);
	int e = a.e + b.e;
	while (b.m && b.m % 10 == 0) /* 10 is one digit and a power: 5.20 x 10 is known to a tenth, as 52.0 */
		b.m /= 10, e++;
	wide product = (wide)(a.m < 0 ? -(uint64_t)a.m : (uint64_t)a.m) * (wide)(b.m < 0 ? -(uint64_t)b.m : (uint64_t)b.m), dropped = 0, unit = 1;
	while (product / unit >= DIGITS_LIMIT) {
		unit *= 10;
		e++;
	}
	dropped = product % unit;
	product /= unit;
	if (2 * dropped > unit || (2 * dropped == unit && product % 2 && unit > 1)) /* half to even */
		product++;
	if (product == DIGITS_LIMIT)
		product /= 10, e++;
	if (product == 0) {
		*out = (zp_decimal){ 0, (int8_t)(e < -POWER_MOST ? -POWER_MOST : e > 0 ? 0 : e) };
		return true;
	}
	int power = e; /* of its first digit */
	for (wide rest = product; rest >= 10; rest /= 10)
		power++;
	if (power > POWER_MOST || power < -POWER_MOST || e < INT8_MIN || e > INT8_MAX)
		return false;
	*out = (zp_decimal){ negative ? -(int64_t)product : (int64_t)product, (int8_t)e };
	return true;
}
