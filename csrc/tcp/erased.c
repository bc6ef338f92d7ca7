/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * erased.c - restores options that a middlebox has overwritten with NOPs.
 *
 * A middlebox that removes timestamps overwrites the option with NOPs, so that the options after it need not move.
 * Therefore an observation is compared with every layout in the database: wherever they differ, NOPs must cover a whole
 * option of the layout.
 */
#include "tcp/erased.h"

#include "tcp/observe.h"

enum { MULTIPATH = 30 };

/* The length of an option that middleboxes erase; 0: erasing it was never observed, or its length is unknown.
 * Middleboxes also overwrite the end of the list and the padding after it with as many NOPs. */
static uint32_t erasable(const hg_db_layout *layout, uint32_t at)
{
    static const uint8_t BYTES[] = {[HG_OPTION_WS] = 3,
                                    [HG_OPTION_SOK] = 2,
                                    [HG_OPTION_TS] = 10,
                                    [MULTIPATH] = 12 /* length in the first version (RFC 6824) */};
    const uint8_t kind = layout->kinds[at];
    return kind == HG_OPTION_EOL ? 1u + layout->eol_pad : kind < sizeof BYTES ? BYTES[kind] : 0;
}

/* Returns 0 without a run of two NOPs, because the shortest option has two bytes, and with fewer than two options left,
 * because a lone MSS among NOPs could come from most layouts. */
int hg_erased_begin(hg_erased *erased, const hg_observation *seen)
{
    uint32_t longest = 0, left = 0;
    erased->seen = seen;
    erased->nops[seen->option_count] = 0;
    for (uint32_t at = seen->option_count; at-- > 0;) {
        const uint32_t run = seen->options[at] == HG_OPTION_NOP ? erased->nops[at + 1] + 1u : 0;
        erased->nops[at] = (uint8_t)run;
        longest = run > longest ? run : longest;
        left += run == 0 && seen->options[at] != HG_OPTION_EOL;
    }
    if (longest < 2 || left < 2 || (seen->quirks & HG_QUIRK_BAD) != 0)
        return 0;
    erased->stamped = *seen;
    if (memchr(seen->options, HG_OPTION_TS, seen->option_count) == NULL) {
        erased->stamped.ts1 = 1; /* its value is unknown, but not 0 */
        if (seen->window_kind == HG_WINDOW_LITERAL)
            hg_observe_multiple(&erased->stamped);
    }
    return 1;
}

/* Whether the options equal the layout, except where NOPs cover a whole option of it. */
static int may_come_from(const hg_erased *erased, const hg_db_layout *layout)
{
    const hg_observation *o = erased->seen;
    uint32_t at = 0;
    for (uint32_t i = 0; i < layout->count; i++, at++) {
        if (at == o->option_count)
            return 0;
        if (o->options[at] != layout->kinds[i]) {
            const uint32_t bytes = o->options[at] == HG_OPTION_NOP ? erasable(layout, i) : 0;
            if (bytes == 0 || erased->nops[at] < bytes)
                return 0;
            at += bytes - 1;
        } else if (layout->kinds[i] == HG_OPTION_EOL && o->eol_pad != layout->eol_pad) {
            return 0;
        }
    }
    return at == o->option_count;
}

int hg_erased_restore(const hg_erased *erased, const hg_db_layout *layout, hg_observation *restored)
{
    if (!may_come_from(erased, layout))
        return 0;
    const int has_stamp = memchr(layout->kinds, HG_OPTION_TS, layout->count) != NULL;
    *restored = has_stamp ? erased->stamped : *erased->seen;
    hg_set_olayout(restored, (const uint8_t *)layout);
    return 1;
}

/* A signature may forbid restored options. Its initial TTL must fit, because guessing both the options and the TTL
 * would be too vague. */
static int may_be_restored(const hg_tables *tables, uint32_t number, const hg_observation *restored)
{
    const hg_db_signature *s = tables->signatures + number;
    const int distance = s->ittl - restored->ttl;
    return (s->flags & HG_SIGNATURE_RESTORABLE) != 0 && distance >= 0 && distance <= HG_MAX_DISTANCE;
}

hg_match hg_match_erased(const hg_tables *tables, const hg_observation *o)
{
    uint32_t best = HG_NO_INDEX;
    hg_erased erased;
    const uint32_t layouts = hg_erased_begin(&erased, o) ? tables->layouts_count : 0;
    for (uint32_t layout = 0; layout < layouts; layout++) {
        hg_observation restored;
        if (!hg_erased_restore(&erased, tables->layouts + layout, &restored))
            continue;
        const uint32_t grade = hg_table_grade(tables, layout, &restored, best);
        if (grade != best && may_be_restored(tables, hg_match_of_grade(grade).signature, &restored))
            best = grade;
    }
    hg_match match = hg_match_of_grade(best);
    match.fuzzy = match.signature != HG_NO_SIGNATURE;
    return match;
}

hg_match hg_database_match(const hg_database *database, const hg_observation *o)
{
    const hg_tables *tables = &database->tables;
    hg_match match = hg_table_match(tables, hg_table_layout(tables, o), o);
    return match.signature == HG_NO_SIGNATURE ? hg_match_erased(tables, o) : match;
}
