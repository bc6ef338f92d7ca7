/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * database.h - a signature database as the other modules see it.
 *
 * The record types and `hg_tables` (a pointer and a count for every section) are generated
 * from sigcompiler/table/layout.py, where the sections are drawn.
 */
#pragma once

#include "hg_layout.h"
#include "huginn.h"

struct hg_database {
    hg_tables tables; /* points into the caller's bytes, or at the arrays compiled in */
};

/* Hex digits of the hash of a database in JSON and in tables. */
#define HG_DATABASE_DIGITS 12

/* The string that a record refers to; not terminated. */
static inline const char *hg_database_text(const hg_database *database, uint32_t offset)
{
    return (const char *)&database->tables.strings[offset].byte;
}

/* HG_OK when every reference of a record stays inside the sections and every walk ends;
 * else HG_E_DATABASE and the reason. */
hg_status hg_tables_check(const hg_tables *tables, hg_error *error);
