/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * der.h - elements of DER (X.690), strictly: each length is checked, and in the fewest bytes.
 */
#pragma once

#include "base/span.h"

enum {
    HG_DER_BOOLEAN = 0x01,
    HG_DER_INTEGER = 0x02,
    HG_DER_BITS = 0x03,
    HG_DER_BYTES = 0x04,
    HG_DER_OID = 0x06,
    HG_DER_UTF8 = 0x0C,
    HG_DER_PRINTABLE = 0x13,
    HG_DER_IA5 = 0x16,
    HG_DER_UTC_TIME = 0x17,
    HG_DER_TIME = 0x18,
    HG_DER_SEQUENCE = 0x30,
    HG_DER_SET = 0x31,
    HG_DER_PLAIN_0 = 0x80, /* of a context, 0 to 30 */
    HG_DER_OWN_0 = 0xA0    /* the same with elements inside */
};

static inline hg_cursor hg_der_inside(hg_span content)
{
    return (hg_cursor){content.data, content.length == 0 ? content.data : content.data + content.length};
}

/* The next element, whose length must be written in the fewest bytes. 0: there is none. */
static inline int hg_der_next(hg_cursor *in, uint8_t *tag, hg_span *content)
{
    enum { LONG = 0x80, MOST_LENGTH_BYTES = 3, LONG_TAG = 0x1F };
    if (in->end - in->at < 2 || (in->at[0] & LONG_TAG) == LONG_TAG)
        return 0;
    const uint8_t *at = in->at + 2;
    uint32_t length = in->at[1], bytes = 0;
    if (length >= LONG) {
        bytes = length - LONG;
        length = 0;
        if (bytes == 0 || bytes > MOST_LENGTH_BYTES || in->end - at < (ptrdiff_t)bytes || at[0] == 0)
            return 0;
        for (uint32_t i = 0; i < bytes; i++)
            length = length << 8 | at[i];
        at += bytes;
    }
    if ((bytes > 0 && length < LONG) || in->end - at < (ptrdiff_t)length)
        return 0;
    *tag = in->at[0];
    *content = hg_span_of(at, length);
    in->at = at + length;
    return 1;
}

/* The next element, if it has this tag. 0: it has not, and nothing changes. */
static inline int hg_der_take(hg_cursor *in, uint8_t tag, hg_span *content)
{
    hg_cursor at = *in;
    hg_span there;
    uint8_t found;
    if (!hg_der_next(&at, &found, &there) || found != tag)
        return 0;
    *in = at;
    *content = there;
    return 1;
}

/* The content of a string of bits, which has no unused ones. */
static inline int hg_der_take_bits(hg_cursor *in, hg_span *content)
{
    if (!hg_der_take(in, HG_DER_BITS, content) || content->length < 1 || content->data[0] != 0)
        return 0;
    *content = hg_span_of(content->data + 1, content->length - 1);
    return 1;
}
