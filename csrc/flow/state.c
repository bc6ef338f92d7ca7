/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * state.c - each flow is in one list, or free.
 */
#include "flow/state.h"

#include <stdlib.h>

#include "flow/reach.h"

#define STATE_MAGIC UINT64_C(0x32574f4c464748)

typedef struct flows_header {
    uint64_t magic;
    uint64_t hash_key;
    uint32_t capacity;
    hg_index next;
    hg_index free;
    uint32_t zero;
} flows_header;

void hg_flows_save(const hg_flows *flows, hg_saving *to)
{
    const flows_header header = {
        .magic = STATE_MAGIC,
        .hash_key = flows->hash_key,
        .capacity = flows->capacity,
        .next = flows->next,
        .free = flows->free,
    };
    hg_save(to, &header, sizeof header);
    hg_save(to, flows->records, flows->next * sizeof *flows->records); /* with the ends of the lists */
    hg_save(to, flows->places, flows->next * sizeof *flows->places);
}

/* Chains the flows of one list; 0 when it is damaged. */
static int chain_flows(hg_flows *flows, uint32_t state, uint8_t *met)
{
    hg_flow_place *places = flows->places;
    hg_index before = state;
    for (hg_index index = places[state].newer; index != state; index = places[index].newer) {
        if (!hg_mark(met, index, HG_FIRST_FLOW, flows->next))
            return 0;
        const hg_flow *flow = flows->records + index;
        if (places[index].older != before || flow->state != state || (flow->version != 4 && flow->version != 6) ||
            flow->scale[0] > HG_MOST_SCALE || flow->scale[1] > HG_MOST_SCALE)
            return 0;
        hg_index *head = flows->heads + (places[index].hash & flows->mask);
        places[index].chain = *head;
        *head = index;
        before = index;
    }
    return places[state].older == before;
}

static int check_free_flows(const hg_flows *flows, uint8_t *met)
{
    for (hg_index index = flows->free; index != 0; index = flows->places[index].chain)
        if (!hg_mark(met, index, HG_FIRST_FLOW, flows->next))
            return 0;
    return 1;
}

/* Rivals are live flows that name one another. `met` marks the live ones. */
static int check_rivals(const hg_flows *flows, const uint8_t *met)
{
    for (hg_index index = HG_FIRST_FLOW; index < flows->next; index++) {
        const hg_index rival = flows->records[index].rival;
        if (!met[index] || (rival == 0 && (flows->records[index].reached & HG_HAS_RIVAL) == 0))
            continue;
        if (rival < HG_FIRST_FLOW || rival >= flows->next || rival == index || !met[rival] ||
            flows->records[rival].rival != index)
            return 0;
    }
    return 1;
}

/* 1 when every record was found. `met` holds a zero for each. */
static int link_records(hg_flows *flows, uint8_t *met)
{
    for (uint32_t state = 0; state < HG_FLOW_STATES; state++)
        if (!chain_flows(flows, state, met))
            return 0;
    return check_rivals(flows, met) && check_free_flows(flows, met) && memchr(met + HG_FIRST_FLOW, 0, flows->next - HG_FIRST_FLOW) == NULL;
}

static hg_status load_records(hg_flows *flows, const flows_header *header, hg_loading *from)
{
    flows->free = header->free;
    flows->next = header->next;
    hg_status status = hg_load(from, flows->records, flows->next * sizeof *flows->records);
    if (status == HG_OK)
        status = hg_load(from, flows->places, flows->next * sizeof *flows->places);
    if (status != HG_OK)
        return status;
    uint8_t *met = calloc(header->next, 1);
    if (met == NULL)
        return hg_fail(from->error, HG_E_MEMORY, "no memory to check a saved state");
    const int sound = link_records(flows, met);
    free(met);
    return sound ? HG_OK : hg_load_damaged(from);
}

hg_status hg_flows_load(hg_flows *flows, hg_loading *from)
{
    flows_header header;
    hg_flows_reset(flows);
    hg_status status = hg_load(from, &header, sizeof header);
    if (status != HG_OK)
        return status;
    if (header.magic != STATE_MAGIC)
        return hg_fail(from->error, HG_E_ARGUMENT, "no saved state, or of another build");
    if (header.hash_key != flows->hash_key || header.capacity != flows->capacity)
        return hg_fail(from->error, HG_E_ARGUMENT, "the saved state is of tables of another size or hash key");
    if (header.next < HG_FIRST_FLOW || header.next - HG_FIRST_FLOW > header.capacity)
        return hg_load_damaged(from);
    status = load_records(flows, &header, from);
    if (status != HG_OK)
        hg_flows_reset(flows);
    return status;
}
