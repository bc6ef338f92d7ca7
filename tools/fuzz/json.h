/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * json.h - checks that bytes are JSON (RFC 8259), and reads values of an object. It shares no code with the writers.
 */
#pragma once

#include "fuzz.h"

enum { FUZZ_MOST_DEPTH = 8 };

static inline const char *fuzz_json_digits(const char *at, const char *end)
{
    FUZZ_CHECK(at < end && *at >= '0' && *at <= '9');
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

static inline const char *fuzz_json_number(const char *at, const char *end)
{
    at += *at == '-';
    at = at < end && *at == '0' ? at + 1 : fuzz_json_digits(at, end);
    if (at < end && *at == '.')
        at = fuzz_json_digits(at + 1, end);
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        at += at < end && (*at == '+' || *at == '-');
        at = fuzz_json_digits(at, end);
    }
    return at;
}

/* Skips one UTF-8 character that is not a control character. */
static inline const char *fuzz_utf8(const char *at, const char *end)
{
    static const uint32_t least[5] = {0, 0x20, 0x80, 0x800, 0x10000};
    const uint8_t lead = (uint8_t)*at;
    const int bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t code = bytes == 1 ? lead : lead & (0x7FU >> bytes);
    FUZZ_CHECK((lead < 0x80 || lead >= 0xC0) && lead < 0xF8 && end - at >= bytes);
    for (int i = 1; i < bytes; i++) {
        FUZZ_CHECK(((uint8_t)at[i] & 0xC0) == 0x80);
        code = code << 6 | ((uint8_t)at[i] & 0x3F);
    }
    FUZZ_CHECK(code >= least[bytes] && code <= 0x10FFFF && code >> 11 != 0x1B && (code < 0x7F || code >= 0xA0));
    return at + bytes;
}

static inline const char *fuzz_json_string(const char *at, const char *end)
{
    FUZZ_CHECK(at < end && *at++ == '"');
    while (at < end && *at != '"') {
        if (*at != '\\') {
            at = fuzz_utf8(at, end);
            continue;
        }
        FUZZ_CHECK(end - at > 2 && strchr("\"\\u", at[1]) != NULL && (at[1] != 'u' || end - at > 6));
        for (int i = 2; at[1] == 'u' && i < 6; i++)
            FUZZ_CHECK(strchr("0123456789abcdef", at[i]) != NULL);
        at += at[1] == 'u' ? 6 : 2;
    }
    FUZZ_CHECK(at < end);
    return at + 1;
}

/* Skips the value that begins here. */
static inline const char *fuzz_json_value(const char *at, const char *end, int depth)
{
    static const char *const words[] = {"null", "true", "false"};
    FUZZ_CHECK(at < end && depth < FUZZ_MOST_DEPTH);
    const char close = *at == '{' ? '}' : ']';
    if (*at == '"')
        return fuzz_json_string(at, end);
    for (int i = 0; i < 3; i++)
        if ((size_t)(end - at) >= strlen(words[i]) && memcmp(at, words[i], strlen(words[i])) == 0)
            return at + strlen(words[i]);
    if (*at != '{' && *at != '[')
        return fuzz_json_number(at, end);
    if (++at < end && *at == close)
        return at + 1;
    for (;; at++) {
        if (close == '}') {
            at = fuzz_json_string(at, end);
            FUZZ_CHECK(at < end && *at++ == ':');
        }
        at = fuzz_json_value(at, end, depth + 1);
        FUZZ_CHECK(at < end && (*at == ',' || *at == close));
        if (*at == close)
            return at + 1;
    }
}

/* Checks a line with an object. */
static inline void fuzz_json_check_line(const char *line, size_t length)
{
    FUZZ_CHECK(length > 2 && *line == '{' && line[length - 1] == '\n');
    FUZZ_CHECK(fuzz_json_value(line, line + length - 1, 0) == line + length - 1);
}

/* The value of a key in this object. This and the next functions take JSON that was checked; `end` is at or after its
 * end. */
static inline const char *fuzz_json_at(const char *object, const char *end, const char *key)
{
    const size_t length = strlen(key);
    for (const char *at = object + 1;; at++) {
        const char *value = fuzz_json_string(at, end) + 1;
        if ((size_t)(value - at) == length + 3 && memcmp(at + 1, key, length) == 0)
            return value;
        at = fuzz_json_value(value, end, 0);
        FUZZ_CHECK(*at == ',');
    }
}

/* 0 for null. */
static inline int64_t fuzz_json_int(const char *object, const char *end, const char *key)
{
    return strtoll(fuzz_json_at(object, end, key), NULL, 10);
}

/* The first element of the list `key` if `element` is NULL, else the element after it; NULL: there are no more. */
static inline const char *fuzz_json_next(const char *object, const char *end, const char *key, const char *element)
{
    const char *at = element == NULL ? fuzz_json_at(object, end, key) : fuzz_json_value(element, end, 0);
    return *at == ']' || at[1] == ']' ? NULL : at + 1;
}
