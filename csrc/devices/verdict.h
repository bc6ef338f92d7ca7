/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * verdict.h - the device that announcements describe together.
 */
#pragma once

#include "hg_layout.h"
#include "huginn.h"

enum {
    HG_DEVICE_CLAIM_BYTES = 128, /* of all values of one */
    HG_DEVICE_READINGS = 128
};

/* The claims in announcements of one kind; values follow one another. */
typedef struct hg_device_claim {
    uint32_t next;
    uint32_t packets;
    int64_t first_ns;
    int64_t last_ns;
    uint8_t kind;   /* hg_announcement */
    uint8_t weight; /* hg_weight, of the signature's source */
    uint8_t generic;
    uint8_t lengths[HG_DEVICE_VALUES];
    uint8_t mac[HG_MAC_LENGTH]; /* that sent it, where `has_mac` */
    uint8_t has_mac;
    uint8_t scope; /* hg_scope of its packets, the highest */
    char text[HG_DEVICE_CLAIM_BYTES];
} hg_device_claim;

/* A value, and how sure it is. */
typedef struct hg_device_value {
    const char *text;
    uint32_t length; /* 0: not known */
    double confidence;
} hg_device_value;

/* A claim; equal claims by hosts with one MAC count as one. For each value the claims with the highest scope decide. */
typedef struct hg_device_reading {
    const hg_device_claim *claim;
    uint8_t scope; /* hg_scope of the claim, or HG_SCOPE_OWN */
    uint8_t is_other; /* 1: of another MAC than the device's */
    uint32_t packets;
    int64_t first_ns;
    int64_t last_ns;
    uint8_t contradicts;
} hg_device_reading;

typedef struct hg_device_verdict {
    const hg_database *database; /* whose shares count; NULL: the default one */
    hg_device_value values[HG_DEVICE_VALUES];
    hg_device_reading readings[HG_DEVICE_READINGS];
    uint32_t reading_count;
    uint8_t browses; /* 1: a browser was seen, by which people open the services of others, too */
} hg_device_verdict;

/* What a signature says of a text; values that do not fit are left out, the last ones first. */
hg_device_claim hg_device_claim_of(uint8_t kind, const hg_db_announcement *signature, const hg_device_values *values);
/* Where a value of a claim begins. */
const char *hg_device_claim_text(const hg_device_claim *claim, uint32_t field);
/* The values that follow from the readings, and which of them contradict. */
void hg_device_decide(hg_device_verdict *of);
/* Whether any value is known. */
int hg_device_is_known(const hg_device_verdict *of);
