/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "systems/words.h"

#include "announcements/fields.h"
#include "hg_hosts.h"

void hg_write_span(hg_writer *to, hg_span text)
{
    hg_write_text(to, text.text, text.length);
}

void hg_write_address(hg_writer *to, uint8_t version, const hg_address *address)
{
    HG_WRITE_VALUE(to, HG_MAX_ADDRESS, hg_put_address, version, (const uint8_t *)address->word);
}

void hg_json_host_address(hg_json *to, uint8_t version, const hg_address *address)
{
    hg_json_optional(to, version != 0, written, hg_write_address, version, address);
}

void hg_write_host(hg_writer *to, const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_tunnel_id *within = hg_host_tunnel(hosts, host);
    if (host->version == 0) /* known by its MAC */
        HG_WRITE_VALUE(to, HG_MAC_TEXT, hg_put_mac, (const uint8_t *)host->address.word);
    else
        hg_write_address(to, host->version, &host->address);
    if (within != NULL && within->kind == HG_TUNNEL_NONE)
        HG_WRITE_WITH(to, " in ", hg_write_tunnel, within);
    else
        hg_write_word(to, within != NULL ? " in a tunnel" : "");
}

void hg_write_tunnel(hg_writer *to, const hg_tunnel_id *tunnel)
{
    uint8_t inner[sizeof tunnel->inner];
    if (tunnel->kind == HG_TUNNEL_NONE) {
        HG_WRITE_VALUE(to, HG_SEGMENT_TEXT, hg_put_segment, tunnel->inner);
        return;
    }
    memcpy(inner, &tunnel->inner, sizeof inner);
    hg_write_word(to, hg_tunnel_name(tunnel->kind < HG_TUNNEL_KINDS ? tunnel->kind : HG_TUNNEL_NONE));
    if (tunnel->version != 0) {
        HG_WRITE_WITH(to, " between ", hg_write_address, tunnel->version, &tunnel->low);
        HG_WRITE_WITH(to, " and ", hg_write_address, tunnel->version, &tunnel->high);
    }
    if (tunnel->network != 0)
        HG_WRITE_WITH(to, ", network ", hg_write_u64, tunnel->network);
    if (tunnel->inner == 0)
        return;
    hg_write_word(to, ", tunnels within ");
    HG_WRITE_VALUE(to, 2 * sizeof inner, hg_put_hex, inner, sizeof inner);
}

/* ---- labels ----------------------------------------------------------------------------------------- */

void hg_put_label(hg_writer *to, const hg_host_name *name)
{
    const int is_whole = hg_flavor_repeats_name(name->name, name->flavor);
    HG_SAY(to, is_whole ? (hg_span){0} : name->name, !is_whole && name->flavor.length > 0 ? " " : "", name->flavor);
}

void hg_json_label(hg_json *to, const hg_host_name *name)
{
    hg_json_written(to, hg_put_label, name);
}

void hg_put_day(hg_writer *to, int32_t day)
{
    char text[HG_CALENDAR_BYTES + HG_RENDER_SLACK];
    hg_calendar calendar;
    hg_calendar_utc((int64_t)day * 86400, &calendar);
    (void)hg_put_calendar(text, &calendar, '-', 'T');
    hg_write_text(to, text, sizeof "2026-01-02" - 1);
}

/* ---- conclusions --------------------------------------------------------------------------------------- */

static void put_families(hg_writer *to, const hg_host_conclusion *conclusion)
{
    for (uint32_t i = 0; i < conclusion->family_count; i++)
        HG_SAY(to, i > 0 ? " or " : "", conclusion->families[i].of.name);
}

enum { MOST_VERSIONS_TEXT = 4096 /* HG_MOST_RANGES with 64 bytes each */ };

void hg_put_family_versions(hg_writer *to, const hg_named_family *family, const uint64_t *versions, uint32_t count,
                            uint32_t number, uint32_t families)
{
    char text[MOST_VERSIONS_TEXT];
    const size_t length = hg_versions_text(family->identity, versions, count, text, sizeof text);
    HG_SAY(to, number > 0 ? " / " : "", families > 1 ? family->name : (hg_span){0}, families > 1 ? " " : "",
           hg_span_of(text, length < sizeof text ? length : sizeof text));
}

void hg_put_versions(hg_writer *to, const hg_host_conclusion *conclusion)
{
    const hg_conclusion_family *one = conclusion->families;
    for (uint32_t i = 0; hg_names_versions(conclusion) && i < conclusion->family_count; i++, one++)
        hg_put_family_versions(to, &one->of, one->versions, one->version_count, i, conclusion->family_count);
}

void hg_json_families(hg_json *to, const hg_host_conclusion *conclusion)
{
    hg_json_optional(to, conclusion->family_count > 0, written, put_families, conclusion);
}

void hg_json_versions(hg_json *to, const hg_host_conclusion *conclusion)
{
    hg_json_optional(to, conclusion->family_count > 0, written, hg_put_versions, conclusion);
}

void hg_put_system(hg_writer *to, const hg_host_conclusion *conclusion)
{
    if (conclusion->family_count == 0) {
        hg_write_word(to, "???");
        return;
    }
    if (conclusion->family_count == 1 || !hg_names_versions(conclusion))
        put_families(to, conclusion);
    if (conclusion->family_count == 1 && hg_names_versions(conclusion))
        hg_write_word(to, " ");
    hg_put_versions(to, conclusion);
}

/* ---- reasons ---------------------------------------------------------------------------------------- */

void hg_put_reason(hg_writer *to, const hg_host_conclusion *conclusion, hg_host_source source)
{
    if (source == HG_SOURCE_PORT_RANGE)
        hg_write_word(to, "its source ports begin at 49152, as in Windows from Vista on");
    if (source == HG_SOURCE_LOOPBACK)
        hg_write_word(to, "a loopback address, which every machine has: its packets are not combined");
    if (source == HG_SOURCE_CLOCK)
        HG_SAY(to, "its timestamps tick at ", (uint64_t)(conclusion->clock_hz + 0.5), " Hz, as in Linux before 4.13");
    if (source == HG_SOURCE_MIDDLEBOX && conclusion->middlebox != NULL)
        HG_SAY(to, conclusion->middlebox->addresses, " addresses of ", conclusion->middlebox->networks,
               " large networks answer equally from one distance: a middlebox answers");
    else if (source == HG_SOURCE_MIDDLEBOX && conclusion->nat != NULL)
        HG_SAY(to, conclusion->nat, " answers in its place: its own system is unknown");
}

static void put_witness_name(hg_writer *to, const hg_hosts *hosts, const hg_witness *witness)
{
    const hg_host_name *name = witness->name == 0 ? NULL : hg_host_name_at(&hosts->names, witness->name);
    if (name == NULL || name->kind != HG_NAME_SYSTEM)
        hg_write_word(to, "without a name");
    else
        hg_put_label(to, name);
}

static void put_turns(hg_writer *to, const hg_hosts *hosts, const hg_systems_count *systems)
{
    int all_soon = 1;
    for (uint32_t i = 0; i < systems->witness_count; i++)
        all_soon &= systems->witnesses[i].soon;
    HG_SAY(to, "SYNs of ", systems->witness_count,
           all_soon ? " kinds alternate within a minute: " : " kinds alternate within ten minutes: ");
    for (uint32_t i = 0; i < systems->witness_count; i++) {
        if (i > 0)
            hg_write_word(to, ", ");
        put_witness_name(to, hosts, systems->witnesses + i);
    }
}

uint32_t hg_count_reasons(const hg_systems_count *systems)
{
    uint32_t count = systems->witness_count > 1;
    for (uint32_t i = 0; i < systems->witness_count; i++)
        count += systems->witnesses[i].systems > 1;
    return count;
}

void hg_put_witness(hg_writer *to, const hg_hosts *hosts, const hg_systems_count *systems, uint32_t number)
{
    uint32_t at = 0;
    if (systems->witness_count > 1 && number-- == 0) {
        put_turns(to, hosts, systems);
        return;
    }
    while (systems->witnesses[at].systems < 2 || number-- > 0)
        at++;
    HG_SAY(to, systems->witnesses[at].systems, " runs of ports at the same time to one address and port: ");
    put_witness_name(to, hosts, systems->witnesses + at);
}

void hg_write_second(hg_writer *to, int64_t time_ns)
{
    char text[HG_CALENDAR_BYTES + HG_RENDER_SLACK];
    hg_calendar calendar;
    uint32_t ns;
    hg_calendar_utc(hg_floor_seconds(time_ns, &ns), &calendar);
    hg_write_text(to, text, (size_t)(hg_put_calendar(text, &calendar, '-', ' ') - text));
}

void hg_put_span_of_time(hg_writer *to, int64_t first_ns, int64_t last_ns)
{
    hg_write_second(to, first_ns);
    HG_WRITE_WITH(to, " to ", hg_write_second, last_ns);
    hg_write_word(to, " UTC");
}

const char *hg_source_word(uint8_t source)
{
    static const char *const WORDS[HG_HOST_SOURCES] = {
#define HG_SAID(name, word) [HG_SOURCE_##name] = word,
        HG_SOURCE_WORDS(HG_SAID)
#undef HG_SAID
    };
    return source < HG_HOST_SOURCES && WORDS[source] != NULL ? WORDS[source] : "";
}

void hg_put_statement(hg_writer *to, const hg_sighting *seen, const hg_host_name *name)
{
    const int are_segments = seen->source == HG_SOURCE_SEGMENTS;
    HG_SAY(to, hg_source_word(seen->source), *hg_source_word(seen->source) == 0 ? "" : ": ", name, " (",
           HG_COUNT(seen->packets, are_segments ? "segment" : "packet"), are_segments ? " or more)" : ")");
}

/* ---- numbers ----------------------------------------------------------------------------------------- */

void hg_put_number(hg_writer *to, uint64_t value)
{
    char digits[24];
    const uint32_t length = (uint32_t)(hg_put_u64(digits, value) - digits);
    for (uint32_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            hg_write_word(to, ",");
        hg_write_text(to, digits + i, 1);
    }
}

void hg_put_plural(hg_writer *to, uint64_t count, const char *word, const char *end)
{
    hg_put_number(to, count);
    HG_SAY(to, " ", word, count != 1 ? end : "");
}

void hg_put_counted(hg_writer *to, hg_counted counted)
{
    hg_put_plural(to, counted.count, counted.word, "s");
}

/* ---- uses of protocols ------------------------------------------------------------------------------------ */

void hg_put_use(hg_writer *to, const hg_host_use *use)
{
    static const char *const NAMES[256] = {[1] = "icmp",  [2] = "igmp",   [4] = "ipip",   [6] = "tcp",
                                           [17] = "udp",  [41] = "ipv6",  [47] = "gre",   [50] = "esp",
                                           [51] = "ah",   [58] = "icmp6", [88] = "eigrp", [89] = "ospf",
                                           [103] = "pim", [112] = "vrrp", [115] = "l2tp", [132] = "sctp"};
    if (NAMES[use->protocol] != NULL)
        hg_write_word(to, NAMES[use->protocol]);
    else
        HG_WRITE_WITH(to, "protocol ", hg_write_u64, use->protocol);
    if (use->server_port != 0)
        HG_SAY(to, " ", use->server_port, " server");
}
