/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_reasons.c - what the system and the device of a host rest on, and what contradicts them, for people.
 */
#include "hosts/text_lines.h"
#include "hosts/write_device.h"

int hg_is_only_device(const hg_host_view *of)
{
    return of->verdict.family_count == 0 && !hg_has_handshakes(of->host) && hg_device_is_known(&of->device);
}

static void put_reading(hg_text_items *of, const hg_sighting *seen, const hg_host_name *name, int narrows)
{
    if (!hg_begin_item(of))
        return;
    hg_write_word(of->to, hg_source_word(seen->source));
    hg_put_label(of->to, name);
    HG_WRITE_WITH(of->to, " (", hg_put_count, seen->packets, seen->source == HG_SOURCE_SEGMENTS ? "segment" : "packet");
    hg_write_word(of->to, seen->source == HG_SOURCE_SEGMENTS ? " or more" : "");
    hg_write_word(of->to, narrows ? "), which narrows the versions" : ")");
    hg_write_word(of->to, "\n");
}

static void put_reason(hg_text_items *of, const hg_host_verdict *verdict, hg_host_source source)
{
    if (!hg_begin_item(of))
        return;
    hg_put_reason(of->to, verdict, source);
    hg_write_word(of->to, "\n");
}

static void put_readings(hg_text_items *of, const hg_name_relation *readings, uint32_t count, int contradict)
{
    for (uint32_t i = 0; i < count; i++) {
        const hg_relation relation = (hg_relation)readings[i].relation;
        const int is_claim = readings[i].seen->source == HG_SOURCE_ANNOUNCEMENT; /* see put_claims */
        if ((relation == HG_CONTRADICTS) == contradict && !is_claim)
            put_reading(of, readings[i].seen, readings[i].name, relation == HG_NARROWS);
    }
}

/* What announcements say of the device. */
static void put_claims(hg_text_items *of, const hg_device_verdict *device, int contradict)
{
    for (uint32_t i = 0; i < device->reading_count; i++) {
        const hg_device_reading *reading = device->readings + i;
        if (reading->contradicts != contradict || !hg_begin_item(of))
            continue;
        hg_write_word(of->to, hg_announcement_name(reading->claim->kind));
        hg_write_word(of->to, ": ");
        hg_device_put_claim(of->to, reading->claim);
        HG_WRITE_WITH(of->to, " (", hg_put_count, reading->packets, "packet");
        hg_write_word(of->to, ")\n");
    }
}

uint64_t hg_syns_of_tools(const hg_host_view *of)
{
    uint64_t count = 0;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(of->hosts, of->host, seen)) != NULL;) {
        const int is_tool = hg_host_name_at(&of->hosts->names, seen->name)->kind == HG_NAME_TOOL;
        count += is_tool && seen->source == HG_SOURCE_SYN ? seen->packets : 0;
    }
    return count;
}

/* Why there is no system, where a line "OS: ???" needs a reason. */
static void put_why_unknown(hg_text_items *of, const hg_host_view *view)
{
    if (!hg_begin_item(of))
        return;
    if (hg_has_handshakes(view->host))
        hg_write_word(of->to, "no signature names its handshakes\n");
    else if (hg_syns_of_tools(view) > 0)
        hg_write_word(of->to, "all its SYNs are of a tool, which sends its own, not the system's\n");
    else
        hg_write_word(of->to, "neither a SYN nor a SYN+ACK of it was captured\n");
}

void hg_write_evidence(hg_writer *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    hg_text_items why = {.to = to, .key = "Why:"};
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
    if (of->family_count == 0 && why.count == 0 && !hg_is_only_device(view))
        put_why_unknown(&why, view);
    hg_end_items(&why);
}

void hg_write_contradictions(hg_writer *to, const hg_host_view *view)
{
    const hg_host_verdict *of = &view->verdict;
    hg_text_items but = {.to = to, .key = "But:"};
    if (of->middlebox != NULL || of->nat != NULL)
        put_reason(&but, of, HG_SOURCE_MIDDLEBOX);
    put_readings(&but, of->readings, of->reading_count, 1);
    put_readings(&but, &of->segments, of->segments.seen != NULL, 1);
    put_readings(&but, of->programs, of->program_count, 1);
    put_claims(&but, &view->device, 1);
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(view->hosts, view->host, seen)) != NULL;)
        if (hg_is_of_mismatch(seen->source))
            put_reading(&but, seen, hg_host_name_at(&view->hosts->names, seen->name), 0);
    hg_end_items(&but);
}
