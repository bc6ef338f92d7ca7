/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * evicted.c - handshakes that a full table of flows lost before their end, as in a flood of SYNs. They still complete,
 * so that a flood makes no other server look like its target.
 */
#include "base/memory.h"
#include "tcp/conversation.h"

hg_evicted *hg_evicted_table(void)
{
    return hg_zeroed(HG_EVICTED_HANDSHAKES, sizeof(hg_evicted));
}

static void remember(void *state, hg_index index)
{
    hg_conversations *c = state;
    const hg_flow *flow = c->flows.records + index;
    if (c->batch == NULL || c->batch->completions == NULL || c->reported == 0 || !flow->syn_seen ||
        (flow->marks & HG_DISPUTED) != 0)
        return;
    if (c->evicted == NULL && (c->evicted = hg_evicted_table()) == NULL)
        return;
    const hg_tcp_flow *tcp = c->tcp_flows + index;
    const uint32_t hash = c->flows.records[index].hash;
    c->evicted[hash % HG_EVICTED_HANDSHAKES] = (hg_evicted){.hash = hash,
                                                            .client_next = tcp->client_next,
                                                            .server_next = tcp->server_next,
                                                            .is_open = 1,
                                                            .flow = flow->first_packet};
}

void hg_conversations_watch_evicted(hg_conversations *c)
{
    c->flows.evicted = (hg_flow_listener){.ended = remember, .state = c};
}

__attribute__((cold, noinline)) void hg_conversations_complete_evicted(hg_conversations *c, const hg_packet *packet,
                                                                       const hg_frame *frame)
{
    hg_evicted *evicted = c->evicted + packet->flow_hash % HG_EVICTED_HANDSHAKES;
    if (packet->type != HG_ACK || evicted->hash != packet->flow_hash || !evicted->is_open ||
        packet->seq != evicted->client_next || hg_be32(packet->tcp + TCP_ACK_AT) != evicted->server_next ||
        c->batch == NULL || c->batch->completions == NULL)
        return;
    evicted->is_open = 0;
    c->batch->completions[c->batch->completion_count++] =
        (hg_completion){.time_ns = frame->time_ns,
                        .packet_number = hg_frame_number(frame, packet->frame, c->first_number),
                        .flow = evicted->flow,
                        .marks = HG_COMPLETES};
}
