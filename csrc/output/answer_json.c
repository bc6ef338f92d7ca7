/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer_json.c - answers as members of a JSON object.
 */
#include "output/answer_json.h"

#include "answers/row_answer.h"
#include "base/kinds.h"

#define PUT_MATCH_FAMILY(to, answer) hg_json_answer_family(to, database, answer)
#define PUT_MATCH_CONFIDENCE(to, answer) hg_json_double(to, (answer)->confidence)
#define PUT_MATCH_VERSION_CONFIDENCE(to, answer) hg_json_double(to, hg_answer_version_confidence(database, answer))
#define PUT_MATCH_CANDIDATES(to, answer) hg_json_answer_list(to, database, answer, HG_ANSWER_CANDIDATES)
#define PUT_MATCH_EVIDENCE(to, answer) hg_json_answer_list(to, database, answer, HG_ANSWER_EVIDENCE)

static void put_members(hg_json *to, const hg_database *database, const hg_found_answer *answer)
{
#define PUT_MEMBER(FIELD, key) \
    hg_json_key(to, key);      \
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
    hg_json to = {.out = hg_answer_write(known), .needs_comma = 1};
    put_members(&to, renderer->database, &known->found);
    return hg_answer_keep(&renderer->answers, known, &to.out, error);
}
