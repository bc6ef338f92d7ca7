/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * verdict.c - whether two claims agree, and with them the SYN, ClientHello and User-Agent of a connection.
 */
#include "names/verdict.h"

#include "http/fields.h"
#include "names/answer.h"
#include "passive_stack/fields.h"

/* ---- claims --------------------------------------------------------------------------------------- */

hg_claim hg_claim_at(const hg_database *database, uint32_t number)
{
    const hg_tables *t = &database->tables;
    const hg_db_claim *stored = t->claims + number;
    hg_claim claim = {.identity = stored->identity,
                      .stacks = stored->stacks,
                      .kind = stored->kind,
                      .family_count = stored->family_count};
    for (uint32_t i = 0; i < stored->family_count && i < HG_CLAIM_FAMILIES; i++) {
        const hg_db_claim_family *family = t->claim_families + stored->first_family + i;
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

/* ---- whether two claims agree --------------------------------------------------------------------- */

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

static void add_range(uint64_t *out, uint32_t capacity, uint32_t *count, uint64_t first, uint64_t last)
{
    if (*count < capacity) {
        out[2 * (size_t)*count] = first;
        out[2 * (size_t)*count + 1] = last;
    }
    ++*count;
}

int hg_versions_common(const uint64_t *one, uint32_t one_count, const uint64_t *other, uint32_t other_count,
                       uint64_t *out, uint32_t capacity, uint32_t *count)
{
    uint32_t i = 0, j = 0;
    *count = 0;
    if (one_count == 0 || other_count == 0) {
        const uint64_t *ranges = one_count == 0 ? other : one;
        for (; i < one_count + other_count; i++)
            add_range(out, capacity, count, ranges[2 * (size_t)i], ranges[2 * (size_t)i + 1]);
        return 1;
    }
    while (i < one_count && j < other_count) {
        const uint64_t *a = one + 2 * (size_t)i, *b = other + 2 * (size_t)j;
        const uint64_t first = a[0] > b[0] ? a[0] : b[0], last = a[1] < b[1] ? a[1] : b[1];
        if (first <= last)
            add_range(out, capacity, count, first, last);
        if (a[1] < b[1])
            i++;
        else
            j++;
    }
    return *count > 0;
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

/* ---- the sides of a comparison ---------------------------------------------------------------------- */

/* One side of a comparison: the result of one reader. */
typedef struct side {
    const char *what;      /* the word for the reader's packets */
    const char *unknown;   /* why it shows no system; NULL: it does */
    hg_claim claim;
    hg_span system;  /* the system's name */
    hg_span version; /* the versions in the label */
    hg_span client;  /* the program, if the label names one; length 0: none */
} side;

/* `unknown` is the reason if the label's stack is unknown. */
static void take_label(const hg_database *database, uint32_t index, const char *unknown, side *out)
{
    const hg_db_label *label = database->tables.labels + index;
    out->claim = hg_claim_at(database, label->claim);
    out->unknown = out->claim.stacks == 0 || out->claim.family_count > HG_CLAIM_FAMILIES ? unknown : NULL;
    out->system = hg_database_span(database, label->name_offset, label->name_length);
    out->version = hg_database_span(database, label->flavor_offset, label->flavor_length);
    if ((label->flags & HG_LABEL_USERLAND) == 0)
        return;
    out->client = out->system;
    out->system = hg_database_span(database, label->systems_offset, label->systems_length);
}

static side side_of_syn(const hg_database *database, uint32_t signature)
{
    side found = {.what = "SYN", .unknown = "no signature fits the SYN"};
    if (signature == HG_NOT_SEEN)
        found.unknown = "no SYN is known of this connection";
    if (database == NULL || signature >= database->tables.signatures_count)
        return found;
    const hg_db_signature *known = database->tables.signatures + signature;
    int is_tool = (known->flags & HG_SIGNATURE_USERLAND) != 0;
    take_label(database, known->label, is_tool ? "a tool made the SYN" : "the SYN's name names no system", &found);
    return found;
}

static side side_of_hello(const hg_database *database, uint32_t signature)
{
    side found = {.what = "hello", .unknown = "no signature fits the hello"};
    if (database != NULL && signature < database->tables.hellos_count)
        take_label(database, database->tables.hellos[signature].label, "the client runs on several systems", &found);
    return found;
}

uint32_t hg_claimed(const hg_database *database, const hg_row *row, int *is_hint)
{
    const hg_span hint = HG_TEXT_OF(*row, http, platform), agent = HG_TEXT_OF(*row, http, user_agent);
    const uint32_t hinted = hg_database_claims(database, hint.data, hint.length);
    *is_hint = hinted != HG_NO_SIGNATURE;
    return *is_hint ? hinted : hg_database_claims(database, agent.data, agent.length);
}

static side side_of_claim(const hg_database *database, uint32_t system, int is_hint)
{
    side found = {.what = is_hint ? "client hint" : "User-Agent",
                  .unknown = "the client names no system that is known"};
    if (database == NULL || system >= database->tables.systems_count)
        return found;
    const hg_db_system *known = database->tables.systems + system;
    found.claim = hg_claim_at(database, known->claim);
    if (found.claim.stacks != 0 && found.claim.family_count <= HG_CLAIM_FAMILIES)
        found.unknown = NULL;
    found.system = hg_database_span(database, known->name_offset, known->name_length);
    return found;
}

/* ---- comparisons --------------------------------------------------------------------------------- */

static void put(hg_judgement *to, const char *text)
{
    to->length = (uint32_t)(hg_put_word(to->why + to->length, text) - to->why);
}

_Static_assert(4 * HG_MOST_NAME_SHOWN + 64 <= HG_WHY_BYTES, "two sides, a name and a client or versions each");

static void put_name(hg_judgement *to, hg_span name)
{
    name = hg_name_shown(name);
    memcpy(to->why + to->length, name.data, name.length);
    to->length += name.length;
}

/* Writes one side, such as "SYN: Linux": with its versions if these contradict, else with its program. */
static void put_side(hg_judgement *to, const side *side, hg_agreement agreement)
{
    put(to, side->what);
    put(to, ": ");
    put_name(to, side->system);
    if (agreement == HG_CONTRADICT_VERSION && side->version.length > 0) {
        put(to, " ");
        put_name(to, side->version);
        return;
    }
    if (side->client.length == 0)
        return;
    put(to, " (");
    put_name(to, side->client);
    put(to, ")");
}

/* Compares two sides, and writes the verdict with its reason. */
static void compare(const side *first, const side *second, hg_judgement *out)
{
    *out = (hg_judgement){.verdict = HG_VERDICT_NOT_CHECKED};
    if (second->unknown != NULL || first->unknown != NULL) {
        put(out, second->unknown != NULL ? second->unknown : first->unknown);
        return;
    }
    const hg_agreement agreement = hg_claims_agree(&first->claim, &second->claim);
    out->verdict = agreement < HG_CONTRADICT_STACK ? HG_VERDICT_CONSISTENT : HG_VERDICT_CONTRADICTS;
    /* two equal names without details are written once */
    if (agreement != HG_CONTRADICT_VERSION && first->client.length == 0 && second->client.length == 0 &&
        hg_span_equal(first->system, second->system)) {
        put_name(out, first->system);
        return;
    }
    put_side(out, first, agreement);
    put(out, ", ");
    put_side(out, second, agreement);
}

/* Makes another comparison, and keeps the stronger judgement; the earlier one if equal. */
static void compare_also(const side *first, const side *second, hg_judgement *out)
{
    hg_judgement found;
    compare(first, second, &found);
    if (found.verdict > out->verdict)
        *out = found;
}

void hg_judge_names(const hg_database *database, const hg_client_names *names, hg_judgement *out)
{
    const side claim = side_of_claim(database, names->claimed, names->is_hint), syn = side_of_syn(database, names->syn),
               hello = side_of_hello(database, names->hello);
    compare(&syn, &claim, out);
    compare_also(&hello, &claim, out);
    compare_also(&syn, &hello, out);
}

/* Compares a request with the SYN, then with the ClientHello before it; the result is chosen as in hg_judge_names. */
static void judge_request(const hg_database *database, const hg_row *row, hg_judgement *out)
{
    const hg_http_columns *c = &row->columns->http;
    int is_hint;
    const uint32_t claimed = hg_claimed(database, row, &is_hint);
    const side request = side_of_claim(database, claimed, is_hint), syn = side_of_syn(database, c->http_syn[row->at]),
               hello = side_of_hello(database, c->http_hello[row->at]);
    compare(&syn, &request, out);
    compare_also(&hello, &request, out);
}

/* Compares a ClientHello with the SYN. */
static void judge_hello(const hg_database *database, const hg_row *row, hg_judgement *out)
{
    const hg_tls_columns *c = &row->columns->tls;
    const uint8_t transport = c->transport[row->at];
    *out = (hg_judgement){.verdict = HG_VERDICT_NOT_CHECKED};
    if (transport != HG_TRANSPORT_TCP) {
        put(out, transport == HG_TRANSPORT_QUIC   ? "QUIC has no SYN"
                 : transport == HG_TRANSPORT_DTLS ? "DTLS has no SYN"
                                                  : "UDP has no SYN");
        return;
    }
    const side syn = side_of_syn(database, c->tls_syn[row->at]), hello = side_of_hello(database, c->client[row->at]);
    compare(&syn, &hello, out);
}

void hg_judge(const hg_database *database, const hg_row *row, hg_judgement *out)
{
    if (row->columns->event[row->index] == HG_EVENT_HTTP_REQUEST)
        judge_request(database, row, out);
    else
        judge_hello(database, row, out);
}

double hg_segments_confidence_of(const hg_database *database, hg_row row)
{
    const uint32_t rule = hg_segments_rule_of(database, row);
    return rule == HG_NO_SIGNATURE ? 0.0 : hg_segments_confidence(database, rule);
}
