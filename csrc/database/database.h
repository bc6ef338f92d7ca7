/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * database.h - a signature database as the other modules see it.
 *
 * The record types and `hg_tables` (a pointer and a count for every section) are generated
 * from sigcompiler/table/layout.py, where the sections are drawn.
 */
#pragma once

#include "base/bytes.h"
#include "hg_layout.h"
#include "huginn.h"

struct hg_database {
    hg_tables tables; /* pointers into the caller's bytes, or to arrays compiled into the library */
};

/* How many hex digits of a database's hash are shown in JSON and in tables. */
#define HG_DATABASE_DIGITS 12

/* The string that a record refers to. It has no NUL at its end. */
static inline const char *hg_database_text(const hg_database *database, uint32_t offset)
{
    return (const char *)&database->tables.strings[offset].byte;
}

static inline hg_span hg_database_span(const hg_database *database, uint32_t offset, uint32_t length)
{
    return hg_span_of(hg_database_text(database, offset), length);
}

/* HG_OK if every reference points into its target section, and every list and every hash search ends; otherwise
 * HG_E_DATABASE with the reason. */
hg_status hg_tables_check(const hg_tables *tables, hg_error *error);

/* ---- a label's name and flavor ---- */

/* The length of the first family in a name: up to " or ", or the whole name. */
static inline uint32_t hg_first_family(hg_span name)
{
    const char *between = hg_text_find(name, " or ");
    return between == NULL ? name.length : (uint32_t)(between - name.text);
}

/* Whether the name has several families and the flavor begins with the first one, as "macOS 14 / iOS 17" for "macOS
 * or iOS". Then the flavor names all families and is shown without the name. */
static inline int hg_flavor_repeats_name(hg_span name, hg_span flavor)
{
    const uint32_t first = hg_first_family(name);
    return first < name.length && flavor.length > first && flavor.text[first] == ' ' &&
           memcmp(flavor.text, name.text, first) == 0;
}

/* NULL: no such signature, or no database. */
static inline const hg_db_signature *hg_signature_at(const hg_database *database, uint32_t index)
{
    return database == NULL || index >= database->tables.signatures_count ? NULL : database->tables.signatures + index;
}

/* Whether a signature exists and its TTL shows the distance. */
static inline int hg_is_reliable(const hg_database *database, uint32_t index)
{
    const hg_db_signature *found = hg_signature_at(database, index);
    return found != NULL && (found->flags & HG_SIGNATURE_UNRELIABLE_TTL) == 0;
}
