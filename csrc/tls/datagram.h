/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagram.h - the interface of the readers of hellos in datagrams (QUIC and DTLS).
 *
 * There are two steps. First a worker examines one datagram alone and does all work that needs no state of other
 * packets, including key derivation and decryption. The result is the datagram's peek:
 *
 *     hg_quic_look(worker, data, length, out, &peek)      hg_dtls_look(data, length, &peek)
 *
 * Then one thread at a time follows the datagrams in capture order. Before that, the caller looks up the flow, or opens
 * one if the peek begins a connection. With flow 0 (no flow) a datagram is at most counted:
 *
 *     event = hg_quic_follow(connections, worker, &datagram, &peek)      hg_dtls_follow(…)
 *
 * Call hg_quic_look first, and hg_dtls_look if its result is HG_QUIC_NOT. Both reject other protocols by the first bytes.
 * A peek's `hello` is complete, so the worker may parse and digest it at once. `follow` decides whether it is an event.
 * If the event's `message` is the same pointer, those results are used. Other messages are parsed then, in order.
 *
 * Open a flow for peeks that begin a connection: HG_QUIC_OPENED, HG_QUIC_LOCKED, and for DTLS `begins`. To include
 * servers whose client was not captured, open one for `is_handshake` too.
 *
 * An event's message lies in the datagram, in the peek's output, or in memory of the connections that stays valid until
 * the next `follow`. Call hg_connections_forget when a flow ends. For saving, see connections.h.
 */
#pragma once

#include "flow/reader.h"
#include "tls/hello.h"
#include "tls/quic_look.h"

/* A complete handshake message. */
typedef struct hg_message_event {
    const uint8_t *message; /* QUIC: type, length in 3 bytes, body. DTLS: the body alone */
    uint32_t length;        /* length of `message` */
    uint32_t version;       /* QUIC: version of the packet that completed it; DTLS: version in a record of the first hello */
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
    const uint8_t *hello; /* body of the first ClientHello that is complete in one fragment, or NULL */
    uint32_t hello_length;
    uint8_t begins;       /* 1: the datagram contains a ClientHello or a part of one, so it may begin a connection */
    uint8_t is_handshake; /* 1: the datagram contains a hello or a part of one; pass it to hg_dtls_follow */
} hg_dtls_peek;

/* Sets the peek; it is all zero if the datagram is not DTLS or contains no hello. */
void hg_dtls_look(const uint8_t *data, uint32_t length, hg_dtls_peek *peek);

/* Reads a datagram whose peek has `is_handshake`. The bytes are borrowed for the call. */
hg_message_event hg_dtls_follow(hg_connections *c, const hg_datagram_in *datagram);

/* ---- QUIC -------------------------------------------------------------------------------------------- */

/* Reads a datagram; `peek` is the result of hg_quic_look for it. The bytes of both are borrowed for the call. */
hg_message_event hg_quic_follow(hg_connections *c, hg_quic_worker *worker, const hg_datagram_in *datagram,
                                const hg_quic_peek *peek);
