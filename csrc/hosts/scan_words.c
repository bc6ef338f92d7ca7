/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * scan_words.c - numbers, and scans in words.
 */
#include "base/value.h"
#include "hosts/words.h"

enum { MOST_NAMED_PORTS = 3 };

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

static void put_plural(hg_writer *to, uint64_t count, const char *word, const char *end)
{
    hg_put_number(to, count);
    HG_WRITE_WITH(to, " ", hg_write_word, word);
    if (count != 1)
        hg_write_word(to, end);
}

void hg_put_count(hg_writer *to, uint64_t count, const char *word)
{
    put_plural(to, count, word, "s");
}

static void put_ports(hg_writer *to, const hg_scan *of)
{
    if (of->ports > MOST_NAMED_PORTS) {
        hg_put_count(to, of->ports, "port");
        return;
    }
    hg_write_word(to, of->ports == 1 ? "port " : "ports ");
    for (uint32_t i = 0; i < of->ports; i++) {
        if (i > 0)
            hg_write_word(to, i + 1 < of->ports ? ", " : " and ");
        hg_write_u64(to, of->shown[i]);
    }
}

/* Two digits at least, where there are as many. */
static void put_time(hg_writer *to, const hg_scan *of)
{
    static const struct {
        const char *word;
        double seconds;
        double most; /* of time that is given in this unit */
    } UNITS[] = {{"second", 1.0, 120.0}, {"minute", 60.0, 7200.0}, {"hour", 3600.0, 172800.0}, {"day", 86400.0, 0.0}};
    enum { UNIT_COUNT = sizeof UNITS / sizeof *UNITS };
    const double seconds = ((double)of->last_ns - (double)of->first_ns) / 1e9;
    uint32_t time = 0, rate = 0;
    while (time + 1 < UNIT_COUNT && seconds > UNITS[time].most)
        time++;
    while (rate + 1 < UNIT_COUNT && of->rate * UNITS[rate].seconds < 10.0)
        rate++;
    const uint64_t rounded = (uint64_t)(seconds / UNITS[time].seconds + 0.5);
    hg_write_word(to, rounded == 0 ? " in less than " : " in ");
    hg_put_count(to, rounded == 0 ? 1 : rounded, UNITS[time].word);
    HG_WRITE_WITH(to, ", ", hg_put_number, (uint64_t)(of->rate * UNITS[rate].seconds + 0.5));
    hg_write_word(to, UNITS[rate].seconds == 3600.0 ? " an " : " a ");
    hg_write_word(to, UNITS[rate].word);
}

void hg_put_scan(hg_writer *to, const hg_scan *of, uint32_t kind)
{
    if (of->is_about)
        hg_write_word(to, "about ");
    if (kind == HG_SCAN_VERTICAL) {
        hg_put_count(to, of->ports, "port");
        hg_write_word(to, " of ");
        put_plural(to, of->addresses, "address", "es");
    } else {
        put_plural(to, of->addresses, "address", "es");
        hg_write_word(to, of->link == 0 ? " at " : of->link == 4 ? " by ARP" : " by Neighbor Discovery");
        if (of->link == 0)
            put_ports(to, of);
    }
    put_time(to, of);
    hg_write_word(to, ", ");
    if (of->answered == 0)
        hg_write_word(to, "none");
    else
        hg_put_number(to, of->answered);
    hg_write_word(to, " answered");
}

void hg_json_scans(hg_json *to, const hg_scans *of)
{
    hg_json_open(to, '[');
    for (uint32_t kind = 0; kind < HG_SCAN_KINDS; kind++)
        if (of->of[kind].targets != 0)
            hg_json_written(to, hg_put_scan, of->of + kind, kind);
    hg_json_close(to, ']');
}
