/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * known_claims.h - what the latest texts of devices claim. A device repeats its texts, and patterns are slow to compare.
 */
#ifndef HG_HOSTS_KNOWN_CLAIMS_H
#define HG_HOSTS_KNOWN_CLAIMS_H

#include "devices/announced.h"
#include "hosts/hosts.h"

/* What a text claims by the database, which is there, of no packet; the signature that says so, or HG_NO_SIGNATURE. */
uint32_t hg_known_claim_of(hg_hosts *hosts, const hg_announcement_text *said, hg_device_claim *out);
/* Forgets all: the database changes. */
void hg_known_claims_forget(hg_hosts *hosts);

#endif
