/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer_text.c - the families, labels and reasons of an answer as text.
 */
#include "answers/answer_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/value.h"
#include "database/label.h"

/* ---- growing text -------------------------------------------------------------------------------------- */

int hg_growing_reserve(hg_growing *to, size_t more)
{
    if (to->capacity - to->length >= more)
        return 1;
    if (to->may_grow && !to->is_full) {
        const size_t capacity = 2 * to->capacity + more;
        char *grown = realloc(to->at, capacity);
        if (grown != NULL) {
            to->at = grown;
            to->capacity = capacity;
            return 1;
        }
    }
    to->is_full = 1;
    return 0;
}

static void put(hg_growing *to, const void *bytes, size_t length)
{
    if (length > 0 && hg_growing_reserve(to, length)) {
        memcpy(to->at + to->length, bytes, length);
        to->length += length;
    }
}

void hg_growing_put(hg_growing *to, const char *word)
{
    put(to, word, strlen(word));
}

/* Text without newlines, which end the items of a list; none is in a signature file. */
static void put_line(hg_growing *to, const char *bytes, size_t length)
{
    const size_t begin = to->length;
    put(to, bytes, length);
    for (size_t i = begin; i < to->length; i++)
        if (to->at[i] == '\n')
            to->at[i] = ' ';
}

/* Text of the database, escaped where it goes into JSON. */
static void put_named(hg_growing *to, uint32_t offset, uint32_t length)
{
    const char *bytes = hg_database_text(to->database, offset);
    if (!to->is_json)
        put_line(to, bytes, length);
    else if (hg_growing_reserve(to, (size_t)length * HG_ESCAPE_GROWTH))
        to->length = (size_t)(hg_escape_json(to->at + to->length, (const uint8_t *)bytes, length) - to->at);
}

static void put_number(hg_growing *to, uint32_t number)
{
    if (hg_growing_reserve(to, 10))
        to->length = (size_t)(hg_put_u32(to->at + to->length, number) - to->at);
}

static void put_family(hg_growing *to, const hg_found_answer *answer, uint32_t number)
{
    const hg_db_family *family = to->database->tables.families + answer->families[number];
    put_named(to, family->name_offset, family->name_length);
}

/* Families with a word between them. */
static void put_families(hg_growing *to, const hg_found_answer *answer, const char *between)
{
    for (uint32_t i = 0; i < answer->family_count; i++) {
        if (i > 0)
            hg_growing_put(to, between);
        put_family(to, answer, i);
    }
}

static void put_label(hg_growing *to, const hg_db_label *label)
{
    const int says_all = hg_flavor_says_all(to->database, label);
    if (!says_all)
        put_named(to, label->name_offset, label->name_length);
    if (!says_all && label->flavor_length > 0)
        hg_growing_put(to, " ");
    put_named(to, label->flavor_offset, label->flavor_length);
}

/* ---- reasons ------------------------------------------------------------------------------------------- */

/* Value `number` of a reason. */
static void put_value(hg_growing *to, const hg_found_answer *answer, hg_reason_code code, uint32_t number)
{
    const hg_db_signature *own = to->database->tables.signatures + answer->of->signature;
    switch (code) {
    case HG_BECAUSE_MATCH:
        if (number == 0)
            hg_growing_put(to, answer->of->fuzzy ? "fuzzy" : "exact");
        else
            hg_growing_put(to, (own->flags & HG_SIGNATURE_GENERIC) != 0 ? "generic" : "specific");
        break;
    case HG_BECAUSE_ABOVE:
    case HG_BECAUSE_BELOW:
        put_number(to, number == 0 ? answer->of->seen.ttl : own->ittl);
        break;
    case HG_BECAUSE_TWO:
        put_families(to, answer, " and ");
        break;
    case HG_BECAUSE_MORE:
        if (number == 0)
            put_number(to, answer->family_count);
        else
            put_families(to, answer, ", ");
        break;
    case HG_BECAUSE_SOURCE:
        put_named(to, own->provenance_offset, own->provenance_length);
        break;
    case HG_BECAUSE_DF_LOST:
    case HG_BECAUSE_ID_LOST:
    case HG_BECAUSE_ID_GAINED:
    case HG_BECAUSE_ECN_GAINED:
    case HG_BECAUSE_ERASED:
    case HG_BECAUSE_UNSTATED:
    case HG_REASON_CODES:
        break;
    }
}

static void put_reason(hg_growing *to, const hg_found_answer *answer, hg_reason_code code)
{
    const char *words = hg_reason_words(code);
    for (uint32_t number = 0;; number++) {
        const char *place = strstr(words, "%s");
        if (place == NULL)
            break;
        put(to, words, (size_t)(place - words));
        put_value(to, answer, code, number);
        words = place + 2;
    }
    hg_growing_put(to, words);
}

/* ---- lists --------------------------------------------------------------------------------------------- */

void hg_answer_put_item(hg_growing *to, const hg_found_answer *answer, hg_answer_text what, uint32_t number)
{
    switch (what) {
    case HG_ANSWER_FAMILY:
        put_families(to, answer, " or ");
        break;
    case HG_ANSWER_FAMILIES:
        put_family(to, answer, number);
        break;
    case HG_ANSWER_CANDIDATES:
        put_label(to, to->database->tables.labels + answer->candidates[number]);
        break;
    case HG_ANSWER_EVIDENCE:
        put_reason(to, answer, (hg_reason_code)answer->reasons[number]);
        break;
    case HG_ANSWER_TEXTS:
        break;
    }
}

uint32_t hg_answer_items(const hg_found_answer *answer, hg_answer_text what)
{
    switch (what) {
    case HG_ANSWER_FAMILY:
        return answer->family_count <= HG_MAX_FAMILIES;
    case HG_ANSWER_FAMILIES:
        return answer->family_count;
    case HG_ANSWER_CANDIDATES:
        return answer->candidate_count;
    case HG_ANSWER_EVIDENCE:
        return answer->reason_count;
    case HG_ANSWER_TEXTS:
        break;
    }
    return 1;
}
