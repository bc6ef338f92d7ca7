/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_records.c - the records of many hosts, and of devices. Hosts with the same MAC, seen on the link, are one
 * device; any other host is a device of its own.
 *
 * The record of a device is written at the place of its first host. The places after the hosts are bindings, for MACs
 * that no host has: from forged claims, or of evicted hosts.
 */
#include <math.h>

#include "base/error.h"
#include "facts/frames.h"
#include "facts/host_name.h"
#include "facts/local.h"
#include "facts/write.h"
#include "hosts/holders.h"

/* ---- hosts of a device ----------------------------------------------------------------------- */

typedef struct device_record {
    const hg_hosts *hosts;
    const uint8_t *mac; /* NULL: identified by its address */
    const hg_host_entry *members[HG_DEVICE_MEMBERS];
    uint32_t count;
    uint32_t address_count; /* also of hosts that are not among `members` */
    const hg_host_view *best; /* of the member with the most confidence; without members, an empty one */
    int64_t first_ns;
    int64_t last_ns;
    uint8_t is_local;
    hg_host_view views[2]; /* `best`, and the one that it is compared with */
} device_record;

static const hg_host_view NO_VIEW;

/* The next device that has the MAC as its own, the first if `one` is NULL; NULL: no more. */
static const hg_device *next_member(const hg_hosts *hosts, const uint8_t *mac, const hg_device *one)
{
    while ((one = hg_device_next_with(hosts, mac, one)) != NULL &&
           (!hg_host_has_mac(hosts, hg_host_at(hosts, one->host)) || hg_host_is_hidden(hosts, one->host)))
        ;
    return one;
}

static void add_member(device_record *out, const hg_host_entry *host)
{
    out->first_ns = out->count == 0 || host->first_ns < out->first_ns ? host->first_ns : out->first_ns;
    out->last_ns = out->count == 0 || host->last_ns > out->last_ns ? host->last_ns : out->last_ns;
    uint32_t at = out->count < HG_DEVICE_MEMBERS ? out->count++ : 0;
    if (out->members[at] != NULL) { /* full: the newest makes room, as anybody can state new addresses for a MAC */
        for (uint32_t i = 1; i < out->count; i++)
            at = out->members[i]->first_ns > out->members[at]->first_ns ? i : at;
        if (out->members[at]->first_ns <= host->first_ns)
            return;
    }
    out->members[at] = host;
}

static double sureness(const hg_host_view *view)
{
    return hg_device_confidence(&view->device) + view->conclusion.confidence;
}

static void choose_best(device_record *out)
{
    for (uint32_t i = 0; i < out->count; i++) {
        hg_host_view *view = out->best == out->views ? out->views + 1 : out->views;
        hg_host_view_of(out->hosts, out->members[i], 0, view);
        if (i == 0 || sureness(view) > sureness(out->best))
            out->best = view;
    }
}

static void add_bindings(device_record *out)
{
    const hg_hosts *hosts = out->hosts;
    for (const hg_binding *one = NULL; (one = hg_binding_next(hosts, out->mac, one)) != NULL;) {
        const hg_host_entry as = {.address = one->address, .version = one->version};
        out->is_local |= (uint8_t)(!hosts->local_is_stated || hg_host_is_local(hosts, &as));
        out->first_ns = out->first_ns == 0 || one->first_ns < out->first_ns ? one->first_ns : out->first_ns;
        out->last_ns = one->last_ns > out->last_ns ? one->last_ns : out->last_ns;
    }
}

/* Whether a MAC's record is written at this binding: no host has the MAC, and the binding is its first. */
static int look_at_binding(const hg_hosts *hosts, uint32_t number, device_record *out)
{
    const hg_binding *one = hg_pool_at(&hosts->bindings, number);
    out->mac = one->mac;
    return next_member(hosts, one->mac, NULL) == NULL && hg_binding_next(hosts, one->mac, NULL) == one;
}

/* Finds the device whose record is written at the place of a host. 0: it is written elsewhere. */
static int look_at_host(const hg_hosts *hosts, hg_index index, device_record *out)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    const hg_device *device = hg_device_of(hosts, host);
    const int has_own_mac = hg_host_has_mac(hosts, host);
    if (!hg_host_is_listed(hosts, host) || hg_host_is_hidden(hosts, index))
        return 0;
    if (hg_device_is_shadow(hosts, host) && !has_own_mac)
        return 0;
    if (has_own_mac) {
        out->mac = device->mac;
        const hg_device *first = next_member(hosts, device->mac, NULL);
        if (first != device && first != NULL)
            return 0;
        if (first == NULL) /* the hosts with the MAC made room for others */
            add_member(out, host);
        for (const hg_device *one = NULL; (one = next_member(hosts, out->mac, one)) != NULL;) {
            add_member(out, hg_host_at(hosts, one->host));
            out->address_count += one->surplus + (hg_host_at(hosts, one->host)->version != 0);
        }
    } else {
        add_member(out, host);
        out->address_count += host->version != 0;
    }
    for (uint32_t i = 0; i < out->count; i++)
        out->is_local |= (uint8_t)hg_host_is_local(hosts, out->members[i]);
    return 1;
}

/* Finds the device whose record is written at a place, without its `best`. 0: none. */
static int look_at_device(const hg_hosts *hosts, uint32_t place, device_record *out)
{
    memset(out, 0, offsetof(device_record, views));
    out->hosts = hosts;
    out->best = &NO_VIEW;
    const int is_found = place < hosts->known.used ? look_at_host(hosts, place + 1, out)
                                                   : look_at_binding(hosts, place - hosts->known.used + 1, out);
    if (is_found)
        add_bindings(out);
    return is_found;
}

/* ---- addresses -------------------------------------------------------------------------------------- */

/* Whether another MAC has or claims the address. */
static int is_disputed(const hg_hosts *hosts, const hg_binding *binding)
{
    const hg_tunnel_id segment = hg_segment_id(binding->segment);
    const hg_index index =
        hg_host_find(hosts, (hg_host_id){binding->address, binding->segment == 0 ? NULL : &segment, binding->version});
    const hg_device *device = index == 0 ? NULL : hg_device_of(hosts, hg_host_at(hosts, index));
    return device != NULL && device->has_mac &&
           (device->is_disputed || memcmp(device->mac, binding->mac, HG_MAC_LENGTH) != 0);
}

/* Writes an address, as an object unless `is_alone`. */
static void write_address(hg_json *to, const hg_binding *one, int is_disputed, int is_alone)
{
    if (is_alone) {
        hg_json_host_address(to, one->version, &one->address);
        return;
    }
    HG_JSON_OBJECT(to, HG_JSON_KEY(to, "ip", host_address, one->version, &one->address),
                   HG_JSON_KEY(to, "first_seen", time, one->first_ns), HG_JSON_KEY(to, "last_seen", time, one->last_ns),
                   HG_JSON_KEY(to, "disputed", bool, is_disputed));
}

/* The number of addresses, of which some may not be listed. */
static uint32_t count_addresses(const device_record *record)
{
    const uint32_t bound = hg_bindings_count(record->hosts, record->mac);
    return bound > record->address_count ? bound : record->address_count;
}

/* Whether the host has no binding, because its packets alone show its address. */
static int is_unbound(const device_record *record, const hg_host_entry *host)
{
    const hg_binding *one = NULL;
    while ((one = hg_binding_next(record->hosts, record->mac, one)) != NULL &&
           (one->version != host->version || !hg_same_address(one->address, host->address)))
        continue;
    return host->version != 0 && one == NULL;
}

/* Writes the addresses of all bindings, and of hosts without one. Returns 1 if one of them is disputed. */
static int write_addresses(hg_json *to, const device_record *record, int are_alone)
{
    int some_are_disputed = 0;
    HG_JSON_KEY(to, "addresses", open, '[');
    for (uint32_t i = 0; i < record->count; i++) {
        const hg_host_entry *host = record->members[i];
        const hg_binding made = {
            .address = host->address, .version = host->version, .first_ns = host->first_ns, .last_ns = host->last_ns};
        if (is_unbound(record, host))
            write_address(to, &made, 0, are_alone);
    }
    for (const hg_binding *one = NULL; (one = hg_binding_next(record->hosts, record->mac, one)) != NULL;) {
        write_address(to, one, is_disputed(record->hosts, one), are_alone);
        some_are_disputed |= is_disputed(record->hosts, one);
    }
    hg_json_close(to, ']');
    HG_JSON_KEY(to, "address_count", u64, count_addresses(record));
    return some_are_disputed;
}

/* ---- programs -------------------------------------------------------------------------------- */

/* Writes clients and servers, each label once. */
static void write_programs(hg_json *to, const device_record *record)
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
static void write_values(hg_json *to, const device_record *record, double shares[HG_DEVICE_VALUES])
{
    const hg_device_conclusion *device = &record->best->device;
    const hg_host_conclusion *stack = &record->best->conclusion;
    const int by_stack = record->count > 0 && device->values[HG_DEVICE_SYSTEM].length == 0 && stack->family_count > 0;
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++) {
        const hg_device_value value = record->count == 0 ? (hg_device_value){0} : device->values[i];
        shares[i] = value.length == 0 ? (double)NAN : value.confidence;
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

static void write_evidence(hg_json *to, const device_record *record)
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

/* The VLAN of a station (NULL: none); 0: it has none, or another segment. */
static hg_tunnel_id vlan_of(const uint8_t *mac)
{
    enum { VLANS = 1 << 12 };
    uint16_t number = 0;
    if (mac != NULL)
        memcpy(&number, mac + HG_MAC_LENGTH, sizeof number);
    return hg_segment_id(number < VLANS ? number : 0);
}

static void write_identity(hg_json *to, const device_record *record)
{
    HG_JSON_KEY(to, "mac", mac, record->mac);
    HG_JSON_KEY(to, "mac_local", optional, record->mac != NULL, bool, hg_mac_is_local(record->mac));
    HG_JSON_KEY(to, "host_name", span,
                hg_host_name_of_any(record->hosts, record->best->host, record->members, record->count));
    HG_JSON_KEY(to, "virtual", word, record->mac == NULL ? NULL : hg_mac_virtual(record->mac));
    const hg_tunnel_id *segment = record->count == 0 ? NULL : hg_host_tunnel(record->hosts, record->members[0]),
                       vlan = vlan_of(record->mac);
    segment = segment == NULL && vlan.inner != 0 ? &vlan : segment;
    HG_JSON_KEY(to, "segment", optional, segment != NULL, written, hg_write_tunnel, segment);
    HG_JSON_KEY(to, "role", word, hg_device_role(record->hosts, record->mac, record->members, record->count));
}

static void write_device_json(hg_json *to, const device_record *record)
{
    double shares[HG_DEVICE_VALUES];
    HG_JSON_KEY(to, "event", word, "device");
    write_identity(to, record);
    HG_JSON_KEY(to, "local", bool, record->is_local);
    (void)write_addresses(to, record, 0);
    HG_JSON_KEY(to, "sends_for", u64, hg_mac_sends_for(record->hosts, record->mac));
    write_values(to, record, shares);
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

static void write_local_device(hg_json *to, const device_record *record)
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
        device_record record;
        if (!look_at_device(hosts, place, &record) || !record.is_local)
            continue;
        if (most == 0 || to->out.length - start >= bytes) {
            left_out++;
            continue;
        }
        choose_best(&record);
        write_local_device(to, &record);
        most--;
    }
    return left_out;
}

static void count_type(const hg_host_view *view, uint64_t counts[HG_DEVICE_TYPE_COUNT])
{
    const hg_device_value *type = view->device.values + HG_DEVICE_TYPE;
    for (uint32_t i = 0; i < HG_DEVICE_TYPE_COUNT && type->length > 0; i++)
        counts[i] += (uint64_t)hg_span_is(hg_span_of(type->text, type->length), hg_device_type(i));
}

/* A remote host without announcements has no type. */
void hg_device_count_alone(const hg_host_view *view, uint64_t counts[HG_DEVICE_TYPE_COUNT])
{
    if (hg_host_is_listed(view->hosts, view->host) && !hg_host_has_mac(view->hosts, view->host) &&
        (view->known_device != NULL || hg_host_is_local(view->hosts, view->host)))
        count_type(view, counts);
}

void hg_devices_count_with_mac(const hg_hosts *hosts, uint64_t counts[HG_DEVICE_TYPE_COUNT])
{
    for (uint32_t place = 0; place < hosts->known.used; place++) {
        device_record record;
        if (!hg_host_has_mac(hosts, hg_host_at(hosts, place + 1)) || !look_at_device(hosts, place, &record))
            continue;
        choose_best(&record);
        count_type(record.best, counts);
    }
}

/* ---- many records ----------------------------------------------------------------------------------- */

static int has_record(const hg_hosts *hosts, hg_index index)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    return hg_host_is_listed(hosts, host) && !hg_device_is_shadow(hosts, host) && !hg_host_is_hidden(hosts, index);
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
    device_record record;
    if (!look_at_device(hosts, place, &record))
        return;
    choose_best(&record);
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
