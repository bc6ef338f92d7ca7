/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_records.c - the records of many hosts, and of devices. Hosts with the same MAC, seen on the link, are one
 * device, also in several segments (machines.h); any other host is a device of its own.
 */
#include <math.h>

#include "base/error.h"
#include "devices/frames.h"
#include "devices/local.h"
#include "hosts/details.h"
#include "hosts/holders.h"
#include "records/device_record.h"
#include "systems/host_name.h"
#include "views/machines.h"

/* ---- addresses -------------------------------------------------------------------------------------- */

/* Writes all addresses, as objects unless `are_alone`. Returns 1 if one of them is disputed. */
static int write_addresses(hg_json *to, const hg_device_record *record, int are_alone)
{
    hg_address_list list;
    int some_are_disputed = 0;
    hg_device_record_addresses(record, 0, &list);
    HG_JSON_KEY(to, "addresses", open, '[');
    for (const hg_binding *one = list.at; one < list.at + list.count; one++) {
        some_are_disputed |= one->is_by_others;
        if (are_alone)
            hg_json_host_address(to, one->version, &one->address);
        else
            HG_JSON_OBJECT(to, HG_JSON_KEY(to, "ip", host_address, one->version, &one->address),
                           HG_JSON_KEY(to, "first_seen", time, one->first_ns),
                           HG_JSON_KEY(to, "last_seen", time, one->last_ns),
                           HG_JSON_KEY(to, "disputed", bool, one->is_by_others));
    }
    hg_json_close(to, ']');
    /* of one station, also those of hosts that made room for others */
    HG_JSON_KEY(to, "address_count", u64,
                record->station_count > 1 || list.total > record->address_count ? list.total : record->address_count);
    return some_are_disputed;
}

static void write_tentative(hg_json *to, const hg_device_record *record)
{
    hg_address_list list;
    hg_device_record_addresses(record, 1, &list);
    HG_JSON_KEY_INSIDE(to, "tentative", '[')
    for (const hg_binding *one = list.at; one < list.at + list.count; one++)
        hg_json_host_address(to, one->version, &one->address);
}

/* ---- programs -------------------------------------------------------------------------------- */

/* Writes clients and servers, each label once. */
static void write_programs(hg_json *to, const hg_device_record *record)
{
    enum { MOST = 64 };
    const hg_host_name *shown[MOST];
    uint32_t count = 0;
    HG_JSON_KEY_INSIDE(to, "programs", '[')
    for (uint32_t i = 0; i < record->count; i++) {
        for (const hg_sighting *seen = NULL;
             (seen = hg_next_sighting(record->hosts, record->members[i], seen)) != NULL;) {
            const hg_host_name *name = hg_host_name_at(&record->hosts->names, seen->name);
            uint32_t known = 0;
            while (known < count && !hg_same_label(shown[known], name))
                known++;
            if (name->kind != HG_NAME_PROGRAM || name->name.length == 0 || known < count || count == MOST)
                continue;
            shown[count++] = name;
            hg_json_label(to, name);
        }
    }
}

/* ---- its values ------------------------------------------------------------------------------------- */

/* Writes the announced values. If no system was announced, it comes from the conclusion on the packets, with its
 * version: an announced one is the firmware's. `shares` gets the confidence of each. */
static void write_values(hg_json *to, const hg_device_record *record, double shares[HG_DEVICE_VALUES])
{
    const hg_device_conclusion *device = &record->best->device;
    const hg_host_conclusion *stack = &record->best->conclusion;
    const int by_stack = record->count > 0 && device->values[HG_DEVICE_SYSTEM].length == 0 && stack->family_count > 0;
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++) {
        const int is_known = record->count > 0 && (record->differs >> i & 1) == 0;
        const hg_device_value value = is_known ? device->values[i] : (hg_device_value){0};
        shares[i] = hg_device_measured(&value);
        hg_json_key(to, hg_device_field(i));
        if (by_stack && i == HG_DEVICE_SYSTEM) {
            shares[i] = stack->confidence;
            hg_json_families(to, stack);
        } else if (by_stack && i == HG_DEVICE_VERSION) {
            shares[i] = stack->version_confidence;
            hg_json_versions(to, stack);
        } else {
            hg_json_span(to, hg_span_of(value.text, value.length));
        }
    }
}

static void write_confidence(hg_json *to, const double shares[HG_DEVICE_VALUES])
{
    HG_JSON_KEY_INSIDE(to, "confidence", '{')
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        HG_JSON_KEY(to, hg_device_field(i), share, shares[i]);
}

static void write_evidence(hg_json *to, const hg_device_record *record)
{
    HG_JSON_KEY(to, "evidence", open, '[');
    for (uint32_t i = 0; i < record->best->device.reading_count; i++)
        hg_device_write_claim(to, record->best->device.readings + i);
    for (uint32_t i = 0; i < record->best->conclusion.reading_count; i++)
        if (record->best->conclusion.readings[i].seen->source != HG_SOURCE_ANNOUNCEMENT)
            hg_json_system_claim(to, record->best->conclusion.readings + i);
    hg_json_close(to, ']');
}

/* ---- the record ------------------------------------------------------------------------------------- */

/* The VLAN of a station; 0: it has none, or another segment. */
static hg_tunnel_id vlan_of(const uint8_t *mac)
{
    enum { VLANS = 1 << 12 };
    uint16_t number;
    memcpy(&number, mac + HG_MAC_LENGTH, sizeof number);
    return hg_segment_id(number < VLANS ? number : 0);
}

/* Writes the segments in which it was seen. */
static void write_segments(hg_json *to, const hg_device_record *record)
{
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < record->station_count || i < (record->mac == NULL); i++) {
        const hg_host_entry *host = record->count == 0 || record->station_count > 1 ? NULL : record->members[0];
        for (uint32_t j = 0; record->station_count > 1 && j < record->count; j++)
            if (memcmp(hg_device_of(record->hosts, record->members[j])->mac, record->stations[i], HG_STATION) == 0)
                host = record->members[j];
        const hg_tunnel_id vlan = vlan_of(record->mac == NULL ? (const uint8_t[HG_STATION]){0} : record->stations[i]);
        const hg_tunnel_id *segment = host == NULL ? NULL : hg_host_tunnel(record->hosts, host);
        if (segment != NULL || vlan.inner != 0)
            hg_json_written(to, hg_write_tunnel, segment != NULL ? segment : &vlan);
        else if (record->station_count > 1)
            hg_json_word(to, "untagged");
    }
    hg_json_close(to, ']');
}

static void write_identity(hg_json *to, const hg_device_record *record)
{
    HG_JSON_KEY(to, "mac", mac, record->mac);
    HG_JSON_KEY(to, "behind", mac, record->behind);
    HG_JSON_KEY(to, "mac_local", optional, record->mac != NULL, bool, hg_mac_is_local(record->mac));
    HG_JSON_KEY(to, "host_name", span,
                hg_host_name_of_any(record->hosts, record->best->host, record->members, record->count));
    HG_JSON_KEY(to, "virtual", word, record->mac == NULL ? NULL : hg_mac_virtual(record->mac));
    hg_json_key(to, "segments");
    write_segments(to, record);
    HG_JSON_KEY(to, "role", word, hg_device_role(record->hosts, record->mac, record->members, record->count));
}

static void write_device_json(hg_json *to, const hg_device_record *record)
{
    double shares[HG_DEVICE_VALUES];
    HG_JSON_KEY(to, "event", word, "device");
    write_identity(to, record);
    HG_JSON_KEY(to, "related", related, record->hosts, record->mac);
    HG_JSON_KEY(to, "local", bool, record->is_local);
    (void)write_addresses(to, record, 0);
    write_tentative(to, record);
    HG_JSON_KEY(to, "sends_for", u64, hg_mac_sends_for(record->hosts, record->mac));
    write_values(to, record, shares);
    hg_json_types(to, &record->best->device, !isnan(shares[HG_DEVICE_TYPE]));
    write_confidence(to, shares);
    write_evidence(to, record);
    write_programs(to, record);
    HG_JSON_KEY(to, "client_ports", ports, record->hosts, record->members, record->count, HG_ROLE_CLIENT);
    HG_JSON_KEY(to, "server_ports", ports, record->hosts, record->members, record->count, HG_ROLE_SERVER);
    HG_JSON_KEY(to, "first_seen", time, record->first_ns);
    HG_JSON_KEY(to, "last_seen", time, record->last_ns);
    HG_JSON_KEY(to, "network_card", card, record->hosts, record->mac);
    HG_JSON_KEY(to, "cpe", cpe, &record->best->device, &record->best->conclusion);
}

/* ---- local devices ---------------------------------------------------------------------------------- */

static void write_local_device(hg_json *to, const hg_device_record *record)
{
    double shares[HG_DEVICE_VALUES];
    hg_json_open(to, '{');
    write_identity(to, record);
    const int some_are_disputed = write_addresses(to, record, 1);
    HG_JSON_KEY(to, "disputed", bool, some_are_disputed);
    write_values(to, record, shares);
    HG_JSON_KEY(to, "first_seen", time, record->first_ns);
    HG_JSON_KEY(to, "last_seen", time, record->last_ns);
    HG_JSON_KEY(to, "network_card", card, record->hosts, record->mac);
    hg_json_close(to, '}');
}

uint64_t hg_write_local_devices(hg_json *to, const hg_hosts *hosts, uint32_t most, size_t bytes)
{
    const size_t start = to->out.length;
    uint64_t left_out = 0;
    for (uint32_t place = 0; place < hg_hosts_device_places(hosts); place++) {
        hg_device_record record;
        if (!hg_device_record_at(hosts, place, &record) || !record.is_local)
            continue;
        if (most == 0 || to->out.length - start >= bytes) {
            left_out++;
            continue;
        }
        hg_device_record_judge(&record);
        write_local_device(to, &record);
        most--;
    }
    return left_out;
}

uint8_t hg_device_type_of(const hg_host_view *view)
{
    const hg_device_value *type = view->device.values + HG_DEVICE_TYPE;
    uint8_t i = type->length > 0 ? 0 : HG_DEVICE_TYPE_COUNT;
    while (i < HG_DEVICE_TYPE_COUNT && !hg_span_is(hg_span_of(type->text, type->length), hg_device_type(i)))
        i++;
    return i;
}

/* A remote host without announcements has no type. */
int hg_device_is_alone(const hg_host_view *view)
{
    return hg_host_is_listed(view->hosts, view->host) && !hg_host_has_mac(view->hosts, view->host) &&
           (view->known_device != NULL || hg_host_is_local(view->hosts, view->host));
}

void hg_devices_count_with_mac(const hg_hosts *hosts, uint64_t counts[HG_DEVICE_TYPE_COUNT + 1])
{
    for (uint32_t place = 0; place < hosts->known.used; place++) {
        hg_device_record record;
        if (!hg_host_has_mac(hosts, hg_host_at(hosts, place + 1)) || !hg_device_record_at(hosts, place, &record))
            continue;
        hg_device_record_judge(&record);
        counts[hg_device_type_of(record.best)]++;
    }
}

/* ---- many records ----------------------------------------------------------------------------------- */

static int has_record(const hg_hosts *hosts, hg_index index)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    return hg_host_is_listed(hosts, host) && !hg_device_is_shadow(hosts, host) && !hg_host_is_hidden(hosts, index) &&
           hg_host_original(hosts, index) == index;
}

static void write_host(hg_json *to, const hg_hosts *hosts, hg_index index, hg_host_format format)
{
    hg_host_view view;
    if (!has_record(hosts, index))
        return;
    hg_host_view_of(hosts, hg_host_at(hosts, index), index, &view);
    if (format == HG_HOST_TEXT) {
        hg_host_write_text(&to->out, &view);
        return;
    }
    to->needs_comma = 0;
    hg_host_write_json(to, &view, format == HG_HOST_VALUES);
    hg_write(&to->out, "\n", 1);
}

static void write_device(hg_json *to, const hg_hosts *hosts, uint32_t place)
{
    hg_device_record record;
    if (!hg_device_record_at(hosts, place, &record))
        return;
    hg_device_record_judge(&record);
    to->needs_comma = 0;
    hg_json_open(to, '{');
    write_device_json(to, &record);
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
    const int is_text = format == HG_HOST_TEXT, is_of_device = format >= HG_DEVICES_JSON;
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
            write_device(&to, hosts, *next);
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
        count += (uint32_t)has_record(hosts, index);
    pthread_mutex_unlock(&hosts->lock);
    return count;
}
