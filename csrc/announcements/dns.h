/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dns.h - reads names and records in DNS messages (RFC 1035, 4.1). The caller checks that a message has at least
 * HG_DNS_HEADER bytes.
 */
#pragma once

#include "announcements/announcing.h"

/* The longest names in use are reverse names of IPv6 addresses, with 34 labels. */
enum { HG_DNS_MOST_NAME = 255, HG_DNS_MOST_LABELS = 40, HG_DNS_HEADER = 12 };
/* Offsets of the flags and of the number of questions in the header, and masks of the flags. */
enum {
    HG_DNS_FLAGS_AT = 2,
    HG_DNS_QUESTIONS_AT = 4,
    HG_DNS_AUTHORITIES_AT = 8,
    HG_DNS_IS_ANSWER = 0x80,
    HG_DNS_OPCODE = 0x78
};
/* The size of a question's type and class, the class of the Internet, and the mask of a class without mDNS's flag. */
enum { HG_DNS_QUESTION_FIXED = 4, HG_DNS_INTERNET = 1, HG_DNS_CLASS = 0x7FFF };

/* Types of records. */
enum { HG_DNS_A = 1, HG_DNS_PTR = 12, HG_DNS_HINFO = 13, HG_DNS_TXT = 16, HG_DNS_AAAA = 28, HG_DNS_SRV = 33 };

typedef struct hg_dns_label {
    uint16_t at; /* offset of its text in the message */
    uint8_t length;
} hg_dns_label;

typedef struct hg_dns_name {
    hg_dns_label labels[HG_DNS_MOST_LABELS];
    uint32_t count;
} hg_dns_name;

typedef struct hg_dns_record {
    uint32_t owner; /* offset of its name */
    uint32_t data;  /* offset of its data */
    uint32_t ttl;
    uint16_t length; /* of the data, which is completely in the message */
    uint16_t type;
    uint16_t class_bits; /* class, with the top bit that mDNS uses as a flag */
} hg_dns_record;

/* Reads the name at `at` and returns the offset after it, or after its first pointer. 0: the name is malformed, or has
 * too many labels or pointers. */
uint32_t hg_dns_read_name(const hg_span *message, uint32_t at, hg_dns_name *out);
/* The offset after the name at `at`; 0: it is malformed. Pointers are not followed. */
uint32_t hg_dns_skip_name(const hg_span *message, uint32_t at);

/* The offset of the first record, after all questions; 0: they are malformed. */
uint32_t hg_dns_first_record(const hg_span *message);
/* Reads the record at `at` and returns the offset after it; 0: it is malformed. */
uint32_t hg_dns_read_record(const hg_span *message, uint32_t at, hg_dns_record *out);
/* The number of records that the header states. */
uint32_t hg_dns_record_count(const hg_span *message);

/* Searches the first `most` questions of a DNS or mDNS message for services that devices call. Reports only the pattern
 * that fits a name, never the name, because all names together would be a browsing history. */
hg_datagram_event hg_read_called_services(const hg_datagram_in *in, uint32_t most, const hg_reader_output *to);
