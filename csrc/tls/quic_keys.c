/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/quic_keys.h"

#include <string.h>

enum { LONGEST_NUMBER = 4, PROTECTED_BITS = 0x0F, LENGTH_BITS = 0x03 };

hg_status hg_quic_cipher_init(hg_quic_cipher *cipher, const hg_crypto *crypto, hg_error *error)
{
    hg_digest_blocks blocks = hg_sha256_fastest();
    for (int i = 0; i < HG_SALTS; i++)
        hg_hmac_key(cipher->salts + i, blocks, HG_QUIC_SALT[i], HG_QUIC_SALT_BYTES);
    return hg_aead_init(&cipher->aead, crypto, error);
}

void hg_quic_keys_make(const hg_quic_cipher *cipher, const hg_quic_version *version, hg_quic_id id, int from_server,
                       hg_quic_keys *keys)
{
    uint8_t secret[HG_SHA256_BYTES];
    const hg_hmac *salt = cipher->salts + version->salt;
    hg_hmac hmac;
    hg_hmac_of(salt, id.bytes, id.length, secret);
    hg_hmac_key(&hmac, salt->blocks, secret, sizeof secret);
    hg_expand_label(&hmac, from_server ? "server in" : "client in", secret, sizeof secret);
    hg_hmac_key(&hmac, salt->blocks, secret, sizeof secret);
    hg_expand_label(&hmac, version->second ? "quicv2 key" : "quic key", keys->key, sizeof keys->key);
    hg_expand_label(&hmac, version->second ? "quicv2 iv" : "quic iv", keys->iv, sizeof keys->iv);
    hg_expand_label(&hmac, version->second ? "quicv2 hp" : "quic hp", keys->mask_key, sizeof keys->mask_key);
}

/* The number nearest to the expected one that ends in these bits (RFC 9000, appendix A.3). */
static uint64_t whole_number(uint64_t expected, uint64_t bits, uint32_t bytes)
{
    const uint64_t window = UINT64_C(1) << (8 * bytes), half = window / 2;
    uint64_t number = (expected & ~(window - 1)) | bits;
    if (number + half <= expected && number < (UINT64_C(1) << 62) - window)
        return number + window;
    return number > expected + half && number >= window ? number - window : number;
}

/* Takes the protection off a copy of the header. Returns the bytes of the packet number, 0 when there
 * are no ciphers. */
static uint32_t unmask(const hg_quic_cipher *cipher, const hg_quic_keys *keys, const hg_quic_packet *packet,
                       uint8_t *header)
{
    uint8_t mask[HG_AES_BLOCK];
    if (!hg_aead_block(&cipher->aead, keys->mask_key, packet->data + packet->header + LONGEST_NUMBER, mask))
        return 0;
    memcpy(header, packet->data, packet->header + LONGEST_NUMBER);
    header[0] ^= mask[0] & PROTECTED_BITS;
    uint32_t bytes = (header[0] & LENGTH_BITS) + 1u;
    for (uint32_t i = 0; i < bytes; i++)
        header[packet->header + i] ^= mask[1 + i];
    return bytes;
}

int64_t hg_quic_open(const hg_quic_cipher *cipher, const hg_quic_keys *keys, const hg_quic_packet *packet,
                     uint64_t *next, uint8_t *out)
{
    uint8_t header[HG_QUIC_LONGEST_HEADER + LONGEST_NUMBER], nonce[HG_GCM_NONCE];
    uint32_t bytes = unmask(cipher, keys, packet, header), start = packet->header + bytes;
    uint64_t bits = 0;
    if (bytes == 0 || packet->length - start < HG_GCM_TAG)
        return -1;
    for (uint32_t i = 0; i < bytes; i++)
        bits = bits << 8 | header[packet->header + i];
    uint64_t number = whole_number(*next, bits, bytes);
    memcpy(nonce, keys->iv, sizeof nonce);
    for (int i = 0; i < 8; i++)
        nonce[HG_GCM_NONCE - 1 - i] ^= (uint8_t)(number >> (8 * i));
    if (!hg_aead_open(&cipher->aead, keys->key, nonce, header, start, packet->data + start, packet->length - start,
                      out))
        return -1;
    if (number >= *next)
        *next = number + 1;
    return packet->length - start - HG_GCM_TAG;
}
