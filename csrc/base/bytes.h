/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * bytes.h - bytes with their length, a position for reading them one after the other, numbers at any alignment, and
 * ASCII text. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Borrowed bytes, or text without a NUL at its end. */
typedef struct hg_span {
    union {
        const uint8_t *data;
        const char *text;
    };
    uint32_t length;
} hg_span;

static inline hg_span hg_span_of(const void *data, size_t length)
{
    return (hg_span){.data = data, .length = (uint32_t)length};
}

static inline hg_span hg_span_of_word(const char *word)
{
    return hg_span_of(word, strlen(word));
}

static inline int hg_span_equal(hg_span one, hg_span other)
{
    return one.length == other.length && (one.length == 0 || memcmp(one.data, other.data, one.length) == 0);
}

static inline int hg_span_is(hg_span text, const char *word)
{
    return hg_span_equal(text, hg_span_of_word(word));
}

/* The first place of `part` in a text; NULL: none. */
static inline const char *hg_span_find(hg_span in, hg_span part)
{
    for (uint32_t at = 0; at + (uint64_t)part.length <= in.length; at++)
        if (part.length == 0 || (in.data[at] == part.data[0] && memcmp(in.data + at, part.data, part.length) == 0))
            return in.text + at;
    return NULL;
}

static inline const char *hg_text_find(hg_span in, const char *word)
{
    return hg_span_find(in, hg_span_of_word(word));
}

/* At most the first `most` bytes. */
static inline hg_span hg_span_first(hg_span text, uint32_t most)
{
    return hg_span_of(text.data, text.length < most ? text.length : most);
}

/* Removes the next item from a list whose items are separated by one or more `between`; empty: there is none. */
static inline hg_span hg_span_item(hg_span *list, char between)
{
    uint32_t begin = 0;
    while (begin < list->length && list->text[begin] == between)
        begin++;
    if (begin == list->length) {
        list->length = 0;
        return *list;
    }
    uint32_t end = begin;
    while (end < list->length && list->text[end] != between)
        end++;
    const hg_span item = hg_span_of(list->text + begin, end - begin);
    *list = hg_span_of(list->text + end, list->length - end);
    return item;
}

/* Removes the next item from a comma-separated list; 0: there is none. */
static inline int hg_span_next(hg_span *list, hg_span *item)
{
    *item = hg_span_item(list, ',');
    return item->length > 0;
}

/* Text of the current batch: `length` bytes from `offset` on in its `texts`. */
typedef struct hg_text_place {
    uint32_t offset;
    uint32_t length;
} hg_text_place;

/* A reading position. Readers move `at`, never past `end`. */
typedef struct hg_cursor {
    const uint8_t *at;
    const uint8_t *end;
} hg_cursor;

/* A cursor over all bytes of a span. */
static inline hg_cursor hg_cursor_of(hg_span bytes)
{
    return (hg_cursor){bytes.data, bytes.length == 0 ? bytes.data : bytes.data + bytes.length};
}

/* Takes `length` bytes from the cursor; 0: there are fewer. */
static inline int hg_take_bytes(hg_cursor *in, size_t length, hg_span *out)
{
    if ((size_t)(in->end - in->at) < length)
        return 0;
    *out = hg_span_of(in->at, length);
    in->at += length;
    return 1;
}

/* The bytes from `at` on; empty if there are none. */
static inline hg_span hg_span_from(hg_span bytes, uint32_t at)
{
    return at < bytes.length ? hg_span_of(bytes.data + at, bytes.length - at) : hg_span_of(bytes.data, 0);
}

static inline int hg_span_begins(hg_span bytes, const char *word)
{
    const size_t length = strlen(word);
    return bytes.length >= length && memcmp(bytes.data, word, length) == 0;
}

static inline int hg_span_ends(hg_span bytes, const char *word)
{
    const size_t length = strlen(word);
    return bytes.length >= length && memcmp(bytes.data + bytes.length - length, word, length) == 0;
}

/* ---- numbers ----
 *
 * Compilers turn each read or write of 2, 4 or 8 bytes into one load or store of exactly these bytes. */

/* The number of set bits. A loop, because usually few are set and not every processor has an instruction for this. */
static inline uint32_t hg_count_bits(uint32_t bits)
{
    uint32_t count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

static inline uint16_t hg_be16(const uint8_t *p)
{
    return (uint16_t)(((unsigned)p[0] << 8) | p[1]);
}

static inline uint32_t hg_be32(const uint8_t *p)
{
    return ((uint32_t)p[0] << 24) | ((uint32_t)p[1] << 16) | ((uint32_t)p[2] << 8) | p[3];
}

static inline uint64_t hg_be64(const uint8_t *p)
{
    return ((uint64_t)hg_be32(p) << 32) | hg_be32(p + 4);
}

static inline uint16_t hg_le16(const uint8_t *p)
{
    return (uint16_t)(((unsigned)p[1] << 8) | p[0]);
}

static inline uint32_t hg_le32(const uint8_t *p)
{
    return ((uint32_t)p[3] << 24) | ((uint32_t)p[2] << 16) | ((uint32_t)p[1] << 8) | p[0];
}

static inline uint64_t hg_le64(const uint8_t *p)
{
    return ((uint64_t)hg_le32(p + 4) << 32) | hg_le32(p);
}

/* Up to eight of `length` bytes from `at` on as one number, with zeros after the end. At the end, bytes are loaded
 * twice or shifted out: a copy into a buffer of eight would make the processor wait for it. */
static inline uint64_t hg_word_at(const uint8_t *bytes, uint32_t length, uint32_t at)
{
    enum { WORD = sizeof(uint64_t), HALF = WORD / 2 };
    const uint32_t left = length - at;
    if (left >= WORD)
        return hg_le64(bytes + at);
    if (length >= WORD)
        return left == 0 ? 0 : hg_le64(bytes + length - WORD) >> 8 * (WORD - left);
    bytes += at;
    if (left >= HALF)
        return hg_le32(bytes) | (uint64_t)hg_le32(bytes + left - HALF) << 8 * (left - HALF);
    return left == 0
               ? 0
               : bytes[0] | (uint64_t)bytes[left / 2] << 8 * (left / 2) | (uint64_t)bytes[left - 1] << 8 * (left - 1);
}

/* One store: compilers take several instructions for each byte when they combine stores of single bytes. */
static inline void hg_put_be32(uint8_t *p, uint32_t value)
{
    const uint32_t stored = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap32(value) : value;
    memcpy(p, &stored, sizeof stored);
}

static inline uint32_t hg_be24(const uint8_t *p)
{
    return ((uint32_t)p[0] << 16) | ((uint32_t)p[1] << 8) | p[2];
}

/* For files in the byte order of the machine that wrote them. */
static inline uint16_t hg_read16(const uint8_t *p, int is_big_endian)
{
    return is_big_endian ? hg_be16(p) : hg_le16(p);
}

static inline uint32_t hg_read32(const uint8_t *p, int is_big_endian)
{
    return is_big_endian ? hg_be32(p) : hg_le32(p);
}

/* ---- ASCII text ----
 *
 * The locale has no effect, and bytes beyond ASCII belong to no class of characters. */

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
