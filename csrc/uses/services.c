/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "uses/services.h"

#include <stdlib.h>

#include "claims/claims.h"
#include "systems/words.h"
#include "hosts/fact.h"
#include "http/fields.h"
#include "tls/fields.h"
#include "hosts/keys.h"

enum { PLACES = 1 << 12 /* a request replaces an earlier one in the same place */, MOST_NAME = 255 };

/* The first hg_host_service of a host; 0: none. */
static uint32_t first_service(const hg_hosts *hosts, const hg_host_entry *host)
{
    const uint32_t *first = hg_fact_read(hosts, host, HG_FACT_services);
    return first == NULL ? 0 : *first;
}

/* The server name that a client requested in a connection. */
struct hg_open_request {
    uint64_t key; /* 0: none */
    uint32_t name;
};

static uint64_t key_of(hg_row row, uint16_t client_port, uint16_t server_port)
{
    return hg_hash_mix(hg_hash_mix(HG_HASH_MULTIPLIER, row.columns->flow[row.index]),
                       (uint64_t)client_port << 16 | server_port) |
           1;
}

/* Writes "example.com" for "Example.COM:8080", and returns its length; 0: an address, or too long. */
static uint32_t read_name(hg_span from, char *out)
{
    uint32_t length = 0, is_name = 0;
    for (; length < from.length && from.text[length] != ':'; length++) {
        const char c = from.text[length];
        if (length == MOST_NAME || c == '[')
            return 0;
        out[length] = (char)hg_lower(c);
        is_name |= c != '.' && (c < '0' || c > '9');
    }
    return is_name ? length : 0;
}

/* Remembers the server name in a ClientHello or a request; length 0: it has none. */
static void note_request(hg_hosts *hosts, hg_row row, hg_span name)
{
    char text[MOST_NAME];
    const hg_columns *c = row.columns;
    const uint32_t length = hosts->options.shows_names ? read_name(name, text) : 0;
    if (length > 0 && hosts->open_requests == NULL)
        hosts->open_requests = calloc(PLACES, sizeof *hosts->open_requests);
    if (length == 0 || hosts->open_requests == NULL)
        return;
    const hg_host_name wanted = {.name = {.text = text, .length = length}, .kind = HG_NAME_SERVICE};
    const uint64_t key = key_of(row, c->src_port[row.index], c->dst_port[row.index]);
    hosts->names.may_invent = 1;
    hosts->open_requests[hg_hash_fold(key) & (PLACES - 1)] =
        (hg_open_request){.key = key, .name = hg_names_take(&hosts->names, &wanted)};
}

/* Takes a server's answer: the name in the latest request of the connection becomes a service of the server. */
static void note_answer(hg_hosts *hosts, hg_host_entry *host, hg_row row)
{
    const hg_columns *c = row.columns;
    const uint64_t key = key_of(row, c->dst_port[row.index], c->src_port[row.index]);
    const hg_open_request *place =
        hosts->open_requests == NULL ? NULL : hosts->open_requests + (hg_hash_fold(key) & (PLACES - 1));
    uint32_t *first =
        place == NULL || place->key != key || place->name == 0 ? NULL : hg_fact_take(hosts, host, HG_FACT_services);
    if (first != NULL)
        hosts->untracked +=
            !hg_pool_append_new(&hosts->services, first, HG_HOST_SERVICES, &(hg_host_service){.name = place->name});
}

/* ---- leases ------------------------------------------------------------------------------------------- */

/* The host of the DHCP server or relay that sent the message; 0: a client's message, or the sender is not a host. */
static hg_index sender_of(const hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    const hg_columns *c = &batch->columns;
    hg_tunnel_id tunnel;
    if (!c->from_server[row.index] && !c->devices.forwarded[row.at])
        return 0;
    return hg_host_find(hosts, (hg_host_id){hg_address_of(c->src_ip[row.index]), hg_tunnel_of_row(row, &tunnel),
                                            c->ip_version[row.index]});
}

enum { MESSAGE_REQUEST = 3, MESSAGE_ACK = 5, MESSAGE_RELEASE = 7 };

/* The host that a client beyond a router has with a leased address, which begins unless the address is in use; 0: none,
 * as frames show its station, or there is no room. */
static hg_index leasing_host(hg_hosts *hosts, hg_host_id id, const uint8_t *mac, int64_t now_ns)
{
    const hg_index current = hg_host_find(hosts, id);
    hg_index used = current;
    while (used != 0 && hg_host_is_hidden(hosts, used))
        used = hg_host_earlier(hosts, used);
    if (hg_device_has_leased(hosts, used, mac)) {
        hg_host_make_current(hosts, used);
        return used;
    }
    if (current != 0 && hg_host_station(hosts, current) != NULL)
        return 0;
    const hg_device *before = current == 0 ? NULL : hg_device_of(hosts, hg_host_at(hosts, current));
    const int is_leased = before != NULL && before->by_lease;
    if (is_leased && before->lease_until_ns > now_ns)
        hg_device_take(hosts, current)->lease_until_ns = now_ns;
    const int goes_on =
        current != 0 && (current != used || (!is_leased && hg_elapsed_ns(hg_host_at(hosts, current)->last_ns, now_ns) <=
                                                               HG_HOLDER_SILENCE_NS));
    const hg_index index = goes_on ? current : hg_host_begin_leased(hosts, id, now_ns);
    return index == 0 || hg_device_lease_to(hosts, index, mac) == NULL ? 0 : index;
}

/* Takes a lease that was seen between a relay and its server: the client is the station of the address. An
 * acknowledgement counts if it answers a request of the client, or renews its lease. */
static void note_relayed(hg_hosts *hosts, const hg_batch *batch, hg_row row, const hg_announcement_row *read)
{
    const hg_device_columns *c = &batch->columns.devices;
    const uint8_t message = c->message[row.at];
    const int64_t now_ns = batch->columns.time_ns[row.index];
    const uint64_t asked_ns = 60 * UINT64_C(1000000000);
    const uint64_t seconds = c->lease_seconds[row.at];
    uint8_t mac[HG_STATION];
    hg_tunnel_id tunnel;
    const hg_host_id id = {hg_address_of(read->address), hg_tunnel_of_row(row, &tunnel), read->version};
    if (read->mac == NULL || read->version != 4 || (id.tunnel != NULL && tunnel.kind != HG_TUNNEL_NONE))
        return;
    hg_put_station(mac, read->mac, hg_segment_number(id.tunnel));
    hg_relayed *asked = hosts->relayed + hg_hash_station(hosts->hash_key, mac) % HG_RELAYED;
    if (!batch->columns.from_server[row.index] && message == MESSAGE_REQUEST && read->forwarded) {
        memcpy(asked->mac, mac, sizeof mac);
        asked->time_ns = now_ns;
    }
    const int is_own = hg_device_has_leased(hosts, hg_host_find(hosts, id), mac);
    const int is_asked = memcmp(asked->mac, mac, sizeof mac) == 0 && now_ns >= asked->time_ns &&
                         hg_elapsed_ns(asked->time_ns, now_ns) <= asked_ns && hg_mac_is_station(mac);
    const int is_lease = batch->columns.from_server[row.index] && message == MESSAGE_ACK && (is_own || is_asked);
    const hg_index index =
        is_lease || (is_own && message == MESSAGE_RELEASE) ? leasing_host(hosts, id, mac, now_ns) : 0;
    if (index == 0)
        return;
    hg_device *device = hg_device_take(hosts, index);
    device->lease_address = hg_be32(read->address);
    device->lease_ns = now_ns;
    device->lease_until_ns = !is_lease      ? now_ns
                             : seconds == 0 ? INT64_MAX /* until the address is leased again */
                                            : hg_later_ns(now_ns, (int64_t)(seconds * UINT64_C(1000000000)));
    hg_host_touch(hosts, index);
}

/* Takes the address and MAC of a DHCP server on the link, which may be new. */
static void take_server(hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    const hg_columns *c = &batch->columns;
    const uint8_t wanted = HG_KNOWS_SOURCE_MAC | HG_SERVES_LINK;
    uint8_t station[HG_STATION];
    hg_tunnel_id tunnel;
    hg_announcer from = {.mac = station,
                         .within = hg_tunnel_of_row(row, &tunnel),
                         .scope = HG_SCOPE_SEGMENT,
                         .must_wait = 1,
                         .time_ns = c->time_ns[row.index]};
    if ((c->devices.macs[row.at] & wanted) != wanted)
        return;
    hg_put_station(station, c->devices.source_mac[row.at], hg_segment_number(from.within));
    const hg_host_id id = {hg_address_of(c->src_ip[row.index]), from.within, c->ip_version[row.index]};
    const int is_named = hg_is_unicast(id.address, id.version);
    hg_watch_role(hosts, row.index, &from, is_named ? c->src_ip[row.index] : NULL, id.version, HG_NEW_DHCP_SERVER);
    if (!is_named || !hg_mac_is_station(station))
        return; /* no device, but clients take what it leases */
    const hg_index index = hg_host_take(hosts, id, from.time_ns, 1);
    if (index == 0) {
        hosts->untracked++;
        return;
    }
    hg_host_at(hosts, index)->flags &= (uint8_t)~HG_HOST_LEASED;
    hosts->untracked += !hg_device_note_mac(hosts, index, &from);
    hg_host_touch(hosts, index);
}

/* Whether the DHCP server of a message leased another address before. */
static uint8_t is_known(const hg_hosts *hosts, const hg_batch *batch, hg_row row, hg_address address)
{
    const hg_index index = sender_of(hosts, batch, row);
    const hg_host_lease *one = NULL;
    const uint32_t first = index == 0 ? 0 : hg_host_read_extra(hosts, hg_host_at(hosts, index))->leases;
    while ((one = hg_pool_next(&hosts->leases, first, one)) != NULL && hg_same_address(one->address, address))
        continue;
    return one != NULL;
}

/* Takes a lease of a server that leased nothing else: anybody can forge one for an address that others use. */
static void claim_lease(hg_hosts *hosts, const hg_batch *batch, hg_row row, const hg_announcement_row *read)
{
    uint8_t mac[HG_STATION];
    hg_tunnel_id tunnel;
    const hg_announcer from = {.mac = mac,
                               .within = hg_tunnel_of_row(row, &tunnel),
                               .scope = batch->columns.scope[row.index],
                               .must_wait = 1,
                               .sender = batch->columns.devices.source_mac[row.at],
                               .time_ns = batch->columns.time_ns[row.index]};
    hg_put_station(mac, read->mac, hg_segment_number(from.within));
    if ((batch->columns.devices.macs[row.at] & HG_KNOWS_SOURCE_MAC) != 0)
        hg_watch_lease(hosts, row.index, &from, read->address, read->version);
}

void hg_note_stated(hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    hg_announcement_row of;
    const hg_columns *c = &batch->columns;
    const int is_dhcp = c->event[row.index] == HG_EVENT_DHCP;
    if (is_dhcp)
        take_server(hosts, batch, row);
    hg_watch_statements(hosts, batch, row);
    if (!is_dhcp || !hg_announced_of(batch, row.index, row.at, &of) || of.address == NULL)
        return;
    if (c->scope[row.index] == HG_SCOPE_NONE)
        note_relayed(hosts, batch, row, &of);
    else if (of.mac != NULL && c->from_server[row.index] && c->devices.message[row.at] == MESSAGE_ACK &&
             !is_known(hosts, batch, row, hg_address_of(of.address)))
        claim_lease(hosts, batch, row, &of);
    const hg_index index = sender_of(hosts, batch, row);
    hg_host_extra *extra = index == 0 ? NULL : hg_host_take_extra(hosts, hg_host_at(hosts, index));
    const hg_host_lease found = {.version = of.version, .address = hg_address_of(of.address)};
    if (extra != NULL) /* further leases are hosts, too, and make no list longer */
        (void)hg_pool_append_new(&hosts->leases, &extra->leases, HG_HOST_LEASES, &found);
}

/* Ends the leases of an address to a MAC that were given until now, at all hosts of the MAC. */
static void end_leases(hg_hosts *hosts, const uint8_t *mac, uint32_t address, int64_t now_ns)
{
    for (const hg_device *one = NULL; (one = hg_device_next_with(hosts, mac, one)) != NULL;) {
        hg_device *device = one->lease_address == address ? hg_device_take(hosts, one->host) : NULL;
        if (device != NULL && device->lease_ns <= now_ns)
            device->lease_until_ns = 0;
    }
}

/* Notes at a host of the client's MAC the lease that a server acknowledges, or that the client releases. */
static void note_lease(const hg_host_event *row)
{
    const hg_device_columns *c = &row->batch->columns.devices;
    const hg_announcement_row *read = &row->announcement;
    const uint32_t seconds = c->lease_seconds[row->of.at];
    if (read->address == NULL || read->version != 4 || (seconds == 0 && c->message[row->of.at] != MESSAGE_RELEASE))
        return;
    hg_device *device = hg_device_take(row->hosts, row->index);
    if (device == NULL || read->mac == NULL || !device->has_mac || memcmp(device->mac, read->mac, HG_STATION) != 0)
        return;
    const uint32_t address = hg_be32(read->address);
    const int64_t now_ns = hg_row_time(row), length_ns = (int64_t)seconds * INT64_C(1000000000);
    if (seconds == 0)
        end_leases(row->hosts, read->mac, address, now_ns);
    else if (device->lease_until_ns == 0 || device->lease_ns <= now_ns) { /* files may overlap */
        device->lease_address = address;
        device->lease_ns = now_ns;
        device->lease_until_ns = hg_later_ns(now_ns, length_ns);
        device->is_lease_known = is_known(row->hosts, row->batch, row->of, hg_address_of(read->address));
    }
    hg_host_touch(row->hosts, row->index);
}

/* When the latest lease of the host's address to its MAC ends, in ns since 1970; 0: none was seen. The lease may be
 * noted at another host of the MAC. */
static int64_t lease_until(const hg_host_view *view)
{
    const hg_shown_host of = hg_host_shown(view);
    const uint8_t *mac = of.host->version == 4 ? hg_host_mac_of(of.hosts, of.host) : NULL;
    int64_t until_ns = 0;
    for (const hg_device *one = NULL; mac != NULL && (one = hg_device_next_with(of.hosts, mac, one)) != NULL;)
        if (one->lease_until_ns > until_ns && one->lease_address == hg_be32((const uint8_t *)of.host->address.word))
            until_ns = one->lease_until_ns;
    return until_ns;
}

/* ---- records ---------------------------------------------------------------------------------------- */

void hg_put_host_services(hg_json *to, const hg_host_view *view)
{
    const hg_shown_host of = hg_host_shown(view);
    const uint32_t first = first_service(of.hosts, of.host);
    HG_JSON_INSIDE(to, '[')
    for (const hg_host_service *one = NULL; (one = hg_pool_next(&of.hosts->services, first, one)) != NULL;)
        hg_json_span(to, hg_host_name_at(&of.hosts->names, one->name)->name);
}

HG_HOST_VALUE(lease_until, time_or_null, lease_until(view))

void hg_put_host_leases(hg_json *to, const hg_host_view *view)
{
    const hg_shown_host of = hg_host_shown(view);
    hg_json_open(to, '[');
    for (const hg_host_lease *one = NULL; (one = hg_pool_next(&of.hosts->leases, of.extra->leases, one)) != NULL;)
        hg_json_host_address(to, (uint8_t)one->version, &one->address);
    hg_json_close(to, ']');
}

static void put_names(hg_writer *to, const hg_host_view *view)
{
    const hg_shown_host of = hg_host_shown(view);
    const uint32_t first = first_service(of.hosts, of.host);
    const char *word = "";
    const hg_host_service *one = NULL;
    for (; (one = hg_pool_next(&of.hosts->services, first, one)) != NULL; word = ", ")
        HG_WRITE_WITH(to, word, hg_put_label, hg_host_name_at(&of.hosts->names, one->name));
}

static void put_addresses(hg_writer *to, const hg_host_view *view)
{
    const hg_shown_host of = hg_host_shown(view);
    const char *word = "";
    const hg_host_lease *one = NULL;
    for (; (one = hg_pool_next(&of.hosts->leases, of.extra->leases, one)) != NULL; word = ", ")
        HG_WRITE_WITH(to, word, hg_write_address, (uint8_t)one->version, &one->address);
}

static void text(hg_writer *to, const hg_host_view *view)
{
    hg_host_write_line(to, view, "  Serves: ", put_names);
    hg_host_write_line(to, view, "  Leases: ", put_addresses);
}

/* ---- the fact -------------------------------------------------------------------------------------- */

static void take(hg_host_event *row)
{
    if (row->event == HG_EVENT_DHCP)
        note_lease(row);
    else if (row->event == HG_EVENT_TLS_CLIENT)
        note_request(row->hosts, row->of, hg_server_name_of(row->of));
    else if (row->event == HG_EVENT_HTTP_REQUEST)
        note_request(row->hosts, row->of, HG_HTTP_TEXT_OF(row->of, http_host));
    else
        note_answer(row->hosts, row->host, row->of);
}

const hg_fact hg_fact_services = {
    .bytes = sizeof(uint32_t),
    .events = HG_HELLO_EVENTS | HG_HTTP_EVENTS | UINT64_C(1) << HG_EVENT_DHCP,
    .pools = HG_FACT_POOLS(
        HG_HELD_POOL(services, hg_host_service, HG_AS_DETAILS, HG_RECORD_LIST, HG_IN_DATA),
        HG_HELD_POOL(leases, hg_host_lease, HG_AS_HOSTS, HG_RECORD_LIST, offsetof(hg_host_extra, leases))),
    .memory = offsetof(hg_hosts, open_requests),
    .on = take,
    .write = text,
};
