/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch.h - what is known of the devices of the captured segment, for news about them.
 */
#pragma once

#include "devices/fields.h"
#include "facts/devices.h"
#include "facts/news.h"
#include "hosts/fact.h"

/* In `lived_ns`: the router withdrew itself again some time later, as routers do whose uplink failed. */
#define HG_WITHDRAWS_AGAIN INT64_MAX

enum { HG_WATCHED_SEGMENT_AT = 16 /* in a key */ };

typedef struct hg_known_item {
    uint32_t next_in_chain;
    uint16_t is_changed; /* 1: since hg_hosts_watched returned it */
    uint8_t waits;       /* 1: a new MAC that so far only probed an address */
    uint8_t is_weak;     /* 1: an address that a MAC with many addresses only answers for, as a proxy does */
    uint8_t asks;        /* of a MAC, 1: it sent more than answers */
    uint32_t taken; /* in the hour from taken_ns on, by a MAC: addresses of other MACs; of a router: its returns */
    uint8_t servers; /* of these, addresses of servers */
    uint8_t changes; /* of an address, reported or not: bits 1 << HG_ADDRESS_MOVED and 1 << HG_ADDRESS_CONFLICT */
    int64_t taken_ns; /* of a value: since then */
    int64_t withdrawn_ns; /* of a router's address: when it withdrew itself; 0: it did not */
    int64_t lived_ns; /* when the address was first seen some seconds after that; 0: never; HG_WITHDRAWS_AGAIN */
    hg_watched of;
} hg_known_item;

struct hg_watch {
    hg_watch_config config;
    hg_pool items;
    hg_chains chains;
    hg_news_limits limits;
    uint32_t turns; /* of the clock; each ends the limits of news */
};

/* Watches addresses of an inventory without news, for findings. 0: it does not. */
int hg_watches(hg_hosts *hosts);
hg_known_item *hg_watch_find(const hg_hosts *hosts, uint8_t kind, const uint8_t *key);
/* NULL: no room. */
hg_known_item *hg_watch_add(hg_hosts *hosts, const hg_watched *watched);
/* Updates the time. The item counts as changed once an hour, to limit writes to a store. */
void hg_watch_note_time(hg_known_item *one, int64_t time_ns);
hg_watched hg_watched_mac(const uint8_t *mac, int64_t time_ns);
static inline hg_known_item *hg_watch_mac(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_watched of = hg_watched_mac(mac, 0);
    return hg_watch_find(hosts, HG_WATCHED_MAC, of.key);
}
/* Counts an address that a MAC took from another, or the return of a router; an hour later from 1 again. */
static inline void hg_watch_count_taken(hg_known_item *by, int64_t time_ns)
{
    const int64_t hour_ns = 3600 * INT64_C(1000000000);
    if (by == NULL)
        return;
    if (by->taken == 0 || time_ns - by->taken_ns > hour_ns || time_ns < by->taken_ns) {
        by->taken_ns = time_ns;
        by->taken = by->servers = 0;
    }
    by->taken++;
}
/* Whether the address was named as a gateway's. A flood may have evicted its host, or a store has it. */
static inline int hg_watch_is_gateway(const hg_known_item *one)
{
    return (one->of.roles & HG_WATCHED_GATEWAY) != 0;
}
static inline void hg_watch_mark_gateway(hg_known_item *one)
{
    one->is_changed |= (uint16_t)!hg_watch_is_gateway(one);
    one->of.roles |= HG_WATCHED_GATEWAY;
}
/* Notes that the address is a gateway's. */
void hg_watch_gateway(hg_hosts *hosts, const hg_host_id *id);
/* Whether the MAC has the address of a gateway. */
int hg_watch_has_gateway(const hg_hosts *hosts, const uint8_t *mac);
/* Looks for news in an advertisement of a known router: `from` sent the frame, the message is of the MAC `named`. */
void hg_watch_router(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *named,
                     const uint8_t *address, uint16_t lifetime);

/* Looks for news in what a DHCP server or a router states about the segment. */
void hg_watch_statements(hg_hosts *hosts, const hg_batch *batch, hg_row row);
/* Looks for news in a redirect in the name of a gateway. */
void hg_watch_redirect(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *target, uint8_t version);

/* Whether the MAC is one of those that phones invent, and news about them are not wanted. */
static inline int hg_is_made_up(const hg_hosts *hosts, const uint8_t *mac)
{
    return hg_mac_is_local(mac) && !hg_mac_is_virtual(mac) && !hosts->watch->config.random_macs;
}

static inline int hg_wants_news(const hg_hosts *hosts)
{
    return hosts->watch != NULL && hosts->watch->limits.are_wanted;
}
