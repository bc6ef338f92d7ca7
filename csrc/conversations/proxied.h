/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * proxied.h - the header of PROXY, which states for whom a proxy connects.
 */
#pragma once

#include "flow/reader.h"

/* Besides lengths of messages: the bytes may begin a message, of which more is to come. */
#define HG_GOES_ON UINT32_MAX

/* For messages that segments may split. */
static inline uint32_t hg_once_within(uint32_t bytes, uint32_t length)
{
    return bytes <= length ? bytes : HG_GOES_ON;
}

/* The length of the PROXY header at `data`; 0: none; or HG_GOES_ON. */
uint32_t hg_proxy_header(const uint8_t *data, uint32_t length);
/* Writes the row for a PROXY header of `length` bytes. 0: it states no addresses of TCP. */
int hg_proxy_read(const uint8_t *header, uint32_t length, hg_event_values *out);

/* Reports the row to which its state points. */
extern const hg_reader hg_proxied_reader;
