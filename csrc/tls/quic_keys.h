/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_keys.h - keys of QUIC's Initials, which follow from a connection id that everybody sees, and
 * opening packets with them (RFC 9001, section 5).
 */
#pragma once

#include "base/digest.h"
#include "huginn.h"
#include "tls/quic_packet.h"

enum { HG_AES_KEY = 16, HG_AES_BLOCK = 16, HG_GCM_NONCE = 12, HG_GCM_TAG = 16 };

typedef struct hg_quic_keys {
    uint8_t key[HG_AES_KEY];
    uint8_t iv[HG_GCM_NONCE];
    uint8_t mask_key[HG_AES_KEY]; /* of the header */
} hg_quic_keys;

/* What makes keys and opens packets: AES-128 of one block, and AES-128-GCM, by the functions that the caller of the core
 * found. A worker keeps one: making a context takes longer than opening a packet. The keys that are used with it are
 * public, made from what the packets show. All zero is valid: it opens nothing, and needs no closing. */
typedef struct hg_quic_cipher {
    const hg_crypto *crypto; /* NULL: there is nothing to open with */
    void *ecb;               /* contexts of libcrypto; NULL where it is not used */
    void *gcm;
    hg_hmac salts[HG_SALTS];
} hg_quic_cipher;

/* `crypto` is borrowed; with NULL, or with one that has no functions, nothing is opened.
 * HG_E_UNSUPPORTED: libcrypto refuses the ciphers. */
hg_status hg_quic_cipher_init(hg_quic_cipher *cipher, const hg_crypto *crypto, hg_error *error);
void hg_quic_cipher_clear(hg_quic_cipher *cipher);

/* Keys of one side, from the id that the client chose for the server, or the server in a Retry. */
void hg_quic_keys_make(const hg_quic_cipher *cipher, const hg_quic_version *version, hg_span id,
                       int from_server, hg_quic_keys *keys);

/* Opens an Initial whose version is known. `*next` is the packet number that is expected, 0 before the
 * first; it becomes the one after this packet's, if that is more. `out` has room for packet->length bytes.
 * Returns the bytes of its frames, or -1 when it is not authentic. */
int64_t hg_quic_open(const hg_quic_cipher *cipher, const hg_quic_keys *keys, const hg_quic_packet *packet,
                     uint64_t *next, uint8_t *out);
