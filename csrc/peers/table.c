/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.c - the bounded table of connections.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "peers/peers.h"
#include "flow/hash.h"

enum { FIRST_PLACE = HG_PEER_LISTS, MOST_CONNECTIONS = 1 << 28, BEGUN_PART = 4, AGED_AT_ONCE = 2, LINE_BYTES = 64, ANSWERS = 512 };

static const uint64_t SECOND_NS = 1000000000;

/* ---- life ---------------------------------------------------------------------------------------------- */

static void empty_lists(hg_peers *peers)
{
    for (hg_index list = 0; list < HG_PEER_LISTS; list++)
        peers->records[list].older = peers->records[list].newer = list;
}

hg_status hg_peers_new(uint32_t most, uint64_t hash_key, hg_peers **out, hg_error *error)
{
    *out = NULL;
    if (most == 0 || most > MOST_CONNECTIONS)
        return hg_fail(error, HG_E_ARGUMENT, "room for %u connections, not 1 to %d", most, MOST_CONNECTIONS);
    hg_peers *made = calloc(1, sizeof *made);
    if (made == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for connections");
    pthread_mutex_init(&made->lock, NULL);
    pthread_mutex_init(&made->asking, NULL);
    const uint32_t heads = hg_chain_heads(most);
    made->most = most;
    made->hash_key = hash_key;
    made->mask = heads - 1;
    made->next = FIRST_PLACE;
    made->memory = calloc((size_t)most + FIRST_PLACE + 1, sizeof *made->records);
    made->heads = calloc(heads, sizeof *made->heads);
    made->answers.places = ANSWERS;
    made->ends = calloc(HG_MOST_ENDS, sizeof *made->ends);
    if (made->memory == NULL || made->heads == NULL || made->ends == NULL) {
        hg_peers_free(made);
        return hg_fail(error, HG_E_MEMORY, "no memory for %u connections", most);
    }
    made->records = (hg_peer *)(void *)((char *)made->memory + (LINE_BYTES - (uintptr_t)made->memory % LINE_BYTES));
    empty_lists(made);
    *out = made;
    return HG_OK;
}

void hg_peers_free(hg_peers *peers)
{
    if (peers == NULL)
        return;
    hg_answer_cache_use(&peers->answers, NULL);
    free(peers->ends);
    free(peers->heads);
    free(peers->memory);
    pthread_mutex_destroy(&peers->asking);
    pthread_mutex_destroy(&peers->lock);
    free(peers);
}

/* Names a connection by another database. What a request was named, and claims, is not kept for that. */
static void name_again(const hg_database *database, hg_peer *of)
{
    of->request = of->claimed = of->hello = HG_NO_SIGNATURE;
    if ((of->seen & HG_SEEN_SYN) != 0) {
        const hg_match match =
            database == NULL ? (hg_match){HG_NO_SIGNATURE, 0} : hg_database_match(database, &of->syn.seen);
        of->syn.signature = match.signature;
        of->syn.fuzzy = match.fuzzy;
    }
    if ((of->seen & HG_SEEN_HELLO) != 0 && database != NULL)
        of->hello = hg_database_match_tls(database, (const char *)of->ja4, (const char *)of->ja4_stable).signature;
}

hg_status hg_peers_use(hg_peers *peers, const hg_database *database, hg_error *error)
{
    (void)error;
    pthread_mutex_lock(&peers->asking);
    pthread_mutex_lock(&peers->lock);
    hg_answer_cache_use(&peers->answers, database);
    peers->database = database;
    for (hg_index i = FIRST_PLACE; i < peers->next; i++)
        name_again(database, peers->records + i);
    pthread_mutex_unlock(&peers->lock);
    pthread_mutex_unlock(&peers->asking);
    return HG_OK;
}

void hg_peers_count(hg_peers *peers, hg_peer_counts *counts)
{
    pthread_mutex_lock(&peers->lock);
    *counts = peers->counts;
    for (int list = 0; list < HG_PEER_LISTS; list++)
        counts->connections += peers->in_list[list];
    pthread_mutex_unlock(&peers->lock);
}

/* ---- lists --------------------------------------------------------------------------------------------- */

static void leave_list(hg_peers *c, hg_peer *peer)
{
    c->records[peer->older].newer = peer->newer;
    c->records[peer->newer].older = peer->older;
    c->in_list[peer->list]--;
}

static void enter_list(hg_peers *c, hg_peer *peer, hg_peer_list list)
{
    const hg_index index = (hg_index)(peer - c->records), newest = c->records[list].older;
    peer->list = (uint8_t)list;
    peer->older = newest;
    peer->newer = (hg_index)list;
    c->records[newest].newer = index;
    c->records[list].older = index;
    c->in_list[list]++;
}

void hg_peer_move(hg_peers *c, hg_peer *peer, hg_peer_list list)
{
    leave_list(c, peer);
    enter_list(c, peer, list);
}

/* Nanoseconds since its last packet or question; 0 where the clock was set back. Packets may claim any time. */
static uint64_t age_ns(const hg_peer *peer, int64_t now_ns)
{
    return now_ns > peer->last_ns ? (uint64_t)now_ns - (uint64_t)peer->last_ns : 0;
}

static int is_old(const hg_peer *peer, int64_t now_ns)
{
    const uint64_t kept_s = peer->list == HG_ENDED ? HG_PEER_ENDED_S : HG_PEER_IDLE_S;
    return age_ns(peer, now_ns) > kept_s * SECOND_NS;
}

/* ---- chains -------------------------------------------------------------------------------------------- */

static hg_index *head_of(const hg_peers *c, const hg_address *client, uint16_t port, uint8_t version)
{
    const uint64_t state = hg_hash_mix(hg_hash_address(c->hash_key, *client, version), port);
    return c->heads + (hg_hash_fold(state) & c->mask);
}

static int is_of(const hg_peer *of, const hg_address *client, uint16_t port, uint8_t version)
{
    return of->client_port == port && of->version == version && hg_same_address(of->client, *client);
}

static void forget(hg_peers *c, hg_peer *peer)
{
    const hg_index index = (hg_index)(peer - c->records);
    hg_index *at = head_of(c, &peer->client, peer->client_port, peer->version);
    while (*at != index)
        at = &c->records[*at].chain;
    *at = peer->chain;
    leave_list(c, peer);
    memset(peer, 0, sizeof *peer); /* nothing of it is kept */
    peer->chain = c->free;
    c->free = index;
}

/* The oldest of a list, or NULL. */
static hg_peer *oldest(const hg_peers *c, hg_peer_list list)
{
    return c->in_list[list] == 0 ? NULL : c->records + c->records[list].newer;
}

static void forget_old(hg_peers *c, int64_t now_ns)
{
    for (int list = 0; list < HG_PEER_LISTS; list++)
        for (int i = 0; i < AGED_AT_ONCE; i++) {
            hg_peer *found = oldest(c, (hg_peer_list)list);
            if (found == NULL || !is_old(found, now_ns))
                break;
            forget(c, found);
        }
}

static void make_room(hg_peers *c)
{
    hg_peer_list list = HG_NAMED;
    if (c->in_list[HG_BEGUN] > c->most / BEGUN_PART || c->in_list[HG_ENDED] + c->in_list[HG_NAMED] == 0)
        list = HG_BEGUN;
    else if (c->in_list[HG_ENDED] > 0)
        list = HG_ENDED;
    forget(c, oldest(c, list));
    c->counts.evicted++;
}

static hg_peer *open(hg_peers *c, const hg_ends *ends, uint64_t flow, int64_t time_ns)
{
    forget_old(c, time_ns);
    if (c->free == 0 && c->next == c->most + FIRST_PLACE)
        make_room(c);
    const hg_index index = c->free != 0 ? c->free : c->next++;
    hg_peer *made = c->records + index;
    if (index == c->free)
        c->free = made->chain;
    *made = (hg_peer){.client = ends->client, .server = ends->server, .flow = flow, .first_ns = time_ns};
    made->last_ns = time_ns;
    made->client_port = ends->client_port;
    made->server_port = ends->server_port;
    made->version = ends->version;
    made->transport = ends->transport;
    made->hello = made->request = made->claimed = HG_NO_SIGNATURE;
    hg_index *head = head_of(c, &ends->client, ends->client_port, ends->version);
    made->chain = *head;
    *head = index;
    enter_list(c, made, HG_BEGUN);
    return made;
}

/* ---- for the others ------------------------------------------------------------------------------------ */

hg_peer *hg_peer_take(hg_peers *c, const hg_ends *ends, uint64_t flow, int64_t time_ns)
{
    hg_peer *last = NULL;
    uint32_t count = 0;
    for (hg_index at = *head_of(c, &ends->client, ends->client_port, ends->version); at != 0; at = c->records[at].chain) {
        hg_peer *one = c->records + at;
        if (!is_of(one, &ends->client, ends->client_port, ends->version))
            continue;
        last = one;
        count++;
        if (one->server_port == ends->server_port && one->transport == ends->transport &&
            hg_same_address(one->server, ends->server)) {
            if (one->flow == flow) {
                one->last_ns = time_ns > one->last_ns ? time_ns : one->last_ns;
                return one;
            }
            break; /* its ports are used again: `last` is forgotten */
        }
        if (count < HG_PEERS_OF_AN_END)
            last = NULL;
    }
    if (last != NULL)
        forget(c, last);
    return open(c, ends, flow, time_ns);
}

/* A question was asked of it. One that was touched a moment ago stays where it is in its list. */
static void touch(hg_peers *c, hg_peer *peer, int64_t now_ns)
{
    const hg_peer_list list = peer->list == HG_ENDED ? HG_ENDED : HG_NAMED;
    if (peer->list == list && age_ns(peer, now_ns) < SECOND_NS)
        return;
    peer->last_ns = now_ns > peer->last_ns ? now_ns : peer->last_ns;
    hg_peer_move(c, peer, list);
}

const hg_peer *hg_peer_asked(hg_peers *c, const hg_question *question, int64_t now_ns)
{
    hg_address client, server;
    memcpy(&client, question->client, sizeof client);
    memcpy(&server, question->server, sizeof server);
    for (hg_index at = *head_of(c, &client, question->client_port, question->version); at != 0; at = c->records[at].chain) {
        hg_peer *one = c->records + at;
        if (!is_of(one, &client, question->client_port, question->version) || is_old(one, now_ns))
            continue;
        if (question->server_port != 0 &&
            (one->server_port != question->server_port || !hg_same_address(one->server, server)))
            continue;
        touch(c, one, now_ns);
        return one;
    }
    return NULL;
}

hg_peer *hg_peer_of_flow(hg_peers *c, const hg_peer_end *end)
{
    for (hg_index at = *head_of(c, &end->client, end->client_port, end->version); at != 0; at = c->records[at].chain)
        if (c->records[at].flow == end->flow && is_of(c->records + at, &end->client, end->client_port, end->version))
            return c->records + at;
    return NULL;
}
