/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * bindings.c - the addresses that each MAC had (devices.h).
 */
#include "hosts/devices.h"

static uint32_t hash_of_binding(const void *hosts, const void *binding)
{
    return hg_hash_mac(((const hg_hosts *)hosts)->hash_key, ((const hg_binding *)binding)->mac);
}

static hg_binding *binding_at(const hg_hosts *hosts, uint32_t number)
{
    return hg_pool_get(&hosts->bindings, number);
}

hg_binding *hg_binding_next(const hg_hosts *hosts, const uint8_t *mac, const hg_binding *after)
{
    hg_binding *one = binding_at(hosts, after == NULL ? hg_chains_first(&hosts->binding_chains, hg_hash_mac(hosts->hash_key, mac)) : after->chain);
    while (one != NULL && memcmp(one->mac, mac, HG_MAC_LENGTH) != 0)
        one = binding_at(hosts, one->chain);
    return one;
}

/* The place of the least recently seen binding among the next few. */
static uint32_t evict(hg_hosts *hosts)
{
    const uint32_t oldest = hg_pool_oldest(&hosts->bindings, &hosts->binding_hand, offsetof(hg_binding, last_ns));
    hg_chains_leave(&hosts->binding_chains, &hosts->bindings, hg_hash_mac(hosts->hash_key, ((const hg_binding *)hg_pool_at(&hosts->bindings, oldest))->mac), oldest);
    return oldest;
}

static int add_binding(hg_hosts *hosts, const hg_binding *made)
{
    if (hosts->binding_chains.heads == NULL && !hg_chains_init(&hosts->binding_chains, 0, offsetof(hg_binding, chain)))
        return 0;
    hg_chains_grow(&hosts->binding_chains, &hosts->bindings, hash_of_binding, hosts);
    uint32_t number = hg_pool_take(&hosts->bindings);
    if (number == 0 && hosts->forgets && hosts->bindings.used > 0)
        number = evict(hosts);
    if (number == 0)
        return 0;
    *binding_at(hosts, number) = *made;
    hg_chains_enter(&hosts->binding_chains, &hosts->bindings, hg_hash_mac(hosts->hash_key, made->mac), number);
    return 1;
}

int hg_binding_note(hg_hosts *hosts, const uint8_t *mac, hg_address address, uint8_t version, int64_t time_ns)
{
    uint32_t count = 0;
    hg_binding *oldest = NULL;
    for (hg_binding *one = hg_binding_next(hosts, mac, NULL); one != NULL; one = hg_binding_next(hosts, mac, one), count++) {
        if (one->version == version && hg_same_address(one->address, address)) {
            hg_widen(&one->first_ns, &one->last_ns, time_ns, time_ns);
            return 1;
        }
        oldest = oldest == NULL || one->last_ns < oldest->last_ns ? one : oldest;
    }
    hg_binding made = {.address = address, .first_ns = time_ns, .last_ns = time_ns, .version = version};
    memcpy(made.mac, mac, sizeof made.mac);
    if (count < HG_MAC_ADDRESSES)
        return add_binding(hosts, &made);
    made.chain = oldest->chain;
    *oldest = made;
    return 0;
}
