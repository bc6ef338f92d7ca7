/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * check.c - checks the references in a database, so that the code that follows them needs no checks.
 */
#include "database/database.h"

#include "base/error.h"

#define HG_RANGE_FITS(first, count, all) ((first) <= (all) && (count) <= (all) - (first))

#define HG_REQUIRE(condition, section)                                                                           \
    do {                                                                                                         \
        if (!(condition))                                                                                        \
            return hg_fail(error, HG_E_DATABASE, "damaged: record %u of section " section " is invalid", i + 1); \
    } while (0)

/* Requires the condition for each record of a section; `one` points to the record. */
#define HG_REQUIRE_EACH(section, condition)                  \
    for (uint32_t i = 0; i < t->section##_count; i++) {      \
        const __typeof__(*t->section) *one = t->section + i; \
        HG_REQUIRE(condition, #section);                     \
    }

/* Requires a condition for a whole section; `why` is the error's message. */
#define HG_REQUIRE_ALL(condition, why)                             \
    do {                                                           \
        if (!(condition))                                          \
            return hg_fail(error, HG_E_DATABASE, "damaged: " why); \
    } while (0)

/* Requires that a hashed section has a power of two of slots, and a free slot, because probing ends there. A slot is
 * free if `field` has the value `free`. */
#define HG_REQUIRE_FREE(section, field, free)                                             \
    do {                                                                                  \
        uint32_t slots = 0;                                                               \
        for (uint32_t i = 0; i < t->section##_count; i++)                                 \
            slots += t->section[i].field == (free);                                       \
        HG_REQUIRE_ALL(slots > 0 && (t->section##_count & (t->section##_count - 1)) == 0, \
                       "a hash table has no free slot");                                  \
    } while (0)

/* ---- references ---------------------------------------------------------------------------------------- */

/* A field that refers to a record, or to the first of several. */
typedef struct reference {
    uint8_t section, target; /* indexes in HG_SECTIONS */
    uint8_t at, bytes;       /* offset and size of the field in its record */
    uint8_t count_at, count_bytes; /* offset and size of the field with the number of records; size 0: one record */
    uint8_t may_be_none;
} reference;

#define HG_PLACE(section, record) AT_##section,
enum { HG_SECTIONS(HG_PLACE) };
#define HG_FIELD(record, field) offsetof(record, field), sizeof(((record *)0)->field)
#define HG_ONE(record, section, field, target, is_optional) \
    {AT_##section, AT_##target, HG_FIELD(record, field), 0, 0, is_optional},
#define HG_RUN(record, section, field, target, is_optional, count) \
    {AT_##section, AT_##target, HG_FIELD(record, field), HG_FIELD(record, count), is_optional},
static const reference REFERENCES[] = {HG_REFERENCES(HG_ONE, HG_RUN)};

/* The limit for all text that records refer to. Texts may overlap, so without a limit a small file could refer to any
 * amount of text. The limit suffices for a million signatures of 100 bytes, and as much text about their sources. */
#define HG_MAX_TEXT_BYTES (UINT64_C(256) << 20)

static uint32_t number_at(const uint8_t *at, uint32_t bytes)
{
    return bytes == 1 ? *at : bytes == 2 ? hg_le16(at) : hg_le32(at);
}

/* Whether the records that a record refers to exist in the target, which has `held` records. `*count` becomes their
 * number. */
static int reference_fits(const reference *reference, const uint8_t *record, uint32_t held, uint32_t *count)
{
    const uint32_t first = number_at(record + reference->at, reference->bytes);
    *count = reference->count_bytes == 0 ? 1 : number_at(record + reference->count_at, reference->count_bytes);
    if (reference->may_be_none && first == (reference->bytes == 2 ? UINT16_MAX : HG_NO_INDEX))
        return 1;
    return HG_RANGE_FITS(first, *count, held);
}

static hg_status check_references(const hg_tables *t, hg_error *error)
{
#define HG_SECTION(section, record) {#section, t->section, t->section##_count, sizeof(record)},
    const struct {
        const char *name;
        const void *records;
        uint32_t count;
        uint32_t stride;
    } sections[] = {HG_SECTIONS(HG_SECTION)};
    uint64_t bytes = 0;
    for (size_t i = 0; i < sizeof REFERENCES / sizeof *REFERENCES; i++) {
        const reference *reference = REFERENCES + i;
        const uint8_t *record = sections[reference->section].records;
        for (uint32_t number = 0; number < sections[reference->section].count; number++) {
            uint32_t count;
            if (!reference_fits(reference, record + (size_t)number * sections[reference->section].stride,
                                sections[reference->target].count, &count))
                return hg_fail(error, HG_E_DATABASE, "damaged: record %u of section %s is invalid", number + 1,
                               sections[reference->section].name);
            bytes += reference->target == AT_strings ? count : 0;
        }
    }
    if (bytes <= HG_MAX_TEXT_BYTES)
        return HG_OK;
    return hg_fail(error, HG_E_DATABASE, "damaged: its records refer to %llu MiB of text, which is limited to %llu",
                   (unsigned long long)(bytes >> 20), (unsigned long long)(HG_MAX_TEXT_BYTES >> 20));
}

/* ---- other properties that walks need ------------------------------------------------------------------- */

/* Version ranges must be ascending and not overlap, so that two lists can be compared in one pass. Each range must
 * belong to only one family, and each family to only one claim (check_claims), so that the file's size limits the
 * work. */
static hg_status check_versions(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_EACH(versions, one->first <= one->last)
    uint32_t taken = 0;
    for (uint32_t i = 0; i < t->claim_families_count; i++) {
        const hg_db_claim_family *family = t->claim_families + i;
        HG_REQUIRE(family->first_version == taken, "claim_families");
        taken += family->version_count;
        for (uint32_t version = 1; version < family->version_count; version++) {
            const hg_db_versions *range = t->versions + family->first_version + version;
            HG_REQUIRE(range[-1].last < range->first, "claim_families");
        }
    }
    return HG_OK;
}

static hg_status check_claims(const hg_tables *t, hg_error *error)
{
    uint32_t taken = 0;
    for (uint32_t i = 0; i < t->claims_count; i++) {
        const hg_db_claim *claim = t->claims + i;
        HG_REQUIRE(claim->kind <= HG_CLAIM_ANY && claim->first_family == taken, "claims");
        taken += claim->family_count;
    }
    return check_versions(t, error);
}

static hg_status check_confidence(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_ALL(t->confidence_count == 0 || t->confidence_count == HG_BASES, "section confidence is incomplete");
    HG_REQUIRE_EACH(confidence, one->share <= HG_SHARE_UNIT &&
                                    (one->version_share <= HG_SHARE_UNIT || one->version_share == HG_NO_INDEX))
    HG_REQUIRE_EACH(standings, one->share <= HG_SHARE_UNIT && (i == 0 || one[-1].family < one->family))
    HG_REQUIRE_ALL(t->device_shares_count == 0 || t->device_shares_count == HG_ANNOUNCEMENTS * HG_DEVICE_FIELDS,
                   "section device_shares is incomplete");
    HG_REQUIRE_EACH(device_shares, (one->share & ~HG_ASSUMED) <= HG_SHARE_UNIT)
    return HG_OK;
}

/* The numbers of a layout's signatures must be ascending, so that a walk ends. */
static hg_status check_signatures(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_EACH(labels, one->alike <= i)
    HG_REQUIRE_ALL(t->signatures_count <= HG_MAX_SIGNATURES, "more signatures than are supported");
    HG_REQUIRE_EACH(signatures, one->window_kind <= HG_WINDOW_ANY && one->payload <= HG_PAYLOAD_ANY &&
                                    (one->window_kind != HG_WINDOW_MODULO || one->window != 0) &&
                                    one->weight <= HG_WEIGHT_HIGH && one->next > i)
    HG_REQUIRE_ALL(t->layout_signatures_count == t->layouts_count, "section layout_signatures is incomplete");
    HG_REQUIRE_EACH(layouts, one->count <= HG_LAYOUT_OPTIONS)
    HG_REQUIRE_EACH(https,
                    HG_RANGE_FITS(one->first_step, (uint32_t)one->step_count + one->absent_count, t->http_steps_count))
    HG_REQUIRE_EACH(hellos, one->share == HG_NO_INDEX || one->share <= HG_SHARE_UNIT)
    return HG_OK;
}

static hg_status check_hashed(const hg_tables *t, hg_error *error)
{
    /* Indexes must be below these limits. A table of limits, because there may be a million entries to check. */
    const uint64_t limits[HG_ENTRY_RANGES + 1] = {
        [HG_ENTRY_EMPTY] = UINT64_MAX,
        [HG_ENTRY_SINGLE] = t->signatures_count,
        [HG_ENTRY_GROUP] = t->members_count,
        [HG_ENTRY_RANGES] = t->ranges_count > HG_SOFT_QUIRKS ? t->ranges_count - HG_SOFT_QUIRKS : 0,
    };
    HG_REQUIRE_EACH(entries, one->state <= HG_ENTRY_RANGES && one->index < limits[one->state])
    HG_REQUIRE_FREE(layout_slots, layout, HG_NO_INDEX);
    HG_REQUIRE_FREE(bases, shape_count, 0);
    HG_REQUIRE_FREE(entries, state, HG_ENTRY_EMPTY);
    HG_REQUIRE_FREE(hello_entries, signature, HG_NO_INDEX);
    /* A hello is looked up once for each mask. */
    HG_REQUIRE_ALL(t->hello_masks_count <= HG_MOST_HELLO_MASKS, "more masks for hellos than are supported");
    return HG_OK;
}

static hg_status check_segments(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_ALL(t->segments_count <= HG_SEGMENT_MOST_RULES, "more signatures of segments than are supported");
    HG_REQUIRE_EACH(segment_conditions, one->feature < HG_SEGMENT_FEATURES && one->negated <= 1)
    HG_REQUIRE_EACH(segment_values, one->multiple != 0)
    HG_REQUIRE_EACH(segment_shares, one->share <= HG_SHARE_UNIT && (i == 0 || one[-1].family < one->family))
    return HG_OK;
}

static int has_values(const hg_tables *t, const hg_db_announcement *one)
{
    for (uint32_t field = 0; field < HG_DEVICE_FIELDS; field++)
        if (!HG_RANGE_FITS(one->value_offsets[field], one->value_lengths[field], t->strings_count))
            return 0;
    return 1;
}

/* Unless it is the last part, a part of any length must have a part after it that shows where it ends. */
static int are_parts(const hg_tables *t, const hg_db_announcement *one)
{
    if (one->part_count == 0 || one->part_count > HG_DEVICE_MOST_PARTS)
        return 0;
    for (uint32_t i = 0; i < one->part_count; i++) {
        const hg_db_device_part *part = t->device_parts + one->first_part + i;
        const int is_last = i + 1 == one->part_count;
        if (part->kind == HG_PART_ANY && !is_last && part[1].kind != HG_PART_LITERAL)
            return 0;
        if (part->kind == HG_PART_CAPTURE && !is_last && part[1].kind != HG_PART_LITERAL && part[1].kind != HG_PART_ANY)
            return 0;
    }
    return 1;
}

/* A key may have only few patterns, because a lookup may compare all of them. */
static hg_status check_devices(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_EACH(device_parts,
                    one->kind <= HG_PART_CAPTURE && (one->kind != HG_PART_CAPTURE || one->number < HG_DEVICE_CAPTURES))
    HG_REQUIRE_EACH(announcements, one->weight <= HG_WEIGHT_HIGH && one->rank <= HG_RANK_IDENTITY &&
                                       has_values(t, one) && are_parts(t, one))
    HG_REQUIRE_EACH(device_members, (one->grade & ((1U << HG_DEVICE_WEIGHT_SHIFT) - 1)) < t->announcements_count)
    HG_REQUIRE_EACH(device_keys, one->first_member == HG_NO_INDEX || one->member_count <= HG_DEVICE_MOST_MEMBERS)
    HG_REQUIRE_FREE(device_keys, first_member, HG_NO_INDEX);
    return HG_OK;
}

/* Whether a base is valid: the section has a move for each byte after it. */
static int is_base(const hg_tables *t, uint32_t base)
{
    return t->http_moves_count > UINT8_MAX && base < t->http_moves_count - UINT8_MAX;
}

/* Each use must lead to an earlier one, so that walks end. The automaton of ua_os begins at base 0, unless no text is
 * looked for. */
static hg_status check_automata(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_EACH(http_uses, one->next == HG_NO_INDEX || one->next < i)
    HG_REQUIRE_EACH(http_moves, is_base(t, one->next))
    HG_REQUIRE_ALL(t->http_moves_count == 0 || is_base(t, 0), "section http_moves is incomplete");
    HG_REQUIRE_ALL(t->http_ends_count == t->http_moves_count, "section http_ends is incomplete");
    return HG_OK;
}

/* Nodes must form a tree, in order of depth: the children of each node come right after the children of the node before
 * it. */
static hg_status check_nodes(const hg_tables *t, hg_error *error)
{
    uint32_t next = 2, depth = 0, deeper = 2;
    for (uint32_t i = 0; i < t->http_nodes_count; i++) {
        const hg_db_http_node *node = t->http_nodes + i;
        if (i == deeper) {
            depth++;
            deeper = next;
        }
        HG_REQUIRE(depth <= HG_HTTP_MOST_HEADERS && node->first_child == next, "http_nodes");
        next += node->child_count;
    }
    HG_REQUIRE_ALL(t->http_nodes_count >= 2 && next == t->http_nodes_count, "section http_nodes is incomplete");
    return HG_OK;
}

static int is_node(const hg_tables *t, uint32_t node)
{
    return node == HG_NO_INDEX || (node > 1 && node < t->http_nodes_count);
}

static hg_status check_atoms(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_ALL(t->http_atoms_count <= HG_HTTP_MOST_ATOMS, "more headers and texts than are supported");
    HG_REQUIRE_EACH(http_atoms, one->name != HG_NO_INDEX && is_node(t, one->nodes[0]) && is_node(t, one->nodes[1]))
    HG_REQUIRE_EACH(http_steps, one->name != HG_NO_INDEX)
    return HG_OK;
}

static hg_status check_heads(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_EACH(http_names, one->root == HG_NO_INDEX || is_base(t, one->root))
    HG_REQUIRE_FREE(http_names, number, HG_NO_INDEX);
    hg_status status = check_atoms(t, error);
    if (status == HG_OK)
        status = check_automata(t, error);
    return status == HG_OK ? check_nodes(t, error) : status;
}

/* For any bytes in a packet, each step of the walk must lead to a node, and each node must have an end. */
static hg_status check_templates(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_ALL(t->template_roots_count == HG_TEMPLATE_BYTES / 4 + 1, "section template_roots is incomplete");
    HG_REQUIRE_ALL(t->template_ends_count == t->template_nodes_count, "section template_ends is incomplete");
    HG_REQUIRE_EACH(templates, one->mss_at <= HG_TEMPLATE_BYTES - 2 && one->wscale_at <= HG_TEMPLATE_BYTES - 1 &&
                                   one->ts_at <= HG_TEMPLATE_BYTES - 8)
    HG_REQUIRE_EACH(template_roots, one->step / HG_TEMPLATE_BYTES < t->template_nodes_count)
    for (uint32_t i = 0; i < t->template_nodes_count; i++)
        for (uint32_t branch = 0; branch < HG_TEMPLATE_BRANCHES; branch++)
            HG_REQUIRE(t->template_nodes[i].steps[branch] / HG_TEMPLATE_BYTES < t->template_nodes_count,
                       "template_nodes");
    return HG_OK;
}

static hg_status check_runs(const hg_tables *t, hg_error *error)
{
    HG_REQUIRE_EACH(shapes, one->window_kind != HG_WINDOW_MODULO || one->modulo != 0)
    HG_REQUIRE_EACH(members, (one->flags & HG_MEMBER_LAST) != 0 || i + 1 < t->members_count)
    HG_REQUIRE_EACH(ranges, one->count > 0 && t->intervals[one->first + one->count - 1].last_ttl >= UINT8_MAX)
    HG_REQUIRE_EACH(intervals,
                    one->grade == HG_NO_INDEX || (one->grade & (HG_MAX_SIGNATURES - 1)) < t->signatures_count)
    return HG_OK;
}

hg_status hg_tables_check(const hg_tables *tables, hg_error *error)
{
    static hg_status (*const CHECKS[])(const hg_tables *tables, hg_error *error) = {
        check_references, check_signatures, check_claims,   check_confidence, check_hashed,
        check_devices,    check_heads,      check_segments, check_templates,  check_runs};
    hg_status status = HG_OK;
    for (size_t i = 0; status == HG_OK && i < sizeof CHECKS / sizeof *CHECKS; i++)
        status = CHECKS[i](tables, error);
    return status;
}
