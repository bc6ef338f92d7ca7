/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * flow_memory.h - a stream reader's memory: the same number of bytes for each flow, zeros at first. It is the first
 * member of the reader's state.
 */
#pragma once

#include "flow/reader.h"

typedef struct hg_flow_memory {
    uint8_t *bytes;
    size_t each;
    hg_index flows; /* indexes of flows are below it */
    uint32_t zero;
} hg_flow_memory;

/* Makes the state of a reader; NULL: it has none, and the functions below do nothing with it. */
hg_status hg_flow_memory_open(const hg_reader *reader, const hg_config *config, hg_index flows, void **state, hg_error *error);
void hg_flow_memory_close(void *state);
/* Forgets everything. */
void hg_flow_memory_reset(void *state);
void hg_flow_memory_forget(const hg_reader *reader, void *state, hg_index flow);
/* Saves the memory of flows with an index below `flows`, so that another engine can continue. */
void hg_flow_memory_save(const void *state, hg_index flows, hg_saving *to);
hg_status hg_flow_memory_load(const hg_reader *reader, void *state, hg_index flows, hg_loading *from);

static inline void *hg_flow_memory_of(const void *state, hg_index flow)
{
    const hg_flow_memory *memory = state;
    return memory->bytes + flow * memory->each;
}
