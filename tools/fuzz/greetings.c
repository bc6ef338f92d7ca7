/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * greetings.c - what a server says first.
 *
 * Input: the length of segments (1), and the server's bytes. The reader gets them at once, and in segments between which
 * its state is saved and loaded: both must give the same row, which must be sound.
 */
#include "fuzz.h"

#include "greetings/fields.h"
#include "greetings/reader.h"

enum { ROWS = 16, FLOWS = 2, FLOW = 1, MOST_EXAMINED = 1024 };

/* Another engine goes on. */
static void carry(void *state)
{
    uint8_t bytes[64];
    hg_saving to = {0};
    hg_greetings_reader.save(state, FLOWS, &to); /* counts */
    FUZZ_CHECK(to.length <= sizeof bytes);
    to = (hg_saving){.out = bytes};
    hg_greetings_reader.save(state, FLOWS, &to);
    hg_greetings_reader.reset(state);
    hg_loading from = {bytes, to.length, NULL};
    FUZZ_CHECK(hg_greetings_reader.load(state, FLOWS, &from) == HG_OK && from.left == 0);
}

static uint64_t put_row(hg_batch *batch, const hg_finding *finding, uint8_t event)
{
    FUZZ_CHECK(event == HG_EVENT_GREETING);
    batch->count = batch->counts[HG_READER_GREETINGS] = 1;
    batch->columns.event[0] = event;
    hg_greetings_reader.write(&batch->columns, 0, 0, finding);
    const hg_row row = hg_row_of(batch, 0);
    FUZZ_CHECK(row.at == 0 && hg_check_greeting(batch, &row, NULL) == HG_OK);
    const hg_span text = HG_TEXT_OF(row, greetings, greeting_text);
    return fuzz_hash(1 + batch->columns.greetings.greeting_protocol[0], text.data, text.length);
}

/* A number for the row; 0: there is none. */
static uint64_t feed(const uint8_t *data, uint32_t length, uint32_t step)
{
    static const hg_config config = {.host_names = 1};
    hg_batch batch;
    void *state;
    hg_stats stats = {0};
    uint64_t hash = 0;
    uint32_t examined = 0;
    FUZZ_CHECK(hg_greetings_reader.open(&config, FLOWS, &state, NULL) == HG_OK);
    fuzz_batch_make(&batch, ROWS);
    fuzz_batch_clear(&batch);
    batch.text_count = 0;
    hg_reader_result found = {0};
    for (uint32_t there = 0; !found.done && there < length;) {
        there = step < length - there ? there + step : length;
        carry(state);
        hg_finding finding;
        uint8_t *exact = fuzz_copy(data, there);
        const hg_bytes bytes = {exact, there, 0};
        const hg_reader_output to = {.batch = &batch, .stats = &stats, .finding = &finding};
        found = hg_greetings_reader.follow(state, FLOW, 1, &bytes, &to);
        examined += found.examined;
        FUZZ_CHECK(found.done || (found.keep == 0 && examined <= MOST_EXAMINED));
        if (found.has_event)
            hash = put_row(&batch, &finding, found.event);
        free(exact);
    }
    hg_greetings_reader.close(state);
    fuzz_batch_free(&batch);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    uint8_t step;
    fuzz_take(&input, &step, sizeof step);
    const uint32_t length = (uint32_t)input.left;
    if (length > 0)
        FUZZ_CHECK(feed(input.at, length, length) == feed(input.at, length, step + 1u));
    return 0;
}
