/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * names.c - names of the enum values in huginn.h, and the library's version.
 */

#include "base/findings.h"
#include "base/words.h"
#include "hg_columns.h"
#include "hg_records.h"

uint32_t hg_abi(void)
{
    return HG_ABI;
}

const char *hg_version(void)
{
    return HG_VERSION;
}

HG_WORDS_OF(hg_drop_name, HG_DROP_KINDS, HG_DROP_NAMES)
HG_WORDS_OF(hg_anomaly_name, HG_ANOMALY_KINDS, HG_ANOMALY_NAMES)
HG_WORDS_OF(hg_tunnel_name, HG_TUNNEL_KINDS, HG_TUNNEL_NAMES)
HG_WORDS_OF(hg_scope_name, HG_SCOPES, HG_SCOPE_NAMES)
HG_WORDS_OF(hg_event_name, HG_EVENT_KINDS, HG_WORDS_EVENT(HG_WORD))
HG_WORDS_OF(hg_protocol_name, HG_PROTOCOLS, HG_PROTOCOL_NAMES)
HG_WORDS_OF(hg_login_name, HG_LOGINS, HG_WORDS_LOGIN_PROTOCOL(HG_WORD))
HG_WORDS_OF(hg_silence_reason, HG_SILENCES, NULL, "too few segments", "several TTLs", "more than 30 hops away",
            "an initial TTL of 255", "an initial TTL of 32", "DF is not set", "no rule fits")
HG_WORDS_OF(hg_reason_name, HG_REASON_KINDS, HG_REASON_NAMES)
HG_WORDS_OF(hg_client_check_name, HG_CLIENT_CHECKS, HG_CLIENT_CHECK_NAMES)
HG_WORDS_OF(hg_verdict_name, HG_VERDICTS, HG_VERDICT_NAMES)
HG_WORDS_OF(hg_peer_status_name, HG_PEER_STATUSES, HG_PEER_STATUS_NAMES)
HG_WORDS_OF(hg_host_source_name, HG_HOST_SOURCES, HG_HOST_SOURCE_NAMES)
#define HG_KIND(NAME, kind, headline, more, topic, answer) kind,
HG_WORDS_OF(hg_host_finding_name, HG_HOST_FINDINGS, HG_EACH_FINDING(HG_KIND))

const char *hg_finding_words(uint32_t finding)
{
#define HG_WORDS(NAME, kind, headline, more, topic, answer) [HG_FINDING_##NAME] = (headline),
    static const char *const HEADLINES[HG_HOST_FINDINGS] = {HG_EACH_FINDING(HG_WORDS)};
#undef HG_WORDS
    return finding < HG_HOST_FINDINGS ? HEADLINES[finding] + 1 : NULL; /* skips the leading space */
}

HG_WORDS_OF(hg_weight_name, HG_WEIGHTS, HG_WEIGHT_NAMES)

typedef struct weighed_kind {
    const char *kind;
    uint32_t weight;
    const char *mark;
} weighed_kind;

static const weighed_kind *find_kind(const char *kind)
{
#define HG_KIND_OF(name, weight, mark) {name, weight, mark},
    static const weighed_kind KINDS[] = {HG_EACH_WEIGHT(HG_KIND_OF)};
#undef HG_KIND_OF
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(kind, KINDS[i].kind) == 0)
            return KINDS + i;
    return NULL;
}

uint32_t hg_finding_weight(const char *kind)
{
    const weighed_kind *found = find_kind(kind);
    return found == NULL ? HG_WEIGHTS : found->weight;
}

const char *hg_finding_mark(const char *kind)
{
    const weighed_kind *found = find_kind(kind);
    return found == NULL ? NULL : found->mark;
}

hg_reader_id hg_event_reader(uint32_t event)
{
#define HG_OF_READER(KIND, name, READER, heading) [HG_EVENT_##KIND] = HG_READER_##READER,
    static const uint8_t READERS[HG_EVENT_KINDS] = {HG_EVENT_NAMES(HG_OF_READER)};
#undef HG_OF_READER
    return event < HG_EVENT_KINDS ? (hg_reader_id)READERS[event] : HG_READERS;
}

HG_WORDS_OF(hg_doubt_reason,
            HG_DOUBT_KINDS, [HG_DOUBT_NONE] = NULL, [HG_DOUBT_FREQUENCY] = "not a clock rate of this system",
            [HG_DOUBT_SCATTERED] = "the host's connections do not share one clock",
            [HG_DOUBT_YOUNGER] = "the host has been seen for longer than that",
            [HG_DOUBT_ALONE] = "no second reading supports it",
            [HG_DOUBT_RANDOM] = "each connection may have its own clock, as on most current systems",
            [HG_DOUBT_EARLIER] = "the system was not released yet at that time",
            [HG_DOUBT_STARTED] = "started in the last 5 minutes: Linux begins this clock shortly before it wraps")
