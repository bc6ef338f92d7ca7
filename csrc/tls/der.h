/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * der.h - elements of DER (X.690), strictly: each length is checked, and in the fewest bytes.
 */
#pragma once

#include "base/asn1.h"

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

/* The next element, whose length must be written in the fewest bytes. 0: none. */
static inline int hg_der_next(hg_cursor *in, uint8_t *tag, hg_span *content)
{
    return hg_asn1_next(in, 1, tag, content);
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
