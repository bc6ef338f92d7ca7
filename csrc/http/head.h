/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * head.h - the head of an HTTP message: output of the readers, input of matching.
 *
 *     HTTP/1 bytes ──▶ request, response ─┐
 *     HTTP/2 frames ─▶ HPACK ─────────────┴▶ hg_http_head ──▶ match, values, raw signature
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    HG_HTTP_MOST_HEAD = 16384, /* bytes of a head */
    HG_HTTP_MOST_SEARCHED = 4096, /* bytes of a value, in which known texts are looked for */
    HG_HTTP_MOST_FIELDS = 100
};

static inline uint32_t hg_http_searched(uint32_t length)
{
    return length < HG_HTTP_MOST_SEARCHED ? length : HG_HTTP_MOST_SEARCHED;
}

/* Bytes of the head: any values, escaped where they are shown. */
typedef struct hg_http_text {
    uint16_t offset;
    uint16_t length; /* 0: none */
} hg_http_text;

/* One header, as on the wire: names in any case; values as p0f has them: without one blank after the colon,
 * up to the end of the line or to a NUL, so that other blanks belong to them. */
typedef struct hg_http_field {
    hg_http_text name;
    hg_http_text value;
} hg_http_field;

/* All texts together take HG_HTTP_MOST_HEAD bytes at most, and names of headers 64 each. */
typedef struct hg_http_head {
    const uint8_t *bytes; /* HTTP/1: the message; HTTP/2: what HPACK gave. Borrowed. */
    uint32_t length;      /* HTTP/1: up to the end of the empty line */
    uint8_t response;     /* 0 request, 1 response */
    uint8_t version;      /* 0 for HTTP/1.0, 1 for HTTP/1.1, 2 for HTTP/2 */
    uint16_t status;      /* of a response, else 0 */
    hg_http_text method;  /* of a request; HTTP/2 pseudo-headers are here, not in `fields` */
    hg_http_text target;  /* of a request, as sent: never shown unless asked for */
    hg_http_text authority; /* HTTP/2: of :authority; else empty */
    uint8_t is_cut;       /* 1: HTTP/1; headers after the first HG_HTTP_MOST_FIELDS are left out */
    uint8_t shows_values; /* 1: its signature has the values of headers that are not common, too */
    uint32_t field_count;
    hg_http_field fields[HG_HTTP_MOST_FIELDS]; /* set as far as `field_count` says */
} hg_http_head;

/* A head of these bytes in which nothing is set. */
static inline void hg_http_head_begin(hg_http_head *head, const uint8_t *bytes)
{
    memset(head, 0, offsetof(hg_http_head, fields));
    head->bytes = bytes;
}

/* The number of three digits; 0: some are none. */
static inline uint16_t hg_http_status(const uint8_t *digits)
{
    const uint8_t first = (uint8_t)(digits[0] - '0'), second = (uint8_t)(digits[1] - '0'), third = (uint8_t)(digits[2] - '0');
    return first > 9 || second > 9 || third > 9 ? 0 : (uint16_t)(100 * first + 10 * second + third);
}

/* A value without the blanks and tabs around it (RFC 9110, 5.5). */
static inline hg_http_text hg_http_trimmed(const uint8_t *bytes, hg_http_text text)
{
    const uint8_t *at = bytes + text.offset;
    uint32_t first = 0, end = text.length;
    while (first < end && (at[first] == ' ' || at[first] == '\t'))
        first++;
    while (end > first && (at[end - 1] == ' ' || at[end - 1] == '\t'))
        end--;
    return (hg_http_text){(uint16_t)(text.offset + first), (uint16_t)(end - first)};
}
