/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * state.h - the table of flows as bytes, so that another may continue with it.
 *
 *     header   key, sizes
 *     flows    records ever used, then their places, the ends of the lists first
 *
 * Chains are not saved: they follow from the records. The bytes are those of this machine's
 * memory, so they are for processes of one kind of machine and one build.
 */
#pragma once

#include "base/saved.h"
#include "flow/flows.h"

void hg_flows_save(const hg_flows *flows, hg_saving *to);
/* Replaces all flows. HG_E_ARGUMENT, and none is remembered then: the bytes are damaged, or of a table of another size or
 * hash key. Every reference in them is checked. */
hg_status hg_flows_load(hg_flows *flows, hg_loading *from);

/* Marks a record from `first` up to `next`; 0 if it lies outside, or was marked before. Used to validate lists. */
static inline int hg_mark(uint8_t *met, hg_index index, hg_index first, hg_index next)
{
    if (index < first || index >= next || met[index])
        return 0;
    met[index] = 1;
    return 1;
}
