/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * greetings.c - the first message of a server.
 *
 * Input: the length of segments (1), and the server's bytes. The reader gets them at once, and in segments between which
 * its state is saved and loaded: both must give the same row, which must be valid.
 */
#include "reader.h"

#include "greetings/fields.h"
#include "greetings/reader.h"

enum { MOST_EXAMINED = 1024 };

static void check_row(const hg_batch *batch, hg_row row)
{
    FUZZ_CHECK(batch->columns.event[0] == HG_EVENT_GREETING && hg_check_greeting(batch, &row, NULL) == HG_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const hg_config config = {.host_names = 1};
    fuzz_input input = {data, size};
    const uint8_t step = fuzz_byte(&input);
    const fuzz_run run = {.reader = &hg_greetings_reader, .check_row = check_row, .most_examined = MOST_EXAMINED};
    fuzz_run_twice(&run, &config, input.at, 0, (uint32_t)input.left, step + 1u);
    return 0;
}
