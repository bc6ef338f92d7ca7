/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * row_answer.c - answers to rows, for callers.
 */
#include "answers/row_answer.h"

#include <math.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/kinds.h"

/* ---- what an answer depends on ------------------------------------------------------------------------- */

/* What a row was made of, as far as matching needs it. */
static hg_observation observation_of(hg_row row)
{
    const hg_tcp_columns *tcp = &row.columns->tcp;
    const uint32_t at = row.at;
    hg_observation seen = {
        .quirks = tcp->quirks[at],
        .mss = tcp->mss[at],
        .window = tcp->wsize[at],
        .window_multiple = tcp->window_multiple[at],
        .window_kind = tcp->window_kind[at],
        .wscale = tcp->wscale[at],
        .version = row.columns->ip_version[row.index],
        .response = row.columns->event[row.index] == HG_EVENT_SYN_ACK,
        .ttl = tcp->ttl[at],
        .olen = tcp->olen[at],
        .payload = tcp->pclass[at],
        .option_count = tcp->olayout[at][HG_OLAYOUT_COUNT],
        .eol_pad = tcp->olayout[at][HG_OLAYOUT_EOL_PAD],
    };
    memcpy(seen.options, tcp->olayout[at], sizeof seen.options);
    return seen;
}

hg_status hg_handshake_of_row(const hg_batch *batch, const hg_database *database, uint32_t index, hg_named_handshake *out,
                              hg_error *error)
{
    if (index >= batch->count || !hg_event_is_handshake(batch->columns.event[index]))
        return hg_fail(error, HG_E_ARGUMENT, "row %u is no handshake", index);
    const hg_row row = hg_row_of(batch, index);
    if (row.at == UINT32_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has no values in the columns of its reader", index);
    const uint32_t signature = row.columns->tcp.signature[row.at];
    if (signature != HG_NO_SIGNATURE && (database == NULL || signature >= database->tables.signatures_count))
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to what the database does not hold", index);
    if (row.columns->tcp.olayout[row.at][HG_OLAYOUT_COUNT] > HG_MAX_OPTIONS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u claims more than %d options", index, HG_MAX_OPTIONS);
    *out = (hg_named_handshake){observation_of(row), signature, row.columns->tcp.fuzzy[row.at] != 0, {0}};
    return HG_OK;
}

enum { PLACES = 512, SOME_ROWS = 64 };

/* ---- for callers --------------------------------------------------------------------------------------- */

static void put_texts(hg_writer *to, const hg_database *database, const hg_found_answer *answer, uint32_t *ends)
{
    for (int what = 0; what < HG_ANSWER_TEXTS; what++) {
        for (uint32_t i = 0; i < hg_answer_items(answer, (hg_answer_text)what); i++) {
            hg_answer_put_item(to, database, answer, (hg_answer_text)what, i);
            hg_write_word(to, "\n");
        }
        ends[what] = (uint32_t)to->length;
    }
}

static void put_answer(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_answer *out)
{
    *out = (hg_answer){
        .confidence = answer->confidence,
        .version_confidence = hg_answer_version_confidence(database, answer),
        .version_share = answer->version_share,
        .basis = answer->basis,
    };
    put_texts(to, database, answer, out->ends);
}

/* Answers that differ, found again by their texts. They lie side by side in memory of the caller, so that base/pool.h cannot
 * hold them. */
typedef struct answer_set {
    hg_answer *answers;
    uint32_t count;
    uint32_t *slots; /* number + 1, or 0 */
    uint32_t mask;
} answer_set;

static int make_set(answer_set *set, hg_answer *answers, uint32_t most)
{
    *set = (answer_set){.answers = answers, .mask = 15};
    while (set->mask < 2 * (size_t)most && set->mask < UINT32_MAX)
        set->mask = 2 * set->mask + 1;
    set->slots = calloc((size_t)set->mask + 1, sizeof *set->slots);
    return set->slots != NULL;
}

static size_t begin_of(const answer_set *set, uint32_t number)
{
    return number == 0 ? 0 : set->answers[number - 1].ends[HG_ANSWER_TEXTS - 1];
}

/* Equal texts may be of labels with versions and without, and of tools and systems. */
static int has_equal_values(const hg_answer *one, const hg_answer *other)
{
    return one->confidence == other->confidence && one->basis.weight == other->basis.weight &&
           one->basis.counts_families == other->basis.counts_families &&
           memcmp(&one->version_confidence, &other->version_confidence, sizeof one->version_confidence) == 0 &&
           memcmp(&one->version_share, &other->version_share, sizeof one->version_share) == 0;
}

/* The number of the answer just added, or of an equal earlier one; then the new texts are removed. */
static uint32_t number_of(answer_set *set, hg_writer *to)
{
    const size_t begin = begin_of(set, set->count), length = to->length - begin;
    uint32_t slot = hg_hash_bytes(to->at + begin, length) & set->mask;
    for (; set->slots[slot] != 0; slot = (slot + 1) & set->mask) {
        const uint32_t other = set->slots[slot] - 1;
        const size_t start = begin_of(set, other);
        if (begin_of(set, other + 1) - start != length || memcmp(to->at + start, to->at + begin, length) != 0 ||
            !has_equal_values(set->answers + other, set->answers + set->count))
            continue;
        to->length = begin;
        return other;
    }
    set->slots[slot] = ++set->count;
    return set->count - 1;
}

hg_status hg_row_answers(const hg_batch *batch, const hg_database *database, const uint32_t *rows, uint32_t count,
                         int32_t *numbers, hg_answer *answers, uint32_t *answer_count, char *texts, size_t capacity,
                         uint32_t *done, hg_error *error)
{
    hg_answer_cache cache = {.answerer = {.database = database}, .places = count < SOME_ROWS ? 2 : PLACES};
    hg_writer to = {.at = texts, .capacity = capacity < UINT32_MAX ? capacity : UINT32_MAX};
    answer_set set;
    hg_status status = make_set(&set, answers, count) ? HG_OK : hg_fail(error, HG_E_MEMORY, "no memory for answers");
    for (*done = 0; status == HG_OK && *done < count; ++*done) {
        hg_named_handshake of;
        hg_known_answer *known;
        numbers[*done] = -1;
        status = hg_handshake_of_row(batch, database, rows[*done], &of, error);
        if (status == HG_OK && of.signature == HG_NO_SIGNATURE)
            continue;
        if (status == HG_OK)
            status = hg_answer_of(&cache, &of, &known, error);
        if (status == HG_OK)
            put_answer(&to, database, &known->found, answers + set.count);
        if (status != HG_OK || to.is_full)
            break;
        numbers[*done] = (int32_t)number_of(&set, &to);
    }
    *answer_count = set.count;
    free(set.slots);
    hg_answer_cache_use(&cache, NULL);
    return status;
}

hg_status hg_row_confidences(const hg_batch *batch, const hg_database *database, hg_row_confidence *out,
                             hg_error *error)
{
    hg_answer_cache cache = {.answerer = {.database = database}, .places = PLACES};
    hg_status status = HG_OK;
    for (uint32_t row = 0; status == HG_OK && row < batch->count; row++) {
        hg_named_handshake of;
        hg_known_answer *known;
        out[row] = (hg_row_confidence){(double)NAN, (double)NAN, 0, 0};
        if (!hg_event_is_handshake(batch->columns.event[row]))
            continue;
        status = hg_handshake_of_row(batch, database, row, &of, error);
        if (status != HG_OK || of.signature == HG_NO_SIGNATURE)
            continue;
        status = hg_answer_of(&cache, &of, &known, error);
        if (status == HG_OK)
            out[row] = (hg_row_confidence){known->found.confidence, hg_answer_version_confidence(database, &known->found),
                                           known->found.family_count, 0};
    }
    hg_answer_cache_use(&cache, NULL);
    return status;
}
