/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer_json.c - answers as members of a JSON object.
 */
#include "output/answer_json.h"

#include <math.h>

#include "answers/row_answer.h"
#include "base/kinds.h"

static void put_string(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what, uint32_t number)
{
    hg_write_word(to, "\"");
    hg_answer_put_item(to, database, answer, what, number);
    hg_write_word(to, "\"");
}

static void put_list(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what)
{
    hg_write_word(to, "[");
    for (uint32_t i = 0; i < hg_answer_items(answer, what); i++) {
        if (i > 0)
            hg_write_word(to, ",");
        put_string(to, database, answer, what, i);
    }
    hg_write_word(to, "]");
}

/* hg_put_shortest does not write smaller numbers. */
static const double LEAST_SHORTEST = 0.0078125;

static char *put_share(char *p, double share)
{
    if (share == 0.0 || share >= LEAST_SHORTEST)
        return hg_put_shortest(p, share);
    return hg_put_9_digits(hg_put_word(p, "0."), (uint32_t)(share * 1e9 + 0.5));
}

static void put_share_or_null(hg_writer *to, double share)
{
    if (isnan(share))
        hg_write_word(to, "null");
    else if (hg_writer_reserve(to, HG_SHORTEST_BYTES))
        hg_writer_ended(to, put_share(hg_writer_end(to), share));
}

#define PUT_MATCH_FAMILY(to, answer) put_family(to, database, answer)
#define PUT_MATCH_CONFIDENCE(to, answer) put_share_or_null(to, (answer)->confidence)
#define PUT_MATCH_VERSION_CONFIDENCE(to, answer) put_share_or_null(to, hg_answer_version_confidence(database, answer))
#define PUT_MATCH_CANDIDATES(to, answer) put_list(to, database, answer, HG_ANSWER_CANDIDATES)
#define PUT_MATCH_EVIDENCE(to, answer) put_list(to, database, answer, HG_ANSWER_EVIDENCE)

static void put_family(hg_writer *to, const hg_database *database, const hg_found_answer *answer)
{
    if (hg_answer_items(answer, HG_ANSWER_FAMILY) > 0)
        put_string(to, database, answer, HG_ANSWER_FAMILY, 0);
    else
        hg_write_word(to, "null");
}

static void put_members(hg_writer *to, const hg_database *database, const hg_found_answer *answer)
{
#define PUT_MEMBER(FIELD, key)     \
    hg_write_word(to, "," key);    \
    PUT_##FIELD(to, answer);
    HG_FIELDS_ANSWER(PUT_MEMBER)
#undef PUT_MEMBER
}

hg_status hg_answer_json(hg_renderer *renderer, uint32_t row, hg_error *error)
{
    static const hg_known_answer none = {0};
    hg_named_handshake of;
    hg_known_answer *known;
    renderer->answer = &none;
    if (renderer->answers.places == 0 || !hg_event_is_handshake(renderer->columns->event[row]))
        return HG_OK;
    hg_status status = hg_handshake_of_row(renderer->batch, renderer->database, row, &of, error);
    if (status != HG_OK || of.signature == HG_NO_SIGNATURE)
        return status;
    status = hg_answer_of(&renderer->answers, &of, &known, error);
    if (status != HG_OK)
        return status;
    renderer->answer = known;
    if (known->length > 0)
        return HG_OK;
    hg_writer to = hg_answer_write(known);
    put_members(&to, renderer->database, &known->found);
    return hg_answer_keep(&renderer->answers, known, &to, error);
}
