/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_keys.h - derives the keys of QUIC's Initial packets from a connection id that is sent in clear, and decrypts
 * packets with them (RFC 9001, section 5).
 */
#pragma once

#include "base/digest.h"
#include "huginn.h"
#include "tls/quic_packet.h"

enum { HG_AES_KEY = 16, HG_AES_BLOCK = 16, HG_GCM_NONCE = 12, HG_GCM_TAG = 16 };

typedef struct hg_quic_keys {
    uint8_t key[HG_AES_KEY];
    uint8_t iv[HG_GCM_NONCE];
    uint8_t mask_key[HG_AES_KEY]; /* for header protection */
} hg_quic_keys;

/* Derives keys and decrypts packets: AES-128 of single blocks and AES-128-GCM, with functions that the caller of the
 * core found in libcrypto. Each worker keeps one, because creating a context takes longer than opening a packet. The
 * keys are not secret: they are derived from the packets. All zero is valid: it opens nothing and needs no
 * hg_quic_cipher_clear. */
typedef struct hg_quic_cipher {
    const hg_crypto *crypto; /* NULL: nothing can be opened */
    void *ecb;               /* libcrypto contexts; NULL: not used */
    void *gcm;
    hg_hmac salts[HG_SALTS];
} hg_quic_cipher;

/* `crypto` is borrowed. If it is NULL or has no functions, nothing is opened. HG_E_UNSUPPORTED: libcrypto refuses the
 * ciphers. */
hg_status hg_quic_cipher_init(hg_quic_cipher *cipher, const hg_crypto *crypto, hg_error *error);
void hg_quic_cipher_clear(hg_quic_cipher *cipher);

/* Derives the keys of one side from `id`: the one that the client chose for the server, or that the server chose in a
 * Retry. */
void hg_quic_keys_make(const hg_quic_cipher *cipher, const hg_quic_version *version, hg_span id,
                       int from_server, hg_quic_keys *keys);

/* Decrypts an Initial of a known version. `*next` is the expected packet number, 0 before the first packet; it is
 * raised to the number after this packet. `out` has room for packet->length bytes. Returns the number of frame bytes,
 * or -1 when the packet is not authentic. */
int64_t hg_quic_open(const hg_quic_cipher *cipher, const hg_quic_keys *keys, const hg_quic_packet *packet,
                     uint64_t *next, uint8_t *out);
