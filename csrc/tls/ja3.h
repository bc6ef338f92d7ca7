/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ja3.h - the lists of a hello as decimal numbers, and their MD5: JA3 of a client, JA3S of a server
 * (Salesforce). In the order of the wire, without GREASE values.
 */
#pragma once

#include "base/digest.h"
#include "tls/hello.h"

/* The text. `*length` is what it takes; as much is written as `capacity` allows. */
void hg_ja3_text(const hg_hello *hello, int is_client, char *out, size_t capacity, size_t *length);
void hg_ja3_digest(const hg_hello *hello, int is_client, uint8_t digest[HG_MD5_BYTES]);
