/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.h - the decision table, for those who already know the option layout.
 */
#ifndef HG_TABLE_H
#define HG_TABLE_H

#include "database.h"

/* The number of the observation's option layout, or HG_NO_INDEX. */
uint32_t hg_table_layout(const hg_tables *tables, const hg_observation *observation);

/* hg_database_match for an observation of this layout. */
hg_match hg_table_match(const hg_tables *tables, uint32_t layout, const hg_observation *observation);

/* The first [mtu] signature of this value, or HG_NO_SIGNATURE. */
uint32_t hg_table_link(const hg_tables *tables, uint32_t mtu);

#endif
