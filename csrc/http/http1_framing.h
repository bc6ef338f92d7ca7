/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * http1_framing.h - finds where each message of an HTTP/1 connection begins.
 *
 *     bytes of a direction ──▶ hg_http1_framing_rest ──▶ bytes of a head ──▶ hg_http1_framing_head_read ──▶ the body is
 *
 * skipped */
#pragma once

#include "flow/streams.h"
#include "http/head.h"

/* ---- bodies (RFC 9112, 6): head ─▶ hg_http_body_begin ─▶ hg_http_body_skip until the body ends ---- */

/* The part of a message that comes next. */
typedef enum hg_http_part {
    HG_HTTP_NO_BODY = 0, /* a head comes next */
    HG_HTTP_DATA = 1,    /* a known number of bytes, with which the message ends */
    HG_HTTP_SIZE = 2,    /* a line with the size of the next chunk */
    HG_HTTP_CHUNK = 3,   /* the bytes of a chunk */
    HG_HTTP_CHUNK_END = 4, /* the line end after a chunk's bytes */
    HG_HTTP_TRAILER = 5,   /* headers after the last chunk, then an empty line */
    HG_HTTP_BROKEN = 6,    /* a rule is broken, so the end of the message is unknown */
    HG_HTTP_SWITCHED = 7,  /* from here on both ends use another protocol */
    HG_HTTP_TO_END = 8     /* bytes until the connection ends */
} hg_http_part;

/* The unread rest of a body. All zero: no body. */
typedef struct hg_http_body {
    uint64_t left;    /* bytes of HG_HTTP_DATA or HG_HTTP_CHUNK still to come */
    uint16_t scanned; /* bytes of an incomplete line that were searched for its end */
    uint8_t lines;    /* lines of the trailer so far */
    uint8_t part;     /* hg_http_part */
} hg_http_body;

/* Requests, by how their method affects where the response ends. */
typedef enum hg_http_request_kind {
    HG_HTTP_REQUEST_OTHER = 0,
    HG_HTTP_REQUEST_HEAD = 1,
    HG_HTTP_REQUEST_CONNECT = 2
} hg_http_request_kind;

hg_http_request_kind hg_http_kind_of_request(const hg_http_head *request);

/* The body of the message with this head; for a response, `request` is the kind of its request. HG_HTTP_BROKEN: the
 * headers do not tell where the body ends, or some are left out (hg_http_head.is_cut). HG_HTTP_SWITCHED: the head is a
 * response 101, or a response that begins a tunnel for a CONNECT request. */
hg_http_body hg_http_body_begin(const hg_http_head *head, hg_http_request_kind request);

/* Skips bytes of the body and returns how many. It does not skip an incomplete line; the caller passes it again with
 * the bytes that follow. */
uint32_t hg_http_body_skip(hg_http_body *body, const uint8_t *data, uint32_t length);
/* Whether the body ends within these bytes, or is broken. */
int hg_http_body_ends(hg_http_body body, const uint8_t *data, uint32_t length);

/* ---- connections ------------------------------------------------------------------------------------ */

/* HEAD and CONNECT requests that can wait for their responses; further ones count as HG_HTTP_REQUEST_OTHER. */
enum { HG_HTTP_MOST_UNUSUAL = 16 };

/* The state of a connection. All zero at the beginning. */
typedef struct hg_http1_framing {
    hg_http_body bodies[2];  /* of the current messages: the client's, the server's */
    uint32_t positions[2];   /* for each direction the offset of the first byte not yet skipped */
    uint32_t requests;       /* number of requests read */
    uint32_t responses;      /* number of requests answered */
    uint32_t unusual[HG_HTTP_MOST_UNUSUAL]; /* numbers of the waiting HEAD and CONNECT requests, rising */
    uint8_t kinds[HG_HTTP_MOST_UNUSUAL];    /* their hg_http_request_kind */
    uint8_t unusual_count;
} hg_http1_framing;

/* Skips the rest of the latest message's body in `bytes`, and returns the bytes after it; length 0: the body has not
 * ended or is broken, or nothing follows it. */
hg_bytes hg_http1_framing_rest(hg_http1_framing *framing, int from_server, const hg_bytes *bytes);

/* The offset of the first byte that is still needed. It may lie beyond the bytes received so far. */
uint32_t hg_http1_framing_keep(const hg_http1_framing *framing, int from_server);

/* Call after reading a head, which ends at offset `end`. Returns the part that follows it. If that is HG_HTTP_BROKEN or
 * a later value, no next head can be found. */
hg_http_part hg_http1_framing_head_read(hg_http1_framing *framing, const hg_http_head *head, uint32_t end);

/* 1 if requests wait for their responses. */
static inline int hg_http1_framing_waits(const hg_http1_framing *framing)
{
    return framing->requests != framing->responses;
}
