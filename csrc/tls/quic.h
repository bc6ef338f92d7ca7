/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic.h - hellos in QUIC connections, from datagrams in the order of capture (datagram.h).
 *
 *   - A connection begins with a packet that opens under the keys of its id. Its hello may come in any number of
 *     packets and datagrams, in any order; the first copy of a byte wins.
 *   - Initials with another id are tried with the remembered keys of incomplete connections. They follow a new id from
 *     the server, or are the server's own. Only the first message of a server is reported.
 *   - After a Retry the keys follow from the id in it, and the client begins again: bytes under
 *     different keys, or of another version, are never put together.
 *   - The same hello under other keys (recognised by its random value) is no event: the Retry was not captured.
 *   - Limits of a connection: HG_MOST_MESSAGE_BYTES, HG_RUNS_LIMIT gaps, and those below. Beyond one it is
 *     given up, which is counted. A new connection on the same ports is still read, because its first packet opens on
 *     its own. There is no time limit: incomplete connections are evicted when others need the room (connections.h).
 */
#pragma once

#include "tls/datagram.h"
#include "tls/quic_look.h"

enum {
    /* Connections whose keys are tried on a datagram: two, and one more for so many of its bytes. One with a server's
     * hello has 1,200 or more (RFC 9000, 14.1). */
    HG_QUIC_LEAST_TRIED = 2,
    HG_QUIC_BYTES_PER_TRY = 200,
    HG_QUIC_MOST_TRIED = 8
};

/* `peek` is the one of this datagram; the bytes of both stay for the call. */
hg_message_event hg_quic_follow(hg_connections *c, hg_quic_worker *worker, const hg_datagram *datagram,
                                const hg_quic_peek *peek);
