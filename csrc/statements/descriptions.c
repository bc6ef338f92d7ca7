/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * descriptions.c - whether a UPnP description is the server's own.
 *
 * Any web server passes on files that others stored on it, and anybody may fetch them. A description counts for a
 * server that announced a device by SSDP, if the client is local, as control points are.
 */
#include "statements/descriptions.h"

#include "devices/devices.h"
#include "devices/local.h"

static int names_type(const hg_host_row *row)
{
    hg_announcement_text text;
    uint32_t at = 0;
    while (hg_announced_next(&row->announcement, &at, &text))
        if (text.kind == HG_SAYS_DEVICE_TYPE)
            return 1;
    return 0;
}

/* Whether the row was sent to a group, or to a local host. */
static int stays_local(const hg_host_row *row)
{
    const hg_columns *c = row->of.columns;
    const uint32_t i = row->of.index;
    return c->scope[i] == HG_SCOPE_SEGMENT ||
           hg_id_is_local(row->hosts, (hg_host_id){hg_address_of(c->dst_ip[i]), row->within, c->ip_version[i]});
}

int hg_description_counts(const hg_host_row *row)
{
    if (row->event != HG_EVENT_SSDP && row->event != HG_EVENT_DISCOVERY)
        return 1;
    hg_device *device = names_type(row) ? hg_device_take(row->hosts, row->index) : NULL;
    if (device == NULL)
        return 1;
    if (row->event == HG_EVENT_SSDP)
        device->is_described |= (uint8_t)stays_local(row);
    return row->event == HG_EVENT_SSDP || (device->is_described && stays_local(row));
}
