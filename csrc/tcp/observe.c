/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * observe.c - the observation from the IP and TCP headers of a handshake packet.
 */
#include "tcp/observe.h"

#include "packet/tcp.h"

enum { IP_ECN = 0x03, TCP_ECN = 0xC0, TCP_NS = 0x01 }; /* ECE and CWR; NS is beside the data offset */

/* Quirks are computed without a branch each, since random traffic would mispredict them.
 * `condition` is 0 or 1. */
static inline uint32_t when(uint32_t condition, uint32_t quirk)
{
    return (0u - condition) & quirk;
}

static void observe_ipv4(const uint8_t *ip, hg_observation *o)
{
    uint32_t id_set = hg_be16(ip + IPV4_ID_AT) != 0;
    uint32_t flags = ip[IPV4_FRAGMENT_AT];
    uint32_t df = flags >> 6 & 1u;
    o->quirks = when(df, HG_QUIRK_DF) | when(df & id_set, HG_QUIRK_ID_PLUS) |
                when((df | id_set) ^ 1u, HG_QUIRK_ID_MINUS) | when(flags >> 7, HG_QUIRK_ZERO_PLUS) |
                when((ip[IPV4_TOS_AT] & IP_ECN) != 0, HG_QUIRK_ECN);
    o->ttl = ip[IPV4_TTL_AT];
    o->dscp = ip[IPV4_TOS_AT] >> 2;
    o->olen = (uint8_t)(hg_ipv4_header_length(ip) - HG_IPV4_HEADER);
}

static void observe_ipv6(const uint8_t *ip, hg_observation *o)
{
    uint32_t first_word = hg_be32(ip + IPV6_WORD_AT);
    uint32_t traffic_class = first_word >> IPV6_CLASS_SHIFT & 0xFF;
    o->quirks = when((first_word & IPV6_FLOW_LABEL) != 0, HG_QUIRK_FLOW) |
                when((traffic_class & IP_ECN) != 0, HG_QUIRK_ECN);
    o->ttl = ip[IPV6_HOPS_AT];
    o->dscp = (uint8_t)(traffic_class >> 2);
    o->olen = 0;
}

static uint32_t all_tcp_quirks(const uint8_t *tcp)
{
    uint32_t flags = tcp[TCP_FLAGS_AT];
    uint32_t is_ack = flags >> 4 & 1u;
    uint32_t ack_set = hg_be32(tcp + TCP_ACK_AT) != 0;
    uint32_t urgent = flags >> 5 & 1u;
    return when((flags & TCP_ECN) != 0 || (tcp[TCP_OFFSET_AT] & TCP_NS) != 0, HG_QUIRK_ECN) |
           when(hg_be32(tcp + TCP_SEQ_AT) == 0, HG_QUIRK_SEQ_MINUS) |
           when(ack_set & (is_ack ^ 1u), HG_QUIRK_ACK_PLUS) |
           when((ack_set ^ 1u) & is_ack, HG_QUIRK_ACK_MINUS) | when(urgent, HG_QUIRK_URGF_PLUS) |
           when((urgent ^ 1u) & (hg_be16(tcp + TCP_URGENT_AT) != 0), HG_QUIRK_UPTR_PLUS) |
           when(flags >> 3 & 1u, HG_QUIRK_PUSHF_PLUS);
}

/* Nearly every handshake packet has no quirk in its TCP header; one test finds that out. */
static inline uint32_t tcp_quirks(const uint8_t *tcp)
{
    uint32_t flags = tcp[TCP_FLAGS_AT];
    uint32_t ack_differs = (hg_be32(tcp + TCP_ACK_AT) != 0) ^ (flags >> 4 & 1u);
    uint32_t odd = (flags & (TCP_ECN | HG_URG | HG_PSH)) | (tcp[TCP_OFFSET_AT] & TCP_NS) |
                   hg_be16(tcp + TCP_URGENT_AT) | (hg_be32(tcp + TCP_SEQ_AT) == 0) | ack_differs;
    return odd == 0 ? 0 : all_tcp_quirks(tcp);
}

void hg_observe_headers(const hg_packet *packet, hg_observation *o)
{
    if (packet->version == 4)
        observe_ipv4(packet->ip, o);
    else
        observe_ipv6(packet->ip, o);
    o->quirks |= tcp_quirks(packet->tcp);
    o->window = hg_be16(packet->tcp + TCP_WINDOW_AT);
    o->window_multiple = 0;
    o->window_kind = HG_WINDOW_LITERAL;
    o->header_bytes = packet->header_bytes;
    o->version = packet->version;
    o->response = packet->type != HG_SYN;
    o->payload = packet->payload != 0;
}
