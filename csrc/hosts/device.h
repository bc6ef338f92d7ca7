/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device.h - the stored announcements of a host.
 */
#pragma once

#include "devices/verdict.h"

enum {
    HG_DEVICE_CLAIMS = 16, /* of a host */
    HG_DEVICE_HOSTS = 8 /* with one MAC that are looked at; behind a router there are more */
};
_Static_assert(HG_DEVICE_CLAIMS * HG_DEVICE_HOSTS <= (int)HG_DEVICE_READINGS, "all claims find room");

/* What a host has that announces something. */
typedef struct hg_device {
    uint32_t chain; /* devices whose MACs have one hash */
    uint32_t host;
    uint32_t claims; /* the first one */
    uint8_t mac[HG_MAC_LENGTH]; /* by which it is known */
    uint8_t has_mac;
    uint8_t mac_scope; /* hg_scope of the packets that show it, the highest */
    uint8_t mac_votes; /* packets with it, up to a limit */
    uint8_t rival_votes; /* packets with the MAC that may replace it, less those with others */
    uint8_t rival[HG_MAC_LENGTH];
    uint8_t claim_count;
    uint8_t is_router;   /* it announced itself as one */
    uint8_t is_disputed; /* another MAC claimed the address, too */
} hg_device;
