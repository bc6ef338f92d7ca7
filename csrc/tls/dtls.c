/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dtls.c - reads hellos from DTLS 1.0 to 1.3 connections (RFC 6347, 9147). See datagram.h for the contract.
 *
 *   - All records of epoch 0 in a datagram are read, and all fragments in them. The port does not matter.
 *   - A message is assembled from fragments of one sender with the same message number and length. The first copy of a
 *     byte wins. A fragment that states another length belongs to another message. A message in one fragment is read
 *     alone, because anybody may have forged the fragments before it.
 *   - A second ClientHello, with a cookie or after a HelloRetryRequest, belongs to the same connection: it repeats the
 *     random value or has the next message number. It is counted, but it is not an event. A retransmitted hello is
 *     ignored.
 *   - Hellos in the control channel of OpenVPN (openvpn.h) are read too. All packets of a hello but the last one have
 *     contents of one length, so the packet's number shows where its content belongs.
 *   - Limits per message: HG_MOST_MESSAGE_BYTES and HG_RUNS_LIMIT gaps. Limits per datagram: MOST_FRAGMENTS, and
 *     MOST_BEGUN new messages (a sender sends one hello at a time). Further messages are counted as unreadable.
 */
#include "tls/datagram.h"
#include "tls/openvpn.h"

enum {
    RECORD_HEADER = 13, /* type, version (2), epoch (2), number (6), length (2) */
    EPOCH_AT = 3,
    LENGTH_AT = 11,
    HANDSHAKE = 22,
    FIRST_TYPE = 20, /* lowest type of records with this header */
    LAST_TYPE = 26,
    FRAGMENT_HEADER = 12, /* type, length (3), number (2), offset (3), length of the fragment (3) */
    RANDOM_AT = 2,
    RANDOM_BYTES = 32
};

enum { MOST_FRAGMENTS = 64 /* fragments and records together */, MOST_BEGUN = 4 };

/* A fragment of a handshake message; it lies in the datagram. */
typedef struct fragment {
    const uint8_t *data;
    uint32_t length;
    uint32_t offset;
    uint32_t whole; /* length of the whole message */
    uint16_t sequence;
    uint16_t version; /* version of its record */
    uint8_t type;
    uint32_t number; /* OpenVPN: of the packet that begins the message */
    uint32_t room;   /* OpenVPN: bytes of TLS in that packet */
} fragment;

/* The position in a datagram. */
typedef struct dtls_walk {
    const uint8_t *at; /* next record */
    const uint8_t *end;
    const uint8_t *fragment; /* next fragment in the current record */
    const uint8_t *record_end;
    const uint8_t *openvpn; /* a record of TLS that was not read; or NULL */
    uint16_t version;
    uint16_t begun; /* number of messages that began in this datagram */
    uint32_t steps;
} dtls_walk;

/* ---- reading ----------------------------------------------------------------------------- */

static int is_version(uint16_t version)
{
    const uint16_t before_the_standard = 0x0100; /* used by OpenSSL, and so by AnyConnect */
    return (version >= 0xFEFC && version <= 0xFEFF && version != 0xFEFE) || version == before_the_standard;
}

/* Moves to the next handshake record of epoch 0; 0: none is left, or a record is invalid. */
static int next_record(dtls_walk *w)
{
    while (w->end - w->at >= RECORD_HEADER && w->steps++ < MOST_FRAGMENTS) {
        const uint8_t *record = w->at;
        uint32_t length = hg_be16(record + LENGTH_AT);
        w->version = hg_be16(record + 1);
        if (record[0] < FIRST_TYPE || record[0] > LAST_TYPE || !is_version(w->version) ||
            length > (size_t)(w->end - record - RECORD_HEADER))
            return 0;
        w->at = record + RECORD_HEADER + length;
        if (record[0] != HANDSHAKE || hg_be16(record + EPOCH_AT) != 0)
            continue;
        w->fragment = record + RECORD_HEADER;
        w->record_end = w->at;
        return 1;
    }
    return 0;
}

/* In a record of TLS. */
enum { TLS_VERSION_AT = 1, TLS_LENGTH_AT = 3, TLS_MESSAGE_AT = 5 };
enum { TLS_BODY_AT = TLS_MESSAGE_AT + HG_TLS_MESSAGE_HEADER };

static uint32_t least(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

/* Reads the beginning of a hello in OpenVPN's control channel, or all of it. */
static int read_openvpn(dtls_walk *w, fragment *f)
{
    const uint8_t *record = w->openvpn, *message = record + TLS_MESSAGE_AT;
    const uint32_t room = (uint32_t)(w->end - record);
    *f = (fragment){.data = record + TLS_BODY_AT,
                    .length = least(hg_be24(message + 1), room - TLS_BODY_AT),
                    .whole = hg_be24(message + 1),
                    .version = hg_be16(record + TLS_VERSION_AT),
                    .type = message[0],
                    .number = hg_openvpn_number(record),
                    .room = room};
    w->openvpn = NULL;
    if (hg_be16(record + TLS_LENGTH_AT) < f->whole + HG_TLS_MESSAGE_HEADER)
        f->whole = HG_MOST_MESSAGE_BYTES + 1; /* in several records, so it is counted as unreadable */
    return f->length > 0;
}

/* Reads the next fragment of a hello. If a fragment's lengths exceed its record, the rest of the record is skipped. */
static int next_fragment(dtls_walk *w, fragment *f)
{
    if (w->openvpn != NULL)
        return read_openvpn(w, f);
    while (w->steps++ < MOST_FRAGMENTS) {
        if (w->record_end - w->fragment < FRAGMENT_HEADER) {
            if (!next_record(w))
                return 0;
            continue;
        }
        const uint8_t *p = w->fragment;
        *f = (fragment){.data = p + FRAGMENT_HEADER,
                        .length = hg_be24(p + 9),
                        .offset = hg_be24(p + 6),
                        .whole = hg_be24(p + 1),
                        .sequence = hg_be16(p + 4),
                        .version = w->version,
                        .type = p[0]};
        if (f->length > (size_t)(w->record_end - f->data) || f->offset > f->whole || f->length > f->whole - f->offset) {
            w->fragment = w->record_end;
            continue;
        }
        w->fragment = f->data + f->length;
        if (f->length > 0 && (f->type == HG_TLS_CLIENT_HELLO || f->type == HG_TLS_SERVER_HELLO))
            return 1;
    }
    return 0;
}

static dtls_walk begin(const uint8_t *data, uint32_t length)
{
    const uint32_t record = hg_openvpn_record(data, length);
    return (dtls_walk){.at = data,
                       .end = data + length,
                       .fragment = data,
                       .record_end = data,
                       .openvpn = record != 0 ? data + record : NULL};
}

void hg_dtls_look(const uint8_t *data, uint32_t length, hg_dtls_peek *peek)
{
    dtls_walk w = begin(data, length);
    fragment f;
    *peek = (hg_dtls_peek){.transport = w.openvpn != NULL ? HG_TRANSPORT_OPENVPN : HG_TRANSPORT_DTLS};
    while (next_fragment(&w, &f)) {
        peek->is_handshake = peek->is_hello = 1;
        if (f.type != HG_TLS_CLIENT_HELLO)
            continue;
        peek->begins = 1;
        if (f.length == f.whole && f.whole <= HG_MOST_MESSAGE_BYTES && peek->hello == NULL) {
            peek->hello = f.data;
            peek->hello_length = f.length;
        }
    }
    if (!peek->is_hello && hg_openvpn_piece(data, length, 0) != 0)
        *peek = (hg_dtls_peek){.is_handshake = 1, .transport = HG_TRANSPORT_OPENVPN};
}

/* ---- connections --------------------------------------------------------------------------- */

/* The connection that is assembling this fragment's message, or NULL. */
static hg_connection *find_gathering(const hg_connections *c, const hg_datagram_in *d, const fragment *f)
{
    int server = f->type == HG_TLS_SERVER_HELLO;
    const uint8_t rank = hg_rank_of(d);
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one)) {
        const hg_connection_side *side = one->sides + server;
        if (side->sequence == f->sequence && side->length == f->whole && one->is_dtls &&
            !hg_is_better(side->rank, rank) && !hg_is_better(rank, side->rank) && (one->client != d->side) == server &&
            side->state == HG_GATHERING && side->pieces != NULL)
            return one;
    }
    return NULL;
}

/* The latest connection whose complete hello from this sender has this random value and is no worse, or NULL. */
static hg_connection *find_random(const hg_connections *c, const hg_datagram_in *d, int server, uint64_t random)
{
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one))
        if (one->is_dtls && (one->client != d->side) == server && one->sides[server].state == HG_GATHERED &&
            one->sides[server].random == random && !hg_is_better(hg_rank_of(d), one->sides[server].rank))
            return one;
    return NULL;
}

/* NULL: no memory, or the flow had better datagrams of the sender. */
static hg_connection *add(hg_connections *c, const hg_datagram_in *d, const fragment *f)
{
    if (hg_connections_have_better(c, d->flow, d->side, 1, hg_rank_of(d))) {
        c->counts->anomalies[HG_ANOMALY_WORSE_DATAGRAM]++;
        return NULL;
    }
    hg_connection *one = hg_connections_add(c, d->flow);
    if (one == NULL) {
        c->counts->streams_evicted++;
        return NULL;
    }
    one->is_dtls = 1;
    one->client = f->type == HG_TLS_SERVER_HELLO ? !d->side : d->side;
    one->first_packet = d->number;
    one->version = f->version;
    return one;
}

/* The connection of a server's message: the latest with a complete ClientHello, or a new one if the client's hello was
 * not captured. NULL: as add. */
static hg_connection *connection_of_server(hg_connections *c, const hg_datagram_in *d, const fragment *f)
{
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one))
        if (one->is_dtls && one->client != d->side && one->sides[0].state == HG_GATHERED)
            return one;
    hg_connection *one = add(c, d, f);
    if (one != NULL)
        one->sides[0].state = HG_GATHERED;
    return one;
}

/* ---- messages ---------------------------------------------------------------------------- */

/* The connection in which this ClientHello is a repeated or a second one, or NULL. Such a hello has the first one's
 * random value, or the next message number: before the standard, OpenSSL chose a new random value. */
static hg_connection *find_earlier(const hg_connections *c, const hg_datagram_in *d, const fragment *f, uint64_t random)
{
    hg_connection *same = find_random(c, d, 0, random);
    if (same != NULL || f->sequence == 0)
        return same;
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one))
        if (one->is_dtls && one->client == d->side && one->sides[0].state == HG_GATHERED &&
            one->sides[0].sequence == f->sequence - 1 && !hg_is_better(hg_rank_of(d), one->sides[0].rank))
            return one;
    return NULL;
}

/* The first packet of the connection of a ClientHello. If the server has not answered an earlier hello of the client,
 * either may be the one that it took, so both belong to one connection. */
static uint64_t first_packet_of(const hg_connections *c, const hg_connection *mine)
{
    uint64_t first = mine->first_packet;
    for (hg_connection *one = hg_connections_latest(c, mine->flow); one != NULL; one = hg_connections_before(c, one))
        if (one->is_dtls && one->client == mine->client && one->sides[0].state == HG_GATHERED &&
            one->sides[1].state == HG_GATHERING && one->first_packet < first)
            first = one->first_packet;
    return first;
}

/* Handles a complete ClientHello. `one` is the connection that assembled it; NULL: it came in one fragment. */
static hg_message_event end_client(hg_connections *c, hg_connection *one, const hg_datagram_in *d, const fragment *f,
                                   const uint8_t *body)
{
    uint64_t random = hg_be64(body + RANDOM_AT);
    hg_connection *earlier = find_earlier(c, d, f, random);
    if (earlier != NULL) {
        hg_connection_side *side = earlier->sides;
        c->counts->tls_later_hellos += f->sequence > side->sequence;
        side->sequence = f->sequence > side->sequence ? f->sequence : side->sequence;
        side->random = random;
        if (one != NULL)
            hg_connections_remove(c, one);
        return (hg_message_event){0};
    }
    if (one == NULL && (one = add(c, d, f)) == NULL)
        return (hg_message_event){0};
    one->sides[0].state = HG_GATHERED;
    one->sides[0].random = random;
    one->sides[0].rank = hg_rank_of(d);
    one->sides[0].sequence = f->sequence;
    one->version = f->version;
    one->first_packet = first_packet_of(c, one);
    hg_connections_touch(c, one);
    return hg_message_event_of(one, HG_TLS_CLIENT_HELLO, body, f->whole);
}

/* Handles a complete ServerHello. Only the random value shows whether it is a repetition, because it may belong to a
 * later connection with the same ports. */
static hg_message_event end_server(hg_connections *c, hg_connection *one, const hg_datagram_in *d, const fragment *f,
                                   const uint8_t *body)
{
    uint64_t random = hg_be64(body + RANDOM_AT);
    if (find_random(c, d, 1, random) != NULL || (one == NULL && (one = connection_of_server(c, d, f)) == NULL) ||
        hg_is_better(one->sides[1].rank, hg_rank_of(d)))
        return (hg_message_event){0};
    hg_connections_drop(c, one, 1); /* discards fragments of another message */
    one->sides[1].state = HG_GATHERED;
    one->sides[1].random = random;
    one->sides[1].rank = hg_rank_of(d);
    hg_connections_touch(c, one);
    return hg_message_event_of(one, HG_TLS_SERVER_HELLO, body, f->whole);
}

/* The connection in which to assemble the fragment's message; NULL: no memory, or better fragments came before. */
static hg_connection *begin_gathering(hg_connections *c, const hg_datagram_in *d, const fragment *f)
{
    int server = f->type == HG_TLS_SERVER_HELLO;
    hg_connection *one = server ? connection_of_server(c, d, f) : add(c, d, f);
    if (one == NULL || hg_is_better(one->sides[server].rank, hg_rank_of(d)))
        return NULL;
    hg_connections_drop(c, one, server);
    one->sides[server] = (hg_connection_side){
        .length = f->whole, .sequence = f->sequence, .numbers.next = f->number, .base = f->room, .rank = hg_rank_of(d)};
    return one;
}

/* Adds a fragment to the connection; returns the message's event if it is complete now. */
static hg_message_event gather(hg_connections *c, hg_connection *one, const hg_datagram_in *d, const fragment *f)
{
    int server = f->type == HG_TLS_SERVER_HELLO;
    hg_connections_touch(c, one);
    if (!hg_connections_gather(c, one, server, f->offset, f->data, f->length) ||
        hg_pieces_from(one->sides[server].pieces, 0) < f->whole)
        return (hg_message_event){0};
    const uint8_t *body = hg_connections_deliver(c, one, server);
    return server ? end_server(c, one, d, f, body) : end_client(c, one, d, f, body);
}

static hg_message_event follow_fragment(hg_connections *c, const hg_datagram_in *d, const fragment *f, dtls_walk *w)
{
    const int is_part = f->length < f->whole;
    hg_connection *one = is_part ? find_gathering(c, d, f) : NULL;
    const int begins = is_part && one == NULL;
    if (begins && f->type == HG_TLS_SERVER_HELLO && f->offset == 0 && f->length >= RANDOM_AT + sizeof(uint64_t) &&
        find_random(c, d, 1, hg_be64(f->data + RANDOM_AT)) != NULL)
        return (hg_message_event){0}; /* repeated */
    if (f->whole > HG_MOST_MESSAGE_BYTES || f->whole < RANDOM_AT + RANDOM_BYTES ||
        (begins && w->begun++ >= MOST_BEGUN)) {
        c->counts->tls_unreadable++;
        return (hg_message_event){0};
    }
    if (begins)
        one = begin_gathering(c, d, f);
    if (one != NULL)
        return gather(c, one, d, f);
    if (begins)
        return (hg_message_event){0};
    if (f->type == HG_TLS_SERVER_HELLO)
        return end_server(c, NULL, d, f, f->data);
    return end_client(c, NULL, d, f, f->data);
}

/* Reads a packet of OpenVPN that continues a hello. 0: it does not. */
static int find_piece(const hg_connections *c, const hg_datagram_in *d, fragment *f)
{
    for (hg_connection *one = hg_connections_latest(c, d->flow); one != NULL; one = hg_connections_before(c, one)) {
        const int server = one->client != d->side;
        const hg_connection_side *side = one->sides + server;
        const uint32_t first = (uint32_t)side->numbers.next;
        const uint32_t at = !one->is_dtls || side->pieces == NULL || side->base <= TLS_BODY_AT
                                ? 0
                                : hg_openvpn_piece(d->data, d->length, first);
        if (at == 0)
            continue;
        const uint64_t offset = (uint64_t)(hg_openvpn_number(d->data + at) - first) * side->base - TLS_BODY_AT;
        const uint32_t rest = offset < side->length ? side->length - (uint32_t)offset : 0;
        *f = (fragment){.data = d->data + at,
                        .length = least(rest, d->length - at),
                        .offset = (uint32_t)offset,
                        .whole = side->length,
                        .sequence = side->sequence,
                        .type = server ? HG_TLS_SERVER_HELLO : HG_TLS_CLIENT_HELLO};
        if (rest > 0 && (f->length == rest || f->length == side->base))
            return 1;
    }
    return 0;
}

/* Returns the first event of the datagram only, since a sender sends one hello at a time. */
hg_message_event hg_dtls_follow(hg_connections *c, const hg_datagram_in *d)
{
    dtls_walk w = begin(d->data, d->length);
    fragment f;
    hg_message_event event = {0};
    if (w.openvpn == NULL && d->flow != 0 && find_piece(c, d, &f))
        return follow_fragment(c, d, &f, &w);
    while (d->flow != 0 && event.type == 0 && next_fragment(&w, &f))
        event = follow_fragment(c, d, &f, &w);
    return event;
}
