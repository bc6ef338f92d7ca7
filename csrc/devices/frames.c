/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/frames.h"

#include "devices/devices.h"
#include "devices/local.h"

/* Whether routers never forward packets from the address (RFC 3927, 7; RFC 4291, 2.5.6). */
static int is_link_local(const hg_host_entry *host)
{
    const uint8_t *address = (const uint8_t *)host->address.word;
    return host->version == 4 ? address[0] == 169 && address[1] == 254
                              : address[0] == 0xFE && (address[1] & 0xC0) == 0x80;
}

/* The packets of the host with this index. */
static const hg_host_sender *sender_at(const hg_hosts *hosts, hg_index index)
{
    return hg_pool_at(&hosts->senders, index);
}

/* The device of the host with this index; NULL: none. */
static hg_device *device_at(const hg_hosts *hosts, hg_index index)
{
    return hg_pool_get(&hosts->devices, hg_host_read_extra(hosts, hg_host_at(hosts, index))->device);
}

static void count_address(hg_hosts *hosts, hg_index index)
{
    hg_frame_mac *mac = hg_pool_get(&hosts->frame_macs, sender_at(hosts, index)->mac);
    const hg_host_entry *host = hg_host_at(hosts, index);
    if (mac == NULL || hg_host_is_hidden(hosts, index))
        return;
    const hg_device *device = device_at(hosts, index);
    const int is_claimed = device != NULL && device->has_mac && device->mac_scope >= HG_SCOPE_SEGMENT &&
                           memcmp(device->mac, mac->mac, HG_MAC_LENGTH) == 0;
    const int is_proxied = is_claimed && hg_host_comes_from_afar(hosts, index) &&
                           !hg_networks_contain(&hosts->local, (const uint8_t *)host->address.word, host->version);
    uint32_t *counts = is_link_local(host)                                            ? mac->link_locals
                       : !is_proxied && (is_claimed || hg_host_is_local(hosts, host)) ? mac->locals
                                                                                      : mac->remotes;
    counts[host->version == 6]++;
}

/* Whether ARP, Neighbor Discovery or DHCP gives the MAC to another address of the same version. */
static int is_claimed_by_other(const hg_hosts *hosts, const uint8_t *mac, hg_index index)
{
    const hg_device *one = NULL;
    for (uint32_t i = 0; i <= HG_DEVICE_HOSTS && (one = hg_device_next_with(hosts, mac, one)) != NULL; i++)
        if (one->mac_scope >= HG_SCOPE_SEGMENT && one->host != index &&
            hg_host_at(hosts, one->host)->version == hg_host_at(hosts, index)->version)
            return 1;
    return 0;
}

/* Whether all packets of an address have a TTL that systems send. */
static int is_near_by_ttl(const hg_host_sender *sender)
{
    enum { LEAST_PACKETS = 2 };
    return sender->packets >= LEAST_PACKETS && sender->nearness == HG_NEAR_BY_TTL && !sender->is_far;
}

/* Whether a MAC sends for this address only, with the TTL of a system. */
static int is_alone_and_near(const hg_hosts *hosts, hg_index index)
{
    const hg_host_sender *sender = sender_at(hosts, index);
    const hg_frame_mac *mac = hg_pool_get(&hosts->frame_macs, sender->mac);
    const int is_6 = hg_host_at(hosts, index)->version == 6;
    return mac != NULL && !sender->has_other_mac && mac->locals[is_6] + mac->remotes[is_6] == 1 &&
           is_near_by_ttl(sender);
}

/* Sets whether addresses outside the local networks can be on the link, for IPv4 and IPv6: no address in these networks
 * sent frames, or several MACs send for one other address each. Beside a local address, a single MAC can be that of a
 * gateway or proxy that sends with its own TTL for one host behind it. */
static void find_public(const hg_hosts *hosts, uint32_t count, int may_be_public[2])
{
    enum { LEAST_STATIONS = 2 };
    int has_local[2] = {0}, stations[2] = {0};
    for (hg_index index = 1; index <= count; index++) {
        const hg_host_entry *host = hg_host_at(hosts, index);
        const int is_6 = host->version == 6;
        if (sender_at(hosts, index)->mac == 0 || hg_host_is_hidden(hosts, index) || is_link_local(host))
            continue;
        if (hg_networks_contain(&hosts->local, (const uint8_t *)host->address.word, host->version))
            has_local[is_6] = 1;
        else if (stations[is_6] < LEAST_STATIONS)
            stations[is_6] += is_alone_and_near(hosts, index);
    }
    for (int is_6 = 0; is_6 < 2; is_6++)
        may_be_public[is_6] = !hosts->local_is_stated && (!has_local[is_6] || stations[is_6] == LEAST_STATIONS);
}

/* The MAC of the host by its frames; NULL: none. `is_proven`: what ARP, Neighbor Discovery and DHCP state does not
 * count. */
static const uint8_t *mac_of(const hg_hosts *hosts, hg_index index, const int may_be_public[2], int is_proven)
{
    const hg_host_sender *sender = sender_at(hosts, index);
    const hg_host_entry *host = hg_host_at(hosts, index);
    const hg_frame_mac *mac = hg_pool_get(&hosts->frame_macs, sender->mac);
    const int is_6 = host->version == 6;
    if (mac == NULL || sender->has_other_mac || sender->nearness == HG_NEAR_UNKNOWN)
        return NULL;
    if (is_link_local(host))
        return mac->link_locals[is_6] == 1 ? mac->mac : NULL;
    if (mac->locals[is_6] + mac->remotes[is_6] > 1 || (!is_proven && is_claimed_by_other(hosts, mac->mac, index)))
        return NULL;
    return sender->nearness == HG_NEAR_BY_DESTINATION || hg_host_is_local(hosts, host) ||
                   (may_be_public[is_6] && is_near_by_ttl(sender))
               ? mac->mac
               : NULL;
}

/* Gives the host the MAC that its frames show, or none. */
static void set_mac(hg_hosts *hosts, hg_index index, const int may_be_public[2])
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    const uint8_t *proven = hg_is_proven(host) ? mac_of(hosts, index, may_be_public, 1) : NULL;
    const int is_proven = proven != NULL && hg_device_prove_mac(hosts, index, proven);
    const uint8_t *mac = is_proven ? proven : mac_of(hosts, index, may_be_public, 0);
    const hg_device *device = hg_device_of(hosts, host);
    /* If others had or stated the address, its host is that of the station that sends from it. */
    const int is_contested = host->has_others || (device != NULL && device->is_disputed);
    hg_device_set_frame_mac(hosts, index, mac == NULL && is_contested ? hg_host_sending_station(hosts, index) : mac);
}

/* Makes a host for a gateway's MAC that has no address on the link. `index`: one of the hosts behind it. */
static void take_gateway(hg_hosts *hosts, hg_index index)
{
    const hg_frame_mac *mac = hg_pool_get(&hosts->frame_macs, sender_at(hosts, index)->mac);
    const hg_device *known = mac == NULL ? NULL : hg_device_next_with(hosts, mac->mac, NULL), *one = known;
    if (mac == NULL || mac->remotes[0] + mac->remotes[1] < HG_LEAST_REMOTES)
        return;
    for (uint32_t i = 0; !mac->was_gateway && one != NULL && i < HG_DEVICE_HOSTS;
         i++, one = hg_device_next_with(hosts, mac->mac, one))
        hg_host_touch(hosts, one->host);
    const hg_host_entry behind = *hg_host_at(hosts, index);
    const hg_index own = known != NULL ? known->host : hg_device_host(hosts, mac->mac, behind.first_ns);
    if (own == 0 || hg_host_at(hosts, own)->version != 0)
        return;
    hg_device_set_frame_mac(hosts, own, mac->mac);
    if (known == NULL)
        hg_host_touch(hosts, own);
    hg_widen(&hg_host_at(hosts, own)->first_ns, &hg_host_at(hosts, own)->last_ns, behind.first_ns, behind.last_ns);
}

/* Counts the host if the MAC of its frames is not its own: a repeater or a router sent them. */
static void count_other(hg_hosts *hosts, hg_index index)
{
    hg_frame_mac *mac = hg_pool_get(&hosts->frame_macs, sender_at(hosts, index)->mac);
    const hg_host_entry *host = hg_host_at(hosts, index);
    const hg_device *device = hg_device_of(hosts, host);
    const int is_own =
        device != NULL && device->has_mac && mac != NULL && memcmp(device->mac, mac->mac, HG_MAC_LENGTH) == 0;
    if (mac != NULL && !is_own && hg_host_is_local(hosts, host))
        mac->of_others++;
}

/* Counts the hosts with `is_surplus` at a device with their MAC. */
static void count_surplus(hg_hosts *hosts)
{
    for (int is_second = 0; is_second < 2; is_second++)
        for (hg_index index = 1; index <= hosts->known.used; index++) {
            hg_device *one = device_at(hosts, index);
            const hg_device *first;
            if (one == NULL)
                continue;
            if (!is_second)
                one->surplus = 0;
            else if (one->is_surplus && (first = hg_device_next_with(hosts, one->mac, NULL)) != NULL)
                device_at(hosts, first->host)->surplus++;
        }
}

void hg_frames_conclude(hg_hosts *hosts)
{
    int may_be_public[2];
    hosts->batch = NULL; /* its events were inserted */
    hg_clock_correct_hosts(hosts);
    hg_bindings_correct(hosts);
    hg_hosts_settle_doubts(hosts, UINT64_MAX);
    const uint32_t count = hosts->senders.used < hosts->known.used ? hosts->senders.used : hosts->known.used;
    for (uint32_t number = 1; number <= hosts->frame_macs.used; number++) {
        hg_frame_mac *mac = hg_pool_at(&hosts->frame_macs, number);
        mac->was_gateway = mac->remotes[0] + mac->remotes[1] >= HG_LEAST_REMOTES;
        memset(mac->locals, 0, sizeof mac->locals);
        memset(mac->remotes, 0, sizeof mac->remotes);
        memset(mac->link_locals, 0, sizeof mac->link_locals);
        mac->of_others = 0;
    }
    for (hg_index index = 1; index <= count; index++) {
        hg_device *device = device_at(hosts, index);
        if (device == NULL)
            continue;
        device->was_by_frames = device->by_frames;
        device->by_frames = 0;
    }
    for (hg_index index = 1; index <= count; index++)
        count_address(hosts, index);
    find_public(hosts, count, may_be_public);
    for (hg_index index = 1; index <= count; index++)
        if (!hg_host_is_hidden(hosts, index))
            set_mac(hosts, index, may_be_public);
    for (hg_index index = 1; index <= count; index++) {
        if (hg_host_is_hidden(hosts, index))
            continue;
        count_other(hosts, index);
        take_gateway(hosts, index);
    }
    count_surplus(hosts);
}

int hg_host_is_listed(const hg_hosts *hosts, const hg_host_entry *host)
{
    const int is_known =
        (host->flags & HG_HOST_SENT) != 0 || hosts->options.lists_all || hg_device_of(hosts, host) != NULL;
    return is_known || host->findings != 0 || hg_host_sender_of(hosts, host, 0)->packets == 0 ||
           hg_host_is_local(hosts, host);
}

/* Whether the device's `asker` still has its MAC. */
static int has_asker(const hg_hosts *hosts, const hg_device *device)
{
    const hg_device *asker = device->asker == 0 ? NULL : hg_device_of(hosts, hg_host_at(hosts, device->asker));
    return asker != NULL && asker->has_mac && memcmp(asker->mac, device->mac, sizeof device->mac) == 0;
}

hg_index hg_device_asker(hg_hosts *hosts, hg_index index)
{
    hg_device *device = device_at(hosts, index);
    const hg_device *one = NULL;
    if (device == NULL || !device->has_mac || !hg_host_at(hosts, index)->shares_mac)
        return index;
    for (uint32_t i = 0; i < HG_DEVICE_HOSTS && !has_asker(hosts, device); i++) {
        one = hg_device_next_with(hosts, device->mac, one);
        if (one != NULL && one != device)
            device->asker = one->asker != 0 ? one->asker : one->host;
    }
    if (!has_asker(hosts, device))
        device->asker = index;
    return device->asker;
}
