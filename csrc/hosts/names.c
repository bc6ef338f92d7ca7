/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdlib.h>

#include "flow/hash.h"
#include "hosts/names.h"

enum { TEXT_BLOCK = 1 << 16 };

/* Limit for the texts of all names that senders can make up: a claimed system may have long texts, which are stored
 * again for each version that senders state. */
enum { MOST_INVENTED_BYTES = 1 << 26 };

struct hg_text_block {
    hg_text_block *before;
    size_t used;
    size_t capacity;
    uint64_t bytes[]; /* aligned for versions */
};

static uint32_t hash_of_kept(const void *context, const void *name)
{
    (void)context;
    return ((const hg_host_name *)name)->hash;
}

int hg_names_init(hg_names *names, uint64_t hash_key)
{
    *names = (hg_names){.hash_key = hash_key};
    return hg_pool_init(&names->pool, sizeof(hg_host_name), HG_HOST_NAMES) &&
           hg_chains_init(&names->chains, &names->pool, offsetof(hg_host_name, next_in_chain), 1, hash_of_kept, NULL);
}

void hg_names_clear(hg_names *names)
{
    while (names->texts != NULL) {
        hg_text_block *before = names->texts->before;
        free(names->texts);
        names->texts = before;
    }
    hg_pool_clear(&names->pool);
    free(names->chains.heads);
    *names = (hg_names){0};
}

/* ---- comparing ------------------------------------------------------------------------------------ */

static uint32_t hash_of(const hg_host_name *name, uint64_t key)
{
    uint64_t state = hg_hash_mix(hg_hash_mix(key, name->claim.identity), (uint64_t)name->kind | (uint64_t)name->flags << 8);
    state = hg_hash_span(hg_hash_span(state, name->name), name->flavor);
    for (uint32_t i = 0; i < name->family_count; i++)
        state = hg_hash_mix(state, name->families[i].identity);
    return hg_hash_fold(state);
}

static int has_same_versions(const hg_claim *one, const hg_claim *other)
{
    const uint32_t families = one->family_count < HG_CLAIM_FAMILIES ? one->family_count : HG_CLAIM_FAMILIES;
    for (uint32_t i = 0; i < families; i++) {
        const hg_claim_family *a = one->families + i, *b = other->families + i;
        if (a->identity != b->identity || a->version_count != b->version_count)
            return 0;
        if (a->version_count > 0 && memcmp(a->versions, b->versions, 2 * a->version_count * sizeof *a->versions) != 0)
            return 0;
    }
    return 1;
}

static int has_same_families(const hg_host_name *one, const hg_host_name *other)
{
    for (uint32_t i = 0; i < one->family_count; i++)
        if (one->families[i].identity != other->families[i].identity)
            return 0;
    return 1;
}

static int has_same_basis(const hg_basis *one, const hg_basis *other)
{
    return one->family_count == other->family_count && one->manner == other->manner && one->weight == other->weight &&
           one->counts_families == other->counts_families &&
           memcmp(one->families, other->families, sizeof one->families) == 0;
}

static int is_same(const hg_host_name *one, const hg_host_name *other)
{
    return one->hash == other->hash && one->kind == other->kind && one->flags == other->flags &&
           one->family_count == other->family_count && one->confidence == other->confidence &&
           memcmp(&one->version_share, &other->version_share, sizeof one->version_share) == 0 &&
           one->claim.identity == other->claim.identity && one->claim.stacks == other->claim.stacks &&
           one->claim.kind == other->claim.kind && one->claim.family_count == other->claim.family_count &&
           hg_same_label(one, other) &&
           has_same_basis(&one->basis, &other->basis) && has_same_families(one, other) &&
           has_same_versions(&one->claim, &other->claim);
}

/* ---- keeping -------------------------------------------------------------------------------------- */

/* Allocates bytes that never move, aligned for 64-bit numbers. NULL: no memory. */
static void *take_bytes(hg_names *names, size_t bytes)
{
    const size_t rounded = (bytes + 7) & ~(size_t)7;
    hg_text_block *block = names->texts;
    if (block == NULL || block->capacity - block->used < rounded) {
        const size_t capacity = rounded > TEXT_BLOCK ? rounded : TEXT_BLOCK;
        block = malloc(sizeof *block + capacity);
        if (block == NULL)
            return NULL;
        *block = (hg_text_block){.before = names->texts, .capacity = capacity};
        names->texts = block;
    }
    void *found = (uint8_t *)block->bytes + block->used;
    block->used += rounded;
    return found;
}

/* A copy of the bytes that never moves. NULL: there are no bytes, or no memory (`*has_failed` becomes 1). */
static void *copy_of(hg_names *names, const void *bytes, size_t length, int *has_failed)
{
    void *copy = length == 0 ? NULL : take_bytes(names, length);
    if (copy != NULL)
        memcpy(copy, bytes, length);
    *has_failed |= length > 0 && copy == NULL;
    return copy;
}

/* Replaces all texts and versions of the name by copies. 0: no memory. */
static int copy_parts(hg_names *names, hg_host_name *name)
{
    int has_failed = 0;
    name->name.text = copy_of(names, name->name.text, name->name.length, &has_failed);
    name->flavor.text = copy_of(names, name->flavor.text, name->flavor.length, &has_failed);
    for (uint32_t i = 0; i < name->family_count; i++) {
        hg_span *of = &name->families[i].name;
        of->text = copy_of(names, of->text, of->length, &has_failed);
    }
    for (uint32_t i = 0; i < name->claim.family_count && i < HG_CLAIM_FAMILIES; i++) {
        hg_claim_family *of = name->claim.families + i;
        of->versions = copy_of(names, of->versions, 2 * (size_t)of->version_count * sizeof *of->versions, &has_failed);
    }
    return !has_failed;
}

static size_t bytes_of(const hg_host_name *name)
{
    size_t bytes = (size_t)name->name.length + name->flavor.length;
    for (uint32_t i = 0; i < name->family_count; i++)
        bytes += name->families[i].name.length;
    return bytes;
}

/* Whether there is room for this name; names that senders can make up have their own limits. */
static int has_room(const hg_names *names, const hg_host_name *name)
{
    if (names->pool.used == names->pool.limit)
        return 0;
    return !hg_is_invented(name) ||
           (names->may_invent && names->invented < HG_HOST_INVENTED && names->invented_bytes + bytes_of(name) <= MOST_INVENTED_BYTES);
}

uint32_t hg_names_take(hg_names *names, const hg_host_name *wanted)
{
    hg_host_name name = *wanted;
    name.hash = hash_of(&name, names->hash_key);
    for (hg_index index = hg_chains_first(&names->chains, name.hash); index != 0; index = hg_host_name_at(names, index)->next_in_chain)
        if (is_same(hg_host_name_at(names, index), &name))
            return index;
    const hg_index index = has_room(names, &name) && copy_parts(names, &name) ? hg_pool_take(&names->pool) : 0;
    if (index == 0)
        return 0;
    *(hg_host_name *)hg_pool_at(&names->pool, index) = name;
    hg_chains_enter(&names->chains, index);
    if (hg_is_invented(&name)) {
        names->invented++;
        names->invented_bytes += bytes_of(&name);
    }
    return index;
}
