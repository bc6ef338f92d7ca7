/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * segments.c - the data that TCP packets carry, for readers of what lies above TCP.
 */
#include <string.h>

#include "packet/parse.h"

static void describe(const hg_frame *frame, const hg_packet *packet, hg_segment *segment)
{
    const uint8_t *start;
    uint32_t length = hg_packet_data(packet, frame, &start);
    *segment = (hg_segment){
        .time_ns = frame->time_ns,
        .src_port = packet->source_port,
        .dst_port = packet->destination_port,
        .version = packet->version,
        .data = start,
        .length = length,
    };
    memcpy(segment->src_ip, packet->source.word, sizeof segment->src_ip);
    memcpy(segment->dst_ip, packet->destination.word, sizeof segment->dst_ip);
}

hg_status hg_segments_next(hg_source *source, int decapsulate, uint64_t *packets, hg_segment *segments,
                           uint32_t *count, hg_error *error)
{
    hg_frame frames[HG_MOST_SEGMENTS];
    uint32_t read = 0;
    *count = 0;
    source->sieve = NULL;
    hg_status status = source->next(source, frames, HG_MOST_SEGMENTS, &read, error);
    for (uint32_t i = 0; i < read; i++) {
        hg_packet packet;
        if (hg_packet_parse(frames + i, decapsulate, &packet) != HG_DROP_NONE || packet.payload == 0)
            continue;
        describe(frames + i, &packet, segments + *count);
        segments[*count].packet_number = *packets + i + 1;
        *count += segments[*count].length > 0;
    }
    *packets += read;
    return status;
}
