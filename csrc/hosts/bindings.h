/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * bindings.h - which addresses a MAC had, or claimed to have.
 *
 * They outlive the hosts with these addresses, and decide nothing: a forged one stands beside the true one. Their number
 * is bounded; the least recently seen of a few sampled ones is evicted.
 */
#pragma once

#include "hosts/hosts.h"

enum { HG_MAC_ADDRESSES = 256 /* of one MAC that are kept */ };

typedef struct hg_binding {
    uint32_t chain; /* bindings whose MACs have one hash, the latest first */
    hg_address address;
    int64_t first_ns;
    int64_t last_ns;
    uint8_t mac[HG_MAC_LENGTH];
    uint8_t version;
} hg_binding;

/* Notes a packet that ties an address to a MAC. 0: another binding was lost, or there was no room. */
int hg_binding_note(hg_hosts *hosts, const uint8_t *mac, hg_address address, uint8_t version, int64_t time_ns);
/* The binding of a MAC after another one; `after` NULL: its first one. NULL: none. */
hg_binding *hg_binding_next(const hg_hosts *hosts, const uint8_t *mac, const hg_binding *after);
