/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * base64.h - bytes as base64 (RFC 4648).
 */
#pragma once

#include <stdint.h>

/* With padding; returns the end. */
static inline char *hg_put_base64(char *p, const uint8_t *bytes, uint32_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (uint32_t i = 0; i < length; i += 3) {
        const uint32_t left = length - i;
        const uint32_t group = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0U) |
                               (left > 2 ? bytes[i + 2] : 0U);
        *p++ = digits[group >> 18];
        *p++ = digits[group >> 12 & 63];
        *p++ = left > 1 ? digits[group >> 6 & 63] : '=';
        *p++ = left > 2 ? digits[group & 63] : '=';
    }
    return p;
}
