/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer_text.h - the families, labels and reasons of an answer as text.
 */
#ifndef HG_ANSWERS_ANSWER_TEXT_H
#define HG_ANSWERS_ANSWER_TEXT_H

#include "answers/answer.h"

/* Text that is being written. */
typedef struct hg_growing {
    const hg_database *database;
    char *at;
    size_t length;
    size_t capacity;
    int is_json;  /* texts are escaped, and stand between quotes */
    int is_full;  /* there was no room */
    int may_grow; /* `at` is from malloc */
} hg_growing;

/* Makes room for `more` bytes; 0: there is none, and `is_full` is set. */
int hg_growing_reserve(hg_growing *to, size_t more);
/* Adds a word of the program, as it is. */
void hg_growing_put(hg_growing *to, const char *word);

/* How many items a list of the answer has; the family is one item, or none where more than HG_MAX_FAMILIES fit. */
uint32_t hg_answer_items(const hg_found_answer *answer, hg_answer_text what);
/* Adds item `number` of a list. */
void hg_answer_put_item(hg_growing *to, const hg_found_answer *answer, hg_answer_text what, uint32_t number);

#endif
