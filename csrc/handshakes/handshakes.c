/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * handshakes.c - which handshakes were completed, and how many systems share the host.
 */
#include "devices/internet.h"
#include "handshakes/handshakes.h"

#include <stdlib.h>

#include "hosts/details.h"
#include "hosts/fact.h"
#include "hosts/holders.h"

enum { PLACES = 1 << 14 /* a handshake replaces an earlier one in the same place */ };

/* ---- properties of a SYN -------------------------------------------------------------------------------- */

/* Writes to `own`, in order, the options that the system itself chooses; returns their number. Padding and options
 * that programs request (MPTCP, TCP Fast Open, experiments) are left out, since one system connects with and without
 * them. */
static uint32_t own_options(const uint8_t *olayout, uint8_t *own)
{
    uint32_t count = 0;
    const uint32_t all = olayout[HG_OLAYOUT_COUNT] < HG_MAX_OPTIONS ? olayout[HG_OLAYOUT_COUNT] : HG_MAX_OPTIONS;
    for (uint32_t i = 0; i < all; i++)
        if (olayout[i] > 1 && olayout[i] != 30 && olayout[i] != 34 && olayout[i] < 253)
            own[count++] = olayout[i];
    return count;
}

/* Whether the options are Linux's, with or without timestamps. */
static int are_linux_options(const uint8_t *own, uint32_t count)
{
    static const uint8_t with[] = {2, 4, 8, 3}, without[] = {2, 4, 3};
    return (count == sizeof with && memcmp(own, with, sizeof with) == 0) ||
           (count == sizeof without && memcmp(own, without, sizeof without) == 0);
}

/* The properties of a row's SYN that distinguish systems. */
static hg_systems_syn describe(const hg_hosts *hosts, hg_row row, uint32_t name)
{
    const hg_columns *c = row.columns;
    uint8_t own[HG_MAX_OPTIONS];
    const uint32_t count = own_options(c->tcp.olayout[row.at], own);
    const uint8_t ittl = c->tcp.ittl[row.at];
    uint64_t options = count, family = ittl;
    for (uint32_t i = 0; i < count; i++) {
        options = hg_hash_mix(options, own[i]);
        if (own[i] != 3 || ittl != 128) /* Windows' third attempt has no scale */
            family = hg_hash_mix(family, own[i]);
    }
    const hg_address other = hg_address_of(c->dst_ip[row.index]);
    return (hg_systems_syn){
        .time_ns = c->time_ns[row.index],
        .options = options,
        .family = family,
        .other = hg_hash_mix(hg_hash_address(hosts->hash_key, other, c->ip_version[row.index]), c->dst_port[row.index]),
        .name = name,
        .port = c->src_port[row.index],
        .is_linux = (uint8_t)(ittl == 64 && are_linux_options(own, count)),
    };
}

hg_hops hg_handshake_hops(const hg_hosts *hosts, hg_row row)
{
    const hg_tcp_columns *c = &row.columns->tcp;
    const int16_t count = c->distance[row.at];
    const int is_reliable = !c->fuzzy[row.at] && hg_is_reliable(hosts->database, c->signature[row.at]);
    return (hg_hops){count, (uint8_t)(is_reliable && count >= 0 && count <= UINT8_MAX)};
}

/* A reliable distance is constant on one route, so distances HG_FAR_HOPS apart are a finding. */
void hg_handshake_note_hops(hg_hosts *hosts, hg_index index, uint32_t row, hg_hops hops)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    host->flags |= HG_HOST_DISTANCE;
    host->distance = hops.count;
    if (!hops.is_reliable)
        return;
    host->near = hops.count < host->near ? (uint8_t)hops.count : host->near;
    host->far = hops.count > host->far ? (uint8_t)hops.count : host->far;
    if (host->near <= host->far && host->far - host->near >= HG_FAR_HOPS && !hg_is_loopback(host))
        hg_host_add_findings(hosts, index, row, UINT64_C(1) << HG_FINDING_HOPS);
}

/* ---- open handshakes --------------------------------------------------------------------------------------- */

static uint64_t key_of(uint64_t flow, uint8_t source)
{
    return (flow << 1 | (source == HG_SOURCE_SYN_ACK)) + 1; /* 0 is an empty place */
}

static hg_open_handshake *place_of(const hg_hosts *hosts, uint64_t key)
{
    return hosts->open_handshakes + (key & (PLACES - 1)); /* not hashed: neighbouring packets share cache lines */
}

uint64_t hg_handshake_flow(const hg_open_handshake *syn)
{
    return (syn->key - 1) >> 1;
}

uint32_t hg_host_hash(const hg_hosts *hosts, hg_index index)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    return hg_hash_fold(hg_hash_address(hosts->hash_key, host->address, host->version));
}

hg_syn_traits hg_host_traits(const hg_hosts *hosts, hg_row row)
{
    const hg_columns *c = row.columns;
    uint32_t ns;
    const uint8_t *olayout = c->tcp.olayout[row.at];
    const int64_t seconds = hg_floor_seconds(c->time_ns[row.index], &ns);
    return (hg_syn_traits){
        .layout = hg_hash_fold(hg_hash_span(olayout[HG_MAX_OPTIONS], hg_span_of(olayout, HG_MAX_OPTIONS))),
        .time_s = (uint32_t)seconds,
        .time_ms = (uint16_t)(ns / 1000000),
        .ts1 = c->tcp.ts1[row.at],
        .signature = c->tcp.signature[row.at],
        .quirks = c->tcp.quirks[row.at] & ((1U << 17) - 1),
        .fuzzy = c->tcp.fuzzy[row.at] != 0,
        .database = hosts->database_number & ((1U << 14) - 1),
        .mss = c->tcp.mss[row.at],
        .port = c->src_port[row.index],
        .ttl = c->tcp.ttl[row.at],
    };
}

/* The facts that the handshake's own row shows; rows of its MTU and clock add theirs later. */
static hg_handshake_facts facts_of(const hg_hosts *hosts, hg_row row)
{
    const hg_columns *c = row.columns;
    const int is_syn = c->event[row.index] == HG_EVENT_SYN;
    return (hg_handshake_facts){.traits = hg_host_traits(hosts, row),
                                .distance = c->tcp.distance[row.at],
                                .port = (is_syn ? c->dst_port : c->src_port)[row.index]};
}

hg_open_handshake *hg_handshake_open(const hg_hosts *hosts, hg_row row)
{
    const hg_columns *c = row.columns;
    const uint8_t source = c->from_server[row.index] ? HG_SOURCE_SYN_ACK : HG_SOURCE_SYN;
    const uint64_t key = key_of(c->flow[row.index], source);
    hg_open_handshake *place = hosts->open_handshakes == NULL ? NULL : place_of(hosts, key);
    return place != NULL && place->key == key ? place : NULL;
}

/* A station that repeats a SYN of another one is a bridge or repeater beside the mirror port. */
static void join_repeater(hg_hosts *hosts, hg_index index, const hg_open_handshake *first)
{
    const hg_host_entry *host = hg_host_at(hosts, index), *sender = hg_host_at(hosts, first->host);
    if (index != first->host && host->has_others && sender->has_others && host->version == sender->version &&
        hg_same_address(host->address, sender->address) && !hg_host_is_hidden(hosts, first->host))
        hg_host_join_card(hosts, index, first->host);
}

/* Remembers a handshake. A repeated SYN does not replace the entry of its connection. The first SYN, whose packet
 * number is the flow's, does: an entry with its key comes from an earlier capture. */
static void remember(hg_hosts *hosts, hg_index index, hg_row row, uint8_t source, const hg_systems_syn *syn,
                     uint32_t name, int counts, int shows_system)
{
    if (hosts->open_handshakes == NULL)
        hosts->open_handshakes = calloc(PLACES, sizeof *hosts->open_handshakes);
    if (hosts->open_handshakes == NULL)
        return;
    const hg_columns *c = row.columns;
    const uint64_t key = key_of(c->flow[row.index], source);
    hg_open_handshake *place = place_of(hosts, key);
    if (place->key == key && source == HG_SOURCE_SYN && c->packet_number[row.index] != c->flow[row.index]) {
        join_repeater(hosts, index, place);
        return;
    }
    *place = (hg_open_handshake){.key = key,
                                 .syn = *syn,
                                 .host = index,
                                 .host_hash = hg_host_hash(hosts, index),
                                 .name = name,
                                 .source = source,
                                 .counts = (uint8_t)counts,
                                 .shows_system = (uint8_t)shows_system,
                                 .server = source == HG_SOURCE_SYN ? hg_internal_server(row) : 0,
                                 .other = hg_address_of(c->dst_ip[row.index]),
                                 .receiver = c->receiver[row.index],
                                 .time_ns = c->time_ns[row.index],
                                 .hops = hg_handshake_hops(hosts, row),
                                 .facts = facts_of(hosts, row)};
}

static hg_systems *take_systems(hg_hosts *hosts, hg_host_entry *host)
{
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    return extra == NULL ? NULL : hg_pool_get_or_take(&hosts->systems, &extra->systems);
}

static void count(hg_hosts *hosts, hg_index index, uint32_t row, hg_systems *systems, const hg_systems_syn *syn)
{
    hg_systems_take(systems, syn);
    if (systems->last_sharing_s != 0)
        hg_host_add_findings(hosts, index, row, UINT64_C(1) << HG_FINDING_SEVERAL_SYSTEMS);
}

/* Systems are counted only from the host's second SYN on: most hosts never send a second one. */
int hg_handshake_take(hg_hosts *hosts, hg_index index, hg_row row, uint32_t name, int is_retry, int shows_system)
{
    const int is_answer = row.columns->event[row.index] == HG_EVENT_SYN_ACK;
    if (is_answer || !shows_system) {
        remember(hosts, index, row, is_answer ? HG_SOURCE_SYN_ACK : HG_SOURCE_SYN, &(hg_systems_syn){0}, name, 0,
                 shows_system);
        return 0;
    }
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_systems *systems = host->syns < 2 ? NULL : take_systems(hosts, host);
    const hg_systems_syn syn = describe(hosts, row, name);
    const hg_systems_try try = systems == NULL ? HG_NOT_TRIED : hg_systems_note_try(systems, &syn);
    const int counts = try == HG_NOT_TRIED && !is_retry;
    hosts->untracked += host->syns >= 2 && systems == NULL; /* there was no room */
    remember(hosts, index, row, HG_SOURCE_SYN, &syn, name, counts, try != HG_TRIED_OTHERWISE);
    if (counts && systems != NULL && !hg_is_proven(host))
        count(hosts, index, row.index, systems, &syn);
    return try == HG_TRIED_OTHERWISE;
}

/* ---- completed handshakes ---------------------------------------------------------------------------------- */

/* Marks the host as proven, and forgets what forged packets may have shown so far. */
static void mark_proven(hg_hosts *hosts, hg_host_entry *host)
{
    hg_systems *systems = hg_pool_get(&hosts->systems, hg_host_read_extra(hosts, host)->systems);
    host->flags |= HG_HOST_PROVEN;
    host->findings &= ~(uint32_t)HG_FORGEABLE_BITS;
    host->lowest_port = UINT16_MAX;
    host->near = UINT8_MAX;
    host->far = 0;
    hg_host_forget_ports(hosts, host);
    hg_hosts_tell(&(hg_host_event){.hosts = hosts, .event = HG_ON_PROVEN, .host = host});
    if (systems != NULL)
        hg_systems_begin_again(systems);
}

/* Raises the scope of the name of a completed handshake; a name that was replaced meanwhile is noted again. */
static void prove_name(hg_hosts *hosts, const hg_open_handshake *open, uint32_t row, int64_t time_ns)
{
    hg_host_entry *host = hg_host_at(hosts, open->host);
    hg_sighting *known = hg_host_sighting(hosts, host, open->source, open->name);
    if (known != NULL)
        known->scope = HG_SCOPE_HANDSHAKE;
    else
        (void)hg_host_note_name(hosts, host, open->source, open->name, HG_SCOPE_HANDSHAKE, time_ns);
    if (hg_host_has_contradicting_name(hosts, host, open->name))
        hg_host_add_findings(hosts, open->host, row, UINT64_C(1) << HG_FINDING_CONTRADICTING_SYSTEMS);
}

static void take_facts(hg_hosts *hosts, const hg_open_handshake *handshake, uint32_t row, int64_t time_ns)
{
    hg_host_entry *host = hg_host_at(hosts, handshake->host);
    const uint8_t role = handshake->source == HG_SOURCE_SYN ? HG_ROLE_CLIENT : HG_ROLE_SERVER;
    (void)hg_host_note_port(hosts, host, role, handshake->facts.port, time_ns);
    if (handshake->facts.mtu != 0)
        hg_host_note_link(host, role, handshake->facts.mtu, handshake->facts.link);
    hg_hosts_tell(&(hg_host_event){.hosts = hosts, .event = HG_ON_HANDSHAKE, .handshake = handshake, .at = row});
}

/* Takes a completed handshake, whose facts count from now on. The first one makes the host proven. */
static void prove(hg_hosts *hosts, hg_open_handshake *handshake, uint32_t row, int64_t time_ns)
{
    hg_host_entry *host = hg_host_at(hosts, handshake->host);
    const int is_first = !hg_is_proven(host);
    handshake->syn.time_ns = time_ns;
    if (is_first)
        mark_proven(hosts, host);
    hg_handshake_note_hops(hosts, handshake->host, row, handshake->hops);
    if (handshake->source == HG_SOURCE_SYN && handshake->syn.port < host->lowest_port)
        host->lowest_port = handshake->syn.port;
    if (handshake->name != 0)
        prove_name(hosts, handshake, row, time_ns);
    take_facts(hosts, handshake, row, time_ns);
    hg_systems *systems = is_first || !handshake->counts ? NULL : take_systems(hosts, host);
    if (systems != NULL)
        count(hosts, handshake->host, row, systems, &handshake->syn);
}

/* The station that received the SYN or SYN+ACK of a connection's other end; 0: not known. */
static uint64_t receiver_of(const hg_hosts *hosts, uint64_t flow, uint8_t source)
{
    const uint64_t key = key_of(flow, source);
    const hg_open_handshake *place = hosts->open_handshakes == NULL ? NULL : place_of(hosts, key);
    return place == NULL || place->key != key ? 0 : place->receiver;
}

/* Removes a handshake from the table. 0: it is not there, or its host was replaced. */
static int take_out(hg_hosts *hosts, uint64_t flow, uint8_t source, hg_open_handshake *out)
{
    const uint64_t key = key_of(flow, source);
    hg_open_handshake *place = hosts->open_handshakes == NULL ? NULL : place_of(hosts, key);
    if (place == NULL || place->key != key)
        return 0;
    *out = *place;
    place->key = 0;
    return hg_host_hash(hosts, out->host) == out->host_hash;
}

static void give_connection(hg_hosts *hosts, const hg_open_handshake *answer)
{
    hg_hosts_tell(&(hg_host_event){.hosts = hosts, .event = HG_ON_CONNECTED, .handshake = answer});
}

void hg_handshake_prove(hg_hosts *hosts, hg_index index, hg_row row)
{
    const hg_columns *c = row.columns;
    hg_open_handshake of;
    const uint8_t source = c->from_server[row.index] ? HG_SOURCE_SYN_ACK : HG_SOURCE_SYN;
    if (!take_out(hosts, c->flow[row.index], source, &of) || of.host != index)
        return;
    if (of.shows_system)
        prove(hosts, &of, row.index, c->time_ns[row.index]);
    (void)hg_host_that_received(hosts, index, NULL);
    if (source == HG_SOURCE_SYN_ACK)
        give_connection(hosts, &of);
}

void hg_handshake_complete(hg_hosts *hosts, const hg_completion *completion, uint32_t row)
{
    hg_open_handshake of;
    const uint64_t receivers[] = {receiver_of(hosts, completion->flow, HG_SOURCE_SYN_ACK),
                                  receiver_of(hosts, completion->flow, HG_SOURCE_SYN)};
    for (int is_answer = (completion->marks & HG_COMPLETES_ANSWER) != 0; is_answer < 2; is_answer++) {
        if (!take_out(hosts, completion->flow, is_answer ? HG_SOURCE_SYN_ACK : HG_SOURCE_SYN, &of))
            continue;
        of.host = hg_host_that_received(hosts, of.host,
                                        receivers[is_answer] == 0 ? NULL : (const uint8_t *)(receivers + is_answer));
        if (of.shows_system && !(is_answer && (completion->marks & HG_DISPUTED_ANSWER) != 0))
            prove(hosts, &of, row, completion->time_ns);
        hg_host_touch(hosts, of.host);
        if (is_answer)
            give_connection(hosts, &of);
    }
}

/* ---- the fact -------------------------------------------------------------------------------------- */

static void complete(hg_hosts *hosts, const hg_completion *completion, uint32_t at)
{
    hg_open_handshake refused;
    if ((completion->marks & (HG_COMPLETES | HG_COMPLETES_ANSWER)) != 0)
        hg_handshake_complete(hosts, completion, at);
    else if ((completion->marks & HG_REFUSES) != 0 && take_out(hosts, completion->flow, HG_SOURCE_SYN, &refused) &&
             !hg_is_proven(hg_host_at(hosts, refused.host)))
        hg_host_forget_port(hosts, hg_host_at(hosts, refused.host), HG_ROLE_CLIENT, refused.facts.port);
}

static void on(hg_host_event *event)
{
    if (event->event == HG_ON_COMPLETED)
        complete(event->hosts, event->completion, event->at);
    else if (event->batch->columns.scope[event->of.index] == HG_SCOPE_HANDSHAKE)
        hg_handshake_prove(event->hosts, event->index, event->of);
}

const hg_fact hg_fact_handshakes = {
    .events = HG_ROW_EVENTS | UINT64_C(1) << HG_ON_COMPLETED,
    .pools = HG_FACT_POOLS(
        HG_HELD_POOL(systems, hg_systems, HG_AS_WATCHED, HG_ONE_RECORD, offsetof(hg_host_extra, systems))),
    .memory = offsetof(hg_hosts, open_handshakes),
    .on = on,
};
