/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announcements.c - adds rows of announcements to hosts.
 */
#include "hosts/announcements.h"

#include "base/value.h"
#include "devices/announced.h"
#include "devices/fields.h"
#include "devices/match.h"
#include "hosts/devices.h"
#include "hosts/naming.h"

hg_index hg_take_announcer(hg_hosts *hosts, const hg_batch *batch, hg_row row, int64_t time_ns)
{
    hg_announcement_row of;
    if (!hg_announced_of(batch, row.index, row.at, &of))
        return 0;
    return hg_device_host(hosts, of.mac, of.address, of.version, time_ns);
}

/* What the texts of one row say of a host. */
typedef struct host_texts {
    hg_hosts *hosts;
    hg_index index;
    int64_t time_ns;
    uint32_t name_count;
    uint32_t names[HG_MOST_RECORDS + 1]; /* of systems: a row counts once for each */
} host_texts;

/* The name of these words that an announcement of the host gave before: signatures for one system may differ in what
 * else they claim. */
static uint32_t known_name(const host_texts *of, uint32_t name)
{
    const hg_names *names = &of->hosts->names;
    const hg_host_name *wanted = hg_host_name_at(names, name);
    const hg_sighting *seen;
    for (uint32_t at = hg_host_at(of->hosts, of->index)->sightings; at != 0; at = seen->next) {
        seen = hg_pool_at(&of->hosts->seen, at);
        const hg_host_name *known = hg_host_name_at(names, seen->name);
        if (seen->source == HG_SOURCE_ANNOUNCEMENT && hg_span_equal(known->name, wanted->name) &&
            hg_span_equal(known->flavor, wanted->flavor))
            return seen->name;
    }
    return name;
}

static void note_name(host_texts *of, uint32_t name)
{
    name = known_name(of, name);
    for (uint32_t i = 0; i < of->name_count; i++)
        if (of->names[i] == name)
            return;
    if (of->name_count < HG_MOST_RECORDS + 1)
        of->names[of->name_count++] = name;
    hg_host_entry *host = hg_host_at(of->hosts, of->index);
    of->hosts->untracked += !hg_host_note_name(of->hosts, host, HG_SOURCE_ANNOUNCEMENT, name, of->time_ns);
}

/* Adds one text. 0: no room for its content. */
static int say(host_texts *of, const hg_announcement_text *said)
{
    const hg_database *database = of->hosts->database;
    const char *text = (const char *)said->text;
    const hg_device_match match = hg_device_match_text(&database->tables, said->kind, text, said->length);
    if (match.signature == HG_NO_SIGNATURE)
        return 1;
    hg_device_values values;
    hg_device_write_values(database, &match, text, &values);
    const uint32_t name = hg_name_of_device(of->hosts, match.signature);
    if (name != 0)
        note_name(of, name);
    return hg_device_say(of->hosts, of->index, said->kind, database->tables.announcements + match.signature, &values,
                         of->time_ns);
}

/* A MAC, and whose cards begin with it. */
static int take_mac(host_texts *of, const uint8_t *mac)
{
    char text[HG_MAC_TEXT];
    const size_t length = (size_t)(hg_put_mac(text, mac) - text);
    const hg_announcement_text said = {.text = (const uint8_t *)text, .length = (uint8_t)length, .kind = HG_SAYS_MAC};
    return hg_device_set_mac(of->hosts, of->index, mac) && (of->hosts->database == NULL || say(of, &said));
}

int hg_take_announcement(hg_hosts *hosts, const hg_batch *batch, hg_row row, hg_index index, int64_t time_ns)
{
    hg_announcement_row of;
    hg_announcement_text said;
    uint32_t at = 0;
    host_texts all = {.hosts = hosts, .index = index, .time_ns = time_ns};
    if (!hg_announced_of(batch, row.index, row.at, &of))
        return 1;
    int has_room = of.mac == NULL || take_mac(&all, of.mac);
    while (hosts->database != NULL && hg_announced_next(&of, &at, &said))
        if (said.kind < HG_ANNOUNCEMENTS)
            has_room &= say(&all, &said);
    hosts->untracked += !has_room;
    return 1;
}
