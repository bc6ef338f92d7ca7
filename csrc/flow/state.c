/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "flow/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define STATE_MAGIC UINT64_C(0x3254534b43525448)

typedef struct state_header {
    uint64_t magic;
    uint64_t hash_key;
    uint32_t max_flows;
    uint32_t max_hosts;
    hg_index next_flow;
    hg_index next_host;
    hg_index free_flows;
    uint32_t zero;
} state_header;

/* Where the parts lie behind the header. The ends of the lists are saved with the records. */
typedef struct state_layout {
    size_t flows, places, hosts, end;
} state_layout;

static state_layout lay_out(uint32_t flows, uint32_t hosts)
{
    state_layout at = {.flows = sizeof(state_header)};
    at.places = at.flows + flows * sizeof(hg_flow);
    at.hosts = at.places + flows * sizeof(hg_flow_place);
    at.end = at.hosts + hosts * sizeof(hg_host);
    return at;
}

size_t hg_tracker_state_bytes(const hg_tracker *tracker)
{
    return lay_out(tracker->next_flow, tracker->next_host).end;
}

void hg_tracker_save(const hg_tracker *tracker, uint8_t *out)
{
    state_header header = {
        .magic = STATE_MAGIC,
        .hash_key = tracker->hash_key,
        .max_flows = tracker->max_flows,
        .max_hosts = tracker->max_hosts,
        .next_flow = tracker->next_flow,
        .next_host = tracker->next_host,
        .free_flows = tracker->free_flows,
    };
    state_layout at = lay_out(tracker->next_flow, tracker->next_host);
    memcpy(out, &header, sizeof header);
    memcpy(out + at.flows, tracker->flows, at.places - at.flows);
    memcpy(out + at.places, tracker->places, at.hosts - at.places);
    memcpy(out + at.hosts, tracker->hosts, at.end - at.hosts);
}

/* ---- loading: each flow is in one list, or free; each host is in the list --------------- */

/* Marks a record, which is one of those from `first` up to `next`; 0 when it is none of them, or
 * was met before. */
static int mark(uint8_t *met, hg_index index, hg_index first, hg_index next)
{
    if (index < first || index >= next || met[index])
        return 0;
    met[index] = 1;
    return 1;
}

/* Chains the flows of one list; 0 when it is damaged. */
static int chain_flows(hg_tracker *tracker, uint32_t state, uint8_t *met)
{
    hg_flow_place *places = tracker->places;
    hg_index before = state;
    for (hg_index index = places[state].newer; index != state; index = places[index].newer) {
        if (!mark(met, index, HG_FIRST_FLOW, tracker->next_flow))
            return 0;
        const hg_flow *flow = tracker->flows + index;
        if (places[index].older != before || flow->state != state || (flow->version != 4 && flow->version != 6))
            return 0;
        hg_index *head = tracker->flow_heads + (places[index].hash & tracker->flow_mask);
        places[index].chain = *head;
        *head = index;
        before = index;
    }
    return places[state].older == before;
}

static int chain_hosts(hg_tracker *tracker, uint8_t *met)
{
    hg_host *hosts = tracker->hosts;
    hg_index before = 0;
    for (hg_index index = hosts[0].newer; index != 0; index = hosts[index].newer) {
        if (!mark(met, index, HG_FIRST_HOST, tracker->next_host))
            return 0;
        hg_host *host = hosts + index;
        if (host->older != before || (host->version != 4 && host->version != 6))
            return 0;
        hg_index *head = tracker->host_heads + hg_tracker_host_slot(tracker, host->address, host->version);
        host->chain = *head;
        *head = index;
        before = index;
    }
    return hosts[0].older == before;
}

static int check_free_flows(const hg_tracker *tracker, uint8_t *met)
{
    for (hg_index index = tracker->free_flows; index != 0; index = tracker->places[index].chain)
        if (!mark(met, index, HG_FIRST_FLOW, tracker->next_flow))
            return 0;
    return 1;
}

static int all_met(const uint8_t *met, hg_index first, hg_index next)
{
    return memchr(met + first, 0, next - first) == NULL;
}

/* 1 when every record was found. `met` holds a zero for each record, flows first. */
static int link_records(hg_tracker *tracker, uint8_t *met)
{
    uint8_t *met_hosts = met + tracker->next_flow;
    for (uint32_t state = 0; state < HG_FLOW_STATES; state++)
        if (!chain_flows(tracker, state, met))
            return 0;
    return check_free_flows(tracker, met) && all_met(met, HG_FIRST_FLOW, tracker->next_flow) &&
           chain_hosts(tracker, met_hosts) && all_met(met_hosts, HG_FIRST_HOST, tracker->next_host);
}

static void take_records(hg_tracker *tracker, const state_header *header, const uint8_t *bytes)
{
    state_layout at = lay_out(header->next_flow, header->next_host);
    tracker->free_flows = header->free_flows;
    tracker->next_flow = header->next_flow;
    tracker->next_host = header->next_host;
    memcpy(tracker->flows, bytes + at.flows, at.places - at.flows);
    memcpy(tracker->places, bytes + at.places, at.hosts - at.places);
    memcpy(tracker->hosts, bytes + at.hosts, at.end - at.hosts);
}

/* 1 when there are as many records as the header says, in tables that have room for them. */
static int sizes_are_sound(const state_header *header, size_t length)
{
    return header->next_flow >= HG_FIRST_FLOW && header->next_flow - HG_FIRST_FLOW <= header->max_flows &&
           header->next_host >= HG_FIRST_HOST && header->next_host - HG_FIRST_HOST <= header->max_hosts &&
           length == lay_out(header->next_flow, header->next_host).end;
}

hg_status hg_tracker_load(hg_tracker *tracker, const uint8_t *bytes, size_t length, hg_error *error)
{
    state_header header;
    hg_tracker_reset(tracker);
    if (length < sizeof header)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is cut");
    memcpy(&header, bytes, sizeof header);
    if (header.magic != STATE_MAGIC)
        return hg_fail(error, HG_E_ARGUMENT, "no saved state, or of another build");
    if (header.hash_key != tracker->hash_key || header.max_flows != tracker->max_flows ||
        header.max_hosts != tracker->max_hosts)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is of tables of another size or hash key");
    if (!sizes_are_sound(&header, length))
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
    uint8_t *met = calloc((size_t)header.next_flow + header.next_host, 1);
    if (met == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory to check a saved state");
    take_records(tracker, &header, bytes);
    int sound = link_records(tracker, met);
    free(met);
    if (sound)
        return HG_OK;
    hg_tracker_reset(tracker);
    return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
}
