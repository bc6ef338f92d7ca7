/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connections.h - the state of QUIC and DTLS connections: their ids and their incomplete hellos (ClientHello,
 * ServerHello).
 *
 *     flow ─▶ most recently used connection ─▶ … ─▶ least recently used connection
 *
 * A flow, the datagrams between two ends, keeps at most HG_MOST_CONNECTIONS. When it is full, the least recently used
 * connection whose ClientHello is complete or given up is removed; if there is none, the least recently used one. A
 * second list links the connections of all flows, least recently used first; when the memory limit is reached, its
 * first connection is removed. So a flood cannot exceed the limit; it can only displace connections whose hellos come
 *
 * slowly. */
#pragma once

#include "flow/index.h"
#include "flow/runs.h"

#include <stddef.h>

/* ---- a handshake message, or a stream of messages, that arrives in pieces in any order --------------- */

/* Most bytes kept per direction. The largest hello observed in datagrams has 2,544. */
enum { HG_MOST_MESSAGE_BYTES = 16384 };

/* Bytes of messages that arrive in pieces, each at its offset. */
typedef struct hg_pieces {
    uint32_t capacity; /* size of `bytes` */
    uint32_t count;    /* number of runs */
    hg_byte_run runs[HG_RUNS_LIMIT]; /* ranges of bytes that have arrived, ascending */
    uint8_t bytes[];
} hg_pieces;

static inline size_t hg_pieces_bytes(uint32_t capacity)
{
    return sizeof(hg_pieces) + capacity;
}

/* Adds bytes, which must end within the capacity. The first copy of a byte wins. Returns 0 and adds nothing if there
 * would be too many gaps. */
int hg_pieces_add(hg_pieces *pieces, uint32_t offset, const uint8_t *data, uint32_t length);

/* The number of bytes from `offset` to the first gap. */
uint32_t hg_pieces_from(const hg_pieces *pieces, uint32_t offset);

/* ---- connections ------------------------------------------------------------------------------------ */

/* HG_MOST_CONNECTIONS is the limit per flow. It is above one because an attacker can insert packets with other
 * connection ids between the client's packets. HG_MOST_ID is the longest connection id in bytes. */
enum { HG_MOST_CONNECTIONS = 64, HG_MOST_ID = 20 };

typedef enum hg_gather_state {
    HG_GATHERING = 0, /* the message is incomplete */
    HG_GATHERED = 1,  /* it is complete */
    HG_GATHER_STOPPED = 2 /* given up */
} hg_gather_state;

/* The packet numbers of a direction. A receiver ignores a packet with a number that it has (RFC 9000, 12.3). */
typedef struct hg_numbers {
    uint64_t next; /* the expected one */
    uint64_t came; /* bit i: the number next - 1 - i came */
} hg_numbers;

/* Notes a number; 0: it came before, or is too old. */
int hg_numbers_add(hg_numbers *numbers, uint64_t number);
/* Adds all numbers of `added`; 0: some of them came before, or are too old, and none is added. */
int hg_numbers_merge(hg_numbers *numbers, hg_numbers added);

/* The handshake bytes of one direction. */
typedef struct hg_connection_side {
    hg_pieces *pieces; /* NULL: nothing has arrived, or the bytes are no longer needed */
    hg_numbers numbers; /* QUIC; DTLS: `next` is the number of OpenVPN's packet */
    uint64_t random;   /* first eight bytes of the random value in the latest complete hello; 0 for a QUIC server */
    uint32_t base; /* QUIC: where the next message begins in the stream; UINT32_MAX: a second ClientHello was counted */
    uint32_t length; /* DTLS: length of the message */
    uint16_t sequence; /* DTLS: sequence number of the message */
    uint8_t state; /* hg_gather_state */
    uint8_t rank; /* of its datagrams (hg_rank_of); 0: nothing has arrived */
} hg_connection_side;

/* The rank of datagrams that are too short; and up to which difference ranks are equal, because routes differ. */
enum { HG_SHORT_RANK = 4, HG_SAME_RANKS = 2 };

static inline int hg_is_better(uint8_t rank, uint8_t other)
{
    return rank > other + HG_SAME_RANKS;
}

/* A QUIC connection id. */
typedef struct hg_connection_id {
    uint8_t bytes[HG_MOST_ID];
    uint8_t length;
} hg_connection_id;

typedef struct hg_connection {
    uint64_t first_packet; /* number of its first packet */
    hg_connection_side sides[2]; /* the client's, the server's */
    uint32_t version; /* QUIC version, or the version in a DTLS record */
    hg_index flow;
    hg_index next; /* the flow's next less recently used connection */
    hg_index older; /* the next less recently used connection of all flows; in a free record, the next free record */
    hg_index newer; /* the next more recently used connection of all flows */
    hg_connection_id to; /* QUIC: destination id of the client's first packet; the keys are derived from it */
    hg_connection_id from; /* the id that the client chose for itself */
    hg_connection_id retry; /* the id that the server chose in a Retry */
    uint8_t client; /* the end of the flow that is the client: 0 or 1 */
    uint8_t is_dtls;
} hg_connection;

typedef struct hg_connections {
    hg_index *heads; /* for each flow its most recently used connection */
    hg_connection *records; /* record 0 is the end of the second list; its `newer` is the least recently used one */
    hg_stats *counts; /* its members streams_*, tls_* and quic_* are updated */
    hg_pieces *delivered; /* the pieces last returned by hg_connections_deliver */
    uint64_t bytes; /* memory in use: records and pieces */
    uint64_t most_bytes;
    uint32_t record_count; /* records used since the last reset, free ones included */
    hg_index free; /* first of the chain of free records */
} hg_connections;

/* `flows` is the number of flow indexes, including 0, which means "no flow". HG_E_ARGUMENT: `most_bytes` is below
 * HG_LEAST_CONNECTION_BYTES. `counts` is borrowed; the caller may exchange it between datagrams. */
hg_status hg_connections_init(hg_connections *c, uint32_t flows, uint64_t most_bytes, hg_stats *counts,
                              hg_error *error);
#define HG_LEAST_CONNECTION_BYTES (UINT64_C(256) << 10)
void hg_connections_clear(hg_connections *c);
/* Removes all connections. */
void hg_connections_reset(hg_connections *c);
/* Removes the connections of a flow that has ended; for hg_flow_listener.ended. */
void hg_connections_forget(void *connections, hg_index flow);

/* The flow's most recently used connection, and the one used before `one`; NULL: none. */
static inline hg_connection *hg_connections_latest(const hg_connections *c, hg_index flow)
{
    return c->heads[flow] != 0 ? c->records + c->heads[flow] : NULL;
}

static inline hg_connection *hg_connections_before(const hg_connections *c, const hg_connection *one)
{
    return one->next != 0 ? c->records + one->next : NULL;
}

/* Adds a connection to the flow; its other values are zero. To make room, other connections are removed as described
 * above. NULL: there is no memory. */
hg_connection *hg_connections_add(hg_connections *c, hg_index flow);
void hg_connections_remove(hg_connections *c, hg_connection *one);
/* 1 if better datagrams of this end (0 or 1) belong to a QUIC or DTLS connection of the flow. */
int hg_connections_have_better(const hg_connections *c, hg_index flow, uint8_t end, uint8_t is_dtls, uint8_t rank);
/* Makes the connection the most recently used one. */
void hg_connections_touch(hg_connections *c, hg_connection *one);

/* Below, `server` selects a direction: 0 the client's, 1 the server's. */

/* Adds bytes to a direction in state HG_GATHERING. 0: the direction was given up and counted, because the message is
 * too long or has too many gaps, or there is no memory. */
int hg_connections_gather(hg_connections *c, hg_connection *one, int server, uint32_t offset, const uint8_t *data,
                          uint32_t length);
/* Frees the bytes of a direction. */
void hg_connections_drop(hg_connections *c, hg_connection *one, int server);
/* Returns the bytes of a direction and removes them from it; they stay valid until the next call of this function. */
const uint8_t *hg_connections_deliver(hg_connections *c, hg_connection *one, int server);
/* Gives a direction up: frees its bytes and ignores further ones. */
void hg_connections_stop(hg_connections *c, hg_connection *one, int server);

/* ---- saving, so that another process can continue ------------------------------------------------------
 *
 *     header        number of records
 *     connections   least recently used first: the record, then for each direction its runs and bytes
 */
/* Saves or loads (base/saved.h). Loading replaces all connections; `saved->status` becomes HG_E_ARGUMENT if the bytes
 * are damaged. `flows` is as for hg_connections_init. A direction for which memory is missing is given up. */
void hg_connections_transfer(hg_connections *c, uint32_t flows, hg_saved *saved);
