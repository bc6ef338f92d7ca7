/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * systems.c - counts the systems behind one address (a lower bound).
 */
#include "handshakes/systems.h"

#include "base/bytes.h"

enum {
    ALTERNATION_S = 600,  /* a family that returns within this time alternates; later, the address has a new owner */
    SOON_S = 60,
    SLOT_MS = 320,   /* HG_SLOTS slots are just less than the ten seconds after which Linux shuffles ports */
    RUN_SLOTS = 34,  /* longest run: a little more than ten seconds */
    PAUSE_SLOTS = 3, /* longest pause for which a run's further rise is estimated */
    RUN_STEP = 32,   /* largest small step: Linux takes at most 16, unless ports are in use */
    LEAST_ROUNDS = 4, /* least alternations before runs count as several systems */
};

static uint32_t seconds(int64_t time_ns)
{
    return (uint32_t)((uint64_t)time_ns / UINT64_C(1000000000));
}

static uint32_t fold(uint64_t hash)
{
    uint32_t folded = (uint32_t)(hash ^ hash >> 32);
    return folded == 0 ? 1 : folded;
}

/* ---- families ---------------------------------------------------------------------------------- */

/* The index of family `key`. A new family takes a free place, or else replaces the oldest family with one SYN.
 * HG_FAMILIES: there is no place. */
static uint32_t place_of(hg_systems *systems, uint32_t key)
{
    uint32_t free = HG_FAMILIES;
    for (uint32_t i = 0; i < HG_FAMILIES; i++) {
        const hg_family *family = systems->families + i;
        if (family->key == key)
            return i;
        int is_better = free == HG_FAMILIES || family->order < systems->families[free].order;
        if (family->key == 0 || (family->syns == 1 && is_better))
            free = i;
        if (family->key == 0)
            break;
    }
    if (free == HG_FAMILIES)
        return free;
    for (uint32_t i = 0; i < HG_FAMILIES; i++) {
        systems->families[i].alternating &= (uint8_t)~(1U << free);
        systems->families[i].soon &= (uint8_t)~(1U << free);
    }
    systems->families[free] = (hg_family){.key = key};
    return free;
}

/* Notes that a family alternates with all families that came since its own latest SYN. */
static void note_alternation(hg_systems *systems, uint32_t place, uint32_t now_s)
{
    hg_family *own = systems->families + place;
    int32_t away = (int32_t)(now_s - own->last_s);
    for (uint32_t i = 0; i < HG_FAMILIES; i++) {
        hg_family *other = systems->families + i;
        if (i == place || other->key == 0 || other->order <= own->order || away < 0 || away > ALTERNATION_S)
            continue;
        own->alternating |= (uint8_t)(1U << i);
        other->alternating |= (uint8_t)(1U << place);
        if (away <= SOON_S) {
            own->soon |= (uint8_t)(1U << i);
            other->soon |= (uint8_t)(1U << place);
        }
    }
}

/* Notes a change if a new family sent two SYNs in a row. */
static void take_over(hg_systems *systems, uint32_t place, uint32_t now_s)
{
    systems->streak = place == systems->last && systems->streak > 0 ? 2 : 1;
    systems->last = (uint8_t)place;
    if (systems->streak < 2 || systems->steady == place + 1)
        return;
    if (systems->steady != 0)
        systems->last_change_s = now_s;
    systems->steady = (uint8_t)(place + 1);
}

/* Counts a SYN for its family. NULL: there is no place for a new family. */
static hg_family *take_family(hg_systems *systems, const hg_systems_syn *syn)
{
    const uint32_t now_s = seconds(syn->time_ns);
    uint32_t place = place_of(systems, fold(syn->family));
    if (place == HG_FAMILIES)
        return NULL;
    hg_family *own = systems->families + place;
    if (own->syns > 0)
        note_alternation(systems, place, now_s);
    take_over(systems, place, now_s);
    own->syns++;
    own->order = ++systems->syns;
    own->last_s = now_s;
    own->even += (syn->port & 1) == 0;
    own->is_linux = syn->is_linux;
    own->runs = own->runs == 0 ? 1 : own->runs;
    own->name = syn->name;
    return own;
}

/* ---- runs -------------------------------------------------------------------------------------- */

static uint32_t slot_of(int64_t time_ns)
{
    return (uint32_t)((uint64_t)time_ns / (SLOT_MS * UINT64_C(1000000)));
}

/* The slots in which the run rose, as bits; bit 0 is `slot`. */
static uint32_t rises_of(const hg_port_run *run, uint32_t slot)
{
    const uint32_t age = slot - run->last;
    return age < HG_SLOTS ? run->rises << age & ((UINT32_C(1) << HG_SLOTS) - 1) : 0;
}

/* Whether a port can belong to the run. It may be one that the run passed, if its SYN was late; or one that the run can
 * have reached since, if the SYNs between were not captured. */
static int reaches(const hg_port_run *run, uint32_t key, uint16_t port, uint32_t slot)
{
    if (run->key != key || slot - run->start > RUN_SLOTS)
        return 0;
    const uint32_t speed = (uint32_t)(run->port - run->low) / (run->last - run->start + 1);
    const uint32_t pause = slot - run->last < PAUSE_SLOTS ? slot - run->last : PAUSE_SLOTS;
    return (uint32_t)port + RUN_STEP >= run->low && port <= run->port + RUN_STEP + 2 * speed * (pause + 1);
}

/* Merges two runs that meet, because the connection could continue either. */
static void join_runs(hg_port_run *run, hg_port_run *other, uint32_t slot)
{
    const uint32_t own = rises_of(run, slot), others = rises_of(other, slot);
    run->rises = hg_count_bits(others) > hg_count_bits(own) ? others : own;
    run->last = slot;
    run->low = other->low < run->low ? other->low : run->low;
    run->port = other->port > run->port ? other->port : run->port;
    run->start = slot - other->start < slot - run->start ? other->start : run->start;
    *other = (hg_port_run){0};
}

/* The run that a connection belongs to; NULL: none. */
static hg_port_run *run_of(hg_systems *systems, uint32_t key, uint16_t port, uint32_t slot)
{
    hg_port_run *found = NULL;
    for (hg_port_run *run = systems->runs; run < systems->runs + HG_RUNS; run++) {
        if (!reaches(run, key, port, slot))
            continue;
        if (found == NULL)
            found = run;
        else
            join_runs(found, run, slot);
    }
    return found;
}

/* A place for a new run. If none is free, the run that did not continue for the longest time is replaced. */
static hg_port_run *place_for_run(hg_systems *systems, uint32_t slot)
{
    hg_port_run *found = systems->runs;
    for (hg_port_run *run = systems->runs; run < systems->runs + HG_RUNS && found->key != 0; run++)
        if (run->key == 0 || slot - run->last > slot - found->last)
            found = run;
    return found;
}

/* The number of rounds in which the runs alternated. A round ends when every run has risen at least once. */
static uint32_t rounds_of(const uint32_t *rises, uint32_t count)
{
    uint32_t rounds = 0, risen = 0;
    for (uint32_t slot = HG_SLOTS; slot-- > 0;) {
        for (uint32_t i = 0; i < count; i++)
            risen |= (rises[i] >> slot & 1) << i;
        if (risen == (UINT32_C(1) << count) - 1) {
            rounds++;
            risen = 0;
        }
    }
    return rounds;
}

/* Writes to `rises` the runs that rose at least `least` times, latest rise first; returns their number. */
static uint32_t latest_runs(const hg_systems *systems, uint32_t key, uint32_t slot, uint32_t least, uint32_t *rises)
{
    uint32_t count = 0;
    for (const hg_port_run *run = systems->runs; run < systems->runs + HG_RUNS; run++) {
        uint32_t own = run->key == key ? rises_of(run, slot) : 0, at = count;
        if (hg_count_bits(own) < least)
            continue;
        for (count++; at > 0 && (rises[at - 1] & (0 - rises[at - 1])) > (own & (0 - own)); at--)
            rises[at] = rises[at - 1];
        rises[at] = own;
    }
    return count;
}

/* Whether `count` runs to one address and port alternated often enough to come from as many systems. Within ten seconds
 * Linux shuffles its ports once, so one system moves to another run at most once. If there were fewer systems than
 * runs, each round would need such a move, so `count` rounds prove `count` systems. LEAST_ROUNDS is the minimum because
 * late SYNs make an abandoned run look alive. */
static int alternated(const hg_systems *systems, uint32_t key, uint32_t slot, uint32_t count)
{
    uint32_t rises[HG_RUNS];
    const uint32_t least = count < LEAST_ROUNDS ? LEAST_ROUNDS : count;
    return latest_runs(systems, key, slot, least, rises) >= count && rounds_of(rises, count) >= least;
}

/* Adds a SYN to the run that it continues, or begins a run; then counts the runs that alternate. */
static void take_run(hg_systems *systems, hg_family *family, const hg_systems_syn *syn)
{
    const uint32_t slot = slot_of(syn->time_ns), key = fold(syn->other ^ family->key);
    const uint16_t port = syn->port;
    hg_port_run *run = run_of(systems, key, port, slot);
    if (run == NULL) {
        run = place_for_run(systems, slot);
        *run = (hg_port_run){.key = key, .start = slot, .last = slot, .rises = 1, .low = port, .port = port};
        return;
    }
    run->low = port < run->low ? port : run->low;
    if (port <= run->port)
        return;
    run->rises = rises_of(run, slot) | (port <= run->port + RUN_STEP);
    run->last = slot;
    run->port = port;
    family->in_runs++;
    while (family->runs < HG_PORT_RUNS && alternated(systems, key, slot, family->runs + 1U))
        family->runs++;
}

/* ---- number of systems ------------------------------------------------------------------------------ */

/* The number of systems in one family. Port runs count only if half of the SYNs continue a run and nine of ten ports
 * are even, as Linux chooses them (a router may replace them). */
static uint32_t systems_of(const hg_family *family)
{
    uint64_t syns = family->syns;
    if (!family->is_linux || family->runs < 2 || 10 * (uint64_t)family->even < 9 * syns ||
        2 * (uint64_t)family->in_runs < syns)
        return 1;
    return family->runs;
}

/* The number of systems in a family and in all families that it alternates with. One SYN of a family may be chance. */
static uint32_t systems_with(const hg_systems *systems, uint32_t place)
{
    const hg_family *own = systems->families + place;
    uint32_t found = systems_of(own);
    for (uint32_t i = 0; i < HG_FAMILIES; i++)
        if ((own->alternating & 1U << i) != 0 && own->syns > 1 && systems->families[i].syns > 1)
            found += systems_of(systems->families + i);
    return found;
}

static uint32_t most_systems(const hg_systems *systems, uint32_t *place)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < HG_FAMILIES; i++) {
        uint32_t found = systems->families[i].syns > 0 ? systems_with(systems, i) : 0;
        if (found > most) {
            most = found;
            *place = i;
        }
    }
    return most;
}

hg_systems_try hg_systems_note_try(hg_systems *systems, const hg_systems_syn *syn)
{
    const uint32_t ends = fold(syn->other + syn->port), options = fold(syn->options);
    for (uint32_t i = 0; i < HG_ENDS; i++)
        if (systems->ends[i] == ends)
            return systems->options[i] == options ? HG_TRIED : HG_TRIED_OTHERWISE;
    systems->ends[systems->tries % HG_ENDS] = ends;
    systems->options[systems->tries++ % HG_ENDS] = options;
    return HG_NOT_TRIED;
}

void hg_systems_take(hg_systems *systems, const hg_systems_syn *syn)
{
    uint32_t place;
    hg_family *family = take_family(systems, syn);
    if (family == NULL)
        return;
    if (family->is_linux)
        take_run(systems, family, syn);
    if (most_systems(systems, &place) > 1)
        systems->last_sharing_s = seconds(syn->time_ns);
}

void hg_systems_begin_again(hg_systems *systems)
{
    hg_systems fresh = {.tries = systems->tries};
    memcpy(fresh.ends, systems->ends, sizeof fresh.ends);
    memcpy(fresh.options, systems->options, sizeof fresh.options);
    *systems = fresh;
}

hg_systems_count hg_systems_counted(const hg_systems *systems)
{
    hg_systems_count out = {0};
    uint32_t place = 0;
    out.systems = most_systems(systems, &place);
    if (systems->last_change_s != 0 && systems->last_sharing_s == 0)
        out.last_change_ns = systems->last_change_s * INT64_C(1000000000);
    out.last_sharing_ns = systems->last_sharing_s * INT64_C(1000000000);
    const hg_family *own = systems->families + place;
    for (uint32_t i = 0; i < HG_FAMILIES && out.systems > 1; i++) {
        const hg_family *family = systems->families + i;
        if (i != place && ((own->alternating & 1U << i) == 0 || family->syns < 2 || own->syns < 2))
            continue;
        out.witnesses[out.witness_count++] = (hg_witness){
            .name = family->name,
            .systems = systems_of(family),
            .soon = i == place || (own->soon & 1U << i) != 0,
        };
    }
    return out;
}
