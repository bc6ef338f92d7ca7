/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * aead.h - AES-128 of one block, and AES-128-GCM, by the functions that the caller of the core found.
 *
 * A worker keeps one handle: making a context takes longer than opening a packet. The keys that are
 * used with it are public, made from what the packets show.
 */
#pragma once

#include "huginn.h"

enum { HG_AES_KEY = 16, HG_AES_BLOCK = 16, HG_GCM_NONCE = 12, HG_GCM_TAG = 16 };

/* All zero is valid: it opens nothing, and needs no closing. */
typedef struct hg_aead {
    const hg_crypto *crypto; /* NULL: there is nothing to open with */
    void *ecb;               /* contexts of libcrypto; NULL where it is not used */
    void *gcm;
} hg_aead;

/* `crypto` is borrowed; with NULL, or with one that has no functions, nothing is opened.
 * HG_E_UNSUPPORTED: libcrypto refuses the ciphers. */
hg_status hg_aead_init(hg_aead *aead, const hg_crypto *crypto, hg_error *error);
void hg_aead_clear(hg_aead *aead);

/* The block under the key; 0 when it cannot be had. */
int hg_aead_block(const hg_aead *aead, const uint8_t key[HG_AES_KEY], const uint8_t block[HG_AES_BLOCK],
                  uint8_t out[HG_AES_BLOCK]);
/* Opens `length` bytes, HG_GCM_TAG or more, to length - HG_GCM_TAG bytes in `out`, which may begin where
 * they do. 0 when they are not authentic, or too many; `out` holds anything then. */
int hg_aead_open(const hg_aead *aead, const uint8_t key[HG_AES_KEY], const uint8_t nonce[HG_GCM_NONCE],
                 const uint8_t *header, uint32_t header_length, const uint8_t *sealed, uint32_t length,
                 uint8_t *out);
