/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams_state.c - creates, saves and loads directions. Every loaded number is checked before it is used, because the
 * bytes are untrusted.
 */
#include "flow/streams.h"

#include "base/memory.h"

/* ---- life ------------------------------------------------------------------------------ */

hg_status hg_streams_init(hg_streams *streams, uint32_t flows, const hg_requirements *requirements, uint64_t most_bytes,
                          hg_stats *stats, hg_error *error)
{
    uint64_t most_held = most_bytes / HG_LEAST_BUFFER;
    *streams = (hg_streams){
        .stats = stats,
        .most_bytes = most_bytes,
        .stream_bytes = requirements->stream_bytes,
        .whole = requirements->whole_streams,
        .most_held = most_held < UINT32_MAX ? (uint32_t)most_held : UINT32_MAX - 1,
    };
    /* These tables take memory only as streams fill them. */
    streams->streams = hg_zeroed(2 * (size_t)flows, sizeof *streams->streams);
    streams->held = hg_zeroed((size_t)streams->most_held + 1, sizeof *streams->held);
    if (streams->streams == NULL || streams->held == NULL) {
        hg_streams_clear(streams);
        return hg_fail(error, HG_E_MEMORY, "no memory for the streams of %u connections", flows);
    }
    return HG_OK;
}

static void free_buffers(hg_streams *streams)
{
    for (hg_index index = 1; index <= streams->held_count; index++) {
        hg_held *held = streams->held + index;
        if (held->bytes != NULL)
            streams->streams[held->stream].held = 0; /* so that no stored index refers to a freed record */
        free(held->bytes);
        free(held->other);
    }
    free(streams->spare);
    streams->spare = NULL;
    streams->bytes = 0;
    streams->held_count = 0;
    streams->free = 0;
}

void hg_streams_clear(hg_streams *streams)
{
    if (streams->held != NULL)
        free_buffers(streams);
    hg_zeroed_free(streams->streams);
    hg_zeroed_free(streams->held);
    *streams = (hg_streams){0};
}

void hg_streams_reset(hg_streams *streams)
{
    free_buffers(streams);
    streams->held[0] = (hg_held){0};
}

void hg_streams_open(hg_streams *streams, hg_index flow)
{
    for (int from_server = 0; from_server < 2; from_server++) {
        hg_stream *stream = hg_stream_of(streams, flow, from_server);
        hg_streams_release(streams, stream); /* a loaded state may hold bytes */
        *stream = (hg_stream){.state = HG_STREAM_UNKNOWN};
    }
}

void hg_streams_close(hg_streams *streams, hg_index flow)
{
    for (int from_server = 0; from_server < 2; from_server++) {
        hg_stream *stream = hg_stream_of(streams, flow, from_server);
        hg_streams_count_unread(streams, stream);
        hg_streams_stop(streams, flow, from_server);
    }
}

/* ---- saving ------------------------------------------------------------------------------- */

typedef struct streams_header {
    uint32_t flows;
    uint32_t held;
} streams_header;

typedef struct held_stream_header {
    uint32_t stream;
    uint32_t end; /* used bytes of the buffer */
    uint32_t run_count;
    uint32_t doubtful_count;
    uint32_t doubt;
    uint32_t taken;
    uint32_t urged;
    uint32_t urgent;
    uint32_t ends;
    uint32_t fin;
    hg_sent sent;
    hg_byte_run runs[HG_MOST_RUNS];
    hg_byte_run doubtful[HG_MOST_DOUBTFUL];
} held_stream_header;

static size_t streams_bytes(hg_index flows)
{
    return 2 * (size_t)flows * sizeof(hg_stream);
}

static void save_held(const hg_streams *streams, const hg_held *held, hg_saved *saved)
{
    held_stream_header one = {.stream = held->stream,
                              .run_count = held->run_count,
                              .doubtful_count = held->doubtful_count,
                              .doubt = held->doubt,
                              .taken = held->taken,
                              .urged = held->urged,
                              .urgent = held->urgent,
                              .ends = held->ends,
                              .fin = held->fin,
                              .sent = held->sent};
    one.end = hg_held_end(streams->streams + held->stream, held);
    memcpy(one.runs, held->runs, sizeof one.runs);
    memcpy(one.doubtful, held->doubtful, sizeof one.doubtful);
    hg_transfer(saved, &one, sizeof one);
    hg_transfer(saved, held->bytes, one.end);
}

/* ---- loading ---------------------------------------------------------------------------- */

/* 1 when the runs are ascending, and within the buffer from offset `from` on. */
static int runs_are_sound(const hg_byte_run *runs, uint32_t count, uint32_t from, uint32_t until)
{
    for (uint32_t i = 0; i < count; from = runs[i].end + 1, i++)
        if (runs[i].first < from || runs[i].end <= runs[i].first || runs[i].end > until)
            return 0;
    return 1;
}

static int is_sound(const hg_streams *streams, hg_index flows, const held_stream_header *one)
{
    if (one->stream / 2 >= flows || one->run_count > HG_MOST_RUNS || one->doubtful_count > HG_MOST_DOUBTFUL ||
        (one->doubt | one->taken) >> HG_ANOMALY_KINDS != 0 || one->urged > HG_MAY_BE_URGED || one->ends > 1 ||
        !((one->sent.tunnel < HG_TUNNEL_KINDS || one->sent.tunnel == HG_TUNNEL_SEGMENT) &&
          one->sent.outer.kind < HG_TUNNEL_KINDS) ||
        (one->end == 0 && (one->urged | one->ends | one->taken) == 0))
        return 0;
    const hg_stream *stream = streams->streams + one->stream;
    return stream->state == HG_STREAM_OPEN && stream->held == 0 && stream->length <= one->end &&
           (streams->whole || one->end <= hg_stream_room(streams, stream)) &&
           runs_are_sound(one->runs, one->run_count, stream->length + 1, one->end) &&
           runs_are_sound(one->doubtful, one->doubtful_count, stream->length, one->end);
}

/* Loads the kept bytes of one direction. Without memory the direction is given up, as elsewhere. */
static void load_held(hg_streams *streams, hg_index flows, hg_saved *saved)
{
    held_stream_header one = {0};
    hg_transfer(saved, &one, sizeof one);
    if (!hg_saved_check(saved, is_sound(streams, flows, &one), HG_SAVED_DAMAGED))
        return;
    const uint8_t *bytes = hg_saved_take(saved, one.end);
    hg_stream *stream = streams->streams + one.stream;
    if (bytes != NULL && hg_streams_reserve(streams, stream, one.end > 0 ? one.end : 1)) {
        hg_held *held = streams->held + stream->held;
        memcpy(held->bytes, bytes, one.end);
        memcpy(held->runs, one.runs, sizeof held->runs);
        held->run_count = one.run_count;
        memcpy(held->doubtful, one.doubtful, sizeof held->doubtful);
        held->doubtful_count = one.doubtful_count;
        held->doubt = one.doubt;
        held->taken = one.taken;
        held->urged = one.urged;
        held->urgent = one.urgent;
        held->ends = one.ends;
        held->fin = one.fin;
        held->sent = one.sent;
    }
}

/* Checks the loaded directions, without their kept bytes. 0: one is damaged, or the number of directions with kept
 * bytes is not `holding`. */
static int check_streams(hg_streams *streams, hg_index flows, uint32_t holding)
{
    for (size_t i = 0; i < 2 * (size_t)flows; i++) {
        hg_stream *stream = streams->streams + i;
        holding -= stream->held != 0;
        if (stream->state > HG_STREAM_STOPPED || (!streams->whole && stream->state == HG_STREAM_OPEN &&
                                                  stream->held == 0 && stream->offset > streams->stream_bytes))
            return 0;
        if (stream->held == 0)
            stream->length = 0;
        if (stream->passed > stream->length || (stream->guessed | stream->in_syn | stream->forgot) > 1 ||
            stream->debt > HG_MOST_DEBT)
            return 0;
        stream->held = 0;
    }
    return holding == 0;
}

static void load(hg_streams *streams, hg_index flows, uint32_t holding, hg_saved *saved)
{
    hg_saved_check(saved, check_streams(streams, flows, holding), HG_SAVED_DAMAGED);
    for (uint32_t i = 0; saved->status == HG_OK && i < holding; i++)
        load_held(streams, flows, saved);
    for (size_t i = 0; i < 2 * (size_t)flows; i++)
        if (streams->streams[i].held == 0)
            streams->streams[i].length = streams->streams[i].passed = 0;
    if (saved->status == HG_OK)
        return;
    hg_streams_reset(streams);
    memset(streams->streams, 0, streams_bytes(flows));
}

/* ---- both ------------------------------------------------------------------------------- */

void hg_streams_transfer(hg_streams *streams, hg_index flows, hg_saved *saved)
{
    streams_header header = {.flows = flows};
    if (saved->is_loading)
        hg_streams_reset(streams);
    for (hg_index i = streams->held[0].newer; i != 0; i = streams->held[i].newer)
        header.held++;
    hg_transfer(saved, &header, sizeof header);
    hg_saved_check(saved, header.flows == flows, HG_SAVED_DAMAGED);
    hg_transfer(saved, streams->streams, streams_bytes(flows));
    if (saved->is_loading)
        load(streams, flows, header.held, saved);
    for (hg_index i = streams->held[0].newer; !saved->is_loading && i != 0; i = streams->held[i].newer)
        save_held(streams, streams->held + i, saved);
}
