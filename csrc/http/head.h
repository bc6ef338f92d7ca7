/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * head.h - the parsed head of an HTTP message: first line and headers.
 *
 *     HTTP/1 bytes ──▶ message.c ────────┐
 *     HTTP/2 frames ─▶ h2.c ─▶ hpack.c ──┴▶ hg_http_head ──▶ matching, values of rows, raw signature
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    HG_HTTP_MOST_HEAD = 16384, /* bytes of a head */
    HG_HTTP_MOST_NAME = 64,    /* bytes of a header's name in HTTP/1, or of a method */
    HG_HTTP_MOST_SEARCHED = 4096, /* bytes at the start of a value, searched for the texts of signatures */
    HG_HTTP_MOST_FIELDS = 100 /* headers of a head */
};

static inline uint32_t hg_http_searched(uint32_t length)
{
    return length < HG_HTTP_MOST_SEARCHED ? length : HG_HTTP_MOST_SEARCHED;
}

/* A text in the head's bytes. It may contain any byte; output escapes it. */
typedef struct hg_http_text {
    uint16_t offset;
    uint16_t length; /* 0: none */
} hg_http_text;

/* One header. Names may be in any case. Values in HTTP/1 are as in p0f: one blank or tab after the colon is removed,
 * further ones are kept, and the value ends at the end of the line or at a NUL. Values in HTTP/2 are trimmed. */
typedef struct hg_http_field {
    hg_http_text name;
    hg_http_text value;
} hg_http_field;

/* In a head parsed from a message, all texts together have at most HG_HTTP_MOST_HEAD bytes, and each header name has at
 * most 64. */
typedef struct hg_http_head {
    const uint8_t *bytes; /* HTTP/1: the message; HTTP/2: texts decoded by HPACK; or a stored head. Borrowed. */
    uint32_t length;      /* number of bytes; in HTTP/1 including the empty line */
    uint8_t response;     /* 0 request, 1 response */
    uint8_t version;      /* 0 for HTTP/1.0, 1 for HTTP/1.1, 2 for HTTP/2 */
    uint16_t status;      /* of a response, else 0 */
    hg_http_text method;  /* of a request */
    hg_http_text target;  /* of a request, as sent; in a stored head its path, or nothing (values.h) */
    hg_http_text authority; /* HTTP/2: value of :authority; in a stored head without that: the target's host */
    uint8_t is_cut;       /* 1: HTTP/1 headers beyond the first HG_HTTP_MOST_FIELDS are left out */
    uint8_t has_secrets;  /* in a stored head: 1: values of headers were left out as secrets */
    uint8_t shows_values; /* 1: its signature also shows the values of uncommon headers */
    uint64_t absent;      /* bit n is set only if no header's name has n bytes, modulo 64 */
    uint64_t harmless[(HG_HTTP_MOST_FIELDS + 63) / 64]; /* a bit for each header: set only if hg_http_is_secret is 0 */
    uint32_t field_count;
    hg_http_field fields[HG_HTTP_MOST_FIELDS]; /* the first `field_count` are set; no HTTP/2 pseudo-headers */
} hg_http_head;

/* Initialises a head for these bytes: all other members become zero, except `fields`, which is not set. */
static inline void hg_http_head_begin(hg_http_head *head, const uint8_t *bytes)
{
    memset(head, 0, offsetof(hg_http_head, fields));
    head->bytes = bytes;
}

/* The number that the three characters form; 0: one of them is not a digit. */
static inline uint16_t hg_http_status(const uint8_t *digits)
{
    const uint8_t first = (uint8_t)(digits[0] - '0'), second = (uint8_t)(digits[1] - '0'),
                  third = (uint8_t)(digits[2] - '0');
    return first > 9 || second > 9 || third > 9 ? 0 : (uint16_t)(100 * first + 10 * second + third);
}

/* A text without leading and trailing blanks and characters `other`. */
static inline hg_http_text hg_http_without(const uint8_t *bytes, hg_http_text text, char other)
{
    const uint8_t *at = bytes + text.offset;
    uint32_t first = 0, end = text.length;
    while (first < end && (at[first] == ' ' || at[first] == other))
        first++;
    while (end > first && (at[end - 1] == ' ' || at[end - 1] == other))
        end--;
    return (hg_http_text){(uint16_t)(text.offset + first), (uint16_t)(end - first)};
}

/* A value without leading and trailing blanks and tabs (RFC 9110, 5.5). */
static inline hg_http_text hg_http_trimmed(const uint8_t *bytes, hg_http_text text)
{
    return hg_http_without(bytes, text, '\t');
}
