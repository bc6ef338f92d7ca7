/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fuzz.h - shared by the fuzz targets: reading an input from its front, a batch with its memory, and checks that are
 * active in every build.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "huginn.h"
#include "hg_columns.h"
#include "hg_records.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Makes freed memory reusable soon. AddressSanitizer would hold back 256 MB of it, and touching new pages all the time
 * took a third of the time of some targets. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=4";
}

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

/* After the end of the input it gives zeros. */
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

/* The next bytes, at most `length`. */
static inline fuzz_input fuzz_part(fuzz_input *input, size_t length)
{
    const fuzz_input part = {input->at, length < input->left ? length : input->left};
    input->at += part.left;
    input->left -= part.left;
    return part;
}

/* Writes a number in `bytes` bytes, big-endian. */
static inline void fuzz_put(uint8_t *at, uint64_t value, uint32_t bytes)
{
    for (; bytes-- > 0; value >>= 8)
        at[bytes] = (uint8_t)value;
}

/* Allocates exactly this size, so that a sanitizer sees every read past the end. */
static inline uint8_t *fuzz_copy(const uint8_t *bytes, size_t length)
{
    uint8_t *copy = malloc(length);
    FUZZ_CHECK(copy != NULL || length == 0);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

/* The columns that inputs fill. Columns of announcements are filled only by the engine. */
#define FUZZ_FILLED_COLUMNS(X)                                                                              \
    HG_SHARED_COLUMNS(X) HG_TCP_COLUMNS(X) HG_TLS_COLUMNS(X) HG_HTTP_COLUMNS(X) HG_CHANGES_COLUMNS(X)
#define FUZZ_TEXTS(X) HG_TLS_TEXTS(X) HG_HTTP_TEXTS(X)

/* Allocates each column separately. */
static inline void fuzz_batch_make(hg_batch *batch, uint32_t capacity)
{
    *batch = (hg_batch){.capacity = capacity};
#define FUZZ_MAKE(column, reader)                                                                                   \
    batch->columns.column = calloc(capacity, sizeof *batch->columns.column);                              \
    FUZZ_CHECK(batch->columns.column != NULL);
    HG_EACH_COLUMN(FUZZ_MAKE)
#undef FUZZ_MAKE
    batch->text_capacity = HG_MIN_TEXTS;
    batch->texts = malloc(batch->text_capacity);
    FUZZ_CHECK(batch->texts != NULL);
}

static inline void fuzz_batch_free(hg_batch *batch)
{
#define FUZZ_FREE(column, reader) free(batch->columns.column);
    HG_EACH_COLUMN(FUZZ_FREE)
#undef FUZZ_FREE
    free(batch->texts);
}

/* Sets all values of all rows to zero, and removes the rows. */
static inline void fuzz_batch_clear(hg_batch *batch)
{
    batch->count = 0;
    memset(batch->counts, 0, sizeof batch->counts);
#define FUZZ_CLEAR(column, reader) memset(batch->columns.column, 0, batch->capacity * sizeof *batch->columns.column);
    HG_EACH_COLUMN(FUZZ_CLEAR)
#undef FUZZ_CLEAR
}

/* Sets `count` rows, each with a value in the columns of every reader. */
static inline void fuzz_batch_fill(hg_batch *batch, uint32_t count)
{
    batch->count = count;
#define FUZZ_FILL(READER, reader)                                                                           \
    batch->counts[HG_READER_##READER] = count;                                                              \
    for (uint32_t row = 0; row < count; row++)                                                              \
        batch->columns.reader.row[row] = row;
    HG_EACH_READER(FUZZ_FILL)
#undef FUZZ_FILL
}

/* Sets `count` rows, and assigns each row to its reader. */
static inline void fuzz_place_rows(hg_batch *batch, uint32_t count)
{
#define FUZZ_ROWS_OF(READER, reader) [HG_READER_##READER] = batch->columns.reader.row,
    uint32_t *const rows[HG_READERS] = {HG_EACH_READER(FUZZ_ROWS_OF)};
#undef FUZZ_ROWS_OF
    batch->count = count;
    memset(batch->counts, 0, sizeof batch->counts);
    for (uint32_t row = 0; row < count; row++) {
        const hg_reader_id reader = hg_event_reader(batch->columns.event[row]);
        rows[reader][batch->counts[reader]++] = row;
    }
}

/* Makes the texts of a row lie within the texts of the batch. */
static inline void fuzz_row_fit_texts(const hg_batch *batch, uint32_t row)
{
    const hg_columns *c = &batch->columns;
#define FUZZ_FIT(text)                                                                                      \
    c->text##_offset[row] %= batch->text_count;                                                             \
    c->text##_length[row] %= batch->text_count + 1 - c->text##_offset[row];
    FUZZ_TEXTS(FUZZ_FIT)
#undef FUZZ_FIT
}

static inline uint64_t fuzz_hash(uint64_t state, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < length; i++)
        state = (state ^ at[i]) * UINT64_C(1099511628211); /* FNV-1a */
    return state;
}

/* A hash of all values of all rows, except text offsets, beginning with `state`. */
static inline uint64_t fuzz_batch_hash(uint64_t state, const hg_batch *batch)
{
    const hg_columns *c = &batch->columns;
    uint32_t next[HG_READERS] = {0}, row, at;
    if (batch->count > 0)
        hg_clear_outer(c->tunnel, batch->count, c->outer[0]);
#define FUZZ_HASH_AT(column, index) state = fuzz_hash(state, c->column + (index), sizeof *c->column);
#define FUZZ_HASH(column) FUZZ_HASH_AT(column, row)
#define FUZZ_HASH_OWN(column) FUZZ_HASH_AT(column, at)
#define FUZZ_HASH_TEXT(text) state = fuzz_hash(state, batch->texts + c->text##_offset[at], c->text##_length[at]);
#define FUZZ_HASH_READER(READER, reader)                                                                    \
    case HG_READER_##READER:                                                                                \
        FUZZ_CHECK(c->reader.row[at] == row);                                                               \
        HG_##READER##_COLUMNS(FUZZ_HASH_OWN)                                                                \
        HG_##READER##_TEXTS(FUZZ_HASH_TEXT)                                                                 \
        break;
    for (row = 0; row < batch->count; row++) {
        const hg_reader_id reader = hg_event_reader(c->event[row]);
        HG_SHARED_COLUMNS(FUZZ_HASH)
        at = next[reader]++;
        switch (reader) {
            HG_EACH_READER(FUZZ_HASH_READER)
        default:
            FUZZ_CHECK(0);
        }
    }
#undef FUZZ_HASH_AT
#undef FUZZ_HASH
#undef FUZZ_HASH_OWN
#undef FUZZ_HASH_TEXT
#undef FUZZ_HASH_READER
    return state;
}

/* Whether two labels agree: the answer is symmetric, and a label never contradicts itself. */
static inline void fuzz_labels_agree(const hg_database *database, uint32_t one, uint32_t other)
{
    const hg_claim first = hg_label_claim(database, one), second = hg_label_claim(database, other);
    const hg_agreement found = hg_claims_agree(&first, &second);
    FUZZ_CHECK(found < HG_AGREEMENTS && hg_claims_agree(&second, &first) == found);
    FUZZ_CHECK(one != other || found < HG_CONTRADICT_STACK);
}

/* Writes all rows in all formats. None may fail, and lines must not contain control characters. */
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
                break; /* a name is longer than the buffer */
            FUZZ_CHECK(status == HG_OK && next > first && written <= sizeof out);
            for (size_t i = 0; i < written; i++)
                FUZZ_CHECK((uint8_t)out[i] >= 0x20 || out[i] == '\n');
        }
        hg_renderer_free(renderer);
    }
}
