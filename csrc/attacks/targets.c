/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * targets.c - the addresses and ports that each host sends SYNs to, and their answers.
 */
#include "attacks/targets.h"

#include <stdlib.h>

#include "base/batch.h"
#include "base/kinds.h"
#include "devices/devices.h"
#include "devices/internet.h"
#include "handshakes/handshakes.h"
#include "hosts/fact.h"
#include "ssh/fields.h"

enum {
    FIRST_PLACES = 8,
    MOST_PLACES = 1 << 15, /* of a host */
    ALL_PLACES = 1 << 20,  /* of all hosts */
    LOOKED_AT = 8,         /* sets compared to evict one */
    LEAST_FRESH = 16,      /* new targets before the next check for a scan */
    REFUSED_AT_ONCE = 25,  /* refusals before the next extra check */
    CREDIT = 16,           /* credit for extra checks that each SYN adds */
    LEAST_PUSHING = 16     /* least unanswered targets of a set that may evict others to grow */
};

#define DAY_NS INT64_C(86400000000000)

/* ---- one set ---------------------------------------------------------------------------------------- */

/* The place of a target, or a free place for it. */
static hg_target *place_of(const hg_hosts *hosts, const hg_targets *targets, uint64_t key)
{
    const uint32_t mask = targets->places - 1;
    uint32_t at = hg_hash_fold(hg_hash_mix(hosts->hash_key, key)) & mask;
    while (targets->at[at].key != 0 && targets->at[at].key != key)
        at = (at + 1) & mask;
    return targets->at + at;
}

/* Whether a target is in the sample of one in 2^level. The hash is not keyed, so every run samples the same targets. */
static int is_kept(uint64_t key, uint32_t level)
{
    return (hg_hash_fold(hg_hash_mix(HG_HASH_MULTIPLIER, key)) & ((UINT32_C(1) << level) - 1)) == 0;
}

/* Moves the targets to a table of `places`, without targets before `oldest_ns`. 0: no memory. */
static int move(hg_hosts *hosts, hg_targets *targets, uint32_t places, int64_t oldest_ns)
{
    hg_target *wider = calloc(places, sizeof *wider), *before = targets->at;
    const uint32_t count = targets->places;
    if (wider == NULL)
        return 0;
    hosts->target_places += places - count;
    targets->at = wider;
    targets->places = places;
    targets->used = targets->open = targets->completed = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (before[i].key == 0 || before[i].first_ns < oldest_ns || !is_kept(before[i].key, targets->level))
            continue;
        *place_of(hosts, targets, before[i].key) = before[i];
        targets->used++;
        targets->open += !before[i].answered;
        targets->completed += before[i].completed;
    }
    free(before);
    return 1;
}

/* ---- room ------------------------------------------------------------------------------------------- */

static void release(hg_hosts *hosts, uint32_t record)
{
    hg_targets *targets = hg_pool_at(&hosts->targets, record);
    hosts->target_places -= targets->places;
    free(targets->at);
    *targets = (hg_targets){0};
    hg_pool_give_back(&hosts->targets, record);
}

/* The estimated number of targets without an answer. */
static uint64_t weight_of(const hg_targets *targets)
{
    return (uint64_t)targets->open << targets->level;
}

/* Evicts the lightest of the next few sets if it weighs less than `weight`. 0: none does. */
static int evict(hg_hosts *hosts, uint64_t weight)
{
    uint32_t least = 0;
    for (uint32_t i = 0; weight > 0 && i < LOOKED_AT && hosts->targets.used > 0; i++) {
        hosts->target_eviction_cursor =
            hosts->target_eviction_cursor < hosts->targets.used ? hosts->target_eviction_cursor + 1 : 1;
        const hg_targets *targets = hg_pool_at(&hosts->targets, hosts->target_eviction_cursor);
        if (targets->places == 0 || weight_of(targets) >= weight)
            continue;
        if (least == 0 || weight_of(targets) < weight_of(hg_pool_at(&hosts->targets, least)))
            least = hosts->target_eviction_cursor;
    }
    if (least == 0)
        return 0;
    const hg_targets *targets = hg_pool_at(&hosts->targets, least);
    hosts->untracked += targets->open;
    hg_host_extra_of(hosts, hg_host_at(hosts, targets->owner))->targets = 0;
    release(hosts, least);
    return 1;
}

/* Whether `places` more can be allocated, after evicting sets lighter than `weight`. */
static int has_room(hg_hosts *hosts, uint32_t places, uint64_t weight)
{
    for (uint32_t i = 0; hosts->target_places + places > ALL_PLACES; i++)
        if (i > places / FIRST_PLACES || !evict(hosts, weight))
            return 0;
    return 1;
}

/* Whether a set may double. It evicts only sets of less than half its weight: equal sets would evict each other. */
static int may_grow(hg_hosts *hosts, const hg_targets *targets)
{
    const uint64_t weight = weight_of(targets);
    return targets->places < MOST_PLACES && has_room(hosts, targets->places, weight < LEAST_PUSHING ? 0 : weight / 2);
}

/* Makes room for one more target. 0: no room. */
static int make_room(hg_hosts *hosts, hg_targets *targets, int64_t now_ns)
{
    const int64_t oldest_ns = hg_later_ns(now_ns, -DAY_NS);
    if (2 * (targets->used + 1) <= targets->places)
        return 1;
    if (may_grow(hosts, targets))
        return move(hosts, targets, 2 * targets->places, INT64_MIN);
    if (!move(hosts, targets, targets->places, oldest_ns))
        return 0;
    while (4 * targets->used > targets->places && targets->level < 31) {
        targets->level++;
        if (!move(hosts, targets, targets->places, oldest_ns))
            return 0;
    }
    return 2 * (targets->used + 1) <= targets->places;
}

/* ---- life ------------------------------------------------------------------------------------------- */

/* Creates the set of a host with its first target. NULL: no room. */
static hg_targets *begin(hg_hosts *hosts, uint32_t index)
{
    hg_host_extra *extra = hg_host_take_extra(hosts, hg_host_at(hosts, index));
    if (extra == NULL || !has_room(hosts, FIRST_PLACES, UINT64_MAX))
        return NULL;
    uint32_t record = hg_pool_take(&hosts->targets);
    if (record == 0 && evict(hosts, UINT64_MAX))
        record = hg_pool_take(&hosts->targets);
    if (record == 0)
        return NULL;
    hg_targets *targets = hg_pool_at(&hosts->targets, record);
    targets->at = calloc(FIRST_PLACES, sizeof *targets->at);
    if (targets->at == NULL) {
        hg_pool_give_back(&hosts->targets, record);
        return NULL;
    }
    const hg_target *first = &hg_host_at(hosts, index)->target;
    targets->owner = index;
    targets->places = FIRST_PLACES;
    targets->used = targets->fresh = 1;
    targets->open = !first->answered;
    targets->refused = first->refused;
    targets->completed = first->completed;
    targets->browsed_ns = first->browses ? first->first_ns : INT64_MIN;
    hosts->target_places += FIRST_PLACES;
    *place_of(hosts, targets, first->key) = *first;
    extra->targets = record;
    return targets;
}

static hg_targets *targets_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hg_pool_get(&hosts->targets, hg_host_read_extra(hosts, host)->targets);
}

/* ---- attempts ------------------------------------------------------------------------------------------- */

/* Pays for an extra check, beyond the checks in `take`: each takes time in proportion to the targets. 0: not enough
 * credit. */
static int pay(hg_targets *targets)
{
    if (targets->credit < targets->used)
        return 0;
    targets->credit -= targets->used;
    return 1;
}

/* Counts a try of a target, or adds the target. Returns 1 if the host is to be checked for a scan: when half of its
 * targets, and at least LEAST_FRESH, are new since the last check. A sweep of the link ends before its targets had time
 * to answer, so later requests are also checked. */
static int take(hg_hosts *hosts, hg_targets *targets, const hg_target *wanted, int is_retry)
{
    const uint64_t key = wanted->key;
    targets->credit += targets->credit < UINT32_MAX - CREDIT ? CREDIT : 0;
    if (!is_kept(key, targets->level))
        return 0;
    hg_target *known = place_of(hosts, targets, key);
    if (known->key == key) {
        known->tries += !is_retry && known->tries < UINT32_MAX;
        return wanted->link != 0 && pay(targets);
    }
    const int has_place = make_room(hosts, targets, wanted->first_ns);
    hosts->untracked += !has_place;
    if (!has_place || !is_kept(key, targets->level))
        return 0;
    hg_target *place = place_of(hosts, targets, key);
    *place = *wanted;
    place->tries = 1;
    place->is_led = hg_elapsed_ns(targets->browsed_ns, wanted->first_ns) <= HG_LED_NS &&
                    (wanted->link != 0 || hg_page_may_ask((uint16_t)key));
    targets->used++;
    targets->open++;
    if (++targets->fresh < LEAST_FRESH || targets->fresh < targets->used / 2)
        return 0;
    targets->fresh = 0;
    return 1;
}

/* Takes a SYN to a target, or a request for it; `wanted` has the key, time and `link`. 1: the caller checks the host
 * for a scan. */
static int note_try(hg_hosts *hosts, hg_index index, const hg_target *wanted, int is_retry)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_targets *targets = targets_of(hosts, host);
    if (targets != NULL)
        return take(hosts, targets, wanted, is_retry);
    if (host->target.key == 0) {
        host->target.key = wanted->key;
        host->target.first_ns = wanted->first_ns;
        host->target.link = wanted->link;
    }
    if (host->target.key == wanted->key) {
        host->target.tries += !is_retry && host->target.tries < UINT32_MAX;
        return 0;
    }
    targets = begin(hosts, index);
    if (targets == NULL) {
        hosts->untracked++;
        return 0;
    }
    return take(hosts, targets, wanted, is_retry);
}

/* Notes the answer of a target, which the host's data show if `is_used`. */
static void answer_target(hg_hosts *hosts, hg_index index, uint64_t key, int is_used)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_targets *targets = targets_of(hosts, host);
    if (host->target.key == key) {
        host->target.answered = 1;
        host->target.used |= is_used != 0;
    }
    hg_target *known = targets == NULL ? NULL : place_of(hosts, targets, key);
    if (known == NULL || known->key != key)
        return;
    targets->open -= !known->answered;
    known->answered = 1;
    known->used |= is_used != 0;
}

static void set_marks(hg_target *target, uint64_t marks)
{
    target->refused |= (marks & HG_REFUSES) != 0;
    target->completed |= (marks & HG_COMPLETES) != 0;
    target->used |= target->probed && (marks & HG_PROBES) != 0;
    target->probed |= (marks & HG_PROBES) != 0;
}

/* Notes the outcome of a SYN to a target. 1: so many targets refused, or were only connected to, that the host is to be
 * checked for a scan. */
static int mark_target(hg_hosts *hosts, hg_index index, uint64_t key, uint64_t marks)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_targets *targets = targets_of(hosts, host);
    if (host->target.key == key)
        set_marks(&host->target, marks);
    hg_target *known = targets == NULL ? NULL : place_of(hosts, targets, key);
    if (known == NULL || known->key != key)
        return 0;
    const int is_new = (marks & HG_REFUSES) != 0 && !known->refused;
    targets->completed -= known->completed;
    set_marks(known, marks);
    targets->refused += (uint32_t)is_new;
    targets->completed += known->completed;
    targets->is_due |=
        (marks & (HG_COMPLETES | HG_PROBES)) != 0 && (uint64_t)targets->completed << targets->level >= HG_SCAN_TARGETS;
    const int is_probe = (marks & HG_PROBES) != 0 && targets->is_due;
    return (is_probe || (is_new && targets->refused % REFUSED_AT_ONCE == 0)) && pay(targets);
}

int hg_targets_are_due(const hg_hosts *hosts, const hg_host_entry *host)
{
    hg_targets *targets = targets_of(hosts, host);
    if (targets == NULL || !targets->is_due || !pay(targets))
        return 0;
    targets->is_due = 0;
    return 1;
}

/* ---- rows ------------------------------------------------------------------------------------------- */

enum { OPEN_SYNS = 1 << 14 /* a SYN replaces an earlier one in the same place */ };

/* The first SYN of a connection, which may be forged, also of tools and loopback. */
struct hg_open_syn {
    uint64_t flow; /* 0: none */
    uint64_t target;
    hg_index host;
    uint32_t host_hash; /* hg_host_hash */
    uint8_t shared[HG_SHARED_BYTES]; /* of its row */
};

/* The key of a target. It is the same in every run, because samples are chosen by it. */
static uint64_t key_of(const uint8_t *bytes, uint8_t version, uint16_t port)
{
    const uint64_t key =
        (hg_hash_address(HG_HASH_MULTIPLIER, hg_address_of(bytes), version) & ~(uint64_t)UINT16_MAX) | port;
    return key == 0 ? 1 : key;
}

int hg_target_has_answered(const hg_hosts *hosts, hg_index index, const uint8_t *address, uint8_t version,
                           uint16_t port)
{
    const uint64_t key = key_of(address, version, port);
    const hg_host_entry *host = hg_host_at(hosts, index);
    const hg_targets *targets = targets_of(hosts, host);
    const hg_target *known = targets == NULL ? &host->target : place_of(hosts, targets, key);
    return known != NULL && known->key == key && known->answered;
}

static uint64_t target_of(hg_row row)
{
    const hg_columns *c = row.columns;
    return key_of(c->dst_ip[row.index], c->ip_version[row.index], c->dst_port[row.index]);
}

static hg_open_syn *syn_place(const hg_hosts *hosts, uint64_t flow)
{
    return hosts->open_syns + (flow & (OPEN_SYNS - 1));
}

static void remember(hg_hosts *hosts, hg_index index, hg_row row)
{
    const uint64_t flow = row.columns->flow[row.index];
    if (hosts->open_syns == NULL)
        hosts->open_syns = calloc(OPEN_SYNS, sizeof *hosts->open_syns);
    if (hosts->open_syns == NULL)
        return;
    hg_open_syn *open = syn_place(hosts, flow);
    *open =
        (hg_open_syn){.flow = flow, .target = target_of(row), .host = index, .host_hash = hg_host_hash(hosts, index)};
    hg_copy_shared(row.columns, row.index, open->shared);
}

/* Looks for scans among the targets so far, unless the host already has such a finding. */
static uint64_t find_scans(const hg_hosts *hosts, const hg_host_entry *host, int64_t time_ns)
{
    hg_scans scans;
    if ((host->findings & HG_SCAN_FINDINGS) != 0 ||
        !hg_scan_find(hosts, host, hg_later_ns(time_ns, -HG_ANSWER_NS), 0, &scans))
        return 0;
    return hg_scan_findings(&scans);
}

int hg_targets_may_be_scan(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_targets *targets = targets_of(hosts, host);
    return (host->findings & HG_SCAN_FINDINGS) == 0 && targets != NULL &&
           (uint64_t)targets->used << targets->level >= HG_SCAN_TARGETS;
}

uint64_t hg_targets_judge(const hg_hosts *hosts, const hg_host_entry *host, int64_t time_ns, uint32_t tries)
{
    const int is_paid =
        hg_targets_may_be_scan(hosts, host) && (uint64_t)tries * CREDIT >= targets_of(hosts, host)->used;
    return is_paid ? find_scans(hosts, host, time_ns) : 0;
}

hg_host_entry *hg_target_note_outcome(hg_hosts *hosts, const hg_completion *completion, uint32_t row,
                                      hg_finding_place *place)
{
    hg_open_syn *open = hosts->open_syns == NULL ? NULL : syn_place(hosts, completion->flow);
    if (open == NULL || open->flow != completion->flow || (completion->marks & HG_COMPLETES_ANSWER) != 0 ||
        hg_host_hash(hosts, open->host) != open->host_hash)
        return NULL;
    hg_host_entry *host = hg_host_at(hosts, open->host);
    if (mark_target(hosts, open->host, open->target, completion->marks))
        hg_host_add_findings(hosts, open->host, row, find_scans(hosts, host, completion->time_ns));
    if ((host->findings & HG_SCAN_FINDINGS) == 0)
        return NULL;
    hg_set_shared(open->shared, offsetof(hg_columns, time_ns), &completion->time_ns);
    hg_set_shared(open->shared, offsetof(hg_columns, packet_number), &completion->packet_number);
    place->time_ns = completion->time_ns;
    place->shared = open->shared;
    return host;
}

/* Takes a SYN, and returns the findings that follow from it. */
static uint64_t note_syn(hg_hosts *hosts, hg_index index, hg_row row, int is_retry)
{
    const hg_target wanted = {.key = target_of(row), .first_ns = row.columns->time_ns[row.index]};
    if (hosts->options.reports_findings && !is_retry)
        remember(hosts, index, row);
    return note_try(hosts, index, &wanted, is_retry) ? find_scans(hosts, hg_host_at(hosts, index), wanted.first_ns) : 0;
}

/* The key of a requested address. It differs from the keys of all SYN targets, even with port 0. */
static uint64_t link_key_of(const uint8_t *bytes, uint8_t version)
{
    return hg_hash_address(~HG_HASH_MULTIPLIER, hg_address_of(bytes), version) | 1;
}

/* Whether both hosts have one MAC. */
static __attribute__((cold, noinline)) int are_one_station(const hg_hosts *hosts, hg_index index, hg_index other)
{
    const hg_device *one = hg_device_of(hosts, hg_host_at(hosts, index)),
                    *two = hg_device_of(hosts, hg_host_at(hosts, other));
    return one != NULL && two != NULL && memcmp(one->mac, two->mac, sizeof one->mac) == 0;
}

uint64_t hg_target_note_request(hg_hosts *hosts, hg_index index, const hg_host_id *wanted, int64_t time_ns)
{
    const hg_target target = {.key = link_key_of((const uint8_t *)wanted->address.word, wanted->version),
                              .first_ns = time_ns,
                              .link = wanted->version};
    const int is_new = note_try(hosts, index, &target, 0);
    const hg_index known = hg_host_find(hosts, *wanted);
    /* One that is known from earlier packets counts as answered, but not by the station that asks for it. */
    if (known != 0 && (!hg_host_at(hosts, known)->shares_mac || !are_one_station(hosts, index, known)))
        answer_target(hosts, index, target.key, 0);
    return is_new ? find_scans(hosts, hg_host_at(hosts, index), time_ns) : 0;
}

void hg_target_note_reply(hg_hosts *hosts, const hg_host_id *asker, const uint8_t *address)
{
    const hg_index index = hg_host_find(hosts, *asker);
    if (index != 0)
        answer_target(hosts, hg_device_asker(hosts, index), link_key_of(address, asker->version), 0);
}

/* Takes a SYN+ACK: its sender answered the receiver's SYN. */
static void note_syn_ack(hg_hosts *hosts, hg_row row)
{
    const hg_columns *c = row.columns;
    const uint8_t version = c->ip_version[row.index];
    hg_tunnel_id tunnel;
    const hg_index index =
        hg_host_find(hosts, (hg_host_id){hg_address_of(c->dst_ip[row.index]), hg_tunnel_of_row(row, &tunnel), version});
    if (index != 0)
        answer_target(hosts, index, key_of(c->src_ip[row.index], version, c->src_port[row.index]), 0);
}

/* ---- the fact -------------------------------------------------------------------------------------- */

static void forget(hg_hosts *hosts, const hg_host_entry *host)
{
    const uint32_t record = hg_host_read_extra(hosts, host)->targets;
    if (record != 0)
        release(hosts, record);
}

static void free_all(hg_hosts *hosts)
{
    for (uint32_t record = 1; record <= hosts->targets.used; record++)
        free(((hg_targets *)hg_pool_at(&hosts->targets, record))->at);
}

static void take_row(hg_host_event *row)
{
    if (row->event == HG_EVENT_SYN)
        hg_host_add_findings(row->hosts, row->index, row->of.index,
                             note_syn(row->hosts, row->index, row->of, hg_row_is_retry(row)));
    else if (row->event == HG_EVENT_SYN_ACK)
        note_syn_ack(row->hosts, row->of);
    else if (row->event != HG_EVENT_SSH_CLIENT || !hg_ssh_has_kexinit(row->of)) { /* data: its SYN was answered */
        answer_target(row->hosts, row->index, target_of(row->of), 1);
        if (!hg_page_may_send(row->of, row->event))
            return;
        hg_targets *targets = targets_of(row->hosts, row->host);
        row->host->target.browses = 1;
        if (targets != NULL)
            targets->browsed_ns = hg_row_time(row);
    }
}

const hg_fact hg_fact_targets = {
    .events = HG_HANDSHAKE_EVENTS | UINT64_C(1) << HG_EVENT_TLS_CLIENT | UINT64_C(1) << HG_EVENT_HTTP_REQUEST |
              UINT64_C(1) << HG_EVENT_SSH_CLIENT,
    .pools = HG_FACT_POOLS(HG_FACT_POOL(targets, hg_targets, HG_AS_WATCHED)),
    .memory = offsetof(hg_hosts, open_syns),
    .on = take_row,
    .forget = forget,
    .free = free_all,
};
