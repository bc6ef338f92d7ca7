/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "flow/flow_memory.h"

#include <stdlib.h>

hg_status hg_flow_memory_open(size_t size, size_t each, hg_index flows, const char *reader, void **state, hg_error *error)
{
    hg_flow_memory *memory = calloc(1, size);
    uint8_t *bytes = calloc(flows, each);
    if (memory == NULL || bytes == NULL) {
        free(memory);
        free(bytes);
        return hg_fail(error, HG_E_MEMORY, "no memory for the %s", reader);
    }
    *memory = (hg_flow_memory){.bytes = bytes, .each = each, .flows = flows};
    *state = memory;
    return HG_OK;
}

void hg_flow_memory_close(void *state)
{
    free(((hg_flow_memory *)state)->bytes);
    free(state);
}

void hg_flow_memory_reset(void *state)
{
    const hg_flow_memory *memory = state;
    memset(memory->bytes, 0, memory->flows * memory->each);
}

void hg_flow_memory_forget(void *state, hg_index flow)
{
    memset(hg_flow_memory_of(state, flow), 0, ((hg_flow_memory *)state)->each);
}

void hg_flow_memory_save(const void *state, hg_index flows, hg_saving *to)
{
    const hg_flow_memory *memory = state;
    hg_save(to, memory->bytes, flows * memory->each);
}

hg_status hg_flow_memory_load(void *state, hg_index flows, hg_loading *from)
{
    const hg_flow_memory *memory = state;
    return hg_load(from, memory->bytes, flows * memory->each);
}
