/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/ended.h"

#include <math.h>
#include <string.h>

#include "answers/support.h"
#include "answers/versions.h"
#include "tls/version.h"

#define DAY_NS INT64_C(86400000000000)
/* RFC 6176, 7568 and 8996 end SSL 2.0, SSL 3.0, and the rest before TLS 1.2. */
enum { SSL_2_DAY = 15034, SSL_3_DAY = 16611, TLS_1_DAY = 18709 };

static int64_t day_of(int64_t time_ns)
{
    return time_ns / DAY_NS - (time_ns % DAY_NS < 0);
}

/* ---- systems ---------------------------------------------------------------------------------------- */

static int32_t end_of_system(const hg_host_verdict *of)
{
    int32_t latest = INT32_MIN;
    for (uint32_t i = 0; i < of->family_count; i++) {
        const hg_verdict_family *one = of->families + i;
        const int32_t day = hg_support_end(one->of.identity, one->versions, one->version_count);
        latest = day > latest ? day : latest;
    }
    return of->family_count == 0 || of->middlebox != NULL || of->is_loopback ? HG_SUPPORTED : latest;
}

/* ---- browsers --------------------------------------------------------------------------------------- */

/* What it may be, as versions; 0: it has another form, or no end. */
static int read_range(hg_span of, uint64_t range[2])
{
    uint32_t ends[2];
    uint64_t last[2];
    if (of.length == 0 || !hg_versions_of_flavor(of.text, of.length, ends) || ends[1] == UINT32_MAX)
        return 0;
    hg_versions_of_parts(ends, 1, range);
    hg_versions_of_parts(ends + 1, 1, last);
    range[0] = ends[0] == 0 ? HG_OLDEST_VERSION : range[0];
    range[1] = last[1];
    return 1;
}

/* Edge has the versions of Chrome. */
static int32_t end_of_program(const hg_host_name *name)
{
    uint64_t range[2];
    if (name->kind != HG_NAME_PROGRAM || !read_range(name->flavor, range))
        return HG_SUPPORTED;
    if (hg_span_is(name->name, "Firefox"))
        return hg_support_end(HG_FAMILY_FIREFOX, range, 1);
    if (hg_span_is(name->name, "Chrome") || hg_span_is(name->name, "Edge") ||
        hg_span_is(name->name, "Chrome or Edge"))
        return hg_support_end(HG_FAMILY_CHROME, range, 1);
    return HG_SUPPORTED;
}

/* The browser of the earliest end. */
static void find_browser(const hg_hosts *hosts, const hg_host_entry *host, hg_support_ends *out)
{
    const hg_sighting *seen;
    for (uint32_t at = host->sightings; at != 0; at = seen->next) {
        seen = hg_pool_at(&hosts->seen, at);
        const hg_host_name *name = hg_host_name_at(&hosts->names, seen->name);
        const int32_t day = end_of_program(name);
        if (day >= out->browser || day > day_of(seen->last_ns))
            continue;
        out->browser = day;
        out->program = name;
    }
}

/* ---- TLS -------------------------------------------------------------------------------------------- */

static uint16_t old_versions(uint16_t versions, int64_t day)
{
    const uint32_t ssl_2 = 1U << HG_SSL_2, ssl_3 = 1U << HG_SSL_3, all = HG_OLD_TLS;
    const uint32_t ended = (day >= SSL_2_DAY ? ssl_2 : 0) | (day >= SSL_3_DAY ? ssl_3 : 0) |
                           (day >= TLS_1_DAY ? all & ~(ssl_2 | ssl_3) : 0);
    return (uint16_t)(versions & ended);
}

/* ---- all together ----------------------------------------------------------------------------------- */

void hg_host_end(const hg_hosts *hosts, const hg_host_entry *host, hg_support_ends *out)
{
    const int64_t day = day_of(host->last_ns);
    *out = (hg_support_ends){.system = HG_SUPPORTED, .browser = HG_SUPPORTED};
    out->tls[HG_ROLE_CLIENT] = old_versions(host->client_versions, day);
    out->tls[HG_ROLE_SERVER] = old_versions(host->server_versions, day);
    if (host->sightings == 0)
        return;
    find_browser(hosts, host, out);
    hg_host_verdict verdict;
    hg_host_judge(hosts, host, &verdict);
    const int32_t system = end_of_system(&verdict);
    out->system = system <= day ? system : HG_SUPPORTED;
    const int is_surer = isnan(verdict.version_confidence) || verdict.confidence < verdict.version_confidence;
    out->confidence = is_surer ? verdict.confidence : verdict.version_confidence;
}

uint32_t hg_host_findings(const hg_host_entry *host, const hg_scans *scans, const hg_support_ends *ended)
{
    const int is_old = (ended->tls[HG_ROLE_CLIENT] | ended->tls[HG_ROLE_SERVER]) != 0;
    return (host->findings & ~(uint32_t)HG_SCAN_FINDINGS) | hg_scan_findings(scans) |
           (ended->system != HG_SUPPORTED ? 1U << HG_FINDING_ENDED : 0) |
           (ended->browser != HG_SUPPORTED ? 1U << HG_FINDING_BROWSER : 0) | (is_old ? 1U << HG_FINDING_OLD_TLS : 0);
}
