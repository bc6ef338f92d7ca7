/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fuzz.h - what the fuzz targets share: an input read from its front, a batch with memory, and
 * checks that stay in every build.
 */
#ifndef HG_FUZZ_H
#define HG_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "huginn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(condition)                                                                               \
    do {                                                                                                    \
        if (!(condition)) {                                                                                 \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                         \
            abort();                                                                                        \
        }                                                                                                   \
    } while (0)

typedef struct fuzz_input {
    const uint8_t *at;
    size_t left;
} fuzz_input;

/* Bytes behind the end of the input are zero. */
static inline void fuzz_take(fuzz_input *input, void *out, size_t bytes)
{
    size_t there = bytes < input->left ? bytes : input->left;
    memset(out, 0, bytes);
    if (there > 0)
        memcpy(out, input->at, there);
    input->at += there;
    input->left -= there;
}

static inline uint8_t fuzz_byte(fuzz_input *input)
{
    uint8_t value;
    fuzz_take(input, &value, 1);
    return value;
}

/* Memory of exactly this size, so that a sanitizer sees every read past its end. */
static inline uint8_t *fuzz_copy(const uint8_t *bytes, size_t length)
{
    uint8_t *copy = malloc(length);
    FUZZ_CHECK(copy != NULL || length == 0);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

/* The columns that inputs fill, and all of them: those that events share, and those of the readers. */
#define FUZZ_FILLED_COLUMNS(X)                                                                              \
    X(time_ns) X(packet_number) X(event) X(from_server) X(version) X(src_ip) X(dst_ip) X(src_port)          \
    X(dst_port) X(tunnel) X(tcp.ttl) X(tcp.ittl) X(tcp.distance) X(tcp.olen) X(tcp.mss) X(tcp.wsize)                   \
    X(tcp.window_kind) X(tcp.window_multiple) X(tcp.wscale) X(tcp.olayout) X(tcp.quirks) X(tcp.pclass)      \
    X(tcp.dscp) X(tcp.signature) X(tcp.fuzzy) X(tcp.syn_seen) X(tcp.mtu) X(tcp.link)                        \
    X(tcp.uptime_minutes) X(tcp.modulo_days) X(tcp.frequency_hz) X(tcp.raw_frequency_hz) X(tcp.doubt)
#define FUZZ_COLUMNS(X) FUZZ_FILLED_COLUMNS(X) X(flow) X(tcp.row)

/* Each column is memory of its own. */
static inline void fuzz_batch_make(hg_batch *batch, uint32_t capacity)
{
    *batch = (hg_batch){.capacity = capacity};
#define FUZZ_MAKE(column)                                                                                   \
    batch->columns.column = malloc(capacity * sizeof *batch->columns.column);                              \
    FUZZ_CHECK(batch->columns.column != NULL);
    FUZZ_COLUMNS(FUZZ_MAKE)
#undef FUZZ_MAKE
}

/* All values of all rows zero, and no rows. */
static inline void fuzz_batch_clear(hg_batch *batch)
{
    batch->count = 0;
    memset(batch->counts, 0, sizeof batch->counts);
#define FUZZ_CLEAR(column) memset(batch->columns.column, 0, batch->capacity * sizeof *batch->columns.column);
    FUZZ_COLUMNS(FUZZ_CLEAR)
#undef FUZZ_CLEAR
}

/* `count` rows, all of them events of the TCP reader. */
static inline void fuzz_batch_fill(hg_batch *batch, uint32_t count)
{
    batch->count = batch->counts[HG_READER_TCP] = count;
    for (uint32_t row = 0; row < count; row++)
        batch->columns.tcp.row[row] = row;
}

static inline uint64_t fuzz_hash(uint64_t state, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < length; i++)
        state = (state ^ at[i]) * UINT64_C(1099511628211); /* FNV-1a */
    return state;
}

/* A number for all values of all rows, from `state` on, but for their places in the batch. */
static inline uint64_t fuzz_batch_hash(uint64_t state, const hg_batch *batch)
{
    for (uint32_t row = 0; row < batch->count; row++) {
#define FUZZ_HASH(column)                                                                                   \
    state = fuzz_hash(state, batch->columns.column + row, sizeof *batch->columns.column);
        FUZZ_FILLED_COLUMNS(FUZZ_HASH) FUZZ_HASH(flow)
#undef FUZZ_HASH
    }
    return state;
}

/* Writes all rows in all formats; none may fail, and no line may hold what breaks it. */
static inline void fuzz_render(const hg_batch *batch, const hg_database *database)
{
    static char out[1 << 16];
    for (int format = HG_FORMAT_TEXT; format < HG_FORMATS; format++) {
        hg_renderer *renderer;
        FUZZ_CHECK(hg_renderer_new(database, (hg_format)format, NULL, &renderer, NULL) == HG_OK);
        for (uint32_t first = 0, next = 0; first < batch->count; first = next) {
            size_t written = 0;
            hg_error error;
            hg_status status =
                hg_render(renderer, batch, first, batch->count, out, sizeof out, &written, &next, &error);
            if (status == HG_E_ARGUMENT)
                break; /* a name longer than the room */
            FUZZ_CHECK(status == HG_OK && next > first && written <= sizeof out);
            for (size_t i = 0; i < written; i++)
                FUZZ_CHECK((uint8_t)out[i] >= 0x20 || out[i] == '\n');
        }
        hg_renderer_free(renderer);
    }
}

#endif
