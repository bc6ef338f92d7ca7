/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * internet.c - addresses of the internet, services that do not belong there, and what a web page makes its visitor do.
 */
#include "devices/internet.h"

#include "http/fields.h"

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

int hg_page_may_send(hg_row row, uint8_t event)
{
    const hg_span agent = event == HG_EVENT_HTTP_REQUEST ? HG_HTTP_TEXT_OF(row, user_agent) : (hg_span){0};
    return event == HG_EVENT_TLS_CLIENT || hg_begins_like(agent.data, agent.length, "Mozilla/");
}

int hg_page_may_ask(uint16_t port)
{
    static const uint16_t REFUSED[] = {
        1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,   37,   42,   43,   53,
        69,   77,   79,   87,   95,   101,  102,  103,  104,  109,  110,  111,  113,  115,  117,  119,  123,
        135,  137,  139,  143,  161,  179,  389,  427,  465,  512,  513,  514,  515,  526,  530,  531,  532,
        540,  548,  554,  556,  563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049, 3659,
        4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080};
    for (uint32_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++)
        if (REFUSED[i] == port)
            return 0;
    return 1;
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
