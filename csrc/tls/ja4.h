/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ja4.h - JA4 of TLS clients, as FoxIO describes it (LICENSE-JA4).
 *
 *     t13d1516h2_8daaf6152771_d8a2da3f94cd
 *     a          b            c
 *
 * a: transport, version, whether a server is named, numbers of ciphers and extensions, ALPN;
 * b: SHA-256 of the ciphers; c: of the extensions and signature algorithms. The variants differ in
 * the order of the lists (sorted, or as on the wire), in whether they are hashed, and in which
 * extensions are left out. GREASE values are left out of all variants.
 */
#pragma once

#include "base/digest.h"
#include "tls/hello.h"

/* How a JA4 is made. */
typedef struct hg_ja4_kind {
    uint8_t raw;        /* 1: the lists themselves in place of their digests */
    uint8_t wire_order; /* 1: not sorted; the names of server and protocols stay in c */
    uint8_t stable;     /* 1: without the extensions that depend on session resumption */
} hg_ja4_kind;

/* Room for the values of one hello, twice, and how to hash them. */
typedef struct hg_ja4_room {
    hg_digest_blocks blocks;
    uint16_t values[HG_MOST_HELLO / 2];
    uint16_t spare[HG_MOST_HELLO / 2];
} hg_ja4_room;

/* Digests of lists that were met before, the latest of those that share a place. The values before the
 * underscore are sorted where they are hashed, so that ciphers are looked up as received. */
enum { HG_JA4_MEMO_SLOTS = 1024, HG_JA4_MEMO_VALUES = 60, HG_JA4_DIGITS = 12 };

typedef struct hg_ja4_memo_slot {
    uint16_t values[HG_JA4_MEMO_VALUES];
    uint16_t count; /* 0: empty */
    uint16_t plain; /* values before the underscore */
    char digits[HG_JA4_DIGITS];
} hg_ja4_memo_slot;

typedef struct hg_ja4_maker {
    hg_ja4_room room;
    uint64_t hash_key;
    hg_ja4_memo_slot memo[HG_JA4_MEMO_SLOTS];
} hg_ja4_maker;

/* The hashed JA4 of a hello and the stable one, HG_JA4_LENGTH of ASCII each. */
void hg_ja4_make(hg_ja4_maker *maker, const hg_hello *hello, uint8_t transport, char *ja4, char *ja4_stable);
/* A JA4 of any kind. `*length` is what it takes; it is written when that is not above `capacity`. */
void hg_ja4_text(hg_ja4_room *room, const hg_hello *hello, uint8_t transport, hg_ja4_kind kind, char *out,
                 size_t capacity, size_t *length);
