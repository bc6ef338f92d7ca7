/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * claim.c - the rule that decides whether two names agree.
 */
#include "answers/claim.h"

hg_claim hg_claim_at(const hg_database *database, uint32_t number)
{
    const hg_tables *t = &database->tables;
    const hg_db_claim *of = t->claims + number;
    hg_claim claim = {
        .identity = of->identity, .stacks = of->stacks, .kind = of->kind, .family_count = of->family_count};
    for (uint32_t i = 0; i < of->family_count && i < HG_CLAIM_FAMILIES; i++) {
        const hg_db_claim_family *family = t->claim_families + of->first_family + i;
        claim.families[i] = (hg_claim_family){
            .identity = t->families[family->family].identity,
            .versions = family->version_count == 0 ? NULL : &t->versions[family->first_version].first,
            .version_count = family->version_count,
        };
    }
    return claim;
}

_Static_assert(HG_CLAIM_FAMILIES == HG_MAX_FAMILIES, "as many as an answer names");
_Static_assert(sizeof(hg_db_versions) == 2 * sizeof(uint64_t), "the first and the last");

hg_claim hg_label_claim(const hg_database *database, uint32_t label)
{
    if (label >= database->tables.labels_count)
        return (hg_claim){.kind = HG_CLAIM_LINK};
    return hg_claim_at(database, database->tables.labels[label].claim);
}

/* ---- claims --------------------------------------------------------------------------------------- */

static int says_nothing(const hg_claim *claim)
{
    return claim->kind == HG_CLAIM_TOOL || claim->kind == HG_CLAIM_LINK || claim->family_count == 0 ||
           claim->family_count > HG_CLAIM_FAMILIES;
}

static hg_agreement by_stacks(const hg_claim *one, const hg_claim *other)
{
    if ((one->stacks & other->stacks) == 0)
        return HG_CONTRADICT_STACK;
    return one->stacks == other->stacks ? HG_AGREE : HG_NARROW;
}

/* The families that both claims name. */
typedef struct shared_families {
    uint32_t count;
    uint32_t possible; /* with a common version */
    uint32_t equal;    /* with equal versions */
} shared_families;

/* Compares the families that both claims name. */
static shared_families shared_by(const hg_claim *one, const hg_claim *other)
{
    shared_families found = {0};
    for (uint32_t i = 0; i < one->family_count; i++)
        for (uint32_t j = 0; j < other->family_count; j++) {
            const hg_claim_family *first = one->families + i, *second = other->families + j;
            if (first->identity != second->identity)
                continue;
            found.count++;
            uint32_t ranges; /* not needed */
            found.possible += (uint32_t)hg_versions_common(first->versions, first->version_count, second->versions,
                                                           second->version_count, NULL, 0, &ranges);
            found.equal += (uint32_t)hg_has_same_versions(first, second);
        }
    return found;
}

hg_agreement hg_claims_agree(const hg_claim *one, const hg_claim *other)
{
    const int are_known = one->stacks != 0 && other->stacks != 0;
    if (says_nothing(one) || says_nothing(other))
        return HG_NOT_COMPARABLE;
    if (one->kind == HG_CLAIM_PROGRAM || other->kind == HG_CLAIM_PROGRAM)
        return are_known ? by_stacks(one, other) : HG_NOT_COMPARABLE;
    const shared_families shared = shared_by(one, other);
    if (shared.count == 0)
        return are_known ? by_stacks(one, other) : HG_CONTRADICT_FAMILY;
    if (shared.possible == 0)
        return HG_CONTRADICT_VERSION;
    const int is_same = shared.equal == one->family_count && shared.equal == other->family_count;
    return is_same ? HG_AGREE : HG_NARROW;
}
