/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * timeline.c - handshakes over time (summary.h).
 */
#include "summary/summary.h"

#include <stdlib.h>

#define MS INT64_C(1000000)
#define SECOND (1000 * MS)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Widths of a bin. Each divides the next, so that bins merge exactly. */
static const int64_t WIDTHS[] = {
    1 * MS,      2 * MS,      10 * MS, 20 * MS,    100 * MS,    200 * MS,    SECOND,     2 * SECOND,
    10 * SECOND, 20 * SECOND, MINUTE,  2 * MINUTE, 10 * MINUTE, 20 * MINUTE, HOUR,       2 * HOUR,
    6 * HOUR,    12 * HOUR,   DAY,     7 * DAY,    28 * DAY,    364 * DAY,   3640 * DAY, 36400 * DAY,
};

enum {
    LEVELS = sizeof WIDTHS / sizeof *WIDTHS,
    KEPT_BINS = 2048, /* most bins with handshakes during the run */
    SHOWN_BINS = 96,
    SHOWN_SERIES = 7,
    SERIES_BITS = 8,
    GAP = 10,
    MOST_APART = 8 /* at each end, at most one in this many events is outside the group */
};

#define IMPLAUSIBLE (INT64_C(47482) * DAY) /* 2100-01-01: only a damaged record has such a time */

#define NO_SIGN (INT64_C(1) << 44) /* added to the number of a bin, which may be negative */

/* ---- life ------------------------------------------------------------------------------------------- */

void hg_timeline_init(hg_timeline *timeline, uint64_t hash_key)
{
    *timeline = (hg_timeline){.level = 0};
    timeline->cells = (hg_counts){.limit = KEPT_BINS * HG_MOST_SERIES + HG_MOST_SERIES, .hash_key = hash_key};
    timeline->bins = (hg_counts){.limit = KEPT_BINS + 1, .hash_key = hash_key};
}

void hg_timeline_forget_numbers(hg_timeline *timeline)
{
    free(timeline->numbers);
    timeline->numbers = NULL;
}

void hg_timeline_free(hg_timeline *timeline)
{
    hg_timeline_forget_numbers(timeline);
    hg_counts_clear(&timeline->cells);
    hg_counts_clear(&timeline->bins);
    hg_text_list_free(&timeline->names);
}

/* ---- series ----------------------------------------------------------------------------------------- */

/* The series of the system that a signature names. */
static uint32_t series_of(hg_timeline *timeline, const hg_database *database, uint32_t signature)
{
    if (database == NULL || signature >= database->tables.signatures_count)
        return HG_SERIES_UNNAMED;
    if (timeline->numbers == NULL)
        timeline->numbers = calloc(database->tables.signatures_count, sizeof *timeline->numbers);
    if (timeline->numbers == NULL)
        return HG_SERIES_OTHERS;
    uint16_t *known = timeline->numbers + signature;
    if (*known == 0) {
        const hg_db_label *label = database->tables.labels + database->tables.signatures[signature].label;
        const hg_span name = hg_database_span(database, label->name_offset, label->name_length);
        const uint32_t number = hg_text_list_take(&timeline->names, name, HG_MOST_SERIES - HG_FIRST_NAMED);
        *known = (uint16_t)(1 + (number == 0 ? (uint32_t)HG_SERIES_OTHERS : number - 1 + HG_FIRST_NAMED));
    }
    return *known - 1U;
}

/* ---- bins ------------------------------------------------------------------------------------------- */

static int64_t bin_of(int64_t time_ns, uint32_t level)
{
    const int64_t width = WIDTHS[level];
    return time_ns / width - (time_ns % width < 0);
}

static uint64_t key_of(int64_t bin, uint32_t series)
{
    return (uint64_t)(bin + NO_SIGN) << SERIES_BITS | series;
}

static int64_t bin_in(uint64_t key)
{
    return (int64_t)(key >> SERIES_BITS) - NO_SIGN;
}

/* Merges the counts into bins of the next level. 0: no memory. */
static int put_together(hg_counts *counts, uint32_t level)
{
    hg_counts wider = {.limit = counts->limit, .hash_key = counts->hash_key};
    for (const hg_count *count = NULL; (count = hg_counts_next(counts, count)) != NULL;) {
        const int64_t ratio = WIDTHS[level + 1] / WIDTHS[level], bin = bin_in(count->key);
        const uint64_t key = key_of(bin / ratio - (bin % ratio < 0), count->key & (HG_MOST_SERIES - 1));
        if (!hg_counts_add(&wider, key, count->value)) {
            hg_counts_clear(&wider);
            return 0;
        }
    }
    hg_counts_clear(counts);
    *counts = wider;
    return 1;
}

int hg_timeline_add(hg_timeline *timeline, const hg_database *database, uint32_t signature, int64_t time_ns)
{
    const uint32_t series = series_of(timeline, database, signature);
    const int64_t bin = bin_of(time_ns, timeline->level);
    if (!hg_counts_add(&timeline->cells, key_of(bin, series), 1) || !hg_counts_add(&timeline->bins, key_of(bin, 0), 1))
        return 0;
    while (timeline->bins.used > KEPT_BINS && timeline->level + 1 < LEVELS) {
        if (!put_together(&timeline->cells, timeline->level) || !put_together(&timeline->bins, timeline->level))
            return 0;
        timeline->level++;
    }
    return 1;
}

/* ---- times that belong together -------------------------------------------------------------------------- */

static int by_time(const void *one, const void *other)
{
    const hg_moment *a = one, *b = other;
    return (a->time_ns > b->time_ns) - (a->time_ns < b->time_ns);
}

/* Events may lie up to `width` closer together than the beginnings of their bins. */
static int is_gap(const hg_moment *before, const hg_moment *after, uint64_t span, int64_t width)
{
    const uint64_t gap = (uint64_t)after->time_ns - (uint64_t)before->time_ns;
    return gap >= (uint64_t)(DAY + width) && gap / GAP >= span;
}

void hg_times_group(hg_moment *times, uint32_t count, int64_t width, uint32_t *first, uint32_t *last)
{
    uint64_t all = 0, before = 0, behind = 0;
    uint32_t low = 0, high = count - 1;
    qsort(times, count, sizeof *times, by_time);
    for (uint32_t i = 0; i < count; i++)
        all += times[i].count;
    while ((before += times[low].count) <= all / MOST_APART)
        low++;
    while ((behind += times[high].count) <= all / MOST_APART || (high > low && times[high].time_ns >= IMPLAUSIBLE))
        high--;
#define SPAN ((uint64_t)times[high].time_ns - (uint64_t)times[low].time_ns)
    while (low > 0 && !is_gap(times + low - 1, times + low, SPAN, width))
        low--;
    while (high + 1 < count && times[high + 1].time_ns < IMPLAUSIBLE &&
           !is_gap(times + high, times + high + 1, SPAN, width))
        high++;
#undef SPAN
    *first = low;
    *last = high;
}

/* ---- the document ----------------------------------------------------------------------------------- */

/* The part of a timeline that is shown. */
typedef struct timeline_view {
    uint32_t level;
    uint32_t bins;
    int64_t first; /* number of the first bin */
    uint64_t apart;
    uint32_t count;
    uint32_t series[SHOWN_SERIES + 2];
    uint64_t counts[SHOWN_SERIES + 2][SHOWN_BINS];
} timeline_view;

/* Sets the range of bins to show, and counts the handshakes outside it. 0: no memory. */
static int find_span(const hg_timeline *timeline, timeline_view *out)
{
    hg_moment *times = malloc((timeline->bins.used + 1) * sizeof *times);
    uint32_t count = 0, first, last;
    if (times == NULL)
        return 0;
    const int64_t width = WIDTHS[timeline->level];
    for (const hg_count *counted = NULL; (counted = hg_counts_next(&timeline->bins, counted)) != NULL;) {
        const int64_t bin = bin_in(counted->key);
        times[count++] = (hg_moment){bin < INT64_MIN / width ? INT64_MIN : bin * width, counted->value};
    }
    hg_times_group(times, count, width, &first, &last);
    for (uint32_t i = 0; i < count; i++)
        out->apart += i < first || i > last ? times[i].count : 0;
    int64_t end = times[last].time_ns;
    for (out->level = timeline->level; out->level + 1 < LEVELS; out->level++)
        if (bin_of(end, out->level) - bin_of(times[first].time_ns, out->level) < SHOWN_BINS)
            break;
    out->first = bin_of(times[first].time_ns, out->level);
    out->bins = (uint32_t)(bin_of(end, out->level) - out->first) + 1;
    free(times);
    return 1;
}

/* The shown bin of a cell, from 0; a value from `bins` on: not shown. */
static uint64_t shown_bin(const hg_timeline *timeline, const timeline_view *view, uint64_t key)
{
    const int64_t ratio = WIDTHS[view->level] / WIDTHS[timeline->level], bin = bin_in(key);
    return (uint64_t)(bin / ratio - (bin % ratio < 0)) - (uint64_t)view->first;
}

typedef struct series_row {
    uint64_t handshakes;
    hg_span name;
    uint32_t series;
} series_row;

static int by_handshakes(const void *one, const void *other)
{
    const series_row *a = one, *b = other;
    return HG_FIRST_ORDER(hg_falling(a->handshakes, b->handshakes), hg_compare_texts(a->name, b->name));
}

/* Chooses the series with the most handshakes, then "others", then "not named". 0: no memory. */
static int choose_series(const hg_timeline *timeline, timeline_view *out)
{
    uint64_t sums[HG_MOST_SERIES] = {0};
    hg_best rows = {.bytes = sizeof(series_row), .order = by_handshakes};
    for (const hg_count *count = NULL; (count = hg_counts_next(&timeline->cells, count)) != NULL;)
        if (shown_bin(timeline, out, count->key) < out->bins)
            sums[count->key & (HG_MOST_SERIES - 1)] += count->value;
    for (uint32_t i = HG_FIRST_NAMED; i < timeline->names.count + HG_FIRST_NAMED; i++)
        if (sums[i] > 0)
            hg_best_offer(&rows, &(series_row){sums[i], timeline->names.at[i - HG_FIRST_NAMED], i});
    hg_best_sort(&rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        const series_row *row = hg_best_at(&rows, i);
        if (i < SHOWN_SERIES)
            out->series[out->count++] = row->series;
        else
            sums[HG_SERIES_OTHERS] += row->handshakes;
    }
    for (uint32_t i = HG_SERIES_OTHERS; i <= HG_SERIES_UNNAMED; i++)
        if (sums[i] > 0)
            out->series[out->count++] = i;
    hg_best_free(&rows);
    return !rows.has_failed;
}

/* Counts the handshakes by shown series and bin. Series that are not shown count as "others". */
static void count_shown(const hg_timeline *timeline, timeline_view *out)
{
    uint32_t rows[HG_MOST_SERIES], others = 0;
    for (uint32_t i = 0; i < out->count; i++)
        if (out->series[i] == HG_SERIES_OTHERS)
            others = i;
    for (uint32_t i = 0; i < HG_MOST_SERIES; i++)
        rows[i] = others;
    for (uint32_t i = 0; i < out->count; i++)
        rows[out->series[i]] = i;
    for (const hg_count *count = NULL; (count = hg_counts_next(&timeline->cells, count)) != NULL;) {
        const uint64_t bin = shown_bin(timeline, out, count->key);
        if (bin < out->bins && bin < SHOWN_BINS)
            out->counts[rows[count->key & (HG_MOST_SERIES - 1)]][bin] += count->value;
    }
}

static void write_series(const hg_timeline *timeline, const timeline_view *view, hg_json *to)
{
    HG_JSON_KEY_INSIDE(to, "series", '[')
    for (uint32_t i = 0; i < view->count; i++) {
        const uint32_t series = view->series[i];
        hg_json_open(to, '{');
        if (series < HG_FIRST_NAMED)
            HG_JSON_KEY(to, "name", word, series == HG_SERIES_OTHERS ? "others" : "not named");
        else
            HG_JSON_KEY(to, "name", span, timeline->names.at[series - HG_FIRST_NAMED]);
        HG_JSON_KEY(to, "counts", open, '[');
        for (uint32_t bin = 0; bin < view->bins && bin < SHOWN_BINS; bin++)
            hg_json_u64(to, view->counts[i][bin]);
        hg_json_close(to, ']');
        hg_json_close(to, '}');
    }
}

int hg_timeline_write(const hg_timeline *timeline, hg_json *to)
{
    if (timeline->bins.used == 0) {
        hg_json_null(to);
        return 1;
    }
    timeline_view *view = calloc(1, sizeof *view);
    if (view == NULL || !find_span(timeline, view) || !choose_series(timeline, view)) {
        free(view);
        return 0;
    }
    count_shown(timeline, view);
    const int64_t width = WIDTHS[view->level];
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "begin", time, view->first < INT64_MIN / width ? INT64_MIN : view->first * width);
    HG_JSON_KEY(to, "step_seconds", share, (double)width / 1e9);
    HG_JSON_KEY(to, "bins", u64, view->bins);
    write_series(timeline, view, to);
    HG_JSON_KEY(to, "apart", u64, view->apart);
    hg_json_close(to, '}');
    free(view);
    return 1;
}
