/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificate_fields.h - checks the values of a certificate and writes them into records.
 */
#pragma once

#include "base/span.h"
#include "base/value.h"

#define HG_NO_CERTIFICATE_TIME INT64_MIN

/* Longest texts, in bytes. */
enum { HG_MOST_ALGORITHM = 160, HG_MOST_CERTIFICATE_NAME = 255, HG_MOST_SITE_NAMES = 1024,
       HG_MOST_CERTIFICATE_TEXTS = HG_MOST_ALGORITHM + 2 * HG_MOST_CERTIFICATE_NAME + HG_MOST_SITE_NAMES };

/* HG_E_ARGUMENT: texts of the row lie outside the texts of the batch, or a value is out of range. */
hg_status hg_check_certificate(const hg_batch *batch, const hg_row *row, hg_error *error);

/* 1: one or several names or addresses, with commas between them: letters, digits and ":-.*_," only, not empty. */
int hg_is_site_name(hg_span name);
char *hg_put_certificate_hash(char *p, hg_row row);
/* RFC 3339, UTC, without a fraction. */
char *hg_put_certificate_time(char *p, int64_t seconds);
/* Lists: items separated by commas, each enclosed in `quote` (0: not enclosed). */
char *hg_put_site_names(char *p, hg_row row, char quote);
char *hg_put_weaknesses(char *p, hg_row row, char quote);
