/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - writes the values of an HTTP message into records. They come from the columns, or from the stored head.
 */
#pragma once

#include "base/value.h"
#include "http/signature.h"

/* HG_E_ARGUMENT: texts of the row are outside the batch, or its version or the length of its head is invalid. */
hg_status hg_check_http(const hg_batch *batch, const hg_row *row, hg_error *error);
/* The most bytes that the row's values take in a record, beyond HG_RENDER_FIXED. */
size_t hg_http_bound(hg_row row);

/* A text from the HTTP columns, cut at HG_MOST_HTTP_TEXT bytes; length 0: none. */
#define HG_HTTP_TEXT_OF(row, column) hg_span_first(HG_TEXT_OF(row, http, column), HG_MOST_HTTP_TEXT)

/* Which header values formats other than p0f's show. With `hides_private` 1, they show only values of common headers,
 * and no server software. */
hg_http_visibility hg_http_shown_by(int hides_private);

/* Writes "1.0", "1.1" or "2". */
char *hg_put_http_version(char *p, hg_row row);
/* Writes, as p0f does, a language, "none" or "???". */
char *hg_put_language(char *p, hg_row row);
/* Writes the signature, escaped for a line whose fields are separated by `separator` (0: none). */
char *hg_put_http_plain(char *p, hg_row row, const hg_database *database, hg_http_visibility shown, uint8_t separator);
/* Writes the signature without escapes, at most HG_HTTP_MOST_SIGNATURE bytes, to `out`; returns its length. */
size_t hg_http_signature_of(hg_row row, const hg_database *database, hg_http_visibility shown, uint8_t *out);
/* The Signature-Agent header without quotes: the address of the agent that claims to have signed the request; length 0:
 * none. */
hg_span hg_signature_agent_of(hg_row row);
/* Writes, in hexadecimal, the MD5 of the HTTP/2 client's fingerprint in Akamai's notation (h2.h). */
char *hg_put_akamai_md5(char *p, hg_row row);
/* Writes p0f's remarks, such as "dishonest", separated by `separator` and each enclosed in `quote` (0: without
 * quotes). */
char *hg_put_http_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote);
/* Writes these remarks separated by blanks, or "none". */
char *hg_put_http_params_or_none(char *p, hg_row row, const hg_match_marks *marks);
