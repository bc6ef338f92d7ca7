/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * message.h - finds and parses the head of an HTTP/1 message (RFC 9112), including deviations that p0f accepts:
 *
 *     METHOD target HTTP/1.x      or      HTTP/1.x 200 reason
 *     Name: value                 the first HG_HTTP_MOST_FIELDS are kept; folded lines are invalid
 *                                 an empty line, or one that begins with CR, ends the head
 *
 * Lines end with LF or CR LF. A first line may contain CRs. The version may end with any character; the digits 1 to 9
 * mean HTTP/1.1, all other characters HTTP/1.0. A response without a status has status 0.
 */
#pragma once

#include "http/head.h"

enum {
    HG_HTTP_MOST_LINE = 8192, /* bytes of a first line */
    HG_HTTP_MOST_EMPTY = 16,  /* bytes of empty lines before the first request (RFC 9112, 2.2) */
    HG_H2_PREFACE = 24        /* bytes of the preface, with which an HTTP/2 client begins (RFC 9113, 3.4) */
};

typedef enum hg_http_head_state {
    HG_HTTP_OTHER = 0,     /* the bytes belong to another protocol */
    HG_HTTP_MORE = 1,      /* the bytes fit so far */
    HG_HTTP_WHOLE = 2,     /* the head is complete */
    HG_HTTP_TOO_LONG = 3,  /* the bytes begin like a message, but exceed a size limit */
    HG_HTTP_INVALID = 4    /* the bytes begin like a message, but the first line is invalid */
} hg_http_head_state;

/* How far the search for the end of a head has come, so that no byte is searched twice. All zero at the beginning. */
typedef struct hg_http_scan {
    uint16_t scanned; /* bytes searched */
    uint8_t has_line; /* 1: they contain the first line */
} hg_http_scan;

/* Whether the byte may be part of a token, such as a method. */
int hg_http_is_name_byte(uint8_t byte);

/* Looks for the end of the head with which the bytes begin. The search continues where `scan` left off; the bytes
 * before that must be unchanged. On HG_HTTP_WHOLE, `*end` becomes the head's length. */
hg_http_head_state hg_http_find(const uint8_t *data, uint32_t length, int response, hg_http_scan *scan, uint32_t *end);

/* Finds and parses the head with which the bytes begin at once, and returns its length. 0: it is not complete or not
 * valid; then hg_http_find tells which. */
uint32_t hg_http_read_begun(const uint8_t *data, uint32_t length, int response, hg_http_head *head);

/* Parses a complete head; `head` borrows its bytes. 0: a line is invalid. */
int hg_http_read(const uint8_t *data, uint32_t length, int response, hg_http_head *head);

/* 1 if the bytes begin with HTTP/2's preface, or are its first bytes. */
int hg_h2_is_preface(const uint8_t *data, uint32_t length);

/* 1 if the bytes begin with a request, perhaps after empty lines, or with HTTP/2's preface; 2: with a response; 0: with
 * none of these. If the first line is incomplete, only the methods of RFC 9110 and RFC 5789 count. */
int hg_http_begins(const uint8_t *data, uint32_t length);
