/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer_text.c - the families, labels and reasons of an answer as text.
 */
#include "names/answer.h"

/* Writes text from the database: escaped in JSON; otherwise with blanks for newlines, because newlines end items. */
static void put_named(hg_writer *to, hg_span text)
{
    const size_t begin = to->length;
    if (to->is_json) {
        hg_write_text(to, text.text, text.length);
        return;
    }
    hg_write(to, text.text, text.length);
    for (size_t i = begin; i < to->length; i++)
        if (to->at[i] == '\n')
            to->at[i] = ' ';
}

static void put_family(hg_writer *to, const hg_database *database, const hg_found_answer *answer, uint32_t number)
{
    const hg_db_family *family = database->tables.families + answer->families[number];
    put_named(to, hg_database_span(database, family->name_offset, family->name_length));
}

/* Writes the families, separated by a word. */
static void put_families(hg_writer *to, const hg_database *database, const hg_found_answer *answer, const char *between)
{
    for (uint32_t i = 0; i < answer->family_count; i++) {
        if (i > 0)
            hg_write_word(to, between);
        put_family(to, database, answer, i);
    }
}

static void put_label(hg_writer *to, const hg_database *database, const hg_db_label *label)
{
    const hg_span name = hg_database_span(database, label->name_offset, label->name_length),
                  flavor = hg_database_span(database, label->flavor_offset, label->flavor_length);
    const int says_all = hg_flavor_repeats_name(name, flavor);
    if (!says_all)
        put_named(to, name);
    if (!says_all && flavor.length > 0)
        hg_write_word(to, " ");
    put_named(to, flavor);
}

/* ---- reasons ------------------------------------------------------------------------------------------- */

/* The texts of reasons, with %s in place of each value. */
#define WORDS_OF_REASON(NAME, words) [HG_BECAUSE_##NAME] = (words),
static const char *const WORDS[HG_REASON_CODES] = {HG_ANSWER_REASONS(WORDS_OF_REASON)};

/* Writes value `number` of a reason. */
static void put_value(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_reason_code code,
                      uint32_t number)
{
    const hg_db_signature *own = database->tables.signatures + answer->handshake->signature;
    switch (code) {
    case HG_BECAUSE_MATCH:
        if (number == 0)
            hg_write_word(to, answer->handshake->fuzzy ? "fuzzy" : "exact");
        else
            hg_write_word(to, (own->flags & HG_SIGNATURE_GENERIC) != 0 ? "generic" : "specific");
        break;
    case HG_BECAUSE_ABOVE:
    case HG_BECAUSE_BELOW:
        hg_write_u64(to, number == 0 ? answer->handshake->seen.ttl : own->ittl);
        break;
    case HG_BECAUSE_TWO:
        put_families(to, database, answer, " and ");
        break;
    case HG_BECAUSE_MORE:
        if (number == 0)
            hg_write_u64(to, answer->family_count);
        else
            put_families(to, database, answer, ", ");
        break;
    case HG_BECAUSE_SOURCE:
        put_named(to, hg_database_span(database, own->provenance_offset, own->provenance_length));
        break;
    default: /* no values */
        break;
    }
}

static void put_reason(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_reason_code code)
{
    const char *words = WORDS[code];
    for (uint32_t number = 0;; number++) {
        const char *place = strstr(words, "%s");
        if (place == NULL)
            break;
        hg_write(to, words, (size_t)(place - words));
        put_value(to, database, answer, code, number);
        words = place + 2;
    }
    hg_write_word(to, words);
}

/* ---- lists --------------------------------------------------------------------------------------------- */

void hg_answer_put_item(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what,
                        uint32_t number)
{
    switch (what) {
    case HG_ANSWER_FAMILY:
        put_families(to, database, answer, " or ");
        break;
    case HG_ANSWER_FAMILIES:
        put_family(to, database, answer, number);
        break;
    case HG_ANSWER_CANDIDATES:
        put_label(to, database, database->tables.labels + answer->candidates[number]);
        break;
    case HG_ANSWER_EVIDENCE:
        put_reason(to, database, answer, (hg_reason_code)answer->reasons[number]);
        break;
    case HG_ANSWER_TEXTS:
        break;
    }
}

uint32_t hg_answer_items(const hg_found_answer *answer, hg_answer_text what)
{
    const uint32_t counts[HG_ANSWER_TEXTS] = {[HG_ANSWER_FAMILY] = answer->family_count <= HG_MAX_FAMILIES,
                                              [HG_ANSWER_FAMILIES] = answer->family_count,
                                              [HG_ANSWER_CANDIDATES] = answer->candidate_count,
                                              [HG_ANSWER_EVIDENCE] = answer->reason_count};
    return counts[what];
}

void hg_json_answer_family(hg_json *to, const hg_database *database, const hg_found_answer *answer)
{
    hg_json_optional(to, hg_answer_items(answer, HG_ANSWER_FAMILY) > 0, written, hg_answer_put_item, database, answer,
                     HG_ANSWER_FAMILY, 0);
}

void hg_json_answer_list(hg_json *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what)
{
    HG_JSON_INSIDE(to, '[')
    for (uint32_t i = 0; i < hg_answer_items(answer, what); i++)
        hg_json_written(to, hg_answer_put_item, database, answer, what, i);
}
