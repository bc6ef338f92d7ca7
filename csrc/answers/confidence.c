/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * confidence.c - how often answers like this one are right, measured on labelled hosts.
 *
 * The measured share of a basis is multiplied by the standing of its best known family: how far labelled hosts
 * confirmed it.
 */
#include "answers/answer.h"
#include "base/search.h"
#include "database/database.h"

#include <math.h>

/* The confidence tables of a database; if it has none, the default database's tables. */
static const hg_tables *tables_of(const hg_database *database)
{
    return database->tables.confidence_count != 0 ? &database->tables : &hg_database_default()->tables;
}

static double share_of(uint32_t millionths)
{
    return (double)millionths / HG_SHARE_UNIT;
}

static uint32_t standing_of(const hg_tables *t, uint64_t family)
{
    uint32_t first = 0;
    HG_SEARCH(first, t->standings_count, t->standings[middle].family < family)
    const int is_known = first < t->standings_count && t->standings[first].family == family;
    return is_known ? t->standings[first].share : HG_NEW_FAMILY;
}

/* The standing of the best known family, 0.0 to 1.0; 1.0 if families do not count. */
static double standing_of_best(const hg_tables *t, const hg_basis *basis)
{
    uint32_t best = 0;
    if (!basis->counts_families)
        return 1.0;
    for (uint32_t i = 0; i < basis->family_count; i++) {
        const uint32_t standing = standing_of(t, basis->families[i]);
        best = standing > best ? standing : best;
    }
    return share_of(best);
}

int hg_is_confirmed(const hg_database *database, const hg_basis *basis)
{
    return basis->counts_families && standing_of_best(tables_of(database), basis) >= 1.0;
}

void hg_confidence(const hg_database *database, const hg_basis *basis, double *share, double *version_share)
{
    const hg_tables *t = tables_of(database);
    *share = 0.0;
    *version_share = NAN;
    if (basis->family_count == 0 || basis->family_count > HG_MAX_FAMILIES || basis->manner > HG_MANNER_FUZZY ||
        basis->weight > HG_WEIGHT_HIGH)
        return;
    const uint32_t number = (basis->manner * HG_MAX_FAMILIES + basis->family_count - 1) * (HG_WEIGHT_HIGH + 1) + basis->weight;
    const hg_db_confidence *found = t->confidence + number;
    const double standing = standing_of_best(t, basis);
    *share = share_of(found->share) * standing;
    if (found->version_share != HG_NO_INDEX)
        *version_share = share_of(found->version_share) * standing;
}

double hg_client_confidence(const hg_database *database, uint32_t hello)
{
    if (hello >= database->tables.hellos_count || database->tables.hellos[hello].share == HG_NO_INDEX)
        return NAN;
    return share_of(database->tables.hellos[hello].share);
}

/* How often segments point to a family rightly. */
static uint32_t segments_share(const hg_tables *t, uint64_t family)
{
    for (uint32_t i = 0; i < t->segment_shares_count; i++)
        if (t->segment_shares[i].family == family)
            return t->segment_shares[i].share;
    return HG_UNPROVEN;
}

double hg_segments_confidence(const hg_database *database, uint32_t rule)
{
    const hg_tables *own = &database->tables;
    const hg_tables *t = own->segment_shares_count != 0 ? own : &hg_database_default()->tables;
    const hg_db_claim *claim = own->claims + own->labels[own->segments[rule].label].claim;
    uint32_t least = claim->family_count == 0 ? 0 : HG_SHARE_UNIT;
    for (uint32_t i = 0; i < claim->family_count; i++) {
        const uint32_t share = segments_share(t, own->families[own->claim_families[claim->first_family + i].family].identity);
        least = share < least ? share : least;
    }
    return share_of(least);
}

_Static_assert(HG_BASES == 3 * HG_MAX_FAMILIES * (HG_WEIGHT_HIGH + 1), "a share for each basis");
