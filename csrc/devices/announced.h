/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announced.h - what a device announced, as the texts of a batch hold it: a list of records.
 *
 *     kind (1 byte) · length (1 byte) · text
 *
 * A reader writes the list (announcing.h); others read it with hg_announced_of and hg_announced_next. A text is as it was sent, but for control characters at its end; it is cut at HG_MOST_SAID
 * bytes. A list has at most HG_MOST_ANNOUNCED bytes and HG_MOST_RECORDS records, none of them twice.
 */
#ifndef HG_ANNOUNCED_H
#define HG_ANNOUNCED_H

#include "huginn.h"

enum { HG_MOST_SAID = 255, HG_MOST_ANNOUNCED = 4096, HG_MOST_RECORDS = 64 };

/* What is known of the addresses of a device: bits of the column `macs`. */
enum { HG_KNOWS_MAC = 1, HG_KNOWS_SOURCE_MAC = 2 };

/* What a text is. Below HG_SHOWS signatures name it; the others are only shown. */
typedef enum hg_announcement {
    HG_SAYS_DHCP_CLASS = 0,  /* vendor class: option 60, each text of DHCPv6's 16 */
    HG_SAYS_DHCP_LIST = 1,   /* option 55: "1,3,6,15", in the order sent */
    HG_SAYS_DHCP6_LIST = 2,  /* option 6 of DHCPv6, the same */
    HG_SAYS_DHCP_VENDOR = 3, /* "ENTERPRISE TEXT" of options 124 and 125, "user-class TEXT" of 77, "mud URL" of 161 */
    HG_SAYS_NAME = 4,        /* the name of the host, its first label */
    HG_SAYS_MDNS = 5,        /* "_ipp._tcp", "_ipp._tcp ty=TEXT" with the key in lower case, "_ipp._tcp name=INSTANCE",
                              * "hinfo CPU OS" */
    HG_SAYS_SSDP_TYPE = 6,   /* NT or ST; of USN what follows "::" */
    HG_SAYS_SSDP_SERVER = 7,
    HG_SAYS_SSDP_AGENT = 8,  /* USER-AGENT of a search */
    HG_SAYS_BROWSER = 9,     /* "MAJOR.MINOR TYPES COMMENT" */
    HG_SAYS_NTLM = 10,       /* "MAJOR.MINOR.BUILD server", or "client" */
    HG_SAYS_SMB_SYSTEM = 11, /* native OS of SMB 1 */
    HG_SAYS_SMB_MANAGER = 12, /* its native LAN manager */
    HG_SAYS_LLDP = 13,       /* system description */
    HG_SAYS_LLDP_MED = 14,   /* "manufacturer TEXT", "model TEXT", ... */
    HG_SAYS_LLDP_CAPABILITIES = 15, /* "bridge+wlan" */
    HG_SAYS_CDP_VERSION = 16,
    HG_SAYS_CDP_PLATFORM = 17,
    HG_SAYS_USER_AGENT = 18, /* of HTTP, which has rows of its own */
    HG_SHOWS = 64,
    HG_SHOWS_OPTIONS = 64,   /* dhcp: codes of all options in the order sent: "53,61,12" */
    HG_SHOWS_CLIENT_ID = 65, /* dhcp: option 61, DHCPv6's 1, in hexadecimal */
    HG_SHOWS_FQDN = 66       /* dhcp: option 81, DHCPv6's 39: the whole name */
} hg_announcement;

/* What a row of a device says. */
typedef struct hg_announced {
    const uint8_t *mac;     /* of the device, HG_MAC_LENGTH bytes; NULL: not known */
    const uint8_t *address; /* of the device, 16 bytes; NULL: not known */
    const uint8_t *records;
    uint32_t length; /* of the records */
    uint8_t version; /* of the address */
    uint8_t forwarded;
    uint8_t shows_names;
    uint8_t event;
} hg_announced;

/* One record. */
typedef struct hg_said_text {
    const uint8_t *text;
    uint8_t length;
    uint8_t kind; /* hg_announcement */
} hg_said_text;

/* What row `row` of the batch says, `at` in the columns of devices. 0: it is no such row, or refers to texts that
 * there are not. */
int hg_announced_of(const hg_batch *batch, uint32_t row, uint32_t at, hg_announced *out);
/* The record at `*at`, which begins with 0 and is moved behind it. 0: there is none. */
int hg_announced_next(const hg_announced *of, uint32_t *at, hg_said_text *out);
/* 1 when the text may tell who somebody is: it is given to signatures, and shown only where the row says so. `*shown`
 * is how much of its beginning is shown in any case. */
int hg_said_is_private(const hg_said_text *said, uint8_t *shown);

#endif
