/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connections.h - the state of QUIC and DTLS connections: their ids and their incomplete hellos.
 *
 *     flow (two ends) ─▶ connection used last ─▶ … ─▶ longest unused, at most HG_MOST_CONNECTIONS
 *
 * A flow keeps at most HG_MOST_CONNECTIONS. When it is full, the least recently used connection whose ClientHello is
 * complete or given up is evicted; if there is none, the least recently used one. A second list chains the connections
 * of all flows, least recently used first; when the memory limit is reached, its first connection is dropped. So a
 * flood cannot take more memory; it can only evict connections that are slower.
 */
#pragma once

#include "base/saved.h"
#include "flow/index.h"
#include "flow/runs.h"
#include "huginn.h"

#include <stddef.h>

/* ---- a handshake message, or a stream of messages, that arrives in pieces in any order --------------- */

/* Bytes kept per direction, at most. The largest hello seen has 2,544. */
enum { HG_MOST_MESSAGE_BYTES = 16384 };

typedef struct hg_pieces {
    uint32_t capacity; /* of `bytes` */
    uint32_t count;
    hg_run runs[HG_RUNS_LIMIT];
    uint8_t bytes[];
} hg_pieces;

static inline size_t hg_pieces_bytes(uint32_t capacity)
{
    return sizeof(hg_pieces) + capacity;
}

/* Adds bytes, which must end within the capacity. The first copy of a byte wins. Returns 0 and adds nothing when there
 * would be too many gaps. */
int hg_pieces_add(hg_pieces *pieces, uint32_t offset, const uint8_t *data, uint32_t length);

/* The number of bytes from `offset` to the first gap. */
uint32_t hg_pieces_from(const hg_pieces *pieces, uint32_t offset);

/* ---- connections ------------------------------------------------------------------------------------ */

/* HG_MOST_CONNECTIONS is the limit per flow. It is above one because anybody can send packets with other ids between
 * the client's packets. */
enum { HG_MOST_CONNECTIONS = 64, HG_MOST_ID = 20 };

typedef enum hg_gather_state {
    HG_GATHERING = 0, /* the message is incomplete */
    HG_GATHERED = 1,
    HG_GATHER_STOPPED = 2 /* given up */
} hg_gather_state;

/* One direction. */
typedef struct hg_gather {
    hg_pieces *pieces; /* NULL: nothing has arrived, or the bytes are no longer needed */
    uint64_t next;     /* QUIC: the expected packet number */
    uint64_t random;   /* the first bytes of the random value in the latest complete hello */
    uint32_t base;     /* QUIC: offset of the message in the stream */
    uint32_t length;   /* DTLS: length of the message */
    uint16_t sequence; /* DTLS: sequence number of the message */
    uint8_t state;     /* hg_gather_state */
} hg_gather;

/* A connection id that a side chose or received. */
typedef struct hg_own_id {
    uint8_t bytes[HG_MOST_ID];
    uint8_t length;
} hg_own_id;

typedef struct hg_connection {
    uint64_t first_packet; /* number of its first packet */
    hg_gather sides[2];    /* the client's, the server's */
    uint32_t version;      /* QUIC version, or the version in the DTLS record */
    hg_index flow;
    hg_index next;  /* the flow's next connection, used less recently */
    hg_index older; /* the next less recently used of all; in a free record, the next free one */
    hg_index newer;
    hg_own_id to;    /* QUIC: the id from which the keys are derived */
    hg_own_id from;  /* the id that the client chose for itself */
    hg_own_id retry; /* the id that the server chose in a Retry */
    uint8_t client;  /* the client's side of the flow: 0 or 1 */
    uint8_t is_dtls;
} hg_connection;

typedef struct hg_connections {
    hg_index *heads; /* by flow: its most recently used connection */
    hg_connection *records; /* the first one is the list head; its `newer` is the least recently used connection */
    hg_stats *counts; /* counts in streams_*, tls_* and quic_* */
    hg_pieces *delivered; /* the latest message handed to the caller */
    uint64_t bytes;       /* memory in use: records and pieces */
    uint64_t most_bytes;
    uint32_t record_count; /* number of records ever used */
    hg_index free; /* first of the chain of free records */
} hg_connections;

/* `flows` is the number of flow indexes; index 0 means "no flow". `most_bytes` below HG_LEAST_CONNECTION_BYTES fails
 * with HG_E_ARGUMENT. `counts` is borrowed; a caller with several workers may exchange it. */
hg_status hg_connections_init(hg_connections *c, uint32_t flows, uint64_t most_bytes, hg_stats *counts,
                              hg_error *error);
#define HG_LEAST_CONNECTION_BYTES (UINT64_C(256) << 10)
void hg_connections_clear(hg_connections *c);
/* Forgets all connections. */
void hg_connections_reset(hg_connections *c);
/* Forgets the connections of a flow that has ended; for hg_flow_listener. */
void hg_connections_forget(void *connections, hg_index flow);

/* The flow's most recently used connection, and the one used before `one`; NULL at the end. */
static inline hg_connection *hg_connections_latest(const hg_connections *c, hg_index flow)
{
    return c->heads[flow] != 0 ? c->records + c->heads[flow] : NULL;
}

static inline hg_connection *hg_connections_before(const hg_connections *c, const hg_connection *one)
{
    return one->next != 0 ? c->records + one->next : NULL;
}

/* Adds a connection; all other members are zero. To make room, the least recently used connection of the flow or of all
 * flows is forgotten. NULL when there is no memory. */
hg_connection *hg_connections_add(hg_connections *c, hg_index flow);
void hg_connections_remove(hg_connections *c, hg_connection *one);
/* Marks the connection as used last. */
void hg_connections_touch(hg_connections *c, hg_connection *one);

/* Adds bytes to a direction that is gathering. 0: the direction was given up and the reason counted: message too long,
 * too many gaps, no memory. */
int hg_connections_gather(hg_connections *c, hg_connection *one, int server, uint32_t offset, const uint8_t *data,
                          uint32_t length);
/* Frees the bytes of a direction. */
void hg_connections_drop(hg_connections *c, hg_connection *one, int server);
/* Hands the bytes of a direction to the caller; they stay valid until the next call of this function. */
const uint8_t *hg_connections_deliver(hg_connections *c, hg_connection *one, int server);
/* Stops reading the direction. */
void hg_connections_stop(hg_connections *c, hg_connection *one, int server);

/* ---- connections as bytes, so that another process can continue with them -----------------------------
 *
 *     header        number of records
 *     connections   least recently used first: the record, then for each direction its runs and bytes
 */
/* Loading replaces all connections. `flows` is as for hg_connections_init. HG_E_ARGUMENT: the bytes are damaged.
 * Directions for which memory is missing are given up, as while reading packets. */
void hg_connections_transfer(hg_connections *c, uint32_t flows, hg_saved *saved);
