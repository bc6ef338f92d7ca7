/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * conversation.h - what a packet means in its conversation, and which events follow.
 *
 * This is the one stage that needs the packets in order: everything before it looks at one
 * packet alone.
 */
#ifndef HG_CONVERSATION_H
#define HG_CONVERSATION_H

#include "matcher.h"
#include "rows.h"

typedef struct hg_conversations {
    hg_tracker tracker;
    const hg_database *database; /* or NULL */
    hg_stats *stats;
    uint8_t uptime;
} hg_conversations;

/* `database` (or NULL) and `stats` are borrowed. */
hg_status hg_conversations_init(hg_conversations *conversations, const hg_config *config,
                                const hg_database *database, hg_stats *stats, hg_error *error);
void hg_conversations_clear(hg_conversations *conversations);

/* Takes the next packet and appends its events, HG_MOST_ROWS_A_PACKET at most. `handshake`
 * belongs to SYNs and SYN+ACKs, else it is NULL. */
void hg_converse(hg_conversations *conversations, hg_occasion *occasion, hg_handshake *handshake,
                 hg_batch *batch);

#endif
