/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * internet.c - addresses of the internet, and services that do not belong there.
 */
#include "devices/internet.h"

int hg_is_internal(uint16_t port)
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
    enum { NETWORK_4 = 3, NETWORK_6 = 6 };
    const hg_columns *c = row.columns;
    const uint8_t version = c->ip_version[row.index];
    uint8_t network[16] = {0};
    if (!hg_is_internal(c->dst_port[row.index]) || !hg_is_of_internet(c->dst_ip[row.index], version))
        return 0;
    memcpy(network, c->dst_ip[row.index], version == 4 ? NETWORK_4 : NETWORK_6);
    return hg_hash_fold(hg_hash_address(HG_HASH_MULTIPLIER, hg_address_of(network), version)) | 1U << 31;
}
