/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * preamble.h - messages before the protocol of a connection proper: PROXY headers (version 1 and 2), SOCKS 4 and 5, and
 * what TDS and OpenVPN send before and around TLS. Readers see the bytes after them as the beginning of the direction.
 */
#pragma once

#include "conversations/proxied.h"
#include "greetings/reader.h"

/* In `seen` of hg_skipping: a tunnel began after CONNECT; what follows is looked for once in a connection. */
enum { HG_SEEN_CONNECT = 0x80 };

typedef struct hg_skipping {
    /* 0 for a new connection, and kept for it: messages of servers are recognised after those of their clients, those
     * of SOCKS also before all bytes of the client. */
    uint8_t *seen;
    /* Kept for the connection, too. Bit 0 for the client, 1 for the server: no reader has seen the kept bytes. */
    uint8_t *waits;
    hg_event_values *proxied; /* the row of HG_EVENT_PROXIED */
    hg_tds_answer *tds;
    int is_proxied; /* 1: a PROXY header stated addresses of TCP */
    int is_tds; /* 1: the server stated its version in TDS */
    uint32_t begin; /* sequence number; bytes from it on came with the latest segment */
    uint32_t end; /* how many of the bytes belong to the protocol proper, if others follow them later */
} hg_skipping;

/* Skips the messages with which the first bytes of a direction begin; of a message that goes on, the bytes are kept and
 * `bytes` is empty. After a refusal neither direction is read. Bytes that readers have asked to keep are left as they
 * are: 0. */
int hg_skip_preambles(hg_streams *streams, hg_index flow, int from_server, hg_bytes *bytes, hg_skipping *with);

/* Whether a message could begin with `first`: a quick check, for the first bytes of each direction. */
static inline int hg_may_be_preamble(const uint8_t *data, uint32_t length, int from_server, uint8_t seen)
{
    enum { OPCODE_AT = 2, OPCODE_SHIFT = 3 }; /* OpenVPN: its opcodes begin with 1 */
    enum {
        ANSWER_4 = 8,
        GRANTED_4 = 0x5A,
        OPENVPN = 0,
        SOCKS_4 = 4,
        SOCKS_5 = 5,
        PROXY_2 = '\r',
        TDS = 0x12,
        PROXY_1 = 'P'
    };
    const uint32_t firsts = 1u << OPENVPN | 1u << SOCKS_4 | 1u << SOCKS_5 | 1u << PROXY_2 | 1u << TDS;
    const uint8_t first = data[0];
    if (seen != 0)
        return seen != HG_SEEN_CONNECT;
    if (from_server)
        return first == SOCKS_5 || (length == ANSWER_4 && first == 0 && data[1] == GRANTED_4);
    if (first == OPENVPN && length > OPCODE_AT && data[OPCODE_AT] >> OPCODE_SHIFT == 0)
        return 0;
    return first == PROXY_1 || (first < 32 && (firsts >> first & 1) != 0);
}
