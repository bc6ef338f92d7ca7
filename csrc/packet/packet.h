/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * packet.h - a parsed packet: a TCP segment, or a UDP datagram.
 */
#pragma once

#include "huginn.h"

typedef struct hg_address {
    uint64_t word[2]; /* network order; IPv4 in the first four bytes, the rest zero */
} hg_address;

/* TCP flags, as in the header. */
enum { HG_FIN = 0x01, HG_SYN = 0x02, HG_RST = 0x04, HG_PSH = 0x08, HG_ACK = 0x10, HG_URG = 0x20 };
/* The flags that determine the type of a packet. */
enum { HG_TYPE_FLAGS = HG_SYN | HG_ACK | HG_FIN | HG_RST };

/* Bits for hg_packet_parse: what it reads besides TCP directly in IP. */
enum { HG_READ_TUNNELS = 1, HG_READ_DATAGRAMS = 2, HG_READ_LINK = 4, HG_READ_FRAGMENTS = 8, HG_READ_SEGMENTS = 16 };

/* A result of parsing besides hg_drop: the packet is a UDP datagram, or looks like one (hg_packet). */
#define HG_PARSED_OTHER ((hg_drop)HG_DROP_KINDS)

typedef enum hg_checksum {
    HG_CHECKSUM_UNKNOWN = 0, /* the data was not captured completely */
    HG_CHECKSUM_RIGHT,
    HG_CHECKSUM_WRONG
} hg_checksum;

/* A parsed packet. The pointers point into the frame. All of its headers were captured completely.
 *
 * A UDP datagram has no options and type 0, which no TCP segment has. Two other kinds of packets look like a datagram:
 *
 *     frames without IP   version 0, neither addresses nor ports; Neighbor Discovery, too, although it has IP
 *     fragments           `fragment` is 1; their data is a part of the UDP header and content, or the begin of a TCP
 *                         header and content; then `reader` is HG_TCP_FRAGMENT */
typedef struct hg_packet {
    hg_address source;
    hg_address destination;
    const uint8_t *ip; /* the IP header; in a frame without IP, its data */
    union {
        const uint8_t *tcp;
        const uint8_t *data; /* of a datagram */
    };
    union {
        uint32_t seq;
        uint32_t
            peek; /* of a datagram: where its result begins in hg_peeks (conversations/datagrams.c), from 1; 0: none */
        uint32_t place; /* of a fragment: the offset of its data, plus HG_MORE_FRAGMENTS unless it is the last one */
    };
    uint32_t payload; /* bytes of data, according to the lengths in the headers */
    uint16_t source_port;
    uint16_t destination_port;
    uint16_t header_bytes; /* of the IP header and the TCP or UDP header, with options and extension headers */
    uint8_t options_length; /* bytes of TCP options */
    uint8_t type; /* flags & HG_TYPE_FLAGS */
    uint8_t version;
    uint8_t tunnel; /* hg_tunnel: its outermost tunnel; HG_TUNNEL_SEGMENT: none, but hg_segment_of may not be 0 */
    uint8_t reader; /* of a datagram: number of its reader (conversations/datagrams.h), from 1; 0: none */
    union {
        uint8_t fragment; /* of a datagram: 1 if it is a fragment */
        uint8_t checksum; /* of a SYN or SYN+ACK, if stream readers are on: hg_checksum */
    };
    uint32_t frame; /* index of its frame in the block */
    uint64_t tunnel_key; /* in a tunnel: keyed hash of all its tunnels, part of the identity of its hosts and flow */
    union {
        uint64_t link_protocol; /* of a frame without IP, until a reader is chosen */
        struct {
            uint32_t flow_hash; /* for the lookup of its flow (hg_hash_packet) */
            uint32_t source_hash; /* for the lookup of its source */
        };
    };
} hg_packet;

/* Whether the packet came in a tunnel. A segment (HG_TUNNEL_SEGMENT) is none. */
static inline int hg_in_tunnel(const hg_packet *packet)
{
    return (packet->tunnel & ~HG_TUNNEL_SEGMENT) != HG_TUNNEL_NONE;
}

/* Packets inside more tunnels than this are not read: they are an attack or a loop. */
enum { HG_MOST_TUNNELS = 4 };

/* One of the tunnels around a packet. */
typedef struct hg_tunnel_layer {
    hg_address source; /* of the outer packet; zeros: the tunnel is on the link */
    hg_address destination;
    uint32_t network; /* such as a VNI or a key of GRE; 0: none, as in GTP-U, whose number differs for each direction */
    uint8_t version; /* of the outer IP header; 0: none */
    uint8_t kind; /* hg_tunnel */
    uint8_t zero[2];
} hg_tunnel_layer;

enum { HG_TCP_FRAGMENT = UINT8_MAX };

/* Offsets of fragments are counted from the UDP header on, and are multiples of 8. */
enum { HG_MORE_FRAGMENTS = 1, HG_FRAGMENT_UNIT = 8, HG_MOST_DATAGRAM = 65535 };

enum { HG_IPV4_HEADER = 20, HG_TCP_HEADER = 20 }; /* without options */

static inline const uint8_t *hg_tcp_options(const hg_packet *packet)
{
    return packet->tcp + HG_TCP_HEADER;
}

static inline int hg_is_datagram(const hg_packet *packet)
{
    return packet->type == 0;
}

static inline int hg_is_handshake(const hg_packet *packet)
{
    return (packet->type & HG_SYN) != 0; /* a valid type with SYN has no other flag than ACK */
}

/* Sets of valid types, as bits: SYN, FIN and RST exclude each other, and one of them or ACK must
 * be set. */
#define HG_HANDSHAKE_TYPES (1u << HG_SYN | 1u << (HG_SYN | HG_ACK))
#define HG_SEGMENT_TYPES \
    (1u << HG_ACK | 1u << HG_FIN | 1u << (HG_FIN | HG_ACK) | 1u << HG_RST | 1u << (HG_RST | HG_ACK))

/* Whether systems send packets of this type: all that are valid except a FIN without ACK. */
static inline int hg_type_is_usual(uint32_t type)
{
    return (int)(((HG_HANDSHAKE_TYPES | HG_SEGMENT_TYPES) & ~(1u << HG_FIN)) >> type & 1u);
}
