/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * read.c - what is known of a host, as one record.
 */
#include <string.h>

#include "base/error.h"
#include "hosts/hosts.h"

static void put_sightings(const hg_hosts *hosts, const hg_known *host, hg_host_record *out)
{
    const hg_seen *seen;
    for (uint32_t index = host->sightings; index != 0; index = seen->next) {
        seen = hg_pool_at(&hosts->seen, index);
        out->sightings[out->sighting_count++] = (hg_sighting){
            .first_ns = seen->first_ns,
            .last_ns = seen->last_ns,
            .label = hg_label_number(seen->label),
            .packets = seen->packets,
            .role = seen->role,
            .naming = seen->naming,
            .flags = (uint8_t)(seen->label >> HG_LABEL_BITS),
        };
    }
}

static void put_ports(const hg_hosts *hosts, const hg_known *host, hg_host_record *out)
{
    const hg_seen_port *seen;
    for (uint32_t index = host->ports; index != 0; index = seen->next) {
        seen = hg_pool_at(&hosts->ports, index);
        out->ports[out->port_count++] = (hg_port_use){
            .last_ns = seen->last_s * INT64_C(1000000000),
            .count = seen->count,
            .port = seen->port,
            .role = seen->role,
        };
    }
}

static void put_clock(const hg_seen_clock *clock, hg_host_record *out)
{
    out->clock_points = clock->points;
    out->uptime_minutes = clock->minutes;
    out->modulo_days = clock->modulo_days;
    out->frequency_hz = clock->hz;
    out->doubt = clock->doubt;
    out->rate_count = clock->rate_count;
    memcpy(out->rates, clock->rates, sizeof out->rates);
}

/* The oldest one first. */
static void put_changes(const hg_scores *scores, hg_host_record *out)
{
    const uint32_t count = scores->change_count < HG_HOST_CHANGES ? scores->change_count : HG_HOST_CHANGES;
    out->host_change_ns = scores->change_ns;
    out->ip_sharing_ns = scores->sharing_ns;
    for (uint32_t i = scores->change_count - count; i < scores->change_count; i++)
        out->changes[out->change_count++] = scores->changes[i % HG_HOST_CHANGES];
}

static void put_more(const hg_hosts *hosts, const hg_more *more, hg_host_record *out)
{
    out->answer = (uint64_t)more->answer_high << 32 | more->answer_low;
    out->answer_distance = more->answer_distance;
    if (more->clock != 0)
        put_clock(hg_pool_at(&hosts->clocks, more->clock), out);
    if (more->systems != 0)
        hg_systems_tell(hg_pool_at(&hosts->systems, more->systems), out);
    if (more->scores != 0)
        put_changes(hg_pool_at(&hosts->scores, more->scores), out);
}

hg_status hg_hosts_get(const hg_hosts *hosts, uint32_t place, hg_host_record *out, hg_error *error)
{
    *out = (hg_host_record){0};
    if (place >= hosts->known.used)
        return hg_fail(error, HG_E_ARGUMENT, "place %u of %u hosts", place, hosts->known.used);
    const hg_known *host = hg_known_at(hosts, place + 1);
    memcpy(out->address, host->address.word, sizeof out->address);
    out->first_ns = host->first_ns;
    out->last_ns = host->last_ns;
    out->syns = host->syns;
    out->syn_acks = host->syn_acks;
    out->connections = host->connections;
    out->contradictions = host->contradictions;
    out->link = host->link;
    out->mtu = host->mtu;
    out->distance = host->distance;
    out->lowest_port = host->lowest_port;
    out->version = host->version;
    out->flags = host->flags;
    out->quality = host->quality;
    out->dishonest = host->dishonest;
    out->language = host->language;
    if (host->more != 0)
        put_more(hosts, hg_more_of(hosts, host), out);
    put_sightings(hosts, host, out);
    put_ports(hosts, host, out);
    return HG_OK;
}
