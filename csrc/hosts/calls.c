/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/calls.h"

#include <stdlib.h>

#include "base/batch.h"
#include "hosts/handshakes.h"
#include "hosts/scans.h"

enum { PLACES = 1 << 14 /* a later call takes the place of one that has the same */ };

/* The first SYN of a connection, which may be forged. Unlike open handshakes, SYNs of tools and of loopback are kept
 * here. */
struct hg_open_call {
    uint64_t flow; /* 0: none */
    uint64_t target;
    hg_index host;
    uint32_t who; /* hg_handshake_who */
    uint8_t shared[HG_SHARED_BYTES]; /* of its row */
};

/* The same in every run, since samples of targets are chosen by it. */
static uint64_t target_of(const uint8_t *bytes, uint8_t version, uint16_t port)
{
    const uint64_t key = (hg_hash_address(HG_HASH_MULTIPLIER, hg_address_of(bytes), version) & ~(uint64_t)UINT16_MAX) | port;
    return key == 0 ? 1 : key;
}

static uint64_t called_by(hg_row row)
{
    const hg_columns *c = row.columns;
    return target_of(c->dst_ip[row.index], c->ip_version[row.index], c->dst_port[row.index]);
}

static hg_open_call *place_of(const hg_hosts *hosts, uint64_t flow)
{
    return hosts->calls + (hg_hash_fold(hg_hash_mix(HG_HASH_MULTIPLIER, flow)) & (PLACES - 1));
}

static void remember(hg_hosts *hosts, hg_index index, hg_row row)
{
    const uint64_t flow = row.columns->flow[row.index];
    if (hosts->calls == NULL)
        hosts->calls = calloc(PLACES, sizeof *hosts->calls);
    if (hosts->calls == NULL)
        return;
    hg_open_call *call = place_of(hosts, flow);
    *call = (hg_open_call){.flow = flow, .target = called_by(row), .host = index, .who = hg_handshake_who(hosts, index)};
    hg_copy_shared(row.columns, row.index, call->shared);
}

/* The scans of a host that has none so far, by what is known by now. */
static uint32_t find_scans(const hg_hosts *hosts, const hg_host_entry *host, int64_t time_ns)
{
    hg_scans scans;
    if ((host->findings & HG_SCAN_FINDINGS) != 0 || !hg_scan_find(hosts, host, hg_scan_until(time_ns), &scans))
        return 0;
    return hg_scan_findings(&scans);
}

void hg_call_follow(hg_hosts *hosts, const hg_completion *of, uint32_t row, uint32_t before)
{
    hg_open_call *call = hosts->calls == NULL ? NULL : place_of(hosts, of->flow);
    if (call == NULL || call->flow != of->flow || hg_handshake_who(hosts, call->host) != call->who)
        return;
    hg_host_entry *host = hg_host_at(hosts, call->host);
    if (hg_targets_mark(hosts, call->host, call->target, of->marks))
        hg_host_complete_all(hosts, call->host, row, find_scans(hosts, host, of->time_ns));
    if ((host->findings & HG_SCAN_FINDINGS) == 0)
        return;
    hg_set_shared(call->shared, offsetof(hg_columns, time_ns), &of->time_ns);
    hg_set_shared(call->shared, offsetof(hg_columns, packet_number), &of->packet_number);
    hosts->untracked += !hg_host_note_findings(hosts, host, &(hg_finding_place){of->time_ns, before, call->shared});
}

uint32_t hg_call_take(hg_hosts *hosts, hg_index index, hg_row row, int is_retry)
{
    const hg_target wanted = {.key = called_by(row), .first_ns = row.columns->time_ns[row.index]};
    if (hosts->reports_findings && !is_retry)
        remember(hosts, index, row);
    return hg_targets_call(hosts, index, &wanted, is_retry) ? find_scans(hosts, hg_host_at(hosts, index), wanted.first_ns) : 0;
}

/* Differs from every target of a SYN, even with port 0. */
static uint64_t link_target_of(const uint8_t *bytes, uint8_t version)
{
    return hg_hash_address(~HG_HASH_MULTIPLIER, hg_address_of(bytes), version) | 1;
}

uint32_t hg_call_ask(hg_hosts *hosts, hg_index index, const uint8_t *address, uint8_t version, int64_t time_ns)
{
    const hg_host_id id = {.address = hg_address_of(address), .version = version};
    const hg_target wanted = {.key = link_target_of(address, version), .first_ns = time_ns, .link = version};
    const int is_new = hg_targets_call(hosts, index, &wanted, 0);
    if (hg_host_find(hosts, id) != 0) /* it was heard before */
        hg_targets_answer(hosts, index, wanted.key);
    return is_new ? find_scans(hosts, hg_host_at(hosts, index), time_ns) : 0;
}

void hg_call_reply(hg_hosts *hosts, const uint8_t *asker, const uint8_t *address, uint8_t version)
{
    const hg_index index = hg_host_find(hosts, (hg_host_id){.address = hg_address_of(asker), .version = version});
    if (index != 0)
        hg_targets_answer(hosts, index, link_target_of(address, version));
}

void hg_call_answer(hg_hosts *hosts, hg_row row)
{
    const hg_columns *c = row.columns;
    const uint8_t version = c->ip_version[row.index];
    hg_tunnel_id tunnel;
    const hg_index index =
        hg_host_find(hosts, (hg_host_id){hg_address_of(c->dst_ip[row.index]), hg_tunnel_of_row(row, &tunnel), version});
    if (index != 0)
        hg_targets_answer(hosts, index, target_of(c->src_ip[row.index], version, c->src_port[row.index]));
}

void hg_call_go_on(hg_hosts *hosts, hg_index index, hg_row row)
{
    hg_targets_answer(hosts, index, called_by(row));
}
