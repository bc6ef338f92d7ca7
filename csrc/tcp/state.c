/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * state.c - each host is in the list.
 */
#include "tcp/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "flow/state.h"

typedef struct clocks_header {
    uint32_t host_capacity;
    hg_index next_host;
} clocks_header;

/* Where the parts lie after the flows. */
typedef struct clocks_layout {
    size_t tcp_flows, hosts, end;
} clocks_layout;

static clocks_layout lay_out(uint32_t flows, uint32_t hosts)
{
    clocks_layout at = {.tcp_flows = sizeof(clocks_header)};
    at.hosts = at.tcp_flows + flows * sizeof(hg_tcp_flow);
    at.end = at.hosts + hosts * sizeof(hg_host);
    return at;
}

size_t hg_conversations_state_bytes(const hg_conversations *c)
{
    return hg_flows_state_bytes(&c->flows) + lay_out(c->flows.next, c->clocks.next).end;
}

void hg_conversations_save(const hg_conversations *c, uint8_t *out)
{
    clocks_header header = {.host_capacity = c->clocks.capacity, .next_host = c->clocks.next};
    clocks_layout at = lay_out(c->flows.next, c->clocks.next);
    hg_flows_save(&c->flows, out);
    out += hg_flows_state_bytes(&c->flows);
    memcpy(out, &header, sizeof header);
    memcpy(out + at.tcp_flows, c->tcp_flows, at.hosts - at.tcp_flows);
    memcpy(out + at.hosts, c->clocks.hosts, at.end - at.hosts);
}

/* Chains the hosts of the list; 0 when it is damaged. */
static int chain_hosts(hg_clocks *clocks, uint8_t *met)
{
    hg_host *hosts = clocks->hosts;
    hg_index before = 0;
    for (hg_index index = hosts[0].newer; index != 0; index = hosts[index].newer) {
        if (!hg_mark(met, index, HG_FIRST_HOST, clocks->next))
            return 0;
        hg_host *host = hosts + index;
        if (host->older != before || (host->version != 4 && host->version != 6) || host->rate > HG_CLOCK_RATES)
            return 0;
        hg_index *head = clocks->heads + hg_clocks_slot(clocks, host->address, host->version);
        host->chain = *head;
        *head = index;
        before = index;
    }
    return hosts[0].older == before && memchr(met + HG_FIRST_HOST, 0, clocks->next - HG_FIRST_HOST) == NULL;
}

static hg_status take_records(hg_conversations *c, hg_index next_host, const uint8_t *bytes, hg_error *error)
{
    clocks_layout at = lay_out(c->flows.next, next_host);
    uint8_t *met = calloc(next_host, 1);
    if (met == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory to check a saved state");
    c->clocks.next = next_host;
    memcpy(c->tcp_flows, bytes + at.tcp_flows, at.hosts - at.tcp_flows);
    memcpy(c->clocks.hosts, bytes + at.hosts, at.end - at.hosts);
    int sound = chain_hosts(&c->clocks, met);
    free(met);
    return sound ? HG_OK : hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
}

/* What follows the flows. */
static hg_status load_rest(hg_conversations *c, const uint8_t *bytes, size_t length, size_t *used, hg_error *error)
{
    clocks_header header;
    if (length < sizeof header)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is cut");
    memcpy(&header, bytes, sizeof header);
    if (header.host_capacity != c->clocks.capacity)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is of tables of another size or hash key");
    if (header.next_host < HG_FIRST_HOST || header.next_host - HG_FIRST_HOST > header.host_capacity ||
        length < lay_out(c->flows.next, header.next_host).end)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
    *used += lay_out(c->flows.next, header.next_host).end;
    return take_records(c, header.next_host, bytes, error);
}

hg_status hg_conversations_load(hg_conversations *c, const uint8_t *bytes, size_t length, size_t *used,
                                hg_error *error)
{
    hg_conversations_reset(c);
    hg_status status = hg_flows_load(&c->flows, bytes, length, used, error);
    if (status == HG_OK)
        status = load_rest(c, bytes + *used, length - *used, used, error);
    if (status != HG_OK)
        hg_conversations_reset(c);
    return status;
}
