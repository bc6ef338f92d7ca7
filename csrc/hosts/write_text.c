/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_text.c - a host record as text: a title with the address, then one line per known fact.
 */
#include <math.h>
#include <string.h>

#include "base/value.h"
#include "hosts/services.h"
#include "hosts/write.h"

enum { MOST_CANDIDATES = 3, MOST_PROGRAMS = 8 /* shown per kind */, MOST_ITEMS = 6 };

/* Writes a key; values begin in column 11. */
static void begin_line(hg_writer *to, const char *key)
{
    static const char BLANKS[8] = "        ";
    const size_t length = strlen(key);
    HG_WRITE_WITH(to, "  ", hg_write, key, length);
    hg_write(to, BLANKS, sizeof BLANKS - length);
}

static void write_percent(hg_writer *to, double share)
{
    HG_WRITE_VALUE(to, HG_PERCENT_BYTES, hg_put_percent, share);
}

/* ---- evidence ---------------------------------------------------------------------------------------------- */

/* Lines under one key; only the first MOST_ITEMS are written. */
typedef struct text_items {
    hg_writer *to;
    const char *key;
    uint32_t count;
} text_items;

/* 0: no more lines are written. */
static int begin_item(text_items *of)
{
    if (of->count++ >= MOST_ITEMS)
        return 0;
    begin_line(of->to, of->count == 1 ? of->key : "");
    return 1;
}

/* Writes how many lines were left out. */
static void end_items(text_items *of)
{
    if (of->count <= MOST_ITEMS)
        return;
    begin_line(of->to, "");
    HG_WRITE_WITH(of->to, "and ", hg_write_u64, of->count - MOST_ITEMS);
    hg_write_word(of->to, " more\n");
}

/* Whether handshakes of the host were captured. */
static int has_handshakes(const hg_host_entry *host)
{
    return host->syns + (uint64_t)host->syn_acks > 0;
}

/* Whether a host is known only from its announcements. */
static int is_only_device(const hg_host_view *of)
{
    return of->verdict.family_count == 0 && !has_handshakes(of->host) && hg_device_is_known(&of->device);
}

static void put_reading(text_items *of, const hg_sighting *seen, const hg_host_name *name, int narrows)
{
    if (!begin_item(of))
        return;
    hg_write_word(of->to, hg_source_word(seen->source));
    hg_write_word(of->to, *hg_source_word(seen->source) == 0 ? "" : ": ");
    hg_put_label(of->to, name);
    HG_WRITE_WITH(of->to, " (", hg_put_count, seen->packets, seen->source == HG_SOURCE_SEGMENTS ? "segment" : "packet");
    hg_write_word(of->to, seen->source == HG_SOURCE_SEGMENTS ? " or more" : "");
    hg_write_word(of->to, narrows ? "), which narrows the versions\n" : ")\n");
}

static void put_reason(text_items *of, const hg_host_verdict *verdict, hg_host_source source)
{
    if (!begin_item(of))
        return;
    hg_put_reason(of->to, verdict, source);
    hg_write_word(of->to, "\n");
}

static void put_readings(text_items *of, const hg_name_relation *readings, uint32_t count, int contradict)
{
    for (uint32_t i = 0; i < count; i++) {
        const hg_relation relation = (hg_relation)readings[i].relation;
        const int is_claim = readings[i].seen->source == HG_SOURCE_ANNOUNCEMENT; /* see put_claims */
        if ((relation == HG_CONTRADICTS) == contradict && !is_claim)
            put_reading(of, readings[i].seen, readings[i].name, relation == HG_NARROWS);
    }
}

/* Writes the claims from announcements about the device. */
static void put_claims(text_items *of, const hg_device_verdict *device, int contradict)
{
    for (uint32_t i = 0; i < device->reading_count; i++) {
        const hg_device_reading *reading = device->readings + i;
        if (reading->contradicts != contradict || !begin_item(of))
            continue;
        hg_write_word(of->to, hg_announcement_name(reading->claim->kind));
        hg_write_word(of->to, ": ");
        hg_device_put_claim(of->to, reading->claim);
        HG_WRITE_WITH(of->to, " (", hg_put_count, reading->packets, "packet");
        hg_write_word(of->to, ")\n");
    }
}

static uint64_t syns_of_tools(const hg_host_view *of)
{
    uint64_t count = 0;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(of->hosts, of->host, seen)) != NULL;) {
        const int is_tool = hg_host_name_at(&of->hosts->names, seen->name)->kind == HG_NAME_TOOL;
        count += is_tool && seen->source == HG_SOURCE_SYN ? seen->packets : 0;
    }
    return count;
}

/* Writes the reason for "OS: ???". */
static void put_why_unknown(text_items *of, const hg_host_view *view)
{
    if (!begin_item(of))
        return;
    if (has_handshakes(view->host))
        hg_write_word(of->to, "no signature names its handshakes\n");
    else if (syns_of_tools(view) > 0)
        hg_write_word(of->to, "a tool made all its SYNs, so they do not show its system\n");
    else
        hg_write_word(of->to, "none of its SYNs and SYN+ACKs was captured\n");
}

/* "Why:" */
static void write_evidence(hg_writer *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    text_items why = {.to = to, .key = "Why:"};
    put_readings(&why, of->readings, of->reading_count, 0);
    if (of->by_ports)
        put_reason(&why, of, HG_SOURCE_PORT_RANGE);
    if (of->clock_hz > 0.0)
        put_reason(&why, of, HG_SOURCE_CLOCK);
    if (of->is_loopback && of->reading_count > 1)
        put_reason(&why, of, HG_SOURCE_LOOPBACK);
    put_readings(&why, &of->segments, of->segments.seen != NULL, 0);
    put_readings(&why, of->programs, of->program_count, 0);
    put_claims(&why, &view->device, 0);
    if (of->family_count == 0 && why.count == 0 && !is_only_device(view))
        put_why_unknown(&why, view);
    end_items(&why);
}

/* "But:" */
static void write_contradictions(hg_writer *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    text_items but = {.to = to, .key = "But:"};
    if (of->middlebox != NULL || of->nat != NULL)
        put_reason(&but, of, HG_SOURCE_MIDDLEBOX);
    put_readings(&but, of->readings, of->reading_count, 1);
    put_readings(&but, &of->segments, of->segments.seen != NULL, 1);
    put_readings(&but, of->programs, of->program_count, 1);
    put_claims(&but, &view->device, 1);
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(view->hosts, view->host, seen)) != NULL;)
        if (hg_is_of_mismatch(seen->source))
            put_reading(&but, seen, hg_host_name_at(&view->hosts->names, seen->name), 0);
    end_items(&but);
}

/* ---- the system --------------------------------------------------------------------------------------- */

/* ", perhaps Linux 3.1-3.10 or Solaris 9 or older" */
static void put_candidates(hg_writer *to, const hg_host_verdict *of)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < of->reading_count && count < MOST_CANDIDATES; i++) {
        if (!hg_is_new_candidate(of, i))
            continue;
        hg_write_word(to, count++ == 0 ? ", perhaps " : " or ");
        hg_put_label(to, of->readings[i].name);
    }
}

static void write_system(hg_writer *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    if (is_only_device(view))
        return;
    begin_line(to, "OS:");
    hg_put_system(to, of);
    if (of->is_unsure)
        put_candidates(to, of);
    hg_write_word(to, "\n");
    if (of->family_count == 0)
        return;
    begin_line(to, "Sure:");
    HG_WRITE_VALUE(to, HG_CONFIDENCE_BYTES, hg_put_confidence, of->confidence, of->version_confidence, of->family_count);
    const char *by = hg_source_word(of->version_source);
    if (of->family_count == 1 && of->version_source != of->source && *by != 0)
        HG_WRITE_WITH(to, " by its ", hg_write_word, by);
    hg_write_word(to, "\n");
}

/* ---- ended support --------------------------------------------------------------------- */

static void write_ended_on(hg_writer *to, int32_t day, double confidence, uint8_t source)
{
    HG_WRITE_WITH(to, " on ", hg_put_day, day);
    hg_write_word(to, " (");
    if (!isnan(confidence)) {
        write_percent(to, confidence);
        hg_write_word(to, ", ");
    }
    HG_WRITE_WITH(to, "by its ", hg_write_word, hg_source_word(source));
    hg_write_word(to, ")\n");
}

static void write_program_line(hg_writer *to, const hg_ended_program *ended)
{
    if (ended->day == HG_SUPPORTED)
        return;
    begin_line(to, "Ended:");
    HG_WRITE_WITH(to, "support of ", hg_put_label, ended->name);
    write_ended_on(to, ended->day, (double)NAN, ended->source);
}

/* "Ended:  support of Windows XP on 2014-04-08 (94 %, by its SYN)" */
static void write_ended_lines(hg_writer *to, const hg_host_view *of)
{
    if (of->ended.system != HG_SUPPORTED) {
        begin_line(to, "Ended:");
        HG_WRITE_WITH(to, "support of ", hg_put_system, &of->verdict);
        write_ended_on(to, of->ended.system, of->ended.confidence, of->verdict.version_source);
    }
    write_program_line(to, &of->ended.browser);
    write_program_line(to, &of->ended.server);
}

/* ---- programs and ports ------------------------------------------------------------------------------- */

static void write_names(hg_writer *to, const hg_host_view *of, const char *key, uint32_t sources, hg_name_kind kind)
{
    uint32_t count = 0;
    for (const hg_sighting *seen = NULL; count < MOST_PROGRAMS && (seen = hg_next_label(of, seen, kind, sources)) != NULL;) {
        if (count++ == 0)
            begin_line(to, key);
        else
            hg_write_word(to, ", ");
        hg_put_label(to, hg_host_name_at(&of->hosts->names, seen->name));
    }
    if (count > 0)
        hg_write_word(to, "\n");
}

static void write_services(hg_writer *to, const hg_host_view *of)
{
    const char *word = "  Serves: ";
    for (const hg_host_service *one = NULL; (one = hg_service_next(of->hosts, of->host, one)) != NULL; word = ", ")
        HG_WRITE_WITH(to, word, hg_put_label, hg_host_name_at(&of->hosts->names, one->name));
    hg_write_word(to, *word == ',' ? "\n" : "");
}

static void write_leases(hg_writer *to, const hg_host_view *of)
{
    const char *word = "  Leases: ";
    for (const hg_host_lease *one = NULL; (one = hg_lease_next(of->hosts, of->host, one)) != NULL; word = ", ")
        HG_WRITE_WITH(to, word, hg_write_address, (uint8_t)one->version, &one->address);
    hg_write_word(to, *word == ',' ? "\n" : "");
}

static void write_ports_of(hg_writer *to, const hg_host_view *of, uint8_t role, const char *begin, uint32_t *shown)
{
    uint32_t count = 0;
    for (const hg_host_port *seen = NULL; (seen = hg_next_port(of->hosts, of->host, seen)) != NULL;) {
        if (seen->role != role)
            continue;
        if (count == 0 && (*shown)++ == 0)
            begin_line(to, "Ports:");
        else
            hg_write_word(to, count == 0 ? "; " : ", ");
        hg_write_word(to, count++ == 0 ? begin : "");
        hg_write_u64(to, seen->port);
    }
    if (count == HG_HOST_PORTS / 2)
        hg_write_word(to, " and perhaps more");
}

static void write_scans(hg_writer *to, const hg_scans *scans)
{
    for (uint32_t kind = 0; kind < HG_SCAN_KINDS; kind++) {
        if (scans->of[kind].targets == 0)
            continue;
        begin_line(to, "Tried:");
        hg_put_scan(to, scans->of + kind, kind);
        hg_write_word(to, "\n");
    }
}

static void write_ports(hg_writer *to, const hg_host_view *of)
{
    uint32_t shown = 0;
    write_ports_of(to, of, HG_ROLE_CLIENT, "connects to ", &shown);
    write_ports_of(to, of, HG_ROLE_SERVER, "answers from ", &shown);
    if (shown > 0)
        hg_write_word(to, "\n");
}

/* ---- the device --------------------------------------------------------------------------------------- */

static void write_device(hg_writer *to, const hg_host_view *of)
{
    if (hg_device_is_known(&of->device)) {
        begin_line(to, "Device:");
        hg_device_put(to, of->device.values);
        HG_WRITE_WITH(to, " (", write_percent, hg_device_confidence(&of->device));
        hg_write_word(to, ")\n");
    }
    if (hg_host_mac(of) == NULL)
        return;
    begin_line(to, "MAC:");
    hg_write_mac(to, hg_host_mac(of));
    hg_write_word(to, hg_mac_is_local(hg_host_mac(of)) ? " (local)" : "");
    hg_put_card(to, of->hosts, hg_host_mac(of));
    hg_write_word(to, "\n");
}

/* ---- the path, the clock, changes --------------------------------------------------------------------- */

static void write_path(hg_writer *to, const hg_host_view *of)
{
    const hg_host_entry *host = of->host;
    const int has_distance = (host->flags & HG_HOST_DISTANCE) != 0;
    if (!has_distance && host->mtu == 0)
        return;
    begin_line(to, "Path:");
    if (has_distance)
        hg_put_count(to, (uint64_t)(host->distance < 0 ? 0 : host->distance), "hop");
    if (host->mtu != 0)
        hg_write_word(to, has_distance ? ", " : "");
    if (host->mtu != 0 && (host->flags & HG_HOST_OWN_LINK) == 0) {
        HG_WRITE_WITH(to, "MSS ", hg_write_u64, host->mtu - (host->version == 4 ? 40 : 60));
        hg_write_word(to, ", set by the server or on the path");
    } else if (host->mtu != 0) {
        if (host->link != 0 && (host->flags & HG_HOST_OLD_LINK) == 0) {
            hg_put_label(to, hg_host_name_at(&of->hosts->names, host->link));
            hg_write_word(to, ", ");
        }
        HG_WRITE_WITH(to, "MTU ", hg_write_u64, host->mtu);
    }
    hg_write_word(to, "\n");
}

static void write_uptime(hg_writer *to, const hg_host_clock *clock)
{
    if (clock == NULL)
        return;
    begin_line(to, "Up:");
    hg_put_count(to, clock->now.minutes / 1440, "day");
    HG_WRITE_WITH(to, ", ", hg_write_u64, clock->now.minutes / 60 % 24);
    HG_WRITE_WITH(to, " hrs, ", hg_write_u64, clock->now.minutes % 60);
    HG_WRITE_WITH(to, " min (modulo ", hg_put_count, clock->now.modulo_days, "day");
    hg_write_word(to, ")");
    if (clock->now.doubt != HG_DOUBT_NONE)
        hg_write_word(to, ", not reliable");
    if (hg_doubt_reason(clock->now.doubt) != NULL)
        HG_WRITE_WITH(to, ": ", hg_write_word, hg_doubt_reason(clock->now.doubt));
    hg_write_word(to, "\n");
}

static void write_shared(hg_writer *to, const hg_host_view *of)
{
    if (of->systems.systems < 2)
        return;
    begin_line(to, "Shared:");
    hg_write_u64(to, of->systems.systems);
    hg_write_word(to, " systems or more\n");
    for (uint32_t i = 0; i < hg_count_reasons(&of->systems); i++) {
        begin_line(to, "");
        hg_put_witness(to, of->hosts, &of->systems, i);
        hg_write_word(to, "\n");
    }
}

static void write_change(hg_writer *to, const hg_scores *scores)
{
    if (scores == NULL || scores->change_count == 0)
        return;
    char reasons[256];
    const hg_change *latest = scores->changes + (scores->change_count - 1) % HG_HOST_CHANGES;
    begin_line(to, "Change:");
    hg_write_word(to, latest->kind == HG_IP_SHARING ? "ip sharing as " : "host change as ");
    hg_write_word(to, latest->role == HG_ROLE_CLIENT ? "client (" : "server (");
    hg_write_text(to, reasons, (size_t)(hg_put_reasons(reasons, latest->reasons, ' ', 0) - reasons));
    HG_WRITE_WITH(to, "), ", hg_write_second, latest->time_ns);
    hg_write_word(to, "\n");
}

static void write_seen(hg_writer *to, const hg_host_view *of)
{
    const hg_host_entry *host = of->host;
    const uint64_t of_tools = syns_of_tools(of);
    begin_line(to, "Seen:");
    if (has_handshakes(host)) {
        hg_put_count(to, host->syns, "SYN");
        HG_WRITE_WITH(to, ", ", hg_put_count, host->syn_acks, "SYN+ACK");
        hg_write_word(to, ", ");
    }
    if (of_tools > 0) {
        hg_put_count(to, of_tools, "SYN");
        hg_write_word(to, " of tools, ");
    }
    hg_put_span_of_time(to, host->first_ns, host->last_ns);
    hg_write_word(to, "\n");
}

static void write_tunnel(hg_writer *to, const hg_tunnel_id *of)
{
    if (of == NULL)
        return;
    begin_line(to, "Tunnel:");
    HG_WRITE_VALUE(to, HG_HOST_WORDS_BYTES, hg_put_tunnel, of);
    hg_write_word(to, "\n");
}

void hg_host_write_text(hg_writer *to, const hg_host_view *of)
{
    hg_write_word(to, "[Host] ");
    if (of->host->version != 0)
        hg_write_address(to, of->host->version, &of->host->address);
    else if (hg_host_mac(of) != NULL)
        hg_write_mac(to, hg_host_mac(of));
    hg_write_word(to, "\n");
    write_tunnel(to, hg_host_tunnel(of->hosts, of->host));
    write_device(to, of);
    write_system(to, of);
    write_evidence(to, of);
    write_contradictions(to, of);
    write_ended_lines(to, of);
    write_names(to, of, "Tool:", 1U << HG_SOURCE_SYN | 1U << HG_SOURCE_SYN_ACK, HG_NAME_TOOL);
    write_names(to, of, "App:", HG_CLIENT_PROGRAMS, HG_NAME_PROGRAM);
    write_names(to, of, "Server:", HG_SERVER_PROGRAMS, HG_NAME_PROGRAM);
    write_services(to, of);
    write_leases(to, of);
    write_ports(to, of);
    write_scans(to, &of->scans);
    write_path(to, of);
    write_uptime(to, of->clock);
    write_shared(to, of);
    write_change(to, of->scores);
    write_seen(to, of);
    hg_write_word(to, "\n");
}
