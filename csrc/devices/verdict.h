/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * verdict.h - combines announcements into the description of one device.
 */
#pragma once

#include "hg_layout.h"
#include "huginn.h"

enum {
    HG_DEVICE_CLAIM_BYTES = 128, /* for all values of one claim together */
    HG_DEVICE_READINGS = 128
};

/* A claim: the values in announcements of one kind. In `text` they follow one another. */
typedef struct hg_device_claim {
    uint32_t next;
    uint32_t packets;
    int64_t first_ns;
    int64_t last_ns;
    uint8_t kind;   /* hg_announcement */
    uint8_t weight; /* hg_weight, of the signature's source */
    uint8_t generic;
    uint8_t lengths[HG_DEVICE_VALUES];
    uint8_t mac[HG_MAC_LENGTH]; /* the sender's MAC, if `has_mac` */
    uint8_t has_mac;
    uint8_t scope; /* the highest hg_scope of its packets */
    char text[HG_DEVICE_CLAIM_BYTES];
} hg_device_claim;

/* A value and its confidence. */
typedef struct hg_device_value {
    const char *text;
    uint32_t length; /* 0: not known */
    double confidence;
} hg_device_value;

/* A claim; equal claims by hosts with one MAC count as one. For each value the claims with the highest scope decide. */
typedef struct hg_device_reading {
    const hg_device_claim *claim;
    uint8_t scope; /* hg_scope of the claim, or HG_SCOPE_OWN */
    uint8_t is_other; /* 1: sent by another MAC than the device's */
    uint32_t packets;
    int64_t first_ns;
    int64_t last_ns;
    uint8_t contradicts;
} hg_device_reading;

typedef struct hg_device_verdict {
    const hg_database *database; /* the database whose confidence tables are used; NULL: the default one */
    hg_device_value values[HG_DEVICE_VALUES];
    hg_device_reading readings[HG_DEVICE_READINGS];
    uint32_t reading_count;
    uint8_t browses; /* 1: a browser was seen, so its DNS questions may come from a person, not from the device */
} hg_device_verdict;

/* Makes a claim from a signature and the values of its text. Values that do not fit are left out, the last ones first. */
hg_device_claim hg_device_claim_of(uint8_t kind, const hg_db_announcement *signature, const hg_device_values *values);
/* Where a value of a claim begins. */
const char *hg_device_claim_text(const hg_device_claim *claim, uint32_t field);
/* Sets the values that follow from the readings, and marks the readings that contradict them. */
void hg_device_decide(hg_device_verdict *of);
/* Whether any value is known. */
int hg_device_is_known(const hg_device_verdict *of);
