/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connections.h - the state of QUIC and DTLS connections: their keys, and their hellos until these are complete.
 *
 *     flow (two ends) ─▶ connection used last ─▶ … ─▶ longest unused, at most HG_MOST_CONNECTIONS
 *
 * When a flow has as many, one whose ClientHello is whole or given up is evicted first. All are also in one list of
 * the same order. When the memory for all is used up, the connection that received no bytes for longest is dropped. So
 * a flood cannot take more memory; it can only evict connections that are slower.
 */
#pragma once

#include "base/saved.h"
#include "flow/index.h"
#include "flow/runs.h"
#include "huginn.h"

#include <stddef.h>

/* ---- a handshake message, or a stream of them, that arrives in pieces in any order ---------------- */

/* The most bytes of a direction that are kept. The largest hello seen has 2,544. */
enum { HG_MOST_MESSAGE_BYTES = 16384 };

typedef struct hg_pieces {
    uint32_t capacity; /* of bytes */
    uint32_t count;
    hg_run runs[HG_RUNS_LIMIT];
    uint8_t bytes[];
} hg_pieces;

static inline size_t hg_pieces_bytes(uint32_t capacity)
{
    return sizeof(hg_pieces) + capacity;
}

/* Adds bytes, which must end within the capacity. The first copy of a byte wins. 0, and nothing is
 * added: there would be too many gaps. */
int hg_pieces_add(hg_pieces *pieces, uint32_t offset, const uint8_t *data, uint32_t length);

/* Bytes there are from `offset` on without a gap. */
uint32_t hg_pieces_from(const hg_pieces *pieces, uint32_t offset);

/* ---- connections ------------------------------------------------------------------------------------ */

/* Connections of one flow that are remembered: anybody can send packets with their own ids between those of a
 * client, so that there may be many more than one. */
enum { HG_MOST_CONNECTIONS = 64, HG_MOST_ID = 20 };

typedef enum hg_gather_state {
    HG_GATHERING = 0, /* the message is not whole */
    HG_GATHERED = 1,
    HG_GATHER_STOPPED = 2 /* given up */
} hg_gather_state;

/* One direction. */
typedef struct hg_gather {
    hg_pieces *pieces; /* NULL: nothing came, or nothing is needed any more */
    uint64_t next;     /* packet number of QUIC that is expected */
    uint64_t random;   /* first bytes of the latest whole hello's random value */
    uint32_t base;     /* QUIC: where the message begins in the stream */
    uint32_t length;   /* DTLS: of the message */
    uint16_t sequence; /* DTLS: number of the message */
    uint8_t state;     /* hg_gathering */
} hg_gather;

/* The id that a side chose, or was given. */
typedef struct hg_own_id {
    uint8_t bytes[HG_MOST_ID];
    uint8_t length;
} hg_own_id;

typedef struct hg_connection {
    uint64_t first_packet; /* number of its first packet */
    hg_gather sides[2];    /* the client's, the server's */
    uint32_t version;      /* of QUIC; of DTLS's record */
    hg_index flow;
    hg_index next;  /* of the flow, longer unused */
    hg_index older; /* of all; or the next free record */
    hg_index newer;
    hg_own_id to;    /* QUIC: that the keys follow from */
    hg_own_id from;  /* that the client chose for itself */
    hg_own_id retry; /* that the server chose in a Retry */
    uint8_t client;  /* side of the flow that the client is on: 0 or 1 */
    uint8_t is_dtls;
} hg_connection;

typedef struct hg_connections {
    hg_index *heads; /* of the flows */
    hg_connection *records; /* the first is the end of the list, longest unused first */
    hg_stats *counts; /* streams_*, tls_* and quic_* */
    hg_pieces *delivered; /* the latest message that was given out */
    uint64_t bytes;       /* of memory in use: records and pieces */
    uint64_t most_bytes;
    uint32_t record_count; /* ever used */
    hg_index free; /* chained records */
} hg_connections;

/* `flows` is the number of indexes of flows; 0 is none. At least HG_LEAST_CONNECTION_BYTES, else
 * HG_E_ARGUMENT. `counts` is borrowed; who has several workers may exchange it. */
hg_status hg_connections_init(hg_connections *c, uint32_t flows, uint64_t most_bytes, hg_stats *counts,
                              hg_error *error);
#define HG_LEAST_CONNECTION_BYTES (UINT64_C(256) << 10)
void hg_connections_clear(hg_connections *c);
/* Forgets everything. */
void hg_connections_reset(hg_connections *c);
/* The flow is over; for hg_flow_listener. */
void hg_connections_forget(void *connections, hg_index flow);

/* The one of the flow that was used last, and the one before another; NULL at the end. */
static inline hg_connection *hg_connections_latest(const hg_connections *c, hg_index flow)
{
    return c->heads[flow] != 0 ? c->records + c->heads[flow] : NULL;
}

static inline hg_connection *hg_connections_before(const hg_connections *c, const hg_connection *one)
{
    return one->next != 0 ? c->records + one->next : NULL;
}

/* A new one, all else zero. Makes room: of the flow, or of all, the longest unused is forgotten. NULL when
 * there is no memory. */
hg_connection *hg_connections_add(hg_connections *c, hg_index flow);
void hg_connections_remove(hg_connections *c, hg_connection *one);
/* It was used last. */
void hg_connections_touch(hg_connections *c, hg_connection *one);

/* Adds bytes to a direction that is gathering. 0: it was given up, and why is counted: too long, too many
 * gaps, no memory. */
int hg_connections_gather(hg_connections *c, hg_connection *one, int server, uint32_t offset, const uint8_t *data,
                          uint32_t length);
/* What a direction holds is not needed any more. */
void hg_connections_drop(hg_connections *c, hg_connection *one, int server);
/* The same, but it stays until the next call of this. */
const uint8_t *hg_connections_deliver(hg_connections *c, hg_connection *one, int server);
/* The direction is not read any further. */
void hg_connections_stop(hg_connections *c, hg_connection *one, int server);

/* ---- connections as bytes, so that another may continue with them ------------------------------------
 *
 *     header        number of records
 *     connections   oldest first: record, and for each direction that holds some its runs and bytes
 */
/* Loading replaces all connections. `flows` is as for hg_connections_init. HG_E_ARGUMENT: the bytes are damaged. What
 * there is no memory for is given up, as ever. */
void hg_connections_transfer(hg_connections *c, uint32_t flows, hg_saved *saved);
