/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_text.c - a host record for people: a title with the address, then a line per known fact.
 */
#include <math.h>
#include <string.h>

#include "base/value.h"
#include "hosts/write.h"
#include "hosts/write_device.h"

enum { MOST_EVIDENCE = 6, MOST_PROGRAMS = 8 /* of a kind that are shown */ };

static void put(hg_writer *to, const char *word)
{
    hg_write_word(to, word);
}

/* A key, and values from column 11 on. */
static void begin_line(hg_writer *to, const char *key)
{
    put(to, "  ");
    put(to, key);
    for (size_t at = strlen(key); at < 8; at++)
        put(to, " ");
}

static void end_line(hg_writer *to)
{
    put(to, "\n");
}

/* "3 SYNs" */
static void put_count(hg_writer *to, uint64_t count, const char *word)
{
    hg_write_u64(to, count);
    put(to, " ");
    put(to, word);
    if (count != 1)
        put(to, "s");
}

/* Never rounded up to certainty. */
static void put_percent(hg_writer *to, double share)
{
    hg_write_u64(to, (uint64_t)(100.0 * share));
    put(to, " %");
}

/* ---- the system --------------------------------------------------------------------------------------- */

static int has_handshakes(const hg_host_entry *host)
{
    return host->syns + (uint64_t)host->syn_acks > 0;
}

/* Of a device without handshakes its announcements say all that is known. */
static int is_only_device(const hg_host_view *of)
{
    return of->verdict.family_count == 0 && !has_handshakes(of->host) && hg_device_is_known(&of->device);
}

static const char *word_of(uint8_t source);

static void write_system(hg_writer *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    if (is_only_device(view))
        return;
    begin_line(to, "OS:");
    hg_put_system(to, of);
    end_line(to);
    if (of->family_count == 0)
        return;
    char text[HG_SURE_BYTES];
    begin_line(to, "Sure:");
    hg_write_text(to, text, (size_t)(hg_put_sure(text, of->confidence, of->version_confidence, of->family_count) - text));
    const char *by = word_of(of->version_source);
    if (of->family_count == 1 && of->version_source != of->source && strlen(by) > 2) {
        put(to, " by its ");
        hg_write_text(to, by, strlen(by) - 2);
    }
    end_line(to);
}

static const char *word_of(uint8_t source)
{
    switch ((hg_host_source)source) {
    case HG_SOURCE_SYN:
        return "SYN: ";
    case HG_SOURCE_SYN_ACK:
        return "SYN+ACK: ";
    case HG_SOURCE_CLIENT_HELLO:
        return "ClientHello: ";
    case HG_SOURCE_HTTP_CLIENT:
        return "request: ";
    case HG_SOURCE_USER_AGENT:
        return "User-Agent: ";
    case HG_SOURCE_CLIENT_HINT:
        return "client hint: ";
    case HG_SOURCE_SERVER_HEADER:
        return "Server header: ";
    case HG_SOURCE_SEGMENTS:
        return "segments: ";
    case HG_SOURCE_ANNOUNCEMENT:
        return "announcement: ";
    case HG_SOURCE_SSH_CLIENT:
    case HG_SOURCE_SSH_SERVER:
        return "SSH: ";
    case HG_SOURCE_MISMATCH_TLS:
    case HG_SOURCE_MISMATCH_HTTP:
    case HG_SOURCE_LINK:
    case HG_SOURCE_PORT_RANGE:
    case HG_SOURCE_CLOCK:
    case HG_SOURCE_MIDDLEBOX:
    case HG_SOURCE_LOOPBACK:
    case HG_SOURCE_CLIENT_CHECK:
    case HG_HOST_SOURCES:
        break;
    }
    return "";
}

/* Lines under one key, a few of them. */
typedef struct lines {
    hg_writer *to;
    const char *key;
    uint32_t count;
} lines;

/* 0: there are enough. */
static int begin_item(lines *of)
{
    if (of->count++ >= MOST_EVIDENCE)
        return 0;
    begin_line(of->to, of->count == 1 ? of->key : "");
    return 1;
}

static void end_lines(lines *of)
{
    if (of->count <= MOST_EVIDENCE)
        return;
    begin_line(of->to, "");
    put(of->to, "and ");
    hg_write_u64(of->to, of->count - MOST_EVIDENCE);
    put(of->to, " more");
    end_line(of->to);
}

static void put_reading(lines *of, const hg_sighting *seen, const hg_host_name *name, int narrows)
{
    if (!begin_item(of))
        return;
    put(of->to, word_of(seen->source));
    hg_put_label(of->to, name);
    put(of->to, " (");
    put_count(of->to, seen->packets, seen->source == HG_SOURCE_SEGMENTS ? "segment" : "packet");
    put(of->to, seen->source == HG_SOURCE_SEGMENTS ? " or more" : "");
    put(of->to, narrows ? "), which narrows the versions" : ")");
    end_line(of->to);
}

static void put_reason(lines *of, const hg_host_verdict *verdict, hg_host_source source)
{
    if (!begin_item(of))
        return;
    hg_put_reason(of->to, verdict, source);
    end_line(of->to);
}

static void put_readings(lines *of, const hg_name_relation *readings, uint32_t count, int contradict)
{
    for (uint32_t i = 0; i < count; i++) {
        const hg_relation relation = (hg_relation)readings[i].relation;
        if ((relation == HG_CONTRADICTS) == contradict)
            put_reading(of, readings[i].seen, readings[i].name, relation == HG_NARROWS);
    }
}

static uint64_t syns_of_tools(const hg_host_view *of)
{
    const hg_sighting *seen;
    uint64_t count = 0;
    for (uint32_t index = of->host->sightings; index != 0; index = seen->next) {
        seen = hg_pool_at(&of->hosts->seen, index);
        const int is_tool = hg_host_name_at(&of->hosts->names, seen->name)->kind == HG_NAME_TOOL;
        count += is_tool && seen->source == HG_SOURCE_SYN ? seen->packets : 0;
    }
    return count;
}

/* Why there is no system, where a line "OS: ???" needs a reason. */
static void put_why_unknown(lines *of, const hg_host_view *view)
{
    if (!begin_item(of))
        return;
    if (has_handshakes(view->host))
        put(of->to, "no signature names its handshakes");
    else if (syns_of_tools(view) > 0)
        put(of->to, "all its SYNs are of a tool, which sends its own, not the system's");
    else
        put(of->to, "neither a SYN nor a SYN+ACK of it was captured");
    end_line(of->to);
}

static void write_evidence(hg_writer *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    lines why = {.to = to, .key = "Why:"};
    put_readings(&why, of->readings, of->reading_count, 0);
    if (of->by_ports)
        put_reason(&why, of, HG_SOURCE_PORT_RANGE);
    if (of->clock_hz > 0.0)
        put_reason(&why, of, HG_SOURCE_CLOCK);
    if (of->is_loopback && of->reading_count > 1)
        put_reason(&why, of, HG_SOURCE_LOOPBACK);
    put_readings(&why, &of->segments, of->segments.seen != NULL, 0);
    put_readings(&why, of->programs, of->program_count, 0);
    if (of->family_count == 0 && why.count == 0 && !is_only_device(view))
        put_why_unknown(&why, view);
    end_lines(&why);
}

static void write_contradictions(hg_writer *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    lines but = {.to = to, .key = "But:"};
    if (of->middlebox != NULL || of->nat != NULL)
        put_reason(&but, of, HG_SOURCE_MIDDLEBOX);
    put_readings(&but, of->readings, of->reading_count, 1);
    put_readings(&but, &of->segments, of->segments.seen != NULL, 1);
    put_readings(&but, of->programs, of->program_count, 1);
    const hg_sighting *seen;
    for (uint32_t index = view->host->sightings; index != 0; index = seen->next) {
        seen = hg_pool_at(&view->hosts->seen, index);
        if (hg_is_of_mismatch(seen->source))
            put_reading(&but, seen, hg_host_name_at(&view->hosts->names, seen->name), 0);
    }
    end_lines(&but);
}

/* ---- programs and ports ------------------------------------------------------------------------------- */

static void write_names(hg_writer *to, const hg_host_view *of, const char *key, uint32_t sources, hg_name_kind kind)
{
    uint32_t shown[MOST_PROGRAMS], count = 0;
    const hg_sighting *seen;
    for (uint32_t index = of->host->sightings; index != 0 && count < MOST_PROGRAMS; index = seen->next) {
        seen = hg_pool_at(&of->hosts->seen, index);
        const hg_host_name *name = hg_host_name_at(&of->hosts->names, seen->name);
        int is_shown = name->kind != kind || name->name.length == 0 || (sources >> seen->source & 1) == 0;
        for (uint32_t i = 0; i < count && !is_shown; i++) {
            const hg_host_name *other = hg_host_name_at(&of->hosts->names, shown[i]);
            is_shown = hg_span_equal(other->name, name->name) && hg_span_equal(other->flavor, name->flavor);
        }
        if (is_shown)
            continue;
        if (count == 0)
            begin_line(to, key);
        else
            put(to, ", ");
        hg_put_label(to, name);
        shown[count++] = seen->name;
    }
    if (count > 0)
        end_line(to);
}

static void write_ports_of(hg_writer *to, const hg_host_view *of, uint8_t role, const char *begin, uint32_t *shown)
{
    const hg_host_port *seen;
    uint32_t count = 0;
    for (uint32_t index = of->host->ports; index != 0; index = seen->next) {
        seen = hg_pool_at(&of->hosts->ports, index);
        if (seen->role != role)
            continue;
        if (count++ == 0) {
            if ((*shown)++ == 0)
                begin_line(to, "Ports:");
            else
                put(to, "; ");
            put(to, begin);
        } else {
            put(to, ", ");
        }
        hg_write_u64(to, seen->port);
    }
    if (count == HG_HOST_PORTS / 2)
        put(to, " and perhaps more");
}

static void write_scans(hg_writer *to, const hg_scans *scans)
{
    for (uint32_t kind = 0; kind < HG_SCAN_KINDS; kind++) {
        if (scans->of[kind].targets == 0)
            continue;
        begin_line(to, "Scans:");
        hg_put_scan(to, scans->of + kind, kind);
        end_line(to);
    }
}

static void write_ports(hg_writer *to, const hg_host_view *of)
{
    uint32_t shown = 0;
    write_ports_of(to, of, HG_ROLE_CLIENT, "connects to ", &shown);
    write_ports_of(to, of, HG_ROLE_SERVER, "answers from ", &shown);
    if (shown > 0)
        end_line(to);
}

/* ---- the device --------------------------------------------------------------------------------------- */

static void put_mac(hg_writer *to, const hg_device *device)
{
    char text[HG_MAC_TEXT];
    if (device != NULL && device->has_mac)
        hg_write_text(to, text, (size_t)(hg_put_mac(text, device->mac) - text));
}

static void write_device(hg_writer *to, const hg_host_view *of)
{
    if (hg_device_is_known(&of->device)) {
        begin_line(to, "Device:");
        hg_device_put(to, &of->device);
        put(to, " (");
        put_percent(to, hg_device_confidence(&of->device));
        put(to, ")");
        end_line(to);
    }
    if (of->known_device == NULL || !of->known_device->has_mac)
        return;
    begin_line(to, "MAC:");
    put_mac(to, of->known_device);
    put(to, hg_mac_is_local(of->known_device->mac) ? " (local)" : "");
    end_line(to);
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
        put_count(to, (uint64_t)(host->distance < 0 ? 0 : host->distance), "hop");
    if (host->mtu != 0)
        put(to, has_distance ? ", " : "");
    if (host->mtu != 0 && (host->flags & HG_HOST_OWN_LINK) == 0) {
        put(to, "MSS ");
        hg_write_u64(to, host->mtu - (host->version == 4 ? 40 : 60));
        put(to, ", set by the server or on the path");
    } else if (host->mtu != 0) {
        if (host->link != 0 && (host->flags & HG_HOST_OLD_LINK) == 0) {
            hg_put_label(to, hg_host_name_at(&of->hosts->names, host->link));
            put(to, ", ");
        }
        put(to, "MTU ");
        hg_write_u64(to, host->mtu);
    }
    end_line(to);
}

static void write_uptime(hg_writer *to, const hg_host_clock *clock)
{
    if (clock == NULL)
        return;
    begin_line(to, "Up:");
    put_count(to, clock->minutes / 1440, "day");
    put(to, ", ");
    hg_write_u64(to, clock->minutes / 60 % 24);
    put(to, " hrs, ");
    hg_write_u64(to, clock->minutes % 60);
    put(to, " min (modulo ");
    put_count(to, clock->modulo_days, "day");
    put(to, ")");
    if (clock->doubt != HG_DOUBT_NONE)
        put(to, ", not reliable");
    if (hg_doubt_reason(clock->doubt) != NULL) {
        put(to, ": ");
        put(to, hg_doubt_reason(clock->doubt));
    }
    end_line(to);
}

static void write_shared(hg_writer *to, const hg_host_view *of)
{
    if (of->systems.systems < 2)
        return;
    begin_line(to, "Shared:");
    hg_write_u64(to, of->systems.systems);
    put(to, " systems or more");
    end_line(to);
    for (uint32_t i = 0; i < HG_FAMILIES + 1; i++) {
        const size_t before = to->length;
        begin_line(to, "");
        if (!hg_put_witness(to, of->hosts, &of->systems, i)) {
            to->length = before;
            return;
        }
        end_line(to);
    }
}

static void put_second(hg_writer *to, int64_t time_ns)
{
    char text[HG_CALENDAR_BYTES + HG_RENDER_SLACK];
    hg_calendar calendar;
    uint32_t ns;
    hg_calendar_utc(hg_floor_seconds(time_ns, &ns), &calendar);
    hg_write_text(to, text, (size_t)(hg_put_calendar(text, &calendar, '-', ' ') - text));
}

static void write_change(hg_writer *to, const hg_scores *scores)
{
    if (scores == NULL || scores->change_count == 0)
        return;
    char reasons[256];
    const hg_change *latest = scores->changes + (scores->change_count - 1) % HG_HOST_CHANGES;
    begin_line(to, "Change:");
    put(to, latest->kind == HG_IP_SHARING ? "ip sharing as " : "host change as ");
    put(to, latest->role == HG_ROLE_CLIENT ? "client (" : "server (");
    hg_write_text(to, reasons, (size_t)(hg_put_reasons(reasons, latest->reasons, ' ', 0) - reasons));
    put(to, "), ");
    put_second(to, latest->time_ns);
    end_line(to);
}

static void write_seen(hg_writer *to, const hg_host_view *of)
{
    const hg_host_entry *host = of->host;
    const uint64_t of_tools = syns_of_tools(of);
    begin_line(to, "Seen:");
    if (has_handshakes(host)) {
        put_count(to, host->syns, "SYN");
        put(to, ", ");
        put_count(to, host->syn_acks, "SYN+ACK");
        put(to, ", ");
    }
    if (of_tools > 0) {
        put_count(to, of_tools, "SYN");
        put(to, " of tools, ");
    }
    put_second(to, host->first_ns);
    put(to, " to ");
    put_second(to, host->last_ns);
    put(to, " UTC");
    end_line(to);
}

static void write_tunnel(hg_writer *to, const hg_tunnel_id *of)
{
    char text[HG_HOST_WORDS_BYTES];
    if (of == NULL)
        return;
    begin_line(to, "Tunnel:");
    hg_write_text(to, text, (size_t)(hg_put_tunnel(text, of) - text));
    end_line(to);
}

void hg_host_write_text(hg_writer *to, const hg_host_view *of)
{
    char address[HG_MAX_ADDRESS + HG_RENDER_SLACK];
    uint8_t bytes[16];
    memcpy(bytes, of->host->address.word, sizeof bytes);
    put(to, "[Host] ");
    if (of->host->version == 0)
        put_mac(to, of->known_device);
    else
        hg_write_text(to, address, (size_t)(hg_put_address(address, of->host->version, bytes) - address));
    end_line(to);
    write_tunnel(to, hg_host_tunnel(of->hosts, of->host));
    write_device(to, of);
    write_system(to, of);
    write_evidence(to, of);
    write_contradictions(to, of);
    write_names(to, of, "Tool:", 1U << HG_SOURCE_SYN | 1U << HG_SOURCE_SYN_ACK, HG_NAME_TOOL);
    write_names(to, of, "App:", HG_CLIENT_PROGRAMS, HG_NAME_PROGRAM);
    write_names(to, of, "Server:", HG_SERVER_PROGRAMS, HG_NAME_PROGRAM);
    write_ports(to, of);
    write_scans(to, &of->scans);
    write_path(to, of);
    write_uptime(to, of->clock);
    write_shared(to, of);
    write_change(to, of->scores);
    write_seen(to, of);
    put(to, "\n");
}
