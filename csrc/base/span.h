/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * span.h - bytes with their length, and a position in bytes that are read from the front.
 */
#ifndef HG_SPAN_H
#define HG_SPAN_H

#include <stdint.h>

typedef struct hg_span {
    const uint8_t *data;
    uint32_t length;
} hg_span;

/* What reads from it moves `at`, never past `end`. */
typedef struct hg_cursor {
    const uint8_t *at;
    const uint8_t *end;
} hg_cursor;

#endif
