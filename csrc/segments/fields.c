/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "segments/fields.h"

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
    return hg_name_shown(hg_span_of(hg_database_text(database, label->name_offset), label->name_length));
}

static char *put_feature(char *p, uint32_t feature, uint32_t value)
{
    p = hg_put_word(p, FEATURES[feature]);
    *p++ = '=';
    p = hg_put_u32(p, value);
    *p++ = ',';
    return p;
}

char *hg_put_segments(char *p, hg_row row)
{
    const hg_segment_columns *c = &row.columns->segments;
    const uint32_t at = row.at;
    const uint8_t behaviour = c->id_behaviour[at] < HG_ID_BEHAVIOURS ? c->id_behaviour[at] : 0;
    p = put_feature(p, HG_SEGMENTS_TTL, c->segments_ittl[at]);
    p = put_feature(p, HG_SEGMENTS_DF, c->segments_df[at]);
    p = hg_put_word(p, FEATURES[HG_SEGMENTS_ID]);
    *p++ = '=';
    p = hg_put_word(p, BEHAVIOURS[behaviour]);
    *p++ = ',';
    p = put_feature(p, HG_SEGMENTS_LOW, c->low_window[at]);
    p = put_feature(p, HG_SEGMENTS_HIGH, c->high_window[at]);
    p = put_feature(p, HG_SEGMENTS_WINDOW, c->frequent_window[at]);
    p = put_feature(p, HG_SEGMENTS_TS, c->segments_ts[at]);
    p = put_feature(p, HG_SEGMENTS_HZ, c->segments_hz[at]);
    return put_feature(p, HG_SEGMENTS_SEGMENTS, c->segment_count[at]) - 1;
}
