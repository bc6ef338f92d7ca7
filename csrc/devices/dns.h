/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dns.h - names and records in DNS messages (RFC 1035, 4.1). A message has HG_DNS_HEADER to HG_DNS_MOST_LENGTH bytes.
 */
#pragma once

#include "devices/announcing.h"

/* The longest names in use are reverse names of IPv6 addresses, with 34 labels. */
enum { HG_DNS_MOST_NAME = 255, HG_DNS_MOST_LABELS = 40, HG_DNS_MOST_LENGTH = 65535, HG_DNS_HEADER = 12 };
/* The header's flags, and the number of questions. A question has its name, its type and its class. */
enum { HG_DNS_FLAGS_AT = 2, HG_DNS_QUESTIONS_AT = 4, HG_DNS_IS_ANSWER = 0x80, HG_DNS_OPCODE = 0x78 };
enum { HG_DNS_QUESTION_FIXED = 4, HG_DNS_INTERNET = 1, HG_DNS_CLASS = 0x7FFF };

enum {
    HG_DNS_A = 1,
    HG_DNS_PTR = 12,
    HG_DNS_HINFO = 13,
    HG_DNS_TXT = 16,
    HG_DNS_AAAA = 28,
    HG_DNS_SRV = 33
};

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
    uint16_t class_bits; /* with the top bit that mDNS uses */
} hg_dns_record;

/* Reads the name at `at` and returns the offset after it: after its first pointer, if it has one. 0: it is malformed,
 * or has too many labels or pointers. */
uint32_t hg_dns_read_name(const hg_span *of, uint32_t at, hg_dns_name *out);
/* The offset after the name at `at`; 0: it has no end. Pointers are not followed. */
uint32_t hg_dns_skip_name(const hg_span *of, uint32_t at);

/* The offset of the first record, after all questions; 0: they are malformed. */
uint32_t hg_dns_first_record(const hg_span *of);
/* Reads the record at `at` and returns the offset after it; 0: it is malformed. */
uint32_t hg_dns_read_record(const hg_span *of, uint32_t at, hg_dns_record *out);
/* The number of records according to the header. */
uint32_t hg_dns_records(const hg_span *of);

/* Finds services that devices call in the first `most` questions of a DNS or mDNS message. It reports only the pattern
 * that a name fits, never the name, because all names together would be a browsing history. */
hg_datagram_event hg_calls_read(const hg_datagram_in *in, uint32_t most, const hg_reader_output *to);
