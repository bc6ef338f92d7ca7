/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * bindings.c - the addresses that a MAC had, or claimed to have.
 */
#include "devices/devices.h"

hg_binding *hg_binding_next(const hg_hosts *hosts, const uint8_t *mac, const hg_binding *after)
{
    hg_binding *one =
        mac == NULL ? NULL : hg_chains_next(&hosts->binding_chains, hg_hash_station(hosts->hash_key, mac), after);
    while (one != NULL && memcmp(one->mac, mac, HG_STATION) != 0)
        one = hg_chains_next(&hosts->binding_chains, 0, one);
    return one;
}

static int add_binding(hg_hosts *hosts, const hg_binding *made)
{
    const uint32_t number = hosts->forgets ? hg_chains_take(&hosts->binding_chains, offsetof(hg_binding, last_ns))
                                           : hg_pool_take(&hosts->bindings);
    if (number == 0)
        return 0;
    *(hg_binding *)hg_pool_at(&hosts->bindings, number) = *made;
    hg_chains_enter(&hosts->binding_chains, number);
    return 1;
}

/* Whether `one` makes room before `other`: the newest one with a single packet first, as anybody can state any number
 * of those; without such, the one not seen for longest. */
static int goes_before(const hg_binding *one, const hg_binding *other)
{
    const int is_single = one->first_ns == one->last_ns, is_other_single = other->first_ns == other->last_ns;
    if (is_single != is_other_single)
        return is_single;
    return is_single ? one->first_ns >= other->first_ns : one->last_ns < other->last_ns;
}

/* Widens the times of the MAC's binding to an address. NULL: there is none; then `*count` is the number of the MAC's
 * bindings, and `*least` the one to replace. */
static inline hg_binding *widen(hg_hosts *hosts, const hg_announcer *from, hg_address address, uint8_t version,
                                uint32_t *count, hg_binding **least)
{
    *count = 0;
    *least = NULL;
    for (hg_binding *one = NULL; (one = hg_binding_next(hosts, from->mac, one)) != NULL; ++*count) {
        if (one->version == version && hg_same_address(one->address, address)) {
            hg_widen(&one->first_ns, &one->last_ns, from->time_ns, from->time_ns);
            one->is_by_others &= from->sender != NULL;
            return one;
        }
        *least = *least == NULL || goes_before(one, *least) ? one : *least;
    }
    return NULL;
}

static hg_binding binding_of(const hg_announcer *from, hg_address address, uint8_t version, uint64_t segment)
{
    hg_binding made = {.address = address,
                       .first_ns = from->time_ns,
                       .last_ns = from->time_ns,
                       .segment = segment,
                       .version = version,
                       .is_by_others = from->sender != NULL};
    memcpy(made.mac, from->mac, sizeof made.mac);
    return made;
}

int hg_binding_note(hg_hosts *hosts, const hg_announcer *from, hg_address address, uint8_t version, uint64_t segment)
{
    uint32_t count;
    hg_binding *least, *known = widen(hosts, from, address, version, &count, &least);
    if (known != NULL) {
        known->is_tentative = 0;
        return 1;
    }
    hg_binding made = binding_of(from, address, version, segment);
    if (count < HG_MAC_ADDRESSES)
        return add_binding(hosts, &made);
    made.next_in_chain = least->next_in_chain;
    *least = made;
    return 0;
}

void hg_binding_try(hg_hosts *hosts, const hg_announcer *from, hg_address address, uint8_t version)
{
    uint32_t count;
    hg_binding *least;
    if (from->mac == NULL || widen(hosts, from, address, version, &count, &least) != NULL || count >= HG_MAC_ADDRESSES)
        return;
    hg_binding made = binding_of(from, address, version, from->within == NULL ? 0 : from->within->inner);
    made.is_tentative = 1;
    (void)add_binding(hosts, &made);
}

int hg_binding_lasts(const hg_hosts *hosts, const uint8_t *mac, hg_address address, uint8_t version)
{
    const int64_t least_ns = 10 * INT64_C(1000000000);
    const hg_binding *one = NULL;
    while ((one = hg_binding_next(hosts, mac, one)) != NULL)
        if (!one->is_tentative && one->version == version && hg_same_address(one->address, address))
            return one->last_ns - one->first_ns >= least_ns;
    return 0;
}

int hg_mac_has_many(const hg_hosts *hosts, const uint8_t *mac, uint8_t version, int64_t time_ns, uint32_t many)
{
    const int64_t hour_ns = 3600 * INT64_C(1000000000); /* later ones come from a newer capture, or a wrong clock */
    uint32_t count = 0;
    for (const hg_binding *one = NULL; count < many && (one = hg_binding_next(hosts, mac, one)) != NULL;)
        count += one->version == version && !one->is_by_others && !one->is_tentative &&
                 time_ns - one->last_ns < hour_ns && one->last_ns - time_ns < hour_ns;
    return count == many;
}

void hg_bindings_correct(hg_hosts *hosts)
{
    for (uint32_t number = 1; number <= hosts->bindings.used && hosts->clock.wrong_ns != 0; number++) {
        hg_binding *one = hg_pool_at(&hosts->bindings, number);
        (void)hg_clock_correct(&hosts->clock, &one->first_ns);
        (void)hg_clock_correct(&hosts->clock, &one->last_ns);
    }
}

/* ---- proxy ARP ---------------------------------------------------------------------------------- */

int hg_host_comes_from_afar(const hg_hosts *hosts, hg_index index)
{
    const hg_host_sender *sender = index > hosts->senders.used ? NULL : hg_pool_at(&hosts->senders, index);
    return sender != NULL && sender->packets > 0 && sender->nearness == HG_NEAR_UNKNOWN;
}

int hg_host_is_behind(const hg_hosts *hosts, hg_index index, const uint8_t *mac)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    const hg_frame_mac *frames = hg_host_comes_from_afar(hosts, index) ? hg_frame_mac_find(hosts, mac) : NULL;
    return frames != NULL && frames->remotes[0] + frames->remotes[1] >= HG_LEAST_REMOTES &&
           !hg_networks_contain(&hosts->local, (const uint8_t *)host->address.word, host->version);
}

int hg_host_is_near(const hg_host_entry *host)
{
    enum { CHOSEN = 28 /* no route is that long: it chose a low TTL, as routers do for BGP */ };
    return (host->flags & HG_HOST_DISTANCE) != 0 && (host->distance <= 0 || host->distance >= CHOSEN);
}

int hg_host_may_be_near(const hg_hosts *hosts, const hg_host_entry *host)
{
    return host->distance == 1 ||
           (hosts->local_is_stated &&
            hg_networks_contain(&hosts->local, (const uint8_t *)host->address.word, host->version));
}
