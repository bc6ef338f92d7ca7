/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams_state.h - the first bytes of directions as bytes, so that another may continue with them.
 *
 *     header    number of flows, of directions that hold bytes
 *     streams   two a flow
 *     held      oldest first: header, runs, bytes
 */
#pragma once

#include "base/saved.h"
#include "flow/streams.h"

/* Of flows with an index below `flows`. */
void hg_streams_save(const hg_streams *streams, hg_index flows, hg_saving *to);
/* Replaces all directions. HG_E_ARGUMENT, and nothing is remembered then: the bytes are damaged, or of another number of
 * flows. */
hg_status hg_streams_load(hg_streams *streams, hg_index flows, hg_loading *from);
