/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch.h - what is known of the devices of the captured segment, for news about them.
 *
 *     MAC      -> when it was last seen, and its roles so far
 *     address  -> the MAC that has it, and the MAC before
 *     MAC, kind of announcement, field -> a hash of the value
 *
 * Only frames on the link count: a connection does not prove the MACs of its ends.
 *
 * The rate of new MACs is limited, so that a flood of them displaces nothing: MACs beyond the limit are neither kept
 * nor reported. A real device among them is reported at a later packet. If a MAC takes over several addresses within an
 * hour, only the first is reported, so that a gateway that answers for all hosts is one event. Takeovers of gateways
 * are always reported, and so are those of a few servers. */
#pragma once

#include "announcements/fields.h"
#include "base/batch.h"
#include "devices/devices.h"
#include "hosts/fact.h"
#include "news/news.h"
#include "stations/holder.h"

/* In `lived_ns`: the router withdrew itself again some time later, as routers do whose uplink failed. */
#define HG_WITHDRAWS_AGAIN INT64_MAX

enum { HG_WATCHED_SEGMENT_AT = 16 /* in a key */ };

typedef struct hg_known_item {
    uint32_t next_in_chain;
    uint16_t is_changed; /* 1: since hg_hosts_watched returned it */
    uint32_t source; /* the number of the source in which it was used last, if its address had several hosts */
    uint8_t waits;       /* 1: a new MAC whose address is awaited */
    uint8_t is_weak;     /* 1: an address that a MAC with many addresses only answers for, as a proxy does */
    uint8_t is_stated;   /* 1: its MAC took the address by a statement */
    uint8_t is_known;    /* 1: an earlier run noted the address, which nobody has used in this one */
    uint8_t asks;        /* of a MAC, 1: it sent more than answers */
    uint32_t taken; /* in the hour from taken_ns on, by a MAC: addresses of other MACs; of a router: its returns */
    uint8_t servers; /* of these, addresses of servers */
    uint16_t changes; /* of an address: bits 1 << hg_device_change (watch_findings.c); of a MAC: HG_CLAIMED_ADDRESS and
                         so on */
    int64_t taken_ns; /* of a value: since then; of an address that a statement took: how long it was not seen */
    int64_t withdrawn_ns; /* of a router's address: when it withdrew itself; 0: it did not */
    int64_t lived_ns; /* when the address was first seen some seconds after that; 0: never; HG_WITHDRAWS_AGAIN */
    hg_watched of;
} hg_known_item;

#define HG_TURN_NS (600 * INT64_C(1000000000)) /* within which stations take turns at an address */
enum { HG_CLAIMED_ADDRESS = 1, HG_CLAIMED_SERVER = 2 }; /* what the MAC claimed of another station */

/* A claim that waits for packets of its station (watch_claims.c). */
typedef struct hg_waiting_claim {
    int64_t time_ns;
    uint32_t claims, place;
} hg_waiting_claim;

/* A new MAC whose address is awaited, as systems first try theirs and ask for one. */
typedef struct hg_nameless {
    int64_t time_ns;
    uint8_t mac[HG_STATION];
    uint8_t shared[HG_SHARED_BYTES]; /* of its first frame */
} hg_nameless;

enum { HG_MOST_NAMELESS = 64 }; /* more in five seconds are a flood, which is reported at once */

struct hg_watch {
    hg_watch_config config;
    hg_nameless nameless[HG_MOST_NAMELESS];
    uint32_t nameless_count;
    hg_pool claims; /* by address */
    hg_chains claim_chains;
    hg_waiting_claim *waiting; /* in the order of their times */
    uint32_t waiting_count, waiting_room;
    hg_pool items;
    hg_chains chains;
    hg_news_limits limits;
    uint32_t known_addresses; /* items with `is_known` so far */
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
/* The item of an address that the station has. */
hg_watched hg_watched_address(const hg_announcer *from, const uint8_t *address, uint8_t version);
/* The item of an address in the segment of a station; NULL: there is none. */
static inline hg_known_item *hg_watch_address(const hg_hosts *hosts, const uint8_t *station, const uint8_t *address,
                                              uint8_t version)
{
    const hg_watched of = hg_watched_address(&(hg_announcer){.mac = station}, address, version);
    return hg_watch_find(hosts, version, of.key);
}
/* The item of a MAC about which there is more important news than that it is new; NULL: no room. */
hg_known_item *hg_watch_keep_mac(hg_hosts *hosts, const uint8_t *mac, int64_t time_ns);
/* The item of a MAC, about which news are reported; NULL: not kept, or no news are wanted. Without an address, a new
 * one awaits it. `shared`: see hg_news. */
hg_known_item *hg_watch_take_mac(hg_hosts *hosts, uint32_t row, const uint8_t *mac, int64_t time_ns,
                                 const hg_watched *address, const uint8_t *shared);
/* Reports new MACs that waited long enough for an address. */
void hg_watch_judge_nameless(hg_hosts *hosts, int64_t now_ns, uint32_t before);
static inline hg_known_item *hg_watch_mac(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_watched of = hg_watched_mac(mac, 0);
    return hg_watch_find(hosts, HG_WATCHED_MAC, of.key);
}

void hg_watch_free(hg_hosts *hosts);

/* The hash of an item. */
uint32_t hg_watch_hash(const hg_hosts *hosts, uint8_t kind, const uint8_t *key);

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

/* Looks for news about the station that sent a frame, (HG_ON_SENDER). 1: the station has the address. */
int hg_watch_take_sender(hg_hosts *hosts, hg_index index, const hg_sender *sent, uint32_t before);
/* What happened to the host's address on the segment, as bits by hg_host_finding. */
uint64_t hg_watch_findings(const hg_hosts *hosts, const hg_host_entry *host);
/* Adds the findings that earlier runs reported, of which a store knows, to those that are not reported again. */
void hg_watch_recall(hg_hosts *hosts, const hg_host_entry *host, hg_host_extra *extra);
/* Keeps the reported findings for later runs. */
void hg_watch_keep(hg_hosts *hosts, const hg_host_entry *host, const hg_host_extra *extra, int64_t time_ns);
/* Looks for a change of the MAC's device in a claim from an announcement. */
void hg_watch_claim(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const hg_device_claim *claim);
/* Notes a change for the findings of the host with an address. */
void hg_watch_note_change(hg_hosts *hosts, const hg_announcer *from, const hg_watched *address,
                          hg_device_change change);

/* Whether the MAC is one of those that phones invent, and news about them are not wanted. */
static inline int hg_is_made_up(const hg_hosts *hosts, const uint8_t *mac)
{
    return hg_mac_is_local(mac) && !hg_mac_is_virtual(mac) && !hosts->watch->config.random_macs;
}

static inline int hg_wants_news(const hg_hosts *hosts)
{
    return hosts->watch != NULL && hosts->watch->limits.are_wanted;
}
