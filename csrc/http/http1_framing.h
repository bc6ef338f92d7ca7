/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * http1_framing.h - where the messages of an HTTP/1 connection begin, one after the other.
 *
 *     bytes of a direction ──▶ hg_http1_framing_rest ──▶ bytes of a head ──▶ hg_http1_framing_took ──▶ its body is passed over
 */
#pragma once

#include "flow/streams.h"
#include "http/body.h"

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

/* 0: they are not from hg_http1_framing, and must not be used. */
int hg_http1_framing_is_sound(const hg_http1_framing *framing);

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
