/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * label.h - how name and flavor of a label are read together.
 */
#pragma once

#include <string.h>

#include "database/database.h"

/* Where " or " begins in a name; its length where it names one family. */
static inline uint32_t hg_first_family(const hg_database *database, const hg_db_label *label)
{
    static const char between[] = " or ";
    const char *name = hg_database_text(database, label->name_offset);
    for (uint32_t i = 0; i + sizeof between - 1 <= label->name_length; i++)
        if (memcmp(name + i, between, sizeof between - 1) == 0)
            return i;
    return label->name_length;
}

/* Whether the flavor names the families of the name again, as in "macOS or iOS" and "macOS 14 / iOS 17": it is shown
 * without the name. */
static inline int hg_flavor_says_all(const hg_database *database, const hg_db_label *label)
{
    const uint32_t first = hg_first_family(database, label);
    const char *flavor = hg_database_text(database, label->flavor_offset);
    return first < label->name_length && label->flavor_length > first && flavor[first] == ' ' &&
           memcmp(flavor, hg_database_text(database, label->name_offset), first) == 0;
}
