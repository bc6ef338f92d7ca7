/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device.h - the announcements of a host, and its MAC.
 */
#pragma once

#include "announcements/conclusion.h"
#include "hg_columns.h"

enum {
    HG_DEVICE_CLAIMS = 16, /* per host */
    HG_DEVICE_DATAGRAMS = 4,
    HG_DEVICE_PLACES = 8, /* more than routers have */
    HG_DEVICE_HOSTS = 8 /* most hosts with one MAC that share claims; a MAC with more counts as a router's */
};
_Static_assert((int)HG_DEVICE_READINGS >= HG_DEVICE_CLAIMS * HG_DEVICE_HOSTS, "all claims find room");

/* The announcements of a host, and its MAC. */
typedef struct hg_device {
    uint32_t next_in_chain; /* next device in the hash chain of its MAC */
    uint32_t host; /* index */
    uint32_t claims; /* number of the first hg_device_claim; 0: none */
    uint8_t mac[HG_STATION];
    uint8_t has_mac; /* 1: `mac` is set */
    uint8_t mac_scope; /* the highest hg_scope of packets that show `mac`; HG_SCOPE_NONE: only its frames do */
    uint8_t mac_votes; /* packets with `mac`, up to a limit */
    uint8_t rival_votes; /* packets with `rival`, which may replace `mac`, minus packets with other MACs */
    uint8_t rival[HG_MAC_LENGTH];
    uint8_t has_received; /* 1: the sender of `mac` acknowledged what it had received */
    uint8_t is_router;   /* the host announced itself as a router */
    int64_t mac_ns;      /* when `mac` was last seen with the address */
    int64_t lease_ns, lease_until_ns; /* when the latest lease of `mac` began and ends; an end of 0: none was seen */
    uint32_t lease_address; /* the IPv4 address of this lease */
    uint32_t asker;      /* index of the host with `mac` that all requests of the MAC count for; 0: not chosen */
    uint32_t datagrams[HG_DEVICE_DATAGRAMS]; /* of its latest announcements, as in hg_device_columns */
    uint32_t client;     /* its DHCP client (devices/related.c); 0: none */
    uint32_t host_name;  /* number of the name that it gave itself; 0: none, or names are not shown */
    uint8_t is_disputed; /* another MAC claimed the address too: */
    uint8_t claimant[HG_MAC_LENGTH]; /* the latest such MAC */
    uint32_t surplus;    /* hosts whose `is_surplus` is set with the same MAC, as hg_frames_conclude counts them */
    uint8_t is_surplus;  /* 1: `mac` has HG_MAC_ADDRESSES addresses already; then the device is in no chain of MACs */
    uint8_t by_frames, by_lease; /* 1: its packets' frames, a lease beyond a router show that `mac` is its own */
    uint8_t was_by_frames, is_behind, is_apart; /* `by_frames` of the conclusion before; see views/machines.h */
    uint16_t places[HG_DEVICE_PLACES]; /* of its UPnP descriptions, by its SSDP; the latest first */
    /* 1: a lease named the host as a router; the lease's server leased other addresses */
    uint8_t is_gateway, is_lease_known;
} hg_device;
