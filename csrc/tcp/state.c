/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * state.c - saves and loads conversations. Each host is in the list.
 */
#include "tcp/conversation.h"

#include <stdlib.h>

#include "flow/flows.h"

typedef struct clocks_header {
    uint32_t host_capacity;
    hg_index next_host;
} clocks_header;

void hg_conversations_save(const hg_conversations *c, hg_saving *to)
{
    const clocks_header header = {.host_capacity = c->clocks.capacity, .next_host = c->clocks.next};
    hg_flows_save(&c->flows, to);
    hg_save(to, &header, sizeof header);
    hg_save(to, c->tcp_flows, c->flows.next * sizeof *c->tcp_flows);
    hg_save(to, c->clocks.hosts, c->clocks.next * sizeof *c->clocks.hosts);
}

/* Chains the hosts of the list; 0: the list is damaged. */
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

/* Loads the parts after the flows. */
static hg_status load_rest(hg_conversations *c, hg_loading *from)
{
    clocks_header header;
    hg_status status = hg_load(from, &header, sizeof header);
    if (status != HG_OK)
        return status;
    if (header.host_capacity != c->clocks.capacity)
        return hg_fail(from->error, HG_E_ARGUMENT, "the saved state is of tables of another size or hash key");
    if (header.next_host < HG_FIRST_HOST || header.next_host - HG_FIRST_HOST > header.host_capacity)
        return hg_load_damaged(from);
    c->clocks.next = header.next_host;
    status = hg_load(from, c->tcp_flows, c->flows.next * sizeof *c->tcp_flows);
    if (status == HG_OK)
        status = hg_load(from, c->clocks.hosts, c->clocks.next * sizeof *c->clocks.hosts);
    if (status != HG_OK)
        return status;
    uint8_t *met = calloc(c->clocks.next, 1);
    if (met == NULL)
        return hg_fail(from->error, HG_E_MEMORY, "no memory to check a saved state");
    const int sound = chain_hosts(&c->clocks, met);
    free(met);
    return sound ? HG_OK : hg_load_damaged(from);
}

hg_status hg_conversations_load(hg_conversations *c, hg_loading *from)
{
    hg_conversations_reset(c);
    hg_status status = hg_flows_load(&c->flows, from);
    if (status == HG_OK)
        status = load_rest(c, from);
    if (status != HG_OK)
        hg_conversations_reset(c);
    return status;
}
