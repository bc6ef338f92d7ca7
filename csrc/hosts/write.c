/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/write.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

void hg_host_look(const hg_hosts *hosts, const hg_known *host, hg_host_view *out)
{
    const hg_more *more = host->more == 0 ? NULL : hg_more_of(hosts, host);
    out->hosts = hosts;
    out->host = host;
    out->clock = more == NULL || more->clock == 0 ? NULL : hg_pool_at(&hosts->clocks, more->clock);
    out->scores = more == NULL || more->scores == 0 ? NULL : hg_pool_at(&hosts->scores, more->scores);
    out->systems = more == NULL || more->systems == 0 ? (hg_systems_count){0}
                                                      : hg_systems_tell(hg_pool_at(&hosts->systems, more->systems));
    hg_host_judge(hosts, host, &out->verdict);
}

uint32_t hg_host_systems(const hg_host_view *of)
{
    if (of->systems.systems > 0)
        return of->systems.systems;
    return of->host->syns + of->host->syn_acks > 0;
}

/* ---- lists of names ----------------------------------------------------------------------------------- */

static const hg_seen *next_of(const hg_host_view *of, const hg_seen *seen)
{
    const uint32_t index = seen == NULL ? of->host->sightings : seen->next;
    return index == 0 ? NULL : hg_pool_at(&of->hosts->seen, index);
}

/* Whether an earlier sighting of these sources has the same label. */
static int is_repeated(const hg_host_view *of, const hg_seen *seen, uint32_t sources)
{
    const hg_host_name *name = hg_host_name_at(&of->hosts->names, seen->name);
    for (const hg_seen *other = next_of(of, NULL); other != seen; other = next_of(of, other)) {
        const hg_host_name *known = hg_host_name_at(&of->hosts->names, other->name);
        if ((sources >> other->source & 1) != 0 && known->kind == name->kind && hg_same_text(known->name, name->name) &&
            hg_same_text(known->flavor, name->flavor))
            return 1;
    }
    return 0;
}

/* Labels of one kind from some sources, each once. */
static void write_labels(hg_json *to, const hg_host_view *of, const char *key, hg_name_kind kind, uint32_t sources)
{
    hg_json_key(to, key);
    hg_json_open(to, '[');
    for (const hg_seen *seen = next_of(of, NULL); seen != NULL; seen = next_of(of, seen)) {
        const hg_host_name *name = hg_host_name_at(&of->hosts->names, seen->name);
        if (name->kind != kind || name->name.length == 0 || (sources >> seen->source & 1) == 0 ||
            is_repeated(of, seen, sources))
            continue;
        hg_json_begin_text(to);
        hg_put_label(to, name);
        hg_json_end_text(to);
    }
    hg_json_close(to, ']');
}

static void write_candidates(hg_json *to, const hg_host_verdict *of)
{
    hg_json_key(to, "candidates");
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < of->reading_count; i++) {
        if (!of->readings[i].is_first)
            continue;
        hg_json_begin_text(to);
        hg_put_label(to, of->readings[i].name);
        hg_json_end_text(to);
    }
    hg_json_close(to, ']');
}

/* Ports of a role, rising. */
static void write_ports(hg_json *to, const hg_host_view *of, const char *key, uint8_t role)
{
    uint16_t ports[HG_HOST_PORTS];
    uint32_t count = 0, next;
    for (uint32_t index = of->host->ports; index != 0; index = next) {
        const hg_seen_port *seen = hg_pool_at(&of->hosts->ports, index);
        next = seen->next;
        if (seen->role != role || count == HG_HOST_PORTS)
            continue;
        uint32_t at = count++;
        for (; at > 0 && ports[at - 1] > seen->port; at--)
            ports[at] = ports[at - 1];
        ports[at] = seen->port;
    }
    hg_json_key(to, key);
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < count; i++)
        hg_json_u64(to, ports[i]);
    hg_json_close(to, ']');
}

/* ---- evidence ----------------------------------------------------------------------------------------- */

static void write_relation(hg_json *to, hg_relation relation)
{
    hg_json_key(to, "relation");
    hg_json_word(to, hg_relation_name(relation));
    hg_json_close(to, '}');
}

static void write_reading(hg_json *to, const hg_seen *seen, const hg_host_name *name, hg_relation relation)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "source", word, hg_host_source_name(seen->source));
    hg_json_key(to, "name");
    hg_json_begin_text(to);
    hg_put_label(to, name);
    hg_json_end_text(to);
    HG_JSON_KEY(to, "packets", u64, seen->packets);
    HG_JSON_KEY(to, "first_seen", time, seen->first_ns);
    HG_JSON_KEY(to, "last_seen", time, seen->last_ns);
    write_relation(to, relation);
}

static void write_reason(hg_json *to, const hg_host_verdict *of, hg_host_source source, hg_relation relation)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "source", word, hg_host_source_name(source));
    hg_json_key(to, "name");
    hg_json_begin_text(to);
    hg_put_reason(to, of, source);
    hg_json_end_text(to);
    hg_json_key(to, "packets");
    hg_json_null(to);
    hg_json_key(to, "first_seen");
    hg_json_null(to);
    hg_json_key(to, "last_seen");
    hg_json_null(to);
    write_relation(to, relation);
}

static void write_evidence(hg_json *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    hg_json_key(to, "evidence");
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < of->reading_count; i++)
        write_reading(to, of->readings[i].seen, of->readings[i].name, (hg_relation)of->readings[i].relation);
    if (of->by_ports)
        write_reason(to, of, HG_SOURCE_PORT_RANGE, HG_NARROWS);
    if (of->clock_hz > 0.0)
        write_reason(to, of, HG_SOURCE_CLOCK, HG_NARROWS);
    if (of->is_loopback && of->reading_count > 1)
        write_reason(to, of, HG_SOURCE_LOOPBACK, HG_NOT_COMPARED);
    if (of->front != NULL)
        write_reason(to, of, HG_SOURCE_MIDDLEBOX, HG_CONTRADICTS);
    for (uint32_t i = 0; i < of->program_count; i++)
        write_reading(to, of->programs[i].seen, of->programs[i].name, (hg_relation)of->programs[i].relation);
    for (const hg_seen *seen = next_of(view, NULL); seen != NULL; seen = next_of(view, seen))
        if (seen->source == HG_SOURCE_MISMATCH_TLS || seen->source == HG_SOURCE_MISMATCH_HTTP)
            write_reading(to, seen, hg_host_name_at(&view->hosts->names, seen->name), HG_CONTRADICTS);
    hg_json_close(to, ']');
}

/* ---- the record --------------------------------------------------------------------------------------- */

static void write_verdict(hg_json *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    hg_json_key(to, "family");
    hg_json_begin_text(to);
    hg_put_families(to, of);
    hg_json_end_text(to);
    hg_json_key(to, "flavor");
    hg_json_begin_text(to);
    hg_put_versions(to, of);
    hg_json_end_text(to);
    HG_JSON_KEY(to, "confidence", share, of->confidence);
    HG_JSON_KEY(to, "version_confidence", share, of->version_confidence);
    write_candidates(to, of);
    write_evidence(to, view);
}

static void write_link(hg_json *to, const hg_host_view *of)
{
    const hg_known *host = of->host;
    const hg_host_name *link = host->link == 0 ? NULL : hg_host_name_at(&of->hosts->names, host->link);
    hg_json_key(to, "distance");
    if ((host->flags & HG_HOST_DISTANCE) != 0)
        hg_json_i64(to, host->distance);
    else
        hg_json_null(to);
    hg_json_key(to, "link");
    if (link != NULL && (host->flags & HG_HOST_OLD_LINK) == 0)
        hg_json_text(to, link->name.text, link->name.length);
    else
        hg_json_null(to);
    hg_json_key(to, "mtu");
    if (host->mtu != 0)
        hg_json_u64(to, host->mtu);
    else
        hg_json_null(to);
}

static void write_clock(hg_json *to, const hg_seen_clock *clock)
{
    hg_json_key(to, "uptime_minutes");
    if (clock == NULL)
        hg_json_null(to);
    else
        hg_json_u64(to, clock->minutes);
    hg_json_key(to, "uptime_modulo_days");
    if (clock == NULL)
        hg_json_null(to);
    else
        hg_json_u64(to, clock->modulo_days);
    HG_JSON_KEY(to, "uptime_hz", share, clock == NULL ? (double)NAN : clock->hz);
    HG_JSON_KEY(to, "uptime_reliable", bool, clock != NULL && clock->doubt == HG_DOUBT_NONE);
}

static void write_systems(hg_json *to, const hg_host_view *of)
{
    HG_JSON_KEY(to, "systems", u64, hg_host_systems(of));
    hg_json_key(to, "witnesses");
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < HG_FAMILIES + 1; i++) {
        hg_json before = *to;
        hg_json_begin_text(to);
        if (!hg_put_witness(to, of->hosts, &of->systems, i)) {
            to->length = before.length;
            to->needs_comma = before.needs_comma;
            break;
        }
        hg_json_end_text(to);
    }
    hg_json_close(to, ']');
}

static void write_change(hg_json *to, const hg_change *change)
{
    hg_json_begin_text(to);
    hg_put_change_words(to, change);
    hg_json_end_text(to);
}

/* The oldest one first. */
static const hg_change *change_at(const hg_scores *scores, uint32_t number)
{
    const uint32_t count = scores->change_count < HG_HOST_CHANGES ? scores->change_count : HG_HOST_CHANGES;
    return number < count ? scores->changes + (scores->change_count - count + number) % HG_HOST_CHANGES : NULL;
}

static void write_changes(hg_json *to, const hg_host_view *of)
{
    const hg_scores *scores = of->scores;
    HG_JSON_KEY(to, "last_change", time_or_null, of->systems.last_change_ns);
    HG_JSON_KEY(to, "last_sharing", time_or_null, of->systems.last_sharing_ns);
    HG_JSON_KEY(to, "host_change", time_or_null, scores == NULL ? 0 : scores->change_ns);
    HG_JSON_KEY(to, "ip_sharing", time_or_null, scores == NULL ? 0 : scores->sharing_ns);
    hg_json_key(to, "changes");
    hg_json_open(to, '[');
    for (uint32_t i = 0; scores != NULL && change_at(scores, i) != NULL; i++)
        write_change(to, change_at(scores, i));
    hg_json_close(to, ']');
}

static void write_findings(hg_json *to, const hg_known *host)
{
    const char *before = NULL;
    hg_json_key(to, "findings");
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < HG_HOST_FINDINGS; i++) {
        const char *kind = hg_finding_kind((hg_host_finding)i);
        if ((host->findings >> i & 1) == 0 || (before != NULL && strcmp(kind, before) == 0))
            continue;
        hg_json_word(to, kind);
        before = kind;
    }
    hg_json_close(to, ']');
}

void hg_host_write_json(hg_json *to, const hg_host_view *of)
{
    const hg_known *host = of->host;
    const uint32_t handshakes = 1U << HG_SOURCE_SYN | 1U << HG_SOURCE_SYN_ACK;
    uint8_t address[16];
    memcpy(address, host->address.word, sizeof address);
    hg_json_key(to, "ip");
    hg_json_address(to, host->version, address);
    write_verdict(to, of);
    write_labels(to, of, "tools", HG_NAME_TOOL, handshakes);
    HG_JSON_KEY(to, "syns", u64, host->syns);
    HG_JSON_KEY(to, "syn_acks", u64, host->syn_acks);
    HG_JSON_KEY(to, "first_seen", time, host->first_ns);
    HG_JSON_KEY(to, "last_seen", time, host->last_ns);
    HG_JSON_KEY(to, "connections", u64, host->connections);
    write_link(to, of);
    HG_JSON_KEY(to, "language", word, hg_language_name(host->language));
    HG_JSON_KEY(to, "contradictions", u64, host->contradictions);
    write_clock(to, of->clock);
    write_systems(to, of);
    write_labels(to, of, "clients", HG_NAME_PROGRAM, 1U << HG_SOURCE_CLIENT_HELLO | 1U << HG_SOURCE_HTTP_CLIENT);
    write_labels(to, of, "servers", HG_NAME_PROGRAM, 1U << HG_SOURCE_SERVER_HEADER);
    write_ports(to, of, "client_ports", HG_ROLE_CLIENT);
    write_ports(to, of, "server_ports", HG_ROLE_SERVER);
    write_changes(to, of);
    write_findings(to, host);
}

/* ---- all hosts ---------------------------------------------------------------------------------------- */

static void write_host(hg_json *to, const hg_hosts *hosts, hg_index index, hg_host_format format)
{
    hg_host_view view;
    hg_host_look(hosts, hg_known_at(hosts, index), &view);
    if (format == HG_HOST_TEXT) {
        hg_host_write_text(to, &view);
        return;
    }
    to->needs_comma = 0;
    hg_json_open(to, '{');
    hg_host_write_json(to, &view);
    if (format == HG_HOST_VALUES)
        hg_host_write_values(to, &view);
    hg_json_close(to, '}');
    to->needs_comma = 0;
    hg_json_raw(to, "\n", 1);
}

hg_status hg_hosts_write(hg_hosts *hosts, hg_host_format format, uint32_t place, uint32_t end, char *out,
                         size_t capacity, size_t *written, uint32_t *next, hg_error *error)
{
    hg_json to = {.at = out, .capacity = capacity, .has_ns_times = format == HG_HOST_VALUES, .is_plain = format == HG_HOST_TEXT};
    *written = 0;
    *next = place;
    if ((unsigned)format >= HG_HOST_FORMATS || end > hosts->known.used || place >= end)
        return hg_fail(error, HG_E_ARGUMENT, "hosts %u to %u of %u", place, end, hosts->known.used);
    pthread_mutex_lock(&hosts->lock);
    for (; *next < end; ++*next) {
        write_host(&to, hosts, *next + 1, format);
        if (to.is_full)
            break;
        *written = to.length;
    }
    pthread_mutex_unlock(&hosts->lock);
    return *next == place ? hg_fail(error, HG_E_ARGUMENT, "no room for a host in %zu bytes", capacity) : HG_OK;
}
