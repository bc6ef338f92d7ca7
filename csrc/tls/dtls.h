/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dtls.h - hellos in DTLS 1.0 to 1.3 connections (RFC 6347, 9147; datagram.h has the contract).
 *
 *   - Records of epoch 0 are read: all of a datagram, and all fragments in them. Nothing depends on ports.
 *   - A message is put together from fragments of one sender that have its number and length; the first
 *     copy of a byte wins. A fragment that says another length belongs to another message.
 *   - A second hello that has the random value of an earlier one, or the next message number, belongs to the same
 *     connection (it has a cookie, or follows a HelloRetryRequest): it is counted and is no event. A retransmitted
 *     hello is ignored.
 *   - Limits: HG_MOST_MESSAGE_BYTES, HG_RUNS_LIMIT gaps; in a datagram HG_DTLS_MOST_FRAGMENTS, which may begin
 *     HG_DTLS_MOST_BEGUN messages (a sender has one hello at a time); further ones are counted as unreadable.
 */
#pragma once

#include "tls/datagram.h"

enum { HG_DTLS_MOST_FRAGMENTS = 64 /* and records */, HG_DTLS_MOST_BEGUN = 4 };

typedef struct hg_dtls_peek {
    const uint8_t *hello; /* body of a whole ClientHello, or NULL; in the datagram */
    uint32_t hello_length;
    uint16_t version; /* of the first record, as it is sent */
    uint8_t begins;   /* 1: a ClientHello, or a part of one, is in it: it may begin a connection */
    uint8_t is_handshake; /* 1: to be followed */
} hg_dtls_peek;

/* All zero, when it is not DTLS or no hello is in it. */
void hg_dtls_look(const uint8_t *data, uint32_t length, hg_dtls_peek *peek);

/* Reads a datagram whose peek has `is_handshake`; its bytes are borrowed for the call. */
hg_message_event hg_dtls_follow(hg_connections *c, const hg_datagram *datagram);
