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

hg_seen_clock *hg_known_clock(hg_hosts *hosts, hg_known *host)
{
    if (host->clock == 0)
        host->clock = hg_pool_take(&hosts->clocks);
    return host->clock == 0 ? NULL : hg_pool_at(&hosts->clocks, host->clock);
}

hg_systems *hg_known_systems(hg_hosts *hosts, hg_known *host)
{
    if (host->systems == 0)
        host->systems = hg_pool_take(&hosts->systems);
    return host->systems == 0 ? NULL : hg_pool_at(&hosts->systems, host->systems);
}

static void give_back_list(hg_pool *pool, uint32_t index)
{
    while (index != 0) {
        const uint32_t *record = hg_pool_at(pool, index), next = *record;
        hg_pool_give_back(pool, index);
        index = next;
    }
}

void hg_known_release(hg_hosts *hosts, hg_known *host)
{
    give_back_list(&hosts->seen, host->sightings);
    give_back_list(&hosts->ports, host->ports);
    if (host->clock != 0)
        hg_pool_give_back(&hosts->clocks, host->clock);
    if (host->systems != 0)
        hg_pool_give_back(&hosts->systems, host->systems);
    if (host->scores != 0)
        hg_pool_give_back(&hosts->scores, host->scores);
    for (uint32_t role = 0; role < HG_ROLES; role++)
        if (host->shown[role] != 0)
            hg_pool_give_back(&hosts->shown, host->shown[role]);
    if (host->answered != 0)
        hg_pool_give_back(&hosts->answered, host->answered);
}
