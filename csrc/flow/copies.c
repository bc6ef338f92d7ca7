/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * copies.c - doubtful copies of bytes that came before them in good form.
 */
#include "flow/streams.h"

__attribute__((cold)) void hg_streams_keep_other(hg_streams *streams, hg_held *held, uint32_t seq, const uint8_t *data,
                                                 uint32_t length)
{
    if (held->other != NULL || streams->bytes + length > streams->most_bytes || (held->other = malloc(length)) == NULL)
        return;
    memcpy(held->other, data, length);
    held->other_seq = seq;
    held->other_length = length;
    streams->bytes += length;
}

void hg_streams_drop_other(hg_streams *streams, hg_held *held)
{
    if (held->other == NULL)
        return;
    free(held->other);
    held->other = NULL;
    streams->bytes -= held->other_length;
}

__attribute__((cold)) void hg_streams_take_other(hg_streams *streams, const hg_stream *stream, hg_held *held,
                                                 uint32_t limit)
{
    const int64_t first = (int64_t)stream->length + (int32_t)(held->other_seq - stream->next),
                  end = first + held->other_length;
    if (first >= limit)
        return;
    if (first >= stream->length && end <= held->capacity &&
        hg_runs_known(held->doubtful, held->doubtful_count, (uint32_t)first) > first) {
        const hg_byte_run run = {(uint32_t)first, (uint32_t)end};
        memcpy(held->bytes + first, held->other, held->other_length);
        hg_runs_cut(held->runs, &held->run_count, HG_MOST_RUNS, run);
        (void)hg_runs_add_early(held->doubtful, &held->doubtful_count, HG_MOST_DOUBTFUL, run);
    }
    hg_streams_drop_other(streams, held);
}
