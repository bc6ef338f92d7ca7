/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * words.h - a word for each number of an enum.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* For generated lists, such as HG_WORDS_EVENT: an item becomes an element of an array. */
#define HG_WORD(word) word,

/* PUT(to, value) for each of at most eight values, with commas between them. */
#define HG_FOR_EACH(PUT, to, ...) \
    HG_NINTH(__VA_ARGS__, HG_X8, HG_X7, HG_X6, HG_X5, HG_X4, HG_X3, HG_X2, HG_X1, )(PUT, to, __VA_ARGS__)
#define HG_NINTH(a, b, c, d, e, f, g, h, ninth, ...) ninth
#define HG_X1(PUT, to, value) PUT(to, value)
#define HG_X2(PUT, to, value, ...) PUT(to, value), HG_X1(PUT, to, __VA_ARGS__)
#define HG_X3(PUT, to, value, ...) PUT(to, value), HG_X2(PUT, to, __VA_ARGS__)
#define HG_X4(PUT, to, value, ...) PUT(to, value), HG_X3(PUT, to, __VA_ARGS__)
#define HG_X5(PUT, to, value, ...) PUT(to, value), HG_X4(PUT, to, __VA_ARGS__)
#define HG_X6(PUT, to, value, ...) PUT(to, value), HG_X5(PUT, to, __VA_ARGS__)
#define HG_X7(PUT, to, value, ...) PUT(to, value), HG_X6(PUT, to, __VA_ARGS__)
#define HG_X8(PUT, to, value, ...) PUT(to, value), HG_X7(PUT, to, __VA_ARGS__)

/* Defines a function that returns the word for a number below `count`, and NULL for others. */
#define HG_WORDS_OF(function, count, ...)                      \
    const char *function(uint32_t number)                      \
    {                                                          \
        static const char *const WORDS[count] = {__VA_ARGS__}; \
        return number < (count) ? WORDS[number] : NULL;        \
    }
