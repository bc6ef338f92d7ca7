/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cryptography.h - the cryptography that a server uses, kept as names of its host, and the host keys of SSH servers.
 *
 * The name is the protocol. The flavor lists the server's choice, separated by ", ":
 *
 *     TLS, QUIC, DTLS    version, group (or "-"), cipher suite
 *     SSH                key exchange
 *     X.509              type and size of the key, algorithm of the signature (or "-": its own key signed it), start
 *     and end of its validity (or "-": malformed), first 8 bytes of its SHA-256; if its chain is weak, why
 */
#pragma once

#include "hosts/hosts.h"

/* The parts of the flavor of a certificate, in order. */
typedef enum hg_certificate_text {
    HG_CERTIFICATE_KEY,
    HG_CERTIFICATE_SIGNATURE,
    HG_CERTIFICATE_BEGIN,
    HG_CERTIFICATE_END,
    HG_CERTIFICATE_SHA256,
    HG_CERTIFICATE_PARTS, /* that all have */
    HG_CERTIFICATE_WEAKNESS = HG_CERTIFICATE_PARTS
} hg_certificate_text;

/* A part of the flavor of a certificate; empty if the flavor has fewer. Borrowed from the name. */
hg_span hg_certificate_part(const hg_host_name *name, hg_certificate_text part);

/* ---- the host keys of SSH servers ---- */

enum { HG_HOST_KEYS = 16 /* per host */ };

typedef struct hg_ssh_key {
    uint32_t next;  /* next key of the host, in the order of appearance */
    uint32_t next_in_chain; /* next key in its hash chain, which has keys of all hosts */
    uint64_t key;   /* the first bytes of the key's SHA-256 */
    uint64_t port_and_type; /* hash of the server's port and the key type */
    hg_index host;
    uint32_t alternates; /* 1: this key was seen again after a later key of the same port and type */
} hg_ssh_key;

/* Findings about the SSH servers of a host, as bits by hg_host_finding. */
uint64_t hg_host_keys_findings(const hg_hosts *hosts, const hg_host_entry *host);
