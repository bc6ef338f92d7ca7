/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * check.c - checks the references of a database, so that its walks need no checks.
 */
#include "database/database.h"

#include "base/error.h"

#define HG_RANGE_FITS(first, count, all) ((first) <= (all) && (count) <= (all) - (first))

#define HG_TEXT_FITS(tables, record, text)                                                                  \
    HG_RANGE_FITS((record)->text##_offset, (record)->text##_length, (tables)->strings_count)

/* What every signature has. */
#define HG_SIGNATURE_FITS(tables, record)                                                                   \
    (HG_TEXT_FITS(tables, record, text) && HG_TEXT_FITS(tables, record, provenance) &&                      \
     (record)->label < (tables)->labels_count && (record)->file < (tables)->files_count)

#define HG_REQUIRE(condition, section)                                                                      \
    do {                                                                                                    \
        if (!(condition))                                                                                   \
            return hg_fail(error, HG_E_DATABASE, "damaged: record %u of section " section " is invalid",    \
                           i + 1);                                                                          \
    } while (0)

static hg_status check_names(const hg_tables *t, hg_error *error)
{
    for (uint32_t i = 0; i < t->files_count; i++)
        HG_REQUIRE(HG_TEXT_FITS(t, t->files + i, name), "files");
    for (uint32_t i = 0; i < t->classes_count; i++)
        HG_REQUIRE(HG_TEXT_FITS(t, t->classes + i, name), "classes");
    for (uint32_t i = 0; i < t->systems_count; i++)
        HG_REQUIRE(HG_TEXT_FITS(t, t->systems + i, name) && HG_TEXT_FITS(t, t->systems + i, text), "systems");
    for (uint32_t i = 0; i < t->labels_count; i++) {
        const hg_db_label *label = t->labels + i;
        HG_REQUIRE(HG_TEXT_FITS(t, label, name) && HG_TEXT_FITS(t, label, flavor) &&
                       HG_TEXT_FITS(t, label, class) && HG_TEXT_FITS(t, label, systems) &&
                       label->file < t->files_count && label->claim < t->claims_count && label->alike <= i,
                   "labels");
    }
    return HG_OK;
}

/* Ranges of versions rise and do not overlap, so that two lists are compared in one pass. Each belongs to one record,
 * here and below, so that the work is bounded by the size of the file. */
static hg_status check_versions(const hg_tables *t, hg_error *error)
{
    for (uint32_t i = 0; i < t->versions_count; i++)
        HG_REQUIRE(t->versions[i].first <= t->versions[i].last, "versions");
    uint32_t taken = 0;
    for (uint32_t i = 0; i < t->claim_families_count; i++) {
        const hg_db_claim_family *family = t->claim_families + i;
        HG_REQUIRE(family->family < t->families_count && family->first_version == taken &&
                       family->version_count <= t->versions_count - taken,
                   "claim_families");
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
    for (uint32_t i = 0; i < t->families_count; i++)
        HG_REQUIRE(HG_TEXT_FITS(t, t->families + i, name), "families");
    uint32_t taken = 0;
    for (uint32_t i = 0; i < t->claims_count; i++) {
        const hg_db_claim *claim = t->claims + i;
        HG_REQUIRE(claim->kind <= HG_CLAIM_ANY && claim->first_family == taken &&
                       claim->family_count <= t->claim_families_count - taken,
                   "claims");
        taken += claim->family_count;
    }
    for (uint32_t i = 0; i < t->systems_count; i++)
        HG_REQUIRE(t->systems[i].claim < t->claims_count, "systems");
    return check_versions(t, error);
}

static hg_status check_confidence(const hg_tables *t, hg_error *error)
{
    if (t->confidence_count != 0 && t->confidence_count != HG_BASES)
        return hg_fail(error, HG_E_DATABASE, "damaged: section confidence is incomplete");
    for (uint32_t i = 0; i < t->confidence_count; i++) {
        const hg_db_confidence *of = t->confidence + i;
        HG_REQUIRE(of->share <= HG_SHARE_UNIT && (of->version_share <= HG_SHARE_UNIT || of->version_share == HG_NO_INDEX),
                   "confidence");
    }
    for (uint32_t i = 0; i < t->standings_count; i++) {
        const hg_db_standing *of = t->standings + i;
        HG_REQUIRE(of->share <= HG_SHARE_UNIT && (i == 0 || of[-1].family < of->family), "standings");
    }
    if (t->device_shares_count != 0 && t->device_shares_count != HG_ANNOUNCEMENTS * HG_DEVICE_FIELDS)
        return hg_fail(error, HG_E_DATABASE, "damaged: section device_shares is incomplete");
    for (uint32_t i = 0; i < t->device_shares_count; i++)
        HG_REQUIRE(t->device_shares[i].share <= HG_SHARE_UNIT, "device_shares");
    return HG_OK;
}

/* All the text that somebody may ask for: pieces of it may overlap, so a small file can hold records
 * that refer to any amount. A million signatures of 100 bytes, and as much on where they come from. */
#define HG_MAX_TEXT_BYTES (UINT64_C(256) << 20)

#define HG_ADD_SIGNATURES(section)                                                                          \
    for (uint32_t i = 0; i < t->section##_count; i++)                                                       \
    bytes += (uint64_t)t->section[i].text_length + t->section[i].provenance_length

static hg_status check_text(const hg_tables *t, hg_error *error)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < t->files_count; i++)
        bytes += t->files[i].name_length;
    for (uint32_t i = 0; i < t->classes_count; i++)
        bytes += t->classes[i].name_length;
    for (uint32_t i = 0; i < t->systems_count; i++)
        bytes += (uint64_t)t->systems[i].name_length + t->systems[i].text_length;
    for (uint32_t i = 0; i < t->families_count; i++)
        bytes += t->families[i].name_length;
    for (uint32_t i = 0; i < t->labels_count; i++) {
        const hg_db_label *label = t->labels + i;
        bytes += (uint64_t)label->name_length + label->flavor_length + label->class_length + label->systems_length;
    }
    HG_ADD_SIGNATURES(signatures);
    HG_ADD_SIGNATURES(mtus);
    HG_ADD_SIGNATURES(https);
    HG_ADD_SIGNATURES(hellos);
    HG_ADD_SIGNATURES(announcements);
    HG_ADD_SIGNATURES(segments);
    if (bytes <= HG_MAX_TEXT_BYTES)
        return HG_OK;
    return hg_fail(error, HG_E_DATABASE, "damaged: its records refer to %llu MiB of text, which is limited to %llu",
                   (unsigned long long)(bytes >> 20), (unsigned long long)(HG_MAX_TEXT_BYTES >> 20));
}

static hg_status check_signatures(const hg_tables *t, hg_error *error)
{
    if (t->signatures_count > HG_MAX_SIGNATURES)
        return hg_fail(error, HG_E_DATABASE, "damaged: more signatures than can be ordered");
    for (uint32_t i = 0; i < t->signatures_count; i++) {
        const hg_db_signature *signature = t->signatures + i;
        HG_REQUIRE(HG_SIGNATURE_FITS(t, signature) && signature->layout < t->layouts_count &&
                       signature->window_kind <= HG_WINDOW_ANY && signature->payload <= HG_PAYLOAD_ANY &&
                       (signature->window_kind != HG_WINDOW_MODULO || signature->window != 0),
                   "signatures");
    }
    for (uint32_t i = 0; i < t->mtus_count; i++)
        HG_REQUIRE(HG_SIGNATURE_FITS(t, t->mtus + i), "mtus");
    for (uint32_t i = 0; i < t->mtu_order_count; i++)
        HG_REQUIRE(t->mtu_order[i].number < t->mtus_count, "mtu_order");
    for (uint32_t i = 0; i < t->https_count; i++) {
        const hg_db_http *http = t->https + i;
        HG_REQUIRE(HG_SIGNATURE_FITS(t, http) &&
                       (http->software == HG_NO_INDEX || http->software < t->http_atoms_count) &&
                       HG_RANGE_FITS(http->first_step, (uint32_t)http->step_count + http->absent_count, t->http_steps_count),
                   "https");
    }
    for (uint32_t i = 0; i < t->hellos_count; i++) {
        const hg_db_hello *hello = t->hellos + i;
        HG_REQUIRE(HG_SIGNATURE_FITS(t, hello) &&
                       (hello->share == HG_NO_INDEX || hello->share <= HG_SHARE_UNIT),
                   "hellos");
    }
    return HG_OK;
}

/* The signatures of each layout; their numbers rise, so that a walk ends. */
static hg_status check_layouts(const hg_tables *t, hg_error *error)
{
    for (uint32_t i = 0; i < t->signatures_count; i++) {
        const hg_db_signature *signature = t->signatures + i;
        const int ends = signature->next == HG_NO_INDEX;
        HG_REQUIRE(signature->weight <= HG_WEIGHT_HIGH &&
                       (ends || (signature->next > i && signature->next < t->signatures_count)),
                   "signatures");
    }
    if (t->layout_signatures_count != t->layouts_count)
        return hg_fail(error, HG_E_DATABASE, "damaged: section layout_signatures is incomplete");
    for (uint32_t i = 0; i < t->layout_signatures_count; i++)
        HG_REQUIRE(t->layout_signatures[i].signature < t->signatures_count, "layout_signatures");
    for (uint32_t i = 0; i < t->layouts_count; i++)
        HG_REQUIRE(t->layouts[i].count <= HG_LAYOUT_OPTIONS, "layouts");
    return HG_OK;
}

static int is_power_of_two(uint32_t number)
{
    return number != 0 && (number & (number - 1)) == 0;
}

/* Probes end at a free slot, so each hashed section needs one. */
static hg_status check_hashed(const hg_tables *t, hg_error *error)
{
    uint32_t free_slots = 0, free_bases = 0, free_entries = 0;
    for (uint32_t i = 0; i < t->layout_slots_count; i++) {
        uint32_t layout = t->layout_slots[i].layout;
        HG_REQUIRE(layout == HG_NO_INDEX || layout < t->layouts_count, "layout_slots");
        free_slots += layout == HG_NO_INDEX;
    }
    for (uint32_t i = 0; i < t->bases_count; i++) {
        const hg_db_base *base = t->bases + i;
        HG_REQUIRE(HG_RANGE_FITS(base->first_shape, base->shape_count, t->shapes_count), "bases");
        free_bases += base->shape_count == 0;
    }
    /* Indexes are below these. Looked up in a table, since there may be a million entries. */
    const uint64_t limits[HG_ENTRY_RANGES + 1] = {
        [HG_ENTRY_EMPTY] = UINT64_MAX,
        [HG_ENTRY_SINGLE] = t->signatures_count,
        [HG_ENTRY_GROUP] = t->members_count,
        [HG_ENTRY_RANGES] = t->ranges_count > HG_SOFT_QUIRKS ? t->ranges_count - HG_SOFT_QUIRKS : 0,
    };
    for (uint32_t i = 0; i < t->entries_count; i++) {
        const hg_db_entry *entry = t->entries + i;
        HG_REQUIRE(entry->state <= HG_ENTRY_RANGES && entry->index < limits[entry->state], "entries");
        free_entries += entry->state == HG_ENTRY_EMPTY;
    }
    if (!is_power_of_two(t->layout_slots_count) || !is_power_of_two(t->bases_count) ||
        !is_power_of_two(t->entries_count) || free_slots == 0 || free_bases == 0 || free_entries == 0)
        return hg_fail(error, HG_E_DATABASE, "damaged: a hash table has no free slot");
    return HG_OK;
}

static hg_status check_segments(const hg_tables *t, hg_error *error)
{
    if (t->segments_count > HG_SEGMENT_MOST_RULES)
        return hg_fail(error, HG_E_DATABASE, "damaged: more signatures of segments than are looked at");
    for (uint32_t i = 0; i < t->segments_count; i++) {
        const hg_db_segments *of = t->segments + i;
        HG_REQUIRE(HG_SIGNATURE_FITS(t, of) &&
                       HG_RANGE_FITS(of->first_condition, of->condition_count, t->segment_conditions_count),
                   "segments");
    }
    for (uint32_t i = 0; i < t->segment_conditions_count; i++) {
        const hg_db_segment_condition *of = t->segment_conditions + i;
        HG_REQUIRE(of->feature < HG_SEGMENT_FEATURES && of->negated <= 1 &&
                       HG_RANGE_FITS(of->first_value, of->value_count, t->segment_values_count),
                   "segment_conditions");
    }
    for (uint32_t i = 0; i < t->segment_values_count; i++)
        HG_REQUIRE(t->segment_values[i].multiple != 0, "segment_values");
    for (uint32_t i = 0; i < t->segment_shares_count; i++) {
        const hg_db_segment_share *of = t->segment_shares + i;
        HG_REQUIRE(of->share <= HG_SHARE_UNIT && (i == 0 || of[-1].family < of->family), "segment_shares");
    }
    return HG_OK;
}

/* A hello is looked up once for each mask; each probe ends at a free slot. */
static hg_status check_hellos(const hg_tables *t, hg_error *error)
{
    uint32_t free_slots = 0;
    if (t->hello_masks_count > HG_MOST_HELLO_MASKS)
        return hg_fail(error, HG_E_DATABASE, "damaged: hellos are looked up by more masks than there can be");
    for (uint32_t i = 0; i < t->hello_entries_count; i++) {
        const hg_db_hello_entry *entry = t->hello_entries + i;
        HG_REQUIRE(entry->signature == HG_NO_INDEX || entry->signature < t->hellos_count, "hello_entries");
        free_slots += entry->signature == HG_NO_INDEX;
    }
    if (!is_power_of_two(t->hello_entries_count) || free_slots == 0)
        return hg_fail(error, HG_E_DATABASE, "damaged: a hash table has no free slot");
    return HG_OK;
}

static int has_values(const hg_tables *t, const hg_db_announcement *one)
{
    for (uint32_t field = 0; field < HG_DEVICE_FIELDS; field++)
        if (one->value_lengths[field] > HG_DEVICE_MOST_TEXT ||
            !HG_RANGE_FITS(one->value_offsets[field], one->value_lengths[field], t->strings_count))
            return 0;
    return 1;
}

/* What ends where the part after it begins has one after it. */
static int are_parts(const hg_tables *t, const hg_db_announcement *one)
{
    if (one->part_count == 0 || one->part_count > HG_DEVICE_MOST_PARTS ||
        !HG_RANGE_FITS(one->first_part, one->part_count, t->device_parts_count))
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

/* A text is looked up once for each length; each probe ends at a free slot, and each key has few patterns. */
static hg_status check_devices(const hg_tables *t, hg_error *error)
{
    uint32_t free_slots = 0;
    for (uint32_t i = 0; i < t->device_parts_count; i++) {
        const hg_db_device_part *part = t->device_parts + i;
        HG_REQUIRE(HG_TEXT_FITS(t, part, text) && part->kind <= HG_PART_CAPTURE &&
                       (part->kind != HG_PART_CAPTURE || part->number < HG_DEVICE_CAPTURES),
                   "device_parts");
    }
    for (uint32_t i = 0; i < t->announcements_count; i++) {
        const hg_db_announcement *one = t->announcements + i;
        HG_REQUIRE(HG_SIGNATURE_FITS(t, one) && one->weight <= HG_WEIGHT_HIGH && has_values(t, one) && are_parts(t, one),
                   "announcements");
    }
    for (uint32_t i = 0; i < t->device_members_count; i++)
        HG_REQUIRE((t->device_members[i].grade & ((1U << HG_DEVICE_WEIGHT_SHIFT) - 1)) < t->announcements_count, "device_members");
    for (uint32_t i = 0; i < t->device_keys_count; i++) {
        const hg_db_device_key *key = t->device_keys + i;
        free_slots += key->first_member == HG_NO_INDEX;
        HG_REQUIRE(HG_TEXT_FITS(t, key, text) &&
                       (key->first_member == HG_NO_INDEX ||
                        (key->member_count <= HG_DEVICE_MOST_MEMBERS &&
                         HG_RANGE_FITS(key->first_member, key->member_count, t->device_members_count))),
                   "device_keys");
    }
    if (!is_power_of_two(t->device_keys_count) || free_slots == 0)
        return hg_fail(error, HG_E_DATABASE, "damaged: a hash table has no free slot");
    return HG_OK;
}

/* Whether there is a move for any byte from this base on. */
static int is_base(const hg_tables *t, uint32_t base)
{
    return t->http_moves_count > UINT8_MAX && base < t->http_moves_count - UINT8_MAX;
}

/* A use leads to earlier ones. The automaton of ua_os begins at the base 0, unless there is no text. */
static hg_status check_automata(const hg_tables *t, hg_error *error)
{
    for (uint32_t i = 0; i < t->http_uses_count; i++) {
        const hg_db_http_use *use = t->http_uses + i;
        HG_REQUIRE((use->atom == HG_NO_INDEX || use->atom < t->http_atoms_count) &&
                       (use->system == HG_NO_INDEX || use->system < t->systems_count) &&
                       (use->next == HG_NO_INDEX || use->next < i),
                   "http_uses");
    }
    for (uint32_t i = 0; i < t->http_moves_count; i++)
        HG_REQUIRE(is_base(t, t->http_moves[i].next), "http_moves");
    for (uint32_t i = 0; i < t->http_ends_count; i++) {
        const uint32_t use = t->http_ends[i].use;
        HG_REQUIRE(use == HG_HTTP_NO_USE || use < t->http_uses_count, "http_ends");
    }
    if (t->http_moves_count != 0 && !is_base(t, 0))
        return hg_fail(error, HG_E_DATABASE, "damaged: section http_moves is incomplete");
    if (t->http_ends_count != t->http_moves_count)
        return hg_fail(error, HG_E_DATABASE, "damaged: section http_ends is incomplete");
    return HG_OK;
}

/* A tree: the children of all nodes follow one another, so nodes are in order of depth. */
static hg_status check_nodes(const hg_tables *t, hg_error *error)
{
    uint32_t next = 2, depth = 0, deeper = 2;
    for (uint32_t i = 0; i < t->http_nodes_count; i++) {
        const hg_db_http_node *node = t->http_nodes + i;
        if (i == deeper) {
            depth++;
            deeper = next;
        }
        HG_REQUIRE(depth <= HG_HTTP_MOST_HEADERS && node->first_child == next && t->http_nodes_count >= next &&
                       node->child_count <= t->http_nodes_count - next &&
                       HG_RANGE_FITS(node->first_member, node->member_count, t->http_members_count),
                   "http_nodes");
        next += node->child_count;
    }
    for (uint32_t i = 0; i < t->http_members_count; i++)
        HG_REQUIRE(t->http_members[i].signature < t->https_count, "http_members");
    if (t->http_nodes_count < 2 || next != t->http_nodes_count)
        return hg_fail(error, HG_E_DATABASE, "damaged: section http_nodes is incomplete");
    return HG_OK;
}

static hg_status check_atoms(const hg_tables *t, hg_error *error)
{
    if (t->http_atoms_count > HG_HTTP_MOST_ATOMS)
        return hg_fail(error, HG_E_DATABASE, "damaged: more headers and texts than there can be");
    for (uint32_t i = 0; i < t->http_atoms_count; i++) {
        const hg_db_http_atom *atom = t->http_atoms + i;
        HG_REQUIRE(HG_TEXT_FITS(t, atom, value) && atom->name != HG_NO_INDEX, "http_atoms");
        for (uint32_t kind = 0; kind < 2; kind++)
            HG_REQUIRE(atom->nodes[kind] == HG_NO_INDEX ||
                           (atom->nodes[kind] > 1 && atom->nodes[kind] < t->http_nodes_count),
                       "http_atoms");
    }
    for (uint32_t i = 0; i < t->http_steps_count; i++) {
        const hg_db_http_step *step = t->http_steps + i;
        HG_REQUIRE((step->atom == HG_NO_INDEX || step->atom < t->http_atoms_count) && step->name != HG_NO_INDEX,
                   "http_steps");
    }
    return HG_OK;
}

static hg_status check_heads(const hg_tables *t, hg_error *error)
{
    uint32_t free_slots = 0;
    for (uint32_t i = 0; i < t->http_names_count; i++) {
        const hg_db_http_name *name = t->http_names + i;
        HG_REQUIRE(HG_TEXT_FITS(t, name, name) && (name->atom == HG_NO_INDEX || name->atom < t->http_atoms_count) &&
                       (name->root == HG_NO_INDEX || is_base(t, name->root)),
                   "http_names");
        free_slots += name->number == HG_NO_INDEX;
    }
    if (!is_power_of_two(t->http_names_count) || free_slots == 0)
        return hg_fail(error, HG_E_DATABASE, "damaged: a hash table has no free slot");
    hg_status status = check_atoms(t, error);
    if (status == HG_OK)
        status = check_automata(t, error);
    return status == HG_OK ? check_nodes(t, error) : status;
}

/* Whatever the bytes of a packet, each step of the walk leads to a node, and each node has an end. */
static hg_status check_templates(const hg_tables *t, hg_error *error)
{
    if (t->template_roots_count != HG_TEMPLATE_BYTES / 4 + 1)
        return hg_fail(error, HG_E_DATABASE, "damaged: section template_roots is incomplete");
    if (t->template_ends_count != t->template_nodes_count)
        return hg_fail(error, HG_E_DATABASE, "damaged: section template_ends is incomplete");
    for (uint32_t i = 0; i < t->templates_count; i++)
        HG_REQUIRE(t->templates[i].layout < t->layouts_count &&
                       t->templates[i].mss_at <= HG_TEMPLATE_BYTES - 2 &&
                       t->templates[i].wscale_at <= HG_TEMPLATE_BYTES - 1 &&
                       t->templates[i].ts_at <= HG_TEMPLATE_BYTES - 8,
                   "templates");
    for (uint32_t i = 0; i < t->template_roots_count; i++)
        HG_REQUIRE(t->template_roots[i].step / HG_TEMPLATE_BYTES < t->template_nodes_count, "template_roots");
    for (uint32_t i = 0; i < t->template_nodes_count; i++) {
        uint32_t end = t->template_ends[i].template_number;
        HG_REQUIRE(end == HG_NO_INDEX || end < t->templates_count, "template_ends");
        for (uint32_t branch = 0; branch < HG_TEMPLATE_BRANCHES; branch++)
            HG_REQUIRE(t->template_nodes[i].steps[branch] / HG_TEMPLATE_BYTES < t->template_nodes_count,
                       "template_nodes");
    }
    return HG_OK;
}

static hg_status check_runs(const hg_tables *t, hg_error *error)
{
    for (uint32_t i = 0; i < t->shapes_count; i++)
        HG_REQUIRE(t->shapes[i].window_kind != HG_WINDOW_MODULO || t->shapes[i].modulo != 0, "shapes");
    for (uint32_t i = 0; i < t->members_count; i++) {
        const hg_db_member *member = t->members + i;
        int last = (member->flags & HG_MEMBER_LAST) != 0;
        HG_REQUIRE(member->priority < t->signatures_count && (last || i + 1 < t->members_count), "members");
    }
    for (uint32_t i = 0; i < t->ranges_count; i++) {
        const hg_db_range *range = t->ranges + i;
        HG_REQUIRE(range->count > 0 && HG_RANGE_FITS(range->first, range->count, t->intervals_count) &&
                       t->intervals[range->first + range->count - 1].last_ttl >= UINT8_MAX,
                   "ranges");
    }
    for (uint32_t i = 0; i < t->intervals_count; i++) {
        uint32_t grade = t->intervals[i].grade;
        HG_REQUIRE(grade == HG_NO_INDEX || (grade & (HG_MAX_SIGNATURES - 1)) < t->signatures_count, "intervals");
    }
    return HG_OK;
}

hg_status hg_tables_check(const hg_tables *tables, hg_error *error)
{
    static hg_status (*const CHECKS[])(const hg_tables *tables, hg_error *error) = {
        check_names, check_claims,  check_confidence, check_signatures, check_layouts,   check_text, check_hashed,
        check_hellos, check_devices, check_heads,      check_segments,   check_templates, check_runs};
    hg_status status = HG_OK;
    for (size_t i = 0; status == HG_OK && i < sizeof CHECKS / sizeof *CHECKS; i++)
        status = CHECKS[i](tables, error);
    return status;
}
