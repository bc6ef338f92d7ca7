/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * greetings.c - the first message of a server, and logins.
 *
 * Input: the length of segments (1), and the server's bytes. The reader gets them at once, and in segments between which
 * its state is saved and loaded: both must give the same row, which must be valid. If the length has its highest bit, the
 * client's bytes come first, their number (1) before them, and all are given once: logins depend on segments.
 */
#include "reader.h"

#include "greetings/fields.h"
#include "greetings/reader.h"

enum { MOST_EXAMINED = 4096, LOGINS = 128 };

static void check_row(const hg_batch *batch, hg_row row)
{
    const uint8_t event = batch->columns.event[0];
    FUZZ_CHECK((event == HG_EVENT_GREETING || event == HG_EVENT_LOGIN) && hg_check_greeting(batch, &row, NULL) == HG_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const hg_config config = {.host_names = 1};
    fuzz_input input = {data, size};
    const uint8_t step = fuzz_byte(&input);
    const fuzz_run run = {.reader = &hg_greetings_reader, .check_row = check_row, .most_examined = MOST_EXAMINED};
    if (step >= LOGINS) {
        fuzz_run once = run;
        const uint8_t client = fuzz_byte(&input);
        const uint32_t length = (uint32_t)input.left, own = client < length ? client : length;
        fuzz_run_begin(&once, &config);
        fuzz_run_feed(&once, 0, input.at, own, own);
        fuzz_run_feed(&once, 1, input.at + own, length - own, length);
        fuzz_run_end(&once);
        return 0;
    }
    fuzz_run_twice(&run, &config, input.at, 0, (uint32_t)input.left, step + 1u);
    return 0;
}
