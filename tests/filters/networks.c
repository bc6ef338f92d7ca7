/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Random sets of networks against a plain walk over the list, and building with every
 * allocation failing once. Run under sanitizers; prints what is wrong.
 *
 *     networks SEED ROUNDS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter/filter.h"
#include "filter/networks.h"
#include "failing_memory.h"

enum { MOST = 200, PROBES = 60 };

static uint64_t state;
static long allocations_left = -1; /* below 0: none fails */

static int fails(void)
{
    return allocations_left >= 0 && allocations_left-- == 0;
}

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint32_t below(uint32_t limit)
{
    return (uint32_t)(next_random() >> 32) % limit;
}

static void fill(uint8_t *bytes, uint8_t version)
{
    uint64_t words[2] = {next_random(), next_random()};
    memset(bytes, 0, 16);
    memcpy(bytes, words, version == 4 ? 4 : 16);
}

/* Sets or copies the bits of `bytes` from `from` on. */
static void set_tail(uint8_t *bytes, uint32_t from, uint32_t bits, int value)
{
    for (uint32_t bit = from; bit < bits; bit++) {
        uint8_t mask = (uint8_t)(0x80u >> bit % 8);
        bytes[bit / 8] = (uint8_t)(value ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
    }
}

static int same_head(const uint8_t *a, const uint8_t *b, uint32_t bits)
{
    for (uint32_t bit = 0; bit < bits; bit++)
        if (((a[bit / 8] ^ b[bit / 8]) & (0x80u >> bit % 8)) != 0)
            return 0;
    return 1;
}

static int plainly_contain(const hg_network *list, uint32_t count, const uint8_t *address, uint8_t version)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i].version == version && same_head(list[i].address, address, list[i].prefix))
            return 1;
    return 0;
}

static uint32_t bits_of(uint8_t version)
{
    return version == 4 ? 32 : 128;
}

/* Moves an address to one of the last four upper halves there are. */
static void crowd(uint8_t *address)
{
    memset(address, 0xFF, 7);
    address[7] = (uint8_t)(0xFC | address[7]);
}

/* Networks all over, within one provider's, at the end of the address
 * space, in neighbouring upper halves, or nested. */
static void make(hg_network *list, uint32_t count)
{
    uint32_t kind = below(5);
    for (uint32_t i = 0; i < count; i++) {
        hg_network *network = list + i;
        network->version = below(2) && kind != 4 ? 4 : 6;
        uint32_t bits = bits_of(network->version);
        fill(network->address, network->version);
        if (kind == 1)
            memset(network->address, 10, 2);
        else if (kind == 2)
            memset(network->address, 0xFF, below(bits / 8 + 1));
        else if (kind == 3 && i > 0 && list[i - 1].version == network->version)
            memcpy(network->address, list[i - 1].address, list[i - 1].prefix / 8);
        else if (kind == 4)
            crowd(network->address);
        network->prefix = (uint8_t)(kind == 0   ? bits / 4 + below(bits * 3 / 4 + 1)
                                    : kind == 4 ? 62 + below(67)
                                                : below(bits + 1));
        set_tail(network->address, network->prefix, bits, 0);
    }
}

/* An address in, at the edge of, or next to one of the networks. */
static void probe(const hg_network *near, uint8_t *address)
{
    uint32_t bits = bits_of(near->version);
    fill(address, near->version);
    uint32_t kind = below(5);
    if (kind == 0)
        return;
    memcpy(address, near->address, 16);
    if (kind == 1)
        set_tail(address, near->prefix, bits, 1);
    if (kind == 2 && near->prefix > 0)
        address[(near->prefix - 1) / 8] ^= (uint8_t)(0x80u >> (near->prefix - 1) % 8);
    if (kind == 3 && near->prefix < bits)
        address[bits / 8 - 1] ^= 1;
}

static int compare(const hg_networks *set, const hg_network *list, uint32_t count)
{
    for (int i = 0; i < PROBES; i++) {
        uint8_t address[16];
        const hg_network *near = list + below(count);
        probe(near, address);
        int found = hg_networks_contain(set, address, near->version);
        if (found != plainly_contain(list, count, address, near->version)) {
            printf("wrong answer %d, version %d, %u networks\n", found, near->version, count);
            return 0;
        }
    }
    return 1;
}

/* Each allocation of a filter of ports and networks fails in turn, until none does. */
static int survive_failures(const hg_network *list, uint32_t count)
{
    const hg_port_range ports = {80, 443};
    const hg_condition conditions[2] = {{.ports = &ports, .port_count = 1, .side = HG_SIDE_SERVER},
                                        {.networks = list, .network_count = count}};
    for (long left = 0;; left++) {
        hg_filter *filter;
        allocations_left = left;
        hg_status status = hg_filter_new(conditions, 2, 0, &filter, NULL);
        allocations_left = -1;
        hg_filter_free(filter);
        if (status == HG_OK)
            return left > 2;
        if (status != HG_E_MEMORY || filter != NULL) {
            printf("status %d when allocation %ld fails\n", (int)status, left);
            return 0;
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    state = strtoull(argv[1], NULL, 10) * 2 + 88172645463325252u;
    for (long rounds = strtol(argv[2], NULL, 10); rounds > 0; rounds--) {
        uint32_t count = 1 + below(below(8) == 0 ? MOST : 12);
        hg_network list[MOST] = {{{0}, 0, 0}};
        hg_networks set;
        make(list, count);
        if (hg_networks_init(&set, list, count, NULL) != HG_OK)
            return 1;
        int right = compare(&set, list, count) && survive_failures(list, count);
        hg_networks_clear(&set);
        if (!right)
            return 1;
    }
    return 0;
}
