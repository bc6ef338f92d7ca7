/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * signature.h - writes a head in the notation of p0f's raw signatures:
 *
 *     1:Host,User-Agent,Accept=[text],?Cookie:Accept-Charset,Keep-Alive:curl/7.1
 *     version:headers:absent common headers:software
 */
#pragma once

#include "http/values.h"
#include "huginn.h"

/* Limits in bytes. */
enum { HG_HTTP_MOST_SIGNATURE = HG_HTTP_MOST_STORED + 1024, HG_HTTP_MOST_VALUE_SHOWN = 200 };

/* Writes the signature to `out`, which has room for HG_HTTP_MOST_SIGNATURE bytes, and returns its length. Values
 * contain only bytes from 0x20 to 0x7f. `database` may be NULL. */
uint32_t hg_http_signature(const hg_http_head *head, const hg_database *database, hg_http_visibility shown,
                           uint8_t *out);
