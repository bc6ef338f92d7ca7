/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stealth.c - lists the packets of a block that FIN, NULL and Xmas scans send.
 */
#include "blocks/block.h"

#include "filter/filter.h"
#include "packet/sender.h"

/* Whether a frame has such a packet. A system sets ACK in all packets of a connection except its SYN and RST (RFC 9293,
 * 3.10.7.4). A device that clears flags leaves data or options. Scanners state any acknowledgement number. */
static int is_stealth(const hg_frame *frame, hg_packet *packet)
{
    hg_parsing with = {0};
    (void)hg_layers_parse(frame, &with, packet);
    return with.has_stealth && packet->payload == 0 && packet->options_length == 0;
}

static void note(hg_block *block, const hg_packet *packet, uint32_t index)
{
    const hg_frame *frame = block->frames + index;
    hg_stealth *made = block->stealth + block->stealth_count++;
    *made = (hg_stealth){.time_ns = frame->time_ns,
                         .packet_number = index, /* until hg_stealth_report */
                         .segment = hg_segment_of(frame),
                         .src_port = packet->source_port,
                         .dst_port = packet->destination_port,
                         .ip_version = packet->version};
    if (!hg_source_mac(frame, made->mac))
        memset(made->mac, 0, sizeof made->mac);
    memcpy(made->src_ip, packet->source.word, sizeof made->src_ip);
    memcpy(made->dst_ip, packet->destination.word, sizeof made->dst_ip);
}

void hg_stealth_take(hg_block *block, const hg_stages *stages)
{
    hg_packet packet;
    for (uint32_t i = 0; i < block->frame_count; i++)
        if (block->frames[i].linktype != HG_LINKTYPE_FILTERED && is_stealth(block->frames + i, &packet) &&
            (hg_filter_passes_from(stages->filter, &packet, 0) || hg_filter_passes_from(stages->filter, &packet, 1)))
            note(block, &packet, i);
}

void hg_stealth_report(hg_block *block, uint32_t end, hg_batch *batch)
{
    for (; block->next_stealth < block->stealth_count; block->next_stealth++) {
        hg_stealth one = block->stealth[block->next_stealth];
        const uint32_t index = (uint32_t)one.packet_number;
        if (index >= end)
            return;
        one.packet_number = hg_frame_number(block->frames + index, index, block->first_number);
        if (batch->stealth != NULL)
            batch->stealth[batch->stealth_count++] = one;
    }
}
