/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/devices.h"
#include "systems/words.h"
#include "systems/host_name.h"
#include "hosts/keys.h"

/* Whether two names differ at most in case: NetBIOS has names in upper case only. */
static int is_same(hg_span one, hg_span other)
{
    size_t i = 0;
    while (i < one.length && i < other.length && hg_lower(one.text[i]) == hg_lower(other.text[i]))
        i++;
    return i == one.length && i == other.length;
}

static void note(hg_hosts *hosts, hg_index index, const hg_announcement_text *announced)
{
    const hg_span text = hg_span_of((const char *)announced->text, announced->length);
    const hg_host_name wanted = {.name = text, .kind = HG_NAME_SERVICE};
    if (announced->kind != HG_SAYS_NAME || text.length == 0 ||
        is_same(hg_host_name_of(hosts, hg_host_at(hosts, index)), text))
        return;
    hg_device *device = hg_device_take(hosts, index);
    hosts->names.may_invent = 1;
    const uint32_t number = device == NULL ? 0 : hg_names_take(&hosts->names, &wanted);
    if (number != 0)
        device->host_name = number;
    hosts->untracked += number == 0;
}

void hg_host_name_take(hg_hosts *hosts, hg_index index, const hg_announcement_row *row, int from_server)
{
    hg_announcement_text announced;
    if (row->event == HG_EVENT_DHCP && from_server)
        return;
    for (uint32_t at = 0; hg_announced_next(row, &at, &announced);)
        note(hosts, index, &announced);
}

hg_span hg_host_name_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = hg_device_of(hosts, host);
    return device == NULL || device->host_name == 0 ? hg_span_of(NULL, 0)
                                                    : hg_host_name_at(&hosts->names, device->host_name)->name;
}

hg_span hg_host_name_of_any(const hg_hosts *all, const hg_host_entry *first, const hg_host_entry *const *hosts,
                            uint32_t count)
{
    hg_span name = first == NULL ? hg_span_of(NULL, 0) : hg_host_name_of(all, first);
    for (uint32_t i = 0; i < count && name.length == 0; i++)
        name = hg_host_name_of(all, hosts[i]);
    return name;
}

static hg_span shown_name(const hg_host_view *view)
{
    const hg_shown_host of = hg_host_shown(view);
    return hg_host_name_of(of.hosts, of.host);
}

HG_HOST_VALUE(host_name, span, shown_name(view))

static void put(hg_writer *to, const hg_host_view *view)
{
    hg_write_span(to, shown_name(view));
}

void hg_host_name_write(hg_writer *to, const hg_host_view *view)
{
    hg_host_write_line(to, view, "  Named:  ", put);
}
