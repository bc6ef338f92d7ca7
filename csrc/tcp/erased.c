/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * erased.c - options that were overwritten with NOPs on the way.
 *
 * A middlebox that wants no timestamps cannot take the option out without moving all that follows,
 * so it writes NOPs over it. What it was is found by trying: each place of the run at which a
 * timestamp, or a timestamp and a scale, may have stood. There are at most some 160.
 */
#include "tcp/erased.h"

#include <string.h>

#include "tcp/observe.h"

enum { TIMESTAMP_BYTES = HG_ERASED_NOPS, SCALE_BYTES = 3 };

/* The run of NOPs in `from`, and what is tried in its place. */
typedef struct trial {
    const hg_tables *tables;
    const hg_observation *from;
    uint32_t at;
    uint32_t nops;
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

/* The options of `t` with `count` kinds in place of the run. */
static void put_back(const trial *t, const uint8_t *kinds, uint32_t count, hg_observation *o)
{
    const hg_observation *from = t->from;
    uint32_t behind = t->at + t->nops;
    *o = *from;
    memset(o->options, 0, sizeof o->options);
    memcpy(o->options, from->options, t->at);
    memcpy(o->options + t->at, kinds, count);
    memcpy(o->options + t->at + count, from->options + behind, from->option_count - behind);
    o->option_count = (uint8_t)(t->at + count + from->option_count - behind);
    o->ts1 = 1; /* whatever it was, but for 0 */
    if (o->window_kind == HG_WINDOW_LITERAL)
        hg_observe_multiple(o);
}

static void try_kinds(trial *t, const uint8_t *kinds, uint32_t count)
{
    hg_observation o;
    put_back(t, kinds, count, &o);
    uint32_t grade = hg_table_grade(t->tables, hg_table_layout(t->tables, &o), &o, t->best);
    uint32_t number = hg_match_of_grade(grade).signature;
    if (grade != t->best && (t->tables->signatures[number].flags & HG_SIGNATURE_RESTORABLE) != 0)
        t->best = grade;
}

/* `first` after `before` NOPs, `second` (or none: NOP) after `between` more. */
static void try_at(trial *t, uint8_t first, uint8_t second, uint32_t before, uint32_t between)
{
    uint32_t erased = TIMESTAMP_BYTES + (second != HG_OPTION_NOP ? SCALE_BYTES : 0);
    uint32_t left = t->nops - erased, count = left + (second != HG_OPTION_NOP ? 2 : 1);
    uint8_t kinds[HG_MAX_OPTIONS];
    memset(kinds, HG_OPTION_NOP, sizeof kinds);
    kinds[before] = first;
    if (second != HG_OPTION_NOP)
        kinds[before + 1 + between] = second;
    try_kinds(t, kinds, count);
}

static void try_both(trial *t, uint8_t first, uint8_t second)
{
    for (uint32_t before = 0; before + TIMESTAMP_BYTES + SCALE_BYTES <= t->nops; before++)
        for (uint32_t between = 0; before + between + TIMESTAMP_BYTES + SCALE_BYTES <= t->nops; between++)
            try_at(t, first, second, before, between);
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
    trial t = {.tables = tables, .from = o, .best = HG_NO_INDEX};
    t.at = hg_erased_run(o->options, o->option_count, &t.nops);
    if (t.nops == 0 || has(o, HG_OPTION_TS))
        return hg_match_of_grade(HG_NO_INDEX);
    for (uint32_t before = 0; before + TIMESTAMP_BYTES <= t.nops; before++)
        try_at(&t, HG_OPTION_TS, HG_OPTION_NOP, before, 0);
    if (!has(o, HG_OPTION_WS)) {
        try_both(&t, HG_OPTION_TS, HG_OPTION_WS);
        try_both(&t, HG_OPTION_WS, HG_OPTION_TS);
    }
    return hg_match_of_grade(t.best);
}
