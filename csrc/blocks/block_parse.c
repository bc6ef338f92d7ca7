/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * block_parse.c - parses the frames of a block, keeps the packets to analyse, and counts why others are dropped.
 */
#include "blocks/block.h"

#include "filter/filter.h"
#include "flow/identity.h"

/* Counts a packet that is dropped. HG_DROP_TRUNCATED: the capture cut it, or its headers claim too much. */
static __attribute__((cold, noinline)) void drop_short(hg_block *block, const hg_frame *frame)
{
    block->drops[HG_DROP_TRUNCATED]++;
    if (frame->captured < frame->wire)
        hg_count_cut(&block->packets_cut, block->cut_at, 1, (const uint32_t[]){frame->captured, frame->captured});
}

/* 1: the datagram is analysed: a reader may use it, and it was captured completely. */
static __attribute__((cold)) uint32_t take_datagram(hg_block *block, const hg_stages *stages, hg_packet *packet,
                                                    const hg_frame *frame)
{
    if (packet->reader == HG_TCP_FRAGMENT) {
        block->has_torn = 1;
        return 1;
    }
    hg_drop drop = hg_datagram_judge(stages->protocols, packet, frame);
    if (drop == HG_DROP_TRUNCATED && stages->filter != NULL && !hg_filter_passes_from(stages->filter, packet, 0) &&
        !hg_filter_passes_from(stages->filter, packet, 1))
        drop = HG_DROP_FILTERED;
    if (drop == HG_DROP_TRUNCATED)
        drop_short(block, frame);
    else if (drop != HG_DROP_NONE)
        block->drops[drop]++;
    else
        block->examined_count += (uint32_t)hg_is_examined(packet);
    return drop == HG_DROP_NONE;
}

/* 0: the filter refuses one of the packet's tunnels; then the packet counts as the datagram that carried it. */
static __attribute__((cold, noinline)) int take_tunnels(hg_block *block, const hg_stages *stages,
                                                        const hg_tunnel_layer *layers, hg_packet *packet)
{
    hg_tunnel_id id;
    uint32_t count = 0;
    while (layers[count].kind != HG_TUNNEL_NONE)
        count++;
    for (uint32_t i = 0; i < count && stages->tunnels != NULL; i++) {
        const hg_packet outer = {
            .source = layers[i].source, .destination = layers[i].destination, .version = layers[i].version};
        if (!hg_filter_passes_from(stages->tunnels, &outer, 0))
            return 0;
    }
    hg_tunnels_identify(layers, count, block->sha256, &id);
    packet->tunnel_key = hg_hash_tunnel(stages->conversations.flows.hash_key, &id);
    block->has_tunnels = 1;
    return 1;
}

/* Parses the frames and returns the number of packets. Segments marked in `plain_bits` (or NULL) are only counted. */
static inline uint32_t parse_frames(hg_block *block, const hg_stages *stages, const uint8_t *plain_bits)
{
    hg_parsing with;
    const hg_frame *frames = block->frames;
    const uint32_t count = block->frame_count;
    hg_packet *packet = block->packets;
    uint64_t bytes = 0, passed = 0;
    with.reads = stages->read_bits;
    with.has_stealth = 0;
    for (uint32_t i = 0; i < count; i++) {
        bytes += frames[i].captured;
        if (plain_bits != NULL && (plain_bits[i / HG_DETECTED_TOGETHER] >> i % HG_DETECTED_TOGETHER & 1) != 0) {
            passed++;
            continue;
        }
        hg_drop drop = hg_packet_parse(frames + i, &with, packet);
        packet->frame = i;
        if ((drop == HG_DROP_NONE || drop == HG_PARSED_OTHER) && hg_in_tunnel(packet) &&
            !take_tunnels(block, stages, with.layers, packet))
            drop = HG_DROP_NOT_TCP;
        if (drop == HG_DROP_NONE)
            packet++;
        else if (drop == HG_DROP_TRUNCATED)
            drop_short(block, frames + i);
        else if (drop != HG_PARSED_OTHER)
            block->drops[drop]++;
        else
            packet += take_datagram(block, stages, packet, frames + i);
    }
    uint32_t found = (uint32_t)(packet - block->packets);
    block->has_stealth = with.has_stealth;
    block->bytes = bytes;
    block->drops[HG_DROP_NONE] = found + passed;
    return found;
}

/* Counts segments in fragments as dropped: they are only noted for their connections. */
static __attribute__((cold, noinline)) void count_torn(hg_block *block)
{
    for (uint32_t i = 0; i < block->packet_count; i++) {
        const uint32_t is_torn = block->packets[i].type == 0 && block->packets[i].reader == HG_TCP_FRAGMENT;
        block->drops[HG_DROP_FRAGMENT] += is_torn;
        block->drops[HG_DROP_NONE] -= is_torn;
    }
}

/* Apart from its caller, so that the loop over frames has all registers. */
__attribute__((noinline)) void hg_block_parse(hg_block *block, const hg_stages *stages)
{
    memset(block->drops, 0, sizeof block->drops);
    block->packets_cut = block->cut_at[0] = block->cut_at[1] = 0;
    block->examined_count = 0;
    block->has_tunnels = block->has_torn = 0;
    if (stages->sieves)
        stages->detect(block->frames, block->frame_count, block->plain_bits);
    uint32_t found = parse_frames(block, stages, stages->sieves ? block->plain_bits : NULL);
    block->packet_count = found;
    if (stages->left_out != NULL)
        hg_left_out_name(block, stages);
    if (stages->filter != NULL) {
        block->packet_count = hg_filter_keep(stages->filter, block->packets, found);
        block->drops[HG_DROP_FILTERED] += found - block->packet_count;
        block->drops[HG_DROP_NONE] = block->packet_count;
    }
    if (block->has_torn)
        count_torn(block);
}
