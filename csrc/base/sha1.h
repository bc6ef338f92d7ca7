/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sha1.h - SHA-1 (FIPS 180-4) of short messages, several at a time.
 *
 * Community IDs are defined with it. It is not used for security.
 */
#pragma once

#include <stdint.h>

/* Messages hashed side by side: four take little more time than one. */
#define HG_SHA1_LANES 4

#define HG_SHA1_BYTES 20

/* The longest message that, with its length, fits one block. */
#define HG_SHA1_LONGEST 55

typedef struct hg_sha1_message {
    uint8_t bytes[HG_SHA1_LONGEST];
    uint8_t length; /* 0 to HG_SHA1_LONGEST */
} hg_sha1_message;

typedef void (*hg_sha1_lanes)(const hg_sha1_message messages[HG_SHA1_LANES],
                              uint8_t digests[HG_SHA1_LANES][HG_SHA1_BYTES]);

/* The fastest way that this processor has. Asking it takes longer than some hashes: the caller keeps the answer. */
hg_sha1_lanes hg_sha1_fastest(void);
/* The one that every processor has. */
void hg_sha1_portable(const hg_sha1_message messages[HG_SHA1_LANES],
                      uint8_t digests[HG_SHA1_LANES][HG_SHA1_BYTES]);
