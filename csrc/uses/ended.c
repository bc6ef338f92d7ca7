/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/details.h"
#include "uses/ended.h"

#include "base/search.h"
#include "hosts/fact.h"
#include "names/versions.h"
#include "tls/certificate_fields.h"
#include "tls/hello.h"
#include "uses/cryptography.h"

/* Publication of RFC 6176, 7568 and 8996, which prohibit SSL 2.0, SSL 3.0, and TLS 1.0 and 1.1, in days since 1970. */
enum { SSL_2_DAY = 15034, SSL_3_DAY = 16611, TLS_1_DAY = 18709 };

enum {
    LATE_DAYS = 365,        /* how long a newer browser may still send an ended version's ClientHello */
    BROWSER_DAYS = 5 * 365, /* how long new browsers still run on a system after its end of support */
};
static const double LEAST_CONFIDENCE = 0.9; /* least confidence to report that support of a system ended */

/* ---- the list of support ends (sigcompiler/claims/support.csv) ------------------------------------------ */

typedef struct support {
    uint64_t family;
    uint64_t first;
    int32_t day;
} support;

static const support ROWS[] = {
#define HG_ROW(family, first, day) {(family), (first), (day)},
    HG_SUPPORT(HG_ROW)
#undef HG_ROW
};

enum { ROW_COUNT = sizeof ROWS / sizeof *ROWS };

/* Whether a row has versions of the range. A row reaches up to the next row of its family. */
static int is_in(const support *row, const uint64_t range[2])
{
    const support *next = row + 1;
    const int has_next = next < ROWS + ROW_COUNT && next->family == row->family;
    return row->first <= range[1] && (!has_next || range[0] < next->first);
}

/* The first row of a family; if it has none, the first row after its place. */
static uint32_t first_of(uint64_t family)
{
    uint32_t first = 0;
    HG_SEARCH(first, ROW_COUNT, ROWS[middle].family < family)
    return first;
}

/* The day since 1970 on which support of the last of these versions ended. HG_SUPPORTED if support of some has not
 * ended, the family is not listed, or no versions are given. */
static int32_t support_end(uint64_t family, const uint64_t *ranges, uint32_t count)
{
    int32_t latest = INT32_MIN;
    for (uint32_t row = first_of(family); row < ROW_COUNT && ROWS[row].family == family; row++)
        for (uint32_t i = 0; i < count; i++)
            if (is_in(ROWS + row, ranges + 2 * (size_t)i) && ROWS[row].day > latest)
                latest = ROWS[row].day;
    return latest == INT32_MIN ? HG_SUPPORTED : latest;
}

/* ---- browsers --------------------------------------------------------------------------------------- */

/* A browser and its versions, from its name. Edge shares the versions of Chrome. */
typedef struct browser {
    uint64_t family;  /* 0: no known browser, or no version */
    uint32_t ends[2]; /* first and last possible version; UINT32_MAX: any newer one */
} browser;

static browser browser_of(const hg_host_name *name)
{
    browser out = {0};
    if (name->kind != HG_NAME_PROGRAM || name->flavor.length == 0 ||
        !hg_versions_of_flavor(name->flavor.text, name->flavor.length, out.ends))
        return out;
    if (hg_span_is(name->name, "Firefox"))
        out.family = HG_FAMILY_FIREFOX;
    else if (hg_span_is(name->name, "Chrome") || hg_span_is(name->name, "Edge") ||
             hg_span_is(name->name, "Chrome or Edge"))
        out.family = HG_FAMILY_CHROME;
    return out;
}

/* The day on which support of a version ended. */
static int32_t end_of_version(uint64_t family, uint32_t version)
{
    uint64_t range[2];
    if (family == 0 || version == UINT32_MAX)
        return HG_SUPPORTED;
    hg_versions_of_parts(&version, 1, range);
    return support_end(family, range, 1);
}

/* The day on which support of the browser in a sighting ended. A ClientHello is weaker evidence: Android programs send
 * Chrome's ClientHello, and newer browsers with new features turned off send an older one for a while. */
static int32_t end_of_browser(const hg_sighting *seen, const hg_host_name *name, int may_be_android)
{
    const browser of = browser_of(name);
    const int32_t day = end_of_version(of.family, of.ends[1]);
    if (seen->source != HG_SOURCE_CLIENT_HELLO || day == HG_SUPPORTED)
        return day;
    return may_be_android ? HG_SUPPORTED : day + LATE_DAYS;
}

static void keep_newest(hg_ended_program *kept, const hg_sighting *seen, const hg_host_name *name, int32_t day)
{
    if (kept->name == NULL || day > kept->day)
        *kept = (hg_ended_program){.name = name, .day = day, .source = seen->source};
}

/* ---- servers ---------------------------------------------------------------------------------------- */

/* The day on which support ended for the distribution that built a server. The flavor names it, as in "9.2p1 (Debian
 * 12)". The program's own version does not count, because distributions patch old versions. */
static int32_t end_of_build(hg_span flavor)
{
    static const struct {
        const char *word;
        uint64_t family;
    } BUILDERS[] = {{"(Debian ", HG_FAMILY_DEBIAN}, {"(Ubuntu ", HG_FAMILY_UBUNTU}};
    const char *start = flavor.text, *end = flavor.text + flavor.length;
    const size_t length = strlen(BUILDERS[0].word);
    uint64_t range[2];
    while (start < end && *start != '(')
        start++;
    for (size_t i = 0; i < sizeof BUILDERS / sizeof *BUILDERS; i++)
        if ((size_t)(end - start) > length && memcmp(start, BUILDERS[i].word, length) == 0 && end[-1] == ')' &&
            hg_read_version(hg_span_of(start + length, (size_t)(end - start) - length - 1), range))
            return support_end(BUILDERS[i].family, range, 1);
    return HG_SUPPORTED;
}

/* Finds the newest unsupported browser, and the newest such server build among SSH servers and greetings. The
 * browser does not count if most packets come from supported browsers, so that a single odd ClientHello does not
 * count. */
static void find_programs(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_conclusion *conclusion,
                          hg_support_ends *out)
{
    uint64_t ended = 0, others = 0;
    int may_be_android = 0;
    for (uint32_t i = 0; i < conclusion->family_count; i++)
        may_be_android |= conclusion->families[i].of.identity == HG_FAMILY_ANDROID;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&hosts->names, seen->name);
        if (hg_is_earlier(conclusion, seen))
            continue;
        const browser of = browser_of(name);
        const int is_server = seen->source == HG_SOURCE_SSH_SERVER || seen->source == HG_SOURCE_GREETING;
        const int32_t build = name->kind == HG_NAME_PROGRAM && is_server ? end_of_build(name->flavor) : HG_SUPPORTED;
        if (build <= hg_floor_days(seen->last_ns))
            keep_newest(&out->server, seen, name, build);
        if (of.family != 0 && end_of_browser(seen, name, may_be_android) <= hg_floor_days(seen->last_ns)) {
            ended += seen->packets;
            keep_newest(&out->browser, seen, name, end_of_version(of.family, of.ends[1]));
        } else if (of.family != 0) {
            others += seen->packets;
        }
    }
    if (ended < others)
        out->browser.day = HG_SUPPORTED;
}

/* ---- systems ---------------------------------------------------------------------------------------- */

static int32_t end_of_system(const hg_host_conclusion *conclusion)
{
    const int is_sure =
        conclusion->confidence >= LEAST_CONFIDENCE && conclusion->version_confidence >= LEAST_CONFIDENCE;
    int32_t latest = INT32_MIN;
    if (conclusion->family_count == 0 || !is_sure || conclusion->is_loopback)
        return HG_SUPPORTED;
    for (uint32_t i = 0; i < conclusion->family_count; i++) {
        const hg_conclusion_family *one = conclusion->families + i;
        const int32_t day = support_end(one->of.identity, one->versions, one->version_count);
        latest = day > latest ? day : latest;
    }
    return latest;
}

/* Whether a claim has later versions than the conclusion, with a later end of support. */
static int is_later(const hg_claim *claim, const hg_conclusion_family *own, int32_t day)
{
    uint64_t common[2 * HG_MOST_RANGES];
    uint32_t count;
    for (uint32_t i = 0; i < claim->family_count && i < HG_CLAIM_FAMILIES; i++) {
        const hg_claim_family *family = claim->families + i;
        if (family->identity == own->of.identity && family->version_count > 0 &&
            !hg_versions_common(own->versions, own->version_count, family->versions, family->version_count, common,
                                HG_MOST_RANGES, &count) &&
            support_end(family->identity, family->versions, family->version_count) > day)
            return 1;
    }
    return 0;
}

/* Whether some evidence shows a newer system than the conclusion, whose support ended on `day`: a handshake or
 * statement with later versions, or a browser that was supported years longer. */
static int has_newer(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_conclusion *conclusion,
                     int32_t day)
{
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&hosts->names, seen->name);
        const browser of = browser_of(name);
        if (of.family != 0 && end_of_version(of.family, of.ends[0]) > day + BROWSER_DAYS)
            return 1;
        for (uint32_t i = 0; i < conclusion->family_count; i++)
            if (is_later(&name->claim, conclusion->families + i, day))
                return 1;
    }
    return 0;
}

/* ---- TLS -------------------------------------------------------------------------------------------- */

static uint16_t old_versions(uint16_t versions, int64_t day)
{
    uint32_t old = 0;
    for (uint32_t place = 0; versions >> place != 0; place++) {
        const int64_t since = place == HG_SSL_2 ? SSL_2_DAY : place == HG_SSL_3 ? SSL_3_DAY : TLS_1_DAY;
        if ((versions >> place & 1) != 0 && day >= since && hg_tls_is_disallowed(HG_TLS_NUMBERS[place]))
            old |= 1U << place;
    }
    return (uint16_t)old;
}

/* ---- certificates ----------------------------------------------------------------------------------- */

/* Findings about a certificate at the time of its packet, as bits by hg_host_finding. */
static uint64_t findings_of_certificate(hg_row row)
{
    const int64_t month = INT64_C(30) * 86400;
    const hg_certificate_columns *c = &row.columns->certificates;
    const int64_t from = c->not_before[row.at], until = c->not_after[row.at];
    uint32_t fraction;
    uint64_t found = c->weaknesses[row.at] != 0 ? UINT64_C(1) << HG_FINDING_WEAK_CERTIFICATE : 0;
    if (from == HG_NO_CERTIFICATE_TIME || until == HG_NO_CERTIFICATE_TIME)
        return found;
    const int64_t now = hg_floor_seconds(row.columns->time_ns[row.index], &fraction), left = until - now;
    const int is_ending = now >= from && left <= month && 10 * left < until - from;
    found |= now < from ? UINT64_C(1) << HG_FINDING_EARLY_CERTIFICATE : 0;
    return found | (left < 0 || is_ending ? UINT64_C(1) << HG_FINDING_OLD_CERTIFICATE : 0);
}

/* ---- all together ----------------------------------------------------------------------------------- */

void hg_host_find_ended(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_conclusion *conclusion,
                        hg_support_ends *out)
{
    const int64_t day = hg_floor_days(host->last_ns);
    *out = (hg_support_ends){.system = HG_SUPPORTED, .browser.day = HG_SUPPORTED, .server.day = HG_SUPPORTED};
    out->tls[HG_ROLE_CLIENT] = old_versions(host->client_versions, day);
    out->tls[HG_ROLE_SERVER] = old_versions(host->server_versions, day);
    out->ssh = hg_host_keys_findings(hosts, host);
    find_programs(hosts, host, conclusion, out);
    const int32_t system = end_of_system(conclusion);
    out->system = system <= day && !has_newer(hosts, host, conclusion, system) ? system : HG_SUPPORTED;
    out->confidence = hg_lesser(conclusion->confidence, conclusion->version_confidence);
}

uint64_t hg_host_findings(const hg_host_entry *host, const hg_scans *scans, const hg_support_ends *ended)
{
    const int is_weak = host->server_versions >> HG_WEAK_CIPHER & 1;
    const int is_old = (ended->tls[HG_ROLE_CLIENT] | ended->tls[HG_ROLE_SERVER]) != 0;
    return (hg_findings_of_stored(host->findings) & ~(uint64_t)(HG_SCAN_FINDINGS | HG_JUDGED_FINDINGS)) |
           hg_scan_findings(scans) | ended->ssh |
           (ended->system != HG_SUPPORTED ? UINT64_C(1) << HG_FINDING_OLD_SYSTEM : 0) |
           (ended->browser.day != HG_SUPPORTED ? UINT64_C(1) << HG_FINDING_OLD_BROWSER : 0) |
           (ended->server.day != HG_SUPPORTED ? UINT64_C(1) << HG_FINDING_OLD_SERVER : 0) |
           (is_old ? UINT64_C(1) << HG_FINDING_OLD_TLS : 0) | (is_weak ? UINT64_C(1) << HG_FINDING_WEAK_CIPHER : 0);
}

/* ---- the fact -------------------------------------------------------------------------------------- */

static void take(hg_host_event *row)
{
    if (!hg_row_is_weak(row))
        hg_host_add_findings(row->hosts, row->index, row->of.index, findings_of_certificate(row->of));
}

const hg_fact hg_fact_support = {.events = UINT64_C(1) << HG_EVENT_CERTIFICATE, .on = take};
