/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * udp.h - hellos in datagrams: QUIC and DTLS as one (datagram.h has the contract of each).
 */
#ifndef HG_TLS_UDP_H
#define HG_TLS_UDP_H

#include "tls/dtls.h"
#include "tls/finding.h"
#include "tls/quic.h"

/* What a worker has for looking and following; made when a packet first needs it. */
typedef struct hg_hello_worker {
    hg_quic_worker quic;
    hg_ja4_maker maker;
} hg_hello_worker;

hg_status hg_hello_worker_new(const hg_config *config, hg_hello_worker **out, hg_error *error);
void hg_hello_worker_free(hg_hello_worker *worker);

/* 1 when a datagram is read: QUIC with a long header, or a handshake of DTLS. It is the same for
 * everybody, whatever there is to open packets with. */
int hg_hello_may_be(const uint8_t *data, uint32_t length);

/* The same of one of which only these bytes were captured: it begins like one. */
int hg_hello_may_begin(const uint8_t *data, uint32_t length);

/* What a datagram shows by itself. */
typedef struct hg_hello_sight {
    hg_quic_sight quic;
    hg_dtls_sight dtls;
    hg_tls_finding finding; /* of a whole ClientHello */
    uint8_t is_found;       /* 1: `finding` is there */
} hg_hello_sight;

/* Bytes that a look puts out at most. */
static inline uint32_t hg_hello_room(uint32_t length)
{
    return hg_quic_room(length < HG_MOST_MESSAGE_BYTES ? length : HG_MOST_MESSAGE_BYTES) + HG_TLS_MESSAGE_HEADER;
}

/* `out` has room for hg_hello_room(length). Returns how much was used. */
uint32_t hg_hello_look(hg_hello_worker *worker, const hg_database *database, const uint8_t *data, uint32_t length,
                       uint8_t *out, hg_hello_sight *sight);

/* 1 when it begins a connection, and is worth a flow; `*from_server`: of its server. */
int hg_hello_begins(const hg_hello_sight *sight, int *from_server);

/* Follows it. Returns the type of the message that is whole now, 0: none, with its finding in `to` and the
 * number of its connection's first packet in `*connection`. */
uint8_t hg_hello_follow(hg_connections *connections, hg_hello_worker *worker, const hg_datagram *datagram,
                        const hg_hello_sight *sight, const hg_reader_output *to, uint64_t *connection);

#endif
