/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * escape.h - text of a database made safe for a line of output.
 *
 * Unsafe characters: controls (C0, DEL, C1), line and paragraph separators (U+2028, U+2029)
 * and those that turn the direction of writing (U+061C, U+200E, U+200F, U+202A to U+202E,
 * U+2066 to U+2069). Everything else that is valid UTF-8 stays as it is.
 */
#pragma once

#include "huginn.h"

/* Bytes that one byte of input may become. */
#define HG_ESCAPE_GROWTH 6

/* For people and log lines: each byte of an unsafe character, of invalid UTF-8, a backslash
 * and a byte equal to `separator` (0: none) becomes \xNN. Reversible. */
char *hg_escape_plain(char *p, const uint8_t *text, size_t length, uint8_t separator);

/* The inside of a JSON string: quotes and backslashes get a backslash, unsafe characters
 * become \uNNNN, and each piece of invalid UTF-8 becomes \ufffd. */
char *hg_escape_json(char *p, const uint8_t *text, size_t length);

/* The text as valid UTF-8: each invalid piece becomes U+FFFD. */
char *hg_repair(char *p, const uint8_t *text, size_t length);
#define HG_REPAIR_GROWTH 3

/* A JSON string with its quotes. */
char *hg_put_json_string(char *p, const uint8_t *text, size_t length);
