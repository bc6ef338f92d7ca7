/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch.c - finds news about the devices of the captured segment (devices.h).
 */
#include <stdlib.h>

#include "answers/browsers.h"
#include "base/error.h"
#include "facts/watch.h"

enum {
    MOST = 1 << 18, /* items */
    FLIPS = 3,      /* so many changes between two MACs are an address conflict */
    FOLLOWED = 64,  /* addresses per MAC */
    SERVERS = 8     /* whose takeover by one MAC is news each, in an hour */
};

#define SECOND_NS INT64_C(1000000000)
#define FLIP_NS (600 * SECOND_NS)
#define HOUR_NS (3600 * SECOND_NS)
#define ENDS_NS (5 * SECOND_NS) /* how long a router that withdrew itself may go on sending */
#define TRIES_NS (10 * SECOND_NS) /* how long a device may probe an address before it uses it */

/* ---- items -------------------------------------------------------------------------------- */

static hg_known_item *item_at(const hg_watch *watch, uint32_t number)
{
    return hg_pool_get(&watch->items, number);
}

static uint32_t hash_of(const hg_hosts *hosts, uint8_t kind, const uint8_t *key)
{
    uint64_t words[2];
    uint16_t segment;
    memcpy(words, key, sizeof words);
    memcpy(&segment, key + HG_WATCHED_SEGMENT_AT, sizeof segment);
    return hg_hash_fold(hg_hash_mix(hg_hash_mix(hosts->hash_key ^ kind ^ (uint64_t)segment << 8, words[0]), words[1]));
}

static uint32_t hash_of_item(const void *hosts, const void *item)
{
    const hg_watched *watched = &((const hg_known_item *)item)->of;
    return hash_of(hosts, watched->kind, watched->key);
}

hg_known_item *hg_watch_find(const hg_hosts *hosts, uint8_t kind, const uint8_t *key)
{
    hg_known_item *one = hg_chains_next(&hosts->watch->chains, hash_of(hosts, kind, key), NULL);
    while (one != NULL && (one->of.kind != kind || memcmp(one->of.key, key, HG_WATCHED_SEGMENT_AT) != 0 ||
                           memcmp(one->of.key + HG_WATCHED_SEGMENT_AT, key + HG_WATCHED_SEGMENT_AT,
                                  HG_WATCHED_KEY - HG_WATCHED_SEGMENT_AT) != 0))
        one = hg_chains_next(&hosts->watch->chains, 0, one);
    if (one != NULL && hosts->clock.wrong_ns != 0)
        one->is_changed |= hg_clock_correct(&hosts->clock, &one->of.last_ns) |
                           hg_clock_correct(&hosts->clock, &one->of.since_ns) |
                           hg_clock_correct(&hosts->clock, &one->taken_ns);
    return one;
}

hg_known_item *hg_watch_add(hg_hosts *hosts, const hg_watched *watched)
{
    const uint32_t number = hg_chains_take(&hosts->watch->chains, offsetof(hg_known_item, of.last_ns));
    hg_known_item *made = item_at(hosts->watch, number);
    if (made == NULL)
        return NULL;
    *made = (hg_known_item){.is_changed = 1, .of = *watched};
    hg_chains_enter(&hosts->watch->chains, number);
    return made;
}

void hg_watch_note_time(hg_known_item *one, int64_t time_ns)
{
    if (time_ns <= one->of.last_ns)
        return;
    if (time_ns / HOUR_NS != one->of.last_ns / HOUR_NS)
        one->is_changed = 1;
    one->of.last_ns = time_ns;
}

/* 0: no memory. */
static int init(hg_hosts *hosts, const hg_watch_config *config)
{
    hg_watch *watch = hosts->watch = calloc(1, sizeof *watch);
    if (watch == NULL)
        return 0;
    watch->config = *config;
    return hg_pool_init(&watch->items, sizeof(hg_known_item), MOST) &&
           hg_chains_init(&watch->chains, &watch->items, offsetof(hg_known_item, next_in_chain), 0, hash_of_item,
                          hosts);
}

static void free_watch(hg_hosts *hosts)
{
    if (hosts->watch == NULL)
        return;
    hg_pool_clear(&hosts->watch->items);
    free(hosts->watch->chains.heads);
    free(hosts->watch);
    hosts->watch = NULL;
}

int hg_watches(hg_hosts *hosts)
{
    if (hosts->watch == NULL && !hosts->options.only_changes && !init(hosts, &(hg_watch_config){0}))
        free_watch(hosts);
    return hosts->watch != NULL;
}

hg_status hg_hosts_watch(hg_hosts *hosts, const hg_watch_config *config, hg_error *error)
{
    if (hosts->watch != NULL || hosts->options.only_changes)
        return hg_fail(error, HG_E_ARGUMENT, "news about devices needs a full inventory, and only one request");
    if (!init(hosts, config)) {
        free_watch(hosts);
        return hg_fail(error, HG_E_MEMORY, "no memory for news about devices");
    }
    hosts->watch->limits.are_wanted = 1;
    return HG_OK;
}

void hg_hosts_know(hg_hosts *hosts, const hg_watched *watched)
{
    pthread_mutex_lock(&hosts->lock);
    const int is_new = hg_watches(hosts) && hg_watch_find(hosts, watched->kind, watched->key) == NULL;
    hg_known_item *one = is_new ? hg_watch_add(hosts, watched) : NULL;
    if (one != NULL)
        one->is_changed = 0;
    pthread_mutex_unlock(&hosts->lock);
}

uint32_t hg_hosts_watched(hg_hosts *hosts, uint32_t place, hg_watched *out)
{
    pthread_mutex_lock(&hosts->lock);
    const hg_watch *watch = hosts->watch;
    while (watch != NULL && place < watch->items.used && !item_at(watch, place + 1)->is_changed)
        place++;
    const int is_found = watch != NULL && place < watch->items.used;
    if (is_found) {
        item_at(watch, place + 1)->is_changed = 0;
        *out = item_at(watch, place + 1)->of;
    }
    pthread_mutex_unlock(&hosts->lock);
    return is_found ? place + 1 : 0;
}

uint16_t hg_watched_segment(uint32_t interface, uint16_t tag)
{
    const hg_tunnel_id id = hg_segment_id((uint64_t)interface << 24 | tag);
    return hg_segment_number(&id);
}

/* News before the clock was set back limit none after it. */
static void follow_clock(hg_hosts *hosts)
{
    hg_watch *watch = hosts->watch;
    if (watch->turns != hosts->clock.turns)
        memset(watch->limits.spent_ns, 0, sizeof watch->limits.spent_ns);
    watch->turns = hosts->clock.turns;
}

/* Whether the time of a packet, at `row` or after it, is far ahead of the next rows. */
static int is_stray(const hg_hosts *hosts, uint32_t row, int64_t time_ns)
{
    const hg_batch *batch = hosts->batch;
    do
        row++;
    while (row < batch->count && batch->columns.time_ns[row] == time_ns);
    return row < batch->count && hg_elapsed_ns(batch->columns.time_ns[row], time_ns) > HG_CLOCK_BEHIND_NS;
}

/* ---- MACs ----------------------------------------------------------------------------------------- */

hg_watched hg_watched_mac(const uint8_t *mac, int64_t time_ns)
{
    hg_watched of = {.kind = HG_WATCHED_MAC, .last_ns = time_ns};
    memcpy(of.key, mac, HG_MAC_LENGTH);
    memcpy(of.key + HG_WATCHED_SEGMENT_AT, mac + HG_MAC_LENGTH, HG_STATION - HG_MAC_LENGTH);
    return of;
}

hg_known_item *hg_watch_keep_mac(hg_hosts *hosts, const uint8_t *mac, int64_t time_ns)
{
    const hg_watched made = hg_watched_mac(mac, time_ns);
    hg_known_item *one = hg_watch_find(hosts, HG_WATCHED_MAC, made.key);
    return one != NULL ? one : hg_watch_add(hosts, &made);
}

hg_known_item *hg_watch_take_mac(hg_hosts *hosts, uint32_t row, const uint8_t *mac, int64_t time_ns,
                                 const hg_watched *address, int tries, const uint8_t *shared)
{
    const hg_watched made = hg_watched_mac(mac, time_ns);
    hg_known_item *one = hg_watch_find(hosts, HG_WATCHED_MAC, made.key);
    int is_new = one == NULL;
    if (is_new && hg_news_are_allowed(hosts, &hosts->watch->limits, HG_DEVICE_NEW, time_ns))
        one = hg_watch_add(hosts, &made);
    if (one == NULL)
        return NULL;
    const int64_t before_ns = one->of.last_ns;
    is_new = is_new || one->waits;
    one->waits = is_new && tries && time_ns - before_ns < TRIES_NS;
    if (one->waits) {
        one->is_changed = 0;
        return one;
    }
    one->is_changed |= (uint16_t)is_new;
    const int was_absent = !is_new && time_ns - before_ns > hosts->watch->config.absent_ns;
    if (was_absent && is_stray(hosts, row, time_ns))
        return one;
    hg_watch_note_time(one, time_ns);
    if (hg_is_made_up(hosts, mac))
        return one;
    if (!is_new && (!was_absent || before_ns < hosts->clock.jump_ns))
        return one;
    const hg_news found = {is_new ? HG_DEVICE_NEW : HG_DEVICE_BACK,
                           row,
                           mac,
                           address,
                           .unseen_ns = is_new ? 0 : time_ns - before_ns,
                           .time_ns = time_ns,
                           .shared = shared};
    (void)hg_news_report(hosts, &hosts->watch->limits, &found);
    return one;
}

/* ---- addresses ------------------------------------------------------------------------------------ */

/* So many addresses has a gateway that answers for others. */
static uint32_t proxied(uint8_t version)
{
    return version == 4 ? 4 : 32;
}

/* Whether a MAC answers for others: it took many addresses in the last hour. Addresses that nobody else had do not
 * count: anybody can state those for any MAC. */
static int answers_for_others(const hg_hosts *hosts, const uint8_t *mac, uint8_t version, int64_t time_ns)
{
    const hg_known_item *one = hg_watch_mac(hosts, mac);
    return one != NULL && one->taken >= proxied(version) && time_ns - one->taken_ns <= HOUR_NS;
}

/* The host with an address; 0: none. */
static hg_index host_with(const hg_hosts *hosts, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    return hg_host_find(hosts, (hg_host_id){hg_address_of(address), from->within, version});
}

/* Whether the address is a gateway's: a lease names it, or its own MAC advertised it as a router. */
static int is_gateway(const hg_hosts *hosts, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    const hg_index index = host_with(hosts, from, address, version);
    return index != 0 && hg_host_is_named_gateway(hosts, hg_host_at(hosts, index));
}

/* Whether clients completed connections to the address. */
static int is_server(const hg_hosts *hosts, const hg_announcer *from, const hg_known_item *one)
{
    const hg_index index = host_with(hosts, from, one->of.key, one->of.kind);
    const hg_host_port *port = NULL;
    if (index == 0 || !hg_is_proven(hg_host_at(hosts, index)))
        return 0;
    while ((port = hg_next_port(hosts, hg_host_at(hosts, index), port)) != NULL)
        if (port->role == HG_ROLE_SERVER)
            return 1;
    return 0;
}

static void note_gateway(const hg_hosts *hosts, hg_known_item *one, const hg_announcer *from)
{
    if (one != NULL && is_gateway(hosts, from, one->of.key, one->of.kind))
        hg_watch_mark_gateway(one);
}

/* Whether the address is followed even if its MAC has too many: any station can state more addresses for the MAC. The
 * number of addresses that last (hg_binding_lasts) is limited for each MAC. */
static int must_follow(const hg_hosts *hosts, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    const hg_index index = host_with(hosts, from, address, version);
    return hg_binding_lasts(hosts, from->mac, hg_address_of(address), version) ||
           (index != 0 && (hg_is_proven(hg_host_at(hosts, index)) || is_gateway(hosts, from, address, version)));
}

/* Whether the MAC of an address sent packets from it that no router forwarded, as a proxy does. */
static int sends_itself(const hg_hosts *hosts, const hg_known_item *one, const hg_announcer *from)
{
    const hg_index index = host_with(hosts, from, one->of.key, one->of.kind);
    const int is_known = index != 0 && index <= hosts->senders.used;
    const hg_host_sender *sender = is_known ? hg_pool_at(&hosts->senders, index) : NULL;
    const hg_frame_mac *frames = sender == NULL ? NULL : hg_pool_get(&hosts->frame_macs, sender->mac);
    return frames != NULL && sender->nearness >= HG_NEAR_BY_TTL && memcmp(frames->mac, one->of.mac, HG_MAC_LENGTH) == 0;
}

/* Whether `before` only answered for the address. It answers for others; or it may be a proxy, as it asks, too, and the
 * new MAC has no other address. Else the MAC takes the address: anybody can state addresses to make a MAC look so. */
static int was_proxied(const hg_hosts *hosts, const hg_known_item *one, const hg_announcer *from, const uint8_t *before)
{
    const hg_known_item *proxy = hg_watch_mac(hosts, before);
    return answers_for_others(hosts, before, one->of.kind, from->time_ns) ||
           (one->is_weak && proxy != NULL && proxy->asks &&
            !hg_mac_has_many(hosts, from->mac, one->of.kind, from->time_ns, 2) && !sends_itself(hosts, one, from));
}

/* Takes another turn of two MACs with an address. Returns HG_ADDRESS_CONFLICT once, if they `fight`. */
static hg_device_change take_turn(hg_watched *watched, int fight)
{
    if (watched->moves < FLIPS || !fight || (watched->roles >> HG_ADDRESS_CONFLICT & 1) != 0)
        return HG_DEVICE_CHANGES;
    watched->roles |= 1U << HG_ADDRESS_CONFLICT;
    return HG_ADDRESS_CONFLICT;
}

/* Notes the new MAC of an address, and returns the change to report; HG_DEVICE_CHANGES: none. `unseen_ns`: since the
 * MAC before was seen with it. Phones make up their MACs, and may lease the address of a device that left. */
static hg_device_change change_holder(hg_hosts *hosts, hg_known_item *one, const hg_announcer *from, int64_t unseen_ns)
{
    const uint8_t *mac = from->mac;
    const int64_t time_ns = from->time_ns;
    hg_watched *watched = &one->of;
    uint8_t before[HG_STATION];
    hg_put_station(before, watched->mac, hg_segment_number(from->within));
    const int is_virtual = hg_mac_virtual(mac) != NULL || hg_mac_virtual(watched->mac) != NULL;
    const int matters = hg_watch_is_gateway(one), is_recent = time_ns - watched->since_ns < FLIP_NS;
    const int was_shared = was_proxied(hosts, one, from, before);
    const int is_flip = watched->moves > 0 && memcmp(watched->before, mac, HG_MAC_LENGTH) == 0 && is_recent;
    watched->moves = is_flip ? watched->moves + 1 : 1;
    watched->since_ns = time_ns;
    watched->roles &= is_flip ? UINT8_MAX : HG_WATCHED_GATEWAY;
    memcpy(watched->before, watched->mac, HG_MAC_LENGTH);
    memcpy(watched->mac, mac, HG_MAC_LENGTH);
    one->is_changed = 1;
    one->is_weak = 0;
    hg_known_item *by = hg_watch_keep_mac(hosts, mac, time_ns);
    if (watched->moves <= 2)
        hg_watch_count_taken(by, time_ns);
    if (is_flip)
        return take_turn(
            watched, matters || !(is_virtual || was_shared || answers_for_others(hosts, mac, watched->kind, time_ns)));
    const int is_of_server =
        !matters && !was_shared && by != NULL && by->servers < SERVERS && is_server(hosts, from, one);
    const int counts = matters || is_of_server;
    if (!counts && unseen_ns >= FLIP_NS && hg_is_made_up(hosts, mac))
        return HG_DEVICE_CHANGES;
    if (!counts && (by == NULL || was_shared || (by->of.since_ns != 0 && time_ns - by->of.since_ns < HOUR_NS))) {
        hg_news_leave_out(hosts, &hosts->watch->limits, time_ns);
        return HG_DEVICE_CHANGES;
    }
    if (by != NULL) {
        by->servers += (uint8_t)is_of_server;
        by->of.since_ns = time_ns;
        by->is_changed = 1;
    }
    return HG_ADDRESS_MOVED;
}

/* Whether the packet answers who has the address: a proxy never asks with another station's address. */
static uint8_t may_be_proxy(const hg_announcer *from)
{
    return from->operation == HG_LINK_REPLY || from->operation == HG_LINK_ADVERTISEMENT;
}

static void take_address(hg_hosts *hosts, uint32_t row, hg_known_item *one, const hg_announcer *from)
{
    const int64_t before_ns = one->of.last_ns;
    const int is_same = memcmp(one->of.mac, from->mac, HG_MAC_LENGTH) == 0;
    if (one->is_weak && is_same)
        one->is_weak = may_be_proxy(from);
    if (one->withdrawn_ns != 0 && one->lived_ns == 0 && from->time_ns - one->withdrawn_ns > ENDS_NS)
        one->lived_ns = from->time_ns;
    hg_watch_note_time(one, from->time_ns);
    if (from->time_ns < before_ns || is_same)
        return; /* an older capture changes nothing */
    const int64_t unseen_ns = from->time_ns - before_ns;
    one->withdrawn_ns = 0;
    note_gateway(hosts, one, from);
    const hg_device_change change = change_holder(hosts, one, from, unseen_ns);
    if (change == HG_DEVICE_CHANGES)
        return;
    one->changes |= (uint8_t)(1U << change);
    (void)hg_news_report(hosts, &hosts->watch->limits,
                         &(hg_news){change, row, from->mac, &one->of, one->of.moves, hg_watch_is_gateway(one),
                                    unseen_ns, .time_ns = from->time_ns});
}

hg_watched hg_watched_address(const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    hg_watched of = hg_watched_mac(from->mac, from->time_ns);
    of.kind = version;
    memcpy(of.mac, from->mac, sizeof of.mac);
    memset(of.key, 0, HG_WATCHED_SEGMENT_AT);
    if (address != NULL)
        memcpy(of.key, address, sizeof(hg_address));
    return of;
}

/* NULL: no room. */
static hg_known_item *add_address(hg_hosts *hosts, const hg_announcer *from, const hg_watched *made)
{
    hg_known_item *one = hg_watch_add(hosts, made);
    note_gateway(hosts, one, from);
    return one;
}

/* Notes who holds an address: without news, findings need no more. */
static void watch_holder(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address,
                         uint8_t version)
{
    uint8_t key[HG_WATCHED_KEY];
    if (address == NULL || (hosts->watch->items.used == 0 && hg_is_made_up(hosts, from->mac)))
        return;
    memcpy(key, address, HG_WATCHED_SEGMENT_AT);
    memcpy(key + HG_WATCHED_SEGMENT_AT, from->mac + HG_MAC_LENGTH, sizeof key - HG_WATCHED_SEGMENT_AT);
    hg_known_item *one = hg_watch_find(hosts, version, key);
    if (one != NULL) {
        take_address(hosts, row, one, from);
    } else if (!hg_is_made_up(hosts, from->mac)) {
        const hg_watched made = hg_watched_address(from, address, version);
        (void)add_address(hosts, from, &made);
    }
}

void hg_watch_packet(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    if (from->mac == NULL || from->scope != HG_SCOPE_SEGMENT || (from->mac[0] & 1) != 0 || !hg_watches(hosts))
        return;
    if (!hg_wants_news(hosts)) {
        watch_holder(hosts, row, from, address, version);
        return;
    }
    follow_clock(hosts);
    hg_news_sum_up(hosts, &hosts->watch->limits, row, from);
    const hg_watched made = hg_watched_address(from, address, version), *stated = address == NULL ? NULL : &made;
    hg_known_item *one = address == NULL ? NULL : hg_watch_find(hosts, version, made.key);
    const int tries = address == NULL && from->must_wait; /* an address probe */
    hg_known_item *by = hg_is_made_up(hosts, from->mac)
                            ? NULL
                            : hg_watch_take_mac(hosts, row, from->mac, from->time_ns, stated, tries, NULL);
    if (by != NULL)
        by->asks |= !from->is_by_other && !may_be_proxy(from);
    if (one != NULL)
        take_address(hosts, row, one, from);
    else if (address != NULL && by != NULL &&
             (!hg_mac_has_many(hosts, from->mac, version, from->time_ns, FOLLOWED) ||
              must_follow(hosts, from, address, version)) &&
             (one = add_address(hosts, from, &made)) != NULL)
        one->is_weak =
            may_be_proxy(from) && hg_mac_has_many(hosts, from->mac, version, from->time_ns, proxied(version) + 1);
}

void hg_watch_named(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version)
{
    if (from->scope != HG_SCOPE_SEGMENT || !hg_watches(hosts))
        return;
    const hg_watched made = hg_watched_address(from, address, version);
    hg_known_item *one = hg_watch_find(hosts, version, made.key);
    note_gateway(hosts, one, from);
    if (one != NULL && (hg_mac_is_station(from->mac) || hg_watch_is_gateway(one))) /* else it may be a cluster */
        take_address(hosts, row, one, from);
}

void hg_watch_sender(hg_hosts *hosts, uint32_t row, const uint8_t *station, const hg_sender *sender, int has_address,
                     const uint8_t *shared)
{
    const hg_announcer from = {.mac = station, .time_ns = sender->first_ns};
    const hg_watched made = hg_watched_address(&from, sender->address, sender->version);
    if (!hg_wants_news(hosts) || hg_is_made_up(hosts, station))
        return;
    follow_clock(hosts);
    hg_known_item *one =
        hg_watch_take_mac(hosts, row, station, sender->first_ns, has_address ? &made : NULL, 0, shared);
    if (one != NULL)
        hg_watch_note_time(one, sender->last_ns);
}

const hg_fact hg_fact_watch = {.take_sender = hg_watch_take_sender, .free = free_watch};
