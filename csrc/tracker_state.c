/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tracker_state.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"

#define STATE_MAGIC UINT64_C(0x3154534b43525448)

typedef struct state_header {
    uint64_t magic;
    uint64_t hash_key;
    uint32_t max_flows;
    uint32_t max_hosts;
    uint32_t flows_touched;
    uint32_t hosts_touched;
    hg_list flow_lists[HG_FLOW_STATES];
    hg_list host_list;
    hg_link free_flows;
    uint32_t zero;
} state_header;

/* Where the parts lie behind the header. */
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
    return lay_out(tracker->flows_touched, tracker->hosts_touched).end;
}

void hg_tracker_save(const hg_tracker *tracker, uint8_t *out)
{
    state_header header = {
        .magic = STATE_MAGIC,
        .hash_key = tracker->hash_key,
        .max_flows = tracker->max_flows,
        .max_hosts = tracker->max_hosts,
        .flows_touched = tracker->flows_touched,
        .hosts_touched = tracker->hosts_touched,
        .host_list = tracker->host_list,
        .free_flows = tracker->free_flows,
    };
    memcpy(header.flow_lists, tracker->flow_lists, sizeof header.flow_lists);
    state_layout at = lay_out(tracker->flows_touched, tracker->hosts_touched);
    memcpy(out, &header, sizeof header);
    memcpy(out + at.flows, tracker->flows, at.places - at.flows);
    memcpy(out + at.places, tracker->places, at.hosts - at.places);
    memcpy(out + at.hosts, tracker->hosts, at.end - at.hosts);
}

/* ---- loading: each flow is in one list, or free; each host is in the list --------------- */

/* Marks the record behind `link`; 0 when there is none such, or it was met before. */
static int mark(uint8_t *met, hg_link link, uint32_t touched)
{
    if (link == 0 || link > touched || met[link - 1])
        return 0;
    met[link - 1] = 1;
    return 1;
}

/* Chains the flows of one list; 0 when it is damaged. */
static int chain_flows(hg_tracker *tracker, uint32_t state, uint8_t *met)
{
    hg_link before = 0;
    for (hg_link link = tracker->flow_lists[state].oldest; link != 0;) {
        if (!mark(met, link, tracker->flows_touched))
            return 0;
        hg_flow_place *place = tracker->places + (link - 1);
        const hg_flow *flow = tracker->flows + (link - 1);
        if (place->older != before || flow->state != state || (flow->version != 4 && flow->version != 6))
            return 0;
        hg_link *head = tracker->flow_heads + (place->hash & tracker->flow_mask);
        place->chain = *head;
        *head = link;
        before = link;
        link = place->newer;
    }
    return tracker->flow_lists[state].newest == before;
}

static int chain_hosts(hg_tracker *tracker, uint8_t *met)
{
    hg_link before = 0;
    for (hg_link link = tracker->host_list.oldest; link != 0;) {
        if (!mark(met, link, tracker->hosts_touched))
            return 0;
        hg_host *host = tracker->hosts + (link - 1);
        if (host->older != before || (host->version != 4 && host->version != 6))
            return 0;
        hg_link *head = tracker->host_heads + hg_tracker_host_slot(tracker, host->address, host->version);
        host->chain = *head;
        *head = link;
        before = link;
        link = host->newer;
    }
    return tracker->host_list.newest == before;
}

static int check_free_flows(const hg_tracker *tracker, uint8_t *met)
{
    for (hg_link link = tracker->free_flows; link != 0; link = tracker->places[link - 1].chain)
        if (!mark(met, link, tracker->flows_touched))
            return 0;
    return 1;
}

static int all_met(const uint8_t *met, uint32_t count)
{
    return memchr(met, 0, count) == NULL;
}

/* 1 when every record was found. `met` holds a zero for each record, flows first. */
static int link_records(hg_tracker *tracker, uint8_t *met)
{
    uint8_t *met_hosts = met + tracker->flows_touched;
    for (uint32_t state = 0; state < HG_FLOW_STATES; state++)
        if (!chain_flows(tracker, state, met))
            return 0;
    return check_free_flows(tracker, met) && all_met(met, tracker->flows_touched) &&
           chain_hosts(tracker, met_hosts) && all_met(met_hosts, tracker->hosts_touched);
}

static void take_records(hg_tracker *tracker, const state_header *header, const uint8_t *bytes)
{
    state_layout at = lay_out(header->flows_touched, header->hosts_touched);
    memcpy(tracker->flow_lists, header->flow_lists, sizeof header->flow_lists);
    tracker->host_list = header->host_list;
    tracker->free_flows = header->free_flows;
    tracker->flows_touched = header->flows_touched;
    tracker->hosts_touched = header->hosts_touched;
    memcpy(tracker->flows, bytes + at.flows, at.places - at.flows);
    memcpy(tracker->places, bytes + at.places, at.hosts - at.places);
    memcpy(tracker->hosts, bytes + at.hosts, at.end - at.hosts);
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
    if (header.flows_touched > header.max_flows || header.hosts_touched > header.max_hosts ||
        length != lay_out(header.flows_touched, header.hosts_touched).end)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
    uint8_t *met = calloc((size_t)header.flows_touched + header.hosts_touched + 1, 1);
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
