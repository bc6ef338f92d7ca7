/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_findings.c - findings about hosts that earlier runs reported, and those that follow from a host's address.
 */
#include "news/watch.h"

/* The item for a host's address. */
static hg_watched watched_host(const hg_hosts *hosts, const hg_host_entry *host, uint8_t kind)
{
    hg_watched of = {.kind = kind | host->version};
    const uint16_t segment = hg_host_segment(hosts, host);
    memcpy(of.key, &host->address, sizeof host->address);
    memcpy(of.key + HG_WATCHED_SEGMENT_AT, &segment, sizeof segment);
    return of;
}

/* A hash of the findings with bits, in their order: another version of huginn may have others. */
static uint64_t hash_of_findings(void)
{
#define HG_WORD_OF(NAME) #NAME " "
    return hg_hash_span(HG_HASH_MULTIPLIER, hg_span_of_word(HG_EACH_STORED_FINDING(HG_WORD_OF)));
#undef HG_WORD_OF
}

void hg_watch_recall(hg_hosts *hosts, const hg_host_entry *host, hg_host_extra *extra)
{
    const uint64_t hash = hash_of_findings();
    const hg_watched of = watched_host(hosts, host, HG_WATCHED_FINDINGS);
    const int is_followed = hosts->watch != NULL && !hg_host_in_tunnel(hosts, host);
    const hg_known_item *one = is_followed ? hg_watch_find(hosts, of.kind, of.key) : NULL;
    if (one == NULL || memcmp(one->of.mac, &hash, sizeof one->of.mac) != 0)
        return;
    extra->reported |= one->of.moves;
    extra->is_scanner |= one->of.roles;
}

void hg_watch_keep(hg_hosts *hosts, const hg_host_entry *host, const hg_host_extra *extra, int64_t time_ns)
{
    const uint64_t hash = hash_of_findings();
    const hg_watched of = watched_host(hosts, host, HG_WATCHED_FINDINGS);
    if (hg_host_in_tunnel(hosts, host) || !hg_watches(hosts))
        return;
    hg_known_item *one = hg_watch_find(hosts, of.kind, of.key);
    if (one == NULL && (one = hg_watch_add(hosts, &of)) == NULL)
        return;
    memcpy(one->of.mac, &hash, sizeof one->of.mac);
    one->of.last_ns = time_ns;
    one->of.moves = extra->reported;
    one->of.roles = extra->is_scanner;
    one->is_changed = 1;
}

void hg_watch_note_change(hg_hosts *hosts, const hg_announcer *from, const hg_watched *address, hg_device_change change)
{
    const hg_watched of = hg_watched_address(from, address->key, address->kind);
    hg_known_item *one = hg_watch_find(hosts, of.kind, of.key);
    if (one != NULL || (one = hg_watch_add(hosts, &of)) != NULL)
        one->changes |= (uint16_t)(1U << change);
}

/* What the MAC of a host claimed. */
static uint64_t claimed(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = hosts->watch == NULL ? NULL : hg_device_of(hosts, host);
    const hg_known_item *by =
        device == NULL || !hg_host_has_own_mac(hosts, host) ? NULL : hg_watch_mac(hosts, device->mac);
    return by == NULL || by->changes == 0           ? 0
           : (by->changes & HG_CLAIMED_SERVER) != 0 ? UINT64_C(1) << HG_FINDING_SERVER_CLAIMED
                                                    : UINT64_C(1) << HG_FINDING_ADDRESS_CLAIMED;
}

uint64_t hg_watch_findings(const hg_hosts *hosts, const hg_host_entry *host)
{
    static const struct {
        uint8_t change, finding;
    } OF_CHANGES[] = {{HG_ADDRESS_CONFLICT, HG_FINDING_ADDRESS_DISPUTED},
                      {HG_NEW_DHCP_SERVER, HG_FINDING_NEW_DHCP_SERVER},
                      {HG_NEW_ROUTER, HG_FINDING_NEW_ROUTER},
                      {HG_SEGMENT_CHANGED, HG_FINDING_SEGMENT_CHANGED}};
    uint64_t found = 0;
    const hg_watched of = watched_host(hosts, host, 0);
    const int is_followed = hosts->watch != NULL && host->version != 0 && !hg_host_in_tunnel(hosts, host);
    const hg_known_item *one = is_followed ? hg_watch_find(hosts, of.kind, of.key) : NULL;
    if (one == NULL || one->changes == 0)
        return claimed(hosts, host);
    for (uint32_t i = 0; i < sizeof OF_CHANGES / sizeof *OF_CHANGES; i++)
        found |= (uint64_t)(one->changes >> OF_CHANGES[i].change & 1) << OF_CHANGES[i].finding;
    return found | claimed(hosts, host);
}
