/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/details.h"
#include "summary/digest.h"

#include <stdlib.h>

#include "devices/local.h"
#include "hosts/holders.h"
#include "records/write.h"
#include "uses/cryptography.h"
#include "views/machines.h"

/* Orders IPv4 before IPv6, then by address. */
static int compare_hosts(const hg_host_entry *one, const hg_host_entry *other)
{
    return HG_FIRST_ORDER(one->version - other->version,
                          memcmp(one->address.word, other->address.word, sizeof one->address.word),
                          one->in_tunnel - other->in_tunnel, one->in_tunnel ? hg_falling(other->extra, one->extra) : 0);
}

/* ---- orders ----------------------------------------------------------------------------------------- */

static int by_address(const void *one, const void *other)
{
    return compare_hosts(*(const hg_host_entry *const *)one, *(const hg_host_entry *const *)other);
}

/* Reliable uptimes first, then by falling uptime. */
static int by_uptime(const void *one, const void *other)
{
    const hg_clock_row *a = one, *b = other;
    return HG_FIRST_ORDER((a->clock->now.doubt != HG_DOUBT_NONE) - (b->clock->now.doubt != HG_DOUBT_NONE),
                          hg_falling(a->clock->now.minutes, b->clock->now.minutes), compare_hosts(a->host, b->host));
}

static int by_handshakes(const void *one, const void *other)
{
    const hg_top_row *a = one, *b = other;
    return HG_FIRST_ORDER(b->is_local - a->is_local, hg_falling(a->handshakes, b->handshakes),
                          compare_hosts(a->host, b->host));
}

static int by_events(const void *one, const void *other)
{
    const hg_mismatch_row *a = one, *b = other;
    return HG_FIRST_ORDER(hg_falling(a->seen->packets, b->seen->packets), a->seen->source - b->seen->source,
                          compare_hosts(a->host, b->host), hg_compare_texts(a->why->name, b->why->name));
}

static int by_version(const void *one, const void *other)
{
    const hg_old_row *a = one, *b = other;
    return HG_FIRST_ORDER(a->role - b->role, a->place - b->place, compare_hosts(a->host, b->host));
}

/* Certificates that end first come first; unknown ends (-) before all. */
static int by_end(const void *one, const void *other)
{
    const hg_mismatch_row *a = one, *b = other;
    return HG_FIRST_ORDER(hg_compare_texts(hg_certificate_part(a->why, HG_CERTIFICATE_END),
                                           hg_certificate_part(b->why, HG_CERTIFICATE_END)),
                          compare_hosts(a->host, b->host), hg_compare_texts(a->why->flavor, b->why->flavor));
}

typedef struct list_rows {
    size_t bytes;
    hg_order *order;
} list_rows;

static const list_rows ROWS[] = {
    [HG_LIST_UPTIMES] = {sizeof(hg_clock_row), by_uptime},
    [HG_LIST_TOP] = {sizeof(hg_top_row), by_handshakes},
    [HG_LIST_DEVICES] = {sizeof(hg_top_row), by_handshakes},
    [HG_LIST_NOTABLE] = {sizeof(hg_top_row), by_handshakes},
    [HG_LIST_MISMATCHES] = {sizeof(hg_mismatch_row), by_events},
    [HG_LIST_OLD] = {sizeof(hg_old_row), by_version},
    [HG_LIST_CERTIFICATES] = {sizeof(hg_mismatch_row), by_end},
    [HG_LIST_POST_QUANTUM] = {sizeof(const hg_host_entry *), by_address},
    [HG_LIST_FOUND] = {sizeof(const hg_host_entry *), by_address},
};

/* ---- findings --------------------------------------------------------------------------------------- */

/* Packets of a host by the kind of their name. */
typedef struct sighted {
    hg_finding_packets scanners;
    hg_finding_packets crafting; /* of other tools, which craft packets */
    uint64_t tool_syns;
    uint64_t other_clients; /* requests that do not come from the browser that they name */
} sighted;

static void add_packets(hg_finding_packets *to, int is_first, hg_finding_packets more)
{
    if (is_first)
        *to = (hg_finding_packets){.first_ns = more.first_ns, .last_ns = more.last_ns};
    to->packets += more.packets;
    hg_widen(&to->first_ns, &to->last_ns, more.first_ns, more.last_ns);
}

static void find(hg_digest *digest, uint32_t kind, const hg_host_entry *host, hg_finding_packets of)
{
    hg_best *hosts = digest->lists + HG_LIST_FOUND + kind;
    hg_finding_packets *found = digest->found + kind;
    const int is_of_tools = kind == HG_FINDING_SCANNER || kind == HG_FINDING_FORGED_PACKETS;
    if (!is_of_tools || of.packets > 0 || found->packets == 0) /* known packets of tools alone give the times */
        add_packets(found, hosts->offered == 0 || (is_of_tools && found->packets == 0 && of.packets > 0), of);
    hg_best_offer(hosts, &host);
}

/* The number of packets behind a finding. */
static uint64_t packets_of(const hg_host_view *view, const sighted *by, uint32_t finding)
{
    if (finding == HG_FINDING_SEVERAL_SYSTEMS)
        return view->host->syns + by->tool_syns;
    if (finding == HG_FINDING_CONTRADICTS)
        return view->host->contradictions;
    if (finding == HG_FINDING_CLIENT_MISMATCH)
        return by->other_clients;
    if (finding == HG_FINDING_CLOCKS)
        return view->clock == NULL ? 0 : view->clock->points;
    return view->host->syns + (uint64_t)view->host->syn_acks;
}

/* The packets behind a finding. */
static hg_finding_packets span_of_finding(const hg_host_view *view, const sighted *by, uint32_t finding)
{
    const hg_finding_packets *tools = finding == HG_FINDING_SCANNER ? &by->scanners : &by->crafting;
    const hg_finding_packets unknown = {0, view->host->first_ns,
                                        view->host->last_ns}; /* of a store, or a dropped name */
    if (finding == HG_FINDING_SCANNER || finding == HG_FINDING_FORGED_PACKETS)
        return tools->packets > 0 ? *tools : unknown;
    const hg_scan *scan = hg_scan_of_finding(&view->scans, finding);
    if (scan != NULL)
        return (hg_finding_packets){scan->syns, scan->first_ns, scan->last_ns};
    return (hg_finding_packets){packets_of(view, by, finding), view->host->first_ns, view->host->last_ns};
}

/* The name of a host's handshakes, with all else that its conclusion rests on; 0: more is known of it. */
static uint64_t stack_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    static const hg_sighting NONE;
    const hg_sighting *seen = host->sightings == 0 ? &NONE : hg_pool_at(&hosts->seen, host->sightings);
    const uint8_t kind = seen->name == 0 ? HG_NAME_SYSTEM : hg_host_name_at(&hosts->names, seen->name)->kind;
    if (host->extra != 0 || seen->next != 0 || kind != HG_NAME_SYSTEM || host->version == 0 ||
        host->client_versions != 0 || host->server_versions != 0 || hg_is_loopback(host))
        return 0;
    const uint32_t others = 1U | (uint32_t)hg_is_proven(host) << 1 | (uint32_t)hg_host_has_late_ports(host) << 2 |
                            (uint32_t)hg_host_is_local(hosts, host) << 3 | (uint32_t)seen->scope << 8 |
                            (uint32_t)seen->source << 16;
    return (uint64_t)seen->name << 32 | others;
}

/* Sets what findings rest on, and returns the type of the host's device. Equal stacks are judged once. */
static uint8_t judge(hg_digest *digest, hg_index index, hg_host_view *view)
{
    const hg_host_entry *host = hg_host_at(digest->hosts, index);
    const uint64_t stack = stack_of(digest->hosts, host);
    const int64_t day = hg_floor_days(host->last_ns);
    hg_judged_stack *known = digest->stacks + hg_hash_fold(hg_hash_mix(0, stack)) % HG_JUDGED_STACKS;
    if (stack == 0 || known->stack != stack || known->day != day) {
        hg_host_view_of(digest->hosts, host, index, view);
        *known = (hg_judged_stack){stack, day, view->ended, hg_device_type_of(view)};
        return known->type;
    }
    hg_host_view_begin(digest->hosts, host, index, view);
    view->ended = known->ended;
    hg_host_view_find(view);
    return known->type;
}

/* Adds a host to the lists of its findings, and to the devices. Returns how much these weigh together; 0: none. */
static uint64_t add_findings(hg_digest *digest, hg_index index, const sighted *by)
{
    const hg_host_entry *host = hg_host_at(digest->hosts, index);
    uint64_t weight = 0;
    hg_host_view view;
    const uint8_t type = judge(digest, index, &view);
    if (hg_host_forwarded(digest->hosts, index) == index && hg_device_is_alone(&view))
        digest->devices[type]++;
    const uint64_t findings = view.findings | view.extra->stated;
    for (uint64_t left = findings; left != 0; left &= left - 1) {
        const uint32_t i = (uint32_t)__builtin_ctzll(left);
        find(digest, i, host, span_of_finding(&view, by, i));
        weight += digest->weights[i];
    }
    if ((findings >> HG_FINDING_SEVERAL_SYSTEMS & 1) != 0 && view.systems.systems > digest->most_systems)
        digest->most_systems = view.systems.systems;
    return weight;
}

/* ---- hosts ------------------------------------------------------------------------------------------ */

static void add_clock(hg_digest *digest, const hg_host_entry *host)
{
    const hg_host_clock *clock = hg_host_clock_of(digest->hosts, host);
    if (clock == NULL)
        return;
    if (clock->doubted != HG_DOUBT_NONE)
        digest->doubts[clock->doubted]++;
    hg_best_offer(digest->lists + HG_LIST_UPTIMES, &(hg_clock_row){host, clock, digest->hosts});
}

static void add_versions(hg_digest *digest, const hg_host_entry *host)
{
    digest->tls_clients += host->client_versions != 0;
    if ((host->flags & HG_HOST_POST_QUANTUM) != 0)
        hg_best_offer(digest->lists + HG_LIST_POST_QUANTUM, &host);
    const uint16_t versions[HG_ROLES] = {host->client_versions, host->server_versions};
    if ((host->client_versions | host->server_versions) == 0)
        return;
    for (uint8_t role = 0; role < HG_ROLES; role++)
        for (uint16_t place = 0; place <= HG_WEAK_CIPHER; place++) {
            if ((versions[role] >> place & 1) == 0)
                continue;
            if (place != HG_WEAK_CIPHER)
                digest->version_hosts[role][place]++;
            if (place == HG_WEAK_CIPHER || hg_tls_is_disallowed(HG_TLS_NUMBERS[place]))
                hg_best_offer(digest->lists + HG_LIST_OLD,
                              &(hg_old_row){.host = host, .hosts = digest->hosts, .place = place, .role = role});
        }
}

static int add_link(hg_digest *digest, const hg_host_entry *host)
{
    if ((host->flags & HG_HOST_OWN_LINK) == 0)
        return 1;
    const uint32_t link = (host->flags & HG_HOST_OLD_LINK) != 0 ? 0 : host->link;
    return hg_counts_add(&digest->link_hosts, hg_link_key(host->mtu, link), 1);
}

static int add_sightings(hg_digest *digest, hg_index index, sighted *out)
{
    const hg_host_entry *host = hg_host_at(digest->hosts, index);
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(digest->hosts, host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&digest->hosts->names, seen->name);
        if (seen->source == HG_SOURCE_CRYPTOGRAPHY && hg_span_is(name->name, "X.509"))
            hg_best_offer(digest->lists + HG_LIST_CERTIFICATES, &(hg_mismatch_row){host, seen, name, digest->hosts});
        else if (!hg_name_counts_add(&digest->counts, digest->hosts, index, seen))
            return 0;
        if (name->kind == HG_NAME_TOOL) {
            hg_finding_packets *tools = hg_is_scanner(name) ? &out->scanners : &out->crafting;
            add_packets(tools, tools->packets == 0, (hg_finding_packets){seen->packets, seen->first_ns, seen->last_ns});
            out->tool_syns += seen->source == HG_SOURCE_SYN ? seen->packets : 0;
        }
        if (seen->source == HG_SOURCE_CLIENT_CHECK)
            out->other_clients += seen->packets;
        else if (name->kind == HG_NAME_MISMATCH)
            hg_best_offer(digest->lists + HG_LIST_MISMATCHES, &(hg_mismatch_row){host, seen, name, digest->hosts});
    }
    return 1;
}

/* Adds a host to all totals and lists. 0: no memory. */
static int add_host(hg_digest *digest, hg_index index)
{
    const hg_host_entry *host = hg_host_at(digest->hosts, index);
    sighted by = {0};
    if (hg_device_is_shadow(digest->hosts, host) || hg_host_is_hidden(digest->hosts, index) ||
        hg_host_original(digest->hosts, index) != index)
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
    const uint64_t weight = add_findings(digest, index, &by);
    if (weight > 0)
        hg_best_offer(digest->lists + HG_LIST_NOTABLE, &(hg_top_row){host, weight, is_local});
    const uint64_t handshakes = host->syns + (uint64_t)host->syn_acks;
    if (host->version != 0 && hg_is_far_off(&digest->subnets, digest->hosts, index))
        find(digest, HG_FOUND_FAR_OFF, host, (hg_finding_packets){handshakes, host->first_ns, host->last_ns});
    if (host->is_cut)
        hg_best_offer(digest->lists + HG_LIST_FOUND + HG_FOUND_CUT, &host);
    const hg_top_row row = {host, handshakes + by.tool_syns, is_local};
    hg_best_offer(digest->lists + HG_LIST_TOP, &row);
    if (hg_device_of(digest->hosts, host) != NULL)
        hg_best_offer(digest->lists + HG_LIST_DEVICES, &row);
    return 1;
}

/* ---- life ------------------------------------------------------------------------------------------- */

int hg_digest_make(hg_digest *digest, const hg_summary *summary)
{
    static const uint16_t WEIGHING[HG_WEIGHTS] = {1 << 10, 1 << 5, 1};
    *digest = (hg_digest){.summary = summary, .hosts = summary->hosts, .omitted.out = {.may_grow = 1, .is_json = 1}};
    digest->link_hosts = (hg_counts){.limit = UINT32_MAX / 4, .hash_key = summary->hosts->hash_key};
    for (uint32_t i = 0; i < HG_LISTS; i++) {
        const list_rows *rows = ROWS + (i < HG_LIST_FOUND ? i : HG_LIST_FOUND);
        digest->lists[i] = (hg_best){.bytes = rows->bytes, .order = rows->order, .hosts = digest->hosts};
    }
    for (uint32_t i = 0; i < HG_HOST_FINDINGS; i++)
        digest->weights[i] = WEIGHING[hg_finding_weight(hg_host_finding_name(i))];
    if (!hg_name_counts_init(&digest->counts, digest->hosts, NULL) || !hg_subnets_find(&digest->subnets, digest->hosts))
        return 0;
    for (hg_index index = 1; index <= digest->hosts->known.used; index++)
        if (!add_host(digest, index))
            return 0;
    hg_devices_count_with_mac(digest->hosts, digest->devices);
    for (uint32_t i = 0; i < HG_LISTS; i++) {
        hg_best_sort(digest->lists + i);
        digest->has_failed |= digest->lists[i].has_failed;
    }
    return !digest->has_failed;
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
