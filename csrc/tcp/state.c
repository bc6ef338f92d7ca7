/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * state.c - saves and loads conversations.
 */
#include "tcp/conversation.h"

typedef struct clocks_header {
    uint32_t host_capacity;
    hg_index next_host;
} clocks_header;

/* Puts the hosts of the list into hash chains. 0: the list is damaged; each host must be in it once. */
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

void hg_conversations_transfer(hg_conversations *c, hg_saved *saved)
{
    hg_clocks *clocks = &c->clocks;
    if (saved->is_loading)
        hg_conversations_reset(c);
    hg_flows_transfer(&c->flows, saved);
    clocks_header header = {.host_capacity = clocks->capacity, .next_host = clocks->next};
    hg_transfer(saved, &header, sizeof header);
    hg_saved_check(saved, header.host_capacity == clocks->capacity, HG_SAVED_OTHER_TABLES);
    if (!hg_saved_check(saved,
                        header.next_host >= HG_FIRST_HOST && header.next_host - HG_FIRST_HOST <= clocks->capacity,
                        HG_SAVED_DAMAGED))
        return;
    clocks->next = header.next_host;
    hg_transfer(saved, c->tcp_flows, c->flows.next * sizeof *c->tcp_flows);
    hg_transfer(saved, clocks->hosts, clocks->next * sizeof *clocks->hosts);
    if (c->ended != NULL)
        hg_transfer(saved, c->ended, HG_ENDED_CONNECTIONS * sizeof *c->ended); /* any bytes are valid */
    uint8_t *met = hg_saved_marks(saved, clocks->next);
    if (met != NULL)
        hg_saved_check(saved, chain_hosts(clocks, met), HG_SAVED_DAMAGED);
    free(met);
}
