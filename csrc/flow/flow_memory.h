/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * flow_memory.h - what a reader of streams remembers of each flow: as many bytes of each, zeros at first. It begins
 * the reader's state, so that the functions below are those of hg_reader.
 */
#pragma once

#include "flow/reader.h"

typedef struct hg_flow_memory {
    uint8_t *bytes;
    size_t each;
    hg_index flows;
    uint32_t zero;
} hg_flow_memory;

/* Adds what a reader of the first `bytes` of each stream requires, if its protocol is read. */
static inline void hg_need_streams(const hg_config *config, hg_protocol protocol, uint32_t bytes, hg_requirements *requirements)
{
    if ((config->protocols >> protocol & 1) == 0)
        return;
    requirements->flow_ends = 1;
    if (requirements->stream_bytes < bytes)
        requirements->stream_bytes = bytes;
}

/* A state of `size` bytes, zeros behind the memory of `each` byte of a flow. `reader` names it in the error. */
hg_status hg_flow_memory_open(size_t size, size_t each, hg_index flows, const char *reader, void **state, hg_error *error);
void hg_flow_memory_close(void *state);
void hg_flow_memory_reset(void *state);
void hg_flow_memory_forget(void *state, hg_index flow);
void hg_flow_memory_save(const void *state, hg_index flows, hg_saving *to);
/* The members of an hg_reader that has only this memory. */
#define HG_REMEMBERS_FLOWS .close = hg_flow_memory_close, .reset = hg_flow_memory_reset, .save = hg_flow_memory_save
/* What was loaded is not checked. */
hg_status hg_flow_memory_load(void *state, hg_index flows, hg_loading *from);

static inline void *hg_flow_memory_of(const void *state, hg_index flow)
{
    const hg_flow_memory *memory = state;
    return memory->bytes + flow * memory->each;
}
