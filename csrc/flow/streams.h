/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams.h - puts the bytes of each direction of a flow in order, for stream readers: its first bytes, or with
 * hg_requirements.whole_streams all bytes that the readers do not skip.
 *
 *     segments ──▶ hg_streams_take ──▶ bytes in order ──▶ readers ──▶ hg_streams_keep, or _stop
 *
 * Readers examine the bytes of a segment in place. Bytes out of order, and bytes that a reader needs again together
 * with later ones, are copied into memory that is bounded per direction and in total. The first copy of a byte wins,
 * except while it waits after a gap: then the segment that begins earlier wins, as in Linux and FreeBSD. Repeated bytes
 * and keep-alives add nothing; sequence numbers wrap around. Bytes after a gap wait for the missing bytes, unless the
 * readers skip these.
 *
 * The bytes of doubtful segments (conversations/readers.h) wait until their receiver acknowledges them:
 * hg_streams_hold, hg_streams_confirm. Bytes of good segments replace them, they take memory from no other bytes, and
 * they never cause a direction to be given up. If there are too many runs of bytes out of order, the last ones are
 * forgotten. The receiver may have them, so later copies, which may differ, do not count: the direction is read up to
 * there. It is given up
 *
 *     if readers still need more when its bound is reached, or examine too many bytes (HG_WORK_PER_BYTE)
 *     if two adjoining segments are beyond its bound (a single one may be forged)
 *     if the memory for all directions is used up, and no other direction has gone longer without new bytes
 *
 * The bound counts from the beginning of the direction; in whole streams, from the first byte that readers still need.
 */
#pragma once

#include "flow/anomaly.h"
#include "flow/flows.h"
#include "flow/identity.h"
#include "flow/runs.h"

/* Bytes in order. Later calls may free them, even calls for other flows. */
typedef struct hg_bytes {
    const uint8_t *data;
    uint32_t length; /* 0: nothing new */
    uint32_t offset; /* of the first byte, from the beginning of the direction; it wraps around */
} hg_bytes;

/* The most runs of out-of-order bytes in a direction, and the most runs of doubtful bytes. Runs that touch are one. */
enum { HG_MOST_RUNS = 32, HG_MOST_DOUBTFUL = 8 };

/* The most bytes that a reader may skip at once. With more, sequence numbers could not be compared. */
enum { HG_MOST_PASSED = 1 << 30 };

/* How many bytes readers may examine for each byte that arrives, and how many in addition. A reader that continues
 * where it stopped examines each byte a few times. A direction in which a reader starts again with every segment is
 * given up. */
enum { HG_WORK_PER_BYTE = 32, HG_MOST_DEBT = 1 << 17 };

typedef enum hg_stream_state {
    HG_STREAM_UNKNOWN = 0, /* the sequence number of its first byte is not known */
    HG_STREAM_OPEN = 1,
    HG_STREAM_STOPPED = 2 /* no reader reads any further */
} hg_stream_state;

/* One direction of a flow. */
typedef struct hg_stream {
    uint32_t next;   /* sequence number after the bytes in order */
    uint32_t offset; /* of the first kept byte, from the beginning of the direction */
    uint32_t length; /* how many bytes from that one on are in order */
    hg_index held;   /* index of the kept bytes; 0: none */
    uint32_t beyond; /* end of the latest segment beyond the bound; with `forgot` the first forgotten byte */
    uint32_t debt;   /* bytes examined beyond HG_WORK_PER_BYTE for each arrived byte */
    uint32_t passed; /* bytes at the front of the kept ones that no reader needs any more; they are removed later */
    uint8_t state;   /* hg_stream_state */
    uint8_t guessed; /* 1: only a doubtful segment shows where the direction begins */
    uint8_t in_syn;  /* 1: the doubtful bytes are those of a SYN or SYN+ACK */
    uint8_t forgot;  /* 1: there were too many runs, so bytes that came early were forgotten */
} hg_stream;

/* The latest segment of doubtful bytes, for the rows of bytes that are never acknowledged. */
typedef struct hg_sent {
    int64_t time_ns;
    uint64_t packet_number;
    hg_tunnel_id outer; /* valid if `tunnel` is not HG_TUNNEL_NONE */
    uint8_t tunnel;     /* as in the column */
    uint8_t zero[7];
} hg_sent;

/* Whether a direction has a byte out of band to come. HG_MAY_BE_URGED: only a doubtful segment says so. */
typedef enum hg_urged { HG_URGED = 1, HG_MAY_BE_URGED = 2 } hg_urged;

/* The kept bytes of a direction. */
typedef struct hg_held {
    uint8_t *bytes;
    uint32_t capacity;
    uint32_t run_count;
    uint32_t doubtful_count;
    uint32_t doubt; /* the anomalies of the doubtful bytes, if there are any */
    uint32_t taken; /* those of bytes that were doubtful or have rivals, and were read */
    uint32_t urged; /* hg_urged; 0: no such byte */
    uint32_t urgent; /* the number of that byte */
    uint32_t ends; /* 1: a FIN came, and is not known to be refused */
    uint32_t fin; /* its number */
    hg_sent sent; /* valid if there are doubtful bytes */
    uint8_t *other; /* a doubtful copy that differs from `runs`, which it displaces if it fills the gap; NULL: none */
    uint32_t other_seq;
    uint32_t other_length;
    uint32_t stream; /* index of its direction in hg_streams.streams */
    hg_index older; /* in a free record: the next free record */
    hg_index newer;
    hg_byte_run runs[HG_MOST_RUNS]; /* out-of-order bytes, ascending, never touching one another */
    hg_byte_run doubtful[HG_MOST_DOUBTFUL]; /* doubtful bytes, ascending, outside the bytes in order and the runs */
} hg_held;

typedef struct hg_streams {
    hg_stream *streams; /* two for each flow, at twice its index; the client's first */
    hg_held *held; /* entry 0 ends a list, whose first direction has gone longest without new bytes in order */
    hg_stats *stats;
    uint8_t *spare; /* a buffer of HG_LEAST_BUFFER bytes for the next direction, or NULL */
    uint64_t bytes; /* of memory in use, without `spare` */
    uint64_t most_bytes;
    uint32_t stream_bytes; /* the bound of a direction */
    uint8_t whole; /* 1: whole streams: the bound counts from the first byte that readers still need */
    uint32_t held_count; /* records that were ever used */
    uint32_t most_held;
    hg_index free; /* chain of free records; 0: none */
} hg_streams;

/* `flows` is the number of records in the table of flows. `requirements` states which bytes of a direction are needed,
 * and `most_bytes` limits the memory for kept bytes. `stats` is borrowed. */
hg_status hg_streams_init(hg_streams *streams, uint32_t flows, const hg_requirements *requirements, uint64_t most_bytes,
                          hg_stats *stats, hg_error *error);
void hg_streams_clear(hg_streams *streams);
/* Frees all kept bytes. A direction is emptied later, when hg_streams_open is called for its flow. */
void hg_streams_reset(hg_streams *streams);

static inline hg_stream *hg_stream_of(const hg_streams *streams, hg_index flow, int from_server)
{
    return streams->streams + 2 * (size_t)flow + (from_server != 0);
}

/* 1 when no data of the direction came yet. */
static inline int hg_stream_is_new(const hg_stream *stream)
{
    return stream->state != HG_STREAM_STOPPED && stream->held == 0 && stream->offset + stream->length == 0;
}

/* 1 when no good data of the direction came yet. */
static inline int hg_stream_is_unproven(const hg_streams *streams, const hg_stream *stream)
{
    return stream->state != HG_STREAM_STOPPED && stream->offset + stream->length == 0 &&
           streams->held[stream->held].run_count == 0;
}

/* Empties both directions of a new flow. */
void hg_streams_open(hg_streams *streams, hg_index flow);
/* Stops both directions of a flow that is over. */
void hg_streams_close(hg_streams *streams, hg_index flow);
/* Sets the sequence number of a direction's first byte, unless it is known already. */
void hg_streams_begin(hg_streams *streams, hg_index flow, int from_server, uint32_t seq);
/* Forgets the bytes of a direction, and sets the sequence number of its first byte. */
void hg_streams_begin_again(hg_streams *streams, hg_stream *stream, uint32_t seq);

/* Adds a segment's data, 1 byte or more; the first byte has the sequence number `seq`. If this gives new bytes in
 * order, returns the bytes that readers still need, old and new; the caller then calls hg_streams_keep or
 * hg_streams_stop. */
hg_bytes hg_streams_take(hg_streams *streams, hg_index flow, int from_server, uint32_t seq, const uint8_t *data,
                         uint32_t length);
/* Keeps `bytes`, which the latest call returned, from `offset` on. `offset` may be up to HG_MOST_PASSED past their end;
 * the bytes before it are skipped. If bytes were waiting there, returns the bytes in order from `offset` on, and the
 * caller calls this function again, or hg_streams_stop. */
hg_bytes hg_streams_keep(hg_streams *streams, hg_index flow, int from_server, const hg_bytes *bytes, uint32_t offset);
/* Keeps all of `bytes`. A function of its own, because the compiler expands the other one in place in its only
 * caller. */
void hg_streams_keep_all(hg_streams *streams, hg_index flow, int from_server, const hg_bytes *bytes);
/* Makes `offset`, in or at the end of the bytes that the latest call returned, the beginning of the direction. Returns
 * the bytes from there on. */
static inline hg_bytes hg_stream_begin_again(hg_stream *stream, const hg_bytes *bytes, uint32_t offset)
{
    const uint32_t done = offset - bytes->offset;
    if (stream->held != 0)
        stream->passed += done;
    else
        stream->length -= done;
    stream->offset = 0u - stream->passed; /* it wraps around */
    return (hg_bytes){.data = bytes->data + done, .length = bytes->length - done};
}
/* Notes a byte that the receiver takes out of the stream (an urgent one). It stays in a buffer for the direction until
 * it comes. As in Linux, the latest one counts, and bytes that were read before stay. `is_doubtful`: a segment in
 * hg_streams_hold says so. */
void hg_streams_note_urgent(hg_streams *streams, hg_stream *stream, uint32_t number, int is_doubtful);
/* Notes the number of a good segment's FIN, before hg_streams_take gets its bytes. Bytes after it become doubtful: the
 * receiver drops them, unless other bytes came to it in place of the FIN. 1: the direction has doubtful bytes. */
int hg_streams_note_fin(hg_streams *streams, hg_stream *stream, uint32_t number);
/* 1 when a FIN was noted before the byte `end`. */
static inline int hg_stream_ends_before(const hg_streams *streams, const hg_stream *stream, uint32_t end)
{
    const hg_held *held = streams->held + stream->held;
    return held->ends && (int32_t)(end - held->fin) > 0;
}
/* Accounts for the bytes that readers examined after a segment of `length` bytes. 0: too many, so the direction is
 * given up. */
int hg_streams_charge(hg_streams *streams, hg_index flow, int from_server, uint32_t length, uint32_t examined);
/* Keeps the data of a segment with these anomalies, if there is room. They replace earlier ones of unlikely segments;
 * those of an unlikely one replace none. 1: the direction has doubtful bytes now. */
int hg_streams_hold(hg_streams *streams, hg_index flow, int from_server, uint32_t seq, const uint8_t *data,
                    uint32_t length, uint32_t anomalies);
/* 1 when doubtful bytes are before `acked`, the next byte that the receiver expects. */
int hg_streams_may_confirm(const hg_streams *streams, hg_index flow, int from_server, uint32_t acked);
/* The receiver acknowledged the doubtful bytes before `acked`. Returns bytes as hg_streams_take does. `*left` becomes 1
 * if the direction still has doubtful bytes. */
hg_bytes hg_streams_confirm(hg_streams *streams, hg_index flow, int from_server, uint32_t acked, int *left);
/* 1 when the direction has doubtful bytes. */
static inline int hg_stream_waits(const hg_streams *streams, const hg_stream *stream)
{
    return stream->held != 0 && streams->held[stream->held].doubtful_count > 0;
}
/* 1 when hg_streams_settle will take them. */
static inline int hg_stream_will_settle(const hg_streams *streams, const hg_stream *stream)
{
    return hg_stream_waits(streams, stream) && (streams->held[stream->held].doubt & HG_DISPUTING) == 0;
}
/* The anomalies of the bytes that are read (hg_held.taken). */
static inline uint32_t hg_stream_taken(const hg_streams *streams, const hg_stream *stream)
{
    return streams->held[stream->held].taken;
}
/* 1 when good bytes, at least one, differ from doubtful ones that the receiver may have instead (HG_RIVALLING). */
int hg_streams_has_rival(const hg_streams *streams, const hg_stream *stream, uint32_t seq, const uint8_t *data,
                         uint32_t length);
/* Takes all doubtful bytes although no packet acknowledged them, because none will, or because they have rivals (`why`,
 * an anomaly); as hg_streams_confirm. Those that are disputed are counted and forgotten. */
hg_bytes hg_streams_settle(hg_streams *streams, hg_index flow, int from_server, hg_anomaly why);
/* Ends the reading of a direction. */
void hg_streams_stop(hg_streams *streams, hg_index flow, int from_server);

/* ---- saving directions and their kept bytes, so that another engine can continue with them ----
 *
 *     header    the number of flows, and of directions with kept bytes
 *     streams   two for each flow
 *     held      for each direction with kept bytes: header, runs, bytes */

/* Saves or loads the directions of flows with an index below `flows`. Loading replaces all directions. HG_E_ARGUMENT:
 * the bytes are damaged, or have another number of flows; then all directions are empty. */
void hg_streams_transfer(hg_streams *streams, hg_index flows, hg_saved *saved);

/* ---- internal: shared by the files of streams ------------------------ */

enum { HG_LEAST_BUFFER = 2048 };

/* How many bytes of a direction's buffer are in use, including gaps. */
static inline uint32_t hg_held_end(const hg_stream *stream, const hg_held *held)
{
    const uint32_t end = held->run_count > 0 ? held->runs[held->run_count - 1].end : stream->length;
    const uint32_t doubtful = held->doubtful_count > 0 ? held->doubtful[held->doubtful_count - 1].end : 0;
    return end > doubtful ? end : doubtful;
}

/* The bound of a direction, counted from the first kept byte; in whole streams, from the first byte that readers
 * need. */
static inline uint32_t hg_stream_room(const hg_streams *streams, const hg_stream *stream)
{
    if (streams->whole)
        return streams->stream_bytes;
    const uint32_t room = streams->stream_bytes - stream->offset; /* hg_stream_begin_again sets offsets below 0 */
    return (int32_t)room > 0 ? room : 0;
}

/* The sequence number after the last byte that arrived. */
static inline uint32_t hg_streams_end(const hg_streams *streams, const hg_stream *stream)
{
    return stream->next + (stream->held == 0 ? 0 : hg_held_end(stream, streams->held + stream->held) - stream->length);
}

/* Adds a run of good bytes; the last one is forgotten if there would be too many. */
static inline void hg_stream_add_run(hg_stream *stream, hg_held *held, hg_byte_run run, hg_stats *stats)
{
    const uint32_t last = held->runs[HG_MOST_RUNS - 1].first;
    if (hg_runs_add_early(held->runs, &held->run_count, HG_MOST_RUNS, run))
        return;
    stats->streams_with_gap += !stream->forgot;
    stream->forgot = 1;
    stream->beyond = stream->next + ((run.first > last ? run.first : last) - stream->length);
}

/* How many of `length` bytes from number `seq` on are before the first forgotten one. */
static inline uint32_t hg_stream_known(const hg_stream *stream, uint32_t seq, uint32_t length)
{
    const int32_t before = (int32_t)(stream->beyond - seq);
    if (!stream->forgot || before >= (int32_t)length || (int32_t)(stream->beyond - stream->next) < 0)
        return length; /* or the forgotten bytes were skipped */
    return before > 0 ? (uint32_t)before : 0;
}

/* Counts a direction whose connection ends while it has bytes that no reader could have. */
static inline void hg_streams_count_unread(const hg_streams *streams, const hg_stream *stream)
{
    const hg_held *held = streams->held + stream->held;
    if (stream->held == 0)
        return;
    streams->stats->streams_disputed += held->doubtful_count > 0;
    streams->stats->streams_with_gap += held->run_count > 0 && !stream->forgot;
}

/* Keeps a doubtful copy (hg_held.other), if there is memory and no earlier one is kept. */
void hg_streams_keep_other(hg_streams *streams, hg_held *held, uint32_t seq, const uint8_t *data, uint32_t length);
void hg_streams_drop_other(hg_streams *streams, hg_held *held);
/* Takes that copy when bytes up to offset `limit` are acknowledged, if its first byte still is the doubtful one: then
 * no good segment filled the gap before it, and as in Linux, what begins earlier displaces later bytes. */
void hg_streams_take_other(hg_streams *streams, const hg_stream *stream, hg_held *held, uint32_t limit);
/* As hg_streams_stop. */
void hg_stream_stop(hg_streams *streams, hg_stream *stream);
/* Frees the kept bytes of a direction. */
void hg_streams_release(hg_streams *streams, hg_stream *stream);
/* Gives the direction a buffer of at least `bytes`. 0: there is no memory, and the direction is given up. */
int hg_streams_reserve(hg_streams *streams, hg_stream *stream, uint32_t bytes);
