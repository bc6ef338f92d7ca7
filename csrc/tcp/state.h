/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * state.h - the state of conversations as bytes: flows, and the TCP reader's data about flows and hosts.
 *
 *     flows       flow/state.h
 *     header      sizes
 *     tcp flows   by the index of the flow
 *     hosts       records ever used, the end of the list first
 */
#ifndef HG_TCP_STATE_H
#define HG_TCP_STATE_H

#include "tcp/conversation.h"

/* Bytes that hg_conversations_save writes. */
size_t hg_conversations_state_bytes(const hg_conversations *conversations);
void hg_conversations_save(const hg_conversations *conversations, uint8_t *out);
/* Contract of hg_flows_load, for all of it. */
hg_status hg_conversations_load(hg_conversations *conversations, const uint8_t *bytes, size_t length, size_t *used,
                                hg_error *error);

#endif
