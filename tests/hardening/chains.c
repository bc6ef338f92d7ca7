/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * chains.c - addresses and ports that are chosen so that many fall into one chain of a keyed
 * table, whatever the key.
 *
 *     chains KIND
 *
 * prints over many keys how many records a look-up visits on average, in the worst case: with a
 * hash that knows no such choice that is hardly more than 1, as for records at random.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hg_layout.h"
#include "flow/hash.h"

enum { KEYS = 200, MOST = 4096, CONNECTIONS = 1000, HEADS = 8192 };

static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* The upper bits of two words that a multiplication and a shift with the guessed key would make
 * the same: what cancels in the first word is put back into the second. */
static uint32_t cancelling(hg_packet *packets, int bits, int guesses)
{
    uint32_t count = 0;
    const uint64_t mask = (UINT64_C(1) << bits) - 1;
    for (uint64_t guess = 0; guess < (uint64_t)guesses; guess++)
        for (uint64_t top = 0; top <= mask && count < MOST; top++) {
            uint64_t change = (((guess ^ top) * HG_HASH_MULTIPLIER ^ guess * HG_HASH_MULTIPLIER) & mask) << (64 - bits);
            hg_address address = {{top << (64 - bits), change ^ change >> 32}};
            uint32_t known = 0;
            while (known < count && memcmp(&packets[known].source, &address, sizeof address) != 0)
                known++;
            if (known == count)
                packets[count++] = (hg_packet){.version = 6, .source = address, .destination_port = 80};
        }
    return count;
}

/* Ports that always add up to the same, at one address or at two. */
static uint32_t complements(hg_packet *packets, uint64_t source, uint64_t destination, unsigned step)
{
    for (uint32_t i = 0; i < CONNECTIONS; i++)
        packets[i] = (hg_packet){
            .version = 4,
            .source = {{source, 0}},
            .destination = {{destination, 0}},
            .source_port = (uint16_t)(i * step),
            .destination_port = (uint16_t)(65535 - i * step),
        };
    return CONNECTIONS;
}

static uint32_t scattered(hg_packet *packets)
{
    uint64_t state = 1;
    for (uint32_t i = 0; i < CONNECTIONS; i++)
        packets[i] = (hg_packet){
            .version = 4,
            .source = {{(uint32_t)next_random(&state), 0}},
            .source_port = (uint16_t)next_random(&state),
            .destination_port = 80,
        };
    return CONNECTIONS;
}

static uint32_t choose(hg_packet *packets, const char *kind)
{
    if (strcmp(kind, "cancelling") == 0)
        return cancelling(packets, 7, 64);
    if (strcmp(kind, "top bits") == 0)
        return cancelling(packets, 3, 8);
    if (strcmp(kind, "one address") == 0)
        return complements(packets, 0x0100000a, 0x0100000a, 1);
    if (strcmp(kind, "no address") == 0)
        return complements(packets, 0, 0, 1);
    if (strcmp(kind, "two addresses") == 0)
        return complements(packets, 0x0100000a, 0x026433c6, 64);
    return scattered(packets);
}

/* Records that a look-up visits on average: each one as many as its chain has. */
static double visits(const hg_packet *packets, uint32_t count, int of_hosts)
{
    static uint32_t chain[HEADS];
    double sum = 0;
    memset(chain, 0, sizeof chain);
    for (uint32_t i = 0; i < count; i++)
        chain[(of_hosts ? packets[i].source_hash : packets[i].flow_hash) % HEADS]++;
    for (uint32_t i = 0; i < HEADS; i++)
        sum += (double)chain[i] * chain[i];
    return sum / count;
}

int main(int argc, char **argv)
{
    static hg_packet packets[MOST];
    uint32_t count = choose(packets, argc > 1 ? argv[1] : "");
    double flows = 0, hosts = 0;
    uint64_t state = 1;
    for (int number = 0; number < KEYS; number++) {
        uint64_t key = next_random(&state);
        for (uint32_t i = 0; i < count; i++)
            hg_hash_packet(key, packets + i);
        double found = visits(packets, count, 0);
        flows = found > flows ? found : flows;
        found = visits(packets, count, 1);
        hosts = found > hosts ? found : hosts;
    }
    printf("%u %.2f %.2f\n", count, flows, hosts);
    return 0;
}
