/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * repeated_names.c - names that two machines of a plant use.
 *
 * Names of PROFINET's stations and instances of BACnet's devices are unique in a network. A finding needs two devices
 * that state one in turns. A name that moves to another device, as after a repair or a failover, does not count, nor
 * does a name in another VLAN, as machines of one series have. */
#include "devices/devices.h"
#include "hosts/fact.h"

#define TURN_NS (600 * INT64_C(1000000000))

enum { LATEST = 0, BEFORE = 1, HOLDERS, LEAST_TURNS = 3 };

typedef struct station_name {
    uint64_t key;
    int64_t last_ns;
    int64_t since_ns; /* that the latest holder has it */
    hg_address addresses[HOLDERS];
    hg_index hosts[HOLDERS]; /* valid while the host has the address; 0: none */
    uint32_t turns; /* between the two, each within TURN_NS */
    uint32_t next_in_chain;
} station_name;

/* The part of a text that is unique in a network; empty: none. */
static hg_span name_of(const hg_host_event *row, const hg_announcement_text *text)
{
    const hg_span all = hg_span_of(text->text, text->length);
    if (text->kind == HG_SAYS_NAME && row->of.columns->ip_version[row->of.index] == 0) /* PROFINET */
        return all;
    const int is_bacnet = text->kind == HG_SAYS_INDUSTRIAL && hg_begins_like(all.data, all.length, "bacnet vendor ");
    const char *instance = is_bacnet ? hg_text_find(all, " instance ") : NULL;
    return instance == NULL ? hg_span_of(NULL, 0) : hg_span_of(instance, (size_t)(all.text + all.length - instance));
}

static station_name *take_name(hg_hosts *hosts, uint64_t key, int64_t time_ns)
{
    const uint32_t hash = hg_hash_fold(key);
    station_name *one = NULL;
    while ((one = hg_chains_next(&hosts->station_chains, hash, one)) != NULL)
        if (one->key == key)
            return one;
    const uint32_t number = hg_chains_take(&hosts->station_chains, offsetof(station_name, last_ns));
    if (number == 0)
        return NULL;
    one = hg_pool_at(&hosts->stations, number);
    *one = (station_name){.key = key, .last_ns = time_ns};
    hg_chains_enter(&hosts->station_chains, number);
    return one;
}

/* A holder that still has its record; NULL: none. */
static const hg_host_entry *holder_of(const hg_hosts *hosts, const station_name *one, int which)
{
    const hg_host_entry *host = one->hosts[which] == 0 ? NULL : hg_host_at(hosts, one->hosts[which]);
    return host != NULL && hg_same_address(host->address, one->addresses[which]) ? host : NULL;
}

static int is_device_of(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_entry *sender)
{
    const hg_device *one = host == NULL ? NULL : hg_device_of(hosts, host), *other = hg_device_of(hosts, sender);
    return host == sender || (one != NULL && other != NULL && one->has_mac && other->has_mac &&
                              memcmp(one->mac, other->mac, HG_MAC_LENGTH) == 0 && hg_host_has_own_mac(hosts, sender));
}

static void note(hg_host_event *row, hg_span name)
{
    hg_hosts *hosts = row->hosts;
    const int64_t now_ns = hg_row_time(row);
    const uint64_t key = hg_hash_span(hosts->hash_key ^ hg_host_segment(hosts, row->host), name);
    station_name *one = take_name(hosts, key, now_ns);
    if (one == NULL) {
        hosts->untracked++;
        return;
    }
    one->last_ns = now_ns;
    const hg_host_entry *latest = holder_of(hosts, one, LATEST);
    if (!is_device_of(hosts, latest, row->host)) {
        const int is_back = is_device_of(hosts, holder_of(hosts, one, BEFORE), row->host) && latest != NULL &&
                            now_ns - one->since_ns < TURN_NS;
        one->turns = is_back ? one->turns + 1 : latest != NULL;
        one->since_ns = now_ns;
        one->hosts[BEFORE] = one->hosts[LATEST];
        one->addresses[BEFORE] = one->addresses[LATEST];
    }
    one->hosts[LATEST] = row->index;
    one->addresses[LATEST] = row->host->address;
    if (one->turns >= LEAST_TURNS)
        hg_host_add_findings(hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_NAME_SHARED);
}

static void take(hg_host_event *row)
{
    hg_announcement_text text;
    for (uint32_t next = 0;
         !hg_host_in_tunnel(row->hosts, row->host) && hg_announced_next(&row->announcement, &next, &text);) {
        const hg_span name = name_of(row, &text);
        if (name.length > 0)
            note(row, name);
    }
}

static uint32_t hash_of_name(const void *hosts, const void *name)
{
    (void)hosts;
    return hg_hash_fold(((const station_name *)name)->key);
}

const hg_fact hg_fact_repeated_names = {
    .events = UINT64_C(1) << HG_EVENT_INDUSTRIAL,
    .pools = HG_FACT_POOLS(HG_HASHED_POOL(stations, station_name, HG_AS_WATCHED, station_chains, 0, hash_of_name)),
    .on = take,
};
