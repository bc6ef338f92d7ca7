/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ascii.h - kinds of characters, whatever the locale. Bytes and characters beyond ASCII are of no kind.
 */
#pragma once

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

static inline int hg_ends_line(int c)
{
    return c == '\r' || c == '\n';
}
