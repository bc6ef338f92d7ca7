/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "names/answer.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/search.h"
#include "tcp/erased.h"

static const hg_db_signature *own_signature(const hg_database *database, const hg_named_handshake *handshake)
{
    return database->tables.signatures + handshake->signature;
}

/* ---- families and labels ---------------------------------------------------------------------------- */

/* Begins a round; the first one allocates the memory. */
static hg_status begin(hg_answerer *a, hg_error *error)
{
    const hg_tables *t = &a->database->tables;
    const size_t labels = t->labels_count, families = t->families_count;
    const size_t numbers = 2 * (labels + families) + t->claims_count + 1;
    if (a->memory == NULL) {
        a->memory = calloc(numbers, sizeof *a->memory);
        if (a->memory == NULL)
            return hg_fail(error, HG_E_MEMORY, "no memory for the answers of %zu labels", labels);
        a->seen_labels = a->memory;
        a->candidates = a->seen_labels + labels;
        a->seen_families = a->candidates + labels;
        a->families = a->seen_families + families;
        a->seen_claims = a->families + families;
    }
    if (++a->round == 0) { /* after 2^32 answers: forget all rounds */
        memset(a->memory, 0, numbers * sizeof *a->memory);
        a->round = 1;
    }
    return HG_OK;
}

/* Adds the families of a label, each once. */
static void meet_families(hg_answerer *a, const hg_db_label *label, hg_found_answer *out)
{
    const hg_tables *t = &a->database->tables;
    const hg_db_claim *claim = t->claims + label->claim;
    if (a->seen_claims[label->claim] == a->round)
        return;
    a->seen_claims[label->claim] = a->round;
    for (uint32_t i = 0; i < claim->family_count; i++) {
        const uint32_t family = t->claim_families[claim->first_family + i].family;
        if (a->seen_families[family] == a->round)
            continue;
        a->seen_families[family] = a->round;
        a->families[out->family_count++] = family;
    }
}

/* Notes a label and its families. Returns 1 if no label with this text was met before. */
static int meet_label(hg_answerer *a, const hg_db_label *label, hg_found_answer *out)
{
    const uint32_t number = label->alike;
    meet_families(a, label, out);
    if (a->seen_labels[number] == a->round)
        return 0;
    a->seen_labels[number] = a->round;
    return 1;
}

/* Whether the row's signature fits only with restored options, because a router overwrote some. */
static int is_erased(const hg_database *database, const hg_named_handshake *handshake)
{
    const hg_db_signature *own = own_signature(database, handshake);
    const hg_db_layout *layout = database->tables.layouts + own->layout;
    return (own->flags & HG_SIGNATURE_RESTORABLE) != 0 &&
           (layout->count != handshake->seen.option_count || layout->eol_pad != handshake->seen.eol_pad ||
            memcmp(layout->kinds, handshake->seen.options, handshake->seen.option_count) != 0);
}

/* The conditions for signatures that fit as well as the row's own. */
typedef struct equal_match {
    uint32_t kind;    /* HG_GRADE_... */
    uint32_t flags;   /* flags that they must have */
    uint32_t without; /* flags that they must not have */
    uint8_t has_ttl; /* 1: their TTL must fit */
} equal_match;

static int has_ttl(const hg_db_signature *s, const hg_observation *seen)
{
    return seen->ttl <= s->ittl &&
           (s->ittl - seen->ttl <= HG_MAX_DISTANCE || (s->flags & HG_SIGNATURE_UNRELIABLE_TTL) != 0);
}

/* Adds the signatures of one layout that fit as well, in ascending order, as hg_database_match_all does. */
static void meet_layout(hg_answerer *a, uint32_t layout, const hg_observation *seen, const equal_match *like,
                        hg_found_answer *out)
{
    const hg_tables *t = &a->database->tables;
    uint32_t number = t->layout_signatures[layout].signature;
    for (; number != HG_NO_INDEX; number = t->signatures[number].next) {
        const hg_db_signature *s = t->signatures + number;
        const uint32_t grade = hg_table_grade_of(t, number, seen);
        if (grade == HG_NO_INDEX || grade >> HG_GRADE_SHIFT != like->kind || (s->flags & like->flags) != like->flags ||
            (s->flags & like->without) != 0 || (like->has_ttl && !has_ttl(s, seen)))
            continue;
        if (meet_label(a, t->labels + s->label, out))
            a->candidates[out->candidate_count++] = s->label;
    }
}

/* Adds the matches of every layout that the observation may have had before options were overwritten. */
static void meet_restored(hg_answerer *a, const hg_named_handshake *handshake, hg_found_answer *out)
{
    const hg_tables *t = &a->database->tables;
    hg_erased erased;
    hg_observation restored;
    if (!hg_erased_begin(&erased, &handshake->seen) ||
        !hg_erased_restore(&erased, t->layouts + own_signature(a->database, handshake)->layout, &restored))
        return;
    const uint32_t kind = hg_table_grade_of(t, handshake->signature, &restored) >> HG_GRADE_SHIFT;
    const equal_match like = {.kind = kind, .flags = HG_SIGNATURE_RESTORABLE, .has_ttl = 1};
    for (uint32_t layout = 0; layout < t->layouts_count; layout++)
        if (hg_erased_restore(&erased, t->layouts + layout, &restored))
            meet_layout(a, layout, &restored, &like, out);
}

/* Flags of signatures that are no candidates: lines of the default database if a line of the user's file fits, which
 * has precedence; and tools if a system fits. */
static uint32_t flags_without(const hg_db_signature *own)
{
    return ((own->flags & HG_SIGNATURE_RESTORABLE) == 0 ? HG_SIGNATURE_RESTORABLE : 0) |
           ((own->flags & HG_SIGNATURE_USERLAND) == 0 ? HG_SIGNATURE_USERLAND : 0);
}

static void meet_others(hg_answerer *a, const hg_named_handshake *handshake, hg_found_answer *out)
{
    const hg_db_signature *own = own_signature(a->database, handshake);
    const int is_generic = (own->flags & HG_SIGNATURE_GENERIC) != 0;
    const uint32_t kind = handshake->fuzzy ? HG_GRADE_FUZZY : is_generic ? HG_GRADE_GENERIC : HG_GRADE_SPECIFIC;
    const equal_match like = {.kind = kind,
                              .flags = own->flags & HG_SIGNATURE_USERLAND,
                              .without = flags_without(own),
                              .has_ttl = (uint8_t)has_ttl(own, &handshake->seen)};
    if (is_erased(a->database, handshake))
        meet_restored(a, handshake, out);
    else
        meet_layout(a, own->layout, &handshake->seen, &like, out);
}

/* ---- reasons ---------------------------------------------------------------------------------------- */

static void add(hg_found_answer *out, hg_reason_code code)
{
    out->reasons[out->reason_count++] = (uint8_t)code;
}

/* Adds the differences that make a match fuzzy. */
static void add_differences(const hg_db_signature *own, const hg_observation *seen, hg_found_answer *out)
{
    const uint32_t lost = own->quirks & ~seen->quirks, gained = seen->quirks & ~own->quirks;
    if (seen->version == 4 && (lost & (HG_QUIRK_DF | HG_QUIRK_ID_PLUS)) != 0)
        add(out, (lost & HG_QUIRK_DF) != 0 ? HG_BECAUSE_DF_LOST : HG_BECAUSE_ID_LOST);
    if ((gained & HG_QUIRK_ID_MINUS) != 0)
        add(out, HG_BECAUSE_ID_GAINED);
    if ((gained & HG_QUIRK_ECN) != 0)
        add(out, HG_BECAUSE_ECN_GAINED);
    if (seen->ttl > own->ittl)
        add(out, HG_BECAUSE_ABOVE);
    else if (!has_ttl(own, seen))
        add(out, HG_BECAUSE_BELOW);
}

static void add_reasons(const hg_database *database, const hg_named_handshake *handshake, hg_found_answer *out)
{
    const hg_db_signature *own = own_signature(database, handshake);
    add(out, HG_BECAUSE_MATCH);
    if (handshake->fuzzy)
        add_differences(own, &handshake->seen, out);
    if (is_erased(database, handshake))
        add(out, HG_BECAUSE_ERASED);
    if (out->family_count >= HG_MAX_FAMILIES)
        add(out, out->family_count == HG_MAX_FAMILIES ? HG_BECAUSE_TWO : HG_BECAUSE_MORE);
    add(out, own->provenance_length > 0 ? HG_BECAUSE_SOURCE : HG_BECAUSE_UNSTATED);
}

/* MATCH, a lost quirk, two gained ones, the TTL, erased options, families, the source. */
_Static_assert(HG_MOST_REASONS >= 8, "room for all reasons of one answer");

/* ---- the answer ------------------------------------------------------------------------------------- */

/* The basis of the confidence. For tools and signatures without a source, the family does not count. */
static hg_basis basis_of(const hg_database *database, const hg_found_answer *answer)
{
    const hg_db_signature *own = own_signature(database, answer->handshake);
    const int is_generic = (own->flags & HG_SIGNATURE_GENERIC) != 0;
    hg_basis basis = {
        .manner = answer->handshake->fuzzy ? HG_MANNER_FUZZY
                  : is_generic             ? HG_MANNER_GENERIC
                                           : HG_MANNER_SPECIFIC,
        .weight = (uint8_t)own->weight,
        .family_count = answer->family_count,
        .counts_families = (own->flags & HG_SIGNATURE_USERLAND) == 0 && own->weight != HG_WEIGHT_UNSTATED,
    };
    for (uint32_t i = 0; i < answer->family_count && i < HG_MAX_FAMILIES; i++)
        basis.families[i] = database->tables.families[answer->families[i]].identity;
    return basis;
}

hg_status hg_answer_find(hg_answerer *a, const hg_named_handshake *handshake, hg_found_answer *out, hg_error *error)
{
    const hg_status status = begin(a, error);
    if (status != HG_OK)
        return status;
    *out = (hg_found_answer){.handshake = handshake, .families = a->families, .candidates = a->candidates};
    (void)meet_label(a, a->database->tables.labels + own_signature(a->database, handshake)->label, out);
    meet_others(a, handshake, out);
    add_reasons(a->database, handshake, out);
    out->basis = basis_of(a->database, out);
    hg_confidence(a->database, &out->basis, &out->confidence, &out->version_share);
    return HG_OK;
}

double hg_answer_version_confidence(const hg_database *database, const hg_found_answer *answer)
{
    const hg_db_label *label = database->tables.labels + own_signature(database, answer->handshake)->label;
    return label->flavor_length > 0 ? answer->version_share : (double)NAN;
}

/* ---- how often answers like this one are right --------------------------------------------------------- */

/* Measured on labelled hosts. The share of a basis is multiplied by the standing of its best known family: how far
 * labelled hosts confirmed that family. */

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
    const int has_all = basis->family_count <= HG_MAX_FAMILIES; /* a basis stores no more */
    return basis->counts_families && has_all && standing_of_best(tables_of(database), basis) >= 1.0;
}

void hg_confidence(const hg_database *database, const hg_basis *basis, double *share, double *version_share)
{
    const hg_tables *t = tables_of(database);
    *share = 0.0;
    *version_share = NAN;
    if (basis->family_count == 0 || basis->family_count > HG_MAX_FAMILIES || basis->manner > HG_MANNER_FUZZY ||
        basis->weight > HG_WEIGHT_HIGH)
        return;
    const uint32_t number =
        (basis->manner * HG_MAX_FAMILIES + basis->family_count - 1) * (HG_WEIGHT_HIGH + 1) + basis->weight;
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

/* How often segments that point to this family are right. */
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
        const uint32_t share =
            segments_share(t, own->families[own->claim_families[claim->first_family + i].family].identity);
        least = share < least ? share : least;
    }
    return share_of(least);
}

_Static_assert(HG_BASES == 3 * HG_MAX_FAMILIES * (HG_WEIGHT_HIGH + 1), "a share for each basis");
