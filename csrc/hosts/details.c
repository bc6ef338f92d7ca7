/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * details.c - names, ports and clocks of a host, which lie in pools.
 */
#include "hosts/hosts.h"

static int is_same(const hg_seen *known, const hg_seen *sighting)
{
    return hg_label_number(known->label) == hg_label_number(sighting->label) && known->role == sighting->role &&
           known->naming == sighting->naming;
}

int hg_known_sight(hg_hosts *hosts, hg_known *host, const hg_seen *sighting)
{
    uint32_t *at = &host->sightings, count = 0;
    for (; *at != 0; count++) {
        hg_seen *known = hg_pool_at(&hosts->seen, *at);
        if (is_same(known, sighting)) {
            known->packets++;
            known->last_ns = sighting->last_ns > known->last_ns ? sighting->last_ns : known->last_ns;
            known->first_ns = sighting->first_ns < known->first_ns ? sighting->first_ns : known->first_ns;
            return 1;
        }
        at = &known->next;
    }
    uint32_t index = count < HG_HOST_SIGHTINGS ? hg_pool_take(&hosts->seen) : 0;
    if (index == 0)
        return 0;
    *(hg_seen *)hg_pool_at(&hosts->seen, index) = *sighting;
    *at = index;
    return 1;
}

static uint32_t seconds(int64_t time_ns)
{
    int64_t found = time_ns < 0 ? 0 : time_ns / INT64_C(1000000000);
    return found > UINT32_MAX ? UINT32_MAX : (uint32_t)found;
}

int hg_known_use_port(hg_hosts *hosts, hg_known *host, uint8_t role, uint16_t port, int64_t time_ns)
{
    uint32_t *at = &host->ports, of_role = 0;
    while (*at != 0) {
        hg_seen_port *known = hg_pool_at(&hosts->ports, *at);
        of_role += known->role == role;
        if (known->role == role && known->port == port) {
            known->count++;
            known->last_s = seconds(time_ns) > known->last_s ? seconds(time_ns) : known->last_s;
            return 1;
        }
        at = &known->next;
    }
    uint32_t index = of_role < HG_HOST_PORTS / 2 ? hg_pool_take(&hosts->ports) : 0;
    if (index == 0)
        return 0;
    *(hg_seen_port *)hg_pool_at(&hosts->ports, index) =
        (hg_seen_port){.count = 1, .last_s = seconds(time_ns), .port = port, .role = role};
    *at = index;
    return 1;
}

hg_more *hg_known_more(hg_hosts *hosts, hg_known *host)
{
    if (host->more == 0)
        host->more = hg_pool_take(&hosts->more);
    return host->more == 0 ? NULL : hg_more_of(hosts, host);
}

hg_seen_clock *hg_known_clock(hg_hosts *hosts, hg_known *host)
{
    hg_more *more = hg_known_more(hosts, host);
    if (more != NULL && more->clock == 0)
        more->clock = hg_pool_take(&hosts->clocks);
    return more == NULL || more->clock == 0 ? NULL : hg_pool_at(&hosts->clocks, more->clock);
}

hg_systems *hg_known_systems(hg_hosts *hosts, hg_known *host)
{
    hg_more *more = hg_known_more(hosts, host);
    if (more != NULL && more->systems == 0)
        more->systems = hg_pool_take(&hosts->systems);
    return more == NULL || more->systems == 0 ? NULL : hg_pool_at(&hosts->systems, more->systems);
}

static void give_back_list(hg_pool *pool, uint32_t index)
{
    while (index != 0) {
        const uint32_t *record = hg_pool_at(pool, index), next = *record;
        hg_pool_give_back(pool, index);
        index = next;
    }
}

static void give_back(hg_pool *pool, uint32_t index)
{
    if (index != 0)
        hg_pool_give_back(pool, index);
}

void hg_known_release(hg_hosts *hosts, hg_known *host)
{
    give_back_list(&hosts->seen, host->sightings);
    give_back_list(&hosts->ports, host->ports);
    give_back(&hosts->shown, host->syn);
    if (host->more == 0)
        return;
    const hg_more more = *hg_more_of(hosts, host);
    give_back(&hosts->clocks, more.clock);
    give_back(&hosts->systems, more.systems);
    give_back(&hosts->scores, more.scores);
    give_back(&hosts->shown, more.syn_ack);
    give_back(&hosts->answered, more.answered);
    hg_pool_give_back(&hosts->more, host->more);
}
