/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * systems.c - at least how many systems speak from one address.
 */
#include "hosts/systems.h"

enum {
    TURN_S = 600,  /* a family that is back so soon took turns; later, somebody else has the address, or reboots */
    SOON_S = 60,
    RUN_MS = 11000, /* that a run lasts, for ports are shuffled every ten seconds, and a little more */
    PAUSE_MS = 4000, /* in a run; later, another run comes by the same port */
    RUN_STEP = 32,
    RUN_LENGTH = 3, /* fewer may be chance */
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

/* Its place; one that came once, longest ago, makes room. HG_FAMILIES: there are too many. */
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
        systems->families[i].turns &= (uint8_t) ~(1U << free);
        systems->families[i].soon &= (uint8_t) ~(1U << free);
    }
    systems->families[free] = (hg_family){.key = key, .label = HG_NO_LABEL};
    return free;
}

/* Those that came since its own latest one took turns with it. */
static void take_turns(hg_systems *systems, uint32_t place, uint32_t now_s)
{
    hg_family *own = systems->families + place;
    int32_t away = (int32_t)(now_s - own->last_s);
    for (uint32_t i = 0; i < HG_FAMILIES; i++) {
        hg_family *other = systems->families + i;
        if (i == place || other->key == 0 || other->order <= own->order || away < 0 || away > TURN_S)
            continue;
        own->turns |= (uint8_t)(1U << i);
        other->turns |= (uint8_t)(1U << place);
        if (away <= SOON_S) {
            own->soon |= (uint8_t)(1U << i);
            other->soon |= (uint8_t)(1U << place);
        }
    }
}

/* Whether another family than before sends now, two SYNs on end. */
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

static hg_family *take_family(hg_systems *systems, const hg_systems_syn *syn)
{
    const uint32_t now_s = seconds(syn->time_ns);
    uint32_t place = place_of(systems, fold(syn->options * 31 + syn->ittl));
    if (place == HG_FAMILIES)
        return NULL;
    hg_family *own = systems->families + place;
    if (own->syns > 0)
        take_turns(systems, place, now_s);
    take_over(systems, place, now_s);
    own->syns++;
    own->order = ++systems->syns;
    own->last_s = now_s;
    own->even += (syn->port & 1) == 0;
    own->is_linux = syn->is_linux;
    if (syn->label != HG_NO_LABEL)
        own->label = syn->label;
    return own;
}

/* ---- runs -------------------------------------------------------------------------------------- */

static int is_over(const hg_run *run, uint32_t now_ms)
{
    return run->key == 0 || now_ms - run->start_ms > RUN_MS || now_ms - run->last_ms > PAUSE_MS;
}

/* The run that a connection goes on with, NULL: none. Where several end near its port it is the latest: an
 * older one is of ports that were taken before they were shuffled, and that another host comes by now. */
static hg_run *run_before(hg_systems *systems, uint32_t key, uint16_t port, uint32_t now_ms)
{
    hg_run *found = NULL;
    for (hg_run *run = systems->runs; run < systems->runs + HG_RUNS; run++) {
        uint32_t step = (uint32_t)port - run->port;
        if (run->key != key || is_over(run, now_ms) || port <= run->port || step > RUN_STEP)
            continue;
        if (found == NULL || now_ms - run->last_ms < now_ms - found->last_ms)
            found = run;
    }
    return found;
}

/* A place for a run: one that was never used, else the one that ended first. */
static hg_run *place_for_run(hg_systems *systems, uint32_t now_ms)
{
    hg_run *found = systems->runs;
    for (hg_run *run = systems->runs; run < systems->runs + HG_RUNS && found->key != 0; run++)
        if (run->key == 0 || now_ms - run->last_ms > now_ms - found->last_ms)
            found = run;
    return found;
}

/* Runs to the same end that went on at a moment. */
static uint32_t runs_at(const hg_systems *systems, uint32_t key, uint32_t now_ms, uint32_t moment)
{
    uint32_t count = 0;
    for (const hg_run *run = systems->runs; run < systems->runs + HG_RUNS; run++)
        count += run->key == key && run->length >= RUN_LENGTH && now_ms - run->start_ms >= now_ms - moment &&
                 now_ms - run->last_ms <= now_ms - moment;
    return count;
}

/* The most runs at one time, of those that a run which has just got longer is one of: they were that many
 * when one of them began. */
static uint32_t most_runs(const hg_systems *systems, const hg_run *grown, uint32_t now_ms)
{
    uint32_t most = 0;
    for (const hg_run *run = systems->runs; run < systems->runs + HG_RUNS; run++) {
        if (run->key != grown->key || now_ms - run->start_ms > now_ms - grown->start_ms)
            continue;
        uint32_t count = runs_at(systems, grown->key, now_ms, run->start_ms);
        most = count > most ? count : most;
    }
    return most;
}

static void take_run(hg_systems *systems, hg_family *family, const hg_systems_syn *syn)
{
    const uint32_t now_ms = (uint32_t)((uint64_t)syn->time_ns / 1000000), key = fold(syn->other ^ family->key);
    hg_run *run = run_before(systems, key, syn->port, now_ms);
    if (run == NULL) {
        run = place_for_run(systems, now_ms);
        *run = (hg_run){.key = key, .start_ms = now_ms};
    }
    run->last_ms = now_ms;
    run->port = syn->port;
    if (run->length < UINT16_MAX)
        run->length++;
    if (run->length < RUN_LENGTH)
        return;
    family->in_runs += run->length == RUN_LENGTH ? RUN_LENGTH : 1;
    uint32_t runs = most_runs(systems, run, now_ms);
    family->runs = runs > family->runs ? (uint8_t)runs : family->runs;
}

/* ---- what follows ------------------------------------------------------------------------------ */

/* Systems of one family: nine of ten ports are even, as those of Linux are unless a router gave new ones,
 * and four of five are in runs. */
static uint32_t systems_of(const hg_family *family)
{
    uint64_t syns = family->syns;
    if (!family->is_linux || family->runs < 2 || 10 * (uint64_t)family->even < 9 * syns ||
        5 * (uint64_t)family->in_runs < 4 * syns)
        return 1;
    return family->runs;
}

/* Systems of a family and of those that it took turns with: a family that came once may be chance. */
static uint32_t systems_with(const hg_systems *systems, uint32_t place)
{
    const hg_family *own = systems->families + place;
    uint32_t found = systems_of(own);
    for (uint32_t i = 0; i < HG_FAMILIES; i++)
        if ((own->turns & 1U << i) != 0 && own->syns > 1 && systems->families[i].syns > 1)
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

/* A connection that was refused is tried again from the same port, by Windows at last with fewer options:
 * that tells no other system. */
static int is_tried_again(hg_systems *systems, const hg_systems_syn *syn)
{
    const uint32_t ends = fold(syn->other + syn->port);
    for (uint32_t i = 0; i < HG_ENDS; i++)
        if (systems->ends[i] == ends)
            return 1;
    systems->ends[systems->syns % HG_ENDS] = ends;
    return 0;
}

void hg_systems_take(hg_systems *systems, const hg_systems_syn *syn)
{
    uint32_t place = 0;
    hg_family *family = is_tried_again(systems, syn) ? NULL : take_family(systems, syn);
    if (family == NULL)
        return;
    if (family->is_linux)
        take_run(systems, family, syn);
    if (most_systems(systems, &place) > 1)
        systems->last_sharing_s = seconds(syn->time_ns);
}

void hg_systems_tell(const hg_systems *systems, hg_host_record *out)
{
    uint32_t place = 0;
    out->systems = most_systems(systems, &place);
    if (systems->last_change_s != 0 && systems->last_sharing_s == 0)
        out->last_change_ns = systems->last_change_s * INT64_C(1000000000);
    out->last_sharing_ns = systems->last_sharing_s * INT64_C(1000000000);
    const hg_family *own = systems->families + place;
    for (uint32_t i = 0; i < HG_FAMILIES && out->systems > 1; i++) {
        const hg_family *family = systems->families + i;
        if (i != place && ((own->turns & 1U << i) == 0 || family->syns < 2 || own->syns < 2))
            continue;
        out->witnesses[out->witness_count++] = (hg_witness){
            .label = family->label,
            .systems = systems_of(family),
            .soon = i == place || (own->soon & 1U << i) != 0,
        };
    }
}
