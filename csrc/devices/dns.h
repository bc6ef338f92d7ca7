/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dns.h - names and records of DNS messages (RFC 1035, 4.1).
 */
#pragma once

#include <stdint.h>

/* Names of IPv6 addresses have the most labels of those that are used, 34. */
enum { HG_DNS_MOST_NAME = 255, HG_DNS_MOST_LABELS = 40, HG_DNS_MOST_LENGTH = 65535, HG_DNS_HEADER = 12 };

enum {
    HG_DNS_A = 1,
    HG_DNS_PTR = 12,
    HG_DNS_HINFO = 13,
    HG_DNS_TXT = 16,
    HG_DNS_AAAA = 28,
    HG_DNS_SRV = 33
};

/* A message of at least HG_DNS_HEADER and at most HG_DNS_MOST_LENGTH bytes. */
typedef struct hg_dns {
    const uint8_t *data;
    uint32_t length;
} hg_dns;

typedef struct hg_dns_label {
    uint16_t at; /* of its text in the message */
    uint8_t length;
} hg_dns_label;

typedef struct hg_dns_name {
    hg_dns_label labels[HG_DNS_MOST_LABELS];
    uint32_t count;
} hg_dns_name;

typedef struct hg_dns_record {
    uint32_t owner; /* where its name begins */
    uint32_t data;  /* where its data begin */
    uint32_t ttl;
    uint16_t length; /* of the data, which are there */
    uint16_t type;
    uint16_t class_bits; /* with the top bit that mDNS uses */
} hg_dns_record;

/* The name at `at`; where it ends in the place that it begins in, or 0: it is malformed, or has more labels or pointers
 * than are read. */
uint32_t hg_dns_read_name(const hg_dns *of, uint32_t at, hg_dns_name *out);
/* Where the name at `at` ends in its place, 0: nowhere. What it points to is not looked at. */
uint32_t hg_dns_skip_name(const hg_dns *of, uint32_t at);

/* The first record behind all questions; 0: they are malformed. */
uint32_t hg_dns_first_record(const hg_dns *of);
/* The record at `at`; where it ends, or 0: it is malformed. */
uint32_t hg_dns_read_record(const hg_dns *of, uint32_t at, hg_dns_record *out);
/* How many records the header counts. */
uint32_t hg_dns_records(const hg_dns *of);
