/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * message.h - the head of an HTTP/1 message among bytes (RFC 9112), with the deviations that p0f accepts:
 *
 *     METHOD target HTTP/1.x      or      HTTP/1.x 200 reason
 *     Name: value                 the first HG_HTTP_MOST_FIELDS are given; no folded lines
 *                                 a line that is empty, or begins with CR, ends it
 *
 * Lines end with LF, or CR LF. A first line may have CRs within, a version any last character (0 is
 * HTTP/1.0, and so is what is no digit), and a response no status (0).
 */
#pragma once

#include "http/head.h"

enum {
    HG_HTTP_MOST_LINE = 8192, /* bytes of a first line */
    HG_HTTP_MOST_NAME = 64,   /* bytes of a header's name, or of a method */
    HG_HTTP_MOST_EMPTY = 16   /* bytes of empty lines before the first request (RFC 9112, 2.2) */
};

typedef enum hg_http_head_state {
    HG_HTTP_OTHER = 0,     /* the bytes are something else */
    HG_HTTP_MORE = 1,      /* they fit as far as they go */
    HG_HTTP_WHOLE = 2,     /* the head is there */
    HG_HTTP_TOO_LONG = 3,  /* it begins like a message, and is longer than is read, or has too much of something */
    HG_HTTP_NONE = 4       /* it begins like a message, but its first line is invalid */
} hg_http_head_state;

/* How far a head was looked through, so that no byte is looked at again. Zeros at the beginning. */
typedef struct hg_http_scan {
    uint16_t scanned; /* bytes */
    uint8_t has_line; /* 1: the first line ended there */
} hg_http_scan;

/* Looks for the end of a head at the beginning of the bytes, from where `scan` left off on; the bytes
 * before are the same as then. `*end` is its length, with HG_HTTP_WHOLE only. */
hg_http_head_state hg_http_find(const uint8_t *data, uint32_t length, int response, hg_http_scan *scan, uint32_t *end);

/* Reads a complete head, which is borrowed. 0: a line is invalid. */
int hg_http_read(const uint8_t *data, uint32_t length, int response, hg_http_head *head);

/* 1 if the bytes begin a request, also after empty lines; 2 if they begin a response; else 0. In an incomplete first
 * line, only the methods of RFC 9110 and RFC 5789 count. */
int hg_http_begins(const uint8_t *data, uint32_t length);
