/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/devices.h"

#include "hosts/fact.h"

enum { OF_A_KIND = 8 /* most claims of a host from one kind of announcement */ };

static hg_device *device_at(const hg_hosts *hosts, uint32_t number)
{
    return hg_pool_get(&hosts->devices, number);
}

const hg_device *hg_device_next_with(const hg_hosts *hosts, const uint8_t *mac, const hg_device *after)
{
    const hg_device *one = hg_chains_next(&hosts->mac_chains, hg_hash_station(hosts->hash_key, mac), after);
    while (one != NULL && memcmp(one->mac, mac, HG_STATION) != 0)
        one = hg_chains_next(&hosts->mac_chains, 0, one);
    return one;
}

static void unlink_mac(hg_hosts *hosts, uint32_t number)
{
    const hg_device *device = device_at(hosts, number);
    if (device->has_mac && !device->is_surplus)
        hg_chains_leave(&hosts->mac_chains, number);
}

/* Sets or replaces the MAC of a device. */
static void give_mac(hg_hosts *hosts, uint32_t number, const uint8_t *mac)
{
    hg_device *device = device_at(hosts, number);
    unlink_mac(hosts, number);
    memcpy(device->mac, mac, HG_STATION);
    device->has_mac = 1;
    device->lease_until_ns = 0; /* of the MAC before */
    device->by_frames = device->is_surplus = device->by_lease = 0;
    hg_chains_enter(&hosts->mac_chains, number);
}

static void forget_claims(hg_hosts *hosts, hg_device *device)
{
    hg_pool_give_back_list(&hosts->device_claims, device->claims);
    device->claims = 0;
}

static void forget(hg_hosts *hosts, const hg_host_entry *host)
{
    const uint32_t number = hg_host_read_extra(hosts, host)->device;
    if (number == 0)
        return;
    forget_claims(hosts, device_at(hosts, number));
    unlink_mac(hosts, number);
    hg_pool_give_back(&hosts->devices, number);
}

static uint32_t number_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hg_host_read_extra(hosts, host)->device;
}

const hg_device *hg_device_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    return device_at(hosts, number_of(hosts, host));
}

int hg_device_is_on_link(const hg_device *device)
{
    return device->has_mac && (device->mac_scope >= HG_SCOPE_SEGMENT || device->by_frames);
}

/* Whether no other host with the same IP version has the device's MAC. */
static int is_only_address(const hg_hosts *hosts, const hg_device *device)
{
    const uint8_t version = hg_host_at(hosts, device->host)->version;
    for (const hg_device *one = NULL; (one = hg_device_next_with(hosts, device->mac, one)) != NULL;)
        if (one != device && hg_host_at(hosts, one->host)->version == version)
            return 0;
    return 1;
}

int hg_host_has_own_mac(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = hg_device_of(hosts, host);
    if (device != NULL && host->version == 0)
        return device->has_mac;
    return device != NULL && hg_device_is_on_link(device) && !hg_host_is_behind(hosts, device->host, device->mac) &&
           (!hg_host_is_routed(host) || hg_host_is_near(host) ||
            (hg_host_may_be_near(hosts, host) && is_only_address(hosts, device)));
}

int hg_host_has_mac(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = hg_device_of(hosts, host);
    return (device != NULL && device->by_lease) || hg_host_has_own_mac(hosts, host);
}

const uint8_t *hg_host_mac_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hg_host_has_mac(hosts, host) ? hg_device_of(hosts, host)->mac : NULL;
}

uint8_t hg_device_scope_of(const hg_device *device, const hg_device_claim *claim)
{
    const int is_own = device->has_mac && claim->has_mac && memcmp(device->mac, claim->mac, HG_MAC_LENGTH) == 0;
    return claim->scope < HG_SCOPE_OWN && device->mac_scope >= HG_SCOPE_SEGMENT && is_own ? HG_SCOPE_OWN : claim->scope;
}

int hg_device_claims_are_equal(const hg_device_claim *one, const hg_device_claim *other)
{
    return one->kind == other->kind && one->rank == other->rank &&
           memcmp(one->lengths, other->lengths, sizeof one->lengths) == 0 &&
           memcmp(one->text, other->text, sizeof one->text) == 0 && one->has_mac == other->has_mac &&
           memcmp(one->mac, other->mac, sizeof one->mac) == 0;
}

static int is_same(const hg_device_claim *one, const hg_device_claim *other)
{
    return one->generic == other->generic && one->weight == other->weight && hg_device_claims_are_equal(one, other);
}

hg_device *hg_device_take(hg_hosts *hosts, uint32_t index)
{
    hg_host_extra *extra = hg_host_take_extra(hosts, hg_host_at(hosts, index));
    hg_device *device = extra == NULL ? NULL : hg_pool_get_or_take(&hosts->devices, &extra->device);
    if (device != NULL)
        device->host = index;
    return device;
}

static void join_claims(hg_device_claim *known, const hg_device_claim *claim)
{
    known->packets += claim->packets;
    known->label = claim->label;
    known->is_free &= claim->is_free;
    hg_widen(&known->first_ns, &known->last_ns, claim->first_ns, claim->last_ns);
    known->scope = claim->scope > known->scope ? claim->scope : known->scope;
}

/* Replaces the claim with the lowest scope, if that is lower than the new claim's scope. `of_kind`: only a claim of the
 * same kind is replaced. 0: no claim was replaced. */
static int replace_weaker(hg_hosts *hosts, const hg_device *device, const hg_device_claim *claim, int of_kind)
{
    hg_device_claim *weakest = NULL;
    for (hg_device_claim *known = NULL; (known = hg_pool_next(&hosts->device_claims, device->claims, known)) != NULL;)
        if ((!of_kind || known->kind == claim->kind) &&
            (weakest == NULL || hg_device_scope_of(device, known) < hg_device_scope_of(device, weakest)))
            weakest = known;
    if (weakest == NULL || hg_device_scope_of(device, weakest) >= hg_device_scope_of(device, claim))
        return 0;
    const uint32_t next = weakest->next;
    *weakest = *claim;
    weakest->next = next;
    return 1;
}

/* Joins the claim with an equal one, or adds it, or replaces a weaker one. 0: no room. */
static int add_claim(hg_hosts *hosts, hg_device *device, const hg_device_claim *claim)
{
    uint32_t count = 0, of_kind = 0, number;
    for (hg_device_claim *at = NULL; (at = hg_pool_next(&hosts->device_claims, device->claims, at)) != NULL; count++) {
        if (is_same(at, claim)) {
            join_claims(at, claim);
            return 1;
        }
        of_kind += at->kind == claim->kind;
    }
    if (count >= HG_DEVICE_CLAIMS || of_kind >= OF_A_KIND)
        return replace_weaker(hosts, device, claim, of_kind >= OF_A_KIND);
    hg_device_claim *made = hg_pool_append(&hosts->device_claims, &device->claims, HG_DEVICE_CLAIMS, &number);
    if (made != NULL) {
        *made = *claim;
        made->next = 0;
    }
    return made != NULL;
}

int hg_device_add_claim(hg_hosts *hosts, hg_index index, const hg_device_claim *claim)
{
    hg_device *device = hg_device_take(hosts, index);
    return device != NULL && add_claim(hosts, device, claim);
}

/* ---- hosts ---------------------------------------------------------------------------------------- */

static hg_address address_of_mac(const uint8_t *mac)
{
    hg_address address = {{0}};
    memcpy(address.word, mac, HG_STATION);
    return address;
}

hg_index hg_device_host(hg_hosts *hosts, const uint8_t *mac, int64_t time_ns)
{
    const hg_device *device = hg_device_next_with(hosts, mac, NULL);
    if (device != NULL)
        return device->host;
    const hg_address address = address_of_mac(mac);
    return hg_host_take(hosts, (hg_host_id){.address = address}, time_ns, 1);
}

static int has_sent(const hg_host_entry *host)
{
    return host->version != 0 && (host->flags & HG_HOST_LEASED) == 0;
}

/* Moves a host's claims to the device `to` with the same MAC, if the host sent no packet from its address. */
static void move_claims(hg_hosts *hosts, hg_index index, hg_device *to)
{
    const uint32_t number = has_sent(hg_host_at(hosts, index)) ? 0 : number_of(hosts, hg_host_at(hosts, index));
    hg_device *from = device_at(hosts, number);
    if (from == NULL || from == to)
        return;
    for (const hg_device_claim *one = NULL; (one = hg_pool_next(&hosts->device_claims, from->claims, one)) != NULL;)
        (void)add_claim(hosts, to, one);
    forget_claims(hosts, from);
    to->host_name = to->host_name == 0 ? from->host_name : to->host_name;
    hg_host_touch(hosts, index);
}

/* Counts a packet with another MAC of the same scope. Returns 1 if this MAC now has more recent packets than the
 * device's MAC, by majority vote (Boyer and Moore). Random MACs never win, because each has one packet. */
static int gains_majority(hg_device *device, const uint8_t *mac)
{
    if (device->rival_votes == 0)
        memcpy(device->rival, mac, HG_MAC_LENGTH);
    if (memcmp(device->rival, mac, HG_MAC_LENGTH) != 0) {
        device->rival_votes--;
        return 0;
    }
    return ++device->rival_votes > device->mac_votes;
}

/* Whether the device's MAC was not seen with the address for five minutes. */
static int is_silent(const hg_hosts *hosts, const hg_device *device, int64_t time_ns)
{
    const int64_t silence_ns = (int64_t)300 * 1000000000;
    return time_ns - hg_clock_corrected(&hosts->clock, device->mac_ns) > silence_ns;
}

/* Whether a packet's MAC replaces the device's other MAC. */
static int beats_mac(const hg_hosts *hosts, hg_device *device, const hg_announcer *from)
{
    enum { ESTABLISHED = 4 /* packets */ };
    const int is_statement = !from->has_received;
    if (from->has_received && !device->has_received && device->mac_votes < ESTABLISHED)
        return 1;
    if ((is_statement && device->has_received) ||
        (device->mac_scope >= from->scope && (from->must_wait || device->mac_votes >= ESTABLISHED)))
        return is_silent(hosts, device, from->time_ns);
    return from->scope > device->mac_scope || (from->scope == device->mac_scope && gains_majority(device, from->mac));
}

/* Counts a packet for or against the device's MAC. Returns 1 if the packet's MAC replaces it. */
static int takes_mac(hg_hosts *hosts, hg_device *device, const hg_announcer *from)
{
    enum { MOST_VOTES = 32 };
    if (!device->has_mac || memcmp(device->mac, from->mac, HG_MAC_LENGTH) != 0)
        return !device->has_mac || device->mac_scope == HG_SCOPE_NONE || beats_mac(hosts, device, from);
    if (from->scope >= HG_SCOPE_SEGMENT && from->sender == NULL)
        hg_host_note_turn(hosts, device->host, device->mac_ns, from->time_ns);
    if (device->mac_votes < MOST_VOTES)
        device->mac_votes++;
    if (device->rival_votes > 0)
        device->rival_votes--;
    device->mac_scope = from->scope > device->mac_scope ? from->scope : device->mac_scope;
    device->has_received |= from->has_received;
    if (from->time_ns < device->mac_ns)
        device->mac_ns = hg_clock_corrected(&hosts->clock, device->mac_ns);
    device->mac_ns = from->time_ns > device->mac_ns ? from->time_ns : device->mac_ns;
    return 0;
}

/* Notes a MAC that has too many addresses for another one. */
static void note_surplus(hg_device *device, hg_host_entry *host, const hg_announcer *from)
{
    if (device->has_mac)
        return;
    memcpy(device->mac, from->mac, HG_STATION);
    device->has_mac = device->is_surplus = host->shares_mac = 1;
    device->mac_scope = from->scope;
    device->mac_ns = from->time_ns;
}

/* 0: no room for another address of this MAC. */
static int note_binding(hg_hosts *hosts, const hg_host_entry *host, const hg_announcer *from)
{
    const uint64_t segment = host->in_tunnel ? hg_host_tunnel(hosts, host)->inner : 0;
    return hg_binding_note(hosts, from, host->address, host->version, segment);
}

/* Notes that a station states the address of a host that another station sends from. */
static void note_claim(hg_hosts *hosts, hg_index index, hg_device *device, const hg_announcer *from)
{
    if (hg_elapsed_ns(hg_host_at(hosts, index)->last_ns, from->time_ns) <= HG_HOLDER_SILENCE_NS) {
        device->is_disputed = 1;
        memcpy(device->claimant, from->mac, HG_MAC_LENGTH);
    }
    if (from->sender == NULL)
        hg_host_note_statement(hosts, index, from->mac, from->time_ns);
}

/* Notes in the holder's record what a station announced with its only frame so far. */
static void note_rival(hg_hosts *hosts, hg_index index, const hg_announcer *from)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    const hg_index holder =
        hg_host_find(hosts, (hg_host_id){host->address, hg_host_tunnel(hosts, host), host->version});
    hg_device *device = holder == 0 || holder == index ? NULL : hg_device_take(hosts, holder);
    if (device != NULL)
        note_claim(hosts, holder, device, from);
}

int hg_device_note_mac(hg_hosts *hosts, hg_index index, const hg_announcer *from)
{
    hg_device *device = hg_device_take(hosts, index);
    if (device == NULL)
        return 0;
    if (from->scope >= HG_SCOPE_SEGMENT && hg_host_is_hidden(hosts, index))
        note_rival(hosts, index, from);
    hg_host_entry *host = hg_host_at(hosts, index);
    if (from->scope >= HG_SCOPE_SEGMENT && host->version != 0 && !note_binding(hosts, host, from)) {
        note_surplus(device, host, from);
        return 0;
    }
    const uint8_t *station = from->scope < HG_SCOPE_SEGMENT ? NULL : hg_host_sending_station(hosts, index);
    if (station != NULL && memcmp(station, from->mac, HG_STATION) != 0 && hg_mac_virtual(from->mac) == NULL) {
        note_claim(hosts, index, device, from);
        return 1;
    }
    const int is_disputed = from->scope >= HG_SCOPE_SEGMENT && device->has_mac && device->mac_scope != HG_SCOPE_NONE &&
                            memcmp(device->mac, from->mac, HG_MAC_LENGTH) != 0;
    const int takes = takes_mac(hosts, device, from);
    if (is_disputed) {
        device->is_disputed = 1;
        memcpy(device->claimant, takes ? device->mac : from->mac, HG_MAC_LENGTH);
    }
    if (!takes)
        return 1;
    host->shares_mac = hg_device_next_with(hosts, from->mac, NULL) != NULL;
    give_mac(hosts, number_of(hosts, host), from->mac);
    device->mac_scope = from->scope;
    device->has_received = from->has_received;
    device->mac_ns = from->time_ns;
    device->mac_votes = 1;
    device->rival_votes = 0;
    const hg_address of_mac = address_of_mac(from->mac);
    const hg_index before = from->scope >= HG_SCOPE_SEGMENT ? hg_host_find(hosts, (hg_host_id){.address = of_mac}) : 0;
    if (before != 0 && before != index)
        move_claims(hosts, before, device);
    return 1;
}

void hg_device_set_frame_mac(hg_hosts *hosts, hg_index index, const uint8_t *mac)
{
    const uint32_t number = number_of(hosts, hg_host_at(hosts, index));
    hg_device *device = mac != NULL ? hg_device_take(hosts, index) : device_at(hosts, number);
    if (device == NULL || (device->has_mac && (device->mac_scope >= HG_SCOPE_SEGMENT || device->by_lease)))
        return;
    if (device->was_by_frames != (mac != NULL) || (mac != NULL && memcmp(device->mac, mac, HG_STATION) != 0))
        hg_host_touch(hosts, index);
    if (mac != NULL && (!device->has_mac || memcmp(device->mac, mac, HG_STATION) != 0)) {
        give_mac(hosts, number_of(hosts, hg_host_at(hosts, index)), mac);
        device->mac_scope = HG_SCOPE_NONE;
    } else if (mac == NULL && device->mac_scope == HG_SCOPE_NONE) {
        unlink_mac(hosts, number_of(hosts, hg_host_at(hosts, index)));
        device->has_mac = 0;
    }
    device->by_frames = mac != NULL;
}

hg_device *hg_device_lease_to(hg_hosts *hosts, hg_index index, const uint8_t *mac)
{
    hg_device *device = hg_device_take(hosts, index);
    if (device == NULL)
        return NULL;
    give_mac(hosts, number_of(hosts, hg_host_at(hosts, index)), mac);
    device->mac_scope = HG_SCOPE_NONE;
    device->by_lease = 1;
    return device;
}

int hg_device_has_leased(const hg_hosts *hosts, hg_index index, const uint8_t *mac)
{
    const hg_device *device = index == 0 ? NULL : hg_device_of(hosts, hg_host_at(hosts, index));
    return device != NULL && device->by_lease && memcmp(device->mac, mac, HG_STATION) == 0;
}

int hg_device_prove_mac(hg_hosts *hosts, hg_index index, const uint8_t *mac)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    hg_device *device = device_at(hosts, number_of(hosts, host));
    if (device == NULL || !device->has_mac)
        return 0;
    if (memcmp(device->mac, mac, HG_STATION) == 0) {
        if (!device->is_disputed || device->mac_scope != HG_SCOPE_NONE)
            return 0;
    } else {
        if (device->mac_scope < HG_SCOPE_SEGMENT || device->has_received || hg_mac_virtual(device->mac) != NULL)
            return 0;
        memcpy(device->claimant, device->mac, sizeof device->claimant);
        give_mac(hosts, number_of(hosts, host), mac);
        device->is_disputed = 1;
        device->mac_scope = HG_SCOPE_NONE;
        hg_host_touch(hosts, index);
    }
    const hg_announcer first = {.mac = mac, .time_ns = host->first_ns}, last = {.mac = mac, .time_ns = host->last_ns};
    return note_binding(hosts, host, &first) && note_binding(hosts, host, &last);
}

void hg_device_note_datagram(hg_hosts *hosts, hg_index index, uint32_t datagram)
{
    hg_device *device = device_at(hosts, number_of(hosts, hg_host_at(hosts, index)));
    if (device == NULL)
        return;
    memmove(device->datagrams + 1, device->datagrams, sizeof device->datagrams - sizeof *device->datagrams);
    device->datagrams[0] = datagram;
}

int hg_device_sent_datagram(const hg_device *device, uint32_t datagram)
{
    for (uint32_t i = 0; i < HG_DEVICE_DATAGRAMS; i++)
        if (device->datagrams[i] == datagram)
            return 1;
    return 0;
}

void hg_device_note_router(hg_hosts *hosts, hg_index index)
{
    hg_device *device = hg_device_take(hosts, index);
    if (device != NULL)
        device->is_router = 1;
}

int hg_device_accepts(const hg_hosts *hosts, hg_index index, const hg_announcer *from)
{
    const hg_device *device = hg_device_of(hosts, hg_host_at(hosts, index));
    if (device == NULL || !device->has_mac || device->mac_scope == HG_SCOPE_NONE || from->scope >= HG_SCOPE_HANDSHAKE)
        return 1;
    if (from->mac == NULL)
        return from->scope >= device->mac_scope;
    return memcmp(device->mac, from->mac, HG_MAC_LENGTH) == 0;
}

/* The host that has this MAC, but sent no packet from its address yet; 0: none. */
static hg_index waiting_with(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_device *one = NULL;
    for (uint32_t i = 0; i < HG_DEVICE_HOSTS && (one = hg_device_next_with(hosts, mac, one)) != NULL; i++)
        if (!has_sent(hg_host_at(hosts, one->host)))
            return one->host;
    return 0;
}

hg_index hg_device_lease(hg_hosts *hosts, const hg_announcer *from, const hg_host_id *id)
{
    const hg_index waiting = waiting_with(hosts, from->mac);
    hg_index index = hg_host_find(hosts, *id);
    const uint8_t *user = index == 0 ? NULL : hg_host_sending_station(hosts, index);
    const int is_of_other = user != NULL && memcmp(user, from->mac, HG_STATION) != 0;
    if (index != 0 && hg_device_note_mac(hosts, index, from) && !is_of_other && hg_device_accepts(hosts, index, from)) {
        if (waiting != 0)
            move_claims(hosts, waiting, device_at(hosts, number_of(hosts, hg_host_at(hosts, index))));
        return index;
    }
    if (index != 0)
        return hg_device_host(hosts, from->mac, from->time_ns);
    const int is_renamed = waiting != 0 && id->tunnel == NULL;
    if (is_renamed)
        hg_host_rename(hosts, waiting, &id->address, id->version);
    index = is_renamed ? waiting : hg_host_take(hosts, *id, from->time_ns, 1);
    if (index != 0)
        hg_host_at(hosts, index)->flags |= HG_HOST_LEASED;
    return index;
}

int hg_device_is_shadow(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = host->version != 0 ? NULL : hg_device_of(hosts, host);
    if (device == NULL || !device->has_mac || host->findings != 0)
        return 0;
    for (const hg_device *one = NULL; (one = hg_device_next_with(hosts, device->mac, one)) != NULL;)
        if (hg_host_at(hosts, one->host)->version != 0)
            return 1;
    return 0;
}

/* Labels are numbers in the database that claims were found in. */
static void forget_labels(hg_host_event *event)
{
    hg_hosts *hosts = event->hosts;
    for (uint32_t number = 1; number <= hosts->device_claims.used; number++)
        ((hg_device_claim *)hg_pool_at(&hosts->device_claims, number))->label = UINT32_MAX;
}

const hg_fact hg_fact_devices = {.events = UINT64_C(1) << HG_ON_DATABASE, .on = forget_labels, .forget = forget};
