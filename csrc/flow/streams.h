/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams.h - the bytes of each direction of a flow, in their order, for readers of bytes: its first ones, or
 * where a reader asks for it (hg_requirements.whole_streams) all that it does not pass over.
 *
 *     segments ──▶ hg_streams_take ──▶ bytes in order ──▶ readers ──▶ hg_streams_keep, or _stop
 *
 * Bytes that lie in one segment are read in place. Bytes that a reader needs together with later ones, and bytes out
 * of order, are copied into memory that is bounded per direction and in total. The first copy of a byte wins; repeated
 * bytes and keep-alives add nothing; sequence numbers wrap around. A gap waits. It is given up, and the direction with
 * it, when two segments in a row come that are beyond the bound of the direction (one alone may be anybody's), or when
 * there are too many gaps. The bound counts from the beginning of the direction, of whole streams from the first byte
 * that is kept. When the memory for all is used up, the direction that has received no bytes for longest is dropped.
 * Bytes that are skipped may be missing.
 */
#pragma once

#include "flow/flows.h"
#include "flow/runs.h"

/* Bytes in order. They are valid until the next call for the same flow. */
typedef struct hg_bytes {
    const uint8_t *data;
    uint32_t length; /* 0: nothing new */
    uint32_t offset; /* of the first of them, from the beginning of the direction; it wraps around */
} hg_bytes;

/* Runs of bytes that came before their turn, at most so many a direction. */
enum { HG_MOST_RUNS = 8 };

/* Bytes that are passed over at once, so that sequence numbers can still be compared. */
enum { HG_MOST_PASSED = 1 << 30 };

/* Bytes that readers may examine for each one that comes, and so many besides. Readers that continue where they were
 * need a few for each; one that begins again with every segment is given up. */
enum { HG_WORK_PER_BYTE = 32, HG_MOST_DEBT = 1 << 17 };

typedef enum hg_stream_state {
    HG_STREAM_UNKNOWN = 0, /* it is not known where its bytes begin */
    HG_STREAM_OPEN = 1,
    HG_STREAM_STOPPED = 2, /* no reader reads any further */
    HG_STREAM_DOUBTED = 3 /* the same, but some read bytes may be displaced */
} hg_stream_state;

/* One direction of a flow. */
typedef struct hg_stream {
    uint32_t next;   /* sequence number that continues the bytes in order */
    uint32_t offset; /* of the first byte that is kept */
    uint32_t length; /* of the bytes in order from there on */
    hg_index held;   /* where they are kept; 0: nowhere */
    uint32_t beyond; /* end of the latest segment beyond the bound */
    uint32_t debt;   /* bytes examined beyond HG_WORK_PER_BYTE times those that came */
    uint32_t passed; /* bytes in order that no reader needs: they are kept while it `retains` */
    uint8_t state;   /* hg_stream_state */
    uint8_t retains; /* 1: kept bytes stay until none of them can be displaced */
} hg_stream;

/* What is kept of a direction. */
typedef struct hg_held {
    uint8_t *bytes;
    uint32_t capacity;
    uint32_t run_count;
    hg_run runs[HG_MOST_RUNS]; /* beyond the bytes in order, rising, never touching one another */
    uint32_t stream;           /* index of its owner */
    hg_index older;            /* or the next free record */
    hg_index newer;
} hg_held;

typedef struct hg_streams {
    hg_stream *streams; /* two a flow, by its index; the client's first */
    hg_held *held;      /* the first is the end of the list, longest unused first */
    hg_stats *stats;
    uint64_t bytes; /* of memory in use */
    uint64_t most_bytes;
    uint32_t stream_bytes; /* of a direction */
    uint8_t whole;         /* 1: counted from the first byte that is kept */
    uint32_t held_count;   /* records ever used */
    uint32_t most_held;
    hg_index free; /* chained records */
} hg_streams;

/* `flows` is the number of records of the table of flows; `requirements` says which bytes of a direction are needed.
 * `stats` is borrowed. */
hg_status hg_streams_init(hg_streams *streams, uint32_t flows, const hg_requirements *requirements, uint64_t most_bytes,
                          hg_stats *stats, hg_error *error);
void hg_streams_clear(hg_streams *streams);
/* Forgets everything. */
void hg_streams_reset(hg_streams *streams);

static inline hg_stream *hg_stream_of(const hg_streams *streams, hg_index flow, int from_server)
{
    return streams->streams + 2 * (size_t)flow + (from_server != 0);
}

/* 1 when data from the number `seq` on may change something. */
static inline int hg_stream_wants(const hg_stream *stream, uint32_t seq)
{
    return stream->state < HG_STREAM_STOPPED ||
           (stream->state == HG_STREAM_DOUBTED && (int32_t)(seq - stream->next) < 0);
}

/* The flow is new: nothing is known of its directions. */
void hg_streams_open(hg_streams *streams, hg_index flow);
/* The flow is over. */
void hg_streams_close(hg_streams *streams, hg_index flow);
/* The first byte of the direction has the number `seq`. */
void hg_streams_begin(hg_streams *streams, hg_index flow, int from_server, uint32_t seq);

/* Adds a segment's data, 1 byte or more, the first of which has the number `seq`. Gives all bytes in
 * order that are kept, when some are new. Then either hg_streams_keep or hg_streams_stop is called. */
hg_bytes hg_streams_take(hg_streams *streams, hg_index flow, int from_server, uint32_t seq, const uint8_t *data,
                         uint32_t length);
/* Keeps the bytes of the latest call from `offset` on. `offset` may be up to HG_MOST_PASSED past their end: the bytes
 * before it are skipped. If bytes were waiting, it gives the bytes in order from there on; then one of the two
 * functions is called again. */
hg_bytes hg_streams_keep(hg_streams *streams, hg_index flow, int from_server, const hg_bytes *bytes, uint32_t offset);
/* Notes bytes that readers examined for a segment of `length`. 0: too many, and the direction is given up. */
int hg_streams_charge(hg_streams *streams, hg_index flow, int from_server, uint32_t length, uint32_t examined);
/* With `retain`, kept bytes and later ones stay in memory after the readers passed over them or stopped. */
void hg_streams_retain(hg_streams *streams, hg_index flow, int from_server, int retain);
/* 0 when data are the bytes that are kept, as far as both have the same numbers; 1 also when those are not kept. */
int hg_streams_differ(const hg_streams *streams, hg_index flow, int from_server, uint32_t seq, const uint8_t *data,
                      uint32_t length);
/* Discards the bytes from number `seq` to before `end` and opens the direction again, even when it was stopped.
 * Reading restarts at the first kept byte, or there; bytes from `end` on wait. 1: no byte that was passed or stopped
 * at is read again. */
int hg_streams_rewind(hg_streams *streams, hg_index flow, int from_server, uint32_t seq, uint32_t end);
/* The direction is not read any further. */
void hg_streams_stop(hg_streams *streams, hg_index flow, int from_server);

/* ---- the kept bytes of directions as bytes, so that another may continue with them ------------
 *
 *     header    number of flows, of directions that hold bytes
 *     streams   two a flow
 *     held      oldest first: header, runs, bytes */

/* Of flows with an index below `flows`. Loading replaces all directions. HG_E_ARGUMENT, and nothing is remembered then:
 * the bytes are damaged, or of another number of flows. */
void hg_streams_transfer(hg_streams *streams, hg_index flows, hg_saved *saved);

/* ---- for those who put bytes in order, and save them ----------------------------------------- */

/* The bytes of the buffer that are in use, gaps included. */
static inline uint32_t hg_held_end(const hg_stream *stream, const hg_held *held)
{
    return held->run_count > 0 ? held->runs[held->run_count - 1].end : stream->length;
}

/* How many bytes the buffer of a direction may hold. */
static inline uint32_t hg_stream_room(const hg_streams *streams, const hg_stream *stream)
{
    if (streams->whole)
        return streams->stream_bytes;
    return stream->offset < streams->stream_bytes ? streams->stream_bytes - stream->offset : 0;
}

/* Bytes from the end of the ordered bytes to the end of the last run. */
static inline uint32_t hg_streams_waiting(const hg_streams *streams, const hg_stream *stream)
{
    return stream->held == 0 ? 0 : hg_held_end(stream, streams->held + stream->held) - stream->length;
}

/* A buffer of `bytes` or more for the direction; 0 when there is no memory, and it is given up then. */
int hg_streams_reserve(hg_streams *streams, hg_stream *stream, uint32_t bytes);
