/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "flow/reader.h"

#include "base/memory.h"

hg_status hg_flow_memory_open(const hg_reader *reader, const hg_config *config, hg_index flows, void **state,
                              hg_error *error)
{
    *state = NULL;
    if (reader->flow_bytes == 0)
        return HG_OK;
    const size_t size = reader->state_bytes != 0 ? reader->state_bytes : sizeof(hg_flow_memory);
    hg_flow_memory *memory = calloc(1, size);
    if (memory != NULL) {
        *memory = (hg_flow_memory){.each = reader->flow_bytes,
                                   .flows = flows,
                                   .shows_names = config->host_names,
                                   .reads_ntlm = config->protocols >> HG_PROTOCOL_SMB & 1};
        if (reader->open != NULL)
            reader->open(config, memory);
        memory->bytes = hg_zeroed(flows, memory->each);
    }
    if (memory == NULL || memory->bytes == NULL) {
        free(memory);
        return hg_fail(error, HG_E_MEMORY, "no memory for the state of readers for %u connections", flows);
    }
    *state = memory;
    return HG_OK;
}

void hg_flow_memory_close(void *state)
{
    if (state != NULL)
        hg_zeroed_free(((hg_flow_memory *)state)->bytes);
    free(state);
}

void hg_flow_memory_reset(void *state)
{
    const hg_flow_memory *memory = state;
    if (memory != NULL)
        memset(memory->bytes, 0, memory->flows * memory->each);
}

void hg_flow_memory_forget(const hg_reader *reader, void *state, hg_index flow)
{
    if (reader->forget != NULL)
        reader->forget(state, flow);
    else if (state != NULL)
        memset(hg_flow_memory_of(state, flow), 0, ((hg_flow_memory *)state)->each);
}

void hg_flow_memory_transfer(const hg_reader *reader, void *state, hg_index flows, hg_saved *saved)
{
    const hg_flow_memory *memory = state;
    if (memory == NULL)
        return;
    hg_transfer(saved, memory->bytes, flows * memory->each);
    for (hg_index flow = 0; saved->is_loading && reader->is_sound != NULL && flow < flows; flow++)
        hg_saved_check(saved, reader->is_sound(state, hg_flow_memory_of(state, flow)), HG_SAVED_DAMAGED);
}
