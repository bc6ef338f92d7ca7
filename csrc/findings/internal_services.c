/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * internal_services.c - clients that connect to many servers of internal services on the internet, as worms do.
 *
 * Any web page makes its visitor's browser connect to any servers and ports. Such a connection begins with HTTP or TLS,
 * or the browser closes it without data; so a connection counts only a minute later. And whoever owns a page has many
 * addresses of few networks, so networks count. */
#include <stdlib.h>

#include "attacks/distinct.h"
#include "devices/internet.h"
#include "findings/reports.h"
#include "handshakes/handshakes.h"
#include "hosts/fact.h"

enum {
    DAY_S = 86400,
    NETWORK_BITS = 50, /* set by about 64 networks */
    CALLS = 512 /* a browser opens 256 connections at once */
};

#define PATIENCE_NS (60 * INT64_C(1000000000)) /* in which browsers send their bytes, or close a connection */

/* A completed connection. */
struct hg_open_call {
    uint64_t flow; /* 0: none, or a page may have caused it */
    int64_t time_ns;
    hg_server server;
    hg_index host;
    uint32_t host_hash; /* hg_host_hash */
    uint32_t network;   /* hg_internal_server */
};

/* Counts the network of a connection that no page caused. */
static void count(hg_hosts *hosts, struct hg_open_call *call)
{
    const int is_known = call->flow != 0 && hg_host_hash(hosts, call->host) == call->host_hash;
    uint32_t *number = is_known ? hg_fact_take(hosts, hg_host_at(hosts, call->host), HG_FACT_internal_services) : NULL;
    hg_distinct *own = number == NULL ? NULL : hg_pool_get_or_take(&hosts->called_servers, number);
    call->flow = 0;
    if (own != NULL && hg_distinct_note(own, hg_seconds_of(call->time_ns), DAY_S, call->network) >= NETWORK_BITS)
        hg_host_add_findings(hosts, call->host, HG_NO_ROW, UINT64_C(1) << HG_FINDING_INTERNAL_SERVICES);
}

/* Remembers a completed handshake with such a server. */
static void take_handshake(hg_hosts *hosts, const hg_open_handshake *handshake)
{
    if (handshake->source != HG_SOURCE_SYN || handshake->server == 0)
        return;
    if (hosts->open_calls == NULL)
        hosts->open_calls = calloc(CALLS, sizeof *hosts->open_calls);
    if (hosts->open_calls == NULL)
        return;
    struct hg_open_call *call = hosts->open_calls + hosts->open_call_count++ % CALLS;
    count(hosts, call);
    *call = (struct hg_open_call){.flow = hg_handshake_flow(handshake),
                                  .time_ns = handshake->syn.time_ns,
                                  .server = {handshake->other, handshake->facts.port},
                                  .host = handshake->host,
                                  .host_hash = hg_host_hash(hosts, handshake->host),
                                  .network = handshake->server};
    hg_hosts_await(hosts, hg_later_ns(call->time_ns, PATIENCE_NS));
}

static void judge(hg_hosts *hosts, int64_t now_ns, uint32_t before)
{
    for (uint32_t i = 0; hosts->open_calls != NULL && i < CALLS; i++) {
        struct hg_open_call *call = hosts->open_calls + (hosts->open_call_count + i) % CALLS;
        if (call->flow == 0)
            continue;
        const int64_t due_ns = hg_later_ns(call->time_ns, PATIENCE_NS);
        if (now_ns < due_ns) {
            hg_hosts_await(hosts, due_ns);
            continue;
        }
        count(hosts, call);
        if (hosts->options.reports_findings && hg_host_hash(hosts, call->host) == call->host_hash)
            hg_host_report(hosts, call->host, call->time_ns, before, &call->server);
    }
}

/* Forgets a connection that a page may have caused. */
static void forget(hg_hosts *hosts, uint64_t flow)
{
    for (uint32_t i = 0; hosts->open_calls != NULL && i < CALLS; i++)
        if (hosts->open_calls[i].flow == flow)
            hosts->open_calls[i].flow = 0;
}

/* Takes the first bytes of a client. */
static void take(hg_host_event *row)
{
    const hg_columns *c = &row->batch->columns;
    if (row->hosts->open_calls != NULL && hg_is_internal(c->dst_port[row->of.index]) &&
        hg_page_may_send(row->of, row->event))
        forget(row->hosts, c->flow[row->of.index]);
}

static void on(hg_host_event *event)
{
    switch (event->event) {
    case HG_ON_HANDSHAKE:
        take_handshake(event->hosts, event->handshake);
        break;
    case HG_ON_DUE:
        judge(event->hosts, event->until_ns, event->before);
        break;
    case HG_ON_COMPLETED:
        if ((event->completion->marks & HG_PROBES) != 0)
            forget(event->hosts, event->completion->flow);
        break;
    default:
        take(event);
    }
}

const hg_fact hg_fact_internal_services = {
    .bytes = sizeof(uint32_t),
    .events = UINT64_C(1) << HG_EVENT_HTTP_REQUEST | UINT64_C(1) << HG_EVENT_TLS_CLIENT |
              UINT64_C(1) << HG_ON_HANDSHAKE | UINT64_C(1) << HG_ON_DUE | UINT64_C(1) << HG_ON_COMPLETED,
    .pools = HG_FACT_POOLS(HG_HELD_POOL(called_servers, hg_distinct, HG_AS_WATCHED, HG_ONE_RECORD, HG_IN_DATA)),
    .memory = offsetof(hg_hosts, open_calls),
    .on = on,
};
