/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * calls.h - services that devices call, found in DNS and mDNS questions. Only the pattern that a name fits is reported,
 * never the name: all names together would be a browsing history.
 */
#pragma once

#include "devices/announcing.h"

/* Reports the first `most` questions of a message, which is at least HG_DNS_HEADER long. */
hg_datagram_event hg_calls_read(const hg_datagram_in *in, uint32_t most, const hg_reader_output *to);
