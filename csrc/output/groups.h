/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * groups.h - groups of rows with the same content, so that their texts are made once.
 */
#pragma once

#include "base/value.h"

/* All that a row shows and its name. Two rows with equal keys differ in nothing else but who sent them when; of an uptime
 * they may differ in its numbers too. */
typedef struct hg_group_key {
    uint64_t words[8];
} hg_group_key;

/* Groups by their keys, numbered from 0 in order of appearance. Each row looks here: keys lie side by side, without chains. */
typedef struct hg_groups {
    hg_group_key *keys;
    uint32_t *slots; /* group + 1, or 0 */
    uint32_t mask;
    uint32_t count;
    uint64_t hash_key; /* secret if untrusted input supplies the packets */
} hg_groups;

/* Whether rows of a kind are worth being grouped: handshakes, links and uptimes. */
int hg_is_grouped(uint8_t event);
/* The key of a row of such a kind. */
hg_group_key hg_group_key_of(hg_row row);
/* The group of a key, which may be a new one. HG_NO_GROUP: no memory. */
#define HG_NO_GROUP UINT32_MAX
uint32_t hg_groups_place(hg_groups *groups, const hg_group_key *key);
void hg_groups_free(hg_groups *groups);
