/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * descriptions.c - whether a UPnP description is the server's own.
 *
 * Any web server passes on files that others stored on it, a web page or anybody may fetch them. A description counts
 * for a server whose SSDP named its address, port and path, if the client is local, as control points are.
 */
#include "statements/descriptions.h"

#include "base/value.h"
#include "devices/devices.h"
#include "devices/local.h"

/* Whether the row was sent to a group, or to a local host. */
static int stays_local(const hg_host_event *row)
{
    const hg_columns *c = row->of.columns;
    const uint32_t i = row->of.index;
    return c->scope[i] == HG_SCOPE_SEGMENT ||
           hg_id_is_local(row->hosts, (hg_host_id){hg_address_of(c->dst_ip[i]), row->within, c->ip_version[i]});
}

/* A short hash of a place, which nobody can choose. 0 is none. */
static uint16_t short_hash(const hg_hosts *hosts, hg_span place)
{
    return (uint16_t)hg_hash_fold(hg_hash_span(hosts->hash_key, place)) | 1;
}

static int has_place(const hg_device *device, uint16_t place)
{
    uint32_t i = 0;
    while (i < HG_DEVICE_PLACES && device->places[i] != place)
        i++;
    return i < HG_DEVICE_PLACES;
}

static void add_place(hg_device *device, uint16_t place)
{
    if (has_place(device, place))
        return;
    memmove(device->places + 1, device->places, sizeof device->places - sizeof *device->places);
    device->places[0] = place;
}

int hg_description_counts(const hg_host_event *row)
{
    char made[HG_MOST_ANNOUNCED_TEXT + 16];
    hg_announcement_text text;
    uint32_t at = 0;
    const int is_ssdp = row->event == HG_EVENT_SSDP;
    while (hg_announced_next(&row->announcement, &at, &text)) {
        if (text.kind != HG_DESCRIPTION_PLACE)
            continue;
        hg_device *device = stays_local(row) ? hg_device_take(row->hosts, row->index) : NULL;
        if (is_ssdp && device != NULL)
            add_place(device, short_hash(row->hosts, hg_span_of(text.text, text.length)));
        if (is_ssdp)
            return 1;
        char *end = hg_put_u32(made, row->of.columns->src_port[row->of.index]);
        *end++ = ' ';
        memcpy(end, text.text, text.length);
        return device != NULL &&
               has_place(device, short_hash(row->hosts, hg_span_of(made, (size_t)(end - made) + text.length)));
    }
    return 1;
}
