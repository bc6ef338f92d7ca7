/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connections_state.h - connections of QUIC and DTLS as bytes, so that another may continue with them.
 *
 *     header        number of records
 *     connections   oldest first: record, and for each direction that holds some its runs and bytes
 */
#pragma once

#include "base/saved.h"
#include "tls/connections.h"

void hg_connections_save(const hg_connections *c, hg_saving *to);
/* Replaces all connections. `flows` is as for hg_connections_init. HG_E_ARGUMENT, and nothing is remembered then: the
 * bytes are damaged. What there is no memory for is given up, as ever. */
hg_status hg_connections_load(hg_connections *c, uint32_t flows, hg_loading *from);
