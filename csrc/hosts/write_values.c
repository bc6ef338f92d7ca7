/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_values.c - the fields of a host record that only programs use.
 */
#include <math.h>

#include "hg_hosts.h"
#include "hosts/write.h"

/* The word for a kind of sighting in records; NULL: not written. */
static const char *kind_of(const hg_sighting *seen, const hg_host_name *name)
{
    static const char *const PROGRAMS[HG_HOST_SOURCES] = {
        [HG_SOURCE_CLIENT_HELLO] = "tls_client", [HG_SOURCE_HTTP_CLIENT] = "http_client", [HG_SOURCE_SERVER_HEADER] = "http_server"};
    const int is_of_web = name->kind == HG_NAME_PROGRAM && PROGRAMS[seen->source] != NULL;
    if (name->kind == HG_NAME_SYSTEM || name->kind == HG_NAME_TOOL)
        return name->kind == HG_NAME_SYSTEM ? "system" : "tool";
    if (name->kind != HG_NAME_PROGRAM && name->kind != HG_NAME_CRYPTOGRAPHY)
        return NULL;
    return is_of_web ? PROGRAMS[seen->source] : hg_host_source_name(seen->source);
}

static void put_sightings(hg_json *to, const hg_host_view *of)
{
    const uint32_t of_servers = HG_SERVER_PROGRAMS | 1U << HG_SOURCE_SYN_ACK | 1U << HG_SOURCE_CRYPTOGRAPHY;
    hg_json_open(to, '[');
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(of->hosts, of->host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&of->hosts->names, seen->name);
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
    hg_json_close(to, ']');
}

static void put_ports(hg_json *to, const hg_host_view *of)
{
    hg_json_open(to, '[');
    for (const hg_host_port *seen = NULL; (seen = hg_next_port(of->hosts, of->host, seen)) != NULL;) {
        hg_json_open(to, '{');
        HG_JSON_KEY(to, "role", word, seen->role == HG_ROLE_CLIENT ? "client" : "server");
        HG_JSON_KEY(to, "port", u64, seen->port);
        HG_JSON_KEY(to, "last_seen", time, seen->last_s * INT64_C(1000000000));
        HG_JSON_KEY(to, "count", u64, seen->count);
        hg_json_close(to, '}');
    }
    hg_json_close(to, ']');
}

/* Families, with their versions as numbers. */
static void put_claims(hg_json *to, const hg_host_view *of)
{
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < of->verdict.family_count; i++) {
        const hg_verdict_family *family = of->verdict.families + i;
        hg_json_open(to, '{');
        HG_JSON_KEY(to, "family", text, family->of.name.text, family->of.name.length);
        HG_JSON_KEY(to, "versions", open, '[');
        for (uint32_t j = 0; j < 2 * family->version_count; j++)
            hg_json_u64(to, family->versions[j]);
        hg_json_close(to, ']');
        hg_json_close(to, '}');
    }
    hg_json_close(to, ']');
}

/* `newer` if all versions are from `since` on, `older` if all are before it; NULL: neither, or no versions. */
static const char *by_age(const hg_verdict_family *of, uint64_t since, const char *older, const char *newer)
{
    const uint32_t last = of->version_count - 1;
    if (of->version_count > 0 && of->versions[0] >= since)
        return newer;
    return of->version_count > 0 && of->versions[2 * (size_t)last + 1] < since ? older : NULL;
}

static const char *of_windows(const hg_verdict_family *of)
{
    uint32_t only_2003 = 0, may_be_2003 = 0;
    for (uint32_t i = 0; i < of->version_count; i++) {
        const uint64_t first = of->versions[2 * (size_t)i], last = of->versions[2 * (size_t)i + 1];
        only_2003 += first == HG_FIRST_WINDOWS_2003 && last == HG_LAST_WINDOWS_2003;
        may_be_2003 += first <= HG_LAST_WINDOWS_2003 && last >= HG_FIRST_WINDOWS_2003;
    }
    if (only_2003 > 0 && only_2003 == of->version_count)
        return "windows2k3";
    return may_be_2003 > 0 ? NULL : by_age(of, HG_FIRST_WINDOWS_VISTA, "windows", "vista");
}

static const char *of_family(const hg_verdict_family *of)
{
    switch (of->of.identity) {
    case HG_FAMILY_MACOS:
    case HG_FAMILY_IOS:
        return "macos";
    case HG_FAMILY_FREEBSD:
    case HG_FAMILY_OPENBSD:
    case HG_FAMILY_NETBSD:
    case HG_FAMILY_DRAGONFLY_BSD:
        return "bsd";
    case HG_FAMILY_ANDROID: /* runs Linux 2.6 or newer */
        return "linux";
    case HG_FAMILY_LINUX:
        return by_age(of, HG_FIRST_LINUX_2_4, "old-linux", "linux");
    case HG_FAMILY_WINDOWS:
        return of_windows(of);
    default:
        return NULL;
    }
}

/* The key of Suricata's host-os-policy, which tells how a host reassembles fragments and segments. NULL if the verdict
 * fits none or several. */
static const char *policy_of(const hg_host_verdict *of)
{
    const char *found = of->family_count == 0 ? NULL : of_family(of->families);
    for (uint32_t i = 1; i < of->family_count && found != NULL; i++) {
        const char *other = of_family(of->families + i);
        if (other == NULL || strcmp(other, found) != 0)
            return NULL;
    }
    return found;
}

/* The inputs of the confidence; null if nothing is known. */
static void put_basis(hg_json *to, const hg_host_view *of)
{
    const hg_host_name *best = of->verdict.best;
    if (best == NULL || best->kind == HG_NAME_SEGMENTS) {
        hg_json_null(to);
        return;
    }
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "manner", u64, best->basis.manner);
    HG_JSON_KEY(to, "weight", u64, best->basis.weight);
    HG_JSON_KEY(to, "families", u64, best->basis.family_count);
    HG_JSON_KEY(to, "names", open, '[');
    for (uint32_t i = 0; best->basis.counts_families && i < best->family_count; i++)
        hg_json_text(to, best->families[i].name.text, best->families[i].name.length);
    hg_json_close(to, ']');
    hg_json_close(to, '}');
}

HG_HOST_VALUE(quality, u64, of->host->quality)
HG_HOST_VALUE(dishonest, u64, of->host->dishonest)
HG_HOST_VALUE(uptime_points, u64, of->clock == NULL ? 0 : of->clock->points)
HG_HOST_VALUE(agreement, double, of->verdict.agreement)
HG_HOST_VALUE(policy, word, policy_of(&of->verdict))

void hg_host_write_values(hg_json *to, const hg_host_view *of)
{
    static const hg_host_key KEYS[] = {HG_HOST_INNER_KEYS(HG_HOST_KEY)};
    hg_host_write_keys(to, of, KEYS, sizeof KEYS / sizeof KEYS[0]);
}
