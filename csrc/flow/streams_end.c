/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams_end.c - rare ends of bytes: doubtful ones of directions that end before their receiver acknowledged them, and
 * notes of bytes out of band.
 */
#include "flow/streams.h"

hg_bytes hg_streams_settle(hg_streams *streams, hg_index flow, int from_server)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    hg_held *held = streams->held + stream->held;
    int left;
    if (!hg_stream_waits(streams, stream))
        return (hg_bytes){0};
    if ((held->doubt & HG_DISPUTING) == 0) {
        streams->stats->anomalies[HG_ANOMALY_UNACKNOWLEDGED]++;
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
