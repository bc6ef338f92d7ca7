/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams_state.c - every number is checked before it is used, because the bytes are untrusted.
 */
#include "flow/streams.h"

typedef struct streams_header {
    uint32_t flows;
    uint32_t held;
} streams_header;

typedef struct held_stream_header {
    uint32_t stream;
    uint32_t end; /* bytes of the buffer */
    uint32_t run_count;
    hg_run runs[HG_MOST_RUNS];
} held_stream_header;

static size_t streams_bytes(hg_index flows)
{
    return 2 * (size_t)flows * sizeof(hg_stream);
}

/* ---- saving ----------------------------------------------------------------------------- */

void hg_streams_save(const hg_streams *streams, hg_index flows, hg_saving *to)
{
    streams_header header = {.flows = flows};
    for (hg_index i = streams->held[0].newer; i != 0; i = streams->held[i].newer)
        header.held++;
    hg_save(to, &header, sizeof header);
    hg_save(to, streams->streams, streams_bytes(flows));
    for (hg_index i = streams->held[0].newer; i != 0; i = streams->held[i].newer) {
        const hg_held *held = streams->held + i;
        held_stream_header one = {.stream = held->stream, .run_count = held->run_count};
        one.end = hg_held_end(streams->streams + held->stream, held);
        memcpy(one.runs, held->runs, sizeof one.runs);
        hg_save(to, &one, sizeof one);
        hg_save(to, held->bytes, one.end);
    }
}

/* ---- loading ---------------------------------------------------------------------------- */

/* 1 when the runs follow the bytes in order, rise, and end where the buffer does. */
static int runs_are_sound(const held_stream_header *one, uint32_t in_order)
{
    uint32_t end = in_order;
    for (uint32_t i = 0; i < one->run_count; i++) {
        if (one->runs[i].first <= end || one->runs[i].end <= one->runs[i].first)
            return 0;
        end = one->runs[i].end;
    }
    return end == one->end;
}

static int is_sound(const hg_streams *streams, hg_index flows, const held_stream_header *one, size_t left)
{
    if (one->stream / 2 >= flows || one->run_count > HG_MOST_RUNS || one->end == 0 || one->end > left)
        return 0;
    const hg_stream *stream = streams->streams + one->stream;
    return (stream->state == HG_STREAM_OPEN || stream->retains) && stream->held == 0 && stream->length <= one->end &&
           (streams->whole || one->end <= hg_stream_room(streams, stream)) && runs_are_sound(one, stream->length);
}

/* Loads the bytes held for one direction; 0 when they are damaged. Without memory the direction is given up, as
 * elsewhere. */
static int load_held(hg_streams *streams, hg_index flows, hg_loading *from)
{
    held_stream_header one;
    if (hg_load(from, &one, sizeof one) != HG_OK || !is_sound(streams, flows, &one, from->left))
        return 0;
    const uint8_t *bytes = hg_load_bytes(from, one.end);
    hg_stream *stream = streams->streams + one.stream;
    if (hg_streams_reserve(streams, stream, one.end)) {
        hg_held *held = streams->held + stream->held;
        memcpy(held->bytes, bytes, one.end);
        memcpy(held->runs, one.runs, sizeof held->runs);
        held->run_count = one.run_count;
    }
    return 1;
}

/* Loads the saved directions, without their held bytes. 0 when one is damaged. `holding` is the number of directions
 * whose bytes in order must follow among the held bytes. */
static int load_streams(hg_streams *streams, hg_index flows, hg_loading *from, uint32_t *holding)
{
    *holding = 0;
    if (hg_load(from, streams->streams, streams_bytes(flows)) != HG_OK)
        return 0;
    for (size_t i = 0; i < 2 * (size_t)flows; i++) {
        hg_stream *stream = streams->streams + i;
        *holding += stream->held != 0;
        if (stream->state > HG_STREAM_DOUBTED || (!streams->whole && stream->state == HG_STREAM_OPEN &&
                                                  stream->held == 0 && stream->offset > streams->stream_bytes))
            return 0;
        if (stream->held == 0)
            stream->length = 0;
        if (stream->passed > stream->length || stream->retains > 1 || stream->debt > HG_MOST_DEBT)
            return 0;
        stream->held = 0;
    }
    return 1;
}

static int load(hg_streams *streams, hg_index flows, hg_loading *from)
{
    streams_header header;
    uint32_t holding;
    if (hg_load(from, &header, sizeof header) != HG_OK || header.flows != flows ||
        !load_streams(streams, flows, from, &holding) || holding != header.held)
        return 0;
    for (uint32_t i = 0; i < header.held; i++)
        if (!load_held(streams, flows, from))
            return 0;
    for (size_t i = 0; i < 2 * (size_t)flows; i++)
        if (streams->streams[i].held == 0)
            streams->streams[i].length = streams->streams[i].passed = 0;
    return 1;
}

hg_status hg_streams_load(hg_streams *streams, hg_index flows, hg_loading *from)
{
    hg_streams_reset(streams);
    if (load(streams, flows, from))
        return HG_OK;
    hg_streams_reset(streams);
    memset(streams->streams, 0, streams_bytes(flows));
    return hg_load_damaged(from);
}
