/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * asn1.h - elements of BER and DER (X.690).
 */
#pragma once

#include "base/bytes.h"

/* Reads the next element and moves `in` past it. A length in the long form has at most four bytes; in DER at most
 * three, and no more than needed. 0: there is no valid element. Tags of several bytes are not supported. */
static inline int hg_asn1_next(hg_cursor *in, int is_der, uint8_t *tag, hg_span *content)
{
    enum { LONG = 0x80, MOST_DER_BYTES = 3, MOST_BYTES = 4, LONG_TAG = 0x1F };
    if (in->end - in->at < 2 || (in->at[0] & LONG_TAG) == LONG_TAG)
        return 0;
    const uint8_t *at = in->at + 2;
    uint32_t length = in->at[1], bytes = 0;
    if (length >= LONG) {
        bytes = length - LONG;
        length = 0;
        if (bytes == 0 || bytes > (uint32_t)(is_der ? MOST_DER_BYTES : MOST_BYTES) || in->end - at < (ptrdiff_t)bytes ||
            (is_der && at[0] == 0))
            return 0;
        for (uint32_t i = 0; i < bytes; i++)
            length = length << 8 | at[i];
        at += bytes;
    }
    if ((is_der && bytes > 0 && length < LONG) || in->end - at < (ptrdiff_t)length)
        return 0;
    *tag = in->at[0];
    *content = hg_span_of(at, length);
    in->at = at + length;
    return 1;
}

/* Reads the next element if it has this tag; otherwise returns 0 and changes nothing. */
static inline int hg_asn1_take(hg_cursor *in, int is_der, uint8_t tag, hg_span *content)
{
    hg_cursor at = *in;
    hg_span there;
    uint8_t found;
    if (!hg_asn1_next(&at, is_der, &found, &there) || found != tag)
        return 0;
    *in = at;
    *content = there;
    return 1;
}

/* Like hg_asn1_take, but returns a cursor over the elements inside. */
static inline int hg_asn1_enter(hg_cursor *in, int is_der, uint8_t tag, hg_cursor *inside)
{
    hg_span content;
    if (!hg_asn1_take(in, is_der, tag, &content))
        return 0;
    *inside = hg_cursor_of(content);
    return 1;
}
