/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificate_fields.h - checks the values of a certificate and writes them into records.
 */
#pragma once

#include "base/value.h"

#define HG_NO_CERTIFICATE_TIME INT64_MIN /* in place of a time that cannot be read */

/* Longest texts, in bytes. */
enum {
    HG_MOST_ALGORITHM = 160,
    HG_MOST_CERTIFICATE_NAME = 255,
    HG_MOST_SITE_NAMES = 1024,
    HG_MOST_CERTIFICATE_TEXTS = HG_MOST_ALGORITHM + 2 * HG_MOST_CERTIFICATE_NAME + HG_MOST_SITE_NAMES
};

/* HG_E_ARGUMENT: a text of the row is too long or outside the batch, or a value is invalid. */
hg_status hg_check_certificate(const hg_batch *batch, const hg_row *row, hg_error *error);

/* 1 if this may be a DNS name or an address: letters, digits and ":-.*_" only, not empty. */
int hg_is_site_name(hg_span name);
/* Writes the SHA-256 digest in hexadecimal. */
char *hg_put_certificate_hash(char *p, hg_row row);
/* Writes a time as in RFC 3339, in UTC and without a fraction. */
char *hg_put_certificate_time(char *p, int64_t seconds);
/* These write items separated by commas and each enclosed in `quote` (0: without quotes). */
char *hg_put_site_names(char *p, hg_row row, char quote);
char *hg_put_weaknesses(char *p, hg_row row, char quote);
