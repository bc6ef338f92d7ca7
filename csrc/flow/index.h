/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * index.h - definitions shared by the tables of flows, streams, clocks and hosts.
 */
#pragma once

#include <stdint.h>

/* The index of a record in its table. Chains end with 0, which is no record's index, because the first
 * entries of a table are the ends of its lists. */
typedef uint32_t hg_index;

/* Doubly linked lists of records with the links `older` and `newer`. Each list is a ring with its own end record, whose
 * index is `end`. */
#define HG_LIST_APPEND(records, index, end)               \
    do {                                                  \
        const hg_index newest_one = (records)[end].older; \
        (records)[index].older = newest_one;              \
        (records)[index].newer = (end);                   \
        (records)[newest_one].newer = (index);            \
        (records)[end].older = (index);                   \
    } while (0)

#define HG_LIST_REMOVE(records, index)                                                         \
    do {                                                                                       \
        const hg_index older_one = (records)[index].older, newer_one = (records)[index].newer; \
        (records)[older_one].newer = newer_one;                                                \
        (records)[newer_one].older = older_one;                                                \
    } while (0)

/* The size of padding between members of a struct: two cache lines, because processors fetch lines in pairs. Data that
 * changes with every packet must not share a line with data that other workers read all the time: otherwise, two
 * workers do half the work of one. */
enum { HG_APART = 128 };
