/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * devices.h - what hosts announce of themselves, and the device that follows from it.
 *
 * Announcements are claims that anybody can make up: each kind counts once, and those that exclude each other make the
 * device less sure. Hosts with one MAC share what they announce, but for those behind a router.
 */
#ifndef HG_HOSTS_DEVICES_H
#define HG_HOSTS_DEVICES_H

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
    hg_device_value values[HG_DEVICE_VALUES];
    hg_device_reading readings[HG_DEVICE_CLAIMS * HG_DEVICE_HOSTS];
    uint32_t reading_count;
} hg_device_verdict;

typedef struct hg_known hg_known;

/* Where a value of a claim begins. */
const char *hg_device_claim_text(const hg_device_claim *claim, uint32_t field);
const char *hg_announcement_name(uint32_t kind);

/* The host that a row of an announcement is about: that of its address, else one with its MAC. 0: there was no room. */
uint32_t hg_device_host(hg_hosts *hosts, const uint8_t *mac, const uint8_t *address, uint8_t version,
                        int64_t time_ns);
/* Notes the MAC of a host. With another MAC than before it is another device. 0: there was no room. */
int hg_device_set_mac(hg_hosts *hosts, uint32_t index, const uint8_t *mac);
/* Notes what an announcement says. 0: there was no room. */
int hg_device_say(hg_hosts *hosts, uint32_t index, uint8_t kind, const hg_db_announcement *signature,
                  const hg_device_values *values, int64_t time_ns);
/* The device of a host; NULL: it announced nothing. */
const hg_device *hg_device_of(const hg_hosts *hosts, const hg_known *host);
/* Whether a host without an address is known by one that has an address. */
int hg_device_is_shadow(const hg_hosts *hosts, const hg_known *host);
void hg_device_release(hg_hosts *hosts, uint32_t device);
/* Devices by type, those with one MAC once. */
void hg_devices_count(const hg_hosts *hosts, uint64_t counts[HG_DEVICE_TYPE_COUNT]);
const char *hg_device_type(uint32_t number);
void hg_device_judge(const hg_hosts *hosts, const hg_known *host, hg_device_verdict *out);

#endif
