/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * claim.h - claims: the meaning of labels, and whether two claims can belong to one system.
 *
 * The compiler makes claims from labels (sigcompiler/claims). An hg_claim (huginn.h) is one of these, or made by a
 * caller.
 */
#pragma once

#include "database/database.h"

/* Claim `number` of the database, whose memory it borrows. */
hg_claim hg_claim_at(const hg_database *database, uint32_t number);

static inline int hg_has_same_versions(const hg_claim_family *one, const hg_claim_family *other)
{
    return one->version_count == other->version_count &&
           (one->version_count == 0 ||
            memcmp(one->versions, other->versions, 2 * one->version_count * sizeof *one->versions) == 0);
}
