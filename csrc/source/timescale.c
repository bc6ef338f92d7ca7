/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "source/capture.h"

#define NS_PER_S INT64_C(1000000000)
/* The whole seconds in INT64_MAX ns. */
#define MAX_S (INT64_MAX / NS_PER_S)

enum { LARGEST_POWER = 19 }; /* exponent of the largest power of ten in 64 bits */

static uint64_t power_of_ten(unsigned exponent)
{
    uint64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

hg_timescale hg_timescale_make(uint8_t resolution, int64_t offset_s)
{
    hg_timescale scale = {.offset_s = offset_s, .resolution = resolution};
    if (resolution > 9 || offset_s > MAX_S || offset_s < -MAX_S)
        return scale;
    scale.tick_ns = (uint32_t)power_of_ten(9u - resolution);
    scale.offset_ns = offset_s * NS_PER_S;
    int64_t room = scale.offset_ns > 0 ? INT64_MAX - scale.offset_ns : INT64_MAX;
    scale.quick_limit = (uint64_t)(room / scale.tick_ns) + 1;
    return scale;
}

/* floor(fraction * 10^9 / 2^bits) for fraction < 2^bits. The product has up to 94 bits, so it is computed
 * in two halves; its low 32 bits are shifted out whenever `bits` is above 32. */
static uint32_t binary_fraction_ns(uint64_t fraction, unsigned bits)
{
    if (bits <= 32)
        return (uint32_t)((fraction * NS_PER_S) >> bits);
    if (bits >= 32 + 64)
        return 0;
    uint64_t low = (fraction & UINT32_MAX) * NS_PER_S;
    uint64_t high = (fraction >> 32) * NS_PER_S + (low >> 32);
    return (uint32_t)(high >> (bits - 32));
}

static void split_binary(uint64_t ticks, unsigned bits, uint64_t *seconds, uint32_t *ns)
{
    *seconds = bits < 64 ? ticks >> bits : 0;
    uint64_t fraction = bits < 64 ? ticks & (((uint64_t)1 << bits) - 1) : ticks;
    *ns = binary_fraction_ns(fraction, bits);
}

static void split_decimal(uint64_t ticks, unsigned digits, uint64_t *seconds, uint32_t *ns)
{
    uint64_t unit = digits <= LARGEST_POWER ? power_of_ten(digits) : 0;
    uint64_t fraction = unit == 0 ? ticks : ticks % unit;
    *seconds = unit == 0 ? 0 : ticks / unit;
    if (digits <= 9)
        *ns = (uint32_t)(fraction * power_of_ten(9 - digits));
    else if (digits - 9 <= LARGEST_POWER)
        *ns = (uint32_t)(fraction / power_of_ten(digits - 9));
    else
        *ns = 0;
}

int64_t hg_timescale_any(const hg_timescale *scale, uint64_t ticks)
{
    uint64_t seconds;
    uint32_t ns;
    int64_t whole_s, time_ns;
    if ((scale->resolution & 0x80) != 0)
        split_binary(ticks, scale->resolution & 0x7f, &seconds, &ns);
    else
        split_decimal(ticks, scale->resolution, &seconds, &ns);
    if (__builtin_add_overflow(seconds, scale->offset_s, &whole_s))
        return INT64_MAX;
    const int64_t borrowed_s =
        whole_s < 0; /* before the epoch, one second goes to `rest_ns`, so that no sum overflows early */
    const int64_t rest_ns = (int64_t)ns - borrowed_s * NS_PER_S;
    whole_s += borrowed_s;
    if (whole_s > MAX_S || whole_s < -MAX_S || __builtin_add_overflow(whole_s * NS_PER_S, rest_ns, &time_ns))
        return whole_s < 0 ? INT64_MIN : INT64_MAX;
    return time_ns;
}
