/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * layers.c - prints what the core makes of frames, for the test beside it.
 *
 * Input, one frame after the other: link type, decapsulate, captured length and wire length
 * as 32-bit numbers of this machine, and the captured bytes. Each frame ends right before an
 * unreadable page. The latest Ethernet frames are kept together for the detectors, which look at
 * many at once: each says the same as the portable one, and takes nothing for a segment that the
 * layers do not.
 */
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS */
#include <stdio.h>

#include "packet/sieve.h"
#include "guard.h"
#include "packet/linktype.h"
#include "packet/parse.h"

static int read_exactly(void *to, size_t bytes)
{
    return fread(to, 1, bytes, stdin) == bytes;
}

static void print_packet(const hg_frame *frame, const hg_packet *packet)
{
    const char *tunnel = hg_tunnel_name(hg_in_tunnel(packet) ? packet->tunnel : HG_TUNNEL_NONE);
    /* Both headers are promised to be there, whatever they say of their lengths. */
    uint32_t last = packet->tcp[HG_TCP_HEADER + packet->options_length - 1];
    printf("%s %td %u %u %u %u %u %u %u\n", tunnel, packet->ip - frame->data, packet->header_bytes,
           packet->options_length, packet->payload, packet->source_port, packet->destination_port,
           packet->type, last);
}

static hg_frame kept[HG_DETECTED_TOGETHER];
static uint32_t kept_count;

static int check_detectors(void)
{
    uint8_t best = 0, portable = 0;
    hg_detector_best()(kept, HG_DETECTED_TOGETHER, &best);
    hg_detect_portable(kept, HG_DETECTED_TOGETHER, &portable);
    for (uint32_t i = 0; i < HG_DETECTED_TOGETHER; i++) {
        hg_packet packet;
        hg_parsing with;
        with.reads = 1;
        int is_segment = hg_packet_parse(kept + i, &with, &packet) == HG_DROP_NONE && !hg_is_handshake(&packet);
        if ((best >> i & 1) != (portable >> i & 1) || ((best >> i & 1) != 0 && !is_segment))
            return 0;
    }
    return 1;
}

/* Where datagrams are read, all else is as without, and they lie in the frame. */
static int check_datagrams(const hg_frame *frame, int reads, hg_drop drop)
{
    hg_packet packet;
    hg_parsing with;
    with.reads = reads | HG_READ_DATAGRAMS;
    const uint8_t *data;
    hg_drop other = hg_packet_parse(frame, &with, &packet);
    if (other != HG_PARSED_OTHER)
        return other == drop;
    uint32_t length = hg_packet_data(&packet, frame, &data);
    return drop == HG_DROP_NOT_TCP && hg_is_datagram(&packet) && data >= frame->data + HG_UDP_HEADER &&
           length <= packet.payload && length <= frame->captured - (uint32_t)(data - frame->data);
}

/* Takes over the frame's memory. */
static int keep(const hg_frame *frame)
{
    uint32_t place = kept_count++ % HG_DETECTED_TOGETHER;
    if (kept[place].data != NULL)
        guard_free((uint8_t *)(uintptr_t)kept[place].data, kept[place].captured);
    kept[place] = *frame;
    return kept_count < HG_DETECTED_TOGETHER || check_detectors();
}

int main(void)
{
    uint32_t head[4];
    while (read_exactly(head, sizeof head)) {
        uint8_t *bytes = guard_new(head[2]);
        if (bytes == NULL || !read_exactly(bytes, head[2]))
            return 1;
        hg_frame frame = {.data = bytes, .captured = head[2], .wire = head[3], .linktype = head[0]};
        hg_packet packet;
        hg_parsing with;
        with.reads = (int)head[1];
        hg_drop drop = hg_packet_parse(&frame, &with, &packet);
        if (!check_datagrams(&frame, (int)head[1], drop)) {
            fprintf(stderr, "datagrams change what else is read\n");
            return 2;
        }
        if (drop == HG_DROP_NONE)
            print_packet(&frame, &packet);
        else
            printf("drop %u\n", (unsigned)drop);
        if (frame.linktype != LINKTYPE_ETHERNET || frame.captured == 0)
            guard_free(bytes, head[2]);
        else if (!keep(&frame)) {
            fprintf(stderr, "a detector differs\n");
            return 2;
        }
    }
    for (uint32_t i = 0; i < HG_DETECTED_TOGETHER && kept[i].data != NULL; i++)
        guard_free((uint8_t *)(uintptr_t)kept[i].data, kept[i].captured);
    return 0;
}
