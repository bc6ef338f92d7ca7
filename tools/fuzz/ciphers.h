/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ciphers.h - stub ciphers that change nothing, so that the fuzzer writes packet contents directly.
 */
#pragma once

#include "fuzz.h"
#include "tls/datagram.h"

enum { FUZZ_NEVER_OPENS = 0xFF };

static int fuzz_mask(void *user, const uint8_t *key, const uint8_t *block, uint8_t *out)
{
    FUZZ_CHECK(user == NULL && key != NULL && block != NULL);
    memset(out, 0, HG_AES_BLOCK);
    return 1;
}

/* Accepts all packets except those with one particular last byte. */
static int fuzz_open(void *user, const uint8_t *key, const uint8_t *nonce, const uint8_t *header,
                     uint32_t header_length, const uint8_t *sealed, uint32_t length, uint8_t *out)
{
    FUZZ_CHECK(user == NULL && key != NULL && nonce != NULL && header_length > 0 && header[0] >= 0x80);
    FUZZ_CHECK(length >= HG_GCM_TAG);
    memcpy(out, sealed, length - HG_GCM_TAG);
    return sealed[length - 1] != FUZZ_NEVER_OPENS;
}

static const hg_crypto fuzz_crypto = {.mask = fuzz_mask, .open = fuzz_open};

static inline const hg_crypto *fuzz_find_crypto(void)
{
    return &fuzz_crypto;
}
