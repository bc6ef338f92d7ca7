/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams_state.h - the first bytes of directions as bytes, so that another may continue with them.
 *
 *     header    number of flows, of directions that hold bytes
 *     streams   two a flow
 *     held      oldest first: header, runs, bytes
 */
#ifndef HG_STREAMS_STATE_H
#define HG_STREAMS_STATE_H

#include "flow/streams.h"

/* Bytes that hg_streams_save writes, for flows with an index below `flows`. */
size_t hg_streams_state_bytes(const hg_streams *streams, hg_index flows);
void hg_streams_save(const hg_streams *streams, hg_index flows, uint8_t *out);
/* Replaces all directions; `*used` is how many of the bytes were theirs. HG_E_ARGUMENT, and nothing is
 * remembered then: the bytes are damaged, or of another number of flows. HG_E_MEMORY the same. */
hg_status hg_streams_load(hg_streams *streams, hg_index flows, const uint8_t *bytes, size_t length, size_t *used,
                          hg_error *error);

#endif
