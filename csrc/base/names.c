/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * names.c - words for the numbers of huginn.h.
 */
#include <stddef.h>

#include "base/findings.h"
#include "hg_columns.h"
#include "hg_records.h"
#include "huginn.h"

const char *hg_drop_name(uint32_t drop)
{
    static const char *const NAMES[HG_DROP_KINDS] = {HG_DROP_NAMES};
    return drop < HG_DROP_KINDS ? NAMES[drop] : NULL;
}

const char *hg_tunnel_name(uint32_t tunnel)
{
    static const char *const NAMES[HG_TUNNEL_KINDS] = {HG_TUNNEL_NAMES};
    return tunnel < HG_TUNNEL_KINDS ? NAMES[tunnel] : NULL;
}

const char *hg_scope_name(uint32_t scope)
{
    static const char *const NAMES[HG_SCOPES] = {HG_SCOPE_NAMES};
    return scope < HG_SCOPES ? NAMES[scope] : NULL;
}

const char *hg_event_name(uint32_t event)
{
#define HG_NAME(KIND, name, READER, heading) [HG_EVENT_##KIND] = (name),
    static const char *const NAMES[HG_EVENT_KINDS] = {HG_EVENT_NAMES(HG_NAME)};
#undef HG_NAME
    return event < HG_EVENT_KINDS ? NAMES[event] : NULL;
}

const char *hg_protocol_name(uint32_t protocol)
{
    static const char *const NAMES[HG_PROTOCOLS] = {HG_PROTOCOL_NAMES};
    return protocol < HG_PROTOCOLS ? NAMES[protocol] : NULL;
}

const char *hg_silence_name(uint32_t silence)
{
    static const char *const NAMES[HG_SILENCES] = {HG_SILENCE_NAMES};
    return silence < HG_SILENCES && silence != HG_SILENCE_NONE ? NAMES[silence] : NULL;
}

const char *hg_reason_name(uint32_t reason)
{
    static const char *const NAMES[HG_REASON_KINDS] = {HG_REASON_NAMES};
    return reason < HG_REASON_KINDS ? NAMES[reason] : NULL;
}

const char *hg_client_check_name(uint32_t check)
{
    static const char *const NAMES[HG_CLIENT_CHECKS] = {HG_CLIENT_CHECK_NAMES};
    return check < HG_CLIENT_CHECKS ? NAMES[check] : NULL;
}

const char *hg_verdict_name(uint32_t verdict)
{
    static const char *const NAMES[HG_VERDICTS] = {HG_VERDICT_NAMES};
    return verdict < HG_VERDICTS ? NAMES[verdict] : NULL;
}

const char *hg_peer_status_name(uint32_t status)
{
    static const char *const NAMES[HG_PEER_STATUSES] = {HG_PEER_STATUS_NAMES};
    return status < HG_PEER_STATUSES ? NAMES[status] : NULL;
}

const char *hg_host_source_name(uint32_t source)
{
    static const char *const NAMES[HG_HOST_SOURCES] = {HG_HOST_SOURCE_NAMES};
    return source < HG_HOST_SOURCES ? NAMES[source] : NULL;
}

const char *hg_finding_kind(uint32_t finding)
{
#define HG_KIND(name, kind, headline, more) [HG_FINDING_##name] = (kind),
    static const char *const KINDS[HG_HOST_FINDINGS] = {HG_EACH_FINDING(HG_KIND)};
#undef HG_KIND
    return finding < HG_HOST_FINDINGS ? KINDS[finding] : NULL;
}

const char *hg_finding_words(uint32_t finding)
{
#define HG_WORDS(name, kind, headline, more) [HG_FINDING_##name] = (headline),
    static const char *const HEADLINES[HG_HOST_FINDINGS] = {HG_EACH_FINDING(HG_WORDS)};
#undef HG_WORDS
    return finding < HG_HOST_FINDINGS ? HEADLINES[finding] + 1 : NULL; /* without the space */
}

hg_reader_id hg_event_reader(uint32_t event)
{
#define HG_OF_READER(KIND, name, READER, heading) [HG_EVENT_##KIND] = HG_READER_##READER,
    static const uint8_t READERS[HG_EVENT_KINDS] = {HG_EVENT_NAMES(HG_OF_READER)};
#undef HG_OF_READER
    return event < HG_EVENT_KINDS ? (hg_reader_id)READERS[event] : HG_READERS;
}

const char *hg_doubt_reason(uint32_t doubt)
{
    static const char *const REASONS[HG_DOUBT_KINDS] = {
        [HG_DOUBT_NONE] = NULL,
        [HG_DOUBT_FREQUENCY] = "not a clock rate of this system",
        [HG_DOUBT_SCATTERED] = "the host's connections do not share one clock",
        [HG_DOUBT_YOUNGER] = "the host has been seen for longer than that",
        [HG_DOUBT_ALONE] = "no second reading supports it",
        [HG_DOUBT_RANDOM] = "each connection may have its own clock, as on most current systems",
        [HG_DOUBT_EARLIER] = "the system was not released yet at that time",
        [HG_DOUBT_STARTED] = "started in the last 5 minutes: Linux begins this clock shortly before it wraps",
    };
    return doubt < HG_DOUBT_KINDS ? REASONS[doubt] : NULL;
}
