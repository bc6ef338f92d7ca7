/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * index.h - definitions shared by the tables of flows, streams and hosts.
 */
#pragma once

#include <stdint.h>

/* The index of a record in its table. Chains end with 0, which no record has: the first places
 * of a table hold the ends of its lists. */
typedef uint32_t hg_index;

/* Two cache lines, since processors fetch them in pairs. Data that changes with every packet must not share a line
 * with data that other workers read all the time: two workers then did half the work of one. */
enum { HG_APART = 128 };
