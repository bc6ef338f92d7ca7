/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * packet.h - from a captured frame to a TCP packet, one layer a file, and on to an
 * observation.
 *
 *     frame ──link.c──▶ IP header ──ip.c──▶ TCP header ──tcp.c──▶ packet
 *                                            packet ──signature.c──▶ observation
 *
 * Each layer checks every length it needs before it reads and says with an hg_drop why it
 * stopped.
 */
#ifndef HG_PACKET_H
#define HG_PACKET_H

#include "frame.h"
#include "hg_layout.h"

/* Bytes not yet parsed. `wire` counts what was on the wire, `captured` what is at `data`. */
typedef struct hg_view {
    const uint8_t *data;
    uint32_t captured;
    uint32_t wire;
} hg_view;

/* TCP flags, as in the header. */
enum { HG_FIN = 0x01, HG_SYN = 0x02, HG_RST = 0x04, HG_PSH = 0x08, HG_ACK = 0x10, HG_URG = 0x20 };

/* A parsed TCP packet. Pointers go into the frame. */
typedef struct hg_packet {
    const uint8_t *source;      /* address: 4 or 16 bytes, by version */
    const uint8_t *destination;
    const uint8_t *options; /* TCP options */
    uint32_t quirks;        /* those of the IP and TCP headers, not of the options */
    uint32_t seq;
    uint32_t ack;
    uint32_t payload; /* bytes of data, by the lengths in the headers */
    uint16_t source_port;
    uint16_t destination_port;
    uint16_t window;
    uint16_t header_bytes; /* IP and TCP headers with all options and extension headers */
    uint8_t options_length;
    uint8_t type; /* flags & (SYN | ACK | FIN | RST) */
    uint8_t version;
    uint8_t ttl;
    uint8_t dscp;
    uint8_t olen; /* bytes of IPv4 options */
} hg_packet;

/* Moves `view` from the link header to the IP header. */
hg_drop hg_link_strip(uint32_t linktype, hg_view *view);

/* Reads the IP header at `view` into `packet` and moves `view` to the TCP header; its `wire`
 * is then the length of the TCP segment. */
hg_drop hg_ip_parse(hg_view *view, hg_packet *packet);

/* Reads the TCP header at `view` into `packet`. */
hg_drop hg_tcp_parse(const hg_view *view, hg_packet *packet);

/* All of the above. */
hg_drop hg_packet_parse(const hg_frame *frame, hg_packet *packet);

/* Fills everything of `observation` that the packet alone tells; the window multiple is the
 * one found without the peer's MSS. `packet` is a SYN or SYN+ACK. */
void hg_observe(const hg_packet *packet, hg_observation *observation);

/* Looks for a multiple of the peer's MSS where no other was found. 1 when there is one. */
int hg_observe_peer(hg_observation *observation, uint16_t peer_mss);

/* The packet's own timestamp, 0 when it has none. */
uint32_t hg_own_timestamp(const hg_packet *packet);

/* The distance that a TTL alone suggests: hops to the next usual initial TTL. */
uint8_t hg_guess_distance(uint8_t ttl);

#endif
