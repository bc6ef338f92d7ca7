/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * flow_memory.h - what a reader of streams remembers of each flow: as many bytes of each, zeros at first. It begins
 * the reader's state.
 */
#pragma once

#include "flow/reader.h"

typedef struct hg_flow_memory {
    uint8_t *bytes;
    size_t each;
    hg_index flows; /* have an index below it */
    uint32_t zero;
} hg_flow_memory;

/* Makes the state of a reader; NULL: it has none, and the functions below do nothing with it. */
hg_status hg_flow_memory_open(const hg_reader *reader, const hg_config *config, hg_index flows, void **state, hg_error *error);
void hg_flow_memory_close(void *state);
/* Forgets everything. */
void hg_flow_memory_reset(void *state);
void hg_flow_memory_forget(const hg_reader *reader, void *state, hg_index flow);
/* What is remembered of flows with an index below `flows`, so that another engine may go on. */
void hg_flow_memory_save(const void *state, hg_index flows, hg_saving *to);
hg_status hg_flow_memory_load(const hg_reader *reader, void *state, hg_index flows, hg_loading *from);

static inline void *hg_flow_memory_of(const void *state, hg_index flow)
{
    const hg_flow_memory *memory = state;
    return memory->bytes + flow * memory->each;
}
