/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announcements.c - what the rows of announcements say of hosts.
 */
#include "hosts/announcements.h"

#include "devices/announced.h"
#include "devices/match.h"
#include "hosts/devices.h"
#include "hosts/naming.h"
#include "record/device.h"
#include "record/value.h"

hg_index hg_take_announcer(hg_hosts *hosts, const hg_batch *batch, hg_row row, int64_t time_ns)
{
    hg_announced of;
    if (!hg_announced_of(batch, row.index, row.at, &of))
        return 0;
    return hg_device_host(hosts, of.mac, of.address, of.version, time_ns);
}

/* One text. 0: there was no room for what it says. */
static int say(hg_hosts *hosts, hg_index index, const hg_said_text *said, int64_t time_ns)
{
    const char *text = (const char *)said->text;
    const hg_device_match match = hg_device_match_text(&hosts->database->tables, said->kind, text, said->length);
    if (match.signature == HG_NO_SIGNATURE)
        return 1;
    hg_device_values values;
    hg_device_write_values(hosts->database, &match, text, &values);
    const hg_db_announcement *signature = hosts->database->tables.announcements + match.signature;
    const uint32_t name = hg_name_of_device(hosts, match.signature);
    if (name != 0)
        hosts->unwatched += !hg_host_note_name(hosts, hg_host_at(hosts, index), HG_SOURCE_ANNOUNCEMENT, name, time_ns);
    return hg_device_say(hosts, index, said->kind, signature, &values, time_ns);
}

/* A MAC, and whose cards begin with it. */
static int take_mac(hg_hosts *hosts, hg_index index, const uint8_t *mac, int64_t time_ns)
{
    char text[3 * HG_MAC_LENGTH + HG_RENDER_SLACK];
    const size_t length = (size_t)(hg_put_mac(text, mac) - text);
    const hg_said_text said = {.text = (const uint8_t *)text, .length = (uint8_t)length, .kind = HG_SAYS_MAC};
    return hg_device_set_mac(hosts, index, mac) && (hosts->database == NULL || say(hosts, index, &said, time_ns));
}

int hg_take_announcement(hg_hosts *hosts, const hg_batch *batch, hg_row row, hg_index index, int64_t time_ns)
{
    hg_announced of;
    hg_said_text said;
    uint32_t at = 0;
    if (!hg_announced_of(batch, row.index, row.at, &of))
        return 1;
    int has_room = of.mac == NULL || take_mac(hosts, index, of.mac, time_ns);
    while (hosts->database != NULL && hg_announced_next(&of, &at, &said))
        if (said.kind < HG_ANNOUNCEMENTS)
            has_room &= say(hosts, index, &said, time_ns);
    hosts->unwatched += !has_room;
    return 1;
}
