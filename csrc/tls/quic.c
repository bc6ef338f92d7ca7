/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic.c - reads hellos from QUIC connections; datagrams arrive in capture order (datagram.h).
 *
 *   - A connection begins with a packet that decrypts with keys derived from its own destination id. Its hello may
 *     arrive in any number of packets and datagrams, in any order. The first copy of a byte wins.
 *   - Other Initials are tried with the keys of incomplete connections: the client may have addressed them to an id
 *     that the server chose, or they come from the server. Of the server, only the ServerHello is reported, and a
 *     HelloRetryRequest before it.
 *   - After a Retry the keys are derived from the id in it, and the client starts again. Bytes encrypted with different
 *     keys, or of different versions, are never combined.
 *   - If the Retry was not captured, the client's repeated hello looks like a new connection. It is recognised by its
 *     random value and is not an event.
 *   - Limits per connection: HG_MOST_MESSAGE_BYTES, HG_RUNS_LIMIT gaps, and the limits below. A connection that exceeds
 *     one is given up and counted. A new connection on the same ports is still read, because its first packet needs no
 *     earlier one. There is no time limit: connections are removed when memory is needed (connections.h).
 */
#include "tls/datagram.h"

enum { RANDOM_AT = HG_TLS_MESSAGE_HEADER + 2, RANDOM_BYTES = 32 };

enum {
    /* Number of connections whose keys are tried on a datagram: LEAST_TRIED, and one more for each BYTES_PER_TRY bytes,
     * at most MOST_TRIED. A datagram with a server's hello has at least 1,200 bytes (RFC 9000, 14.1). */
    LEAST_TRIED = 2,
    BYTES_PER_TRY = 200,
    MOST_TRIED = 8
};

/* ---- ids --------------------------------------------------------------------------------- */

static void keep_id(hg_connection_id *kept, hg_span id)
{
    memcpy(kept->bytes, id.data, id.length);
    kept->length = (uint8_t)id.length;
}

static hg_span id_of(const hg_connection_id *kept)
{
    return hg_span_of(kept->bytes, kept->length);
}

static int is_id(const hg_connection_id *kept, hg_span id)
{
    return hg_span_equal(id_of(kept), id);
}

/* ---- connections --------------------------------------------------------------------------- */

/* As hg_rank_of. Servers drop smaller datagrams with Initials (RFC 9000, 14.1). */
static uint8_t rank_of(const hg_datagram_in *d, int server)
{
    const uint8_t rank = hg_rank_of(d);
    return !server && d->length < HG_QUIC_LEAST_FIRST && rank > HG_SHORT_RANK ? HG_SHORT_RANK : rank;
}

/* The connection of a client's Initial with this destination id, or NULL. */
static hg_connection *find_by_id(hg_connections *c, const hg_datagram_in *d, const hg_quic_packet *packet)
{
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one))
        if (!one->is_dtls && one->client == d->side && one->version == packet->number && is_id(&one->to, packet->to))
            return one;
    return NULL;
}

/* The connection that the client starts again with this Initial after a Retry, or NULL. */
static const hg_connection *find_retried(hg_connections *c, const hg_datagram_in *d, const hg_quic_packet *packet)
{
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one)) {
        const int retried = one->retry.length > 0 && is_id(&one->retry, packet->to);
        if (!one->is_dtls && one->client == d->side &&
            (retried || /* or the Retry was not captured, but the token and the client's id show that there was one */
             (packet->token > 0 && one->from.length > 0 && is_id(&one->from, packet->from))))
            return one;
    }
    return NULL;
}

/* Adds a connection. If the packet follows a Retry, the new connection takes over the number of the first packet, the
 * expected packet numbers and complete hellos from the old one. The old one stays unchanged, since an attacker may have
 * sent the packet. NULL: no memory. */
static hg_connection *add_connection(hg_connections *c, const hg_datagram_in *d, const hg_quic_packet *packet)
{
    hg_connection begun = {.first_packet = d->number, .client = d->side, .version = packet->number};
    const hg_connection *retried = find_retried(c, d, packet);
    if (retried != NULL) {
        begun.first_packet = retried->first_packet;
        for (int server = 0; server < 2; server++) {
            begun.sides[server].numbers.next = retried->sides[server].numbers.next;
            if (retried->sides[server].state == HG_GATHERED)
                begun.sides[server] = retried->sides[server];
            begun.sides[server].pieces = NULL;
        }
    }
    hg_connection *one = hg_connections_add(c, d->flow);
    if (one == NULL)
        return NULL;
    memcpy(one->sides, begun.sides, sizeof one->sides);
    one->first_packet = begun.first_packet;
    one->client = begun.client;
    one->version = begun.version;
    keep_id(&one->to, packet->to);
    keep_id(&one->from, packet->from);
    return one;
}

/* The connection of a packet that decrypts with keys from its own destination id. If there is none yet, it is added.
 * NULL: no memory, or the flow had better datagrams of the client. */
static hg_connection *connection_of(hg_connections *c, const hg_datagram_in *d, const hg_quic_packet *packet)
{
    hg_connection *one = find_by_id(c, d, packet);
    if (one == NULL && hg_connections_have_better(c, d->flow, d->side, 0, rank_of(d, 0)))
        c->counts->anomalies[HG_ANOMALY_WORSE_DATAGRAM]++;
    else if (one == NULL && (one = add_connection(c, d, packet)) == NULL)
        c->counts->streams_evicted++;
    if (one != NULL)
        hg_connections_touch(c, one);
    return one;
}

/* ---- messages ---------------------------------------------------------------------------- */

/* 1 if another connection of the flow had this hello, in datagrams that are no worse. */
static int is_repeated(const hg_connections *c, const hg_connection *mine, uint64_t random)
{
    for (hg_connection *one = hg_connections_latest(c, mine->flow); one != NULL; one = hg_connections_before(c, one))
        if (one != mine && !one->is_dtls && one->client == mine->client && one->sides[0].state == HG_GATHERED &&
            one->sides[0].random == random && !hg_is_better(mine->sides[0].rank, one->sides[0].rank))
            return 1;
    return 0;
}

/* Handles a complete ClientHello; `message` stays valid for the event. */
static hg_message_event end_client(hg_connections *c, hg_connection *one, const uint8_t *message, uint32_t length)
{
    hg_connection_side *side = one->sides;
    side->state = HG_GATHERED;
    side->base = length;
    side->random = length >= RANDOM_AT + RANDOM_BYTES ? hg_be64(message + RANDOM_AT) : 0;
    if (is_repeated(c, one, side->random))
        return (hg_message_event){0};
    return hg_message_event_of(one, HG_TLS_CLIENT_HELLO, message, length);
}

/* Handles a complete ServerHello. After a HelloRetryRequest the server sends another one. */
static hg_message_event end_server(hg_connections *c, hg_connection *one, uint32_t length)
{
    hg_connection_side *side = one->sides + 1;
    const uint8_t *message = side->pieces->bytes + side->base;
    int is_retry = length >= RANDOM_AT + RANDOM_BYTES && hg_is_hello_retry(message + RANDOM_AT);
    uint32_t at = side->base;
    side->base += length;
    side->state = is_retry && at == 0 ? HG_GATHERING : HG_GATHERED;
    message = hg_connections_deliver(c, one, 1) + at;
    return hg_message_event_of(one, HG_TLS_SERVER_HELLO, message, length);
}

static hg_message_event give_up(hg_connections *c, hg_connection *one, int server, uint64_t *reason)
{
    ++*reason;
    hg_connections_stop(c, one, server);
    return (hg_message_event){0};
}

/* Reports the message of a direction if it is complete now. */
static hg_message_event try_to_end(hg_connections *c, hg_connection *one, int server)
{
    hg_connection_side *side = one->sides + server;
    if (side->pieces == NULL)
        return (hg_message_event){0};
    uint32_t there = hg_pieces_from(side->pieces, side->base);
    const uint8_t *bytes = side->pieces->bytes + side->base;
    uint8_t type = server ? HG_TLS_SERVER_HELLO : HG_TLS_CLIENT_HELLO;
    int64_t whole = hg_message_bytes(bytes, there, type);
    if (whole == 0)
        return (hg_message_event){0};
    if (whole < 0)
        return give_up(c, one, server, &c->counts->tls_unreadable);
    if (server)
        return end_server(c, one, (uint32_t)whole);
    return end_client(c, one, hg_connections_deliver(c, one, 0), (uint32_t)whole);
}

/* ---- handshake bytes of a datagram ----------------------------------------------------------- */

/* Counts a second ClientHello, which a HelloRetryRequest asked for: bytes after the end of the first one. */
static void count_later(hg_connections *c, hg_connection *one, const hg_quic_peek *b)
{
    for (uint32_t i = 0; i < b->run_count; i++) {
        hg_byte_run run;
        memcpy(&run, b->out + i * sizeof run, sizeof run);
        if (run.end > one->sides[0].base) {
            c->counts->tls_later_hellos++;
            one->sides[0].base = UINT32_MAX; /* counted only once */
            return;
        }
    }
}

/* Adds the runs, without bytes before the start of the message; 0: the direction was given up. */
static int add_runs(hg_connections *c, hg_connection *one, int server, const hg_quic_peek *b)
{
    const uint8_t *at = b->out + b->run_count * sizeof(hg_byte_run);
    uint32_t base = one->sides[server].base;
    for (uint32_t i = 0; i < b->run_count; i++) {
        hg_byte_run run;
        memcpy(&run, b->out + i * sizeof run, sizeof run);
        uint32_t known = run.first < base ? (run.end < base ? run.end : base) - run.first : 0;
        uint32_t length = run.end - run.first;
        if (length > known && !hg_connections_gather(c, one, server, run.first + known, at + known, length - known))
            return 0;
        at += length;
    }
    return 1;
}

/* 0: better datagrams of the direction came before. If only worse ones did, the direction begins again. */
static int is_taken(hg_connections *c, hg_connection *one, int server, const hg_datagram_in *d)
{
    hg_connection_side *side = one->sides + server;
    const uint8_t rank = rank_of(d, server);
    if (hg_is_better(side->rank, rank)) {
        c->counts->anomalies[HG_ANOMALY_WORSE_DATAGRAM]++;
        return 0;
    }
    if (side->rank != 0 && hg_is_better(rank, side->rank)) {
        hg_connections_drop(c, one, server);
        *side = (hg_connection_side){0};
    }
    side->rank = rank > side->rank ? rank : side->rank;
    return 1;
}

/* Adds the handshake bytes of a decrypted datagram to a direction. */
static hg_message_event gather(hg_connections *c, hg_connection *one, int server, const hg_quic_peek *b)
{
    hg_connection_side *side = one->sides + server;
    if (side->state == HG_GATHERED && !server)
        count_later(c, one, b);
    if (side->state != HG_GATHERING)
        return (hg_message_event){0};
    if (!add_runs(c, one, server, b))
        return (hg_message_event){0};
    hg_message_event event = try_to_end(c, one, server);
    if (event.type != 0 || side->state != HG_GATHERING)
        return event;
    if (b->has_gaps)
        return give_up(c, one, server, &c->counts->streams_with_gap);
    return event;
}

/* ---- datagrams ------------------------------------------------------------------------------- */

/* Decrypts the datagram's Initials with the connection's keys; 0: they do not decrypt. */
static int open_with(hg_quic_worker *worker, const hg_connection *one, int server, const hg_datagram_in *d,
                     const hg_quic_packet *packet, hg_quic_peek *b)
{
    hg_quic_keys keys;
    hg_quic_keys_make(&worker->cipher, packet->version, id_of(&one->to), server, &keys);
    *b = (hg_quic_peek){.numbers = one->sides[server].numbers};
    if (hg_is_better(rank_of(d, server), one->sides[server].rank))
        b->numbers.came = 0; /* the direction begins again */
    return hg_quic_gather(worker, &keys, packet, d->data + d->length, worker->plain, b);
}

static hg_message_event follow_opened(hg_connections *c, hg_quic_worker *worker, const hg_datagram_in *d,
                                      const hg_quic_packet *packet, const hg_quic_peek *peek)
{
    hg_connection *one = connection_of(c, d, packet);
    hg_quic_peek b;
    if (one == NULL || !is_taken(c, one, 0, d))
        return (hg_message_event){0};
    hg_connection_side *side = one->sides;
    if (hg_numbers_merge(&side->numbers, peek->numbers)) { /* otherwise some of the packets came before */
        if (peek->hello != NULL && side->state == HG_GATHERING && side->pieces == NULL)
            return end_client(c, one, peek->hello, peek->hello_length);
        return gather(c, one, 0, peek);
    }
    if (peek->packets < 2 || side->state != HG_GATHERING || !open_with(worker, one, 0, d, packet, &b))
        return (hg_message_event){0};
    side->numbers = b.numbers;
    return gather(c, one, 0, &b);
}

/* Whether the datagram may belong to this connection, so that its keys are tried. */
static int is_tried(const hg_connection *one, const hg_datagram_in *d, const hg_quic_packet *packet)
{
    int server = one->client != d->side;
    const hg_span client_id = server ? packet->to : packet->from; /* it never changes in Initials (RFC 9000, 7.2) */
    const hg_connection_side *side = one->sides + server;
    return !one->is_dtls && (side->state == HG_GATHERING || hg_is_better(rank_of(d, server), side->rank)) &&
           is_id(&one->from, client_id);
}

/* Finds the connection whose keys decrypt the datagram, or NULL, after at most `*tries` failures. With `is_whole` it
 * tries only connections with a complete ClientHello, which the server may answer; otherwise only the others. */
static hg_connection *find_by_keys(hg_connections *c, hg_quic_worker *worker, const hg_datagram_in *d,
                                   const hg_quic_packet *packet, int is_whole, uint32_t *tries, hg_quic_peek *b)
{
    hg_connection *one = hg_connections_latest(c, d->flow);
    for (; one != NULL && *tries > 0; one = hg_connections_before(c, one)) {
        if ((one->sides[0].state == HG_GATHERED) != is_whole || !is_tried(one, d, packet))
            continue;
        if (open_with(worker, one, one->client != d->side, d, packet, b))
            return one;
        --*tries;
    }
    return NULL;
}

/* 1 if a connection of the flow lacks a hello from this side. */
static int lacks_hello(const hg_connections *c, const hg_datagram_in *d)
{
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one))
        if (!one->is_dtls && one->sides[one->client != d->side].state == HG_GATHERING)
            return 1;
    return 0;
}

/* Reads a datagram with the keys of a connection that lacks a hello from this side. */
static hg_message_event follow_closed(hg_connections *c, hg_quic_worker *worker, const hg_datagram_in *d,
                                      const hg_quic_packet *packet)
{
    const uint32_t by_length = LEAST_TRIED + d->length / BYTES_PER_TRY;
    uint32_t tries = by_length < MOST_TRIED ? by_length : MOST_TRIED;
    hg_quic_peek b;
    hg_connection *one = find_by_keys(c, worker, d, packet, 1, &tries, &b);
    if (one == NULL)
        one = find_by_keys(c, worker, d, packet, 0, &tries, &b);
    if (one == NULL) {
        const int is_first = hg_connections_latest(c, d->flow) == NULL;
        c->counts->quic_undecryptable += (uint64_t)(is_first ? hg_quic_may_be_first(packet) : lacks_hello(c, d));
        return (hg_message_event){0};
    }
    hg_connections_touch(c, one);
    const int server = one->client != d->side;
    if (!is_taken(c, one, server, d))
        return (hg_message_event){0};
    one->sides[server].numbers = b.numbers;
    hg_message_event event = gather(c, one, server, &b);
    event.version = packet->number; /* a server may answer in another version (RFC 9368) */
    return event;
}

/* Reads a server's Retry: keeps the id in it, to which the client addresses its next Initial. */
static void follow_retry(hg_connections *c, const hg_datagram_in *d, const hg_quic_packet *packet)
{
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one))
        if (!one->is_dtls && one->client != d->side && is_id(&one->from, packet->to)) {
            keep_id(&one->retry, packet->from);
            return;
        }
}

/* Without a cipher: counts the connection and adds it, so that it is counted only once. */
static void follow_locked(hg_connections *c, const hg_datagram_in *d, const hg_quic_packet *packet)
{
    hg_connection *known = hg_connections_latest(c, d->flow);
    if (known != NULL && !known->is_dtls)
        return;
    hg_connection *one = d->flow != 0 ? connection_of(c, d, packet) : NULL;
    if (one != NULL)
        one->sides[0].state = one->sides[1].state = HG_GATHER_STOPPED;
    c->counts->quic_not_decrypted++;
}

hg_message_event hg_quic_follow(hg_connections *c, hg_quic_worker *worker, const hg_datagram_in *d,
                                const hg_quic_peek *peek)
{
    hg_quic_packet packet;
    int is_initial = peek->kind >= HG_QUIC_OPENED && peek->kind <= HG_QUIC_LOCKED;
    c->counts->quic_google += peek->kind == HG_QUIC_GOOGLES;
    c->counts->quic_other_version += peek->kind == HG_QUIC_OTHER && peek->version != 0;
    if (is_initial && hg_quic_find_initial(d->data, d->length, &packet)) {
        if (peek->kind == HG_QUIC_LOCKED)
            follow_locked(c, d, &packet);
        else if (peek->kind == HG_QUIC_CLOSED)
            return follow_closed(c, worker, d, &packet);
        else if (d->flow != 0)
            return follow_opened(c, worker, d, &packet, peek);
    } else if (peek->kind == HG_QUIC_RETRIED && hg_quic_packet_read(d->data, d->length, &packet)) {
        follow_retry(c, d, &packet);
    }
    return (hg_message_event){0};
}
