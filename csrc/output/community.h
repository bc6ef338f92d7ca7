/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * community.h - Community ID v1 (github.com/corelight/community-id-spec): one name for a
 * connection, the same in both directions and in every program that knows it.
 */
#pragma once

#include "base/digest.h"
#include "huginn.h"

/* Rows named at once. */
#define HG_COMMUNITY_ROWS 64

typedef struct hg_community {
    char text[HG_COMMUNITY_BYTES];
    uint64_t flow; /* 53 bits of the same hash: a number that JSON readers keep exact */
} hg_community;

/* Names rows `first` to `last` - 1, at most HG_COMMUNITY_ROWS. Seed 0. */
void hg_community_name(const hg_batch *batch, uint32_t first, uint32_t last, hg_community *out);
