/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * state.h - the state of conversations as bytes: flows, and the TCP reader's data about flows and hosts.
 *
 *     flows       flow/state.h
 *     header      sizes
 *     tcp flows   by the index of the flow
 *     hosts       records ever used, the end of the list first
 */
#pragma once

#include "base/saved.h"
#include "tcp/conversation.h"

void hg_conversations_save(const hg_conversations *conversations, hg_saving *to);
/* Contract of hg_flows_load, for all of it. */
hg_status hg_conversations_load(hg_conversations *conversations, hg_loading *from);
