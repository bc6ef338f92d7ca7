/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * versions.h - versions as 64-bit numbers (sigcompiler/claims/versions.py).
 *
 * A number has HG_VERSION_PARTS parts, the first in the highest bits. Each part is stored plus one. A missing part is 0
 * in the first version of a range and HG_VERSION_MOST in the last.
 */
#pragma once

#include "hg_layout.h"

#define HG_VERSION_MOST ((UINT64_C(1) << HG_VERSION_BITS) - 1)

/* The last version of a range without an end. The first version of a range without a beginning is 0. */
#define HG_NEWEST_VERSION UINT64_MAX

/* The range of all versions that begin with these parts. `count` is 1 to HG_VERSION_PARTS; each part must be below
 * HG_VERSION_MOST - 1. */
void hg_versions_of_parts(const uint32_t *parts, uint32_t count, uint64_t range[2]);

/* Reads a program's flavor, such as "135-144", "153", "8 or older" or "128 or newer": its first and last major version,
 * up to HG_WHOLE_MOST. Open ends are 0 and UINT32_MAX. Returns 0 if the flavor has another form. */
#define HG_WHOLE_MOST 9999
int hg_versions_of_flavor(const char *text, uint32_t length, uint32_t ends[2]);

/* The part at a place (from 0), plus one, as stored. */
static inline uint64_t hg_version_part(uint64_t version, uint32_t place)
{
    return version >> HG_VERSION_BITS * (HG_VERSION_PARTS - 1 - place) & HG_VERSION_MOST;
}
