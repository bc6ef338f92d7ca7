/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * names.h - the database's names for a connection, as members of a JSON object.
 *
 * Called with the lock `asking` held. A connection of zeros was not captured: its members are null.
 */
#pragma once

#include "base/writer.h"
#include "peers/peers.h"

/* "os" and what belongs to it: what all signatures that fit the SYN say. */
hg_status hg_peer_write_system(hg_json *to, hg_peers *peers, const hg_peer *of, hg_error *error);
/* The program, by its ClientHello, else by its request, and the JA4. */
void hg_peer_write_client(hg_json *to, const hg_database *database, const hg_peer *of);
/* What made a SYN that no system makes. */
void hg_peer_write_tool(hg_json *to, const hg_database *database, const hg_peer *of);
