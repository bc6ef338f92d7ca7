/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagram.h - the interface of the readers of hellos in datagrams (QUIC and DTLS).
 *
 * There are two steps. First a worker looks at one datagram alone and does all work that needs no state of other packets,
 * including key derivation and decryption:
 *
 *     hg_quic_look(worker, data, length, out, &peek)      hg_dtls_look(data, length, &peek)
 *
 * Then one thread at a time follows the datagrams in capture order. The caller has looked up the flow, or opened one if
 * the peek begins a connection. With flow 0 (no flow) a datagram is only counted:
 *
 *     event = hg_quic_follow(connections, worker, &datagram, &peek)      hg_dtls_follow(…)
 *
 * Call hg_quic_look first, and hg_dtls_look if it answers HG_QUIC_NOT. Both reject other protocols by the first bytes. A
 * peek's `hello` is complete, so it may be parsed and digested in parallel at once. `follow` decides whether it counts:
 * then its event has the message at the same address. A message at another address still has to be parsed, in order.
 *
 * These peeks begin a connection and are worth a flow: HG_QUIC_OPENED, HG_QUIC_LOCKED, and for DTLS `begins`. To include
 * servers whose client was not captured, open a flow for `is_handshake` too.
 *
 * The message of an event lies where the peek had it, or in memory of the connections that stays valid until the next
 * `follow`. Call hg_connections_forget when a flow ends. For saving, see connections.h.
 */
#pragma once

#include "flow/reader.h"
#include "tls/hello.h"
#include "tls/quic_look.h"

/* A complete handshake message. */
typedef struct hg_message_event {
    const uint8_t *message; /* QUIC: type, length in 3 bytes, body. DTLS: the body alone */
    uint32_t length;        /* length of `message` */
    uint32_t version;       /* QUIC: version of the packet that completed it; DTLS: version of its record */
    uint64_t connection;    /* number of the first packet of the connection */
    uint8_t type;           /* HG_TLS_CLIENT_HELLO, HG_TLS_SERVER_HELLO; 0: no message */
} hg_message_event;

static inline hg_message_event hg_message_event_of(const hg_connection *one, uint8_t type, const uint8_t *message,
                                                   uint32_t length)
{
    return (hg_message_event){message, length, one->version, one->first_packet, type};
}

/* ---- DTLS -------------------------------------------------------------------------------------------- */

typedef struct hg_dtls_peek {
    const uint8_t *hello; /* body of a complete ClientHello in the datagram, or NULL */
    uint32_t hello_length;
    uint16_t version; /* of the first record, as sent */
    uint8_t begins;   /* 1: it contains a ClientHello or a part of one, so it may begin a connection */
    uint8_t is_handshake; /* 1: pass it to hg_dtls_follow */
} hg_dtls_peek;

/* The peek is all zero when the datagram is not DTLS or contains no hello. */
void hg_dtls_look(const uint8_t *data, uint32_t length, hg_dtls_peek *peek);

/* Reads a datagram whose peek has `is_handshake`. The bytes are borrowed for the call. */
hg_message_event hg_dtls_follow(hg_connections *c, const hg_datagram_in *datagram);

/* ---- QUIC -------------------------------------------------------------------------------------------- */

/* `peek` belongs to this datagram. The bytes of both are borrowed for the call. */
hg_message_event hg_quic_follow(hg_connections *c, hg_quic_worker *worker, const hg_datagram_in *datagram,
                                const hg_quic_peek *peek);
