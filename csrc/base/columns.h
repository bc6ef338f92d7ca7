/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * columns.h - writes values into columns: for one row, or for two adjacent rows.
 *
 * An MTU row follows nearly every handshake row, so both are written together, column by column. Then each
 * column's address is loaded once, and common values stay in registers. If only the first row has a value,
 * one store of double width writes it and the 0 of the second row.
 */
#pragma once

#include <stdint.h>
#include <string.h>

/* A number whose first half in memory is `value`, and whose second half is 0; each half has `bits` bits. */
#define HG_BEFORE_ZERO(bits, value) (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? (value) : (value) << (bits))

/* Each function writes `value` at `at`, and 0 into the next row. */
static inline void put_8_and_0(uint8_t *at, uint8_t value)
{
    uint16_t both = (uint16_t)HG_BEFORE_ZERO(8, value);
    memcpy(at, &both, sizeof both);
}

static inline void put_16_and_0(void *at, uint16_t value)
{
    uint32_t both = HG_BEFORE_ZERO(16, (uint32_t)value);
    memcpy(at, &both, sizeof both);
}

static inline void put_32_and_0(uint32_t *at, uint32_t value)
{
    uint64_t both = HG_BEFORE_ZERO(32, (uint64_t)value);
    memcpy(at, &both, sizeof both);
}

static inline void put_i16_and_0(int16_t *at, int16_t value)
{
    put_16_and_0(at, (uint16_t)value);
}

static inline void put_double_and_0(double *at, double value)
{
    at[0] = value;
    at[1] = 0;
}

#define HG_PUT_WITH_ZERO(at, value) \
    _Generic((at),                  \
        uint8_t *: put_8_and_0,     \
        uint16_t *: put_16_and_0,   \
        int16_t *: put_i16_and_0,   \
        uint32_t *: put_32_and_0,   \
        double *: put_double_and_0)(at, value)

/* These macros use the caller's variables `c`, `row` and `rows`. They write `rows` values (1 or 2) to `c->column`,
 * from `row` on. `rows` is a constant after inlining, so the compiler removes the branches. */
#define HG_PUT_ROWS(column, first, second) \
    do {                                   \
        c->column[row] = (first);          \
        if (rows > 1)                      \
            c->column[row + 1] = (second); \
    } while (0)
#define HG_PUT_ALL(column, value) HG_PUT_ROWS(column, value, value) /* the same value in all rows */
#define HG_PUT_FIRST(column, value) /* the second row gets 0 */ \
    do {                                                        \
        if (rows > 1)                                           \
            HG_PUT_WITH_ZERO(c->column + row, value);           \
        else                                                    \
            c->column[row] = (value);                           \
    } while (0)
