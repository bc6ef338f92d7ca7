/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagram.h - the interface of the readers of hellos in datagrams (QUIC and DTLS).
 *
 * Two steps, as for all readers. A worker looks at a datagram alone; whatever needs no memory of other
 * packets is done there, keys and decryption too:
 *
 *     hg_quic_look(worker, data, length, out, &peek)      hg_dtls_look(data, length, &peek)
 *
 * Then it is followed, in the order of capture, by one thread at a time. The caller has found the flow,
 * or opened one for what a peek says begins a connection; flow 0 is none, and only counts:
 *
 *     event = hg_quic_follow(connections, worker, &datagram, &peek)      hg_dtls_follow(…)
 *
 * Which to ask: hg_quic_look, and where it says HG_QUIC_NOT hg_dtls_look. Both see at the first bytes what
 * is not theirs. A peek's `hello` is whole and may be read and digested in parallel at once; whether it
 * counts, `follow` says: its event has the message at the same address. Another message is read in order.
 *
 * What begins a connection, and is worth a flow: HG_QUIC_OPENED, HG_QUIC_LOCKED, and of DTLS `begins` (or
 * `is_handshake`, to have servers whose client was not captured).
 *
 * An event's message lies where its peek had it, or in memory of the connections that stays until the
 * next call of a `follow`. When a flow ends, hg_connections_forget. Saving: connections.h.
 */
#pragma once

#include "flow/reader.h"
#include "tls/hello.h"
#include "tls/quic_look.h"

/* A handshake message that is whole. */
typedef struct hg_message_event {
    const uint8_t *message; /* QUIC: type, length in 3 bytes, body. DTLS: the body alone */
    uint32_t length;        /* of these bytes */
    uint32_t version;       /* QUIC: of the packet that ended it. DTLS: of its record */
    uint64_t connection;    /* number of the first packet of the connection */
    uint8_t type;           /* HG_TLS_CLIENT_HELLO, HG_TLS_SERVER_HELLO; 0: nothing happened */
} hg_message_event;

static inline hg_message_event hg_message_event_of(const hg_connection *one, uint8_t type, const uint8_t *message,
                                                   uint32_t length)
{
    return (hg_message_event){message, length, one->version, one->first_packet, type};
}

/* ---- DTLS -------------------------------------------------------------------------------------------- */

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
hg_message_event hg_dtls_follow(hg_connections *c, const hg_datagram_in *datagram);

/* ---- QUIC -------------------------------------------------------------------------------------------- */

/* `peek` is the one of this datagram; the bytes of both stay for the call. */
hg_message_event hg_quic_follow(hg_connections *c, hg_quic_worker *worker, const hg_datagram_in *datagram,
                                const hg_quic_peek *peek);
