/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams_end.c - rare ends of bytes: doubtful ones of directions that end before their receiver acknowledged them, and
 * notes of bytes out of band.
 */
#include "flow/streams.h"

__attribute__((cold)) int hg_streams_has_rival(const hg_streams *streams, const hg_stream *stream, uint32_t seq,
                                               const uint8_t *data, uint32_t length)
{
    const hg_held *held = streams->held + stream->held;
    const int64_t first = (int64_t)stream->length + (int32_t)(seq - stream->next), end = first + length;
    const uint32_t begin = first > stream->length ? (uint32_t)first : stream->length;
    if (!hg_stream_waits(streams, stream) || (held->doubt & HG_RIVALLING) == 0 || end <= begin)
        return 0;
    return (held->doubt & HG_ANOMALY(DIFFERENT_COPIES)) != 0 ||
           hg_runs_differ(held->doubtful, held->doubtful_count, held->bytes, (hg_byte_run){begin, (uint32_t)end},
                          data + (begin - first));
}

hg_bytes hg_streams_settle(hg_streams *streams, hg_index flow, int from_server, hg_anomaly why)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    hg_held *held = streams->held + stream->held;
    int left;
    if (!hg_stream_waits(streams, stream))
        return (hg_bytes){0};
    if ((held->doubt & HG_DISPUTING) == 0) {
        streams->stats->anomalies[why]++;
        held->doubt |= 1u << why;
        return hg_streams_confirm(streams, flow, from_server, hg_streams_end(streams, stream), &left);
    }
    streams->stats->streams_disputed++;
    held->doubtful_count = 0;
    if (hg_held_end(stream, held) == 0)
        hg_streams_release(streams, stream);
    return (hg_bytes){0};
}

__attribute__((cold)) void hg_streams_note_urgent(hg_streams *streams, hg_stream *stream, uint32_t number,
                                                  int is_doubtful)
{
    if (stream->state != HG_STREAM_OPEN || (int32_t)(number - stream->next) < 0 ||
        (stream->held == 0 && (is_doubtful || !hg_streams_reserve(streams, stream, 1))))
        return;
    hg_held *held = streams->held + stream->held;
    if (held->urged == HG_URGED && (is_doubtful || (int32_t)(number - held->urgent) <= 0))
        return;
    held->urged = is_doubtful ? HG_MAY_BE_URGED : HG_URGED;
    held->urgent = number;
}

__attribute__((cold)) int hg_streams_note_fin(hg_streams *streams, hg_stream *stream, uint32_t number)
{
    if (stream->state != HG_STREAM_OPEN || (int32_t)(number - stream->next) < 0 ||
        hg_stream_ends_before(streams, stream, number) || !hg_streams_reserve(streams, stream, 1))
        return 0;
    hg_held *held = streams->held + stream->held;
    const uint32_t end = stream->length + (number - stream->next), before = held->doubtful_count;
    held->ends = 1;
    held->fin = number;
    while (held->run_count > 0 && held->runs[held->run_count - 1].end > end) {
        hg_byte_run *run = held->runs + held->run_count - 1;
        const hg_byte_run after = {run->first > end ? run->first : end, run->end};
        held->doubt = (before == 0 ? 0 : held->doubt) | HG_ANOMALY(EARLY_END);
        (void)hg_runs_add_early(held->doubtful, &held->doubtful_count, HG_MOST_DOUBTFUL, after);
        run->end = end;
        held->run_count -= run->first >= end;
    }
    return held->doubtful_count > before;
}
