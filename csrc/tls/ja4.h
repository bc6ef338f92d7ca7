/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ja4.h - JA4, FoxIO's fingerprint of TLS clients (LICENSE-JA4).
 *
 *     t13d1516h2_8daaf6152771_d8a2da3f94cd
 *     a          b            c
 *
 * a: transport, version, whether server_name is sent, numbers of ciphers and extensions, ALPN. b: the first 12 digits
 * of the SHA-256 of the ciphers. c: likewise, of the extensions followed by the signature algorithms.
 *
 * The variants differ in three ways: whether ciphers and extensions are sorted or in wire order, whether the lists are
 * hashed, and which extensions are left out. GREASE values are left out of all variants.
 */
#pragma once

#include "base/digest.h"
#include "tls/hello.h"

/* A variant of JA4. */
typedef struct hg_ja4_kind {
    uint8_t raw;        /* 1: the lists themselves instead of their digests */
    uint8_t wire_order; /* 1: not sorted, and the extensions server_name and ALPN stay in c */
    uint8_t stable;     /* 1: leaves out padding and the extensions that depend on session resumption */
} hg_ja4_kind;

/* Working memory: the values of one list, space to sort them, and the hash function. */
typedef struct hg_ja4_room {
    hg_digest_blocks blocks; /* SHA-256 */
    uint16_t values[HG_MOST_HELLO / 2];
    uint16_t spare[HG_MOST_HELLO / 2];
} hg_ja4_room;

/* Cache of digests. Lists that share a slot replace each other. Ciphers are stored as received and sorted only when
 * they are hashed; extensions are stored sorted. */
enum { HG_JA4_MEMO_SLOTS = 1024, HG_JA4_MEMO_VALUES = 60 /* of a cached list */, HG_JA4_DIGITS = 12 /* of a digest */ };

typedef struct hg_ja4_memo_slot {
    uint16_t values[HG_JA4_MEMO_VALUES];
    uint16_t count; /* 0: empty */
    uint16_t before_algorithms; /* number of ciphers, or of extensions */
    char digits[HG_JA4_DIGITS];
} hg_ja4_memo_slot;

/* Each thread has its own. */
typedef struct hg_ja4_maker {
    hg_ja4_room room;
    uint64_t hash_key; /* hg_config.hash_key */
    hg_ja4_memo_slot memo[HG_JA4_MEMO_SLOTS];
} hg_ja4_maker;

/* Writes the hashed JA4 of a hello and its stable variant, HG_JA4_LENGTH bytes of ASCII each. */
void hg_ja4_make(hg_ja4_maker *maker, const hg_hello *hello, uint8_t transport, char *ja4, char *ja4_stable);
/* Writes a JA4 of any variant. `*length` becomes its length; nothing is written if that exceeds `capacity`. */
void hg_ja4_text(hg_ja4_room *room, const hg_hello *hello, uint8_t transport, hg_ja4_kind kind, char *out,
                 size_t capacity, size_t *length);
