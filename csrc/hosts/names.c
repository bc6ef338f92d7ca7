/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdlib.h>

#include "flow/hash.h"
#include "hosts/names.h"
#include "names/verdict.h"

/* Limit for the texts of all names that senders can make up: a claimed system may have long texts, which are stored
 * again for each version that senders state. */
enum { MOST_INVENTED_BYTES = 1 << 26 };

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
    for (uint32_t number = 1; number <= names->pool.used; number++)
        free(hg_host_name_at(names, number)->copies);
    hg_pool_clear(&names->pool);
    free(names->chains.heads);
    *names = (hg_names){0};
}

/* ---- comparing ------------------------------------------------------------------------------------ */

static uint32_t hash_of(const hg_host_name *name, uint64_t key)
{
    uint64_t state =
        hg_hash_mix(hg_hash_mix(key, name->claim.identity), (uint64_t)name->kind | (uint64_t)name->flags << 8);
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
        if (a->identity != b->identity || !hg_has_same_versions(a, b))
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
           hg_same_label(one, other) && has_same_basis(&one->basis, &other->basis) && has_same_families(one, other) &&
           has_same_versions(&one->claim, &other->claim);
}

/* ---- keeping -------------------------------------------------------------------------------------- */

static size_t bytes_of(const hg_host_name *name)
{
    size_t bytes = (size_t)name->name.length + name->flavor.length;
    for (uint32_t i = 0; i < name->family_count; i++)
        bytes += name->families[i].name.length;
    return bytes;
}

/* Copies bytes to `*at`, which moves past them, and returns the copy. */
static void *copy_to(uint8_t **at, const void *bytes, size_t length)
{
    void *copy = *at;
    if (length > 0)
        memcpy(copy, bytes, length);
    *at += length;
    return copy;
}

/* Replaces all texts and versions of the name by copies, in one allocation. 0: no memory. */
static int copy_parts(hg_host_name *name)
{
    const uint32_t claimed =
        name->claim.family_count < HG_CLAIM_FAMILIES ? name->claim.family_count : HG_CLAIM_FAMILIES;
    size_t bytes = bytes_of(name) + 1;
    for (uint32_t i = 0; i < claimed; i++)
        bytes += 2 * (size_t)name->claim.families[i].version_count * sizeof *name->claim.families[i].versions;
    uint8_t *at = name->copies = malloc(bytes);
    if (at == NULL)
        return 0;
    for (hg_claim_family *family = name->claim.families; family < name->claim.families + claimed;
         family++) /* first: they need alignment */
        family->versions = copy_to(&at, family->versions, 2 * (size_t)family->version_count * sizeof *family->versions);
    name->name.text = copy_to(&at, name->name.text, name->name.length);
    name->flavor.text = copy_to(&at, name->flavor.text, name->flavor.length);
    for (uint32_t i = 0; i < name->family_count; i++)
        name->families[i].name.text = copy_to(&at, name->families[i].name.text, name->families[i].name.length);
    return 1;
}

/* Whether there is room for this name; names that senders can make up have their own limits. */
static int has_room(const hg_names *names, const hg_host_name *name)
{
    if (names->pool.used == names->pool.limit)
        return 0;
    return !hg_is_invented(name) || (names->may_invent && names->invented < HG_HOST_INVENTED &&
                                     names->invented_bytes + bytes_of(name) <= MOST_INVENTED_BYTES);
}

uint32_t hg_names_take(hg_names *names, const hg_host_name *wanted)
{
    hg_host_name name = *wanted;
    name.copies = NULL;
    name.hash = hash_of(&name, names->hash_key);
    for (hg_index index = hg_chains_first(&names->chains, name.hash); index != 0;
         index = hg_host_name_at(names, index)->next_in_chain)
        if (is_same(hg_host_name_at(names, index), &name))
            return index;
    const hg_index index = has_room(names, &name) && copy_parts(&name) ? hg_pool_take(&names->pool) : 0;
    if (index == 0) {
        free(name.copies);
        return 0;
    }
    *(hg_host_name *)hg_pool_at(&names->pool, index) = name;
    hg_chains_enter(&names->chains, index);
    if (hg_is_invented(&name)) {
        names->invented++;
        names->invented_bytes += bytes_of(&name);
    }
    return index;
}
