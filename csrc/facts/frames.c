/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "facts/frames.h"

#include "facts/devices.h"
#include "facts/local.h"

/* Whether routers never forward packets from the address (RFC 3927, 7; RFC 4291, 2.5.6). */
static int is_link_local(const hg_host_entry *host)
{
    const uint8_t *address = (const uint8_t *)host->address.word;
    return host->version == 4 ? address[0] == 169 && address[1] == 254 : address[0] == 0xFE && (address[1] & 0xC0) == 0x80;
}

/* The packets of the host with this index. */
static const hg_host_sender *sender_at(const hg_hosts *hosts, hg_index index)
{
    return hg_pool_at(&hosts->senders, index);
}

static void count_address(hg_hosts *hosts, hg_index index)
{
    hg_frame_mac *mac = hg_pool_get(&hosts->frame_macs, sender_at(hosts, index)->mac);
    const hg_host_entry *host = hg_host_at(hosts, index);
    if (mac == NULL)
        return;
    uint32_t *counts = is_link_local(host) ? mac->link_locals : hg_host_is_local(hosts, host) ? mac->locals : mac->remotes;
    counts[host->version == 6]++;
}

/* Whether ARP, Neighbor Discovery or DHCP gives the MAC to another address of the same version. */
static int is_claimed_by_other(const hg_hosts *hosts, const uint8_t *mac, hg_index index)
{
    const hg_device *one = NULL;
    for (uint32_t i = 0; i <= HG_DEVICE_HOSTS && (one = hg_device_next_with(hosts, mac, one)) != NULL; i++)
        if (!one->by_frames && one->host != index && hg_host_at(hosts, one->host)->version == hg_host_at(hosts, index)->version)
            return 1;
    return 0;
}

/* The MAC of the host by its frames; NULL: none. */
static const uint8_t *mac_of(const hg_hosts *hosts, hg_index index)
{
    const hg_host_sender *sender = sender_at(hosts, index);
    const hg_host_entry *host = hg_host_at(hosts, index);
    const hg_frame_mac *mac = hg_pool_get(&hosts->frame_macs, sender->mac);
    const int is_6 = host->version == 6;
    if (mac == NULL || sender->has_other_mac || sender->nearness == HG_NEAR_UNKNOWN)
        return NULL;
    if (is_link_local(host))
        return mac->link_locals[is_6] == 1 ? mac->mac : NULL;
    if (mac->locals[is_6] + mac->remotes[is_6] > 1 || is_claimed_by_other(hosts, mac->mac, index))
        return NULL;
    return sender->nearness == HG_NEAR_BY_DESTINATION || hg_host_is_local(hosts, host) ? mac->mac : NULL;
}

void hg_frames_conclude(hg_hosts *hosts)
{
    const uint32_t count = hosts->senders.used < hosts->known.used ? hosts->senders.used : hosts->known.used;
    for (uint32_t number = 1; number <= hosts->frame_macs.used; number++) {
        hg_frame_mac *mac = hg_pool_at(&hosts->frame_macs, number);
        memset(mac->locals, 0, sizeof mac->locals);
        memset(mac->remotes, 0, sizeof mac->remotes);
        memset(mac->link_locals, 0, sizeof mac->link_locals);
    }
    for (hg_index index = 1; index <= count; index++)
        hg_device_set_frame_mac(hosts, index, NULL);
    for (hg_index index = 1; index <= count; index++)
        count_address(hosts, index);
    for (hg_index index = 1; index <= count; index++) {
        const uint8_t *mac = mac_of(hosts, index);
        if (mac != NULL)
            hg_device_set_frame_mac(hosts, index, mac);
    }
}

int hg_host_is_listed(const hg_hosts *hosts, const hg_host_entry *host)
{
    const int is_known = (host->flags & HG_HOST_SENT) != 0 || hosts->options.lists_all || hg_device_of(hosts, host) != NULL;
    return is_known || hg_host_sender_of(hosts, host)->packets == 0 || hg_host_is_local(hosts, host);
}
