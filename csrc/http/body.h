/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * body.h - skips the body of an HTTP/1 message (RFC 9112, 6) to find the next message.
 *
 *     head ─▶ hg_http_body_begin ─▶ hg_http_body_pass over bytes, until it ends
 */
#pragma once

#include "http/head.h"

typedef enum hg_http_part {
    HG_HTTP_NO_BODY = 0, /* a head comes next */
    HG_HTTP_DATA = 1,    /* bytes whose number is known, the last of the message */
    HG_HTTP_SIZE = 2,    /* a line with the size of a chunk */
    HG_HTTP_CHUNK = 3,
    HG_HTTP_CHUNK_END = 4, /* the end of the line after its bytes */
    HG_HTTP_TRAILER = 5,   /* headers after the last chunk, and an empty line */
    HG_HTTP_BROKEN = 6,    /* a rule is broken: it is not known where the message ends */
    HG_HTTP_SWITCHED = 7,  /* something else is spoken from here on, by both ends */
    HG_HTTP_TO_END = 8     /* bytes up to the end of the connection */
} hg_http_part;

/* Zeros: no body. */
typedef struct hg_http_body {
    uint64_t left;    /* bytes of HG_HTTP_DATA and HG_HTTP_CHUNK that are still to come */
    uint16_t scanned; /* bytes of a line that is not whole: its end is not among them */
    uint8_t lines;    /* of the trailer */
    uint8_t part;     /* hg_http_part */
} hg_http_body;

/* How a message is asked for, as far as it says where the answer ends. */
typedef enum hg_http_request_kind { HG_HTTP_ASKED = 0, HG_HTTP_ASKED_HEAD = 1, HG_HTTP_ASKED_CONNECT = 2 } hg_http_request_kind;

/* What a request asks for. */
hg_http_request_kind hg_http_asks(const hg_http_head *request);

/* The body of the message with this head. HG_HTTP_BROKEN: headers contradict one another, or some are left out.
 * HG_HTTP_SWITCHED: after 101, and where a tunnel begins. `asked` is of the request, where the head is that of its response. */
hg_http_body hg_http_body_begin(const hg_http_head *head, hg_http_request_kind asked);

/* Skips bytes of the body from the last position on, and returns how many. The bytes of an incomplete line are not
 * skipped; the caller gives them again. */
uint32_t hg_http_body_pass(hg_http_body *body, const uint8_t *data, uint32_t length);

/* Bytes that may be passed over without a look at them. */
uint32_t hg_http_body_most(const hg_http_body *body);
/* Passes over bytes that are not there, as many as are left of its data at most. */
void hg_http_body_skip(hg_http_body *body, uint32_t length);
