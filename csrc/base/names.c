/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * names.c - words for the numbers of huginn.h.
 */
#include <stddef.h>

#include "base/findings.h"
#include "base/words.h"
#include "hg_records.h"
#include "huginn.h"

HG_WORDS_OF(hg_drop_name, HG_DROP_KINDS,
            [HG_DROP_NONE] = "none", [HG_DROP_TRUNCATED] = "truncated",
            [HG_DROP_UNSUPPORTED_LINKTYPE] = "unsupported_linktype", [HG_DROP_BAD_LINK_HEADER] = "bad_link_header",
            [HG_DROP_NOT_IP] = "not_ip", [HG_DROP_BAD_IP_HEADER] = "bad_ip_header", [HG_DROP_NOT_TCP] = "not_tcp",
            [HG_DROP_FRAGMENT] = "fragment", [HG_DROP_BAD_TCP_HEADER] = "bad_tcp_header",
            [HG_DROP_BAD_FLAGS] = "bad_flags", [HG_DROP_FILTERED] = "filtered", [HG_DROP_ENCRYPTED] = "encrypted")

HG_WORDS_OF(hg_tunnel_name, HG_TUNNEL_KINDS, "none", HG_WORDS_TUNNEL(HG_WORD))

HG_WORDS_OF(hg_scope_name, HG_SCOPES,
            [HG_SCOPE_NONE] = "none", [HG_SCOPE_REMOTE] = "remote", [HG_SCOPE_SEGMENT] = "segment",
            [HG_SCOPE_OWN] = "own", [HG_SCOPE_HANDSHAKE] = "handshake")

HG_WORDS_OF(hg_event_name, HG_EVENT_KINDS, HG_WORDS_EVENT(HG_WORD))

HG_WORDS_OF(hg_protocol_name, HG_PROTOCOLS,
            [HG_PROTOCOL_TCP] = "tcp", [HG_PROTOCOL_TLS] = "tls", [HG_PROTOCOL_HTTP] = "http",
            [HG_PROTOCOL_DHCP] = "dhcp", [HG_PROTOCOL_MDNS] = "mdns", [HG_PROTOCOL_SSDP] = "ssdp",
            [HG_PROTOCOL_NETBIOS] = "netbios", [HG_PROTOCOL_SMB] = "smb", [HG_PROTOCOL_LLDP] = "lldp",
            [HG_PROTOCOL_CDP] = "cdp", [HG_PROTOCOL_SSH] = "ssh", [HG_PROTOCOL_ARP] = "arp",
            [HG_PROTOCOL_GREETINGS] = "greetings", [HG_PROTOCOL_NEIGHBOR] = "neighbor", [HG_PROTOCOL_DNS] = "dns",
            [HG_PROTOCOL_SNMP] = "snmp")

HG_WORDS_OF(hg_silence_name, HG_SILENCES, NULL, HG_WORDS_SILENCE(HG_WORD))

HG_WORDS_OF(hg_reason_name, HG_REASON_KINDS,
            [HG_REASON_APP_VS_OS] = "app_vs_os", [HG_REASON_OS_DIFF] = "os_diff", [HG_REASON_SIG_DIFF] = "sig_diff",
            [HG_REASON_X_KNOWN] = "x_known", [HG_REASON_TSTAMP] = "tstamp", [HG_REASON_TTL] = "ttl",
            [HG_REASON_PORT] = "port", [HG_REASON_MTU] = "mtu", [HG_REASON_FUZZY] = "fuzzy", [HG_REASON_VIA] = "via",
            [HG_REASON_DATE] = "date", [HG_REASON_SRV_SIG_LB] = "srv_sig_lb", [HG_REASON_UA_VS_OS] = "ua_vs_os")

#define HG_KIND(name, kind, headline, more) kind,
HG_WORDS_OF(hg_finding_kind, HG_HOST_FINDINGS, HG_EACH_FINDING(HG_KIND))

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

HG_WORDS_OF(hg_doubt_reason, HG_DOUBT_KINDS,
            [HG_DOUBT_NONE] = NULL, [HG_DOUBT_FREQUENCY] = "not a clock rate of this system",
            [HG_DOUBT_SCATTERED] = "the host's connections do not share one clock",
            [HG_DOUBT_YOUNGER] = "the host has been seen for longer than that",
            [HG_DOUBT_ALONE] = "no second reading supports it",
            [HG_DOUBT_RANDOM] = "each connection may have its own clock, as on most current systems",
            [HG_DOUBT_EARLIER] = "the system was not released yet at that time",
            [HG_DOUBT_STARTED] = "started in the last 5 minutes: Linux begins this clock shortly before it wraps")
