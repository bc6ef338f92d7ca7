/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * known_claims.h - the claims of the latest texts of devices. Devices repeat their texts, and comparing patterns is
 * slow.
 */
#pragma once

#include "hosts/hosts.h"

/* The claim that the database (which must exist) derives from a text, or from the bytes of a MAC (HG_SAYS_MAC); without
 * the packet's time, scope and MAC. Returns the signature, or HG_NO_SIGNATURE. */
uint32_t hg_known_claim_of(hg_hosts *hosts, const hg_announcement_text *announced, hg_device_claim *out);
/* The type of device that a text states, in `claim`; empty: none. 0: the database does not know the text. */
int hg_known_type_of(hg_hosts *hosts, uint8_t kind, hg_span text, hg_device_claim *claim, hg_span *type);
void hg_forget_claims(hg_hosts *hosts); /* all claims in the cache, when the database changes */
