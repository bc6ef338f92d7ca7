/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer_json.c - answers as members of a JSON object.
 */
#include "answers/row_answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answers/answer_text.h"
#include "base/error.h"
#include "hg_records.h"

static void put_string(hg_growing *to, const hg_found_answer *answer, hg_answer_text what, uint32_t number)
{
    hg_growing_put(to, "\"");
    hg_answer_put_item(to, answer, what, number);
    hg_growing_put(to, "\"");
}

static void put_list(hg_growing *to, const hg_found_answer *answer, hg_answer_text what)
{
    hg_growing_put(to, "[");
    for (uint32_t i = 0; i < hg_answer_items(answer, what); i++) {
        if (i > 0)
            hg_growing_put(to, ",");
        put_string(to, answer, what, i);
    }
    hg_growing_put(to, "]");
}

/* hg_put_shortest does not write smaller numbers. */
static const double LEAST_SHORTEST = 0.0078125;

static char *put_share(char *p, double share)
{
    if (share == 0.0 || share >= LEAST_SHORTEST)
        return hg_put_shortest(p, share);
    return hg_put_9_digits(hg_put_word(p, "0."), (uint32_t)(share * 1e9 + 0.5));
}

static void put_share_or_null(hg_growing *to, double share)
{
    if (isnan(share))
        hg_growing_put(to, "null");
    else if (hg_growing_reserve(to, HG_SHORTEST_BYTES))
        to->length = (size_t)(put_share(to->at + to->length, share) - to->at);
}

#define PUT_MATCH_FAMILY(to, answer) put_family(to, answer, is_nested)
#define PUT_MATCH_CONFIDENCE(to, answer) put_share_or_null(to, (answer)->confidence)
#define PUT_MATCH_VERSION_CONFIDENCE(to, answer) put_share_or_null(to, hg_answer_version_confidence((to)->database, answer))
#define PUT_MATCH_CANDIDATES(to, answer) put_list(to, answer, HG_ANSWER_CANDIDATES)
#define PUT_MATCH_EVIDENCE(to, answer) put_list(to, answer, HG_ANSWER_EVIDENCE)

/* EVE and ECS keep the word of version 1. */
static void put_family(hg_growing *to, const hg_found_answer *answer, int is_nested)
{
    if (hg_answer_items(answer, HG_ANSWER_FAMILY) > 0)
        put_string(to, answer, HG_ANSWER_FAMILY, 0);
    else
        hg_growing_put(to, is_nested ? "\"" HG_UNKNOWN_FAMILY "\"" : "null");
}

static void put_members(hg_growing *to, const hg_found_answer *answer, int is_nested)
{
#define PUT_MEMBER(FIELD, key)     \
    hg_growing_put(to, "," key);   \
    PUT_##FIELD(to, answer);
    HG_FIELDS_ANSWER(PUT_MEMBER)
#undef PUT_MEMBER
}

static hg_status fill(hg_answer_memo *memo, hg_answer_members *slot, hg_error *error)
{
    hg_found_answer answer;
    hg_growing to = {.database = memo->answerer.database, .at = slot->text, .capacity = slot->capacity, .is_json = 1, .may_grow = 1};
    hg_status status = hg_answer_find(&memo->answerer, &slot->of, &answer, error);
    if (status != HG_OK)
        return status;
    put_members(&to, &answer, memo->is_nested);
    memo->bytes += to.capacity - slot->capacity;
    slot->text = to.at;
    slot->length = to.length;
    slot->capacity = to.capacity;
    return to.is_full ? hg_fail(error, HG_E_MEMORY, "no memory for the text of an answer") : HG_OK;
}

static void empty(hg_answer_memo *memo)
{
    for (uint32_t i = 0; i < HG_ANSWER_SLOTS; i++) {
        free(memo->slots[i].text);
        memo->slots[i] = (hg_answer_members){0};
    }
    memo->bytes = 0;
}

hg_status hg_answer_json(hg_answer_memo *memo, const hg_batch *batch, uint32_t index, const hg_answer_members **out,
                         hg_error *error)
{
    static const hg_answer_members none = {0};
    hg_named_handshake of;
    *out = &none;
    hg_status status = hg_handshake_of_row(batch, memo->answerer.database, index, &of, error);
    if (status != HG_OK || of.signature == HG_NO_SIGNATURE)
        return status;
    hg_answer_members *pair = memo->slots + (hg_handshake_hash(&of) & (HG_ANSWER_SLOTS - 2));
    for (int i = 0; i < 2; i++)
        if (pair[i].length != 0 && memcmp(&pair[i].of, &of, sizeof of) == 0) {
            *out = pair + i;
            return HG_OK;
        }
    if (memo->bytes > HG_MOST_ANSWER_BYTES)
        empty(memo);
    const hg_answer_members older = pair[1];
    pair[1] = pair[0];
    pair[0] = older;
    pair[0].of = of;
    status = fill(memo, pair, error);
    if (status != HG_OK)
        pair[0].length = 0;
    *out = pair;
    return status;
}

void hg_answer_memo_free(hg_answer_memo *memo)
{
    if (memo == NULL)
        return;
    hg_answerer_free(&memo->answerer);
    empty(memo);
    free(memo);
}
