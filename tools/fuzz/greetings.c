/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * greetings.c - what a server says first.
 *
 * Input: the length of segments (1), and the server's bytes. The reader gets them at once, and in segments between which
 * its state is saved and loaded: both must give the same row, which must be sound.
 */
#include "reader.h"

#include "greetings/fields.h"
#include "greetings/reader.h"

enum { MOST_EXAMINED = 1024 };

static void check_row(const hg_batch *batch, hg_row row)
{
    FUZZ_CHECK(batch->columns.event[0] == HG_EVENT_GREETING && hg_check_greeting(batch, &row, NULL) == HG_OK);
}

static void feed(fuzz_run *of, const uint8_t *data, uint32_t length, uint32_t step)
{
    static const hg_config config = {.host_names = 1};
    fuzz_run_begin(of, &config);
    fuzz_run_feed(of, 1, data, length, step);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    const uint8_t step = fuzz_byte(&input);
    const uint32_t length = (uint32_t)input.left;
    fuzz_run whole = {.reader = &hg_greetings_reader, .check_row = check_row, .most_examined = MOST_EXAMINED};
    fuzz_run cut = whole;
    feed(&whole, input.at, length, length);
    feed(&cut, input.at, length, step + 1u);
    fuzz_runs_agree(&whole, &cut);
    fuzz_run_end(&whole);
    fuzz_run_end(&cut);
    return 0;
}
