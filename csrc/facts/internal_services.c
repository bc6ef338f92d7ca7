/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * internal_services.c - clients that connect to many servers of internal services on the internet, as worms do.
 */
#include "facts/distinct.h"
#include "facts/handshakes.h"
#include "hosts/fact.h"

enum {
    DAY_S = 86400,
    SERVER_BITS = 50 /* set by about 64 servers */
};

/* Whether a service is made for local networks. Mail, SSH and the web are not. */
static int is_internal(uint16_t port)
{
    static const uint16_t PORTS[] = {23,   135,  139,  389,  445,  1433, 2049,  2323,
                                     3306, 3389, 5432, 5985, 6379, 9200, 11211, 27017};
    for (uint32_t i = 0; i < sizeof PORTS / sizeof PORTS[0]; i++)
        if (PORTS[i] == port)
            return 1;
    return 0;
}

/* IPv4: RFC 1918, 6598, 3927, 1112. IPv6: RFC 4291. */
int hg_is_of_internet(const uint8_t *a, uint8_t version)
{
    if (version == 6)
        return (a[0] & 0xE0) == 0x20;
    return a[0] != 0 && a[0] != 10 && a[0] != 127 && a[0] < 224 && (a[0] != 172 || (a[1] & 0xF0) != 16) &&
           (a[0] != 192 || a[1] != 168) && (a[0] != 169 || a[1] != 254) && (a[0] != 100 || (a[1] & 0xC0) != 64);
}

uint32_t hg_internal_server(hg_row row)
{
    const hg_columns *c = row.columns;
    const uint8_t version = c->ip_version[row.index], *address = c->dst_ip[row.index];
    if (!is_internal(c->dst_port[row.index]) || !hg_is_of_internet(address, version))
        return 0;
    return hg_hash_fold(hg_hash_address(HG_HASH_MULTIPLIER, hg_address_of(address), version)) | 1U << 31;
}

/* Counts the servers to which the host completed handshakes. */
static void take_handshake(hg_hosts *hosts, const hg_open_handshake *handshake, uint32_t row)
{
    const uint32_t time_s = handshake->facts.traits.time_s;
    if (handshake->source != HG_SOURCE_SYN || handshake->server == 0)
        return;
    uint32_t *number = hg_fact_take(hosts, hg_host_at(hosts, handshake->host), HG_FACT_internal_services);
    hg_distinct *own = number == NULL ? NULL : hg_pool_get_or_take(&hosts->called_servers, number);
    if (own == NULL)
        return;
    if (hg_distinct_note(own, time_s, DAY_S, handshake->server) >= SERVER_BITS)
        hg_host_add_findings(hosts, handshake->host, row, UINT64_C(1) << HG_FINDING_INTERNAL_SERVICES);
}

const hg_fact hg_fact_internal_services = {
    .bytes = sizeof(uint32_t),
    .pools = HG_FACT_POOLS(HG_HELD_POOL(called_servers, hg_distinct, HG_AS_WATCHED, HG_ONE_RECORD, HG_IN_DATA)),
    .take_handshake = take_handshake,
};
