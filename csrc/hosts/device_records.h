/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_records.h - devices: hosts with one MAC that was seen on the link, and others by their address.
 *
 * A record stands at the place of a host. After the hosts come the bindings, for MACs that no host has: those of forged
 * claims, and of hosts that were evicted.
 */
#pragma once

#include "hosts/write.h"

typedef struct hg_device_record {
    const hg_hosts *hosts;
    const uint8_t *mac; /* NULL: known by its address alone */
    const hg_host_entry *members[HG_DEVICE_MEMBERS];
    uint32_t count;
    hg_host_view best; /* of a member, whose values are known and surest; nothing without members */
    int64_t first_ns;
    int64_t last_ns;
    uint8_t is_local;
} hg_device_record;

/* The device whose record stands at a place; 0: none. */
int hg_device_look(const hg_hosts *hosts, uint32_t place, hg_device_record *out);
/* The members of its object. */
void hg_device_record_write_json(hg_json *to, const hg_device_record *of);
/* A title, its addresses, and the records of its hosts for people. */
void hg_device_record_write_text(hg_writer *to, const hg_device_record *of);
