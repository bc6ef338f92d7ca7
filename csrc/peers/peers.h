/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * peers.h - the table of connections, by the addresses of both ends.
 *
 *     rows of batches ──▶ take.c ──▶ table.c ◀── answer.c ◀── questions
 *       (the thread that captures)      │          (any thread)
 *                                     lock
 *
 * A connection is identified by the tunnel that it came in, both ends and the transport. The table is bounded, allocated
 * once, and has three indexes: by both ends, and by the client's end or address alone, because a question may leave out the
 * rest. If a new flow begins between the same ends, both connections are kept until the flow table knows which one
 * lives: of several others the weakest is forgotten (hg_peer_take). Records also stand in lists by age:
 *
 *     BEGUN ─▶ NAMED ─▶ ENDED     nothing but a SYN · a ClientHello, a request or a question · its end was seen
 *
 * When the table is full and BEGUN has more than a quarter of the places, the oldest of BEGUN is evicted, so that a
 * flood of SYNs evicts nothing else. Otherwise the oldest of ENDED is evicted, then the oldest of NAMED.
 *
 * `lock` guards the table. It is held by hg_peers_add for a batch, and by a question for one look-up, which copies the
 * record. `asking` guards the working memory of answers, and is taken before `lock`. Only hg_peers_answer takes the
 * hosts' lock while it holds these two; it takes it last.
 */
#pragma once

#include <pthread.h>

#include "answers/cache.h"
#include "flow/flows.h"
#include "flow/identity.h"

typedef enum hg_peer_list {
    HG_BEGUN = 0,
    HG_NAMED = 1,
    HG_ENDED = 2,
    HG_PEER_LISTS = 3
} hg_peer_list;

/* The identity of a connection. */
typedef struct hg_ends {
    hg_address client;
    hg_address server;
    uint64_t tunnel; /* 0: none */
    uint16_t client_port;
    uint16_t server_port; /* 0 in a question: any server */
    uint8_t version;
    uint8_t transport; /* hg_transport; HG_ANY_TRANSPORT in a question */
} hg_ends;

/* Chains of records that share a hash of the client's end, of both ends, or of the client's address. */
typedef enum hg_peer_chain { HG_BY_CLIENT = 0, HG_BY_ENDS = 1, HG_BY_ADDRESS = 2, HG_PEER_CHAINS = 3 } hg_peer_chain;

/* A look-up reads the first line of the cache alone of those that it does not look for. */
typedef struct hg_peer {
    hg_ends ends;
    hg_index next[HG_PEER_CHAINS];
    hg_index older;
    int64_t last_ns; /* of its latest row, question, or end */
    hg_index previous[HG_PEER_CHAINS]; /* 0: it is the first of its chain */
    hg_index newer;
    int64_t first_ns;
    uint64_t flow;     /* as rows have it */
    uint32_t hello;    /* index in the section hellos, or HG_NO_SIGNATURE */
    uint32_t request;  /* in the section https */
    uint32_t claimed;  /* and in the section systems: what the request claims to run on */
    uint8_t list;      /* hg_peer_list */
    uint8_t seen;      /* bits of hg_peer_seen, and the three below */
    hg_named_handshake syn; /* with HG_SEEN_SYN */
    uint8_t ja4[HG_JA4_LENGTH];
    uint8_t ja4_stable[HG_JA4_LENGTH];
    hg_tunnel_id outer; /* where the ends have a tunnel: the same in full */
    uint64_t rest[2]; /* so that each record begins a line */
} hg_peer;

_Static_assert(sizeof(hg_peer) == HG_PEER_BYTES, "the manual states it");

enum {
    HG_ANSWERED = 32,  /* the server's SYN+ACK */
    HG_PASSED_ON = 64, /* a request names a proxy that it came through */
    HG_CLAIMED_BY_HINT = 128
};

/* A connection that ended, to be marked once the rows before its end were taken. */
typedef struct hg_peer_end {
    hg_ends ends;
    uint64_t flow;
    int64_t time_ns;
} hg_peer_end;

enum { HG_MOST_ENDS = 8192 };

/* A hash table of its own: its records are in three chains at a time, and it never grows. */
struct hg_peers {
    pthread_mutex_t lock; /* of all up to the next mutex */
    void *memory;
    hg_peer *records; /* in it, from the begin of a line of the cache */
    hg_index *heads[HG_PEER_CHAINS];
    uint64_t hash_key;
    uint32_t mask;
    uint32_t most;
    hg_index next; /* never used so far, as all after it */
    hg_index free; /* chained records that were used before */
    uint32_t in_list[HG_PEER_LISTS];
    hg_peer_counts counts;
    pthread_mutex_t asking;
    const hg_database *database;
    hg_answer_cache answers; /* as members of a JSON object */
    hg_peer_end *ends;  /* of the thread that captures alone, like their number */
    uint32_t end_count;
};

/* Notes the end of a flow, for the next hg_peers_add: its rows may still lie in a batch. For the thread that adds;
 * `state` is an hg_peers. */
void hg_peers_note_end(void *state, const hg_flow *flow, int64_t time_ns);

/* All that follow are called with the lock. */

/* The connection of a row, made if there is none. */
hg_peer *hg_peer_take(hg_peers *peers, const hg_ends *ends, uint64_t flow, int64_t time_ns);
/* The connection that the question asks for, or NULL with HG_PEER_NOT_SEEN or HG_PEER_AMBIGUOUS in `*status`. It stays as
 * long as after a row. */
const hg_peer *hg_peer_asked(hg_peers *peers, const hg_question *question, int64_t now_ns, hg_peer_status *status);
/* What all connections of the client's address show alike, in `*out`; it is left alone unless HG_PEER_FOUND is returned. */
hg_peer_status hg_peer_of_address(const hg_peers *peers, const hg_question *question, int64_t now_ns, hg_peer *out);
/* The flow of a connection ended. */
void hg_peer_end_flow(hg_peers *peers, const hg_peer_end *end);
/* Puts it behind the others of a list. */
void hg_peer_move(hg_peers *peers, hg_peer *peer, hg_peer_list list);
