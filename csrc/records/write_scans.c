/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_scans.c - the scans in a host's record.
 */
#include "records/write.h"

static void put_ports(hg_writer *to, const hg_scan *scan)
{
    enum { MOST_NAMED_PORTS = 3 };
    if (scan->ports > MOST_NAMED_PORTS) {
        HG_SAY(to, HG_COUNT(scan->ports, "port"));
        return;
    }
    hg_write_word(to, scan->ports == 1 ? "port " : "ports ");
    for (uint32_t i = 0; i < scan->ports; i++)
        HG_SAY(to, i == 0 ? "" : i + 1 < scan->ports ? ", " : " and ", scan->shown[i]);
}

/* Writes the duration and the rate. The rate's unit gives it at least two digits, if possible. */
static void put_time(hg_writer *to, const hg_scan *scan)
{
    static const struct {
        const char *word;
        double seconds;
        double most; /* longest duration in this unit, in seconds */
    } UNITS[] = {{"second", 1.0, 120.0}, {"minute", 60.0, 7200.0}, {"hour", 3600.0, 172800.0}, {"day", 86400.0, 0.0}};
    enum { UNIT_COUNT = sizeof UNITS / sizeof *UNITS };
    const double seconds = ((double)scan->last_ns - (double)scan->first_ns) / 1e9;
    uint32_t time = 0, rate = 0;
    while (time + 1 < UNIT_COUNT && seconds > UNITS[time].most)
        time++;
    while (rate + 1 < UNIT_COUNT && scan->rate * UNITS[rate].seconds < 10.0)
        rate++;
    const uint64_t rounded = (uint64_t)(seconds / UNITS[time].seconds + 0.5);
    HG_SAY(to, rounded == 0 ? " in less than " : " in ", HG_COUNT(rounded == 0 ? 1 : rounded, UNITS[time].word));
    HG_WRITE_WITH(to, ", ", hg_put_number, (uint64_t)(scan->rate * UNITS[rate].seconds + 0.5));
    HG_SAY(to, UNITS[rate].seconds == 3600.0 ? " an " : " a ", UNITS[rate].word);
}

void hg_put_scan(hg_writer *to, const hg_scan *scan, uint32_t kind)
{
    if (scan->is_about)
        hg_write_word(to, "about ");
    if (kind == HG_SCAN_VERTICAL) {
        HG_SAY(to, HG_COUNT(scan->ports, "port"), " of ");
        hg_put_plural(to, scan->addresses, "address", "es");
    } else {
        hg_put_plural(to, scan->addresses, "address", "es");
        hg_write_word(to, scan->link == 0 ? " at " : scan->link == 4 ? " by ARP" : " by Neighbor Discovery");
        if (scan->link == 0)
            put_ports(to, scan);
    }
    put_time(to, scan);
    hg_write_word(to, scan->answered == 0 ? ", none" : ", ");
    if (scan->answered != 0)
        hg_put_number(to, scan->answered);
    hg_write_word(to, " answered");
}

void hg_json_scans(hg_json *to, const hg_scans *scans)
{
    HG_JSON_INSIDE(to, '[')
    for (uint32_t kind = 0; kind < HG_SCAN_KINDS; kind++)
        if (scans->of[kind].targets != 0)
            hg_json_written(to, hg_put_scan, scans->of + kind, kind);
}
