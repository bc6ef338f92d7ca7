/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer_text.h - the families, labels and reasons of an answer as text.
 */
#pragma once

#include "answers/answer.h"
#include "base/writer.h"

/* How many items a list of the answer has; the family is one item, or none where more than HG_MAX_FAMILIES fit. */
uint32_t hg_answer_items(const hg_found_answer *answer, hg_answer_text what);
/* Writes item `number` of a list; where it is not JSON, with blanks for newlines. */
void hg_answer_put_item(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what, uint32_t number);

/* The family, or null; all items of a list. */
void hg_json_answer_family(hg_json *to, const hg_database *database, const hg_found_answer *answer);
void hg_json_answer_list(hg_json *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what);
