/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device.h - what is kept of the announcements of a host.
 */
#ifndef HG_HOSTS_DEVICE_H
#define HG_HOSTS_DEVICE_H

#include "hg_layout.h"
#include "huginn.h"

enum {
    HG_DEVICE_CLAIMS = 16,      /* of a host */
    HG_DEVICE_CLAIM_BYTES = 128, /* of all values of one */
    HG_DEVICE_HOSTS = 8 /* with one MAC that are looked at; behind a router there are more */
};

/* What announcements of a kind say; values stand one after the other. */
typedef struct hg_device_claim {
    uint32_t next;
    uint32_t packets;
    int64_t first_ns;
    int64_t last_ns;
    uint8_t kind;   /* hg_announcement */
    uint8_t weight; /* hg_weight, of the signature's source */
    uint8_t generic;
    uint8_t lengths[HG_DEVICE_VALUES];
    char text[HG_DEVICE_CLAIM_BYTES];
} hg_device_claim;

/* What a host has that announces something. */
typedef struct hg_device {
    uint32_t chain; /* devices whose MACs have one hash */
    uint32_t host;
    uint32_t claims; /* the first one */
    uint8_t mac[HG_MAC_LENGTH];
    uint8_t has_mac;
    uint8_t claim_count;
} hg_device;

/* A value, and how sure it is. */
typedef struct hg_device_value {
    const char *text;
    uint32_t length; /* 0: not known */
    double confidence;
} hg_device_value;

typedef struct hg_device_reading {
    const hg_device_claim *claim;
    uint8_t contradicts;
} hg_device_reading;

typedef struct hg_device_verdict {
    const hg_database *database; /* whose shares count */
    hg_device_value values[HG_DEVICE_VALUES];
    hg_device_reading readings[HG_DEVICE_CLAIMS * HG_DEVICE_HOSTS];
    uint32_t reading_count;
} hg_device_verdict;

#endif
