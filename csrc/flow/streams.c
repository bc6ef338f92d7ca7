/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams.c - puts the bytes of a direction in order.
 */
#include "flow/streams.h"

/* The kept bytes in order that readers still need. */
static hg_bytes bytes_of(const hg_streams *streams, const hg_stream *stream)
{
    const hg_held *held = streams->held + stream->held;
    return (hg_bytes){held->bytes + stream->passed, stream->length - stream->passed, stream->offset + stream->passed};
}

/* ---- runs -------------------------------------------------------------------------------- */

/* Joins the runs that continue the first `length` bytes, which are in order. Returns how many bytes then are. */
static uint32_t join_runs(hg_held *held, uint32_t length)
{
    uint32_t joined = 0;
    for (; joined < held->run_count && held->runs[joined].first <= length; joined++)
        if (held->runs[joined].end > length)
            length = held->runs[joined].end;
    held->run_count -= joined;
    memmove(held->runs, held->runs + joined, held->run_count * sizeof *held->runs);
    return length;
}

/* ---- one segment ------------------------------------------------------------------------- */

void hg_streams_begin(hg_streams *streams, hg_index flow, int from_server, uint32_t seq)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    if (stream->state == HG_STREAM_UNKNOWN)
        *stream = (hg_stream){.next = seq, .state = HG_STREAM_OPEN};
}

/* ---- doubtful bytes ---------------------------------------------------------------------- */

/* Notes that a direction has other bytes with the numbers of those that are read. `anomalies` are those of the less
 * likely ones. */
static void note_rivals(hg_held *held, uint32_t anomalies)
{
    if ((anomalies & HG_RIVALLING) != 0)
        held->taken |= HG_ANOMALY(DIFFERENT_COPIES);
}

/* Removes the bytes `first` to `end` - 1 from the doubtful ones, because good bytes take their place. `data` are the
 * good bytes, or NULL if they are the same. If there are too many runs then, the last ones are forgotten. */
static void replace_doubtful(hg_streams *streams, hg_held *held, uint32_t first, uint32_t end, const uint8_t *data)
{
    const hg_byte_run cut = {first, end};
    if (data != NULL && hg_runs_differ(held->doubtful, held->doubtful_count, held->bytes, cut, data)) {
        streams->stats->streams_displaced++;
        note_rivals(held, held->doubt);
    }
    hg_runs_cut(held->doubtful, &held->doubtful_count, HG_MOST_DOUBTFUL, cut);
}

/* Adds doubtful bytes where none are held yet. 0: there were too many runs, so the last ones are forgotten. */
static int fill_doubtful(hg_held *held, hg_byte_run run, const uint8_t *data)
{
    int fits = 1;
    for (uint32_t at = run.first; at < run.end;) {
        const uint32_t doubtful = hg_runs_known(held->doubtful, held->doubtful_count, at);
        const uint32_t known = doubtful > at ? doubtful : hg_runs_known(held->runs, held->run_count, at);
        const uint32_t until = hg_runs_next(held->doubtful, held->doubtful_count, at,
                                            hg_runs_next(held->runs, held->run_count, at, run.end));
        if (known == at) {
            fits &=
                hg_runs_add_early(held->doubtful, &held->doubtful_count, HG_MOST_DOUBTFUL, (hg_byte_run){at, until});
            memcpy(held->bytes + at, data + (at - run.first), until - at);
        }
        at = known > at ? known : until;
    }
    return fits;
}

/* 1 when `bytes` can be kept without memory of other directions. */
static int has_spare(const hg_streams *streams, const hg_stream *stream, uint32_t bytes)
{
    const int has_record = stream->held != 0 || streams->free != 0 || streams->held_count < streams->most_held;
    return has_record && streams->bytes + 2 * ((uint64_t)bytes + HG_LEAST_BUFFER) <= streams->most_bytes;
}

/* Keeps doubtful bytes, which begin at number `seq`, of a direction that has others after a gap, or doubtful ones. */
static void hold_beside(hg_streams *streams, hg_held *held, uint32_t seq, hg_byte_run run, const uint8_t *data,
                        uint32_t anomalies)
{
    const int is_unlikely = (anomalies & HG_UNLIKELY) != 0, was_unlikely = (held->doubt & HG_UNLIKELY) != 0;
    const int is_rival =
        is_unlikely >= was_unlikely && hg_runs_differ(held->doubtful, held->doubtful_count, held->bytes, run, data);
    const int displaces = hg_runs_differ(held->runs, held->run_count, held->bytes, run, data) ||
                          (is_rival && hg_runs_known(held->doubtful, held->doubtful_count, run.first) == run.first);
    if (is_rival || displaces)
        note_rivals(held, anomalies);
    if (displaces && (anomalies & HG_RIVALLING) != 0 && (anomalies & HG_ANOMALY(INVALID_CHECKSUM)) == 0)
        hg_streams_keep_other(streams, held, seq, data, run.end - run.first);
    anomalies |= is_rival && is_unlikely == was_unlikely ? HG_ANOMALY(DIFFERENT_COPIES) : 0;
    if (was_unlikely && !is_unlikely)
        replace_doubtful(streams, held, run.first, run.end, data);
    if (held->doubtful_count == 0)
        held->doubt = 0;
    held->doubt |= anomalies;
    hg_count_anomalies(streams->stats, anomalies & HG_ANOMALY(DIFFERENT_COPIES));
    streams->stats->anomalies[HG_ANOMALY_NO_ROOM] += !fill_doubtful(held, run, data);
}

int hg_streams_hold(hg_streams *streams, hg_index flow, int from_server, uint32_t seq, const uint8_t *data,
                    uint32_t length, uint32_t anomalies)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    const int is_first = stream->state == HG_STREAM_UNKNOWN;
    hg_streams_begin(streams, flow, from_server, seq);
    stream->guessed |= (uint8_t)is_first;
    const int64_t first = (int64_t)stream->length + (int32_t)(seq - stream->next), end = first + length;
    const uint32_t begin = first > stream->length ? (uint32_t)first : stream->length;
    if (stream->state != HG_STREAM_OPEN || end <= begin)
        return 0;
    if (hg_stream_known(stream, seq, length) < length ||
        end - (streams->whole ? stream->passed : 0) > hg_stream_room(streams, stream) ||
        !has_spare(streams, stream, (uint32_t)end) || !hg_streams_reserve(streams, stream, (uint32_t)end)) {
        streams->stats->anomalies[HG_ANOMALY_NO_ROOM]++;
        return 0;
    }
    hg_held *held = streams->held + stream->held;
    const hg_byte_run run = {begin, (uint32_t)end};
    data += begin - first;
    if ((held->doubtful_count | held->run_count) == 0) { /* the most frequent case, without the search for rivals */
        memcpy(held->bytes + begin, data, run.end - begin);
        held->doubtful[held->doubtful_count++] = run;
        held->doubt = anomalies;
        return 1;
    }
    hold_beside(streams, held, seq + (uint32_t)(begin - first), run, data, anomalies);
    return held->doubtful_count > 0;
}

/* ---- good bytes -------------------------------------------------------------------------- */

/* Keeps an out-of-order segment, which begins `ahead` bytes after the bytes in order. */
static void hold_run(hg_streams *streams, hg_stream *stream, uint32_t ahead, const uint8_t *data, uint32_t length)
{
    const uint32_t room = hg_stream_room(streams, stream);
    if ((uint64_t)stream->length - (streams->whole ? stream->passed : 0) + ahead >= room) { /* as hg_stream_room */
        const int is_second = stream->beyond == stream->next + ahead;
        if (stream->forgot)
            return;
        stream->beyond = stream->next + ahead + length;
        streams->stats->streams_with_gap += (uint64_t)is_second;
        if (is_second)
            hg_stream_stop(streams, stream);
        return;
    }
    const uint32_t first = stream->length + ahead;
    const uint32_t end = streams->whole || length < room - first ? first + length : room;
    if (!hg_streams_reserve(streams, stream, end))
        return;
    hg_held *held = streams->held + stream->held;
    const uint32_t known = hg_runs_known(held->runs, held->run_count, first);
    replace_doubtful(streams, held, first, end, data);
    if (known < end)
        memcpy(held->bytes + known, data + (known - first), end - known);
    hg_stream_add_run(stream, held, (hg_byte_run){first, end}, streams->stats);
}

/* Moves runs after the bytes in order one place forward. */
static void move_runs(hg_byte_run *runs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        runs[i].first--;
        runs[i].end--;
    }
}

/* Takes the byte out of band from bytes that were put in order in the buffer, if it is one of them. */
static __attribute__((cold, noinline)) hg_bytes leave_out_urgent(hg_streams *streams, hg_stream *stream, hg_held *held,
                                                                 hg_bytes bytes)
{
    const uint32_t before_end = stream->next - held->urgent;
    if (held->urged != HG_URGED || (int32_t)before_end <= 0)
        return bytes;
    held->urged = 0;
    if (before_end > bytes.length)
        return bytes;
    const uint32_t place = stream->length - before_end;
    streams->stats->anomalies[HG_ANOMALY_URGENT_BYTE]++;
    memmove(held->bytes + place, held->bytes + place + 1, hg_held_end(stream, held) - place - 1);
    stream->length--;
    move_runs(held->runs, held->run_count);
    move_runs(held->doubtful, held->doubtful_count);
    bytes.length--;
    return bytes;
}

/* Joins the runs to the first `length` bytes, which are in order, and returns the bytes that readers still need. */
static hg_bytes put_in_order(hg_streams *streams, hg_stream *stream, uint32_t length)
{
    const uint32_t before = stream->length;
    stream->length = join_runs(streams->held + stream->held, length);
    stream->next += stream->length - before;
    HG_LIST_REMOVE(streams->held, stream->held);
    HG_LIST_APPEND(streams->held, stream->held, 0);
    hg_held *held = streams->held + stream->held;
    const hg_bytes bytes = bytes_of(streams, stream);
    return __builtin_expect(held->urged, 0) != 0 ? leave_out_urgent(streams, stream, held, bytes) : bytes;
}

/* Appends a segment's data to the kept bytes in order. */
static hg_bytes continue_held(hg_streams *streams, hg_stream *stream, const uint8_t *data, uint32_t length)
{
    if (!hg_streams_reserve(streams, stream, stream->length + length))
        return (hg_bytes){0};
    hg_held *held = streams->held + stream->held;
    replace_doubtful(streams, held, stream->length, stream->length + length, data);
    memcpy(held->bytes + stream->length, data, length);
    return put_in_order(streams, stream, stream->length + length);
}

/* The end of the bytes that an acknowledgement covers: a FIN takes a number, too. */
static uint32_t end_of_acked(const hg_held *held, uint32_t acked)
{
    return held->ends && acked - held->fin == 1 ? held->fin : acked;
}

int hg_streams_may_confirm(const hg_streams *streams, hg_index flow, int from_server, uint32_t acked)
{
    const hg_stream *stream = hg_stream_of(streams, flow, from_server);
    const hg_held *held = streams->held + stream->held;
    return stream->held != 0 && held->doubtful_count > 0 &&
           (int64_t)stream->length + (int32_t)(end_of_acked(held, acked) - stream->next) > held->doubtful[0].first;
}

hg_bytes hg_streams_confirm(hg_streams *streams, hg_index flow, int from_server, uint32_t acked, int *left)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    hg_held *held = streams->held + stream->held;
    *left = stream->held != 0 && held->doubtful_count > 0;
    if (!hg_streams_may_confirm(streams, flow, from_server, acked))
        return (hg_bytes){0};
    acked = end_of_acked(held, acked);
    const uint32_t limit = stream->length + (acked - stream->next);
    if (held->other != NULL)
        hg_streams_take_other(streams, stream, held, limit);
    if (held->doubtful_count == 1 && held->doubtful[0].end <= limit && held->run_count == 0)
        held->runs[held->run_count++] = held->doubtful[--held->doubtful_count];
    for (uint32_t i = 0; i < held->doubtful_count && held->doubtful[i].first < limit; i++) {
        const uint32_t end = held->doubtful[i].end < limit ? held->doubtful[i].end : limit;
        hg_stream_add_run(stream, held, (hg_byte_run){held->doubtful[i].first, end}, streams->stats);
    }
    held->taken |= held->doubt;
    held->ends &= (int32_t)(acked - held->fin) <= 0;
    replace_doubtful(streams, held, 0, limit, NULL);
    if (held->urged == HG_MAY_BE_URGED && (int32_t)(acked - held->urgent) > 0)
        held->urged = HG_URGED;
    *left = held->doubtful_count > 0;
    stream->guessed = 0;
    if (held->run_count == 0 || held->runs[0].first > stream->length)
        return (hg_bytes){0};
    return put_in_order(streams, stream, stream->length);
}

void hg_streams_begin_again(hg_streams *streams, hg_stream *stream, uint32_t seq)
{
    hg_streams_release(streams, stream);
    *stream = (hg_stream){.next = seq, .state = HG_STREAM_OPEN};
}

/* A sender that goes on after the data of its SYN knows that the receiver took them; otherwise it would repeat them. */
static void confirm_syn(hg_streams *streams, hg_stream *stream, uint32_t seq)
{
    hg_held *held = streams->held + stream->held;
    stream->in_syn = 0;
    if (stream->held == 0 || held->doubtful_count == 0)
        return;
    const hg_byte_run run = held->doubtful[0];
    if (run.first != stream->length || seq - stream->next != run.end - run.first)
        return;
    replace_doubtful(streams, held, run.first, run.end, NULL);
    (void)put_in_order(streams, stream, run.end);
}

hg_bytes hg_streams_take(hg_streams *streams, hg_index flow, int from_server, uint32_t seq, const uint8_t *data,
                         uint32_t length)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    if (stream->guessed) /* good data show the beginning better */
        hg_streams_begin_again(streams, stream, seq);
    if (stream->in_syn)
        confirm_syn(streams, stream, seq);
    hg_streams_begin(streams, flow, from_server, seq);
    length = hg_stream_known(stream, seq, length);
    if (stream->state != HG_STREAM_OPEN || length == 0)
        return (hg_bytes){0};
    int32_t ahead = (int32_t)(seq - stream->next);
    if (ahead > 0) {
        hold_run(streams, stream, (uint32_t)ahead, data, length);
        return (hg_bytes){0};
    }
    uint32_t known = 0u - (uint32_t)ahead;
    if (known >= length)
        return (hg_bytes){0};
    data += known, length -= known;
    if (!streams->whole && length > hg_stream_room(streams, stream) - stream->length)
        length = hg_stream_room(streams, stream) - stream->length;
    if (stream->held != 0)
        return continue_held(streams, stream, data, length);
    stream->next += length;
    stream->length = length;
    return (hg_bytes){.data = data, .length = length, .offset = stream->offset};
}

/* Keeps the unread rest of bytes that were read in place. */
static void keep_rest(hg_streams *streams, hg_stream *stream, const uint8_t *rest, uint32_t length)
{
    stream->length = 0;
    if (length > 0 && hg_streams_reserve(streams, stream, length)) {
        memcpy(streams->held[stream->held].bytes, rest, length);
        stream->length = length;
    }
}

static void shift_runs(hg_byte_run *runs, uint32_t *count, uint32_t done)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        const hg_byte_run run = runs[i];
        if (run.end > done)
            runs[kept++] = (hg_byte_run){run.first > done ? run.first - done : 0, run.end - done};
    }
    *count = kept;
}

/* Removes the first `done` bytes from the buffer, and shifts the runs. */
static void shift(hg_held *held, uint32_t end, uint32_t done)
{
    memmove(held->bytes, held->bytes + done, end - done);
    shift_runs(held->runs, &held->run_count, done);
    shift_runs(held->doubtful, &held->doubtful_count, done);
}

/* The bytes that waited right after the skipped bytes, if there are any. */
static hg_bytes take_waiting(hg_streams *streams, hg_stream *stream)
{
    hg_held *held = streams->held + stream->held;
    if (stream->length > 0 || held->run_count == 0 || held->runs[0].first > 0)
        return (hg_bytes){0};
    stream->length = join_runs(held, 0);
    stream->next += stream->length;
    return bytes_of(streams, stream);
}

/* 1 when bytes that were read stay at the front of the buffer for now. They are removed only when they are at least
 * half of the buffer, so that each byte is moved once on average. */
static int stays_in_buffer(const hg_streams *streams, const hg_stream *stream, uint32_t passed)
{
    return stream->held != 0 && passed < hg_held_end(stream, streams->held + stream->held) / 2;
}

static inline __attribute__((always_inline)) hg_bytes keep(hg_streams *streams, hg_index flow, int from_server,
                                                           const hg_bytes *bytes, uint32_t offset)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    const uint32_t done = offset - bytes->offset, left = done < bytes->length ? bytes->length - done : 0;
    if ((streams->whole ? left : bytes->offset + bytes->length) >= streams->stream_bytes) {
        hg_stream_stop(streams, stream);
        streams->stats->streams_too_long++;
        return (hg_bytes){0};
    }
    const uint32_t passed = stream->passed + done;
    if (done <= bytes->length && stays_in_buffer(streams, stream, passed)) {
        stream->passed = passed;
        return (hg_bytes){0};
    }
    stream->offset = offset;
    stream->passed = 0;
    if (done > bytes->length)
        stream->next += done - bytes->length;
    if (stream->held == 0) {
        keep_rest(streams, stream, bytes->data + (bytes->length - left), left);
        return (hg_bytes){0};
    }
    hg_held *held = streams->held + stream->held;
    const uint32_t end = hg_held_end(stream, held);
    stream->length = left;
    if (end <= passed) {
        held->run_count = held->doubtful_count = 0;
        if (!held->ends && (held->urged == 0 || (int32_t)(held->urgent - stream->next) < 0))
            hg_streams_release(streams, stream);
        return (hg_bytes){0};
    }
    shift(held, end, passed);
    return take_waiting(streams, stream);
}

hg_bytes hg_streams_keep(hg_streams *streams, hg_index flow, int from_server, const hg_bytes *bytes, uint32_t offset)
{
    return keep(streams, flow, from_server, bytes, offset);
}

void hg_streams_keep_all(hg_streams *streams, hg_index flow, int from_server, const hg_bytes *bytes)
{
    (void)keep(streams, flow, from_server, bytes, bytes->offset);
}

int hg_streams_charge(hg_streams *streams, hg_index flow, int from_server, uint32_t length, uint32_t examined)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    const uint64_t spent = (uint64_t)stream->debt + examined, earned = (uint64_t)length * HG_WORK_PER_BYTE;
    stream->debt = spent > earned ? (uint32_t)(spent - earned) : 0;
    if (stream->debt <= HG_MOST_DEBT)
        return 1;
    hg_stream_stop(streams, stream);
    streams->stats->streams_too_costly++;
    return 0;
}

void hg_streams_stop(hg_streams *streams, hg_index flow, int from_server)
{
    hg_stream_stop(streams, hg_stream_of(streams, flow, from_server));
}
