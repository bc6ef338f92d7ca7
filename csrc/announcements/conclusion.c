/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * conclusion.c - combines a device's announcements into its description.
 *
 * First, two sorts of claims are left out: calls of services, User-Agents and HTTP servers that may belong to a person
 * or to another device (leave_calls_out), and names alone (leave_free_out). What the device was before it changed does
 * not count either (exclude_replaced).
 *
 * Then the type is chosen. Claims with a type of another group describe another device, such as a printer that a
 * computer shares, and are ignored from then on. In the same way, the manufacturer limits the models, and the system
 * the versions.
 *
 * For each value the claims of the highest rank decide: by scope, then by rank of evidence. Lower ones may confirm or
 * refine the value. If two claims of one rank contradict each other, the value stays unknown.
 */

#include "announcements/match.h"
#include "announcements/conclusion.h"
#include "announcements/makers.h"

/* Groups of types: announcements may name one device by any type of a group. */
static const char *const GROUPS[][7] = {
    {"computer", "server", "nas", "thin-client", "server-management", "hmi"},
    {"router", "access-point", "switch", "modem", "firewall", "wireless-controller"},
    {"phone", "tablet", "watch"},
    {"media-player", "tv", "display", "speaker", "console"},
    {"camera", "doorbell", "camera-recorder"},
    {"plc", "rtu", "drive", "meter", "relay", "ics-gateway", "controller"},
};

static hg_span value_of(const hg_device_claim *claim, uint32_t field)
{
    return hg_span_of(hg_device_claim_text(claim, field), claim->lengths[field]);
}

static int begins_with(hg_span whole, hg_span start)
{
    if (start.length > whole.length)
        return 0;
    for (uint32_t i = 0; i < start.length; i++)
        if (hg_lower(whole.text[i]) != hg_lower(start.text[i]))
            return 0;
    return 1;
}

static int are_equal(hg_span one, hg_span other)
{
    return one.length == other.length && begins_with(one, other);
}

/* Whether one device can have both values: one of them is empty, or begins with the other. */
static int are_compatible(hg_span one, hg_span other)
{
    return one.length == 0 || other.length == 0 || begins_with(one, other) || begins_with(other, one);
}

/* The index of a type's group; -1: it is in none. */
static int group_of(hg_span type)
{
    for (uint32_t i = 0; i < sizeof GROUPS / sizeof GROUPS[0]; i++)
        for (uint32_t j = 0; j < sizeof GROUPS[0] / sizeof GROUPS[0][0] && GROUPS[i][j] != NULL; j++)
            if (hg_span_is(type, GROUPS[i][j]))
                return (int)i;
    return -1;
}

/* Whether `module` is that of a radio module, and `type` a thing that is built with one. */
static int is_module_of(hg_span module, hg_span type)
{
    enum { GENERAL = 4 };
    return hg_span_is(module, "iot-module") && (group_of(type) < 0 || group_of(type) >= GENERAL);
}

/* Whether one device can have both types. */
static int are_compatible_types(hg_span one, hg_span other)
{
    return is_module_of(one, other) || is_module_of(other, one) || one.length == 0 || other.length == 0 ||
           are_equal(one, other) || (group_of(one) >= 0 && group_of(one) == group_of(other));
}

/* ---- calls of services ------------------------------------------------------------------------------ */

/* Whether people or other devices call services through such a device: computers, routers, telephones, all Androids. */
static int is_general(const hg_device_claim *claim)
{
    enum { GENERAL = 3 };
    const int group = group_of(value_of(claim, HG_DEVICE_TYPE));
    return (group >= 0 && group < GENERAL) || hg_span_is(value_of(claim, HG_DEVICE_SYSTEM), "Android");
}

/* Whether only the operating system itself calls this service, never a web page. */
static int is_system_call(const hg_device_claim *claim)
{
    const hg_span type = value_of(claim, HG_DEVICE_TYPE);
    return claim->lengths[HG_DEVICE_SYSTEM] > 0 && (type.length == 0 || hg_span_is(type, "computer"));
}

/* Whether the device itself makes these calls. A web page makes its calls within a short time. */
static int is_own_call(const hg_device_conclusion *conclusion, const hg_device_reading *call, int general)
{
    enum { LEAST_CALLS = 6 };
    const int lasts = call->packets >= LEAST_CALLS && call->last_ns - call->first_ns >= INT64_C(1800) * 1000000000;
    return is_system_call(call->claim) || (!general && (!conclusion->browses || lasts));
}

/* Whether one device can have both claims' values of a field. */
static int agree(const hg_device_claim *one, const hg_device_claim *other, uint32_t field)
{
    return are_compatible(value_of(one, field), value_of(other, field));
}

/* Whether two claims of one kind describe different devices: a host may connect, or answer for names, for others. */
static int are_of_different_devices(const hg_device_claim *one, const hg_device_claim *other)
{
    const int is_software = one->kind != HG_SAYS_CALLS;
    return (is_software || (!one->generic && !other->generic)) &&
           (!are_compatible_types(value_of(one, HG_DEVICE_TYPE), value_of(other, HG_DEVICE_TYPE)) ||
            !agree(one, other, HG_DEVICE_SYSTEM) ||
            (is_software && !(agree(one, other, HG_DEVICE_MANUFACTURER) && agree(one, other, HG_DEVICE_MODEL))));
}

/* Whether a claim may be of another device: it was found in the host's connections, or in a name. Whoever poisons names
 * answers for all that others look for. */
static int may_be_of_other(const hg_device_reading *reading)
{
    return reading->claim->kind == HG_SAYS_CALLS || reading->claim->kind == HG_SAYS_USER_AGENT ||
           (reading->claim->kind == HG_SAYS_NAME && !reading->is_free) || reading->claim->kind == HG_SAYS_SIGNALLING ||
           reading->claim->kind == HG_SAYS_SERVES ||
           (reading->claim->kind == HG_SAYS_SERVER && reading->scope == HG_SCOPE_REMOTE);
}

/* Leaves out claims from connections or names that may come from a person or belong to another device. */
static void leave_calls_out(hg_device_conclusion *conclusion)
{
    uint32_t kept = 0, several = 0; /* a bit for each kind whose claims describe different devices */
    int general = 0;
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_device_claim *claim = conclusion->readings[i].claim;
        general |=
            claim->kind != HG_SAYS_CALLS && (claim->kind != HG_SAYS_USER_AGENT || !claim->generic) && is_general(claim);
        for (uint32_t j = 0; may_be_of_other(conclusion->readings + i) && j < i; j++)
            if (may_be_of_other(conclusion->readings + j) && conclusion->readings[j].claim->kind == claim->kind)
                several |= (uint32_t)are_of_different_devices(claim, conclusion->readings[j].claim) << claim->kind;
    }
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_device_reading *one = conclusion->readings + i;
        const int is_call = one->claim->kind == HG_SAYS_CALLS;
        if (!may_be_of_other(one) ||
            ((several >> one->claim->kind & 1) == 0 && (!is_call || is_own_call(conclusion, one, general))))
            conclusion->readings[kept++] = *one;
    }
    conclusion->reading_count = kept;
}

/* ---- values that were replaced ---------------------------------------------------------------------- */

/* Whether a later text of the kind describes another device or system. */
static int is_replaced_by(const hg_device_reading *one, const hg_device_reading *later)
{
    return one->claim->kind == later->claim->kind && (HG_DEVICE_SINGLE_KINDS >> one->claim->kind & 1) != 0 &&
           !one->is_other && !later->is_other && later->first_ns > one->last_ns &&
           later->last_ns - later->first_ns >= HG_DEVICE_REPLACED_NS &&
           !(are_compatible_types(value_of(one->claim, HG_DEVICE_TYPE), value_of(later->claim, HG_DEVICE_TYPE)) &&
             agree(one->claim, later->claim, HG_DEVICE_MODEL) && agree(one->claim, later->claim, HG_DEVICE_SYSTEM));
}

/* Marks what the device announced before it changed, as HG_DEVICE_CHANGED reports it. */
static void exclude_replaced(hg_device_conclusion *conclusion)
{
    for (uint32_t i = 0; i < conclusion->reading_count; i++)
        for (uint32_t j = 0; j < conclusion->reading_count; j++)
            conclusion->readings[i].contradicts |=
                (uint8_t)is_replaced_by(conclusion->readings + i, conclusion->readings + j);
}

/* ---- names ------------------------------------------------------------------------------------------ */

static int share_value(const hg_device_claim *one, const hg_device_claim *other, uint32_t field)
{
    return one->lengths[field] > 0 && other->lengths[field] > 0 && agree(one, other, field);
}

/* Whether a claim says that a card is a radio module, or made for computers. It may be in any device, as a gateway. */
static int is_card_for_any(const hg_device_claim *claim)
{
    const hg_span type = value_of(claim, HG_DEVICE_TYPE);
    return claim->kind == HG_SAYS_MAC && (hg_span_is(type, "iot-module") || hg_span_is(type, "computer"));
}

/* Whether a claim of another kind names the same maker or system, or is a radio module, as in a thing of this type:
 * people do not name such things. */
static int is_backed(const hg_device_conclusion *conclusion, const hg_device_claim *claim)
{
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_device_claim *other = conclusion->readings[i].claim;
        if (other->kind == claim->kind || conclusion->readings[i].contradicts)
            continue;
        if (share_value(claim, other, HG_DEVICE_MANUFACTURER) || share_value(claim, other, HG_DEVICE_SYSTEM) ||
            (claim->lengths[HG_DEVICE_TYPE] > 0 && hg_span_is(value_of(other, HG_DEVICE_TYPE), "iot-module") &&
             are_compatible_types(value_of(claim, HG_DEVICE_TYPE), value_of(other, HG_DEVICE_TYPE))))
            return 1;
    }
    return 0;
}

/* Leaves out names and calls that say nothing alone; people and web pages choose them. The system of a call stays. */
static void leave_free_out(hg_device_conclusion *conclusion)
{
    hg_device_conclusion all = *conclusion;
    conclusion->reading_count = 0;
    for (uint32_t i = 0; i < all.reading_count; i++) {
        hg_device_reading one = all.readings[i];
        one.is_free = one.is_free && !is_backed(&all, one.claim);
        if (!one.is_free || (one.claim->kind == HG_SAYS_CALLS && is_system_call(one.claim)))
            conclusion->readings[conclusion->reading_count++] = one;
    }
}

/* ---- one field -------------------------------------------------------------------------------------- */

/* The share of claims that are right about a field, by the claim's kind and its signature's source. `*is_assumed`
 * becomes 0 if the kind's was measured. */
static double share_of(const hg_database *database, const hg_device_claim *claim, uint32_t field, uint8_t *is_assumed)
{
    static const double RATES[] = {
        [HG_WEIGHT_UNSTATED] = 0.9, [HG_WEIGHT_LOW] = 0.85, [HG_WEIGHT_MEDIUM] = 0.95, [HG_WEIGHT_HIGH] = 1.0};
    const hg_tables *t = &hg_database_default()->tables;
    if (database != NULL && database->tables.device_shares_count != 0)
        t = &database->tables;
    const uint32_t number = claim->kind * HG_DEVICE_FIELDS + field;
    const uint32_t share = number < t->device_shares_count ? t->device_shares[number].share : HG_UNPROVEN;
    *is_assumed &= (share & HG_ASSUMED) != 0;
    return (double)(share & ~HG_ASSUMED) / HG_SHARE_UNIT * RATES[claim->weight];
}

/* The rank of a claim: what another MAC says is below all of the device's own claims. Up to names, evidence alone
 * counts, since anybody may choose such texts; above, claims count by scope, then by evidence. */
static uint32_t rank_of(const hg_device_reading *reading)
{
    enum { RANKS = HG_RANK_IDENTITY + 1, OWN = (HG_SCOPES + 1) * RANKS };
    const uint32_t rank = reading->claim->rank;
    return (reading->is_other ? 0 : OWN) + (rank > HG_RANK_NAME ? (reading->scope + 1u) * RANKS : 0) + rank;
}

/* The rank that a claim needs to decide about a field: the highest of all claims. */
static uint32_t least_rank(const hg_device_conclusion *conclusion, uint32_t field)
{
    uint32_t least = 0;
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_device_reading *one = conclusion->readings + i;
        if (one->claim->lengths[field] > 0 && !one->contradicts && rank_of(one) > least)
            least = rank_of(one);
    }
    return least;
}

/* The value with the confidence that all claims with a compatible one give it together. Each kind counts once. */
static hg_device_value score(const hg_device_conclusion *conclusion, uint32_t field, hg_span wanted)
{
    hg_device_value out = {.text = wanted.text, .length = wanted.length, .is_assumed = 1};
    double best[HG_ANNOUNCEMENTS] = {0.0}, doubt = 1.0;
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_device_claim *claim = conclusion->readings[i].claim;
        const hg_span claimed = value_of(claim, field);
        if (claimed.length == 0 || conclusion->readings[i].contradicts || conclusion->readings[i].is_other ||
            !are_compatible(claimed, wanted))
            continue;
        const double share = share_of(conclusion->database, claim, field, &out.is_assumed);
        best[claim->kind] = share > best[claim->kind] ? share : best[claim->kind];
    }
    for (uint32_t i = 0; i < HG_ANNOUNCEMENTS; i++)
        doubt *= 1.0 - best[i];
    out.confidence = 1.0 - doubt;
    return out;
}

static int contains(hg_span whole, hg_span part)
{
    for (; whole.length >= part.length; whole.text++, whole.length--)
        if (begins_with(whole, part))
            return 1;
    return 0;
}

/* Whether a word is another one, or that without its last letters: "M404" of "M404dn", but not of "M4045". */
static int begins_word(hg_span word, hg_span start)
{
    return begins_with(word, start) &&
           (word.length == start.length || word.text[start.length] < '0' || word.text[start.length] > '9');
}

/* Whether a model is a longer one without some words, as in "LaserJet M404" of "LaserJet Pro M404dn". */
static int abbreviates(hg_span whole, hg_span part)
{
    uint32_t count = 0;
    for (hg_span word; (word = hg_span_item(&part, ' ')).length > 0; count++) {
        hg_span next;
        while ((next = hg_span_item(&whole, ' ')).length > 0 && !begins_word(next, word))
            ;
        if (next.length == 0)
            return 0;
    }
    return count > 1;
}

/* A model may begin with its maker, and a version may be one of two. */
int hg_device_values_fit(uint32_t field, hg_span one, hg_span other)
{
    if (field == HG_DEVICE_TYPE)
        return are_compatible_types(one, other);
    return are_compatible(one, other) ||
           (field == HG_DEVICE_MODEL && (abbreviates(one, other) || abbreviates(other, one))) ||
           ((field == HG_DEVICE_MODEL || field == HG_DEVICE_VERSION) && (contains(one, other) || contains(other, one)));
}

/* Whether the claim may decide about a field: another MAC did not send it, it has a value, and no claim of a higher
 * rank contradicts it. */
static int is_candidate(const hg_device_conclusion *conclusion, const hg_device_reading *one, uint32_t field)
{
    if (one->claim->lengths[field] == 0 || one->contradicts || one->is_other ||
        (field == HG_DEVICE_TYPE && is_card_for_any(one->claim)) || (one->is_free && field < HG_DEVICE_SYSTEM))
        return 0;
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_device_reading *other = conclusion->readings + i;
        if (!other->contradicts && rank_of(other) > rank_of(one) &&
            !hg_device_values_fit(field, value_of(one->claim, field), value_of(other->claim, field)))
            return 0;
    }
    return 1;
}

/* Whether a claim names a type that the others of its group refine. */
static int is_of_any_type(const hg_device_claim *claim)
{
    static const char *const TYPES[] = {"computer", "controller"};
    for (uint32_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (hg_span_is(value_of(claim, HG_DEVICE_TYPE), TYPES[i]))
            return 1;
    return 0;
}

/* Compares two candidates: of a group of types exact ones first, then specific claims, then by rank. Positive: `one` is
 * better. */
static int compare(const hg_device_reading *one, const hg_device_reading *other, uint32_t field)
{
    const int is_same_group = field == HG_DEVICE_TYPE &&
                              hg_device_values_fit(field, value_of(one->claim, field), value_of(other->claim, field));
    const int exact = is_same_group ? is_of_any_type(other->claim) - is_of_any_type(one->claim) : 0;
    const int specific = (int)other->claim->generic - (int)one->claim->generic;
    return exact != 0 ? exact : specific != 0 ? specific : (int)rank_of(one) - (int)rank_of(other);
}

/* Chooses the value of the best claim; of equally good ones, the value with the highest confidence, then the longest.
 * If two of the best contradict each other, the value stays unknown. */
static void choose(hg_device_conclusion *conclusion, uint32_t field)
{
    hg_device_value *out = conclusion->values + field;
    const hg_device_reading *best = NULL;
    int is_contradicted = 0;
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_device_reading *one = conclusion->readings + i;
        const hg_span claimed = value_of(one->claim, field);
        const int order = is_candidate(conclusion, one, field) ? best == NULL ? 1 : compare(one, best, field) : -1;
        if (order < 0)
            continue;
        is_contradicted = order == 0 && (is_contradicted ||
                                         !hg_device_values_fit(field, claimed, hg_span_of(out->text, out->length)));
        const hg_device_value found = score(conclusion, field, claimed);
        if (order == 0 && (found.confidence < out->confidence ||
                           (found.confidence <= out->confidence && claimed.length <= out->length)))
            continue;
        best = one;
        *out = found;
    }
    if (is_contradicted)
        *out = (hg_device_value){0};
}

/* ---- all fields ------------------------------------------------------------------------------------- */

static hg_span chosen(const hg_device_conclusion *conclusion, uint32_t field)
{
    return hg_span_of(conclusion->values[field].text, conclusion->values[field].length);
}

enum { BY_CHOICE = 2 /* in `contradicts`: because of a chosen value, which may be chosen again */ };

/* Marks the claims that contradict the chosen value. A less exact value does not contradict it. */
static void exclude(hg_device_conclusion *conclusion, uint32_t field)
{
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_span claimed = value_of(conclusion->readings[i].claim, field), value = chosen(conclusion, field);
        conclusion->readings[i].contradicts |= (uint8_t)(!hg_device_values_fit(field, claimed, value) * BY_CHOICE);
    }
}

static void choose_type_and_maker(hg_device_conclusion *conclusion)
{
    choose(conclusion, HG_DEVICE_TYPE);
    exclude(conclusion, HG_DEVICE_TYPE);
    choose(conclusion, HG_DEVICE_MANUFACTURER);
    exclude(conclusion, HG_DEVICE_MANUFACTURER);
}

/* Chooses again without claims of types that the chosen maker does not build, if the chosen type is one of these. */
static void exclude_not_built(hg_device_conclusion *conclusion)
{
    const hg_span maker = chosen(conclusion, HG_DEVICE_MANUFACTURER);
    if (hg_maker_builds(maker, chosen(conclusion, HG_DEVICE_TYPE)))
        return;
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        hg_device_reading *one = conclusion->readings + i;
        const int builds = hg_maker_builds(maker, value_of(one->claim, HG_DEVICE_TYPE));
        one->contradicts = (uint8_t)((one->contradicts & ~BY_CHOICE) | !builds);
    }
    conclusion->values[HG_DEVICE_TYPE] = conclusion->values[HG_DEVICE_MANUFACTURER] = (hg_device_value){0};
    choose_type_and_maker(conclusion);
}

/* Chooses the version from claims of the chosen system only. */
static void choose_version(hg_device_conclusion *conclusion)
{
    hg_device_conclusion same; /* most of it stays as it is, because it is large */
    same.database = conclusion->database;
    same.reading_count = 0;
    same.values[HG_DEVICE_VERSION] = (hg_device_value){0};
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        const hg_span claimed = value_of(conclusion->readings[i].claim, HG_DEVICE_SYSTEM);
        if (!conclusion->readings[i].contradicts && are_equal(claimed, chosen(conclusion, HG_DEVICE_SYSTEM)))
            same.readings[same.reading_count++] = conclusion->readings[i];
    }
    choose(&same, HG_DEVICE_VERSION);
    conclusion->values[HG_DEVICE_VERSION] = same.values[HG_DEVICE_VERSION];
}

/* Marks claims of lower rank, which did not decide, if one of their values contradicts the chosen one. */
static void exclude_weaker(hg_device_conclusion *conclusion)
{
    for (uint32_t field = 0; field < HG_DEVICE_VALUES; field++) {
        const uint32_t least = least_rank(conclusion, field);
        for (uint32_t i = 0; i < conclusion->reading_count; i++) {
            hg_device_reading *one = conclusion->readings + i;
            const hg_span claimed = value_of(one->claim, field);
            one->contradicts |= (uint8_t)(rank_of(one) < least && !are_compatible(claimed, chosen(conclusion, field)) &&
                                          !(field == HG_DEVICE_TYPE && is_of_any_type(one->claim)));
        }
    }
}

void hg_device_decide(hg_device_conclusion *conclusion)
{
    memset(conclusion->values, 0, sizeof conclusion->values);
    leave_calls_out(conclusion);
    exclude_replaced(conclusion);
    leave_free_out(conclusion);
    choose_type_and_maker(conclusion);
    exclude_not_built(conclusion);
    choose(conclusion, HG_DEVICE_MODEL);
    choose(conclusion, HG_DEVICE_SYSTEM);
    choose_version(conclusion);
    exclude_weaker(conclusion);
}
