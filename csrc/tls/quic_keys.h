/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_keys.h - keys of QUIC's Initials, which follow from a connection id that everybody sees, and
 * opening packets with them (RFC 9001, section 5).
 */
#pragma once

#include "base/digest.h"
#include "tls/aead.h"
#include "tls/quic_packet.h"

typedef struct hg_quic_keys {
    uint8_t key[HG_AES_KEY];
    uint8_t iv[HG_GCM_NONCE];
    uint8_t mask_key[HG_AES_KEY]; /* of the header */
} hg_quic_keys;

/* What makes keys and opens packets. One a worker. */
typedef struct hg_quic_cipher {
    hg_aead aead;
    hg_hmac salts[HG_SALTS];
} hg_quic_cipher;

/* `crypto` is borrowed; NULL: nothing is opened. Errors are those of hg_aead_init; hg_aead_clear ends it. */
hg_status hg_quic_cipher_init(hg_quic_cipher *cipher, const hg_crypto *crypto, hg_error *error);

/* Keys of one side, from the id that the client chose for the server, or the server in a Retry. */
void hg_quic_keys_make(const hg_quic_cipher *cipher, const hg_quic_version *version, hg_quic_id id,
                       int from_server, hg_quic_keys *keys);

/* Opens an Initial whose version is known. `*next` is the packet number that is expected, 0 before the
 * first; it becomes the one after this packet's, if that is more. `out` has room for packet->length bytes.
 * Returns the bytes of its frames, or -1 when it is not authentic. */
int64_t hg_quic_open(const hg_quic_cipher *cipher, const hg_quic_keys *keys, const hg_quic_packet *packet,
                     uint64_t *next, uint8_t *out);
