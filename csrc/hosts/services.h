/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * services.h - what a server provides: names by which clients ask for it, and addresses that it leases.
 *
 * Names, of TLS (SNI) and of HTTP (Host), may say who visits what, so that they are kept only if hg_hosts_show_names was called. Anybody can ask for any name:
 * those that the server answered count.
 */
#pragma once

#include "hosts/hosts.h"

enum { HG_HOST_SERVICES = 8 /* of a host */ };

typedef struct hg_host_service {
    uint32_t next;
    uint32_t name; /* its number */
} hg_host_service;

/* A ClientHello or a request with this name; length 0: none. */
void hg_service_ask(hg_hosts *hosts, hg_row row, hg_span name);
/* The server answers what was asked last in the connection. */
void hg_service_answer(hg_hosts *hosts, hg_host_entry *host, hg_row row);
/* The service after one, the first after NULL; NULL: none. */
const hg_host_service *hg_service_next(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_service *after);

/* ---- the addresses of others that a DHCP server or relay names ----
 *
 * An address that sent no packet is no host: it stands in the record of the server that names it. */

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
