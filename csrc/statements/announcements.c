/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announcements.c - adds rows of announcements to hosts.
 */
#include "hosts/change_rows.h"
#include "hosts/details.h"
#include "statements/descriptions.h"
#include "systems/host_name.h"
#include "statements/known_claims.h"
#include "devices/local.h"
#include "sightings/naming.h"
#include "uses/services.h"
#include "attacks/targets.h"
#include "claims/claims.h"
#include "tls/fields.h"

/* Whether the announcement states which MAC has an address (ARP, Neighbor Discovery), not only which MAC sent it. */
static int is_binding(const hg_announcement_row *announced)
{
    return hg_event_is_resolution(announced->event);
}

/* The MAC of the frame, if it is not the one that the announcement names; else NULL. */
static inline const uint8_t *other_sender(const hg_announcement_row *announced, const hg_device_columns *c, uint32_t at)
{
    const int is_other = announced->mac != NULL && (c->macs[at] & HG_KNOWS_SOURCE_MAC) != 0 &&
                         memcmp(announced->mac, c->source_mac[at], HG_MAC_LENGTH) != 0;
    return is_other ? c->source_mac[at] : NULL;
}

static inline __attribute__((always_inline)) hg_announcer announcer_of(const hg_batch *batch, hg_row row,
                                                                       const hg_announcement_row *announced,
                                                                       const hg_tunnel_id *within)
{
    const uint8_t scope = batch->columns.scope[row.index];
    const int is_lease = announced->event == HG_EVENT_DHCP && batch->columns.from_server[row.index];
    return (hg_announcer){.mac = announced->mac,
                          .within = within,
                          .scope = scope,
                          .must_wait = (uint8_t)(is_binding(announced) || is_lease),
                          .has_received = scope == HG_SCOPE_HANDSHAKE,
                          .sender = other_sender(announced, &batch->columns.devices, row.at),
                          .time_ns = batch->columns.time_ns[row.index]};
}

/* Whether the announcement is about the address that sent it. A binding with an address always is. */
static int is_of_sender(const hg_batch *batch, hg_row row, const hg_announcement_row *announced)
{
    if (announced->address == NULL || is_binding(announced))
        return announced->address != NULL;
    return announced->version == batch->columns.ip_version[row.index] &&
           memcmp(announced->address, batch->columns.src_ip[row.index], sizeof batch->columns.src_ip[0]) == 0;
}

/* 0: not an announcement. A MAC in a tunnel is dropped: the sender of the tunnel's datagram chose it. */
static int read_announcement(hg_host_event *row)
{
    hg_announcement_row *out = &row->announcement;
    if (!hg_announced_of(row->batch, row->of.index, row->of.at, out))
        return 0;
    const hg_tunnel_id *within = row->within = hg_tunnel_of_row(row->of, &row->within_id);
    if (within != NULL && within->kind != HG_TUNNEL_NONE)
        out->mac = NULL;
    if (out->mac != NULL) {
        hg_put_station(row->station, out->mac, hg_segment_number(within));
        out->mac = row->station;
    }
    row->is_of_sender = is_of_sender(row->batch, row->of, out);
    return 1;
}

/* A DHCP server's message names its client's MAC. That MAC becomes a host only when it sends something itself. */
static int counts(hg_host_event *host_row)
{
    const hg_hosts *hosts = host_row->hosts;
    const hg_batch *batch = host_row->batch;
    const hg_row row = host_row->of;
    const hg_announcement_row *out = &host_row->announcement;
    if (batch->columns.event[row.index] == HG_EVENT_DEVICE_CHANGE || batch->columns.scope[row.index] == HG_SCOPE_NONE ||
        !read_announcement(host_row))
        return 0;
    if (out->event == HG_EVENT_DNS)
        return out->address != NULL && /* only stations of the link ask its group */
               (batch->columns.scope[row.index] >= HG_SCOPE_SEGMENT ||
                hg_id_is_local(hosts, (hg_host_id){hg_address_of(out->address), host_row->within, out->version}));
    if (host_row->is_of_sender)
        return 1;
    const int is_lease = out->event == HG_EVENT_DHCP && batch->columns.from_server[row.index];
    const uint8_t *sender = batch->columns.devices.source_mac[row.at]; /* which leases nothing to itself */
    return out->mac != NULL && (!is_lease || (memcmp(out->mac, sender, HG_MAC_LENGTH) != 0 &&
                                              hg_device_next_with(hosts, out->mac, NULL) != NULL));
}

static hg_index announcing_host(const hg_host_event *row)
{
    hg_hosts *hosts = row->hosts;
    const hg_announcement_row *announced = &row->announcement;
    const hg_announcer from = announcer_of(row->batch, row->of, announced, row->within);
    if (announced->address == NULL)
        return hg_device_host(hosts, announced->mac, from.time_ns);
    const hg_host_id id = {hg_address_of(announced->address), from.within, announced->version};
    if (!row->is_of_sender)
        return hg_device_lease(hosts, &from, &id);
    const hg_index index = hg_host_take_announcer(hosts, id, from.mac, from.time_ns, announced->event == HG_EVENT_ARP);
    if (index != 0)
        hg_host_at(hosts, index)->flags &= (uint8_t)~HG_HOST_LEASED;
    return index;
}

/* ---- texts ------------------------------------------------------------------------------------------------ */

/* The texts of one row, while they are added to a host. */
typedef struct host_texts {
    hg_hosts *hosts;
    hg_index index;
    hg_announcer from;
    uint32_t row;
    int is_accepted; /* 0: the row's MAC is not the host's */
    uint8_t is_mdns;
    uint32_t name_count;
    uint32_t names[HG_MOST_RECORDS + 1]; /* system names counted so far: the row counts once for each */
} host_texts;

/* The host's earlier name with the same label, else `name`: signatures of one system differ in their other claims. */
static uint32_t known_name(const host_texts *texts, uint32_t name)
{
    uint32_t count; /* not needed */
    const hg_host_name *wanted = hg_host_name_at(&texts->hosts->names, name);
    const uint32_t known =
        hg_host_label(texts->hosts, hg_host_at(texts->hosts, texts->index), HG_SOURCE_ANNOUNCEMENT, wanted, &count);
    return known != 0 ? known : name;
}

static void note_name(host_texts *texts, uint32_t name)
{
    name = known_name(texts, name);
    for (uint32_t i = 0; i < texts->name_count; i++)
        if (texts->names[i] == name)
            return;
    if (texts->name_count < HG_MOST_RECORDS + 1)
        texts->names[texts->name_count++] = name;
    hg_host_entry *host = hg_host_at(texts->hosts, texts->index);
    texts->hosts->untracked +=
        !hg_host_note_name(texts->hosts, host, HG_SOURCE_ANNOUNCEMENT, name, texts->from.scope, texts->from.time_ns);
}

/* The claim of a text, with the packet's time, scope and MAC. Returns the signature, or HG_NO_SIGNATURE. */
static uint32_t claim_of(const host_texts *texts, const hg_announcement_text *announced, hg_device_claim *out)
{
    const uint32_t signature = hg_known_claim_of(texts->hosts, announced, out);
    if (signature == HG_NO_SIGNATURE)
        return HG_NO_SIGNATURE;
    out->packets = 1;
    out->first_ns = out->last_ns = texts->from.time_ns;
    out->scope = texts->from.scope;
    out->has_mac = texts->from.mac != NULL;
    if (out->has_mac)
        memcpy(out->mac, texts->from.mac, sizeof out->mac);
    return signature;
}

/* Adds the claim of one text. 0: no room. */
static int note_text(host_texts *texts, const hg_announcement_text *announced)
{
    hg_device_claim claim;
    const uint32_t signature = claim_of(texts, announced, &claim);
    if (signature == HG_NO_SIGNATURE)
        return 1;
    claim.is_free &= !(texts->is_mdns && hg_device_names_system_only(&claim)); /* a system without a name chose it */
    const uint32_t name = hg_name_of_device(texts->hosts, signature);
    if (name != 0 && texts->is_accepted && !claim.is_free)
        note_name(texts, name);
    return hg_device_add_claim(texts->hosts, texts->index, &claim);
}

/* Notes the MAC, and the claim that follows from its prefix. A connection does not prove the MAC. */
static int take_mac(host_texts *texts)
{
    const uint8_t scope = texts->from.scope;
    const hg_announcement_text announced = {.text = texts->from.mac, .length = HG_MAC_LENGTH, .kind = HG_SAYS_MAC};
    texts->from.scope = scope == HG_SCOPE_HANDSHAKE ? HG_SCOPE_REMOTE : scope;
    const int has_room = hg_device_note_mac(texts->hosts, texts->index, &texts->from) &&
                         (texts->hosts->database == NULL || note_text(texts, &announced));
    texts->from.scope = scope;
    return has_room;
}

/* The host that made a request: the MAC of the frame counts, not the sender that the request names. 0: no room. */
static hg_index asker_of(const host_texts *texts, const hg_device_columns *c, uint32_t at)
{
    hg_hosts *hosts = texts->hosts;
    hg_index index = texts->index;
    if (texts->from.sender != NULL || (!texts->is_accepted && (c->macs[at] & HG_KNOWS_SOURCE_MAC) != 0)) {
        uint8_t station[HG_STATION];
        hg_announcer from = texts->from;
        hg_put_station(station, c->source_mac[at], hg_segment_number(from.within));
        from.mac = station;
        index = hg_device_host(hosts, from.mac, from.time_ns);
        if (index == 0 || !hg_device_note_mac(hosts, index, &from))
            return 0;
        hg_host_touch(hosts, index);
    }
    return hg_host_at(hosts, index)->shares_mac ? hg_device_asker(hosts, index) : index;
}

/* Takes the target of an ARP packet or a Neighbor Discovery message. Returns the host that asked for it; 0: none. */
static hg_index note_target(host_texts *texts, const hg_device_columns *c, uint32_t at)
{
    const uint8_t operation = c->operation[at], version = c->target_ip_version[at], *target = c->target_ip[at];
    const int is_answer = operation == HG_LINK_REPLY || operation == HG_LINK_ADVERTISEMENT;
    if (version == 0 ||
        (c->device_ip_version[at] != 0 && memcmp(target, c->device_ip[at], sizeof c->target_ip[at]) == 0))
        return 0;
    const hg_host_id sought = {hg_address_of(target), texts->from.within, version};
    if (is_answer && c->device_ip_version[at] != 0 && texts->is_accepted)
        hg_target_note_reply(texts->hosts, &sought, c->device_ip[at]);
    if (operation == HG_LINK_SOLICITATION && c->device_ip_version[at] == 0)
        hg_binding_try(texts->hosts, &texts->from, sought.address, version);
    const hg_index asker = is_answer ? 0 : asker_of(texts, c, at);
    if (asker != 0)
        hg_host_add_findings(texts->hosts, asker, texts->row,
                             hg_target_note_request(texts->hosts, asker, &sought, texts->from.time_ns));
    return asker;
}

/* Takes a network or a router that a message names. 0: no room. */
static int note_network(host_texts *texts, const hg_announcement_text *announced)
{
    hg_network other = {{0}, 0, 0};
    if (announced->kind < HG_NETWORK_PREFIX || announced->length != HG_ADDRESS_BYTES)
        return 1;
    other.prefix = announced->text[0];
    other.version = (uint8_t)(announced->text[HG_ADDRESS_BYTES - 1] - '0');
    memcpy(other.address, announced->text + 1, sizeof other.address);
    if (announced->kind == HG_NETWORK_GATEWAY) {
        const hg_host_id id = {hg_address_of(other.address), texts->from.within, 4};
        hg_note_gateway(texts->hosts, &id);
        hg_watch_gateway(texts->hosts, &id);
    }
    return announced->kind != HG_NETWORK_PREFIX || hg_local_note(texts->hosts, &other);
}

static int is_of_router(const hg_announcement_text *text)
{
    const hg_span words = {.data = text->text, .length = text->length};
    return (text->kind == HG_SAYS_CAPABILITIES && hg_text_find(words, "router") != NULL) ||
           (text->kind == HG_SAYS_DEVICE_TYPE && hg_text_find(words, ":InternetGatewayDevice:") != NULL);
}

static int is_advertised_router(const hg_batch *batch, hg_row row)
{
    return batch->columns.event[row.index] == HG_EVENT_NEIGHBOR &&
           (batch->columns.devices.macs[row.at] & HG_SERVES_LINK) != 0;
}

/* Whether systems on the link take a route or DNS servers from the message. */
static int is_taken(const hg_batch *batch, hg_row row)
{
    return batch->columns.event[row.index] == HG_EVENT_NEIGHBOR &&
           (batch->columns.devices.macs[row.at] & (HG_SERVES_LINK | HG_ACTS_AS_ROUTER)) != 0;
}

/* Looks for news in a router's message: about the frame's sender, or the MAC that it names if the frame has none. */
static void watch_router(const hg_host_event *row, const hg_announcer *named)
{
    const hg_device_columns *c = &row->batch->columns.devices;
    const hg_announcement_row *read = &row->announcement;
    const int redirects = c->operation[row->of.at] == HG_LINK_REDIRECT;
    const uint8_t *address = redirects ? NULL : read->address;
    uint8_t station[HG_STATION];
    hg_announcer from = *named;
    if ((c->macs[row->of.at] & HG_KNOWS_SOURCE_MAC) != 0) {
        hg_put_station(station, c->source_mac[row->of.at], hg_segment_number(from.within));
        from.mac = station;
    }
    if (address != NULL)
        hg_watch_router(row->hosts, row->of.index, &from, named->mac, address, c->router_lifetime[row->of.at]);
    if (!is_taken(row->batch, row->of))
        return;
    if (redirects && (hg_mac_is_named_gateway(row->hosts, from.mac) || hg_watch_has_gateway(row->hosts, from.mac)))
        hg_watch_redirect(row->hosts, row->of.index, &from, read->address, read->version);
    else
        hg_watch_role(row->hosts, row->of.index, &from, address, read->version, HG_NEW_ROUTER);
}

/* Looks for news about the sender, after the row was added. */
static void watch(host_texts *texts, const hg_host_event *of_row)
{
    const hg_batch *batch = of_row->batch;
    const hg_row row = of_row->of;
    const hg_announcement_row *read = &of_row->announcement;
    hg_announcement_text announced;
    uint32_t at = 0;
    const uint8_t *address = of_row->is_of_sender ? read->address : NULL;
    texts->from.operation = batch->columns.devices.operation[row.at];
    hg_watch_packet(texts->hosts, texts->row, &texts->from, address, read->version);
    if (texts->hosts->watch == NULL)
        return;
    const int ends_router = (batch->columns.devices.macs[row.at] & HG_IS_NO_ROUTER) != 0 && texts->from.sender != NULL;
    if (texts->from.operation == HG_LINK_ROUTER_ADVERTISEMENT || ends_router)
        watch_router(of_row, &texts->from);
    while (hg_announced_next(read, &at, &announced)) {
        hg_device_claim claim;
        if (is_of_router(&announced))
            hg_watch_role(texts->hosts, texts->row, &texts->from, address, read->version, HG_NEW_ROUTER);
        if (texts->hosts->database != NULL && announced.kind < HG_ANNOUNCEMENTS &&
            claim_of(texts, &announced, &claim) != HG_NO_SIGNATURE)
            hg_watch_claim(texts->hosts, texts->row, &texts->from, &claim);
    }
}

/* Whether a repeater sent one of the latest packets of the host's MAC again. */
static int is_copy(const host_texts *texts, uint32_t datagram)
{
    enum { LATEST_NS = 1000000000 };
    const hg_device *device = datagram == 0 ? NULL : hg_device_of(texts->hosts, hg_host_at(texts->hosts, texts->index));
    const int64_t after_ns = device == NULL ? -1 : texts->from.time_ns - device->mac_ns;
    return after_ns >= 0 && after_ns <= LATEST_NS && hg_device_sent_datagram(device, datagram) &&
           texts->from.mac != NULL && device->has_mac && memcmp(device->mac, texts->from.mac, HG_MAC_LENGTH) != 0;
}

static void take_announcement(hg_host_event *of_row)
{
    hg_hosts *hosts = of_row->hosts;
    const hg_batch *batch = of_row->batch;
    const hg_row row = of_row->of;
    const hg_announcement_row *announcement = &of_row->announcement;
    const hg_index index = of_row->index;
    hg_announcement_text announced;
    uint32_t at = 0;
    host_texts context; /* `names` need no value */
    context.hosts = hosts, context.index = index;
    context.from = announcer_of(batch, row, announcement, of_row->within);
    context.row = row.index;
    context.name_count = 0;
    context.is_mdns = announcement->event == HG_EVENT_MDNS;
    const uint32_t datagram = batch->columns.devices.datagram[row.at];
    if (is_copy(&context, datagram))
        return;
    int has_room = announcement->mac == NULL || take_mac(&context);
    context.is_accepted = hg_device_accepts(hosts, index, &context.from);
    if (context.is_accepted && datagram != 0)
        hg_device_note_datagram(hosts, index, datagram);
    const int is_of_link = context.from.scope >= HG_SCOPE_SEGMENT && context.is_accepted;
    if (is_of_link && is_advertised_router(batch, row))
        hg_device_note_router(hosts, index);
    if (context.from.scope >= HG_SCOPE_SEGMENT)
        of_row->asker = note_target(&context, &batch->columns.devices, row.at);
    if (announcement->shows_names && context.is_accepted)
        hg_host_name_take(hosts, index, announcement, batch->columns.from_server[row.index]);
    while (hg_announced_next(announcement, &at, &announced))
        has_room &= announced.kind >= HG_ANNOUNCEMENTS ? !is_of_link || note_network(&context, &announced)
                                                       : hosts->database == NULL || note_text(&context, &announced);
    watch(&context, of_row);
    hosts->untracked += !has_room;
}

static uint32_t hash_of_device(const void *hosts, const void *device)
{
    return hg_hash_station(((const hg_hosts *)hosts)->hash_key, ((const hg_device *)device)->mac);
}

static uint32_t hash_of_binding(const void *hosts, const void *binding)
{
    return hg_hash_station(((const hg_hosts *)hosts)->hash_key, ((const hg_binding *)binding)->mac);
}

/* Whether ARP or Neighbor Discovery states a group MAC, a MAC of zeros or, as redirects do, another station. */
static int names_no_sender(const hg_host_event *row)
{
    return is_binding(&row->announcement) &&
           (row->batch->columns.devices.operation[row->of.at] == HG_LINK_REDIRECT ||
            (row->announcement.mac != NULL && !hg_mac_is_station(row->announcement.mac)));
}

static __attribute__((noinline)) void find_host(hg_host_event *row)
{
    const uint8_t event = row->of.columns->event[row->of.index];
    if (event == HG_EVENT_DHCP || event == HG_EVENT_NEIGHBOR)
        hg_note_stated(row->hosts, row->batch, row->of);
    if (!counts(row))
        return;
    if (names_no_sender(row)) { /* no device, but systems send to it */
        const hg_announcer from = announcer_of(row->batch, row->of, &row->announcement, row->within);
        if (row->announcement.address != NULL && row->announcement.mac != NULL)
            hg_watch_named(row->hosts, row->of.index, &from, row->announcement.address, row->announcement.version);
        if (is_taken(row->batch, row->of) && hg_watches(row->hosts))
            watch_router(row, &from);
        return;
    }
    row->is_about_none = 0;
    row->index = announcing_host(row);
}

static void on(hg_host_event *row)
{
    const int may_describe = row->event == HG_EVENT_SSDP || row->event == HG_EVENT_DISCOVERY;
    if (row->event == HG_ON_ANNOUNCED)
        find_host(row);
    else if (row->event == HG_ON_DATABASE)
        hg_forget_claims(row->hosts);
    else if (!may_describe || hg_description_counts(row))
        take_announcement(row);
}

const hg_fact hg_fact_announcements = {
    .events = HG_DEVICE_EVENTS | UINT64_C(1) << HG_ON_ANNOUNCED | UINT64_C(1) << HG_ON_DATABASE,
    .pools = HG_FACT_POOLS(HG_HASHED_POOL(devices, hg_device, HG_AS_HOSTS, mac_chains, 0, hash_of_device),
                           HG_FACT_POOL(device_claims, hg_device_claim, HG_AS_DETAILS),
                           HG_HASHED_POOL(bindings, hg_binding, HG_AS_HOSTS, binding_chains, 1, hash_of_binding)),
    .memory = offsetof(hg_hosts, known_claims),
    .on = on,
    .write = hg_host_name_write,
};
