/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * escape.h - makes text safe for a line of output.
 *
 * Unsafe characters are controls (C0, DEL, C1), line and paragraph separators (U+2028, U+2029),
 * characters that change the direction of writing (U+061C, U+200E, U+200F, U+202A to U+202E,
 * U+2066 to U+2069), and spaces without width (U+200B, U+2060, U+FEFF). Other valid UTF-8 is not changed, except
 * backslashes, quotes and separators.
 *
 * Every function writes at `p` and returns the end of the written text.
 */
#pragma once

#include "huginn.h"

/* The most output bytes for one byte of input. */
#define HG_ESCAPE_GROWTH 6

/* Escapes text for people and log lines. Each byte of unsafe characters and of invalid UTF-8, each
 * backslash, and each `separator` (0: none) becomes \xNN. This is reversible. */
char *hg_escape_plain(char *p, const uint8_t *text, size_t length, uint8_t separator);

/* Escapes text for the inside of a JSON string. Quotes and backslashes get a backslash, unsafe
 * characters become \uNNNN, and each piece of invalid UTF-8 becomes \ufffd. */
char *hg_escape_json(char *p, const uint8_t *text, size_t length);

/* Copies the text as valid UTF-8: each invalid piece becomes U+FFFD. */
char *hg_repair(char *p, const uint8_t *text, size_t length);
#define HG_REPAIR_GROWTH 3 /* the most output bytes for one byte of input */

/* Writes a JSON string with its quotes. */
char *hg_put_json_string(char *p, const uint8_t *text, size_t length);
