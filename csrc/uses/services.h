/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * services.h - services of a host: the server names by which clients request it (SNI of TLS, Host of HTTP), and the
 * addresses that it leases.
 *
 * Server names may reveal who visits which site, so they are kept only with the option `shows_names`. A client can
 * request any name, so a name counts only once the server answered. */
#pragma once

#include "hosts/hosts.h"

enum { HG_HOST_SERVICES = 8 /* per host */ };

typedef struct hg_host_service {
    uint32_t next;
    uint32_t name; /* number in hg_hosts.names */
} hg_host_service;

/* ---- leases: addresses in the messages of a DHCP server or relay ----
 *
 * A leased address becomes a host when it sends a packet, or at once if the client's MAC is known. Until then, only the
 * record of the server shows it. */

enum { HG_HOST_LEASES = 8 /* per host */ };

typedef struct hg_host_lease {
    uint32_t next;
    uint32_t version;
    hg_address address;
} hg_host_lease;

/* Watches what a DHCP message or a router states of the segment, and notes the lease if its server is a known host. */
void hg_note_stated(hg_hosts *hosts, const hg_batch *batch, hg_row row);
