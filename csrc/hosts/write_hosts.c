/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_hosts.c - the records of many hosts.
 */
#include "base/error.h"
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

hg_status hg_hosts_write(hg_hosts *hosts, hg_host_format format, uint32_t place, uint32_t end, char *out,
                         size_t capacity, size_t *written, uint32_t *next, hg_error *error)
{
    hg_json to = {.out = {.at = out, .capacity = capacity, .is_json = format != HG_HOST_TEXT}, .is_exact = format == HG_HOST_VALUES};
    *written = 0;
    *next = place;
    if ((unsigned)format >= HG_HOST_FORMATS || end > hosts->known.used || place >= end)
        return hg_fail(error, HG_E_ARGUMENT, "hosts %u to %u of %u", place, end, hosts->known.used);
    pthread_mutex_lock(&hosts->lock);
    for (; *next < end; ++*next) {
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
