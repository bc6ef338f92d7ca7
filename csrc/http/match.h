/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * match.h - names the head of an HTTP message.
 */
#pragma once

#include "http/head.h"
#include "http/memo.h"
#include "huginn.h"

/* The first signature that fits in the order specific before generic, then as in the files: its headers are
 * there in its order, with its texts in their values; an optional one may be missing, but not stand elsewhere;
 * what it wants absent is absent. Of several headers of a name the first after the one before counts. Names
 * are compared without case. Cost does not grow with the number of signatures. `memo` is of this database, or
 * NULL: nothing is remembered. */
hg_http_match hg_database_match_http(const hg_database *database, const hg_http_head *head, hg_http_memo *memo);

/* All signatures that fit, in this order, at most `capacity`; returns how many fit. A plain walk: the
 * reference for the above. */
uint32_t hg_database_match_all_http(const hg_database *database, const hg_http_head *head, hg_http_match *out,
                                    uint32_t capacity);

/* 1 when a signature of the database, NULL for none, has a value for headers of this name. */
int hg_database_has_values(const hg_database *database, const hg_http_head *head, hg_http_text name);

/* The head that was written down; it borrows the bytes. */
void hg_http_head_of_fields(const hg_http_fields *fields, hg_http_head *head);
