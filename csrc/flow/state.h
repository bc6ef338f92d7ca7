/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * state.h - what a tracker remembers, as bytes, so that another may go on.
 *
 *     header   key, sizes
 *     flows    records ever used, then their places, the ends of the lists first
 *     hosts    records ever used, the end of the list first
 *
 * Chains are not saved: they follow from the records. The bytes are those of this machine's
 * memory, so they are for processes of one kind of machine and one build.
 */
#ifndef HG_TRACKER_STATE_H
#define HG_TRACKER_STATE_H

#include "flow/tracker.h"

/* Bytes that hg_tracker_save writes. */
size_t hg_tracker_state_bytes(const hg_tracker *tracker);
void hg_tracker_save(const hg_tracker *tracker, uint8_t *out);
/* Replaces all flows and hosts. HG_E_ARGUMENT, and nothing is remembered then: the bytes are
 * damaged, or of a tracker of another size or hash key. Every reference in them is checked. */
hg_status hg_tracker_load(hg_tracker *tracker, const uint8_t *bytes, size_t length, hg_error *error);

#endif
