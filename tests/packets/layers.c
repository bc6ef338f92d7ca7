/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * layers.c - prints what the core makes of frames, for the test beside it.
 *
 * Input, one frame after the other: link type, decapsulate, captured length and wire length
 * as 32-bit numbers of this machine, and the captured bytes. Each frame ends right before an
 * unreadable page.
 */
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS */
#include <stdio.h>

#include "guard.h"
#include "packet.h"

static int read_exactly(void *to, size_t bytes)
{
    return fread(to, 1, bytes, stdin) == bytes;
}

static void print_packet(const hg_frame *frame, const hg_packet *packet)
{
    const char *tunnel = hg_tunnel_name(packet->tunnel);
    /* Both headers are promised to be there, whatever they say of their lengths. */
    uint32_t last = packet->tcp[HG_TCP_HEADER + packet->options_length - 1];
    printf("%s %td %u %u %u %u %u %u %u\n", tunnel, packet->ip - frame->data, packet->header_bytes,
           packet->options_length, packet->payload, packet->source_port, packet->destination_port,
           packet->type, last);
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
        hg_drop drop = hg_packet_parse(&frame, (int)head[1], &packet);
        if (drop == HG_DROP_NONE)
            print_packet(&frame, &packet);
        else
            printf("drop %u\n", (unsigned)drop);
        guard_free(bytes, head[2]);
    }
    return 0;
}
