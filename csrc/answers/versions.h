/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * versions.h - versions as numbers of 64 bits (sigcompiler/claims/versions.py).
 *
 * A number has HG_VERSION_PARTS parts, the first in the highest bits. A part that a version has is stored plus one; those
 * that it lacks are 0 in the first version of a range, and HG_VERSION_MOST in the last.
 */
#pragma once

#include "hg_layout.h"

#define HG_VERSION_MOST ((UINT64_C(1) << HG_VERSION_BITS) - 1)

/* Ends of a range that has no beginning, or no end. */
#define HG_OLDEST_VERSION UINT64_C(0)
#define HG_NEWEST_VERSION UINT64_MAX

/* The range of all that begins with these parts: 1 to HG_VERSION_PARTS of them, each below HG_VERSION_MOST - 1. */
void hg_versions_of_parts(const uint32_t *parts, uint32_t count, uint64_t range[2]);

/* The flavor of a program, such as "135-144", "153", "8 or older" or "128 or newer", as the first and the last of whole
 * versions up to HG_WHOLE_MOST; open ends are 0 and UINT32_MAX. 0: it has another form. */
#define HG_WHOLE_MOST 9999
int hg_versions_of_flavor(const char *text, uint32_t length, uint32_t ends[2]);

/* A part by its place, as it is stored. */
static inline uint64_t hg_version_part(uint64_t version, uint32_t place)
{
    return version >> HG_VERSION_BITS * (HG_VERSION_PARTS - 1 - place) & HG_VERSION_MOST;
}
