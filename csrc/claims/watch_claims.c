/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_claims.c - stations that state the addresses of others. Who uses an address is not among them.
 *
 * A device that gets an address states it before it uses it, so most claims wait a minute. A MAC that claims several
 * addresses in an hour is one event, besides those about gateways and servers: a proxy answers for all.
 */
#include "claims/claims.h"

#include "base/batch.h"
#include "base/memory.h"
#include "hosts/details.h"

#include <stdlib.h>

enum { CLAIMERS = 8 /* of an address, in a minute */, CLAIMED = 1 << 10 /* addresses */ };

#define MINUTE_NS (60 * INT64_C(1000000000))
#define HOUR_NS (60 * MINUTE_NS)

typedef struct claimer {
    uint8_t mac[HG_STATION];
    uint8_t by[HG_STATION]; /* the station that sent the frame */
    uint8_t holder[HG_MAC_LENGTH];
    uint8_t waits, is_reported;
    int64_t time_ns; /* 0: the place is free */
    int64_t unseen_ns;
    uint8_t shared[HG_SHARED_BYTES]; /* of the frame */
} claimer;

/* The claims of an address. */
typedef struct claims {
    uint32_t next_in_chain;
    uint32_t count; /* since the last event */
    int64_t last_ns;
    hg_watched of; /* as in hg_known_item */
    hg_tunnel_id within; /* if `is_within`, as in hg_host_id */
    uint8_t is_within;
    claimer by[CLAIMERS];
} claims;

/* ---- what an address is ------------------------------------------------------------------------------- */

/* Whether clients completed connections to the host. */
static int is_server(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_host_port *port = NULL;
    while (hg_is_proven(host) && (port = hg_next_port(hosts, host, port)) != NULL)
        if (port->role == HG_ROLE_SERVER)
            return 1;
    return 0;
}

const char *hg_watch_role_of(const hg_hosts *hosts, const hg_known_item *one, const hg_host_id *id)
{
    const hg_index index = hg_host_find(hosts, *id);
    const hg_host_entry *host = index == 0 ? NULL : hg_host_at(hosts, index);
    return hg_watch_is_gateway(one)                       ? "gateway"
           : host == NULL                                 ? NULL
           : hg_host_read_extra(hosts, host)->leases != 0 ? "DHCP server"
           : is_server(hosts, host)                       ? "server"
                                                          : NULL;
}

void hg_watch_note_gateway(const hg_hosts *hosts, hg_known_item *one, const hg_tunnel_id *within)
{
    const hg_index index =
        one == NULL ? 0 : hg_host_find(hosts, (hg_host_id){hg_address_of(one->of.key), within, one->of.kind});
    if (index != 0 && hg_host_is_named_gateway(hosts, hg_host_at(hosts, index)))
        hg_watch_mark_gateway(one);
}

int hg_watch_uses(const hg_hosts *hosts, const hg_host_id *id, const uint8_t *station, int64_t time_ns)
{
    const hg_index current = hg_host_find(hosts, *id);
    for (hg_index index = current; index != 0; index = hg_host_earlier(hosts, index)) {
        const uint8_t *own = hg_host_is_hidden(hosts, index) ? NULL : hg_host_sending_station(hosts, index);
        if (own != NULL && memcmp(own, station, HG_STATION) == 0)
            return hg_host_at(hosts, index)->first_ns <= time_ns &&
                   (index == current ||
                    hg_elapsed_ns(hg_host_at(hosts, index)->last_ns, time_ns) <= HG_HOLDER_SILENCE_NS);
    }
    return 0;
}

uint32_t hg_watch_proxied(uint8_t version)
{
    return version == 4 ? 4 : 32;
}

/* ---- claims ---- */

static int is_over(const claimer *one, int64_t time_ns)
{
    return one->time_ns == 0 || (!one->waits && hg_elapsed_ns(one->time_ns, time_ns) >= MINUTE_NS);
}

static hg_host_id id_of(const claims *one)
{
    return (hg_host_id){hg_address_of(one->of.key), one->is_within ? &one->within : NULL, one->of.kind};
}

static uint32_t hash_of_claims(const void *hosts, const void *record)
{
    const hg_watched *address = &((const claims *)record)->of;
    return hg_watch_hash(hosts, address->kind, address->key);
}

/* 0: no memory. */
static int has_room(hg_hosts *hosts)
{
    hg_watch *watch = hosts->watch;
    return watch->claim_chains.heads != NULL ||
           (hg_pool_init(&watch->claims, sizeof(claims), CLAIMED) &&
            hg_chains_init(&watch->claim_chains, &watch->claims, offsetof(claims, next_in_chain), 0, hash_of_claims,
                           hosts));
}

/* The number of an address's claims; 0: no room. */
static uint32_t claims_of(hg_hosts *hosts, const hg_watched *address, const hg_tunnel_id *within, int64_t time_ns)
{
    hg_watch *watch = hosts->watch;
    claims *one;
    if (!has_room(hosts))
        return 0;
    uint32_t number = hg_chains_first(&watch->claim_chains, hg_watch_hash(hosts, address->kind, address->key));
    while ((one = hg_pool_get(&watch->claims, number)) != NULL &&
           (one->of.kind != address->kind || memcmp(one->of.key, address->key, sizeof address->key) != 0))
        number = one->next_in_chain;
    if (one == NULL) {
        number = hg_chains_take(&watch->claim_chains, offsetof(claims, last_ns));
        one = hg_pool_get(&watch->claims, number);
        if (one == NULL)
            return 0;
        *one = (claims){.of = *address, .is_within = within != NULL};
        if (within != NULL)
            one->within = *within;
        hg_chains_enter(&watch->claim_chains, number);
    }
    one->last_ns = time_ns;
    one->count++;
    return number;
}

/* The place for a claim of a MAC; NULL: it had one in the last minute, or so many others had. */
static claimer *place_for(claims *all, const uint8_t *mac, int64_t time_ns)
{
    claimer *found = NULL;
    for (claimer *one = all->by; one < all->by + CLAIMERS; one++) {
        if (memcmp(one->mac, mac, HG_STATION) == 0)
            return is_over(one, time_ns) ? one : NULL;
        if (is_over(one, time_ns) && (found == NULL || one->time_ns < found->time_ns))
            found = one;
    }
    if (found != NULL)
        *found = (claimer){.is_reported = 0};
    return found;
}

int hg_watch_may_report(hg_hosts *hosts, const hg_known_item *one, const char *role, const uint8_t *mac,
                        int64_t time_ns, int64_t unseen_ns, int is_again)
{
    enum { SERVERS = 8 /* of other stations, which are events in an hour */ };
    hg_known_item *by = hg_watch_keep_mac(hosts, mac, time_ns);
    const int is_gateway = hg_watch_is_gateway(one);
    if (by != NULL && !by->is_changed && time_ns <= by->of.since_ns)
        return 0; /* of a capture that was read before */
    const int is_server = !is_gateway && by != NULL && by->servers < SERVERS && role != NULL;
    if (!is_gateway && !is_server) {
        if (unseen_ns >= HG_TURN_NS && hg_is_made_up(hosts, mac))
            return 0; /* phones make up their MACs, and may lease the address of a device that left */
        const int is_proxy = by != NULL && by->taken >= hg_watch_proxied(one->of.kind);
        if (by == NULL || (is_proxy && !is_again && by->of.since_ns != 0 && time_ns - by->of.since_ns < HOUR_NS)) {
            hg_news_leave_out(hosts, &hosts->watch->limits);
            return 0;
        }
    }
    if (by != NULL) {
        by->servers += (uint8_t)is_server;
        by->of.since_ns = time_ns;
        by->is_changed = 1;
    }
    return 1;
}

/* Makes a host for the station that sent a claim, if it has none. */
static void take_claimer(hg_hosts *hosts, const claimer *claim, const hg_tunnel_id *within)
{
    const hg_announcer from = {
        .mac = claim->by, .within = within, .scope = HG_SCOPE_SEGMENT, .must_wait = 1, .time_ns = claim->time_ns};
    const hg_index index = hg_mac_is_station(claim->by) ? hg_device_host(hosts, claim->by, claim->time_ns) : 0;
    if (index != 0 && hg_host_at(hosts, index)->version == 0 && hg_device_note_mac(hosts, index, &from))
        hg_host_touch(hosts, index);
}

/* Reports a claim: the finding is about the station that sent it. */
static void report(hg_hosts *hosts, claims *all, claimer *claim, uint32_t row, const uint8_t *shared)
{
    const hg_host_id id = id_of(all);
    const hg_known_item *one = hg_watch_find(hosts, all->of.kind, all->of.key);
    const char *role = one == NULL ? NULL : hg_watch_role_of(hosts, one, &id);
    claim->waits = 0;
    if (one == NULL ||
        !hg_watch_may_report(hosts, one, role, claim->mac, claim->time_ns, claim->unseen_ns, claim->is_reported))
        return;
    hg_watched of = one->of;
    memcpy(of.before, claim->holder, sizeof of.before);
    const int of_gateway = hg_watch_is_gateway(one);
    hg_known_item *by = hg_watch_keep_mac(hosts, claim->by, claim->time_ns);
    if (by != NULL)
        by->changes |= role == NULL ? HG_CLAIMED_ADDRESS : HG_CLAIMED_SERVER;
    take_claimer(hosts, claim, id.tunnel);
    claim->is_reported = 1;
    if (hg_news_report(hosts, &hosts->watch->limits,
                       &(hg_news){HG_ADDRESS_CLAIMED, row, claim->mac, &of, all->count, of_gateway, claim->unseen_ns,
                                  .time_ns = claim->time_ns, .shared = shared, .role = role, .sender = claim->by}))
        all->count = 0;
}

/* Lets a claim wait. Without room it is reported now: a flood about more addresses than are kept replaces claims, but
 * what waits for them stays for a minute. */
static int wait(hg_hosts *hosts, uint32_t number, uint32_t place, int64_t time_ns)
{
    enum { FIRST_ROOM = 16, MOST_WAITING = CLAIMED * CLAIMERS };
    hg_watch *watch = hosts->watch;
    if (watch->waiting_count >= MOST_WAITING ||
        !hg_make_room(&watch->waiting, &watch->waiting_room, watch->waiting_count + 1, sizeof *watch->waiting,
                      FIRST_ROOM))
        return 0;
    watch->waiting[watch->waiting_count++] = (hg_waiting_claim){time_ns, number, place};
    hg_hosts_await(hosts, hg_later_ns(watch->waiting[0].time_ns, MINUTE_NS));
    return 1;
}

void hg_watch_claim_address(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const hg_watched *address,
                            int64_t unseen_ns, int waits)
{
    const uint32_t number = claims_of(hosts, address, from->within, from->time_ns);
    claims *all = hg_pool_get(&hosts->watch->claims, number);
    claimer *claim = all == NULL ? NULL : place_for(all, from->mac, from->time_ns);
    if (claim == NULL)
        return;
    if (claim->time_ns == 0)
        hg_watch_count_taken(hg_watch_keep_mac(hosts, from->mac, from->time_ns), from->time_ns);
    memcpy(claim->mac, from->mac, sizeof claim->mac);
    memcpy(claim->by, from->mac, sizeof claim->by);
    if (from->sender != NULL)
        memcpy(claim->by, from->sender, HG_MAC_LENGTH);
    memcpy(claim->holder, address->mac, sizeof claim->holder);
    claim->time_ns = from->time_ns;
    claim->unseen_ns = unseen_ns;
    claim->waits = 1;
    hg_copy_shared(&hosts->batch->columns, row, claim->shared);
    if (!waits || !wait(hosts, number, (uint32_t)(claim - all->by), from->time_ns))
        report(hosts, all, claim, row, NULL);
}

void hg_watch_judge_claims(hg_hosts *hosts, int64_t now_ns, uint32_t before)
{
    hg_watch *watch = hosts->watch;
    uint32_t done = 0;
    if (hosts->doubt_count > 0)
        hg_hosts_settle_doubts(hosts, hosts->batch == NULL || before + 1 == hosts->batch->count ? UINT64_MAX
                                                                                                : hosts->clock.number);
    for (; watch != NULL && done < watch->waiting_count; done++) {
        const hg_waiting_claim one = watch->waiting[done];
        const int64_t due_ns = hg_later_ns(one.time_ns, MINUTE_NS);
        if (due_ns > now_ns)
            break;
        claims *all = hg_pool_at(&watch->claims, one.claims);
        claimer *claim = all->by + one.place;
        const hg_host_id id = id_of(all);
        if (!claim->waits || claim->time_ns != one.time_ns)
            continue; /* others replaced it */
        if (hg_watch_uses(hosts, &id, claim->mac, due_ns))
            *claim = (claimer){.is_reported = 0};
        else
            report(hosts, all, claim, before, claim->shared);
    }
    if (watch == NULL || watch->waiting_count == 0)
        return;
    watch->waiting_count -= done;
    if (done > 0)
        memmove(watch->waiting, watch->waiting + done, watch->waiting_count * sizeof *watch->waiting);
    if (watch->waiting_count > 0)
        hg_hosts_await(hosts, hg_later_ns(watch->waiting[0].time_ns, MINUTE_NS));
}
