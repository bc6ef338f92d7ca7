/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.c - the bounded table of connections.
 */

#include "base/memory.h"
#include "connections/peers.h"

enum {
    FIRST_PLACE = HG_PEER_LISTS, /* the records before are the ends of the lists */
    MOST_CONNECTIONS = 1 << 28,
    BEGUN_PART = 4,   /* BEGUN may have one in BEGUN_PART places */
    AGED_AT_ONCE = 2, /* most old records of a list that a new record removes */
    LINE_BYTES = 64,
    ANSWERS = 512
};

/* Most records of a client's address and port that a question without a server compares; with more it is ambiguous.
 * Also the most records in other tunnels that are kept between the same ends. */
enum { MOST_LOOKED_AT = 64 };

/* Most records of a client's address that a question without a port compares, and most that it walks over, because they
 * are unanswered SYNs or old. A host has more connections than one port. */
enum { MOST_OF_ADDRESS = 256, MOST_WALKED = 4096 };

static const uint64_t SECOND_NS = 1000000000;

/* ---- life ---------------------------------------------------------------------------------------------- */

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
    made->memory = hg_zeroed((size_t)most + FIRST_PLACE + 1, sizeof *made->records);
    for (int chain = 0; chain < HG_PEER_CHAINS; chain++)
        made->heads[chain] = hg_zeroed(heads, sizeof *made->heads[chain]);
    made->answers.places = ANSWERS;
    made->ends = calloc(HG_MOST_ENDS, sizeof *made->ends);
    if (made->memory == NULL || made->heads[HG_BY_CLIENT] == NULL || made->heads[HG_BY_ENDS] == NULL ||
        made->heads[HG_BY_ADDRESS] == NULL || made->ends == NULL) {
        hg_peers_free(made);
        return hg_fail(error, HG_E_MEMORY, "no memory for %u connections", most);
    }
    made->records = (hg_peer *)(void *)((char *)made->memory + (LINE_BYTES - (uintptr_t)made->memory % LINE_BYTES));
    for (hg_index list = 0; list < HG_PEER_LISTS; list++)
        made->records[list].older = made->records[list].newer = list;
    *out = made;
    return HG_OK;
}

void hg_peers_free(hg_peers *peers)
{
    if (peers == NULL)
        return;
    hg_answer_cache_use(&peers->answers, NULL);
    free(peers->ends);
    for (int chain = 0; chain < HG_PEER_CHAINS; chain++)
        hg_zeroed_free(peers->heads[chain]);
    hg_zeroed_free(peers->memory);
    pthread_mutex_destroy(&peers->asking);
    pthread_mutex_destroy(&peers->lock);
    free(peers);
}

/* Matches a connection with another database. The texts of requests are not kept, so their name and claim are lost. */
static void name_again(const hg_database *database, hg_peer *peer)
{
    peer->request = peer->claimed = peer->hello = HG_NO_SIGNATURE;
    if ((peer->seen & HG_SEEN_SYN) != 0) {
        const hg_match match =
            database == NULL ? (hg_match){HG_NO_SIGNATURE, 0} : hg_database_match(database, &peer->syn.seen);
        peer->syn.signature = match.signature;
        peer->syn.fuzzy = match.fuzzy;
    }
    if ((peer->seen & HG_SEEN_HELLO) != 0 && database != NULL)
        peer->hello =
            hg_database_match_tls(database, (const char *)peer->ja4, (const char *)peer->ja4_stable).signature;
}

void hg_peers_use(hg_peers *peers, const hg_database *database)
{
    pthread_mutex_lock(&peers->asking);
    pthread_mutex_lock(&peers->lock);
    hg_answer_cache_use(&peers->answers, database);
    peers->database = database;
    for (hg_index i = FIRST_PLACE; i < peers->next; i++)
        name_again(database, peers->records + i);
    pthread_mutex_unlock(&peers->lock);
    pthread_mutex_unlock(&peers->asking);
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

static void leave_list(hg_peers *peers, hg_peer *peer)
{
    const hg_index index = (hg_index)(peer - peers->records);
    HG_LIST_REMOVE(peers->records, index);
    peers->in_list[peer->list]--;
}

static void enter_list(hg_peers *peers, hg_peer *peer, hg_peer_list list)
{
    const hg_index index = (hg_index)(peer - peers->records);
    peer->list = (uint8_t)list;
    HG_LIST_APPEND(peers->records, index, (hg_index)list);
    peers->in_list[list]++;
}

void hg_peer_move(hg_peers *peers, hg_peer *peer, hg_peer_list list)
{
    leave_list(peers, peer);
    enter_list(peers, peer, list);
}

/* Nanoseconds since the last packet or question; 0 if the clock was set back. Times of packets may be any. */
static uint64_t age_ns(const hg_peer *peer, int64_t now_ns)
{
    return hg_elapsed_ns(peer->last_ns, now_ns);
}

static int is_old(const hg_peer *peer, int64_t now_ns)
{
    const uint64_t kept_s = peer->list == HG_ENDED ? HG_PEER_ENDED_S : HG_PEER_IDLE_S;
    return age_ns(peer, now_ns) > kept_s * SECOND_NS;
}

/* ---- chains -------------------------------------------------------------------------------------------- */

/* `seen` is of the record; only HG_PROVEN counts. */
static hg_index *head_of(const hg_peers *peers, const hg_ends *ends, hg_peer_chain chain, uint8_t seen)
{
    const uint16_t port = chain == HG_BY_ADDRESS ? seen & HG_PROVEN : ends->client_port;
    uint64_t state = hg_hash_mix(hg_hash_address(peers->hash_key, ends->client, ends->version), port);
    if (chain == HG_BY_ENDS)
        state *= hg_hash_mix(hg_hash_address(peers->hash_key, ends->server, ends->version), ends->server_port);
    return peers->heads[chain] + (hg_hash_fold(state) & peers->mask);
}

static void enter_chain(hg_peers *peers, hg_peer *peer, hg_peer_chain chain)
{
    hg_index *head = head_of(peers, &peer->ends, chain, peer->seen);
    peer->next[chain] = *head;
    peer->previous[chain] = 0;
    if (*head != 0)
        peers->records[*head].previous[chain] = (hg_index)(peer - peers->records);
    *head = (hg_index)(peer - peers->records);
}

static void leave_chain(hg_peers *peers, const hg_peer *peer, hg_peer_chain chain)
{
    const hg_index next = peer->next[chain], previous = peer->previous[chain];
    *(previous != 0 ? peers->records[previous].next + chain : head_of(peers, &peer->ends, chain, peer->seen)) = next;
    if (next != 0)
        peers->records[next].previous[chain] = previous;
}

void hg_peer_prove(hg_peers *peers, hg_peer *peer)
{
    leave_chain(peers, peer, HG_BY_ADDRESS);
    peer->seen |= HG_PROVEN;
    enter_chain(peers, peer, HG_BY_ADDRESS);
}

/* Whether a connection has the ends in question. */
static int has_ends(const hg_ends *ends, const hg_ends *asked)
{
    return (asked->client_port == 0 || ends->client_port == asked->client_port) && ends->version == asked->version &&
           hg_same_address(ends->client, asked->client) &&
           (asked->transport == HG_ANY_TRANSPORT || ends->transport == asked->transport) &&
           (asked->server_port == 0 ||
            (ends->server_port == asked->server_port && hg_same_address(ends->server, asked->server)));
}

static int is_same(const hg_ends *a, const hg_ends *b)
{
    return a->tunnel == b->tunnel && a->server_port == b->server_port && has_ends(a, b) &&
           hg_same_address(a->server, b->server);
}

static void forget(hg_peers *peers, hg_peer *peer)
{
    for (int chain = 0; chain < HG_PEER_CHAINS; chain++)
        leave_chain(peers, peer, (hg_peer_chain)chain);
    leave_list(peers, peer);
    memset(peer, 0, sizeof *peer); /* no data of the connection stays */
    peer->next[HG_BY_CLIENT] = peers->free;
    peers->free = (hg_index)(peer - peers->records);
}

/* The oldest record of a list, or NULL. */
static hg_peer *oldest(const hg_peers *peers, hg_peer_list list)
{
    return peers->in_list[list] == 0 ? NULL : peers->records + peers->records[list].newer;
}

static void forget_old(hg_peers *peers, int64_t now_ns)
{
    for (int list = 0; list < HG_PEER_LISTS; list++)
        for (int i = 0; i < AGED_AT_ONCE; i++) {
            hg_peer *found = oldest(peers, (hg_peer_list)list);
            if (found == NULL || !is_old(found, now_ns))
                break;
            forget(peers, found);
        }
}

static void make_room(hg_peers *peers)
{
    hg_peer_list list = HG_NAMED;
    if (peers->in_list[HG_BEGUN] > peers->most / BEGUN_PART || peers->in_list[HG_ENDED] + peers->in_list[HG_NAMED] == 0)
        list = HG_BEGUN;
    else if (peers->in_list[HG_ENDED] > 0)
        list = HG_ENDED;
    forget(peers, oldest(peers, list));
    peers->counts.evicted++;
}

/* Creates a record. Old records are forgotten first; if the table is still full, one is evicted. */
static hg_peer *open(hg_peers *peers, const hg_ends *ends, uint64_t flow, int64_t time_ns)
{
    forget_old(peers, time_ns);
    if (peers->free == 0 && peers->next == peers->most + FIRST_PLACE)
        make_room(peers);
    const hg_index index = peers->free != 0 ? peers->free : peers->next++;
    hg_peer *made = peers->records + index;
    if (index == peers->free)
        peers->free = made->next[HG_BY_CLIENT];
    *made = (hg_peer){.ends = *ends, .flow = flow, .first_ns = time_ns, .last_ns = time_ns};
    made->hello = made->request = made->claimed = HG_NO_SIGNATURE;
    for (int chain = 0; chain < HG_PEER_CHAINS; chain++)
        enter_chain(peers, made, (hg_peer_chain)chain);
    enter_list(peers, made, HG_BEGUN);
    return made;
}

/* ---- choice among several connections ------------------------------------------------------------------ */

/* Ranks the evidence that both sides take part, from 0 to 2. An unanswered SYN, which can be forged, has rank 0. */
static int evidence(const hg_peer *peer)
{
    if ((peer->seen & (HG_SEEN_SYN | HG_ANSWERED)) == HG_SEEN_SYN)
        return 0;
    return (peer->seen & (HG_SEEN_HELLO | HG_SEEN_REQUEST)) != 0 ? 2 : 1;
}

/* The class decides first: connections outside tunnels before others, then TCP before datagrams, then live before ended
 * ones, then answered before unanswered SYNs. */
static int class_of(const hg_peer *peer)
{
    const int lives = peer->list != HG_ENDED;
    return (peer->ends.tunnel == 0) << 3 | (peer->ends.transport == HG_TRANSPORT_TCP) << 2 | lives << 1 |
           (lives && evidence(peer) > 0);
}

static int sign(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Above 0: prefer `a`; below 0: prefer `b`; 0: undecided. Of two flows between the same ends, the earlier one lives
 * until the flow table reports its end. */
static int compare(const hg_peer *a, const hg_peer *b)
{
    if (class_of(a) != class_of(b))
        return class_of(a) - class_of(b);
    if (a->list == HG_ENDED)
        return sign(a->flow, b->flow);
    if (!is_same(&a->ends, &b->ends))
        return 0;
    if (evidence(a) != evidence(b))
        return evidence(a) - evidence(b);
    if (evidence(a) < 2)
        return sign(b->flow, a->flow);
    return memcmp(a->ja4, b->ja4, sizeof a->ja4) != 0 ? 0 : sign(a->flow, b->flow);
}

typedef struct choice {
    hg_peer *best;
    int is_ambiguous;
    int two_hellos; /* the undecided ones have the same ends */
} choice;

static void consider(choice *choice, hg_peer *one)
{
    const int order = choice->best == NULL ? 1 : compare(one, choice->best);
    if (order >= 0) {
        choice->is_ambiguous = order == 0;
        choice->two_hellos = order == 0 && is_same(&one->ends, &choice->best->ends);
    }
    if (order > 0)
        choice->best = one;
}

/* ---- functions for take.c and answer.c ----------------------------------------------------------------- */

hg_peer *hg_peer_take(hg_peers *peers, const hg_ends *ends, uint64_t flow, int64_t time_ns)
{
    hg_peer *kept = NULL, *other = NULL; /* neither is preferred */
    int in_others = 0;
    for (hg_index at = *head_of(peers, ends, HG_BY_ENDS, 0), next; at != 0; at = next) {
        hg_peer *one = peers->records + at;
        next = one->next[HG_BY_ENDS];
        if (!is_same(&one->ends, ends)) {
            if (one->ends.tunnel != 0 && has_ends(&one->ends, ends) && ++in_others > MOST_LOOKED_AT)
                forget(peers, one);
            continue;
        }
        if (one->flow == flow) {
            one->last_ns = time_ns > one->last_ns ? time_ns : one->last_ns;
            return one;
        }
        const int order = kept == NULL ? 1 : compare(one, kept);
        if (order == 0 && other == NULL)
            other = one;
        else if (kept != NULL)
            forget(peers, order > 0 ? kept : one);
        kept = order > 0 ? one : kept;
    }
    return open(peers, ends, flow, time_ns);
}

/* A question makes a record the youngest of its list, at most once a second, and moves it from HG_BEGUN to HG_NAMED. */
static void touch(hg_peers *peers, hg_peer *peer, int64_t now_ns)
{
    const hg_peer_list list = peer->list == HG_ENDED ? HG_ENDED : HG_NAMED;
    if (peer->list == list && age_ns(peer, now_ns) < SECOND_NS)
        return;
    peer->last_ns = now_ns > peer->last_ns ? now_ns : peer->last_ns;
    hg_peer_move(peers, peer, list);
}

static choice choose(hg_peers *peers, const hg_ends *asked, hg_peer_chain chain, int64_t now_ns)
{
    choice of = {.best = NULL};
    int count = 0;
    for (hg_index at = *head_of(peers, asked, chain, 0); at != 0; at = peers->records[at].next[chain]) {
        hg_peer *one = peers->records + at;
        if (chain == HG_BY_CLIENT && ++count > MOST_LOOKED_AT) {
            of.is_ambiguous = 1;
            break;
        }
        if (has_ends(&one->ends, asked) && !is_old(one, now_ns))
            consider(&of, one);
    }
    return of;
}

static hg_ends ends_asked(const hg_question *question)
{
    hg_ends asked = {.client_port = question->client_port,
                     .server_port = question->server_port,
                     .version = question->version,
                     .transport = question->transport};
    memcpy(&asked.client, question->client, sizeof asked.client);
    memcpy(&asked.server, question->server, sizeof asked.server);
    return asked;
}

const hg_peer *hg_peer_find(hg_peers *peers, const hg_question *question, int64_t now_ns, hg_peer_status *status,
                            int *two_hellos)
{
    const hg_ends asked = ends_asked(question);
    const choice found = choose(peers, &asked, asked.server_port != 0 ? HG_BY_ENDS : HG_BY_CLIENT, now_ns);
    *two_hellos = found.two_hellos;
    *status = found.is_ambiguous ? HG_PEER_AMBIGUOUS : found.best == NULL ? HG_PEER_NOT_SEEN : HG_PEER_FOUND;
    if (*status != HG_PEER_FOUND)
        return NULL;
    touch(peers, found.best, now_ns);
    return found.best;
}

/* ---- by the address alone ------------------------------------------------------------------------------ */

/* The connections of an address combined: `all` has the first value of each kind; `best` is the strongest. */
typedef struct shown {
    hg_peer all;
    const hg_peer *best;
    int two_ja4s; /* 1: several JA4s of one program, which resumes sessions or uses two versions of HTTP */
    int two_stables; /* 1: several stable JA4s */
} shown;

/* Whether the answers about two connections would be equal. */
static int shows_same(const hg_peer *a, const hg_peer *b)
{
    const int both = a->seen & b->seen;
    if ((both & HG_SEEN_SYN) != 0 && a->syn.signature != b->syn.signature)
        return 0;
    if ((both & HG_SEEN_REQUEST) != 0 && (a->request != b->request || a->claimed != b->claimed))
        return 0;
    return (both & HG_SEEN_HELLO) == 0 || memcmp(a->ja4_stable, b->ja4_stable, sizeof a->ja4_stable) == 0 ||
           (a->hello == b->hello && a->hello != HG_NO_SIGNATURE);
}

static void add_hello(shown *to, const hg_peer *one)
{
    if ((to->all.seen & HG_SEEN_HELLO) == 0) {
        to->all.hello = one->hello;
        memcpy(to->all.ja4, one->ja4, sizeof one->ja4);
        memcpy(to->all.ja4_stable, one->ja4_stable, sizeof one->ja4_stable);
    }
    to->two_ja4s |= memcmp(to->all.ja4, one->ja4, sizeof one->ja4) != 0;
    to->two_stables |= memcmp(to->all.ja4_stable, one->ja4_stable, sizeof one->ja4_stable) != 0;
}

/* Adds a connection to the combined ones. */
static void add_shown(shown *to, const hg_peer *one)
{
    if ((one->seen & HG_SEEN_HELLO) != 0)
        add_hello(to, one);
    if ((one->seen & ~to->all.seen & HG_SEEN_SYN) != 0)
        to->all.syn = one->syn;
    if ((one->seen & ~to->all.seen & HG_SEEN_REQUEST) != 0) {
        to->all.request = one->request;
        to->all.claimed = one->claimed;
    }
    to->all.seen |= one->seen;
    if (to->best == NULL || class_of(one) > class_of(to->best) ||
        (class_of(one) == class_of(to->best) && evidence(one) > evidence(to->best)))
        to->best = one;
}

/* Compares the connections of the address that are proven, or that are not. Left out are unanswered SYNs, which can be
 * forged, connections in tunnels, where the address may be another host's, and those with two ClientHellos. */
static hg_peer_status combine(const hg_peers *peers, const hg_ends *asked, uint8_t proven, int64_t now_ns, shown *shown)
{
    int count = 0, walked = 0;
    for (hg_index at = *head_of(peers, asked, HG_BY_ADDRESS, proven); at != 0;
         at = peers->records[at].next[HG_BY_ADDRESS]) {
        const hg_peer *one = peers->records + at;
        if (++walked > MOST_WALKED)
            return HG_PEER_RELAYED;
        if (!has_ends(&one->ends, asked) || is_old(one, now_ns) || one->ends.tunnel != 0 || evidence(one) == 0 ||
            (one->seen & HG_PROVEN) != proven || (one->seen & HG_TWO_HELLOS) != 0)
            continue;
        if (++count > MOST_OF_ADDRESS || (one->seen & HG_PASSED_ON) != 0 || !shows_same(&shown->all, one))
            return HG_PEER_RELAYED;
        add_shown(shown, one);
    }
    return shown->best == NULL ? HG_PEER_NOT_SEEN : HG_PEER_FOUND;
}

hg_peer_status hg_peer_of_address(const hg_peers *peers, const hg_question *question, int64_t now_ns, hg_peer *out)
{
    const hg_ends asked = ends_asked(question);
    shown of = {.best = NULL};
    hg_peer_status status = combine(peers, &asked, HG_PROVEN, now_ns, &of);
    if (status == HG_PEER_NOT_SEEN)
        status = combine(peers, &asked, 0, now_ns, &of);
    if (status != HG_PEER_FOUND)
        return status;
    *out = *of.best;
    if (of.two_ja4s)
        memset(out->ja4, 0, sizeof out->ja4);
    if (of.two_stables)
        memset(out->ja4_stable, 0, sizeof out->ja4_stable);
    return HG_PEER_FOUND;
}

/* ---- ends ---------------------------------------------------------------------------------------------- */

/* Ends a connection. A refused SYN is forgotten, because it opened no connection. */
static void end(hg_peers *peers, hg_peer *peer, int64_t time_ns)
{
    peer->last_ns = time_ns > peer->last_ns ? time_ns : peer->last_ns;
    if (peer->seen == HG_SEEN_SYN)
        forget(peers, peer);
    else
        hg_peer_move(peers, peer, HG_ENDED);
}

void hg_peer_end_flow(hg_peers *peers, const hg_peer_end *ended)
{
    for (hg_index at = *head_of(peers, &ended->ends, HG_BY_ENDS, 0); at != 0; at = peers->records[at].next[HG_BY_ENDS])
        if (peers->records[at].flow == ended->flow && has_ends(&peers->records[at].ends, &ended->ends)) {
            end(peers, peers->records + at, ended->time_ns);
            return;
        }
}
