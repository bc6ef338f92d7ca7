/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * version.h - maps TLS and DTLS versions to small numbers, so that a set of versions fits into a few bits.
 */
#pragma once

#include <stdint.h>

/* The small numbers. */
typedef enum hg_tls_place {
    HG_TLS_OTHER = 0, /* a version without a name */
    HG_TLS_1_0 = 1,
    HG_TLS_1_1 = 2,
    HG_TLS_1_2 = 3,
    HG_TLS_1_3 = 4,
    HG_SSL_2 = 5,
    HG_SSL_3 = 6,
    HG_DTLS_OPENSSL = 7,
    HG_DTLS_1_0 = 8,
    HG_DTLS_1_2 = 9,
    HG_DTLS_1_3 = 10,
    HG_TLS_1_3_DRAFT = 11,
    HG_TLS_PLACES = 12
} hg_tls_place;

/* The version numbers in packets, by hg_tls_place. Drafts use 0x7F00 to 0x7FFF. */
static const uint16_t HG_TLS_NUMBERS[HG_TLS_PLACES] = {
    0, 0x0301, 0x0302, 0x0303, 0x0304, 0x0002, 0x0300, 0x0100, 0xFEFF, 0xFEFD, 0xFEFC, 0x7F00,
};

/* The versions before TLS 1.2 and DTLS 1.2, as bits. RFC 8996 forbids TLS 1.0, TLS 1.1 and DTLS 1.0. */
enum {
    HG_OLD_TLS = 1 << HG_TLS_1_0 | 1 << HG_TLS_1_1 | 1 << HG_SSL_2 | 1 << HG_SSL_3 | 1 << HG_DTLS_OPENSSL | 1 << HG_DTLS_1_0
};

/* The small number of a version. */
static inline uint32_t hg_place_of_tls(uint16_t version)
{
    for (uint32_t place = 1; place < HG_TLS_PLACES; place++)
        if (HG_TLS_NUMBERS[place] == version)
            return place;
    return version >> 8 == 0x7F ? HG_TLS_1_3_DRAFT : HG_TLS_OTHER;
}

/* The bit of a version in a set. */
static inline uint16_t hg_bit_of_tls(uint16_t version)
{
    return (uint16_t)(1U << hg_place_of_tls(version));
}
