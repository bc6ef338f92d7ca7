/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/dns.h"

#include "base/bytes.h"

enum { MOST_LABEL = 63, POINTS = 0xC0, MOST_JUMPS = 16 };
enum { QUESTIONS_AT = 4, ANSWERS_AT = 6, AUTHORITIES_AT = 8, ADDITIONALS_AT = 10 };
enum { QUESTION_FIXED = 4, RECORD_FIXED = 10 };

/* A pointer leads to before the place that the labels ahead of it were read from, so that no name is without end. */
uint32_t hg_dns_read_name(const hg_dns *of, uint32_t at, hg_dns_name *out)
{
    uint32_t end = 0, begin = at, used = 1;
    out->count = 0;
    for (uint32_t jumps = 0; at < of->length;) {
        const uint32_t length = of->data[at];
        if (length == 0)
            return end != 0 ? end : at + 1;
        if ((length & POINTS) == POINTS) {
            if (at + 2 > of->length || jumps++ == MOST_JUMPS)
                return 0;
            end = end != 0 ? end : at + 2;
            at = hg_be16(of->data + at) & 0x3FFFu;
            if (at >= begin)
                return 0;
            begin = at;
            continue;
        }
        used += length + 1;
        if (length > MOST_LABEL || length > of->length - at - 1 || used > HG_DNS_MOST_NAME ||
            out->count == HG_DNS_MOST_LABELS)
            return 0;
        out->labels[out->count++] = (hg_dns_label){.at = (uint16_t)(at + 1), .length = (uint8_t)length};
        at += 1 + length;
    }
    return 0;
}

uint32_t hg_dns_skip_name(const hg_dns *of, uint32_t at)
{
    while (at < of->length) {
        const uint32_t length = of->data[at];
        if (length == 0)
            return at + 1;
        if ((length & POINTS) == POINTS)
            return of->length - at < 2 ? 0 : at + 2;
        if (length > MOST_LABEL)
            return 0;
        at += 1 + length;
    }
    return 0;
}

uint32_t hg_dns_first_record(const hg_dns *of)
{
    uint32_t at = HG_DNS_HEADER;
    for (uint32_t left = hg_be16(of->data + QUESTIONS_AT); left > 0; left--) {
        at = hg_dns_skip_name(of, at);
        if (at == 0 || of->length - at < QUESTION_FIXED)
            return 0;
        at += QUESTION_FIXED;
    }
    return at;
}

uint32_t hg_dns_read_record(const hg_dns *of, uint32_t at, hg_dns_record *out)
{
    out->owner = at;
    at = hg_dns_skip_name(of, at);
    if (at == 0 || of->length - at < RECORD_FIXED)
        return 0;
    const uint8_t *fixed = of->data + at;
    out->type = hg_be16(fixed);
    out->class_bits = hg_be16(fixed + 2);
    out->ttl = hg_be32(fixed + 4);
    out->length = hg_be16(fixed + 8);
    out->data = at + RECORD_FIXED;
    return out->length > of->length - out->data ? 0 : out->data + out->length;
}

uint32_t hg_dns_records(const hg_dns *of)
{
    return (uint32_t)hg_be16(of->data + ANSWERS_AT) + hg_be16(of->data + AUTHORITIES_AT) +
           hg_be16(of->data + ADDITIONALS_AT);
}
