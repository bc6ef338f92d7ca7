/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * http1_framing.h - where the messages of an HTTP/1 connection begin, one after the other.
 *
 *     bytes of a direction ──▶ hg_http1_framing_rest ──▶ bytes of a head ──▶ hg_http1_framing_took ──▶ its body is passed over
 */
#pragma once

#include "flow/streams.h"
#include "http/head.h"

/* ---- bodies (RFC 9112, 6): head ─▶ hg_http_body_begin ─▶ hg_http_body_pass over bytes, until it ends ---- */

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

/* ---- connections ------------------------------------------------------------------------------------ */

/* Requests other than usual ones that wait for an answer at once; what more there are count as usual ones. */
enum { HG_HTTP_MOST_UNUSUAL = 16 };

/* A connection. All zeros at its beginning. */
typedef struct hg_http1_framing {
    hg_http_body bodies[2];  /* of the current message, the client's first */
    uint32_t positions[2];   /* offsets of the first byte that was not examined */
    uint32_t requests;       /* read */
    uint32_t responses;      /* the number of answered requests */
    uint32_t unusual[HG_HTTP_MOST_UNUSUAL]; /* HEAD and CONNECT that wait: their number, rising */
    uint8_t kinds[HG_HTTP_MOST_UNUSUAL];    /* hg_http_request_kind */
    uint8_t unusual_count;
} hg_http1_framing;

/* Passes over what belongs to the latest message. Gives what comes after it, with length 0 before it is over. */
hg_bytes hg_http1_framing_rest(hg_http1_framing *framing, int from_server, const hg_bytes *bytes);

/* The first byte that is needed again. */
uint32_t hg_http1_framing_keep(const hg_http1_framing *framing, int from_server);

/* A head was read, which ends at the offset `end`. HG_HTTP_BROKEN and more: it is not known where the
 * next one begins. */
hg_http_part hg_http1_framing_took(hg_http1_framing *framing, const hg_http_head *head, uint32_t end);

/* 1 when requests wait for their response. */
static inline int hg_http1_framing_waits(const hg_http1_framing *framing)
{
    return framing->requests != framing->responses;
}
