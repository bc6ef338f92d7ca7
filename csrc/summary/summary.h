/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * summary.h - the summary of a run.
 *
 *     rows of batches ──▶ hosts ──────────────┐
 *                └──────▶ a few counters ─────┴──▶ one document
 *
 * Most figures come from the hosts when the document is written. Only figures that hosts do not store are counted
 * before.
 */
#pragma once

#include "base/writer.h"
#include "hosts/hosts.h"
#include "tls/version.h"

/* ---- a number for each key ---- */

typedef struct hg_count {
    uint64_t key;
    uint64_t value; /* 0: the place is free */
} hg_count;

/* A hash table with a limit. Its places hold keys and numbers themselves, which takes half the memory of the records in
 * chains of base/pool.h; nothing refers to them. */
typedef struct hg_counts {
    hg_count *at;   /* NULL: nothing was counted yet */
    uint32_t mask;
    uint32_t used;
    uint32_t limit; /* the most keys */
    uint64_t hash_key;
} hg_counts;

/* The number of a key; NULL: it has none. */
uint64_t *hg_counts_find(const hg_counts *counts, uint64_t key);
/* The same; where it had none it is 0, and the caller sets it to another one at once. NULL: there are too many keys, or
 * there is no memory. It lives until the next call. */
uint64_t *hg_counts_take(hg_counts *counts, uint64_t key);
void hg_counts_clear(hg_counts *counts);

/* Adds to the number of a key. 0: there are too many keys, or there is no memory. */
int hg_counts_add(hg_counts *counts, uint64_t key, uint64_t more);
/* The next key with its number, after one or NULL; NULL: that was the last. */
const hg_count *hg_counts_next(const hg_counts *counts, const hg_count *after);

/* ---- texts with a number each, from 1 on ---- */

typedef struct hg_text_list {
    hg_span *at; /* copies */
    uint32_t count;
    uint32_t room;
} hg_text_list;

/* The number of a text, made where it is not known; 0: there are `most` already, or there is no memory. */
uint32_t hg_text_list_take(hg_text_list *texts, hg_span text, uint32_t most);
void hg_text_list_free(hg_text_list *texts);

/* Texts byte by byte; the shorter one first. */
int hg_compare_texts(hg_span one, hg_span other);

/* ---- the first rows of a list, of any number that are offered ---- */

enum {
    HG_SUMMARY_ROWS = 500,        /* of each list */
    HG_SUMMARY_BYTES = 96 << 10   /* of a list of long rows, which have lists */
};

/* Below 0: `one` stands before `other`. */
typedef int hg_order(const void *one, const void *other);

/* The larger number first. */
static inline int hg_falling(uint64_t one, uint64_t other)
{
    return (one < other) - (one > other);
}

typedef struct hg_best {
    uint8_t *rows;    /* the first HG_SUMMARY_ROWS are sorted once there are as many; others follow */
    size_t bytes;     /* of a row */
    uint64_t offered;
    hg_order *order;
    uint32_t count;
    uint32_t room;
    int has_failed; /* there was no memory */
} hg_best;

void hg_best_offer(hg_best *best, const void *row);
/* Puts the rows into their order, and leaves the first HG_SUMMARY_ROWS. */
void hg_best_sort(hg_best *best);
void hg_best_free(hg_best *best);

static inline const void *hg_best_at(const hg_best *best, uint32_t number)
{
    return best->rows + number * best->bytes;
}

/* ---- stacks: the networks that send handshakes of one kind from one distance ----
 *
 * Unrelated networks normally differ; if many do not, one middlebox on the path may answer for them. */

enum { HG_STACKS_OF_A_HOST = 1000 /* it must not take the place of all others */ };

typedef struct hg_stacks {
    hg_counts stacks;   /* by handshake content: a number, twice, and 1 for SYN+ACKs */
    hg_counts pairs;    /* by stack and distance: a number, and how many networks */
    hg_counts networks; /* by pair and network: its version of IP */
    hg_counts texts;    /* by pair with enough networks: where its signature begins in `signatures`, and 1 */
    hg_writer signatures; /* each ends with NUL */
    uint16_t *of_host;  /* by host: the stacks that it was the first to show */
    uint32_t room;
    uint64_t hash_key;
    uint64_t left_out;  /* handshakes beyond these limits */
    uint64_t of_many;   /* handshakes of hosts with too many stacks */
} hg_stacks;

void hg_stacks_init(hg_stacks *stacks, uint64_t hash_key);
void hg_stacks_free(hg_stacks *stacks);
/* Counts a SYN or SYN+ACK of a host. */
void hg_stacks_add(hg_stacks *stacks, hg_row row, hg_index host);
/* The findings; 0: no memory. */
int hg_stacks_find(const hg_stacks *stacks, hg_best *out);
/* One of them in words. */
void hg_put_one_stack(hg_writer *to, const void *one);

/* ---- timeline: handshakes over time, by the system that a signature names ----
 *
 * Bins get wider as their number grows, so that memory is bounded for any packet times. */

enum { HG_MOST_SERIES = 256, HG_SERIES_OTHERS = 0, HG_SERIES_UNNAMED = 1, HG_FIRST_NAMED = 2 };

typedef struct hg_timeline {
    hg_counts cells; /* handshakes by bin and series */
    hg_counts bins;  /* handshakes by bin */
    uint32_t level;  /* of widths */
    hg_text_list names;  /* of series, the first of number HG_FIRST_NAMED */
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

/* ---- all that is counted ---- */

/* What has verdicts. */
enum { HG_JUDGED_HELLOS = 0, HG_JUDGED_REQUESTS = 1, HG_JUDGED = 2 };

struct hg_summary {
    hg_hosts *hosts;
    const hg_database *database;
    int64_t first_ns; /* of all events */
    int64_t last_ns;
    uint64_t events;
    uint64_t hellos[HG_ROLES];
    uint64_t post_quantum[HG_ROLES];
    uint64_t versions[HG_ROLES][HG_TLS_PLACES]; /* of hellos */
    uint64_t messages[HG_ROLES];
    uint64_t verdicts[HG_JUDGED][HG_VERDICTS];
    hg_counts links; /* packets by hg_link_key */
    hg_counts days;  /* handshakes by day */
    hg_stacks stacks;
    hg_timeline timeline;
    uint32_t protocols; /* that were read, bits by hg_protocol */
    uint64_t left_out; /* events that these counters have no room for */
    hg_json document;
};

/* An MTU and the number of the name of its link, 0: none. */
static inline uint64_t hg_link_key(uint32_t mtu, uint32_t link)
{
    return (uint64_t)mtu << 32 | link;
}

#define HG_DAY_NS INT64_C(86400000000000)
#define HG_FIRST_DAY (INT64_C(1) << 20) /* added to the number of a day, which may be below 0 */
