/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "names/cache.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/kinds.h"
#include "rows/check.h"

/* The cache is emptied when its texts exceed this: labels in a database may have any length. */
#define MOST_BYTES ((size_t)64 << 20)

static void forget(hg_answer_cache *cache)
{
    for (uint32_t i = 0; cache->known != NULL && i < cache->places; i++) {
        free(cache->known[i].text);
        free(cache->known[i].numbers);
    }
    free(cache->known);
    cache->known = NULL;
    cache->bytes = 0;
}

void hg_answer_cache_use(hg_answer_cache *cache, const hg_database *database)
{
    forget(cache);
    free(cache->answerer.memory);
    cache->answerer = (hg_answerer){.database = database};
}

_Static_assert(sizeof(hg_named_handshake) == sizeof(hg_observation) + 8, "no padding");

/* Copies the answer's numbers out of the answerer's memory. */
static hg_status keep_numbers(hg_known_answer *known, hg_error *error)
{
    hg_found_answer *found = &known->found;
    const uint32_t families = found->family_count, count = families + found->candidate_count;
    if (count > known->room) {
        free(known->numbers);
        known->numbers = malloc(count * sizeof *known->numbers);
        known->room = known->numbers == NULL ? 0 : count;
        if (known->numbers == NULL)
            return hg_fail(error, HG_E_MEMORY, "no memory for an answer");
    }
    if (count == 0) /* the pointers may be NULL */
        return HG_OK;
    if (families > 0)
        memcpy(known->numbers, found->families, families * sizeof *known->numbers);
    if (found->candidate_count > 0)
        memcpy(known->numbers + families, found->candidates, found->candidate_count * sizeof *known->numbers);
    found->families = known->numbers;
    found->candidates = known->numbers + families;
    return HG_OK;
}

/* Fills an entry with the answer to a handshake. */
static hg_status find(hg_answer_cache *cache, hg_known_answer *known, const hg_named_handshake *handshake,
                      hg_error *error)
{
    known->of = *handshake;
    known->number = known->is_known = 0;
    known->length = 0;
    if (handshake->signature == HG_NO_SIGNATURE || cache->answerer.database == NULL) {
        known->found = (hg_found_answer){.handshake = &known->of};
        known->is_known = 1;
        return HG_OK;
    }
    hg_status status = hg_answer_find(&cache->answerer, &known->of, &known->found, error);
    if (status == HG_OK)
        status = keep_numbers(known, error);
    known->is_known = status == HG_OK;
    return status;
}

hg_status hg_answer_of(hg_answer_cache *cache, const hg_named_handshake *handshake, hg_known_answer **out,
                       hg_error *error)
{
    if (cache->bytes > MOST_BYTES)
        forget(cache);
    if (cache->known == NULL)
        cache->known = calloc(cache->places, sizeof *cache->known);
    if (cache->known == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for answers");
    hg_known_answer *pair =
        cache->known + (hg_hash_fold(hg_hash_span(0, hg_span_of(handshake, sizeof *handshake))) & (cache->places - 2));
    for (int i = 0; i < 2; i++)
        if (pair[i].is_known && memcmp(&pair[i].of, handshake, sizeof *handshake) == 0) {
            *out = pair + i;
            return HG_OK;
        }
    const int next = !pair->is_known || pair->is_older ? 0 : 1;
    pair[next].is_older = 0;
    pair[!next].is_older = 1;
    *out = pair + next;
    return find(cache, pair + next, handshake, error);
}

hg_writer hg_answer_write(const hg_known_answer *known)
{
    return (hg_writer){.at = known->text, .capacity = known->capacity, .is_json = 1, .may_grow = 1};
}

hg_status hg_answer_keep(hg_answer_cache *cache, hg_known_answer *known, const hg_writer *to, hg_error *error)
{
    cache->bytes += to->capacity - known->capacity;
    known->text = to->at;
    known->capacity = to->capacity;
    known->length = to->is_full ? 0 : to->length;
    return to->is_full ? hg_fail(error, HG_E_MEMORY, "no memory for the text of an answer") : HG_OK;
}

/* ---- answers about rows: the public functions ---------------------------------------------------------- */

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

hg_named_handshake hg_handshake_of_checked(hg_row row)
{
    const hg_tcp_columns *tcp = &row.columns->tcp;
    return (hg_named_handshake){observation_of(row), tcp->signature[row.at], tcp->fuzzy[row.at] != 0, {0}};
}

hg_status hg_handshake_of_row(const hg_batch *batch, const hg_database *database, hg_row row, hg_named_handshake *out,
                              hg_error *error)
{
    if (!hg_event_is_handshake(row.columns->event[row.index]))
        return hg_fail(error, HG_E_ARGUMENT, "row %u is no handshake", row.index);
    const hg_status status = hg_check_row_of(batch, &row, database, error);
    if (status == HG_OK)
        *out = hg_handshake_of_checked(row);
    return status;
}

hg_status hg_answer_of_row(hg_answer_cache *cache, const hg_batch *batch, hg_row row, hg_known_answer **out,
                           hg_error *error)
{
    hg_named_handshake of;
    const hg_status status = hg_handshake_of_row(batch, cache->answerer.database, row, &of, error);
    *out = NULL;
    return status != HG_OK || of.signature == HG_NO_SIGNATURE ? status : hg_answer_of(cache, &of, out, error);
}

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
    hg_known_answer *known;
    *length = 0;
    if (row >= batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "row %u of a batch of %u", row, batch->count);
    hg_status status = hg_answer_of_row(&cache, batch, hg_row_of(batch, row), &known, error);
    if (status == HG_OK && known != NULL)
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
