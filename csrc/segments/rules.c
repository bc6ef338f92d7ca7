/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rules.c - conditions of the database on the observed segments.
 */
#include "segments/segments.h"

static int has(const hg_tables *t, const hg_db_segment_condition *condition, uint16_t value)
{
    const hg_db_segment_values *values = t->segment_values + condition->first_value;
    for (uint32_t i = 0; i < condition->value_count; i++)
        if (value >= values[i].first && value <= values[i].last &&
            (values[i].multiple == 1 || value % values[i].multiple == 0))
            return 1;
    return 0;
}

static int holds(const hg_tables *t, const hg_db_segment_condition *condition,
                 const uint16_t values[HG_SEGMENT_VALUES], uint16_t frequent)
{
    int is_met = has(t, condition, values[condition->feature]);
    if (condition->feature == HG_SEGMENTS_WINDOW)
        is_met |= has(t, condition, frequent);
    return is_met != condition->negated;
}

uint32_t hg_database_match_segments(const hg_database *database, const uint16_t values[HG_SEGMENT_VALUES], uint16_t frequent)
{
    const hg_tables *t = &database->tables;
    for (uint32_t i = 0; i < t->segments_count; i++) {
        const hg_db_segment_condition *conditions = t->segment_conditions + t->segments[i].first_condition;
        uint32_t met = 0;
        while (met < t->segments[i].condition_count && holds(t, conditions + met, values, frequent))
            met++;
        if (met == t->segments[i].condition_count)
            return i;
    }
    return HG_NO_SIGNATURE;
}

uint32_t hg_database_unmet_segments(const hg_database *database, uint32_t rule,
                                    const uint16_t values[HG_SEGMENT_VALUES], uint16_t frequent)
{
    const hg_tables *t = &database->tables;
    uint32_t unmet = 0;
    if (rule >= t->segments_count)
        return 0;
    for (uint32_t i = 0; i < t->segments[rule].condition_count && i < 32; i++)
        if (!holds(t, t->segment_conditions + t->segments[rule].first_condition + i, values, frequent))
            unmet |= 1U << i;
    return unmet;
}
