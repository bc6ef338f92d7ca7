/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * summary.h - the summary of a run.
 *
 *     rows of batches ──▶ hosts ──────────────┐
 *                └──────▶ a few counters ─────┴──▶ one document
 *
 * Most figures are computed from the hosts when the document is written. Only figures that hosts do not store are
 * counted during the run.
 */
#pragma once

#include "hosts/hosts.h"
#include "tls/hello.h"

/* ---- counts: a number for each key ---- */

typedef struct hg_count {
    uint64_t key;
    uint64_t value; /* 0: a free place */
} hg_count;

/* A hash table with a limit. Keys and numbers are stored in the table itself, which takes half the memory of chained
 * records (base/pool.h). Entries move when it grows, so no pointer to them may be kept. */
typedef struct hg_counts {
    hg_count *at;   /* NULL: empty */
    uint32_t mask;
    uint32_t used;
    uint32_t limit; /* most keys */
    uint64_t hash_key;
} hg_counts;

/* The number of a key; NULL: the key is not counted. */
uint64_t *hg_counts_find(const hg_counts *counts, uint64_t key);
/* The number of a key. A new key gets 0, which the caller must change before the next call. NULL: too many keys, or no
 * memory. The pointer is valid until the next call. */
uint64_t *hg_counts_take(hg_counts *counts, uint64_t key);
void hg_counts_clear(hg_counts *counts);

/* Adds `more` to the number of a key. 0: too many keys, or no memory. */
int hg_counts_add(hg_counts *counts, uint64_t key, uint64_t more);
/* The next key with its number, the first if `after` is NULL; NULL: no more. */
const hg_count *hg_counts_next(const hg_counts *counts, const hg_count *after);

/* ---- numbered texts, from 1 ---- */

typedef struct hg_text_list {
    hg_span *at; /* copies */
    uint32_t count;
    uint32_t room;
} hg_text_list;

/* The number of a text. A new text is added; 0: there are `most` texts already, or no memory. */
uint32_t hg_text_list_take(hg_text_list *texts, hg_span text, uint32_t most);
void hg_text_list_free(hg_text_list *texts);

/* Compares texts byte by byte; a text comes before longer texts that begin with it. */
int hg_compare_texts(hg_span one, hg_span other);

/* ---- the first rows of a sorted list, chosen from any number of rows ---- */

enum {
    HG_SUMMARY_ROWS = 500,        /* most rows of a list */
    HG_SUMMARY_BYTES = 96 << 10,  /* size at which a list of long rows ends */
    HG_NOTABLE_BYTES = 384 << 10, /* the same for records of hosts with findings */
    HG_LOCAL_DEVICES = 5000,      /* most local devices */
    HG_LOCAL_DEVICES_BYTES = 2 << 20
};

/* Below 0: `one` comes before `other`. */
typedef int hg_order(const void *one, const void *other);

/* Orders the larger number first. */
static inline int hg_falling(uint64_t one, uint64_t other)
{
    return (one < other) - (one > other);
}

static inline int hg_first_order(const int *orders, size_t count)
{
    size_t i = 0;
    while (i + 1 < count && orders[i] == 0)
        i++;
    return orders[i];
}

/* The first of several orders that is not 0; 0 if all are. */
#define HG_FIRST_ORDER(...) hg_first_order((const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

typedef struct hg_best {
    uint8_t *rows;    /* the first HG_SUMMARY_ROWS, sorted once complete; then unsorted candidates */
    size_t bytes;     /* size of a row */
    uint64_t offered;
    hg_order *order;
    const hg_hosts *hosts; /* of a list of hosts */
    uint32_t count;
    uint32_t room;
    int has_failed; /* 1: a row was lost, because memory ran out */
} hg_best;

void hg_best_offer(hg_best *best, const void *row);
/* Sorts the rows, and keeps the first HG_SUMMARY_ROWS. */
void hg_best_sort(hg_best *best);
void hg_best_free(hg_best *best);

static inline const void *hg_best_at(const hg_best *best, uint32_t number)
{
    return best->rows + number * best->bytes;
}

/* ---- timeline: handshakes over time, by the system that a signature names ----
 *
 * If there are too many bins, their width grows, so memory is bounded for any packet times. */

enum { HG_MOST_SERIES = 256, HG_SERIES_OTHERS = 0, HG_SERIES_UNNAMED = 1, HG_FIRST_NAMED = 2 };

typedef struct hg_timeline {
    hg_counts cells; /* handshakes by bin and series */
    hg_counts bins;  /* handshakes by bin */
    uint32_t level;  /* index of the width of bins */
    hg_text_list names;  /* of the series from HG_FIRST_NAMED on */
    uint16_t *numbers; /* by signature: 1 + its series; 0: not looked up yet. NULL: allocated on first use */
} hg_timeline;

void hg_timeline_init(hg_timeline *timeline, uint64_t hash_key);
void hg_timeline_free(hg_timeline *timeline);
/* Forgets to which series each signature belongs. Called when the database changes. */
void hg_timeline_forget_numbers(hg_timeline *timeline);
/* Counts a handshake; 0: no memory. */
int hg_timeline_add(hg_timeline *timeline, const hg_database *database, uint32_t signature, int64_t time_ns);
/* Writes the value of the key "over_time". 0: no memory. */
int hg_timeline_write(const hg_timeline *timeline, hg_json *to);

/* A time, and the number of events then. */
typedef struct hg_moment {
    int64_t time_ns;
    uint64_t count;
} hg_moment;

/* Sorts times (at least one), and finds the first and the last of the main group. They are the beginnings of bins of
 * `width`. The group grows from the middle three quarters of the events, without times from 2100 on, up to gaps of at
 * least a day between events, and of ten times its span. Times outside it come from wrong clocks or damaged records. */
void hg_times_group(hg_moment *times, uint32_t count, int64_t width, uint32_t *first, uint32_t *last);

/* ---- the summary ---- */

/* Events that have a verdict: whether the client's claims fit its system. */
enum { HG_JUDGED_HELLOS = 0, HG_JUDGED_REQUESTS = 1, HG_JUDGED = 2 };

/* The first and the last time of `count` items. */
typedef struct hg_span_of_time {
    uint64_t count;
    int64_t first_ns;
    int64_t last_ns;
} hg_span_of_time;

struct hg_summary {
    hg_hosts *hosts;
    const hg_database *database;
    hg_span_of_time packets;
    hg_span_of_time events;
    uint64_t hellos[HG_ROLES];
    uint64_t post_quantum[HG_ROLES];
    uint64_t versions[HG_ROLES][HG_TLS_PLACES]; /* hellos by version */
    uint64_t messages[HG_ROLES];
    uint64_t verdicts[HG_JUDGED][HG_VERDICTS];
    hg_counts links; /* packets by hg_link_key */
    hg_counts days;  /* handshakes by day */
    hg_timeline timeline;
    uint32_t protocols; /* the protocols that were read: a bit for each hg_protocol */
    uint64_t left_out; /* events without room in these counters */
    hg_json document;
};

/* The key for an MTU and `link`, the number of its link's name; 0: no name. */
static inline uint64_t hg_link_key(uint32_t mtu, uint32_t link)
{
    return (uint64_t)mtu << 32 | link;
}

#define HG_DAY_NS INT64_C(86400000000000)
#define HG_FIRST_DAY (INT64_C(1) << 20) /* added to the number of a day, which may be below 0 */
