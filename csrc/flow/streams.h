/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams.h - the bytes of each direction of a flow, in order, for stream readers: the first bytes, or with
 * hg_requirements.whole_streams all bytes that the readers do not skip.
 *
 *     segments ──▶ hg_streams_take ──▶ bytes in order ──▶ readers ──▶ hg_streams_keep, or _stop
 *
 * Bytes that lie in one segment are read in place. Bytes that a reader needs together with later ones, and bytes out
 * of order, are copied into memory that is bounded per direction and in total. The first copy of a byte wins; repeated
 * bytes and keep-alives add nothing; sequence numbers wrap around. A gap waits for the missing bytes. The direction is
 * given up when there are too many gaps, or when two segments in a row are beyond the direction's bound (a single one
 * may be forged). The bound counts from the beginning of the direction; in whole streams, from the first kept byte. When
 * the memory for all directions is used up, the direction without new bytes for the longest time is dropped. Skipped
 * bytes may be missing.
 */
#pragma once

#include "flow/flows.h"
#include "flow/runs.h"

/* Bytes in order. They are valid until the next call for the same flow. */
typedef struct hg_bytes {
    const uint8_t *data;
    uint32_t length; /* 0: nothing new */
    uint32_t offset; /* of the first byte, from the beginning of the direction; it wraps around */
} hg_bytes;

/* The most runs of out-of-order bytes in a direction. */
enum { HG_MOST_RUNS = 8 };

/* The most bytes that are skipped at once, so that sequence numbers can still be compared. */
enum { HG_MOST_PASSED = 1 << 30 };

/* How many bytes readers may examine for each byte that arrives, and how many in addition. Readers that continue where
 * they stopped examine each byte a few times. If a reader starts again with every segment, the direction is given up. */
enum { HG_WORK_PER_BYTE = 32, HG_MOST_DEBT = 1 << 17 };

typedef enum hg_stream_state {
    HG_STREAM_UNKNOWN = 0, /* the number of its first byte is not known */
    HG_STREAM_OPEN = 1,
    HG_STREAM_STOPPED = 2, /* no reader reads any further */
    HG_STREAM_DOUBTED = 3 /* the same, but some of the bytes already read may be replaced */
} hg_stream_state;

/* One direction of a flow. */
typedef struct hg_stream {
    uint32_t next;   /* sequence number after the bytes in order */
    uint32_t offset; /* of the first kept byte */
    uint32_t length; /* of the bytes in order from that byte on */
    hg_index held;   /* index of the kept bytes; 0: none */
    uint32_t beyond; /* end of the latest segment beyond the bound */
    uint32_t debt;   /* bytes examined beyond HG_WORK_PER_BYTE for each arrived byte */
    uint32_t passed; /* bytes in order that no reader needs; kept only while `retains` is 1 */
    uint8_t state;   /* hg_stream_state */
    uint8_t retains; /* 1: kept bytes stay until none of them can be replaced */
} hg_stream;

/* The kept bytes of a direction. */
typedef struct hg_held {
    uint8_t *bytes;
    uint32_t capacity;
    uint32_t run_count;
    hg_run runs[HG_MOST_RUNS]; /* out-of-order bytes, ascending, never touching one another */
    uint32_t stream;           /* index of its owner */
    hg_index older;            /* or the next free record */
    hg_index newer;
} hg_held;

typedef struct hg_streams {
    hg_stream *streams; /* two for each flow, at twice its index; the client's first */
    hg_held *held;      /* entry 0 is the end of the list, which begins with the longest unused one */
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

/* 1 when data from sequence number `seq` on may have an effect. */
static inline int hg_stream_wants(const hg_stream *stream, uint32_t seq)
{
    return stream->state < HG_STREAM_STOPPED ||
           (stream->state == HG_STREAM_DOUBTED && (int32_t)(seq - stream->next) < 0);
}

/* The flow is new: its directions have no data. */
void hg_streams_open(hg_streams *streams, hg_index flow);
/* The flow is over. */
void hg_streams_close(hg_streams *streams, hg_index flow);
/* The first byte of the direction has the number `seq`. */
void hg_streams_begin(hg_streams *streams, hg_index flow, int from_server, uint32_t seq);

/* Adds a segment's data, 1 byte or more; the first byte has the number `seq`. If this gives new bytes in order,
 * returns all kept bytes in order; the caller then calls hg_streams_keep or hg_streams_stop. */
hg_bytes hg_streams_take(hg_streams *streams, hg_index flow, int from_server, uint32_t seq, const uint8_t *data,
                         uint32_t length);
/* Keeps the bytes of the latest call from `offset` on. `offset` may be up to HG_MOST_PASSED past their end; the bytes
 * before it are skipped. If bytes were waiting, returns the bytes in order from there on, and the caller calls one of
 * the two functions again. */
hg_bytes hg_streams_keep(hg_streams *streams, hg_index flow, int from_server, const hg_bytes *bytes, uint32_t offset);
/* Notes how many bytes readers examined for a segment of `length` bytes. 0: too many, so the direction is given up. */
int hg_streams_charge(hg_streams *streams, hg_index flow, int from_server, uint32_t length, uint32_t examined);
/* With `retain`, kept bytes and later ones stay in memory even after the readers skipped them or stopped. */
void hg_streams_retain(hg_streams *streams, hg_index flow, int from_server, int retain);
/* 0 when the data equals the kept bytes, as far as both have the same sequence numbers. 1 when it differs, or those bytes
 * are not kept. */
int hg_streams_differ(const hg_streams *streams, hg_index flow, int from_server, uint32_t seq, const uint8_t *data,
                      uint32_t length);
/* Discards the bytes from sequence number `seq` to `end` - 1 and reopens the direction, even a stopped one. Reading
 * restarts at the first kept byte, or at `seq`; bytes from `end` on wait. 1: no byte that was skipped, or came after the
 * stop, is read again. */
int hg_streams_rewind(hg_streams *streams, hg_index flow, int from_server, uint32_t seq, uint32_t end);
/* The direction is not read any further. */
void hg_streams_stop(hg_streams *streams, hg_index flow, int from_server);

/* ---- saving the kept bytes of directions, so that another engine can continue with them -------
 *
 *     header    number of flows, of directions that hold bytes
 *     streams   two for each flow
 *     held      oldest first: header, runs, bytes */

/* Saves or loads the directions of flows with an index below `flows`. Loading replaces all directions. HG_E_ARGUMENT: the
 * bytes are damaged, or have another number of flows; then all directions are empty. */
void hg_streams_transfer(hg_streams *streams, hg_index flows, hg_saved *saved);

/* ---- internal: shared by streams.c and streams_state.c ---------------------------------------- */

/* How many bytes of the buffer are in use, including gaps. */
static inline uint32_t hg_held_end(const hg_stream *stream, const hg_held *held)
{
    return held->run_count > 0 ? held->runs[held->run_count - 1].end : stream->length;
}

/* The most bytes that the buffer of a direction may hold. */
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

/* Gets a buffer of at least `bytes` for the direction. 0: there is no memory, and the direction is given up. */
int hg_streams_reserve(hg_streams *streams, hg_stream *stream, uint32_t bytes);
