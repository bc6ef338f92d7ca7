/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reports.c - makes rows for the findings that a row or a connection completed.
 */
#include <stdlib.h>

#include "base/batch.h"
#include "base/kinds.h"
#include "hosts/fact.h"
#include "news/watch.h"

#include "attacks/targets.h"
#include "devices/devices.h"
#include "findings/reports.h"
#include "handshakes/handshakes.h"
#include "views/view.h"

/* Makes a row for each finding (bits). `proven`: the scans that the host itself is proven to have made. */
static int note_all(hg_hosts *hosts, hg_host_extra *extra, uint64_t findings, uint64_t proven,
                    const hg_finding_place *now)
{
    for (uint32_t i = 0; findings >> i != 0; i++) {
        if ((findings >> i & 1) == 0)
            continue;
        const int is_scan = i == HG_FINDING_STEALTH_SCAN || ((uint64_t)HG_SCAN_FINDINGS >> i & 1) != 0,
                  is_proven = (proven >> i & 1) != 0;
        if (!hg_host_note_finding(hosts, i,
                                  !is_scan    ? HG_HANDSHAKE_NOT_ASKED
                                  : is_proven ? HG_HANDSHAKE_COMPLETED
                                              : HG_HANDSHAKE_NONE,
                                  now))
            return 0;
        extra->reported = extra->reported | hg_stored_bit(i);
        extra->is_scanner |= is_proven != 0;
    }
    return 1;
}

/* Makes rows for the host's findings that were not reported yet. 0: no memory for some. */
static int report_new(hg_hosts *hosts, hg_host_entry *host, hg_host_extra *extra, hg_finding_place *now)
{
    now->mac = hg_host_has_own_mac(hosts, host) ? hg_device_of(hosts, host)->mac : NULL;
    const uint64_t news = hg_findings_of_stored(host->findings & ~(uint32_t)extra->reported);
    const int64_t until_ns = hg_later_ns(now->time_ns, -HG_ANSWER_NS);
    if (!note_all(hosts, extra, news, (news & HG_SCAN_FINDINGS) == 0 ? 0 : hg_scan_completed(hosts, host, until_ns),
                  now))
        return 0;
    /* A scan reported without proof is reported again once the host's connections prove it. */
    if ((host->findings & HG_SCAN_FINDINGS) == 0 || extra->is_scanner || !hg_targets_are_due(hosts, host))
        return 1;
    const uint64_t proven = hg_scan_completed(hosts, host, until_ns);
    return note_all(hosts, extra, proven, proven, now);
}

/* As report_new, without those that earlier runs reported. */
static int report(hg_hosts *hosts, hg_host_entry *host, hg_finding_place *now)
{
    hg_host_extra *extra = host->findings == 0 ? NULL : hg_host_take_extra(hosts, host);
    if (extra == NULL)
        return host->findings == 0;
    if ((host->findings & ~(uint32_t)extra->reported) != 0)
        hg_watch_recall(hosts, host, extra);
    const uint32_t reported = extra->reported;
    const uint8_t is_scanner = extra->is_scanner;
    const int is_done = report_new(hosts, host, extra, now);
    if (extra->reported != reported || extra->is_scanner != is_scanner)
        hg_watch_keep(hosts, host, extra, now->time_ns);
    return is_done;
}

/* Sets the ends of a message without an IP header: the host, and the address that it asks for. */
static void set_ends(const hg_host_event *row, const hg_host_entry *host, uint8_t *shared)
{
    const hg_columns *c = row->of.columns;
    const uint32_t at = row->of.at;
    hg_copy_shared(c, row->of.index, shared);
    hg_set_shared(shared, offsetof(hg_columns, ip_version), &host->version);
    hg_set_shared(shared, offsetof(hg_columns, src_ip), &host->address);
    hg_set_shared(shared, offsetof(hg_columns, dst_ip), c->devices.target_ip + at);
}

/* Sets the ends of a finding about the row's receiver. */
static void swap_ends(const hg_host_event *row, uint8_t *shared)
{
    const hg_columns *c = row->of.columns;
    const uint32_t at = row->of.index;
    hg_copy_shared(c, at, shared);
    hg_set_shared(shared, offsetof(hg_columns, src_ip), c->dst_ip + at);
    hg_set_shared(shared, offsetof(hg_columns, dst_ip), c->src_ip + at);
    hg_set_shared(shared, offsetof(hg_columns, src_port), c->dst_port + at);
    hg_set_shared(shared, offsetof(hg_columns, dst_port), c->src_port + at);
}

/* ---- sweeps of the link ---------------------------------------------------------------------------------
 *
 * A request shows a scan only when its target had time to answer. The last requests of a sweep are judged then, or when
 * the capture ends, and the finding is an event at the last request. */

enum { SWEEPERS = 64 };

typedef struct hg_sweeper {
    int64_t due_ns;
    hg_index host; /* 0: none */
    uint32_t host_hash; /* hg_host_hash */
    uint32_t requests;
    uint8_t shared[HG_SHARED_BYTES]; /* of the latest request */
} hg_sweeper;

/* The place of the host, a free place, or the place of the host with the fewest requests. */
static hg_sweeper *sweeper_of(hg_hosts *hosts, hg_index host)
{
    hg_sweeper *best = hosts->sweepers;
    for (hg_sweeper *one = hosts->sweepers; one < hosts->sweepers + SWEEPERS; one++) {
        if (one->host == host && one->host_hash == hg_host_hash(hosts, host))
            return one;
        if (one->requests < best->requests)
            best = one;
    }
    *best = (hg_sweeper){.host = host, .host_hash = hg_host_hash(hosts, host)};
    return best;
}

static void note_request(hg_host_event *row, const uint8_t *shared)
{
    hg_hosts *hosts = row->hosts;
    if (hosts->sweepers == NULL)
        hosts->sweepers = calloc(SWEEPERS, sizeof *hosts->sweepers);
    if (hosts->sweepers == NULL)
        return;
    hg_sweeper *one = sweeper_of(hosts, row->asker);
    one->requests++;
    one->due_ns = hg_later_ns(hg_row_time(row), HG_ANSWER_NS);
    memcpy(one->shared, shared, sizeof one->shared);
    hg_hosts_await(hosts, one->due_ns);
}

static void judge_sweeps(hg_hosts *hosts, int64_t now_ns, uint32_t row)
{
    for (hg_sweeper *one = hosts->sweepers; one != NULL && one < hosts->sweepers + SWEEPERS; one++) {
        if (one->host == 0)
            continue;
        if (one->due_ns > now_ns) {
            hg_hosts_await(hosts, one->due_ns);
            continue;
        }
        if (hg_host_hash(hosts, one->host) == one->host_hash) {
            hg_host_entry *host = hg_host_at(hosts, one->host);
            hg_finding_place place = {.time_ns = one->due_ns, .row = row, .shared = one->shared};
            hg_host_add_findings(hosts, one->host, row, hg_targets_judge(hosts, host, one->due_ns, one->requests));
            hosts->untracked += !report(hosts, host, &place);
        }
        *one = (hg_sweeper){0};
    }
}

/* ---- findings that follow from the whole record of a host ------------------------------------------------
 *
 * Any packet may change these, so they are judged every ten minutes of the capture, and when a source ends. Only proven
 * hosts are judged meanwhile, as any number of others may be forged. */

enum { MOST_UNPROVEN = 1 << 16, HOSTS_PER_PACKET = 64 /* passed over at most, as one costs little */ };
#define PERIOD_NS (600 * INT64_C(1000000000))
#define LATE_NS (60 * INT64_C(1000000000)) /* packets may be so much older than others before them */

void hg_host_report(hg_hosts *hosts, hg_index index, int64_t time_ns, uint32_t before, const hg_server *other)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    const hg_tunnel_id *within = hg_host_tunnel(hosts, host);
    const hg_batch *batch = hosts->batch;
    uint8_t shared[HG_SHARED_BYTES] = {0};
    hg_finding_place place = {.time_ns = time_ns, .row = before, .shared = shared};
    hg_share_packet(shared, time_ns, before < batch->count ? batch->columns.packet_number[before] : 0, 0);
    if (within != NULL) {
        const uint8_t tunnel = within->kind == HG_TUNNEL_NONE ? HG_TUNNEL_SEGMENT : within->kind;
        hg_set_shared(shared, offsetof(hg_columns, tunnel), &tunnel);
        hg_set_shared(shared, offsetof(hg_columns, outer), within);
    }
    hg_set_shared(shared, offsetof(hg_columns, ip_version), &host->version);
    hg_set_shared(shared, offsetof(hg_columns, src_ip), &host->address);
    hg_set_shared(shared, offsetof(hg_columns, dst_ip), &other->address);
    hg_set_shared(shared, offsetof(hg_columns, dst_port), &other->port);
    hosts->untracked += !report(hosts, host, &place);
}

/* Judges the hosts seen since `from_ns`; events follow row `before`. */
static void judge_records(hg_hosts *hosts, int64_t from_ns, uint32_t unproven, uint32_t before)
{
    hg_host_view view;
    const int is_last = unproven > 0 && hosts->options.ends;
    const uint64_t wanted = HG_JUDGED_FINDINGS | (is_last ? HG_SCAN_FINDINGS : 0);
    for (hg_index index = 1; index <= hosts->known.used; index++) {
        hg_host_entry *host = hg_host_at(hosts, index);
        if (host->version == 0 || host->last_ns < from_ns || (!hg_is_proven(host) && unproven == 0) ||
            (host->sightings == 0 && hg_device_of(hosts, host) == NULL))
            continue;
        unproven -= !hg_is_proven(host);
        hg_host_view_of(hosts, host, index, &view);
        hg_host_add_findings(hosts, index, HG_NO_ROW, view.findings & wanted);
        if ((view.findings & wanted) != 0)
            hg_host_report(hosts, index, host->last_ns, before, &(hg_server){0});
    }
}

static void judge_period(hg_hosts *hosts, int64_t now_ns, uint32_t before)
{
    const int is_end = now_ns == INT64_MAX;
    const int64_t next_ns = hg_later_ns(now_ns, PERIOD_NS);
    if (!hosts->options.reports_findings || hosts->period_due_ns == 0)
        return;
    const int is_due = hosts->period_due_ns <= now_ns;
    if (is_due && (is_end || hosts->clock.number - hosts->period_number >= hosts->known.used / HOSTS_PER_PACKET)) {
        judge_records(hosts, hg_later_ns(is_end ? hosts->source_ns : hosts->period_ns, -LATE_NS),
                      is_end ? MOST_UNPROVEN : 0, before);
        hosts->period_ns = now_ns;
        hosts->period_number = hosts->clock.number;
    }
    if (is_due || hosts->period_due_ns > next_ns) /* the clock was set back */
        hosts->period_due_ns = is_end ? 0 : next_ns;
    if (!is_end)
        hg_hosts_await(hosts, hosts->period_due_ns);
}

static void begin(hg_hosts *hosts, int64_t time_ns)
{
    if (!hosts->options.reports_findings || hosts->period_due_ns != 0)
        return;
    hosts->source_ns = hosts->period_ns = time_ns;
    hosts->period_due_ns = hg_later_ns(time_ns, PERIOD_NS);
    hg_hosts_await(hosts, hosts->period_due_ns);
}

static void take(hg_host_event *row)
{
    uint8_t shared[HG_SHARED_BYTES];
    if (!row->hosts->options.reports_findings)
        return;
    hg_finding_place place = {.time_ns = hg_row_time(row), .row = row->of.index};
    hg_host_entry *host = row->asker == 0 ? row->host : hg_host_at(row->hosts, row->asker);
    const int is_resolution = hg_event_is_resolution(row->event);
    const int has_ends = !is_resolution && row->of.columns->ip_version[row->of.index] != 0;
    const int may_sweep = row->asker != 0 && hg_targets_may_be_scan(row->hosts, host);
    if ((host->findings == 0 && row->peer == 0 && !may_sweep) || (has_ends && !hg_row_is_of_sender(row)))
        return;
    if (!has_ends) {
        if (is_resolution && row->of.columns->devices.target_ip_version[row->of.at] == 0)
            return;
        set_ends(row, host, shared);
        place.shared = shared;
    }
    if (may_sweep)
        note_request(row, shared);
    row->hosts->untracked += !report(row->hosts, host, &place);
    if (row->peer == 0)
        return;
    swap_ends(row, shared);
    place.shared = shared;
    row->hosts->untracked += !report(row->hosts, hg_host_at(row->hosts, row->peer), &place);
}

static void complete(hg_hosts *hosts, const hg_host_event *event)
{
    hg_finding_place place = {.row = event->before};
    hg_host_entry *host = hg_target_note_outcome(hosts, event->completion, event->at, &place);
    hosts->untracked += host != NULL && !report(hosts, host, &place);
}

static void take_stealth(hg_hosts *hosts, const hg_host_event *event)
{
    const hg_stealth *packet = event->stealth;
    uint8_t shared[HG_SHARED_BYTES] = {0};
    hg_finding_place place = {.time_ns = packet->time_ns, .row = event->before, .shared = shared};
    if (!hosts->options.reports_findings || event->host->findings == 0)
        return;
    hg_share_packet(shared, packet->time_ns, packet->packet_number, packet->segment);
    hg_set_shared(shared, offsetof(hg_columns, ip_version), &packet->ip_version);
    hg_set_shared(shared, offsetof(hg_columns, src_ip), packet->src_ip);
    hg_set_shared(shared, offsetof(hg_columns, dst_ip), packet->dst_ip);
    hg_set_shared(shared, offsetof(hg_columns, src_port), &packet->src_port);
    hg_set_shared(shared, offsetof(hg_columns, dst_port), &packet->dst_port);
    hosts->untracked += !report(hosts, event->host, &place);
}

static void on(hg_host_event *event)
{
    switch (event->event) {
    case HG_ON_BATCH:
        begin(event->hosts, event->from_ns);
        break;
    case HG_ON_DUE:
        judge_sweeps(event->hosts, event->until_ns, event->before);
        judge_period(event->hosts, event->until_ns, event->before);
        break;
    case HG_ON_COMPLETED:
        complete(event->hosts, event);
        break;
    case HG_ON_STEALTH:
        take_stealth(event->hosts, event);
        break;
    default:
        take(event);
    }
}

/* Other announcements are left out, since they cause no findings. */
const hg_fact hg_fact_reports = {
    .events = (HG_ROW_EVENTS & ~(uint64_t)HG_DEVICE_EVENTS) | UINT64_C(1) << HG_EVENT_ARP |
              UINT64_C(1) << HG_EVENT_NEIGHBOR | UINT64_C(1) << HG_EVENT_SMB | UINT64_C(1) << HG_EVENT_DNS |
              UINT64_C(1) << HG_EVENT_MDNS | UINT64_C(1) << HG_EVENT_NETBIOS | UINT64_C(1) << HG_EVENT_SNMP |
              UINT64_C(1) << HG_EVENT_INDUSTRIAL | UINT64_C(1) << HG_ON_BATCH | UINT64_C(1) << HG_ON_DUE |
              UINT64_C(1) << HG_ON_COMPLETED | UINT64_C(1) << HG_ON_STEALTH,
    .memory = offsetof(hg_hosts, sweepers),
    .on = on,
};
