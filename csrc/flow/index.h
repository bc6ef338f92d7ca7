/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * index.h - what the tables of flows, streams and hosts have in common.
 */
#ifndef HG_INDEX_H
#define HG_INDEX_H

#include <stdint.h>

/* The index of a record in its table. Chains end with 0, which no record has: the first places
 * of a table hold the ends of its lists. */
typedef uint32_t hg_index;

/* Two cache lines, since processors fetch them in pairs. What changes with every packet must not
 * share a line with what other workers read all the time: two workers then did half of what one
 * does. */
enum { HG_APART = 128 };

#endif
