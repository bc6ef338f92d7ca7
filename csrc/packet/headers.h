/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * headers.h - the headers of IPv4 (RFC 791), IPv6 (RFC 8200), TCP (RFC 9293) and UDP (RFC 768).
 */
#pragma once

#include "base/bytes.h"
#include "packet/frame.h"
#include "packet/packet.h"

/* ---- IP ---- */

/* IP protocols that are read: TCP, UDP, tunnels, ICMPv6 for Neighbor Discovery, and ICMP for redirects. */
enum {
    PROTOCOL_ICMP = 1,
    PROTOCOL_IPV4 = 4,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    PROTOCOL_IPV6 = 41,
    PROTOCOL_GRE = 47,
    PROTOCOL_ICMP6 = 58
};
enum { PROTOCOL_AUTHENTICATION = 51 }; /* a header before the next protocol (RFC 4302) */

/* Offsets into the IPv4 header. */
enum {
    IPV4_IHL_AT = 0, /* the header's length in 32-bit words, in the lower half byte */
    IPV4_TOS_AT = 1, /* DSCP, then two bits of ECN */
    IPV4_LENGTH_AT = 2,
    IPV4_ID_AT = 4,
    IPV4_FRAGMENT_AT = 6, /* three flags (reserved, DF, MF), then the offset */
    IPV4_TTL_AT = 8,
    IPV4_PROTOCOL_AT = 9,
    IPV4_SOURCE_AT = 12,
    IPV4_DESTINATION_AT = 16
};

enum {
    IPV4_IHL = 0x0F,
    IPV4_PLAIN = 0x45,         /* the first byte of a header without options */
    IPV4_IS_FRAGMENT = 0x3FFF, /* MF and the offset */
    IPV4_MORE_FRAGMENTS = 0x2000,
    IPV4_OFFSET = 0x1FFF
};

/* Mask for the four bytes from IPV4_FRAGMENT_AT on: keeps the fragment bits and the protocol. */
#define IPV4_FRAGMENT_AND_PROTOCOL ((uint32_t)IPV4_IS_FRAGMENT << 16 | 0xFFu)

/* The length of the header at `ip` in bytes, as the header states it. */
static inline uint32_t hg_ipv4_header_length(const uint8_t *ip)
{
    return (ip[IPV4_IHL_AT] & (uint32_t)IPV4_IHL) * 4;
}

/* The IPv4 address at `bytes`. */
static inline hg_address hg_ipv4_address(const uint8_t *bytes)
{
    uint64_t word = 0;
    memcpy(&word, bytes, 4);
    return (hg_address){{word, 0}};
}

/* Whether one station may have the address: it is neither unspecified, nor a group or broadcast. */
static inline int hg_is_unicast(hg_address address, uint32_t version)
{
    uint8_t at[16];
    memcpy(at, address.word, sizeof at);
    if (version == 4)
        return at[0] != 0 && (at[0] < 224 || at[0] >= 240) && hg_be32(at) != UINT32_MAX;
    return at[0] != 0xFF && (address.word[0] | address.word[1]) != 0;
}

enum { HG_IPV6_HEADER = 40 };

/* Offsets into the IPv6 header. The first word holds the version, the traffic class and the flow label. */
enum {
    IPV6_WORD_AT = 0,
    IPV6_LENGTH_AT = 4,
    IPV6_NEXT_AT = 6,
    IPV6_HOPS_AT = 7,
    IPV6_SOURCE_AT = 8,
    IPV6_DESTINATION_AT = 24
};

/* The TTL or hop limit of a packet. */
static inline uint8_t hg_packet_hops(const hg_packet *packet)
{
    return packet->ip[packet->version == 4 ? IPV4_TTL_AT : IPV6_HOPS_AT];
}

enum { IPV6_CLASS_SHIFT = 20, IPV6_FLOW_LABEL = 0xFFFFF };

/* Offsets into the extension headers that are skipped. The unit of the length depends on the header. */
enum { EXTENSION_NEXT_AT = 0, EXTENSION_LENGTH_AT = 1, LEAST_EXTENSION = 8 };

/* The fragment header: the type of the next header, the offset in bytes with flags in its lower three bits, an id. */
enum {
    HG_IPV6_FRAGMENT_HEADER = 8,
    IPV6_FRAGMENT_OFFSET_AT = 2,
    IPV6_FRAGMENT_OFFSET = 0xFFF8,
    IPV6_MORE_FRAGMENTS = 1,
    IPV6_FRAGMENT_ID_AT = 4
};

/* Skips the extension headers of IPv6 and adds their length to `*walked`. `*next` is the type of the first one, and
 * becomes the type of the header after them. HG_DROP_FRAGMENT: that is a fragment header. */
hg_drop hg_ipv6_walk(hg_view *view, uint8_t *next, uint32_t *walked);
/* Reads the IP header at `view` into `packet` and moves `view` to its payload, whose length is then
 * `view->wire`. `*protocol` becomes the protocol of the payload: TCP, or another one that `reads` includes
 * (see hg_packet_parse). HG_PARSED_OTHER: `packet` is a fragment of UDP. */
hg_drop hg_ip_parse(hg_view *view, int reads, hg_packet *packet, uint8_t *protocol);

/* ---- TCP ---- */

/* Offsets into the TCP header. */
enum {
    TCP_SOURCE_AT = 0,
    TCP_DESTINATION_AT = 2,
    TCP_SEQ_AT = 4,
    TCP_ACK_AT = 8,
    TCP_OFFSET_AT = 12, /* the header's length in 32-bit words, in the upper half byte */
    TCP_FLAGS_AT = 13,
    TCP_WINDOW_AT = 14,
    TCP_URGENT_AT = 18
};

/* The length of the header at `tcp` in bytes, as the header states it. */
static inline uint32_t hg_tcp_header_length(const uint8_t *tcp)
{
    return (tcp[TCP_OFFSET_AT] >> 4) * 4u;
}

/* 1 when the checksums of a segment and of its IPv4 header are right (RFC 9293, 3.1; RFC 791, 3.1; RFC 1071). `data`
 * points to its `packet->payload` bytes, all of which must be captured. */
int hg_checksum_is_right(const hg_packet *packet, const uint8_t *data);
/* The same for a datagram whose `length` bytes of data follow its header in memory. 0 means none (RFC 768);
 * over IPv6, receivers drop such datagrams (RFC 8200, 8.1). */
int hg_udp_checksum_is_right(const hg_packet *packet, const uint8_t *data, uint32_t length);

/* ---- UDP ---- */

enum { HG_UDP_HEADER = 8 };

/* Offsets into the UDP header. */
enum { UDP_SOURCE_AT = 0, UDP_DESTINATION_AT = 2, UDP_LENGTH_AT = 4, UDP_CHECKSUM_AT = 6, UDP_PORTS_END = 4 };

/* The drop of a fragment that is not read. In IPv4 it counts as not TCP, because a later fragment does not even show
 * whether it belongs to a tunnel. */
static inline hg_drop hg_fragment_drop(const hg_packet *packet)
{
    return packet->version == 4 ? HG_DROP_NOT_TCP : HG_DROP_FRAGMENT;
}
