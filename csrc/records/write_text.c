/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_text.c - a host record as text: a title with the address, then one line per known fact.
 */
#include <math.h>

#include "hosts/details.h"
#include "hosts/fact.h"
#include "hosts/keys.h"
#include "records/write.h"

enum { MOST_CANDIDATES = 3, MOST_PROGRAMS = 8 /* shown per kind */, MOST_ITEMS = 6 };

static const char NO_KEY[] = "          ";

static void begin_line(hg_writer *to, const char *key)
{
    hg_write(to, key, HG_LINE_KEY);
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
static int begin_item(text_items *items)
{
    if (items->count++ >= MOST_ITEMS)
        return 0;
    begin_line(items->to, items->count == 1 ? items->key : NO_KEY);
    return 1;
}

/* Writes how many lines were left out. */
static void end_items(text_items *items)
{
    if (items->count <= MOST_ITEMS)
        return;
    begin_line(items->to, NO_KEY);
    HG_SAY(items->to, "and ", items->count - MOST_ITEMS, " more\n");
}

/* Whether the host sent a SYN or SYN+ACK. SYNs made by tools do not count. */
static int has_handshakes(const hg_host_entry *host)
{
    return host->syns + (uint64_t)host->syn_acks > 0;
}

/* Whether a host is known only from its announcements. */
static int is_only_device(const hg_host_view *view)
{
    return view->conclusion.family_count == 0 && !has_handshakes(view->host) && hg_device_is_known(&view->device);
}

static void put_reading(text_items *items, const hg_sighting *seen, const hg_host_name *name, int narrows)
{
    if (!begin_item(items))
        return;
    hg_put_statement(items->to, seen, name);
    hg_write_word(items->to, narrows ? ", which narrows the versions\n" : "\n");
}

static void put_reason(text_items *items, const hg_host_conclusion *conclusion, hg_host_source source)
{
    if (!begin_item(items))
        return;
    hg_put_reason(items->to, conclusion, source);
    hg_write_word(items->to, "\n");
}

static void put_readings(text_items *items, const hg_name_relation *readings, uint32_t count, int contradict)
{
    for (uint32_t i = 0; i < count; i++) {
        const hg_relation relation = (hg_relation)readings[i].relation;
        const int is_claim = readings[i].seen->source == HG_SOURCE_ANNOUNCEMENT; /* see put_claims */
        if ((relation == HG_CONTRADICTS) == contradict && relation != HG_EARLIER && !is_claim)
            put_reading(items, readings[i].seen, readings[i].name, relation == HG_NARROWS);
    }
}

/* Writes the claims from announcements about the device. */
static void put_claims(text_items *items, const hg_device_conclusion *device, int contradict)
{
    for (uint32_t i = 0; i < device->reading_count; i++) {
        const hg_device_reading *reading = device->readings + i;
        if (reading->contradicts != contradict || !begin_item(items))
            continue;
        HG_SAY(items->to, hg_announcement_name(reading->claim->kind), ": ");
        hg_device_put_claim(items->to, reading->claim);
        HG_SAY(items->to, " (", HG_COUNT(reading->packets, "packet"), ")\n");
    }
}

static uint64_t syns_of_tools(const hg_host_view *view)
{
    uint64_t count = 0;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(view->hosts, view->host, seen)) != NULL;) {
        const int is_tool = hg_host_name_at(&view->hosts->names, seen->name)->kind == HG_NAME_TOOL;
        count += is_tool && seen->source == HG_SOURCE_SYN ? seen->packets : 0;
    }
    return count;
}

/* Writes the reason for "OS: ???". */
static void put_why_unknown(text_items *items, const hg_host_view *view)
{
    if (!begin_item(items))
        return;
    if (has_handshakes(view->host))
        hg_write_word(items->to, "no signature names its handshakes\n");
    else if (syns_of_tools(view) > 0)
        hg_write_word(items->to, "a tool made all its SYNs, so they do not show its system\n");
    else
        hg_write_word(items->to, "none of its SYNs and SYN+ACKs was captured\n");
}

/* "  Why:    " */
static void write_evidence(hg_writer *to, const hg_host_view *view)
{
    const hg_host_conclusion *conclusion = &view->conclusion;
    text_items why = {.to = to, .key = "  Why:    "};
    put_readings(&why, conclusion->readings, conclusion->reading_count, 0);
    if (conclusion->by_ports)
        put_reason(&why, conclusion, HG_SOURCE_PORT_RANGE);
    if (conclusion->clock_hz > 0.0)
        put_reason(&why, conclusion, HG_SOURCE_CLOCK);
    if (conclusion->is_loopback && conclusion->reading_count > 1)
        put_reason(&why, conclusion, HG_SOURCE_LOOPBACK);
    put_readings(&why, &conclusion->segments, conclusion->segments.seen != NULL, 0);
    put_readings(&why, conclusion->programs, conclusion->program_count, 0);
    put_claims(&why, &view->device, 0);
    if (conclusion->family_count == 0 && why.count == 0 && !is_only_device(view))
        put_why_unknown(&why, view);
    end_items(&why);
}

/* "  But:    " */
static void write_contradictions(hg_writer *to, const hg_host_view *view)
{
    const hg_host_conclusion *conclusion = &view->conclusion;
    text_items but = {.to = to, .key = "  But:    "};
    if (conclusion->middlebox != NULL || conclusion->nat != NULL)
        put_reason(&but, conclusion, HG_SOURCE_MIDDLEBOX);
    put_readings(&but, conclusion->readings, conclusion->reading_count, 1);
    put_readings(&but, &conclusion->segments, conclusion->segments.seen != NULL, 1);
    put_readings(&but, conclusion->programs, conclusion->program_count, 1);
    put_claims(&but, &view->device, 1);
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(view->hosts, view->host, seen)) != NULL;)
        if (hg_is_of_mismatch(seen->source))
            put_reading(&but, seen, hg_host_name_at(&view->hosts->names, seen->name), 0);
    end_items(&but);
}

static void put_earlier(text_items *items, const hg_name_relation *readings, uint32_t count)
{
    for (const hg_name_relation *one = readings; one < readings + count; one++) {
        if (one->relation != HG_EARLIER || !begin_item(items))
            continue;
        hg_put_statement(items->to, one->seen, one->name);
        hg_write_word(items->to, ", until ");
        hg_write_second(items->to, one->seen->last_ns);
        hg_write_word(items->to, "\n");
    }
}

/* "  Before: " and the systems that are over, with their programs */
static void write_earlier(hg_writer *to, const hg_host_view *view)
{
    text_items before = {.to = to, .key = "  Before: "};
    put_earlier(&before, view->conclusion.readings, view->conclusion.reading_count);
    put_earlier(&before, view->conclusion.programs, view->conclusion.program_count);
    end_items(&before);
}

/* ---- the system --------------------------------------------------------------------------------------- */

/* ", perhaps Linux 3.1-3.10 or Solaris 9 or older" */
static void put_candidates(hg_writer *to, const hg_host_conclusion *conclusion)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < conclusion->reading_count && count < MOST_CANDIDATES; i++)
        if (hg_is_new_candidate(conclusion, i))
            HG_SAY(to, count++ == 0 ? ", perhaps " : " or ", conclusion->readings[i].name);
}

static void put_system(hg_writer *to, const hg_host_view *view)
{
    if (is_only_device(view))
        return;
    hg_put_system(to, &view->conclusion);
    if (view->conclusion.is_unsure)
        put_candidates(to, &view->conclusion);
}

static void put_sure(hg_writer *to, const hg_host_view *view)
{
    const hg_host_conclusion *conclusion = &view->conclusion;
    const char *by = hg_source_word(conclusion->version_source);
    if (conclusion->family_count == 0)
        return;
    HG_WRITE_VALUE(to, HG_CONFIDENCE_BYTES, hg_put_confidence, conclusion->confidence, conclusion->version_confidence,
                   conclusion->family_count);
    if (conclusion->family_count == 1 && conclusion->version_source != conclusion->source && *by != 0)
        HG_WRITE_WITH(to, " by its ", hg_write_word, by);
}

/* ---- ended support --------------------------------------------------------------------- */

/* Writes the rest of "  Ended:  support of Windows XP on 2014-04-08 (94 %, by its SYN)". */
static void put_ended_on(hg_writer *to, int32_t day, double confidence, uint8_t source)
{
    HG_WRITE_WITH(to, " on ", hg_put_day, day);
    hg_write_word(to, " (");
    if (!isnan(confidence))
        write_percent(to, confidence);
    HG_SAY(to, isnan(confidence) ? "by its " : ", by its ", hg_source_word(source), ")\n");
}

static void write_ended(hg_writer *to, const hg_host_view *view)
{
    const hg_ended_program *const programs[] = {&view->ended.browser, &view->ended.server};
    if (view->ended.system != HG_SUPPORTED) {
        HG_WRITE_WITH(to, "  Ended:  support of ", hg_put_system, &view->conclusion);
        put_ended_on(to, view->ended.system, view->ended.confidence, view->conclusion.version_source);
    }
    for (uint32_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        if (programs[i]->day == HG_SUPPORTED)
            continue;
        HG_WRITE_WITH(to, "  Ended:  support of ", hg_put_label, programs[i]->name);
        put_ended_on(to, programs[i]->day, (double)NAN, programs[i]->source);
    }
}

/* ---- programs and ports ------------------------------------------------------------------------------- */

static void put_names(hg_writer *to, const hg_host_view *view, uint32_t sources, hg_name_kind kind)
{
    uint32_t count = 0;
    for (const hg_sighting *seen = NULL;
         count < MOST_PROGRAMS && (seen = hg_next_label(view, seen, kind, sources)) != NULL;)
        HG_WRITE_WITH(to, count++ == 0 ? "" : ", ", hg_put_label, hg_host_name_at(&view->hosts->names, seen->name));
}

static void put_tools(hg_writer *to, const hg_host_view *view)
{
    put_names(to, view, 1U << HG_SOURCE_SYN | 1U << HG_SOURCE_SYN_ACK, HG_NAME_TOOL);
}

static void put_programs(hg_writer *to, const hg_host_view *view)
{
    put_names(to, view, HG_CLIENT_PROGRAMS, HG_NAME_PROGRAM);
}

static void put_servers(hg_writer *to, const hg_host_view *view)
{
    put_names(to, view, HG_SERVER_PROGRAMS, HG_NAME_PROGRAM);
}

static void put_ports(hg_writer *to, const hg_host_view *view)
{
    static const char *const WORDS[HG_ROLES] = {[HG_ROLE_CLIENT] = "connects to ", [HG_ROLE_SERVER] = "answers from "};
    const char *between = "";
    for (uint32_t role = 0; role < HG_ROLES; role++) {
        uint32_t count = 0;
        for (const hg_host_port *seen = NULL; (seen = hg_next_port(view->hosts, view->host, seen)) != NULL;) {
            if (seen->role != role)
                continue;
            HG_SAY(to, between, count++ == 0 ? WORDS[role] : "", seen->port);
            between = ", ";
        }
        between = count > 0 ? "; " : between;
        hg_write_word(to, count == HG_HOST_PORTS / 2 ? " and perhaps more" : "");
    }
}

static void write_scans(hg_writer *to, const hg_host_view *view)
{
    for (uint32_t kind = 0; kind < HG_SCAN_KINDS; kind++) {
        if (view->scans.of[kind].targets == 0)
            continue;
        begin_line(to, "  Tried:  ");
        hg_put_scan(to, view->scans.of + kind, kind);
        hg_write_word(to, "\n");
    }
}

/* ---- the device --------------------------------------------------------------------------------------- */

static void put_device(hg_writer *to, const hg_host_view *view)
{
    if (!hg_device_is_known(&view->device))
        return;
    hg_device_put(to, view->device.values);
    const double share = hg_device_measured(hg_device_first(&view->device));
    if (!isnan(share))
        HG_WRITE_WITH(to, " (", write_percent, share);
    hg_write_word(to, isnan(share) ? " (confidence not measured)" : ")");
}

static void put_mac(hg_writer *to, const hg_host_view *view)
{
    if (hg_host_mac(view) == NULL)
        return;
    hg_write_mac(to, hg_host_mac(view));
    hg_write_word(to, hg_mac_is_local(hg_host_mac(view)) ? " (local)" : "");
    hg_put_card(to, view->hosts, hg_host_mac(view));
    if (hg_mac_gateway(view->hosts, hg_host_mac(view)) != NULL)
        HG_SAY(to, ", gateway: ", hg_mac_gateway(view->hosts, hg_host_mac(view)));
    if (hg_host_claimant(view) != NULL)
        HG_WRITE_WITH(to, ", also claimed by ", hg_write_mac, hg_host_claimant(view));
}

/* ---- the path, the clock, changes --------------------------------------------------------------------- */

static void put_path(hg_writer *to, const hg_host_view *view)
{
    const hg_host_entry *host = view->host;
    const int has_distance = (host->flags & HG_HOST_DISTANCE) != 0;
    if (has_distance)
        HG_SAY(to, HG_COUNT((uint64_t)(host->distance < 0 ? 0 : host->distance), "hop"));
    if (host->mtu == 0)
        return;
    hg_write_word(to, has_distance ? ", " : "");
    if ((host->flags & HG_HOST_OWN_LINK) == 0) {
        HG_SAY(to, "MSS ", host->mtu - (host->version == 4 ? 40 : 60), " in its SYN+ACKs");
        return;
    }
    if (host->link != 0 && (host->flags & HG_HOST_OLD_LINK) == 0)
        HG_SAY(to, hg_host_name_at(&view->hosts->names, host->link), ", ");
    HG_SAY(to, "MTU ", host->mtu);
}

static void put_uptime(hg_writer *to, const hg_host_view *view)
{
    if (view->clock == NULL)
        return;
    const hg_clock_shown *now = &view->clock->now;
    HG_SAY(to, HG_COUNT(now->minutes / 1440, "day"), ", ", now->minutes / 60 % 24, " hrs, ", now->minutes % 60);
    HG_SAY(to, " min (modulo ", HG_COUNT(now->modulo_days, "day"),
           now->doubt == HG_DOUBT_NONE ? ")" : "), not reliable");
    if (hg_doubt_reason(now->doubt) != NULL)
        HG_SAY(to, ": ", hg_doubt_reason(now->doubt));
}

static void write_shared(hg_writer *to, const hg_host_view *view)
{
    if (view->systems.systems < 2)
        return;
    begin_line(to, "  Shared: ");
    HG_SAY(to, view->systems.systems, " systems or more\n");
    for (uint32_t i = 0; i < hg_count_reasons(&view->systems); i++) {
        begin_line(to, NO_KEY);
        hg_put_witness(to, view->hosts, &view->systems, i);
        hg_write_word(to, "\n");
    }
}

static void put_change(hg_writer *to, const hg_host_view *view)
{
    const hg_scores *scores = view->scores;
    char reasons[256];
    if (scores == NULL || scores->change_count == 0)
        return;
    const hg_change *latest = scores->changes + (scores->change_count - 1) % HG_HOST_CHANGES;
    HG_SAY(to, latest->kind == HG_IP_SHARING ? "ip sharing as " : "host change as ",
           latest->role == HG_ROLE_CLIENT ? "client (" : "server (",
           hg_span_of(reasons, (size_t)(hg_put_reasons(reasons, latest->reasons, ' ', 0) - reasons)));
    HG_WRITE_WITH(to, "), ", hg_write_second, latest->time_ns);
}

/* "1,000 packets: tcp, udp 53 server" */
static void put_sends(hg_writer *to, const hg_host_view *view)
{
    const hg_host_sender *sender = hg_host_sender_of(view->hosts, view->host, view->index);
    const char *between = ": ";
    if (sender->packets == 0)
        return;
    HG_SAY(to, HG_COUNT(sender->packets, "packet"));
    for (const hg_host_use *use = NULL; (use = hg_pool_next(&view->hosts->uses, sender->uses, use)) != NULL;
         between = ", ")
        HG_WRITE_WITH(to, between, hg_put_use, use);
}

static void put_seen(hg_writer *to, const hg_host_view *view)
{
    const hg_host_entry *host = view->host;
    const uint64_t of_tools = syns_of_tools(view);
    if (has_handshakes(host))
        HG_SAY(to, HG_COUNT(host->syns, "SYN"), ", ", HG_COUNT(host->syn_acks, "SYN+ACK"), ", ");
    if (of_tools > 0)
        HG_SAY(to, HG_COUNT(of_tools, "SYN"), " of tools, ");
    hg_put_span_of_time(to, host->first_ns, host->last_ns);
}

static void put_tunnel(hg_writer *to, const hg_host_view *view)
{
    if (hg_host_in_tunnel(view->hosts, view->host))
        hg_write_tunnel(to, hg_host_tunnel(view->hosts, view->host));
}

static void put_segment(hg_writer *to, const hg_host_view *view)
{
    if (view->host->in_tunnel && !hg_host_in_tunnel(view->hosts, view->host))
        hg_write_tunnel(to, hg_host_tunnel(view->hosts, view->host));
}

/* The lines of facts that write their own. */
static void write_facts(hg_writer *to, const hg_host_view *view)
{
    for (const hg_fact *const *fact = hg_facts; *fact != NULL; fact++)
        if ((*fact)->write != NULL)
            (*fact)->write(to, view);
}

/* ---- the record ----------------------------------------------------------------------------------------- */

/* A line of the record, which is left out if its value is empty. */
typedef struct text_line {
    const char *key;  /* NULL: `put` writes whole lines */
    void (*put)(hg_writer *to, const hg_host_view *view);
} text_line;

static const text_line LINES[] = {
    {"  Tunnel: ", put_tunnel},  {"  In:     ", put_segment}, {"  Device: ", put_device}, {"  MAC:    ", put_mac},
    {"  OS:     ", put_system},  {"  Sure:   ", put_sure},    {NULL, write_evidence},     {NULL, write_contradictions},
    {NULL, write_earlier},       {NULL, write_ended},         {"  Tool:   ", put_tools},  {"  App:    ", put_programs},
    {"  Server: ", put_servers}, {NULL, write_facts},         {"  Ports:  ", put_ports},  {NULL, write_scans},
    {"  Path:   ", put_path},    {"  Up:     ", put_uptime},  {NULL, write_shared},       {"  Change: ", put_change},
    {"  Sends:  ", put_sends},   {"  Seen:   ", put_seen}};

void hg_host_write_text(hg_writer *to, const hg_host_view *view)
{
    hg_write_word(to, "[Host] ");
    if (view->host->version != 0)
        hg_write_address(to, view->host->version, &view->host->address);
    else if (hg_host_mac(view) != NULL)
        hg_write_mac(to, hg_host_mac(view));
    hg_write_word(to, "\n");
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
        if (LINES[i].key == NULL)
            LINES[i].put(to, view);
        else
            hg_host_write_line(to, view, LINES[i].key, LINES[i].put);
    hg_write_word(to, "\n");
}
