/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * conclusion.h - combines a device's announcements into its description.
 */
#pragma once

#include "announcements/announced.h"
#include "base/bytes.h"

#include <math.h>

enum {
    HG_DEVICE_CLAIM_BYTES = 128, /* of all values of one claim together */
    HG_DEVICE_READINGS = 128,    /* most claims that are combined */
    HG_DEVICE_DERIVED = 2        /* the maker of the card, the type by the system */
};

/* Kinds of announcements for which a device has only one text at a time. */
#define HG_DEVICE_SINGLE_KINDS                                                                                 \
    (1U << HG_SAYS_DHCP_LIST | 1U << HG_SAYS_DHCP_CLASS | 1U << HG_SAYS_DESCRIPTION | 1U << HG_SAYS_SOFTWARE | \
     1U << HG_SAYS_PLATFORM)
/* How long another text of such a kind must last to replace the one before: longer than a boot loader runs. */
#define HG_DEVICE_REPLACED_NS (INT64_C(600) * 1000000000)

/* A claim: the values that a signature finds in a device's announcements of one kind. */
typedef struct hg_device_claim {
    uint32_t next;    /* the device's next claim; 0: none */
    uint32_t packets; /* number of packets with these values */
    uint32_t label;   /* the signature's, in the current database; UINT32_MAX: it is from an earlier one */
    int64_t first_ns; /* time of the first one */
    int64_t last_ns;  /* time of the last one */
    uint8_t kind;     /* hg_announcement */
    uint8_t weight;   /* hg_weight of the signature's source */
    uint8_t rank;     /* hg_rank of the signature */
    uint8_t generic;  /* 1: the signature is generic */
    uint8_t is_free; /* 1: a free name or a call, which counts only beside other evidence of the same maker */
    uint8_t lengths[HG_DEVICE_VALUES];
    uint8_t mac[HG_MAC_LENGTH]; /* the sender's MAC, if `has_mac` */
    uint8_t has_mac;
    uint8_t scope; /* the highest hg_scope of its packets */
    char text[HG_DEVICE_CLAIM_BYTES]; /* the values, one after the other */
} hg_device_claim;

/* A value and its confidence. */
typedef struct hg_device_value {
    const char *text;
    uint32_t length; /* 0: not known */
    double confidence;
    uint8_t is_assumed; /* 1: no labelled device has measured the confidence of this evidence */
} hg_device_value;

/* A claim as evidence about one device. Equal claims, also of other hosts with the device's MAC, are merged. */
typedef struct hg_device_reading {
    const hg_device_claim *claim;
    uint8_t scope; /* hg_scope of the claim, or HG_SCOPE_OWN */
    uint8_t is_other; /* 1: its sender has another MAC than the device */
    uint8_t is_free; /* 1: all equal claims are free */
    uint32_t packets; /* number of packets of all equal claims */
    int64_t first_ns; /* time of the first one */
    int64_t last_ns; /* time of the last one */
    uint8_t contradicts; /* not 0: a value contradicts a chosen one, or `is_other` */
} hg_device_reading;

/* Input and result of hg_device_decide. */
typedef struct hg_device_conclusion {
    const hg_database *database; /* the database whose confidence tables are used; NULL: the default one */
    hg_device_value values[HG_DEVICE_VALUES]; /* the result, by hg_device_field */
    hg_device_reading readings[HG_DEVICE_READINGS];
    uint32_t reading_count;
    /* claims that follow from other facts about the host; readings point to them */
    hg_device_claim derived[HG_DEVICE_DERIVED];
    uint8_t browses; /* 1: a browser was observed, so DNS questions may come from a person instead of the device */
} hg_device_conclusion;

/* The claim of a text, with the values of its signature; if a value does not fit, it and the later ones are left out.
 * Returns the signature, or HG_NO_SIGNATURE: then `*out` is not set. */
uint32_t hg_device_claim_of(const hg_database *database, const hg_announcement_text *announced, hg_device_claim *out);
/* The confidence as records have it; NaN: there is no value, or its confidence was not measured. */
static inline double hg_device_measured(const hg_device_value *value)
{
    return value->length == 0 || value->is_assumed ? (double)NAN : value->confidence;
}

/* Whether a claim is a name that states a system, but neither a type nor a maker. */
static inline int hg_device_names_system_only(const hg_device_claim *claim)
{
    return claim->kind == HG_SAYS_NAME && claim->lengths[HG_DEVICE_SYSTEM] > 0 && claim->lengths[HG_DEVICE_TYPE] == 0 &&
           claim->lengths[HG_DEVICE_MANUFACTURER] == 0;
}

/* The value of a field in `text`; its length is in `lengths`. */
const char *hg_device_claim_text(const hg_device_claim *claim, uint32_t field);
/* Chooses the values from the readings. Removes readings that do not count, and marks those that contradict a value. */
void hg_device_decide(hg_device_conclusion *conclusion);
/* Whether one device can have both values of a field. */
int hg_device_values_fit(uint32_t field, hg_span one, hg_span other);
/* Whether any value is known. */
int hg_device_is_known(const hg_device_conclusion *conclusion);
