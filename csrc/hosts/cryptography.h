/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cryptography.h - the cryptography that a server uses, as names of its host.
 *
 * The name is the protocol, and the flavor what was chosen, with ", " between:
 *
 *     TLS, QUIC, DTLS    version, group (or "-"), cipher suite
 *     SSH                key exchange
 *     X.509              type and size of the key, algorithm of the signature (or "-": its own key signed it)
 */
#pragma once

#include "hosts/hosts.h"

/* Notes what a row shows of the server that sent it: a ServerHello, an SSH host key, or a certificate. The texts of the row were checked.
 * What there is no room for is counted as untracked. */
void hg_host_note_cryptography(hg_hosts *hosts, hg_host_entry *host, hg_row row);
