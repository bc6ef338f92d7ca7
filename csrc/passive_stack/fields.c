/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "passive_stack/fields.h"

#include "base/words.h"
#include "database/database.h"

static const char *const FEATURES[] = {HG_SEGMENT_FEATURE_WORDS(HG_WORD)};
static const char *const BEHAVIOURS[] = {HG_ID_BEHAVIOUR_WORDS(HG_WORD)};

uint32_t hg_segments_rule_of(const hg_database *database, hg_row row)
{
    const uint32_t rule = row.columns->segments.segments_rule[row.at];
    return database != NULL && rule < database->tables.segments_count ? rule : HG_NO_SIGNATURE;
}

hg_span hg_segments_name(const hg_database *database, hg_row row)
{
    const uint32_t rule = hg_segments_rule_of(database, row);
    if (rule == HG_NO_SIGNATURE)
        return (hg_span){0};
    const hg_db_label *label = database->tables.labels + database->tables.segments[rule].label;
    return hg_name_shown(hg_database_span(database, label->name_offset, label->name_length));
}

char *hg_put_segments(char *p, hg_row row)
{
    const hg_segment_columns *c = &row.columns->segments;
    const uint32_t at = row.at;
    const uint32_t values[HG_SEGMENT_FEATURES] = {
        [HG_SEGMENTS_TTL] = c->segments_ittl[at],
        [HG_SEGMENTS_DF] = c->segments_df[at],
        [HG_SEGMENTS_ID] = c->id_behaviour[at] < HG_ID_BEHAVIOURS ? c->id_behaviour[at] : 0,
        [HG_SEGMENTS_LOW] = c->low_window[at],
        [HG_SEGMENTS_HIGH] = c->high_window[at],
        [HG_SEGMENTS_WINDOW] = c->frequent_window[at],
        [HG_SEGMENTS_TS] = c->segments_ts[at],
        [HG_SEGMENTS_HZ] = c->segments_hz[at],
        [HG_SEGMENTS_SEGMENTS] = c->segment_count[at],
    };
    for (uint32_t i = 0; i < HG_SEGMENT_FEATURES; i++) {
        p = HG_AFTER(hg_put_word(p, FEATURES[i]), "=");
        p = i == HG_SEGMENTS_ID ? hg_put_word(p, BEHAVIOURS[values[i]]) : hg_put_u32(p, values[i]);
        *p++ = ',';
    }
    return p - 1;
}
