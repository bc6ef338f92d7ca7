/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * huffman.h - text in HPACK's Huffman code (RFC 7541, 5.2 and appendix B).
 */
#pragma once

#include <stdint.h>

typedef enum hg_hpack_result {
    HG_HPACK_BAD = 0,     /* the bytes break a rule of RFC 7541 */
    HG_HPACK_GOOD = 1,
    HG_HPACK_NO_ROOM = 2 /* more text, or more fields, than there is room for */
} hg_hpack_result;

/* Decodes a whole text into `out`, at most `room` bytes; `used` says how many. */
hg_hpack_result hg_huffman_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t room, uint32_t *used);
