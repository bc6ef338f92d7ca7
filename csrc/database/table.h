/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.h - the decision table, which finds the best signature for an observation.
 */
#pragma once

#include "database/database.h"

/* The number of the observation's option layout; HG_NO_INDEX: no signature has this layout. */
uint32_t hg_table_layout(const hg_tables *tables, const hg_observation *observation);

/* The best signature for an observation with this layout. If `layout` is HG_NO_INDEX, this and the functions below find
 * no match. */
hg_match hg_table_match(const hg_tables *tables, uint32_t layout, const hg_observation *observation);

/* The grade of the best signature (lower is better), or `best` if no grade is lower than `best`. */
uint32_t hg_table_grade(const hg_tables *tables, uint32_t layout, const hg_observation *observation, uint32_t best);
/* Converts a grade, which contains the number of its signature, to a match. */
hg_match hg_match_of_grade(uint32_t grade);
/* The grade of one signature; HG_NO_INDEX when it does not fit. */
uint32_t hg_table_grade_of(const hg_tables *tables, uint32_t number, const hg_observation *observation);

/* If the table is larger than the caches, finding a match waits for memory twice. The waits overlap if each
 * of three steps is done for many observations before the next step: hg_table_prefetch prefetches the
 * first record of the search, hg_table_plan determines and prefetches the first entries to visit, and
 * hg_table_follow finds the match. */
enum { HG_PLANNED_VISITS = 3 }; /* the most entries in a plan */

typedef struct hg_visit {
    uint64_t key;  /* of the entry */
    uint32_t slot; /* where the search for it begins */
    uint32_t best; /* the best grade that the entry can have */
} hg_visit;

typedef struct hg_plan {
    hg_visit visits[HG_PLANNED_VISITS];
    uint32_t count;
    uint32_t next_shape; /* the first shape that the plan does not cover; `end_shape`: it covers all */
    uint32_t end_shape;
} hg_plan;

void hg_table_prefetch(const hg_tables *tables, uint32_t layout, const hg_observation *observation);
void hg_table_plan(const hg_tables *tables, uint32_t layout, const hg_observation *observation, hg_plan *plan);
hg_match hg_table_follow(const hg_tables *tables, const hg_plan *plan, const hg_observation *observation);

/* The first [mtu] signature with this MTU, or HG_NO_SIGNATURE. */
uint32_t hg_table_link(const hg_tables *tables, uint32_t mtu);
