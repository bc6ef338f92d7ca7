/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * leases.h - the addresses of others that a DHCP server or relay names.
 *
 * An address that sent no packet is no host: it stands in the record of the server that names it.
 */
#pragma once

#include "hosts/hosts.h"

enum { HG_HOST_LEASES = 8 /* of a host */ };

typedef struct hg_host_lease {
    uint32_t next;
    uint32_t version;
    hg_address address;
} hg_host_lease;

/* A row of DHCP or DHCPv6. Only hosts that are known have leases. */
void hg_lease_note(hg_hosts *hosts, const hg_batch *batch, hg_row row);
/* The lease after one, the first after NULL; NULL: none. */
const hg_host_lease *hg_lease_next(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_lease *after);
