/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/calls.h"

#include <string.h>

#include "flow/hash.h"
#include "hosts/scans.h"

#define ANSWER_NS INT64_C(1000000000) /* no answer for so long: a system sends its SYN again (RFC 6298) */

static hg_address address_of(const uint8_t *bytes)
{
    hg_address copy;
    memcpy(copy.word, bytes, sizeof copy.word);
    return copy;
}

/* The same in every run, since samples of targets are chosen by it. */
static uint64_t target_of(const uint8_t *bytes, uint8_t version, uint16_t port)
{
    const uint64_t key = (hg_hash_address(HG_HASH_MULTIPLIER, address_of(bytes), version) & ~(uint64_t)UINT16_MAX) | port;
    return key == 0 ? 1 : key;
}

static uint64_t called_by(hg_row row)
{
    const hg_columns *c = row.columns;
    return target_of(c->dst_ip[row.index], c->ip_version[row.index], c->dst_port[row.index]);
}

/* Targets that have had no time to answer are not judged yet. */
static uint32_t findings_of(const hg_hosts *hosts, hg_index index, int64_t time_ns)
{
    hg_scans scans;
    const hg_host_entry *host = hg_host_at(hosts, index);
    if (time_ns < INT64_MIN + ANSWER_NS || (host->findings & HG_SCAN_FINDINGS) != 0 ||
        !hg_scan_find(hosts, host, time_ns - ANSWER_NS, &scans))
        return 0;
    return hg_scan_findings(&scans);
}

uint32_t hg_call_take(hg_hosts *hosts, hg_index index, hg_row row, int is_retry)
{
    const hg_target wanted = {.key = called_by(row), .first_ns = row.columns->time_ns[row.index]};
    return hg_targets_call(hosts, index, &wanted, is_retry) ? findings_of(hosts, index, wanted.first_ns) : 0;
}

/* Apart from those of SYNs, to port 0 too. */
static uint64_t link_target_of(const uint8_t *bytes, uint8_t version)
{
    return hg_hash_address(~HG_HASH_MULTIPLIER, address_of(bytes), version) | 1;
}

uint32_t hg_call_ask(hg_hosts *hosts, hg_index index, const uint8_t *address, uint8_t version, int64_t time_ns)
{
    const hg_host_id id = {.address = address_of(address), .version = version};
    const hg_target wanted = {.key = link_target_of(address, version), .first_ns = time_ns, .link = version};
    const int is_new = hg_targets_call(hosts, index, &wanted, 0);
    if (hg_host_find(hosts, id) != 0) /* it was heard before */
        hg_targets_answer(hosts, index, wanted.key);
    return is_new ? findings_of(hosts, index, time_ns) : 0;
}

void hg_call_reply(hg_hosts *hosts, const uint8_t *asker, const uint8_t *address, uint8_t version)
{
    const hg_index index = hg_host_find(hosts, (hg_host_id){.address = address_of(asker), .version = version});
    if (index != 0)
        hg_targets_answer(hosts, index, link_target_of(address, version));
}

void hg_call_answer(hg_hosts *hosts, hg_row row)
{
    const hg_columns *c = row.columns;
    const uint8_t version = c->ip_version[row.index];
    hg_tunnel_id tunnel;
    const hg_index index =
        hg_host_find(hosts, (hg_host_id){address_of(c->dst_ip[row.index]), hg_tunnel_of_row(row, &tunnel), version});
    if (index != 0)
        hg_targets_answer(hosts, index, target_of(c->src_ip[row.index], version, c->src_port[row.index]));
}

void hg_call_go_on(hg_hosts *hosts, hg_index index, hg_row row)
{
    hg_targets_answer(hosts, index, called_by(row));
}
