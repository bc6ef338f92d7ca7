/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - an HTTP message in records: the values in its columns, and those read again from its head.
 */
#pragma once

#include "base/value.h"
#include "http/signature.h"
#include "tls/hello.h"

/* HG_E_ARGUMENT: texts of this reader's row lie outside the texts of the batch, or its head is invalid. */
hg_status hg_check_http(const hg_batch *batch, const hg_row *row, hg_error *error);
/* Bytes that its values take in a record at most, beyond HG_RENDER_FIXED. */
size_t hg_http_bound(hg_row row);

/* A text of the columns of HTTP, to be shown, at most HG_MOST_HTTP_TEXT bytes; length 0: none. */
#define HG_HTTP_TEXT_OF(row, column) hg_span_first(HG_TEXT_OF(row, http, column), HG_MOST_HTTP_TEXT)

/* What of headers is shown in formats other than p0f's. */
hg_http_visibility hg_http_shown_by(int hides_private);

/* "1.1". */
char *hg_put_http_version(char *p, hg_row row);
/* p0f's words: a language, "none" or "???". */
char *hg_put_language(char *p, hg_row row);
/* The signature, escaped for a line whose fields end at `separator` (0: none). */
char *hg_put_http_plain(char *p, hg_row row, const hg_database *database, hg_http_visibility shown, uint8_t separator);
/* The same as it is, at most HG_HTTP_MOST_SIGNATURE bytes at `out`; returns how many. */
size_t hg_http_signature_of(hg_row row, const hg_database *database, hg_http_visibility shown, uint8_t *out);
/* Reads the head of a row again. What cannot be read, in rows that no engine made, is empty. */
void hg_http_head_of(hg_row row, hg_http_head *out);
/* The address of the agent that says to have signed a request (Signature-Agent), without quotes; length 0: none. */
hg_span hg_signature_agent_of(hg_row row);
/* MD5 of what a client of HTTP/2 says of itself, in hexadecimal. */
char *hg_put_akamai_md5(char *p, hg_row row);
/* p0f's remarks: each between `quote` (none when 0), with `separator` between them. */
char *hg_put_http_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote);
char *hg_put_http_params_or_none(char *p, hg_row row, const hg_match_marks *marks);
