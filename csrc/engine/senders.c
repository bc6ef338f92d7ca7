/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * senders.c - lists who sent the frames of a block, also those that no reader reads.
 */
#include "engine/block.h"

#include "base/hash.h"
#include "filter/filter.h"
#include "packet/sender.h"
#include "tcp/observe.h"

enum { PLACES = 2 * HG_LARGEST_BLOCK /* of the hash table */, MOST_SERVER_PORT = 1023, LEAST_TTL = 32 };

/* ---- one frame ------------------------------------------------------------------------- */

/* Moves `view` behind the IP header and its extensions. `*protocol` becomes the protocol there; for fragments, the
 * protocol of the first header. 0: no ports can follow. */
static int pass_ip_header(hg_view *view, hg_packet *packet, uint8_t *protocol)
{
    const uint8_t *ip = view->data;
    uint32_t walked = HG_IPV6_HEADER;
    packet->ip = ip;
    packet->version = (uint8_t)hg_ip_version(view);
    if (packet->version == 4) {
        packet->source = hg_ipv4_address(ip + IPV4_SOURCE_AT);
        packet->destination = hg_ipv4_address(ip + IPV4_DESTINATION_AT);
        *protocol = ip[IPV4_PROTOCOL_AT];
        return (hg_be16(ip + IPV4_FRAGMENT_AT) & IPV4_OFFSET) == 0 && hg_take(view, hg_ipv4_header_length(ip));
    }
    memcpy(packet->source.word, ip + IPV6_SOURCE_AT, sizeof packet->source.word);
    memcpy(packet->destination.word, ip + IPV6_DESTINATION_AT, sizeof packet->destination.word);
    *protocol = ip[IPV6_NEXT_AT];
    hg_take(view, HG_IPV6_HEADER);
    const hg_drop drop = hg_ipv6_walk(view, protocol, &walked);
    if (drop == HG_DROP_FRAGMENT && view->captured > EXTENSION_NEXT_AT)
        *protocol = view->data[EXTENSION_NEXT_AT];
    return drop == HG_DROP_NONE;
}

/* Whether a TCP segment can be a server's: not a refusal, and no SYN or probe from a low port. */
static int is_of_connection(const hg_view *tcp)
{
    return tcp->captured > TCP_FLAGS_AT && (tcp->data[TCP_FLAGS_AT] & (HG_RST | HG_ACK)) == HG_ACK;
}

/* Sets the MAC of the frame's sender; a group's is none. */
static void set_mac(const hg_frame *frame, hg_sender *out)
{
    enum { GROUP = 1 };
    if (!hg_source_mac(frame, out->mac) || (out->mac[0] & GROUP) != 0)
        memset(out->mac, 0, sizeof out->mac);
}

/* The sender of a frame without an address that counts: its MAC, unless readers or addresses tell more of it. */
static hg_sender without_address(const hg_frame *frame)
{
    hg_sender found = {.packets = 1};
    if (hg_sender_has_no_address(frame)) {
        set_mac(frame, &found);
        found.segment = hg_segment_of(frame);
    }
    return found;
}

/* Sets the packet's addresses and ports, and `*out` except its times. 0: the frame has no sender. */
static int read_sender(const hg_frame *frame, hg_packet *packet, hg_sender *out)
{
    hg_view view = {frame->data, frame->captured, frame->wire};
    if (hg_link_strip(frame->linktype, &view) != HG_DROP_NONE || view.captured < HG_IPV4_HEADER)
        return 0;
    const uint32_t version = hg_ip_version(&view);
    if (version != 4 && (version != 6 || view.captured < HG_IPV6_HEADER))
        return 0;
    *out = (hg_sender){.packets = 1, .segment = hg_segment_of(frame)};
    *packet = (hg_packet){.tunnel = HG_TUNNEL_NONE};
    const int may_have_ports = pass_ip_header(&view, packet, &out->protocol);
    if (!hg_is_unicast(packet->source, packet->version))
        return 0;
    if (may_have_ports && view.captured >= UDP_PORTS_END &&
        (out->protocol == PROTOCOL_TCP || out->protocol == PROTOCOL_UDP)) {
        packet->source_port = hg_be16(view.data);
        packet->destination_port = hg_be16(view.data + UDP_DESTINATION_AT);
        if (packet->source_port <= MOST_SERVER_PORT && packet->destination_port > MOST_SERVER_PORT &&
            (out->protocol == PROTOCOL_UDP || is_of_connection(&view)))
            out->server_port = packet->source_port;
    }
    memcpy(out->address, packet->source.word, sizeof out->address);
    out->version = packet->version;
    out->nearness = hg_has_label(frame)                  ? HG_NEAR_UNKNOWN
                    : hg_stays_on_link(packet)           ? HG_NEAR_BY_DESTINATION
                    : hg_shows_router(packet)            ? HG_NEAR_UNKNOWN
                    : hg_packet_hops(packet) < LEAST_TTL ? HG_NEAR_BY_LOW_TTL
                                                         : HG_NEAR_BY_TTL;
    out->is_far = out->nearness == HG_NEAR_UNKNOWN || hg_packet_hops(packet) == LEAST_TTL;
    set_mac(frame, out);
    return 1;
}

/* ---- the senders of a block ------------------------------------------------------------ */

static int is_same(const hg_sender *one, const hg_sender *other)
{
    return memcmp(one->address, other->address, sizeof one->address) == 0 && one->version == other->version &&
           one->protocol == other->protocol && one->server_port == other->server_port &&
           one->segment == other->segment && memcmp(one->mac, other->mac, sizeof one->mac) == 0;
}

/* The place of the sender in the hash table, or a free place for it. */
static uint16_t *find_place(const hg_block *block, uint64_t key, const hg_sender *sender)
{
    uint64_t words[2], mac = 0;
    memcpy(words, sender->address, sizeof words);
    memcpy(&mac, sender->mac, sizeof sender->mac);
    key = hg_hash_mix(hg_hash_mix(key, words[0]), words[1] ^ mac ^ sender->segment << 40);
    uint32_t at = hg_hash_fold(hg_hash_mix(key, sender->protocol | (uint64_t)sender->server_port << 8)) % PLACES;
    while (block->sender_places[at] != 0 && !is_same(block->senders + block->sender_places[at] - 1, sender))
        at = (at + 1) % PLACES;
    return block->sender_places + at;
}

static void note_sender(hg_block *block, uint64_t key, const hg_sender *one, uint32_t index)
{
    const int64_t time_ns = block->frames[index].time_ns;
    uint16_t *place = find_place(block, key, one);
    if (*place == 0) {
        *place = (uint16_t)(block->sender_count + 1);
        hg_sender *made = block->senders + block->sender_count++;
        *made = *one;
        made->first_ns = made->last_ns = time_ns;
        made->packet_number = index; /* until hg_senders_report */
        return;
    }
    hg_sender *known = block->senders + *place - 1;
    known->packets++;
    known->nearness = one->nearness > known->nearness ? one->nearness : known->nearness;
    known->is_far |= one->is_far;
    known->first_ns = time_ns < known->first_ns ? time_ns : known->first_ns;
    known->last_ns = time_ns > known->last_ns ? time_ns : known->last_ns;
}

void hg_senders_take(hg_block *block, const hg_stages *stages)
{
    hg_packet packet;
    hg_sender one;
    block->sender_count = block->next_sender = 0;
    if (block->senders == NULL)
        block->senders = malloc(block->capacity * sizeof *block->senders);
    if (block->sender_places == NULL)
        block->sender_places = malloc(PLACES * sizeof *block->sender_places);
    if (block->senders == NULL || block->sender_places == NULL)
        return;
    memset(block->sender_places, 0, PLACES * sizeof *block->sender_places);
    for (uint32_t i = 0; i < block->frame_count; i++) {
        if (block->frames[i].linktype == HG_LINKTYPE_FILTERED)
            continue;
        if (!read_sender(block->frames + i, &packet, &one)) {
            one = without_address(block->frames + i);
            if (stages->filter != NULL)
                continue;
        } else if (!hg_filter_passes_from(stages->filter, &packet, 0) &&
                   !hg_filter_passes_from(stages->filter, &packet, 1))
            continue;
        note_sender(block, stages->conversations.flows.hash_key, &one, i);
    }
}

void hg_senders_report(hg_block *block, uint32_t end, hg_batch *batch)
{
    for (; block->next_sender < block->sender_count; block->next_sender++) {
        hg_sender one = block->senders[block->next_sender];
        const uint32_t index = (uint32_t)one.packet_number;
        if (index >= end)
            return;
        one.packet_number = hg_frame_number(block->frames + index, index, block->first_number);
        if (batch->senders != NULL)
            batch->senders[batch->sender_count++] = one;
    }
}
