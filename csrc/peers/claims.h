/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * claims.h - the client's own claims in a question, compared with the captured connection.
 */
#pragma once

#include "base/writer.h"
#include "peers/peers.h"

/* The members "verdict", "client_check" and "reason"; the last is `reason` unless that is NULL. A connection of zeros was
 * not seen. */
void hg_peer_write_claims(hg_json *to, const hg_database *database, const hg_peer *of, const hg_question *question,
                          const char *reason);
