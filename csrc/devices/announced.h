/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announced.h - what a device announced, as the texts of a batch hold it: a list of records.
 *
 *     kind (1 byte) · length (1 byte) · text
 *
 * A reader writes the list (announcing.h); others read it with hg_announced_of and hg_announced_next. A text is as it was
 * sent, without control characters at its end, and cut at HG_MOST_SAID bytes. A list has at most HG_MOST_ANNOUNCED bytes
 * and HG_MOST_RECORDS records, none of them twice.
 */
#pragma once

#include "hg_layout.h"
#include "huginn.h"

enum { HG_MOST_SAID = 255, HG_MOST_ANNOUNCED = 2048, HG_MOST_RECORDS = 64 };

/* The word for a kind, as signatures have it; NULL: none names it. */
const char *hg_announcement_name(uint32_t kind);

/* What is known of the addresses of a device: bits of the column `macs`. */
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
    /* Bytes of a network or address, which are never shown: length of the prefix, 16 of the address, its version as a digit. */
    HG_SHOWS_PREFIX = 70,    /* dhcp, neighbor: a network on the link */
    HG_SHOWS_GATEWAY = 71,   /* dhcp: a router on the link */
    HG_SHOWS_ASKED = 72,     /* arp, neighbor: an address that the device looks for */
    HG_SHOWS_ASKER = 73,     /* arp, neighbor: an address that the device answers */
    HG_SHOWS_VALUES = 74     /* device_change: values of the device, by hg_device_field */
};

enum { HG_ADDRESS_BYTES = 18 };

/* What a row of a device says. */
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

/* What row `row` of the batch says, `at` in the columns of devices. 0: it is no such row, or refers to texts that
 * there are not. */
int hg_announced_of(const hg_batch *batch, uint32_t row, uint32_t at, hg_announcement_row *out);
/* The record at `*at`, which begins with 0 and is moved behind it. 0: none. */
int hg_announced_next(const hg_announcement_row *of, uint32_t *at, hg_announcement_text *out);
/* 1 if the text may identify a person. Signatures get it whole; output shows it if the row allows that, else only its
 * first `*shown` bytes. */
int hg_said_is_private(const hg_announcement_text *said, uint8_t *shown);
/* The length of a text before its serial number, service tag or the like; the whole length without one. */
uint32_t hg_before_serial(const uint8_t *text, uint32_t length);
/* 1 when a key of a TXT record (in any case) is known to have values that name models, versions and the like. */
int hg_mdns_key_is_public(const uint8_t *key, uint32_t length);
