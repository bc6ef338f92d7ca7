/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * preamble.h - messages before the protocol of a connection proper: PROXY headers (version 1 and 2), SOCKS 4 and 5, and
 * the login of TDS around TLS. Readers see the bytes after them as the beginning of the direction.
 */
#pragma once

#include <stdint.h>

/* Returns the length of the message that begins the `length` bytes at `data`, of which all bytes were captured; 0: none.
 * The bytes are the first ones of a direction, or follow such a message. `*seen` is 0 for a new connection, and is kept
 * for it: messages of servers are recognised only after those of their clients. */
uint32_t hg_preamble(const uint8_t *data, uint32_t length, int from_server, uint8_t *seen);

/* Whether a message could begin with `first`: a quick check, for the first bytes of each direction. */
static inline int hg_may_be_preamble(uint8_t first, int from_server, uint8_t seen)
{
    enum { PROXY_2 = '\r', PROXY_1 = 'P', SOCKS_4 = 4, SOCKS_5 = 5, TDS = 0x12 };
    if (seen != 0)
        return 1;
    return !from_server && (first == PROXY_2 || first == PROXY_1 || first == SOCKS_4 || first == SOCKS_5 || first == TDS);
}
