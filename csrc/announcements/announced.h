/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announced.h - a device's announcements as stored in a batch's texts: a list of records.
 *
 *     kind (1 byte) · length (1 byte) · text
 *
 * A reader writes the list (announcing.h); other code reads it with hg_announced_of and hg_announced_next. A text loses
 * blanks and control characters at its end, and is cut at HG_MOST_ANNOUNCED_TEXT bytes. A list has at most
 * HG_MOST_ANNOUNCED bytes and HG_MOST_RECORDS records, and no record twice.
 */
#pragma once

#include "hg_layout.h"
#include "huginn.h"

enum { HG_MOST_ANNOUNCED_TEXT = 255, HG_MOST_ANNOUNCED = 2048, HG_MOST_RECORDS = 64 };

/* The word for a kind in signatures; NULL: signatures cannot name this kind. */
const char *hg_announcement_name(uint32_t kind);

/* Bits of the column `macs` (huginn.h). */
enum {
    HG_KNOWS_MAC = 1,
    HG_KNOWS_SOURCE_MAC = 2,
    HG_SERVES_LINK = 4,
    HG_CAME_OVER_TCP = 8,
    HG_ACTS_AS_ROUTER = 16,
    HG_IS_NO_ROUTER = 32 /* a neighbor's advertisement: systems stop to route by it (RFC 4861, 7.2.5) */
};

/* Added to DHCPv6's message types in the column `message`, because DHCP's are in the same column. */
enum { HG_DHCP6_MESSAGE_OFFSET = 32 };

/* Kinds of texts that signatures cannot name; hg_announcement (hg_layout.h) has the others. */
enum {
    HG_SHOWS_OPTIONS = 64,   /* dhcp: codes of all options in the order sent: "53,61,12" */
    HG_SHOWS_CLIENT_ID = 65, /* dhcp: option 61, or 1 in DHCPv6, in hexadecimal */
    HG_SHOWS_FQDN = 66,      /* dhcp: option 81, or 39 in DHCPv6: the whole name */
    /* The next ones are never shown. Networks and addresses have HG_ADDRESS_BYTES bytes. */
    HG_NETWORK_PREFIX = 67,  /* dhcp, neighbor: a network on the link */
    HG_NETWORK_GATEWAY = 68, /* dhcp: a router on the link */
    HG_NETWORK_RESOLVER = 69,
    HG_NETWORK_CLOCK = 70, /* dhcp: a time server */
    HG_NETWORK_PROXY = 71, /* dhcp: the address of a proxy's configuration */
    HG_DESCRIPTION_PLACE = 72, /* ssdp: port and path (upnp.h) of the sender's description; discovery: the path */
    HG_ANSWERED_NAME = 73, /* mdns: a name of the sender for which another host asked */
    HG_SHOWS_VALUES = 74,    /* device_change: a value of the device; add its hg_device_field */
    HG_BEFORE_CHANGE = HG_SHOWS_VALUES + HG_DEVICE_VALUES, /* device_change: the values that were replaced */
    HG_AFTER_CHANGE,
    HG_CLAIMED_ROLE /* address_claimed: what the address is */
};

/* The bytes of an address's text: prefix length (1), address (16), IP version as a digit (1). */
enum { HG_ADDRESS_BYTES = 18 };

/* The contents of a device event. */
typedef struct hg_announcement_row {
    const uint8_t *mac;     /* of the device, HG_MAC_LENGTH bytes; NULL: not known */
    const uint8_t *address; /* of the device, 16 bytes; NULL: not known */
    const uint8_t *records;
    uint32_t length;     /* bytes of all records */
    uint8_t version;     /* IP version of the address */
    uint8_t forwarded;   /* 1: a relay forwarded the message */
    uint8_t shows_names; /* 1: output may show personal data */
    uint8_t event;       /* hg_event */
} hg_announcement_row;

/* One record. */
typedef struct hg_announcement_text {
    const uint8_t *text;
    uint8_t length;
    uint8_t kind; /* hg_announcement, or a kind above */
} hg_announcement_text;

/* Gets the contents of row `row` of the batch, which is row `at` in the columns of devices. 0: it is not a device
 * event, or its texts are too long or outside the batch. */
int hg_announced_of(const hg_batch *batch, uint32_t row, uint32_t at, hg_announcement_row *out);
/* Gets the record at `*at`, which is 0 at first, and moves `*at` to the next one. 0: there are no more. */
int hg_announced_next(const hg_announcement_row *row, uint32_t *at, hg_announcement_text *out);
/* 1 if the text has personal data, such as a serial number. Then output shows all of it only if the row allows personal
 * data, and otherwise its first `*shown` bytes. Signatures are matched with the whole text. */
int hg_text_is_private(const hg_announcement_text *text, uint8_t *shown);
/* The number of bytes before a serial number, service tag or the like in a text; without one, the whole length. */
uint32_t hg_before_serial(const uint8_t *text, uint32_t length);
/* 1 if a key of an mDNS TXT record is known to have public values, such as models and versions. Case is ignored. */
int hg_mdns_key_is_public(const uint8_t *key, uint32_t length);
