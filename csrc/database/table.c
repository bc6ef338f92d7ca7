/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.c - walks the decision table (drawn in sigcompiler/table/layout.py).
 *
 * hg_database_open checked every reference, so nothing is checked here.
 */
#include "database/table.h"

#include "base/hash.h"
#include "base/prefetch.h"
#include "base/search.h"

/* Also compares the bytes, so that layouts with the same hash are never confused. */
uint32_t hg_table_layout(const hg_tables *t, const hg_observation *o)
{
    uint64_t state = t->hash_key;
    for (int word = 0; word < HG_LAYOUT_OPTIONS; word += 8)
        state = hg_hash_mix(state, hg_le64(o->options + word));
    state = hg_hash_mix(state, (uint64_t)o->option_count | (uint64_t)o->eol_pad << 8);
    uint32_t mask = t->layout_slots_count - 1;
    for (uint32_t slot = hg_hash_fold(state) & mask;; slot = (slot + 1) & mask) {
        uint32_t number = t->layout_slots[slot].layout;
        if (number == HG_NO_INDEX)
            return HG_NO_INDEX;
        const hg_db_layout *layout = t->layouts + number;
        if (layout->count == o->option_count && layout->eol_pad == o->eol_pad &&
            memcmp(layout->kinds, o->options, HG_LAYOUT_OPTIONS) == 0)
            return number;
    }
}

static inline uint64_t base_key(uint32_t layout, const hg_observation *o)
{
    return (uint64_t)layout << HG_BASE_LAYOUT_SHIFT | (uint64_t)(o->quirks >> HG_SOFT_BITS) << HG_BASE_QUIRKS_SHIFT |
           (uint64_t)o->response << HG_BASE_RESPONSE_SHIFT | (uint64_t)(o->version == 6) << HG_BASE_V6_SHIFT |
           (uint64_t)o->payload << HG_BASE_PAYLOAD_SHIFT | o->olen;
}

static inline uint32_t first_slot(const hg_tables *t, uint64_t key, uint32_t mask)
{
    return hg_hash_fold(hg_hash_mix(t->hash_key, key)) & mask;
}

static inline const hg_db_base *find_base(const hg_tables *t, uint32_t layout, const hg_observation *o)
{
    if (layout == HG_NO_INDEX)
        return NULL;
    uint64_t key = base_key(layout, o);
    uint32_t mask = t->bases_count - 1;
    for (uint32_t slot = first_slot(t, key, mask);; slot = (slot + 1) & mask) {
        const hg_db_base *base = t->bases + slot;
        if (base->shape_count == 0)
            return NULL;
        if (base->key == key)
            return base;
    }
}

static inline const hg_db_entry *find_entry(const hg_tables *t, uint64_t key, uint32_t slot)
{
    uint32_t mask = t->entries_count - 1;
    for (;; slot = (slot + 1) & mask) {
        const hg_db_entry *entry = t->entries + slot;
        if (entry->state == HG_ENTRY_EMPTY)
            return NULL;
        if (entry->key == key)
            return entry;
    }
}

/* The grade of a signature, from the values that are not part of the key; HG_NO_INDEX: the signature does not fit.
 * sigcompiler/table/shapes.py computes the same for runs that the compiler resolves. */
static inline uint32_t grade(uint32_t priority, uint32_t soft, uint32_t ittl, uint32_t flags, uint32_t packet_soft,
                             uint32_t ttl)
{
    uint32_t fuzzy = 0;
    if (soft != packet_soft) {
        uint32_t lost = soft & ~packet_soft;
        uint32_t gained = packet_soft & ~soft;
        if ((lost & ~HG_FUZZY_LOST) != 0 || (gained & ~HG_FUZZY_GAINED) != 0)
            return HG_NO_INDEX;
        fuzzy = 1;
    }
    if ((flags & HG_MEMBER_UNRELIABLE_TTL) != 0) {
        if (ttl > ittl)
            return HG_NO_INDEX;
    } else if (ttl > ittl || ittl - ttl > HG_MAX_DISTANCE) {
        if ((flags & HG_MEMBER_EXACT_TTL) != 0)
            return HG_NO_INDEX;
        fuzzy = 1;
    }
    if (fuzzy != 0)
        return (flags & HG_MEMBER_USERLAND) != 0 ? HG_NO_INDEX : HG_GRADE_FUZZY << HG_GRADE_SHIFT | priority;
    return ((flags & HG_MEMBER_GENERIC) != 0 ? HG_GRADE_GENERIC : HG_GRADE_SPECIFIC) << HG_GRADE_SHIFT | priority;
}

static inline uint32_t lower_grade(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t grade_entry(const hg_tables *t, const hg_db_entry *entry, uint32_t soft, uint32_t ttl)
{
    if (entry->state == HG_ENTRY_SINGLE)
        return grade(entry->index, entry->soft, entry->ittl, entry->flags, soft, ttl);
    if (entry->state == HG_ENTRY_RANGES) {
        const hg_db_interval *interval = t->intervals + t->ranges[entry->index + soft].first;
        while (interval->last_ttl < ttl)
            interval++;
        return interval->grade;
    }
    uint32_t best = HG_NO_INDEX;
    for (const hg_db_member *m = t->members + entry->index;; m++) {
        best = lower_grade(best, grade(m->priority, m->soft, m->ittl, m->flags, soft, ttl));
        if ((m->flags & HG_MEMBER_LAST) != 0)
            return best;
    }
}

/* Whether entries of this shape can fit the window. If so, `*value` becomes the window part of the key; the key
 * mask removes it from keys that ignore the window. */
static inline int window_fits(const hg_db_shape *shape, const hg_observation *o, uint32_t *value)
{
    switch (shape->window_kind) {
    case HG_WINDOW_LITERAL:
        *value = o->window;
        return 1;
    case HG_WINDOW_MODULO:
        *value = 0;
        return o->window % shape->modulo == 0;
    case HG_WINDOW_ANY:
        *value = 0;
        return 1;
    default:
        *value = o->window_multiple;
        return o->window_kind == shape->window_kind;
    }
}

static inline uint64_t entry_key(const hg_db_shape *shape, uint32_t number, uint32_t window, const hg_observation *o)
{
    uint64_t values = (uint64_t)o->mss << HG_ENTRY_MSS_SHIFT | (uint64_t)window << HG_ENTRY_WINDOW_SHIFT | o->wscale;
    return (values & shape->key_mask) | (uint64_t)number << HG_ENTRY_SHAPE_SHIFT;
}

hg_match hg_match_of_grade(uint32_t best)
{
    if (best == HG_NO_INDEX)
        return (hg_match){.signature = HG_NO_SIGNATURE, .fuzzy = 0};
    return (hg_match){.signature = best & (HG_MAX_SIGNATURES - 1), .fuzzy = best >> HG_GRADE_SHIFT == HG_GRADE_FUZZY};
}

static inline uint32_t visit(const hg_tables *t, uint64_t key, uint32_t slot, const hg_observation *o, uint32_t best)
{
    const hg_db_entry *entry = find_entry(t, key, slot);
    return entry == NULL ? best : lower_grade(best, grade_entry(t, entry, o->quirks & HG_SOFT_QUIRKS, o->ttl));
}

/* The best grade of all shapes from `number` to `end` - 1, or `best` if none is better. */
static uint32_t walk(const hg_tables *t, uint32_t number, uint32_t end, const hg_observation *o, uint32_t best)
{
    for (; number < end; number++) {
        const hg_db_shape *shape = t->shapes + number;
        uint32_t window;
        if (shape->best >= best) /* shapes are sorted by the best grade that their entries can have */
            break;
        if (!window_fits(shape, o, &window))
            continue;
        uint64_t key = entry_key(shape, number, window, o);
        best = visit(t, key, first_slot(t, key, t->entries_count - 1), o, best);
    }
    return best;
}

uint32_t hg_table_grade(const hg_tables *t, uint32_t layout, const hg_observation *o, uint32_t best)
{
    const hg_db_base *base = find_base(t, layout, o);
    return base == NULL ? best : walk(t, base->first_shape, base->first_shape + base->shape_count, o, best);
}

hg_match hg_table_match(const hg_tables *t, uint32_t layout, const hg_observation *o)
{
    return hg_match_of_grade(hg_table_grade(t, layout, o, HG_NO_INDEX));
}

void hg_table_prefetch(const hg_tables *t, uint32_t layout, const hg_observation *o)
{
    hg_prefetch_line(t->bases + first_slot(t, base_key(layout, o), t->bases_count - 1));
}

void hg_table_plan(const hg_tables *t, uint32_t layout, const hg_observation *o, hg_plan *plan)
{
    const hg_db_base *base = find_base(t, layout, o);
    uint32_t number = base == NULL ? 0 : base->first_shape, end = base == NULL ? 0 : number + base->shape_count;
    uint32_t count = 0;
    for (; number < end && count < HG_PLANNED_VISITS; number++) {
        const hg_db_shape *shape = t->shapes + number;
        uint32_t window;
        if (!window_fits(shape, o, &window))
            continue;
        uint64_t key = entry_key(shape, number, window, o);
        uint32_t slot = first_slot(t, key, t->entries_count - 1);
        plan->visits[count++] = (hg_visit){key, slot, shape->best};
        hg_prefetch_line(t->entries + slot);
    }
    plan->count = count;
    plan->next_shape = number;
    plan->end_shape = end;
}

hg_match hg_table_follow(const hg_tables *t, const hg_plan *plan, const hg_observation *o)
{
    uint32_t best = HG_NO_INDEX;
    for (uint32_t i = 0; i < plan->count && plan->visits[i].best < best; i++)
        best = visit(t, plan->visits[i].key, plan->visits[i].slot, o, best);
    return hg_match_of_grade(walk(t, plan->next_shape, plan->end_shape, o, best));
}

uint32_t hg_table_link(const hg_tables *t, uint32_t mtu)
{
    uint32_t first = 0;
    HG_SEARCH(first, t->mtu_order_count, t->mtu_order[middle].mtu < mtu)
    return first < t->mtu_order_count && t->mtu_order[first].mtu == mtu ? t->mtu_order[first].number : HG_NO_SIGNATURE;
}

/* ---- one signature after the other -------------------------------------------------- */

static int window_of_signature_fits(const hg_db_signature *s, const hg_observation *o)
{
    switch (s->window_kind) {
    case HG_WINDOW_LITERAL:
        return s->window == o->window;
    case HG_WINDOW_MODULO:
        return o->window % s->window == 0;
    case HG_WINDOW_ANY:
        return 1;
    default:
        return s->window_kind == o->window_kind && s->window == o->window_multiple;
    }
}

uint32_t hg_table_grade_of(const hg_tables *t, uint32_t number, const hg_observation *o)
{
    const hg_db_signature *s = t->signatures + number;
    const hg_db_layout *layout = t->layouts + s->layout;
    uint32_t quirks = s->quirks;
    if (((s->flags & HG_SIGNATURE_RESPONSE) != 0) != (o->response != 0))
        return HG_NO_INDEX;
    if (layout->count != o->option_count || layout->eol_pad != o->eol_pad ||
        memcmp(layout->kinds, o->options, HG_LAYOUT_OPTIONS) != 0)
        return HG_NO_INDEX;
    if (s->version == 0)
        quirks &= o->version == 4 ? ~HG_IPV6_ONLY_QUIRKS : ~HG_IPV4_ONLY_QUIRKS;
    else if (s->version != o->version)
        return HG_NO_INDEX;
    if (quirks >> HG_SOFT_BITS != o->quirks >> HG_SOFT_BITS || s->olen != o->olen ||
        (s->mss >= 0 && s->mss != o->mss) || (s->wscale >= 0 && s->wscale != o->wscale) ||
        (s->payload != HG_PAYLOAD_ANY && s->payload != o->payload) || !window_of_signature_fits(s, o))
        return HG_NO_INDEX;
    return grade(number, quirks & HG_SOFT_QUIRKS, s->ittl, s->flags, o->quirks & HG_SOFT_QUIRKS, o->ttl);
}

uint32_t hg_database_match_all(const hg_database *database, const hg_observation *o, hg_match *out, uint32_t capacity)
{
    const hg_tables *t = &database->tables;
    uint32_t fitting = 0;
    for (uint32_t kind = HG_GRADE_SPECIFIC; kind <= HG_GRADE_FUZZY; kind++)
        for (uint32_t number = 0; number < t->signatures_count; number++) {
            uint32_t found = hg_table_grade_of(t, number, o);
            if (found == HG_NO_INDEX || found >> HG_GRADE_SHIFT != kind)
                continue;
            if (fitting < capacity)
                out[fitting] = hg_match_of_grade(found);
            fitting++;
        }
    return fitting;
}
