/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cryptography.h - the cryptography that a server uses, as names of its host.
 *
 * The name is the protocol. The flavor lists the server's choice, separated by ", ":
 *
 *     TLS, QUIC, DTLS    version, group (or "-"), cipher suite
 *     SSH                key exchange
 *     X.509              type and size of the key, algorithm of the signature (or "-": its own key signed it)
 */
#pragma once

#include "hosts/hosts.h"

/* Notes the cryptography in a server's row: a ServerHello, an SSH host key, or a certificate. The texts of the row must
 * be checked. If there is no room for the name, the packet is counted as untracked. */
void hg_host_note_cryptography(hg_hosts *hosts, hg_host_entry *host, hg_row row);

/* ---- the host keys of SSH servers ---- */

enum { HG_HOST_KEYS = 16 /* per host */ };

typedef struct hg_ssh_key {
    uint32_t next;  /* next key of the host, in the order of appearance */
    uint32_t next_in_chain; /* next key of any host with the same hash */
    uint64_t key;   /* the first bytes of its SHA-256 */
    uint64_t port_and_type; /* hash of the server's port and the key type */
    hg_index host;
    uint32_t alternates; /* 1: a key of this port and type was seen again after a later one */
} hg_ssh_key;

/* Notes the host key in a server's row with a key exchange, and whether the server offers only weak algorithms. Keys
 * beyond HG_HOST_KEYS are counted as untracked. */
void hg_host_keys_note(hg_hosts *hosts, hg_index index, hg_row row);
/* Findings about the SSH servers of a host, as bits by hg_host_finding. */
uint32_t hg_host_keys_findings(const hg_hosts *hosts, const hg_host_entry *host);
/* Returns a list of keys to the pool. */
void hg_host_keys_release(hg_hosts *hosts, uint32_t first);
