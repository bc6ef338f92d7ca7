/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_version.h - the differences between QUIC versions in their first packets.
 */
#pragma once

#include <stdint.h>

/* Salts of the first keys, in the order of HG_QUIC_SALT. */
typedef enum hg_quic_salt {
    HG_SALT_V1 = 0, /* and drafts 33, 34 */
    HG_SALT_V2 = 1,
    HG_SALT_DRAFT_29 = 2, /* to 32 */
    HG_SALT_DRAFT_23 = 3, /* to 28 */
    HG_SALT_DRAFT_21 = 4, /* to 22 */
    HG_SALT_T051 = 5,
    HG_SALT_T050 = 6,
    HG_SALT_Q050 = 7,
    HG_SALTS = 8
} hg_quic_salt;

enum { HG_QUIC_SALT_BYTES = 20 };

extern const uint8_t HG_QUIC_SALT[HG_SALTS][HG_QUIC_SALT_BYTES];

typedef struct hg_quic_version {
    uint32_t number;
    uint8_t salt;      /* hg_quic_salt */
    uint8_t second;    /* 1: labels and types of packets are those of version 2 */
    uint8_t google;    /* 1: frames are numbered as Google's QUIC did */
    uint8_t without_tls; /* 1: the handshake is Google's own; there is no hello in it */
} hg_quic_version;

/* The version of this number, or NULL: its keys are not known. */
const hg_quic_version *hg_quic_version_of(uint32_t number);
