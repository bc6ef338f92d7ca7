/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "records/device_record.h"

#include "devices/frames.h"
#include "devices/local.h"
#include "hosts/holders.h"
#include "views/machines.h"

/* ---- hosts of a device ----------------------------------------------------------------------- */

static const hg_host_view NO_VIEW;

static int has_member(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_device *one = NULL;
    while ((one = hg_device_next_with(hosts, mac, one)) != NULL &&
           (!hg_host_has_mac(hosts, hg_host_at(hosts, one->host)) || hg_host_is_hidden(hosts, one->host)))
        ;
    return one != NULL;
}

static void add_member(hg_device_record *out, const hg_host_entry *host)
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
    return hg_device_first(&view->device)->confidence + view->conclusion.confidence;
}

/* Notes the values that another station contradicts. */
static void compare_stations(hg_device_record *out)
{
    hg_host_view *other = out->best == out->views ? out->views + 1 : out->views;
    for (uint32_t i = 0; out->station_count > 1 && i < out->count; i++) {
        hg_host_view_of(out->hosts, out->members[i], 0, other);
        for (uint32_t field = 0; field < HG_DEVICE_VALUES; field++) {
            const hg_device_value *one = out->best->device.values + field, *with = other->device.values + field;
            const int fits =
                hg_device_values_fit(field, hg_span_of(one->text, one->length), hg_span_of(with->text, with->length));
            out->differs |= (uint8_t)(!fits << field);
        }
    }
}

void hg_device_record_judge(hg_device_record *out)
{
    for (uint32_t i = 0; i < out->count; i++) {
        hg_host_view *view = out->best == out->views ? out->views + 1 : out->views;
        hg_host_view_of(out->hosts, out->members[i], 0, view);
        if (i == 0 || sureness(view) > sureness(out->best))
            out->best = view;
    }
    compare_stations(out);
}

/* The host with the address of a binding; 0: none. */
static hg_index host_of(const hg_hosts *hosts, const hg_binding *one)
{
    const hg_tunnel_id segment = hg_segment_id(one->segment);
    return hg_host_find(hosts, (hg_host_id){one->address, one->segment == 0 ? NULL : &segment, one->version});
}

/* Whether the address is of a host behind the MAC, which has a record of its own. */
static int is_of_other(const hg_hosts *hosts, const hg_binding *one)
{
    const hg_index index = host_of(hosts, one);
    const hg_device *device = index == 0 ? NULL : hg_device_of(hosts, hg_host_at(hosts, index));
    return device != NULL && device->is_behind && memcmp(device->mac, one->mac, HG_STATION) == 0;
}

/* The next binding of the record's stations, of which `*at` is the present one; NULL: no more. */
static const hg_binding *next_binding(const hg_device_record *record, uint32_t *at, const hg_binding *one)
{
    for (; *at < record->station_count; ++*at, one = NULL)
        while ((one = hg_binding_next(record->hosts, record->stations[*at], one)) != NULL)
            if (!is_of_other(record->hosts, one))
                return one;
    return NULL;
}

static void add_bindings(hg_device_record *out)
{
    const hg_hosts *hosts = out->hosts;
    uint32_t at = 0;
    for (const hg_binding *one = NULL; (one = next_binding(out, &at, one)) != NULL;) {
        const hg_host_entry as = {.address = one->address, .version = one->version};
        out->is_local |= (uint8_t)(!hosts->local_is_stated || hg_host_is_local(hosts, &as));
        out->first_ns = out->first_ns == 0 || one->first_ns < out->first_ns ? one->first_ns : out->first_ns;
        out->last_ns = one->last_ns > out->last_ns ? one->last_ns : out->last_ns;
    }
}

/* Whether a MAC's record is written at this binding: no host has the MAC, and the binding is its first. */
static int look_at_binding(const hg_hosts *hosts, uint32_t number, hg_device_record *out)
{
    const hg_binding *one = hg_pool_at(&hosts->bindings, number);
    out->mac = out->stations[out->station_count++] = one->mac;
    return !has_member(hosts, one->mac) && hg_binding_next(hosts, one->mac, NULL) == one;
}

/* Adds the hosts of a machine. */
static void add_machine(const hg_hosts *hosts, const hg_device *own, hg_device_record *out)
{
    for (const hg_device *one = NULL; (one = hg_machine_next(hosts, own, one)) != NULL;) {
        add_member(out, hg_host_at(hosts, one->host));
        out->address_count += one->surplus + (hg_host_at(hosts, one->host)->version != 0);
        const uint8_t *last = out->station_count == 0 ? NULL : out->stations[out->station_count - 1];
        if (last == NULL || memcmp(last, one->mac, HG_STATION) != 0)
            out->stations[out->station_count++] = one->mac;
    }
}

/* Finds the device whose record is written at the place of a host. 0: it is written elsewhere. */
static int look_at_host(const hg_hosts *hosts, hg_index index, hg_device_record *out)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    const hg_device *device = hg_device_of(hosts, host);
    const int has_own_mac = hg_host_has_mac(hosts, host);
    if (!hg_host_is_listed(hosts, host) || hg_host_is_hidden(hosts, index))
        return 0;
    if (!has_own_mac && (hg_device_is_shadow(hosts, host) || hg_host_forwarded(hosts, index) != index))
        return 0;
    if (has_own_mac && !device->is_behind) {
        const hg_device *first = hg_machine_next(hosts, device, NULL);
        if (first != device && first != NULL)
            return 0;
        add_machine(hosts, device, out);
        if (first == NULL) { /* the hosts with the MAC made room for others */
            add_member(out, host);
            out->stations[out->station_count++] = device->mac;
        }
        out->mac = device->mac;
    } else {
        add_member(out, host);
        out->address_count += host->version != 0;
        out->behind = has_own_mac ? device->mac : NULL;
    }
    for (uint32_t i = 0; i < out->count; i++)
        out->is_local |= (uint8_t)hg_host_is_local(hosts, out->members[i]);
    return 1;
}

int hg_device_record_at(const hg_hosts *hosts, uint32_t place, hg_device_record *out)
{
    memset(out, 0, offsetof(hg_device_record, views));
    out->hosts = hosts;
    out->best = &NO_VIEW;
    const int is_found = place < hosts->known.used ? look_at_host(hosts, place + 1, out)
                                                   : look_at_binding(hosts, place - hosts->known.used + 1, out);
    if (is_found)
        add_bindings(out);
    return is_found;
}

/* ---- addresses -------------------------------------------------------------------------------------- */

/* Whether another MAC has or claims the address, or used it at the same time. */
static int is_disputed(const hg_hosts *hosts, const hg_binding *binding)
{
    const hg_index index = host_of(hosts, binding);
    if (index != 0 && hg_host_was_shared(hosts, hg_host_at(hosts, index), binding->mac))
        return 1;
    const hg_device *device = index == 0 ? NULL : hg_device_of(hosts, hg_host_at(hosts, index));
    return device != NULL && device->has_mac &&
           (device->is_disputed || memcmp(device->mac, binding->mac, HG_MAC_LENGTH) != 0);
}

/* Adds an address; that of several stations is listed once. */
static void list_address(hg_address_list *list, const hg_binding *one, int is_disputed)
{
    for (uint32_t i = 0; i < list->count; i++) {
        hg_binding *known = list->at + i;
        if (known->version != one->version || !hg_same_address(known->address, one->address))
            continue;
        hg_widen(&known->first_ns, &known->last_ns, one->first_ns, one->last_ns);
        known->is_by_others |= (uint8_t)is_disputed;
        return;
    }
    list->total++;
    if (list->count == HG_MAC_ADDRESSES)
        return;
    list->at[list->count] = *one;
    list->at[list->count++].is_by_others = (uint8_t)is_disputed;
}

/* Whether the host has no binding, because its packets alone show its address. */
static int is_unbound(const hg_device_record *record, const hg_host_entry *host)
{
    const hg_binding *one = NULL;
    uint32_t at = 0;
    while ((one = next_binding(record, &at, one)) != NULL &&
           (one->version != host->version || !hg_same_address(one->address, host->address)))
        continue;
    return host->version != 0 && (one == NULL || one->is_tentative);
}

void hg_device_record_addresses(const hg_device_record *record, int are_tentative, hg_address_list *list)
{
    uint32_t at = 0;
    list->count = list->total = 0;
    for (uint32_t i = 0; i < record->count; i++) {
        const hg_host_entry *host = record->members[i];
        const hg_binding made = {
            .address = host->address, .version = host->version, .first_ns = host->first_ns, .last_ns = host->last_ns};
        if (!are_tentative && is_unbound(record, host))
            list_address(list, &made, hg_host_was_shared(record->hosts, host, record->mac));
    }
    for (const hg_binding *one = NULL; (one = next_binding(record, &at, one)) != NULL;)
        if (one->is_tentative == are_tentative)
            list_address(list, one, is_disputed(record->hosts, one));
}
