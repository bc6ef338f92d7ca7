/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * columns.h - stores into columns: one row, or two neighbours.
 *
 * Nearly every handshake has an MTU row after it, so the two are written column by column: a
 * column's address is loaded once, and what both have in common is at hand. That takes 60
 * of 190 instructions less than clearing the columns in bulk and writing row by row. Where the second
 * row has no value, one store of double width writes both.
 */
#pragma once

#include <stdint.h>
#include <string.h>

/* A value as the first of two of `bits` each, the second being 0. */
#define HG_BEFORE_ZERO(bits, value) (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? (value) : (value) << (bits))

static inline void alone_8(uint8_t *at, uint8_t value)
{
    uint16_t both = (uint16_t)HG_BEFORE_ZERO(8, value);
    memcpy(at, &both, sizeof both);
}

static inline void alone_16(void *at, uint16_t value)
{
    uint32_t both = HG_BEFORE_ZERO(16, (uint32_t)value);
    memcpy(at, &both, sizeof both);
}

static inline void alone_32(uint32_t *at, uint32_t value)
{
    uint64_t both = HG_BEFORE_ZERO(32, (uint64_t)value);
    memcpy(at, &both, sizeof both);
}

static inline void alone_i16(int16_t *at, int16_t value)
{
    alone_16(at, (uint16_t)value);
}

static inline void alone_double(double *at, double value)
{
    at[0] = value;
    at[1] = 0;
}

#define HG_ALONE(at, value)                                                                                         \
    _Generic((at), uint8_t *: alone_8, uint16_t *: alone_16, int16_t *: alone_i16, uint32_t *: alone_32,            \
             double *: alone_double)(at, value)

/* The macros write to `c->column` at `row`, as many values as `rows` says, which is constant in
 * every call, so that nothing is decided when it runs. */
#define HG_PUT_ROWS(column, first, second)                                                                          \
    do {                                                                                                            \
        c->column[row] = (first);                                                                                   \
        if (rows > 1)                                                                                               \
            c->column[row + 1] = (second);                                                                          \
    } while (0)
#define HG_EACH(column, value) HG_PUT_ROWS(column, value, value)
#define HG_FIRST(column, value) /* none in the second row */                                                        \
    do {                                                                                                            \
        if (rows > 1)                                                                                               \
            HG_ALONE(c->column + row, value);                                                                       \
        else                                                                                                        \
            c->column[row] = (value);                                                                               \
    } while (0)
