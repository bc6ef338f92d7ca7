/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * scans.c - finds scans among a host's targets.
 *
 * A scan tries many addresses at one port, or many ports of one address, and gets few answers. Other traffic differs:
 * clients with many connections are answered, health checks try few targets repeatedly, and a host that answers forged
 * SYNs sends no SYNs. On the link, routers request the addresses of hosts that others connect to.
 */
#include <stdlib.h>

#include "attacks/targets.h"
#include "devices/devices.h"

enum {
    LEAST_SAMPLES = 8,  /* least of them in a sample of targets */
    MANY_TARGETS = 100,
    LEAST_MIXED = 200,  /* least unanswered targets without a common port or address */
    MOST_TRIES = 4,     /* most tries per target, below MANY_TARGETS */
    MOST_TRIES_OF_MANY = 16, /* most tries per target, from MANY_TARGETS on */
    MOST_LED = 256,     /* most unanswered targets that a web page named: a browser opens no more connections */
    WELL_KNOWN = 1024   /* lower ports are well known: no normal client uses 25 of them at one host */
};
enum { HORIZONTAL = 1 << HG_SCAN_HORIZONTAL, VERTICAL = 1 << HG_SCAN_VERTICAL };
#define SLOW_PER_SECOND (25.0 / 300.0) /* 25 targets in five minutes */

/* A copy of a target, while the rules are applied. */
typedef struct scan_target {
    uint64_t key;
    int64_t first_ns;
    uint32_t tries;
    uint8_t is_answered;
    uint8_t is_probed;
    uint8_t is_spoken_to; /* HTTP, TLS or SSH began at once, as when a web page names the server, or it still may */
    uint8_t scanned; /* bits by kind of scan */
} scan_target;

/* Counts of targets with the same port or address. */
typedef struct group {
    uint64_t all;
    uint64_t open; /* not answered */
    uint64_t tries; /* of open targets; see bounded */
    uint64_t tries_of_many;
    uint64_t well_known; /* and only tried */
} group;

/* ---- orders ----------------------------------------------------------------------------------------- */

static uint64_t port_of(const scan_target *target)
{
    return target->key & UINT16_MAX;
}

static uint64_t address_of(const scan_target *target)
{
    return target->key >> 16;
}

static int compare(uint64_t one, uint64_t other)
{
    return (one > other) - (one < other);
}

static int by_port(const void *one, const void *other)
{
    return compare(port_of(one), port_of(other));
}

static int by_address(const void *one, const void *other)
{
    return compare(address_of(one), address_of(other));
}

/* The end of the run of equal targets that begins at `begin`. */
static uint32_t end_of(const scan_target *target, uint32_t begin, uint32_t count,
                       int (*order)(const void *, const void *))
{
    uint32_t end = begin + 1;
    while (end < count && order(target + begin, target + end) == 0)
        end++;
    return end;
}

/* ---- rules ------------------------------------------------------------------------------------------ */

/* Few targets with many tries, such as a decoy, must not hide the others. */
static uint32_t bounded(uint32_t tries, uint32_t most)
{
    return tries < 2 * most ? tries : 2 * most;
}

/* Counts the targets with one of the bits `kinds` in `scanned`; 0: all targets. */
static group read_group(const scan_target *target, uint32_t count, uint8_t kinds)
{
    group found = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (kinds != 0 && (target[i].scanned & kinds) == 0)
            continue;
        found.all++;
        found.open += !target[i].is_answered;
        found.tries += target[i].is_answered ? 0 : bounded(target[i].tries, MOST_TRIES);
        found.tries_of_many += target[i].is_answered ? 0 : bounded(target[i].tries, MOST_TRIES_OF_MANY);
        found.well_known += port_of(target + i) < WELL_KNOWN && !target[i].is_spoken_to;
    }
    return found;
}

/* Whether enough targets are unanswered for a scan. The group is a sample of one target in 2^level. */
static int are_enough(const group *group, uint32_t level, uint64_t least)
{
    return group->open >= LEAST_SAMPLES && group->open << level >= least;
}

/* At a well-known port with many unanswered targets, up to half of the targets may answer; elsewhere a fifth, because
 * peer-to-peer programs also try many peers that are gone. The limit of tries excludes health checks. */
static int is_horizontal(const group *group, uint32_t level)
{
    const int are_many = are_enough(group, level, MANY_TARGETS);
    const int are_checks =
        are_many ? group->tries_of_many > MOST_TRIES_OF_MANY * group->open : group->tries > MOST_TRIES * group->open;
    if (!are_enough(group, level, HG_SCAN_TARGETS) || are_checks)
        return 0;
    return are_many && group->well_known > 0 ? 2 * group->open >= group->all : 5 * group->open >= 4 * group->all;
}

static int is_vertical(const group *group, uint32_t level)
{
    if (group->well_known >= LEAST_SAMPLES && group->well_known << level >= HG_SCAN_TARGETS)
        return 1;
    return are_enough(group, level, HG_SCAN_TARGETS) && 5 * group->open >= 4 * group->all &&
           group->tries <= MOST_TRIES * group->open;
}

/* Marks the targets of all runs that are scans. */
static void mark(scan_target *target, uint32_t count, uint32_t level, uint8_t bit,
                 int (*order)(const void *, const void *), int (*is_scan)(const group *, uint32_t))
{
    qsort(target, count, sizeof *target, order);
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        end = end_of(target, begin, count, order);
        if (end - begin < LEAST_SAMPLES)
            continue;
        const group one = read_group(target + begin, end - begin, 0);
        if (!is_scan(&one, level))
            continue;
        for (uint32_t i = begin; i < end; i++)
            target[i].scanned |= bit;
    }
}

/* Marks scans of random ports and addresses: at least nine of ten targets do not answer. */
static void mark_mixed(scan_target *target, uint32_t count, uint32_t level)
{
    const group all = read_group(target, count, 0);
    if (!are_enough(&all, level, LEAST_MIXED) || 10 * all.open < 9 * all.all || all.tries > MOST_TRIES * all.open)
        return;
    for (uint32_t i = 0; i < count; i++)
        target[i].scanned = HORIZONTAL;
}

/* Marks scanned targets by kind. If at least half of the vertical ones are also horizontal, all become horizontal. */
static void mark_all(scan_target *target, uint32_t count, uint32_t level)
{
    uint32_t vertical = 0, both = 0, any = 0;
    mark(target, count, level, HORIZONTAL, by_port, is_horizontal);
    mark(target, count, level, VERTICAL, by_address, is_vertical);
    for (uint32_t i = 0; i < count; i++) {
        any += target[i].scanned != 0;
        vertical += (target[i].scanned & VERTICAL) != 0;
        both += target[i].scanned == (HORIZONTAL | VERTICAL);
    }
    if (any == 0)
        mark_mixed(target, count, level);
    if (vertical == 0 || 2 * both < vertical)
        return;
    for (uint32_t i = 0; i < count; i++)
        target[i].scanned = target[i].scanned != 0 ? HORIZONTAL : 0;
}

static int by_time(const void *one, const void *other)
{
    const int64_t first = ((const scan_target *)one)->first_ns, second = ((const scan_target *)other)->first_ns;
    return (first > second) - (first < second);
}

/* Marks a sweep: requests for at least one new address per second. If nothing answered, perhaps no answers were
 * captured: then more requests are needed. */
static int mark_sweep(scan_target *target, uint32_t count, uint32_t level)
{
    const group all = read_group(target, count, 0);
    const uint64_t wanted = all.open == all.all ? MANY_TARGETS : HG_SCAN_TARGETS;
    const uint32_t least = wanted >> level < LEAST_SAMPLES ? LEAST_SAMPLES : (uint32_t)(wanted >> level);
    qsort(target, count, sizeof *target, by_time);
    for (uint32_t i = 0, done = 0; count >= least && i <= count - least; i++) {
        if ((uint64_t)target[i + least - 1].first_ns - (uint64_t)target[i].first_ns > wanted * 1000000000)
            continue;
        for (done = done < i ? i : done; done < i + least; done++)
            target[done].scanned = 1 << HG_SCAN_LINK;
    }
    group swept = read_group(target, count, 1 << HG_SCAN_LINK);
    swept.well_known = swept.all;
    return is_horizontal(&swept, level);
}

/* ---- numbers ---------------------------------------------------------------------------------------- */

/* Counts the ports or addresses (by `order`) with scanned targets. A sample with at least two targets for each on
 * average has nearly all of them; otherwise the count is scaled like the count of targets. */
static uint64_t count_runs(scan_target *target, uint32_t count, uint32_t level,
                           int (*order)(const void *, const void *), uint8_t bit)
{
    uint64_t runs = 0, scanned = 0;
    qsort(target, count, sizeof *target, order);
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        end = end_of(target, begin, count, order);
        const uint64_t own = read_group(target + begin, end - begin, bit).all;
        runs += own > 0;
        scanned += own;
    }
    return 2 * runs <= scanned ? runs : runs << level;
}

static void show_ports(const scan_target *target, uint32_t count, uint8_t bit, hg_scan *out)
{
    uint32_t shown = 0;
    for (uint32_t i = 0; i < count && shown < HG_SCAN_PORTS; i++)
        if ((target[i].scanned & bit) != 0 && (shown == 0 || out->shown[shown - 1] != port_of(target + i)))
            out->shown[shown++] = (uint16_t)port_of(target + i);
}

static void count_targets(const scan_target *target, uint32_t count, uint32_t level, uint8_t bit, hg_scan *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if ((target[i].scanned & bit) == 0)
            continue;
        if (out->targets == 0)
            out->first_ns = out->last_ns = target[i].first_ns;
        out->first_ns = target[i].first_ns < out->first_ns ? target[i].first_ns : out->first_ns;
        out->last_ns = target[i].first_ns > out->last_ns ? target[i].first_ns : out->last_ns;
        out->targets++;
        out->answered += target[i].is_answered;
        out->probed += target[i].is_probed;
        out->syns += target[i].tries;
    }
    out->targets <<= level;
    out->answered <<= level;
    out->probed = out->probed < LEAST_SAMPLES ? 0 : out->probed << level;
    out->syns <<= level;
}

static void measure(scan_target *target, uint32_t count, uint32_t level, uint8_t bit, hg_scan *out)
{
    count_targets(target, count, level, bit, out);
    if (out->targets == 0)
        return;
    const double seconds = ((double)out->last_ns - (double)out->first_ns) / 1e9;
    out->rate = seconds > 0.0 ? (double)(out->targets - 1) / seconds : (double)out->targets;
    out->is_slow = out->rate < SLOW_PER_SECOND;
    out->is_about = level > 0;
    out->addresses = count_runs(target, count, level, by_address, bit);
    const uint64_t ports = count_runs(target, count, level, by_port, bit);
    out->ports = ports > UINT16_MAX + 1U ? UINT16_MAX + 1U : (uint32_t)ports;
    show_ports(target, count, bit, out);
}

/* ---- one host --------------------------------------------------------------------------------------- */

/* Copies the targets that count, of SYNs (`link` 0) or requests: with `only_completed`, targets with a completed
 * handshake; otherwise targets that answered, refused, or were first tried at `until_ns` or before. */
static uint32_t copy_targets(const hg_targets *targets, int64_t until_ns, int only_completed, uint8_t link,
                             scan_target *out)
{
    const uint64_t most_led = link != 0 ? MANY_TARGETS : MOST_LED;
    uint32_t count = 0, led = 0;
    for (uint32_t i = 0; i < targets->places; i++)
        led += targets->at[i].is_led && targets->at[i].link == link && !targets->at[i].answered;
    for (uint32_t i = 0; i < targets->places; i++) {
        const hg_target *one = targets->at + i;
        const int is_led = one->is_led && (uint64_t)led << targets->level <= most_led;
        if (one->key == 0 || one->link != link || (is_led && !one->answered) ||
            !(only_completed ? one->completed : one->answered || one->refused || one->first_ns <= until_ns))
            continue;
        out[count++] = (scan_target){
            .key = one->key,
            .first_ns = one->first_ns,
            .tries = one->tries,
            .is_answered = one->answered != 0,
            .is_probed = one->probed && !one->used,
            .is_spoken_to = is_led || (!one->probed && !one->refused && (one->used || one->first_ns > until_ns))};
    }
    return count;
}

/* Finds a sweep of the link, unless the host requests addresses for others. */
static void find_sweep(const hg_hosts *hosts, const hg_host_entry *host, const hg_targets *targets, int64_t until_ns,
                       uint8_t version, scan_target *all, hg_scan *out)
{
    const uint32_t count = copy_targets(targets, until_ns, 0, version, all);
    if (!mark_sweep(all, count, targets->level) || hg_host_forwards(hosts, host))
        return;
    measure(all, count, targets->level, 1 << HG_SCAN_LINK, out);
    out->is_slow = 0;
    out->link = version;
}

int hg_scan_find(const hg_hosts *hosts, const hg_host_entry *host, int64_t until_ns, int only_completed, hg_scans *out)
{
    const hg_targets *targets = hg_pool_get(&hosts->targets, hg_host_read_extra(hosts, host)->targets);
    *out = (hg_scans){0};
    if (targets == NULL || targets->used < LEAST_SAMPLES || (uint64_t)targets->used << targets->level < HG_SCAN_TARGETS)
        return 0;
    scan_target *all = malloc(targets->used * sizeof *all);
    if (all == NULL)
        return 0;
    const uint32_t count = copy_targets(targets, until_ns, only_completed, 0, all);
    mark_all(all, count, targets->level);
    for (uint32_t kind = 0; kind < HG_SCAN_LINK; kind++)
        measure(all, count, targets->level, (uint8_t)(1U << kind), out->of + kind);
    for (uint8_t version = 4; version <= 6 && !only_completed && out->of[HG_SCAN_LINK].targets == 0; version += 2)
        find_sweep(hosts, host, targets, until_ns, version, all, out->of + HG_SCAN_LINK);
    free(all);
    return hg_scan_findings(out) != 0;
}

/* ---- findings --------------------------------------------------------------------------------------- */

static uint32_t finding_of(const hg_scans *scans, uint32_t kind)
{
    return scans->of[kind].is_slow    ? HG_FINDING_SLOW_SCAN
           : kind == HG_SCAN_VERTICAL ? HG_FINDING_VERTICAL_SCAN
                                      : HG_FINDING_HORIZONTAL_SCAN;
}

uint64_t hg_scan_findings(const hg_scans *scans)
{
    uint64_t found = 0;
    for (uint32_t kind = 0; kind < HG_SCAN_KINDS; kind++)
        found |= scans->of[kind].targets > 0 ? UINT64_C(1) << finding_of(scans, kind) : 0;
    return found;
}

const hg_scan *hg_scan_of_finding(const hg_scans *scans, uint32_t finding)
{
    for (uint32_t kind = 0; kind < HG_SCAN_KINDS; kind++)
        if (scans->of[kind].targets > 0 && finding_of(scans, kind) == finding)
            return scans->of + kind;
    return NULL;
}

uint64_t hg_scan_completed(const hg_hosts *hosts, const hg_host_entry *host, int64_t until_ns)
{
    hg_scans scans;
    uint64_t findings = 0;
    if (hg_scan_find(hosts, host, until_ns, 1, &scans))
        return hg_scan_findings(&scans);
    (void)hg_scan_find(hosts, host, until_ns, 0, &scans);
    for (uint32_t kind = 0; kind < HG_SCAN_KINDS; kind++)
        if (scans.of[kind].probed >= HG_SCAN_TARGETS)
            findings |= UINT64_C(1) << finding_of(&scans, kind);
    return findings;
}
