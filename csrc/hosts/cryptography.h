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

/* ---- the host keys of SSH servers ---- */

enum { HG_HOST_KEYS = 16 /* of a host */ };

typedef struct hg_ssh_key {
    uint32_t next;  /* of the host, in the order of appearance */
    uint32_t chain; /* keys of all hosts with one hash */
    uint64_t key;   /* the first bytes of its SHA-256 */
    uint64_t port_and_type;
    hg_index host;
    uint32_t alternates; /* 1: a key of this port and type was seen again after a later one */
} hg_ssh_key;

/* A row of a server with its key exchange. Of a host with too many keys the others are not followed. */
void hg_host_keys_note(hg_hosts *hosts, hg_index index, hg_row row);
/* Findings about the SSH servers of a host, as bits by hg_host_finding. */
uint32_t hg_host_keys_findings(const hg_hosts *hosts, const hg_host_entry *host);
/* Gives back a list. */
void hg_host_keys_release(hg_hosts *hosts, uint32_t first);
