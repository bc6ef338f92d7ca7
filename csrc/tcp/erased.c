/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * erased.c - options that were overwritten with NOPs on the way.
 *
 * A middlebox that wants no timestamps cannot take the option out without moving all that follows,
 * so it writes NOPs over it. What it was is found by trying: each place of the run at which a
 * timestamp, or a timestamp and a scale, may have stood. There are at most 38.
 */
#include "tcp/erased.h"

#include <string.h>

#include "tcp/observe.h"

enum { TIMESTAMP_BYTES = HG_ERASED_NOPS, SCALE_BYTES = 3 };

/* The most NOPs that systems put between two options. Without this limit 24 NOPs would be tried in 171 ways. */
enum { MOST_PADDING = 4 };

/* The run of NOPs in an observation, and what is tried in its place. */
typedef struct trial {
    const hg_tables *tables;
    uint32_t at;
    uint32_t nops;
    hg_observation tried; /* NOPs where options are tried */
    uint32_t best;
} trial;

uint32_t hg_erased_run(const uint8_t *options, uint32_t count, uint32_t *length)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i <= count; i++) {
        if (i < count && options[i] == HG_OPTION_NOP)
            continue;
        if (i - first >= HG_ERASED_NOPS) {
            *length = i - first;
            return first;
        }
        first = i + 1;
    }
    *length = 0;
    return 0;
}

/* Makes room for `options` options of `bytes` bytes in all among the NOPs of the run. */
static void make_room(trial *t, const hg_observation *from, uint32_t bytes, uint32_t options)
{
    const uint32_t count = t->nops - bytes + options, behind = t->at + t->nops;
    hg_observation *o = &t->tried;
    *o = *from;
    memset(o->options + t->at, 0, sizeof o->options - t->at);
    memset(o->options + t->at, HG_OPTION_NOP, count);
    memcpy(o->options + t->at + count, from->options + behind, from->option_count - behind);
    o->option_count = (uint8_t)(t->at + count + from->option_count - behind);
    o->ts1 = 1; /* whatever it was, but for 0 */
    if (o->window_kind == HG_WINDOW_LITERAL)
        hg_observe_multiple(o);
}

static void match_tried(trial *t)
{
    const uint32_t layout = hg_table_layout(t->tables, &t->tried);
    if (layout == HG_NO_INDEX)
        return;
    uint32_t grade = hg_table_grade(t->tables, layout, &t->tried, t->best);
    uint32_t number = hg_match_of_grade(grade).signature;
    if (grade != t->best && (t->tables->signatures[number].flags & HG_SIGNATURE_RESTORABLE) != 0)
        t->best = grade;
}

static void try_timestamp(trial *t, const hg_observation *from)
{
    const uint32_t left = t->nops - TIMESTAMP_BYTES;
    uint8_t *run = t->tried.options + t->at;
    make_room(t, from, TIMESTAMP_BYTES, 1);
    for (uint32_t before = 0; before <= left && before <= MOST_PADDING; before++) {
        if (left - before > MOST_PADDING)
            continue;
        run[before] = HG_OPTION_TS;
        match_tried(t);
        run[before] = HG_OPTION_NOP;
    }
}

/* A timestamp and a scale, in either order. Room has been made. */
static void try_both(trial *t, uint8_t first, uint8_t second)
{
    const uint32_t left = t->nops - TIMESTAMP_BYTES - SCALE_BYTES;
    uint8_t *run = t->tried.options + t->at;
    for (uint32_t before = 0; before <= left && before <= MOST_PADDING; before++)
        for (uint32_t between = 0; before + between <= left && between <= MOST_PADDING; between++) {
            if (left - before - between > MOST_PADDING)
                continue;
            run[before] = first;
            run[before + 1 + between] = second;
            match_tried(t);
            run[before] = run[before + 1 + between] = HG_OPTION_NOP;
        }
}

static int has(const hg_observation *o, uint8_t kind)
{
    return memchr(o->options, kind, o->option_count) != NULL;
}

hg_match hg_database_match(const hg_database *database, const hg_observation *o)
{
    const hg_tables *tables = &database->tables;
    hg_match match = hg_table_match(tables, hg_table_layout(tables, o), o);
    return match.signature == HG_NO_SIGNATURE ? hg_match_erased(tables, o) : match;
}

hg_match hg_match_erased(const hg_tables *tables, const hg_observation *o)
{
    trial t = {.tables = tables, .best = HG_NO_INDEX};
    t.at = hg_erased_run(o->options, o->option_count, &t.nops);
    if (t.nops == 0 || has(o, HG_OPTION_TS))
        return hg_match_of_grade(HG_NO_INDEX);
    try_timestamp(&t, o);
    if (!has(o, HG_OPTION_WS) && t.nops >= TIMESTAMP_BYTES + SCALE_BYTES) {
        make_room(&t, o, TIMESTAMP_BYTES + SCALE_BYTES, 2);
        try_both(&t, HG_OPTION_TS, HG_OPTION_WS);
        try_both(&t, HG_OPTION_WS, HG_OPTION_TS);
    }
    return hg_match_of_grade(t.best);
}
