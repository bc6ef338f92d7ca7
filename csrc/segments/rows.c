/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "segments/segments.h"

void hg_segments_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_segments_finding *shown)
{
    const hg_segment_columns *c = &columns->segments;
    c->row[at] = row;
    c->segments_rule[at] = shown->rule;
    c->silence[at] = shown->silence;
    c->segments_ittl[at] = (uint8_t)shown->values[HG_SEGMENTS_TTL];
    c->segments_df[at] = (uint8_t)shown->values[HG_SEGMENTS_DF];
    c->id_behaviour[at] = (uint8_t)shown->values[HG_SEGMENTS_ID];
    c->low_window[at] = shown->values[HG_SEGMENTS_LOW];
    c->high_window[at] = shown->values[HG_SEGMENTS_HIGH];
    c->frequent_window[at] = shown->frequent;
    c->segments_ts[at] = (uint8_t)shown->values[HG_SEGMENTS_TS];
    c->segments_hz[at] = shown->values[HG_SEGMENTS_HZ];
    c->segment_count[at] = shown->values[HG_SEGMENTS_SEGMENTS];
}
