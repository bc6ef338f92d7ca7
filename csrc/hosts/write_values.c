/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_values.c - what only programs want of a host.
 */
#include <math.h>

#include "hosts/policy.h"
#include "hosts/write.h"

/* As records name what a sighting says. */
static const char *kind_of(const hg_seen *seen, const hg_host_name *name)
{
    switch ((hg_name_kind)name->kind) {
    case HG_NAME_SYSTEM:
        return "system";
    case HG_NAME_TOOL:
        return "tool";
    case HG_NAME_PROGRAM:
        if (seen->source == HG_SOURCE_CLIENT_HELLO)
            return "tls_client";
        return seen->source == HG_SOURCE_HTTP_CLIENT ? "http_client" : "http_server";
    case HG_NAME_CLAIMED:
    case HG_NAME_LINK:
    case HG_NAME_SIGNATURE:
    case HG_NAME_JA4:
    case HG_NAME_MISMATCH:
        break;
    }
    return NULL;
}

static const char *role_of(uint8_t source)
{
    return source == HG_SOURCE_SYN_ACK || source == HG_SOURCE_SERVER_HEADER ? "server" : "client";
}

static void write_sightings(hg_json *to, const hg_host_view *of)
{
    const hg_seen *seen;
    hg_json_key(to, "sightings");
    hg_json_open(to, '[');
    for (uint32_t index = of->host->sightings; index != 0; index = seen->next) {
        seen = hg_pool_at(&of->hosts->seen, index);
        const hg_host_name *name = hg_host_name_at(&of->hosts->names, seen->name);
        const char *kind = kind_of(seen, name);
        if (kind == NULL || name->name.length == 0)
            continue;
        hg_json_open(to, '{');
        HG_JSON_KEY(to, "kind", word, kind);
        hg_json_key(to, "name");
        hg_json_text(to, name->name.text, name->name.length);
        hg_json_key(to, "flavor");
        hg_json_text(to, name->flavor.text, name->flavor.length);
        HG_JSON_KEY(to, "role", word, role_of(seen->source));
        HG_JSON_KEY(to, "first_seen", time, seen->first_ns);
        HG_JSON_KEY(to, "last_seen", time, seen->last_ns);
        HG_JSON_KEY(to, "packets", u64, seen->packets);
        HG_JSON_KEY(to, "confidence", double, name->kind == HG_NAME_SYSTEM ? name->confidence : (double)NAN);
        hg_json_close(to, '}');
    }
    hg_json_close(to, ']');
}

static void write_ports(hg_json *to, const hg_host_view *of)
{
    const hg_seen_port *seen;
    hg_json_key(to, "ports");
    hg_json_open(to, '[');
    for (uint32_t index = of->host->ports; index != 0; index = seen->next) {
        seen = hg_pool_at(&of->hosts->ports, index);
        hg_json_open(to, '{');
        HG_JSON_KEY(to, "role", word, seen->role == HG_ROLE_CLIENT ? "client" : "server");
        HG_JSON_KEY(to, "port", u64, seen->port);
        HG_JSON_KEY(to, "last_seen", time, seen->last_s * INT64_C(1000000000));
        HG_JSON_KEY(to, "count", u64, seen->count);
        hg_json_close(to, '}');
    }
    hg_json_close(to, ']');
}

static void write_change(hg_json *to, const hg_change *change)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "time", time, change->time_ns);
    HG_JSON_KEY(to, "kind", word, change->kind == HG_IP_SHARING ? "ip_sharing" : "host_change");
    HG_JSON_KEY(to, "role", word, change->role == HG_ROLE_CLIENT ? "client" : "server");
    hg_json_key(to, "reasons");
    hg_json_open(to, '[');
    for (uint32_t reason = 0; reason < HG_REASON_KINDS; reason++)
        if ((change->reasons >> reason & 1) != 0)
            hg_json_word(to, hg_reason_name(reason));
    hg_json_close(to, ']');
    hg_json_key(to, "raw_hits");
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < HG_CHANGE_HITS; i++)
        hg_json_u64(to, change->hits[i]);
    hg_json_close(to, ']');
    hg_json_close(to, '}');
}

static void write_change_list(hg_json *to, const hg_scores *scores)
{
    const uint32_t all = scores == NULL ? 0 : scores->change_count;
    const uint32_t count = all < HG_HOST_CHANGES ? all : HG_HOST_CHANGES;
    hg_json_key(to, "change_list");
    hg_json_open(to, '[');
    for (uint32_t i = all - count; i < all; i++)
        write_change(to, scores->changes + i % HG_HOST_CHANGES);
    hg_json_close(to, ']');
}

/* Families with their versions, as numbers. */
static void write_claims(hg_json *to, const hg_host_verdict *of)
{
    hg_json_key(to, "claims");
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < of->family_count; i++) {
        const hg_verdict_family *family = of->families + i;
        hg_json_open(to, '[');
        hg_json_text(to, family->of.name.text, family->of.name.length);
        for (uint32_t j = 0; j < 2 * family->version_count; j++)
            hg_json_u64(to, family->versions[j]);
        hg_json_close(to, ']');
    }
    hg_json_close(to, ']');
}

/* What the confidence depends on; null where nothing is known. */
static void write_basis(hg_json *to, const hg_host_name *best)
{
    hg_json_key(to, "basis");
    if (best == NULL) {
        hg_json_null(to);
        return;
    }
    hg_json_open(to, '[');
    hg_json_u64(to, best->basis.manner);
    hg_json_u64(to, best->basis.weight);
    hg_json_u64(to, best->basis.family_count);
    hg_json_bool(to, best->basis.counts_families);
    for (uint32_t i = 0; i < best->family_count; i++)
        hg_json_text(to, best->families[i].name.text, best->families[i].name.length);
    hg_json_close(to, ']');
}

void hg_host_write_values(hg_json *to, const hg_host_view *of)
{
    HG_JSON_KEY(to, "quality", u64, of->host->quality);
    HG_JSON_KEY(to, "dishonest", u64, of->host->dishonest);
    HG_JSON_KEY(to, "uptime_points", u64, of->clock == NULL ? 0 : of->clock->points);
    HG_JSON_KEY(to, "exact_hz", double, of->clock == NULL ? (double)NAN : of->clock->hz);
    HG_JSON_KEY(to, "exact_confidence", double, of->verdict.confidence);
    HG_JSON_KEY(to, "exact_version_confidence", double, of->verdict.version_confidence);
    HG_JSON_KEY(to, "agreement", double, of->verdict.agreement);
    HG_JSON_KEY(to, "policy", word, hg_host_policy(&of->verdict));
    write_claims(to, &of->verdict);
    write_basis(to, of->verdict.best);
    write_sightings(to, of);
    write_ports(to, of);
    write_change_list(to, of->scores);
}
