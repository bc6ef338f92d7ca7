/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * row_answer.c - the public functions for answers about rows.
 */
#include "answers/cache.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/kinds.h"

/* ---- the observation of a row ------------------------------------------------------------------------- */

/* The observation from which a row was made, as far as matching needs it. */
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

/* ---- public functions --------------------------------------------------------------------------------------- */

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

hg_status hg_row_answer(const hg_batch *batch, const hg_database *database, uint32_t row, hg_answer *out, char *texts,
                        size_t capacity, size_t *length, hg_error *error)
{
    hg_answer_cache cache = {.answerer = {.database = database}, .places = 2};
    hg_writer to = {.may_grow = 1};
    hg_named_handshake of;
    hg_known_answer *known;
    *length = 0;
    hg_status status = hg_handshake_of_row(batch, database, row, &of, error);
    if (status != HG_OK || of.signature == HG_NO_SIGNATURE)
        return status;
    status = hg_answer_of(&cache, &of, &known, error);
    if (status == HG_OK)
        put_answer(&to, database, &known->found, out);
    if (to.is_full || to.length > UINT32_MAX)
        status = hg_fail(error, HG_E_MEMORY, "no memory for the answer to row %u", row);
    if (status == HG_OK)
        *length = to.length;
    if (*length <= capacity && *length > 0)
        memcpy(texts, to.at, *length);
    free(to.at);
    hg_answer_cache_use(&cache, NULL);
    return status;
}

hg_status hg_row_confidences(const hg_batch *batch, const hg_database *database, hg_row_confidence *out,
                             hg_error *error)
{
    hg_answer_cache cache = {.answerer = {.database = database}, .places = 512};
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
