/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * h2.h - the first message of each direction of cleartext HTTP/2 (RFC 9113, RFC 7541).
 *
 *     bytes of a direction ──▶ frames ──▶ header blocks ──▶ HPACK ──▶ hg_http_head
 *                                 └─────▶ hg_akamai_text: what a client says of itself before it
 *
 * The caller keeps all bytes from the first one on as long as the answer is HG_HTTP_MORE. That answer
 * depends on the bytes alone, not on how they were cut. Between two calls only the place of the next frame is
 * remembered, so other frames than those of header blocks are looked at once. A frame of a header block makes
 * the reader begin again, as blocks refer to earlier ones. HG_H2_MOST_AGAIN bounds this, and is cheaper than a
 * table of HPACK for each direction, which would have to be bounded, evicted and saved.
 */
#pragma once

#include "http/hpack.h"
#include "http/message.h"

enum {
    HG_H2_PREFACE = 24,       /* bytes of it, with which a client begins */
    HG_H2_FRAME_HEADER = 9,
    HG_H2_MOST_FRAME = 16384, /* payload; no peer learns of a larger limit before the first message */
    HG_H2_MOST_CONTINUATIONS = 16,
    HG_H2_MOST_EARLY = 2048, /* bytes of header blocks before the message: what is pushed, and 1xx */
    HG_H2_MOST_EARLY_TEXT = 8192, /* bytes of their decoded names and values, each time that they are sent */
    HG_H2_MOST_AGAIN = 65536, /* bytes that are looked at and decoded again for frames of blocks before its end */
    HG_H2_MOST_PSEUDO = 5
};

/* What a call works in: some 35 KB, no part of which needs to be set. */
typedef struct hg_h2_room {
    uint8_t block[HG_HTTP_MOST_HEAD];
    uint8_t text[HG_HTTP_MOST_HEAD];
    hg_hpack table;
    hg_http_field fields[HG_HTTP_MOST_FIELDS + HG_H2_MOST_PSEUDO];
} hg_h2_room;

typedef struct hg_h2_message {
    hg_http_head head; /* its bytes are in the room */
    uint32_t end;      /* of its last frame, from the first byte of the direction on */
    uint32_t pseudo_count;
    char pseudo[HG_H2_MOST_PSEUDO]; /* initials of the pseudo-headers, in their order */
    uint32_t examined; /* bytes that the call looked at, and those that it decoded; always set */
} hg_h2_message;

/* How far a direction was read. Zeros at the beginning. */
typedef struct hg_h2_scan {
    uint16_t walked;  /* the next frame, from the first byte of the direction on */
    uint8_t in_block; /* 1: it has to be CONTINUATION */
} hg_h2_scan;

/* 1 when the bytes are the beginning of the preface, or begin with it. */
int hg_h2_is_preface(const uint8_t *data, uint32_t length);

/* Looks for the first request of a client, whose bytes begin with the preface, or for the first response of
 * a server that is not 1xx, from where `scan` left off on; the bytes before are the same as then. `out` is set
 * when it is HG_HTTP_WHOLE, and when it is HG_HTTP_TOO_LONG but all its pseudo-headers were read, with the headers up
 * to where it was given up; else its `pseudo_count` is 0. */
hg_http_head_state hg_h2_read(hg_h2_room *room, const uint8_t *data, uint32_t length, int from_server, hg_h2_scan *scan,
                       hg_h2_message *out);

/* The HTTP/2 client fingerprint in Akamai's notation:
 *
 *     SETTINGS|WINDOW_UPDATE|PRIORITY|pseudo-headers
 *     1:65536;2:0;4:6291456;6:262144|15663105|0|m,a,s,p
 *
 * It is the text for the bytes of which hg_h2_read made a request: as far as there is room, no zero behind it.
 * `length`: of all. */
void hg_akamai_text(const uint8_t *data, const hg_h2_message *request, char *out, size_t capacity, size_t *length);
