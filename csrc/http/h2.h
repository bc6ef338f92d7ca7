/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * h2.h - reads the first message in each direction of a cleartext HTTP/2 connection (RFC 9113, RFC 7541).
 *
 *     bytes of a direction ──▶ frames ──▶ header blocks ──▶ HPACK ──▶ hg_http_head
 *                                 └─────▶ hg_akamai_text: the frames that a client sends before its request
 *
 * While the result is HG_HTTP_MORE, the caller keeps all bytes from the first one. The result depends only on the
 * bytes, not on how they were segmented. Between calls hg_h2_scan keeps the position, so a call skips the frames that
 * earlier calls examined. Only at a frame with a header block, reading starts again from the first byte, because header
 * blocks refer to earlier ones. HG_H2_MOST_REREAD bounds this work. Rereading is cheaper than keeping an HPACK table
 * for each direction, which would have to be bounded, evicted and saved. */
#pragma once

#include "http/hpack.h"
#include "http/message.h"

enum {
    HG_H2_FRAME_HEADER = 9,   /* bytes */
    HG_H2_MOST_FRAME = 16384, /* bytes of payload: the default limit; higher limits that peers announce are ignored */
    HG_H2_MOST_CONTINUATIONS = 16, /* frames after the first one of a header block */
    HG_H2_MOST_EARLY = 2048, /* bytes of header blocks before the message: pushed requests and 1xx responses */
    HG_H2_MOST_EARLY_TEXT = 8192, /* bytes of names and values decoded from them; a repeated text counts each time */
    HG_H2_MOST_REREAD = 65536, /* bytes examined and decoded if each frame with a header block comes in its own call */
    HG_H2_MOST_PSEUDO = 5 /* pseudo-headers of a request; a response has one */
};

/* Working memory of a call, about 35 KB. It need not be initialised. */
typedef struct hg_h2_room {
    uint8_t block[HG_HTTP_MOST_HEAD];
    uint8_t text[HG_HTTP_MOST_HEAD];
    hg_hpack table;
    hg_http_field fields[HG_HTTP_MOST_FIELDS + HG_H2_MOST_PSEUDO];
} hg_h2_room;

typedef struct hg_h2_message {
    hg_http_head head; /* its bytes lie in hg_h2_room */
    uint32_t end; /* offset of the end of its last frame */
    uint32_t pseudo_count;
    char pseudo[HG_H2_MOST_PSEUDO]; /* first letters of the pseudo-headers, in the order sent */
    uint32_t examined; /* bytes that the call examined or decoded; always set */
} hg_h2_message;

/* The reading position of a direction. All zero at the beginning. */
typedef struct hg_h2_scan {
    uint16_t walked; /* offset of the next frame */
    uint8_t in_block; /* 1: the next frame must be CONTINUATION */
} hg_h2_scan;

/* Looks for the client's first request, after its preface, or for the server's first response other than 1xx. `data`
 * begins with the first byte of HTTP/2. Reading continues where `scan` left off; the bytes before that must be
 * unchanged. On HG_HTTP_WHOLE, `out` holds the message. On HG_HTTP_TOO_LONG, it holds the headers up to the limit if
 * all pseudo-headers were read. In all other cases its `pseudo_count` is 0. */
hg_http_head_state hg_h2_read(hg_h2_room *room, const uint8_t *data, uint32_t length, int from_server, hg_h2_scan *scan,
                              hg_h2_message *out);

/* The HTTP/2 client fingerprint in Akamai's notation:
 *
 *     SETTINGS|WINDOW_UPDATE|PRIORITY|pseudo-headers
 *     1:65536;2:0;4:6291456;6:262144|15663105|0|m,a,s,p
 *
 * Writes the text without a terminating zero, as far as there is room; `*length` becomes its full length. `data` are
 * the bytes in which hg_h2_read found `request`. */
void hg_akamai_text(const uint8_t *data, const hg_h2_message *request, char *out, size_t capacity, size_t *length);
