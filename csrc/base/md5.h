/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * md5.h - MD5 (RFC 1321). JA3 is defined with it. It is not used for security.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { HG_MD5_BYTES = 16, HG_MD5_BLOCK = 64 };

/* A message that comes in pieces. */
typedef struct hg_md5 {
    uint32_t state[4];
    uint64_t length; /* bytes so far */
    uint8_t rest[HG_MD5_BLOCK]; /* the last length % HG_MD5_BLOCK of them */
} hg_md5;

void hg_md5_start(hg_md5 *hash);
void hg_md5_add(hg_md5 *hash, const void *data, size_t length);
/* The hash cannot be added to afterwards. */
void hg_md5_end(hg_md5 *hash, uint8_t digest[HG_MD5_BYTES]);
