/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams_state.c - every number is checked before it is used, because the bytes are untrusted.
 */
#include "flow/streams_state.h"

#include <string.h>

#include "base/error.h"

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

size_t hg_streams_state_bytes(const hg_streams *streams, hg_index flows)
{
    size_t bytes = sizeof(streams_header) + streams_bytes(flows);
    for (hg_index i = streams->held[0].newer; i != 0; i = streams->held[i].newer) {
        const hg_held *held = streams->held + i;
        bytes += sizeof(held_stream_header) + hg_held_end(streams->streams + held->stream, held);
    }
    return bytes;
}

void hg_streams_save(const hg_streams *streams, hg_index flows, uint8_t *out)
{
    streams_header header = {.flows = flows};
    uint8_t *at = out + sizeof header;
    memcpy(at, streams->streams, streams_bytes(flows));
    at += streams_bytes(flows);
    for (hg_index i = streams->held[0].newer; i != 0; i = streams->held[i].newer, header.held++) {
        const hg_held *held = streams->held + i;
        held_stream_header one = {.stream = held->stream, .run_count = held->run_count};
        one.end = hg_held_end(streams->streams + held->stream, held);
        memcpy(one.runs, held->runs, sizeof one.runs);
        memcpy(at, &one, sizeof one);
        memcpy(at + sizeof one, held->bytes, one.end);
        at += sizeof one + one.end;
    }
    memcpy(out, &header, sizeof header);
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
static int load_held(hg_streams *streams, hg_index flows, const uint8_t **at, size_t *left)
{
    held_stream_header one;
    if (*left < sizeof one)
        return 0;
    memcpy(&one, *at, sizeof one);
    *at += sizeof one;
    *left -= sizeof one;
    if (!is_sound(streams, flows, &one, *left))
        return 0;
    hg_stream *stream = streams->streams + one.stream;
    if (hg_streams_reserve(streams, stream, one.end)) {
        hg_held *held = streams->held + stream->held;
        memcpy(held->bytes, *at, one.end);
        memcpy(held->runs, one.runs, sizeof held->runs);
        held->run_count = one.run_count;
    }
    *at += one.end;
    *left -= one.end;
    return 1;
}

/* Loads the saved directions, without their held bytes. 0 when one is damaged. `holding` is the number of directions
 * whose bytes in order must follow among the held bytes. */
static int load_streams(hg_streams *streams, hg_index flows, const uint8_t *bytes, uint32_t *holding)
{
    *holding = 0;
    memcpy(streams->streams, bytes, streams_bytes(flows));
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

static int load(hg_streams *streams, hg_index flows, const uint8_t *bytes, size_t length, size_t *used)
{
    streams_header header;
    if (length < sizeof header)
        return 0;
    memcpy(&header, bytes, sizeof header);
    size_t left = length - sizeof header;
    if (header.flows != flows || left < streams_bytes(flows))
        return 0;
    uint32_t holding;
    if (!load_streams(streams, flows, bytes + sizeof header, &holding) || holding != header.held)
        return 0;
    const uint8_t *at = bytes + sizeof header + streams_bytes(flows);
    left -= streams_bytes(flows);
    for (uint32_t i = 0; i < header.held; i++)
        if (!load_held(streams, flows, &at, &left))
            return 0;
    for (size_t i = 0; i < 2 * (size_t)flows; i++)
        if (streams->streams[i].held == 0)
            streams->streams[i].length = streams->streams[i].passed = 0;
    *used = length - left;
    return 1;
}

hg_status hg_streams_load(hg_streams *streams, hg_index flows, const uint8_t *bytes, size_t length, size_t *used,
                          hg_error *error)
{
    hg_streams_reset(streams);
    if (load(streams, flows, bytes, length, used))
        return HG_OK;
    hg_streams_reset(streams);
    memset(streams->streams, 0, streams_bytes(flows));
    return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
}
