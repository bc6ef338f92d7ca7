/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * peers.h - the table of connections, by the addresses of both ends.
 *
 *     rows of batches ──▶ take.c ──▶ table.c ◀── answer.c ◀── questions
 *       (the thread that captures)      │          (any thread)
 *                                     lock
 *
 * The tunnel, both ends and the transport identify a connection. The table is bounded and allocated once. It has three
 * indexes: by both ends, by the client's address and port, and by the client's address, because a question may leave
 * out the rest. If a new flow begins between the same ends, the table keeps both connections, because only the flow
 * table finds out which one lives. Of several earlier ones, only the strongest is kept, and one with another
 * ClientHello (hg_peer_take). Each record is also in one of three lists, which are sorted by age:
 *
 *     BEGUN ─▶ NAMED ─▶ ENDED     handshake only · a ClientHello, a request or a question · its end was seen
 *
 * When the table is full and BEGUN has more than a quarter of the places, BEGUN's oldest record is evicted, so that a
 * flood of SYNs evicts nothing else. Otherwise ENDED's oldest is evicted, or if ENDED is empty, NAMED's.
 *
 * `lock` guards the table. hg_peers_add holds it for a whole batch; a question holds it only for short steps.
 * `asking` guards the working memory of answers, and is taken before `lock`. hg_peers_answer takes the hosts' lock
 * while it holds only `asking`.
 */
#pragma once

#include <pthread.h>

#include "flow/flows.h"
#include "flow/identity.h"
#include "names/cache.h"

typedef enum hg_peer_list { HG_BEGUN = 0, HG_NAMED = 1, HG_ENDED = 2, HG_PEER_LISTS = 3 } hg_peer_list;

/* The identity of a connection. */
typedef struct hg_ends {
    hg_address client;
    hg_address server;
    uint64_t tunnel; /* hash; 0: none */
    uint16_t client_port; /* 0 in a question: any port */
    uint16_t server_port; /* 0 in a question: any server */
    uint8_t version;
    uint8_t transport; /* hg_transport; HG_ANY_TRANSPORT in a question */
} hg_ends;

/* Chains of records with the same hash: of the client's address and port, of both ends, or of the client's address and
 * HG_PROVEN. */
typedef enum hg_peer_chain { HG_BY_CLIENT = 0, HG_BY_ENDS = 1, HG_BY_ADDRESS = 2, HG_PEER_CHAINS = 3 } hg_peer_chain;

/* A connection. Members that a look-up compares come first: it reads one cache line of a record that does not fit. */
typedef struct hg_peer {
    hg_ends ends;
    hg_index next[HG_PEER_CHAINS];
    hg_index older;
    int64_t last_ns; /* time of its latest row, question or end */
    hg_index previous[HG_PEER_CHAINS]; /* 0: first of its chain */
    hg_index newer;
    int64_t first_ns;
    uint64_t flow;     /* as in the rows' column `flow` */
    uint32_t hello;    /* index in the section hellos; HG_NO_SIGNATURE: none, as in the next two */
    uint32_t request;  /* index in the section https */
    uint32_t claimed;  /* index in the section systems: the system that the request claims */
    uint8_t list;      /* hg_peer_list */
    uint8_t seen; /* bits of hg_peer_seen, HG_PROVEN, HG_TWO_HELLOS, HG_ANSWERED, HG_PASSED_ON and HG_CLAIMED_BY_HINT */
    hg_named_handshake syn; /* valid if `seen` has HG_SEEN_SYN */
    uint8_t ja4[HG_JA4_LENGTH];
    uint8_t ja4_stable[HG_JA4_LENGTH];
    hg_tunnel_id outer; /* the tunnel that `ends.tunnel` is a hash of */
    uint32_t anomalies; /* of its first ClientHello and its requests: sets of hg_anomaly */
    uint32_t padding[3]; /* so that each record begins a cache line */
} hg_peer;

_Static_assert(sizeof(hg_peer) == HG_PEER_BYTES, "the manual states it");

/* Bits of hg_peer.seen besides hg_peer_seen. */
enum {
    HG_PROVEN =
        8, /* the client sent a ClientHello or request that only somebody who saw the server's answer can send */
    HG_TWO_HELLOS =
        16, /* different ClientHellos, of which the server may have received either: `hello` and JA4s are empty */
    HG_ANSWERED = 32, /* the server sent a SYN+ACK */
    HG_PASSED_ON = 64, /* a request says that a proxy forwarded it */
    HG_CLAIMED_BY_HINT = 128 /* `claimed` comes from a client hint */
};

/* The end of a connection. The next hg_peers_add applies it after its rows. If HG_MOST_ENDS wait, they are applied at
 * once. */
typedef struct hg_peer_end {
    hg_ends ends;
    uint64_t flow;
    int64_t time_ns;
} hg_peer_end;

enum { HG_MOST_ENDS = 8192 };

/* Not a hash table of base/pool.h, because each record is in three chains, and the table never grows. */
struct hg_peers {
    pthread_mutex_t lock; /* guards the members up to the next mutex */
    void *memory;
    hg_peer *records; /* in `memory`, aligned to a cache line */
    hg_index *heads[HG_PEER_CHAINS];
    uint64_t hash_key;
    uint32_t mask;
    uint32_t most;
    hg_index next; /* first record that was never used */
    hg_index free; /* chain of freed records; 0: none */
    uint32_t in_list[HG_PEER_LISTS];
    hg_peer_counts counts;
    pthread_mutex_t asking; /* guards `answers` */
    const hg_database *database; /* written with both mutexes locked, read with either */
    hg_answer_cache answers; /* texts: members of a JSON object */
    hg_peer_end *ends; /* only the capturing thread uses this and `end_count` */
    uint32_t end_count;
};

/* Notes the end of a flow for the next hg_peers_add, because rows of the flow may still be in a batch. Only the thread
 * that calls hg_peers_add may call it; `state` is an hg_peers. */
void hg_peers_note_end(void *state, const hg_flow *flow, int64_t time_ns);

/* The callers of the functions below hold `lock`. */

/* The connection of a row, created if missing. */
hg_peer *hg_peer_take(hg_peers *peers, const hg_ends *ends, uint64_t flow, int64_t time_ns);
/* The connection that the question is about, or NULL with HG_PEER_NOT_SEEN or HG_PEER_AMBIGUOUS in `*status`. Like a
 * row, a question prolongs the life of a record. `*two_hellos` becomes 1 if connections between the same ends have
 * different ClientHellos. */
const hg_peer *hg_peer_find(hg_peers *peers, const hg_question *question, int64_t now_ns, hg_peer_status *status,
                            int *two_hellos);
/* Compares the connections of the client's address, except unanswered SYNs and connections in tunnels. If some are
 * HG_PROVEN, only these count, because anybody can forge others. HG_PEER_FOUND: they agree; `*out` is the strongest
 * one, with zeros for JA4s that differ. HG_PEER_RELAYED: they differ, or are too many. */
hg_peer_status hg_peer_of_address(const hg_peers *peers, const hg_question *question, int64_t now_ns, hg_peer *out);
/* Moves the connection of an ended flow to the list HG_ENDED, or forgets it if only a SYN of it was seen. */
void hg_peer_end_flow(hg_peers *peers, const hg_peer_end *ended);
/* Makes the connection HG_PROVEN. */
void hg_peer_prove(hg_peers *peers, hg_peer *peer);
/* Moves the record to a list, as its youngest. */
void hg_peer_move(hg_peers *peers, hg_peer *peer, hg_peer_list list);
