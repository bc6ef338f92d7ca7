/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch.c - finds news about the devices of the captured segment (watch.h).
 */
#include <stdlib.h>

#include "base/error.h"
#include "devices/local.h"
#include "names/browsers.h"
#include "news/watch.h"

enum { MOST = 1 << 18 /* items */ };

#define SECOND_NS INT64_C(1000000000)
#define HOUR_NS (3600 * SECOND_NS)
#define NAMED_NS (5 * SECOND_NS) /* how long the address of a new MAC is awaited */

/* ---- items -------------------------------------------------------------------------------- */

static hg_known_item *item_at(const hg_watch *watch, uint32_t number)
{
    return hg_pool_get(&watch->items, number);
}

uint32_t hg_watch_hash(const hg_hosts *hosts, uint8_t kind, const uint8_t *key)
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
    return hg_watch_hash(hosts, watched->kind, watched->key);
}

hg_known_item *hg_watch_find(const hg_hosts *hosts, uint8_t kind, const uint8_t *key)
{
    hg_known_item *one = hg_chains_next(&hosts->watch->chains, hg_watch_hash(hosts, kind, key), NULL);
    while (one != NULL && (one->of.kind != kind || memcmp(one->of.key, key, sizeof one->of.key) != 0))
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

void hg_watch_free(hg_hosts *hosts)
{
    if (hosts->watch == NULL)
        return;
    hg_pool_clear(&hosts->watch->items);
    free(hosts->watch->chains.heads);
    hg_pool_clear(&hosts->watch->claims);
    free(hosts->watch->claim_chains.heads);
    free(hosts->watch->waiting);
    free(hosts->watch);
    hosts->watch = NULL;
}

int hg_watches(hg_hosts *hosts)
{
    if (hosts->watch == NULL && !hosts->options.only_changes && !init(hosts, &(hg_watch_config){0}))
        hg_watch_free(hosts);
    return hosts->watch != NULL;
}

hg_status hg_hosts_watch(hg_hosts *hosts, const hg_watch_config *config, hg_error *error)
{
    if (hosts->watch != NULL || hosts->options.only_changes)
        return hg_fail(error, HG_E_ARGUMENT, "news about devices needs a full inventory, and only one request");
    if (!init(hosts, config)) {
        hg_watch_free(hosts);
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
    if (one != NULL) {
        one->is_changed = 0;
        one->is_known = watched->kind == 4 || watched->kind == 6;
        hosts->watch->known_addresses += one->is_known;
    }
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

void hg_watch_judge_nameless(hg_hosts *hosts, int64_t now_ns, uint32_t before)
{
    hg_watch *watch = hosts->watch;
    uint32_t left = 0;
    for (uint32_t i = 0; watch != NULL && i < watch->nameless_count; i++) {
        const hg_nameless one = watch->nameless[i];
        hg_known_item *item = hg_watch_mac(hosts, one.mac);
        const int64_t due_ns = hg_later_ns(one.time_ns, NAMED_NS);
        if (item == NULL || !item->waits)
            continue; /* it has an address, or there was no room for it */
        if (due_ns > now_ns) {
            hg_hosts_await(hosts, due_ns);
            watch->nameless[left++] = one;
            continue;
        }
        item->waits = 0;
        item->is_changed = 1;
        (void)hg_news_report(hosts, &watch->limits,
                             &(hg_news){HG_DEVICE_NEW, before, one.mac, .time_ns = one.time_ns, .shared = one.shared});
    }
    if (watch != NULL)
        watch->nameless_count = left;
}

/* Lets a new MAC wait for an address. */
static void await_address(hg_hosts *hosts, hg_known_item *one, uint32_t row, const uint8_t *mac, int64_t time_ns,
                          const uint8_t *shared)
{
    hg_watch *watch = hosts->watch;
    if (watch->nameless_count == HG_MOST_NAMELESS)
        hg_watch_judge_nameless(hosts, INT64_MAX, row);
    hg_nameless *made = watch->nameless + watch->nameless_count++;
    made->time_ns = time_ns;
    memcpy(made->mac, mac, sizeof made->mac);
    if (shared != NULL)
        memcpy(made->shared, shared, sizeof made->shared);
    else
        hg_copy_shared(&hosts->batch->columns, row, made->shared);
    one->waits = 1;
    one->is_changed = 0;
    hg_hosts_await(hosts, hg_later_ns(time_ns, NAMED_NS));
}

hg_known_item *hg_watch_take_mac(hg_hosts *hosts, uint32_t row, const uint8_t *mac, int64_t time_ns,
                                 const hg_watched *address, const uint8_t *shared)
{
    if (!hg_wants_news(hosts))
        return NULL;
    follow_clock(hosts);
    if (hg_is_made_up(hosts, mac))
        return NULL;
    const hg_watched made = hg_watched_mac(mac, time_ns);
    hg_known_item *one = hg_watch_find(hosts, HG_WATCHED_MAC, made.key);
    int is_new = one == NULL;
    if (is_new && hg_news_are_allowed(hosts, &hosts->watch->limits, HG_DEVICE_NEW, time_ns))
        one = hg_watch_add(hosts, &made);
    if (one == NULL)
        return NULL;
    if (address == NULL && is_new)
        await_address(hosts, one, row, mac, time_ns, shared);
    if (address == NULL && one->waits)
        return one;
    is_new = is_new || one->waits;
    one->waits = 0;
    const int64_t before_ns = one->of.last_ns;
    one->is_changed |= (uint16_t)is_new;
    const int was_absent = !is_new && time_ns - before_ns > hosts->watch->config.absent_ns;
    if (was_absent && is_stray(hosts, row, time_ns))
        return one;
    hg_watch_note_time(one, time_ns);
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

/* ---- senders -------------------------------------------------------------------------------------- */

/* Whether the sender of a frame has its address: no router forwarded the packet, no other MAC sent it, too, and the MAC
 * is not a router's, whose clients are not on the link. */
static int has_address(const hg_hosts *hosts, hg_index index, const hg_sender *sent)
{
    const hg_host_sender *known = index == 0 ? NULL : hg_pool_at(&hosts->senders, index);
    const hg_frame_mac *frames = known == NULL ? NULL : hg_pool_get(&hosts->frame_macs, known->mac);
    return frames != NULL && !known->has_other_mac && sent->nearness >= HG_NEAR_BY_TTL && frames->strangers == 0 &&
           hg_mac_gateway(hosts, frames->mac) == NULL && hg_host_is_local(hosts, hg_host_at(hosts, index));
}

int hg_watch_take_sender(hg_hosts *hosts, hg_index index, const hg_sender *sent, uint32_t before)
{
    uint8_t shared[HG_SHARED_BYTES] = {0}, station[HG_STATION];
    const hg_tunnel_id within = hg_segment_id(sent->segment);
    if (!hg_mac_is_station(sent->mac) || hg_mac_virtual(sent->mac) != NULL)
        return 0;
    const int has_it = has_address(hosts, index, sent);
    hg_put_station(station, sent->mac, hg_segment_number(&within));
    hg_share_packet(shared, sent->first_ns, sent->packet_number, sent->segment);
    const hg_announcer from = {.mac = station, .time_ns = sent->first_ns};
    const hg_watched address = hg_watched_address(&from, sent->address, sent->version);
    hg_known_item *one = hg_watch_take_mac(hosts, before, station, sent->first_ns, has_it ? &address : NULL, shared);
    if (one != NULL)
        hg_watch_note_time(one, sent->last_ns);
    return has_it;
}
