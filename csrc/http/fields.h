/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - the values of an HTTP message in records: from the columns, or read again from its stored head.
 */
#pragma once

#include "base/value.h"
#include "http/signature.h"
#include "tls/hello.h"

/* HG_E_ARGUMENT: texts of the row lie outside the texts of the batch, or its head is invalid. */
hg_status hg_check_http(const hg_batch *batch, const hg_row *row, hg_error *error);
/* The most bytes that its values take in a record, beyond HG_RENDER_FIXED. */
size_t hg_http_bound(hg_row row);

/* A text from the HTTP columns to show, at most HG_MOST_HTTP_TEXT bytes; length 0: none. */
#define HG_HTTP_TEXT_OF(row, column) hg_span_first(HG_TEXT_OF(row, http, column), HG_MOST_HTTP_TEXT)

/* Which header values are shown in formats other than p0f's. */
hg_http_visibility hg_http_shown_by(int hides_private);

/* "1.1". */
char *hg_put_http_version(char *p, hg_row row);
/* As in p0f: a language, "none" or "???". */
char *hg_put_language(char *p, hg_row row);
/* Writes the signature, escaped for a line whose fields end at `separator` (0: none). */
char *hg_put_http_plain(char *p, hg_row row, const hg_database *database, hg_http_visibility shown, uint8_t separator);
/* The same without escapes, at most HG_HTTP_MOST_SIGNATURE bytes at `out`; returns how many. */
size_t hg_http_signature_of(hg_row row, const hg_database *database, hg_http_visibility shown, uint8_t *out);
/* Parses the stored head of a row again. In rows that no engine made, unreadable parts are empty. */
void hg_http_head_of(hg_row row, hg_http_head *out);
/* The Signature-Agent header without quotes: the address of the agent that claims to have signed the request. Length 0:
 * none. */
hg_span hg_signature_agent_of(hg_row row);
/* MD5 of the HTTP/2 client fingerprint in Akamai's notation, in hexadecimal. */
char *hg_put_akamai_md5(char *p, hg_row row);
/* p0f's remarks, each enclosed in `quote` (0: not enclosed), with `separator` between them. */
char *hg_put_http_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote);
char *hg_put_http_params_or_none(char *p, hg_row row, const hg_match_marks *marks);
