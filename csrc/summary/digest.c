/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "summary/digest.h"

#include <stdlib.h>

#include "hosts/devices.h"
#include "hosts/ended.h"
#include "hosts/words.h"

int hg_compare_hosts(const hg_host_entry *one, const hg_host_entry *other)
{
    int order = one->version - other->version;
    order = order != 0 ? order : memcmp(one->address.word, other->address.word, sizeof one->address.word);
    order = order != 0 ? order : one->in_tunnel - other->in_tunnel;
    return order != 0 || one->in_tunnel == 0 ? order : hg_falling(other->extra, one->extra);
}

void hg_json_host(hg_json *to, const hg_host_entry *host)
{
    char text[HG_HOST_WORDS_BYTES];
    hg_json_text(to, text, (size_t)(hg_put_host_words(text, host) - text));
}

void hg_digest_omit(hg_digest *digest, const char *list, uint64_t rows)
{
    if (rows > 0)
        HG_JSON_KEY(&digest->omitted, list, u64, rows);
}

/* ---- orders ----------------------------------------------------------------------------------------- */

static int by_address(const void *one, const void *other)
{
    return hg_compare_hosts(*(const hg_host_entry *const *)one, *(const hg_host_entry *const *)other);
}

/* Reliable uptimes first, then by falling uptime. */
static int by_uptime(const void *one, const void *other)
{
    const hg_clock_row *a = one, *b = other;
    int order = (a->clock->now.doubt != HG_DOUBT_NONE) - (b->clock->now.doubt != HG_DOUBT_NONE);
    order = order != 0 ? order : hg_falling(a->clock->now.minutes, b->clock->now.minutes);
    return order != 0 ? order : hg_compare_hosts(a->host, b->host);
}

static int by_handshakes(const void *one, const void *other)
{
    const hg_top_row *a = one, *b = other;
    int order = b->is_local - a->is_local;
    order = order != 0 ? order : hg_falling(a->handshakes, b->handshakes);
    return order != 0 ? order : hg_compare_hosts(a->host, b->host);
}

static int by_events(const void *one, const void *other)
{
    const hg_mismatch_row *a = one, *b = other;
    int order = hg_falling(a->seen->packets, b->seen->packets);
    order = order != 0 ? order : a->seen->source - b->seen->source;
    order = order != 0 ? order : hg_compare_hosts(a->host, b->host);
    return order != 0 ? order : hg_compare_texts(a->why->name, b->why->name);
}

static int by_version(const void *one, const void *other)
{
    const hg_old_row *a = one, *b = other;
    int order = a->role - b->role;
    order = order != 0 ? order : a->place - b->place;
    return order != 0 ? order : hg_compare_hosts(a->host, b->host);
}

typedef struct list_rows {
    size_t bytes;
    hg_order *order;
} list_rows;

static const list_rows ROWS[] = {
    [HG_LIST_UPTIMES] = {sizeof(hg_clock_row), by_uptime},
    [HG_LIST_TOP] = {sizeof(hg_top_row), by_handshakes},
    [HG_LIST_DEVICES] = {sizeof(hg_top_row), by_handshakes},
    [HG_LIST_MISMATCHES] = {sizeof(hg_mismatch_row), by_events},
    [HG_LIST_OLD] = {sizeof(hg_old_row), by_version},
    [HG_LIST_POST_QUANTUM] = {sizeof(const hg_host_entry *), by_address},
    [HG_LIST_FOUND] = {sizeof(const hg_host_entry *), by_address},
};

/* ---- findings --------------------------------------------------------------------------------------- */

/* A number of packets and their span of time. */
typedef struct span_of {
    uint64_t packets;
    uint64_t syns;
    int64_t first_ns;
    int64_t last_ns;
} span_of;

/* Packets of a host by the kind of their name. */
typedef struct sighted {
    span_of scanners;
    span_of makers; /* other tools, which craft packets */
    uint64_t other_clients; /* requests that do not come from the browser that they name */
} sighted;

static void find(hg_digest *digest, uint32_t kind, const hg_host_entry *host, const span_of *of)
{
    hg_finding_packets *found = digest->found + kind;
    hg_best *hosts = digest->lists + HG_LIST_FOUND + kind;
    if (hosts->offered == 0) {
        found->first_ns = of->first_ns;
        found->last_ns = of->last_ns;
    }
    found->packets += of->packets;
    hg_widen(&found->first_ns, &found->last_ns, of->first_ns, of->last_ns);
    hg_best_offer(hosts, &host);
}

/* The number of packets behind a finding. */
static uint64_t packets_of(const hg_digest *digest, const hg_host_entry *host, const sighted *by, uint32_t finding)
{
    const hg_host_clock *clock = hg_host_clock_of(digest->hosts, host);
    if (finding == HG_FINDING_SHARED)
        return host->syns + by->scanners.syns + by->makers.syns;
    if (finding == HG_FINDING_CONTRADICTS)
        return host->contradictions;
    if (finding == HG_FINDING_CLIENT)
        return by->other_clients;
    if (finding == HG_FINDING_CLOCK)
        return clock == NULL ? 0 : clock->points;
    return host->syns + (uint64_t)host->syn_acks;
}

/* The packets behind a finding, and their span of time. */
static span_of span_of_finding(const hg_digest *digest, const hg_host_entry *host, const sighted *by,
                               const hg_scans *scans, uint32_t finding)
{
    if (finding == HG_FINDING_SCANNER || finding == HG_FINDING_FORGED)
        return finding == HG_FINDING_SCANNER ? by->scanners : by->makers;
    const hg_scan *scan = hg_scan_of_finding(scans, finding);
    if (scan != NULL)
        return (span_of){scan->syns, 0, scan->first_ns, scan->last_ns};
    return (span_of){packets_of(digest, host, by, finding), 0, host->first_ns, host->last_ns};
}

/* Adds a host to the lists of its findings. */
static void add_findings(hg_digest *digest, const hg_host_entry *host, const sighted *by)
{
    hg_scans scans;
    (void)hg_scan_find(digest->hosts, host, INT64_MAX, 0, &scans);
    hg_host_verdict verdict;
    hg_host_judge(digest->hosts, host, &verdict);
    hg_support_ends ended;
    hg_host_end(digest->hosts, host, &verdict, &ended);
    const uint32_t findings = hg_host_findings(host, &scans, &ended) | hg_host_read_extra(digest->hosts, host)->stated;
    for (uint32_t i = 0; i < HG_HOST_FINDINGS; i++)
        if ((findings >> i & 1) != 0) {
            const span_of all = span_of_finding(digest, host, by, &scans, i);
            find(digest, i, host, &all);
        }
    const uint32_t systems = hg_host_systems_of(digest->hosts, host).systems;
    if ((findings >> HG_FINDING_SHARED & 1) != 0 && systems > digest->most_systems)
        digest->most_systems = systems;
}

/* ---- hosts ------------------------------------------------------------------------------------------ */

static void add_clock(hg_digest *digest, const hg_host_entry *host)
{
    const hg_host_clock *clock = hg_host_clock_of(digest->hosts, host);
    if (clock == NULL)
        return;
    if (clock->doubted != HG_DOUBT_NONE)
        digest->doubts[clock->doubted]++;
    hg_best_offer(digest->lists + HG_LIST_UPTIMES, &(hg_clock_row){host, clock});
}

static void add_versions(hg_digest *digest, const hg_host_entry *host)
{
    digest->tls_clients += host->client_versions != 0;
    if ((host->flags & HG_HOST_POST_QUANTUM) != 0)
        hg_best_offer(digest->lists + HG_LIST_POST_QUANTUM, &host);
    const uint16_t versions[HG_ROLES] = {host->client_versions, host->server_versions};
    for (uint8_t role = 0; role < HG_ROLES; role++)
        for (uint16_t place = 0; versions[role] >> place != 0; place++) {
            if ((versions[role] >> place & 1) == 0)
                continue;
            digest->version_hosts[role][place]++;
            if ((HG_OLD_TLS >> place & 1) != 0)
                hg_best_offer(digest->lists + HG_LIST_OLD, &(hg_old_row){.host = host, .place = place, .role = role});
        }
}

static int add_link(hg_digest *digest, const hg_host_entry *host)
{
    if ((host->flags & HG_HOST_OWN_LINK) == 0)
        return 1;
    const uint32_t link = (host->flags & HG_HOST_OLD_LINK) != 0 ? 0 : host->link;
    return hg_counts_add(&digest->link_hosts, hg_link_key(host->mtu, link), 1);
}

static void add_tool(span_of *tools, const hg_sighting *seen)
{
    if (tools->packets == 0) {
        tools->first_ns = seen->first_ns;
        tools->last_ns = seen->last_ns;
    }
    tools->packets += seen->packets;
    tools->syns += seen->source == HG_SOURCE_SYN ? seen->packets : 0;
    hg_widen(&tools->first_ns, &tools->last_ns, seen->first_ns, seen->last_ns);
}

static int add_sightings(hg_digest *digest, hg_index index, sighted *out)
{
    const hg_host_entry *host = hg_host_at(digest->hosts, index);
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(digest->hosts, host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&digest->hosts->names, seen->name);
        if (!hg_name_counts_add(&digest->counts, digest->hosts, index, seen))
            return 0;
        if (name->kind == HG_NAME_TOOL)
            add_tool(hg_is_scanner(name) ? &out->scanners : &out->makers, seen);
        if (seen->source == HG_SOURCE_CLIENT_CHECK)
            out->other_clients += seen->packets;
        else if (name->kind == HG_NAME_MISMATCH)
            hg_best_offer(digest->lists + HG_LIST_MISMATCHES, &(hg_mismatch_row){host, seen, name});
    }
    return 1;
}

/* Adds a host to all totals and lists. 0: no memory. */
static int add_host(hg_digest *digest, hg_index index)
{
    const hg_host_entry *host = hg_host_at(digest->hosts, index);
    sighted by = {0};
    if (hg_device_is_shadow(digest->hosts, host))
        return 1;
    const int is_local = hg_host_is_local(digest->hosts, host);
    digest->host_count++;
    digest->local_count += (uint64_t)is_local;
    if (!add_sightings(digest, index, &by) || !add_link(digest, host))
        return 0;
    if ((host->flags & HG_HOST_DISTANCE) != 0 && host->distance >= -HG_MOST_HOPS && host->distance <= HG_MOST_HOPS)
        digest->distances[host->distance + HG_MOST_HOPS]++;
    add_clock(digest, host);
    add_versions(digest, host);
    add_findings(digest, host, &by);
    if (host->version != 0 && hg_is_lonely(&digest->subnets, digest->hosts, index)) {
        const span_of all = {host->syns + (uint64_t)host->syn_acks, 0, host->first_ns, host->last_ns};
        find(digest, HG_FOUND_LONELY, host, &all);
    }
    if (hg_host_read_extra(digest->hosts, host)->is_cut)
        hg_best_offer(digest->lists + HG_LIST_FOUND + HG_FOUND_CUT, &host);
    const hg_top_row row = {host, host->syns + (uint64_t)host->syn_acks + by.scanners.syns + by.makers.syns, is_local};
    hg_best_offer(digest->lists + HG_LIST_TOP, &row);
    if (hg_device_of(digest->hosts, host) != NULL)
        hg_best_offer(digest->lists + HG_LIST_DEVICES, &row);
    return 1;
}

/* ---- life ------------------------------------------------------------------------------------------- */

int hg_digest_make(hg_digest *digest, const hg_summary *summary)
{
    *digest = (hg_digest){.of = summary, .hosts = summary->hosts, .omitted.out = {.may_grow = 1, .is_json = 1}};
    digest->link_hosts = (hg_counts){.limit = UINT32_MAX / 4, .hash_key = summary->hosts->hash_key};
    for (uint32_t i = 0; i < HG_LISTS; i++) {
        const list_rows *rows = ROWS + (i < HG_LIST_FOUND ? i : HG_LIST_FOUND);
        digest->lists[i] = (hg_best){.bytes = rows->bytes, .order = rows->order};
    }
    if (!hg_name_counts_init(&digest->counts, digest->hosts, NULL) || !hg_subnets_find(&digest->subnets, digest->hosts))
        return 0;
    for (hg_index index = 1; index <= digest->hosts->known.used; index++)
        if (!add_host(digest, index))
            return 0;
    int failed = 0;
    for (uint32_t i = 0; i < HG_LISTS; i++) {
        hg_best_sort(digest->lists + i);
        failed |= digest->lists[i].has_failed;
    }
    return !failed;
}

void hg_digest_free(hg_digest *digest)
{
    hg_name_counts_free(&digest->counts);
    hg_subnets_free(&digest->subnets);
    hg_counts_clear(&digest->link_hosts);
    free(digest->omitted.out.at);
    for (uint32_t i = 0; i < HG_LISTS; i++)
        hg_best_free(digest->lists + i);
}
