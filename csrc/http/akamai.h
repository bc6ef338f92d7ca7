/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * akamai.h - the HTTP/2 client fingerprint in Akamai's notation:
 *
 *     SETTINGS|WINDOW_UPDATE|PRIORITY|pseudo-headers
 *     1:65536;2:0;4:6291456;6:262144|15663105|0|m,a,s,p
 */
#pragma once

#include "http/h2.h"

/* The text for the bytes of which hg_h2_read made a request: as far as there is room, no zero behind it.
 * `length`: of all. */
void hg_akamai_text(const uint8_t *data, const hg_h2_message *request, char *out, size_t capacity, size_t *length);
