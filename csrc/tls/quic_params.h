/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_params.h - QUIC's transport parameters, which a hello carries in an extension (number 0x39, before
 * draft 33 0xFFA5): RFC 9000, section 18, and what others added.
 */
#pragma once

#include "base/span.h"

enum { HG_QUIC_PARAMS_EXTENSION = 0x39, HG_QUIC_PARAMS_EXTENSION_OF_DRAFTS = 0xFFA5 };

/* The user agent in the body of the extension: in clear, of Chrome 84 to 98; anybody's bytes. The first one counts.
 * `data` NULL: none before the end, or before a parameter with an invalid length. */
hg_span hg_quic_user_agent(const uint8_t *body, uint32_t length);
