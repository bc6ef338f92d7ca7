/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connections_state.h - connections of QUIC and DTLS as bytes, so that another may continue with them.
 *
 *     header        number of records
 *     connections   oldest first: record, and for each direction that holds some its runs and bytes
 */
#ifndef HG_CONNECTIONS_STATE_H
#define HG_CONNECTIONS_STATE_H

#include "tls/connections.h"

size_t hg_connections_state_bytes(const hg_connections *c);
void hg_connections_save(const hg_connections *c, uint8_t *out);
/* Replaces all connections; `*used` is how many of the bytes were theirs. `flows` is as for
 * hg_connections_init. HG_E_ARGUMENT, and nothing is remembered then: the bytes are
 * damaged. What there is no memory for is given up, as ever. */
hg_status hg_connections_load(hg_connections *c, uint32_t flows, const uint8_t *bytes, size_t length, size_t *used,
                              hg_error *error);

#endif
