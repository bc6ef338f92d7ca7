/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/bindings.h"

#include <stdlib.h>
#include <string.h>

#include "flow/hash.h"

int hg_bindings_init(hg_hosts *hosts, uint32_t most)
{
    return hg_pool_init(&hosts->bindings, sizeof(hg_binding), most);
}

void hg_bindings_free(hg_hosts *hosts)
{
    hg_pool_clear(&hosts->bindings);
    free(hosts->binding_heads);
}

static uint32_t *head_of(const hg_hosts *hosts, const uint8_t *mac)
{
    uint64_t word = 0;
    memcpy(&word, mac, HG_MAC_LENGTH);
    return hosts->binding_heads + (hg_hash_fold(hg_hash_mix(hosts->hash_key, word)) & hosts->binding_mask);
}

static hg_binding *binding_at(const hg_hosts *hosts, uint32_t number)
{
    return number == 0 ? NULL : hg_pool_at(&hosts->bindings, number);
}

static void link_binding(hg_hosts *hosts, uint32_t number)
{
    hg_binding *one = binding_at(hosts, number);
    uint32_t *head = head_of(hosts, one->mac);
    one->chain = *head;
    *head = number;
}

static void unlink_binding(hg_hosts *hosts, uint32_t number)
{
    uint32_t *at = head_of(hosts, binding_at(hosts, number)->mac);
    while (*at != number)
        at = &binding_at(hosts, *at)->chain;
    *at = binding_at(hosts, number)->chain;
}

/* Twice as many chains when there are as many bindings; without memory for them, chains get longer. 0: there are none. */
static int have_heads(hg_hosts *hosts)
{
    enum { FIRST = 256 };
    const uint32_t before = hosts->binding_heads == NULL ? 0 : hosts->binding_mask + 1;
    const uint32_t count = before == 0 ? FIRST : 2 * before;
    if (hosts->bindings.used < before)
        return 1;
    uint32_t *wider = calloc(count, sizeof *wider);
    if (wider == NULL)
        return before != 0;
    free(hosts->binding_heads);
    hosts->binding_heads = wider;
    hosts->binding_mask = count - 1;
    for (uint32_t number = 1; number <= hosts->bindings.used; number++)
        link_binding(hosts, number);
    return 1;
}

hg_binding *hg_binding_next(const hg_hosts *hosts, const uint8_t *mac, const hg_binding *after)
{
    if (hosts->binding_heads == NULL)
        return NULL;
    hg_binding *one = binding_at(hosts, after == NULL ? *head_of(hosts, mac) : after->chain);
    while (one != NULL && memcmp(one->mac, mac, HG_MAC_LENGTH) != 0)
        one = binding_at(hosts, one->chain);
    return one;
}

/* The place of the least recently seen binding among the next few. */
static uint32_t evict(hg_hosts *hosts)
{
    enum { LOOKED_AT = 16 };
    uint32_t oldest = 0;
    for (uint32_t i = 0; i < LOOKED_AT; i++) {
        hosts->binding_hand = hosts->binding_hand < hosts->bindings.used ? hosts->binding_hand + 1 : 1;
        if (oldest == 0 || binding_at(hosts, hosts->binding_hand)->last_ns < binding_at(hosts, oldest)->last_ns)
            oldest = hosts->binding_hand;
    }
    unlink_binding(hosts, oldest);
    return oldest;
}

static int add_binding(hg_hosts *hosts, const hg_binding *made)
{
    if (!have_heads(hosts))
        return 0;
    uint32_t number = hg_pool_take(&hosts->bindings);
    if (number == 0 && hosts->forgets && hosts->bindings.used > 0)
        number = evict(hosts);
    if (number == 0)
        return 0;
    *binding_at(hosts, number) = *made;
    link_binding(hosts, number);
    return 1;
}

int hg_binding_note(hg_hosts *hosts, const uint8_t *mac, hg_address address, uint8_t version, int64_t time_ns)
{
    uint32_t count = 0;
    hg_binding *oldest = NULL;
    for (hg_binding *one = hg_binding_next(hosts, mac, NULL); one != NULL; one = hg_binding_next(hosts, mac, one), count++) {
        if (one->version == version && hg_same_address(one->address, address)) {
            one->first_ns = time_ns < one->first_ns ? time_ns : one->first_ns;
            one->last_ns = time_ns > one->last_ns ? time_ns : one->last_ns;
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
