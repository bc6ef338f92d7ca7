/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * kept_bytes.c - memory for the kept bytes of directions, and for doubtful copies of good ones.
 *
 * The kept bytes of a direction are in one buffer:
 *
 *     buffer   │ bytes in order │ gap │ run │ gap │ run │ unused │
 *              0              length
 */
#include "flow/streams.h"

/* ---- kept bytes: a list, longest without new bytes first --------------------------------- */

void hg_streams_release(hg_streams *streams, hg_stream *stream)
{
    hg_index index = stream->held;
    stream->length = 0;
    stream->passed = 0;
    if (index == 0)
        return;
    hg_held *held = streams->held + index;
    HG_LIST_REMOVE(streams->held, index);
    hg_streams_drop_other(streams, held);
    streams->bytes -= held->capacity;
    if (streams->spare == NULL && held->capacity == HG_LEAST_BUFFER)
        streams->spare = held->bytes;
    else
        free(held->bytes);
    memset(held, 0, offsetof(hg_held, runs));
    held->older = streams->free;
    streams->free = index;
    stream->held = 0;
}

void hg_stream_stop(hg_streams *streams, hg_stream *stream)
{
    hg_streams_release(streams, stream);
    stream->state = HG_STREAM_STOPPED;
}

/* Gives up the direction that has been without new bytes for the longest time, except `mine`. 0: there is none. */
static int give_up_oldest(hg_streams *streams, const hg_stream *mine)
{
    hg_index oldest = streams->held[0].newer;
    if (oldest != 0 && oldest == mine->held)
        oldest = streams->held[oldest].newer;
    if (oldest == 0)
        return 0;
    hg_stream_stop(streams, streams->streams + streams->held[oldest].stream);
    streams->stats->streams_evicted++;
    return 1;
}

static int make_room(hg_streams *streams, const hg_stream *mine, uint64_t bytes)
{
    while (streams->bytes + bytes > streams->most_bytes)
        if (!give_up_oldest(streams, mine))
            return 0;
    return 1;
}

/* Gives the direction a record for kept bytes. 0: there is none. */
static int take_record(hg_streams *streams, hg_stream *stream)
{
    if (stream->held != 0)
        return 1;
    if (streams->free == 0 && streams->held_count == streams->most_held && !give_up_oldest(streams, stream))
        return 0;
    const hg_index index = streams->free != 0 ? streams->free : ++streams->held_count;
    if (index == streams->free)
        streams->free = streams->held[index].older;
    hg_held *held = streams->held + index;
    memset(held, 0, offsetof(hg_held, runs));
    held->stream = (uint32_t)(stream - streams->streams);
    HG_LIST_APPEND(streams->held, index, 0);
    stream->held = index;
    return 1;
}

/* A buffer of `capacity` bytes, which has the bytes of `held`. NULL: there is no memory. */
static uint8_t *grow(hg_streams *streams, const hg_held *held, uint32_t capacity)
{
    uint8_t *spare = streams->spare;
    if (spare == NULL || held->bytes != NULL || capacity != HG_LEAST_BUFFER)
        return realloc(held->bytes, capacity);
    streams->spare = NULL;
    return spare;
}

int hg_streams_reserve(hg_streams *streams, hg_stream *stream, uint32_t bytes)
{
    uint32_t capacity = HG_LEAST_BUFFER;
    while (capacity < bytes && capacity < HG_MOST_PASSED)
        capacity *= 2;
    if (bytes <= capacity && take_record(streams, stream)) {
        hg_held *held = streams->held + stream->held;
        if (bytes <= held->capacity)
            return 1;
        uint8_t *grown = NULL;
        if (make_room(streams, stream, capacity - held->capacity))
            grown = grow(streams, held, capacity);
        if (grown != NULL) {
            streams->bytes += capacity - held->capacity;
            held->bytes = grown;
            held->capacity = capacity;
            return 1;
        }
    }
    hg_stream_stop(streams, stream);
    streams->stats->streams_evicted++;
    return 0;
}

/* ---- doubtful copies of bytes that came before them in good form ---- */

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
