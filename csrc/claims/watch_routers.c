/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_routers.c - advertisements that withdraw a router (RFC 4861, 6.2.5 and 6.3.4).
 *
 * A router that stops withdraws itself, then it is silent; a daemon that starts again advertises itself within seconds.
 * Neither is news. Others can withdraw it, too: then it goes on, as it does not know of it. */
#include "claims/claims.h"

enum {
    LEAST_LIFETIME = 4, /* seconds; no router states less, except 0 (RFC 4861, 6.2.1) */
    RETURNS = 3 /* so many in an hour are news, even if nothing was seen of the router meanwhile */
};

#define SECOND_NS INT64_C(1000000000)
#define STARTS_NS (30 * SECOND_NS) /* how long a router that starts may send before it advertises itself */

/* Whether the station of the frame advertised itself: repeaters send advertisements of others from their own MACs. */
static int is_advertiser(const hg_hosts *hosts, const hg_announcer *from)
{
    const hg_known_item *one = hg_watch_mac(hosts, from->mac);
    return one != NULL && (one->of.roles >> HG_NEW_ROUTER & 1) != 0;
}

/* Takes the withdrawal of a router by its own MAC. A router without its uplink goes on, and withdraws itself again each
 * time it would advertise itself. */
static void withdraw(hg_known_item *one, int64_t time_ns)
{
    const int is_again = one->withdrawn_ns != 0 && time_ns - one->withdrawn_ns > STARTS_NS;
    if (one->withdrawn_ns == 0 || one->lived_ns != HG_WITHDRAWS_AGAIN)
        one->lived_ns = is_again ? HG_WITHDRAWS_AGAIN : 0;
    one->withdrawn_ns = time_ns;
}

/* Takes the advertisement of a router that withdrew itself before. 1: it is news. */
static int returns(hg_known_item *one, int64_t time_ns)
{
    const int went_on = one->lived_ns != 0 && time_ns - one->lived_ns > STARTS_NS;
    one->withdrawn_ns = 0;
    hg_watch_count_taken(one, time_ns);
    if (one->taken == 1)
        one->of.roles &= (uint8_t)~(1U << HG_NEW_ROUTER);
    return (went_on || one->taken >= RETURNS) && (one->of.roles >> HG_NEW_ROUTER & 1) == 0;
}

void hg_watch_gateway(hg_hosts *hosts, const hg_host_id *id)
{
    const uint8_t none[HG_MAC_LENGTH] = {0};
    uint8_t station[HG_STATION];
    hg_put_station(station, none, hg_segment_number(id->tunnel));
    hg_known_item *one =
        hosts->watch == NULL ? NULL : hg_watch_address(hosts, station, (const uint8_t *)&id->address, id->version);
    if (one != NULL)
        hg_watch_mark_gateway(one);
}

int hg_watch_has_gateway(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_binding *one = NULL;
    while (hosts->watch != NULL && (one = hg_binding_next(hosts, mac, one)) != NULL) {
        const hg_known_item *found = hg_watch_address(hosts, mac, (const uint8_t *)&one->address, one->version);
        if (found != NULL && hg_watch_is_gateway(found) && memcmp(found->of.mac, mac, HG_MAC_LENGTH) == 0)
            return 1;
    }
    return 0;
}

void hg_watch_router(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *named,
                     const uint8_t *address, uint16_t lifetime)
{
    const hg_host_id id = {hg_address_of(address), from->within, 6};
    const hg_index index = hg_host_find(hosts, id);
    hg_known_item *one = hg_watch_address(hosts, from->mac, address, id.version);
    if (one == NULL ||
        (!hg_watch_is_gateway(one) && (index == 0 || !hg_host_is_named_gateway(hosts, hg_host_at(hosts, index)))))
        return;
    hg_watch_mark_gateway(one);
    if (memcmp(named, from->mac, HG_MAC_LENGTH) != 0) {
        if (lifetime < LEAST_LIFETIME && !is_advertiser(hosts, from))
            hg_watch_named(hosts, row, from, address, id.version);
        return;
    }
    if (lifetime < LEAST_LIFETIME)
        withdraw(one, from->time_ns);
    else if (one->withdrawn_ns != 0 && returns(one, from->time_ns) &&
             hg_news_report(hosts, &hosts->watch->limits,
                            &(hg_news){HG_NEW_ROUTER, row, from->mac, &one->of, .time_ns = from->time_ns})) {
        one->of.roles |= 1U << HG_NEW_ROUTER;
        one->is_changed = 1;
    }
}
