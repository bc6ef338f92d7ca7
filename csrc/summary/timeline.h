/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * timeline.h - handshakes over time, by the system that a signature names.
 *
 * Bins get wider as their number grows, so that memory is bounded for any packet times.
 */
#pragma once

#include "base/writer.h"
#include "database/database.h"
#include "summary/counts.h"

enum { HG_MOST_SERIES = 256, HG_SERIES_OTHERS = 0, HG_SERIES_UNNAMED = 1 };

typedef struct hg_series {
    char *name; /* not terminated; NULL of the first two */
    uint32_t length;
    uint32_t zero;
} hg_series;

typedef struct hg_timeline {
    hg_counts cells; /* handshakes by bin and series */
    hg_counts bins;  /* handshakes by bin */
    uint32_t level;  /* of widths */
    uint32_t count;  /* of `series` */
    hg_series series[HG_MOST_SERIES];
    uint16_t *numbers; /* by signature: the series, and 1; 0: not met yet. NULL: none was */
} hg_timeline;

void hg_timeline_init(hg_timeline *timeline, uint64_t hash_key);
void hg_timeline_free(hg_timeline *timeline);
/* Another database names what comes. */
void hg_timeline_forget_numbers(hg_timeline *timeline);
/* Counts a handshake; 0: no memory. */
int hg_timeline_add(hg_timeline *timeline, const hg_database *database, uint32_t signature, int64_t time_ns);
/* The value of the key "over_time"; 0: no memory. */
int hg_timeline_write(const hg_timeline *timeline, hg_json *to);

/* Events of one time. */
typedef struct hg_moment {
    int64_t time_ns;
    uint64_t count;
} hg_moment;

/* Sorts times, and finds the first and the last of those that belong together: most always do, and outwards from them
 * a gap of a day or more, and of ten times the span so far, ends them, and so does the year 2100. There is one time at
 * least. */
void hg_together(hg_moment *times, uint32_t count, uint32_t *first, uint32_t *last);
