/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificate_fields.h - the values of a certificate in records.
 */
#pragma once

#include "base/span.h"
#include "base/value.h"

#define HG_NO_CERTIFICATE_TIME INT64_MIN

/* Bytes of texts at most. */
enum { HG_MOST_ALGORITHM = 160, HG_MOST_CERTIFICATE_NAME = 255, HG_MOST_SITE_NAMES = 1024,
       HG_MOST_CERTIFICATE_TEXTS = HG_MOST_ALGORITHM + 2 * HG_MOST_CERTIFICATE_NAME + HG_MOST_SITE_NAMES };

/* HG_E_ARGUMENT: texts of a row of this reader lie outside the texts of the batch, or a value is none of its. */
hg_status hg_check_certificate(const hg_batch *batch, const hg_row *row, hg_error *error);

/* 1: a DNS name or address, or several with commas between them. */
int hg_is_site_name(hg_span name);
char *hg_put_certificate_hash(char *p, hg_row row);
/* RFC 3339, UTC, without a fraction. */
char *hg_put_certificate_time(char *p, int64_t seconds);
/* Lists with commas between their items and `quote` (0: none) around each. */
char *hg_put_site_names(char *p, hg_row row, char quote);
char *hg_put_weaknesses(char *p, hg_row row, char quote);
