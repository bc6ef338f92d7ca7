/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stealth.c - hosts that scan with FIN, NULL or Xmas packets, which no system sends.
 */
#include "attacks/distinct.h"
#include "attacks/targets.h"
#include "hosts/fact.h"

enum { SPAN_S = 300, TARGET_BITS = 22 /* set by about HG_SCAN_TARGETS targets */ };

/* A service that answered before may get such packets from a device that ends connections in a host's name. */
static void take(hg_host_event *event)
{
    hg_hosts *hosts = event->hosts;
    const hg_stealth *packet = event->stealth;
    if (hg_target_has_answered(hosts, event->index, packet->dst_ip, packet->ip_version, packet->dst_port))
        return;
    uint32_t *number = hg_fact_take(hosts, event->host, HG_FACT_stealth);
    hg_distinct *own = number == NULL ? NULL : hg_pool_get_or_take(&hosts->stealth, number);
    hosts->untracked += own == NULL;
    if (own == NULL)
        return;
    const uint64_t address = hg_hash_address(HG_HASH_MULTIPLIER, hg_address_of(packet->dst_ip), packet->ip_version);
    const uint32_t hash = hg_hash_fold(hg_hash_mix(address, packet->dst_port));
    if (hg_distinct_note(own, hg_seconds_of(packet->time_ns), SPAN_S, hash) >= TARGET_BITS)
        hg_host_add_findings(hosts, event->index, event->at, UINT64_C(1) << HG_FINDING_STEALTH_SCAN);
}

const hg_fact hg_fact_stealth = {
    .bytes = sizeof(uint32_t),
    .events = UINT64_C(1) << HG_ON_STEALTH,
    .pools = HG_FACT_POOLS(HG_HELD_POOL(stealth, hg_distinct, HG_AS_WATCHED, HG_ONE_RECORD, HG_IN_DATA)),
    .on = take,
};
