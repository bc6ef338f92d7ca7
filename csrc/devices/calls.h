/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * calls.h - services that devices call, by questions to DNS and mDNS. Only a pattern that a name fits is reported, never
 * the name: names without a pattern are somebody's browsing history.
 */
#pragma once

#include "devices/announcing.h"

/* Reports the questions of a message, at least HG_DNS_HEADER long, the first `most` of them. */
hg_datagram_event hg_calls_read(const hg_datagram_in *in, uint32_t most, const hg_reader_output *to);
