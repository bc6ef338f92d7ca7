/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * machines.c - which hosts are one device: those whose frames one MAC sent, in any segment, unless what they show at
 * the same time excludes it (machines.h).
 *
 * A MAC in several segments is one device with several stations: a router, a host on a trunk, or copies of frames, with
 * and without a tag, or of each interface of a bridge. Evidence is not shared between stations: this is only a view.
 * Hosts of one station that exclude each other are behind a bridge, such as a repeater or a hypervisor.
 */
#include "hosts/change_rows.h"
#include "hosts/details.h"
#include "views/machines.h"

#include "claims/claims.h"
#include "devices/frames.h"
#include "hosts/holders.h"
#include "systems/conclusion.h"
#include "views/view.h"

/* ---- stations of a MAC ------------------------------------------------------------------------------------ */

static uint16_t number_of(const uint8_t *station)
{
    uint16_t number;
    memcpy(&number, station + HG_MAC_LENGTH, sizeof number);
    return number;
}

/* The number of a known segment; place 0 is none. 0 for another place: no more. */
static uint16_t segment_at(const hg_hosts *hosts, uint32_t place)
{
    const hg_tunnel_id id = hg_segment_id(place == 0 || place > HG_KNOWN_SEGMENTS ? 0 : hosts->segments[place - 1]);
    return hg_segment_number(&id);
}

/* The place of a station's segment among the known ones; more than HG_KNOWN_SEGMENTS: it is not among them. */
static uint32_t place_of(const hg_hosts *hosts, const uint8_t *station)
{
    uint32_t place = 0;
    while (place <= HG_KNOWN_SEGMENTS && segment_at(hosts, place) != number_of(station))
        place++;
    return place;
}

/* The first device of the MAC in a known segment at this place, or after it; NULL: none. */
static const hg_device *first_from(const hg_hosts *hosts, const uint8_t *mac, uint32_t place)
{
    for (; place <= HG_KNOWN_SEGMENTS && (place == 0 || segment_at(hosts, place) != 0); place++) {
        uint8_t station[HG_STATION];
        hg_put_station(station, mac, segment_at(hosts, place));
        const hg_device *one = hg_device_next_with(hosts, station, NULL);
        if (one != NULL)
            return one;
    }
    return NULL;
}

/* Whether a station is a device of its own, whatever sends from its MAC in other segments. */
static int is_alone(const hg_hosts *hosts, const uint8_t *station)
{
    return hosts->segments[0] == 0 || hg_mac_virtual(station) != NULL || place_of(hosts, station) > HG_KNOWN_SEGMENTS;
}

/* The device after `after` that has the MAC of `station`, also in other segments. */
static const hg_device *next_of_mac(const hg_hosts *hosts, const uint8_t *station, const hg_device *after)
{
    if (is_alone(hosts, station))
        return hg_device_next_with(hosts, station, after);
    const hg_device *one = after == NULL ? NULL : hg_device_next_with(hosts, after->mac, after);
    return one != NULL ? one : first_from(hosts, station, after == NULL ? 0 : place_of(hosts, after->mac) + 1);
}

static int has_mac(const hg_hosts *hosts, const hg_device *one)
{
    return hg_host_has_mac(hosts, hg_host_at(hosts, one->host)) && !hg_host_is_hidden(hosts, one->host);
}

const hg_device *hg_machine_next(const hg_hosts *hosts, const hg_device *own, const hg_device *after)
{
    const hg_device *one = after;
    do
        one = own->is_apart ? hg_device_next_with(hosts, own->mac, one) : next_of_mac(hosts, own->mac, one);
    while (one != NULL && (!has_mac(hosts, one) || one->is_behind || one->is_apart != own->is_apart));
    return one;
}

/* ---- copies of frames -------------------------------------------------------------------------------------- */

static int has_claims(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_entry *copy)
{
    const hg_device *device = hg_device_of(hosts, host), *other = hg_device_of(hosts, copy);
    const uint32_t first = other == NULL ? 0 : other->claims;
    for (const hg_device_claim *one = NULL; (one = hg_pool_next(&hosts->device_claims, first, one)) != NULL;) {
        const hg_device_claim *own = NULL;
        while (device != NULL && (own = hg_pool_next(&hosts->device_claims, device->claims, own)) != NULL &&
               !hg_device_claims_are_equal(own, one))
            ;
        if (own == NULL)
            return 0;
    }
    return 1;
}

static int has_names_and_ports(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_entry *copy)
{
    for (const hg_sighting *one = NULL; (one = hg_next_sighting(hosts, copy, one)) != NULL;)
        if (hg_host_sighting(hosts, host, one->source, one->name) == NULL)
            return 0;
    for (const hg_host_port *one = NULL; (one = hg_next_port(hosts, copy, one)) != NULL;) {
        const hg_host_port *own = NULL;
        while ((own = hg_next_port(hosts, host, own)) != NULL && (own->port != one->port || own->role != one->role))
            ;
        if (own == NULL)
            return 0;
    }
    return 1;
}

/* Whether a system of one host excludes one of the other. */
static int excludes_names(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_entry *copy)
{
    for (const hg_sighting *one = NULL; (one = hg_next_sighting(hosts, copy, one)) != NULL;)
        if (hg_host_name_at(&hosts->names, one->name)->kind == HG_NAME_SYSTEM &&
            hg_host_has_contradicting_name(hosts, host, one->name))
            return 1;
    return 0;
}

/* Whether the capture has the frames of host `copied` as frames of `index`, too. A few may be lost. */
static int shows_all(const hg_hosts *hosts, hg_index index, hg_index copied)
{
    const hg_host_entry *host = hg_host_at(hosts, index), *copy = hg_host_at(hosts, copied);
    const int64_t late_ns = INT64_C(1000000000);
    const uint64_t packets = hg_host_sender_of(hosts, host, index)->packets;
    return copy->first_ns >= host->first_ns - late_ns && copy->last_ns <= host->last_ns + late_ns &&
           copy->connections <= host->connections && (copy->findings & ~host->findings) == 0 &&
           hg_host_sender_of(hosts, copy, copied)->packets <= packets + packets / 8 &&
           (hg_host_read_extra(hosts, copy)->targets == 0 || hg_host_read_extra(hosts, host)->targets != 0) &&
           has_names_and_ports(hosts, host, copy) && has_claims(hosts, host, copy);
}

/* The host with the address of another in a known segment at this place; 0: none. */
static hg_index with_address(const hg_hosts *hosts, const hg_host_entry *host, uint32_t place)
{
    const hg_tunnel_id segment = hg_segment_id(place == 0 ? 0 : hosts->segments[place - 1]);
    const hg_host_id id = {host->address, place == 0 ? NULL : &segment, host->version};
    const hg_index index = place > 0 && segment.inner == 0 ? 0 : hg_host_find(hosts, id);
    return index == 0 || hg_host_is_hidden(hosts, index) ? 0 : index;
}

static int may_be_copy(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hosts->segments[0] != 0 && host->version != 0 && !hg_host_in_tunnel(hosts, host);
}

hg_index hg_host_forwarded(const hg_hosts *hosts, hg_index index)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    hg_index found = 0;
    if (!may_be_copy(hosts, host) || !hg_host_comes_from_afar(hosts, index))
        return index;
    for (uint32_t place = 0; place <= HG_KNOWN_SEGMENTS; place++) {
        const hg_index other = with_address(hosts, host, place);
        if (other == 0 || other == index || hg_host_station(hosts, other) == NULL)
            continue;
        if (found != 0)
            return index;
        found = other;
    }
    return found == 0 || excludes_names(hosts, host, hg_host_at(hosts, found)) ? index : found;
}

hg_index hg_host_original(const hg_hosts *hosts, hg_index index)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    const uint8_t *station = may_be_copy(hosts, host) ? hg_host_station(hosts, index) : NULL;
    const hg_index forwarded = hg_host_forwarded(hosts, index);
    if (forwarded != index && shows_all(hosts, forwarded, index))
        return forwarded;
    if (station == NULL || hg_mac_virtual(station) != NULL)
        return index;
    for (uint32_t place = 0; place <= HG_KNOWN_SEGMENTS; place++) {
        const hg_index other = with_address(hosts, host, place);
        const uint8_t *sent_by = other == 0 || other == index ? NULL : hg_host_station(hosts, other);
        if (sent_by == NULL || memcmp(sent_by, station, HG_MAC_LENGTH) != 0)
            continue;
        if (shows_all(hosts, other, index) && (other < index || !shows_all(hosts, index, other)))
            return other;
    }
    return index;
}

hg_index hg_host_find_original(const hg_hosts *hosts, hg_host_id id)
{
    const hg_index index = hg_host_find_any(hosts, id);
    return index == 0 ? 0 : hg_host_original(hosts, index);
}

/* ---- what hosts show ---------------------------------------------------------------------------------------- */

enum { MOST_SHOWN = 8, TYPE_BYTES = 24 };

/* The types and systems that a host shows by itself: first the chosen one, then all others. */
typedef struct shown_values {
    hg_device *device;
    const hg_host_entry *host;
    uint32_t type_count, system_count;
    uint8_t has_type, has_system; /* 1: the first one is chosen */
    uint8_t is_own; /* 1: it states the MAC in its announcements, as the machine with that card does */
    char types[MOST_SHOWN][TYPE_BYTES];
    const hg_host_name *systems[MOST_SHOWN];
} shown_values;

static void add_type(shown_values *out, hg_span type)
{
    if (type.length == 0 || type.length >= TYPE_BYTES || out->type_count == MOST_SHOWN)
        return;
    memcpy(out->types[out->type_count], type.text, type.length);
    out->types[out->type_count++][type.length] = 0;
}

static void add_system(shown_values *out, const hg_host_name *name)
{
    if (out->system_count < MOST_SHOWN)
        out->systems[out->system_count++] = name;
}

static hg_span type_of(const hg_device_claim *claim)
{
    return hg_span_of(hg_device_claim_text(claim, HG_DEVICE_TYPE), claim->lengths[HG_DEVICE_TYPE]);
}

/* Whether a claim follows from other facts about the host. */
static int is_derived(const hg_host_view *view, const hg_device_claim *claim)
{
    return claim >= view->device.derived && claim < view->device.derived + HG_DEVICE_DERIVED;
}

/* Collects what a host with `is_behind` shows: nothing of other hosts with its MAC. */
static void look(const hg_hosts *hosts, hg_device *device, shown_values *out)
{
    enum { OF_CARD = 1U << HG_SAYS_DHCP_LIST | 1U << HG_SAYS_DHCP_CLASS };
    hg_host_view view;
    *out = (shown_values){.device = device, .host = hg_host_at(hosts, device->host)};
    hg_host_view_of(hosts, out->host, device->host, &view);
    const hg_device_value *type = view.device.values + HG_DEVICE_TYPE;
    uint32_t stated = 0;
    for (uint32_t i = 0; i < view.device.reading_count; i++) {
        const hg_device_claim *claim = view.device.readings[i].claim;
        out->is_own |= (uint8_t)((OF_CARD >> claim->kind & 1) != 0 && !view.device.readings[i].is_other);
        stated += !is_derived(&view, claim) && claim->lengths[HG_DEVICE_TYPE] > 0;
    }
    out->has_type = stated > 0 && type->length > 0 && type->length < TYPE_BYTES;
    add_type(out, out->has_type ? hg_span_of(type->text, type->length) : (hg_span){0});
    for (uint32_t i = 0; i < view.device.reading_count; i++)
        add_type(out, type_of(view.device.readings[i].claim));
    out->has_system = view.conclusion.family_count > 0 && view.conclusion.best != NULL;
    if (out->has_system)
        add_system(out, view.conclusion.best);
    for (uint32_t i = 0; i < view.conclusion.reading_count; i++)
        add_system(out, view.conclusion.readings[i].name);
}

/* Whether nothing that `other` shows fits the chosen type or system of `one`. */
static int excludes_all(const shown_values *one, const shown_values *other, int is_type)
{
    for (uint32_t i = 0; i < (is_type ? other->type_count : other->system_count); i++)
        if (is_type
                ? hg_device_values_fit(HG_DEVICE_TYPE, hg_span_of_word(one->types[0]), hg_span_of_word(other->types[i]))
                : !hg_names_exclude(one->systems[0], other->systems[i]))
            return 0;
    return 1;
}

/* Whether two hosts were there at the same time. A machine that starts another system shows it later, and may return
 * to the first one. */
static int are_together(const hg_hosts *hosts, const shown_values *one, const shown_values *other)
{
    const int overlap = one->host->last_ns >= other->host->first_ns && other->host->last_ns >= one->host->first_ns;
    return overlap && (memcmp(one->device->mac, other->device->mac, HG_STATION) != 0 ||
                       (hg_host_sender_of(hosts, one->host, one->device->host)->is_together &&
                        hg_host_sender_of(hosts, other->host, other->device->host)->is_together));
}

/* Whether two hosts are two machines, by what they show. */
static int exclude(const hg_hosts *hosts, const shown_values *one, const shown_values *other)
{
    if (!are_together(hosts, one, other))
        return 0;
    return (one->has_type && other->has_type && excludes_all(one, other, 1) && excludes_all(other, one, 1)) ||
           (one->has_system && other->has_system && excludes_all(one, other, 0) && excludes_all(other, one, 0));
}

/* ---- conclusions ---------------------------------------------------------------------------------------------- */

static void set(hg_hosts *hosts, hg_device *device, uint8_t is_behind, uint8_t is_apart)
{
    if (device->is_behind != is_behind || device->is_apart != is_apart)
        hg_host_touch(hosts, device->host);
    device->is_behind = is_behind;
    device->is_apart = is_apart;
}

/* Finds the hosts behind a bridge, among those of one station. */
static void find_bridge(const hg_hosts *hosts, const shown_values *all, uint32_t first, uint32_t end,
                        uint8_t *is_behind)
{
    int is_bridge = 0, has_own = 0;
    for (uint32_t i = first; i < end; i++) {
        is_behind[i] = 0;
        has_own |= all[i].is_own;
        for (uint32_t j = first; j < end; j++)
            is_behind[i] |= (uint8_t)exclude(hosts, all + i, all + j);
        is_bridge |= is_behind[i];
    }
    for (uint32_t i = first; i < end; i++) /* further IPv6 addresses are rather of the MAC's own machine */
        is_behind[i] = is_bridge && !all[i].is_own && (is_behind[i] || !has_own || all[i].host->version == 4);
}

/* Whether a host of a station excludes one of the stations before it, which are one device. */
static uint8_t excludes_before(const hg_hosts *hosts, const shown_values *all, uint32_t first, uint32_t end,
                               const uint8_t *is_behind, const uint8_t *is_apart)
{
    for (uint32_t i = 0; i < first; i++)
        for (uint32_t j = first; j < end && !is_apart[i] && !is_behind[i]; j++)
            if (!is_behind[j] && exclude(hosts, all + i, all + j))
                return 1;
    return 0;
}

/* Judges the hosts of a MAC, of which `one` is the first. */
static void judge(hg_hosts *hosts, const hg_device *one)
{
    shown_values all[HG_DEVICE_MEMBERS];
    uint8_t is_behind[HG_DEVICE_MEMBERS], is_apart[HG_DEVICE_MEMBERS], before[HG_DEVICE_MEMBERS];
    uint32_t count = 0;
    const uint8_t *mac = one->mac;
    for (; one != NULL && count < HG_DEVICE_MEMBERS; one = next_of_mac(hosts, mac, one)) {
        hg_device *device = has_mac(hosts, one) ? hg_device_take(hosts, one->host) : NULL;
        if (device == NULL)
            continue;
        before[count] = device->is_behind;
        device->is_behind = 1;
        look(hosts, device, all + count++);
    }
    for (uint32_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && memcmp(all[first].device->mac, all[end].device->mac, HG_STATION) == 0; end++)
            ;
        find_bridge(hosts, all, first, end, is_behind);
        const uint8_t differs = excludes_before(hosts, all, first, end, is_behind, is_apart);
        memset(is_apart + first, differs, end - first);
    }
    for (uint32_t i = 0; i < count; i++) {
        all[i].device->is_behind = before[i];
        set(hosts, all[i].device, is_behind[i], is_apart[i]);
    }
}

/* Finds the hosts behind bridges (`is_behind`), and the stations that exclude others with their MAC (`is_apart`). */
static void conclude(hg_hosts *hosts)
{
    for (hg_index index = 1; index <= hosts->known.used; index++) {
        const hg_device *device = hg_device_of(hosts, hg_host_at(hosts, index));
        if (device == NULL || !device->has_mac || device->is_surplus || hg_mac_virtual(device->mac) != NULL ||
            next_of_mac(hosts, device->mac, NULL) != device)
            continue;
        if (next_of_mac(hosts, device->mac, device) != NULL)
            judge(hosts, device);
        else
            set(hosts, hg_device_take(hosts, index), 0, 0);
    }
}

uint32_t hg_hosts_find(const hg_hosts *hosts, const uint8_t address[16], uint8_t version)
{
    const hg_index index = hg_host_find_original(hosts, (hg_host_id){hg_address_of(address), NULL, version});
    return index == 0 ? HG_NO_HOST : index - 1;
}

hg_status hg_hosts_conclude(hg_hosts *hosts, hg_error *error)
{
    pthread_mutex_lock(&hosts->lock);
    hg_frames_conclude(hosts);
    if (hosts->watch != NULL && !hosts->watch->limits.are_wanted) /* else the run asks for it */
        hg_watch_judge_claims(hosts, INT64_MAX, HG_NO_ROW);
    const hg_status status = hg_middleboxes_conclude(hosts, error);
    conclude(hosts);
    pthread_mutex_unlock(&hosts->lock);
    return status;
}
