/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write.c - the host record as JSON.
 */
#include "hosts/details.h"
#include "records/write.h"

#include <math.h>

#include "devices/local.h"

/* ---- lists of names ----------------------------------------------------------------------------------- */

static void hg_json_labels(hg_json *to, const hg_host_view *view, hg_name_kind kind, uint32_t sources)
{
    HG_JSON_INSIDE(to, '[')
    for (const hg_sighting *seen = NULL; (seen = hg_next_label(view, seen, kind, sources)) != NULL;)
        hg_json_label(to, hg_host_name_at(&view->hosts->names, seen->name));
}

void hg_put_host_candidates(hg_json *to, const hg_host_view *view)
{
    const hg_host_conclusion *conclusion = &view->conclusion;
    HG_JSON_INSIDE(to, '[')
    for (uint32_t i = 0; i < conclusion->reading_count; i++)
        if (hg_is_new_candidate(conclusion, i))
            hg_json_label(to, conclusion->readings[i].name);
}

void hg_json_ports(hg_json *to, const hg_hosts *hosts, const hg_host_entry *const *members, uint32_t member_count,
                   uint8_t role)
{
    uint16_t ports[HG_DEVICE_MEMBERS * HG_HOST_PORTS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < member_count; i++) {
        for (const hg_host_port *seen = NULL; (seen = hg_next_port(hosts, members[i], seen)) != NULL;) {
            uint32_t place = 0;
            while (place < count && ports[place] < seen->port)
                place++;
            if (seen->role != role || (place < count && ports[place] == seen->port) ||
                count == sizeof ports / sizeof ports[0])
                continue;
            memmove(ports + place + 1, ports + place, (count++ - place) * sizeof ports[0]);
            ports[place] = seen->port;
        }
    }
    HG_JSON_INSIDE(to, '[')
    for (uint32_t i = 0; i < count; i++)
        hg_json_u64(to, ports[i]);
}

/* ---- evidence ----------------------------------------------------------------------------------------- */

/* Writes a piece of evidence: the name `by` of the host or, if `by` is NULL, the reason that `source` stands for. */
static void write_reading(hg_json *to, const hg_host_conclusion *conclusion, hg_host_source source,
                          const hg_name_relation *by, hg_relation relation)
{
    const hg_sighting *seen = by == NULL ? NULL : by->seen;
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "source", word, hg_host_source_name(source));
    if (seen != NULL)
        HG_JSON_KEY(to, "name", label, by->name);
    else
        HG_JSON_KEY(to, "name", written, hg_put_reason, conclusion, source);
    HG_JSON_KEY(to, "packets", optional, seen != NULL, u64, seen->packets);
    HG_JSON_KEY(to, "first_seen", optional, seen != NULL, time, seen->first_ns);
    HG_JSON_KEY(to, "last_seen", optional, seen != NULL, time, seen->last_ns);
    HG_JSON_KEY(to, "scope", word, seen == NULL ? NULL : hg_scope_name(seen->scope));
    HG_JSON_KEY(to, "relation", word, hg_relation_name(relation));
    hg_json_close(to, '}');
}

static void write_readings(hg_json *to, const hg_host_conclusion *conclusion, const hg_name_relation *names,
                           uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        write_reading(to, conclusion, (hg_host_source)names[i].seen->source, names + i, (hg_relation)names[i].relation);
}

/* Writes all evidence for and against the conclusion. */
void hg_put_host_evidence(hg_json *to, const hg_host_view *view)
{
    const hg_host_conclusion *conclusion = &view->conclusion;
    hg_json_open(to, '[');
    write_readings(to, conclusion, conclusion->readings, conclusion->reading_count);
    if (conclusion->by_ports)
        write_reading(to, conclusion, HG_SOURCE_PORT_RANGE, NULL, HG_NARROWS);
    if (conclusion->clock_hz > 0.0)
        write_reading(to, conclusion, HG_SOURCE_CLOCK, NULL, HG_NARROWS);
    if (conclusion->is_loopback && conclusion->reading_count > 1)
        write_reading(to, conclusion, HG_SOURCE_LOOPBACK, NULL, HG_NOT_COMPARED);
    if (conclusion->middlebox != NULL || conclusion->nat != NULL)
        write_reading(to, conclusion, HG_SOURCE_MIDDLEBOX, NULL, HG_CONTRADICTS);
    write_readings(to, conclusion, &conclusion->segments, conclusion->segments.seen != NULL);
    write_readings(to, conclusion, conclusion->programs, conclusion->program_count);
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(view->hosts, view->host, seen)) != NULL;) {
        const hg_name_relation by = {.seen = seen,
                                     .name = hg_host_name_at(&view->hosts->names, seen->name),
                                     .relation =
                                         seen->source == HG_SOURCE_CLIENT_CHECK ? HG_NOT_COMPARED : HG_CONTRADICTS};
        write_readings(to, conclusion, &by, (uint32_t)hg_is_of_mismatch(seen->source));
    }
    hg_json_close(to, ']');
}

/* ---- ended support --------------------------------------------------------------------- */

static void write_statements(hg_json *to, const hg_name_relation *names, uint32_t count, hg_relation least)
{
    for (uint32_t i = 0; i < count; i++)
        if (names[i].relation >= least && names[i].relation < HG_CONTRADICTS)
            hg_json_written(to, hg_put_statement, names[i].seen, names[i].name);
}

static void write_ended_system(hg_json *to, const hg_host_view *view)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "kind", word, "system");
    HG_JSON_KEY(to, "product", written, hg_put_system, &view->conclusion);
    HG_JSON_KEY(to, "ended", written, hg_put_day, view->ended.system);
    HG_JSON_KEY(to, "confidence", share, view->ended.confidence);
    HG_JSON_KEY(to, "evidence", open, '[');
    write_statements(to, view->conclusion.readings, view->conclusion.reading_count, HG_AGREES);
    write_statements(to, view->conclusion.programs, view->conclusion.program_count, HG_NARROWS);
    hg_json_close(to, ']');
    hg_json_close(to, '}');
}

static void write_ended_program(hg_json *to, const hg_host_view *view, const hg_ended_program *ended, const char *kind)
{
    const hg_host_name *program = ended->name;
    if (ended->day == HG_SUPPORTED)
        return;
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "kind", word, kind);
    HG_JSON_KEY(to, "product", written, hg_put_label, program);
    HG_JSON_KEY(to, "ended", written, hg_put_day, ended->day);
    HG_JSON_KEY(to, "confidence", share, (double)NAN);
    HG_JSON_KEY_INSIDE(to, "evidence", '[')
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(view->hosts, view->host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&view->hosts->names, seen->name);
        if (name->kind == program->kind && hg_same_label(name, program))
            hg_json_written(to, hg_put_statement, seen, name);
    }
    hg_json_close(to, '}');
}

/* A list of the host's systems and programs whose support has ended. */
static void hg_json_ended(hg_json *to, const hg_host_view *view)
{
    hg_json_open(to, '[');
    if (view->ended.system != HG_SUPPORTED)
        write_ended_system(to, view);
    write_ended_program(to, view, &view->ended.browser, "browser");
    write_ended_program(to, view, &view->ended.server, "server");
    hg_json_close(to, ']');
}

/* ---- the other values: one function for each key ------------------------------------------------------- */

#define PLAIN_VALUE(key) HG_HOST_VALUE(key, u64, view->host->key)
HG_PLAIN_HOST_KEYS(PLAIN_VALUE)
HG_HOST_VALUE(packets, u64, hg_host_sender_of(view->hosts, view->host, view->index)->packets)
HG_HOST_VALUE(local, bool, hg_host_is_local(view->hosts, view->host))
HG_HOST_VALUE(family, families, &view->conclusion)
HG_HOST_VALUE(flavor, versions, &view->conclusion)
HG_HOST_VALUE(confidence, share, view->conclusion.confidence)
HG_HOST_VALUE(version_confidence, share, view->conclusion.version_confidence)
HG_HOST_VALUE(first_seen, time, view->host->first_ns)
HG_HOST_VALUE(last_seen, time, view->host->last_ns)
HG_HOST_VALUE(language, word, hg_language_name(view->host->language))
HG_HOST_VALUE(uptime_hz, share, view->clock == NULL ? (double)NAN : view->clock->now.hz)
HG_HOST_VALUE(uptime_reliable, bool, view->clock != NULL && view->clock->now.doubt == HG_DOUBT_NONE)
HG_HOST_VALUE(systems, u64, hg_host_systems(view))
HG_HOST_VALUE(scans, scans, &view->scans)
HG_HOST_VALUE(last_change, time_or_null, view->systems.last_change_ns)
HG_HOST_VALUE(last_sharing, time_or_null, view->systems.last_sharing_ns)
HG_HOST_VALUE(host_change, time_or_null, view->scores == NULL ? 0 : view->scores->reported_ns[HG_HOST_CHANGE])
HG_HOST_VALUE(ip_sharing, time_or_null, view->scores == NULL ? 0 : view->scores->reported_ns[HG_IP_SHARING])
HG_HOST_VALUE(tools, labels, view, HG_NAME_TOOL, 1U << HG_SOURCE_SYN | 1U << HG_SOURCE_SYN_ACK)
HG_HOST_VALUE(clients, labels, view, HG_NAME_PROGRAM, HG_CLIENT_PROGRAMS)
HG_HOST_VALUE(servers, labels, view, HG_NAME_PROGRAM, HG_SERVER_PROGRAMS)
HG_HOST_VALUE(client_ports, ports, view->hosts, &view->host, 1, HG_ROLE_CLIENT)
HG_HOST_VALUE(server_ports, ports, view->hosts, &view->host, 1, HG_ROLE_SERVER)
HG_HOST_VALUE(ip, host_address, view->host->version, &view->host->address)
HG_HOST_VALUE(mtu, optional, view->host->mtu != 0, u64, view->host->mtu)
HG_HOST_VALUE(uptime_minutes, optional, view->clock != NULL, u64, view->clock->now.minutes)
HG_HOST_VALUE(uptime_modulo_days, optional, view->clock != NULL, u64, view->clock->now.modulo_days)
HG_HOST_VALUE(version_source, word, hg_host_source_name(view->conclusion.version_source))
HG_HOST_VALUE(device, device, &view->device)
HG_HOST_VALUE(cpe, cpe, &view->device, &view->conclusion)
HG_HOST_VALUE(ended, ended, view)
HG_HOST_VALUE(mac, mac, hg_host_mac(view))
HG_HOST_VALUE(claimed_by, mac, hg_host_claimant(view))
HG_HOST_VALUE(behind, bool, hg_host_mac(view) != NULL && view->known_device->is_behind)
HG_HOST_VALUE(role, word, hg_device_role(view->hosts, hg_host_mac(view), &view->host, 1))
HG_HOST_VALUE(mac_local, optional, hg_host_mac(view) != NULL, bool, hg_mac_is_local(hg_host_mac(view)))
HG_HOST_VALUE(distance, optional, (view->host->flags & HG_HOST_DISTANCE) != 0, i64, view->host->distance)
HG_HOST_VALUE(network_card, card, view->hosts, hg_host_mac(view))
HG_HOST_VALUE(tunnel, optional, view->host->in_tunnel, written, hg_write_tunnel,
              hg_host_tunnel(view->hosts, view->host))

void hg_json_system_claim(hg_json *to, const hg_name_relation *relation)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "source", word, hg_host_source_name(relation->seen->source));
    for (uint32_t i = 0; i < HG_DEVICE_SYSTEM; i++)
        HG_JSON_KEY(to, hg_device_field(i), word, NULL);
    HG_JSON_KEY(to, "system", text, relation->name->name.text, relation->name->name.length);
    HG_JSON_KEY(to, "version", text, relation->name->flavor.text, relation->name->flavor.length);
    HG_JSON_KEY(to, "packets", u64, relation->seen->packets);
    HG_JSON_KEY(to, "first_seen", time, relation->seen->first_ns);
    HG_JSON_KEY(to, "last_seen", time, relation->seen->last_ns);
    HG_JSON_KEY(to, "scope", word, hg_scope_name(relation->seen->scope));
    HG_JSON_KEY(to, "mac", word, NULL);
    HG_JSON_KEY(to, "relation", word, hg_relation_name(relation->relation));
    hg_json_close(to, '}');
}

void hg_put_host_protocols(hg_json *to, const hg_host_view *view)
{
    const uint32_t first = hg_host_sender_of(view->hosts, view->host, view->index)->uses;
    HG_JSON_INSIDE(to, '[')
    for (const hg_host_use *use = NULL; (use = hg_pool_next(&view->hosts->uses, first, use)) != NULL;)
        hg_json_written(to, hg_put_use, use);
}

void hg_put_host_link(hg_json *to, const hg_host_view *view)
{
    const hg_host_entry *host = view->host;
    const hg_host_name *link = host->link == 0 ? NULL : hg_host_name_at(&view->hosts->names, host->link);
    const int is_own = (host->flags & (HG_HOST_OLD_LINK | HG_HOST_OWN_LINK)) == HG_HOST_OWN_LINK;
    hg_json_span(to, link != NULL && is_own ? link->name : (hg_span){0});
}

void hg_put_host_witnesses(hg_json *to, const hg_host_view *view)
{
    HG_JSON_INSIDE(to, '[')
    for (uint32_t i = 0; i < hg_count_reasons(&view->systems); i++)
        hg_json_written(to, hg_put_witness, view->hosts, &view->systems, i);
}

static void write_change(hg_json *to, const hg_change *change)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "time", time, change->time_ns);
    HG_JSON_KEY(to, "kind", word, change->kind == HG_IP_SHARING ? "ip_sharing" : "host_change");
    HG_JSON_KEY(to, "role", word, change->role == HG_ROLE_CLIENT ? "client" : "server");
    HG_JSON_KEY_INSIDE(to, "reasons", '[')
    for (uint32_t reason = 0; reason < HG_REASON_KINDS; reason++)
        if ((change->reasons >> reason & 1) != 0)
            hg_json_word(to, hg_reason_name(reason));
    HG_JSON_KEY_INSIDE(to, "raw_hits", '[')
    for (uint32_t i = 0; i < HG_CHANGE_HITS; i++)
        hg_json_u64(to, change->hits[i]);
    hg_json_close(to, '}');
}

/* The oldest change first. */
void hg_put_host_changes(hg_json *to, const hg_host_view *view)
{
    const uint32_t all = view->scores == NULL ? 0 : view->scores->change_count;
    const uint32_t count = all < HG_HOST_CHANGES ? all : HG_HOST_CHANGES;
    HG_JSON_INSIDE(to, '[')
    for (uint32_t i = all - count; i < all; i++)
        write_change(to, view->scores->changes + i % HG_HOST_CHANGES);
}

void hg_put_host_findings(hg_json *to, const hg_host_view *view)
{
    HG_JSON_INSIDE(to, '[')
    for (uint32_t i = 0; i < HG_HOST_FINDINGS; i++)
        if ((view->findings >> i & 1) != 0)
            hg_json_word(to, hg_host_finding_name(i));
}

/* ---- values for programs only ------------------------------------------------------------------------------ */

/* The word for a kind of sighting in records; NULL: not written. */
static const char *kind_of(const hg_sighting *seen, const hg_host_name *name)
{
    static const char *const PROGRAMS[HG_HOST_SOURCES] = {[HG_SOURCE_CLIENT_HELLO] = "tls_client",
                                                          [HG_SOURCE_HTTP_CLIENT] = "http_client",
                                                          [HG_SOURCE_SERVER_HEADER] = "http_server"};
    const int is_of_web = name->kind == HG_NAME_PROGRAM && PROGRAMS[seen->source] != NULL;
    if (name->kind == HG_NAME_SYSTEM || name->kind == HG_NAME_TOOL)
        return name->kind == HG_NAME_SYSTEM ? "system" : "tool";
    if (name->kind != HG_NAME_PROGRAM && name->kind != HG_NAME_CRYPTOGRAPHY)
        return NULL;
    return is_of_web ? PROGRAMS[seen->source] : hg_host_source_name(seen->source);
}

void hg_put_host_sightings(hg_json *to, const hg_host_view *view)
{
    const uint32_t of_servers = HG_SERVER_PROGRAMS | 1U << HG_SOURCE_SYN_ACK | 1U << HG_SOURCE_CRYPTOGRAPHY;
    HG_JSON_INSIDE(to, '[')
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(view->hosts, view->host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&view->hosts->names, seen->name);
        const char *kind = kind_of(seen, name);
        if (kind == NULL || name->name.length == 0)
            continue;
        hg_json_open(to, '{');
        HG_JSON_KEY(to, "kind", word, kind);
        HG_JSON_KEY(to, "name", text, name->name.text, name->name.length);
        HG_JSON_KEY(to, "flavor", text, name->flavor.text, name->flavor.length);
        HG_JSON_KEY(to, "role", word, (of_servers >> seen->source & 1) != 0 ? "server" : "client");
        HG_JSON_KEY(to, "first_seen", time, seen->first_ns);
        HG_JSON_KEY(to, "last_seen", time, seen->last_ns);
        HG_JSON_KEY(to, "packets", u64, seen->packets);
        HG_JSON_KEY(to, "confidence", double, name->kind == HG_NAME_SYSTEM ? name->confidence : (double)NAN);
        hg_json_close(to, '}');
    }
}

void hg_put_host_ports(hg_json *to, const hg_host_view *view)
{
    HG_JSON_INSIDE(to, '[')
    for (const hg_host_port *seen = NULL; (seen = hg_next_port(view->hosts, view->host, seen)) != NULL;)
        HG_JSON_OBJECT(to, HG_JSON_KEY(to, "role", word, seen->role == HG_ROLE_CLIENT ? "client" : "server"),
                       HG_JSON_KEY(to, "port", u64, seen->port),
                       HG_JSON_KEY(to, "last_seen", time, seen->last_s * INT64_C(1000000000)),
                       HG_JSON_KEY(to, "count", u64, seen->count));
}

/* Families, with their versions as numbers. */
void hg_put_host_claims(hg_json *to, const hg_host_view *view)
{
    HG_JSON_INSIDE(to, '[')
    for (uint32_t i = 0; i < view->conclusion.family_count; i++) {
        const hg_conclusion_family *family = view->conclusion.families + i;
        hg_json_open(to, '{');
        HG_JSON_KEY(to, "family", text, family->of.name.text, family->of.name.length);
        HG_JSON_KEY_INSIDE(to, "versions", '[')
        for (uint32_t j = 0; j < 2 * family->version_count; j++)
            hg_json_u64(to, family->versions[j]);
        hg_json_close(to, '}');
    }
}

/* `newer` if all versions are from `since` on, `older` if all are before it; NULL: neither, or no versions. */
static const char *by_age(const hg_conclusion_family *family, uint64_t since, const char *older, const char *newer)
{
    const uint32_t last = family->version_count - 1;
    if (family->version_count > 0 && family->versions[0] >= since)
        return newer;
    return family->version_count > 0 && family->versions[2 * (size_t)last + 1] < since ? older : NULL;
}

static const char *of_windows(const hg_conclusion_family *family)
{
    uint32_t only_2003 = 0, may_be_2003 = 0;
    for (uint32_t i = 0; i < family->version_count; i++) {
        const uint64_t first = family->versions[2 * (size_t)i], last = family->versions[2 * (size_t)i + 1];
        only_2003 += first == HG_FIRST_WINDOWS_2003 && last == HG_LAST_WINDOWS_2003;
        may_be_2003 += first <= HG_LAST_WINDOWS_2003 && last >= HG_FIRST_WINDOWS_2003;
    }
    if (only_2003 > 0 && only_2003 == family->version_count)
        return "windows2k3";
    return may_be_2003 > 0 ? NULL : by_age(family, HG_FIRST_WINDOWS_VISTA, "windows", "vista");
}

static const char *of_family(const hg_conclusion_family *named)
{
    static const struct {
        uint64_t family;
        const char *policy;
    } POLICIES[] = {{HG_FAMILY_MACOS, "macos"},
                    {HG_FAMILY_IOS, "macos"},
                    {HG_FAMILY_FREEBSD, "bsd"},
                    {HG_FAMILY_OPENBSD, "bsd"},
                    {HG_FAMILY_NETBSD, "bsd"},
                    {HG_FAMILY_DRAGONFLY_BSD, "bsd"},
                    {HG_FAMILY_ANDROID, "linux" /* 2.6 or newer */}};
    for (size_t i = 0; i < sizeof POLICIES / sizeof *POLICIES; i++)
        if (POLICIES[i].family == named->of.identity)
            return POLICIES[i].policy;
    if (named->of.identity == HG_FAMILY_LINUX)
        return by_age(named, HG_FIRST_LINUX_2_4, "old-linux", "linux");
    return named->of.identity == HG_FAMILY_WINDOWS ? of_windows(named) : NULL;
}

/* The key of Suricata's host-os-policy, which states how a host reassembles fragments and segments. NULL if the
 * conclusion fits none or several. */
static const char *policy_of(const hg_host_conclusion *conclusion)
{
    const char *found = conclusion->family_count == 0 ? NULL : of_family(conclusion->families);
    for (uint32_t i = 1; i < conclusion->family_count && found != NULL; i++) {
        const char *other = of_family(conclusion->families + i);
        if (other == NULL || strcmp(other, found) != 0)
            return NULL;
    }
    return found;
}

/* The inputs of the confidence; null if nothing is known, or the segments alone name the system. */
void hg_put_host_basis(hg_json *to, const hg_host_view *view)
{
    const hg_host_name *best = view->conclusion.best;
    if (best == NULL || best->kind == HG_NAME_SEGMENTS) {
        hg_json_null(to);
        return;
    }
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "manner", u64, best->basis.manner);
    HG_JSON_KEY(to, "weight", u64, best->basis.weight);
    HG_JSON_KEY(to, "families", u64, best->basis.family_count);
    HG_JSON_KEY_INSIDE(to, "names", '[')
    for (uint32_t i = 0; best->basis.counts_families && i < best->family_count; i++)
        hg_json_text(to, best->families[i].name.text, best->families[i].name.length);
    hg_json_close(to, '}');
}

HG_HOST_VALUE(quality, word, ((const char *const[]){NULL, "fuzzy", "generic", "both"})[view->host->quality])
HG_HOST_VALUE(dishonest, word, ((const char *const[]){NULL, "system", "program", "program"})[view->host->dishonest])
HG_HOST_VALUE(uptime_points, u64, view->clock == NULL ? 0 : view->clock->points)
HG_HOST_VALUE(agreement, double, view->conclusion.agreement)
HG_HOST_VALUE(policy, word, policy_of(&view->conclusion))

/* ---- the record --------------------------------------------------------------------------------------- */

/* A key of a record, and the function that writes its value. sigcompiler/schema/hosts.csv lists the keys; a key without
 * a function does not link. */
typedef struct record_key {
    const char *key;
    void (*put)(hg_json *to, const hg_host_view *view);
} record_key;

#define KEY(key) {#key, hg_put_host_##key},

static void write_keys(hg_json *to, const hg_host_view *view, const record_key *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        hg_json_key(to, keys[i].key);
        keys[i].put(to, view);
    }
}

void hg_host_write_json(hg_json *to, const hg_host_view *view, int with_values)
{
    static const record_key KEYS[] = {HG_HOST_KEYS(KEY)}, VALUES[] = {HG_HOST_INNER_KEYS(KEY)};
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "event", word, "host");
    write_keys(to, view, KEYS, sizeof KEYS / sizeof *KEYS);
    write_keys(to, view, VALUES, with_values ? sizeof VALUES / sizeof *VALUES : 0);
    hg_json_close(to, '}');
}

void hg_host_write_brief(hg_json *to, const hg_host_view *view)
{
    static const record_key KEYS[] = {KEY(family) KEY(flavor) KEY(confidence) KEY(version_confidence) KEY(systems) KEY(
        distance) KEY(connections) KEY(contradictions) KEY(findings) KEY(first_seen) KEY(last_seen)};
    hg_json_open(to, '{');
    write_keys(to, view, KEYS, sizeof KEYS / sizeof *KEYS);
    hg_json_close(to, '}');
}
