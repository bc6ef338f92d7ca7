/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ascii.h - classes of ASCII characters, and comparisons that ignore their case. The locale has no effect, and bytes
 * beyond ASCII belong to no class.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

static inline int hg_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static inline int hg_is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline int hg_is_alphanumeric(int c)
{
    return hg_is_digit(c) || hg_is_letter(c);
}

static inline int hg_lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The length of the prefix that the text and the word share, ignoring case. */
static inline size_t hg_common_prefix(const uint8_t *text, size_t length, const char *word)
{
    size_t i = 0;
    while (i < length && word[i] != '\0' &&
           (text[i] == (uint8_t)word[i] || hg_lower(text[i]) == hg_lower((uint8_t)word[i])))
        i++;
    return i;
}

/* Whether the text begins with the word, ignoring case. */
static inline int hg_begins_like(const uint8_t *text, size_t length, const char *word)
{
    return word[hg_common_prefix(text, length, word)] == '\0';
}

/* Whether the text equals the word, ignoring case. */
static inline int hg_is_like(const uint8_t *text, size_t length, const char *word)
{
    const size_t shared = hg_common_prefix(text, length, word);
    return shared == length && word[shared] == '\0';
}

static inline int hg_ends_line(int c)
{
    return c == '\r' || c == '\n';
}

/* The value of `count` (at most 9) decimal digits; -1: one of the characters is not a digit. */
static inline int32_t hg_digits(const uint8_t *at, uint32_t count)
{
    int32_t number = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!hg_is_digit(at[i]))
            return -1;
        number = 10 * number + (at[i] - '0');
    }
    return number;
}
