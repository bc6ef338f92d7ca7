/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announced.h - a device's announcements as the texts of a batch store them: a list of records.
 *
 *     kind (1 byte) · length (1 byte) · text
 *
 * A reader writes the list (announcing.h); other code reads it with hg_announced_of and hg_announced_next. A text is
 * stored as sent, without control characters at its end, and cut at HG_MOST_SAID bytes. A list has at most
 * HG_MOST_ANNOUNCED bytes and HG_MOST_RECORDS records, and no record twice.
 */
#pragma once

#include "hg_layout.h"
#include "huginn.h"

enum { HG_MOST_SAID = 255, HG_MOST_ANNOUNCED = 2048, HG_MOST_RECORDS = 64 };

/* The word for a kind in signatures; NULL: signatures cannot use this kind. */
const char *hg_announcement_name(uint32_t kind);

/* Which addresses of a device are known: bits of the column `macs`. */
enum { HG_KNOWS_MAC = 1, HG_KNOWS_SOURCE_MAC = 2 };

/* In the column `message`, DHCPv6 message types follow the DHCP ones. */
enum { HG_DHCP6_MESSAGES = 32 };

/* Kinds of texts that are only shown. hg_announcement (hg_layout.h) has the kinds that signatures name. */
enum {
    HG_SHOWS = 64,
    HG_SHOWS_OPTIONS = 64,   /* dhcp: codes of all options in the order sent: "53,61,12" */
    HG_SHOWS_CLIENT_ID = 65, /* dhcp: option 61, DHCPv6's 1, in hexadecimal */
    HG_SHOWS_FQDN = 66,      /* dhcp: option 81, DHCPv6's 39: the whole name */
    HG_SHOWS_ARP = 67,       /* arp: "request for 192.0.2.1" */
    HG_SHOWS_NEIGHBOR = 68,  /* neighbor: "solicitation for 2001:db8::1" */
    HG_SHOWS_ROUTER = 69,    /* neighbor: "advertisement", of a router that forwards */
    /* The next four are never shown. Bytes: prefix length (1), address (16), IP version as a digit (1). */
    HG_SHOWS_PREFIX = 70,    /* dhcp, neighbor: a network on the link */
    HG_SHOWS_GATEWAY = 71,   /* dhcp: a router on the link */
    HG_SHOWS_ASKED = 72,     /* arp, neighbor: an address that the device looks for */
    HG_SHOWS_ASKER = 73,     /* arp, neighbor: an address that the device answers */
    HG_SHOWS_VALUES = 74     /* device_change: values of the device, by hg_device_field */
};

enum { HG_ADDRESS_BYTES = 18 };

/* The contents of a device event. */
typedef struct hg_announcement_row {
    const uint8_t *mac;     /* of the device, HG_MAC_LENGTH bytes; NULL: not known */
    const uint8_t *address; /* of the device, 16 bytes; NULL: not known */
    const uint8_t *records;
    uint32_t length; /* of the records */
    uint8_t version; /* of the address */
    uint8_t forwarded;
    uint8_t shows_names;
    uint8_t event;
} hg_announcement_row;

/* One record. */
typedef struct hg_announcement_text {
    const uint8_t *text;
    uint8_t length;
    uint8_t kind; /* hg_announcement, or one that is only shown */
} hg_announcement_text;

/* Gets the contents of row `row` of the batch, which is row `at` in the columns of devices. 0: it is not a device event,
 * or its texts are not in the batch. */
int hg_announced_of(const hg_batch *batch, uint32_t row, uint32_t at, hg_announcement_row *out);
/* Gets the record at `*at`, which is 0 at first, and moves `*at` to the next one. 0: there are no more. */
int hg_announced_next(const hg_announcement_row *of, uint32_t *at, hg_announcement_text *out);
/* 1 if the text may identify a person. Signatures are matched with the whole text. Output shows it only if the row allows
 * personal data, otherwise only its first `*shown` bytes. */
int hg_said_is_private(const hg_announcement_text *said, uint8_t *shown);
/* The length of a text before its serial number, service tag or the like; the whole length without one. */
uint32_t hg_before_serial(const uint8_t *text, uint32_t length);
/* 1 when a key of a TXT record is known to have public values, such as models and versions. Upper and lower case are
 * equal. */
int hg_mdns_key_is_public(const uint8_t *key, uint32_t length);
