/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * words.h - a word for each number of an enum.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* For generated lists, such as HG_WORDS_EVENT: an item becomes an element of an array. */
#define HG_WORD(word) word,

/* Defines a function that returns the word for a number below `count`, and NULL for others. */
#define HG_WORDS_OF(function, count, ...)                       \
    const char *function(uint32_t number)                       \
    {                                                           \
        static const char *const WORDS[count] = {__VA_ARGS__};  \
        return number < (count) ? WORDS[number] : NULL;         \
    }
