/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * row_answer.h - answers as text.
 */
#ifndef HG_ANSWERS_ROW_ANSWER_H
#define HG_ANSWERS_ROW_ANSWER_H

#include "answers/answer.h"
#include "base/value.h"

/* What the answer to a row depends on. HG_E_ARGUMENT for a row that is no handshake, or refers to what the database
 * (or NULL) does not hold; the signature may be HG_NO_SIGNATURE. */
hg_status hg_handshake_of_row(const hg_batch *batch, const hg_database *database, uint32_t index, hg_named_handshake *out,
                              hg_error *error);

uint32_t hg_handshake_hash(const hg_named_handshake *of);

/* Answers of recent handshakes as members of a JSON object, each with a comma before it. A handshake has two places; a
 * new one takes that of the older of its owners. A power of two. */
#define HG_ANSWER_SLOTS (1 << 14)

typedef struct hg_answer_members {
    hg_named_handshake of;
    char *text;
    size_t length; /* 0: none yet */
    size_t capacity;
} hg_answer_members;

/* Bytes of all texts at which the memo is emptied: a database may have labels of any length. */
#define HG_MOST_ANSWER_BYTES ((size_t)64 << 20)

typedef struct hg_answer_memo {
    hg_answerer answerer;
    uint8_t is_nested; /* for EVE or ECS */
    size_t bytes;      /* of all texts */
    hg_answer_members slots[HG_ANSWER_SLOTS];
} hg_answer_memo;

/* The members for a row, which belong to the memo until the next call; empty when no signature names the row. */
hg_status hg_answer_json(hg_answer_memo *memo, const hg_batch *batch, uint32_t index, const hg_answer_members **out,
                         hg_error *error);
void hg_answer_memo_free(hg_answer_memo *memo);

#endif
