/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - shared by the targets of stream readers. Both directions of a connection are fed at once, or in segments
 * between which the reader's state is saved and loaded; then the rows are compared.
 */
#ifndef HG_FUZZ_READER_H
#define HG_FUZZ_READER_H

#include "fuzz.h"

#include "base/value.h"
#include "flow/reader.h"

enum { FUZZ_FLOWS = 2, FUZZ_FLOW = 1, FUZZ_ROWS = 64 };

/* A reader and its results. */
typedef struct fuzz_run {
    const hg_reader *reader;
    void (*check_row)(const hg_batch *batch, hg_row row); /* checks each row */
    void *state;
    hg_batch batch;
    hg_stats stats;
    uint32_t examined; /* bytes examined */
    uint32_t most_examined; /* limit for a direction that the reader still follows; 0: no limit */
} fuzz_run;

static inline void fuzz_run_begin(fuzz_run *run, const hg_config *config)
{
    memset(&run->stats, 0, sizeof run->stats);
    run->examined = 0;
    FUZZ_CHECK(hg_flow_memory_open(run->reader, config, FUZZ_FLOWS, &run->state, NULL) == HG_OK);
    fuzz_batch_make(&run->batch, FUZZ_ROWS);
    fuzz_batch_clear(&run->batch);
    run->batch.text_count = 0;
}

static inline void fuzz_run_end(fuzz_run *run)
{
    hg_flow_memory_close(run->state);
    fuzz_batch_free(&run->batch);
}

/* Saves the state and loads it into another reader. */
static inline void fuzz_run_carry(fuzz_run *run)
{
    hg_saved to = {0};
    hg_flow_memory_transfer(run->reader, run->state, FUZZ_FLOWS, &to); /* counts */
    to = (hg_saved){.out = malloc(to.length)};
    FUZZ_CHECK(to.out != NULL);
    hg_flow_memory_transfer(run->reader, run->state, FUZZ_FLOWS, &to);
    hg_flow_memory_reset(run->state);
    hg_saved from = {.in = to.out, .length = to.length, .is_loading = 1};
    hg_flow_memory_transfer(run->reader, run->state, FUZZ_FLOWS, &from);
    FUZZ_CHECK(from.status == HG_OK && from.length == 0);
    free(to.out);
}

static inline void fuzz_run_put(fuzz_run *run, const hg_event_values *values, uint8_t event)
{
    const uint32_t row = run->batch.count;
    FUZZ_CHECK(row < FUZZ_ROWS);
    run->batch.columns.event[row] = event;
    fuzz_place_rows(&run->batch, row + 1);
    const hg_row one = hg_row_of(&run->batch, row);
    run->reader->write(&run->batch.columns, one.at, row, values);
    run->check_row(&run->batch, one);
}

/* Feeds one direction, `step` bytes at a time. */
static inline void fuzz_run_feed(fuzz_run *run, int from_server, const uint8_t *data, uint32_t length, uint32_t step)
{
    uint32_t keep = 0, there = 0;
    hg_client_matches matches = {HG_NOT_SEEN, HG_NOT_SEEN};
    hg_reader_result found = {0};
    const hg_packet packet = {0}; /* neither port names a protocol */
    while (!found.done && there < length) {
        there = step < length - there ? there + step : length;
        if (step < length)
            fuzz_run_carry(run);
        do {
            hg_event_values values;
            uint8_t *exact = fuzz_copy(data + keep, there - keep);
            const hg_bytes bytes = {exact, there - keep, keep};
            const hg_reader_output to = {.batch = &run->batch, .stats = &run->stats, .values = &values,
                                         .matches = &matches, .packet = &packet};
            found = run->reader->follow(run->state, FUZZ_FLOW, from_server, &bytes, &to);
            run->examined += found.examined;
            FUZZ_CHECK(found.done || run->most_examined == 0 || run->examined <= run->most_examined);
            if (found.has_event)
                fuzz_run_put(run, &values, found.event);
            FUZZ_CHECK(found.done || found.again || (found.keep >= keep && found.keep <= there));
            free(exact);
        } while (found.again);
        keep = found.done ? there : found.keep;
    }
}

/* Feeds a connection, whose first `client` bytes are the client's, at once and then `step` bytes at a time. Both must
 * give the same rows. */
static inline void fuzz_run_twice(const fuzz_run *run, const hg_config *config, const uint8_t *data, uint32_t client,
                                  uint32_t length, uint32_t step)
{
    fuzz_run runs[2] = {*run, *run};
    for (int i = 0; i < 2; i++) {
        fuzz_run_begin(runs + i, config);
        fuzz_run_feed(runs + i, 0, data, client, i == 0 ? length : step);
        fuzz_run_feed(runs + i, 1, data + client, length - client, i == 0 ? length : step);
    }
    FUZZ_CHECK(memcmp(&runs[0].stats, &runs[1].stats, sizeof runs[0].stats) == 0);
    FUZZ_CHECK(fuzz_batch_hash(1, &runs[0].batch) == fuzz_batch_hash(1, &runs[1].batch));
    fuzz_run_end(runs);
    fuzz_run_end(runs + 1);
}

#endif
