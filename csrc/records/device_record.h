/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_record.h - the hosts and addresses in the record of a device.
 *
 * The record of a device is written at the place of its first host. The places after the hosts are bindings, for MACs
 * that no host has: from forged claims, or of evicted hosts.
 */
#pragma once

#include "records/write.h"

typedef struct hg_device_record {
    const hg_hosts *hosts;
    const uint8_t *mac; /* NULL: identified by its address */
    const uint8_t *behind; /* the MAC of the bridge that sends its frames; NULL: none */
    const uint8_t *stations[HG_KNOWN_SEGMENTS + 1]; /* with `mac`, the first one in its segment */
    uint32_t station_count;
    const hg_host_entry *members[HG_DEVICE_MEMBERS];
    uint32_t count;
    uint32_t address_count; /* also of hosts that are not among `members` */
    const hg_host_view *best; /* of the member with the most confidence; without members, an empty one */
    int64_t first_ns;
    int64_t last_ns;
    uint8_t is_local;
    uint8_t differs; /* values on which the stations do not agree, bits by hg_device_field */
    hg_host_view views[2]; /* `best`, and the one that it is compared with */
} hg_device_record;

typedef struct hg_address_list {
    hg_binding at[HG_MAC_ADDRESSES]; /* `is_by_others`: the address is disputed */
    uint32_t count;
    uint32_t total; /* also of those that found no room */
} hg_address_list;

/* Finds the device whose record is written at a place, without its `best`. 0: none. */
int hg_device_record_at(const hg_hosts *hosts, uint32_t place, hg_device_record *out);
/* Sets `best`, and what stations do not agree on. */
void hg_device_record_judge(hg_device_record *out);
/* Lists the addresses of hosts without a binding, then those of all bindings; or the tentative ones. */
void hg_device_record_addresses(const hg_device_record *record, int are_tentative, hg_address_list *list);
