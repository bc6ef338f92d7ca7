/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * worker_choice.c - calls of the engine that cost what the command line says.
 *
 *     choice PACKETS (CALLS ALL ALONE NOISE)...
 *
 * `CALLS` calls of `PACKETS` packets each, of which one takes ALL ns with all workers and ALONE ns alone, NOISE
 * percent more or less; then the next ones. Prints for each group the calls that went alone, and what all
 * of them cost as a percentage of what they would have cost the better way, without noise.
 */
#include <stdio.h>
#include <stdlib.h>

#include "engine/worker_choice.h"

static int64_t number(const char *text)
{
    return strtoll(text, NULL, 10);
}

/* From -100 to 100. */
static int64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (int64_t)(*state >> 33) % 201 - 100;
}

static void run_group(hg_worker_choice *choice, uint64_t packets, char **group, uint64_t *random)
{
    const int64_t calls = number(group[0]), all = number(group[1]), alone = number(group[2]), noise = number(group[3]);
    int64_t spent = 0, went_alone = 0;
    for (int64_t i = 0; i < calls; i++) {
        const int is_alone = hg_worker_choice_is_alone(choice);
        const int64_t ns = (is_alone ? alone : all) * (int64_t)packets;
        spent += ns;
        went_alone += is_alone;
        hg_worker_choice_note(choice, packets, ns + ns / 100 * noise * next_random(random) / 100);
    }
    const int64_t best = (all < alone ? all : alone) * (int64_t)packets * calls;
    printf("%lld %.1f\n", (long long)went_alone, 100 * (double)spent / (double)best);
}

int main(int argc, char **argv)
{
    hg_worker_choice choice = {0};
    uint64_t random = 1;
    for (int at = 2; at + 4 <= argc; at += 4)
        run_group(&choice, (uint64_t)number(argv[1]), argv + at, &random);
    return 0;
}
