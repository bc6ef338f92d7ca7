/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * conversation.h - what a packet means in its conversation, and which events follow.
 *
 * This is the one stage that needs the packets in order: everything before it looks at one
 * packet alone.
 */
#ifndef HG_CONVERSATION_H
#define HG_CONVERSATION_H

#include "tcp/matcher.h"
#include "tcp/uptime.h"

/* A packet can tell this many things: handshake, MTU, uptime. */
enum { HG_MOST_ROWS_A_PACKET = 3 };

/* What a packet tells, decided in order; the rows are written later (rows.h). */
typedef struct hg_outcome {
    uint32_t packet; /* its index in the block, for the caller to fill in */
    uint8_t events;  /* which follow from it: bits 1 << hg_event; 0: it tells nothing */
    uint8_t from_server;
    uint8_t syn_seen; /* of a SYN or SYN+ACK */
} hg_outcome;

/* Sets of events, as in `events`. */
enum { HG_EVENT_SETS = 1 << HG_EVENT_KINDS };

static inline int hg_has_uptime(const hg_outcome *outcome)
{
    return (outcome->events & (1 << HG_EVENT_CLIENT_UPTIME | 1 << HG_EVENT_SERVER_UPTIME)) != 0;
}

typedef struct hg_conversations {
    hg_tracker tracker;
    const hg_database *database; /* or NULL */
    uint8_t uptime;
} hg_conversations;

/* `database` (or NULL) and `stats` are borrowed. */
hg_status hg_conversations_init(hg_conversations *conversations, const hg_config *config,
                                const hg_database *database, hg_stats *stats, hg_error *error);
void hg_conversations_clear(hg_conversations *conversations);

/* Takes the next packet. `handshake` is that of a SYN or SYN+ACK; the latter's is named again where its
 * client's MSS makes a difference. `*uptime` is filled when one of the events is an uptime. */
hg_outcome hg_converse(hg_conversations *conversations, const hg_packet *packet, int64_t time_ns,
                       hg_handshake *handshake, hg_uptime *uptime);

#endif
