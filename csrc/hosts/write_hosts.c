/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_hosts.c - the records of many hosts.
 */
#include "base/error.h"
#include "hosts/device_records.h"
#include "hosts/devices.h"
#include "hosts/write.h"

static void write_host(hg_json *to, const hg_hosts *hosts, hg_index index, hg_host_format format)
{
    hg_host_view view;
    if (hg_device_is_shadow(hosts, hg_host_at(hosts, index)))
        return;
    hg_host_look(hosts, hg_host_at(hosts, index), &view);
    if (format == HG_HOST_TEXT) {
        hg_host_write_text(&to->out, &view);
        return;
    }
    to->needs_comma = 0;
    hg_json_open(to, '{');
    hg_host_write_json(to, &view);
    if (format == HG_HOST_VALUES)
        hg_host_write_values(to, &view);
    hg_json_close(to, '}');
    hg_write(&to->out, "\n", 1);
}

static void write_device(hg_json *to, const hg_hosts *hosts, uint32_t place, hg_host_format format)
{
    hg_device_record record;
    if (!hg_device_look(hosts, place, &record))
        return;
    if (format == HG_DEVICES_TEXT) {
        hg_device_record_write_text(&to->out, &record);
        return;
    }
    to->needs_comma = 0;
    hg_json_open(to, '{');
    hg_device_record_write_json(to, &record);
    hg_json_close(to, '}');
    hg_write(&to->out, "\n", 1);
}

uint32_t hg_hosts_device_places(const hg_hosts *hosts)
{
    return hosts->known.used + hosts->bindings.used;
}

hg_status hg_hosts_write(hg_hosts *hosts, hg_host_format format, uint32_t place, uint32_t end, char *out,
                         size_t capacity, size_t *written, uint32_t *next, hg_error *error)
{
    const int is_text = format == HG_HOST_TEXT || format == HG_DEVICES_TEXT, is_of_device = format >= HG_DEVICES_JSON;
    const uint32_t places = is_of_device ? hg_hosts_device_places(hosts) : hosts->known.used;
    hg_json to = {.out = {.at = out, .capacity = capacity, .is_json = !is_text},
                  .is_exact = format == HG_HOST_VALUES || format == HG_DEVICES_VALUES};
    *written = 0;
    *next = place;
    if ((unsigned)format >= HG_HOST_FORMATS || end > places || place >= end)
        return hg_fail(error, HG_E_ARGUMENT, "hosts %u to %u of %u", place, end, places);
    pthread_mutex_lock(&hosts->lock);
    for (; *next < end; ++*next) {
        if (is_of_device)
            write_device(&to, hosts, *next, format);
        else
            write_host(&to, hosts, *next + 1, format);
        if (to.out.is_full)
            break;
        *written = to.out.length;
    }
    pthread_mutex_unlock(&hosts->lock);
    return *next == place ? hg_fail(error, HG_E_ARGUMENT, "no room for a host in %zu bytes", capacity) : HG_OK;
}

uint32_t hg_hosts_count_records(hg_hosts *hosts)
{
    uint32_t count = 0;
    pthread_mutex_lock(&hosts->lock);
    for (hg_index index = 1; index <= hosts->known.used; index++)
        count += !hg_device_is_shadow(hosts, hg_host_at(hosts, index));
    pthread_mutex_unlock(&hosts->lock);
    return count;
}
