/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * writer.h - text of any length, in memory of the caller or in memory that grows.
 *
 * After the first lack of room `is_full` is set and nothing is written any more.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct hg_writer {
    char *at;
    size_t length;
    size_t capacity;
    uint8_t may_grow; /* `at` is from malloc, or NULL */
    uint8_t is_full;
    uint8_t is_json; /* hg_write_text escapes for JSON, otherwise for people */
} hg_writer;

/* Makes room for `more` bytes at the end, and for the slack that functions of base/value.h overwrite after them; 0: no
 * room. */
int hg_writer_reserve(hg_writer *to, size_t more);

static inline char *hg_writer_end(const hg_writer *to)
{
    return to->at + to->length;
}

/* Bytes before `end` were written into the room reserved. */
static inline void hg_writer_ended(hg_writer *to, const char *end)
{
    to->length = (size_t)(end - to->at);
}

void hg_write(hg_writer *to, const void *bytes, size_t length);

/* As it is; the length of a constant is known when the code is compiled. */
static inline void hg_write_word(hg_writer *to, const char *word)
{
    hg_write(to, word, strlen(word));
}

void hg_write_u64(hg_writer *to, uint64_t value);
void hg_write_text(hg_writer *to, const char *text, size_t length); /* escaped */

/* A word, and a value behind it. */
#define HG_WRITE_WITH(to, word, write, ...) (hg_write_word((to), (word)), write((to), __VA_ARGS__))
/* A value of at most `bytes` that a function of base/value.h makes, and that needs no escaping. */
#define HG_WRITE_MADE(to, bytes, put, ...) \
    (hg_writer_reserve((to), (bytes)) ? hg_writer_ended((to), put(hg_writer_end(to), __VA_ARGS__)) : (void)0)
